"""Joining what a page break split: continuation grids, repeated headers, page numbers between rows, torn rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from index.clean.captions import stands_in_caption
from index.clean.codes import code_and_name, glue_code
from index.clean.draft import Draft, Drafts
from index.clean.headers import count_header_rows
from index.clean.pieces import whole_lines
from index.clean.wording import fold, is_total_label, squeeze
from index.dictionary import read_yaml
from index.document import Cell, RawRow
from index.money import parse_number
from index.ordinals import rank
from index.pagination import is_page_number

_OF_ITS_OWN: Final = re.compile(r"\s*[（(]?\s*(?:备?\s*注|说\s*明)|结转|结余")
"""Notes and balances: lines that have neither code nor ordinal."""

_CARRIED: Final = re.compile(read_yaml("columns.yaml")["page_sums"])
_MAX_LABEL_COLUMNS: Final = 3
_NEARLY_ALL: Final = 0.9
_FORM_HEAD: Final = 3
"""Rows within which a form names its project and then whose it is."""

_NUMBER_END: Final = re.compile(r"[,，.]?\d+(?:[,，]\d{3})*(?:\.\d+)?")
_OF_AMOUNTS: Final = re.compile(r".{0,8}(?:金额|数额|合计|[预决]算数?)(?:\(.*\))?")
"""What stands beside it in a list of projects."""
_INDICATOR: Final = "指标"
_INDICATOR_GROUPS: Final = re.compile("[一二三]级指标")


def drop_page_rows(draft: Draft) -> Draft:
    """Rows that hold nothing but a page number, between others, and sums that are carried from page to page."""
    rows = draft.rows
    kept = tuple(row for number, row in enumerate(rows) if not (number and _is_page_row(row)) and not _is_carried(row))
    return replace(draft, rows=kept)


def _is_carried(row: RawRow) -> bool:
    return any(_CARRIED.fullmatch(squeeze(text)) for text in row.texts[:_MAX_LABEL_COLUMNS])


def join_pages(drafts: Drafts) -> Drafts:
    """Append each continuation to the table it continues."""
    joined: list[Draft] = []
    for draft in drafts:
        if joined and _continues(joined[-1], draft):
            joined[-1] = _appended(joined[-1], draft)
        elif draft.rows:
            joined.append(draft)
    return tuple(joined)


def _continues(first: Draft, second: Draft) -> bool:
    """A grid goes on with the one before if nothing but captions stands between and it has no header of its own."""
    if not all(map(stands_in_caption, whole_lines(second.above))) or not second.rows:
        return False
    if second.unit and second.unit != first.unit:
        return False
    if first.owner and second.owner and fold(first.owner) != fold(second.owner):
        return False
    own_caption = bool(second.title or second.table_no)
    if own_caption and (fold(second.title), second.table_no or first.table_no) != (fold(first.title), first.table_no):
        return False
    if _begins_other_form(first, second):
        return False
    if _goes_on_form(first, second):
        return True
    if repeated_header(first, second.rows) or (not own_caption and _repeats_inner_header(first, second)):
        return True
    if own_caption:
        return False
    return not _has_header(first, second) and abs(first.width - second.width) <= 1


def _begins_other_form(first: Draft, second: Draft) -> bool:
    """Whether the second grid begins with the head of a form, and not just with that of the first printed again.

    Forms of several units may be of projects of one name.
    """
    heads = [_head_of_form(draft.rows) for draft in (first, second)]
    return all(heads) and [_texts(row) for row in heads[0]] != [_texts(row) for row in heads[1]]


def _head_of_form(rows: Sequence[RawRow]) -> Sequence[RawRow]:
    """The first rows from ``项目名称`` with its project on; empty where a grid doesn't begin with them."""
    for start, row in enumerate(rows[:_FORM_HEAD]):
        filled = _texts(row)
        if len(filled) == 2 and filled[0] == "项目名称" and not _OF_AMOUNTS.fullmatch(filled[1]):
            return rows[start : start + _FORM_HEAD]
    return ()


def _goes_on_form(first: Draft, second: Draft) -> bool:
    """Whether the second grid has more indicators of a form that the first one begins, with no header above them."""
    if not any(map(_is_indicator_header, first.rows)) or any(map(_is_indicator_header, second.rows)):
        return False
    if abs(first.width - second.width) > 1 or _head_of_form(second.rows):
        return False
    groups = [squeeze(text) for text in second.rows[0].texts[:_MAX_LABEL_COLUMNS]]
    return not any(groups) or any(text.endswith(_INDICATOR) for text in groups)


def _is_indicator_header(row: RawRow) -> bool:
    return sum(bool(_INDICATOR_GROUPS.fullmatch(squeeze(text))) for text in row.texts) > 1


def _repeats_inner_header(first: Draft, second: Draft) -> bool:
    """Whether the second grid begins with a header that stands in the middle of the first (of a form's indicators)."""
    is_header = count_header_rows(second.rows) > 0
    return is_header and any(_same(second.rows[0], row) for row in first.rows[1:])


def _has_header(first: Draft, second: Draft) -> bool:
    """Whether the second grid begins with a header: rows of words, also above the amounts of the first."""
    header = second.rows[: count_header_rows(second.rows)]
    if first.width != second.width:
        return bool(header)
    body = first.rows[count_header_rows(first.rows) :]
    amounts = {column for row in body for column, text in enumerate(row.texts) if parse_number(text) is not None}
    return any(row.texts[column].strip() for row in header for column in amounts if column < len(row.texts))


