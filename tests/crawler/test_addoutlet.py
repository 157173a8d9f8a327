"""`scrapy addoutlet`: a journalist without Python must get a declaration that collects, or one line that says why not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawler.addresses import canonical, is_article
from crawler.outlets.model import load_outlet
from tests.crawler.conftest import Desk
from tests.crawler.loopback import Answer
from tests.crawler.test_crawl import sitemap

HOST = "http://www.minbar.example"
QUICK = ("-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=False")
TEXT = (
    "قال متحدث باسم التحالف الدولي ضد داعش إن وزراء الخارجية سيجتمعون في واشنطن لبحث الخطوات المقبلة في العراق وسوريا. "
    * 4
)
SLUGS = ("اجتماع-التحالف-في-واشنطن", "غارات-على-الرقة-أمس", "بيان-وزراء-الخارجية", "مقتل-قيادي-في-الموصل")
HTML = {"Content-Type": "text/html; charset=utf-8"}


def article(number: int) -> Answer:
    data = {
        "@type": "NewsArticle",
        "headline": f"خبر رقم {number} عن التحالف الدولي",
        "datePublished": f"2017-03-{number:02}T09:15:00+03:00",
        "publisher": {"@type": "NewsMediaOrganization", "name": "منبر التجربة"},
    }
    body = f"""<html lang="ar"><head><title>خبر رقم {number} عن التحالف الدولي - منبر التجربة</title>
      <meta property="og:site_name" content="منبر التجربة">
      <script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script></head>
      <body><article><h1>خبر رقم {number} عن التحالف الدولي</h1><p>{TEXT}</p></article></body></html>"""
    return Answer(body.encode(), headers=HTML)


def site(desk: Desk, *, head: str = "") -> None:
    """An outlet as many are: a feed named in the head, sitemaps named by robots.txt, menus and headlines."""
    paths = [f"/سياسة/2017/3/{number}/{slug}" for number, slug in enumerate(SLUGS, 7)]
    links = "".join(f"<a href='{path}'>خبر طويل بما يكفي ليكون عنوانا في الصفحة الأولى</a>" for path in paths)
    home = f"""<html lang="ar"><head><title>منبر التجربة | أخبار</title>{head}</head><body>
      <a href="/سياسة">سياسة</a><a href="/about">من نحن</a>{links}<a href="/feed-reader">قارئ</a></body></html>"""
    desk.answers[f"{HOST}/"] = Answer(home.encode(), headers=HTML)
    desk.answers[f"{HOST}/robots.txt"] = Answer(
        f"User-agent: *\nDisallow: /admin\nSitemap: {HOST}/maps.xml\n".encode()
    )
    urls = [str(canonical(HOST + path)) for path in paths]
    for number, url in enumerate(urls, 7):
        desk.answers[url] = article(number)
    items = "".join(
        f"<item><title>خبر</title><link>{url}</link><pubDate>Fri, 10 Mar 2017 09:15:00 +0300</pubDate></item>"
        for url in urls
    )
    desk.answers[f"{HOST}/feed.rss"] = Answer(f"<rss version='2.0'><channel>{items}</channel></rss>".encode())
    loc = "<loc>{}</loc>".format
    desk.answers[f"{HOST}/maps.xml"] = sitemap(loc(f"{HOST}/news.xml"), loc(f"{HOST}/old.xml"), index=True)
    news = "".join(
        f"<url><loc>{url}</loc><n:news><n:publication_date>2017-03-10</n:publication_date><n:title>خبر</n:title></n:news></url>"
        for url in urls
    )
    namespace = "xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'"
    desk.answers[f"{HOST}/news.xml"] = Answer(f"<urlset {namespace}>{news}</urlset>".encode())


FEED = '<link rel="alternate" type="application/rss+xml" href="/feed.rss">'


def add(desk: Desk, *arguments: str) -> tuple[int, str, str]:
    result = desk.scrapy("addoutlet", *QUICK, "--into", str(desk.folder / "new"), *arguments)
    assert "Traceback" not in result.stderr
    return result.returncode, result.stdout, result.stderr


def test_an_outlet_is_declared_with_what_answered_and_three_pages_to_review(desk: Desk) -> None:
    site(desk, head=FEED)
    code, told, complaints = add(desk, f"{HOST}/", "--country", "IQ")
    assert (code, complaints) == (0, "")
    outlet = load_outlet(desk.folder / "new" / "minbar.yml")
    assert (outlet.name_ar, outlet.home, outlet.country, outlet.timezone) == (
        "منبر التجربة", f"{HOST}/", "IQ", "Asia/Baghdad",
    )  # fmt: skip
    assert [(one.kind, one.url, one.confidence) for one in outlet.sources] == [
        ("feed", f"{HOST}/feed.rss", "verified"),
        ("news_sitemap", f"{HOST}/news.xml", "verified"),
        ("sitemap", f"{HOST}/maps.xml", "verified"),
    ]
    assert all("live" in one.evidence for one in outlet.sources)
    assert is_article(outlet, str(canonical(f"{HOST}/رياضة/2018/12/31/خبر-آخر-تماما")))
    assert not is_article(outlet, str(canonical(f"{HOST}/سياسة")))
    assert [line for line in told.splitlines() if line.startswith("  - ")] == [
        "  - name.en: no page says it; 'Minbar' is made of the address",
        "  - name: منبر التجربة / Minbar",
        "  - affiliation: who owns it, and from where; write where you know it from",
    ]
    pages = desk.folder / "new" / "pages" / "minbar"
    assert sorted(path.name for path in pages.iterdir()) == [
        "1.html", "1.json", "2.html", "2.json", "3.html", "3.json",
    ]  # fmt: skip
    first = json.loads((pages / "1.json").read_text(encoding="utf-8"))
    assert (pages / "1.html").read_bytes() == desk.answers[first["url"]].body
    assert first["expect"]["title"] == "خبر رقم 7 عن التحالف الدولي"
    assert first["expect"]["published"] == "2017-03-07T09:15:00+03:00"
    assert first["expect"]["begins"].startswith("قال متحدث باسم التحالف الدولي ضد داعش")


def test_what_it_writes_collects_at_once(desk: Desk) -> None:
    site(desk, head=FEED)
    add(desk, HOST, "--country", "IQ", "--sample")
    result = desk.scrapy("crawl", "minbar", *QUICK, "-s", f"OUTLETS={desk.folder / 'new'}")
    assert result.returncode == 0
    assert "4 new, 4 fetched" in result.stdout


def test_without_a_feed_or_a_sitemap_the_front_page_is_read_as_a_list(desk: Desk) -> None:
    site(desk)
    for name in ("/robots.txt", "/maps.xml", "/news.xml", "/feed.rss"):
        del desk.answers[HOST + name]
    code, told, _ = add(desk, f"{HOST}/", "--country", "IQ")
    assert code == 0
    assert "sources: no feed and no sitemap was found; the front page is read as a list" in told
    (source,) = load_outlet(desk.folder / "new" / "minbar.yml").sources
    assert (source.kind, source.url) == ("listing", f"{HOST}/")


def test_a_declaration_is_never_overwritten_unasked(desk: Desk) -> None:
    site(desk, head=FEED)
    mine = desk.folder / "new" / "minbar.yml"
    mine.parent.mkdir()
    mine.write_text("mine\n", encoding="utf-8")
    code, told, complaints = add(desk, f"{HOST}/", "--country", "IQ")
    assert (code, told) == (2, "")
    assert (
        complaints
        == f"addoutlet: {mine}: is there already; --replace overwrites it, --id gives another name\n".replace(
            ": is", " is"
        )
    )
    assert mine.read_text(encoding="utf-8") == "mine\n"
    assert desk.site.seen == []
    assert add(desk, f"{HOST}/", "--country", "IQ", "--replace")[0] == 0
    assert load_outlet(mine).name_ar == "منبر التجربة"
    assert add(desk, f"{HOST}/", "--country", "IQ", "--replace")[0] == 0


@pytest.mark.parametrize(
    ("answer", "arguments", "complaint"),
    [
        (Answer(status=500), (), "the server answered 500"),
        (Answer(b"<html><body><p>" + b"English only. " * 50, headers=HTML), (), "0 % of its letters are Arabic"),
        (Answer("<html><body>لا شيء هنا سوى كلام".encode(), headers=HTML), (), "no article was found"),
        (Answer("<html><body><h1>أثبت أنك لست روبوتا</h1>".encode(), headers=HTML), (), "a CAPTCHA came instead of the page"),
        (None, ("--id", "ok"), "nothing says which country it is edited in: give it, e.g. --country IQ"),
        (None, ("--country", "XX"), "'XX' is no country's code"),
    ],
)  # fmt: skip
def test_what_can_not_be_declared_ends_in_one_line_and_leaves_nothing(
    desk: Desk, answer: Answer | None, arguments: tuple[str, ...], complaint: str
) -> None:
    site(desk, head=FEED)
    if answer:
        desk.answers[f"{HOST}/"] = answer
        for name in ("/feed.rss", "/maps.xml", "/robots.txt"):
            del desk.answers[HOST + name]
    code, told, complaints = add(desk, f"{HOST}/", *arguments)
    assert (code, told) == (1, "")
    assert complaint in complaints
    assert complaints.startswith("addoutlet: ")
    assert complaints.count("\n") == 1
    assert not list((desk.folder).glob("new/*.yml"))
    assert not list((desk.folder).glob("new/pages/*"))


def test_robots_and_the_address_guard_hold_here_too(desk: Desk) -> None:
    site(desk, head=FEED)
    desk.answers[f"{HOST}/robots.txt"] = Answer(b"User-agent: *\nDisallow: /")
    code, _, complaints = add(desk, f"{HOST}/", "--country", "IQ")
    assert (code, complaints) == (1, f"addoutlet: {HOST}/: robots.txt does not want it fetched\n")
    assert desk.site.asked() == []
    result = desk.scrapy_directly(
        "addoutlet", *QUICK, desk.site.address, "--id", "me", "--into", str(desk.folder)
    )
    assert result.returncode == 1
    assert "has the address 127.0.0.1, which is not public" in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("url", ["ftp://x.example/", "https://[x/", "file:///etc/passwd", "https://", "a b"])
def test_what_is_no_address_is_bad_use(desk: Desk, url: str) -> None:
    code, _, complaints = add(desk, url)
    assert code == 2
    assert complaints.count("\n") == 1
    assert desk.site.seen == []


def test_a_disk_that_refuses_is_named(desk: Desk) -> None:
    site(desk, head=FEED)
    (desk.folder / "new").write_text("a file where a folder should be")
    code, _, complaints = add(desk, f"{HOST}/", "--country", "IQ")
    assert code == 1
    assert complaints.count("\n") == 1
    assert Path(desk.folder / "new").read_text() == "a file where a folder should be"


def test_a_disk_that_refuses_at_the_end_leaves_what_was_there(desk: Desk) -> None:
    site(desk, head=FEED)
    assert add(desk, f"{HOST}/", "--country", "IQ")[0] == 0
    folder = desk.folder / "new"
    before = {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    (folder / ".minbar.new").mkdir()  # where the declaration is written before it is moved
    code, told, complaints = add(desk, f"{HOST}/", "--country", "IQ", "--replace", "--id", "minbar")
    assert (code, told, complaints.count("\n")) == (1, "", 1)
    (folder / ".minbar.new").rmdir()
    assert {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()} == before
