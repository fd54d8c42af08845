"""The quantities of a computation: figures of tables or of sentences, sums of such, rows picked by their rank."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.found import Found, FoundCell, comes_to, find
from assistant.answering.lookup import added_lines, bearing_lines
from assistant.answering.members import Member, members_of, ranked, rows_meant
from assistant.answering.operators import use_rank
from assistant.answering.phrases import OF_ONE_CLASS, as_wholes, cell_name, name_of, title_of
from assistant.answering.statements import stated_beyond, statements_about
from assistant.answering.values import Value, added
from assistant.catalog import Link
from assistant.resolve import Reading, RowSet, asks_budget_of_final, readings_of, row_sets_of
from assistant.understand.dates import TERM
from assistant.understand.types import Operand, Token, Understanding
from index.records import StatementRecord

_MOST_BASES: Final = 3
_PROJECTS: Final = "项目支出表"
_CERTAIN: Final = 0.4
"""How well a sentence must be about an item to state its figure."""


@dataclass(frozen=True, slots=True)
class Term:
    """One quantity: ``parts`` are cells of tables, of several their sum; or the ``statement`` of a sentence."""

    name: str
    parts: tuple[Found, ...] = ()
    statement: StatementRecord | None = None

    @property
    def value(self) -> Value:
        """The quantity's exact value."""
        if self.statement:
            return Value("amount", self.statement.amount_yuan, unit="万元")
        return self.parts[0].value if len(self.parts) == 1 else added(part.value for part in self.parts)

    @property
    def cells(self) -> list[FoundCell]:
        """All cells it is made of."""
        return [cell for part in self.parts for cell in part.cells]


def terms_of(
    draft: Draft, asked: Understanding, operands: Sequence[Operand], beside: Reading | None = None
) -> list[Term] | None:
    """One term for each operand, all from one table where it prints them all; None where one of them has none.

    ``beside``: what the terms are compared with, so that they are taken from its table where they stand there.
    """
    return next(iter(bases_of(draft, asked, operands, beside)), None)


def bases_of(
    draft: Draft, asked: Understanding, operands: Sequence[Operand], beside: Reading | None = None, *,
    in_one_place: bool = False,
) -> list[list[Term]]:  # fmt: skip
    """The operands' terms on each basis on which they have other amounts, the usual one first.

    A basis is a table that prints them all. An empty operand is the total of the table that the others stand in. What
    no table holds is taken from the prose, if it states every one of them; with ``in_one_place`` in one paragraph.
    """
    leaves = [leaf for operand in operands for leaf in _leaves(operand)]
    if any(TERM.fullmatch(leaf.text) for leaf in leaves):
        return []
    named = {leaf: _readings(draft, asked, leaf) for leaf in leaves if leaf != Operand()}
    if not all(named.values()):
        is_budget = asks_budget_of_final(asked, draft.catalog)  # sentences give what was spent
        stated = None if is_budget else _stated(draft, operands, in_one_place=in_one_place)
        return [stated] if stated else []
    picked = {o: _picked(draft, o.picked, tuple(named.values())) for o in operands if o.picked}
    picks = [_reading(pick.parts[0]) for pick in picked.values() if pick]
    if len(picks) < len(picked):
        return []
    around = [reading for readings in (*named.values(), picks) for reading in readings]
    readings = [named[leaf] if leaf in named else _totals_beside(draft, asked, around) for leaf in leaves]
    found = [_filled(group) for group in find(draft, readings)] if readings else []
    if not OF_ONE_CLASS.search(asked.question):
        found = [as_wholes(group) for group in found]
    found = _of_whole_first(found, leaves, draft)
    if not all(found):
        return []
    made: dict[tuple[Decimal | None, ...], list[Term]] = {}
    for chosen in _on_each_basis(found, beside or next(iter(picks), None)):
        of_leaf = dict(zip(leaves, chosen, strict=True))
        terms = [picked.get(operand) or _term(draft, asked, operand, of_leaf) for operand in operands]
        made.setdefault(tuple(term.value.exact for term in terms), terms)
    return list(made.values())[:_MOST_BASES]


def _of_whole_first(found: list[list[Found]], leaves: Sequence[Operand], draft: Draft) -> list[list[Found]]:
    """Of what is set against the total of a side, the figures of tables that come to that total first."""
    totals = {
        group[0].value.exact
        for group, leaf in zip(found, leaves, strict=False)
        if leaf.total and not leaf.terms and group
    }
    total = totals.pop() if len(totals) == 1 else None
    if total is None:
        return found
    return [sorted(group, key=lambda each: not comes_to(each.records, total, draft)) for group in found]


def _filled(found: Sequence[Found]) -> list[Found]:
    """Without readings whose cells are blank where others print something."""
    return [each for each in found if each.value.kind != "blank"] or list(found)


