"""Which items grew or shrank between two years, of two documents or of one that has both.

A document has both years where a table prints last year's column beside this year's, or where sentences of the prose
state how much each item changed. Rows are joined by code, else by name.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.members import Member, members_of, rows_meant
from assistant.answering.phrases import row_name, title_of_table
from assistant.answering.thresholds import condition, passes
from assistant.answering.values import Value, percentage
from assistant.catalog import CLASSIFICATIONS, Column, Row
from assistant.resolve import RowSet, row_sets_of
from assistant.understand.types import Threshold, Understanding
from assistant.understand.wording import near_forms, normalise, wording_rules
from index.records import StatementRecord

_MOST_LISTED: Final = 40
_FALLS: Final = ("减", "降", "少", "缩", "低")
_RISES: Final = ("增", "升", "涨", "多", "高", "长")
_WORDS: Final = {1: "增加", -1: "减少", 0: "有增减"}
_SELECTS: Final = re.compile(r"哪|什么|啥|几")
"""What a word holds where rows are sought (有哪些), not figures of items that are named (各是多少)."""

_SAME: Final = re.compile(r"^(?:一样|相同|持平)|[没不]有?(?:发生)?(?:什么|任何)?变")
_CHANGE: Final = re.compile(r"增减|增长|变化|变动|比率|%")
_PRINTED_CODE: Final = re.compile(r"[（(](\d{3,7})[)）]")
_BY_RATE: Final = re.compile(r"幅|率|快|慢")
_LEAST: Final = re.compile(r"[低少小]")
_FEWEST: Final = 3
"""Items that sentences must state changes of to be compared with each other."""


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One item in both years; None where that year's table has no such row."""

    before: Member | None
    after: Member | None

    @property
    def member(self) -> Member:
        """The newer row there is."""
        member = self.after or self.before
        assert member is not None
        return member

    @property
    def name(self) -> str:
        """The item's label with its code."""
        return row_name(self.member.row)

    @property
    def gap(self) -> Decimal:
        """By how much the item grew."""
        return _amount(self.after) - _amount(self.before)

    @property
    def percent(self) -> Decimal | None:
        """By how many per cent; None where there was nothing before."""
        before = _amount(self.before)
        return self.gap * 100 / before if before else None

    def gap_figure(self, draft: Draft) -> str:
        """The change as printed, with the cells it rests on."""
        cited = draft.cite(member.cell for member in (self.after, self.before) if member)
        value = Value("amount", abs(self.gap), unit=self.member.value.unit)
        rate = percentage(abs(self.gap), _amount(self.before)) if self.percent is not None else None
        return _gap_and_rate(draft, self, self.member.label, value, rate, cited)

    def line(self, draft: Draft, years: tuple[str, str]) -> str:
        """Both years' figures and the change."""
        if not self.gap:
            return f"{draft.named(self.name)}：{_side(draft, self.after, '两年都是')}"
        word = "增加" if self.gap > 0 else "减少"
        sides = [_side(draft, m, year) for m, year in zip((self.before, self.after), years, strict=True)]
        return f"{draft.named(self.name)}：{'，'.join(sides)}，{word} {self.gap_figure(draft)}"


@dataclass(frozen=True, slots=True)
class StatedChange:
    """One item's change as a sentence states it."""

    statement: StatementRecord

    @property
    def name(self) -> str:
        """What the sentence is about."""
        return self.statement.subject

    @property
    def gap(self) -> Decimal:
        """By how much the item grew."""
        return self.statement.change_yuan or Decimal(0)

    @property
    def percent(self) -> Decimal | None:
        """By how many per cent, where the sentence says so."""
        return self.statement.percent

    def gap_figure(self, draft: Draft) -> str:
        """The change as stated, with its sentence."""
        cited = [draft.cite_statement(self.statement)]
        value = Value("amount", abs(self.gap), unit="万元")
        rate = Value("percent", abs(self.percent), unit="%") if self.percent is not None else None
        return _gap_and_rate(draft, self, self.name, value, rate, cited)

    def line(self, draft: Draft, _years: tuple[str, str]) -> str:
        """The change with its sentence."""
        word = "增加" if self.gap > 0 else "减少"
        number = draft.cite_statement(self.statement)
        return f"{draft.named(self.name)}：{word} {self.gap_figure(draft)}。“{self.statement.sentence}”[{number}]"


