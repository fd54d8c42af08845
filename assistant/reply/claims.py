"""Claims: whether the figures that a question asserts agree with those of the answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from assistant.answer import Figure
from assistant.answering.draft import Draft
from assistant.query import Ask, Claim, Select, Sum
from assistant.reading.fractions import FRACTION
from assistant.reply.standing import where_it_stands
from index.money import YUAN_PER_UNIT, to_yuan

_IN_WORDS: Final = re.compile("[一二两三四五六七八九十百千多余几]")
_MORE: Final = re.compile("[多余几]")
_MANY: Final = 100
_FAR: Final = Decimal(1000)
_AGREES: Final = "相符。"
_OPPOSES: Final = "，与文件不符，以文件为准。"
_TOTAL: Final = "合计"
_UNMOVED: Final = "持平"
_CLAIMED: Final = "问题里说的“"
_WAYS: Final = {"up": "增加", "down": "减少"}
_TOLD: Final = {"增加": "up", "增长": "up", "减少": "down", "下降": "down"}
"""What stands before a change in an answer."""


def add_claims(asks: Sequence[Ask], draft: Draft) -> None:
    """Says of the figures that asks assert whether those of an answer agree, each once, else where they stand."""
    claims = dict.fromkeys(claim for ask in asks for claim in ask.claims)
    for claim in claims:
        for line in claim_lines((claim,), _meant(claim, asks, draft.figures), draft.lines):
            is_said = agrees(line) or claim.is_bound or line.endswith(_OPPOSES)
            said = None if is_said else where_it_stands(claim, draft)
            draft.lines += [each for each in (said or line,) if each not in draft.lines]


def _meant(claim: Claim, asks: Sequence[Ask], figures: Sequence[Figure]) -> Sequence[Figure]:
    """The figures that a claim may be of: what things come to, where it is said behind all that are added up."""
    sums = [ask.query for ask in asks if isinstance(ask.query, Sum) and claim in ask.claims]
    ends = [end for total in sums for term in total.of if isinstance(term, Select) for _, end in term.spans]
    is_behind = bool(ends and claim.spans) and claim.spans[0][0] >= max(ends)
    totals = [figure for figure in figures if figure.label.endswith(_TOTAL)]
    return totals if totals and is_behind and _is_amount(claim.unit) else figures


def agrees(line: str) -> bool:
    """Whether a line of these says that a claim agrees with a figure."""
    return line.endswith(_AGREES)


def repeats_claim(line: str) -> bool:
    """Whether a line of an answer repeats a number that the question says, which by that is no number told."""
    return _CLAIMED in line


def claim_lines(claims: Sequence[Claim], figures: Sequence[Figure], lines: Sequence[str] = ()) -> Iterator[str]:
    """One line for each claim that is of the same kind as a figure: whether one of them is as large.

    ``lines`` tell which way figures moved; one that moved the other way than is claimed doesn't agree.
    """
    for claim in claims:
        if claim.way and any(_UNMOVED in line for line in lines):
            yield f"上面是{_UNMOVED}，{_CLAIMED}{claim.text}”是{_WAYS[claim.way]}{_OPPOSES}"
        elif alike := _comparable(claim, figures, lines):
            yield _verdict(claim, alike, lines)


def _comparable(claim: Claim, figures: Sequence[Figure], lines: Sequence[str]) -> list[Figure]:
    """The figures of a claim's kind: of one about a change only changes, where there are any."""
    numbers = [figure for figure in figures if exact_of(figure) is not None]
    alike = [figure for figure in numbers if _is_amount(figure.unit) == _is_amount(claim.unit)]
    return [figure for figure in alike if claim.way and _moved(figure, lines)] or alike


def _verdict(claim: Claim, figures: Sequence[Figure], lines: Sequence[str]) -> str:
    near = next((figure for figure in figures if _agrees(claim, figure)), None)
    if claim.way and (other := _moved_otherwise(claim, [near] if near else figures, lines)) is not None:
        figure, way = other
        claimed = f"{_CLAIMED}{claim.text}”是{_WAYS[claim.way]}"
        return f"上面的 {figure.value} {figure.unit}是{_WAYS[way]}，{claimed}{_OPPOSES}"
    is_about = near is not None and _MORE.search(claim.text)  # 一成多
    if not is_about and (said := _against_bound(claim, figures)) is not None:
        return said
    if near is not None:
        return f"{_CLAIMED}{claim.text}”与上面的 {near.value} {near.unit}{_AGREES}"
    return _differing(claim, figures)


