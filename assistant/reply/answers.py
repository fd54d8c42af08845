"""One ask to the lines that answer it: evaluated for each document, printed with sources, or rejected with a reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import product
from typing import Final

from assistant.answering.change import answer_change, answer_earlier
from assistant.answering.draft import Draft
from assistant.answering.route import attempt
from assistant.answering.statements import reason_told
from assistant.catalog import Row
from assistant.catalog.linking import linked
from assistant.plan.bind import Bound, bind
from assistant.plan.bought_rows import bought_lines
from assistant.plan.printed_parts import printed_whole
from assistant.plan.quantity import Quantity
from assistant.plan.row_cells import columns_of, filled_below, funds_of, names_fund
from assistant.plan.rows import change_of, named_parts, whole_of
from assistant.query import (
    Aim,
    Ask,
    BaseOf,
    Breakdown,
    Change,
    Coded,
    Count,
    Counted,
    Difference,
    Each,
    Except,
    Exists,
    Filter,
    FormsOf,
    Funds,
    Holder,
    MadeUp,
    Mean,
    Mentioned,
    Moves,
    Name,
    Office,
    Origin,
    PaidFrom,
    Places,
    Purchased,
    Query,
    Rank,
    Ratio,
    Rest,
    Rows,
    Say,
    Select,
    Several,
    Share,
    Staffing,
    Stated,
    Sum,
    Target,
    Targets,
    Travel,
    UnitsOf,
    adds_changes,
    names_of,
    nodes_of,
)
from assistant.reading.clauses import RATE_ASKED
from assistant.reading.patterns import pattern
from assistant.reading.pieces import restricts
from assistant.reading.rows import ALL_ROWS, asked_count
from assistant.reply.changes import adds_last_year, earlier_lines, net_lines, worked_out_lines
from assistant.reply.enumerated import enumerated_lines, held_lines, names_units
from assistant.reply.everyone import asks_everyone, compares_named, everyone_lines
from assistant.reply.followers import followers
from assistant.reply.forms import form_reply
from assistant.reply.holders import holder_reply
from assistant.reply.lacking import lacking_reply
from assistant.reply.lines import (
    MOST_ROWS,
    basis_lines,
    difference_lines,
    figure_text,
    list_lines,
    ratio_lines,
    rest_lines,
    sentence_of,
    stated_share,
    told_apart,
)
from assistant.reply.moves import asks_moves, moves_lines
from assistant.reply.offices import made_up_reply, office_reply, units_of_reply
from assistant.reply.places import places_lines
from assistant.reply.purchases import abouts_bought, bought, by_own_name, first_line, told_line
from assistant.reply.rest import base_of, rest_of
from assistant.reply.saying import said
from assistant.reply.staffing import staffing_reply
from assistant.reply.things_bought import things_bought_reply
from assistant.reply.told_of import coded_reply, mentioned_reply, origin_reply, stated_reply, travel_reply
from assistant.reply.types import Reply
from assistant.reply.untold import untold_words
from assistant.reply.vehicles import vehicles_reply
from assistant.reply.why_none import why_none_lines
from assistant.reply.years import moved_over_years, year_lines
from assistant.run.bases import each_table, on_one_basis
from assistant.run.evaluate import Evaluated, bound_of, evaluate, figure_of, forms_of, lines_of, operand, resolved
from assistant.run.operators import (
    Unsound,
    added,
    divided,
    share,
)
from assistant.run.ratios import amount_beside, counted_beside, ratio
from assistant.run.units import broken_down
from assistant.understand.kinds import parts_of
from assistant.understand.types import Operand, Understanding
from assistant.understand.wording import normalise
from index.naming import stands_in_order

_OF_ROWS: Final = ("个", "条", "行", "项", "种", "笔")
"""Counting words of rows; other things are counted only where the document counts them."""

_MOST_LEAVES: Final = 6
_COMPUTED: Final = (Sum, Mean, Count, Difference, Rest, BaseOf, Ratio, Share, Filter, Except, Rank, Moves)
"""Queries whose answer has to be worked out: no sentence that tells of the terms is one."""

_BLANK: Final = "（表中为空，没有列数）"
_CHANGES: Final = re.compile("增|减|升|降|涨|持平|相同|一致|变化")
_EACH: Final = re.compile("各自?|分别")
_OF_MONEY: Final = re.compile("资金|金额|经费|钱|[多几]少?[万亿]")
_ADDS_UP: Final = re.compile("加总|合计|求和|总和|[加合]起来")
_PEOPLE: Final = pattern("people_named")
_TOGETHER: Final = re.compile("[合加](?:在)?一?(?:起|块儿?)来?|相加")
"""Words that ask for a sum of several, which no single figure is."""

_SPLITS: Final = pattern("splits").search
_BOLD: Final = re.compile(r"\*\*([\d.,]+)")
_USE: Final = pattern("for_what")
_BOTH_FIGURES: Final = pattern("both_figures")
_WHOLE: Final = re.compile("占(?P<whole>[一-鿿]{2,14}?)(?:的|百分|比[例重]|几|多少|$)")
_PAIR: Final = re.compile(r"的[和与及跟、][^,，]*的(?:各|分别)")
"""Two things of one kind, told apart by what is said of them."""


def answer_ask(ask: Ask, drafts: Sequence[Draft]) -> Reply:
    """An ask answered from the documents of ``drafts``, which share figures and citations."""
    try:
        reply = _Replier(ask, drafts).reply()
    except Unsound as unsound:
        reply = Reply((), ask.unread, str(unsound))
    return reply


def _in_money(figures: Sequence[Quantity], draft: Draft) -> list[Quantity]:
    """The figures; a number of things beside an amount by what these are told to cost."""
    kinds = {quantity.value.kind for quantity in figures}
    if kinds != {"amount", "quantity"}:
        return list(figures)
    return [(q.value.kind == "quantity" and amount_beside(q, draft)) or q for q in figures]


def _bear_name(rows: Sequence[Quantity], select: Select) -> bool:
    """Whether a name that is selected stands in that of each row."""
    return all(any(name.text in row.name for name in select.names) for row in rows)


def _are_of_one_table(readings: Sequence[Quantity]) -> bool:
    """Whether readings are rows of one table, and so no readings of one figure."""
    return all(q.row_id for q in readings) and len({q.basis for q in readings}) == 1


def _are_of_one_sentence(readings: Sequence[Quantity]) -> bool:
    """Whether readings are what one sentence lists, and so no readings of one figure."""
    stated = [statement for reading in readings for statement in reading.statements]
    return len(stated) == len(readings) > 1 and len({(each.paragraph_id, each.sentence) for each in stated}) == 1


def _are_alike(readings: Sequence[Quantity]) -> bool:
    """Whether readings are amounts of one name, which add up (保护资金91万元、…、保护资金12.5万元)."""
    return len({reading.name for reading in readings}) == 1 and all(r.value.kind == "amount" for r in readings)


def _order_of(query: Query) -> str:
    """What is said before the number of rows that are listed."""
    if not isinstance(query, Rank) or query.by == "change" or query.places:
        return "共"
    if query.k == ALL_ROWS:
        return "从高到低共" if query.descending else "从低到高共"
    return "最高的" if query.descending else "最低的"


def _code(code: str | None, draft: Draft) -> str:
    return f"（编码 {draft.named(code)}）" if code else ""


class _Replier:
    def __init__(self, ask: Ask, drafts: Sequence[Draft]) -> None:
        self._ask, self._drafts, self._text = ask, drafts, ask.text

    def reply(self) -> Reply:
        query = self._ask.query
        before = self._drafts[0].state()
        if lines := enumerated_lines(self._ask, self._drafts[0]) or held_lines(query, self._drafts[0]):
            return Reply(tuple(lines))
        if isinstance(query, Say):
            told = said(query, self._ask, self._drafts)
            untold = [word for word in self._untold(told) if word in self._ask.heads]
            if told.lines and untold:
                self._drafts[0].restore(before)
                return Reply((), tuple(dict.fromkeys((*told.missing, *untold))))
            return told
        reply = self._figures(query)
        missing = tuple(dict.fromkeys((*reply.missing, *self._untold(reply), *self._too_few())))
        if reply.lines and not missing:
            return self._with_reason(reply)
        self._drafts[0].restore(before)
        quoted = said(self._as_say(query), self._ask, self._drafts) if may_be_told(self._ask) else Reply(())
        if (quoted.lines and not quoted.missing and self._tells_kind(quoted)) or not reply.lines:
            return quoted if self._tells_kind(quoted) else Reply((), missing)
        self._drafts[0].restore(before)
        return replace(reply, missing=missing)

    def _tells_kind(self, quoted: Reply) -> bool:
        """Whether sentences tell a change where one is asked for, and a share where that is."""
        kinds = {type(node) for node in nodes_of(self._ask.query)}
        told = "".join(quoted.lines)
        return (Change not in kinds or bool(_CHANGES.search(told))) and (
            Share not in kinds or "%" in told or "占" in told
        )

    def _too_few(self) -> tuple[str, ...]:
        """What asks for so many, where fewer figures are told (哪三家; 新买的和养车的各多少)."""
        told = {(figure.label, figure.value) for figure in self._drafts[0].figures}
        pairs = _PAIR.search(self._text) or _BOTH_FIGURES.search(self._text)
        is_pair = isinstance(self._ask.query, Select) and pairs and len(self._drafts) == 1
        asked = max(asked_count(self._text), 2 if is_pair else 0)
        if asked and isinstance(self._ask.query, Rows | Filter | Except) and len(self._drafts) == 1:
            found = evaluate(self._ask.query, self._drafts[0].beside(self._drafts[0].catalog), self._text_of_one)
            return (f"共 {asked} 项",) if found.quantities and len(found.quantities) != asked else ()
        return (f"共 {asked} 项",) if asked > len(told) else ()

    def _untold(self, reply: Reply) -> tuple[str, ...]:
        """Unread words that the lines and the citations don't tell."""
        words = (word for word in self._ask.unread if word in self._ask.heads or restricts(word))
        return untold_words(tuple(words), reply.lines, self._drafts)

    def _with_reason(self, reply: Reply) -> Reply:
        if not self._ask.wants_reason or any("原因" in line for line in reply.lines):
            return reply
        if parts := self._parts_moved():
            return Reply((*reply.lines, *parts))
        reason = said(self._as_say(self._ask.query, why=True), self._ask, self._drafts)
        return Reply((*reply.lines, *reason.lines)) if reason.lines else reply

    def _parts_moved(self) -> list[str]:
        """How the known parts of what changed did, which is why it did (三公经费)."""
        query = self._ask.query
        if not isinstance(query, Change) or not isinstance(query.of, Select) or len(self._drafts) > 1:
            return []
        if not parts_of(name.text for name in query.of.names):
            return []
        moves = Moves(rows=Rows(within=Select(names=query.of.names)))
        return moves_lines(Ask(query=moves, text=self._ask.text, wants_reason=True), self._drafts[0])

    def _as_say(self, query: Query, *, why: bool = False) -> Say:
        names = tuple(dict.fromkeys(names_of(query)))
        return Say(intent="why" if why else "anything", topic=names, words=(*self._ask.unread, *self._ask.keywords))

    # Figures

    def _figures(self, query: Query) -> Reply:
        if len(self._drafts) > 1:
            return self._of_several_documents(query)
        return self._of_one(query, self._drafts[0])

    def _of_one(self, query: Query, draft: Draft) -> Reply:
        if asks_moves(query):
            return Reply(tuple(moves_lines(self._ask, draft)))
        purchases = bought(query, draft, adds_up=self._ask.adds_up)
        if purchases is None:
            return self._by_node(query, draft)
        if purchases.is_one:
            before = draft.state()
            reply = self._by_node(query, draft)
            if reply.lines and not reply.missing:
                return reply
            draft.restore(before)
        return Reply(tuple(purchases.tell()), purchases.missing)

    def _by_node(self, query: Query, draft: Draft) -> Reply:
        if (lacking := lacking_reply(query, draft, self._text)) is not None:
            return lacking
        match query:
            case Select():
                return self._selected(query, draft)
            case Exists():
                return self._existing(query, draft)
            case Places():
                return Reply(tuple(places_lines(query, draft, self._text)))
            case Office():
                return office_reply(query, draft)
            case Holder():
                return holder_reply(query, draft)
            case Mentioned():
                return mentioned_reply(query, draft)
            case Stated():
                return stated_reply(query, draft)
            case Coded():
                return coded_reply(query, draft)
            case Travel():
                return travel_reply(draft)
            case Counted():
                return vehicles_reply(query, draft)
            case Origin():
                return origin_reply(query, draft, self._text)
            case MadeUp():
                return made_up_reply(query, draft)
            case UnitsOf():
                return units_of_reply(query, draft)
            case Staffing():
                return staffing_reply(query, draft)
            case Purchased():
                return things_bought_reply(query, draft, self._ask)
            case Target() | Targets() | Funds() | FormsOf() | Aim():
                return form_reply(query, draft, self._text)
            case PaidFrom():
                return self._paid(query, draft)
            case Breakdown():
                return self._broken_down(query, draft)
            case Several():
                return self._several(query, draft)
            case Change():
                return self._changed(query, draft)
            case Rows() | Filter() | Except() | Rank():
                return self._listed(query, draft)
            case Count():
                return self._counted(query, draft)
            case Sum() | Mean():
                return self._added(query, draft)
            case Difference():
                return self._compared(query, draft)
            case BaseOf():
                return base_of(query, draft, self._text_of_one)
            case Rest():
                return rest_of(query, draft, self._text_of_one)
            case Share():
                return self._shared(query, draft)
            case Ratio():
                return self._divided(query, draft)
            case _:
                return Reply(())

    def _paid(self, query: PaidFrom, draft: Draft) -> Reply:
        """The kinds of money of the one row that is meant, where its table tells them apart."""
        inner = self._of_winner(query.of, draft) or self._all_readings(query.of, draft)
        each = (funds_of(quantity, draft) for quantity in inner.quantities)
        funds = next(filter(None, each), ())
        if not funds or inner.missing:
            return Reply((), inner.missing or ("",))
        told = "；".join(sentence_of(fund, draft) for fund in funds)
        return Reply((f"{draft.heading}中（{draft.named(funds[0].basis)}），{told}。",))

    def _all_readings(self, query: Query, draft: Draft) -> Evaluated:
        """All that bears a name, the likeliest first: a row of a table tells more of a figure than a sentence."""
        if not isinstance(query, Select):
            return evaluate(query, draft, self._text_of_one)
        bound = bound_of(query, draft, self._text_of_one)
        return Evaluated(bound.readings, bound.missing)

    def _of_winner(self, query: Query, draft: Draft) -> Evaluated | None:
        """The row itself that another query puts first, which is told by more than its name."""
        if not isinstance(query, Select) or query.winner is None or query.names:
            return None
        return evaluate(query.winner, draft, self._text_of_one)

    def _selected(self, select: Select, draft: Draft) -> Reply:
        if select.winner is not None and select.names:
            first = evaluate(select.winner, draft, self._text_of_one)
            bought_before = bought_lines(select.winner, draft) if isinstance(select.winner, Select) else ()
            each = [columns_of(by_own_name(q, draft), select.names, draft) for q in bought_before or first.quantities]
            if each and all(each):
                own = [column for columns in each for column in columns]
                return Reply(tuple(f"{draft.heading}中，{sentence_of(each, draft)}。" for each in own), first.missing)
            if all(map(names_fund, select.names)):
                return Reply((), tuple(name.text for name in select.names))  # never the whole's
        bound = bound_of(select, draft, self._text_of_one)
        select = resolved(select, draft, self._text)
        if bound.is_promised and not select.is_inside:
            bound = Bound((), tuple(name.text for name in select.names))  # of which project nothing says
        if not bound.readings and select.period == "last":
            return self._earlier(select, draft)
        if not bound.readings and select.quantity != "count" and (parts := named_parts(select.names, draft)):
            return self._sum_lines(added(parts, "合计"), "合计", draft)
        are_people = bool(select.names) and all(_PEOPLE.fullmatch(name.text) for name in select.names)
        if not bound.readings and select.counted in _OF_ROWS and not are_people:
            return self._counted(Count(of=Rows(within=select)), draft)
        if not bound.readings and select.counted and (beside := counted_beside(select, draft, self._text)):
            return Reply((f"{draft.heading}中，{sentence_of(beside, draft)}。",))
        if not bound.readings:
            return Reply((), bound.missing)
        if select.is_inside and {name.text for name in select.within} & {*bound.missing}:
            return Reply((), bound.missing)  # of what it is to be within nothing is told
        if (apart := _apart(select, bound, draft)) is not None:
            return self._several(apart, draft)
        if self._ask.adds_up and len(bound.readings) > 1 and _are_of_one_table(bound.readings):
            rows = self._all_called(select, bound.readings, draft)
            return replace(self._sum_lines(added(rows, "合计"), "合计", draft), missing=bound.missing)
        if below := [line for q in bound.readings for line in filled_below(q, draft)]:
            return Reply(tuple(f"{draft.heading}中，{sentence_of(line, draft)}。" for line in below), bound.missing)
        lines = (*self._reading_lines(bound, draft), *why_none_lines(bound, draft))
        is_one = len(bound.readings) == 1 and not bound.readings[0].parts
        is_one = is_one and not parts_of(name.text for name in select.names)  # 用车这块加起来: one figure is both
        together = _TOGETHER.search(self._text) if self._ask.adds_up and is_one else None
        return Reply(lines, (*bound.missing, together.group()) if together else bound.missing)

    def _all_called(self, select: Select, readings: Sequence[Quantity], draft: Draft) -> Sequence[Quantity]:
        """All rows of one table that bear its name, of which a selection means only the first few."""
        rows = evaluate(Rows(within=select.model_copy(update={"quantity": "any"})), draft, self._text_of_one).quantities
        is_more = {quantity.row_id for quantity in readings} < {row.row_id for row in rows}
        return rows if is_more and _bear_name(rows, select) and _are_of_one_table(rows) else readings

    @property
    def _text_of_one(self) -> str:
        """The ask's text for one of its figures: 各 tells several of them apart and none within itself."""
        return self._text if isinstance(self._ask.query, Select) else _EACH.sub("", self._text)

    def _earlier(self, select: Select, draft: Draft) -> Reply:
        """Last year's figure, from this year's and the change that the prose states."""
        tokens = tuple(t for name in (*select.within, *select.names) if (t := linked(name, draft.catalog)))
        lost = tuple(name.text for name in select.names if linked(name, draft.catalog) is None)
        asked = Understanding(self._text, operands=(Operand(tokens, select.side),), relative_year="last")
        own = draft.beside(draft.catalog)
        is_told = bool(tokens or select.side) and attempt(own, lambda: answer_earlier(own, asked))
        if not is_told and select.names and not lost:
            return Reply(tuple(earlier_lines(select.names, draft)))
        return Reply(tuple(own.lines) if is_told else (), lost)

    def _existing(self, query: Exists, draft: Draft) -> Reply:
        """Whether there is such a figure: one that is not blank or 0."""
        if not isinstance(query.of, Select):
            return Reply(())
        bound = bound_of(query.of, draft, self._text)
        if bound.best is None:
            return Reply((), bound.missing)
        filled = [q for q in bound.readings if q.exact]
        if filled:
            return Reply((f"{draft.heading}中有：{sentence_of(filled[0], draft)}。",), bound.missing)
        return Reply((f"{draft.heading}中没有：{sentence_of(bound.best, draft)}。",), bound.missing)

    def _broken_down(self, query: Breakdown, draft: Draft) -> Reply:
        """A unit's total of one side with the columns that it is made of."""
        bound = bound_of(query.of, draft, self._text)
        parts = broken_down(bound.best, query.of.side, draft) if bound.best else ()
        if bound.best is None or not parts:
            return Reply((), bound.missing or ("",))
        lines = [f"{draft.heading}中，{sentence_of(bound.best, draft)}（{bound.best.basis}），其中："]
        return Reply((*lines, *(f"- {sentence_of(part, draft)}" for part in parts)), bound.missing)

    def _reading_lines(self, bound: Bound, draft: Draft) -> list[str]:
        if len(bound.readings) == 1:
            return [f"{draft.heading}中，{told_line(bound.readings[0], draft)}。"]
        if len({q.row_id for q in bound.readings}) == len(bound.readings) and _are_of_one_table(bound.readings):
            return list_lines(bound.readings, draft, f"（{bound.readings[0].basis}）")
        if _are_of_one_sentence(bound.readings):
            total = [f"{sentence_of(added(bound.readings, '合计'), draft)}。"] if _are_alike(bound.readings) else []
            return [*list_lines(bound.readings, draft, "（正文同一句里）"), *total]
        lead = f"{draft.heading}中，{bound.readings[0].name}有不同口径的数："
        return [lead, *(f"- {draft.named(q.basis)}：{sentence_of(q, draft)}" for q in bound.readings)]

    def _several(self, query: Several, draft: Draft) -> Reply:
        lines: list[str] = []
        missing: list[str] = []
        for one in query.of:
            before = draft.state()
            reply = self._of_one(one, draft)
            if "还是" in self._text and any(_BLANK in line for line in reply.lines):
                continue
            if not reply.lines:
                missing += [name.text for name in names_of(one)]
            elif set(reply.lines) <= set(lines):
                draft.restore(before)  # another name of what is told already
                continue
            lines += reply.lines
            missing += reply.missing
        return Reply(tuple(lines), tuple(missing))

    def _changed(self, change: Change, draft: Draft) -> Reply:
        assert isinstance(change.of, Select)
        change = change.model_copy(update={"of": resolved(change.of, draft, self._text)})
        assert isinstance(change.of, Select)
        names = (*change.of.within, *change.of.names)
        tokens = tuple(t for name in names if (t := linked(name, draft.catalog)))
        lost = tuple(name.text for name in names if linked(name, draft.catalog) is None)
        for kept in (tokens, tokens[-1:]):
            operand = Operand(kept, change.of.side)
            asked = Understanding(
                self._text,
                operation="change",
                operands=(operand,),
                relative_year="last",
                wants_reason=self._ask.wants_reason,
            )
            own = draft.beside(draft.catalog)
            before = own.state()
            if (kept or change.of.side) and answer_change(own, asked):
                told = normalise("".join((*own.lines, *map(str, own.citations.listed))))
                needed = (n for n in names if n.is_unit or (len(kept) < len(tokens) and n in change.of.names))
                if all(any(form in told for form in forms_of(n, draft)) for n in needed):
                    works_out = change.recomputed or self._lacks_rate(own)
                    worked_out = worked_out_lines(change.of, draft, self._text) if works_out else []
                    return Reply((*own.lines, *worked_out), lost)
            own.restore(before)
        if unmoved := self._unmoved(change.of, draft):
            return Reply(unmoved, lost)
        in_parts = self._moved_in_parts(change.of, draft)
        return Reply(in_parts, () if in_parts else lost)

    def _lacks_rate(self, told: Draft) -> bool:
        """Whether the per cent is asked by which something moved, and only one amount of that is told."""
        lines = "".join(told.lines)
        is_one = len({*_BOLD.findall(lines)}) == 1
        return is_one and "%" not in lines and bool(RATE_ASKED.search(self._ask.text))

    def _moved_in_parts(self, item: Select, draft: Draft) -> tuple[str, ...]:
        """How all known parts of a figure moved together, where nothing tells it of the figure itself."""
        parts = [item.model_copy(update={"names": (Name(text=p),)}) for p in parts_of(name.text for name in item.names)]
        moved = tuple(Change(of=part) for part in parts)
        lines = net_lines(Sum(of=moved), draft, self._text_of_one) if moved else []
        return (f"{'、'.join(draft.named(name.text) for name in item.names)}包括：", *lines) if lines else ()

    def _unmoved(self, item: Select, draft: Draft) -> tuple[str, ...]:
        """A figure, or all its known parts, that a sentence says did not move (A 1万元，B 2万元，均与上年持平)."""
        parts = tuple(Select(names=(Name(text=part),)) for part in parts_of(name.text for name in item.names))
        for figures in ([item], parts):
            told = [self._one_unmoved(figure, draft) for figure in figures]
            if told and all(told):
                return tuple(dict.fromkeys(line for lines in told for line in lines))
        return ()

    def _one_unmoved(self, item: Select, draft: Draft) -> tuple[str, ...]:
        found = figure_of(item, draft, self._text)
        figure = found.quantities[0] if found.quantities and not found.missing else None
        moved = change_of(figure, draft) if figure is not None else None
        if figure is None or moved is None or moved.exact != 0:
            return ()
        quote = moved.statements[0]
        return (
            f"{draft.heading}中，{sentence_of(figure, draft)}，与上年持平。",
            f"> {quote.sentence}[{draft.cite_statement(quote)}]",
        )

    def _listed(self, query: Query, draft: Draft) -> Reply:
        found = evaluate(query, draft, self._text_of_one)
        if not found.quantities:
            return Reply((), found.missing, "没有符合条件的")
        if _USE.fullmatch(self._ask.text):
            return self._use_of(found.quantities, draft)
        title, order = self._title(query, found), _order_of(query)
        if order != "共" and len(found.quantities) == 1:
            lines = [first_line(order, found.quantities[0], draft, title), *followers(query, draft, self._text_of_one)]
        else:
            lines = list_lines(found.quantities, draft, title, order, self._about(found.quantities, draft))
        lines += self._whole_of_parts(query, found, draft)
        if (total := self._total_beside(query, found.quantities, draft)) is not None:
            lines.append(f"合计为 {figure_text(replace(total, name='合计'), draft)}。")
        if found.beside:
            lines += [
                "与它相比的：" if _compares(query) else "同一行的另一列：",
                *(f"- {draft.named(q.basis)}：{sentence_of(q, draft)}" for q in dict.fromkeys(found.beside)),
            ]
        lines += [f"- {sentence_of(part, draft)}" for q in found.quantities if _is_share(q) for part in q.parts]
        if isinstance(query, Rank) and query.by == "change":
            lines += [f"原因：{reason_told(s)}。" for q in found.quantities[:3] for s in q.statements if s.reason]
        return Reply(tuple(lines), found.missing)

    def _about(self, rows: Sequence[Quantity], draft: Draft) -> Callable[[Quantity], str]:
        """What is told of each of several rows: what other columns say of a purchase; its code where that is asked."""
        bought_rows = abouts_bought(rows, draft)
        if not self._ask.wants_code:
            return bought_rows
        codes = {q.row_id: row.code for q in rows if (row := draft.catalog.rows.get(q.row_id)) and row.code}
        return lambda q: f"{_code(codes.get(q.row_id), draft)}{bought_rows(q)}"

    def _use_of(self, rows: Sequence[Quantity], draft: Draft) -> Reply:
        """What the one row that was found is for: in the sentence that states its amount, or that names it."""
        name = normalise(rows[0].name)
        states = (s for s in draft.contents.statements.values() if s.amount_yuan == rows[0].exact)
        told = next((s for s in states if name in normalise(s.sentence) and "用于" in s.sentence), None)
        if told is not None and len(rows) == 1:
            return Reply((f"> {told.sentence}[{draft.cite_statement(told)}]",))
        use = said(Say(intent="goal", topic=(Name(text=rows[0].name),)), self._ask, self._drafts)
        is_named = len(rows) == 1 and any(name in normalise(line) for line in use.lines)
        return use if is_named else Reply((), ("用途",))

    def _total_beside(self, query: Query, rows: Sequence[Quantity], draft: Draft) -> Quantity | None:
        """What rows come to, where their table prints it, or where they are to be added up too (逐笔列出来并加总)."""
        if isinstance(query, Rows) and (total := _total_of(rows, draft)) is not None:
            return total
        adds = _ADDS_UP.search(self._text) and isinstance(query, Rows | Filter | Except) and len(rows) > 1
        return added(rows, "合计") if adds else None

    def _whole_of_parts(self, query: Query, found: Evaluated, draft: Draft) -> list[str]:
        """What the rows that something is split into come to, where they are all of it."""
        if not isinstance(query, Rows) or len(found.quantities) < 2 or not (self._ask.claims or _SPLITS(self._text)):
            return []
        whole = whole_of(found.quantities[0], draft, found.quantities[1:])
        exact = [q.exact for q in found.quantities if q.exact is not None]
        is_all = whole is not None and len(exact) == len(found.quantities) and sum(exact) == whole.exact
        return [f"以上合计即{sentence_of(whole, draft)}。"] if whole is not None and is_all else []

    def _title(self, query: Query, found: Evaluated) -> str:
        basis = found.quantities[0].basis
        place = f"第 {'、'.join(map(str, query.places))} 位" if isinstance(query, Rank) and query.places else ""
        told = "，".join(part for part in (basis, place) if part)
        return f"（{told}）" if told else ""

    def _counted(self, query: Count, draft: Draft) -> Reply:
        found = operand(query.of, draft, self._text_of_one)
        if found.is_none and not found.missing and not names_units(query):  # tables need not list all units
            return Reply((f"{draft.heading}中符合条件的有 **{draft.named('0')} 个**。",))
        if not found.quantities:
            return Reply((), found.missing)
        count = draft.named(str(len(found.quantities)))
        about = self._about(found.quantities, draft)
        lines = list_lines(found.quantities, draft, self._title(query, found), about=about)
        return Reply(
            (f"{draft.heading}中符合条件的有 **{count} 个**：", *lines[1:])
            if len(lines) > 1
            else (f"{draft.heading}中符合条件的有 **{count} 个**：", *lines),
            found.missing,
        )

    def _added(self, query: Sum | Mean, draft: Draft) -> Reply:
        if isinstance(query, Sum) and adds_changes(query):
            return Reply(tuple(net_lines(query, draft, self._text_of_one)))
        if isinstance(query, Sum) and (tables := each_table(query.of, draft, self._text_of_one)):
            lead = f"{draft.heading}中，合计{'有不同口径的数' if len(tables) > 1 else '如下'}："
            return Reply((lead, *(line for each in tables for line in basis_lines(each, draft))))
        found = evaluate(query, draft, self._text_of_one)
        if not found.quantities:
            return Reply((), found.missing)
        word = ("上年合计" if adds_last_year(query) else "合计") if isinstance(query, Sum) else "平均"
        return replace(self._sum_lines(found.quantities[0], word, draft), missing=found.missing)

    def _sum_lines(self, total: Quantity, word: str, draft: Draft) -> Reply:
        if len(total.parts) == 1:
            return Reply((f"{draft.heading}中，{sentence_of(total.parts[0], draft)}。",))
        parts = [f"- {sentence_of(q, draft)}" for q in told_apart(total.parts)[:MOST_ROWS]]
        count = draft.named(str(len(total.parts)))
        return Reply((f"{draft.heading}中，{word}为 {figure_text(total, draft)}（{count} 项），其中：", *parts))

    def _compared(self, query: Difference, draft: Draft) -> Reply:
        each = [figure_of(one, draft, self._text) for one in query.of]
        missing = tuple(m for e in each for m in e.missing)
        if any(not e.quantities for e in each):
            return Reply((), missing or ("",))
        firsts = [e.quantities[0] for e in each]
        are_sums = any(q.parts for q in firsts)
        figures = [*(() if are_sums else on_one_basis(query.of, draft, self._text))]
        figures = figures or self._sums_in_one_table(query, firsts, draft)
        if any(isinstance(one, Sum) and _is_mixed(q) for one, q in zip(query.of, figures or firsts, strict=True)):
            return Reply((), ("",))
        figures = _in_money(figures or firsts, draft)
        if len(figures) > 1 and _is_same(*figures[:2]):
            return Reply((), ("",))  # one figure has no gap to itself
        if query.rest and not (_is_of_one_item(query, figures, draft) and _holds_rows(query, figures, draft)):
            return Reply((), ("",))
        if query.rest and _is_all_of_it(query, figures):
            return Reply((), ("",))
        if query.rest:
            return Reply(tuple(rest_lines(figures[0], figures[1:], draft)), missing)
        lines = difference_lines(figures, [draft] * len(each), in_per_cent=query.in_per_cent)
        return Reply(tuple(lines), missing)

    def _sums_in_one_table(self, query: Difference, firsts: Sequence[Quantity], draft: Draft) -> list[Quantity]:
        """Sums and what they are set against by the figures of one table, where their first ones are of several."""
        terms = [one.of if isinstance(one, Sum) else (one,) for one in query.of]
        leaves = [leaf for term in terms for leaf in term]
        are_sums = any(isinstance(one, Sum) for one in query.of) and len(leaves) <= _MOST_LEAVES
        chosen = iter(on_one_basis(leaves, draft, self._text) if are_sums else ())
        figures = [[q for _, q in zip(term, chosen, strict=False)] for term in terms]
        if not all(figures):
            return []
        pairs = zip(query.of, firsts, figures, strict=True)
        return [added(own, first.name) if isinstance(one, Sum) else own[0] for one, first, own in pairs]

    def _is_told(self, rest: Difference, draft: Draft) -> bool:
        """Whether what is left of a figure can be told by itself; nothing of it is told here."""
        before = draft.state()
        reply = self._compared(rest, draft)
        draft.restore(before)
        return bool(reply.lines)

    def _shared(self, query: Share, draft: Draft) -> Reply:
        rests = (part for part in query.parts if isinstance(part, Difference) and part.rest)
        if not all(self._is_told(rest, draft) for rest in rests):
            return Reply((), ("",))
        lines: list[str] = []
        missing: list[str] = []
        for part in query.parts:
            found = lines_of(part, draft, self._text_of_one)
            missing += found.missing
            if not found.quantities:
                return Reply((), tuple(missing) or ("",))
            if isinstance(part, Rank) and part.by == "value":
                lines += self._listed(part, draft).lines  # which one it is
            is_stated = query.whole is query.around is None or _states_whole(self._text, found.quantities)
            if is_stated and len(found.quantities) == 1 and (said := stated_share(found.quantities[0], draft)):
                lines.append(said)
                continue
            if (turned := self._turned(query, found, draft)) is not None:
                query, found = turned
            whole = self._whole(query, found.quantities[0], draft)
            named = query.whole or query.around
            is_one = len(found.quantities) == 1
            if named and is_one and (pair := on_one_basis((part, named), draft, self._text_of_one)):
                found, whole = Evaluated(pair[:1]), pair[1]
            if whole is not None and whole in found.quantities and len(query.parts) > 1:
                continue  # named beside its parts: it is no share of itself
            if whole is None or whole in found.quantities:
                return Reply((), tuple(missing) or ("",))
            if isinstance(query.whole, Change) and any(_go_apart(q, whole) for q in found.quantities):
                return Reply((), tuple(missing) or ("",))  # what fell is no part of a rise
            lines += self._share_lines(found.quantities, whole, draft)
        return Reply(tuple(lines), tuple(missing))

    def _turned(self, query: Share, found: Evaluated, draft: Draft) -> tuple[Share, Evaluated] | None:
        """The share the other way round where what was named first is the whole (三公多少、出国多少、占几成)."""
        if query.whole is not None or query.around is None or len(query.parts) != 1 or len(found.quantities) != 1:
            return None
        other = evaluate(query.around, draft, self._text_of_one)
        sizes = [abs(e.quantities[0].exact or Decimal(0)) for e in (found, other) if e.quantities and not e.missing]
        is_whole = len(sizes) > 1 and sizes[0] > sizes[1] and isinstance(query.parts[0], Select)
        return (
            (query.model_copy(update={"parts": (query.around,), "around": query.parts[0]}), other) if is_whole else None
        )

    def _share_lines(self, quantities: Sequence[Quantity], whole: Quantity, draft: Draft) -> list[str]:
        lines: list[str] = []
        if len(quantities) > 1:
            total = added(quantities, "合计")
            together = share(total, whole, f"合计占{whole.name}")
            count = draft.named(str(len(quantities)))
            told = f"{figure_text(total, draft)}，占{whole.name}的 {figure_text(together, draft)}"
            lines.append(f"{draft.heading}中，这 {count} 项合计 {told}：")
        for quantity in quantities:
            percent = share(quantity, whole, f"{quantity.name}占{whole.name}")
            lines.append(f"{draft.heading}中，{quantity.name}占{whole.name}的 {figure_text(percent, draft)}：")
            lines += [f"- {sentence_of(quantity, draft)}", f"- {sentence_of(whole, draft)}"]
        return lines

    def _whole(self, query: Share, part: Quantity, draft: Draft) -> Quantity | None:
        """What the share is of: what is named, else what the part's row or sentence is a part of."""
        if query.whole is not None:
            if (rows := self._rows_around(query.whole, part, draft)) is not None:
                return rows
            found = figure_of(query.whole, draft, self._text)
            return found.quantities[0] if found.quantities and not found.missing else None
        around = evaluate(query.around, draft, self._text_of_one) if query.around is not None else Evaluated(())
        first = around.quantities[0] if around.quantities and not around.missing else None
        fits = first is not None and abs(first.exact or Decimal(0)) >= abs(part.exact or Decimal(0))
        return first if fits else printed_whole(part, draft) or whole_of(part, draft)

    def _rows_around(self, whole: Query, part: Quantity, draft: Draft) -> Quantity | None:
        """What several rows of one name come to, where the part is one of them (最大的一块占专项资金的几成)."""
        if not isinstance(whole, Select) or whole.winner is not None or not part.row_id:
            return None
        found = bound_of(whole, draft, self._text_of_one)
        rows = self._all_called(whole, [q for q in found.readings if q.row_id and q.basis == part.basis], draft)
        is_among = part.row_id in {q.row_id for q in rows}
        if found.missing or len(rows) < 2 or not _bear_name(rows, whole) or not is_among:
            return None
        return added(rows, f"名称含“{'、'.join(name.text for name in whole.names)}”的{len(rows)}项合计")

    def _divided(self, query: Ratio, draft: Draft) -> Reply:
        found = ratio(query, draft, self._text)
        several = len(found.quantities) > 1
        lines = [f"{draft.heading}中，{found.quantities[0].parts[0].name}有不同口径的数，分别算："] if several else []
        lines += [line for result in found.quantities for line in ratio_lines(result, draft, with_basis=several)]
        return Reply(tuple(lines), found.missing)

    # Several documents

    def _of_several_documents(self, query: Query) -> Reply:
        if asks_everyone(query) or compares_named(query):
            return everyone_lines(query, self._drafts, self._text_of_one)
        inner = query.of if isinstance(query, Each) else query
        if asks_moves(query):
            return moved_over_years(self._ask, self._drafts)
        if isinstance(inner, Several) and all(isinstance(one, Difference) and _is_each(one) for one in inner.of):
            replies = [self._of_several_documents(one) for one in inner.of]
            return Reply(tuple(line for r in replies for line in r.lines), tuple(m for r in replies for m in r.missing))
        if isinstance(inner, Difference | Ratio | Sum) and _is_each(inner):
            return self._across(inner)
        if isinstance(inner, Share) and isinstance(inner.parts[0], Each):
            return self._shared_across(inner.parts[0])
        lines: list[str] = []
        missing: list[str] = []
        for draft in self._drafts:
            reply = self._of_one(inner, draft)
            if not reply.lines:
                return Reply((), reply.missing or ("",))
            lines += reply.lines
            missing += reply.missing
        return Reply(tuple(lines), tuple(missing))

    def _figure(self, query: Query, draft: Draft) -> Evaluated:
        return (
            ratio(query, draft, self._text) if isinstance(query, Ratio) else evaluate(query, draft, self._text_of_one)
        )

    def _of_each(self, query: Each) -> tuple[list[Quantity], tuple[str, ...]]:
        """The figure of each document, called after it, and what is missing; none where one document has none."""
        each = [self._figure(query.of, draft) for draft in self._drafts]
        pairs = [(e.quantities[0], draft) for e, draft in zip(each, self._drafts, strict=True) if e.quantities]
        figures = [replace(q, name=f"{draft.heading}的{q.name}") for q, draft in pairs]
        return figures if len(figures) == len(each) else [], tuple(m for e in each for m in e.missing)

    def _shared_across(self, query: Each) -> Reply:
        """The part of one document in what all of them come to."""
        figures, missing = self._of_each(query)
        is_meant = [_is_called(query.unit, draft.catalog.unit_name) for draft in self._drafts]
        if not figures or sum(is_meant) != 1:
            return Reply((), missing or (query.unit,))
        part, whole = figures[is_meant.index(True)], added(figures, "合计")
        draft = self._drafts[0]
        percent = figure_text(share(part, whole, f"{part.name}占合计"), draft)
        told = (f"- {sentence_of(part, draft)}", f"- 合计为 {figure_text(whole, draft)}")
        return Reply((f"{draft.named(part.name)}占合计的 {percent}：", *told), missing)

    def _between_places(self, ranks: Sequence[Rank]) -> Reply:
        """The documents that take two places of one ranking, and how far the one is ahead of the other."""
        each = ranks[0].rows
        assert isinstance(each, Each)
        figures, missing = self._of_each(each)
        places = [rank.places[0] - 1 for rank in ranks]
        if not figures or missing or max(places) >= len(figures):
            return Reply((), missing or ("",))
        pairs = list(zip(figures, self._drafts, strict=True))
        pairs.sort(key=lambda pair: pair[0].exact or Decimal(0), reverse=ranks[0].descending)
        chosen = sorted((pairs[place] for place in places), key=lambda pair: pair[0].exact or Decimal(0), reverse=True)
        return Reply(tuple(difference_lines([q for q, _ in chosen], [d for _, d in chosen])))

    def _across(self, query: Difference | Ratio | Sum) -> Reply:
        ranks = [term for term in query.of if isinstance(term, Rank)] if isinstance(query, Difference) else []
        if ranks:
            return self._between_places(ranks)
        first = query.part if isinstance(query, Ratio) else query.of[0]
        assert isinstance(first, Each)
        if first.over == "years" and isinstance(first.of, Select | Sum) and isinstance(query, Difference):
            return year_lines(first.of, self._drafts, self._text_of_one)
        quantities, missing = self._of_each(first)
        if not quantities:
            return Reply((), missing or ("",))
        if isinstance(query, Sum):
            total = figure_text(added(quantities, "合计"), self._drafts[0])
            terms = (f"- {sentence_of(q, self._drafts[0])}" for q in quantities)
            return Reply((f"合计为 {total}，其中：", *terms), missing)
        if isinstance(query, Ratio):
            result = divided(quantities[0], quantities[1], "倍数")
            return Reply(tuple(ratio_lines(result, self._drafts[0])), missing)
        if _OF_MONEY.search(self._text) and any(q.value.kind == "quantity" for q in quantities):
            return Reply((), missing or ("",))  # 项目各几个，涉及的资金相差多少: no gap between numbers of things
        pairs = list(zip(quantities, self._drafts, strict=True))
        if len(pairs) > 2:  # the largest first, so that its gap to each other one is told
            pairs.sort(key=lambda pair: pair[0].exact or Decimal(0), reverse=True)
        return Reply(tuple(difference_lines([q for q, _ in pairs], [d for _, d in pairs])), missing)