Change = ItemChange | StatedChange


def _gap_and_rate(
    draft: Draft, change: Change, label: str, gap: Value, rate: Value | None, cited: Sequence[int]
) -> str:
    """A change as printed, and where it has one the rate."""
    figure = draft.add_figure(f"{label}增减", gap, cited)
    if rate is None or not change.gap:
        return figure
    word = "增长" if change.gap > 0 else "下降"
    return f"{figure}，{word} {draft.add_figure(f'{label}增减率', rate, cited)}"


def asks_items(asked: Understanding) -> bool:
    """Whether rows are asked for that changed, not one item's change."""
    names = {t.name for t in asked.tokens if t.group == "operations"}
    selects = any(t.group in ("operations", "filler") and _SELECTS.search(t.text) for t in asked.tokens)
    lists_rows = any(t.name == "list" and _SELECTS.search(t.text) for t in asked.tokens)
    ranks = bool(names & {"max", "min", "top"}) and (selects or not asked.operands)
    of_rows = (bool(asked.classes) and selects) or asked.level is not None or lists_rows or ranks
    return of_rows and (bool(names & {"change", "more", "less"}) or asks_unchanged(asked))


def asks_unchanged(asked: Understanding) -> bool:
    """Whether rows are asked for that stayed the same: ``哪些支出和2024年一样多``, ``哪些没变``."""
    said = [t.text for t in asked.tokens if t.group in ("intents", "operations") and t.name in ("conflict", "change")]
    return any(_SAME.search(text) for text in said)


def answer_own_changes(draft: Draft, asked: Understanding) -> bool:
    """``哪些科目比上年增长超过50%``: from a table that prints both years, else from sentences that state changes."""
    if any(threshold.is_nested for threshold in asked.thresholds):
        return False  # a change is not compared with a figure, nor with the changes' average
    for row_set in row_sets_of(rows_meant(items_meant(asked)), draft.catalog, items_meant(asked)):
        if (earlier := _earlier_column(row_set)) is None or row_set.parts:
            continue
        before = replace(row_set, column=earlier)
        year = draft.catalog.year or 0
        years = (f"{year - 1}年" if year else "上年", f"{year}年" if year else "本年")
        lead = f"{draft.heading}与上年相比（{title_of_table(row_set.table)}）"
        say_changes(draft, joined((draft, before), (draft, row_set), asked), lead, years, asked)
        return True
    stated = _stated_changes(draft, asked)
    if len(stated) < _FEWEST:
        return False
    direction = _direction(asked)
    if direction and all(change.gap * direction <= 0 for change in stated):
        return False  # of the items that no sentence is about nothing is known
    say_changes(draft, stated, f"{draft.heading}的正文写明了 {len(stated)} 个科目与上年相比的增减", ("", ""), asked)
    draft.route = "text"
    return True


def own_changes(draft: Draft, asked: Understanding) -> Sequence[Change]:
    """How far the items changed: by the first table that prints both years, else by sentences that state changes."""
    for row_set in row_sets_of(rows_meant(items_meant(asked)), draft.catalog, items_meant(asked)):
        if (earlier := _earlier_column(row_set)) is not None and not row_set.parts:
            return joined((draft, replace(row_set, column=earlier)), (draft, row_set), asked)
    return _stated_changes(draft, asked)


def items_meant(asked: Understanding) -> Understanding:
    """Rows are of the functional classification where none is named: its levels are what 类, 款 and 项 are."""
    named = tuple(name for name in asked.classes if name != "account")
    whole = tuple(replace(o, total=None) for o in asked.operands if o.terms)
    return replace(asked, classes=named or ("function",), operands=whole, thresholds=(), operation="list")


