"""The seed article's sentences: the five dates a desk needs from them, and nothing else."""

from datetime import date, datetime

from pipelines.dates import tag_dates

PUBLISHED = date(2017, 3, 10)
# The date-bearing phrases of the seed report among its false friends, in our own words.
REPORT = (
    "بيروت: تستضيف واشنطن، يوم 22 مارس الجاري، اجتماعا يضم 68 دولة، ومن المتوقع أن يجري التركيز على خطة\n\n"
    "رفعها القادة إلى الرئيس السابق في وقت متأخر من الشهر الماضي.\n\n"
    "وتلتقي مجموعة العمل في الـ 23 من الجاري، وكان آخر لقاء للوزراء بتاريخ 21 يونيو 2016، "
    "بينما التأم الاجتماع الأخير في برلين بتاريخ 17 نوفمبر 2016."
)


def test_the_five_dates_with_their_exact_words() -> None:
    found = [(m.text, m.value, m.first, m.last) for m in tag_dates(REPORT, PUBLISHED)]
    assert found == [
        ("يوم 22 مارس الجاري", "2017-03-22", date(2017, 3, 22), date(2017, 3, 22)),
        ("وقت متأخر من الشهر الماضي", "2017-02", date(2017, 2, 1), date(2017, 2, 28)),
        ("الـ 23 من الجاري", "2017-03-23", date(2017, 3, 23), date(2017, 3, 23)),
        ("21 يونيو 2016", "2016-06-21", date(2016, 6, 21), date(2016, 6, 21)),
        ("17 نوفمبر 2016", "2016-11-17", date(2016, 11, 17), date(2016, 11, 17)),
    ]


def test_each_mention_explains_itself() -> None:
    first, late, day, *full = tag_dates(REPORT, PUBLISHED)
    assert (first.rule, first.anchor) == ("day_month_deictic", "published 2017-03-10")
    assert (late.rule, late.grain, late.modifier) == ("relative_month", "month", "end")
    assert day.rule == "day_of_current_month"
    assert {(m.rule, m.anchor) for m in full} == {("day_month_year", "text")}
    assert all(m.needs_review is None for m in tag_dates(REPORT, PUBLISHED))


def test_a_datetime_counts_by_its_own_calendar_day() -> None:
    late = datetime.fromisoformat("2017-03-10T23:30:00+03:00")
    assert tag_dates(REPORT, late) == tag_dates(REPORT, PUBLISHED)
