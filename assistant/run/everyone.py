"""One item of every unit that is loaded: a figure a document, on the basis that most of them have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.answering.draft import Draft
from assistant.answering.values import Value
from assistant.plan.bind import Bound
from assistant.plan.quantity import Quantity
from assistant.plan.rows import change_of
from assistant.query import Change, Each, Filter, Query, Rank, Select
from assistant.run.evaluate import bound_of
from assistant.run.operators import Unsound, averaged, passes, ranked, same_unit


@dataclass(frozen=True, slots=True)
class OfAll:
    """The figures of the documents that have one, in order, and the documents that have none.

    ``has_all``: how many documents have a figure before any bound. ``kind``: the kind of table that most of them are
    taken from, "" for sentences.
    """

    figures: tuple[tuple[Draft, Quantity], ...]
    without: tuple[Draft, ...]
    has_all: int
    kind: str = ""


def of_all(query: Query, drafts: Sequence[Draft], text: str) -> OfAll | None:
    """What a query over all units comes to; None where it is none, or most documents have no such figure.

    Raises Unsound where the figures are of several units of measure.
    """
    match query:
        case Each(of=Select() | Change() as inner):
            return _each(inner, drafts, text)
        case Filter():
            base = of_all(query.rows, drafts, text)
            if base is None:
                return None
            bound = _mean_of(base) if any(condition.of_mean for condition in query.conditions) else None
            kept = tuple(
                (d, q) for d, q in base.figures if all(passes(q, condition, bound) for condition in query.conditions)
            )
            return replace(base, figures=kept)
        case Rank():
            base = of_all(query.rows, drafts, text)
            if base is None:
                return None
            draft_of = {id(q): d for d, q in base.figures}
            order = ranked([q for _, q in base.figures], descending=query.descending)
            picked = [order[p - 1] for p in query.places if p <= len(order)] if query.places else order
            return replace(base, figures=tuple((draft_of[id(q)], q) for q in picked))
        case _:
            return None


def _mean_of(base: OfAll) -> Decimal | None:
    return averaged([q for _, q in base.figures], "平均").exact if base.figures else None


def _each(inner: Select | Change, drafts: Sequence[Draft], text: str) -> OfAll | None:
    select = inner if isinstance(inner, Select) else inner.of
    if not isinstance(select, Select):
        return None
    bound = [_bound(select, draft, text) for draft in drafts]
    kinds = Counter(kind for each in bound for kind in {_kind(q) for q in each.readings})
    most = max(kinds, key=lambda kind: kinds[kind], default="")
    figures: list[tuple[Draft, Quantity]] = []
    for draft, each in zip(drafts, bound, strict=True):
        found = next((q for q in each.readings if _kind(q) == most), next(iter(each.readings), None))
        if isinstance(inner, Change) and found is not None:
            found = change_of(found, draft)
        if found is not None and found.exact is not None:
            figures.append((draft, found))
    if not figures or len(figures) * 2 < len(drafts):
        return None
    same_unit([q for _, q in figures])
    told = {id(d) for d, _ in figures}
    return OfAll(tuple(figures), tuple(d for d in drafts if id(d) not in told), len(figures), most)


def _bound(select: Select, draft: Draft, text: str) -> Bound:
    """The readings of one document that all names account for."""
    try:
        bound = bound_of(select, draft, text)
    except Unsound:
        return Bound(())
    return Bound(()) if bound.missing or bound.is_promised else bound


def _kind(quantity: Quantity) -> str:
    """The kind of table that a figure is taken from; "" for a sentence."""
    return quantity.cells[0].kind if quantity.cells else ""


def is_change(quantity: Quantity) -> bool:
    """Whether a figure is a signed change against last year."""
    return quantity.name.endswith(("增加", "减少", "持平"))


def size_of(change: Quantity) -> Value:
    """How far something changed, whichever way."""
    return replace(change.value, exact=abs(change.exact or Decimal(0)))