def _earlier_column(row_set: RowSet) -> Column | None:
    """Last year's column beside the one of this year."""
    leaf = row_set.column.path.rsplit("/", 1)[-1]
    earlier = [
        c for c in row_set.table.columns
        if c.of_other_period and c.value_type == "amount" and not _CHANGE.search(c.path)
    ]  # fmt: skip
    same = [column for column in earlier if column.path.rsplit("/", 1)[-1] == leaf]
    return next(iter((*same, *(c for c in earlier if len(earlier) == 1))), None)


def _stated_changes(draft: Draft, asked: Understanding) -> list[StatedChange]:
    """Sentences on the change of an item of the classification meant, below what is named, on the level asked for.

    Without a level on the lowest, or else the top one.
    """
    system = "部门经济分类" if "economic" in asked.classes else "功能分类"
    rows = [row for row in draft.catalog.rows.values() if row.code_system == system]
    if (whole := _wholes(asked, draft)) is not None:
        rows = [row for row in rows if whole & set(row.ancestors)]
    if asked.level is not None:
        return _stated_of([row for row in rows if row.level == asked.level], system, draft)
    of_leaves = _stated_of([row for row in rows if row.is_leaf], system, draft)
    tops = [row for row in rows if row.level == 1]
    return of_leaves if len(of_leaves) >= _FEWEST else _stated_of(tops, system, draft)


def _wholes(asked: Understanding, draft: Draft) -> set[str] | None:
    """The items of a classification named; empty where what is named has parts of another kind (三公经费).

    None where nothing of that sort is named, so that all items are meant.
    """
    links = [link for operand in asked.operands for term in operand.within_context.terms for link in term.links]
    rows = {link.key for link in links if link.role == "row"}
    items = {key for key in rows if draft.catalog.rows[key].code_system in CLASSIFICATIONS}
    has_parts = any(normalise(link.name) in map(normalise, wording_rules()["parts"]) for link in links)
    return items if items or has_parts else None


def _stated_of(meant: Sequence[Row], system: str, draft: Draft) -> list[StatedChange]:
    """Sentences on the change of one of the rows, the first one of each."""
    forms = {form for row in meant for form in near_forms(normalise(row.label))}
    found: dict[str, StatementRecord] = {}
    for statement in draft.contents.statements.values():
        subject = normalise(statement.subject)
        is_named = statement.change_yuan is not None and forms & set(near_forms(subject))
        if is_named and _is_classified(statement, draft, {row.code for row in meant}, system):
            found.setdefault(subject, statement)
    return [StatedChange(statement) for statement in found.values()]


def _is_classified(statement: StatementRecord, draft: Draft, codes: Container[str | None], system: str) -> bool:
    """Whether a sentence is about an item of a classification: by the code it prints, else by its heading."""
    if printed := _PRINTED_CODE.findall(statement.sentence):
        return any(code in codes for code in printed)
    is_economic = any("经济" in heading for heading in draft.contents.paragraphs[statement.paragraph_id].section)
    return is_economic == (system != "功能分类")


def joined(older: tuple[Draft, RowSet], newer: tuple[Draft, RowSet], asked: Understanding) -> list[ItemChange]:
    """The rows of both years joined by code, else by name."""
    plain = replace(asked, operation="list", thresholds=())
    before = {_key(m): m for m in members_of(*older, plain)}
    after = {_key(m): m for m in members_of(*newer, plain)}
    return [ItemChange(before.get(key), after.get(key)) for key in dict.fromkeys((*after, *before))]


