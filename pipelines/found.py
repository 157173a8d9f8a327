"""What a search shows of an article it found: the SQL of a page's rows, and marked words as HTML or plain text."""

from __future__ import annotations

import re

from markupsafe import escape

from pipelines.find import Search

# Private-use characters as markers: no markup can hide in them, and folding leaves them alone.
_START, _END = 0xE000, 0xE001
_MARKED = re.compile(f"{chr(_START)}([^{chr(_START)}{chr(_END)}]*){chr(_END)}")
_STRAY = re.compile(f"[{chr(_START)}{chr(_END)}]")
_WORDS = 32  # of a snippet
# Above this many months the timeline shows years.
MOST_MONTHS = 40


def rows(search: Search) -> str:
    """Give the query for the rows whose rowids are in :rows, a JSON list, with :match; in no order.

    Snippets are made for one page's rows only: made before the limit, they would be made for every hit.
    """
    index = search.table
    return f"""
    select a.rowid as row, a.id, a.label, a.outlet, a.url, a.published, a.published_day, a.relevance, o.name_ar, o.name_en,
      highlight({index}, 0, char({_START}), char({_END})) as title,
      snippet({index}, 1, char({_START}), char({_END}), '…', {_WORDS}) as snippet
    from {index} join articles a on a.rowid = {index}.rowid join outlets o on o.id = a.outlet
    where {index} match :match and {index}.rowid in (select value from json_each(:rows))
    """  # noqa: S608  # the index is one of two names


MEETINGS = """
select distinct a.rowid as row, t.id, t.level, t.city, t.first, t.last
from articles a join mentions m on m.article = a.id join meetings t on t.id = m.meeting
where a.rowid in (select value from json_each(:rows)) order by t.first, t.id
"""


def months(search: Search) -> tuple[str, dict[str, str]]:
    """Give the query that counts the articles found by month, the undated apart (month null)."""
    found, values = search.found()
    # The index alone answers: an article's row is long.
    sql = f"""select substr(published_day, 1, 7) as month, count(*) as articles
    from articles indexed by articles_by_day where +rowid in (select rowid {found}) group by 1 order by 1"""  # noqa: S608
    return sql, values


def marked_html(text: str | None) -> str:
    """Give `text` as HTML with its marked words in <mark>; markers without a partner are dropped."""
    return _STRAY.sub("", _MARKED.sub(r"<mark>\1</mark>", str(escape(text or ""))))


def unmarked(text: str | None) -> str:
    """Give `text` without its markers."""
    return _STRAY.sub("", text or "")


def timeline(counts: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Fill the months between the first and the last of `counts`; years instead of months where there are many.

    >>> timeline([("2017-11", 2), ("2018-01", 1)])
    [('2017-11', 2), ('2017-12', 0), ('2018-01', 1)]
    """
    if not counts:
        return []
    of = dict(counts)
    (y1, m1), (y2, m2) = (map(int, edge[0].split("-")) for edge in (counts[0], counts[-1]))
    span = (y2 - y1) * 12 + m2 - m1 + 1
    if span > MOST_MONTHS:
        return [
            (f"{y:04}", sum(n for month, n in counts if month[:4] == f"{y:04}")) for y in range(y1, y2 + 1)
        ]
    keys = (f"{y1 + (m1 - 1 + n) // 12:04}-{(m1 - 1 + n) % 12 + 1:02}" for n in range(span))
    return [(key, of.get(key, 0)) for key in keys]
