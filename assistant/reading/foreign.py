"""Foreign phrases: what a clause names that no item and no unit of the document bears.

Talk around a question is full of words the document doesn't have, and changes nothing. A phrase that stands where a
name would stand does: before 里 or 中, as all that a clause says, before what asks, or with the head of an amount or
of an organisation. An answer has to tell it, or it is about something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from assistant.reading.clauses import ACTUAL_SAID, SAYS, Clause, read_as_a_whole
from assistant.reading.patterns import pattern
from assistant.reading.piece import Piece
from assistant.reading.pieces import PART_OF_YEAR
from assistant.understand.units import unit_rules
from assistant.words import tagged

_AMOUNT_HEAD: Final = pattern("amount_head")
_OF_THE_WHOLE: Final = pattern("of_the_whole")
_BETWEEN: Final = pattern("before_within")
"""What may stand between a name and 里 or 中: 这个科目, 那几项."""

_ENDS_WITHIN: Final = re.compile("^表?(里面?|中|当中)$")
_LONG: Final = 4
_OF_TABLES: Final = ("预算", "决算", "明细", "构成")
_OTHER: Final = re.compile("其[他它]")
_CODE: Final = re.compile(r"\d{5,}")
_NOMINAL: Final = ("n", "j", "vn", "s", "x", "l", "i", "b", "an", "eng")
_ASKED: Final = frozenset({"ask", "op", "intent", "joint", "class", "bound", "unit", "period", "level"})
_AROUND: Final = frozenset({"framing", "scope", "year", "period", "basis"})


def foreign_phrases(clause: Clause) -> tuple[str, ...]:
    """The foreign phrases of a clause, in order.

    What the clause says of names (以…开头, 带…字样) is none, and people that are there (实有人数) are known.
    """
    read = read_as_a_whole(clause)
    found = (
        _text(clause.pieces[first:last]) for first, last in _runs(clause.pieces) if _is_foreign(clause, first, last)
    )
    phrases = dict.fromkeys((*found, *_codes(clause)))
    return tuple(text for text in phrases if text not in read and not ACTUAL_SAID.fullmatch(text))


def _codes(clause: Clause) -> Iterator[str]:
    """Codes that no item bears; a number right before talk is none (12345来电)."""
    if _is_talk(clause):
        return
    for piece, after in zip(clause.pieces, [*clause.pieces[1:], None], strict=True):
        is_code = piece.kind == "number" and piece.unit is None and bool(_CODE.fullmatch(piece.text))
        if is_code and (after is None or after.kind != "framing"):
            yield piece.text


def _is_talk(clause: Clause) -> bool:
    """Whether a clause asks nothing and is talk around a question; 预算里 by itself is none."""
    talk = (p.text for p in clause.of("framing") if not p.text.endswith("里"))
    return not clause.asks and any(len(text) > 1 or SAYS.fullmatch(text) for text in talk)


def _text(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def _runs(pieces: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    """Start and end of each run of unknown words, with parts of words on its left (支付|进度, 结余|率)."""
    place = 0
    while place < len(pieces):
        if pieces[place].kind != "word":
            place += 1
            continue
        first, last = place, place + 1
        while last < len(pieces) and pieces[last].kind in ("word", "total"):
            last += 1
        while first and _belongs(pieces[first - 1], pieces[first]):
            first -= 1
        yield first, last
        place = last


def _belongs(before: Piece, piece: Piece) -> bool:
    """Whether a piece before an unknown word is a part of it: a word of its own class, or a name cut short."""
    if before.kind == "filler":
        return len(before.text) > 1 and tagged(before.text)[-1][1][:1] in ("n", "v") and len(tagged(before.text)) == 1
    links = before.token.links if before.token else ()
    is_tail = len(piece.text) == 1 and tagged(piece.text)[-1][1][:1] not in ("v", "p", "d")
    return before.kind == "name" and bool(links) and is_tail and all(k.match == "partial" for k in links)


def _is_foreign(clause: Clause, first: int, last: int) -> bool:
    text = _text(clause.pieces[first:last])
    if PART_OF_YEAR.search(text) and not _is_talk(clause):
        return True
    if len(text) < 2 or not _is_nominal(text) or _OF_THE_WHOLE.fullmatch(text):
        return False
    rest = clause.pieces[last:]
    if _is_before_within(rest) or _is_all(clause, first, last) or _is_bracketed(clause, first, last):
        return True
    if _is_talk(clause):
        return False
    if (
        _is_longer_unit(rest)
        or _is_beside_name(clause, first, last)
        or _AMOUNT_HEAD.search(text)
        or _is_organisation(text, is_first=first == 0)
    ):
        return True
    return _is_topic(clause, first, rest) if clause.asks else _is_end(clause, first, rest)


def _is_nominal(text: str) -> bool:
    """Whether a phrase holds a noun or ends like an amount, and holds no pronoun."""
    tags = [tag for _, tag in tagged(_OTHER.sub("", text))]
    named = any(tag.startswith(_NOMINAL) for tag in tags) or bool(_AMOUNT_HEAD.search(text))
    return named and not any(tag[0] == "r" for tag in tags)


def _is_longer_unit(rest: Sequence[Piece]) -> bool:
    """Whether a head that some unit has goes on right behind a phrase (疾病预防控制|中心)."""
    links = rest[0].token.links if rest and rest[0].token else ()
    return bool(links) and len(rest[0].text) <= len("中心") and any(link.role == "unit" for link in links)


def _is_before_within(rest: Sequence[Piece]) -> bool:
    """Whether 里 or 中 comes next, with no more than 这个科目, 支出表 between."""
    ends = next((n for n, p in enumerate(rest) if p.kind == "within" or _ENDS_WITHIN.search(p.text)), None)
    return ends is not None and _is_no_more(rest[:ends])


def _is_no_more(pieces: Sequence[Piece]) -> bool:
    """Whether pieces only say of what kind the thing before them is (这个科目, 支出表, 那几项)."""
    others = [p for p in pieces if p.kind not in ("total", "basis", "class", "level") and p.text not in _OF_TABLES]
    return all(p.kind == "filler" for p in others) and bool(_BETWEEN.fullmatch(_text(others)))


def _is_bracketed(clause: Clause, first: int, last: int) -> bool:
    """Whether a phrase is all that stands in brackets (公用经费(温泉疗养))."""
    pieces = clause.pieces
    return bool(first) and pieces[first - 1].text == "(" and (last == len(pieces) or pieces[last].text == ")")


def _is_all(clause: Clause, first: int, last: int) -> bool:
    """Whether a clause says nothing else."""
    around = clause.pieces[:first]
    return all(p.kind in ("scope", "year") or p.text in ("的", "(") for p in around) and _is_no_more(
        [p for p in clause.pieces[last:] if p.text != ")"]
    )


def _is_topic(clause: Clause, first: int, rest: Sequence[Piece]) -> bool:
    """Whether a phrase begins what a clause says, right before what asks."""
    before = [p for p in clause.pieces[:first] if p.kind not in _AROUND and p.text not in ("的", "给", "跟", "把")]
    after = next((p for p in rest if p.kind not in ("framing", "filler")), None)
    return not before and after is not None and after.kind in _ASKED


def _is_end(clause: Clause, first: int, rest: Sequence[Piece]) -> bool:
    """Whether a phrase ends a clause, right behind 里 or 的 (一般公共预算里的咖啡机), or is what there is (有…计划)."""
    before = clause.pieces[first - 1].text if first else ""
    is_had = before == "有" and len(_text(clause.pieces[first : len(clause.pieces) - len(rest)])) >= _LONG
    return (is_had or before.endswith(("里", "中", "的"))) and _is_no_more(rest)


def _is_beside_name(clause: Clause, first: int, last: int) -> bool:
    """Whether a phrase and a name are joined (人员经费和审减额)."""
    before, after = clause.pieces[max(0, first - 2) : first], clause.pieces[last : last + 2]
    return [p.kind for p in before] == ["name", "joint"] or [p.kind for p in after] == ["joint", "name"]


def _is_organisation(text: str, *, is_first: bool) -> bool:
    """Whether a phrase ends like an organisation's name; by a short head only behind a place or as what comes first."""
    rules = unit_rules()
    heads = (*rules["departments"], *rules["institutions"])
    is_marked = is_first or any(tag == "ns" for _, tag in tagged(text))
    return len(text) > 2 and text.endswith(tuple(h for h in heads if len(h) > 1 or is_marked or h in "局厅"))