def _is_mixed(total: Quantity) -> bool:
    """Whether a sum is of figures of tables and of such as only sentences state, which may be of another basis."""
    return len({bool(part.cells) for part in total.parts}) > 1


def _is_all_of_it(query: Difference, figures: Sequence[Quantity]) -> bool:
    """Whether the row that was found first is all that there is, so that nothing is left beside it."""
    pairs = zip(figures[1:], query.of[1:], strict=False)
    return any(isinstance(of, Rank) and part.exact == figures[0].exact for part, of in pairs)


def _is_of_one_item(query: Difference, figures: Sequence[Quantity], draft: Draft) -> bool:
    """Whether what is left out as money of some kind is a part of the very whole that it is left out of."""
    pairs = zip(figures[1:], query.of[1:], strict=False)
    parts = [part for part, of in pairs if all(map(names_fund, _own_names(of, query)))]
    side = query.of[0].side if isinstance(query.of[0], Select) else None
    is_of_side = [side is not None and _is_of_side(part, side, draft) for part in parts]
    return all(
        is_told or _is_of_whole(part, figures[0], draft) for part, is_told in zip(parts, is_of_side, strict=True)
    )


def _is_of_side(part: Quantity, side: str, draft: Draft) -> bool:
    """Whether money of some kind is of all of a side: by its name (财政拨款收入) or by the heading that tells it."""
    above = (draft.contents.paragraphs[s.paragraph_id].section for s in part.statements)
    return part.name.endswith(side) or any(section and side in section[-1] for section in above)


