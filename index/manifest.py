"""What an index consists of: versions side by side, one of them pointed at, each with a manifest.

index_dir/CURRENT                     the name of the version that serves
index_dir/versions/<name>/            warehouse.duckdb, vectors/, manifest.json

A version of an index that is kept in shards holds none of these but which versions of its shards it is (``shards``).
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
from typing import Any, Final

from pydantic import BaseModel, ConfigDict

from index.errors import IndexUnusable, reason
from index.paths import DICTIONARY, ROOT
from index.recognition import can_recognise
from index.summary import Counts, FileSummary, Status

POINTER: Final = "CURRENT"
VERSIONS: Final = "versions"
WAREHOUSE: Final = "warehouse.duckdb"
VECTORS: Final = "vectors"
MANIFEST: Final = "manifest.json"

_REMEDY: Final = "请运行 python -m assistant build 建立索引。"
_INDEX: Final = Path(__file__).resolve().parent
_SCHEMA: Final = (
    *(_INDEX / name for name in ("warehouse.sql", "records.py", "views.py", "manifest.py", "summary.py")),
    DICTIONARY / "kinds.yaml",
)


class FileEntry(BaseModel):
    """What became of one input file.

    ``told`` says why it isn't in the index, or what to know about it. ``counts`` are those of the document that it is
    (its further parts included), zero for all other files; ``summary`` is the file's own, None where it can't be read.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    status: Status
    sha256: str | None = None
    told: str | None = None
    document_id: str | None = None
    counts: Counts = Counts()
    summary: FileSummary | None = None

    @property
    def name(self) -> str:
        """The file's name without its folders."""
        return Path(self.file).name


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
        """The files that are documents of the index, without the further parts of one."""
        return tuple(entry for entry in self.files if entry.status == "document")

    @property
    def unused(self) -> tuple[FileEntry, ...]:
        """The files that are not in the index: unusable, said twice, or replaced by a later version."""
        return tuple(entry for entry in self.files if entry.status not in ("document", "part"))


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
    return read_version(index_dir, pointed_at(index_dir))


def read_version(index_dir: Path, name: str) -> IndexVersion:
    """One version of an index. Raises IndexUnusable where it is not there or this program can't read it."""
    folder = index_dir / VERSIONS / name
    try:
        manifest = _read_manifest(folder / MANIFEST)
        whole = (folder / WAREHOUSE).stat().st_size == manifest.warehouse_bytes and (folder / VECTORS).is_dir()
    except ValueError:
        whole = False
    except OSError as error:
        raise IndexUnusable(f"索引“{index_dir}”损坏或读不了：{reason(error)}。", _REMEDY) from error
    if not whole:
        raise IndexUnusable(f"索引“{index_dir}”已损坏。", _REMEDY)
    return IndexVersion(folder, manifest)


def _read_manifest(path: Path) -> Manifest:
    """Raises ValueError for what is no manifest."""
    return Manifest.model_validate(of_this_format(path.read_bytes()))


def of_this_format(content: bytes) -> dict[str, Any]:
    """What a manifest says, whose format comes first: another one may have other fields. Raises ValueError."""
    values = json.loads(content)
    if not isinstance(values, dict) or values.get("format") != format_version():
        raise IndexUnusable("索引是另一个版本的程序建立的。", _REMEDY)
    return values


@cache
def format_version() -> str:
    """Changes with the warehouse's tables and views and the manifest's fields: no index is read with wrong columns."""
    return _fingerprint(_SCHEMA)


@cache
def parser_version() -> str:
    """Changes with the code and dictionaries that documents are read with, and once pictures can be recognised."""
    code = _fingerprint([*sorted(_INDEX.rglob("*.py")), *sorted(p for p in DICTIONARY.rglob("*") if p.is_file())])
    return f"{code}+ocr" if can_recognise() else code


def _fingerprint(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def pointed_at(index_dir: Path) -> str:
    """The name of the version that serves. Raises IndexUnusable where there is none."""
    try:
        name = (index_dir / POINTER).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        raise IndexUnusable(f"还没有建立索引（{index_dir}）。", _REMEDY) from None
    except OSError as error:
        raise IndexUnusable(f"读不了索引目录“{index_dir}”：{reason(error)}。", "请检查目录权限。") from error
    except UnicodeDecodeError:
        name = ""
    if not re.fullmatch(r"[0-9A-Za-z-]+", name):
        raise IndexUnusable(f"索引“{index_dir}”已损坏。", _REMEDY)
    return name
