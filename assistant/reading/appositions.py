"""Appositions: pieces that only say again or otherwise what the pieces beside them name, and so name nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile
from typing import Final

from assistant.reading.patterns import pattern
from assistant.reading.piece import Piece

COUNTS: Final = {f"{number}{unit}": k for k, number in enumerate("两三四五六", 2) for unit in ("个", "项", "笔", "家")}
"""How many things a word says that there are."""

_POINTING: Final = ("这", "那")
_HEADER: Final = pattern("header")
_COPULA: Final = pattern("copula")
_EXTENT: Final = pattern("extent")
_PROPER: Final = pattern("proper")
_UNIT_LIST: Final = pattern("unit_list")
_NOT_A_BIT: Final = pattern("not_a_bit")
_INCLUDING: Final = pattern("including")
_BELOW: Final = pattern("below")
_EXAMPLES: Final = pattern("examples")
_EACH: Final = re.compile("各|分别|哪")
_SUCH: Final = re.compile("(这|那)(种|类|样)的?")
_SEVERAL: Final = re.compile("(好?几|[两二三四五六七八九十多]|各|所有|全部|这些|那些)(条|笔|项|个)")
_NEAR: Final = 16
"""Characters before brackets within which it is said that several things are named."""

_OF_HEADER: Final = ("政府", "部门", "政府预算", "部门预算")
_ONE_NAME: Final = 2
"""Pieces from a name in brackets to their end."""

_CODED: Final = 4
"""Pieces of a name with its code in brackets."""

_WHOLE_NAME: Final = 0.9
"""Score from which an item bears a name."""


def without_appositions(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces, without the class that sums up as many names as were joined (甲和乙|两个|城维项目)."""
    listed, summed = 1, False
    for piece in pieces:
        if piece.kind == "joint":
            listed += 1
        elif piece.kind == "filler" and listed > 1 and COUNTS.get(piece.text.lstrip("这那")) == listed:
            summed = True
        elif listed > 1 and piece.kind == "class" and COUNTS.get(piece.text[:2]) == listed and piece.text[2:]:
            yield piece.as_talk()  # 甲和乙这|两个专项
            listed, summed = 1, False
            continue
        elif summed and piece.kind in ("name", "word", "class"):
            yield piece.as_talk()
            listed, summed = 1, False
            continue
        elif piece.kind != "name" and piece.text not in _POINTING:
            listed, summed = 1, False
        yield piece


