"""What goes with a public copy on paper: whose the texts are, how to cite it, what its tables hold.

All of it follows from the copy alone; its date is the last moment at which something was collected, never the present.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

import yaml

from pipelines.dictionary import Column
from pipelines.exports import Asked, select, sources
from pipelines.manifest import sha256_of
from pipelines.public import Texts
from pipelines.public_copy import Copied

_TEXTS = Path(__file__).parent / "public_texts"
_TITLE = "Tahaluf: Arabic-language press coverage of the international coalition against ISIS"
# What a column of the data dictionary is in Table Schema; moments carry an offset, which its datetime can't.
_TYPES = {"integer": "integer", "real": "number", "day": "date"}
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
    with closing(sqlite3.connect(f"{database.resolve().as_uri()}?immutable=1", uri=True)) as connection:
        found = sources(connection)
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
    columns = select(connection, Asked(table)).columns
    told = connection.execute(f'pragma table_info("{table}")').fetchall()
    key = [row[1] for row in sorted(told, key=lambda row: row[5]) if row[5]]
    return {"fields": [_field(column) for column in columns], **({"primaryKey": key} if key else {})}


def _field(column: Column) -> _Json:
    field: _Json = {"name": column.name, "type": _TYPES.get(column.kind, "string"), "title": column.title_ar}
    return field | ({"description": column.about_en} if column.about_en else {})
