"""The figures that prose states about an operand."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.values import Value
from assistant.catalog import Row
from assistant.resolve import statements_of
from assistant.understand.types import Operand, Token
from assistant.understand.units import unit_aliases
from assistant.understand.wording import near_forms, normalise, wording_rules
from index.records import StatementRecord

_LEFT_OUT: Final = re.compile("(?:预算|总额|总数|总量|合计)$")
_OF_NATURE: Final = re.compile("基本支出|项目支出")
_NATURE_MEANT: Final = re.compile("基本支出|项目支出|公用|人员|日常")
_FUND: Final = re.compile("(?:财政|一般公共预算|政府性基金|国有资本经营)(?:财政)?(?:预算)?(?:拨款|资金)")
_OF_FUND_ALONE: Final = re.compile(
    "(?:本年|当年|年初|全年|本?部门|本?单位|财政|一般公共预算|政府性基金|国有资本经营|预算|拨款|资金|收入|支出|收支|总额|总计|合计|总|数|的|安排)*"
)
_ABOUT: Final = 0.4
_SAME: Final = 0.02
"""How much weaker than the best a match may be to be as good."""


_CODE: Final = 5
"""Digits of the code of an item at least; shorter ones are of classes."""

_FIRST_REASON: Final = re.compile(r"一是|一方面|[（(]一[）)]|[（(]?1[）).、]")
_NEXT_REASON: Final = re.compile(r"[，,；;。]?(?:二是|另一方面|[（(]二[）)]|[（(]?2[）).、](?!\d))")
_NEARLY: Final = 0.12
"""How much weaker than the best of all one may be that says what is asked for."""


def statements_about(
    operand: Operand,
    draft: Draft,
    at_least: float = 0.0,
    fits: Callable[[StatementRecord], bool] = lambda _: True,
) -> list[StatementRecord]:
    """The statements that ``fits`` accepts and that are about an operand best, in document order.

    For the grand total those on the whole budget.
    """
    units = {link.key for term in operand.terms for link in term.links if link.role == "unit"}
    named = [t for t in operand.terms if not any(link.role in ("unit", "whole") for link in t.links)]
    if not named and units:
        return []
    if not named:
        names = {normalise(n) for n in wording_rules()["totals"][operand.total or "支出"]}
        names -= set(wording_rules()["unnameable"])
        statements = [s for s in draft.contents.statements.values() if fits(s)]
        whole = [s for s in statements if normalise(s.subject) in names]
        return whole or [s for s in statements if operand.total and _states_total(s, operand.total)]
    found = statements_of(operand) or _within(operand, draft) or _of_row_named(named, draft)
    found = found or statements_of(_without_budget(operand, draft))
    scores = {i: s for i, s in found.items() if s >= at_least}
    least = max(scores.values(), default=0.0) - _NEARLY
    if all(_FUND.fullmatch(normalise(term.text)) for term in named):
        scores = {i: s for i, s in scores.items() if _is_of_fund_alone(draft.contents.statements[i])}
    scores = {i: s for i, s in scores.items() if s >= least and fits(draft.contents.statements[i])}
    best = max(scores.values(), default=0.0)
    chosen = [draft.contents.statements[i] for i, score in scores.items() if score >= best - _SAME]
    return _of_units(chosen, units, draft) if units else chosen


def _is_of_fund_alone(statement: StatementRecord) -> bool:
    """Whether a sentence is of all that a fund pays, and not of one item that it pays (财政拨款安排的三公经费)."""
    return _OF_FUND_ALONE.fullmatch(normalise(statement.subject)) is not None


def stated_beyond(
    operand: Operand, draft: Draft, rows: Sequence[Row], printed: Decimal | None, question: str
) -> StatementRecord | None:
    """The sentence that states more of an item than its ``rows`` do, whose tables list basic or project expenditure.

    None where a table lists all expenditure, where one of the two is meant, or where sentences differ.
    """
    tables = [draft.catalog.tables[row.table_id] for row in rows]
    are_parts = bool(tables) and all(_OF_NATURE.search(f"{table.kind}{table.title}") for table in tables)
    if printed is None or not are_parts or _NATURE_MEANT.search(question):
        return None
    stated = of_the_year(operand, draft, rows)
    amounts = {s.amount_yuan for s in stated}
    return stated[0] if len(amounts) == 1 and (stated[0].amount_yuan or 0) > printed else None


def of_the_year(operand: Operand, draft: Draft, rows: Sequence[Row]) -> list[StatementRecord]:
    """The sentences that state the amount of an item of some rows beside last year's: no part of a project's."""
    labels = tuple({normalise(row.label) for row in rows})
    stated = statements_about(operand, draft, _ABOUT, lambda s: bool(s.amount_yuan) and s.change_yuan is not None)
    return [s for s in stated if normalise(s.subject).endswith(labels)]


def _states_total(statement: StatementRecord, side: str) -> bool:
    """Whether a sentence begins with the budget's total of a side (``2026年度收入预算4483899.83万元，比……``)."""
    begins = rf"(20\d\d年度?)?(本?部门|本?单位)?{side}预算(总额|总计|合计)?(为|共)?[\d,.]+"
    return statement.subject == side and bool(re.match(begins, normalise(statement.sentence)))


