"""Several asks in one question: where one ends, and whether the next rests on it or shares no more than its document.

An ask takes from the one before it what it leaves open: the document always; the year, the table, the kind of money
and the unit within the department only where it says no more than an item and asks how much. What is done with an
item, bounds, rows and the items themselves never cross, unless an ask points back (其中, 这笔, 剩下的, 占比多少).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from assistant.catalog import DocumentCatalog, Link
from assistant.reading.clauses import PER
from assistant.reading.patterns import pattern
from assistant.reading.piece import Piece
from assistant.reading.pieces import restricts
from assistant.reading.selects import roles_of

_SENTENCE: Final = re.compile(
    r"(?:[（(][^（）()]*[）)]|“[^“”]*”|《[^《》]*》|[^？?。！!；;\n])+[？?。！!；;\s]*|[？?。！!；;\s]+"
)
_ANOTHER: Final = re.compile(rf"(?<![^\s，,。；;：:？?！!])(?:{pattern('another_ask').pattern})")
_NUMBERED: Final = re.compile(
    r"(?<![^\s，,。；;：:？?！!）)])"
    r"(?:[（(](\d|[一二三四五六])[）)]|(\d)[、.．)）](?!\d)|([①②③④⑤⑥])|其?([一二三四五六])(?:是|[、，,：:]))\s*"
)
_ORDER: Final = ("123456", "一二三四五六", "①②③④⑤⑥")
_ASK_WORD: Final = pattern("ask")
_ASKS: Final = (_ASK_WORD, pattern("asks"), pattern("orders"))
_SAYS_ASK: Final = re.compile("问|知道|打听|请教|了解")
_OF_FORM: Final = re.compile("绩效|指标|目标")
_POINTS_BACK: Final = pattern("points_before")
_OF_ALL: Final = pattern("of_all_before")
_COORDINATE: Final = pattern("coordinate_named")
_OF_POSTS: Final = re.compile("编制|在编|在职|实有|在岗|离退休")
_OF_EACH: Final = re.compile("都|均|一律|统一|全部|以上|上面|单位")
"""What a last sentence that asks nothing says of all asks before it (都按万元)."""

_ADDS_BACK: Final = re.compile("[，,](?:[这那]?[两三俩][者项个笔块样]?)?(?:合|加|凑|摞)(?:起来|在一起|一块儿?)")
"""What adds up things of before, behind what somebody thinks of them (感觉大半花在出国上了，合起来占几成)."""

_OVER_OR_FREE: Final = re.compile("[超空缺](?:了|几|多少|编|着|出)")
_OPEN_END: Final = re.compile("呢[？?。！!]*$")
_UNSAID: Final = frozenset({"framing", "filler", "scope", "break", "own"})
_ASKS_ONLY: Final = frozenset({"name", "total", "ask", "unit", "op", "word"})
_OF_TWO: Final = frozenset({"gap", "versus", "ratio", "except", "share"})
_OF_ITSELF: Final = frozenset({"change", "more", "less", "last", "conflict"})
_OF_ROWS: Final = frozenset({"max", "min", "top", "ordinal", "count", "list"})
_OF_ITEMS: Final = frozenset({"row", "attribute", "statement", "passage"})
_LEAST: Final = 0.5
"""Score of a link that may be meant."""

_FRACTION: Final = re.compile("半|成|分之|[%％]")
_TWO: Final = 2
_TELLING: Final = 4
"""Characters of a part of a printed name that tells which one is meant."""


class Stretch(NamedTuple):
    """A stretch of a question that asks something, with the words that announce it as another ask (另外, 还想知道)."""

    text: str
    marker: str = ""
    announced: bool = False

    def with_next(self, stretch: Stretch) -> Stretch:
        """This one and the next as one ask."""
        return self._replace(text=f"{self.text}{stretch.marker}{stretch.text}")


class _Cut(NamedTuple):
    """Where a stretch may begin, where the words that announce it end, and whether they are no more than a number."""

    start: int
    end: int
    is_number: bool = False


def stretches_of(question: str) -> tuple[Stretch, ...]:
    """The sentences of a question, and what is announced as another ask, each with those before it that ask nothing.

    >>> [stretch.text for stretch in stretches_of("教育支出多少？另外，三公经费多少")]
    ['教育支出多少？', '三公经费多少']
    """
    found: list[Stretch] = []
    waiting: Stretch | None = None
    for stretch in _cut(question):
        if waiting and stretch.announced and found:
            found[-1], waiting = found[-1].with_next(waiting), None
        asked = waiting.with_next(stretch) if waiting else stretch
        waiting = None if _asks(stretch) else asked
        if waiting is None:
            found.append(asked)
    if waiting and found:
        found[-1] = found[-1].with_next(waiting)
    return () if waiting and _OF_EACH.search(waiting.text) else tuple(found)


def _asks(stretch: Stretch) -> bool:
    """Whether a stretch asks something: by a word for it, by what announces it (再问X的比重), or as one of a list."""
    is_listed = stretch.announced and not stretch.marker
    return is_listed or bool(_SAYS_ASK.search(stretch.marker)) or any(asks.search(stretch.text) for asks in _ASKS)


def _cut(question: str) -> Iterator[Stretch]:
    """The whole question in stretches; none begins within the words that announce another."""
    cuts = [_Cut(match.start(), match.start()) for match in _SENTENCE.finditer(question)]
    cuts += [_Cut(*match.span()) for match in _ANOTHER.finditer(question)]
    cuts += [_Cut(*match.span(), True) for match in _numbers(question)]
    kept: list[_Cut] = []
    for cut in sorted(cuts, key=lambda cut: (cut.start, -cut.end)):
        if not kept or cut.start >= max(kept[-1].end, kept[-1].start + 1):
            kept.append(cut)
    for cut, end in zip(kept, [*(cut.start for cut in kept[1:]), len(question)], strict=True):
        marker = "" if cut.is_number else question[cut.start : cut.end]
        yield Stretch(question[cut.end : end], marker, cut.end > cut.start)


def _numbers(question: str) -> list[re.Match[str]]:
    """The numbers that stand before asks, where they count from one on (1.…2.…, 一是…二是…)."""
    found: list[re.Match[str]] = []
    for match in _NUMBERED.finditer(question):
        sign = next(filter(None, match.groups()))
        if any(sign == signs[len(found)] for signs in _ORDER if len(found) < len(signs)):
            found.append(match)
    return found if len(found) > 1 else []


def rests_on_before(
    stretch: Stretch, pieces: Sequence[Piece], before: Sequence[Piece], catalog: DocumentCatalog, *, names_scope: bool
) -> bool:
    """Whether an ask takes more from those before it than their document; ``names_scope``: it says itself which."""
    is_own = stretch.announced or names_scope
    said = [piece for piece in pieces if piece.kind not in _UNSAID]
    things = [
        p for p in pieces
        if _is_thing(p, catalog) or (is_own and p.kind == "word" and restricts(p.text))
    ]  # fmt: skip
    if not is_own and (_is_upon_answer(stretch, said, things) or _OF_FORM.search(stretch.text)):
        return True
    if _ADDS_BACK.search(stretch.text) or (_OVER_OR_FREE.search(stretch.text) and _names_posts(before)):
        return True
    of_rows = _is_of_rows(said, by_column=is_own)
    is_bare = all(p.kind in _ASKS_ONLY and (p.kind != "op" or p.name == "list") for p in said)
    is_bare = is_bare and not PER.search("".join(piece.text for piece in pieces))
    if names_scope and not is_bare:
        things = [*things, *(p for p in said if p.kind == "name")]
    if _points_back(pieces, things) or (_OPEN_END.search(stretch.text) and is_bare):
        return True
    if not things and not of_rows:
        return True
    if _is_of_two(said) and len(things) + sum(p.kind == "class" for p in said) < _TWO:
        return True
    if not names_scope and _names_unit(before) and not (_names_unit(pieces) or any(p.name == "unit" for p in said)):
        return True
    return is_bare and bool(_coordinates(before) - _coordinates(pieces))


def _is_upon_answer(stretch: Stretch, said: Sequence[Piece], things: Sequence[Piece]) -> bool:
    """Whether it is only said how to tell what was asked (把金额列出来), or asked whether that agrees (对得上吗)."""
    only_orders = not _ASK_WORD.search(stretch.text) and all(len(thing.text) < _TELLING for thing in things)
    return only_orders or any(piece.name == "conflict" for piece in said)


def is_of_all(pieces: Sequence[Piece]) -> bool:
    """Whether an ask that rests on those before it is about all of them (两者差多少, 一共多少)."""
    return _OF_ALL.search("".join(piece.text for piece in pieces if piece.kind not in ("name", "scope"))) is not None


def _points_back(pieces: Sequence[Piece], things: Sequence[Piece]) -> bool:
    """Whether a pointing word stands before anything that an ask names itself.

    In the outline that is searched # stands for a number, ■ for whose budget is meant and □ for the first thing named.
    """
    outline = ""
    for piece in pieces:
        if piece in things:
            outline += "□"
            break
        sign = {"number": "#", "scope": "■", "framing": ""}.get(piece.kind)
        outline += piece.text if sign is None else sign
    return _POINTS_BACK.search(outline) is not None


def _is_thing(piece: Piece, catalog: DocumentCatalog) -> bool:
    """Whether a piece names an item, the total of a side or the posts of a unit, and no mere coordinate of items.

    What only the form of one project prints (服务人数) is told apart by that project alone.
    """
    if piece.kind == "total" or _OF_POSTS.fullmatch(piece.text):
        return True
    if _COORDINATE.fullmatch(piece.text) or len(piece.text) < _TWO:
        return False
    is_cost = piece.text.endswith("费")
    links = [
        k for k in _links_of(piece) if k.score > _LEAST and (k.role in _OF_ITEMS or (is_cost and k.role == "column"))
    ]
    is_told = len(piece.text) >= _TELLING
    return any((is_told or k.match != "partial") and not _is_within_form(k, piece.text, catalog) for k in links)


def _links_of(piece: Piece) -> Sequence[Link]:
    return piece.token.links if piece.kind == "name" and piece.token else ()


def _is_within_form(link: Link, text: str, catalog: DocumentCatalog) -> bool:
    """Whether a name leads into the form of one project that it doesn't name."""
    table = catalog.tables.get(link.table_id)
    return table is not None and table.subject is not None and text not in table.subject


