"""``几个、多少人、几台``: numbers of people and things, as prose states them or a table prints them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from assistant.answering.dated import is_told_of_date
from assistant.answering.draft import Draft
from assistant.answering.lookup import look_up, say_statement
from assistant.answering.statements import statement_value, statements_about
from assistant.answering.values import added
from assistant.catalog import Column, Link
from assistant.resolve import readings_of, statements_of
from assistant.understand.asked_words import asked_words
from assistant.understand.operands import roles_of
from assistant.understand.ranking import ACTUAL, counted_units, counts_actual
from assistant.understand.tokenize import normalised_question
from assistant.understand.types import Operand, Token, Understanding
from assistant.understand.wording import normalise
from index.records import StatementRecord

ANYTHING: Final = (None, "", "个", "项", "条", "种", "家", "笔", "类", "样")
"""Classifiers that don't tell what is counted."""

_PROJECT: Final = "项目"
_NEAR: Final = 0.2
_PEOPLE: Final = frozenset({"人", "名", "位", "个"})
_NOT_BOUGHT: Final = ("项", "条", "种", "类", "笔", "家", "人", "名", "位", "人次")


def count_stated(draft: Draft, asked: Understanding) -> bool:
    """Counts that the prose states: ``内设机构 12 个``, ``车辆 5 辆``."""
    if any(t.group == "own" for t in asked.tokens) and len(draft.catalog.units) > 1 and not asked.operands:
        return False
    asked = replace(asked, operands=tuple(o for o in asked.operands if _is_counted(o, asked, draft)))
    found = [_counts(operand, asked, draft) for operand in asked.operands]
    if not asked.operands and not asked.classes and asked.counted not in ANYTHING:
        counted = _of_words([s for s in draft.contents.statements.values() if _is_in(asked.counted, s)], asked.leftover)
        found = [[s for s in counted if _is_actual(s)] if counts_actual(asked) else counted]
    found = [[s for s in statements if is_told_of_date(draft, asked, s)] for statements in found]
    if not found or not all(found) or not _hold_all(asked, found):
        return False
    said: dict[tuple[str, str], StatementRecord] = {}
    for statements in found:
        for statement in statements:
            said.setdefault((statement.subject, str(statement.number)), statement)
    draft.lines.append(f"{draft.heading}中：")
    shown = [replace(statement, amount_yuan=None) for statement in list(said.values())[:4]]
    draft.lines += [say_statement(draft, statement) for statement in shown]
    units = {statement.number_unit for statement in shown}
    if asked.wants_sum and len(shown) > 1 and len(units) == 1:
        total = added(value for statement in shown if (value := statement_value(statement)))
        cited = [draft.cite_statement(statement) for statement in shown]
        draft.lines.append(f"合计 {draft.add_figure('合计', total, cited)}。")
    draft.route = "text"
    return True


def _is_in(unit: str | None, statement: StatementRecord) -> bool:
    """Whether a statement counts in a unit, also where it prints another beside (826台（套）)."""
    return normalise(statement.number_unit or "").partition("(")[0] == unit


def _of_words(statements: list[StatementRecord], words: Sequence[str]) -> list[StatementRecord]:
    """Those whose subjects hold the words that nothing accounts for, where one does: 设备, not the 车辆 told beside."""
    named = [s for s in statements if any(normalise(word) in normalise(s.subject) for word in words)]
    return named or statements


def _is_counted(operand: Operand, asked: Understanding, draft: Draft) -> bool:
    """Whether a name is what is counted: not the department itself; of actual numbers only what the question names."""
    if any(t.group == "own" for t in asked.tokens):  # 本级 alone
        return True
    if operand.terms and all(any(map(draft.catalog.is_whole, term.links)) for term in operand.terms):
        return False
    return not counts_actual(asked) or operand.text in normalised_question(asked.question)


def _is_actual(statement: StatementRecord) -> bool:
    """Whether a number is told to be the actual one (实有人员59人, of a staff of 52)."""
    return f"{ACTUAL}{normalise(statement.subject)}" in normalise(statement.sentence)


def _hold_all(asked: Understanding, found: Sequence[Sequence[StatementRecord]]) -> bool:
    """Whether the sentences together hold every word that nothing else accounts for, and all that is named."""
    text = normalise("".join(s.sentence for statements in found for s in statements))
    words = [word for word in asked_words(asked) if word.names and not word.is_item]
    return all(normalise(word) in text for word in asked.leftover) and all(word.is_in(text) for word in words)


def _counts(operand: Operand, asked: Understanding, draft: Draft) -> list[StatementRecord]:
    """Statements of the operand with a number of what is counted; where several counts are asked, also near ones."""
    counted = [normalise(unit) for unit in counted_units(asked.tokens)] or [""]

    def fits(statement: StatementRecord) -> bool:
        unit = normalise(statement.number_unit or "")
        is_counted = any(c in unit or {c, unit} <= _PEOPLE for c in counted)
        return statement.number is not None and is_counted and not _is_of_next(statement)

    asks = sum(t.name == "count" for t in asked.tokens)
    if asks < 2 or len(asked.operands) > 1:
        return _of_noun(statements_about(operand, draft, 0.3, fits), asked)
    scores = statements_of(operand)
    near = [i for i, score in scores.items() if score >= max(scores.values()) - _NEAR]
    return [s for i in near if fits(s := draft.contents.statements[i])]


def _is_of_next(statement: StatementRecord) -> bool:
    """Whether what a number is stated of has its own before it: it is of what follows (3个委员会、8个小组)."""
    unit, subject = (re.escape(each) for each in (statement.number_unit or "", statement.subject))
    number = f"{statement.number or 0:f}".rstrip("0").rstrip(".")
    return bool(re.search(rf"\d{unit}{subject}[、和及]{number}{unit}[一-鿿]", statement.sentence))


def _of_noun(statements: list[StatementRecord], asked: Understanding) -> list[StatementRecord]:
    """Where projects are counted, those that count projects (绩效自评的项目, not the 问题 found in it)."""
    if "project" not in asked.classes:
        return statements
    return [s for s in statements if s.subject.endswith(_PROJECT)]


def count_targeted(draft: Draft, asked: Understanding) -> bool:
    """How much an indicator demands: ``冻猪肉储备量目标是多少吨``."""
    resolved = [readings_of(operand, draft.catalog, asked) for operand in asked.operands]
    if not resolved or not all(readings and readings[0].table.kind == "绩效指标表" for readings in resolved):
        return False
    return look_up(draft, replace(asked, operation="lookup", wants_count=False))


def count_purchased(draft: Draft, asked: Understanding) -> bool:
    """How many of a thing are bought: the quantity column of its row."""
    quantity = [(t.table_id, c) for t in draft.catalog.tables.values() for c in t.columns if c.measure == "采购数量"]
    if not quantity or not asked.operands or asked.classes or asked.counted in _NOT_BOUGHT:
        return False
    operands = tuple(_with_quantity(operand, quantity) for operand in asked.operands)
    if not all(readings_of(operand, draft.catalog, asked) for operand in operands):
        return False
    return look_up(draft, replace(asked, operation="lookup", operands=operands, wants_count=False))


def _with_quantity(operand: Operand, quantity: list[tuple[str, Column]]) -> Operand:
    if "column" in roles_of(operand):
        return operand
    links = tuple(Link("column", str(c.number), table_id, name="采购数量") for table_id, c in quantity)
    return Operand((*operand.terms, Token("term", "", "采购数量", 0, 0, links)))
