"""A title with the site's name in it groups badly and reads badly; an author «Logo Png» is a lie about a person."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipelines.extract import extract

Build = Callable[..., bytes]
URL = "https://www.nahr.example/politics/78123"
TITLE = "وزراء التحالف يجتمعون في واشنطن"
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
SITE = '<meta property="og:site_name" content="صدى النهر">'


@pytest.mark.parametrize(
    ("title", "head", "heading"),
    [
        (f"{TITLE} - صدى النهر", SITE, ""),
        (f"{TITLE} | صدى النهر", SITE, ""),
        (f"صدى النهر - {TITLE}", SITE, ""),
        (f"صدى النهر :: {TITLE}", SITE, ""),
        (f"{TITLE} – صحيفة صدى النهر", SITE, ""),
        (f"{TITLE} - سياسة - أخبار العالم - صدى النهر", SITE, f"<h1>{TITLE}</h1>"),
        (f"{TITLE} - صدى النهر", "", f"<h1>{TITLE}</h1>"),
        (f"صدى النهر | {TITLE}", f'<meta property="og:title" content="{TITLE}">', ""),
        (f"{TITLE} | صدى النهر", "", f"<h1>صدى النهر</h1><h1>{TITLE}</h1>"),
        (f"{TITLE} - nahr.example", "", ""),
        (f"{TITLE} – صدى النهر", "", '<h1><a href="/">صدى النهر</a></h1>'),
        (
            f"{TITLE} – صدى النهر",
            "",
            '<a href="https://www.nahr.example"><img src="logo.png" alt="صدى النهر"></a>',
        ),
        (f"{TITLE} - سياسة - صدى النهر", f'<meta property="og:title" content="{TITLE} - صدى النهر">', ""),
    ],
)
def test_the_site_s_name_is_taken_off_either_side(page: Build, title: str, head: str, heading: str) -> None:
    assert extract(page(BODY, title=title, head=head, heading=heading), URL).title == TITLE


def test_the_outlet_s_declared_name_is_taken_off_too(page: Build) -> None:
    found = extract(page(BODY, title=f"{TITLE} - ضفاف", heading=""), URL, names=["ضفاف"])
    assert found.title == TITLE


def test_a_link_to_another_article_names_no_site(page: Build) -> None:
    """Old sites address every page by its query; a teaser's words must not be cut off a title as if they were a name."""
    teaser = '<a href="/?id=7">الموصل اليوم</a><a href="#">إلى الأعلى</a><a href="https://kin.example/">الموصل اليوم</a>'
    title = "الموصل اليوم - عائلات تعود إلى حي الزهور"
    assert extract(page(BODY, title=title, heading=teaser), URL).title == title


@pytest.mark.parametrize(
    "title",
    [
        "تيلرسون: التحالف - رغم الخلافات - ماض في حملته",
        "الاجتماع الوزاري: 68 دولة | ملف",
        "الناطق لـ«صدى النهر»: كل الشروط متوفرة",
    ],
)
def test_a_title_that_has_separators_of_its_own_stays_whole(page: Build, title: str) -> None:
    assert (
        extract(page(BODY, title=f"{title} - صدى النهر", head=SITE, heading=f"<h1>{title}</h1>"), URL).title
        == title
    )


@pytest.mark.parametrize(
    ("head", "extra", "author"),
    [
        ('<meta name="author" content="سلمى الراوي">', "", "سلمى الراوي"),
        ('<meta name="author" content="بقلم: سلمى الراوي">', "", "سلمى الراوي"),
        (
            '<script type="application/ld+json">{"@type":"NewsArticle","author":{"@type":"Person","name":"سلمى الراوي"}}</script>',
            "",
            "سلمى الراوي",
        ),
        (
            '<script type="application/ld+json">{"@graph":[{"@type":["NewsArticle"],"author":[{"name":"سلمى الراوي"}]}]}</script>',
            "",
            "سلمى الراوي",
        ),
        ('<meta name="author" content="Logo Png">', "", None),
        ('<meta name="author" content="https://nahr.example">', "", None),
        ('<meta name="author" content="nahr.example">', "", None),
        ('<meta name="author" content="desk@nahr.example">', "", None),
        (f'{SITE}<meta name="author" content="صدى النهر">', "", None),
        (f'{SITE}<meta name="author" content="(بغداد - صدى النهر)">', "", None),
        ('<meta name="author" content="صدى النهر">', "", None),
        ('<meta name="author" content="admin">', "", None),
        (
            '<meta name="author" content="admin">',
            '<span class="article-author">سلمى الراوي</span>',
            "سلمى الراوي",
        ),
        ("", '<a rel="author" href="/a/7">سلمى الراوي</a>', "سلمى الراوي"),
        ("", "<p>حوار: سلمى الراوي</p>", "سلمى الراوي"),
    ],
)
def test_an_author_is_a_person_or_nobody(page: Build, head: str, extra: str, author: str | None) -> None:
    html = BODY.replace("<article>", f"<article>{extra}")
    assert extract(page(html, head=head), URL).author == author


def test_broken_json_ld_still_gives_its_day(page: Build) -> None:
    head = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"عنوان","datePublished":"2017-03-10T08:00:00+03:00",}}</script>'
    assert [
        c.raw for c in extract(page(BODY, head=head), URL).published_candidates if c.source == "json_ld"
    ] == ["2017-03-10T08:00:00+03:00"]
