"""What was spent of what had been budgeted, as a final account tells it: amounts, per cent of completion, reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.found import find
from assistant.answering.operators import use_rank
from assistant.answering.statements import reason_told, statements_about
from assistant.answering.thresholds import passes_all
from assistant.answering.values import Value, added, percentage
from assistant.citations import marks
from assistant.resolve import Reading, asks_budget_of_final, readings_of
from assistant.resolve.basis import budget_column
from assistant.understand.types import Operand, Threshold, Understanding
from assistant.understand.wording import normalise
from index.records import FigureRecord, StatementRecord

_WHOLE: Final = ("一般公共预算财政拨款支出", "财政拨款支出", "本年支出合计", "本年支出", "支出")
_SPENDING: Final = Operand(total="支出")
_ROWS: Final = frozenset({"function", "account"})
_LEVELS: Final = {"类": 1, "款": 2, "项": 3}
_LEVEL_MARK: Final = re.compile(r"[（(]([类款项])[）)]")
_MOST_TOLD: Final = 3
"""Items up to which each is told in full, with what the two amounts differ by."""

_FEWEST: Final = 2
_FULL: Final = Decimal(100)
_FILTERS: Final = {
    "under": Threshold("lt", (_FULL,), "%"), "over": Threshold("gt", (_FULL,), "%"),
    "full": Threshold("eq", (_FULL,), "%"),
}  # fmt: skip
_ENDS: Final = ("max", "min")
_COMPARING: Final = ("versus", "more", "less", "ratio", "share", "change")
_COMPARISONS: Final = {
    "gt": "高于", "ge": "不低于", "lt": "低于", "le": "不超过", "eq": "正好", "ne": "不是", "range": "介于",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Execution:
    """One item's budget and what was spent of it; ``budget_cells`` where only a table prints the budget."""

    statement: StatementRecord
    budget: Decimal | None
    budget_cells: tuple[FigureRecord, ...] = ()

    @property
    def gap(self) -> Decimal | None:
        """What was spent less what had been budgeted."""
        spent = self.statement.amount_yuan
        return spent - self.budget if spent is not None and self.budget is not None else None

    @property
    def completion(self) -> Decimal | None:
        """The per cent of the budget that was spent, as printed, else computed."""
        if self.statement.completion_percent is not None:
            return self.statement.completion_percent
        spent = self.statement.amount_yuan
        return percentage(spent, self.budget).exact if spent is not None and self.budget else None


def answer_execution(draft: Draft, asked: Understanding) -> bool:
    """``X年初预算和决算各多少，完成了百分之几，为什么``: of items named, of the whole, or of all items of a level."""
    asks = asked.asks_execution or asks_budget_of_final(asked, draft.catalog)
    is_part = any(t.group == "own" for t in asked.tokens)  # 本级, of which no sentence tells
    is_other = is_part or asked.relative_year or asked.excluded or asked.base or asked.leftover
    if not asks or is_other or asked.intent not in ("figure", "reason"):
        return False
    asked = replace(asked, operands=tuple(_operands(draft, asked)))
    if asked.classes or (asked.ranks and not asked.operands):
        return _answer_rows(draft, asked)
    if asked.thresholds or asked.ranks or asked.operation in ("mean", "count", "ratio"):
        return False
    told = [_of_named(draft, operand, asked) for operand in asked.operands or (_SPENDING,)]
    chosen = list(dict.fromkeys(execution for each in told for execution in each))
    if not all(told) or not _say(draft, asked, chosen):
        return False
    return asked.operation != "sum" or _add(draft, chosen)


def _operands(draft: Draft, asked: Understanding) -> Iterator[Operand]:
    """The items asked about, without the department's own name; 支出 of 支出决算 only says what the amount is."""
    pairs = pairwise(asked.tokens)
    says_what = any(t.group == "total" and t.text == "支出" and after.name == "决算" for t, after in pairs)
    for operand in asked.operands:
        terms = tuple(t for t in operand.terms if not any(map(draft.catalog.is_whole, t.links)))
        if terms or (operand.total and not says_what):
            yield replace(operand, terms=terms)


