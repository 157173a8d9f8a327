"""Write the documents that follow from the code: the data dictionary, and the questions with their answers on the press.

make docs
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from pipelines.dictionary import Column, load_dictionary
from pipelines.exports import Asked, select, sources
from pipelines.exports.bounds import bounds_of
from pipelines.questions import Question, load_questions
from pipelines.schema import migrate

ROOT = Path(__file__).resolve().parent.parent
DICTIONARY = ROOT / "docs" / "data-dictionary.md"
QUESTIONS = ROOT / "docs" / "questions.md"
SHOWN = 5  # rows of an answer
LONGEST = 70  # characters of a cell
VOLATILE = ("seen",)  # when the press was collected: another moment each time

_DICTIONARY_HEAD = """# The data dictionary

Every table, view and column, with its Arabic name and one example of the sample press. Made by `make docs` from the
schema and `pipelines/columns.yml`; a test fails when it is stale or a column is missing.

A *day* is an ISO date in the outlet's own calendar, a *moment* ISO 8601 in UTC, offsets are code points and ends are
exclusive. `--since`, `--until` and `--outlet` are options of `scrapy export`.
"""
_QUESTIONS_HEAD = """# Questions

Canned questions in plain Arabic and English, from `datasette/queries/*.sql`. Each is a page of the site
(`/questions/<name>`), a canned query of Datasette (`/<database>/<name>.json`), and something to take away:

```sh
scrapy export who_first_said_count --param member_count=68 -o first.xlsx
scrapy export silent_outlets --since 2017-01-01 --until 2017-12-31 -o silent.csv
```

`--new-since-last` gives only the rows that the same export never gave before, and says nothing when there are none, so
that cron mails news alone:

```
MAILTO=desk@newsroom.example
0 7 * * *  cd /srv/tahaluf && .venv/bin/scrapy export disagreements --new-since-last
```

To make one of your own, copy a file, change its comment and its SQL; `scrapy export --list` says what is wrong with it.
The answers below are those of the sample press, whose outlets are invented. Made by `make docs`; a test runs them all.
"""


def data_dictionary() -> str:
    """Give docs/data-dictionary.md, from the schema as the migrations make it."""
    dictionary = load_dictionary()
    with closing(sqlite3.connect(":memory:")) as connection:
        migrate(connection)
        kinds = {name: kind for name, kind in sources(connection).items() if kind != "question"}
        parts = [_DICTIONARY_HEAD]
        for name in dictionary.in_order(kinds):
            arabic, english = dictionary.table_about(name)
            parts.append(f"## {name}: {dictionary.table_title(name)}\n\n{english} {arabic}\n{_filters(name)}")
            parts.append(_columns(select(connection, Asked(name)).columns))
    return "\n".join(parts)


def _filters(name: str) -> str:
    bounds = bounds_of(name)
    told = [
        *([f"`--since` and `--until` go by {bounds.by}"] if bounds.day else []),
        *(["`--outlet` takes the rows of one outlet"] if bounds.outlet else []),
    ]
    return f"\n{'; '.join(told)}.\n" if told else ""


def _columns(columns: Iterable[Column]) -> str:
    rows = [
        (f"`{one.name}`", one.title_ar, one.kind, one.about_en, one.about_ar, f"`{one.example}`")
        for one in columns
    ]
    return _table(("column", "الاسم", "kind", "what it is", "معناه", "example"), rows)


def questions(archive: Path) -> str:
    """Give docs/questions.md, with the answers of `archive`, which must be one of the press."""
    with closing(sqlite3.connect(archive)) as connection:
        return "\n".join(
            [_QUESTIONS_HEAD, _index(), *(_worked(connection, one) for one in load_questions().values())]
        )


def _index() -> str:
    lines = [f"- `{one.name}`: {one.title.en} · {one.title.ar}" for one in load_questions().values()]
    return "\n".join([*lines, ""])


def _worked(connection: sqlite3.Connection, question: Question) -> str:
    selection = select(connection, Asked(question.name))
    rows = list(selection.rows(connection))
    shown = [
        [_short(name, value) for name, value in zip(selection.names, row, strict=True)]
        for row in rows[:SHOWN]
    ]
    count = f"{len(rows)} rows" if len(rows) != 1 else "1 row"
    first = f", the first {SHOWN}" if len(rows) > SHOWN else ""
    return "\n".join(
        [
            f"## {question.title.en}\n",
            f"**{question.title.ar}** · `{question.name}`\n",
            f"{question.description.en}\n\n{question.description.ar}\n",
            *(
                f"- `{p.name}` ({p.type}, `{p.default}`): {p.label.en} · {p.label.ar}"
                for p in question.parameters
            ),
            f"\n```sql\n{question.sql}\n```\n",
            f"On the press: {count}{first}.\n",
            _table([f"`{name}`" for name in selection.names], shown),
            f"To change it: {question.change.en}\n\nلتغييره: {question.change.ar}\n",
        ]
    )


def _short(name: str, value: object) -> str:
    if name in VOLATILE:
        return "…"
    text = "" if value is None else " ".join(str(value).split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rsplit(" ", 1)[0] + " …"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    def line(cells: Iterable[str]) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"

    return "\n".join([line(head), line("---" for _ in head), *map(line, rows), ""])


def stale(archive: Path) -> Iterator[Path]:
    """Name the documents that are not what the code makes of them."""
    for path, text in ((DICTIONARY, data_dictionary()), (QUESTIONS, questions(archive))):
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            yield path


def main() -> int:
    """Collect the press and write both documents."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "archive.db"
        command = [sys.executable, "-m", "tests.press.demo", "--archive", str(archive), "--no-serve"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            print(done.stderr, file=sys.stderr)  # noqa: T201
            return 1
        DICTIONARY.write_text(data_dictionary(), encoding="utf-8")
        QUESTIONS.write_text(questions(archive), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
