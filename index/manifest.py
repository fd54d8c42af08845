"""What an index consists of: versions side by side, one of them pointed at, each with a manifest.

index_dir/CURRENT                     the name of the version that serves
index_dir/versions/<name>/            warehouse.duckdb, vectors/, manifest.json
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict

from index.errors import IndexUnusable
from index.paths import DICTIONARY, ROOT

POINTER: Final = "CURRENT"
VERSIONS: Final = "versions"
WAREHOUSE: Final = "warehouse.duckdb"
VECTORS: Final = "vectors"
MANIFEST: Final = "manifest.json"

_REMEDY: Final = "请运行 python -m assistant build 建立索引。"
_INDEX: Final = Path(__file__).resolve().parent
_SCHEMA: Final = (_INDEX / "warehouse.sql", _INDEX / "records.py", _INDEX / "views.py", DICTIONARY / "kinds.yaml")


class FileEntry(BaseModel):
    """What became of one input file. ``error`` says why it isn't in the index; then the counts are empty."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    sha256: str | None = None
    document_id: str | None = None
    unit_name: str | None = None
    year: int | None = None
    tables: dict[str, int] = {}
    figures: int = 0
    statements: int = 0
    findings: dict[str, int] = {}
    chunks: int = 0
    error: str | None = None


class Manifest(BaseModel):
    """What one version was built from and with."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str
    format: str
    parser: str
    model: str
    created: datetime
    warehouse_bytes: int
    files: tuple[FileEntry, ...]

    @property
    def documents(self) -> tuple[FileEntry, ...]:
        """The files that are in the index."""
        return tuple(entry for entry in self.files if entry.error is None)

    @property
    def problems(self) -> tuple[FileEntry, ...]:
        """The files that are not."""
        return tuple(entry for entry in self.files if entry.error is not None)


@dataclass(frozen=True, slots=True)
class IndexVersion:
    """One finished version on disk."""

    folder: Path
    manifest: Manifest

    @property
    def warehouse(self) -> Path:
        return self.folder / WAREHOUSE

    @property
    def vectors(self) -> Path:
        return self.folder / VECTORS


def open_version(index_dir: Path) -> IndexVersion:
    """The version that serves. Raises IndexUnusable where there is none, or none that this program can read."""
    folder = index_dir / VERSIONS / _pointed_at(index_dir)
    try:
        manifest = _read_manifest(folder / MANIFEST)
        whole = (folder / WAREHOUSE).stat().st_size == manifest.warehouse_bytes and (folder / VECTORS).is_dir()
    except ValueError:
        whole = False
    except OSError as error:
        raise IndexUnusable(f"索引“{index_dir}”损坏或读不了：{error.strerror}。", _REMEDY) from error
    if not whole:
        raise IndexUnusable(f"索引“{index_dir}”已损坏。", _REMEDY)
    return IndexVersion(folder, manifest)


def _read_manifest(path: Path) -> Manifest:
    """Raises ValueError for what is no manifest. The format comes first: another one may have other fields."""
    values = json.loads(path.read_bytes())
    if not isinstance(values, dict) or values.get("format") != format_version():
        raise IndexUnusable("索引是另一个版本的程序建立的。", _REMEDY)
    return Manifest.model_validate(values)


@cache
def format_version() -> str:
    """Changes with the warehouse's tables and views, so that no index is read with the wrong columns."""
    return _fingerprint(_SCHEMA)


@cache
def parser_version() -> str:
    """Changes with the code and dictionaries that documents are read with."""
    return _fingerprint([*sorted(_INDEX.rglob("*.py")), *sorted(p for p in DICTIONARY.rglob("*") if p.is_file())])


def _fingerprint(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _pointed_at(index_dir: Path) -> str:
    try:
        name = (index_dir / POINTER).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        raise IndexUnusable(f"还没有建立索引（{index_dir}）。", _REMEDY) from None
    except OSError as error:
        raise IndexUnusable(f"读不了索引目录“{index_dir}”：{error.strerror}。", "请检查目录权限。") from error
    except UnicodeDecodeError:
        name = ""
    if not re.fullmatch(r"[0-9A-Za-z-]+", name):
        raise IndexUnusable(f"索引“{index_dir}”已损坏。", _REMEDY)
    return name
