"""Whether an answer tells the items whose numbers a clause asks for, by their printed names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from assistant.answering.draft import Draft
from assistant.catalog import DocumentCatalog
from assistant.understand.wording import near_forms, normalise

_MARK: Final = re.compile(r"\[\d+\]|\*")
_FILLED: Final = "(?:到底|究竟|总共|一共|合计|今年|今年度|本年|全年|各|又|是|有|为|要|占|花|安排|列|编|批|给|拨)*了?"
_ITEM_ASKED: Final = re.compile(
    rf"(?P<item>[^，。,]{{2,}}?)(?:\([^()]*\))?(?:那一?[行栏格项笔])?的?(?:金额|数额|预算数|数字|数)?{_FILLED}"
    "(?:填|报|写|给|列|拉|抄)?(?:多少|几[十百千]?个?[万亿]|百分之几|几成|[什啥]么?数|报[出给一]|列[出一])"
)
_IN_A_ROW: Final = re.compile(
    "(?P<first>[一-鿿]{2,6}?)(?:、|和|与|跟|还有)(?P<second>[一-鿿]{2,6}?)(?:各|分别)(?:自|是|为|有|要|安排|编|列)*(?:多少|几)"
)
_SHARE_ASKED: Final = re.compile("占[^，。？?]{0,12}(几成|百分之|多少|几|比)|占比|比重|几成")
_SHARE_TOLD: Final = re.compile(r"占[^，。；]*?[\d.]+\s*[%％‰]")
_OTHER_AMOUNT: Final = re.compile("^问题里说的“[^”]*[万亿]元?”，上面的数里没有与它相符的", re.MULTILINE)
_LEAST: Final = 4
_SHORT: Final = re.compile("^[一-鿿]{1,2}[费金税]$")
_LONGEST: Final = 40
_WORDED: Final = re.compile("[一-鿿]{3}")
_OF_ROWS: Final = frozenset({"row", "attribute"})
_CODE: Final = re.compile(r"(?<![\d.,])[1-5]\d{4}(?:\d{2})?(?![\d.,万亿元%]|这[种样类])")
"""Codes of items below the classes, which are no other numbers and no examples (30201这种)."""

_LEFT_OUT: Final = re.compile("(?:别|不|甭|不要|不用)算|除[了去开]|剔除|刨|扣[掉除]|撇开|不含|不包括")
_QUOTED: Final = re.compile("“([^”]{2,16})”")


def unmarked(text: str) -> str:
    """A text without the marks of citations and of weight."""
    return _MARK.sub("", text)


def said_in(draft: Draft) -> str:
    """What an answer says: without marks and without the name of the document that stands before each part."""
    return unmarked("\n".join(draft.lines)).replace(draft.heading, "")


def lacks_item(clause: str, draft: Draft) -> bool:
    """Whether the number of a printed item is asked for, and neither an answer nor what it cites names that item."""
    asked = (match["item"] for match in _ITEM_ASKED.finditer(normalise(clause)) if "占" not in match["item"])
    named = [_printed(item, draft.catalog) for item in asked]
    told = normalise("".join((said_in(draft), *_cited(draft))))
    number = (
        "" if draft.figures else r"[^。；;]*\d"
    )  # where only sentences are quoted, one of them has to tell a number
    forms = ([f"{re.escape(form)}{number}" for form in near_forms(item)] for item in named if item)
    return any(not re.search("|".join(each), told) for each in forms)


def lacks_named(clause: str, draft: Draft) -> bool:
    """Whether a clause names an item by its code or in quotes, and neither an answer nor what it cites tells it."""
    if _LEFT_OUT.search(clause):
        return False
    codes = {*_CODE.findall(normalise(clause))}
    coded = [row for row in draft.catalog.rows.values() if row.code in codes] if codes else []
    quoted = [name for name in _QUOTED.findall(clause) if normalise(name) in draft.catalog.surfaces]
    if not coded and not quoted:
        return False
    told = normalise("".join((said_in(draft), *_cited(draft), *_beside(draft))))
    labels = {row.code or "": normalise(row.label) for row in coded}
    is_untold = any(code not in told and label not in told for code, label in labels.items())
    return is_untold or any(normalise(name) not in told for name in quoted)


def names_untold(clause: str, draft: Draft) -> tuple[str, ...]:
    """The longest printed names in a clause of which an answer, and what it cites, tells neither them nor their row."""
    text, unit = normalise(clause), normalise(draft.catalog.unit_name)
    named = [name for name in _surfaces_in(text, draft.catalog) if name not in unit and not _is_of_unit(name, draft)]
    if not named or _LEFT_OUT.search(clause):
        return ()
    told = normalise("".join((said_in(draft), *_cited(draft), *_beside(draft), *_subjects(draft))))
    return tuple(name for name in named if not any(form in told for form in _forms_of(name, draft.catalog)))


def _subjects(draft: Draft) -> Iterator[str]:
    """The projects whose forms an answer rests on, and the items above its rows."""
    known = draft.catalog.rows
    rows = draft.rows_cited
    yield from (draft.catalog.tables[row.table_id].subject or "" for row in rows)
    yield from (known[above].label for row in rows for above in row.ancestors if above in known)


def _surfaces_in(text: str, catalog: DocumentCatalog) -> Iterator[str]:
    """The names of rows, and of what stands in them, that a normalised text holds, each as long as it is said."""
    place = 0
    while place <= len(text) - _LEAST:
        ends = range(min(len(text), place + _LONGEST), place + _LEAST - 1, -1)
        name = next((text[place:end] for end in ends if text[place:end] in catalog.surfaces), "")
        if _WORDED.search(name) and {link.role for link in catalog.surfaces[name]} & _OF_ROWS:
            yield name
        place += len(name) or 1


def _is_of_unit(name: str, draft: Draft) -> bool:
    return any(link.role == "unit" for link in draft.catalog.surfaces[name])


def _forms_of(name: str, catalog: DocumentCatalog) -> Iterator[str]:
    """How a name may be told: near it, or as the rows are printed that it links to."""
    yield from near_forms(name)
    yield from {normalise(link.name) for link in catalog.surfaces[name] if link.name}


def _beside(draft: Draft) -> Iterator[str]:
    """What the rows that an answer rests on print in words: what a line buys stands beside its project."""
    rows = {row.row_id for row in draft.rows_cited}
    for cells in draft.library.figures(rows).values():
        yield from (cell.printed for cell in cells if cell.value_type == "text")


def _printed(text: str, catalog: DocumentCatalog) -> str | None:
    """The longest name of a row with which a text ends; None where there is none, or where it ends a longer name."""
    found = [label for label, link in catalog.labels if link.role == "row" and text.endswith(label)]
    label = max((label for label in found if len(label) >= _LEAST or _SHORT.search(label)), key=len, default="")
    is_end = any(text[place:] in catalog.surfaces for place in range(len(text) - len(label)))
    return None if is_end or not label else label


def _cited(draft: Draft) -> Iterator[str]:
    return (str(value) for citation in draft.citations.listed for value in citation.model_dump().values())


def lacks_one_of_two(clause: str, draft: Draft) -> bool:
    """Whether a number is asked for of each of two things, and an answer doesn't name one of them."""
    said = said_in(draft)
    words = (word for match in _IN_A_ROW.finditer(clause) for word in match.groups())
    return any(word not in draft.heading and not _names(said, word) for word in words)


def _names(said: str, word: str) -> bool:
    """Whether the first or the last two characters of a word are said in their order (公车: 公务用车)."""
    return any(re.search(".{0,6}".join(part), said) for part in (word[:2], word[-2:]))


def is_of_other_base(clause: str, draft: Draft) -> bool:
    """Whether a share is told of something that is not as large as the question says."""
    is_told = _SHARE_ASKED.search(clause) and _SHARE_TOLD.search(said_in(draft))
    return bool(is_told) and _OTHER_AMOUNT.search(said_in(draft)) is not None
