"""Words and numbers that look like dates and are none: a false date in the archive is worse than a missing one."""

from datetime import date

import pytest

from pipelines.dates import tag_dates

PUBLISHED = date(2017, 3, 10)

NOT_DATES = [
    # months that are words, names and places
    "مارس الوزير ضغوطا على الحكومة، وتحدث عن ممارسة الرياضة",
    "لاعب مارس الرياضة منذ صغره",
    "قال أب لستة أبناء إن مدينة إب هادئة",
    "في محافظة اب جنوب صنعاء",
    "من باب الحرص على باب المندب",
    "باعت شركة نيسان آلاف السيارات",
    "أصدرت قوى 14 آذار بيانا",
    "جامعة تشرين وسد تشرين وصحيفة تشرين",
    "سكان مدينة 6 أكتوبر",
    "قالت رئيسة الوزراء تيريزا ماي",
    # weekdays that are numbers and names
    "أحد القتلى وإحدى المدن وأحد عشر لاعبا",
    "قتل اثنين وأصيب ثلاثة وخمسة آخرون",
    "قال خميس الخنجر وجمعة اللامي ورمضان شلح وشعبان عبد الرحيم",
    "الرئيس التركي رجب طيب إردوغان",
    "بعد صلاة الجمعة في سوق الخميس",
    "تفتح الحدائق أيام الخميس والجمعة من كل أسبوع",
    "انتهت المباراة بهدفين مقابل صفر",
    "هذا الفعل محرم شرعا",
    # general, Sunnis, newspapers, days of something
    "مدير عام الأمن والأمين العام والرأي العام والتعليم العام",
    "قال الأمين العام السابق للأمم المتحدة والمدير العام الحالي",
    "أهل السنة والشيعة",
    "نقلت صحيفة المصري اليوم وموقع اليوم السابع",
    "بثت قناة روسيا اليوم",
    "علمت «اليوم» من مصادرها",
    "في اليوم الثاني للمعرض وبمناسبة اليوم العالمي للمرأة",
    "ثلاث مرات في اليوم",
    # ordinals and adjectives of other things
    "الطرف الثاني والدور الأول والمركز الثالث",
    "الرئيس السابق والاجتماع الأخير والحكومة الحالية والمرحلة المقبلة",
    "المجلس الثاني الحالي",
    "الربع الأول من المباراة والنصف الثاني",
    "نهاية السنة الثانية ونهاية العام الدراسي",
    # numbers
    "قرارات مجلس الأمن 2178 و2199 و2253",
    "بموجب القرار 2170",
    "يضم التحالف 68 دولة",
    "شاب يبلغ من العمر 42 عاما",
    "بنسبة 22.5% أو 2,017 طنا",
    "فاز بنتيجة 3-1 و22/21",
    "للاتصال 0020123456789 أو 555-2017",
    "نزح 2000 شخص وقتل نحو 1990 مدنيا",
    "في 2000 منزل",
    "القانون رقم 12/2015",
    "تأهل لكأس العالم 2018",
    "رؤية 2030",
    "سعره 1.5 دولار",
    "الإصدار 2.10.3 من البرنامج",
    "استمرت المعركة يومين وثلاثة أيام",
    "سجن لمدة خمس سنوات",
    "في الخمسينات من العمر",
    "شاب في الثلاثينيات من عمره",
    "عاما بعد عام",
    "حزب الغد وتيار الغد",
    "بعد سنوات من التوتر",
    "منتصف الليل",
    "قبل عقد اجتماع الوزراء",
    "بعد يوم دام في بغداد",
    "منذ أيام الدراسة",
    "ربيع العرب والربيع العربي",
]


@pytest.mark.parametrize("text", NOT_DATES)
def test_no_date_is_found(text: str) -> None:
    assert [m.text for m in tag_dates(text, PUBLISHED)] == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("منذ هجمات 11 سبتمبر", "2001-09-11"),
        ("بعد ثورة 25 يناير", "2011-01-25"),
    ],
)
def test_a_day_that_names_an_event_keeps_the_event_s_year(text: str, value: str) -> None:
    (mention,) = tag_dates(text, PUBLISHED)
    assert (mention.value, mention.rule) == (value, "named_day")


def test_a_name_with_its_year_is_a_date() -> None:
    assert [m.value for m in tag_dates("حرب أكتوبر 1973", PUBLISHED)] == ["1973-10"]


def test_august_needs_its_madda_or_its_day() -> None:
    assert [m.value for m in tag_dates("في آب الماضي وفي 5 اب 2016", PUBLISHED)] == ["2016-08", "2016-08-05"]


def test_a_counted_number_after_a_month_is_not_its_year() -> None:
    assert [(m.text, m.value) for m in tag_dates("في شهر يناير، 2000 شخص", PUBLISHED)] == [
        ("شهر يناير", "2017-01")
    ]


def test_a_number_before_a_comma_is_no_day_of_a_list() -> None:
    assert [m.text for m in tag_dates("في المجموعة 3، 10 أبريل 2016", PUBLISHED)] == ["10 أبريل 2016"]


def test_since_yesterday_is_yesterday() -> None:
    assert [(m.text, m.value) for m in tag_dates("منذ أمس", PUBLISHED)] == [("أمس", "2017-03-09")]
