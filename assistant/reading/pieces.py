"""Pieces: the question against one document's names, cut into what each stretch is (name, operator, bound, framing)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Final

from assistant.catalog import DocumentCatalog, Link
from assistant.catalog.linking import item_word, linked_word, unit_word
from assistant.keywords import is_stop_word
from assistant.reading.amounts import rough_amounts
from assistant.reading.appositions import (
    COUNTS,
    with_included,
    without_appositions,
    without_classifications,
    without_code_words,
    without_coded,
    without_emphasis,
    without_explained,
    without_extent,
    without_headers,
    without_included,
    without_item_classes,
    without_lists,
)
from assistant.reading.brackets import with_brackets
from assistant.reading.fractions import fractions
from assistant.reading.framing import framing_spans, word_bounds
from assistant.reading.patterns import pattern
from assistant.reading.piece import Kind, Piece
from assistant.reading.residual_items import with_residual_items
from assistant.reading.sides import with_named_sides
from assistant.reading.titles import tables_called, without_repeated_titles
from assistant.reading.unit_words import (
    with_all_units,
    with_unit_kinds,
    with_units_pointed_at,
    without_parts_of_institutions,
)
from assistant.understand.tokenize import normalised_question, tokenize
from assistant.understand.types import Token
from assistant.understand.wording import normalise
from assistant.words import content_of, is_word, tagged

_KIND_OF_GROUP: Final[dict[str, Kind]] = {
    "term": "name", "total": "total", "operations": "op", "intents": "intent", "units": "unit", "compare": "bound",
    "classes": "class", "levels": "level", "years": "period", "year": "year", "number": "number",
    "conjunctions": "joint", "separators": "break", "document_types": "basis", "other": "word", "date": "date",
    "own": "own", "execution": "op", "framing": "framing", "scope": "scope",
}  # fmt: skip
_ASK: Final = pattern("ask")
_WITHIN: Final = pattern("within")
PART_OF_YEAR: Final = pattern("part_of_year")
"""A part of the year, which no yearly figure tells."""

_ASKING: Final = pattern("asking")
"""Words that ask and that no list of names may swallow."""

_OF_POSTS: Final = re.compile("编[空缺超满]|[空缺超满]编")
"""What is said of posts and is no misprint of their name (事业编空几个)."""

_EACH_OF_TWO: Final = re.compile(
    "各(?!类|种|级|地|界|项|笔|条|家|科目|单位|部门)|分别|(?:哪|谁)[个项]?更?[多少高低大小]"
)
_COUNTS_POSTS: Final = pattern("counts_posts")
"""Where 编制 is the number of posts, and not the making of a plan."""

_LEAST_ITEM: Final = 4
"""Characters of an item's name that is no word of talk as well."""

_LOOSE: Final = frozenset({"word", "filler", "ask", "op", "joint", "within"})
"""Kinds of pieces that may be no more than parts of an unknown word (澳|大|利亚)."""

_LONGEST_LOOSE: Final = 3


def _halves(text: str, catalog: DocumentCatalog) -> Iterator[Token]:
    """The two things that one printed name joins, where each of them is asked for (人员经费和公用经费各多少)."""
    if not (asks := _EACH_OF_TWO.search(text)):
        return
    for name in catalog.surfaces:
        first, _, second = name.partition("和")
        start = text.find(name)
        if not second or start < 0 or start + len(name) > asks.start():
            continue
        if all(any(link.match != "partial" for link in catalog.surfaces.get(half, ())) for half in (first, second)):
            for half, at in ((first, start), (second, start + len(first) + 1)):
                yield Token("term", "", half, at, at + len(half), catalog.surfaces[half])


