"""Every newsroom's software lays a page out its own way; the article must come out the same from all of them."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.clean import clean
from pipelines.extract import ExtractError, extract

URL = "https://nahr.example/politics/78123"
TITLE = "وزراء التحالف يجتمعون في واشنطن"
TEXT = (
    "وذكرت وزارة الخارجية في بيان أن الاجتماع سيبحث سبل تعزيز الجهود المشتركة لهزيمة التنظيم في العراق وسوريا.",
    "ومن المتوقع أن يركز الوزراء على المناطق التي لا تزال تحت سيطرة التنظيم وعلى فروعه وشبكاته في المنطقة.",
    "وقال المتحدث إن الاجتماع «سيكون الأول من نوعه منذ أكثر من عامين»، مضيفا أن ثماني وستين دولة أكدت حضورها.",
    "وختم المتحدث باسم الوزارة بالقول إن الحملة ستستمر حتى تحقيق أهدافها كاملة من دون استثناء.",
)
PARAGRAPHS = "".join(f"<p>{p}</p>" for p in TEXT)
MENU = (
    '<div class="menu"><ul>'
    + "".join(f'<li><a href="/{n}">قسم {n}</a></li>' for n in range(9))
    + "</ul></div>"
)
TICKER = '<div><span>عاجل</span><span><a href="/9">انفجار في وسط العاصمة يوقع ضحايا</a></span></div>'
DESIGNS = {
    "blog software": f"""<article class="post hentry"><h1>{TITLE}</h1>
<div class="entry-meta"><time datetime="2017-03-10T08:00:00+00:00">10 مارس، 2017</time> <span class="byline">بواسطة <a href="#">سلمى الراوي</a></span>
<span><a href="#">لا تعليقات</a></span></div><div class="entry-content">{PARAGRAPHS}
<div class="sharedaddy"><h3>شارك هذا الموضوع:</h3><ul><li><a href="#">تويتر</a></li><li><a href="#">فيسبوك</a></li></ul></div></div></article>
<div id="respond"><h3>اترك تعليقاً</h3><p>لن يتم نشر عنوان بريدك الإلكتروني. الحقول الإلزامية مشار إليها بـ *</p></div>""",
    "one form around all": f"""<form id="aspnetForm"><div><span class="title">{TITLE}</span><br><span id="lblDate">10/03/2017 08:15:00 ص</span><br>
<span id="lblBody">{"<br/><br/>".join(TEXT)}</span></div></form>""",
    "layout table": f"<table><tr><td><font size=4><b>{TITLE}</b></font></td></tr><tr><td>{'<br><br>'.join(TEXT)}</td></tr></table>",
    "div for p": f"<h1>{TITLE}</h1><div class='story-txt'>"
    + "".join(f"<div>{p}</div>" for p in TEXT)
    + "</div>",
    "spans": f"<h1>{TITLE}</h1><div class='article-body'>"
    + "".join(f"<p><span><span>{p}</span></span></p>" for p in TEXT)
    + "</div>",
    "loose text": f"<h1>{TITLE}</h1><div class='article-body'>{TEXT[0]}<p></p>{TEXT[1]}<p>{TEXT[2]}</p>{TEXT[3]}</div>",
    "related lines": f"""<h1>{TITLE}</h1><div class="article-body"><p>{TEXT[0]}</p>
<p><strong>اقرأ أيضاً: <a href="#">مقتل قيادي في التنظيم بغارة على الموصل</a></strong></p><p>{TEXT[1]}</p><p>{TEXT[2]}</p>
<p><a href="#">شاهد أيضا: صور من المدينة القديمة بعد المعارك</a></p><p>{TEXT[3]}</p></div>""",
    "readers' comments": f"""<h1>{TITLE}</h1><div class="x"><div class="txt">{PARAGRAPHS}</div>
