### فئات المؤمن لهم، كما يقال النشاط المهني. فئات بلاغ فاتح دجنبر 2021، ثم غيرها.

category-cpu = المساهمة المهنية الموحدة
category-accounting-trader = تاجر أو صانع تقليدي يمسك محاسبة
category-doctor = طبيب
category-pharmacist = صيدلي
category-dentist = طبيب أسنان
category-notary = موثق
category-midwife = قابلة
category-physiotherapist = مروض طبي
category-optician = نظاراتي
category-hearing-aid-specialist = اختصاصي في أجهزة السمع
category-orthoptist = مقوم البصر
category-speech-therapist = مقوم النطق
category-psychomotor-therapist = اختصاصي نفسي حركي
category-podiatrist = اختصاصي في علاج القدمين
category-dental-technician = صانع رمامات الأسنان
category-dietitian = اختصاصي في التغذية
category-psychologist = اختصاصي نفسي
category-auto-entrepreneur = مقاول ذاتي
category-farmer = فلاح
category-craftsperson = صانع تقليدي
category-employee = أجير
category-pensioner = متقاعد
