"""Doubt is a value: what the tagger must not guess, and what it must flag."""

from datetime import date

import pytest

from pipelines.dates import tag_dates

PUBLISHED = date(2017, 3, 10)


@pytest.mark.parametrize(
    "text",
    [
        "في 22 مارس",
        "يوم 22 مارس الجاري",
        "في الـ 23 من الجاري",
        "الشهر الماضي",
        "أمس الخميس",
        "الأربعاء المقبل",
        "قبل يومين",
        "الأشهر الثلاثة الماضية",
        "31 مارس من العام الماضي",
        "خمسينيات القرن الماضي",
        "رمضان الماضي",
        "بين يناير ومارس",
        "نهاية العام",
        "الصيف الماضي",
        "العام نفسه",
    ],
)
def test_without_a_day_of_writing_nothing_is_guessed(text: str) -> None:
    (mention,) = tag_dates(text, None)
    assert (mention.value, mention.first, mention.last) == (None, None, None)
    assert mention.needs_review


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("22 مارس 2017", "2017-03-22"),
        ("عام 2014", "2014"),
        ("الستينات", "196"),
        ("1 محرم 1438", "2016-10-02"),
        ("العام الماضي 2016", "2016"),
    ],
)
def test_what_the_text_fixes_by_itself_needs_no_day_of_writing(text: str, value: str) -> None:
    (mention,) = tag_dates(text, None)
    assert (mention.value, mention.anchor, mention.needs_review) == (value, "text", None)


def test_a_dateline_serves_as_anchor_and_says_so() -> None:
    text = "واشنطن 9 مارس 2017 / وكالات: يعقد الاجتماع في 22 مارس الجاري"
    dateline, meeting = tag_dates(text, None)
    assert (dateline.value, dateline.anchor) == ("2017-03-09", "text")
    assert (meeting.value, meeting.anchor) == ("2017-03-22", "dateline 2017-03-09")


def test_the_day_of_publication_goes_before_a_dateline() -> None:
    text = "واشنطن 9 مارس 2017 / وكالات: وصل أمس"
    assert tag_dates(text, PUBLISHED)[1].anchor == "published 2017-03-10"


def test_a_date_within_the_story_is_no_dateline() -> None:
    text = "التقى الوزراء في باريس في 9 مارس 2017 وقرروا عقد اجتماع في 22 مارس الجاري"
    assert tag_dates(text, None)[1].value is None


@pytest.mark.parametrize(
    "text",
    [
        "سيعقد الاجتماع الخميس 22 مارس 2017",
        "اجتماع يوم الاثنين الموافق 22 مارس 2017",
        "22 مارس 2017 (الجمعة)",
    ],
)
def test_a_weekday_that_contradicts_its_date_is_flagged_and_kept(text: str) -> None:
    (mention,) = tag_dates(text, PUBLISHED)
    assert mention.value == "2017-03-22"
    assert mention.needs_review == "2017-03-22 is not the weekday that the text names"


def test_a_weekday_one_day_off_the_day_of_writing_is_the_surer_witness() -> None:
    (mention,) = tag_dates("قال الوزير اليوم الخميس", PUBLISHED)
    assert mention.value == "2017-03-09"
    assert mention.needs_review


def test_hijri_and_gregorian_that_differ_are_flagged() -> None:
    (mention,) = tag_dates("20 ذي القعدة 1440هـ الموافق 28 يوليو 2019م", PUBLISHED)
    assert (mention.value, mention.rule) == ("2019-07-28", "hijri_gregorian")
    assert mention.needs_review == "the Hijri date is 2019-07-23"


def test_a_day_between_the_two_calendars_is_no_difference() -> None:
    (mention,) = tag_dates("21 ذي القعدة 1440هـ الموافق 23 يوليو 2019م", PUBLISHED)
    assert mention.needs_review is None


def test_a_hijri_year_outside_the_tables_stays_open() -> None:
    (mention,) = tag_dates("في 5 رجب 1320هـ", PUBLISHED)
    assert mention.value is None
    assert "Umm al-Qura" in (mention.needs_review or "")


@pytest.mark.parametrize("text", ["في 30 فبراير 2016", "في 31/4/2016", "في 30 من الشهر الماضي"])
def test_a_day_that_does_not_exist_stays_open_with_the_reason(text: str) -> None:
    (mention,) = tag_dates(text, PUBLISHED)
    assert mention.value is None
    assert (mention.needs_review or "").startswith("no such date")


