"""Every day of a claim hangs on the day of publication: one day off moves a meeting, a guessed one invents it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.items import DateCandidate, Extracted
from pipelines.extract import choose_published, extract
from pipelines.extract.datetext import holds_only_date, read_stamp
from pipelines.extract.published import ORDER
from pipelines.lexicon.press import MONTHS

Build = Callable[..., bytes]
URL = "https://nahr.example/politics/78123"
CAIRO = ZoneInfo("Africa/Cairo")
BODY = (
    "<article>"
    + "".join(
        f"<p>{p}</p>"
        for p in (
            "وذكرت وزارة الخارجية في بيان أن الاجتماع سيبحث سبل تعزيز الجهود المشتركة لهزيمة التنظيم في العراق وسوريا.",
            "ومن المتوقع أن يركز الوزراء على المناطق التي لا تزال تحت سيطرة التنظيم وعلى فروعه وشبكاته في المنطقة.",
            "وختم المتحدث باسم الوزارة بالقول إن الحملة ستستمر حتى تحقيق أهدافها كاملة من دون استثناء.",
        )
    )
    + "</article>"
)


def meta(content: str) -> str:
    return f'<meta property="article:published_time" content="{content}">'


def chosen(found: Extracted) -> DateCandidate:
    return next(c for c in found.published_candidates if c.chosen)


def test_a_moment_before_midnight_in_greenwich_is_the_next_day_in_cairo(page: Build) -> None:
    found = extract(page(BODY, head=meta("2017-03-22T23:59:50Z")), URL, timezone="Africa/Cairo")
    assert found.published == datetime(2017, 3, 23, 1, 59, 50, tzinfo=CAIRO)
    assert isinstance(found.published, datetime)
    assert found.published.date() == date(2017, 3, 23)
    assert (chosen(found).raw, chosen(found).zone) == ("2017-03-22T23:59:50Z", "Z")


def test_local_time_stamped_z_is_known_by_the_clock_that_readers_see(page: Build) -> None:
    shown = '<span class="date">الأربعاء، 22 مارس 2017 11:30 م</span>'
    found = extract(page(shown + BODY, head=meta("2017-03-22T23:30:13Z")), URL, timezone="Africa/Cairo")
    assert found.published == datetime(2017, 3, 22, 23, 30, 13, tzinfo=CAIRO)
    assert chosen(found).zone == "Africa/Cairo"


def test_a_true_z_is_kept_when_readers_see_it_converted(page: Build) -> None:
    shown = '<span class="date">الخميس، 23 مارس 2017 01:30 ص</span>'
    found = extract(page(shown + BODY, head=meta("2017-03-22T23:30:13Z")), URL, timezone="Africa/Cairo")
    assert found.published == datetime(2017, 3, 22, 23, 30, 13, tzinfo=UTC)


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("الأربعاء، 07 أكتوبر 2020 - 12:09 م", datetime(2020, 10, 7, 12, 9, tzinfo=CAIRO)),
        ("الأربعاء ٧ أكتوبر ٢٠٢٠ - ١٢:٠٩ ص", datetime(2020, 10, 7, 0, 9, tzinfo=CAIRO)),
        ("٢٠٢٠-١٠-٠٧T٠٩:٠٥:٠٠+٠٣:٠٠", datetime(2020, 10, 7, 6, 5, tzinfo=UTC)),
        ("24 نيسان / أبريل 2020 09:22 مساءً", datetime(2020, 4, 24, 21, 22, tzinfo=CAIRO)),
        ("03/04/2017", date(2017, 4, 3)),
        ("٣/٤/٢٠١٧", date(2017, 4, 3)),
        ("22.03.2017", date(2017, 3, 22)),
        ("15 تشرين الثاني 2016", date(2016, 11, 15)),
        ("8 فيفري 2019", date(2019, 2, 8)),
        ("2020-06-03T03:01+0400", datetime(2020, 6, 2, 23, 1, tzinfo=UTC)),
        ("Wed, 22 Mar 2017 21:15:00 GMT", datetime(2017, 3, 22, 21, 15, tzinfo=UTC)),
        ("March 22, 2017 9:15 PM", datetime(2017, 3, 22, 21, 15, tzinfo=CAIRO)),
        ("1490217300", datetime(2017, 3, 22, 21, 15, tzinfo=UTC)),
        ("2017-03-22", date(2017, 3, 22)),
        ("20170322", date(2017, 3, 22)),
    ],
)
def test_published_time_is_read_however_it_is_written(page: Build, raw: str, wanted: date) -> None:
    found = extract(page(BODY, head=meta(raw)), URL, timezone="Africa/Cairo")
    assert found.published == wanted
    assert chosen(found).raw == raw


@pytest.mark.parametrize("raw", ["2017", "2017-03", "مارس 2017", "قريبا", "31/02/2017", "1399/02/21"])
def test_what_names_no_day_is_kept_and_gives_none(page: Build, raw: str) -> None:
    found = extract(page(BODY, head=meta(raw)), URL, timezone="Africa/Cairo")
    assert found.published is None
    assert [(c.source, c.raw, c.value) for c in found.published_candidates] == [("meta", raw, None)]


def test_a_clock_time_without_a_zone_is_a_day_until_the_zone_is_known(page: Build) -> None:
    html = page(BODY, head=meta("2017-03-22T23:30:00"))
    assert extract(html, URL).published == date(2017, 3, 22)
    assert extract(html, URL, timezone="Asia/Baghdad").published == datetime(
        2017, 3, 22, 23, 30, tzinfo=ZoneInfo("Asia/Baghdad")
    )


def test_every_statement_is_kept_in_the_order_of_belief(page: Build) -> None:
    head = meta("2017-03-10T08:05:00+03:00") + (
        '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2017-03-10T08:00:00+03:00","dateModified":"2017-03-11T10:00:00+03:00"}</script>'
    )
    shown = '<time datetime="2017-03-10T08:06:00+03:00">10 مارس 2017</time><div>نُشر في: 10 آذار 2017</div>'
    found = extract(
        page(shown + BODY, head=head), "https://nahr.example/2017/03/10/78123", timezone="Asia/Baghdad"
    )
    assert [c.source for c in found.published_candidates if c.source != "text"] == [
        "json_ld",
        "meta",
        "time",
        "modified",
        "url",
    ]
    assert "نُشر في: 10 آذار 2017" in [c.raw for c in found.published_candidates]
    assert chosen(found).source == "json_ld"
    assert sum(c.chosen for c in found.published_candidates) == 1


def test_a_last_update_is_never_the_day_of_publication(page: Build) -> None:
    shown = "<div>آخر تحديث: الأربعاء، 28 آب/أغسطس 2013 14:00 (GMT+0400)</div>"
    found = extract(
        page(shown + BODY),
        "https://nahr.example/2013/world/8/3/syria.clashes/index.html",
        timezone="Asia/Dubai",
    )
    assert found.published == date(2013, 8, 3)
    assert "modified" in {c.source for c in found.published_candidates}
    assert extract(page(shown + BODY), URL, timezone="Asia/Dubai").published is None


def test_the_date_below_the_headline_wins_over_today_s_in_the_page_s_head(page: Build) -> None:
    heading = '<header><div id="today">الأحد 19 فبراير 2023</div></header><h1>وزراء التحالف يجتمعون في واشنطن</h1><div class="info">الجمعة 10 مارس 2017</div>'
    related = '<ul><li><a href="/3">خبر آخر</a><span class="date">الخميس 9 مارس 2017</span></li></ul>'
    assert extract(page(BODY + related, heading=heading), URL).published == date(2017, 3, 10)


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("/2017/3/10/title", date(2017, 3, 10)),
        ("/news/2017-03-10-1.3874341", date(2017, 3, 10)),
        ("/ar/20170310-title", date(2017, 3, 10)),
        ("/20170310/title-1021", date(2017, 3, 10)),
        ("/arabic/world/100320172", date(2017, 3, 10)),
        ("/Web/News/2017/3/1137283.html", None),
        ("/2017/13/45/title", None),
        ("/story/4943459", None),
    ],
)
def test_a_day_in_the_address_is_read_and_a_month_is_no_day(
    page: Build, path: str, wanted: date | None
) -> None:
    assert extract(page(BODY), f"https://nahr.example{path}").published == wanted


def test_an_unknown_zone_is_refused_with_the_remedy(page: Build) -> None:
    with pytest.raises(ValueError, match="give an IANA name"):
        extract(page(BODY), URL, timezone="Kairo")


def test_choosing_believes_sources_in_the_written_order() -> None:
    rows = [DateCandidate(source, source, date(2017, 3, 10)) for source in reversed(ORDER)]
    for source in ORDER:
        best = choose_published(rows, None)
        assert best is not None
        assert (best.source, best.chosen) == (source, True)
        rows = [row for row in rows if row.source != source]
    assert choose_published(rows, None) is None


def test_an_address_and_a_second_source_outvote_a_rendering_date() -> None:
    rows = [
        DateCandidate("json_ld", "2023-02-19", date(2023, 2, 19)),
        DateCandidate("text", "10 مارس 2017", date(2017, 3, 10)),
        DateCandidate("url", "2017/03/10", date(2017, 3, 10)),
    ]
    best = choose_published(rows, None)
    assert best is not None
    assert best.source == "text"
    assert choose_published([rows[0], rows[2]], None) is not None


def test_the_chosen_moment_is_given_in_the_outlet_s_zone() -> None:
    best = choose_published(
        [DateCandidate("feed", "x", datetime(2017, 3, 22, 23, 59, tzinfo=UTC), "Z")], "Africa/Cairo"
    )
    assert best is not None
    assert isinstance(best.value, datetime)
    assert best.value.date() == date(2017, 3, 23)


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)), st.sampled_from(range(6)), st.booleans(), st.data())
def test_any_day_is_read_back_from_any_form(day: date, form: int, indic: bool, data: st.DataObject) -> None:
    month = data.draw(st.sampled_from(MONTHS[day.month]))
    raw = (
        f"{day.day} {month} {day.year}",
        f"{day.day:02}/{day.month:02}/{day.year}",
        f"{day.year}-{day.month:02}-{day.day:02}",
        f"نشر: {day.day} {month}، {day.year} - 10:15 ص",
        f"{day.year}/{day.month}/{day.day}",
        f"{day.day}.{day.month}.{day.year}",
    )[form]
    raw = raw.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")) if indic else raw
    stamp = read_stamp(raw)
    assert stamp is not None
    assert stamp.day == day
    assert holds_only_date(raw)


@given(st.text(max_size=80))
def test_no_string_breaks_the_reader(raw: str) -> None:
    stamp = read_stamp(raw)
    assert stamp is None or stamp.day is None or isinstance(stamp.day, date)
    assert holds_only_date(raw) in (True, False)


def test_a_time_in_a_ticker_above_does_not_date_the_article(page: Build) -> None:
    heading = (
        '<header><ul><li><a href="/9">خبر عاجل</a><time datetime="2023-02-19T10:00:00+03:00">الآن</time></li></ul></header>'
        '<h1>وزراء التحالف يجتمعون في واشنطن</h1><time datetime="2017-03-10T10:00:00+03:00">10 مارس</time>'
    )
    found = extract(page(BODY, heading=heading), URL, timezone="Asia/Baghdad")
    assert str(found.published)[:10] == "2017-03-10"


@pytest.mark.parametrize(
    "raw", ["9999-12-31T23:59:59Z", "2017-03-10T10:00:00+99:00", "0001-01-01T00:00:00Z", "1" * 400]
)
def test_impossible_moments_are_kept_as_written_and_break_nothing(page: Build, raw: str) -> None:
    found = extract(page(BODY, head=meta(raw)), URL, timezone="Africa/Cairo")
    assert [c.raw for c in found.published_candidates] == [raw]
