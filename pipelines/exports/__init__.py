"""Exports: what a newsroom takes away. A selection (table, view or question) and a format make a file.

export(connection, Asked("meetings", since="2017-01-01"), "xlsx", Path("meetings.xlsx"))
export_all(connection, Path("downloads"))
"""

from pipelines.exports.files import ExportError
from pipelines.exports.formats import FORMATS, TABULAR, formats_of
from pipelines.exports.selection import Asked, Selection, select, sources
from pipelines.exports.writing import Written, export, export_all, export_archive, write_into

__all__ = [
    "FORMATS", "TABULAR", "Asked", "ExportError", "Selection", "Written", "export", "export_all", "export_archive",
    "formats_of", "select", "sources", "write_into",
]  # fmt: skip
