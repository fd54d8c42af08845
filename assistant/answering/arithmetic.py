"""Figures computed from figures: sums, differences, ratios, shares. Exact decimals, every term cited."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.found import Found, find
from assistant.answering.phrases import name_of
from assistant.answering.printed_parts import whole_printed
from assistant.answering.statements import statements_about
from assistant.answering.terms import Term, bases_of, computable, say_terms, terms_of
from assistant.answering.values import Value, added, percentage, quotient
from assistant.resolve import Reading, readings_of, total_rows
from assistant.understand.types import Operand, Understanding
from assistant.understand.wording import normalise
from index.records import StatementRecord

_SEVERAL: Final = 2


def add_up(draft: Draft, asked: Understanding) -> bool:
    """``A、B和C加起来``: the terms and their sum."""
    return _on_bases(draft, bases_of(draft, asked, asked.operands), _add_terms)


def _on_bases(draft: Draft, bases: Sequence[list[Term]], say: Callable[[Draft, list[Term]], bool]) -> bool:
    """The result on each basis on which it can be computed; False where there is none."""
    able = [terms for terms in bases if computable(terms)]
    if len(able) > 1:
        draft.lines.append(f"有 {draft.named(str(len(able)))} 种口径，数额不同：")
    return any([say(draft, terms) for terms in able])


def _add_terms(draft: Draft, terms: list[Term]) -> bool:
    if (len(terms) == 1 and len(terms[0].cells) < 2) or _overlap(terms) or _adds_whole(terms):
        return False  # nothing is added, or something twice
    draft.used.append("sum")
    before = len(draft.figures)
    total = added(term.value for term in terms)
    lines, cited = say_terms(draft, terms, before)
    names = "、".join(term.name for term in terms)
    _say(draft, f"{names}合计 {draft.add_figure(f'{names}合计', total, cited)}", lines, terms)
    return True


def _overlap(terms: Sequence[Term]) -> bool:
    cells = [cell.cell.figure_id for term in terms for cell in term.cells]
    return len(set(cells)) < len(cells)


def _adds_whole(terms: Sequence[Term]) -> bool:
    """Whether one of several terms is what the others come to: a whole beside its parts."""
    amounts = [_exact(term) for term in terms]
    return len(terms) > _SEVERAL and 2 * max(amounts) == sum(amounts)


def compare(draft: Draft, asked: Understanding) -> bool:
    """``A比B多多少``, ``A是B的几倍``; with several B each on its own."""
    if len(asked.operands) != 1 or asked.base is None:
        return False
    if asked.share_of is not None:
        return _compare_shares(draft, asked, asked.share_of)
    others = [asked.base, *asked.further_bases]

    def say(draft: Draft, terms: list[Term]) -> bool:
        first, *bases = terms
        return all([compare_pair(draft, first, base, as_ratio=asked.operation == "ratio") for base in bases])

    return _on_bases(draft, bases_of(draft, asked, [*asked.operands, *others]), say)


def compare_pair(draft: Draft, first: Term, second: Term, *, as_ratio: bool) -> bool:
    """The gap between two terms, or how many times one is the other."""
    exact, other = _exact(first), _exact(second)
    if as_ratio and not other:
        return False
    draft.used.append("gap")
    lines, cited = say_terms(draft, [first, second], len(draft.figures))
    if as_ratio:
        result = draft.add_figure(f"{first.name}÷{second.name}", quotient(exact, other), cited)
        sentence = f"{first.name}是{second.name}的 {result}"
    elif exact == other:
        gap = replace(first.value, exact=exact - other)
        sentence = f"{first.name}与{second.name}相同，相差 {draft.add_figure('差额', gap, cited)}"
    else:
        gap = replace(first.value, exact=abs(exact - other))
        word = "多" if exact > other else "少"
        sentence = f"{first.name}比{second.name}{word} {draft.add_figure(f'{first.name}−{second.name}', gap, cited)}"
    _say(draft, sentence, lines, [first, second])
    return True


def _compare_shares(draft: Draft, asked: Understanding, of: Operand) -> bool:
    """``A占比比B占比高几个百分点``: both shares of one whole, and what lies between them."""
    assert asked.base is not None
    parts = [*asked.operands, asked.base]
    terms = terms_of(draft, asked, [*parts, of])
    if not terms or not computable(terms) or not terms[-1].value.exact:
        return False
    *pair, whole = terms
    lines, _ = say_terms(draft, terms, len(draft.figures))
    shares = [percentage(_exact(term), _exact(whole)) for term in pair]
    cited = [[*draft.cite(c.cell for c in term.cells), *draft.cite(c.cell for c in whole.cells)] for term in pair]
    told = [
        f"{term.name}占 {draft.add_figure(f'{term.name}占比', share, numbers)}"
        for term, share, numbers in zip(pair, shares, cited, strict=True)
    ]
    first, second = (share.exact or Decimal(0) for share in shares)
    gap = draft.add_figure("相差", Value("percent", abs(first - second), unit="个百分点"), [*cited[0], *cited[1]])
    word = "高" if first >= second else "低"
    sentence = f"{pair[0].name}的占比比{pair[1].name}{word} {gap}（{'，'.join(told)}，按两位小数相减）"
    _say(draft, sentence, lines, terms)
    return True


def _exact(term: Term) -> Decimal:
    assert term.value.exact is not None
    return term.value.exact


def share(draft: Draft, asked: Understanding) -> bool:
    """``A占B的比重``: numerator (several operands are added), denominator, per cent."""
    if not asked.operands or asked.base is None:
        return False
    if len(asked.operands) > 1 and any(t.name == "list" for t in asked.tokens):
        return all([share(draft, replace(asked, operands=(o,), tokens=())) for o in asked.operands])
    bases = bases_of(draft, asked, [*asked.operands, asked.base], in_one_place=True)
    if all(_names_no_whole(asked.base, operand) for operand in asked.operands):
        bases = [_of_printed_whole(draft, terms) for terms in bases]
    return _on_bases(draft, bases, _share_terms)


def _names_no_whole(base: Operand, part: Operand) -> bool:
    """Whether a share is of nothing named: of a table's total, or of the row that the part is a column of."""
    return base == Operand() or (not base.total and bool(base.terms) and {*base.terms} <= {*part.terms})


