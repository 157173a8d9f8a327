"""A lost lead is a lost meeting; a glued word is a name nobody finds; a leaked caption is a claim nobody made."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipelines.extract import extract

Build = Callable[..., bytes]
URL = "https://nahr.example/politics/78123"
LEAD = "تستعد العاصمة الأميركية لاستضافة أول اجتماع لكامل أعضاء التحالف الذي يضم ثماني وستين دولة."
ONE = "وذكرت وزارة الخارجية في بيان أن الاجتماع سيبحث سبل تعزيز الجهود المشتركة لهزيمة التنظيم في العراق وسوريا."
TWO = "ومن المتوقع أن يركز الوزراء على المناطق التي لا تزال تحت سيطرة التنظيم وعلى فروعه وشبكاته في المنطقة."
THREE = "وختم المتحدث باسم الوزارة بالقول إن الحملة ستستمر حتى تحقيق أهدافها كاملة من دون استثناء."


def body(*paragraphs: str) -> str:
    return '<div class="article-body">' + "".join(f"<p>{p}</p>" for p in paragraphs) + "</div>"


@pytest.mark.parametrize(
    "lead",
    [
        f'<div class="lead">{LEAD}</div>',
        f"<p>{LEAD}</p>",
        f'<header><h2 class="article-summary">{LEAD}</h2></header>',
        f'<div><div><p><strong>{LEAD}</strong></p></div></div><div class="share"><a href="#">فيسبوك</a></div>',
    ],
)
def test_a_lead_outside_the_body_comes_first(page: Build, lead: str) -> None:
    assert extract(page(lead + body(ONE, TWO, THREE)), URL).text.split("\n") == [LEAD, ONE, TWO, THREE]


def test_a_lead_is_known_by_the_page_s_own_description(page: Build) -> None:
    head = f'<meta property="og:description" content="{LEAD[:70]}...">'
    text = extract(page(f"<h3>{LEAD}</h3>" + body(ONE, TWO, THREE), head=head), URL).text
    assert text.split("\n") == [LEAD, ONE, TWO, THREE]


def test_a_lead_that_the_body_repeats_is_not_doubled(page: Build) -> None:
    assert extract(page(f'<div class="lead">{LEAD}</div>' + body(LEAD, ONE, TWO)), URL).text.count(LEAD) == 1


@pytest.mark.parametrize(
    "outside",
    [
        f"<ul><li><p>{LEAD}</p></li></ul>",
        f'<div class="related-stories"><p>{LEAD}</p></div>',
        f'<p><a href="/2">{LEAD}</a></p>',
        f'<figure><img src="a.jpg"><figcaption>{LEAD}</figcaption></figure>',
        f"<aside><p>{LEAD}</p></aside>",
    ],
)
def test_what_stands_before_the_body_and_is_no_lead_stays_out(page: Build, outside: str) -> None:
    assert extract(page(outside + body(ONE, TWO, THREE)), URL).text.split("\n") == [ONE, TWO, THREE]


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ('أكدت <a href="1">الولايات</a><a href="2">المتحدة</a> التزامها', "أكدت الولايات المتحدة التزامها"),
        ('أكدت الولايات<a href="1">المتحدة</a> التزامها', "أكدت الولايات المتحدة التزامها"),
        ('أكدت <a href="1">الولايات</a>المتحدة التزامها', "أكدت الولايات المتحدة التزامها"),
        ('أكدت<a href="1"> الولايات المتحدة </a>التزامها', "أكدت الولايات المتحدة التزامها"),
        (
            'أكدت\n<a href="1">الولايات</a>\n<a href="2">المتحدة</a>\nالتزامها',
            "أكدت الولايات المتحدة التزامها",
        ),
        (
            'أكدت&nbsp;<a href="1"><b>الولايات&nbsp;المتحدة</b></a>&nbsp;التزامها',
            "أكدت الولايات المتحدة التزامها",
        ),
        ('أكد <a href="1">العراق</a> و<a href="2">التحالف</a> ذلك', "أكد العراق والتحالف ذلك"),
        ('دعا إلى دعم ال<a href="1">عراق</a> وحلفائه', "دعا إلى دعم العراق وحلفائه"),
        ('شكر ل<a href="1">تحالف</a>هم دعمه', "شكر لتحالفهم دعمه"),
    ],
)
def test_words_at_inline_links_are_neither_lost_nor_glued(page: Build, html: str, words: str) -> None:
    text = extract(page(body(f"{html} بهزيمة التنظيم في بيان صدر اليوم عن الوزارة.", ONE, TWO)), URL).text
    assert text.startswith(words + " بهزيمة التنظيم")


def test_a_paragraph_of_linked_names_is_kept(page: Build) -> None:
    names = '<a href="1">الرئيس الأميركي دونالد ترامب</a> و<a href="2">وزير الخارجية ريكس تيلرسون</a> حضرا.'
    assert (
        "الرئيس الأميركي دونالد ترامب ووزير الخارجية ريكس تيلرسون حضرا."
        in extract(page(body(ONE, names, TWO)), URL).text
    )


def test_captions_date_lines_and_the_headline_stay_out(page: Build) -> None:
    inside = f"""<div id="content"><div class="head"><h2>وزراء التحالف يجتمعون في واشنطن</h2>
