### كلمات واجهة المستشارين.

## المواضيع واللغات والحالات، في كل الشاشات.
subject-registration = التسجيل
subject-contributions = الاشتراكات
subject-claims = ملفات التعويض عن المرض
subject-rights = الحقوق والتعويضات
subject-information = المعلومات العملية
subject-other = طلب آخر

tongue-fr = الفرنسية
tongue-ar = العربية

advisor-state-signed-out = غير متصل
advisor-state-not-ready = غير جاهز
advisor-state-ready = جاهز
advisor-state-busy = في مكالمة
advisor-state-wrap-up = في إنهاء المكالمة

not-ready-signed-in = بداية العمل
not-ready-break = استراحة
not-ready-meal = وجبة
not-ready-training = تكوين
not-ready-task = مهمة أخرى
not-ready-supervisor = إيقاف من المشرف
not-ready-unanswered = مكالمة بدون جواب
not-ready-unreachable = جهاز لا يجيب
not-ready-wrap-up-over = طال إنهاء المكالمة

cause-asked = المتصل طلب مستشارا
cause-silence = المتصل لم يجب
cause-wrong = الأجوبة غير مفهومة
cause-uncounted = الأجوبة غير مفهومة
cause-endless = طالت المكالمة بدون نتيجة
cause-failure = عطب في الخادم الصوتي
cause-unreadable = عطب في الخادم الصوتي
cause-identity = لم نتعرف على المتصل
cause-code = لم يتأكد الرمز
cause-mobile-changed = رقم الهاتف المحمول تغير الآن
cause-wrong-person = الشخص الموجود ليس هو المتصل
cause-debt-cancellation = إلغاء الديون يحتاج إلى قرار
cause-callback = وعدنا بالاتصال
cause-consult = زميل يطلب رأيكم
cause-other = طلب آخر

outcome-answered = تم الجواب
outcome-silence = صمت
outcome-waiting = ينتظر الرمز
outcome-wrong = غير مفهوم
outcome-empty = بدون إدخال
outcome-repeat = طلب الإعادة
outcome-restart = بدأ من جديد
outcome-habit = زر زائد
outcome-help = طلب المساعدة
outcome-not-known = لا يعرف
outcome-back = رجوع
outcome-asked = طلب مستشارا
outcome-failure = عطب
outcome-misheard = سوء فهم
outcome-unsure = يحتاج إلى تأكيد

## الوصول والحالة.
console-login = اسم الدخول:
console-welcome = مرحبا { $name }. للمساعدة: الزر ? ثم Enter.
console-ready = أنتم جاهزون. تظهر المكالمة القادمة هنا.
console-not-ready = لستم جاهزين: { $why }.
console-signed-out = انتهى الاتصال. مع السلامة.

## العرض.
console-offer = مكالمة لكم. المدة الباقية بالثواني: { $seconds }.
console-offer-callback = اتصال موعود، لكم. المدة الباقية بالثواني: { $seconds }.
console-offer-consult = زميل يطلب رأيكم. المدة الباقية بالثواني: { $seconds }.
console-seconds-left = المدة الباقية بالثواني: { $seconds }.
console-offer-keys = a للقبول، x للترك.
console-offer-over = انتهى هذا العرض. ذهبت المكالمة إلى مستشار آخر.
console-identified = تم التعرف على المتصل: { $name }.
console-stranger = متصل غير معروف. لا تعطوا أي معلومة شخصية.
console-about = الموضوع: { $subject }. اللغة: { $tongue }. الانتظار: { $waited }.
console-cause = السبب: { $cause }.
console-attempt = المحاولة { $attempt }، الرقم المنتهي بالرقمين { $ending }.
console-path = مسار المكالمة:
console-step = { $question }: { $outcome }