def _of_printed_whole(draft: Draft, terms: list[Term]) -> list[Term]:
    """A part and what it is printed as a part of, which may be named beside it; the terms as they are otherwise."""
    *parts, _ = terms
    cells = parts[-1].cells
    reading = whole_printed(cells[0].row, cells[0].cell.column_path, draft) if len(cells) == 1 else None
    found = find(draft, [[reading]])[0] if reading else []
    if not found or found[0].value.exact is None:
        return terms
    whole = Term(draft.named(name_of(found[0], draft.catalog)), (found[0],))
    beside = [cell.cell.figure_id for part in parts[:-1] for cell in part.cells]
    are_others = any(number != whole.cells[0].cell.figure_id for number in beside)
    return terms if are_others else [parts[-1], whole]


def _share_terms(draft: Draft, terms: list[Term]) -> bool:
    *numerators, denominator = terms
    top = added(term.value for term in numerators)
    if len(numerators) == 1 and denominator.statement and (of := numerators[0].statement) and _has_share(of):
        return False  # the sentence states the share itself
    if top.exact is None or not _exact(denominator) or _is_itself(numerators, denominator):
        return False
    draft.used.append("sum")
    lines, cited = say_terms(draft, terms, len(draft.figures))
    names = "、".join(term.name for term in numerators)
    if len(numerators) > 1:
        lines.insert(len(numerators), f"- 以上合计 {draft.add_figure(f'{names}合计', top, cited[:-1])}")
    percent = draft.add_figure(f"{names}占比", percentage(top.exact, _exact(denominator)), cited)
    _say(draft, f"{names}占{denominator.name}的 {percent}", lines, terms)
    return True


def _is_itself(numerators: Sequence[Term], denominator: Term) -> bool:
    """Whether a figure is set in relation to itself (or one total to the same total elsewhere): nobody asks for it."""
    if denominator.statement and any(term.statement == denominator.statement for term in numerators):
        return True
    cells = [cell for term in numerators for cell in term.cells]
    if {cell.cell.figure_id for cell in cells} == {cell.cell.figure_id for cell in denominator.cells} and cells:
        return True
    is_total = bool(cells) and all(cell.row.is_total for cell in (*cells, *denominator.cells))
    return is_total and added(term.value for term in numerators).exact == denominator.value.exact