<div class="b"><h4>تعليقات</h4><p>بارك الله في جهودكم جميعا ونتمنى لكم التوفيق.</p><small>إدارة الصحيفة غير مسؤولة عن محتوى التعليقات.</small></div></div>""",
    "teasers behind": f"<h1>{TITLE}</h1><div class='article-body'>{PARAGRAPHS}</div><section>"
    + "".join(
        f"<div><h4><a href='{n}'>خبر آخر {n}</a></h4><p>نبذة عن الخبر {n} تروي ما جرى أمس بحسب شهود.</p></div>"
        for n in range(5)
    )
    + "</section>",
    "date and byline below the lead": f"""<h1>{TITLE}</h1><article><p>{TEXT[0]}</p>
<p>سلمى الراوي · الخميس 9 آذار/مارس 2017، 19:30 بتوقيت بيروت</p><p>{TEXT[1]}</p><p>{TEXT[2]}</p><p>{TEXT[3]}</p></article>""",
}


def whole(body: str) -> bytes:
    return (
        f'<!doctype html><html lang="ar"><head><meta charset="utf-8"><title>{TITLE}</title></head><body>{MENU}{TICKER}{body}'
        '<div class="footer">صحيفة متخيلة. جميع الحقوق محفوظة © 2017</div></body></html>'
    ).encode()


@pytest.mark.parametrize("design", DESIGNS)
def test_the_article_is_the_same_from_every_design(design: str) -> None:
    found = extract(whole(DESIGNS[design]), URL)
    assert found.title == TITLE
    assert tuple(clean(found.text).text.split("\n")) == TEXT


def test_subheadings_between_paragraphs_stay_in_their_place() -> None:
    body = f"<h1>{TITLE}</h1><div class='txt'><p>{TEXT[0]}</p><p>{TEXT[1]}</p><h3>خطوط عريضة</h3><p>{TEXT[2]}</p><p>{TEXT[3]}</p></div>"
    assert extract(whole(body), URL).text.split("\n") == [*TEXT[:2], "خطوط عريضة", *TEXT[2:]]


def test_list_items_have_no_dash_that_the_page_lacks() -> None:
    items = "<ul><li>تعزيز الجهود العسكرية في العراق وسوريا.</li><li>تجفيف منابع تمويل التنظيم.</li></ul>"
    text = extract(
        whole(f"<div class='article-body'><p>{TEXT[0]}</p><p>{TEXT[1]}</p>{items}<p>{TEXT[3]}</p></div>"), URL
    ).text
    assert "\nتعزيز الجهود العسكرية في العراق وسوريا.\n" in text


def test_a_page_whose_text_stands_only_in_its_json_ld_is_read_from_there() -> None:
    body = f'<div id="app"></div><script type="application/ld+json">{{"@type":"NewsArticle","headline":"{TITLE}","articleBody":"{" ".join(TEXT)}"}}</script>'
    assert TEXT[3] in extract(whole(body), URL).text


def test_a_quoted_post_does_not_date_the_article() -> None:
    post = "<blockquote><p>We remain committed.</p><a href='#'>March 11, 2015</a></blockquote>"
    assert (
        extract(
            whole(f"<article><p>{TEXT[0]}</p>{post}<p>{TEXT[1]}</p><p>{TEXT[2]}</p></article>"), URL
        ).published
        is None
    )


def outcome(page: bytes) -> tuple[str, str]:
    """Give the article's text and no reason, or no text and the reason."""
    try:
        return extract(page, URL, timezone="Asia/Baghdad").text, ""
    except ExtractError as error:
        return "", str(error)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_damaged_page_gives_an_article_or_a_reason(data: st.DataObject) -> None:
    page = bytearray(whole(DESIGNS[data.draw(st.sampled_from(sorted(DESIGNS)))]))
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(page) - 1))
        page[at : at + data.draw(st.integers(0, 60))] = data.draw(st.binary(max_size=12))
    text, reason = outcome(bytes(page))
    assert bool(text.strip()) != bool(reason)
    assert "\n" not in reason


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(st.binary(max_size=300), st.text(alphabet="<>/abp \"'=&;!-ا\n", max_size=300).map(str.encode))
)
def test_bytes_of_any_kind_give_an_article_or_a_reason(body: bytes) -> None:
    text, reason = outcome(body)
    assert bool(text.strip()) != bool(reason)
    assert "\n" not in reason