## المكالمة.
console-accepted = المكالمة لكم. نوصلكم بالمتصل.
console-calling = نتصل بالرقم المنتهي بالرقمين { $ending }.
console-caller-gone = أنهى المتصل المكالمة.
console-result-busy = الرقم مشغول.
console-result-no-answer = لا أحد يجيب.
console-result-failed = لم تنجح المكالمة.
console-result-not-confirmed = لم يؤكد أحد المكالمة.
console-result-cancelled = ألغيت المكالمة.
console-connected = أنتم في مكالمة مع { $who }.
console-the-caller = المتصل
console-heard = { $who }: { $text }
console-held = المتصل ينتظر ويسمع الموسيقى.
console-resumed = المتصل يسمعكم من جديد.
console-transferred = تم تحويل المكالمة.
console-asking = نطلب زميلا. المتصل في الانتظار.
console-colleague-here = { $who } يسمعكم. ما زال المتصل في الانتظار.
console-colleague-gone = لم يعد زميلكم في المكالمة.
console-colleague-none = لم يقبل أي زميل الطلب.
console-asked-in = أنتم مع زميل يطلب رأيكم. هو يسمعكم.
console-received = المكالمة لكم الآن.
console-attending = أنتم في هذه المكالمة.
console-attended = لم تعودوا في هذه المكالمة.
console-line-cut = انقطع خطكم. نعيد الاتصال.
console-line-refused = لم يدخل خطكم. نحاول من جديد.

## الإنهاء.
console-wrap-up = انتهت المكالمة. اكتبوا رقم النتيجة:
console-choice = { $rank }. { $title }
console-wrapped-up = تم التسجيل: { $title }.
console-no-disposition = هذه النتيجة ليست في القائمة.
console-noted = فتح الطلب المتتبع { $rank } لهذا الشخص.
console-nobody-to-note = المتصل غير معروف. لا يمكن كتابة أي شيء.

## الإشراف.
console-nobody-waits = لا أحد ينتظر.
console-waiting = { $rank } في الانتظار منذ { $waited }: { $subject }، { $tongue }.
console-idle = المستشارون المتفرغون لهذه المكالمات: { $rank }.
console-somebody = { $login } ({ $who }): { $state_now }، منذ { $waited }.
console-talk = المكالمة { $rank } عند { $login }: { $subject }، { $tongue }.
console-moved = تم التغيير لـ { $login }.

## ما لا يسير.
console-not-now = هذا غير ممكن الآن.
console-changed = تغير الوضع. لم يعد ذلك ممكنا.
console-unknown = كلمة غير معروفة: { $text }. المساعدة بالزر ?.
console-missing = تنقص كلمة. مثال: { $text }
console-no-talk = لا توجد مكالمة بهذا الرقم أو بهذا الاسم.
console-no-account = لا يوجد حساب باسم الدخول { $login }.
console-not-there = { $login } غير متصل.
console-oneself = لا يمكن أن تختاروا أنفسكم.
console-already-asking = طلبتم زميلا من قبل.
console-supervisors-only = هذا للمشرفين فقط.
console-carrier = لم تنفذ شبكة الهاتف الطلب. حاولوا من جديد.
console-away-database = قاعدة البيانات لا تجيب. ننتظر عودتها.
console-away-queue = قائمة الانتظار لا تجيب. ننتظر عودتها.
console-away-phone = شبكة الهاتف لا تجيب. ننتظر عودتها.
console-back = كل شيء يجيب من جديد.
console-really = هناك مكالمة جارية. Ctrl-C مرة أخرى للتخلي عنها.
console-abandoned = تعود المكالمة إلى أول قائمة الانتظار.
console-left-open = هذه المكالمة تنتظر نتيجتها.
console-no-more-lines = لم يأت شيء من أجل: { $text }

## ما يكتب: تظهر الكلمة الأولى في المساعدة.
console-do-ready = جاهز
    .help = تلقي المكالمات
console-do-unready = استراحة، غير جاهز
    .help = توقف: 1 استراحة، 2 وجبة، 3 تكوين، 4 مهمة
console-do-accept = قبول
    .help = قبول المكالمة
console-do-reject = ترك
    .help = ترك المكالمة لمستشار آخر
console-do-hold = انتظار
    .help = وضع المتصل في الانتظار
console-do-resume = استئناف
    .help = العودة إلى المتصل
console-do-end = إنهاء
    .help = إنهاء المكالمة
console-do-transfer = تحويل
    .help = تحويل إلى موضوع أو إلى اسم دخول
console-do-ask = استشارة
    .help = طلب رأي: موضوع أو اسم دخول
