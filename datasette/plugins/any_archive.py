"""Give the table descriptions of metadata.yml to whatever file is served: an archive may have any name."""

from __future__ import annotations

from typing import Any

from datasette import hookimpl
from datasette.app import Datasette


@hookimpl
def get_metadata(datasette: Datasette) -> dict[str, Any]:
    """Add the block "archive" under the name of every database that has none."""
    declared = datasette._metadata_local.get("databases") or {}
    block = declared.get("archive")
    if not block:
        return {}
    return {
        "databases": {
            name: block for name in datasette.databases if name != "_internal" and name not in declared
        }
    }
