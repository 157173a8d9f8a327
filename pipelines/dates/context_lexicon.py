"""Words and letters round a date that decide what it is: names, counted things, verbs and their tense.

The second half of the lexicon: `lexicon.py` holds the words dates are made of, this one their company.
"""

from __future__ import annotations

EVENT_FROM = "من على"
NOW = "الآن اليوم"
# Words that make the date after them part of a name: the October war, the University of Tishreen, a Nissan.
NAMING = (
    "حرب ثورة مدينة جسر كوبري شارع جامعة صحيفة جريدة مجلة قناة شركة سيارة سيارات سد مفاعل انتفاضة ميدان محور حزب حركة"
    " منظمة كتائب لواء قوى فريق تيار كتلة ائتلاف نكسة نصر مستشفى مدرسة ملعب ساحة موقع تلفزيون إذاعة نادي رينو دوار منطقة حي قصر"
    " قاعة جبهة مجموعة وكالة مؤسسة"
)
# … and the days whose year everybody knows by the name of the event: (naming words, day, month) -> year.
NAMED_DAYS: tuple[tuple[str, int, int, int], ...] = (
    ("هجمات أحداث اعتداءات تفجيرات حوادث", 11, 9, 2001),
    ("ثورة انتفاضة", 25, 1, 2011),
    ("ثورة", 30, 6, 2013),
    ("ثورة", 14, 7, 1958),
    ("ثورة", 17, 7, 1968),
    ("ثورة", 23, 7, 1952),
)
# A weekday after these is a name, a rite or «both».
NOT_WEEKDAY_AFTER = "خطب مساجد منبر منابر سهرة سوق صلاة خطبة هذين هاتين كلا كلتا أيام كل خميس خطيب مسجد"
# «اليوم» after these is a newspaper; before those it is a day of something.
NOT_TODAY_AFTER = "عين المصري روسيا أخبار صحيفة جريدة قناة موقع مصراوي بلدنا دنيا طوال طيلة بطولة مجلة مؤسسة"
NOT_TODAY_BEFORE = (
    "السابع الواحد الواحدة العالمي الدولي الوطني الدراسي الثامن التاسع العاشر المفتوح الآخر الأخير المشهود"
)
# «العام» after these is "general": «الأمين العام السابق», «المدير العام الحالي».
GENERAL_AFTER = (
    "الأمين الأمينة المدير المديرة المدعي القائد القطاع المفتش المفوض المراقب القنصل الحاكم السكرتير السكرتيرة المنسق المشرف"
    " النائب المرشد المندوب"
)
# A year may follow these directly: «انتخابات 2017».
YEAR_EVENTS = (
    "انتخابات الانتخابات أحداث حرب ثورة غزو دستور موازنة ميزانية انقلاب أزمة مواليد انتفاضة حملة اتفاق اتفاقية هجمات تفجيرات"
    " هزيمة معاهدة نكسة نكبة مجزرة زلزال"
)
# A number before these counts things; it is no year.
COUNTED = (
    "شخص شخصا قتيل قتيلا دولار دولارا متر مترا كيلومتر كيلومترا كلم كم مقاتل مقاتلا جندي جنديا طن طنا عنصر عنصرا مدني مدنيا"
    " نسمة مليون ألف مليار ريال ريالا درهم دينار دينارا يورو عائلة أسرة لاجئ لاجئا نازح نازحا برميل برميلا طالب طالبا وظيفة منزل"
    " منزلا وحدة ضربة غارة دولة مدينة قرية موظف موظفا عامل عاملا مواطن مواطنا كيلوغرام كيلو جنيه جنيها ليرة حالة إصابة عملية"
    " نقطة صفحة مشارك مشاركا عضو عضوا شركة مدرسة لتر ميغاواط ميجاوات سجين معتقل معتقلا مسلح مسلحا صاروخ هدف سنة عام عاما رجل رجلا"
    " امرأة طفل طفلا مشروع مشروعا فدان هكتار ميل مركبة سيارة رحلة مقعد مقعدا متطوع متطوعا لاعب شرطي شرطيا ضابط ضابطا"
)
AGE_WORDS = "عمره عمرها العمر عمرهم عمر"

