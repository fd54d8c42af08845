"""Single figures and several at once: ``公务接待费多少``, ``人员经费和公用经费各多少``, ``有没有…``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from assistant.answer import Clarify, Figure
from assistant.answering.draft import Draft
from assistant.answering.form_funds import funds_of_form
from assistant.answering.found import Found, find
from assistant.answering.phrases import (
    OF_ONE_CLASS,
    as_wholes,
    basis_of,
    cell_name,
    indicator_text,
    name_of,
    title_of,
    unit_name,
)
from assistant.answering.statements import of_the_year, statement_value, statements_about
from assistant.answering.thresholds import passes_all
from assistant.catalog import Row, Table
from assistant.citations import marks
from assistant.resolve import Reading, asks_budget_of_final, readings_of, whole_readings_of
from assistant.understand.types import Operand, Token, Understanding
from assistant.understand.wording import near_forms, normalise, wording_rules
from index.records import StatementRecord
from index.sentences import sentences

VERDICTS: Final = ("是的", "不是")
"""What is said of a figure that meets a bound, and of one that doesn't."""

_BRACKETS: Final = str.maketrans("[]", "［］")
"""Printed codes in square brackets would read as citation marks."""

_CLASS_COLUMNS: Final = {"function": "功能科目", "economic": "经济科目", "project": "项目"}
_WHOLE: Final = ("year", "years", "whole", "document_types")
_MOST_SOURCES: Final = 3
_MOST_SENTENCES: Final = 3
_MOST_GROUPS: Final = 8
_HOW_MUCH: Final = re.compile(r"多少(?=[钱万元亿费]|$|[^\w])")
_HOW_MANY: Final = re.compile(r"(多少|几)个?(家|名|人|位|台|辆|次|座|处|件|份|场|期|批|户|所)")
_COMPARING: Final = ("versus", "more", "less", "gap")


def look_up(draft: Draft, asked: Understanding) -> bool:
    """Answers each operand; False where one of them has no reading."""
    if not asked.operands and not (asked.operation == "lookup" and asks_for_all(asked)):
        return False
    if _asks_more(asked) or _asks_projects_of_unit(asked):
        return False
    operands = asked.operands or (Operand(total="支出"),)
    resolved = [_of_class(readings_of(operand, draft.catalog, asked), asked) for operand in operands]
    if asked.operation == "list" and len(operands) == 1 and all(len(r.rows) == 1 for r in resolved[0]):
        return False  # what is within it is asked for
    if any(map(_counts_everything, resolved)):
        return False
    resolved = [_funds_instead(draft, asked, operand, r) for operand, r in zip(operands, resolved, strict=True)]
    resolved = [
        bearing_lines(r, o, adds_up=True) if asked.wants_sum else added_lines(r) if _are_of_kind(r) else r
        for o, r in zip(operands, resolved, strict=True)
    ]
    if len(operands) == 1:
        known = {reading.key for reading in resolved[0]}
        resolved[0] += tuple(r for r in whole_readings_of(operands[0], draft.catalog, asked) if r.key not in known)
    in_prose = [_better_in_prose(o, r, asked, draft) for o, r in zip(operands, resolved, strict=True)]
    resolved = [() if statements else r for statements, r in zip(in_prose, resolved, strict=True)]
    if any(not r and not p for r, p in zip(resolved, in_prose, strict=True)):
        return False
    if _asks_number_of_things(asked) and all(_is_funds_of_form(r) for readings in resolved for r in readings):
        return False
    found = find(draft, resolved) if any(resolved) else [[] for _ in resolved]
    if not OF_ONE_CLASS.search(asked.question):
        found = [as_wholes(readings) for readings in found]
    if len(operands) == 1 and len(groups := agreeing(found[0])) > _MOST_GROUPS:
        draft.clarify = _which(draft, operands[0], groups)
        return True
    if asked.operation == "exists" and len(operands) == 1 and found[0] and found[0][0].value.kind == "blank":
        _say_blank(draft, operands[0], found[0])
        return True
    for operand, readings, statements in zip(operands, found, in_prose, strict=True):
        if readings:
            _say_reading(draft, asked, operand, readings)
            _say_otherwise(draft, operand, readings)
        elif statements:
            _say_statements(draft, statements)
        else:
            return False
    if len(operands) == 1 and len(draft.lines) == 1:
        draft.lines[0] = f"{draft.heading}中，{draft.lines[0]}"
    else:
        draft.lines.insert(0, f"{draft.heading}：")
    if not any(resolved):
        draft.route = "text"
    return True