def _on_each_basis(groups: Sequence[Sequence[Found]], anchor: Reading | None) -> Iterator[list[Found]]:
    """One figure of each operand: those that go together best, then those of each other table that prints them all."""
    readings = [[_reading(found) for found in group] for group in groups]
    by_key = {_reading(found).key: found for group in groups for found in group}
    chosen = together(readings, anchor)
    yield [by_key[reading.key] for reading in chosen]
    tables = [{reading.table.table_id for reading in group} for group in readings]
    if anchor is None and len(groups) > 1 and len({reading.table.table_id for reading in chosen}) == 1:
        shared = set.intersection(*tables) - {chosen[0].table.table_id}
        for other in (reading for reading in readings[0] if reading.table.table_id in shared):
            yield [by_key[reading.key] for reading in together(readings, other)]


def _reading(found: Found) -> Reading:
    return Reading(found.table, tuple(cell.row for cell in found.cells), found.column, literal=found.literal)


def computable(terms: Sequence[Term]) -> bool:
    """Whether all are numbers of one kind."""
    return all(term.value.exact is not None for term in terms) and len({term.value.kind for term in terms}) == 1


def together(groups: Sequence[Sequence[Reading]], anchor: Reading | None = None) -> list[Reading]:
    """One reading of each operand, such that they are as comparable as can be: of one table, one classification."""
    if anchor is None and groups:
        first, *others = groups
        anchor = max(first, key=lambda reading: sum(_best_likeness(reading, group) for group in others))
        return [anchor, *(_pick_same_table([anchor], group)[1] for group in others)]
    return [_pick_same_table([anchor], group)[1] for group in groups] if anchor else []


def _pick_same_table(first: Sequence[Reading], second: Sequence[Reading]) -> tuple[Reading, Reading]:
    """The best pair of readings that are comparable: of one table where there is one, else of like tables."""
    pairs = [(a, b) for a in first for b in second]
    return max(pairs, key=lambda pair: _likeness(*pair))


def _likeness(a: Reading, b: Reading) -> tuple[int, bool, float]:
    """Same table, else same classification; then a part of the other, where a name stands under several items."""
    same_table = a.table.table_id == b.table.table_id
    same_system = a.rows[0].code_system == b.rows[0].code_system
    is_part = b.rows[0].row_id in a.rows[0].ancestors or a.rows[0].row_id in b.rows[0].ancestors
    return 2 if same_table else 1 if same_system else 0, is_part, a.score + b.score


def _best_likeness(reading: Reading, others: Sequence[Reading]) -> float:
    """How well the best of ``others`` goes with a reading; scores decide only between equals."""
    kinship, _, scores = _likeness(*_pick_same_table([reading], others))
    return 2 * kinship + scores


def _readings(draft: Draft, asked: Understanding, leaf: Operand) -> tuple[Reading, ...]:
    """A leaf's readings; what lines only bear in another column (the 货物 of a purchase) means all of them."""
    readings = readings_of(leaf, draft.catalog, asked)
    if "project" in asked.classes:  # 两个项目合计: not what is bought for them
        readings = tuple(r for r in readings if r.table.kind == _PROJECTS) or readings
    is_borne = bool(readings) and readings[0].by_attribute
    return added_lines(readings) if is_borne else bearing_lines(readings, leaf, adds_up=asked.wants_sum)


def _totals_beside(draft: Draft, asked: Understanding, beside: Sequence[Reading]) -> tuple[Reading, ...]:
    """The totals of the tables that other operands stand in, on their side; else the grand total."""
    found: list[Reading] = []
    for reading in beside:
        side = reading.rows[0].side
        total = next((row for row in reading.table.rows if row.is_total and row.side == side), None)
        column = reading.table.default_column(side)
        if total and column:
            found.append(Reading(reading.table, (total,), column, reading.score))
    return tuple(found) or readings_of(Operand(total="支出"), draft.catalog, asked)


def _leaves(operand: Operand) -> Iterator[Operand]:
    if not operand.picked:
        yield from operand.added or (operand,)


def _term(draft: Draft, asked: Understanding, operand: Operand, of_leaf: dict[Operand, Found]) -> Term:
    parts = tuple(of_leaf[leaf] for leaf in _leaves(operand))
    rows = [cell.row for part in parts for cell in part.cells]
    if len(rows) == 1 and (beyond := stated_beyond(operand, draft, rows, parts[0].value.exact, asked.question)):
        return Term(beyond.subject, statement=beyond)
    if len(parts) == 1 and len({cell.row.label for cell in parts[0].cells}) > 1:
        name = name_of(parts[0], draft.catalog) if parts[0].bearing else operand.text
        return Term(draft.named(name), parts)  # several lines that only bear the name
    return Term(draft.named("、".join(name_of(part, draft.catalog) for part in parts)), parts)


