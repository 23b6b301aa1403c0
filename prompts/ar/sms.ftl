### الرسائل القصيرة: جزءان على الأكثر، أي 134 حرفا.

# الأرقام أولا: تقرأ دون فتح الرسالة.
sms-code = { $code } هو رمز الصندوق الوطني للضمان الاجتماعي، صالح لمدة 5 دقائق. لا تعطه لأحد أبدا، ولو لمستشار.
sms-registration-completed =
    تم تسجيلكم. رقم التسجيل: { $number }. رمز التفعيل: { $activation }. يستعمل في الموقع www.macnss.ma
sms-registration-completed-held =
    تم تسجيلكم. رقم التسجيل: { $number }. رمز التفعيل: { $activation }. يستعمل في www.macnss.ma ابتداء من { $works_from }
sms-registration-number = رقم تسجيلكم في الصندوق الوطني للضمان الاجتماعي: { $number }
sms-callback-arranged = الصندوق الوطني للضمان الاجتماعي: سيتصل بكم مستشار يوم { WEEKDAY($day) } { $day } { $half }.
sms-commitment = الضمان الاجتماعي: التزمتم بأداء اشتراكاتكم كل شهر. للأداء: { $link }
sms-payment = أدوا { $amount } قبل نهاية { $by } في نقطة قرب أو على { $link }
sms-payment-link = الضمان الاجتماعي: لأداء اشتراكاتكم، زوروا نقطة قرب ببطاقتكم الوطنية، أو { $link }