def _of_named(draft: Draft, operand: Operand, asked: Understanding) -> list[Execution]:
    """What the prose tells of one item, or of the whole where none is named."""
    if not operand.terms or normalise(operand.text) in _WHOLE:
        stated = [s for s in draft.contents.statements.values() if normalise(s.subject) in _WHOLE and s.budget_yuan]
        return [Execution(s, s.budget_yuan) for s in stated[:1]]
    found = statements_about(operand, draft, fits=_is_execution)
    return [execution for s in found if (execution := _with_budget(draft, operand, asked, s))]


def _is_execution(statement: StatementRecord) -> bool:
    return statement.amount_yuan is not None and (statement.budget_yuan or statement.completion_percent) is not None


def _with_budget(draft: Draft, operand: Operand, asked: Understanding, statement: StatementRecord) -> Execution | None:
    """The statement with its budget, which a table may print instead; None where it is asked for and nowhere."""
    if statement.budget_yuan is not None:
        return Execution(statement, statement.budget_yuan)
    readings = readings_of(operand, draft.catalog, replace(asked, tokens=()))
    columns = ((r, budget_column(r.column, r.table)) for r in readings)
    of_budget = [Reading(r.table, r.rows, column) for r, column in columns if column]
    found = next(iter(find(draft, [of_budget])[0]), None) if of_budget else None
    if found and found.value.kind == "amount":
        return Execution(statement, found.value.exact, tuple(found.records))
    return None if asks_budget_of_final(asked, draft.catalog) else Execution(statement, None)


def _answer_rows(draft: Draft, asked: Understanding) -> bool:
    """Which items were spent least, in full, under some per cent; all of them without such a condition."""
    if len(ends := _both_ends(asked)) > 1:
        return all([_answer_rows(draft, end) for end in ends])
    names = {t.name for t in asked.tokens if t.group == "execution"}
    filters = [*asked.thresholds, *(_FILTERS[name] for name in sorted(names & _FILTERS.keys()))]
    compares = any(t.group == "compare" or t.name in _COMPARING for t in asked.tokens)
    fits = not compares and set(asked.classes) <= _ROWS and all(t.unit == "%" and not t.is_nested for t in filters)
    if not fits or any(o.terms and normalise(o.text) not in _WHOLE for o in asked.operands):
        return False
    items = _items(draft, asked.level or _LEVELS["项"])
    kept = [item for item in items if passes_all(Value("percent", item.completion, unit="%"), filters, "%")]
    if not items or asked.operation not in ("list", "count", "lookup", "exists", "max", "min", "top"):
        return False
    if asked.ranks:
        if not names & {"rate", "gap"} or asked.ordinals:
            return False
        use_rank(draft, asked)
        kept = _ranked(kept, asked, by_gap="gap" in names)
    condition = "、".join(_condition(threshold) for threshold in filters)
    count = draft.named(f"{len(kept)} 个" if filters or asked.operation == "count" else "")
    within = f"{draft.heading}列明的 {draft.named(str(len(items)))} 个科目中"
    if not kept:
        cited = [draft.cite_statement(item.statement) for item in items]
        draft.lines.append(f"{within}，没有{draft.named(condition)}的{marks(cited)}。")
        draft.route = "text"
        return True
    by = "决算与年初预算相差" if "gap" in names else "完成率"
    how = f"{by}{'最高' if 'gap' not in names else '最多'}的" if asked.ranks and asked.descending else ""
    how = f"{by}{'最低' if 'gap' not in names else '最少'}的" if asked.ranks and not asked.descending else how
    lead = f"{within}，{draft.named(condition)}{'的有 ' if condition else ''}{count}{how}："
    return _say(draft, asked, kept, lead if condition or how or count else f"{within}：")


def _both_ends(asked: Understanding) -> list[Understanding]:
    """``最高和最低的``: the question for each end."""
    ends = dict.fromkeys(t.name for t in asked.tokens if t.name in _ENDS) if asked.ranks else {}
    return [
        replace(
            asked, operation="max" if end == "max" else "min", descending=end == "max",
            tokens=tuple(t for t in asked.tokens if t.name == end or t.name not in _ENDS),
        )
        for end in ends
    ]  # fmt: skip


