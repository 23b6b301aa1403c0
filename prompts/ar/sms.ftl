### الرسائل القصيرة: جزءان على الأكثر، أي 134 حرفا.

# الأرقام أولا: تقرأ دون فتح الرسالة.
sms-code = { $code } هو رمز الصندوق الوطني للضمان الاجتماعي، صالح لمدة 5 دقائق. لا تعطه لأحد أبدا، ولو لمستشار.
sms-code-aloud = { $code } هو رمزكم لدى الضمان الاجتماعي. قولوه للمستشار الذي تتحدثون معه، فقط إذا اتصلتم بالرقم 3939. صالح لمدة 5 دقائق.
# ما لم يطلبه أحد: لا اسم ولا مبلغ ولا رقم تسجيل.
sms-claim-changed =
    الضمان الاجتماعي: ملفكم { $file } { $became ->
        [in-review] قيد الدراسة
        [medical-check] ينتظر الفحص الطبي
        [rejected] مرفوض
        [settled] تم احتسابه
        [paid] تم أداؤه
       *[received] تم إيداعه
    }. لمعرفة المزيد اتصلوا بالرقم 3939، الاختيار 3.
sms-claim-document-missing =
    الضمان الاجتماعي: تنقص وثيقة في ملفكم { $file }. لمعرفتها اتصلوا بالرقم 3939، الاختيار 3.
sms-contribution-due =
    الضمان الاجتماعي: آخر أجل لأداء اشتراك { $due_month } هو { $due_on }. لمعرفة طرق الأداء: 3939، الاختيار 2.
sms-campaign =
    الضمان الاجتماعي: العمال غير الأجراء، لتسجيلكم ولمعرفة إلغاء الديون اتصلوا بالرقم 0520447100.
sms-registration-completed =
    تم تسجيلكم. رقم التسجيل: { $number }. رمز التفعيل: { $activation }. يستعمل في الموقع www.macnss.ma
sms-registration-completed-held =
    تم تسجيلكم. رقم التسجيل: { $number }. رمز التفعيل: { $activation }. يستعمل في www.macnss.ma ابتداء من { $works_from }
sms-registration-number = رقم تسجيلكم في الصندوق الوطني للضمان الاجتماعي: { $number }
sms-callback-arranged = الصندوق الوطني للضمان الاجتماعي: سيتصل بكم مستشار يوم { WEEKDAY($day) } { $day } { $half }.
sms-callback-place = الضمان الاجتماعي: مكانكم محفوظ. سيتصل بكم مستشار عندما يحين دوركم.
sms-callback-missed =
    الضمان الاجتماعي: اتصل بكم مستشار ولم يتمكن من التحدث إليكم. لمحادثة مستشار اتصلوا بالرقم 3939.
sms-information-self-employed =
    العمال غير الأجراء: أتموا التسجيل على 0520447100 أو www.macnss.ma أو في وكالة أو نقطة قرب معتمدة. فيديو: www.cnss.ma
sms-information-employee =
    تسجيل الأجير: الاستمارة 321.1.06 بطابع المشغل، نسخة البطاقة الوطنية، صورتان، الحساب البنكي، في وكالة أو نقطة قرب معتمدة.
sms-information-paying =
    لأداء الاشتراكات: { $link } أو في وكالة أو نقدا في نقطة قرب معتمدة بالبطاقة الوطنية.
sms-information-depositing =
    يودع ملف المرض في وكالة أو نقطة قرب معتمدة، خلال { MONTHS($months) } من أول عمل طبي، أو { DAYS($days) } من نهاية علاج متواصل.
sms-information-portal =
    في www.macnss.ma: فتح الحساب، شهادة التسجيل، التصريح بالعائلة. أو في وكالة أو نقطة قرب معتمدة.
# سطر لكل وكالة، وأقربها بأكبر قدر من المعلومات يتسع له المكان.
sms-agencies = أقرب الوكالات: { $agencies }
    .full = { $name }: { $address }، { $city }. { $hours }
    .short = { $name }: { $address }، { $city }
    .shortest = { $name }
sms-commitment = الضمان الاجتماعي: التزمتم بأداء اشتراكاتكم كل شهر. للأداء: { $link }
sms-payment = { $amount } { $months ->
        [1] عن { $month }
       *[other] منذ { $month }
    } قبل نهاية { $by }، نقدا بالبطاقة أو { $link }
sms-payment-owed = { $amount } { $months ->
        [1] عن { $month }
       *[other] منذ { $month }
    }، نقدا بالبطاقة الوطنية، أو { $link }
sms-payment-link = الضمان الاجتماعي: لأداء اشتراكاتكم نقدا، زوروا نقطة قرب ببطاقتكم الوطنية، أو { $link }
sms-statement =
    الضمان الاجتماعي، { $day }: { NOTHING($owed) ->
        [yes] ليس عليكم أي دين.
       *[no] عليكم { $owed } عن { MONTHS($months) } منذ { $since }. للأداء: 3939.
    }
# ما يقرؤه الرقم القديم: لا اسم ولا الرقم الجديد.
sms-mobile-changed =
    الضمان الاجتماعي: لم يعد هذا الرقم مسجلا في ملفكم. إن لم تطلبوا هذا التغيير، اتصلوا بالرقم 3939 خلال 72 ساعة.
sms-documents-loss-of-employment =
    فقدان الشغل: طلب، نسخ البطاقة الوطنية وعقد الشغل والحكم عند الحاجة، تقرير مفتش الشغل، شهادة بنكية. بعد العودة للعمل: تصريح 310-1-29
sms-documents-birth-leave = إجازة الولادة، عن طريق المشغل: المطبوع 318-1-01، نسخة من البطاقة الوطنية، عقد الازدياد
sms-claim =
    الملف { $file }: { $state ->
        [received] تم إيداعه.{ written-claim-delay }
        [in-review] قيد الدراسة.{ written-claim-delay }
        [appointment] موعد المراقبة الطبية يوم { $appointment }.
        [medical-check] يتطلب مراقبة طبية. الموعد في رسالة بريدية.
        [awaiting-documents] ينقصه: { $documents }. قدموه في وكالة أو نقطة قرب.
        [awaiting-more-documents] ينقصه: { $documents }، ووثائق أخرى. اسألوا مستشارا.
        [rejected] مرفوض. السبب: { $reason }.
        [settled] تم حساب التعويض{ NOTHING($amount) ->
            [yes] .
           *[no] : { $amount }.
        }{ written-claim-delay }
       *[paid] تم أداؤه في { $paid_on }{ NOTHING($amount) ->
            [yes] .
           *[no] : { $amount }.
        }
    }
written-claim-delay =
    { $delay ->
        [expected] { " " }الأداء في { $expected_on } على أبعد تقدير حسب الأجل المعتاد.
        [over] { " " }انتهى الأجل المعتاد: يمكنكم الاتصال بمستشار.
       *[none] { "" }
    }
