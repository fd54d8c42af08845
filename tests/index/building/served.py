"""What the index that serves holds, and what the build was given to read."""

from __future__ import annotations

from pathlib import Path

from index.manifest import Manifest, open_version
from index.warehouse import open_warehouse

Parsed = list[str]


def titles(index_dir: Path) -> set[str]:
    """What the index that serves holds."""
    warehouse = open_warehouse(open_version(index_dir).warehouse)
    try:
        return {document.title for document in warehouse.documents()}
    finally:
        warehouse.close()


def statuses(manifest: Manifest) -> dict[str, str]:
    """What each file is to the index."""
    return {entry.name: entry.status for entry in manifest.files}


def files_cited(index_dir: Path) -> set[str]:
    """The files that tables and paragraphs of the index stand in."""
    warehouse = open_warehouse(open_version(index_dir).warehouse)
    try:
        return {record.file for record in (*warehouse.tables(), *warehouse.paragraphs())}
    finally:
        warehouse.close()
