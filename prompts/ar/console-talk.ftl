### المكالمات بين المستشارين، الضغط على قوائم الانتظار، الاتصالات الموعودة، الإنهاء.

console-offer-of-colleague = زميل يطلب رأيكم
console-offer-of-promise = اتصال موعود، لكم
console-asks = صاحب الطلب
console-asked = الزميل
console-before = من قبل
console-tier-transferred = مكالمة حولها زميل
console-tier-returned = انقطع خط المستشار السابق

## من يسمع من.
console-course-talking-talking = أنتم والمتصل يسمع بعضكم بعضا.
console-course-talking-held = المتصل ينتظر ويسمع الموسيقى.
console-course-talking-asking = نطلب زميلا. المتصل في الانتظار.
console-course-talking-joining = زميلكم في الطريق. المتصل في الانتظار.
console-course-talking-consulting = زميلكم يسمعكم. المتصل في الانتظار.
console-course-talking-conference = مكالمة ثلاثية: المتصل وزميلكم وأنتم.
console-course-asked-in-consulting = زميلكم يسمعكم. المتصل في الانتظار.
console-course-asked-in-conference = مكالمة ثلاثية: المتصل وزميلكم وأنتم.
console-refused-by = لم يقبل { $who } الطلب. ما زال الطلب مفتوحا.
console-parting-caller-left = أنهى المتصل المكالمة. اختاروا نتيجتها.
console-parting-lost = انقطع خطكم. عاد المتصل إلى أول قائمة الانتظار.
console-parting-transferred = تم تحويل المكالمة. اختاروا نتيجتها عندكم.

## ما يفعل بالمكالمة.
console-transfer = تحويل
console-transfer-what = تغادرون المكالمة. ينتظر المتصل في أول القائمة المختارة.
console-transfer-do = تحويل المكالمة
console-ask = طلب رأي
console-ask-what = ينتظر المتصل ويسمع الموسيقى. يصل طلبكم إلى زميل.
console-ask-do = إرسال الطلب
console-to-subject = إلى موضوع
console-to-colleague = إلى زميل
console-line-unserved = لا أحد موجود
console-line-standing = في الانتظار: { $rank }، متفرغون: { $idle }
console-no-colleague = لا يوجد مستشار آخر الآن.
console-colleague-away = لم يعد هذا الزميل موجودا. اختاروا زميلا آخر.
console-never-mind = بدون تغيير
console-confer = مكالمة ثلاثية
console-hand-over = تسليم المكالمة
console-see-off = إخراج الزميل
console-ask-no-more = إلغاء الطلب
console-leave = مغادرة المكالمة
console-end-for-all = هل تنهون المكالمة للجميع، ولزميلكم أيضا؟
console-end-really = نعم، إنهاء للجميع

## الضغط على قوائم الانتظار.
console-pressure = قوائم انتظار مواضيعكم
console-pressure-none = لا أحد ينتظر
console-pressure-unknown = قائمة الانتظار لا تجيب
console-pressure-some = في الانتظار: { $rank }
console-pressure-longest = منذ

## الاتصالات الموعودة اليوم.
console-callbacks = اتصالات اليوم
console-callbacks-open = للقيام بها
console-callbacks-missed = بدون جواب
console-callbacks-empty = تظهر هنا الاتصالات الموعودة لهذا اليوم.
console-callbacks-more = تظهر الأولى فقط.
console-callbacks-how = في وقتها، تعرض عليكم مثل أي مكالمة.
console-callbacks-closed = تنتظر الوقت المسموح فيه بالاتصال.
console-callback-due = ينتظر مستشارا جاهزا.
console-callback-ending = رقم آخره
console-callback-attempts = { $attempt ->
        [0] بدون محاولة
        [1] محاولة واحدة
        [2] محاولتان
        [3] ثلاث محاولات
       *[other] عدد المحاولات: { $attempt }
    }
console-call-again = الاتصال من جديد
console-give-up = التخلي عنه
console-give-up-sure = لن يتصل أحد بهذا الشخص. هل تتخلون عن هذا الاتصال؟
console-give-up-really = نعم، التخلي عنه

## عرض أو مكالمة بدون نتيجة.
console-vain-unanswered = ذهبت المكالمة إلى مستشار آخر: عشرون ثانية بدون جواب.
console-vain-unacknowledged = ذهبت المكالمة إلى مستشار آخر: كانت صفحتكم نائمة.
console-vain-withdrawn = أنهى المتصل المكالمة قبل جوابكم.
console-vain-abandoned = أنهى المتصل المكالمة قبل أن يكلمكم.
console-vain-not-reached = لم يجب أحد على الاتصال.
console-vain-lost = لم يصل خطكم. ذهبت المكالمة إلى مستشار آخر.
console-vain-ready = ما زلتم جاهزين. تظهر المكالمة القادمة هنا.
console-vain-not-ready = لا تصلكم مكالمات الآن. كونوا جاهزين عند حضوركم.
console-wrap-up-over = طال إنهاء المكالمة. كونوا جاهزين عند حضوركم.

## الإنهاء.
console-wrap-up-left = لإنهاء العمل
console-note-unsent = لم تسجل هذه الملاحظة. انسخوها إذا احتجتم إليها.
console-note-unsent-close = إغلاق
