"""Direct questions about contradictions: what the reconciliation found, and whether tables and prose print the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.found import Found, find
from assistant.answering.lookup import agreeing, figure_sentence, look_up, say_statement, say_text
from assistant.answering.notes import sources_of
from assistant.answering.phrases import basis_of, title_of
from assistant.answering.statements import statement_value, statements_about
from assistant.answering.values import Value
from assistant.catalog.types import row_of_figure
from assistant.citations import marks
from assistant.resolve import readings_of
from assistant.understand.operands import roles_of
from assistant.understand.types import Operand, Token, Understanding
from assistant.understand.wording import normalise
from index.records import FindingRecord, StatementRecord

_MOST: Final = 8
_OF_CHECKS: Final = re.compile(
    "勾稽|对(得|不)上|对(得|不)拢|一致|矛盾|打架|不符|相符|吻合|出入|不一样|准确|算错|算得?对|数[字据目]?[^,，。?？]{0,6}对|账对|对不对得上"
)
_RATES: Final = ("正文增减率", "正文占比")
"""Checks of per cents: no table prints them, so that only the sum itself tells whether they are right."""


def answer_conflict(draft: Draft, asked: Understanding) -> bool:
    """``对得上吗``: the checks on the items named, those that don't hold first; without items all that don't hold.

    Where no check was made of an item, what the tables and the prose print of it is put side by side.
    """
    asked = replace(asked, operands=_items(asked))
    names_item = any(roles_of(operand) - {"unit", "whole", "passage"} for operand in asked.operands)
    if not names_item and not _OF_CHECKS.search(asked.question):
        return False  # 有3辆车，对吗: of what is asserted the checks tell nothing
    findings = _about(draft, asked) if asked.operands else draft.contents.contradictions
    differing = [f for f in findings if f.result == "differs"]
    exact = [f for f in differing if not f.is_rounding]
    rates = [f for f in differing if f.check_name in _RATES]
    shown = (exact or rates or differing or [f for f in findings if f.result == "holds"])[:_MOST]
    if not (exact or rates) and len(asked.operands) == 1 and _compare(draft, asked.operands[0], asked):
        return True
    if not shown:
        return look_up(draft, asked)
    if not (exact or rates) and asked.operands and look_up(draft, asked):
        draft.lines.append("勾稽没有发现不符（四舍五入的差别除外）：不同的表按不同口径编列，数额可以不同。")
        return True
    verdict = "不一致" if exact else "只有四舍五入的差别" if differing else "一致"
    draft.route = "text"
    draft.lines.append(f"{draft.heading}的勾稽结果：{verdict}。")
    draft.lines += [f"- {draft.named(finding.message)}{marks(sources_of(draft, finding))}" for finding in shown]
    return True


def _items(asked: Understanding) -> tuple[Operand, ...]:
    """What is compared, without the tables that it is compared in (``A在甲表和乙表里一样吗``)."""
    items = (replace(o, terms=tuple(t for t in o.terms if not _is_place(t))) for o in asked.operands)
    kept = tuple(dict.fromkeys(item for item in items if roles_of(item) & {"row", "statement"}))
    named_first = asked.operands[:1] if asked.operands and "row" in roles_of(asked.operands[0]) else ()
    return kept or named_first or asked.operands


def _is_place(term: Token) -> bool:
    """Whether a name is a table's, or a project's whose form is a table."""
    return any(link.role == "table" for link in term.links)


def _compare(draft: Draft, item: Operand, asked: Understanding) -> bool:
    """The item's figure in each table and in the prose, where there are several, and by how much they differ."""
    asked = replace(asked, mentions_budget=True)  # what is compared are amounts, of goals too
    (found,) = find(draft, [readings_of(item, draft.catalog, asked)])
    if len(found) > 1 and all(f.table.kind == "绩效指标表" for f in found):
        draft.lines.append(f"{draft.heading}中，这一指标在 {draft.named(str(len(found)))} 张表里：")
        for one in found:
            say_text(draft, one)
        return True
    amounts = [f for f in found if f.value.kind == "amount"]
    groups = agreeing(amounts)
    values = [group[0].value for group in groups]
    stated = [s for s in _stated(draft, item) if all(_amount(s) != value.exact for value in values)]
    if len(amounts) < 2 and not (amounts and stated):
        return False
    draft.lines.append(f"{draft.heading}：")
    draft.lines += [f"- {_tables(draft, group)}：{figure_sentence(draft, group)}" for group in groups[:_MOST]]
    draft.lines += [f"- {say_statement(draft, statement)}" for statement in stated[:1]]
    values += [value for s in stated[:1] if (value := statement_value(s))]
    draft.lines.append(_verdict(draft, values, amounts))
    return True


def _tables(draft: Draft, group: Sequence[Found]) -> str:
    """The tables that print the same, the first with what its figure rests on."""
    return draft.named("；".join([basis_of(group[0]), *dict.fromkeys(title_of(found) for found in group[1:])]))


def _verdict(draft: Draft, values: Sequence[Value], found: Sequence[Found]) -> str:
    if len(values) == 1:
        return f"{draft.named(str(len(found)))} 张表里的数额相同。"
    if len(values) > 2 or values[0].exact is None or values[1].exact is None:
        return "数额不同：不同的表按不同口径编列，数额可以不同。"
    gap = Value("amount", abs(values[0].exact - values[1].exact), unit=values[0].unit)
    cited = [n for figure in draft.figures for n in figure.citations]
    return f"数额不同，相差 {draft.add_figure('差额', gap, cited)}；不同的表按不同口径编列，数额可以不同。"


def _stated(draft: Draft, item: Operand) -> list[StatementRecord]:
    """What the prose states under the item's very name."""
    name = item.terms[-1].text if item.terms else ""
    return [s for s in statements_about(item, draft, 0.4) if _amount(s) and normalise(s.subject) == name]


def _amount(statement: StatementRecord) -> Decimal | None:
    value = statement_value(statement)
    return value.exact if value and value.kind == "amount" else None


def _about(draft: Draft, asked: Understanding) -> list[FindingRecord]:
    rows, statements = set[str](), set[str]()
    for operand in asked.operands:
        rows |= {row.row_id for r in readings_of(operand, draft.catalog, asked) for row in r.rows}
        statements |= {s.statement_id for s in statements_about(operand, draft, 0.4)}
    return [
        f for f in draft.contents.findings
        if statements & set(f.statement_ids) or any(row_of_figure(i) in rows for i in f.figure_ids)
    ]  # fmt: skip
