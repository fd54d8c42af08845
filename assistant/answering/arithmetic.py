"""Figures computed from figures: sums, differences, ratios, shares. Exact decimals, every term cited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.draft import Draft
from assistant.answering.found import Found, find
from assistant.answering.lookup import added_lines, agreeing, figure_sentence, pick_same_table
from assistant.answering.phrases import name_of, title_of
from assistant.answering.statements import statements_about
from assistant.answering.values import Value, added, percentage, quotient
from assistant.resolve import Reading, readings_of, total_rows
from assistant.understand.types import Operand, Understanding
from index.records import StatementRecord


def add_up(draft: Draft, asked: Understanding) -> bool:
    """``A、B和C加起来``: the terms and their sum."""
    lines = [added_lines(readings_of(o, draft.catalog, asked)) for o in asked.operands]
    resolved = _comparable(lines)
    if not resolved:
        return False
    terms = _terms(draft, resolved)
    if len(terms) == 1 and len(terms[0].cells) == 1:
        return False  # nothing is added
    if not terms or len({found.value.kind for found in terms}) > 1 or terms[0].value.exact is None:
        return False
    total = added(found.value for found in terms)
    parts, cited = _parts(draft, terms)
    names = "、".join(name_of(found, draft.catalog) for found in terms)
    draft.lines.append(f"{draft.heading}中，{names}合计 {draft.add_figure(f'{names}合计', total, cited)}：")
    draft.lines += parts
    return True


def compare(draft: Draft, asked: Understanding) -> bool:
    """``A比B多多少``, ``A是B的几倍``."""
    pair = _pair(draft, asked)
    if pair is None or pair[0].value.exact is None or pair[1].value.exact is None:
        return False
    first, second = pair
    names = name_of(first, draft.catalog), name_of(second, draft.catalog)
    first_exact, second_exact = first.value.exact, second.value.exact
    assert first_exact is not None and second_exact is not None
    lines = [_line(draft, found) for found in pair]
    cited = [n for figure in draft.figures for n in figure.citations]
    if asked.operation == "ratio":
        if not second_exact:
            return False
        result = draft.add_figure(f"{names[0]}÷{names[1]}", quotient(first_exact, second_exact), cited)
        sentence = f"{names[0]}是{names[1]}的 {result}"
    else:
        gap = Value("amount" if first.value.kind == "amount" else "quantity", abs(first_exact - second_exact),
                    unit=first.value.unit)  # fmt: skip
        word = "多" if first_exact > second_exact else "少"
        sentence = f"{names[0]}比{names[1]}{word} {draft.add_figure(f'{names[0]}−{names[1]}', gap, cited)}"
        if not gap.exact:
            sentence = f"{names[0]}与{names[1]}相同，相差 {draft.add_figure('差额', gap, cited)}"
    draft.lines.append(f"{draft.heading}中，{sentence}：")
    draft.lines += lines
    return True


def share(draft: Draft, asked: Understanding) -> bool:
    """``A占B的比重``: numerator (several operands are added), denominator, per cent."""
    if not asked.operands or asked.base is None:
        return False
    if len(asked.operands) > 1 and any(t.name == "list" for t in asked.tokens):
        return all([share(draft, replace(asked, operands=(o,), tokens=())) for o in asked.operands])
    parts = [readings_of(o, draft.catalog, asked) for o in asked.operands]
    wholes = _base_readings(draft, asked)
    if not all(parts) or not wholes:
        return False
    chosen = [pick_same_table(readings, wholes) for readings in parts]
    whole = chosen[0][1]
    found = find(draft, [[reading] for reading, _ in chosen] + [[whole]])
    if not all(found):
        return False
    *numerators, denominator = (group[0] for group in found)
    top, bottom = added(n.value for n in numerators), denominator.value
    if top.exact is None or not bottom.exact:
        return False
    lines, cited = _parts(draft, [*numerators, denominator])
    names = "、".join(name_of(n, draft.catalog) for n in numerators)
    if len(numerators) > 1:
        lines.insert(len(numerators), f"- 以上合计 {draft.add_figure(f'{names}合计', top, cited[:-1])}")
    percent = draft.add_figure(f"{names}占比", percentage(top.exact, bottom.exact), cited)
    draft.lines.append(f"{draft.heading}中，{names}占{name_of(denominator, draft.catalog)}的 {percent}：")
    draft.lines += lines
    return True


def rank_operands(draft: Draft, asked: Understanding) -> bool:
    """``A、B和C哪个最高``: the operands themselves are ranked."""
    if len(asked.operands) < 2 or asked.classes:
        return False
    resolved = _comparable([readings_of(o, draft.catalog, asked) for o in asked.operands])
    terms = _terms(draft, resolved) if resolved else []
    if not terms or len({found.value.kind for found in terms}) > 1 or terms[0].value.exact is None:
        return False
    ranked = sorted(terms, key=lambda found: found.value.exact or 0, reverse=asked.descending)
    lines, _ = _parts(draft, ranked)
    word = "最高" if asked.descending else "最低"
    draft.lines.append(f"{draft.heading}中，{word}的是 **{name_of(ranked[0], draft.catalog)}**：")
    draft.lines += lines
    return True


def subtract(draft: Draft, asked: Understanding) -> bool:
    """``B除A外还有多少``: the whole, what is left out, and the rest."""
    whole = asked.operands[0] if asked.operands else Operand(total="支出")
    wholes = readings_of(whole, draft.catalog, asked)
    parts = [_within(whole, o, draft, asked) or readings_of(o, draft.catalog, asked) for o in asked.excluded]
    if not wholes or not parts or not all(parts):
        return False
    chosen = [pick_same_table(wholes, readings) for readings in parts]
    found = find(draft, [[chosen[0][0]]] + [[part] for _, part in chosen])
    if not all(found):
        return False
    total, *left_out = (group[0] for group in found)
    if not all(_holds(total, reading, draft) for _, reading in chosen):
        return False
    taken = added(part.value for part in left_out)
    if total.value.exact is None or taken.exact is None or abs(taken.exact) > abs(total.value.exact):
        return False
    lines, cited = _parts(draft, [total, *left_out])
    names = "、".join(name_of(part, draft.catalog) for part in left_out)
    rest = Value(total.value.kind, total.value.exact - taken.exact, unit=total.value.unit)
    name = name_of(total, draft.catalog)
    draft.lines.append(
        f"{draft.heading}中，{name}除{names}外还有 {draft.add_figure(f'{name}除{names}外', rest, cited)}："
    )
    draft.lines += lines
    return True


def _within(whole: Operand, part: Operand, draft: Draft, asked: Understanding) -> Sequence[Reading]:
    """The part as a line of a table of the whole (商品和服务支出 in 一般公共预算项目支出情况表)."""
    return readings_of(part.with_terms(whole.terms), draft.catalog, asked) if whole.terms else ()


def _holds(whole: Found, part: Reading, draft: Draft) -> bool:
    """Whether the part stands in the whole's table, or in one that adds up to the whole."""
    if part.table.table_id == whole.table.table_id:
        return True
    total = total_rows(list(part.table.rows), of_units=False)
    sums = find(draft, [[replace(part, rows=total)]])[0] if total else []
    return any(found.value.exact == whole.value.exact for found in sums)