def _is_of_rows(said: Sequence[Piece], *, by_column: bool) -> bool:
    """Whether rows are asked for by what they fulfil or by their place (超过100万的项目有哪些).

    ``by_column``: also those of what only a column names (项目支出里恰好都是30万的有哪几个).
    """
    kinds = ("class", "name") if by_column else ("class",)
    are_named = any(p.kind in kinds and (by_column or p.name != "account") for p in said)
    return are_named and any(p.kind in ("bound", "number") or p.name in _OF_ROWS for p in said)


def _is_of_two(said: Sequence[Piece]) -> bool:
    """Whether something is done with two things, or with one and its whole, and not with one and its last year."""
    names = {piece.name for piece in said}
    of_share = any(piece.kind == "number" and _FRACTION.search(piece.text) for piece in said)
    return bool(names & _OF_TWO or of_share) and not names & _OF_ITSELF


def _names_posts(pieces: Sequence[Piece]) -> bool:
    return any(_OF_POSTS.search(piece.text) for piece in pieces)


def _names_unit(pieces: Sequence[Piece]) -> bool:
    """Whether a unit within the department is named."""
    return any(p.kind == "name" and roles_of(p) == {"unit"} for p in pieces)


def _coordinates(pieces: Sequence[Piece]) -> set[str]:
    """The kinds of coordinates that are said: a year, a basis, a table or kind of money that narrows."""
    found = {
        p.kind
        for p in pieces
        if (p.kind in ("basis", "within") and p.text != "其中") or (p.kind == "period" and p.name != "this")
    }
    names = [p for p in pieces if p.kind == "name"]
    return found | {"money" for p in names if _COORDINATE.fullmatch(p.text) or "table" in roles_of(p)}
