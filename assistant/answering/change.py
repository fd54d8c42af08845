"""This year against last, and reasons: from the prose that states them, and from tables that print both years."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.found import find
from assistant.answering.lead_ins import list_below, opens_list
from assistant.answering.lookup import look_up
from assistant.answering.statements import reason_told, statements_about
from assistant.answering.values import Value, ValueKind, percentage, plain
from assistant.answering.years import say_years
from assistant.resolve import readings_of
from assistant.scope import asks_final_account
from assistant.understand.types import Operand, Understanding
from assistant.understand.wording import normalise
from index.records import StatementRecord
from index.sentences import sentences

_MOST_SENTENCES: Final = 2
_MOST_REASONS: Final = 4
_MOST_BASES: Final = 3
_ROUNDING: Final = Decimal(500)
"""元: two sentences that round one amount differ by no more."""
_ROUNDED: Final = Decimal(50)
"""元: half of the last digit that amounts in 万元 are printed with."""

_ONE_DIGIT: Final = Decimal("0.1")
"""Percentage points that a stated rate is allowed to be cut instead of rounded."""

_WAN: Final = Decimal(10000)
_BOTH_TOTALS: Final = ("收入支出总计", "收支总计")
_BUDGETED: Final = ("预算数", "年初预算")
_SPENT: Final = ("执行", "决算")
_GIVES_REASON: Final = re.compile(r"原因|由于|因为|是因|系因|所致")


def answer_change(draft: Draft, asked: Understanding) -> bool:
    """``比上年增加多少``: amount, per cent, both years as far as stated, reason when asked."""
    return all(_say_change(draft, operand, asked) for operand in _distinct_operands(asked))


def _say_change(draft: Draft, operand: Operand, asked: Understanding) -> bool:
    statements = statements_about(operand, draft, fits=_has_change) or _of_whole(draft, operand, asked)
    statements = [s for s in statements if _is_against(s, draft, asked)]
    if not statements:
        return not asks_final_account(asked, draft.contents.record) and _say_printed(draft, operand, asked)
    bases = _bases(_naming_themselves(statements))
    for basis in bases:
        said = f"（{_heading(draft, basis[0])}）" if len(bases) > 1 else ""
        _say_changes(draft, _best(basis, asked.wants_reason), said)
    if asked.wants_reason and not any(s.reason for s in statements):
        draft.lines += _reasons_below(draft, statements)
    return True


def _naming_themselves(statements: Sequence[StatementRecord]) -> list[StatementRecord]:
    """The statements without those whose sentence begins with a change and doesn't name its subject.

    They go only where another sentence names that subject with the same amount and its own change: then they are of
    an item that the sentence before named last (其中：…公务用车运行维护费12.64万元；比上年减少4.11万元).
    """
    naming = [s for s in statements if _has_change(s) and normalise(s.subject) in normalise(s.sentence)]
    told = {(s.subject, s.amount_yuan) for s in naming}
    return [s for s in statements if s in naming or (s.subject, s.amount_yuan) not in told]


def _bases(statements: Sequence[StatementRecord]) -> list[list[StatementRecord]]:
    """The statements by the change they state: of all funds in one section, of the budget proper in another.

    What states no amount goes with the first; amounts that differ by rounding only are the same.
    """
    groups: list[list[StatementRecord]] = []
    for statement in (s for s in statements if s.change_yuan is not None):
        same = next((g for g in groups if _is_same_change(g[0], statement)), None)
        if same is None and len(groups) < _MOST_BASES:
            groups.append([statement])
        elif same is not None:
            same.append(statement)
    rest = [s for s in statements if s.change_yuan is None]
    return [[*groups[0], *rest], *groups[1:]] if groups else [rest]


def _is_same_change(one: StatementRecord, other: StatementRecord) -> bool:
    assert one.change_yuan is not None and other.change_yuan is not None
    return abs(one.change_yuan - other.change_yuan) <= _ROUNDING


def _heading(draft: Draft, statement: StatementRecord) -> str:
    """The heading that a sentence stands under."""
    section = draft.contents.paragraphs[statement.paragraph_id].section
    return draft.named(section[-1] if section else "正文")


def _is_against(statement: StatementRecord, draft: Draft, asked: Understanding) -> bool:
    """Whether a sentence compares with what was spent, or budgeted, where that is asked for (``比上年执行数``)."""
    is_spent = any(word in (statement.earlier_basis or "") for word in _SPENT)
    if asks_final_account(asked, draft.contents.record):
        return is_spent
    return not (is_spent and _asks_budget_before(asked, draft.catalog.year))


def _asks_budget_before(asked: Understanding, year: int | None) -> bool:
    """``比上年预算数增加多少``: against last year's budget, not against what was spent."""
    before = str((year or 0) - 1)
    names_budget = any(t.text.startswith(_BUDGETED) for t in asked.tokens if t.group in ("filler", "document_types"))
    return (names_budget and asked.operation == "lookup") or any(
        (t.name == "last" or (t.group == "year" and t.name == before)) and after.text.startswith("预算")
        for t, after in pairwise(asked.tokens)
    )


