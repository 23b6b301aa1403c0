### مستشار، أو اتصال من مستشار.

advisor-closed =
    المستشارون غير متوفرين الآن.
    سيعودون يوم { WEEKDAY($opens) } { $opens }.
advisor-not-connected =
    لا يسمح هذا الخط بعد بالتحدث مباشرة مع مستشار.
    يمكن لمستشار أن يتصل بكم.

callback-number-confirm =
    لتلقي الاتصال على الرقم المنتهي بالرقمين { $ending }، اضغط 1.
    لرقم آخر، اضغط 2.
    .title = الرقم الذي سنتصل به
    .more =
        تتصلون من الرقم المنتهي بالرقمين { $ending }. لتلقي الاتصال عليه، اضغط 1.
        لإدخال رقم آخر، اضغط 2.
    .words-this-number = هذا الرقم، هاد الرقم، هاد النمرة، نفس الرقم، نفس النمرة، نعم، آه
    .words-another = رقم آخر، نمرة أخرى، رقم جديد، لا، لا رقم آخر، ماشي هذا الرقم
callback-number = أدخل رقم الهاتف الذي سنتصل به، وهو عشرة أرقام.
    .title = رقم آخر للاتصال
    .more =
        { callback-refused-number }
        أدخل الأرقام العشرة. يبدأ هذا الرقم بالصفر.
        للمساعدة، اضغط زر النجمة.
callback-refused-number = لا يمكننا الاتصال إلا بالأرقام المغربية.

callback-day =
    ليوم { WEEKDAY($first) } { $first }، اضغط 1.
    ليوم { WEEKDAY($second) } { $second }، اضغط 2.
    .title = يوم الاتصال
    .more = اختر اليوم المناسب للاتصال. { callback-day }
    .words-first = { WEEKDAY($first) } { $first }، { WEEKDAY($first) }، اليوم الأول، الأول
    .words-second = { WEEKDAY($second) } { $second }، { WEEKDAY($second) }، اليوم الثاني، الثاني
callback-half-day = لفترة الصباح، اضغط 1. لفترة ما بعد الزوال، اضغط 2.
    .title = وقت الاتصال
    .more = اختر الوقت المناسب للاتصال. { callback-half-day }
    .words-morning = الصباح، صباحا، في الصباح
    .words-afternoon = بعد الزوال، العشية، المساء
callback-promised =
    سيتصل بكم مستشار يوم { WEEKDAY($day) } { $day } { $half }.
    سيتصل بالرقم المنتهي بالرقمين { $ending }.

half-day-morning = صباحا
half-day-afternoon = بعد الزوال