def _picked(draft: Draft, picks: Understanding, beside: Sequence[Sequence[Reading]]) -> Term | None:
    """The rows that a ranking picks; of the table that the other operands stand in, where it has such rows."""
    tables = {reading.table.table_id for group in beside for reading in group}
    row_set, chosen = _picks(draft, picks, tables)
    if row_set is None or not chosen:
        return None
    siblings = draft.library.figures({m.row.row_id for m in chosen})
    cells = tuple(FoundCell(m.row, m.value, m.cell, tuple(siblings[m.row.row_id])) for m in chosen)
    name = f"最{'高' if picks.descending else '低'}的 {len(chosen)} 项" if len(chosen) > 1 else chosen[0].label
    return Term(draft.named(name), (Found(row_set.table, row_set.column, cells),))


def _picks(draft: Draft, picks: Understanding, tables: Container[str]) -> tuple[RowSet | None, list[Member]]:
    sets = row_sets_of(rows_meant(picks), draft.catalog, picks)
    row_set = next((s for s in sets if s.table.table_id in tables), sets[0] if sets else None)
    if row_set is None or row_set.parts:
        return None, []
    use_rank(draft, picks)
    order = ranked(members_of(draft, row_set, picks), descending=picks.descending)
    places = [place - 1 for place in picks.ordinals] or range(picks.limit or 1)
    return row_set, [order[place] for place in places if 0 <= place < len(order)]


def with_picked_rows(draft: Draft, asked: Understanding) -> Understanding | None:
    """The question with the picked rows of which a column is asked named instead; None where there is no such row."""
    operands: list[Operand] = []
    for operand in asked.operands:
        if not (operand.picked and operand.terms):
            operands.append(operand)
            continue
        tables = {link.table_id for term in operand.terms for link in term.links}
        _, chosen = _picks(draft, operand.picked, tables)
        links = [Link("row", m.row.row_id, m.row.table_id, name=m.row.label) for m in chosen]
        if not links:
            return None
        operands += [Operand((Token("term", "", link.name, 0, 0, (link,)), *operand.terms)) for link in links]
    return replace(asked, operands=tuple(operands))


def _stated(draft: Draft, operands: Sequence[Operand], *, in_one_place: bool) -> list[Term] | None:
    """The terms as the prose states them: in one paragraph, or each with one figure only."""
    if any(o.picked or o.added or o == Operand() for o in operands):
        return None
    about = [statements_about(o, draft, _CERTAIN, lambda s: s.amount_yuan is not None) for o in operands]
    for paragraph in dict.fromkeys(s.paragraph_id for s in about[0]) if all(about) else ():
        beside = [[s for s in statements if s.paragraph_id == paragraph] for statements in about]
        if all(len({s.amount_yuan for s in statements}) == 1 for statements in beside):
            return [Term(statements[0].subject, statement=statements[0]) for statements in beside]
    if not in_one_place and all(len({s.amount_yuan for s in statements}) == 1 for statements in about):
        return [Term(statements[0].subject, statement=statements[0]) for statements in about]
    return None


def say_terms(draft: Draft, terms: Iterable[Term], before: int) -> tuple[list[str], list[int]]:
    """A line for each term with what it is taken from, and the citations of all figures from ``before`` on."""
    lines = [_line(draft, term) for term in terms]
    return lines, [number for figure in draft.figures[before:] for number in figure.citations]


def _line(draft: Draft, term: Term) -> str:
    """Tables may print one item on different bases, so the one computed with is named."""
    if term.statement:
        number = draft.cite_statement(term.statement)
        figure = draft.add_figure(term.name, term.value, [number])
        return f"- {term.name}为 {figure}。正文写道：“{term.statement.sentence}”[{number}]"
    cited = draft.cite(cell.cell for cell in term.cells)
    figure = draft.add_figure(term.name, term.value, cited)
    titles = draft.named("、".join(dict.fromkeys(title_of(part) for part in term.parts)))
    if len(term.cells) == 1:
        return f"- {term.name}为 {figure}（{titles}）"
    return f"- {term.name}合计 {figure}，其中：{'；'.join(_addends(draft, term))}（{titles}）"


def _addends(draft: Draft, term: Term) -> Iterator[str]:
    if len(term.parts) == 1:
        for cell in term.cells:
            name = draft.named(cell_name(cell, draft.catalog))
            yield f"{name} {draft.add_figure(cell.part or cell.row.label, cell.value, draft.cite([cell.cell]))}"
        return
    for part in term.parts:
        name = draft.named(name_of(part, draft.catalog))
        yield f"{name} {draft.add_figure(name, part.value, draft.cite(part.records))}"