def _distinct_operands(asked: Understanding) -> list[Operand]:
    """The operands, each once (``上年的培训费和今年的培训费``); without any the whole."""
    return list({operand.text: operand for operand in asked.operands or (Operand(total="支出"),)}.values())


def _of_whole(draft: Draft, operand: Operand, asked: Understanding) -> list[StatementRecord]:
    """Changes of what the prose just calls 收入 or 支出, where its amount is the printed total.

    Else of the total of one source (财政拨款收入), where that makes up the whole.
    """
    if not operand.total or operand.terms:
        return []
    amounts = _totals(draft, operand, asked)
    stated = [s for s in draft.contents.statements.values() if _has_change(s) and _is_of_total(s, operand.total)]
    whole = [s for s in stated if _is_one_of(s.amount_yuan, amounts)]
    plain = [s for s in whole if normalise(s.subject) == operand.total]
    named = [s for s in stated if normalise(s.subject) == operand.total and not (amounts and s.amount_yuan)]
    both = [s for s in stated if normalise(s.subject) in _BOTH_TOTALS]
    return plain or [s for s in named if _is_under_totals(s, operand.total, draft)] or both or whole


def _totals(draft: Draft, operand: Operand, asked: Understanding) -> set[Decimal | None]:
    """The printed totals of all 收入 or 支出."""
    plain = replace(asked, operation="lookup", years=(), relative_year=None)
    return {each.value.exact for each in find(draft, [readings_of(operand, draft.catalog, plain)])[0]}


def _is_one_of(amount: Decimal | None, totals: set[Decimal | None]) -> bool:
    """Whether a sentence's amount is a printed total, as far as it is rounded."""
    if amount is None:
        return False
    most = _ROUNDING if amount % _WAN else _WAN / 2
    return any(total is not None and abs(amount - total) <= most for total in totals)


def _is_of_total(statement: StatementRecord, total: str) -> bool:
    """Whether a sentence is about 收入 or 支出 of some kind, or about both together (收入支出总计)."""
    subject = normalise(statement.subject)
    return subject.endswith(total) or subject in _BOTH_TOTALS


def _is_under_totals(statement: StatementRecord, total: str, draft: Draft) -> bool:
    """Whether a sentence stands below a heading on the totals (预算收支增减变化情况, 收入预算情况说明)."""
    section = draft.contents.paragraphs[statement.paragraph_id].section
    return bool(section) and any(words in section[-1] for words in ("收支", f"、{total}预算"))


def answer_this_year(draft: Draft, asked: Understanding) -> bool:
    """Of two years asked for, the one that the document is of; that the other is nowhere stated is said."""
    operands = tuple(_distinct_operands(asked))
    this_year = replace(asked, operation="lookup", operands=operands, years=(), relative_year=None)
    if not look_up(draft, this_year):
        return False
    draft.lines.append("文件没有写明上年的数，所以不能比较。")
    return True


def answer_earlier(draft: Draft, asked: Understanding) -> bool:
    """Last year's figure of an item, where the document states it."""
    said = False
    for operand in asked.operands or (Operand(total="支出"),):
        statements = statements_about(operand, draft, fits=lambda s: earlier_amount(s) is not None)
        statements = [s for s in statements if _is_against(s, draft, asked)]
        if statements:
            _say_earlier(draft, statements[0])
            said = True
        elif not asks_final_account(asked, draft.contents.record):
            said = _say_printed(draft, operand, asked) or _say_derived(draft, operand, asked) or said
    return said


