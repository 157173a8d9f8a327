"""What goes with a public copy on paper: whose the texts are, how to cite it, what its tables hold.

All of it follows from the copy alone; its date is the last moment at which something was collected, never the present.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

import yaml

from pipelines.manifest import sha256_of
from pipelines.public import Texts, tables
from pipelines.public_copy import Copied

_TEXTS = Path(__file__).parent / "public_texts"
_TITLE = "Tahaluf: Arabic-language press coverage of the international coalition against ISIS"
_TYPES = {"integer": "integer", "real": "number"}
_DAYS = frozenset({"first", "last", "published_day", "first_day", "last_day"})
_Json = dict[str, object]


def made_by() -> str:
    """Name the program and its version."""
    return f"tahaluf {version('tahaluf')}"


def write_rights(folder: Path, copied: Copied, texts: Texts) -> None:
    """Write RIGHTS.md: whose code and texts are, and what this copy holds of them."""
    parts = ["rights", texts, *(["sample"] if copied.kind == "sample" else [])]
    words = "".join((_TEXTS / f"{part}.md").read_text(encoding="utf-8") for part in parts)
    (folder / "RIGHTS.md").write_text(words, encoding="utf-8")


def write_citation(folder: Path, copied: Copied) -> None:
    """Write CITATION.cff, after the Citation File Format 1.2.0."""
    citation: _Json = {
        "cff-version": "1.2.0",
        "message": "If you use this data, cite it as below, and the articles by their publishers' addresses.",
        "type": "dataset",
        "title": _title(copied),
        "authors": [{"name": "Tahaluf"}],
        "version": _version(copied),
        "abstract": "Meetings of the coalition as the Arabic press reported them: articles, dates, claims, disagreements.",
        "keywords": ["Arabic", "press", "coalition against ISIS", "meetings"],
    }
    if copied.until:
        citation["date-released"] = copied.until[:10]
    text = yaml.safe_dump(citation, allow_unicode=True, sort_keys=False, width=120)
    (folder / "CITATION.cff").write_text(text, encoding="utf-8")


def write_datapackage(folder: Path, database: Path, copied: Copied) -> None:
    """Write datapackage.json (Frictionless Data Package 1): the database, and a schema for each table's CSV file."""
    package: _Json = {
        "profile": "data-package",
        "name": "tahaluf",
        "title": _title(copied),
        "version": _version(copied),
        "created": copied.until,
        "contributors": [{"title": "Tahaluf", "role": "publisher"}],
        "resources": _resources(folder, database),
    }
    text = json.dumps(package, ensure_ascii=False, indent=1)
    (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8")


def _title(copied: Copied) -> str:
    return f"{_TITLE} (sample: invented articles)" if copied.kind == "sample" else _TITLE


def _version(copied: Copied) -> str:
    """Name the state of the data: the schema and the last moment, «3.20261129T122356»."""
    moment = "".join(letter for letter in copied.until[:19] if letter.isalnum())
    return f"{int(copied.schema[1:4])}.{moment}"


def _resources(folder: Path, database: Path) -> list[_Json]:
    resources: list[_Json] = [_file(folder, database, "public-database", "application/vnd.sqlite3")]
    with closing(sqlite3.connect(f"file:{database}?immutable=1", uri=True)) as connection:
        found = dict(tables(connection))
        for path in sorted(folder.rglob("*.csv")):
            if path.stem in found:
                resource = _file(folder, path, path.stem.strip("_"), "text/csv")
                csv = {"profile": "tabular-data-resource", "format": "csv", "encoding": "utf-8"}
                resources.append({**resource, **csv, "schema": _schema(connection, path.stem)})
    return resources


def _file(folder: Path, path: Path, name: str, media: str) -> _Json:
    return {
        "name": name,
        "path": path.relative_to(folder).as_posix(),
        "mediatype": media,
        "bytes": path.stat().st_size,
        "hash": f"sha256:{sha256_of(path)}",
    }


def _schema(connection: sqlite3.Connection, table: str) -> _Json:
    columns = connection.execute(f'pragma table_info("{table}")').fetchall()
    key = [row[1] for row in sorted(columns, key=lambda row: row[5]) if row[5]]
    fields = [{"name": row[1], "type": _type(row)} for row in columns]
    return {"fields": fields, **({"primaryKey": key} if key else {})}


def _type(column: Sequence[object]) -> str:
    if column[1] in _DAYS:
        return "date"
    return _TYPES.get(str(column[2]).lower(), "string")
