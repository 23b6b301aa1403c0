### الرسائل القصيرة: جزءان على الأكثر، أي 134 حرفا.

# الأرقام أولا: تقرأ دون فتح الرسالة.
sms-code = { $code } هو رمز الصندوق الوطني للضمان الاجتماعي، صالح لمدة 5 دقائق. لا تعطه لأحد أبدا، ولو لمستشار.
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
sms-registration-completed =
    تم تسجيلكم. رقم التسجيل: { $number }. رمز التفعيل: { $activation }. يستعمل في الموقع www.macnss.ma
sms-registration-completed-held =
    تم تسجيلكم. رقم التسجيل: { $number }. رمز التفعيل: { $activation }. يستعمل في www.macnss.ma ابتداء من { $works_from }
sms-registration-number = رقم تسجيلكم في الصندوق الوطني للضمان الاجتماعي: { $number }
sms-callback-arranged = الصندوق الوطني للضمان الاجتماعي: سيتصل بكم مستشار يوم { WEEKDAY($day) } { $day } { $half }.