def told_apart(
    operand: Operand,
    draft: Draft,
    at_least: float = 0.0,
    fits: Callable[[StatementRecord], bool] = lambda _: True,
) -> tuple[StatementRecord, StatementRecord] | None:
    """This year's amount and its change, where two sentences tell them: of one paragraph, else the only ones."""
    changes = statements_about(operand, draft, at_least, lambda s: s.change_yuan is not None and fits(s))
    amounts = statements_about(operand, draft, at_least, lambda s: s.amount_yuan is not None)
    pairs = [(a, c) for c in changes for a in amounts if normalise(a.subject) == normalise(c.subject)]
    if together := [(a, c) for a, c in pairs if a.paragraph_id == c.paragraph_id]:
        return together[0]
    are_only = len({a.amount_yuan for a, _ in pairs}) == len({c.change_yuan for _, c in pairs}) == 1
    return pairs[0] if are_only else None


def _say_derived(draft: Draft, operand: Operand, asked: Understanding) -> bool:
    """Last year's figure from this year's and the change, where two sentences state them apart."""
    pair = told_apart(operand, draft, fits=lambda s: _is_against(s, draft, asked))
    if pair is None:
        return False
    amount, change = pair
    assert amount.amount_yuan is not None and change.change_yuan is not None
    earlier = Value("amount", amount.amount_yuan - change.change_yuan, unit="万元")
    cited = [draft.cite_statement(amount), draft.cite_statement(change)]
    figure = draft.add_figure(f"{amount.subject}（上年）", earlier, cited)
    word = "增加" if change.change_yuan > 0 else "减少"
    parts = [
        _stated(draft, amount.subject, amount.amount_yuan, "amount", amount),
        _stated(draft, f"{amount.subject}增减", abs(change.change_yuan), "amount", change),
    ]
    draft.lines.append(
        f"{draft.heading}按本年数 {parts[0]} 和比{_year_word(change)}{word} {parts[1]} 推算，"
        f"{amount.subject}的{_year_word(change)}数为 {figure}。"
    )
    draft.route = "text"
    return True


def answer_reason(draft: Draft, asked: Understanding) -> bool:
    """``为什么增加``: the sentence that gives the reason."""
    operands = [_without_code(operand) for operand in asked.operands]
    found = [s for o in operands for s in statements_about(o, draft, fits=_has_reason)]
    if not operands:
        found = statements_about(Operand(total="支出"), draft, fits=_has_reason)
    if not found:
        return _say_reasons_below(draft, asked)
    for statement in _distinct(found)[:_MOST_SENTENCES]:
        number = draft.cite_statement(statement)
        draft.lines.append(f"{statement.subject}：{reason_told(statement)}。正文写道：“{statement.sentence}”[{number}]")
    draft.lines.insert(0, f"{draft.heading}说明的原因：")
    draft.route = "text"
    return True


def _without_code(operand: Operand) -> Operand:
    """An item without its code, where both are said (2210103棚户区改造)."""
    plain = tuple(term for term in operand.terms if not term.text.isdigit())
    return replace(operand, terms=plain) if plain else operand


def _say_reasons_below(draft: Draft, asked: Understanding) -> bool:
    """The change itself, and the reasons that stand below it."""
    changes = [s for o in asked.operands for s in statements_about(o, draft, fits=_has_change)]
    reasons = _reasons_below(draft, changes)
    if not reasons:
        return False
    draft.lines.append(f"{draft.heading}说明的原因：")
    draft.lines += [f"> {s.sentence}[{draft.cite_statement(s)}]" for s in _distinct(changes)[:1]]
    draft.lines += reasons
    draft.route = "text"
    return True


