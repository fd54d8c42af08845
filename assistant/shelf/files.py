"""The files behind an index, as they would be after a change; and where files on their way are kept."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from index.errors import BudgetError
from index.inputs import EXTENSIONS

if TYPE_CHECKING:
    from index.manifest import FileEntry, Manifest

REMOVED: Final = ".removed"
"""A hidden folder is not read when an index is built."""

_LONGEST_NAME: Final = 120


def safe_name(name: str) -> str:
    """A file's name without anything that leads elsewhere. Raises BudgetError for formats that are not read.

    >>> safe_name("../../预算 2026.PDF")
    '预算 2026.PDF'
    """
    bare = re.sub(r'[\x00-\x1f\x7f:*?"<>|]', "", re.split(r"[/\\]", name)[-1]).strip(" .")
    suffix = Path(bare).suffix
    if suffix.lower() not in EXTENSIONS:
        raise BudgetError(f"“{bare or name}”不是能读的格式。", "可以是 PDF、OFD、Word、Excel、网页、文本或图片。")
    return f"{bare[: -len(suffix)][:_LONGEST_NAME]}{suffix}"


def paths_after(manifest: Manifest, added: Iterable[Path], removed: str = "") -> list[Path]:
    """The files to build from: those of the index without the removed document's, and the added ones.

    Raises BudgetError where a file of the index is gone: its document would be lost without a word.
    """
    gone_contents = {each.sha256 for each in manifest.files if removed and each.document_id == removed}
    kept = [each for each in manifest.files if not (removed and _belongs(each, removed, gone_contents))]
    missing = [each.name for each in kept if each.status != "unusable" and not Path(each.file).is_file()]
    if missing:
        raise BudgetError(f"这些文件已不在原处：{'、'.join(missing[:5])}。", "重建会把它们去掉；请先放回，再试。")
    paths = [Path(each.file) for each in kept if Path(each.file).is_file()] + list(added)
    if not paths:
        raise BudgetError("这是最后一份文件，不能移出。", "请先加入别的文件。")
    return paths


def _belongs(entry: FileEntry, document_id: str, contents: set[str | None]) -> bool:
    return entry.document_id == document_id or entry.sha256 in contents


def move_in(path: Path, name: str, folder: Path) -> Path:
    """Moves a file into the folder under its name, or one like it where that is taken."""
    folder.mkdir(parents=True, exist_ok=True)
    target, number = folder / name, 1
    while target.exists():
        number += 1
        target = folder / f"{Path(name).stem}-{number}{Path(name).suffix}"
    shutil.move(path, target)
    return target


def set_aside(entries: Iterable[FileEntry], folder: Path) -> None:
    """Moves a removed document's files within the folder out of sight; files elsewhere stay where they are."""
    for path in (Path(each.file).resolve() for each in entries):
        if path.is_file() and path.is_relative_to(folder.resolve()):
            move_in(path, path.name, folder / REMOVED)
