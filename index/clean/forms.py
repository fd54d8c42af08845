"""Forms made of blocks (a label on the left, a small table or text beside it): each block becomes a table.

部门整体支出绩效目标申报表 is such a form. What a block is shows in its structure: pairs of label and text, counts
under their labels, amounts under year headers, or indicators under 一级指标 … 三级指标.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from index.clean.draft import Draft, Drafts
from index.clean.grid import carry_down, padded, row_of
from index.clean.table import Side
from index.clean.wording import glue, squeeze
from index.document import RawRow
from index.money import UNIT, parse_number, plain_unit

_SUBJECT: Final = "部门整体"
_INDICATOR: Final = re.compile(r"三级指标|(?:绩效)?指标(?:名称|内容)")
_INDICATOR_VALUE: Final = re.compile(r"(?:年度)?指标值|目标值")
_INDICATOR_GROUPS: Final = re.compile(r"[一二]级指标")
_MONEY_HEADER: Final = re.compile(r"(?:\d{4}年|上年|本年)?.{0,4}预算(?:金额|数|增减变化|增减)|增减变化")
_SIDE: Final = re.compile(r"(收入|支出)(?:构成|合计)?")
_FORMULA: Final = re.compile(r"[（(]\s*[A-Z](?:\s*[-+－＋]\s*[A-Z])*\s*[）)]$")
_UNIT: Final = re.compile(rf"[（(]({UNIT})[）)]")
_SCORE: Final = re.compile(r"分值|(?:自评|评价)?得分|自?评分|权重|(?:预算)?执行率(?:[%％]|[（(].*[）)])?|完成率")
_AMOUNT: Final = re.compile(
    r"(?:年初|年度|全年|本年|调整后?|实际|累计)*(?:预算)?(?:安排|批复|下达|到位|执行|支出|完成|使用)(?:金额|数额?|资金|额)"
)
"""What heads amounts beside scores."""
_SUM: Final = re.compile(r"总分|合计|总计|小计")
_GOAL_TEXT: Final = re.compile(r"目标|职能|职责|概述|完成情况")
_AIM: Final = re.compile(r"(?:年度|年初)?(?:总体)?(?:预期|设定|计划)?目标|(?:全年|年度|目标)?(?:实际)?完成情况")
_MIN_AIMS: Final = 2
_TASK: Final = re.compile(r"(?:年度)?(?:主要)?任务(?:名称)?")
_TASKS: Final = "年度主要任务"
_TEXT_HEADER: Final = "项目"


@dataclass(frozen=True, slots=True)
class _Line:
    """A printed row of a form: its texts, the blanks between them kept."""

    texts: tuple[str, ...]
    printed: RawRow

    @property
    def filled(self) -> list[str]:
        return [text for text in self.texts if text]


def split_forms(drafts: Drafts) -> Drafts:
    """Split block forms, leave all other tables as they are."""
    return tuple(part for draft in drafts for part in (_tables(draft) if _is_form(draft) else (draft,)))


def _is_form(draft: Draft) -> bool:
    """A form has an indicator header in its middle, below blocks of other things."""
    lines = _lines(draft)
    header = next((number for number, line in enumerate(lines) if _is_indicator_header(line)), 0)
    blocks = sum(bool(line.texts and line.texts[0]) for line in lines[:header])
    return header > 1 and blocks > 1


def _lines(draft: Draft) -> list[_Line]:
    return [_Line(tuple(text.strip() for text in padded(row, draft.width)), row) for row in draft.rows]


def _is_indicator_header(line: _Line) -> bool:
    texts = [squeeze(text) for text in line.texts]
    is_grouped = sum(bool(_INDICATOR_GROUPS.fullmatch(text)) for text in texts) > 1
    return any(map(_INDICATOR.fullmatch, texts)) and (is_grouped or any(map(_INDICATOR_VALUE.fullmatch, texts)))


def _tables(draft: Draft) -> Iterator[Draft]:
    lines = _lines(draft)
    tasks = _task_lines(lines)
    lines = [line for line in lines if line not in tasks]
    start = next(number for number, line in enumerate(lines) if _is_indicator_header(line))
    money = next((number for number, line in enumerate(lines[:start]) if _heads_money(line)), start)
    end = _end_of_money(lines, money, start)
    plain = [*lines[:money], *lines[end:start]]
    draft = replace(draft, subject=_subject(plain))
    yield from _texts(draft, plain)
    yield from _tasks(draft, tasks)
    yield from _counts(draft, plain)
    yield from _amounts(draft, lines[money:end])
    yield from _indicators(draft, lines[start:])


def _task_lines(lines: Sequence[_Line]) -> Sequence[_Line]:
    """The block of the year's tasks with their amounts: from its header to the next block's label."""
    start = next((n for n, line in enumerate(lines) if _is_task_header(line)), None)
    if start is None:
        return ()
    label = squeeze(lines[start].texts[0])
    ends = (n for n, line in enumerate(lines) if n > start and squeeze(line.texts[0]) not in ("", label))
    return lines[start : next(ends, len(lines))]


def _is_task_header(line: _Line) -> bool:
    named = any(_TASK.fullmatch(squeeze(text)) for text in line.texts[1:])
    return named and any(map(_money_header, (_UNIT.sub("", text) for text in line.filled)))


def _tasks(draft: Draft, lines: Sequence[_Line]) -> Iterator[Draft]:
    """Tasks, what they are and their amounts, as a table of their own."""
    rows = tuple(row_of(line.texts[1:], line.printed.provenance) for line in lines)
    headers = next((n for n, line in enumerate(lines) if any(map(_is_number, line.filled))), 0)
    if headers:
        title = f"{draft.title}：{_TASKS}"
        yield replace(draft, title=title, unit=_unit_in(lines[:1]) or draft.unit, rows=rows, header_rows=headers)


def _subject(lines: Sequence[_Line]) -> str:
    """The project that the form names, else the department as a whole."""
    projects = [text for line in lines for label, text in _pairs(line) if squeeze(label) == "项目名称"]
    return glue(projects[0]) if projects else _SUBJECT


def _end_of_money(lines: list[_Line], start: int, limit: int) -> int:
    """The block of amounts ends behind its last row of numbers."""
    numbered = [n for n, line in enumerate(lines[:limit]) if n >= start and any(map(_is_number, line.filled))]
    return numbered[-1] + 1 if numbered else start


def _texts(draft: Draft, lines: Sequence[_Line]) -> Iterator[Draft]:
    """Pairs of label and text: goals and duties become one row of goals, amounts and the rest tables of their own."""
    pairs = [(pair, line) for line in lines for pair in _pairs(line)]
    pairs += [(pair, below) for above, below in pairwise(lines) for pair in _pairs_below(above, below)]
    goals = [(label, text, line) for (label, text), line in pairs if _GOAL_TEXT.search(squeeze(label))]
    others = [((label, text), line) for (label, text), line in pairs if not _GOAL_TEXT.search(squeeze(label))]
    words = [entry for entry in others if not _is_number(entry[0][1])]
    amounts = [entry for entry in others if _is_number(entry[0][1])]
    if words:
        title = f"{draft.title}：基本信息"
        yield _table(draft, title, (_TEXT_HEADER, "内容"), words)
    if amounts:
        table = _table(draft, f"{draft.title}：资金", (_TEXT_HEADER, "金额"), amounts)
        yield replace(table, unit=_unit_in(lines) or draft.unit)
    if goals:
        provenance = goals[0][2].printed.provenance
        header = row_of([_TEXT_HEADER, *(label for label, _, _ in goals)], provenance)
        row = row_of([draft.subject or _SUBJECT, *(text for _, text, _ in goals)], provenance)
        yield replace(draft, rows=(header, row), header_rows=1)


def _unit_in(lines: Sequence[_Line]) -> str | None:
    found = (_UNIT.search(text) for line in lines for text in line.filled)
    return next((plain_unit(unit.group(1)) for unit in found if unit), None)


def _pairs(line: _Line) -> list[tuple[str, str]]:
    texts = line.filled
    is_pairs = bool(line.texts[0]) and len(texts) % 2 == 0 and not any(map(_is_number, texts[::2]))
    labels_are_short = all(len(text) <= 15 for text in texts[::2])
    no_counts = not any(_FORMULA.search(text) for text in texts)
    if is_pairs and labels_are_short and no_counts:
        return list(zip(texts[::2], texts[1::2], strict=True))
    return [(label.rstrip("：:"), text) for label, text in pairwise(texts) if _is_amount_of(label, text)]


def _pairs_below(above: _Line, below: _Line) -> list[tuple[str, str]]:
    """What was aimed at and what came of it, in words below their labels."""
    heads = [column for column, text in enumerate(above.texts) if column and _AIM.fullmatch(squeeze(text))]
    if len(heads) < _MIN_AIMS or len(above.filled) - len(heads) > 1:
        return []
    return [(above.texts[column], below.texts[column]) for column in heads if below.texts[column]]


def _is_amount_of(label: str, text: str) -> bool:
    is_label = not _is_number(label) and len(label) <= 15 and not _FORMULA.search(label)
    return is_label and "." in text and _is_number(text)


def _counts(draft: Draft, lines: Sequence[_Line]) -> Iterator[Draft]:
    """A row of numbers under a row of labels, column by column."""
    for above, below in pairwise(lines):
        numbers = [column for column, text in enumerate(below.texts) if _is_number(text)]
        if not numbers or len(numbers) != len(below.filled) or not all(above.texts[column] for column in numbers):
            continue
        title = above.texts[0] or draft.title
        rows = [((_without_formula(above.texts[column]), below.texts[column]), below) for column in numbers]
        yield _table(draft, title, (_TEXT_HEADER, "人数" if "人员" in title else "数量"), rows)


def _amounts(draft: Draft, lines: Sequence[_Line]) -> Iterator[Draft]:
    """Amounts under year headers. Torn cells are read in printed order: a label, then as many numbers as headers."""
    if lines and _heads_more_than_money(lines[0]):
        yield _aligned(draft, lines)
        return
    texts = [(text, line) for line in lines for text in line.filled]
    headers = [_without_formula(text) for text, _ in texts if _money_header(text)]
    title = next((text for text, _ in texts if _UNIT.search(text)), "")
    others = [(text, line) for text, line in texts if not _money_header(text) and text != title]
    entries = _entries(others, len(headers))
    if not entries:
        return
    unit = _UNIT.search(title)
    table = _table(draft, _UNIT.sub("", title).strip() or draft.title, ("方向", _TEXT_HEADER, *headers), entries)
    yield replace(table, unit=plain_unit(unit.group(1)) if unit else draft.unit)


def _heads_money(line: _Line) -> bool:
    return any(map(_money_header, line.texts)) or _heads_more_than_money(line)


def _heads_more_than_money(line: _Line) -> bool:
    """Whether scores and rates stand beside the amounts: then each value belongs to the header right above it."""
    heads = [text for text in line.filled if _is_money_or_score(text)]
    return not all(map(_is_score, heads)) and any(map(_is_score, heads))


def _is_money_or_score(text: str) -> bool:
    return _money_header(text) or _is_score(text) or bool(_AMOUNT.fullmatch(squeeze(_without_formula(text))))


def _is_score(text: str) -> bool:
    return bool(_SCORE.fullmatch(squeeze(_without_formula(text))))


def _aligned(draft: Draft, lines: Sequence[_Line]) -> Draft:
    """A block whose values stand in the columns of its header, the names of the rows left of the first of them.

    A row that bears no name is what the whole block is about.
    """
    first = next(column for column, text in enumerate(lines[0].texts) if _is_money_or_score(text))
    heads = [column for column, text in enumerate(lines[0].texts) if text and column >= first]
    printed = next((text for text in lines[0].texts[:first] if text), "")
    unit, title = _UNIT.search(printed), _UNIT.sub("", printed).strip() or draft.title
    rows = []
    for line in filter(lambda line: line.filled, lines[1:]):
        names = [text for text in line.texts[:first] if text and text != printed]
        rows.append((((names or [title])[-1], *(line.texts[column] for column in heads)), line))
    header = (_TEXT_HEADER, *(_without_formula(lines[0].texts[column]) for column in heads))
    table = _table(draft, title, header, rows)
    return replace(table, unit=plain_unit(unit.group(1)) if unit else draft.unit)


def _entries(texts: Sequence[tuple[str, _Line]], width: int) -> list[tuple[tuple[str, ...], _Line]]:
    side: Side | None = None
    label, numbers = "", list[str]()
    entries: list[tuple[Side | None, str, list[str], _Line]] = []
    for text, line in texts:
        heading = _SIDE.fullmatch(squeeze(text))
        if heading:
            side = "收入" if heading.group(1) == "收入" else "支出"
            entries = [(known or side, *rest) for known, *rest in entries]  # type: ignore[misc]
        elif _is_number(text):
            numbers.append(text)
            if len(numbers) == width:
                entries.append((side, label, numbers, line))
                numbers = []
        else:
            label, numbers = text, []
    return [((known or "", label, *values), line) for known, label, values, line in entries]


def _indicators(draft: Draft, lines: Sequence[_Line]) -> Iterator[Draft]:
    """Rows under the indicator header; a header repeated behind a page break may stand a column off."""
    header: list[str] = []
    rows: list[tuple[list[str], RawRow]] = []
    segment: list[tuple[list[str], RawRow]] = []
    at: list[int] = []
    begun = [squeeze(line.texts[0]) for line in lines if line.texts[0]]
    # Where the first header has its groups in the first column, no labels of blocks stand left of them.
    blocks = set() if begun[:1] and _is_column(begun[0]) else {text for text in begun if not _is_column(text)}
    for line in lines:
        if _is_indicator_header(line):
            rows += _carried(segment, header)
            segment = []
            first = next(n for n, text in enumerate(line.texts) if _is_column(text))
            at = [n for n, text in enumerate(line.texts) if n >= first and text]
            header = header or [squeeze(line.texts[n]) for n in at]
        else:
            segment.append((_indicator(line, at, blocks, header), line.printed))
    rows += _carried(segment, header)
    printed = tuple(row_of(texts, row.provenance) for texts, row in rows)
    if printed:
        yield replace(draft, rows=(row_of(header, lines[0].printed.provenance), *printed), header_rows=1)


def _is_column(text: str) -> bool:
    return bool(_INDICATOR_GROUPS.fullmatch(squeeze(text)) or _INDICATOR.fullmatch(squeeze(text)))


def _indicator(line: _Line, at: list[int], blocks: set[str], header: list[str]) -> list[str]:
    texts = ["" if squeeze(text) in blocks and column == 0 else text for column, text in enumerate(line.texts)]
    cells = [texts[column] if column < len(texts) else "" for column in at]
    label = next(n for n, text in enumerate(header) if _INDICATOR.fullmatch(text))
    value = next((n for n, text in enumerate(header) if _INDICATOR_VALUE.search(text)), label + 1)
    filled = [text for text in texts if text]
    first = squeeze(line.texts[0])
    if not cells[label] and _SUM.fullmatch(first):
        cells[label] = first
    elif not cells[label] and len(filled) == 2 and not _is_number(filled[0]):
        # Only name and target are left of a row that slipped to the left.
        cells = ["" for _ in cells]
        cells[label], cells[value] = filled
    return cells


def _carried(segment: list[tuple[list[str], RawRow]], header: list[str]) -> list[tuple[list[str], RawRow]]:
    groups = [column for column, text in enumerate(header) if _INDICATOR_GROUPS.fullmatch(text)]
    filled = carry_down([texts for texts, _ in segment], groups)
    return [(texts, row) for texts, (_, row) in zip(filled, segment, strict=True)]


def _table(draft: Draft, title: str, header: Sequence[str], rows: Sequence[tuple[tuple[str, ...], _Line]]) -> Draft:
    first = rows[0][1].printed.provenance
    printed = tuple(row_of(texts, line.printed.provenance) for texts, line in rows)
    return replace(draft, title=glue(title), unit=None, rows=(row_of(header, first), *printed), header_rows=1)


def _without_formula(text: str) -> str:
    return _FORMULA.sub("", text).strip()


def _money_header(text: str) -> bool:
    return bool(_MONEY_HEADER.fullmatch(squeeze(_without_formula(text))))


def _is_number(text: str) -> bool:
    return parse_number(text) is not None
