"""A small archive for the site's tests: invented outlets, sentences written here, real tables and a real index."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from pipelines.schema import migrate
from pipelines.search import rebuild

MINISTERIAL = "2017-03-22-washington-ministerial"
ANNOUNCED = "rukn-00000001"
HELD = "sada-00000002"
VOWELLED = "qalam-00000003"
HOSTILE = "qalam-00000004"

OUTLETS = (("rukn", "ركن الخبر", "Rukn"), ("sada", "صدى المدينة", "Sada"), ("qalam", "القلم اليومي", "Qalam"))
SENTENCE = "تستضيف واشنطن في 22 مارس الجاري اجتماعًا لوزراء خارجية التحالف الدولي ضد داعش الذي يضم 68 دولة"
TEXTS = {
    ANNOUNCED: (
        "واشنطن تدعو وزراء التحالف إلى اجتماع موسع",
        (
            f"{SENTENCE}.\nوقال مسؤول أميركي إن الدعوات وُجهت إلى جميع الأعضاء، وإن البحث سيتناول استقرار المناطق المحررة.\n"
            "وكان الوزراء قد التقوا آخر مرة في يوليو 2016."
        ),
    ),
    HELD: (
        "وزراء الخارجية يختتمون اجتماعهم في واشنطن",
        (
            "اختتم وزراء خارجية 72 دولة في واشنطن أمس الأربعاء اجتماع التحالف الدولي ضد داعش.\n"
            "وناقش الوزراء تمويل إعادة الإعمار في العراق وسورية، ودعوا إلى دعم للتحالف لا ينقطع."
        ),
    ),
    VOWELLED: (
        "التّحالُف يراجع خططه",
        (
            "قال المتحدث إن التّحالُف يراجع خططه بعد اجتماع العاصمة الأميركية، وإن التحـــالف ماضٍ في دعم بغداد.\n"
            "ولم يحدد موعد الاجتماع المقبل."
        ),
    ),
    HOSTILE: (
        "عنوان فيه <script>alert(1)</script> وعلامة & وحدها",
        "نص يختبر أن الموقع لا ينفّذ <b onmouseover=alert(1)>وسومًا</b> جاءت من صفحة، ويذكر الرافدين.",
    ),
}
PUBLISHED: dict[str, tuple[str | None, str | None]] = {
    ANNOUNCED: ("2017-03-10T14:30:00+00:00", "2017-03-10"),
    HELD: ("2017-03-23", "2017-03-23"),
    VOWELLED: ("2017-04-02", "2017-04-02"),
    HOSTILE: (None, None),
}


def build(path: Path, kind: str = "sample") -> None:
    """Make the archive at `path`."""
    connection = sqlite3.connect(path)
    connection.execute("pragma journal_mode = wal")
    migrate(connection)
    connection.execute("insert into archive values ('kind', ?)", (kind,))
    for outlet, arabic, english in OUTLETS:
        put(connection, "outlets", id=outlet, name_ar=arabic, name_en=english, sample=1, country="IQ")
    put(connection, "crawls", outlet="rukn", started="2026-11-20T05:00:00+00:00", finished="2026-11-20T05:04:00+00:00",
        status="healthy", found=4, fetched=4)  # fmt: skip
    put(
        connection,
        "failures",
        url="http://rukn.test/broken",
        stage="extract",
        error="no text",
        seen="2026-11-20",
    )
    for article, (title, text) in TEXTS.items():
        put_article(connection, article, title, text)
    put_meeting(connection)
    put_tags(connection)
    rebuild(connection)
    connection.commit()
    connection.close()


def put(connection: sqlite3.Connection, table: str, **row: object) -> None:
    """Insert one row."""
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" * len(row))
    connection.execute(f"insert into {table} ({names}) values ({marks})", list(row.values()))


def put_article(connection: sqlite3.Connection, article: str, title: str, text: str) -> None:
    """Insert an article with its capture and first version; the first one has a stray «&» in its extracted text."""
    outlet = article.split("-")[0]
    url = f"http://{outlet}.test/{article}"
    published, day = PUBLISHED[article]
    extracted = (
        text.replace("داعش الذي يضم 68 دولة.", "داعش الذي يضم 68 دولة.&") if article == ANNOUNCED else text
    )
    put(connection, "captures", id=f"c-{article}", url=url, outlet=outlet, fetched="2026-11-20T05:01:00+00:00",
        sha256="ab" * 32, warc="crawl-20261120.warc.gz", offset=1234, length=20_000, status=200)  # fmt: skip
    put(connection, "articles", id=article, outlet=outlet, url=url, title=title, label=title, text=text,
        extracted=extracted, published=published, published_day=day, year=int(day[:4]) if day else None,
        month=day[:7] if day else None, published_source="json_ld" if day else None, language="ar", relevance="main",
        relevance_score=0.9, characters=len(text), capture=f"c-{article}", author="سلمى الراوي")  # fmt: skip
    put(
        connection,
        "versions",
        article=article,
        n=1,
        seen="2026-11-20",
        title=title,
        text=text,
        sha256="cd" * 32,
    )
    if extracted != text:
        at = extracted.index("&")
        put(connection, "removals", article=article, field="text", start_char=at, end_char=at + 1, text="&",
            replacement="", reason="stray_ampersand")  # fmt: skip


def put_meeting(connection: sqlite3.Connection) -> None:
    """Insert the meeting, what is known of it, and where its outlets disagree."""
    put(connection, "known_meetings", id=MINISTERIAL, first="2017-03-22", last="2017-03-22", precision="day",
        city="Washington", country="United States", level="ministerial_foreign_full", host="United States",
        member_count=68, name_en="Meeting of the Ministers", name_ar="اجتماع وزراء التحالف ؛ مؤتمر واشنطن",
        status="held", confidence="high", sources="https://example.org/a\nhttps://example.org/b")  # fmt: skip
    put(connection, "meetings", id=MINISTERIAL, title="Meeting of the Ministers", first="2017-03-22", last="2017-03-22",
        city="Washington", country="United States", level="ministerial_foreign_full", status="held", member_count=68,
        host="United States", known=MINISTERIAL, claims=2, articles=2, outlets=2, first_report=ANNOUNCED)  # fmt: skip
    put(connection, "meetings", id="unknown-brussels", title="Defence ministers", city="Brussels", claims=0, articles=0,
        level="ministerial_defence", status="announced", outlets=0)  # fmt: skip
    for value, outlet, article in (("68", "rukn", ANNOUNCED), ("72", "sada", HELD)):
        put(connection, "disagreements", id=f"d{value}", meeting=MINISTERIAL, field="member_count", value=value,
            outlets=outlet, sentences=TEXTS[article][1].split("\n")[0])  # fmt: skip


def put_tags(connection: sqlite3.Connection) -> None:
    """Insert dates, mentions and evidence at the places where their words stand."""
    text = TEXTS[ANNOUNCED][1]
    span(connection, "dates", text, "22 مارس الجاري", id="d1", article=ANNOUNCED, value="2017-03-22", first="2017-03-22",
         last="2017-03-22", grain="day", rule="day_month_deictic", anchor="published 2017-03-10")  # fmt: skip
    span(connection, "dates", text, "يوليو 2016", id="d2", article=ANNOUNCED, value="2016-07", first="2016-07-01",
         last="2016-07-31", grain="month", rule="month_year")  # fmt: skip
    common = {"city": "Washington", "country": "United States", "level": "ministerial_foreign_full", "link": "known",
              "link_reason": "same day, same city, same level", "confidence": 0.9, "also_at": "[]", "meeting": MINISTERIAL,
              "known": MINISTERIAL, "first": "2017-03-22", "last": "2017-03-22", "grain": "day"}  # fmt: skip
    span(connection, "mentions", text, "22 مارس الجاري اجتماعًا لوزراء خارجية التحالف الدولي", id="m1", article=ANNOUNCED,
         sentence=SENTENCE, status="announced", member_count=68, date_text="22 مارس الجاري", **common)  # fmt: skip
    held = TEXTS[HELD][1]
    span(connection, "mentions", held, "اجتماع التحالف الدولي ضد داعش", id="m2", article=HELD,
         sentence=held.split("\n")[0], status="held", member_count=72, **common)  # fmt: skip
    span(connection, "evidence", text, "التحالف الدولي ضد داعش", article=ANNOUNCED, field="text", side="for",
         reason="names the coalition against ISIS")  # fmt: skip


def span(connection: sqlite3.Connection, table: str, text: str, words: str, **row: object) -> None:
    """Insert a row about `words`, at the place where they stand in `text`."""
    start = text.index(words)
    put(connection, table, start_char=start, end_char=start + len(words), text=words, **row)