def look_up_words(draft: Draft, asked: Understanding) -> bool:
    """What a table says in words; an amount is no goal and nobody's name."""
    words = replace(asked, operation="lookup", classes=tuple(name for name in asked.classes if name != "project"))
    return look_up(draft, words) and not any(figure.unit for figure in draft.figures)


def _asks_number_of_things(asked: Understanding) -> bool:
    """``补贴多少家单位``: a number of things, which no amount of money answers."""
    return not asked.mentions_budget and bool(_HOW_MANY.search(asked.question))


def _is_funds_of_form(reading: Reading) -> bool:
    return bool(reading.table.form) and reading.column.value_type == "amount"


def _asks_more(asked: Understanding) -> bool:
    """Whether rows that pass a filter or a comparison are asked for, which one figure doesn't answer."""
    compares = any(t.group == "operations" and t.name in _COMPARING for t in asked.tokens)
    return (bool(asked.thresholds) and asked.operation == "list") or (compares and asked.operation == "lookup")


def _counts_everything(readings: Sequence[Reading]) -> bool:
    """Whether a number bought is told of nothing but a table's total, which adds up things of any kind."""
    first = readings[0] if readings else None
    return first is not None and first.column.measure == "采购数量" and all(row.is_total for row in first.rows)


def _funds_instead(
    draft: Draft, asked: Understanding, operand: Operand, readings: tuple[Reading, ...]
) -> tuple[Reading, ...]:
    """``菜篮子专项资金多少钱``: of a project that only has a form the money that the form prints, not its goal."""
    names_column = any(link.role == "column" for term in operand.terms for link in term.links)
    asks_money = asked.mentions_budget or bool(_HOW_MUCH.search(asked.question))
    is_goal = bool(readings) and all(r.is_text and r.table.kind == "绩效目标表" for r in readings)
    if not is_goal or names_column or not asks_money or "goal" in asked.classes:
        return readings
    funds = funds_of_form(draft, readings[0].table)
    return (funds,) if funds else readings


def _asks_projects_of_unit(asked: Understanding) -> bool:
    """Whether a unit's projects are asked for, which its whole budget doesn't answer."""
    terms = [term for operand in asked.operands for term in operand.terms]
    units = bool(terms) and all(any(link.role == "unit" for link in term.links) for term in terms)
    return units and "project" in asked.classes and asked.operation in ("sum", "list", "count")


def _has_amount(statement: StatementRecord) -> bool:
    return statement.amount_yuan is not None


def _has_value(statement: StatementRecord) -> bool:
    return statement_value(statement) is not None


def _says_how_many(term: Token) -> bool:
    """Whether a name is only the quantity column, which sentences of prose have no name for (``买了几台``)."""
    return all(link.role == "column" and link.name == "采购数量" for link in term.links)


def asks_for_all(asked: Understanding) -> bool:
    """Whether a question without any name asks for the whole budget (``今年一共多少钱``), not just ``多少钱``."""
    return asked.mentions_budget and any(t.group in _WHOLE or t.name == "sum" for t in asked.tokens)


def _of_class(readings: tuple[Reading, ...], asked: Understanding) -> tuple[Reading, ...]:
    """``防火墙列在哪个经济科目``: the class noun names a text column of the row's table."""
    columns = {_CLASS_COLUMNS[name] for name in asked.classes if name in _CLASS_COLUMNS}
    for reading in (r for r in readings[:1] if r.table.kind == "政府采购预算表"):
        named = next((c for c in reading.table.columns if c.measure in columns and c.value_type == "text"), None)
        if named and not any(row.is_total for row in reading.rows):
            return (replace(reading, column=named),)
    return readings


def _are_of_kind(readings: Sequence[Reading]) -> bool:
    """Whether lines only bear the name as what they are (货物): their sum is meant."""
    return bool(readings) and readings[0].by_attribute and readings[0].column.value_type == "amount"