def without_extent(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, without what says behind a unit that all of it is meant, or it alone (住建|系统, 梅村高中|本部)."""
    before = (next((p for p in reversed(pieces[:n]) if p.text != "全"), None) for n in range(len(pieces)))
    around = zip(before, pieces, strict=True)
    return [piece.as_talk() if near is not None and _is_extent(near, piece) else piece for near, piece in around]


def _is_extent(before: Piece, piece: Piece) -> bool:
    if piece.kind != "word":
        return False
    of_part = before.kind == "name" and before.token is not None and all(k.role == "unit" for k in before.token.links)
    is_all = before.kind == "scope" and _EXTENT.fullmatch(piece.text)
    return bool(is_all or (of_part and _PROPER.fullmatch(piece.text)))


def without_lists(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, without the list that units are said to stand on (名单|上的单位)."""
    kept = list(pieces)
    for place, (piece, after) in enumerate(pairwise(pieces)):
        following = pieces[place + 2 : place + 6]
        said = [p for p in following if p.kind not in ("filler", "framing") or p.name == "everyone"]
        are_units = bool(said) and (said[0].name == "unit" or (said[0].name == "everyone" and "单位" in said[0].text))
        if piece.kind == "word" and after.kind == "within" and are_units and _UNIT_LIST.fullmatch(piece.text):
            kept[place], kept[place + 1] = piece.as_talk(), after.as_talk()
    return kept


def without_emphasis(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, without what only stresses a word for nothing that stands behind it (一分钱|都没安排)."""
    kept = list(pieces)
    for place, piece in enumerate(pieces):
        after = next((p for p in pieces[place + 1 :] if p.kind not in ("filler", "framing")), None)
        if piece.kind == "word" and after is not None and after.name == "zero" and _NOT_A_BIT.fullmatch(piece.text):
            kept[place] = piece.as_talk()
    return kept


def without_headers(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, without headers of columns that only say where a name stands (资金来源|为|…, 组织形式|标着|…)."""
    kept = list(pieces)
    for place, piece in enumerate(pieces):
        if piece.kind in ("name", "word", "class", "filler") and _HEADER.fullmatch(piece.text):
            if place and pieces[place - 1].text.startswith(("哪", "几")):
                continue  # 哪些科目是…: they are asked for
            end = _told_by(pieces[place + 1 :])
            if end is None:
                continue
            kept[place : place + end] = [p.as_talk() for p in pieces[place : place + end]]
            if place and pieces[place - 1].text in _OF_HEADER:
                kept[place - 1] = pieces[place - 1].as_talk()
    return kept


def _told_by(following: Sequence[Piece]) -> int | None:
    """How far a header goes on to the name that it tells, by a copula (是, 写的是), or below which the rest stands."""
    place = next((n for n, p in enumerate(following) if p.kind == "name"), len(following))
    said = "".join(p.text for p in following[:place] if p.kind != "framing")
    if place == len(following):
        return None
    if not said:
        behind = [p.text for p in following[place + 1 :] if p.kind != "framing"]
        return 1 if _BELOW.match("".join(behind[:2])) else None
    return place + 1 if _COPULA.fullmatch(said) else None


def without_explained(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, without what one of two names side by side only says again, with brackets between them.

    Before brackets that list what it means it is a word of people's own (小汽车|(轿车、客车)); an item that is asked
    for has its parts in them (住房改革支出|(公积金、购房补贴)), unless each of these is asked for.
    """
    kept = list(_without_examples(pieces))
    for place, piece in enumerate(pieces):
        if piece.text != "(":
            continue
        before = place - 1
        while before >= 0 and pieces[before].text == "的":
            before -= 1
        if before >= 0 and _is_said_plainly(pieces[before], pieces[place + 1 : place + 3]):
            kept[before] = pieces[before].as_talk()
        if not (end := _end_of_names(pieces[place + 1 :])):
            continue
        if before >= 0 and _is_borne(pieces[before]) and not _asks_each(pieces[place + end :]):
            kept[place : place + end + 1] = [p.as_talk() for p in pieces[place : place + end + 1]]
        while before >= 0 and _is_own_word(pieces[before]):
            kept[before] = pieces[before].as_talk()
            before -= 1
    return kept


def _is_said_plainly(before: Piece, brackets: Sequence[Piece]) -> bool:
    """Whether a word of people's own stands before brackets that hold but its name (财政给的|(一般公共预算))."""
    is_one = len(brackets) == _ONE_NAME and brackets[0].kind == "name" and brackets[1].text == ")"
    return is_one and before.kind == "name" and before.text.endswith("的")


def _asks_each(following: Sequence[Piece]) -> bool:
    """Whether what follows brackets asks for each of what they list."""
    clause = takewhile(lambda piece: piece.kind != "break", following)
    return any(_EACH.search(piece.text) for piece in clause)


def _without_examples(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces, without brackets behind a name that only give examples of it (测试评估认证服务|(等保、密评那类))."""
    text, end = "".join(piece.text for piece in pieces), 0
    at = 0
    for before, piece in zip((None, *pieces), pieces, strict=False):
        match = _EXAMPLES.match(text, at) if before is not None and before.kind == "name" else None
        end = match.end() if match else end
        yield piece.as_talk() if at < end else piece
        at += len(piece.text)


def without_included(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, without what brackets say that an unknown word includes (学校|(含技校、职业学院))."""
    kept = list(pieces)
    for place, piece in enumerate(pieces):
        text = "".join(p.text for p in pieces[place:])
        told = _INCLUDING.match(text) if piece.text == "(" and place and pieces[place - 1].kind == "word" else None
        if told:
            end = piece.start + told.end()
            kept = [p.as_talk() if piece.start <= p.start < end else p for p in kept]
    return kept


def with_included(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, with what brackets say that named things include as named beside them (公车统管费(含…那条))."""
    kept = list(pieces)
    for place, piece in enumerate(pieces):
        text = "".join(p.text for p in pieces[place:])
        told = _INCLUDING.match(text) if piece.text == "(" and place and pieces[place - 1].kind == "name" else None
        if told is None or not _SEVERAL.search("".join(p.text for p in pieces[:place])[-_NEAR:]):
            continue
        end = piece.start + told.end()
        named = [n for n, p in enumerate(pieces) if piece.start < p.start < end and p.kind == "name"]
        if len(named) == 1:
            kept = [p if not piece.start <= p.start < end or n in named else p.as_talk() for n, p in enumerate(kept)]
            kept[place] = replace(piece.as_talk(), kind="joint")
    return kept


def _end_of_names(following: Sequence[Piece]) -> int:
    """Where brackets end that hold nothing but several names side by side, from where they open; 0 for others."""
    end = next((n for n, p in enumerate(following) if p.text == ")"), 0)
    said = [p for p in following[:end] if p.kind not in ("filler", "framing")]
    kinds = [p.kind for p in said]
    return end + 1 if kinds.count("name") > 1 and {*kinds} <= {"name", "joint"} else 0


def _is_own_word(piece: Piece) -> bool:
    """Whether a piece is a word that no item bears as it is, or one character before it (小|汽车)."""
    return (
        piece.kind == "word"
        or (piece.kind == "name" and not _is_borne(piece))
        or (piece.kind == "op" and len(piece.text) < 2)
    )


def _is_borne(piece: Piece) -> bool:
    """Whether an item bears a name as it is."""
    links = piece.token.links if piece.token and piece.kind == "name" else ()
    return any(link.score >= _WHOLE_NAME for link in links)


def without_coded(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, with a name and its code in brackets behind it as the code alone (行政运行|(2240501))."""
    kept = list(pieces)
    for place, (name, opening, code, closing) in enumerate(
        zip(pieces, pieces[1:], pieces[2:], pieces[3:], strict=False)
    ):
        if (opening.text, closing.text) == ("(", ")") and _names_same(name, code):
            kept[place : place + _CODED] = [name.as_talk(), opening.as_talk(), code, closing.as_talk()]
    return kept


def _names_same(name: Piece, code: Piece) -> bool:
    """Whether a code is that of one of the items that bear a name."""
    if not code.text.isdigit() or not name.token or not code.token:
        return False
    borne = {link.key for link in name.token.links if link.role == "row" and link.score >= _WHOLE_NAME}
    return any(link.role == "row" and link.key in borne for link in code.token.links)


def without_classifications(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces, without the classification that a code or the first name of a clause is of (经济分类|310).

    A code that is only an example of a level (按|30201|这种款级科目) is no item.
    """
    for before, piece, after in zip((None, *pieces), pieces, (*pieces[1:], None), strict=False):
        is_of_name = piece.kind == "class" and piece.name in _CLASSIFIED and after is not None and after.kind == "name"
        is_first = before is None or before.kind in ("break", "scope", "year")
        is_code = after is not None and after.text.isdigit()
        is_example = piece.kind == "name" and piece.text.isdigit() and after is not None and _SUCH.fullmatch(after.text)
        yield piece.as_talk() if is_example or (is_of_name and (is_first or is_code)) else piece


_CLASSIFIED: Final = ("function", "economic", "account")


def without_item_classes(pieces: Sequence[Piece], is_item: Callable[[Piece, str], bool]) -> Iterator[Piece]:
    """The pieces, without the class that an item named right before it is of (行政运行|科目的, 2210201这个|项级|科目).

    ``is_item``: whether a name is of one item alone of a class.
    """
    for place, piece in enumerate(pieces):
        before = pieces[max(0, place - 3) : place]
        near = [p for p in before if p.text not in _THIS and p.kind != "level"]
        after = pieces[place + 1] if place + 1 < len(pieces) else None
        goes_on = after is not None and (after.kind == "within" or after.text == "的")
        points = any(p.text in _THIS for p in before) and (after is None or after.kind in _BEHIND_POINTED)
        points = points and bool(near) and near[-1].text.isdigit()
        is_of_name = bool(near) and near[-1].kind == "name"
        if is_of_name and piece.kind == "word" and piece.text == _SPECIAL and near[-1].token and near[-1].token.links:
            yield piece.as_talk()  # 物业管理费这个专项
            continue
        is_of_name = is_of_name and piece.kind in ("class", "level")
        is_again = is_of_name and (points or (goes_on and piece.kind == "class"))
        yield (
            piece.as_talk()
            if is_again and is_item(near[-1], piece.name if piece.kind == "class" else "account")
            else piece
        )


_SPECIAL: Final = "专项"
_BEHIND_POINTED: Final = ("class", "break", "name", "total", "ask")
_THIS: Final = ("这个", "该", "这项", "这一", "这", "此")


def without_code_words(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces, without what says whose a code of the government's classification is (机关(501), 505|事业口)."""
    for place, piece in enumerate(pieces):
        near = pieces[max(0, place - 2) : place + 3]
        is_beside = any(p.kind == "name" and _GOVERNMENT_CODE.fullmatch(p.text) for p in near)
        yield piece.as_talk() if is_beside and _WHOSE_CODE.fullmatch(piece.text) else piece


_GOVERNMENT_CODE: Final = re.compile(r"5\d\d")
_WHOSE_CODE: Final = re.compile("(机关|事业|行政)(单位|口|那边|这边)?|口|[两这那]边")
