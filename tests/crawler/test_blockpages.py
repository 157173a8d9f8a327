"""Block pages: one that passes for an article is a false version; an article that passes for one is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawler.blockpages import recognise

BRIEF = (
    "أعلنت وزارة الخارجية الأميركية الخميس أن وزير الخارجية سيستضيف في واشنطن اجتماعا وزاريا للتحالف الدولي لمحاربة "
    "تنظيم الدولة الإسلامية، بمشاركة وزراء من ثمان وستين دولة ومنظمة، لبحث سبل تسريع هزيمة التنظيم في العراق وسوريا."
)


def page(body: str, title: str = "", head: str = "") -> bytes:
    return (
        f"<!doctype html><html><head><meta charset=utf-8><title>{title}</title>{head}</head><body>{body}</body></html>"
    ).encode()


def article(*around: str) -> bytes:
    return page(
        f"<h1>واشنطن تستضيف التحالف</h1><p>{BRIEF}</p>{''.join(around)}", "واشنطن تستضيف التحالف - صحيفة"
    )


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("challenge", page("<script>window._cf_chl_opt={cvId: '3'}</script><noscript>Enable JavaScript and cookies to continue</noscript>", "Just a moment...")),
        ("challenge", page("<p>Checking your browser before accessing the site.</p><p>This process is automatic.</p>")),
        ("challenge", page("<h2>جارٍ التحقق من متصفحك</h2><p>قد يستغرق ذلك بضع ثوانٍ.</p>")),
        ("challenge", page("<script>document.cookie = 'a=1; path=/'; window.location.reload();</script>")),
        ("captcha", page("<h1>One more step</h1><p>Please complete the security check to access the site.</p>")),
        ("captcha", page("<form><p>يرجى تأكيد أنك لست روبوتًا</p><input></form>", "تحقق")),
        ("captcha", page("<div class='x'></div><div class=\"g-recaptcha\" data-sitekey=k></div>")),
        ("captcha", page("<p>أدخل الأحرف الظاهرة في الصورة</p><img src=x><button>متابعة</button>")),
        ("javascript", page("<div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript>", "الأخبار")),
        ("javascript", page("<div id=app></div><noscript>يرجى تفعيل الجافا سكربت في متصفحك لعرض هذه الصفحة.</noscript>")),
        ("javascript", page("<div id=app></div><noscript>يتطلب هذا الموقع جافاسكريبت.</noscript>")),
        ("cookies", page("<h1>يرجى تفعيل ملفات تعريف الارتباط</h1><p>ثم أعد تحميل الصفحة.</p>")),
        ("cookies", page("<h1>Before you continue to Test Paper</h1><p>We use cookies and data.</p><button>Accept all</button>")),
        ("cookies", page("<p>وافق على ملفات تعريف الارتباط للمتابعة</p><button>أوافق</button>")),
        ("denied", page("<h1>Access Denied</h1><p>You don't have permission to access this page.</p><p>Reference #18.2</p>", "Access Denied")),
        ("denied", page("<p>Request unsuccessful. Incapsula incident ID: 1-2</p>")),
        ("denied", page("<p>عذرًا، هذا المحتوى غير متاح في بلدك.</p>")),
        ("denied", page("<h1>تم حظر عنوانك</h1><p>للاستفسار راسلوا إدارة الموقع.</p>")),
        ("denied", page("<h3>تم رفض الوصول إلى هذه الصفحة.</h3>")),
        ("missing", page("<h1>404</h1><p>عد إلى الرئيسية</p>")),
        ("missing", page("<h1>الصفحة غير موجودة</h1><ul><li><a href=/>أهم الأخبار: اجتماع التحالف في واشنطن</a></li></ul>")),
        ("missing", page("<p>عذرًا، الصفحة التي تبحث عنها غير موجودة.</p>", "صحيفة التجربة")),
        ("missing", page("<p>Sorry, the page you are looking for could not be found.</p>", "Page not found - Test Paper")),
    ],
)  # fmt: skip
def test_what_came_instead_of_an_article_is_told_by_kind(kind: str, body: bytes) -> None:
    block = recognise(body)
    assert block is not None
    assert block.kind == kind
    assert block.reason.isascii()


@pytest.mark.parametrize(
    "around",
    [
        "<noscript>You need to enable JavaScript to run this app.</noscript>",
        "<noscript>Please enable JavaScript to view the comments powered by a service.</noscript>",
        "<noscript>يرجى تفعيل الجافا سكربت لمشاهدة الفيديو</noscript>",
        '<form><div class="g-recaptcha"></div><button>أضف تعليقا</button></form>',
        "<script src='https://x.token.awswaf.com/challenge.js'></script>",
        "<script>document.cookie='seen=1'; function go() { location.href = '/' }</script>",
        "<div>وافق على ملفات تعريف الارتباط للمتابعة</div>",
        "<aside><h2>الصفحة غير موجودة</h2><p>عذرًا، الخبر غير متوفر</p></aside>",
    ],
)
def test_a_brief_of_one_sentence_is_an_article_whatever_stands_around_it(around: str) -> None:
    assert recognise(article(around)) is None


def test_an_article_about_block_pages_is_an_article() -> None:
    told = (
        "<h1>كيف تتجاوز صفحة «أثبت أنك لست روبوتا»</h1><p>تطلب مواقع كثيرة من زوارها عبارة «تأكد من أنك لست روبوتا» قبل "
        "الدخول، وقد صار ذلك مألوفا.</p>" + f"<p>{BRIEF}</p>" * 3
    )
    assert recognise(page(told, "أثبت أنك لست روبوتا")) is None


def test_a_text_that_only_scripts_hold_is_a_text() -> None:
    data = json.dumps({"@type": "NewsArticle", "articleBody": BRIEF}, ensure_ascii=False)
    shell = "<div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript>"
    assert recognise(page(shell)) is not None
    assert recognise(page(f"{shell}<script type='application/ld+json'>{data}</script>")) is None


@pytest.mark.parametrize(
    "told",
    [
        "قال دبلوماسي إن طلب الوصول إلى الوثائق قوبل بالرفض، وإنه تم رفض الوصول إلى تسوية قبل الاجتماع الوزاري.",
        f"{BRIEF} وكتب الموقع لزواره: عذرًا، هذا المحتوى غير متاح في بلدك.",
        f"وكتب الموقع لزواره: أثبت أنك لست روبوتا. {BRIEF}",
    ],
)
def test_a_paragraph_that_happens_to_say_so_is_no_telltale(told: str) -> None:
    assert recognise(page(f"<p>{told}</p>")) is None


def test_a_headline_may_count_404_people() -> None:
    assert (
        recognise(page("<h1>إجلاء 404 من العائلات من الموصل</h1><p>نقلتهم القوات إلى مخيم الخازر.</p>"))
        is None
    )


def test_headers_say_it_too_but_never_against_a_text() -> None:
    empty = page("<p>…</p>")
    assert recognise(empty) is None
    found = recognise(empty, [("CF-Mitigated", "challenge")])
    assert found is not None
    assert found.kind == "challenge"
    assert recognise(page(f"<p>{BRIEF}</p>" * 4), [("cf-mitigated", "challenge")]) is None


@pytest.mark.parametrize(
    "body", [b"", b"\x00\xff\xfe", b"<" * 5000, b"<div>" * 20_000, "نص بلا وسوم".encode()]
)
def test_rubbish_is_no_block_page_and_breaks_nothing(body: bytes) -> None:
    assert recognise(body) is None


def test_arabic_in_the_old_encoding_is_read_as_declared() -> None:
    body = "<html><body><h1>الصفحة غير موجودة</h1></body></html>".encode("windows-1256")
    found = recognise(body, content_type="text/html; charset=windows-1256")
    assert found is not None
    assert found.kind == "missing"


def test_no_real_article_is_taken_for_a_block_page(shared: Path) -> None:
    pages = sorted((shared / "data" / "pages").glob("*.html"))
    assert len(pages) > 5
    for path in pages:
        assert recognise(path.read_bytes()) is None, path.name
