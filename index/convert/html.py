"""Web pages (.html, .htm, .mht), those that Word and Excel save among them: what a reader sees, tables as tables.

The page is walked without recursion: published pages nest as deep as their programs like.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from email import message_from_bytes
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

from lxml import etree, html

from index.convert.encoding import decode
from index.convert.grid import lines_of, plain, table_blocks
from index.convert.page_styles import PageStyles
from index.convert.placed import Placed
from index.convert.problems import table_too_large, too_large
from index.convert.raised import raised
from index.convert.text_blocks import blocks_of_text
from index.document import Block, Gap, Paragraph, Provenance, RawTable
from index.errors import DocumentError

_HEAD: Final = 4096
_PAGE: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s|<\?xml[^>]*\?>|<!--.*?-->)*"
    rb"<(?:!doctype\s+html|html|head|body|meta|title|table|div|p|span|center|h[1-6])\b",
    re.IGNORECASE | re.DOTALL,
)
_ARCHIVE: Final = re.compile(rb"\s*(?:MIME-Version|From|Content-Type):.*multipart/related", re.IGNORECASE | re.DOTALL)
_CHARSET: Final = re.compile(rb"(?:charset|<\?xml[^>]*encoding)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)

_MAX_SIZE: Final = 64 << 20
_MAX_TAGS: Final = 2_000_000
_MAX_COVERED: Final = 2_000_000
_MAX_SPAN: Final = 1000
_BLANKS: Final = re.compile(r"\s+")

_BLOCKS: Final = frozenset({
    "address", "article", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt", "fieldset", "figure",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "legend", "li", "main", "ol", "p", "pre", "section", "ul",
})  # fmt: skip
_UNREAD: Final = frozenset({
    "script", "style", "noscript", "template", "head", "nav", "footer", "aside", "select", "option", "button",
    "input", "textarea", "iframe", "object", "svg", "del", "s", "strike", "rt", "rp",
})  # fmt: skip
_FILE: Final = re.compile(r"\.(?:pdf|docx?|xlsx?|wps|et|ofd|zip|rar|csv)$", re.IGNORECASE)
_FILE_IN_SCRIPT: Final = re.compile(
    r"[\"']([^\"'<>\s]{1,200}\.(?:pdf|docx?|xlsx?|wps|et|ofd|zip|rar))(?:[?#][^\"']*)?[\"']", re.IGNORECASE
)
_LARGE_PICTURE: Final = 200
"""Pixels: smaller pictures are signs and ornaments."""
_FIELDS: Final = ("", "text", "number")
"""Inputs that are filled in: what stands in one in a table is the cell's."""
_COLUMNS: Final = frozenset({"col", "colgroup"})
_FILLED_IN: Final = frozenset({"textarea", "select"})
_MENU_NAME: Final = re.compile(
    r"(?:^|[-_\s])(?:nav(?:bar|igation)?|menu|bread-?crumbs?|crumbs?|footer|side-?bar|tool-?bar)(?:$|[-_\s\d])",
    re.IGNORECASE,
)
_BREADCRUMB: Final = re.compile(r"(?:您|你)?(?:当前|现在|所在)(?:的)?(?:所在)?(?:的)?位置\s*[:：].*")
_MENU_LINKS: Final = 3
_MENU_SHARE: Final = 0.8


