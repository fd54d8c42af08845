"""The unit of a table that prints none: the one in which its amounts are those of the prose or of another table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from index.clean.draft import Draft, Drafts
from index.kinds import KINDS
from index.money import from_yuan, parse_number, to_yuan
from index.prose import OutlinedParagraph
from index.statements.tokens import tokenise

_UNITS: Final = ("元", "万元")
_CENT: Final = Decimal("0.01")
_TELLING: Final = 1
"""Amounts below this, in 万元, are found anywhere by chance."""
_MIN_FOUND: Final = 2


def scale_units(drafts: Drafts, paragraphs: Iterable[OutlinedParagraph]) -> Drafts:
    """Tables of money without a unit are held against the prose first, then against tables whose unit is known."""
    if not any(_is_open(draft) for draft in drafts):
        return drafts
    said = {rounded for paragraph in paragraphs for rounded in _said(paragraph.text)}
    scaled = tuple(_scaled(draft, said) for draft in drafts)
    known = {amount for draft in scaled if draft.unit in _UNITS for amount in _amounts(draft, draft.unit)}
    return tuple(_scaled(draft, known) for draft in scaled)


def _said(text: str) -> Iterator[Decimal]:
    for token in tokenise(text):
        if token.kind == "amount" and token.number is not None and token.unit:
            yield _rounded(to_yuan(token.number, token.unit))


def _scaled(draft: Draft, known: set[Decimal]) -> Draft:
    """In the unit in which most amounts are known, several of them or the largest."""
    if not _is_open(draft):
        return draft
    found = {unit: _found(draft, unit, known) for unit in _UNITS}
    best, other = sorted(_UNITS, key=lambda unit: len(found[unit]), reverse=True)
    largest = max(_amounts(draft, best), default=None)
    is_clear = len(found[best]) > len(found[other]) and (len(found[best]) >= _MIN_FOUND or largest in found[best])
    return replace(draft, unit=best) if is_clear else draft


def _found(draft: Draft, unit: str, known: set[Decimal]) -> set[Decimal]:
    return {amount for amount in _amounts(draft, unit) if amount >= _TELLING} & known


def _is_open(draft: Draft) -> bool:
    """Whether it is open in which unit the table prints its amounts."""
    return draft.unit is None and any(measure.type == "amount" for measure in KINDS[draft.kind].measures)


def _amounts(draft: Draft, unit: str) -> Iterator[Decimal]:
    """The numbers of the table's columns of money as amounts in ``unit``; columns with a unit of their own left out."""
    money = {measure.name for measure in KINDS[draft.kind].measures if measure.type == "amount"}
    columns = {column.number - 1 for column in draft.columns if column.measure in money and column.unit is None}
    for row in draft.body_rows:
        for at in columns:
            number = parse_number(row.texts[at]) if at < len(row.texts) else None
            if number:
                yield _rounded(to_yuan(number, unit))


def _rounded(amount: Decimal) -> Decimal:
    """In 万元 with two decimals, as prose says it."""
    return from_yuan(amount, "万元").quantize(_CENT, ROUND_HALF_UP)