def pieces_of(
    question: str, catalog: DocumentCatalog, scope: Sequence[tuple[int, int]],
    units: Sequence[tuple[int, int, tuple[str, ...]]] = (),
) -> tuple[Piece, ...]:  # fmt: skip
    """The pieces of a question in order, over normalised_question(question).

    ``scope`` are the stretches that name documents; what is written inside them is no name of an item. ``units``:
    those that name units within the document, with the units' printed names.
    """
    text = normalised_question(question)
    fixed = [
        *(Token("scope", "", text[a:b], a, b) for a, b in scope),
        *(
            Token("term", "", text[a:b], a, b, tuple(Link("unit", name, name=name) for name in names))
            for a, b, names in units
            if not any(a < end and start < b for start, end in scope) and not _is_name(text, a, b, catalog)
        ),
    ]
    fixed += _apart_from(fixed, tables_called(text, catalog))
    fixed += _apart_from(fixed, rough_amounts(text))
    fixed += _apart_from(fixed, _halves(text, catalog))
    framing = [
        Token("framing", "", text[a:b], a, b)
        for start, end in _between(len(text), fixed)
        for a, b in ((start + a, start + b) for a, b in framing_spans(text[start:end]))
        if not _is_name(text, a, b, catalog) and not _holds_name(text[a:b], catalog)
    ]
    said = [t for t in fractions(text) if not _is_name(text, t.start, t.end, catalog)]
    framing += _apart_from((*fixed, *framing), said)
    tokens = tokenize(question, catalog, (*fixed, *framing))
    unexplained = {place for t in tokens if t.group == "other" for place in range(t.start, t.end)}
    if unexplained:
        tokens = _with_misprints(question, text, tokens, unexplained, catalog, (*fixed, *framing))
    bounds = word_bounds(text)
    cut = with_brackets(list(_joined(text, [_piece(_whole(token, bounds)) for token in tokens])))
    joined = list(with_named_sides(list(_extended(_mended(cut)))))
    is_class = "机关" in text and "事业" in text  # 机关和事业单位: kinds of units, not this one
    if _COUNTS_POSTS.search(text):
        joined = [
            Piece("name", p.text, p.start, p.end) if p.text == "编制" and p.kind == "filler" else p for p in joined
        ]
    joined = list(with_residual_items(list(_with_other_income(joined, catalog)), catalog))
    found = [_linked(p, catalog) if p.kind == "word" or (p.kind == "own" and not is_class) else p for p in joined]
    found = list(_side_by_side(_with_project_totals(found), lambda run: _unit_of(run, catalog)))
    found = list(_side_by_side(found, lambda run: _item_of(run, catalog)))
    found = _with_one_head(found, catalog)
    found = with_units_pointed_at(list(with_unit_kinds(found, catalog)))
    found = with_all_units(without_parts_of_institutions(found))
    found = list(without_item_classes(found, lambda piece, of: _is_one_item(piece, of, catalog)))
    found = without_repeated_titles(found, catalog)
    found = without_emphasis(without_lists(without_extent(found)))
    found = list(without_code_words(without_explained(without_headers(without_coded(found)))))
    return tuple(without_classifications(tuple(without_appositions(without_included(with_included(found))))))


def _apart_from(fixed: Sequence[Token], tokens: Iterable[Token]) -> list[Token]:
    """The tokens that overlap none of those that are fixed already."""
    return [t for t in tokens if all(t.end <= f.start or f.end <= t.start for f in fixed)]


def _is_one_item(piece: Piece, kind: str, catalog: DocumentCatalog) -> bool:
    """Whether a name is that of items alone; of projects only of such as have no others below them."""
    rows = [link.key for link in (piece.token.links if piece.token else ()) if link.role == "row" and link.score > 0.9]
    is_leaf = all(catalog.rows[key].is_leaf for key in rows if key in catalog.rows)
    return bool(rows) and (kind == "account" or (kind == "project" and is_leaf))