def say_changes(
    draft: Draft, changes: Sequence[Change], lead: str, years: tuple[str, str], asked: Understanding
) -> None:
    """The items that grew or shrank as asked, the largest change first."""
    direction = _direction(asked)
    draft.used += ["max", "top"] if _limit(asked) < _MOST_LISTED and not _from_least(asked) else []
    kept = [c for c in changes if c.gap * direction > 0] if direction else [c for c in changes if c.gap]
    if asks_unchanged(asked):
        kept = [c for c in changes if not c.gap and not (isinstance(c, ItemChange) and None in (c.before, c.after))]
    kept = [c for c in kept if all(_passes(c, threshold) for threshold in asked.thresholds)]
    by_rate = asks_by_rate(asked)
    kept = [c for c in kept if c.percent is not None] if by_rate else kept
    kept.sort(key=lambda c: abs((c.percent or Decimal(0)) if by_rate else c.gap), reverse=True)
    word = "没有增减" if asks_unchanged(asked) else _WORDS[direction]
    draft.lines.append(f"{draft.named(lead)}，{_said(draft, kept, changes, word, asked)}")
    draft.lines += [f"- {change.line(draft, years)}" for change in kept[: _limit(asked)]]


def asks_by_rate(asked: Understanding) -> bool:
    """Whether items are ranked by how many per cent they changed (``增幅最大``, ``增长最快``)."""
    said = (t.text for t in asked.tokens if t.group == "operations" and t.name in ("change", "max", "min", "top"))
    return _limit(asked) < _MOST_LISTED and any(_BY_RATE.search(text) for text in said)


def _passes(change: Change, threshold: Threshold) -> bool:
    """Whether a change passes a filter on amounts or on per cents, whichever way it goes."""
    if threshold.unit == "%":
        percent = change.percent
        return percent is not None and passes(Value("percent", abs(percent)), replace(threshold, unit=None), None)
    return passes(Value("amount", abs(change.gap)), threshold, "万元")


def _key(member: Member) -> tuple[str, str | None]:
    row = member.row
    return (row.code if row.code and row.code_system in CLASSIFICATIONS else row.label), row.unit


def _amount(member: Member | None) -> Decimal:
    return (member.value.exact if member else None) or Decimal(0)


def _direction(asked: Understanding) -> int:
    """1 for what grew, -1 for what shrank, 0 for either."""
    said = [
        t.text.replace("多少", "")
        for t in asked.tokens if t.group == "operations" and t.name in ("change", "more", "less")
    ]  # fmt: skip
    falls = any(mark in text for text in said for mark in _FALLS)
    rises = any(mark in text for text in said for mark in _RISES)
    return rises - falls


def _from_least(asked: Understanding) -> bool:
    """Whether the smallest changes are asked for (``增加最少的三个``), which are not told."""
    return any(t.name == "min" or (t.name == "top" and _LEAST.search(t.text)) for t in asked.tokens)


def _limit(asked: Understanding) -> int:
    """How many items are asked for: ``最多的``, ``前三``, else all."""
    ranking = next((t for t in asked.tokens if t.name in ("max", "min", "top")), None)
    if ranking is None:
        return _MOST_LISTED
    return int(ranking.value) if ranking.value is not None else 1


def _said(draft: Draft, kept: Sequence[Change], changes: Sequence[Change], word: str, asked: Understanding) -> str:
    said = (
        condition(draft, asked.thresholds).replace("金额", "幅度" if asked.thresholds[0].unit == "%" else "数额")
        if asked.thresholds
        else ""
    )
    if not kept:
        return f"没有{word}的项目{said.removesuffix('的')}（查了 {draft.named(str(len(changes)))} 项）。"
    most = "幅度最大" if asks_by_rate(asked) else "最多"
    if _limit(asked) == 1:
        best = kept[0]
        return f"{word}{most}的是 **{draft.named(best.name)}**，{word} {best.gap_figure(draft)}："
    listed = f"{word}{said or '的'}有 {draft.named(str(len(kept)))} 项"
    shown = _limit(asked)
    return f"{listed}，{most}的 {draft.named(str(shown))} 项是：" if shown < len(kept) else f"{listed}："


def _side(draft: Draft, member: Member | None, year: str) -> str:
    year = draft.named(year)
    if member is None:
        return f"{year}没有这一项"
    return f"{year} {draft.add_figure(member.label, member.value, draft.cite([member.cell]))}"