def test_two_years_about_equally_near_are_flagged() -> None:
    (mention,) = tag_dates("في 7 سبتمبر", PUBLISHED)
    assert mention.needs_review == "two years are about equally near"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("عقد الاجتماع في 7 سبتمبر", "2016-09-07"),
        ("سيعقد الاجتماع في 7 سبتمبر", "2017-09-07"),
        ("الهجوم الذي وقع في 20 فبراير", "2017-02-20"),
        ("منذ 20 يوليو", "2016-07-20"),
        ("في 22 مارس", "2017-03-22"),
        ("وفي 7 سبتمبر أطلق التحالف عملية", "2016-09-07"),
        ("وفي 7 سبتمبر، قال الرئيس", "2016-09-07"),
        ("القوات التي سيطرت على صنعاء في 7 سبتمبر", "2016-09-07"),
    ],
)
def test_the_verb_decides_the_year_of_a_date_without_one(text: str, value: str) -> None:
    (mention,) = tag_dates(text, PUBLISHED)
    assert (mention.value, mention.needs_review) == (value, None)


def test_a_weekday_without_a_verb_is_flagged() -> None:
    (mention,) = tag_dates("اجتماع الأربعاء", PUBLISHED)
    assert mention.needs_review == "no verb tells whether the last or the next one is meant"


def test_looking_back_names_the_date_looked_back_to() -> None:
    mentions = tag_dates("وصل في 22 مارس 2016، وغادر في اليوم التالي", PUBLISHED)
    assert (mentions[1].value, mentions[1].anchor) == ("2016-03-23", "previous date 2016-03-22")


def test_a_day_called_of_this_month_that_is_not_is_flagged() -> None:
    (mention,) = tag_dates("في 22 أبريل الجاري", PUBLISHED)
    assert mention.needs_review == "the month called current is not the month of writing"


def test_a_date_counted_from_an_event_has_no_value() -> None:
    (mention,) = tag_dates("قبل ثلاثة أيام فقط من الانتخابات", PUBLISHED)
    assert (mention.value, mention.needs_review) == (None, "it is counted from an event, not from a date")


def test_month_first_digits_are_read_and_flagged() -> None:
    (mention,) = tag_dates("في 3/22/2017", PUBLISHED)
    assert (mention.value, mention.needs_review) == ("2017-03-22", "the month stands before the day")


def test_the_last_day_of_february_finds_its_leap_year() -> None:
    (mention,) = tag_dates("في 29 فبراير الماضي", PUBLISHED)
    assert mention.value == "2016-02-29"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ومن المقرر عقد الاجتماع المقبل في روما خلال شهر مايو", "2017-05"),
        ("من المقرر عقد الاجتماع الأربعاء", "2017-03-15"),
        ("الاتفاق الذي أبرمته الدول الأربعاء", "2017-03-08"),
        ("يتوقع أن يصل بعد أن أعلن الأربعاء", "2017-03-08"),
    ],
)
def test_a_verbal_noun_takes_the_tense_of_what_governs_it(text: str, value: str) -> None:
    assert [m.value for m in tag_dates(text, PUBLISHED)] == [value]


def test_the_present_of_a_headline_does_not_push_a_date_a_year_ahead() -> None:
    (mention,) = tag_dates("يعقد الوزراء اجتماعهم يومي 15 و16 فبراير", PUBLISHED)
    assert mention.value == "2017-02-15/2017-02-16"
    assert mention.needs_review == "the verb looks ahead, the date lies just behind"


def test_two_weekdays_with_their_dates_are_one_checked_range() -> None:
    (right,) = tag_dates("يومي الأربعاء والخميس 22 و23 مارس الجاري", PUBLISHED)
    assert (right.value, right.needs_review) == ("2017-03-22/2017-03-23", None)
    (wrong,) = tag_dates("يومي الثلاثاء والأربعاء 22 و23 مارس الجاري", PUBLISHED)
    assert wrong.value == "2017-03-22/2017-03-23"
    assert "is not the weekday" in (wrong.needs_review or "")


def test_a_weekday_beside_both_calendars_is_checked_too() -> None:
    (mention,) = tag_dates("الخميس 11 جمادى الآخرة 1438 هـ الموافق 10 مارس 2017 م", PUBLISHED)
    assert (mention.value, mention.rule) == ("2017-03-10", "hijri_gregorian")
    assert mention.needs_review == "2017-03-10 is not the weekday that the text names"