def _appended(first: Draft, second: Draft) -> Draft:
    rows = second.rows[repeated_header(first, second.rows) :]
    return replace(first, rows=_joined(first.rows, rows), below=second.below)


def _joined(before: tuple[RawRow, ...], after: tuple[RawRow, ...]) -> tuple[RawRow, ...]:
    """Rows of two pages, a row of which the rest stands on the second page put together."""
    body = before[count_header_rows(before) :]
    if not body or not after or not _is_rest(after[0], body):
        return before + after
    return (*before[:-1], _put_together(before[-1], after[0]), *after[1:])


def _is_rest(row: RawRow, body: Sequence[RawRow]) -> bool:
    """Words alone, below words of the last row, that begin otherwise than the table's rows.

    Or the rest of its amounts, or the rest of a name with the amounts that the row lacks.
    """
    filled = [(column, text) for column, text in enumerate(row.texts) if text.strip()]
    last = dict(enumerate(body[-1].texts))
    if any(not _are_words(text) for _, text in filled):
        return _has_rest_of_amounts(filled, body)
    if not filled or not all(_are_words(text) and _are_words(last.get(column, "")) for column, text in filled):
        return False
    if any(_OF_ITS_OWN.search(text) or is_total_label(text) or _has_mark(text) for _, text in filled):
        return False
    return _usually(map(_begins_with_mark, body), 0.5) or _usually(map(_has_number, body), _NEARLY_ALL)


def _has_rest_of_amounts(filled: Sequence[tuple[int, str]], body: Sequence[RawRow]) -> bool:
    """Whether a row has the ends of amounts or, behind the rest of a name, amounts that a coded row lacks."""
    last = dict(enumerate(body[-1].texts))
    words, amounts = filled[: _are_words(filled[0][1])], filled[_are_words(filled[0][1]) :]
    lacks = [column for column, _ in amounts if not last.get(column, "").strip()]
    complete = all(_completes(last[column], text, column, body[:-1]) for column, text in amounts if column not in lacks)
    return complete and (all(_are_rest_of_name(*each, body) for each in words) if words else not lacks)


def _are_rest_of_name(column: int, text: str, body: Sequence[RawRow]) -> bool:
    """Whether words without a code stand below words with one, where every row has one."""
    is_own = _OF_ITS_OWN.search(text) or is_total_label(text) or _has_mark(text)
    items = [row.texts for row in body if not any(map(is_total_label, row.texts[: column + 1]))]
    coded = [any(map(glue_code, texts[:column])) for texts in items]
    is_below = column < len(body[-1].texts) and _are_words(body[-1].texts[column])
    return not is_own and is_below and len(coded) > 1 and coded[-1] and _usually(coded, _NEARLY_ALL)


def _completes(begun: str, end: str, column: int, body: Sequence[RawRow]) -> bool:
    if not begun.strip() or _NUMBER_END.fullmatch(end.strip()) is None or parse_number(begun + end) is None:
        return False
    texts = (row.texts[column] for row in body if column < len(row.texts))
    has_decimals = _usually(("." in text for text in texts if text.strip()), _NEARLY_ALL)
    return parse_number(begun) is None or not end.strip()[0].isdecimal() or ("." not in begun and has_decimals)


def _put_together(row: RawRow, rest: RawRow) -> RawRow:
    ends = (*rest.cells, *[None] * len(row.cells))
    return replace(row, cells=tuple(_with_end(cell, end) for cell, end in zip(row.cells, ends, strict=False)))


def _with_end(cell: Cell | None, end: Cell | None) -> Cell | None:
    if cell is None or end is None or not end.text:
        return cell
    return replace(cell, text=cell.text + end.text, places=cell.places + end.places)


def _are_words(text: str) -> bool:
    return bool(text.strip()) and parse_number(text) is None


def _begins_with_mark(row: RawRow) -> bool:
    return _has_mark(next((text for text in row.texts if text.strip()), ""))


def _has_mark(text: str) -> bool:
    """Whether a code or an ordinal says that something of its own begins here."""
    return glue_code(text) is not None or code_and_name(text)[0] is not None or rank(text) is not None


def _has_number(row: RawRow) -> bool:
    return any(parse_number(text) is not None for text in row.texts)


def _usually(answers: Iterable[bool], share: float) -> bool:
    known = list(answers)
    return sum(known) >= share * len(known)


def repeated_header(first: Draft, rows: tuple[RawRow, ...]) -> int:
    """How many of ``rows`` repeat the leading rows of ``first``, headers being compared without blanks."""
    header = count_header_rows(first.rows)
    count = 0
    while count < min(header, len(rows)) and _same(rows[count], first.rows[count]):
        count += 1
    return count if count == header else 0


def _same(row: RawRow, other: RawRow) -> bool:
    return _texts(row) == _texts(other)


def _texts(row: RawRow) -> tuple[str, ...]:
    return tuple(fold(text) for text in row.texts if text.strip())


def _is_page_row(row: RawRow) -> bool:
    texts = [text for text in row.texts if text.strip()]
    return len(texts) == 1 and is_page_number(texts[0]) and not texts[0].strip().isdecimal()