def _items(draft: Draft, level: int) -> list[Execution]:
    stated = [s for s in draft.contents.statements.values() if s.budget_yuan is not None and _level(s) == level]
    return [item for s in stated if (item := Execution(s, s.budget_yuan)).completion is not None]


def _level(statement: StatementRecord) -> int:
    """The lowest level that the sentence marks its item with."""
    head = statement.sentence.split("。", 1)[0]
    return max((_LEVELS[mark] for mark in _LEVEL_MARK.findall(head)), default=0)


def _ranked(items: Sequence[Execution], asked: Understanding, *, by_gap: bool) -> list[Execution]:
    """The first ones by completion, or by what the amounts differ by; with the last of them all that are equal."""

    def key(item: Execution) -> Decimal:
        return abs(item.gap or Decimal(0)) if by_gap else item.completion or Decimal(0)

    ordered = sorted(items, key=key, reverse=asked.descending)
    first = set(map(key, ordered[: asked.limit or 1]))
    return [item for item in ordered if key(item) in first]


def _condition(threshold: Threshold) -> str:
    values = " 至 ".join(f"{value.normalize():f}" for value in threshold.values)
    return f"完成率{_COMPARISONS[threshold.comparison]} {values} %"


def _say(draft: Draft, asked: Understanding, told: Sequence[Execution], lead: str = "") -> bool:
    """A line an item; False where reasons are asked for and none is given."""
    if asked.wants_reason and not any(item.statement.reason for item in told):
        return False
    if lead or len(told) > 1:
        draft.lines.append(lead or f"{draft.heading}：")
    for item in told:
        text = _told(draft, item, in_full=len(told) <= _MOST_TOLD)
        draft.lines.append(f"- {text}" if lead or len(told) > 1 else f"{draft.heading}中，{text}")
        if asked.wants_reason and item.statement.reason:
            draft.lines.append(f"{item.statement.subject}的决算与预算不同的原因：{reason_told(item.statement)}。")
    draft.route = "text"
    return True


def _add(draft: Draft, told: Sequence[Execution]) -> bool:
    """``A和B的年初预算合计``: budgets and spending added, where each prints both."""
    sums = []
    for name in ("年初预算", "支出决算"):
        added_up = [figure for figure in draft.figures if figure.label.endswith(name)][-len(told) :]
        amounts = [item.budget if name == "年初预算" else item.statement.amount_yuan for item in told]
        if len(told) < _FEWEST or None in amounts or len(added_up) < len(told):
            return False
        total = added(Value("amount", amount, unit="万元") for amount in amounts)
        cited = [number for figure in added_up for number in figure.citations]
        sums.append(f"{name}合计 {draft.add_figure(f'{name}合计', total, cited)}")
    draft.lines.append(f"{'，'.join(sums)}。")
    return True


def _told(draft: Draft, item: Execution, *, in_full: bool) -> str:
    statement, spent, budget = item.statement, item.statement.amount_yuan, item.budget
    cited = [draft.cite_statement(statement)]
    budgeted = draft.cite(item.budget_cells) if item.budget_cells else cited

    def figure(name: str, kind_value: Value, numbers: Sequence[int]) -> str:
        return draft.add_figure(f"{statement.subject}{name}", kind_value, numbers)

    parts = []
    if budget is not None:
        parts.append(f"年初预算 {figure('年初预算', Value('amount', budget, unit='万元'), budgeted)}")
    if spent is not None:
        parts.append(f"支出决算 {figure('支出决算', Value('amount', spent, unit='万元'), cited)}")
    if (rate := item.completion) is not None:
        computed = "（推算）" if statement.completion_percent is None else ""
        parts.append(f"完成年初预算的 {figure('完成率', Value('percent', rate, unit='%'), cited)}{computed}")
    if in_full and (gap := item.gap):
        shown = figure("决算与预算之差", Value("amount", abs(gap), unit="万元"), [*budgeted, *cited])
        parts.append(f"决算比年初预算{'多' if gap > 0 else '少'} {shown}（推算）")
    elif in_full and gap is not None:
        parts.append("决算与年初预算持平")
    return f"{draft.named(statement.subject)}：{'，'.join(parts)}。"