def added_lines(readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """``保安服务一共多少``: the lines of one table that bear the name, as one reading that adds them."""
    best = readings[0] if readings else None
    same = [
        r for r in readings
        if best and (r.table.table_id, r.column.number, r.by_attribute) == (best.table.table_id, best.column.number,
                                                                            best.by_attribute)
        and (r.by_attribute or r.rows[0].label == best.rows[0].label)
    ]  # fmt: skip
    rows = tuple(dict.fromkeys(row for reading in same for row in reading.rows))
    ids = {row.row_id for row in rows}
    if best is None or len(same) < 2 or any(row.is_total or ids & set(row.ancestors) for row in rows):
        return readings
    return (replace(best, rows=rows),)


def is_kind_of(label: str, name: str) -> bool:
    """Whether a normalised label says of which kind something is that a name says (行政单位离退休 of 离退休).

    >>> is_kind_of("行政单位离退休", "离退休"), is_kind_of("省级专项资金管理经费", "专项资金")
    (True, False)
    """
    return label != name and any(form.endswith(name) for form in near_forms(label))


def bearing_lines(readings: tuple[Reading, ...], operand: Operand, *, adds_up: bool = False) -> tuple[Reading, ...]:
    """The lines of one table that bear a name which none is called by alone as one reading (离退休 of both kinds).

    With ``adds_up`` also those that are called the same.
    """
    best, names = readings[0] if readings else None, [normalise(term.text) for term in operand.terms]
    same = [r for r in readings if best and (r.table.table_id, r.column) == (best.table.table_id, best.column)]
    rows = tuple(dict.fromkeys(row for reading in same for row in reading.rows))
    ids, labels = {row.row_id for row in rows}, {normalise(row.label) for row in rows}
    is_apart = len(labels) > 1 and not any(ids & set(row.ancestors) for row in rows)
    are_borne = any(all(is_kind_of(label, name) for label in labels) for name in names)
    if best is None or not is_apart or not are_borne:
        return added_lines(readings) if adds_up else readings
    return (replace(best, rows=rows),)


def _better_in_prose(
    operand: Operand, readings: Sequence[Reading], asked: Understanding, draft: Draft
) -> list[StatementRecord]:
    """The prose's statements where no table has the operand, or where people or things are asked for, not money."""
    if not readings and _names_table(operand):  # prose doesn't answer for a table
        return []
    if asks_budget_of_final(asked, draft.catalog):  # what a final account states is what was spent
        return []
    asks_money = asked.asked_unit is not None or "钱" in asked.question

    def fits(statement: StatementRecord) -> bool:
        return _has_value(statement) and not (asks_money and statement.amount_yuan is None)

    statements = statements_about(operand, draft, 0.4, fits)
    if not readings:
        rows = Operand(tuple(t for t in operand.terms if not _says_how_many(t)))
        return statements or (statements_about(rows, draft, 0.4, fits) if rows.terms else [])
    counts = [s for s in statements if s.number is not None and normalise(s.subject) == normalise(operand.text)]
    money = any(word in asked.question for word in wording_rules()["money"])
    return counts if not readings[0].literal and not money else []


def _names_table(operand: Operand) -> bool:
    """Whether a table is named by its printed title beside what is asked for."""
    terms = operand.within_context.terms
    tables = [t for t in terms if any(link.role == "table" and link.match == "exact" for link in t.links)]
    return any(term.text.endswith("表") for term in tables) and len(tables) < len(terms)


def agreeing(readings: Sequence[Found]) -> list[list[Found]]:
    """Readings grouped by equal value, in order: one group means that all sources agree."""
    groups: list[list[Found]] = []
    filled = [found for found in readings if found.value.kind != "blank"]
    for found in filled or readings[:1]:
        same = (g for g in groups if g[0].value.exact == found.value.exact and _other_tables(g, found))
        if (group := next(same, None)) is None:
            groups.append(group := [])
        group.append(found)
    return groups


def _other_tables(group: Sequence[Found], found: Found) -> bool:
    """Whether a reading stands in none of the group's tables: two lines of one table are two items."""
    return all(member.table.table_id != found.table.table_id for member in group)


def _say_reading(draft: Draft, asked: Understanding, operand: Operand, readings: Sequence[Found]) -> None:
    if readings[0].value.kind == "text" or readings[0].table.kind == "绩效指标表":
        for found in readings:
            say_text(draft, found)
        return
    groups = agreeing(readings)
    if asked.operation == "exists":
        _say_existence(draft, groups[0], asked)
    elif len(groups) == 1:
        several = len({cell.row.label for cell in readings[0].cells}) > 1
        sentence = figure_sentence(draft, groups[0], operand.text if several and not readings[0].bearing else "")
        draft.lines.append(f"{sentence}{taken_as(draft, operand, readings[0])}。")
    else:
        names = [name_of(group[0], draft.catalog) for group in groups]
        labels = {group[0].cells[0].row.label for group in groups}
        count = draft.named(str(len(groups)))
        how = "种口径，数额不同" if len(labels) == 1 else "项与之相符"
        name = names[0] if len(set(names)) == 1 else operand.text
        draft.lines.append(f"“{draft.named(name)}”有 {count} {how}：")
        for group in groups:
            draft.lines.append(f"- 按{draft.named(basis_of(group[0]))}：{figure_sentence(draft, group)}")


def _which(draft: Draft, operand: Operand, groups: Sequence[Sequence[Found]]) -> Clarify:
    """Too many figures of one name: asks which is meant; each option names it within its table."""
    options = []
    for best, *_ in groups[:_MOST_GROUPS]:
        within = best.table.subject or (f"{best.table.title}中" if best.table.title else "")
        options.append(f"{draft.heading}{within}的{operand.text}是多少？")
    shown = list(dict.fromkeys(options))
    counted = f"在文件里有 {len(groups)} 个不同的数额，问的是哪一个？（列出 {len(shown)} 个）"
    return Clarify(question=f"“{operand.text}”{counted}", options=shown)


def taken_as(draft: Draft, operand: Operand, found: Found) -> str:
    """What everyday or partial names were taken for: ``（“招待费”按“公务接待费”理解）``."""
    if found.literal:
        return ""
    rows = {cell.row.row_id for cell in found.cells}
    said = []
    for term in operand.terms:
        links = [
            link
            for link in term.links
            if link.table_id == found.table.table_id
            and (link.key in rows if link.role == "row" else link.key == str(found.column.number))
        ]
        best = max(links, key=lambda link: link.score, default=None)
        if best and best.match in ("alias", "partial") and term.text not in normalise(best.name):
            said.append(draft.named(f"“{term.text}”按“{best.name}”理解"))
    return f"（{'，'.join(said)}）" if said else ""


def figure_sentence(draft: Draft, group: Sequence[Found], name: str = "") -> str:
    """``公务接待费为 0.69 万元[1][2]``; of several rows, together called ``name``, the sum and each row."""
    best = group[0]
    label = draft.named(name or name_of(best, draft.catalog))
    cited = draft.cite(best.records)
    for other in group[1:_MOST_SOURCES]:
        cited += draft.cite(other.records) if len(best.records) == 1 else []
    if len(best.cells) == 1:
        extra = _quantity_unit(best)
        return f"{label}为 {draft.add_figure(label, best.value, cited)}{extra}"
    names = [draft.named(cell_name(cell, draft.catalog)) for cell in best.cells]
    each = "；".join(
        f"{own} {draft.add_figure(cell.part or cell.row.label, cell.value, draft.cite([cell.cell]))}"
        for own, cell in zip(names, best.cells, strict=True)
    )
    count = draft.named(str(len(names)))
    return f"{label}合计 {draft.add_figure(label, best.value, cited)}（{count} 项），其中：{each}"


def _quantity_unit(found: Found) -> str:
    unit = found.cells[0].sibling("计量单位")
    return f" {unit}" if unit and found.value.kind == "quantity" else ""


def say_text(draft: Draft, found: Found) -> None:
    """Words in a table: a goal, an indicator's target with its sign and unit."""
    for cell in found.cells:
        cited = draft.cite([cell.cell])
        column = found.column.measure or found.column.path
        is_target = found.table.kind == "绩效指标表"
        shown = indicator_text(cell.siblings, cell.cell) if is_target else cell.cell.printed
        shown = shown.translate(_BRACKETS)
        subject = _subject(draft, found.table, cell.row)
        unit = cell.sibling("计量单位") if is_target else ""
        figure = Figure(label=cell.row.label, value=cell.cell.printed.translate(_BRACKETS), unit=unit, citations=cited)
        draft.figures.append(figure)
        draft.lines.append(f"{cell.row.label}{subject}的{column}：**{shown}**{marks(cited)}（{title_of(found)}）。")


def _subject(draft: Draft, table: Table, row: Row) -> str:
    """In brackets the project that a line of a form is of, with its unit where another's is called the same."""
    alike = {t.form for t in draft.catalog.tables.values() if t.subject and t.subject == table.subject}
    unit = unit_name(row.unit, draft.catalog) if len(alike) > 1 else ""
    subject = table.subject if table.subject and table.subject != row.label else ""
    return f"（{unit}{draft.named(subject)}）" if unit or subject else ""


def _say_blank(draft: Draft, operand: Operand, readings: Sequence[Found]) -> None:
    """A cell that is left blank says neither that there is something nor that there is none; the prose may."""
    draft.lines.append(f"{draft.heading}中，附表没有填数：{figure_sentence(draft, readings[:1])}。")
    stated = statements_about(operand, draft, 0.4, _has_value)
    _say_statements(draft, sorted(stated, key=lambda s: not (s.amount_yuan or s.number)))
    if not stated:
        say_denials(draft, [operand])


def _say_otherwise(draft: Draft, operand: Operand, readings: Sequence[Found]) -> None:
    """What the prose states of the same item and no table prints is said too: it may be on another basis."""
    if not any(found.value.exact for found in readings):
        are_blank = all(found.value.kind == "blank" for found in readings)  # 附表空着，正文写明0万元
        stated = statements_about(operand, draft, 0.4, _has_amount if are_blank else lambda s: bool(s.amount_yuan))
        _say_statements(draft, [s for s in stated if normalise(s.subject) == normalise(operand.text)])
    elif readings[0].value.kind == "amount" and len({cell.row.label for cell in readings[0].cells}) == 1:
        printed = {found.value.exact for found in readings}
        stated = of_the_year(operand, draft, [cell.row for cell in readings[0].cells])
        other = [s for s in stated if (value := statement_value(s)) and value.exact not in printed]
        if other:
            draft.lines.append("正文写的是另一个数，口径与上面的表不同：")
            _say_statements(draft, other)


def _say_existence(draft: Draft, group: Sequence[Found], asked: Understanding) -> None:
    value = group[0].value
    sentence = figure_sentence(draft, group)
    if asked.thresholds and value.exact is not None:
        verdict = VERDICTS[not passes_all(value, asked.thresholds, group[0].cells[0].cell.unit)]
    else:
        verdict = "有" if value.exact else "没有"
    draft.lines.append(f"{verdict}：{sentence}。")
    if verdict == "没有":
        say_denials(draft, asked.operands)


def _say_statements(draft: Draft, statements: Sequence[StatementRecord]) -> None:
    """Figures that only the prose states, each with its sentence; a figure said twice is quoted once."""
    said: set[object] = set()
    for statement in statements:
        key = (statement.subject, statement.amount_yuan, statement.number)
        if key not in said and len(said) < _MOST_SENTENCES:
            said.add(key)
            draft.lines.append(say_statement(draft, statement))


def say_denials(draft: Draft, operands: Sequence[Operand]) -> bool:
    """Tables that declare themselves empty and sentences that deny what is asked for."""
    count = len(draft.lines)
    document = draft.contents.record
    terms = [term for operand in operands for term in operand.terms]
    for table_id in dict.fromkeys(link.key for term in terms for link in term.links if link.role == "table"):
        table = draft.contents.tables[table_id]
        if table.state == "declared_empty" and table.note:
            draft.lines.append(f"> {table.title}：{table.note}[{draft.citations.declared(document, table)}]")
    for paragraph in draft.contents.paragraphs.values():
        if paragraph.role == "contents":
            continue
        for sentence in sentences(paragraph.text):
            if len(draft.lines) < count + 2 and _denies(normalise(sentence), terms):
                draft.lines.append(f"> {sentence}[{draft.cite_passage(paragraph, sentence)}]")
    return len(draft.lines) > count


def _denies(sentence: str, terms: Sequence[Token]) -> bool:
    deny = "|".join(wording_rules()["denials"])
    return bool(terms) and all(
        re.search(rf"({deny}).{{0,6}}{re.escape(t.text)}|{re.escape(t.text)}.{{0,6}}({deny})", sentence) for t in terms
    )


def say_statement(draft: Draft, statement: StatementRecord) -> str:
    """A statement's figure and the sentence it is quoted from."""
    number = draft.cite_statement(statement)
    value = statement_value(statement)
    figure = f"{statement.subject} {draft.add_figure(statement.subject, value, [number])}。" if value else ""
    return f"{figure}正文写道：“{statement.sentence}”[{number}]"
