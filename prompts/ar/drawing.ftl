### كلمات الرسوم (`svi flow show`، docs/flows/)، ولا يسمعها أي متصل.

flow-whole-call = المكالمة كاملة
flow-language = اللغة
flow-main-menu = القائمة الرئيسية
flow-reason = سبب الاتصال
flow-registration = التسجيل
flow-identify = من المتصل
flow-information = المعلومات العملية
flow-contributions = الاشتراكات
flow-debt-cancellation = إلغاء الديون
flow-rights = الحقوق والتعويضات
flow-loss-of-employment = فقدان الشغل
flow-maternity-and-birth = الأمومة والولادة
flow-claims = ملفات التعويض عن المرض
flow-advisor = مستشار
flow-callback = الاتصال الموعود

drawing-start = البداية
drawing-hang-up = نهاية المكالمة
drawing-return = الرجوع إلى القائمة السابقة
drawing-advisor = مستشار
