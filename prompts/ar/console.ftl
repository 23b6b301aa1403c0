### كلمات واجهة المستشارين.

## ما آلت إليه المكالمة، يختاره المستشار عند إنهائها.
disposition-answered = تم الجواب
disposition-case-opened = فتح ملف
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