def _holds_rows(query: Difference, figures: Sequence[Quantity], draft: Draft) -> bool:
    """Whether the rows that only bear a name to be left out lie below the row of the whole, or that is a total."""
    parts = [q for q, of in zip(figures[1:], query.of[1:], strict=False) if q.parts and isinstance(of, Select)]
    whole, known = draft.catalog.rows.get(figures[0].row_id), draft.catalog.rows
    rows = [known[part.row_id] for q in parts for part in q.parts if part.row_id in known]
    return not rows or whole is None or whole.is_total or all(whole.row_id in row.ancestors for row in rows)


def _is_of_whole(part: Quantity, whole: Quantity, draft: Draft) -> bool:
    """Whether a figure is of the same row or item as another one, in its table if that is a total, or told with it.

    So it is below the other one's row. A figure that several tables print is of each of them.
    """
    own, of = (_rows_of(quantity, draft) for quantity in (part, whole))
    if not own or not of:
        told = [{s.sentence for s in quantity.statements} for quantity in (part, whole)]
        return bool(told[0] & told[1])
    pairs = product(own, of)
    return any(
        one.label == other.label or (other.is_total and one.table_id == other.table_id) or other.row_id in one.ancestors
        for one, other in pairs
    )


def _rows_of(quantity: Quantity, draft: Draft) -> list[Row]:
    """The rows of this document in which a figure stands; the one that it is of where it is computed."""
    rows = [row for cell in quantity.cells if (row := draft.catalog.row_of(cell.figure_id)) is not None]
    return rows if quantity.row_id in draft.catalog.rows else []