def _reasons_below(draft: Draft, changes: Sequence[StatementRecord]) -> list[str]:
    """Reasons that the sentences below a change give for it or its parts (``比上年减少 10 万元。其中：…``)."""
    starts = {s.paragraph_id for s in changes}
    sections = {draft.contents.paragraphs[key].section for key in starts}
    below = [p for p in draft.contents.paragraphs.values() if p.section in sections and p.role != "contents"]
    first = min((p.position for p in below if p.paragraph_id in starts), default=None)
    given = [
        (p, s) for p in below if first is not None and p.position >= first
        for s in sentences(p.text) if _GIVES_REASON.search(s)
    ]  # fmt: skip
    lines: list[str] = []
    for paragraph, sentence in given[:_MOST_REASONS]:
        lines.append(f"> {sentence}[{draft.cite_passage(paragraph, sentence)}]")
        if opens_list(sentence):
            lines += [f"> {line}" for line in list_below(draft, paragraph)]
    return lines


def _has_change(statement: StatementRecord) -> bool:
    return statement.change_yuan is not None or statement.percent is not None


def _has_reason(statement: StatementRecord) -> bool:
    return bool(statement.reason)


def _best(statements: Sequence[StatementRecord], wants_reason: bool) -> list[StatementRecord]:
    """The fullest statement, and one more where it adds the year before or the reason."""

    def fullness(s: StatementRecord) -> tuple[int, int]:
        filled = sum(v is not None for v in (s.change_yuan, s.percent, s.amount_yuan, s.earlier_yuan))
        return (filled, int(s.reason is not None))

    ranked = sorted(_distinct(statements), key=fullness, reverse=True)
    kept = ranked[:1]
    for other in ranked[1:]:
        adds = (other.percent is not None and kept[0].percent is None) or (
            other.earlier_yuan is not None and kept[0].earlier_yuan is None
        )
        if adds or (wants_reason and other.reason and not kept[0].reason):
            kept.append(other)
    return kept[:_MOST_SENTENCES]


def _distinct(statements: Iterable[StatementRecord]) -> list[StatementRecord]:
    seen: dict[str, StatementRecord] = {}
    for statement in statements:
        seen.setdefault(statement.sentence + statement.subject, statement)
    return list(seen.values())


def _say_changes(draft: Draft, statements: Sequence[StatementRecord], basis: str = "") -> None:
    """One sentence from all statements together; each figure carries its own citation."""
    subject = statements[0].subject
    parts = [*_changes(draft, statements), *_percents(draft, statements)]
    years = [
        f"{name} {_stated(draft, f'{subject}{name}', amount, 'amount', statement)}"
        for name, amount, statement in (
            *_first("本年", "amount_yuan", statements),
            *_first("上年", "earlier_yuan", statements),
        )
    ]
    if derived := _derived(statements):
        years.append(f"上年 {_stated(draft, f'{subject}上年（推算）', derived[0], 'amount', derived[1])}（推算）")
    detail = f"（{'，'.join(years)}）" if years else ""
    draft.lines.append(f"{draft.heading}中，{subject}{basis}{'，'.join(parts)}{detail}。")
    draft.lines += _computed_rate(draft, statements)
    if reason := next((reason_told(s) for s in statements if s.reason), None):
        draft.lines.append(f"原因：{reason}。")
    draft.route = "text"


def _computed_rate(draft: Draft, statements: Sequence[StatementRecord]) -> Iterator[str]:
    """The rate of change, where no sentence states it or what one states is not what its amounts come to."""
    rates = ((change, earlier, s) for s in statements for change, earlier in _change_of(s) if earlier > 0)
    change, earlier, statement = next(rates, (Decimal(0), Decimal(0), statements[0]))
    stated = next((abs(s.percent) for s in statements if s.percent is not None), None)
    if not change or (stated is not None and _is_rate(stated, abs(change), earlier)):
        return
    value = percentage(abs(change), earlier)
    word = "增长" if change > 0 else "下降"
    figure = draft.add_figure(f"{statement.subject}增减率（计算）", value, [draft.cite_statement(statement)])
    against = f"，与文件写的 {plain(stated)} % 不符" if stated is not None else ""
    yield f"按本年数和{_year_word(statement)}数计算，{word} {figure}{against}。"