class HtmlConverter:
    """Reads HTML and MHTML in any encoding that Chinese pages use."""

    def accepts(self, content: bytes) -> bool:
        """Whether a page's tags come first, or the head of a web archive."""
        head = content[:_HEAD]
        plain = head.replace(b"\0", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
        return bool(_PAGE.match(plain) or _ARCHIVE.match(head))

    def read(self, content: bytes, path: Path) -> tuple[Block | Gap, ...]:
        """What the page shows, without menus, in the order of its source."""
        if len(content) > _MAX_SIZE or content.count(b"<") > _MAX_TAGS:
            raise too_large(path.name)
        read = [_read_page(page, charset, path) for page, charset in _pages(content)]
        blocks = [block for page in read for block in page.blocks]
        # Beside tables an attachment is the same in another format.
        has_table = any(isinstance(block, RawTable) for block in blocks)
        attached = [] if has_table else [gap for page in read for gap in page.attached]
        return (*blocks, *(gap for page in read for gap in page.unread), *attached)


def _pages(content: bytes) -> Iterator[tuple[bytes, str]]:
    """Each page of the file with its declared encoding: a web archive holds one for each sheet of a workbook."""
    if not _ARCHIVE.match(content[:_HEAD]):
        yield content, _declared(content)
        return
    for part in message_from_bytes(content).walk():
        payload = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
        if isinstance(payload, bytes):
            yield payload, part.get_content_charset() or _declared(payload)


def _declared(content: bytes) -> str:
    match = _CHARSET.search(content[:_HEAD])
    return match.group(1).decode("ascii") if match else ""


@dataclass(frozen=True, slots=True)
class _Page:
    """A page as read: its blocks, what of them can't be read, and what is attached or shown as a picture."""

    blocks: Sequence[Block] = ()
    unread: Sequence[Gap] = ()
    attached: Sequence[Gap] = ()


def _read_page(content: bytes, charset: str, path: Path) -> _Page:
    text = decode(content, charset) or content.decode("gb18030", "replace")
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        if not text.strip():
            return _Page()
        raise DocumentError(f"网页“{path.name}”的内容无法解析。", "请用浏览器打开后另存一份。") from error
    reader = _Reader(root)
    return _Page(reader.blocks(), reader.gaps, [*_gaps(root)])


def _gaps(root: Any) -> Iterator[Gap]:
    """The files that the page shows or leads to, also by its scripts, and its large pictures."""
    for element in root.iter("script"):
        for name in _FILE_IN_SCRIPT.findall(element.text or ""):
            yield Gap(f"附件“{unquote(name).rsplit('/', 1)[-1]}”在网页之外（请打开附件，下载后放入）")
    if large := sum(map(_is_large, root.iter("img"))):
        yield Gap(f"网页里 {large} 张图片（可能是表）没有读入")
    for element in root.iter("iframe", "embed", "object", "a"):
        source = element.get("src") or element.get("data") or element.get("href") or ""
        name = unquote(source.split("?")[0].split("#")[0])
        if _FILE.search(name):
            shown = name.rsplit("/", 1)[-1] if element.tag != "a" else plain(element.text_content()) or name
            yield Gap(f"附件“{shown}”在网页之外（请打开附件，下载后放入）")


def _is_large(image: Any) -> bool:
    sizes = [_span(image, name) for name in ("width", "height")]
    return min(sizes) >= _LARGE_PICTURE


@dataclass(slots=True)
class _Flow:
    """Running text under way, in the page or in a cell of it."""

    blocks: list[Block] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    line: int | None = None

    def add(self, text: str | None, line: int | None) -> None:
        if text:
            if self.line is None and text.strip():
                self.line = line
            self.pieces.append(_BLANKS.sub(" ", text))

    def end_paragraph(self) -> None:
        lines = lines_of("".join(self.pieces), Provenance(line=self.line))
        self.blocks += (line for line in lines if not _BREADCRUMB.fullmatch(line.text))
        self.pieces, self.line = [], None


@dataclass(slots=True)
class _Table:
    """A table under way. ``busy`` tells for each column the first row that no cell above reaches into.

    ``collapsed`` tells of each column that is declared so far whether nothing of it is seen.
    """

    cells: list[Placed] = field(default_factory=list)
    rows: list[Provenance] = field(default_factory=list)
    busy: dict[int, int] = field(default_factory=dict)
    column: int = 0
    covered: int = 0
    collapsed: list[bool] = field(default_factory=list)

    def add_row(self, line: int | None) -> None:
        self.rows.append(Provenance(line=line))
        self.column = 0

    def add_cell(self, content: list[Block], row_span: int, column_span: int) -> None:
        if not self.rows:
            self.add_row(None)
        row = len(self.rows) - 1
        while self.busy.get(self.column, 0) > row:
            self.column += 1
        column = self.column
        self.column += column_span
        self.busy |= dict.fromkeys(range(column, self.column), row + row_span)
        self.covered += column_span
        if self.covered > _MAX_COVERED:
            raise table_too_large()
        hidden = sum(self.collapsed[column : self.column])
        if hidden < column_span:
            self.cells.append(Placed(row, column, tuple(content), row_span, column_span))


class _Reader:
    """Walks a page: a stack of flows (page, cell, cell inside of it …) and of the tables that the cells belong to."""

    def __init__(self, root: Any) -> None:
        self._root = root
        self._menus = _menus(root)
        self._styles = PageStyles(root)
        self._flows = [_Flow()]
        self._tables: list[_Table] = []
        self._items: dict[Any, int] = {}
        self._raised = 0
        self.gaps: list[Gap] = []
        self._starts: Mapping[str, Callable[[Any], None]] = {
            "table": self._start_table, "tr": self._start_row, "td": self._start_cell, "th": self._start_cell,
            "br": self._break_line, "li": self._start_item, "input": self._field, "col": self._start_column,
            "colgroup": self._start_column, "dd": self._start_description,
        }  # fmt: skip
        self._ends: Mapping[str, Callable[[Any], None]] = {
            "table": self._end_table, "td": self._end_cell, "th": self._end_cell,
        }  # fmt: skip

    def blocks(self) -> list[Block]:
        """All blocks of the page."""
        walk = etree.iterwalk(self._root, events=("start", "end"))
        for event, element in walk:
            if (event == "start" and self._is_unread(element)) or (
                event == "start" and element.tag == "pre" and self._reads_tables(element)
            ):
                walk.skip_subtree()
            elif event == "start":
                self._start(element)
            else:
                self._end(element)
        self._flows[0].end_paragraph()
        return self._flows[0].blocks

    def _reads_tables(self, element: Any) -> bool:
        """Whether text that keeps its blanks has tables, as plain text has them; then it is read here."""
        if any(map(self._is_unread, element.iterdescendants())):
            return False
        text = _text_of(element)
        read = blocks_of_text(text, element.sourceline or 1)
        if not any(isinstance(block, RawTable | Gap) for block in read):
            return False
        self._flows[-1].end_paragraph()
        self._flows[-1].blocks += (block for block in read if not isinstance(block, Gap))
        self.gaps += (block for block in read if isinstance(block, Gap))
        return True

    def _is_unread(self, element: Any) -> bool:
        is_field = bool(self._tables) and _is_filled_in(element)
        if element in self._menus or (element.tag in _UNREAD and not is_field) or element.get("hidden") is not None:
            return True
        return element.tag not in _COLUMNS and self._styles.is_hidden(element)

    def _start(self, element: Any) -> None:
        if element.tag in _BLOCKS:
            self._flows[-1].end_paragraph()
        start = self._starts.get(self._styles.tag(element))
        if start:
            start(element)
        if element.tag == "pre":
            self._flows[-1].pieces += (element.text or "").splitlines(keepends=True)
        else:
            self._raised += self._styles.is_beside_the_line(element)
            self._add(element.text, element)

    def _add(self, text: str | None, element: Any) -> None:
        flow = self._flows[-1]
        flow.add(raised(text, "".join(flow.pieces)) if text and self._raised else text, element.sourceline)

    def _end(self, element: Any) -> None:
        if not self._is_unread(element):
            end = self._ends.get(self._styles.tag(element))
            if end:
                end(element)
            self._raised -= self._styles.is_beside_the_line(element)
            if element.tag in _BLOCKS:
                self._flows[-1].end_paragraph()
        self._add(element.tail, element)

    def _start_table(self, element: Any) -> None:
        self._flows[-1].end_paragraph()
        self._tables.append(_Table())

    def _end_table(self, element: Any) -> None:
        table = self._tables.pop()
        self._flows[-1].end_paragraph()
        if table.cells:
            self._flows[-1].blocks += table_blocks(table.cells, table.rows)

    def _start_row(self, element: Any) -> None:
        if self._tables:
            self._tables[-1].add_row(element.sourceline)

    def _start_column(self, element: Any) -> None:
        if self._tables and element.find("col") is None:
            self._tables[-1].collapsed += [self._styles.is_collapsed(element)] * _span(element, "span")

    def _start_cell(self, element: Any) -> None:
        self._flows.append(_Flow())

    def _end_cell(self, element: Any) -> None:
        flow = self._flows.pop()
        flow.end_paragraph()
        if self._tables:
            self._tables[-1].add_cell(flow.blocks, _span(element, "rowspan"), _span(element, "colspan"))
        else:
            self._flows[-1].blocks += flow.blocks

    def _break_line(self, element: Any) -> None:
        self._flows[-1].pieces.append("\n")

    def _field(self, element: Any) -> None:
        self._flows[-1].add(element.get("value"), element.sourceline)

    def _start_description(self, element: Any) -> None:
        """The first description of a term stands behind it on its line."""
        before, blocks = element.getprevious(), self._flows[-1].blocks
        term = blocks[-1] if blocks and before is not None and before.tag == "dt" else None
        if isinstance(term, Paragraph):
            blocks.pop()
            self._flows[-1].add(f"{term.text.rstrip('：: ')}：", term.provenance.line)

    def _start_item(self, element: Any) -> None:
        """The number that a browser prints before an item of an ordered list."""
        numbered = element.getparent()
        if numbered.tag == "ol" and "list-style" not in numbered.get("style", ""):
            self._items[numbered] = self._items.get(numbered, _span(numbered, "start") - 1) + 1
            self._flows[-1].add(f"{self._items[numbered]}. ", element.sourceline)


def _is_filled_in(element: Any) -> bool:
    """Whether an element is a field, or what is chosen in one."""
    if element.tag == "option":
        options = [*next(element.iterancestors("select"), element).iter("option")]
        return element is next((option for option in options if option.get("selected") is not None), options[0])
    return element.tag in _FILLED_IN or (element.tag == "input" and element.get("type", "").lower() in _FIELDS)


def _text_of(element: Any) -> str:
    """The text of an element with its lines and blanks."""
    pieces = [element.text or ""]
    for event, inside in etree.iterwalk(element, events=("start", "end")):
        if inside is not element:
            own = "\n" if inside.tag == "br" else inside.text or ""
            pieces.append(own if event == "start" else inside.tail or "")
    return "".join(pieces)


def _span(element: Any, name: str) -> int:
    text = element.get(name, "").strip()
    return min(max(int(text), 1), _MAX_SPAN) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def _menus(root: Any) -> set[Any]:
    """The parts of a page that only lead to other pages, by name or because they hold hardly anything but links."""
    lengths: dict[Any, tuple[int, int, int]] = {}
    menus: set[Any] = set()
    for _, element in etree.iterwalk(root, events=("end",)):
        text, linked, links = _lengths(element, lengths)
        lengths[element] = (text, linked, links)
        if element.tag in _BLOCKS or element.tag in ("td", "table", "header"):
            is_list = links >= _MENU_LINKS and linked >= _MENU_SHARE * text
            if is_list or _MENU_NAME.search(f"{element.get('class', '')} {element.get('id', '')}"):
                menus.add(element)
    page = lengths[root][0]
    return {menu for menu in menus if menu.tag not in ("body", "html") and 2 * lengths[menu][0] <= page}


def _lengths(element: Any, known: Mapping[Any, tuple[int, int, int]]) -> tuple[int, int, int]:
    """How many characters the element has, how many of them lead to other pages, and by how many links."""
    children = [(*known[child], len((child.tail or "").strip())) for child in element if element.tag not in _UNREAD]
    text = len((element.text or "").strip()) + sum(child[0] + child[3] for child in children)
    leads_away = element.tag == "a" and not element.get("href", "#").startswith("#")
    if leads_away:
        return text, text, 1
    return text, sum(child[1] for child in children), sum(child[2] for child in children)
