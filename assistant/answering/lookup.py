"""Single figures and several at once: ``公务接待费多少``, ``人员经费和公用经费各多少``, ``有没有…``."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Figure
from assistant.answering.draft import Draft
from assistant.answering.found import Found, find
from assistant.answering.phrases import basis_of, cell_name, name_of, title_of
from assistant.answering.values import Value
from assistant.citations import marks
from assistant.resolve import Reading, StatementReading, readings_of, statements_of
from assistant.understand.types import Operand, Threshold, Understanding
from index.money import to_yuan
from index.records import StatementRecord

_MOST_SOURCES = 3


def look_up(draft: Draft, asked: Understanding) -> bool:
    """Answers each operand; False where one of them has no reading."""
    resolved = [readings_of(operand, draft.catalog, asked) for operand in asked.operands]
    in_prose = [None if r else _in_prose(o, draft) for o, r in zip(asked.operands, resolved, strict=True)]
    if not asked.operands or any(not r and not p for r, p in zip(resolved, in_prose, strict=True)):
        return False
    found = find(draft, resolved) if any(resolved) else [[] for _ in resolved]
    for readings, prose, operand in zip(found, in_prose, asked.operands, strict=True):
        if readings:
            _say_reading(draft, asked, readings)
        elif prose:
            _say_statements(draft, prose)
        else:
            return False
    if len(asked.operands) == 1 and len(draft.lines) == 1:
        draft.lines[0] = f"{draft.heading}中，{draft.lines[0]}"
    else:
        draft.lines.insert(0, f"{draft.heading}：")
    if not any(resolved):
        draft.route = "text"
    return True


def _in_prose(operand: Operand, draft: Draft) -> StatementReading | None:
    reading = statements_of(operand, draft.catalog)
    return reading if reading and reading.score >= 0.4 else None


def agreeing(readings: Sequence[Found]) -> list[list[Found]]:
    """Readings grouped by equal value, in order: one group means that all sources agree."""
    groups: dict[object, list[Found]] = {}
    for found in readings:
        value = found.value
        groups.setdefault(value.exact if value.exact is not None else value.text, []).append(found)
    blank = groups.pop("", None)
    return [*groups.values()] if groups else [blank or []]


def _say_reading(draft: Draft, asked: Understanding, readings: Sequence[Found]) -> None:
    if readings[0].value.kind == "text":
        _say_text(draft, readings[0])
        return
    groups = agreeing(readings)
    if asked.operation == "exists":
        _say_existence(draft, groups[0], asked.threshold)
    elif len(groups) == 1:
        draft.lines.append(f"{figure_sentence(draft, groups[0])}。")
    else:
        draft.lines.append(f"“{name_of(groups[0][0], draft.catalog)}”有 {draft.named(str(len(groups)))} 种口径，数额不同：")
        for group in groups:
            draft.lines.append(f"- 按{draft.named(basis_of(group[0]))}：{figure_sentence(draft, group)}")


def figure_sentence(draft: Draft, group: Sequence[Found]) -> str:
    """``公务接待费为 0.69 万元[1][2]``; of several rows the sum and each row."""
    best = group[0]
    label = name_of(best, draft.catalog)
    cited = draft.cite(best.records)
    for other in group[1:_MOST_SOURCES]:
        cited += draft.cite(other.records) if len(best.records) == 1 else []
    if len(best.cells) == 1:
        extra = _quantity_unit(best)
        return f"{label}为 {draft.add_figure(label, best.value, cited)}{extra}"
    each = "；".join(
        f"{cell_name(cell, draft.catalog)} {draft.add_figure(cell.row.label, cell.value, draft.cite([cell.cell]))}"
        for cell in best.cells
    )
    return f"{label}合计 {draft.add_figure(label, best.value, cited)}，其中：{each}"


def _quantity_unit(found: Found) -> str:
    unit = found.cells[0].sibling("计量单位")
    return f" {unit}" if unit and found.value.kind == "quantity" else ""


def _say_text(draft: Draft, found: Found) -> None:
    """Words in a table: a goal, an indicator's target with its sign and unit."""
    for cell in found.cells:
        cited = draft.cite([cell.cell])
        column = found.column.measure or found.column.path
        shown = " ".join(filter(None, (cell.sibling("计算符号"), cell.value.text, cell.sibling("计量单位")))) if (
            found.table.kind == "绩效指标表"
        ) else cell.value.text  # fmt: skip
        subject = f"（{found.table.subject}）" if found.table.subject and found.table.subject != cell.row.label else ""
        figure = Figure(label=cell.row.label, value=cell.value.text, unit=cell.sibling("计量单位"), citations=cited)
        draft.figures.append(figure)
        draft.lines.append(f"{cell.row.label}{subject}的{column}：**{shown}**{marks(cited)}（{title_of(found)}）。")


def _say_existence(draft: Draft, group: Sequence[Found], threshold: Threshold | None) -> None:
    value = group[0].value
    sentence = figure_sentence(draft, group)
    if threshold and value.exact is not None:
        verdict = "是的" if _passes(value, threshold, group[0]) else "不是"
    else:
        verdict = "有" if value.exact else "没有"
    draft.lines.append(f"{verdict}：{sentence}。")


def _passes(value: Value, threshold: Threshold, found: Found) -> bool:
    unit = threshold.unit or found.cells[0].cell.unit
    assert value.exact is not None
    bounds = [to_yuan(v, unit) if value.kind == "amount" and unit else v for v in threshold.values]
    tests = {
        "gt": value.exact > bounds[0], "ge": value.exact >= bounds[0], "lt": value.exact < bounds[0],
        "le": value.exact <= bounds[0], "eq": value.exact == bounds[0], "ne": value.exact != bounds[0],
        "range": bounds[0] <= value.exact <= bounds[-1],
    }  # fmt: skip
    return tests[threshold.comparison]


def _say_statements(draft: Draft, reading: StatementReading) -> None:
    """Figures that only the prose states, each with its sentence."""
    seen: set[str] = set()
    for statement_id in reading.statement_ids:
        statement = draft.library.statements[statement_id]
        if (statement.sentence in seen) or len(seen) >= 2:
            continue
        seen.add(statement.sentence)
        draft.lines.append(say_statement(draft, statement))


def say_statement(draft: Draft, statement: StatementRecord) -> str:
    """A statement's figure and the sentence it is quoted from."""
    number = draft.cite_statement(statement)
    value = statement_value(statement)
    figure = f"{statement.subject} {draft.add_figure(statement.subject, value, [number])}。" if value else ""
    return f"{figure}正文写道：“{statement.sentence}”[{number}]"


def statement_value(statement: StatementRecord) -> Value | None:
    """The figure a statement is about."""
    if statement.amount_yuan is not None:
        return Value("amount", statement.amount_yuan, unit="万元")
    if statement.number is not None:
        return Value("quantity", statement.number, unit=statement.number_unit or "")
    return None


def pick_same_table(first: Sequence[Reading], second: Sequence[Reading]) -> tuple[Reading, Reading]:
    """The best pair of readings that are comparable: of one table where there is one, else of like tables."""
    pairs = [(a, b) for a in first for b in second]
    return max(pairs, key=lambda pair: _likeness(*pair))


def _likeness(a: Reading, b: Reading) -> tuple[int, float]:
    same_table = a.table.table_id == b.table.table_id
    same_system = a.rows[0].code_system == b.rows[0].code_system
    return (2 if same_table else 1 if same_system else 0, a.score + b.score)