console-do-complete = تسليم
    .help = تسليم المكالمة إلى الزميل
console-do-drop = إخراج
    .help = إخراج الزميل من المكالمة
console-do-wrap = نتيجة
    .help = إنهاء بكتابة رقم النتيجة
console-do-note = كتابة
    .help = فتح طلب متتبع بهذا النص
console-do-status = عرض
    .help = عرض المكالمة من جديد
console-do-queue = قائمة
    .help = عرض قائمة الانتظار والمستشارين
console-do-listen = استماع
    .help = سماع مكالمة برقمها أو باسم الدخول
console-do-whisper = همس
    .help = الكلام مع المستشار وحده
console-do-join = مشاركة
    .help = الكلام مع الجميع
console-do-leave = مغادرة
    .help = الخروج من هذه المكالمة
console-do-move = نقل
    .help = تغيير مستوى: s.alami claims=3 (0: بدون)
console-do-out = خروج
    .help = إنهاء العمل
console-do-help = مساعدة
    .help = هذه المساعدة
console-do-say = :مرحبا
    .help = قول ما بعد النقطتين للآخرين
console-script = في ملف، كل سطر ينتظر وقته.

## ما آلت إليه المكالمة، يختاره المستشار عند إنهائها.
disposition-answered = تم الجواب
disposition-case-opened = فتح طلب متتبع
disposition-transferred = تحويل المكالمة
disposition-callback-scheduled = تحديد موعد للاتصال
disposition-cut-off = انقطاع المكالمة
disposition-wrong-number = رقم خاطئ
disposition-silent = لا أحد يتكلم
disposition-abusive = كلام مسيء
disposition-test = تجربة
disposition-other = غير ذلك
disposition-registration-completed = إتمام التسجيل
disposition-mobile-corrected = تصحيح رقم الهاتف المحمول
disposition-payment-explained = شرح طريقة الأداء
disposition-commitment-recorded = تسجيل التزام بالأداء
disposition-documents-asked = طلب وثائق
disposition-claim-contested = اعتراض على رفض
disposition-rights-explained = شرح الحقوق
disposition-documents-sent = إرسال لائحة الوثائق

## صفحة العمل والدخول.
console-name = واجهة 3939
console-menu = الإعدادات والحساب
console-skip = الانتقال إلى المحتوى
console-other-tongue = Français
console-dark = داكن
console-light = فاتح
console-sign-in = تسجيل الدخول
console-sign-out = تسجيل الخروج
console-sign-out-everywhere = تسجيل الخروج من كل الأجهزة
console-login-label = اسم الدخول
console-password = كلمة السر
console-code = رمز التطبيق
console-code-hint = فقط إذا كان حسابكم يطلبه.
console-refused = اسم الدخول أو كلمة السر أو الرمز غير صحيح.
console-too-often = محاولات كثيرة. حاولوا من جديد بعد ربع ساعة.
console-code-wanted = حسابكم يطلب أيضا رمز التطبيق.
console-session-ended = انتهت جلستكم. سجلوا الدخول من جديد.
console-call-is-open = هناك مكالمة مفتوحة. أنهوها قبل تسجيل الخروج.
console-no-script = بدون برنامج الصفحة، لا يصل الهاتف ولا الأخبار.
console-work = عملكم
console-pages = صفحات الواجهة
console-be-ready = أنا جاهز
console-be-unready = توقف
console-why-unready = سبب التوقف

console-phase-idle = لا توجد مكالمة
    .ready = أنتم جاهزون. تظهر المكالمة القادمة هنا.
    .not-ready = كونوا جاهزين لتصلكم المكالمات.
console-phase-offer = مكالمة لكم
console-phase-calling = نتصل بالشخص
console-phase-coming = المتصل في الطريق إليكم
console-phase-talking = في مكالمة
console-phase-asked-in = زميل يطلب رأيكم
console-phase-wrap-up = انتهت المكالمة
console-left = للجواب
console-subject = الموضوع
console-tongue = اللغة
console-why = السبب
console-waits = الانتظار
console-lasts = المدة
console-accept = قبول
console-reject = ترك
console-hold = وضع في الانتظار
console-resume = استئناف
console-end = إنهاء

