"""Office Open XML packages (.docx, .xlsx): zip archives of XML parts, opened with limits: anyone may have made them.

What an archive claims about its members is checked before any of them is read; a part is parsed without entities,
without the network and within the depth and size that libxml2 allows by default.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any, Final

from lxml import etree

from index.convert.problems import damaged, locked, too_large
from index.errors import DocumentError

_SIGNATURE: Final = b"PK\x03\x04"
_MAX_MEMBERS: Final = 5_000
_MAX_PART: Final = 200 << 20
_MAX_TOTAL: Final = 1 << 30
_MAX_RATIO: Final = 300
"""How many times a part may be larger than its compressed form: sheets of blank rows reach 20, bombs 1,000."""
_FREE_OF_RATIO: Final = 1 << 20
_MAX_NODES: Final = 6_000_000
"""Every element and attribute takes about a hundred bytes of memory, however short it is in the file."""
_CHUNK: Final = 1 << 20

_RELATIONSHIP: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MAIN: Final = "/officeDocument"
_CONTENT_TYPES: Final = "[Content_Types].xml"
_APPLICATIONS: Final = {"word": ("wordprocessingml", "ms-word"), "excel": ("spreadsheetml", "ms-excel")}
"""What the content types of their files are called, with and without macros."""

_STRICT: Final = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL: Final = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
"""The namespaces of files saved as “Strict Open XML”, and what they are called in all others."""

_FAILURES: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)
"""What zipfile raises for damaged archives and for ways to compress that it doesn't know."""


def is_archive(content: bytes) -> bool:
    """Whether ``content`` begins as a zip archive does."""
    return content.startswith(_SIGNATURE)


@dataclass(frozen=True, slots=True)
class Relationship:
    """A part that another one refers to."""

    type: str
    target: str


def main_part(content: bytes, application: str) -> str | None:
    """The main part of ``application``'s file; None where ``content`` is no such file, or can't be opened."""
    try:
        return Package(content, "").main_part(application) if is_archive(content) else None
    except DocumentError:
        return None


class Package:
    """An open package. Each way in which it can be unusable is a DocumentError that names the file."""

    def __init__(self, content: bytes, name: str) -> None:
        self.name = name
        try:
            self._archive = zipfile.ZipFile(BytesIO(content))
        except _FAILURES as error:
            raise damaged(self.name) from error
        self.members: Mapping[str, zipfile.ZipInfo] = {member.filename: member for member in self._archive.infolist()}
        self._check_limits()

    def main_part(self, application: str) -> str | None:
        """The part that holds the document itself, if ``application`` ("word" or "excel") wrote it in XML."""
        main = next((related.target for related in self.related("").values() if related.type.endswith(_MAIN)), "")
        content_type = self._content_type(main) if main in self.members else ""
        is_own = any(word in content_type for word in _APPLICATIONS[application])
        return main if is_own and content_type.endswith("+xml") else None

    def related(self, part: str) -> dict[str, Relationship]:
        """The parts that ``part`` ("" for the package) refers to, by the ids it uses for them."""
        folder, file = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{file}.rels")
        if path not in self.members:
            return {}
        return {
            element.get("Id", ""): Relationship(element.get("Type", ""), _resolved(folder, element.get("Target", "")))
            for element in self.tree(path).iter(_RELATIONSHIP)
        }

    def tree(self, part: str) -> Any:
        """The root element of an XML part."""
        parser = _parser()
        for chunk in self._chunks(part):
            self._feed(parser, chunk)
        root = self._close(parser)
        self._require_no_entities(root)
        return root

    def content(self, part: str) -> bytes:
        """The bytes of a part."""
        return b"".join(self._chunks(part))

    def elements(self, part: str, *tags: str) -> Iterator[Any]:
        """The elements called ``tags`` of a large XML part, one after the other; each is gone once the next is read."""
        parser = _parser(tags)
        for chunk in self._chunks(part):
            self._feed(parser, chunk)
            yield from _read(parser)
        self._require_no_entities(self._close(parser))
        yield from _read(parser)

    def _content_type(self, part: str) -> str:
        types = self.tree(_CONTENT_TYPES)
        named = (element.get("ContentType", "") for element in types if element.get("PartName") == f"/{part}")
        return next(named, "")

    def _check_limits(self) -> None:
        members = self.members.values()
        if any(member.flag_bits & 1 for member in members):
            raise locked(self.name)
        inflated = any(
            member.file_size > max(_FREE_OF_RATIO, _MAX_RATIO * member.compress_size) or member.file_size > _MAX_PART
            for member in members
        )
        if inflated or len(members) > _MAX_MEMBERS or sum(member.file_size for member in members) > _MAX_TOTAL:
            raise too_large(self.name)

    def _info(self, part: str) -> zipfile.ZipInfo:
        if part not in self.members:
            raise damaged(self.name)
        return self.members[part]

    def _chunks(self, part: str) -> Iterator[bytes]:
        nodes = 0
        try:
            with self._archive.open(self._info(part)) as file:
                for chunk in _translated(file):
                    nodes += chunk.count(b"<") + chunk.count(b"=")
                    if nodes > _MAX_NODES:
                        raise too_large(self.name)
                    yield chunk
        except _FAILURES as error:
            raise damaged(self.name) from error

    def _feed(self, parser: etree.XMLPullParser, chunk: bytes) -> None:
        try:
            parser.feed(chunk)
        except etree.XMLSyntaxError as error:
            raise damaged(self.name) from error

    def _close(self, parser: etree.XMLPullParser) -> Any:
        try:
            return parser.close()
        except etree.XMLSyntaxError as error:
            raise damaged(self.name) from error

    def _require_no_entities(self, root: Any) -> None:
        """No program writes a document type into these files but to attack whoever reads them."""
        if root.getroottree().docinfo.doctype:
            raise damaged(self.name)


def _parser(tags: tuple[str, ...] = ()) -> etree.XMLPullParser:
    return etree.XMLPullParser(
        events=("end",) if tags else (), tag=tags or None, resolve_entities=False, no_network=True, huge_tree=False
    )


def _read(parser: etree.XMLPullParser) -> Iterator[Any]:
    for _, element in parser.read_events():
        yield element
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _translated(file: IO[bytes]) -> Iterator[bytes]:
    first = file.read(_CHUNK)
    is_strict = _STRICT in first
    while first:
        for strict, transitional in _TRANSITIONAL if is_strict else ():
            first = first.replace(strict, transitional)
        yield first
        first = file.read(_CHUNK)


def _resolved(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
