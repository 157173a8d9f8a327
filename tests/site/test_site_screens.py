"""The screens of the whole press say what its authors put into it (tests/press/README.md), in both languages."""

from __future__ import annotations

import csv
import io
import json
import re
from urllib.parse import unquote

import httpx
import pytest
from lxml import etree, html

WASHINGTON = "2017-03-22-washington-ministerial"
RABAT = "2018-06-26-rabat-political-directors"
SCREENS = [
    "/meetings?view=calendar&year=2017", "/meetings?view=timeline", f"/meeting/{RABAT}", "/on/2017-03-22", "/month/2017-03",
    "/year/2017", "/coverage", "/coverage?year=all&show=share", "/coverage/meetings?year=2017",
    f"/compare?meeting={WASHINGTON}&a=rukn&b=mirsal", "/outlets", "/outlet/diwan", "/review", "/review?kind=dates", "/changes",
    "/changes?kind=corrected", "/status", "/methodology",
]  # fmt: skip


def main(client: httpx.Client, path: str) -> html.HtmlElement:
    answer = client.get(path)
    assert answer.status_code == 200, path
    element: html.HtmlElement = html.fromstring(answer.text).xpath("//main")[0]
    return element


def said(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def rows(client: httpx.Client, path: str) -> list[dict[str, str]]:
    answer = client.get(path)
    assert answer.headers["content-type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_the_calendar_marks_the_days_of_the_meetings(press_site: httpx.Client) -> None:
    march = main(press_site, "/meetings?view=calendar&year=2017").xpath(
        "//section[@aria-labelledby='m2017-03']"
    )[0]
    busy = march.xpath(".//td[@class='busy']/a")
    assert [day.text for day in busy] == ["22", "23"]
    assert busy[0].get("href") == f"/meeting/{WASHINGTON}"
    # 1 March 2017 was a Wednesday: the fifth column of a week that begins on Saturday.
    first_week = [td.text_content().strip() for td in march.xpath(".//tbody/tr[1]/td")]
    assert first_week == ["", "", "", "", "1", "2", "3"]
    english = main(press_site, "/en/meetings?view=calendar&year=2017").xpath(
        "//section[@aria-labelledby='m2017-03']//tr[1]"
    )
    assert said(english[0]).startswith("Mon")
    assert [td.text_content().strip() for td in english[1].xpath("./td")][:3] == ["", "", "1"]
    loose = main(press_site, "/meetings?view=calendar&year=2017").xpath(
        "//section[@aria-labelledby='m2017-11']"
    )[0]
    assert "يومه غير معروف" in said(loose)  # Brussels, in the course of November


def test_the_three_views_show_the_same_meetings(press_site: httpx.Client) -> None:
    query = "level=working_group&host=Italy"
    shown = {
        view: set(
            re.findall(r'href="/meeting/([^"]+)"', press_site.get(f"/meetings?{query}&view={view}").text)
        )
        for view in ("list", "timeline")
    }
    table = {row["id"] for row in rows(press_site, f"/meetings.csv?{query}")}
    assert shown["list"] == shown["timeline"] == table
    assert len(table) == 8  # seven of the finance group and Niamey
    assert "2015-03-19-rome-cifg1" in table


def test_the_filter_stays_in_every_address(press_site: httpx.Client) -> None:
    page = main(press_site, "/meetings?level=working_group&year=2015&view=timeline")
    for link in page.xpath(".//nav[@class='views']//a/@href") + page.xpath(
        ".//p[contains(@class,'feeds')]/a/@href"
    ):
        assert "level=working_group" in link
        assert "year=2015" in link


def test_a_meeting_tells_how_what_was_said_of_it_changed(press_site: httpx.Client) -> None:
    page = main(press_site, f"/meeting/{RABAT}")
    history = [said(one) for one in page.xpath("//section[@aria-labelledby='h-statuses']//li")]
    assert ["مؤجل" in one for one in history] == [True, False]
    assert "نبض المرافئ" in history[0]
    assert "مرسال الواحات" in history[1]
    steps = {said(tr.xpath("./th")[0]): int(said(tr.xpath("./td")[0])) for tr in page.xpath("//section[@aria-labelledby='h-steps']//tbody/tr")}  # fmt: skip
    assert steps["قبل 2 إلى 7 أيام"] == 1
    assert steps["في اليوم التالي"] == 2
    assert sum(steps.values()) == 4
    assert [int(row["articles"]) for row in rows(press_site, f"/meeting/{RABAT}.csv")] == list(steps.values())


def test_a_meeting_is_an_event_for_machines(press_site: httpx.Client) -> None:
    tree = html.fromstring(press_site.get(f"/en/meeting/{WASHINGTON}").text)
    (data,) = tree.xpath("//script[@type='application/ld+json']/text()")
    event = json.loads(data)
    assert (event["@type"], event["startDate"], event["location"]["name"]) == (
        "Event",
        "2017-03-22",
        "Washington",
    )
    assert event["url"].endswith(f"/meeting/{WASHINGTON}")


def test_a_day_shows_who_speaks_of_it_and_with_which_words(press_site: httpx.Client) -> None:
    page = main(press_site, "/on/2017-03-22")
    about = {said(line.xpath(".//mark")[0]): said(line) for line in page.xpath("//section[@aria-labelledby='h-about']/article")}  # fmt: skip
    assert "منارة الشاطئ" in about["يوم 22 مارس الجاري"]
    assert "صدى الضفاف" in about["غداً الأربعاء"]
    published = said(page.xpath("//section[@aria-labelledby='h-published']")[0])
    assert "التحالف الدولي يجتمع بكامل أعضائه" in published
    assert f'href="/meeting/{WASHINGTON}"' in press_site.get("/on/2017-03-22").text
    # The two outlets that err speak of other days.
    assert "ديوان السدرة" not in said(page)
    assert "ديوان السدرة" in said(main(press_site, "/on/2017-03-21"))


def test_days_lead_to_the_next_day_that_has_anything(press_site: httpx.Client) -> None:
    nav = main(press_site, "/on/2017-04-01").xpath("//nav[@class='pages']/a/@href")
    assert nav == ["/on/2017-03-25", "/on/2017-05-09"]


def test_a_year_draws_what_its_tables_and_its_file_say(press_site: httpx.Client) -> None:
    page = main(press_site, "/year/2017")
    days = {
        row["day"]: (int(row["published"]), int(row["about"])) for row in rows(press_site, "/year/2017.csv")
    }
    assert len(days) == 365
    drawn = {
        link.get("href").split("/")[-1]: tuple(
            map(int, re.findall(r": (\d+)", link.xpath("string(*[local-name()='title'])")))
        )
        for link in page.xpath("//*[local-name()='svg'][@class='days']//*[local-name()='a']")
    }
    busy = {day: numbers for day, numbers in days.items() if any(numbers)}
    assert {day: drawn[day] for day in busy} == busy
    assert set(drawn) - set(busy) <= {"2017-02-16"}  # a meeting nobody dates is marked all the same
    march = [said(one) for one in page.xpath("//a[contains(@href,'/month/2017-03')]/ancestor::tr/td")]
    assert march == [str(sum(n for day, (n, _) in days.items() if day[5:7] == "03")), str(sum(n for day, (_, n) in days.items() if day[5:7] == "03"))]  # fmt: skip
    assert march[0] == "5"  # manara, sada, nabd_est, rukn, mirsal


def test_coverage_tells_a_silence_from_what_was_not_collected(press_site: httpx.Client) -> None:
    page = main(press_site, "/coverage?year=2018")
    diwan = page.xpath("//a[@href='/outlet/diwan']/ancestor::tr")[0]
    states = [td.get("class") for td in diwan.xpath("./td")]
    assert states[1] == "published"  # February: the eve of Kuwait
    assert states[2] == "silent"  # March is within thirty days of it
    assert states[5] == "not_crawled"
    assert "جُمعت ولم تنشر عنه" in said(diwan.xpath("./td")[2])
    assert "لم تُجمع" in said(diwan.xpath("./td")[5])
    cell = diwan.xpath("./td")[1].xpath("./a/@href")[0]
    assert "الكويت تستقبل غداً" in press_site.get(cell).text
    table = [row for row in rows(press_site, "/coverage.csv?year=2018") if row["outlet"] == "diwan"]
    assert [row["state"] for row in table] == states[:12]
    totals = [int(said(td)) for td in page.xpath("//tfoot//td")]
    assert totals[:-1] == [sum(int(row["articles"]) for row in rows(press_site, "/coverage.csv?year=2018") if row["time"].endswith(f"-{n:02}")) for n in range(1, 13)]  # fmt: skip


def test_shares_of_an_outlet_add_up(press_site: httpx.Client) -> None:
    table = rows(press_site, "/coverage.csv?year=all")
    for outlet in ("diwan", "manara"):
        assert sum(float(row["share"]) for row in table if row["outlet"] == outlet) == pytest.approx(
            100, abs=0.5
        )


def test_comparing_shows_where_two_outlets_part(press_site: httpx.Client) -> None:
    page = main(press_site, f"/compare?meeting={WASHINGTON}&a=rukn&b=mirsal")
    table = {
        said(tr.xpath("./th")[0]): [said(td) for td in tr.xpath("./td")]
        for tr in page.xpath("//table//tbody/tr")
    }
    assert "الأربعاء 22 مارس 2017" in table["التاريخ"][0]
    assert "الخميس 23 مارس 2017" in table["التاريخ"][1]
    assert ["67 عضوًا" in table["عدد الأعضاء"][0], "68 عضوًا" in table["عدد الأعضاء"][1]] == [True, True]
    assert "نشر أولًا: ركن الساحة، والفارق يوم واحد" in said(page)
    assert "داعش" in table["لفظه للتنظيم"][0]
    differing = {said(li).split(" (")[0] for li in page.xpath("//li[@class='differs']")}
    assert {"67 عضوًا", "68 عضوًا"} <= differing
    assert "واشنطن" not in differing


def test_comparing_two_periods_parts_the_articles_between_them(press_site: httpx.Client) -> None:
    page = main(press_site, f"/compare?meeting={WASHINGTON}")
    (periods,) = page.xpath("//a[contains(@href,'a_to')]/@href")
    before, after = (section for section in main(press_site, periods).xpath("//div[@class='versus']/section"))
    assert "منارة الشاطئ" in said(before)
    assert "منارة الشاطئ" not in said(after)
    assert "مرسال الواحات" in said(after)


def test_an_outlet_says_what_is_missing_of_it(press_site: httpx.Client) -> None:
    page = main(press_site, "/outlet/diwan")
    months = rows(press_site, "/outlet/diwan.csv")
    missing = sum(row["state"] == "not_crawled" for row in months)
    assert f"{missing} شهر" in said(page.xpath("//section[@aria-labelledby='h-missing']")[0])
    titles = page.xpath("//*[local-name()='svg']//*[local-name()='title']/text()")
    drawn = [int(number) for title in titles for number in re.findall(r": (\d+)\)", title)]
    counts = ",".join(row["articles"] for row in months).strip("0,")
    assert drawn == [int(count) for count in counts.split(",")]
    assert "news sitemap" in said(main(press_site, "/en/outlet/diwan"))


def test_doubts_come_with_sentence_rule_and_reason(press_site: httpx.Client) -> None:
    first = main(press_site, "/review?kind=dates").xpath("//article")[0]
    # بريد الأفق calls 11 May 2022 a Tuesday: a contradiction in the text is doubted before what has no value.
    assert "11 مايو" in said(first) or "11 أيار" in said(first)
    assert "اسم اليوم في النص لا يوافق" in said(first)
    assert "بريد الأفق" in said(first)
    assert len(first.xpath(".//blockquote")) == 1


def test_a_correction_shows_the_words_that_went_and_came(press_site: httpx.Client) -> None:
    page = main(press_site, "/changes?kind=corrected")
    (change,) = [one for one in page.xpath("//article") if "نبض المرافئ" in said(one)]
    assert "67" in [said(one) for one in change.xpath(".//del")]
    assert "68" in [said(one) for one in change.xpath(".//ins")]
    assert len(page.xpath("//article")) == 2  # nabd_est/washington-day and manara/washington-wire-2019


def test_status_counts_the_outlets_in_good_health(press_site: httpx.Client) -> None:
    badge = press_site.get("/status.json")
    assert badge.headers["access-control-allow-origin"] == "*"
    body = badge.json()
    assert (body["message"], body["color"], body["ill"]) == ("9 of 9 healthy", "green", [])
    assert {row["id"] for row in body["outlets"]} == set(
        "barid diwan manara mirsal nabd_est qalam rukn sada safha".split()
    )
    page = said(main(press_site, "/status"))
    assert "سليمة: 9، من أصل 9 صحف جُمعت" in page


def test_prose_says_how_often_the_machine_errs(press_site: httpx.Client) -> None:
    for path, words in (("/methodology", "98.0٪"), ("/en/methodology", "98.0%")):
        page = main(press_site, path)
        assert words in said(page.xpath("//h2[@id='errors']/following::table")[0])
        assert "make gold" in said(page)


@pytest.mark.parametrize("path", SCREENS)
def test_every_screen_has_its_parts_in_both_languages(press_site: httpx.Client, path: str) -> None:
    for language, start in (("ar", ""), ("en", "/en")):
        answer = press_site.get(start + path)
        tree = html.fromstring(answer.text)
        assert tree.get("lang") == language
        assert len(tree.xpath("//h1")) == 1
        assert tree.xpath("//meta[@name='description']/@content")[0]
        assert tree.xpath("//*[@style] | //style") == []
        assert len(answer.content) < 150_000
        for drawing in tree.xpath("//main//*[local-name()='svg']"):
            assert drawing.get("aria-label")
            assert drawing.xpath("ancestor::*[@role='region'][@tabindex='0']")
            assert drawing.xpath("following::table"), "a drawing has a table with the same numbers"


def test_no_screen_leads_into_nothing(press_site: httpx.Client) -> None:
    seen: set[str] = set()
    for path in SCREENS:
        links = main(press_site, path).xpath(".//a/@href")
        # A screen has hundreds of links of few kinds: three of each kind are followed.
        kinds: dict[str, int] = {}
        for link in links:
            kind = re.sub(r"[\d-]{4,}|=[^&]*|/[^/?]*$", "", unquote(link))
            kinds[kind] = kinds.get(kind, 0) + 1
            if link.startswith("/") and kinds[kind] <= 3:
                seen.add(link)
    theirs = re.compile(
        r"^(/en)?/(meeting/[^/]+\.ics|meetings\.ics|meetings\.atom|changes\.atom|questions|downloads)"
    )
    assert len(seen) > 60
    broken = {link: code for link in sorted(seen) if not theirs.match(link) and (code := press_site.get(link).status_code) != 200}  # fmt: skip
    assert broken == {}


def test_the_sitemaps_name_every_page_in_both_languages(press_site: httpx.Client) -> None:
    robots = press_site.get("/robots.txt").text
    assert "Disallow: /search" in robots
    assert "Disallow: /archive/" in robots
    assert "Disallow: /meetings" not in robots
    (index,) = re.findall(r"Sitemap: (\S+)", robots)
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    parts = etree.fromstring(press_site.get(index).content).xpath("//s:loc/text()", namespaces=names)
    pages = [loc for part in parts for loc in etree.fromstring(press_site.get(part).content).xpath("//s:loc/text()", namespaces=names)]  # fmt: skip
    base = str(press_site.base_url).rstrip("/")
    assert len(pages) == len(set(pages))
    assert {
        f"{base}/meeting/{WASHINGTON}",
        f"{base}/en/meeting/{WASHINGTON}",
        f"{base}/",
        f"{base}/en",
    } <= set(pages)
    assert sum("/article/" in page for page in pages) == 2 * 51
    for page in pages[:: max(1, len(pages) // 40)]:
        if not page.endswith(("/questions", "/downloads")):
            assert press_site.get(page).status_code == 200, page
