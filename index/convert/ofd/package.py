"""What an OFD file (GB/T 33190) consists of: documents, their pages, and the resources that pages refer to."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from index.convert.container import Package, is_archive
from index.convert.problems import damaged, locked
from index.errors import DocumentError

ENTRY: Final = "OFD.xml"
_A4: Final = (0.0, 0.0, 210.0, 297.0)
_UNSHOWN_ANNOTATIONS: Final = frozenset({"Watermark", "Stamp", "Highlight", "Link", "Path"})
_LAYERS: Final = {"Background": 0, "Body": 1, "Foreground": 2}

Area = tuple[float, float, float, float]
"""Left, top, width and height in millimetres."""


@dataclass(frozen=True, slots=True)
class Resources:
    """What pages refer to by an id: elements, and the part of the package that each of them names."""

    elements: Mapping[str, Any]
    parts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OfdPage:
    """One page, counted from 1 over all documents of the file; ``layers`` are elements in the order of drawing."""

    number: int
    area: Area
    layers: tuple[Any, ...]
    resources: Resources


@dataclass(frozen=True, slots=True)
class OfdFile:
    """All pages, and the names of attached files, which are no part of them."""

    pages: tuple[OfdPage, ...]
    attachments: tuple[str, ...]


def is_ofd(content: bytes) -> bool:
    """Whether this is an archive with an OFD's entry."""
    try:
        return is_archive(content) and ENTRY in Package(content, "").members
    except DocumentError:
        return False


def open_ofd(package: Package) -> OfdFile:
    """The file's pages, read one after the other. Raises DocumentError for damaged and encrypted files."""
    entry = package.tree(ENTRY)
    if any(name(element).startswith("Encrypt") for element in entry.iter()):
        raise locked(package.name)
    roots = [text(element) for element in descendants(entry, "DocRoot")]
    if not roots:
        raise damaged(package.name)
    readers = [_DocumentReader(package, _located("", root)) for root in roots]
    pages = (page for reader in readers for page in reader.pages())
    numbered = tuple(
        OfdPage(number, page.area, page.layers, page.resources) for number, page in enumerate(pages, start=1)
    )
    return OfdFile(numbered, tuple(each for reader in readers for each in reader.attachments()))


def name(element: Any) -> str:
    """An element's name without its namespace, of which there are several in use; "" for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def text(element: Any) -> str:
    """An element's own text."""
    return (element.text or "").strip()


def child(element: Any, wanted: str) -> Any | None:
    """The first child of this name."""
    return next((each for each in element if name(each) == wanted), None)


def descendants(element: Any, wanted: str) -> Iterator[Any]:
    """All elements of this name within."""
    return (each for each in element.iter() if name(each) == wanted)


def numbers(value: str | None) -> tuple[float, ...]:
    """The numbers of an attribute. Raises ValueError for what is none, or infinite.

    >>> numbers("0 10.5 -3")
    (0.0, 10.5, -3.0)
    """
    read = tuple(map(float, (value or "").split()))
    if any(number - number != 0 for number in read):
        raise ValueError(value)
    return read


class _DocumentReader:
    """One document of the file. Where an element names a part, it does so from its own part's folder on."""

    def __init__(self, package: Package, root: str) -> None:
        self._package = package
        self._root = root
        self._tree = package.tree(root)
        self._resources = self._read_resources()
        self._area = self._area_of(self._tree, _A4)
        self._templates = {
            element.get("ID", ""): _located(self._root, element.get("BaseLoc", ""))
            for element in descendants(self._tree, "TemplatePage")
        }

    def pages(self) -> Iterator[OfdPage]:
        listed = child(self._tree, "Pages")
        annotations = self._annotations()
        for element in listed if listed is not None else ():
            if name(element) == "Page":
                part = _located(self._root, element.get("BaseLoc", ""))
                yield self._page(part, annotations.get(element.get("ID", ""), ()))

    def attachments(self) -> Iterator[str]:
        for part in self._named("Attachments"):
            for element in descendants(self._package.tree(part), "Attachment"):
                yield element.get("Name", "") or posixpath.basename(text(element))

    def _page(self, part: str, annotations: Sequence[Any]) -> OfdPage:
        tree = self._package.tree(part)
        below: list[Any] = []
        above: list[Any] = []
        for used in (each for each in tree if name(each) == "Template"):
            template = self._templates.get(used.get("TemplateID", ""), "")
            if template in self._package.members:
                layers = _layers(self._package.tree(template))
                (above if used.get("ZOrder") == "Foreground" else below).extend(layers)
        drawn = (*below, *_layers(tree), *above, *annotations)
        return OfdPage(0, self._area_of(tree, self._area), drawn, self._resources)

    def _area_of(self, tree: Any, otherwise: Area) -> Area:
        box = next(descendants(tree, "PhysicalBox"), None)
        found = numbers(text(box)) if box is not None else ()
        return (found[0], found[1], found[2], found[3]) if len(found) == 4 and min(found[2:]) > 0 else otherwise

    def _annotations(self) -> dict[str, list[Any]]:
        """What annotations show, by the ids of their pages: filled fields, and notes printed on the page."""
        shown: dict[str, list[Any]] = {}
        for part in self._named("Annotations"):
            for page in descendants(self._package.tree(part), "Page"):
                location = next((text(each) for each in page if name(each) == "FileLoc"), "")
                file = _located(part, location)
                if file in self._package.members:
                    shown.setdefault(page.get("PageID", ""), []).extend(_appearances(self._package.tree(file)))
        return shown

    def _named(self, wanted: str) -> Iterator[str]:
        """The parts that elements of this name in the document say."""
        parts = (_located(self._root, text(each)) for each in self._tree if name(each) == wanted)
        return (part for part in parts if part in self._package.members)

    def _read_resources(self) -> Resources:
        elements: dict[str, Any] = {}
        parts: dict[str, str] = {}
        for named in (*descendants(self._tree, "PublicRes"), *descendants(self._tree, "DocumentRes")):
            part = _located(self._root, text(named))
            if part not in self._package.members:
                continue
            tree = self._package.tree(part)
            for element in (each for each in tree.iter() if name(each) and each.get("ID")):
                elements[element.get("ID")] = element
                file = next((text(each) for each in element if name(each) in ("MediaFile", "FontFile")), "")
                if file:
                    parts[element.get("ID")] = self._media(part, tree.get("BaseLoc", ""), file)
        return Resources(elements, parts)

    def _media(self, part: str, folder: str, file: str) -> str:
        """A file of a resource: in the folder that its list names, or beside the list."""
        within = _located(part, posixpath.join(folder, file))
        return within if within in self._package.members else _located(part, file)


def _located(part: str, location: str) -> str:
    """A location as said in ``part``: from its folder on, or from the archive's root."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), location.replace("\\", "/"))).lstrip("/")


def _layers(tree: Any) -> list[Any]:
    found = [layer for content in tree if name(content) == "Content" for layer in content if name(layer) == "Layer"]
    return sorted(found, key=lambda layer: _LAYERS.get(layer.get("Type", "Body"), 1))


def _appearances(tree: Any) -> Iterator[Any]:
    for annotation in descendants(tree, "Annot"):
        is_shown = annotation.get("Visible", "true") != "false" and annotation.get("Type") not in _UNSHOWN_ANNOTATIONS
        appearance = child(annotation, "Appearance") if is_shown else None
        if appearance is not None:
            yield appearance
