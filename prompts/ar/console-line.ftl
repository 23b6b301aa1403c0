### خط المستشار في الواجهة: هاتف الصفحة والرنين والشبكة.

console-line = خطكم
console-line-idle = خطكم ينتظر المكالمة القادمة.
console-line-dialling = خطكم يلتحق بالمكالمة.
console-line-joined = صوتكم مسموع.
console-line-muted = الميكروفون مغلق. صوتكم غير مسموع.
console-line-lost = انقطع خطكم. سيعود من تلقاء نفسه.
console-line-elsewhere = خطكم في نافذة أخرى.
console-line-none = ليس لهذا المتصفح هاتف. لن تصلكم أي مكالمة. استعملوا متصفحا آخر، أو أخبروا مدير النظام.
console-line-away = هاتفكم لا يجيب. لن تصلكم أي مكالمة. تحققوا من الشبكة: نحاول من جديد.
console-line-silent = الميكروفون ممنوع على هذه الصفحة. لن تصلكم أي مكالمة. اسمحوا به بجانب العنوان، ثم جربوه.
console-mute = إغلاق الميكروفون
console-heard-log = ما يقال
console-you = أنتم
console-colleague = زميل
console-say-label = ما تقولون
console-say = قول
console-line-options = الصوت والميكروفون
console-sound = رنين عند وصول مكالمة
console-notify = تنبيهي أيضا عندما تكون هذه الصفحة مخفية
console-microphone-try = تجربة الميكروفون
console-microphone-loudness = قوة صوتكم
console-microphone-listening = تكلموا أربع ثوان.
console-microphone-played = نسمعكم. هذه هي الثانية الأخيرة.
console-microphone-quiet = لا نكاد نسمع شيئا. قربوا الميكروفون، أو اختاروا غيره.
console-microphone-refused = الميكروفون ممنوع على هذه الصفحة. اسمحوا به بجانب العنوان.
console-microphone-missing = لا يجيب أي ميكروفون. صلوا واحدا، ثم حاولوا من جديد.
console-microphone-typed = هنا يكتب المرء ما يقول: لا يوجد ميكروفون للتجربة.

console-no-telephone = هاتفكم لا يجيب. ستكونون جاهزين عندما يجيب.
console-missed-unreachable = هذه الصفحة أو هاتفها لم يعد يجيب: المكالمات تذهب إلى غيركم. كونوا جاهزين عند عودتكم.
console-missed-unanswered = بقيت مكالمة بدون جواب، فذهبت إلى غيركم. كونوا جاهزين عند عودتكم.
console-missed-wrap-up-over = طال الإنهاء أكثر من اللازم، فأغلق بدون نتيجة. كونوا جاهزين عندما تستعدون.
console-away = انقطع الاتصال
    .more = ما تكتبونه يبقى هنا. وما تطلبونه ينفذ عند عودته إن عاد سريعا.
console-session-ended-here = انتهت جلستكم. ما كتبتموه يبقى هنا.
console-later = لاحقا