def rank_operands(draft: Draft, asked: Understanding) -> bool:
    """``A、B和C哪个最高``: the operands themselves are ranked."""
    if len(asked.operands) < 2 or asked.classes or asked.of_each_unit:
        return False
    terms = terms_of(draft, asked, asked.operands)
    if not terms or not computable(terms):
        return False
    order = sorted(terms, key=lambda term: term.value.exact or 0, reverse=asked.descending)
    lines, _ = say_terms(draft, order, len(draft.figures))
    draft.used.append("max" if asked.descending else "min")
    word = "最高" if asked.descending else "最低"
    _say(draft, f"{word}的是 **{order[0].name}**", lines, terms)
    return True


def subtract(draft: Draft, asked: Understanding) -> bool:
    """``B除A外还有多少``: the whole, what is left out, and the rest."""
    whole = asked.operands[0] if asked.operands else Operand(total="支出")
    if not asked.excluded:
        return False
    is_named = bool(asked.operands)
    parts = [_within(whole, operand, draft, asked) for operand in asked.excluded]
    bases = bases_of(draft, asked, [whole, *parts])
    return _on_bases(draft, bases, lambda draft, terms: _subtract_terms(draft, terms, is_named=is_named))


def _subtract_terms(draft: Draft, terms: list[Term], *, is_named: bool) -> bool:
    if _overlap(terms):
        return False
    total, *left_out = terms
    taken = added(part.value for part in left_out)
    if total.value.exact is None or taken.exact is None or abs(taken.exact) > abs(total.value.exact):
        return False
    if is_named and not _are_within(left_out, total, draft):
        return False
    draft.used.append("except")
    lines, cited = say_terms(draft, terms, len(draft.figures))
    names = "、".join(part.name for part in left_out)
    rest = replace(total.value, exact=total.value.exact - taken.exact)
    figure = draft.add_figure(f"{total.name}除{names}外", rest, cited)
    _say(draft, f"{total.name}除{names}外还有 {figure}", lines, terms)
    return True


def _within(whole: Operand, part: Operand, draft: Draft, asked: Understanding) -> Operand:
    """The part as a line of a table of the whole, where there is one (商品和服务支出 in 一般公共预算项目支出情况表)."""
    narrowed = part.with_terms(whole.terms)
    return narrowed if whole.terms and readings_of(narrowed, draft.catalog, asked) else part


def _are_within(parts: Sequence[Term], whole: Term, draft: Draft) -> bool:
    """Whether what is left out can be part of the whole: of its table, of one that adds up to it, or it is all."""
    if whole.statement or any(part.statement for part in parts):
        return all(part.statement for part in (*parts, whole))
    if any(_is_everything(part) for part in whole.parts):
        return True
    return all(_holds(whole, found, draft) for part in parts for found in part.parts)


def _holds(whole: Term, part: Found, draft: Draft) -> bool:
    if part.table.table_id in {found.table.table_id for found in whole.parts}:
        return True
    total = total_rows(list(part.table.rows), of_units=False)
    sums = find(draft, [[Reading(part.table, total, part.column)]])[0] if total else []
    return any(found.value.exact == whole.value.exact for found in sums)


def _is_everything(part: Found) -> bool:
    """Whether a figure is a table's total in its own column, not that of a part of the spending (项目支出)."""
    default = part.table.default_column(part.cells[0].row.side)
    is_default = default is not None and default.number == part.column.number
    return is_default and all(cell.row.is_total or cell.row.code_system == "单位" for cell in part.cells)


def _has_share(statement: StatementRecord) -> bool:
    return statement.share_percent is not None


def _is_of(statement: StatementRecord, whole: Operand) -> bool:
    """Whether the share that a sentence states is of a whole, as far as it says of what it is (占“三公”经费的5.31%)."""
    assert statement.share_percent is not None
    percent = re.escape(f"{statement.share_percent.normalize():f}")
    told = re.search(rf"占([^，,。；;占%\d]*?)的?{percent}", statement.sentence)
    said = normalise(told[1]) if told else ""
    if not said:
        return True
    names = [whole.total] if whole.total else [token.text for token in whole.terms]
    return any(normalise(name) in said for name in names)


def stated_share(draft: Draft, asked: Understanding) -> bool:
    """A share that the prose states itself (``份额比例 70.7%``)."""
    stated = [s for o in asked.operands for s in statements_about(o, draft, 0.4, _has_share)]
    if not stated or len(asked.operands) > 1 or (asked.base and not _is_of(stated[0], asked.base)):
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


def _say(draft: Draft, sentence: str, lines: Sequence[str], terms: Sequence[Term]) -> None:
    draft.lines.append(f"{draft.heading}中，{sentence}：")
    draft.lines += lines
    if all(term.statement for term in terms):
        draft.route = "text"