FUTURE_MARKS = (
    "سوف لن المقرر مقرر مقررا المرتقب مرتقب المزمع المتوقع متوقع المنتظر ينتظر يتوقع موعد قريبا الموعد غدا اعتزامه يعتزم"
    " تعتزم يستعد تستعد المحدد"
)
PRESENT_STEMS = (
    "عقد جتمع بدأ نطلق لتقي زور صل ستضيف فتتح ستأنف توجه شارك جري نظم ناقش بحث حتضن ترأس غادر ختتم ستقبل لقي نعقد قام شهد"
    " صوت نتخب دلي عود ستمر تسلم نشر ظهر واصل تواصل لعب واجه خوض حل قيم"
)
# These date the saying, not what is said.
REPORTING_MARKS = (
    "قال أعلن أكد ذكر أفاد أضاف أوضح كشف صرح شدد أشار أعرب اعتبر رأى أبلغ نقل نشر أوردت توقع حذر دعا طالب وعد"
)
PAST_MARKS = (
    "قال أعلن أكد ذكر أفاد عقد وصل التقى بحث شهد أضاف أوضح كشف صرح قتل أصيب جرى تم بدأ دعا شدد اتهم نفى أشار كان كانت لم وقع"
    " دان أدان حذر انطلق اجتمع غادر نقل نشر أطلق شن استهدف قصف سيطر أعرب طالب رحب وافق رفض استقبل زار ترأس حضر شارك أجرى"
    " اختتم افتتح قرر لقي توفي مات اعتقل أوقف سقط دخل خرج عاد فاز خسر قدم اعتبر رأى ناقش تسلم أبلغ نفذ تلقى ألقى وجه تعرض"
    " انفجر اندلع هاجم احتجز صوت أقر اتفق وقّع أمر تعهد حصل ظهر فجر أوردت جاء ندد استنكر بث أصدر أغلق فتح هبط ارتفع انخفض"
    " تراجع سجل بلغ ضبط عثر انتهى أنهى ألغى أجل تبنى نجا دمر حرر انسحب تقدم تمكن نجح فشل قضى حكم قضت عين انتخب أدى أدلى"
)
NOT_VERBS = (
    "يوم يومي يومين يناير يونيو يوليو يونيه يوليه يد يمين يسار يمن يعني يهود يهودي يابان يونان ينبع يورو يورانيوم يوسف يحيى ياسر"
    " يوميا يمكن يجب يمني يمنية يمنيين يونيسف يونسكو يوما"
)
SUBORDINATORS = "الذي التي الذين اللذين اللتين أن لأن كي لكي حتى أنه"

# Letters of grammar. The article, the conjunctions that are written on the next word, and the letter that «للـ» drops.
ARTICLE = "ال"
PROCLITICS = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل", "وك")
AND_LETTER, SO_LETTER, TO_LETTER, PREPOSITION_LETTERS = "و", "ف", "ل", "بلك"
# Folding makes one word of August, father and the city of Ibb; the original letter tells August.
AUGUST_FOLDED, AUGUST_LETTER, BARE_ALEF = "اب", "آ", "ا"
# An ordinal that ends so is feminine and never a day of the month, except the first, «غرة».
FEMININE_ENDINGS = "ة لى"
FIRST_DAY = "غرة"
DUAL_ENDING = "ين"
COMMAS = "،"

# What decides between a date and something else.
DATED = "بتاريخ تاريخ"  # «بتاريخ 22/3»
NUMBERED = "رقم القرار قرار المرسوم مرسوم القانون قانون هاتف"
NOT_BEFORE_YEAR = "إلى ل ب ك ضمن غاية طوال"
OF_WORK_OR_SCHOOL = "الدراسي المالي الجامعي الهجري"  # «نهاية العام الدراسي»
EPITHETS = "المبارك الحرام الخير المعظم الفضيل الأصب المكرم"  # «رمضان المبارك»
BEFORE_CHRIST = "قبل الميلاد"
IN_THE = "في خلال ب"  # «مرتين في اليوم»
ONLY = "فقط تقريبا"
NAMES_OR_VERBS = "ظهر فجر عصر سحر"  # «فجر» blew up, «ظهر» appeared: parts of the day only before the day
WEEKDAY_CARDINALS = "أحد اثنين"  # «يوم أحد», «يوم اثنين»

# Verbs.
RELATIVES = "الذي التي الذين"
SINCE = "منذ مذ ومنذ"
NO_VERB_AFTER = "قبل على إلى في من عن خلال لدى عند منذ حول بشأن دون بين مع عبر"
PAST_AUXILIARIES = "لم كان كانت"
VERB_ENDINGS = "وا ت ا ه ها ن تا ته تها تهم وه وها هم"
FUTURE_LETTER, FUTURE_PREFIXES, IMPERFECT_PREFIXES = "س", "يتن", "يت"
NOT_FUTURE = (
    "سيا سين سيطر ستو ستي ستا سنو سنت سيد سيم سيو ستر"  # politics, Sinai, took control, Stoltenberg, sir …
)
SENTENCE_ENDS = ".؟!؛\n"
