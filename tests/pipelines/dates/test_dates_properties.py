"""What must hold for any date and any text: written dates come back, offsets cut the text, nothing raises."""

import unicodedata
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.dates import tag_dates

PUBLISHED = date(2017, 3, 10)
EGYPT = "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split()
LEVANT = [
    "كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول",
]  # fmt: skip
TUNIS = "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر".split()
RABAT = "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر".split()
WEEKDAYS = "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد".split()
UNITS = "الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر".split()
ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")

days = st.dates(date(1950, 1, 1), date(2049, 12, 31))


def ordinal(day: int) -> str:
    """Write a day of the month in words: «الثامن والعشرين»."""
    if day <= 10:
        return UNITS[day - 1]
    tens, rest = {1: "عشر", 2: "العشرين", 3: "الثلاثين"}[day // 10], day % 10
    unit = "الحادي" if rest == 1 else UNITS[rest - 1] if rest else ""
    if day < 20:
        return f"{unit} {tens}"
    return f"{unit} و{tens}" if rest else tens


FORMATS: list[Callable[[date], str]] = [
    lambda d: f"{d.day} {EGYPT[d.month - 1]} {d.year}",
    lambda d: f"{d.day} {LEVANT[d.month - 1]} {d.year}",
    lambda d: f"{d.day} {TUNIS[d.month - 1]} {d.year}",
    lambda d: f"{d.day} {RABAT[d.month - 1]}، {d.year}",
    lambda d: f"{d.day} {LEVANT[d.month - 1]}/{EGYPT[d.month - 1]} {d.year}",
    lambda d: f"{d.day} {EGYPT[d.month - 1]} ({LEVANT[d.month - 1]}) {d.year}",
    lambda d: f"يوم {d.day} {EGYPT[d.month - 1]} من عام {d.year}",
    lambda d: f"الـ{d.day} من {EGYPT[d.month - 1]} {d.year}م",
    lambda d: f"{ordinal(d.day)} من {EGYPT[d.month - 1]} {d.year}",
    lambda d: f"{ordinal(d.day)} من شهر {LEVANT[d.month - 1]} سنة {d.year}",
    lambda d: f"{WEEKDAYS[d.weekday()]} {d.day} {EGYPT[d.month - 1]} {d.year}",
    lambda d: f"يوم {WEEKDAYS[d.weekday()]} الموافق {d.day}/{d.month}/{d.year}",
    lambda d: f"{d.day}/{d.month}/{d.year}",
    lambda d: f"{d.day:02}-{d.month:02}-{d.year}",
    lambda d: f"{d.day} / {d.month} / {d.year}",
    lambda d: d.isoformat(),
    lambda d: d.strftime("%Y/%m/%d"),
    lambda d: f"{d.day} {EGYPT[d.month - 1]} {d.year}".translate(ARABIC_DIGITS),
    lambda d: f"{d.day}/{d.month}/{d.year}".translate(ARABIC_DIGITS),
    lambda d: f"مساء {d.day} {EGYPT[d.month - 1]} {d.year}",
]


@pytest.mark.parametrize("number", range(len(FORMATS)))
@given(day=days)
@settings(max_examples=40, deadline=None)
def test_a_written_date_comes_back(number: int, day: date) -> None:
    written = FORMATS[number](day)
    (mention,) = tag_dates(f"عقد الاجتماع في {written}.", PUBLISHED)
    assert (mention.text, mention.first, mention.last) == (written, day, day)
    assert mention.needs_review is None


@given(published=days, days_ahead=st.integers(-6, 6))
@settings(max_examples=60, deadline=None)
def test_a_weekday_follows_its_deixis(published: date, days_ahead: int) -> None:
    if days_ahead == 0:
        return
    day = published + timedelta(days=days_ahead)
    word = "المقبل" if days_ahead > 0 else "الماضي"
    (mention,) = tag_dates(f"{WEEKDAYS[day.weekday()]} {word}", published)
    assert mention.first == mention.last == day


@given(published=days)
@settings(max_examples=60, deadline=None)
def test_relative_units_hold_the_day_they_are_counted_from(published: date) -> None:
    week, month, year = tag_dates("هذا الأسبوع، هذا الشهر، هذا العام", published)
    for mention in (week, month, year):
        assert mention.first is not None
        assert mention.last is not None
        assert mention.first <= published <= mention.last
    (last_month,) = tag_dates("الشهر الماضي", published)
    assert last_month.last is not None
    assert last_month.last + timedelta(days=1) == month.first


PIECES = [
    *EGYPT, *LEVANT, *WEEKDAYS, *UNITS, "22", "2017", "٢٣", "من", "إلى", "و", "و11", "/", "-", "(", ")", "،", ".", "\n", "الجاري", "الماضي",
    "المقبل", "نفسه", "يوم", "يومي", "اليوم", "أمس", "الأول", "عام", "العام", "شهر", "الشهر", "الأسبوع", "قبل", "بعد", "ثلاثة", "أيام",
    "الـ", "رمضان", "ربيع", "ذي", "القعدة", "1438هـ", "الموافق", "مساء", "ليل", "أواخر", "وقت", "متأخر", "القرن", "الستينات", "ألفين",
    "الربع", "صيف", "بين", "حتى", "السنوات", "آخر", "22/3/2017", "2010-2014", "0", "99", "9999", "الأشهر", "هذا", "ذلك", "قال", "سيعقد",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=25), st.one_of(st.none(), st.dates()))
@settings(max_examples=400, deadline=None)
def test_any_order_of_date_words_is_read_without_error(pieces: list[str], published: date | None) -> None:
    check(" ".join(pieces), published)


@given(st.text(max_size=200), st.one_of(st.none(), days))
@settings(max_examples=200, deadline=None)
def test_arbitrary_text_is_read_without_error(text: str, published: date | None) -> None:
    check(text, published)


def check(text: str, published: date | None) -> None:
    """Check what every result promises."""
    end = 0
    for mention in tag_dates(text, published):
        assert text[mention.start : mention.end] == mention.text
        assert end <= mention.start < mention.end
        end = mention.end
        assert (mention.value is None) == (mention.first is None) == (mention.last is None)
        assert mention.value is not None or mention.needs_review
        if mention.first is not None and mention.last is not None:
            assert mention.first <= mention.last
        assert mention.rule


@pytest.mark.parametrize(
    "text",
    [
        "9" * 100_000,
        "1/" * 50_000,
        "يوم " * 20_000,
        "10 و" * 20_000,
        "أواخر " * 5_000,
        "مساء " * 5_000,
        "الخميس (" * 5_000,
        "نهاية الربع الأول من " * 3_000,
        "بين " * 20_000,
        "ألف و" * 20_000,
        "\u202e\u2066" * 20_000 + "22 مارس",
        "\ud800 22 مارس 2017 \udfff",
        "\u0651" * 100_000 + "مارس 2017",
    ],
    ids=lambda text: text[:12].encode("unicode_escape").decode(),
)
def test_hostile_text_is_read_without_error(text: str) -> None:
    check(text, PUBLISHED)


@given(day=days)
@settings(max_examples=30, deadline=None)
def test_marks_and_decomposed_letters_cut_out_exactly(day: date) -> None:
    written = unicodedata.normalize("NFD", f"{day.day} أُغُسْطُس {day.year}")
    check("قال " + written, PUBLISHED)