def _of_row_named(terms: Sequence[Token], draft: Draft) -> dict[str, float]:
    """Statements whose subject is another spelling of the only row that is named (…缴费 for …缴费支出)."""
    links = [link for term in terms for link in term.links if link.role == "row"]
    if len(terms) != 1 or len({normalise(link.name) for link in links}) != 1:
        return {}
    forms = set(near_forms(normalise(links[0].name)))
    statements = draft.contents.statements.values()
    codes = {code for link in links if (row := draft.catalog.rows.get(link.key)) and (code := row.code)}
    return {
        s.statement_id: links[0].score
        for s in statements
        if forms & set(near_forms(normalise(s.subject))) or any(_is_coded(s, code) for code in codes)
    }


def _is_coded(statement: StatementRecord, code: str) -> bool:
    """Whether a code of an item stands in brackets behind a statement's subject (科技成果转化扩散（2060404）支出)."""
    subject = normalise(statement.subject).removesuffix("支出")
    return len(code) >= _CODE and f"{subject}({code})" in normalise(statement.sentence)


def _without_budget(operand: Operand, draft: Draft) -> Operand:
    """The names without the 预算 or 总额 behind them that sentences leave out (三公经费预算, 三公总额)."""
    bare = [(t, _LEFT_OUT.sub("", t.text)) for t in operand.terms]
    return replace(operand, terms=tuple(replace(t, links=draft.catalog.surfaces.get(name, ())) for t, name in bare))


def _within(operand: Operand, draft: Draft) -> dict[str, float]:
    """Statements of the last name in a paragraph that also states all others (``政府采购里货物类…``)."""
    if len(operand.terms) < 2:
        return {}
    *wholes, part = [statements_of(Operand((term,))) for term in operand.terms]
    around = [{draft.contents.statements[i].paragraph_id for i in whole} for whole in wholes]
    shared = set.intersection(*around) if all(around) else set()
    return {i: score for i, score in part.items() if draft.contents.statements[i].paragraph_id in shared}


def statement_value(statement: StatementRecord) -> Value | None:
    """The figure a statement is about."""
    if statement.amount_yuan is not None:
        return Value("amount", statement.amount_yuan, unit="万元")
    if statement.number is not None:
        return Value("quantity", statement.number, unit=statement.number_unit or "")
    return None


def _of_units(statements: list[StatementRecord], units: set[str], draft: Draft) -> list[StatementRecord]:
    """Those whose sentence, or else paragraph, names the units; for the department itself those that name no other."""
    main = draft.catalog.main_unit
    if units == {main}:
        others = {unit for unit in draft.catalog.units if unit != main}
        return [s for s in statements if not _named_units(s, draft) & others]
    return [s for s in statements if _named_units(s, draft) & units]


def _named_units(statement: StatementRecord, draft: Draft) -> set[str]:
    paragraph = draft.contents.paragraphs[statement.paragraph_id].text
    texts = (normalise(statement.sentence), normalise(paragraph))
    return next((named for text in texts if (named := _units_in(text, draft))), set())


def _units_in(text: str, draft: Draft) -> set[str]:
    region = draft.catalog.region
    return {u for u in draft.catalog.units if any(len(f) > 3 and f in text for f, _ in unit_aliases(u, region))}


def reason_told(statement: StatementRecord) -> str:
    """The reason that a statement gives; where it is but the first of several, all that its sentence gives."""
    reason = statement.reason or ""
    rest = statement.sentence.partition(reason)[2] if _FIRST_REASON.match(reason) else ""
    return f"{reason}{rest.rstrip('。；;')}" if _NEXT_REASON.match(rest) else reason
