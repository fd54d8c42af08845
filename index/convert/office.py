"""Formats that LibreOffice reads for us: .doc and .wps, .rtf, .odt, .ods. It writes .docx or .xlsx, which are read.

Each run has a profile and a folder of its own, so that several at once don't meet, and ends in time with all its
children, also where whoever started it has died.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from index.convert.container import Package, is_archive
from index.convert.converter import Converter
from index.convert.excel import ExcelConverter
from index.convert.foreign import streams_of
from index.convert.word import WordConverter
from index.document import Block, Gap, Recognised
from index.errors import DocumentError

INSTALL: Final = (
    "请安装 LibreOffice 后再建索引（Debian、Ubuntu：apt-get install libreoffice-writer-nogui libreoffice-calc-nogui；"
    "macOS：brew install --cask libreoffice），或用 Office、WPS 另存为 .docx 或 .xlsx 后再放入。"
)

_PROGRAMS: Final = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
_SECONDS: Final = 150
_GRACE: Final = 30
"""How many seconds later a run ends by itself, if nobody is left to end it."""
_KIBIBYTES: Final = 3 << 20
"""Of address space."""
_RTF: Final = b"{\\rtf"
_MIMETYPE: Final = "mimetype"
_OPEN_DOCUMENT: Final = "application/vnd.oasis.opendocument."

_BOUNDED: Final = 'ulimit -v "$1"; ulimit -f "$2"; ulimit -c 0; (sleep "$3"; kill -KILL 0) & shift 3; exec "$@"'
"""Limits memory and what is written, and ends the group of processes after a time, whatever becomes of us."""

_BLOCKS: Final = 400 << 10
"""Of 512 or 1,024 bytes, which depends on the shell: no file may be larger."""

_SETTINGS: Final = {
    "Common/Security/Scripting": {
        "BlockUntrustedRefererLinks": "true", "DisableMacrosExecution": "true", "MacroSecurityLevel": "3",
    },
    "Writer/Content/Update": {"Link": "2"},
    "Calc/Content/Update": {"Link": "2"},
}  # fmt: skip
"""A document's links lead nowhere, and nothing in it runs: no picture is fetched, no other file is drawn in."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A format: what it is called, how such files end, and what it becomes."""

    name: str
    extension: str
    target: str
    converter: Converter


_WORD: Final = Kind("旧版 Word 文档（.doc、.wps）", ".doc", "docx", WordConverter())
_RICH_TEXT: Final = Kind("RTF 文档", ".rtf", "docx", WordConverter())
_TEXT: Final = Kind("OpenDocument 文档（.odt）", ".odt", "docx", WordConverter())
_SHEETS: Final = Kind("OpenDocument 表格（.ods）", ".ods", "xlsx", ExcelConverter())


class OfficeConverter:
    """Reads what LibreOffice can turn into a format that is read here."""

    def accepts(self, content: bytes) -> bool:
        """Whether this is one of the formats, whatever the file is called."""
        return _kind(content) is not None

    def read(self, content: bytes, path: Path) -> tuple[Block | Gap | Recognised, ...]:
        """Raises DocumentError where LibreOffice isn't installed, can't open the file, or takes too long."""
        kind = _kind(content)
        assert kind is not None
        program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
        if program is None:
            raise DocumentError(f"“{path.name}”是{kind.name}，要装 LibreOffice 才能读。", INSTALL)
        with tempfile.TemporaryDirectory(prefix="office-", ignore_cleanup_errors=True) as folder:
            converted = _converted(program, content, kind, Path(folder), path.name)
        if not kind.converter.accepts(converted):
            raise _failed(path.name)
        return kind.converter.read(converted, path)


def _kind(content: bytes) -> Kind | None:
    if content.lstrip().startswith(_RTF):
        return _RICH_TEXT
    if not is_archive(content):
        return _WORD if "WordDocument" in streams_of(content) else None
    mimetype = _mimetype(content)
    return {f"{_OPEN_DOCUMENT}text": _TEXT, f"{_OPEN_DOCUMENT}spreadsheet": _SHEETS}.get(mimetype)


def _mimetype(content: bytes) -> str:
    """What an archive says it is; archives are opened within limits."""
    try:
        package = Package(content, "")
        return package.content(_MIMETYPE).decode("ascii", "replace").strip() if _MIMETYPE in package.members else ""
    except DocumentError:
        return ""


def _converted(program: str, content: bytes, kind: Kind, folder: Path, name: str) -> bytes:
    source = folder / f"source{kind.extension}"
    source.write_bytes(content)
    _write_settings(folder / "profile" / "user")
    command = [
        program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
        "--nolockcheck", "--convert-to", kind.target, "--outdir", str(folder / "out"), str(source),
    ]  # fmt: skip
    bounded = ["sh", "-c", _BOUNDED, "sh", str(_KIBIBYTES), str(_BLOCKS), str(_SECONDS + _GRACE), *command]
    # A session of its own: its group is ended as a whole.
    process = subprocess.Popen(
        bounded, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(_SECONDS)
    except subprocess.TimeoutExpired:
        raise DocumentError(
            f"LibreOffice 处理“{name}”用了 {_SECONDS} 秒还没有完，已停止。", "请另存为 .docx 或 .xlsx 后再放入。"
        ) from None
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    written = folder / "out" / f"source.{kind.target}"
    if not written.is_file():
        raise _failed(name)
    return written.read_bytes()


def _write_settings(folder: Path) -> None:
    """What the profile holds before its first use."""
    items = "".join(
        f'<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value>'
        "</prop></item>"
        for path, values in _SETTINGS.items()
        for name, value in values.items()
    )
    folder.mkdir(parents=True)
    (folder / "registrymodifications.xcu").write_text(
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>', encoding="utf-8"
    )


def _failed(name: str) -> DocumentError:
    return DocumentError(
        f"LibreOffice 打不开“{name}”：文件可能已损坏，或设了打开密码。",
        "请用 Office 或 WPS 打开，另存为 .docx 或 .xlsx 后再放入。",
    )