console-person = الشخص
console-person-empty = لا شيء للعرض بدون مكالمة.
console-whole-name = { $name }
console-proved = تم إثبات الهوية خلال هذه المكالمة.
console-person-comes = يجري إحضار الملف.
console-jumps = الانتقال إلى
console-jump-call = المكالمة
console-jump-path = المسار
console-jump-person = الشخص
console-jump-acts = الإجراءات
console-jump-script = النص
console-jump-after = الملاحظات
console-path-title = مسار المكالمة
console-path-empty = تظهر هنا أسئلة المكالمة وأجوبتها.
console-after = الملاحظات والإنهاء
console-after-empty = تظهر مع المكالمة.
console-note = ملاحظات
console-note-hint = عند الإنهاء، تفتح طلبا متتبعا لهذا الشخص.
console-result = نتيجة المكالمة
console-finish = إنهاء العمل

console-account = حسابكم
role-advisor = مستشار
role-supervisor = مشرف
role-administrator = مدير النظام
role-auditor = مدقق
console-factor = رمز عند الدخول
console-factor-how = امسحوا هذا الرسم بتطبيق الرموز. ثم اكتبوا الرمز الظاهر.
console-factor-drawing = رسم للمسح بالتطبيق
console-factor-key = أو اكتبوا هذا المفتاح في التطبيق:
console-factor-enrol = طلب رمز عند الدخول
console-factor-asked = يطلب رمز عند كل دخول.
console-factor-remove = عدم طلب الرمز
console-factor-wrong = هذا الرمز غير صحيح. انتظروا الرمز القادم ثم حاولوا.

console-to-start = العودة إلى البداية
console-problem-400 = هذا الطلب غير كامل
    .more = عودوا إلى البداية، ثم حاولوا من جديد.
console-problem-403 = هذه الصفحة ليست لكم
    .more = حسابكم لا يفتح هذه الصفحة. يمكن لمشرفكم مساعدتكم.
console-problem-404 = هذه الصفحة غير موجودة
    .more = ربما العنوان قديم.
console-problem-500 = عطب عندنا
    .more = تم تسجيله. حاولوا بعد لحظة.
console-problem-503 = قاعدة البيانات أو قائمة الانتظار لا تجيب
    .more = حاولوا بعد لحظة. مكالماتكم تبقى في الانتظار.

## الدخول بحساب المؤسسة (OpenID Connect)، وتغيير كلمة السر.
console-openid = المتابعة بحساب المؤسسة
console-emergency = حساب الطوارئ
console-not-by-password = لهذا الحساب، تابعوا بحساب المؤسسة.
console-signed-in = تم تسجيل الدخول
console-signed-out-here = تم تسجيل الخروج من الواجهة
console-onward = متابعة
console-openid-away = خدمة الحسابات لا تجيب. حاولوا من جديد أو أخبروا مشرفكم.
console-openid-refused = لم تؤكد خدمة الحسابات الدخول. حاولوا من جديد.
console-openid-again = لم تعد هذه المحاولة صالحة. ابدؤوا من جديد.
console-openid-clock = ساعة هذه الخدمة وساعة الحسابات مختلفتان. أخبروا مدير النظام.
console-openid-unknown = حسابكم غير مفتوح هنا. اطلبوه من مدير النظام.
console-openid-no-role = ليس لحسابكم أي دور هنا. اطلبوه من مدير النظام.
console-own-password = كلمة السر
console-password-present = كلمة السر الحالية
console-password-new = كلمة السر الجديدة
console-password-again = الجديدة مرة أخرى
console-password-hint = اثنا عشر حرفا على الأقل: كلمات لا يخمنها أحد.
console-password-change = تغيير كلمة السر
console-password-changed = تم تغيير كلمة السر. انتهت جلساتكم الأخرى.
console-password-wrong = كلمة السر الحالية غير صحيحة.
console-password-differs = كلمتا السر الجديدتان مختلفتان.
console-password-same = هي كلمة السر نفسها. اختاروا غيرها.
console-password-weak = كلمة السر قصيرة أو معروفة للجميع. اختاروا غيرها.
console-password-too-often = محاولات كثيرة. حاولوا من جديد بعد ربع ساعة.