<div>تم نشره الجمعة 10 آذار / مارس 2017 09:22 مساءً</div></div>
<div><img src="a.jpg" alt="الوزير"><div></div><div class="red">الوزير لدى وصوله إلى مقر الوزارة</div></div>
<p>{ONE}</p><p>{TWO}</p><figure><img src="b.jpg"><figcaption>جانب من المعارك (أ ف ب)</figcaption></figure><p>{THREE}</p></div>"""
    found = extract(page(inside), URL)
    assert found.text.split("\n") == [ONE, TWO, THREE]


@pytest.mark.parametrize(
    "notice",
    [
        "<p>الآراء المنشورة تعبر عن رأي كاتبها ولا تعبر بالضرورة عن رأي الموقع.</p>",
        "<div>تم إضافة تعليقك وسوف يظهر بعد المراجعة</div>",
        "<p>نرحب بتعليقاتكم، ونرجو مراجعة شروط الاستخدام وسياسة الخصوصية قبل إرسال التعليقات.</p>",
        "<p>لن يتم نشر عنوان بريدك الإلكتروني. الحقول الإلزامية مشار إليها.</p>",
    ],
)
def test_a_comment_policy_stays_out(page: Build, notice: str) -> None:
    text = extract(page(f"<article><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p>{notice}</article>"), URL).text
    assert text.split("\n") == [ONE, TWO, THREE]


def test_a_related_block_inside_the_body_stays_out_and_what_follows_stays_in(page: Build) -> None:
    block = '<div><h3>اقرأ أيضاً</h3><ul><li><a href="1">مقتل قيادي في التنظيم بغارة على الموصل</a></li></ul></div>'
    text = extract(
        page(f'<div class="article-body"><p>{ONE}</p>{block}<p>{TWO}</p><p>{THREE}</p></div>'), URL
    ).text
    assert text.split("\n") == [ONE, TWO, THREE]


def test_a_body_without_paragraphs_is_read_by_its_line_breaks(page: Build) -> None:
    text = extract(page(f'<div id="content">{ONE}<br><br>{TWO}<br/>{THREE}</div>'), URL).text
    assert text.split("\n") == [ONE, TWO, THREE]


def test_what_was_dropped_is_recorded(page: Build) -> None:
    found = extract(
        page(f"<article><p>{ONE}</p><p>{TWO}</p><p>تم إضافة تعليقك وسوف يظهر بعد المراجعة</p></article>"), URL
    )
    assert [row.reason for row in found.removed if row.text.strip()] == ["notice"]


def test_a_banner_called_caption_keeps_the_lead_it_holds(page: Build) -> None:
    banner = f'<div class="caption"><h1>وزراء التحالف يجتمعون في واشنطن</h1><p class="intro">{LEAD}</p></div>'
    assert extract(page(body(ONE, TWO, THREE), heading=banner), URL).text.split("\n") == [
        LEAD,
        ONE,
        TWO,
        THREE,
    ]
