"""What a page says of its outlet: a wrong zone shifts every date by hours, a wrong country names the wrong press."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.pagefacts import choose_zone, country_of_host, name_of_host, named_moment, read_facts

AT = "https://www.minbar.example/ar"


def test_names_are_read_from_data_before_the_title() -> None:
    page = read_facts(
        """<title>آخر الأخبار | منبر</title><meta property="og:site_name" content=" منبر  التجربة ">
        <script type="application/ld+json">{"@graph": [{"publisher": {"@type": ["Organization"], "name": "Minbar"}}]}</script>
        <script type="application/ld+json">{broken</script>""".encode(),
        AT,
    )
    assert page.names == ("منبر التجربة", "Minbar", "منبر", "آخر الأخبار")


def test_countries_are_read_from_addresses_and_locales_and_arabic_is_none() -> None:
    root = '<html lang="ar-IQ">'
    address = '<script type="application/ld+json">{"address": {"addressCountry": {"name": "lb"}}}</script>'
    assert read_facts(f"{root}{address}<p>س".encode(), AT).countries == ("LB", "IQ")
    for locale in ("ar", "ar_AR", "arabic", "x-y-z"):
        assert read_facts(f'<html lang="{locale}"><p>س'.encode(), AT).countries == ()


@pytest.mark.parametrize(
    ("raw", "hours"),
    [
        ("2017-03-10T09:15:00+03:00", 3),
        ("Fri, 10 Mar 2017 09:15:00 +0200", 2),
        ("2017-03-10T09:15:00Z", None),
        ("2017-03-10T09:15:00", None),
        ("2017-03-10", None),
        ("أمس", None),
    ],
)
def test_a_date_speaks_for_a_zone_only_when_it_names_an_offset_of_its_own(
    raw: str, hours: float | None
) -> None:
    moment = named_moment(raw)
    assert (moment and moment.strftime("%z")) == (f"+{hours:02}00" if hours else None)


def at(raw: str) -> datetime:
    return datetime.fromisoformat(raw)


def test_the_zone_is_the_countrys_and_a_contradiction_is_said() -> None:
    assert choose_zone("IQ", (at("2017-03-10T09:00+03:00"),)) == ("Asia/Baghdad", "")
    assert choose_zone("GB", (at("2017-07-10T09:00+01:00"),)) == ("Europe/London", "")
    assert choose_zone("LB", ()) == ("Asia/Beirut", "")
    zone, doubt = choose_zone("GB", (at("2017-07-10T09:00+03:00"),))
    assert (zone, doubt) == ("Europe/London", "its dates say +0300, which is not the time of Europe/London")
    assert choose_zone("US", (at("2017-07-10T09:00-07:00"),))[0] in ("America/Los_Angeles", "America/Phoenix")
    assert "no page names its offset" in choose_zone("RU", ())[1]


@pytest.mark.parametrize(
    ("host", "name", "country"),
    [
        ("www.almadapaper.net", "almadapaper", None),
        ("arabic.cnn.com", "cnn", None),
        ("www.alquds.co.uk", "alquds", "GB"),
        ("www.spa.gov.sa", "spa", "SA"),
        ("sana.sy", "sana", "SY"),
        ("www.syria.tv", "syria", None),
        ("24.ae", "n24", "AE"),
        ("www.al-akhbar.com", "alakhbar", None),
    ],
)
def test_a_host_names_the_outlet_and_sometimes_its_country(host: str, name: str, country: str | None) -> None:
    assert (name_of_host(host), country_of_host(host)) == (name, country)


def test_feeds_are_those_a_page_names() -> None:
    page = read_facts(
        b"""<link rel=alternate type=application/rss+xml href=feed.xml><link rel=alternate hreflang=en href=/en>
        <a href=/rss>RSS</a><a href="/section/feed/">f</a><a href=/feedback>x</a><a href="http://[x/rss">y</a>""",
        AT,
    )
    host = "https://www.minbar.example"
    assert page.feeds == (f"{host}/feed.xml", f"{host}/rss", f"{host}/section/feed/")


@pytest.mark.parametrize(
    ("body", "least", "most"), [("<p>خبر عاجل CNN</p>", 0.6, 0.9), ("<p>News</p>", 0, 0), ("", 0, 0)]
)
def test_the_share_of_arabic_is_of_what_readers_see(body: str, least: float, most: float) -> None:
    hidden = "<script>var longEnglishScript = 'not seen by readers at all'</script>"
    assert least <= read_facts(f"<body>{body}{hidden}</body>".encode(), AT).arabic <= most


@given(st.binary(max_size=300))
def test_no_bytes_break_it(body: bytes) -> None:
    assert 0 <= read_facts(body, AT).arabic <= 1