def _own_names(part: Query, query: Difference) -> list[Name]:
    """The names of a part that its whole doesn't have."""
    whole = {name.text for name in names_of(query.of[0])}
    return [name for name in names_of(part) if name.text not in whole] or [Name(text="")]


def _is_same(one: Quantity, other: Quantity) -> bool:
    """Whether two figures are the very same one, as a cell prints or a sentence states it."""
    sources = ((each.cells[:1], each.statements[:1] if not each.cells else ()) for each in (one, other))
    first, second = sources
    return any(first) and first == second and one.exact == other.exact


def _apart(select: Select, bound: Bound, draft: Draft) -> Several | None:
    """Two names side by side that no figure bears together, each of which one bears with the others (本金利息)."""
    own = [name for name in select.names if name.is_linked and not name.is_unit]
    lost = [name for name in own if name.text in bound.missing]
    if len(own) != 2 or len(lost) != 1 or len(bound.missing) > 1:
        return None
    links = [token.links if (token := linked(name, draft.catalog)) else () for name in own]
    are_rows = all(any(link.role == "row" for link in each) for each in links)
    are_parts = any(all(link.match == "partial" for link in each) for each in links)
    if not are_rows or (are_parts and not select.within):
        return None  # 接待来访群众: parts of names that have nothing to do with each other
    each = [
        select.model_copy(update={"names": tuple(n for n in select.names if n != left_out)}) for left_out in own[::-1]
    ]
    found = [bind(one, draft) for one in each]
    return Several(of=tuple(each)) if all(len(b.readings) == 1 and not b.missing for b in found) else None


