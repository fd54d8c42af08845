"""Which items of a budget grew or shrank between two years' documents: their rows joined by code, else by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from assistant.answering.across.entries import Party
from assistant.answering.draft import Draft
from assistant.answering.members import Member, members_of
from assistant.answering.phrases import row_name, title_of_table
from assistant.answering.values import Value
from assistant.catalog import CLASSIFICATIONS
from assistant.resolve import RowSet, row_sets_of
from assistant.understand.types import Operand, Understanding

_MOST_LISTED: Final = 40
_FALLS: Final = ("减", "降", "少", "缩", "低")
_RISES: Final = ("增", "升", "涨", "多")

Key = tuple[str, str | None]


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
    def gap(self) -> Decimal:
        """By how much the item grew."""
        return _amount(self.after) - _amount(self.before)


def answer_item_changes(draft: Draft, older: Party, newer: Party) -> bool:
    """``哪个科目增加的最多``, ``哪些减少了``; False where the two documents have no table in common."""
    asked = _of_items(newer.side.asked)
    pair = _comparable_sets(_sets(older, asked), _sets(newer, asked))
    if pair is None:
        return False
    changes = _changes(older, newer, pair, asked)
    direction = _direction(asked)
    kept = [c for c in changes if c.gap * direction > 0] if direction else [c for c in changes if c.gap]
    kept.sort(key=lambda change: change.gap * (direction or 1) if direction else abs(change.gap), reverse=True)
    word = {1: "增加", -1: "减少", 0: "有增减"}[direction]
    lead = f"{older.heading}与{newer.heading}相比（{title_of_table(pair[1].table)}）"
    draft.lines.append(f"{draft.named(lead)}，{_said(draft, kept, changes, word, asked)}")
    shown = kept[: _limit(asked)]
    draft.lines += [f"- {_line(draft, change, older, newer)}" for change in shown]
    return True


def _of_items(asked: Understanding) -> Understanding:
    """Rows are of the functional classification where none is named: its levels are what 类, 款 and 项 are."""
    named = [name for name in asked.classes if name != "account"]
    whole = tuple(Operand(o.terms) for o in asked.operands)
    return replace(asked, classes=tuple(named) or ("function",), operands=whole, thresholds=())


def _sets(party: Party, asked: Understanding) -> tuple[RowSet, ...]:
    own = party.side.asked
    operand = Operand(tuple(term for operand in own.operands for term in operand.terms))
    return row_sets_of(operand, party.draft.catalog, replace(asked, operands=(operand,), tokens=own.tokens))


def _comparable_sets(first: Sequence[RowSet], second: Sequence[RowSet]) -> tuple[RowSet, RowSet] | None:
    pairs = ((a, b) for a in first for b in second if _basis(a) == _basis(b) and not a.parts)
    return next(pairs, None)


def _basis(row_set: RowSet) -> tuple[str, str | None]:
    return row_set.table.kind, row_set.column.measure


def _changes(older: Party, newer: Party, pair: tuple[RowSet, RowSet], asked: Understanding) -> list[ItemChange]:
    plain = replace(asked, operation="list")
    before = {_key(m): m for m in members_of(older.draft, pair[0], plain)}
    after = {_key(m): m for m in members_of(newer.draft, pair[1], plain)}
    return [ItemChange(before.get(key), after.get(key)) for key in dict.fromkeys((*after, *before))]


def _key(member: Member) -> Key:
    row = member.row
    return (row.code if row.code and row.code_system in CLASSIFICATIONS else row.label), row.unit


def _amount(member: Member | None) -> Decimal:
    return (member.value.exact if member else None) or Decimal(0)


def _direction(asked: Understanding) -> int:
    """1 for what grew, -1 for what shrank, 0 for either."""
    said = [t.text for t in asked.tokens if t.group == "operations" and t.name in ("change", "more", "less")]
    falls = any(mark in text for text in said for mark in _FALLS)
    rises = any(mark in text for text in said for mark in _RISES)
    return rises - falls


def _limit(asked: Understanding) -> int:
    """How many items are asked for: ``最多的``, ``前三``, else all."""
    ranking = next((t for t in asked.tokens if t.name in ("max", "min", "top")), None)
    if ranking is None:
        return _MOST_LISTED
    return int(ranking.value) if ranking.value is not None else 1


def _said(
    draft: Draft, kept: Sequence[ItemChange], changes: Sequence[ItemChange], word: str, asked: Understanding
) -> str:
    if not kept:
        return f"没有{word}的项目（查了 {draft.named(str(len(changes)))} 项）。"
    if _limit(asked) == 1:
        best = kept[0]
        name = draft.named(row_name(best.member.row))
        return f"{word}最多的是 **{name}**，{word} {_gap(draft, best)}："
    return f"{word}的有 {draft.named(str(len(kept)))} 项："


def _gap(draft: Draft, change: ItemChange) -> str:
    members = [member for member in (change.after, change.before) if member]
    cited = draft.cite(member.cell for member in members)
    value = Value("amount", abs(change.gap), unit=change.member.value.unit)
    return draft.add_figure(f"{change.member.label}增减", value, cited)


def _line(draft: Draft, change: ItemChange, older: Party, newer: Party) -> str:
    word = "增加" if change.gap > 0 else "减少"
    sides = [_side(draft, change.before, older), _side(draft, change.after, newer)]
    return f"{draft.named(row_name(change.member.row))}：{'，'.join(sides)}，{word} {_gap(draft, change)}"


def _side(draft: Draft, member: Member | None, party: Party) -> str:
    year = draft.named(f"{party.side.target.year}年{party.side.target.document.document_type}")
    if member is None:
        return f"{year}没有这一项"
    return f"{year} {draft.add_figure(member.label, member.value, draft.cite([member.cell]))}"