def _moved_otherwise(claim: Claim, figures: Sequence[Figure], lines: Sequence[str]) -> tuple[Figure, str] | None:
    """The first of some figures that moved, with its way, where none of them moved the way that is claimed."""
    alike = (figure for figure in figures if _is_alike(claim, figure))
    moved = [(figure, way) for figure in alike if (way := _moved(figure, lines))]
    return next(iter(moved), None) if all(way != claim.way for _, way in moved) else None


def _moved(figure: Figure, lines: Sequence[str]) -> str | None:
    """The way that a figure's line says it moved; None where it says none."""
    said = re.compile(rf"({'|'.join(_TOLD)})\s*\*\*{re.escape(figure.value)} {re.escape(figure.unit)}\*\*")
    return next((_TOLD[found[1]] for line in lines if (found := said.search(line))), None)


def _differing(claim: Claim, figures: Sequence[Figure]) -> str:
    """That no figure agrees with a claim; of one figure alone whether it is more or less than what is claimed.

    Of one that is larger or smaller by far it is said of another thing.
    """
    told = {exact_of(figure): figure for figure in figures}
    unlike = f"问题里说的“{claim.text}”，上面的数里没有与它相符的，以文件为准。"
    if len(told) != 1 or not _is_amount(claim.unit):
        return unlike
    ((exact, figure),) = told.items()
    assert exact is not None and claim.unit
    if exact and not 1 / _FAR <= to_yuan(claim.value, claim.unit) / abs(exact) <= _FAR:
        return unlike
    verdict = "多于" if abs(exact) > to_yuan(claim.value, claim.unit) else "少于"
    return f"上面的 {figure.value} {figure.unit}{verdict}问题里说的“{claim.text}”，以文件为准。"


def _against_bound(claim: Claim, figures: Sequence[Figure]) -> str | None:
    """Whether the one figure that is told is more or less than a bound, or a fraction said in words (有没有一半)."""
    if not claim.is_bound and not (claim.unit == "%" and FRACTION.fullmatch(claim.text)):
        return None
    exacts = ((exact_of(figure), figure) for figure in figures if _is_alike(claim, figure))
    alike = {exact: figure for exact, figure in exacts if exact is not None}
    if len(alike) != 1:
        return None
    ((exact, figure),) = alike.items()
    is_amount = claim.unit is not None and _is_amount(claim.unit)
    bound = to_yuan(claim.value, claim.unit or "") if is_amount else claim.value
    more, less = ("多于", "少于") if is_amount else ("超过", "不到")
    verdict = "正好是" if exact == bound else more if exact > bound else less
    return f"上面的 {figure.value} {figure.unit}{verdict}问题里说的“{claim.text}”。"


def _is_alike(claim: Claim, figure: Figure) -> bool:
    return figure.unit == claim.unit or (_is_amount(figure.unit) and _is_amount(claim.unit))


def _is_amount(unit: str | None) -> bool:
    return unit in YUAN_PER_UNIT


def exact_of(figure: Figure) -> Decimal | None:
    """The printed number, in 元 for an amount; None where it is none."""
    try:
        number = Decimal(figure.value.replace(",", ""))
    except ArithmeticError:
        return None
    return to_yuan(number, figure.unit) if _is_amount(figure.unit) else number


def _agrees(claim: Claim, figure: Figure) -> bool:
    """Whether a figure, to as many digits as the claim has, is what is claimed (71亿多, 快19万).

    A number is said for what is a little more (四千四百多万); for what is less only by half of its last digit.
    """
    exact = exact_of(figure)
    if exact is None or (not _is_amount(claim.unit) and figure.unit != claim.unit):
        return False
    return is_near(claim, exact)


def is_near(claim: Claim, exact: Decimal) -> bool:
    """Whether a number, in 元 for an amount, is what is claimed to as many digits as the claim has."""
    scale = YUAN_PER_UNIT[claim.unit] if claim.unit and _is_amount(claim.unit) else Decimal(1)
    last_digit = scale.scaleb(_last_place(claim))
    more = abs(exact) - claim.value * scale
    return -last_digit / (_MANY if _MORE.search(claim.text) else 2) <= more < last_digit


def _last_place(claim: Claim) -> int:
    """The power of ten of the last digit that is said; zeros in words are none (四千四百多万)."""
    _, digits, exponent = claim.value.normalize().as_tuple() if _IN_WORDS.search(claim.text) else claim.value.as_tuple()
    return int(exponent) if any(digits) else 0