def _between(length: int, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """The stretches of a text that tokens leave."""
    position = 0
    for token in sorted(tokens, key=lambda token: token.start):
        if position < token.start:
            yield position, token.start
        position = max(position, token.end)
    if position < length:
        yield position, length


def _whole(token: Token, bounds: frozenset[int]) -> Token:
    """A token; a part of a name that begins or ends within a word of the question is no name (预算单|独)."""
    cuts = token.group == "term" and not {token.start, token.end} <= bounds
    return replace(token, group="other", links=()) if cuts and all(k.match == "partial" for k in token.links) else token


def _linked(piece: Piece, catalog: DocumentCatalog) -> Piece:
    """An unknown stretch, or a word for the department itself, as a name.

    It is one where it stands within a printed name, or abbreviates a unit's (照明中心).
    """
    if piece.kind == "own":
        main = catalog.main_unit if len(catalog.units) > 1 else None
        links: tuple[Link, ...] = (Link("unit", main, name=main),) if main else ()
    else:
        links = linked_word(piece.text, catalog)
    if not links:
        return piece
    return replace(piece, kind="name", token=Token("term", "", piece.text, piece.start, piece.end, links))


def _with_other_income(pieces: Sequence[Piece], catalog: DocumentCatalog) -> Iterator[Piece]:
    """The pieces; 其他 behind a list of income is the name of the other income (事业收入、其他)."""
    for first, joint, piece in zip((None, None, *pieces), (None, *pieces), pieces, strict=False):
        is_listed = first is not None and joint is not None and joint.kind == "joint" and first.text.endswith("收入")
        links = catalog.surfaces.get("其他收入", ()) if is_listed and piece.text in ("其他", "其它") else ()
        token = Token("term", "", "其他收入", piece.start, piece.end, links)
        yield replace(piece, kind="name", text="其他收入", token=token) if links else piece


def _side_by_side(pieces: Sequence[Piece], join: Callable[[Sequence[Piece]], Piece | None]) -> Iterator[Piece]:
    """The pieces, with those side by side that together abbreviate one name as that name (周至|保护区|管理局)."""
    position = 0
    while position < len(pieces):
        end = position
        while end < len(pieces) and pieces[end].kind in ("name", "word"):
            end += 1
        joined = next((p for last in range(end, position + 1, -1) if (p := join(pieces[position:last]))), None)
        if joined is None:
            yield pieces[position]
            position += 1
        else:
            yield joined
            position = next(n for n in range(position, end + 1) if n == len(pieces) or pieces[n].start >= joined.end)


def _with_project_totals(pieces: Sequence[Piece]) -> list[Piece]:
    """``项目`` and ``支出总计`` side by side as the name of the one column (项目支出)."""
    joined: list[Piece] = []
    for piece in pieces:
        before = joined[-1] if joined else None
        if (
            before
            and before.kind == "class"
            and before.text == "项目"
            and (piece.text.startswith("支出") or piece.text.endswith("盘子"))
            and piece.kind in ("name", "total")
        ):
            joined[-1] = Piece("name", "项目支出", before.start, piece.end)
        else:
            joined.append(piece)
    return joined


def _unit_of(run: Sequence[Piece], catalog: DocumentCatalog) -> Piece | None:
    """The unit that pieces abbreviate together, the last of which names a unit or nothing."""
    last = run[-1]
    if last.token is not None and not any(link.role == "unit" for link in last.token.links):
        return None
    text = "".join(piece.text for piece in run)
    links = unit_word(text, catalog)
    if not links:
        return None
    return _as_one(run, links)


def _item_of(run: Sequence[Piece], catalog: DocumentCatalog) -> Piece | None:
    """The one item that pieces abbreviate together, not all of which are printed names (公|租房|租赁|补贴)."""
    if all(piece.token and any(link.match in _PRINTED for link in piece.token.links) for piece in run):
        return None
    text = "".join(piece.text for piece in run)
    links = item_word(text, catalog)
    if len({link.name for link in links}) != 1:
        return None
    return _as_one(run, links)


def _with_one_head(pieces: Sequence[Piece], catalog: DocumentCatalog) -> list[Piece]:
    """The pieces, names side by side with what is said once behind them all (援藏、援疆|两笔|干部工作经费).

    So it is where each of them stands with it in a printed name.
    """
    told = list(pieces)
    for place, piece in enumerate(pieces[2:], 2):
        if piece.kind not in ("name", "word") or COUNTS.get(pieces[place - 1].text.lstrip("这那")) is None:
            continue
        places = [place - 2]
        while places[0] > 1 and pieces[places[0] - 1].kind == "joint":
            places.insert(0, places[0] - 2)
        listed = [pieces[at] for at in places]
        links = [_in_print(f"{one.text}{piece.text}", catalog) for one in listed]
        if len(places) != COUNTS[pieces[place - 1].text.lstrip("这那")] or not all(links):
            continue
        for at, one, own in zip(places, listed, links, strict=True):
            text = f"{one.text}{piece.text}"
            told[at] = replace(one, kind="name", text=text, token=Token("term", "", text, one.start, one.end, own))
    return told


def _in_print(text: str, catalog: DocumentCatalog) -> tuple[Link, ...]:
    """The rows whose printed name holds a text."""
    return tuple(
        link for link in linked_word(text, catalog) if link.role == "row" and normalise(text) in normalise(link.name)
    )


def _as_one(run: Sequence[Piece], links: tuple[Link, ...]) -> Piece:
    text, start, end = "".join(piece.text for piece in run), run[0].start, run[-1].end
    return Piece("name", text, start, end, token=Token("term", "", text, start, end, links))


_PRINTED: Final = ("exact", "near")


def _is_name(text: str, start: int, end: int, catalog: DocumentCatalog) -> bool:
    """Whether a stretch lies within a longer printed name."""
    for first in range(max(0, start - 8), start + 1):
        for last in range(end, min(len(text), end + 8) + 1):
            if last - first > end - start and any(k.score > 0.8 for k in catalog.surfaces.get(text[first:last], ())):
                return True
    return False


def _holds_name(text: str, catalog: DocumentCatalog) -> bool:
    """Whether a stretch names an item as it is printed, which no talk around a question does."""
    return any(
        link.role == "row" and link.match == "exact"
        for start in range(len(text) - _LEAST_ITEM + 1)
        for end in range(start + _LEAST_ITEM, len(text) + 1)
        for link in catalog.surfaces.get(text[start:end], ())
    )


def _with_misprints(
    question: str, text: str, tokens: tuple[Token, ...], places: set[int], catalog: DocumentCatalog,
    fixed: tuple[Token, ...],
) -> tuple[Token, ...]:  # fmt: skip
    """The tokens with misspelt names put right, where a name explains all that is unexplained there."""
    found = [
        Token("term", text[m.start : m.end], m.name, m.start, m.end, m.links)
        for m in catalog.spellings.misprints(text, places)
        if all(m.end <= t.start or t.end <= m.start for t in fixed) and not _OF_POSTS.search(text[m.start : m.end])
    ]
    return tokenize(question, catalog, (*fixed, *found)) if found else tokens


def _piece(token: Token) -> Piece:
    kind = _KIND_OF_GROUP.get(token.group, "filler")
    if (token.group == "separators" and token.text.startswith("其中")) or (
        kind == "filler" and _WITHIN.fullmatch(token.text)
    ):
        kind = "within"
    elif (kind == "filler" and _ASK.search(token.text)) or (kind == "word" and _ASKING.fullmatch(token.text)):
        kind = "ask"
    elif kind == "filler" and token.text in ("(", ")", ":"):
        kind = "break" if token.text == ":" else "filler"
    return Piece(kind, token.text, token.start, token.end, token.name, token.value, token.unit, token)


def _joined(text: str, pieces: list[Piece]) -> Iterator[Piece]:
    """The pieces, with fillers that are only parts of unknown words taken as those words (会|议费)."""
    spans = _word_spans(text)
    position = 0
    while position < len(pieces):
        piece = pieces[position]
        end = position + 1
        if _is_loose(piece):
            while end < len(pieces) and _is_loose(pieces[end]) and _same_word(pieces[end - 1], pieces[end], spans):
                end += 1
        run = pieces[position:end]
        if len(run) > 1 and any(p.kind == "word" for p in run):
            yield Piece("word", "".join(p.text for p in run), run[0].start, run[-1].end)
        else:
            yield from run
        position = end


def _is_loose(piece: Piece) -> bool:
    return piece.kind == "word" or (piece.kind in _LOOSE and len(piece.text) <= _LONGEST_LOOSE)


def _mended(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces, with operators that unknown words swallowed (在岗差|多少人, 运行费比|上年) and without half words.

    What asks for a bound (最多几次) ranks nothing; the second half of 里头 says no more than the first.
    """
    for place, (before, piece, after) in enumerate(zip([None, *pieces], pieces, [*pieces[1:], None], strict=False)):
        ending = _swallowed(piece, after)
        if piece.kind == "word" and piece.text[0] in "里中" and len(piece.text) > 1 and _is_item_before(piece, before):
            yield Piece("within", piece.text[0], piece.start, piece.start + 1)
            yield replace(piece, text=piece.text[1:], start=piece.start + 1)
            continue
        if piece.text == "头" and before is not None and before.text.endswith("里"):
            continue
        if ending:
            if len(piece.text) > 1:
                yield replace(piece, text=piece.text[:-1], end=piece.end - 1)
            yield Piece("op", piece.text[-1], piece.end - 1, piece.end, ending)
        elif piece.text == "小" and after is not None and after.text.startswith("计") and piece.end == after.start:
            yield replace(piece, kind="filler")  # 三公小计|算
        elif piece.name == "count" and _FEW.fullmatch(piece.text) and after is not None and after.kind == "within":
            yield replace(piece, kind="filler")  # 下面几家里
        elif piece.name == "sum" and piece.text in _ONE_BLOCK and before is not None and _picks(before):
            yield replace(piece, kind="filler")
        elif piece.kind == "word" and _MOVES.fullmatch(piece.text):
            yield replace(piece, kind="op", name="change")
        elif (piece.kind == "bound" and not _needs_none(piece, before) and _asks_bound(pieces[place + 1 :])) or (
            piece.text in _AT_MOST and piece.kind == "op" and _asks_number(pieces[place + 1 : place + 4])
        ):
            yield replace(piece, kind="filler")
        else:
            yield piece


def _is_item_before(piece: Piece, before: Piece | None) -> bool:
    """Whether a word stands right behind a name (三公经费|里车)."""
    return before is not None and before.kind == "name" and before.end == piece.start and not is_word(piece.text)


_FEW: Final = re.compile("几[家个所项笔条]")
"""What says, before 里, of which few things something is told, and counts none of them."""

_ONE_BLOCK: Final = ("一块", "一块儿")
"""What means together by itself, and one of several behind what picks it (最大的一块, 哪一块)."""


def _picks(piece: Piece) -> bool:
    return piece.name in ("max", "min", "top") or piece.text in ("那", "这", "哪", "另", "另外", "其中")


def _extended(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces, with parts of names as long as their printed names go on in the question (起降|点建 -> 起降点|建)."""
    before: Piece | None = None
    for piece in pieces:
        if before is not None and piece.kind == "word" and (cut := _goes_on(before, piece)):
            yield _longer(before, piece.text[:cut])
            rest = piece.text[cut:]
            before = replace(piece, text=rest, start=piece.start + cut) if rest else None
            continue
        if before is not None:
            yield before
        before = piece
    if before is not None:
        yield before


def _goes_on(name: Piece, word: Piece) -> int:
    """How many characters of a word go on with the printed names that a piece is a part of."""
    links = name.token.links if name.kind == "name" and name.token else ()
    if not links or any(link.match != "partial" for link in links):
        return 0
    names = [normalise(link.name) for link in links]
    lengths = range(len(word.text), 0, -1)
    return next((n for n in lengths if any(name.text + word.text[:n] in printed for printed in names)), 0)


def _longer(piece: Piece, more: str) -> Piece:
    assert piece.token
    text, end = piece.text + more, piece.end + len(more)
    links = tuple(link for link in piece.token.links if text in normalise(link.name))
    return replace(piece, text=text, end=end, token=replace(piece.token, text=text, end=end, links=links))


_MOVES: Final = pattern("moves")
_OF_NO_NUMBER: Final = ("zero", "nonzero")
"""Bounds that no number stands beside."""

_MAY: Final = ("能", "可", "可以", "允许", "容许")
_AT_MOST: Final = ("最多", "最高", "最少", "最低")


def _needs_none(piece: Piece, before: Piece | None) -> bool:
    """Whether a bound is of nothing, or stands behind its number."""
    return piece.name in _OF_NO_NUMBER or _is_behind(piece, before)


def _swallowed(piece: Piece, after: Piece | None) -> str:
    """The operator that the last character of an unknown word is, "" if it is none."""
    if piece.kind != "word" or after is None:
        return ""
    if piece.text.endswith("差") and (after.kind in ("ask", "unit") or after.name == "count"):
        return "gap"
    return "versus" if piece.text.endswith("比") and after.kind in ("period", "year") else ""


def _is_behind(piece: Piece, before: Piece | None) -> bool:
    """Whether a bound stands behind its number (100万以上)."""
    return piece.name.endswith("_after") and before is not None and before.kind == "number"


def _asks_bound(following: Sequence[Piece]) -> bool:
    """Whether a bound is itself what is asked for (至少奖补到多少人): no number follows, but what asks for one."""
    clause = list(takewhile(lambda piece: piece.kind != "break", following))
    asks = any(p.name == "count" or (p.kind in ("ask", "unit") and "哪" not in p.text) for p in clause)
    return asks and not any(p.kind in ("number", "bound") or p.name == "share" for p in clause)


def _asks_number(following: Sequence[Piece]) -> bool:
    """Whether a number is asked for right behind, or behind one verb."""
    if following and following[0].text in _MAY:
        following = following[1:]
    following = following[:2]
    first = following[0] if following else None
    asks = next((p for p in following if p.name == "count" or (p.kind in ("ask", "unit") and "哪" not in p.text)), None)
    return asks is not None and (asks is first or (first is not None and first.kind in ("word", "filler")))


def _word_spans(text: str) -> list[tuple[int, int]]:
    spans, at = [], 0
    for word, _ in tagged(text):
        spans.append((at, at + len(word)))
        at += len(word)
    return spans


def _same_word(left: Piece, right: Piece, spans: list[tuple[int, int]]) -> bool:
    return any(start < left.end and right.start < end for start, end in spans)


def restricts(word: str) -> bool:
    """Whether an unknown word names something, so that leaving it out could change the answer; verbs only colour.

    >>> restricts("处室"), restricts("砍掉")
    (True, False)
    """
    return bool(PART_OF_YEAR.fullmatch(word)) or any(_names(part, tag) for part, tag in tagged(word))


def unread_words(pieces: Sequence[Piece], said: re.Pattern[str]) -> tuple[str, ...]:
    """The unknown words that restrict, without those that `said` matches, which a reader has read itself."""
    words = (word for p in pieces if p.kind == "word" for word in content_of(p.text))
    return tuple(word for word in words if len(word) > 1 and not said.fullmatch(word) and restricts(word))


def _names(word: str, tag: str) -> bool:
    if is_stop_word(word) or not (tag[0] in "nj" or tag in ("vn", "eng", "s", "b")):
        return False
    return is_word(word) or len(word) > 2