def may_be_told(ask: Ask) -> bool:
    """Whether a sentence may state what is asked: nothing that has to be computed, and this year's."""
    nodes = list(nodes_of(ask.query))
    if ask.adds_up and not isinstance(ask.query, Say):
        return False
    is_past = any(isinstance(node, Select) and node.period == "last" for node in nodes)
    if isinstance(ask.query, Rows) and any(len(word) == 1 for word in ask.unread):
        return False  # 哪几行是今年的小: an operator that nothing carries out
    return not is_past and not any(isinstance(node, (*_COMPUTED, PaidFrom, Staffing, Purchased)) for node in nodes)


def _total_of(quantities: Sequence[Quantity], draft: Draft) -> Quantity | None:
    """What rows are all parts of, where they come to it."""
    whole = whole_of(quantities[0], draft, quantities[1:]) if len(quantities) > 1 else None
    parts = [q.exact or Decimal(0) for q in quantities]
    return whole if whole is not None and whole.exact == sum(parts, Decimal(0)) else None


def _compares(query: Query) -> bool:
    """Whether rows are set against another figure, and not against their own in another column."""
    return not any(isinstance(node, Filter) and node.columns for node in nodes_of(query))


def _states_whole(text: str, quantities: Sequence[Quantity]) -> bool:
    """Whether a sentence itself tells the share of the very whole that is asked for (占本年支出预算74.41%)."""
    whole = _WHOLE.search(normalise(text))
    told = normalise("".join(s.sentence for q in quantities for s in q.statements))
    return whole is not None and f"占{whole['whole']}" in told


def _is_share(quantity: Quantity) -> bool:
    """Whether a figure is a share that was worked out, of which both figures are told."""
    return quantity.value.kind == "percent" and bool(quantity.parts)


def _is_called(said: str, unit: str) -> bool:
    """Whether a unit may be so called in short: all that is said stands in its name, in that order (广州工信局)."""
    return bool(said) and stands_in_order(said, unit)


def _go_apart(one: Quantity, other: Quantity) -> bool:
    """Whether one figure is above nought and the other below."""
    return (one.exact or Decimal(0)) * (other.exact or Decimal(0)) < 0


def _is_each(query: Difference | Ratio | Sum) -> bool:
    first = query.part if isinstance(query, Ratio) else query.of[0]
    return isinstance(first, Each) or (isinstance(first, Rank) and isinstance(first.rows, Each))