def _change_of(statement: StatementRecord) -> Iterator[tuple[Decimal, Decimal]]:
    """The change of a sentence and the earlier amount, as stated or from the two others."""
    earlier = earlier_amount(statement)
    if earlier is not None and statement.change_yuan is not None:
        yield statement.change_yuan, earlier
    elif earlier is not None and statement.amount_yuan is not None:
        yield statement.amount_yuan - earlier, earlier


def _is_rate(stated: Decimal, change: Decimal, earlier: Decimal) -> bool:
    """Whether a stated rate may be that of two amounts that are rounded like it."""
    digits = Decimal(1).scaleb(int(stated.normalize().as_tuple().exponent)) / 2
    loose = (_ROUNDED + change * _ROUNDED * 2 / earlier) * 100 / earlier
    return abs(stated - change * 100 / earlier) <= max(digits, _ONE_DIGIT) + loose


def _derived(statements: Sequence[StatementRecord]) -> tuple[Decimal, StatementRecord] | None:
    """Last year's amount from this year's and the change of one sentence, where no sentence states it."""
    if any(s.earlier_yuan is not None for s in statements):
        return None
    return next(((amount, s) for s in statements if (amount := earlier_amount(s)) is not None), None)


def _changes(draft: Draft, statements: Sequence[StatementRecord]) -> Iterator[str]:
    for change, statement, derived in _first_change(statements):
        word = "增加" if change > 0 else "减少" if change < 0 else "持平，增减"
        figure = _stated(draft, f"{statement.subject}增减", abs(change), "amount", statement)
        yield f"比{_year_word(statement)}{word} {figure}{derived}"


def _first_change(statements: Sequence[StatementRecord]) -> Iterator[tuple[Decimal, StatementRecord, str]]:
    """The change that a sentence states, else the difference of the two years that one states."""
    for _, change, statement in _first("", "change_yuan", statements):
        yield change, statement, ""
        return
    for statement in statements:
        if statement.amount_yuan is not None and statement.earlier_yuan is not None:
            yield statement.amount_yuan - statement.earlier_yuan, statement, "（推算）"
            return


def _percents(draft: Draft, statements: Sequence[StatementRecord]) -> Iterator[str]:
    for _, percent, statement in _first("", "percent", statements):
        if percent:
            figure = _stated(draft, f"{statement.subject}增减率", abs(percent), "percent", statement)
            yield f"{'增长' if percent > 0 else '下降'} {figure}"


def _first(
    name: str, field: str, statements: Sequence[StatementRecord]
) -> Iterator[tuple[str, Decimal, StatementRecord]]:
    """The first statement that holds a field, with the field's number."""
    for statement in statements:
        number: Decimal | None = getattr(statement, field)
        if number is not None:
            yield name, number, statement
            return


def _stated(draft: Draft, label: str, number: Decimal, kind: ValueKind, statement: StatementRecord) -> str:
    value = Value(kind, number, unit="万元" if kind == "amount" else "%")
    return draft.add_figure(label, value, [draft.cite_statement(statement)])


def earlier_amount(statement: StatementRecord) -> Decimal | None:
    """Last year's amount: as stated, else this year's without the change."""
    if statement.earlier_yuan is not None:
        return statement.earlier_yuan
    if statement.amount_yuan is None or statement.change_yuan is None:
        return None
    return statement.amount_yuan - statement.change_yuan


def _year_word(statement: StatementRecord) -> str:
    """What a change is against, as the document words it."""
    return (statement.earlier_basis or "上年").removesuffix("数")


def _say_earlier(draft: Draft, statement: StatementRecord) -> None:
    number = draft.cite_statement(statement)
    value = Value("amount", earlier_amount(statement), unit="万元")
    figure = draft.add_figure(f"{statement.subject}（上年）", value, [number])
    how = "写明" if statement.earlier_yuan is not None else "按本年数和增减额推算"
    draft.lines.append(f"{draft.heading}{how}，{statement.subject}的{_year_word(statement)}数为 {figure}。")
    draft.route = "text"


def _say_printed(draft: Draft, operand: Operand, asked: Understanding) -> bool:
    """Both years from a table that prints them side by side."""
    return say_years(draft, operand, asked, frozenset() if operand.terms else _totals(draft, operand, asked))
