"""Which files a build reads, and which of them say the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

EXTENSIONS: Final = frozenset({
    ".txt", ".md", ".csv", ".pdf", ".docx", ".docm", ".xlsx", ".xlsm", ".xls", ".et", ".html", ".htm", ".xhtml", ".mht",
    ".mhtml", ".doc", ".wps", ".rtf", ".ofd", ".odt", ".ods", ".xlsb", ".png", ".jpg", ".jpeg", ".tif", ".tiff",
})  # fmt: skip
"""What is taken from a folder, be it only to say that it must be saved in another format.

A file named on its own is tried whatever it is called.
"""


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file; ``sha256`` is None where it can't be read, ``same_as`` an earlier file with the same content."""

    path: Path
    sha256: str | None
    same_as: Path | None = None


def collect(paths: Sequence[Path]) -> tuple[InputFile, ...]:
    """The files among ``paths`` and those of known formats in its folders, each once, in a stable order."""
    found = (file for path in paths for file in (_files_in(path) if path.is_dir() else [path]))
    first: dict[str, Path] = {}
    files = []
    for path in {path.resolve(): path for path in found}.values():
        sha256 = _sha256(path)
        earlier = first.setdefault(sha256, path) if sha256 else path
        files.append(InputFile(path, sha256, same_as=earlier if earlier != path else None))
    return tuple(files)


def _files_in(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
        if path.suffix.lower() in EXTENSIONS and path.is_file() and not hidden:
            yield path


def _sha256(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
