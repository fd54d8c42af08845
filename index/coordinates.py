"""The coordinates of a figure: what it is a figure of, besides its item.

A cell gets them from its header path, its table's title and kind and its row; a sentence's values from its subject and
the headings above. What words mean is data (data/dictionary/coordinates.yaml).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache, reduce
from types import MappingProxyType
from typing import Any, Final, Literal, get_args

from index.dictionary import code_names, read_yaml
from index.kinds import KINDS
from index.records import DocumentRecord, FigureRecord, ParagraphRecord, StatementRecord, TableRecord

Basis = Literal["预算", "调整预算", "执行", "决算"]
Side = Literal["收入", "支出"]
Nature = Literal["全部", "基本", "人员", "公用", "项目"]
Fund = Literal[
    "全部", "财政拨款", "一般公共预算", "政府性基金", "国有资本经营", "社会保险基金", "财政专户", "单位资金",
    "非财政拨款", "事业收入", "上级补助", "附属单位上缴", "经营收入", "其他收入", "其他资金",
]  # fmt: skip
Origin = Literal["全部", "本年", "上年结转"]
Quantity = Literal[
    "金额", "增减额", "增减率", "占比", "完成率", "数量", "单价", "人数", "面积", "指标值", "权重", "年度", "文字",
]  # fmt: skip
StatedValue = Literal["amount", "budget", "earlier", "change", "percent", "share", "completion", "number"]


@dataclass(frozen=True, slots=True)
class Coordinates:
    """Where a fact stands among all facts about its item.

    ``part`` names items that the header names (公务接待费 of a unit's row), widest first; ``unread`` keeps segments
    of the header that no rule knows: such a fact is not simply the row's figure.
    """

    year: int | None
    basis: Basis
    side: Side | None = None
    nature: Nature = "全部"
    fund: Fund = "全部"
    origin: Origin = "全部"
    quantity: Quantity = "金额"
    part: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


Stated = tuple[StatedValue, Decimal, str, Coordinates]
"""One value that a sentence states: which one, the number, its unit (元 for all amounts), its coordinates."""


@dataclass(frozen=True, slots=True)
class Said:
    """What words say of a figure, None where they say nothing.

    ``year`` is a year (2025) or counts from the document's (-1).
    """

    year: int | None = None
    basis: Basis | None = None
    side: Side | None = None
    nature: Nature | None = None
    fund: Fund | None = None
    origin: Origin | None = None
    quantity: Quantity | None = None
    part: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def is_only_time(self) -> bool:
        """Whether nothing is said but when, how far along, or that it is a change."""
        changes = self.quantity in ("增减额", "增减率")
        times = self.year is not None or self.basis is not None or changes
        return times and self == Said(self.year, self.basis, quantity=self.quantity if changes else None)


@dataclass(frozen=True, slots=True)
class _Rule:
    """A word or title; ``prints_year``: its year is the one it prints; ``names_itself``: its part is the word."""

    pattern: re.Pattern[str]
    said: Said
    prints_year: bool
    names_itself: bool

    def says(self, match: re.Match[str]) -> Said:
        said = replace(self.said, part=(match.group(),)) if self.names_itself else self.said
        return replace(said, year=int(match.group()[:4])) if self.prints_year else said


_VALUES: Final[Mapping[str, tuple[object, ...]]] = MappingProxyType(
    {
        "basis": get_args(Basis),
        "side": get_args(Side),
        "nature": get_args(Nature),
        "fund": get_args(Fund),
        "origin": get_args(Origin),
        "quantity": get_args(Quantity),
    }
)
_FIRST_YEAR: Final = 1000
"""Smaller numbers count from the document's year."""


def _said(entry: Mapping[str, Any]) -> Said:
    """Raises ValueError for a coordinate or a value that there is not."""
    values = {key: value for key, value in entry.items() if key not in ("pattern", "part", "year")}
    for key, value in values.items():
        if value not in _VALUES.get(key, ()):
            raise ValueError(f"coordinates.yaml: {key}: {value}")
    part = (entry["part"],) if entry.get("part", "self") != "self" else ()
    year = entry.get("year")
    return Said(part=part, year=None if year == "printed" else year, **values)


def _rule(entry: Mapping[str, Any]) -> _Rule:
    pattern = re.compile(entry["pattern"])
    return _Rule(pattern, _said(entry), entry.get("year") == "printed", entry.get("part") == "self")


_DATA: Final[dict[str, Any]] = read_yaml("coordinates.yaml")
_WORDS: Final = tuple(map(_rule, _DATA["words"]))
_TITLES: Final = tuple(map(_rule, _DATA["titles"]))
_NAMES: Final = re.compile("|".join(_DATA["names"]))
_OF_KIND: Final = {KINDS[name].name: _said(entry) for name, entry in _DATA["kinds"].items()}
_HALF: Final = re.compile(_DATA["half"])
_WHOLES: Final[dict[str, dict[str, str]]] = _DATA["wholes"]
_TEXTS: Final = re.compile("|".join(_DATA["texts"]))
_WITHIN: Final[Mapping[str, Mapping[str, str]]] = _DATA["within"]
_COUNTED: Final[dict[str, Quantity]] = {unit: name for name, units in _DATA["counted"].items() for unit in units}
_ONLY_BUDGETED: Final = re.compile(_DATA["only_budgeted"])
_SUBJECT_SIDES: Final[dict[Side, re.Pattern[str]]] = {
    side: re.compile(pattern) for side, pattern in _DATA["subject_sides"].items()
}
_SENTENCE_YEAR: Final = re.compile(_DATA["sentence_year"])
_COMPARED: Final = re.compile(_DATA["compared"])
_TEXT_MEASURES: Final = frozenset(
    measure.name for kind in KINDS.values() for measure in kind.measures if measure.type == "text"
) - {"指标值"}
_YEAR_HEADER: Final = re.compile(read_yaml("columns.yaml")["year_column"])
_YEAR: Final = re.compile(r"20\d\d")
_BLANKS_AND_QUOTES: Final = re.compile(r"[\s“”\"‘’'《》]")
_OF_WHOLE: Final[frozenset[Quantity | None]] = frozenset({None, "金额", "增减额", "增减率"})
_CODE_SYSTEMS: Final = ("功能分类", "部门经济分类", "政府经济分类")


def coordinates_of(figure: FigureRecord, table: TableRecord, document: DocumentRecord) -> Coordinates:
    """The coordinates of a cell: the title's, then the header's, then those that its row says (a line of 2025)."""
    path = _HALF.sub("", figure.column_path) if figure.side else figure.column_path
    said = _column_says(path, figure.measure, table.title, figure.kind, document.document_type)
    row = _label_says(figure.row_label)
    if row.is_only_time and said.quantity in (None, "金额"):
        said = _then(said, row)
    if said.quantity in _OF_WHOLE and not (said.part or said.unread or _names_item(figure.row_label)):
        said = replace(said, part=_whole(figure, table))
    if line := _line_says(figure, table):
        is_change = line.quantity == "增减额" and said.quantity in (None, "金额")
        said = replace(said, year=line.year or said.year, quantity="增减额" if is_change else said.quantity)
    said = replace(said, side=figure.side or said.side)  # type: ignore[arg-type]
    return _coordinates(_with_quantity(said, figure), document)


def coordinates_of_statement(
    statement: StatementRecord, paragraph: ParagraphRecord, document: DocumentRecord
) -> list[Stated]:
    """Each value that the sentence states, with its coordinates; values that it doesn't state are left out."""
    said = _subject_says(statement.subject, paragraph.section)
    sentence = _plain(statement.sentence).replace(_plain(statement.reason or "\n"), "")
    said = replace(said, year=_year_of_sentence(sentence, document.year))
    own = _coordinates(said, document)
    if document.document_type == "决算" and statement.budget_yuan is None and _ONLY_BUDGETED.search(sentence):
        own = replace(own, basis="预算")
    counted = _COUNTED.get(statement.number_unit or "", "数量")
    stated: tuple[tuple[StatedValue, Decimal | None, str, Coordinates], ...] = (
        ("amount", statement.amount_yuan, "元", own),
        ("budget", statement.budget_yuan, "元", replace(own, basis="预算")),
        ("earlier", statement.earlier_yuan, "元", _earlier(said, statement.earlier_basis, document)),
        ("change", statement.change_yuan, "元", replace(own, quantity="增减额")),
        ("percent", statement.percent, "%", replace(own, quantity="增减率")),
        ("share", statement.share_percent, "%", replace(own, quantity="占比")),
        ("completion", statement.completion_percent, "%", replace(own, quantity="完成率")),
        ("number", statement.number, statement.number_unit or "", replace(own, quantity=counted)),
    )
    return [(name, value, unit, coordinates) for name, value, unit, coordinates in stated if value is not None]


def trust_of(coordinates: Coordinates) -> float:
    """1.0 where the whole header was understood, less for each segment that was not, never under 0."""
    return max(0.0, 1.0 - float(_DATA["unread_cost"]) * len(coordinates.unread))


def _earlier(said: Said, basis: str | None, document: DocumentRecord) -> Coordinates:
    """What a change is against: last year's, but in a final account 年初预算 is the same year's budget."""
    told = _label_says(basis or "")
    is_own_budget = document.document_type == "决算" and told.basis == "预算"
    year = said.year if told.year is None and is_own_budget else -1
    return _coordinates(_then(replace(said, year=year), told), document)


def _coordinates(said: Said, document: DocumentRecord) -> Coordinates:
    default: Basis = "决算" if document.document_type == "决算" else "预算"
    return Coordinates(
        year=_resolved(said.year, document.year),
        basis=said.basis or default,
        side=said.side,
        nature=said.nature or "全部",
        fund=said.fund or "全部",
        origin=said.origin or "全部",
        quantity=said.quantity or "金额",
        part=said.part,
        unread=said.unread,
    )


def _resolved(year: int | None, of_document: int | None) -> int | None:
    if year is not None and year >= _FIRST_YEAR:
        return year
    return None if of_document is None else of_document + (year or 0)


def _with_quantity(said: Said, figure: FigureRecord) -> Said:
    """Where the header leaves open what is measured the cell itself tells; the header of a text is its name."""
    if said.quantity == "文字" or (said.quantity is None and said.unread and figure.value_type == "text"):
        return replace(said, quantity="文字", part=(*said.part, *said.unread), unread=())
    if figure.value_type == "percent" and said.quantity in (None, "金额"):
        return replace(said, quantity="占比")
    return replace(said, quantity="数量") if figure.value_type == "quantity" and said.quantity is None else said


def _whole(figure: FigureRecord, table: TableRecord) -> tuple[str, ...]:
    """What the columns of a kind are of where neither header nor row names an item."""
    whole = _WHOLES.get(figure.kind)
    if whole is None:
        return ()
    is_whole = figure.measure == whole["measure"] or not _says(table.grid[: table.header_rows], whole["beside"])
    return (whole["part"],) if is_whole else ()


def _says(header: tuple[tuple[str, ...], ...], pattern: str) -> bool:
    """Whether a cell of the header rows has the words of ``pattern``."""
    return any(re.search(pattern, text) for row in header for text in row)


@lru_cache(maxsize=65536)
def _column_says(path: str, measure: str | None, title: str, kind: str, document_type: str) -> Said:
    """All cells of a column share what its header and its table say. What has a fund or a nature is money."""
    header = reduce(_then, _segments_say(path, measure), Said())
    if header.quantity is None and (header.fund or header.nature or header.origin or header.basis):
        header = replace(header, quantity="金额")
    return _then(_table_says(title, kind, document_type), header)


def _segments_say(path: str, measure: str | None) -> tuple[Said, ...]:
    """What each segment says, from the top; a heading of texts says nothing above columns that are none."""
    *above, last = [segment for segment in map(_plain, path.split("/")) if segment] or [""]
    said = _last_says(last, measure)
    headings = map(_segment_says, above)
    if said.quantity == "文字":
        return (*headings, said)
    return (*(replace(h, quantity=None, part=()) if h.quantity == "文字" else h for h in headings), said)


def _last_says(segment: str, measure: str | None) -> Said:
    """The last segment, or the measure's name where kinds.yaml knows a text or a header that no word covers."""
    if measure in _TEXT_MEASURES:
        return Said(quantity="文字", part=(measure,))
    said = _segment_says(segment)
    if not said.unread or measure is None:
        return said
    by_name = _segment_says(_plain(measure))
    return Said(part=(measure,)) if by_name.unread else by_name


@lru_cache(maxsize=65536)
def _segment_says(segment: str) -> Said:
    """What a segment of plain text says; all of it is unread where its words don't cover it."""
    words = _words(segment)
    if words is not None:
        return reduce(_then, words, Said())
    if _TEXTS.fullmatch(segment):
        return Said(quantity="文字", part=(segment,))
    return Said(part=(segment,)) if _is_name(segment) else Said(unread=(segment,))


@lru_cache(maxsize=65536)
def _words(text: str) -> tuple[Said, ...] | None:
    """The words that cover ``text``, longer ones first; None where none do."""
    if not text:
        return ()
    matches = [(match, rule) for rule in _WORDS if (match := rule.pattern.match(text)) and match.end()]
    for match, rule in sorted(matches, key=lambda found: -found[0].end()):
        rest = _words(text[match.end() :])
        if rest is not None:
            return (rule.says(match), *rest)
    return None


def _is_name(segment: str) -> bool:
    """Whether a segment names an item: an official code's name or a unit."""
    return bool(_NAMES.fullmatch(segment)) or segment in _official_names()


@lru_cache(maxsize=1)
def _official_names() -> frozenset[str]:
    return frozenset(_plain(name) for system in _CODE_SYSTEMS for name in code_names(system).values())


@lru_cache(maxsize=8192)
def _table_says(title: str, kind: str, document_type: str) -> Said:
    """The title's word counts; the kind fills what it leaves open."""
    said = _title_says(title)
    if document_type == "决算":
        said = replace(said, basis=None)
    kinds = _OF_KIND.get(kind, Said())
    return _then(kinds, said) if kinds.fund is None else _then(replace(kinds, fund=said.fund or kinds.fund), said)


@lru_cache(maxsize=8192)
def _title_says(title: str) -> Said:
    """What a title or heading says; of several funds the one that holds them all, of several years none."""
    found = [rule.says(match) for rule in _TITLES for match in rule.pattern.finditer(_plain(title))]
    said = reduce(_then, found, Said())
    years = {each.year for each in found if each.year is not None}
    sides = {each.side for each in found if each.side is not None}
    natures = {each.nature for each in found if each.nature is not None}
    return replace(
        said,
        fund=_widest({each.fund for each in found if each.fund is not None}),
        year=said.year if len(years) == 1 else None,
        side=said.side if len(sides) == 1 else None,
        nature=said.nature if len(natures) == 1 else None,
        part=tuple(dict.fromkeys(part for each in found for part in each.part)),
    )


def _widest(funds: set[Fund]) -> Fund | None:
    """The only fund, or the one that holds all of them (财政拨款 beside 一般公共预算 only repeats it)."""
    narrow = {fund for fund in funds if fund not in {_WITHIN["fund"].get(other) for other in funds}}
    if len(narrow) <= 1:
        return next(iter(narrow), None)
    wider = {_WITHIN["fund"].get(fund) for fund in narrow}
    return wider.pop() if len(wider) == 1 else None  # type: ignore[return-value]


def _then(first: Said, second: Said) -> Said:
    """What is said when ``second`` is said within ``first``: the narrower of two, else the later."""
    return Said(
        year=first.year if second.year is None else second.year,
        basis=second.basis or first.basis,
        side=second.side or first.side,
        nature=_narrower("nature", first.nature, second.nature),  # type: ignore[arg-type]
        fund=_narrower("fund", first.fund, second.fund),  # type: ignore[arg-type]
        origin=second.origin or first.origin,
        quantity=_measured(first.quantity, second.quantity),
        part=(*first.part, *(part for part in second.part if part not in first.part)),
        unread=first.unread + second.unread,
    )


def _narrower(coordinate: str, first: str | None, second: str | None) -> str | None:
    if first is not None and _WITHIN[coordinate].get(first) == second:
        return first
    return second or first


def _measured(first: Quantity | None, second: Quantity | None) -> Quantity | None:
    """A per cent of a change is its rate, of anything else how it is printed; an amount of a change is the change."""
    if second == "金额" and first is not None:
        return first
    if second == "占比" and first is not None:
        return "增减率" if first == "增减额" else first
    return second or first


@lru_cache(maxsize=65536)
def _label_says(label: str) -> Said:
    return _segment_says(_plain(label))


def _names_item(label: str) -> bool:
    """Whether the words of a label are an item's (公务接待费), not only a name (某局)."""
    return any(word.part for word in _words(_plain(label)) or ())


def _line_says(figure: FigureRecord, table: TableRecord) -> Said | None:
    """What the printed line tells in a column of years: its year, or that it compares two (2026比2025)."""
    at = table.header_rows + figure.row_no - 1
    if not 0 <= at < len(table.grid):
        return None
    for column in _year_columns(table.grid[: table.header_rows]):
        row = table.grid[at]
        if column < len(row) and (text := row[column].strip()):
            year = _YEAR.match(text)
            return Said(year=int(year.group()) if year else None, quantity=_label_says(text).quantity)
    return None


@lru_cache(maxsize=4096)
def _year_columns(header: tuple[tuple[str, ...], ...]) -> tuple[int, ...]:
    return tuple(
        column for row in header for column, text in enumerate(row) if _YEAR_HEADER.fullmatch(re.sub(r"\s", "", text))
    )


def _subject_says(subject: str, section: Iterable[str]) -> Said:
    """The headings above a sentence, then its subject where all of it is words that are known."""
    headings = reduce(_then, map(_heading_says, section), Said())
    said = _segment_says(_plain(subject))
    known = Said() if said.unread else replace(said, part=(), year=None, basis=None, quantity=None)
    side = next((side for side, pattern in _SUBJECT_SIDES.items() if pattern.search(subject)), None)
    return _then(_then(headings, known), Said(side=side))


def _heading_says(heading: str) -> Said:
    return replace(_title_says(heading), year=None, basis=None, quantity=None, part=())


def _year_of_sentence(sentence: str, of_document: int | None) -> int | None:
    """The only year that begins one of its clauses; the document's where several do."""
    years = {int(year) for year in _SENTENCE_YEAR.findall(_COMPARED.sub("", sentence))}
    return years.pop() if len(years) == 1 else of_document


def _plain(text: str) -> str:
    """Without blanks and quotation marks, brackets and signs in half width.

    >>> _plain("“三公”经费 合计（万元）")
    '三公经费合计(万元)'
    """
    return _BLANKS_AND_QUOTES.sub("", unicodedata.normalize("NFKC", text))