def _has_share(statement: StatementRecord) -> bool:
    return statement.share_percent is not None


def stated_share(draft: Draft, asked: Understanding) -> bool:
    """A share that the prose states itself (``份额比例 70.7%``)."""
    stated = [s for o in asked.operands for s in statements_about(o, draft, 0.4, _has_share)]
    if not stated or len(asked.operands) > 1:
        return False
    statement = stated[0]
    assert statement.share_percent is not None
    number = draft.cite_statement(statement)
    percent = draft.add_figure(
        f"{statement.subject}占比", Value("percent", statement.share_percent, unit="%"), [number]
    )
    draft.lines.append(
        f"{draft.heading}中，{statement.subject}占 {percent}。正文写道：“{statement.sentence}”[{number}]"
    )
    draft.route = "text"
    return True


def _base_readings(draft: Draft, asked: Understanding) -> Sequence[Reading]:
    """The denominator's readings; where none is named (``占比``, ``占全部门``), the total of the numerator's table."""
    assert asked.base is not None
    if asked.base.terms or asked.base.total:
        return readings_of(asked.base, draft.catalog, asked)
    found: list[Reading] = []
    for reading in readings_of(asked.operands[0], draft.catalog, asked):
        side = reading.rows[0].side
        total = next((row for row in reading.table.rows if row.is_total and row.side == side), None)
        column = reading.table.default_column(side)
        if total and column:
            found.append(Reading(reading.table, (total,), column, reading.score, True))
    return found or readings_of(Operand(total="支出"), draft.catalog, asked)


def _pair(draft: Draft, asked: Understanding) -> tuple[Found, Found] | None:
    if len(asked.operands) != 1 or asked.base is None:
        return None
    first = readings_of(asked.operands[0], draft.catalog, asked)
    second = readings_of(asked.base, draft.catalog, asked)
    if not first or not second:
        return None
    found = find(draft, [[reading] for reading in pick_same_table(first, second)])
    return (found[0][0], found[1][0]) if all(found) else None


def _comparable(resolved: Sequence[Sequence[Reading]]) -> list[list[Reading]]:
    """One reading per operand, of the first one's table where it prints them all."""
    if not resolved or not all(resolved):
        return []
    return [[pick_same_table([resolved[0][0]], readings)[1]] for readings in resolved]


def _terms(draft: Draft, resolved: Sequence[Sequence[Reading]]) -> list[Found]:
    found = find(draft, resolved)
    return [agreeing(readings)[0][0] for readings in found] if all(found) else []


def _parts(draft: Draft, terms: Sequence[Found]) -> tuple[list[str], list[int]]:
    """A line for each term with the table it is taken from, and all their citations."""
    lines = [_line(draft, found) for found in terms]
    return lines, [n for figure in draft.figures for n in figure.citations]


def _line(draft: Draft, found: Found) -> str:
    """Tables may print one item on different bases, so the one computed with is named."""
    return f"- {figure_sentence(draft, [found])}（{draft.named(title_of(found))}）"
