"""A turn that leaves out what the turn before said, put as a question of its own.

Nothing is dropped but what only says that the talk goes on (那…呢, 换成, 同理): an item, a unit or a kind of money
takes the place of the one before, or is added to it; an operation is done to what was named before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final

from assistant.reading.patterns import pattern
from assistant.reading.piece import Piece
from assistant.reading.selects import roles_of
from assistant.reading.talk import TALK
from assistant.understand.kinds import is_part, parts_called

_NATURES: Final = {
    "基本": "基本支出", "项目": "项目支出", "专项": "项目支出", "人员": "人员经费", "公用": "公用经费",
    "日常公用": "公用经费",
}  # fmt: skip
"""What the natures of expenditure are called for short, and what their columns are."""

_NAMED: Final = ("name", "total", "word")
_AGAINST: Final = ("share", "versus", "ratio")
_ENDS_ITEM: Final = ("op", "ask", "intent", "number", "break", "bound")
_UNSAID: Final = ("framing", "filler", "scope", "year", "period")
_SAID: Final = pattern("carried_word")
_COLUMN: Final = pattern("carried_column")
_SWAPPED: Final = pattern("carried_swap")
_CORRECTED: Final = (pattern("carried_correction"), pattern("carried_not_other"))
_PARTED: Final = (pattern("carried_parts"), pattern("carried_each_part"), pattern("carried_one_part"))
_WITHIN_EACH: Final = pattern("carried_within")
_DONE: Final = pattern("carried_predicate")
_ALL_ADDED: Final = pattern("carried_sum")
_ADDED_TO: Final = pattern("carried_added")
_SHARE_ONLY: Final = pattern("carried_share")
_ITS: Final = pattern("carried_it")
_BOUND_BY_IT: Final = pattern("carried_bound")
_JOINED: Final = pattern("carried_joined")
_PART_OF_IT: Final = pattern("carried_part_of_it")
_OF_TIME: Final = pattern("carried_time")
_OF_ALL: Final = pattern("carried_all")
_POINTS_INSIDE: Final = pattern("carried_inside")
_TURNS_AWAY: Final = pattern("carried_away")
_OTHER_BASE: Final = pattern("carried_base")
_IN_UNIT: Final = pattern("carried_unit")
_ASKED: Final = pattern("carried_asked")
_ASKS: Final = ("ask", "op", "intent")
_PAIR: Final = 2
_FEW: Final = 2
"""Figures asked for one after the other that one more is added to."""

_NATURE: Final = re.compile("基本|项目|人员|公用|日常|专项")
_PLAIN: Final = frozenset({"sum", "list", "count"})
_MOVES: Final = frozenset({"change", "more", "less"})
_RANKS: Final = frozenset({"max", "min", "top", "ordinal", "mean"})


@dataclass(frozen=True, slots=True)
class Carried:
    """The question that a turn comes to; ``is_sure``: it can't mean what it says by itself.

    ``otherwise``: the question that it comes to where that one has no answer.
    """

    question: str
    is_sure: bool
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class _Group:
    """Pieces that name one thing together: an item (N), a unit (U), a kind of money (C), a time (T), a word (W)."""

    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Frame:
    """What an earlier turn says: where its item and its kind of money stand, and what stands around."""

    text: str
    scope: str
    year: str
    groups: tuple[_Group, ...]
    focus: _Group
    column: _Group | None
    bare: str
    thing: str
    behind: str
    asks: bool
    ops: frozenset[str]
    asserts: bool

    @property
    def compares(self) -> bool:
        """Whether it asks more than how much there is."""
        return bool(self.ops - _PLAIN)

    @property
    def whose(self) -> str:
        """Whose budget it is of, and of which year."""
        return f"{self.scope}{self.year}"

    @property
    def subject(self) -> str:
        """The item with all that it is said to be of, and whose budget it is of."""
        return f"{self.whose}{self.thing}"

    def may_have(self, column: _Group) -> bool:
        """Whether a column takes the place of the one that is named, if any: it is none that restricts it further."""
        kinds = [bool(_NATURE.match(each.text)) for each in (self.column, column) if each]
        return len(set(kinds)) == 1

    def with_item(self, text: str) -> str:
        """The turn, of another item; what it only asserted of its own is asked."""
        said = f"{self.text[: self.focus.start]}{text}"
        return f"{said}是多少" if self.asserts or not self.asks else f"{said}{self.behind}"


def carried(before: Sequence[tuple[str, Sequence[Piece]]], text: str, pieces: Sequence[Piece]) -> Carried | None:
    """A turn as a question of its own; None where it is one already, or what it leaves out is open.

    ``before``: the turns before it, each as a question of its own, with its pieces.
    """
    frames = [_frame(said, of) for said, of in before]
    frame = frames[-1] if frames else None
    if frame is None or not frame.thing:
        return None
    groups = tuple(_groups(pieces))
    shape, own = _shape(pieces, groups), {group.text for group in groups}
    plain = [each for each in frames if each is not None and each.thing and not each.compares]
    whose = {each.whose for each in plain if each.whose}
    subjects = [each.thing for each in plain] if len(plain) == len(frames) and len(whose) <= 1 else []
    of = next(iter(whose), "")
    if _ALL_ADDED.fullmatch(shape) and len(subjects) == _PAIR:
        return Carried(f"{of}{'、'.join(subjects)}合计多少", is_sure=True)
    if (
        (added := _ADDED_TO.fullmatch(shape))
        and 0 < len(subjects) <= _FEW
        and not own & {each.focus.text for each in plain}
    ):
        named = [groups[at].text for at in _places(added, "x")]
        return Carried(f"{of}{'、'.join((*subjects, *named))}合计多少", is_sure=True)
    if _SHARE_ONLY.fullmatch(shape) and len(subjects) == _PAIR:
        one, other = (f"{of}{part}占{whole}的百分之多少" for part, whole in (subjects, subjects[::-1]))
        return Carried(one, is_sure=True, otherwise=other)  # a part is no larger than its whole
    return (
        _parted(frame, shape, groups)
        or _of_part(plain, shape, groups)
        or _dated(plain or [frame], text, shape, groups)
        or _in_unit(frame, shape)
        or _of_other_base(frame, shape, groups)
        or _swapped(frame, shape, groups)
        or _done(frame, frames, text, shape, groups)
    )


def _parted(frame: _Frame, shape: str, groups: Sequence[_Group]) -> Carried | None:
    """``基本多少，项目多少``, ``其中财政给的呢``: the item before, of one kind of money after the other."""
    if frame.compares:
        return None
    if (match := _WITHIN_EACH.fullmatch(shape)) and frame.focus.kind == "C":
        rows = [groups[at].text for at in _places(match, "x")]
        return Carried("，".join(f"{frame.scope}{row}的{frame.focus.text}多少" for row in rows), is_sure=True)
    match = next((found for said in _PARTED if (found := said.fullmatch(shape))), None)
    if match is None or frame.focus.kind == "C" or frame.column is not None:
        return None
    named = [groups[at].text for at in _places(match, "x")]
    if not (_POINTS_INSIDE.search(shape) or any(text in _NATURES for text in named)):
        return None  # 项目支出多少: of all
    columns = [_NATURES.get(text, text) for text in named]
    asked = [f"{frame.thing}的{column}多少" for column in columns]
    shared = [_NATURES.get(groups[at].text, groups[at].text) for at in _places(match, "share")]
    asked += [f"{frame.thing}的{column}占{frame.thing}的百分之多少" for column in shared]
    return Carried(frame.whose + "，".join(asked), is_sure=True)


def _of_part(frames: Sequence[_Frame], shape: str, groups: Sequence[_Group]) -> Carried | None:
    """``接待那块占多少``: a part that is named, of what was asked for, or of what it is known to be a part of."""
    match = _PART_OF_IT.fullmatch(shape)
    part = groups[_places(match, "x")[0]] if match else None
    wholes = [frame for frame in frames if part and is_part(part.text, frame.focus.text)] or frames
    if match is None or part is None or len(wholes) != 1:
        return None
    (frame,) = wholes
    if _POINTS_INSIDE.search(shape) and not is_part(part.text, frame.focus.text):
        return None  # 其中培训费占几成: what the whole is defined to hold tells whether it is a part
    own = f"{frame.thing}的{_NATURES.get(part.text, part.text)}" if part.kind == "C" else part.text
    lead = f"{own}多少，" if match["figure"] else ""
    return Carried(f"{frame.whose}{lead}{own}占{frame.thing}的百分之多少", is_sure=len(frames) > 1)


def _dated(frames: Sequence[_Frame], text: str, shape: str, groups: Sequence[_Group]) -> Carried | None:
    """``那去年的``, ``2025年的也并列写上``: the item before, of another year; all of them where that is said."""
    match = _OF_TIME.fullmatch(shape)
    if match is None:
        return None
    time = groups[_places(match, "x")[0]].text
    meant = frames if _OF_ALL.search(text) else frames[-1:]
    asked = (f"{each.scope}{time}{each.thing}是多少" for each in meant)
    return Carried("，".join(asked), is_sure=len(meant) > 1)


def _in_unit(frame: _Frame, shape: str) -> Carried | None:
    """``换成亿``: what was asked for before, in another unit of money."""
    match = _IN_UNIT.fullmatch(shape)
    return Carried(f"{frame.subject}是多少{match['unit']}元", is_sure=True) if match and not frame.compares else None


def _of_other_base(frame: _Frame, shape: str, groups: Sequence[_Group]) -> Carried | None:
    """``按全部支出重算一遍``: the share asked for before, of another whole."""
    match = _OTHER_BASE.fullmatch(shape) if "share" in frame.ops else None
    if match is None:
        return None
    return Carried(f"{frame.subject}占{groups[_places(match, 'x')[0]].text}的百分之多少", is_sure=True)


def _swapped(frame: _Frame, shape: str, groups: Sequence[_Group]) -> Carried | None:
    """``棚改同理呢``, ``不是这个，是会议费``, ``讲师团的呢``: the turn before, of another item or unit."""
    corrects = next((found for said in _CORRECTED if (found := said.fullmatch(shape))), None)
    match = corrects or _SWAPPED.fullmatch(shape)
    if match is None:
        return None
    named = [groups[at] for at in _places(match, "x")]
    denied = [groups[at].text for at in _places(match, "other")] if corrects and match["other"] else []
    if denied and len(named) == 1 and denied[0] in frame.text:
        return Carried(_in_place_of(denied[0], named[0].text, frame.text), is_sure=True)
    kinds = {group.kind for group in named}
    if frame.ops & _RANKS or ("W" in kinds and not (frame.compares or corrects)):
        return None
    is_sure = corrects is not None or (frame.compares and not shape.endswith("呢"))
    is_sure = is_sure or "count" in frame.ops or _TURNS_AWAY.search(shape) is not None
    if kinds == {"U"} and len(named) == 1:
        units = [group for group in frame.groups if group.kind == "U"]
        at = (units[0].start, units[0].end) if units else (frame.focus.start, frame.focus.start)
        said = f"{frame.text[: at[0]]}{named[0].text}{frame.text[at[1] :]}"
        return Carried(said, is_sure=is_sure) if len(units) <= 1 else None
    if kinds == {"C"} and frame.focus.kind != "C":
        if frame.compares or len(named) > 1 or not frame.may_have(named[0]):
            return None
        return Carried(f"{frame.whose}{frame.bare}的{named[0].text}是多少", is_sure=corrects is not None)
    if not kinds <= {"N", "W", "C"}:
        return None
    is_one = len(named) == 1 and not (frame.compares or is_sure)
    otherwise = f"{frame.subject}的{named[0].text}是多少" if is_one else ""  # 完成时间呢: of the project before
    return Carried("，".join(frame.with_item(_called(group.text)) for group in named), is_sure, otherwise)


def _called(text: str) -> str:
    """What a part of a whole is called that an everyday word is said for (车)."""
    return next((part for _, part in parts_called(text)), text)


def _in_place_of(denied: str, meant: str, text: str) -> str:
    """A text with what is meant for what is denied, which may be short for it (不是会议: 培训费 for 会议费)."""
    before, _, behind = text.partition(denied)
    shared = next((n for n in range(len(meant), 0, -1) if behind.startswith(meant[-n:])), 0)
    return f"{before}{meant}{behind[shared:]}"


def _done(
    frame: _Frame, frames: Sequence[_Frame | None], text: str, shape: str, groups: Sequence[_Group]
) -> Carried | None:
    """``降幅多少``, ``扣掉上面这项还剩多少``: what is done to what was named before."""
    ends = {group.end for group in groups}
    pointed = next((match for match in _ITS.finditer(text) if match.start() not in ends), None)
    if pointed:
        first = frames[-_PAIR] if len(frames) >= _PAIR else None
        is_bound = _BOUND_BY_IT.search(text) is not None
        whole = first.thing if first and _DONE.match(shape) and pointed.start() > 0 else ""
        thing = frame.bare if any(g.kind == "C" and g.start == pointed.end() + 1 for g in groups) else frame.thing
        said = f"{whole}{text[: pointed.start()]}{thing}{text[pointed.end() :]}"
        return Carried(_asked(f"{frame.whose}，{said}" if frame.whose else said), is_sure=is_bound)
    match = _DONE.match(shape)
    said = text[text.find(match["op"]) :] if match else ""
    whole = frame.bare if match and match["op"] == "每" else frame.thing
    is_sure = bool(_JOINED.match(shape))
    return Carried(_asked(f"{frame.whose}{whole}{said}"), is_sure=is_sure) if match else None


def _asked(text: str) -> str:
    """A question that says how much is asked for, where it says nothing of what it asks."""
    return text if _ASKED.search(text) else f"{text}是多少"


def _frame(text: str, pieces: Sequence[Piece]) -> _Frame | None:
    """An earlier turn; None where it is open which item it is about."""
    groups = tuple(_groups(pieces))
    ends = [p.start for p in pieces if p.kind == "op" and p.name in _AGAINST]
    items = [group for group in groups if group.kind == "N" and (not ends or group.start < ends[0])]
    said = [group for group in groups if group.kind == "C" and group.text != "项目"]
    columns = [group for group in said if not ends or group.start < ends[0]]
    focus = _joined(items or columns[-1:], text)
    if focus is None:
        return None
    column = columns[-1] if items and columns else None
    return _Frame(
        text,
        "".join(p.text for p in pieces if p.kind == "scope" and p.start < focus.start),
        "".join(p.text for p in pieces if p.kind == "year" and p.start < focus.start),
        groups,
        focus,
        column,
        _thing(text, pieces, focus.end),
        _thing(text, pieces, max(focus.end, column.end if column else 0)),
        _asked_behind(text, pieces, focus.end),
        any(p.kind in _ASKS for p in pieces),
        frozenset(p.name for p in pieces if p.kind in ("op", "intent")),
        any(p.kind == "number" and p.value is not None for p in pieces if not _moves_before(p, pieces)),
    )


def _moves_before(number: Piece, pieces: Sequence[Piece]) -> bool:
    """Whether a number is how far something is said to have moved (比上年少了2万)."""
    return any(p.kind == "op" and p.name in _MOVES and p.start < number.start for p in pieces)


def _asked_behind(text: str, pieces: Sequence[Piece], end: int) -> str:
    """What stands behind an item, with how far it moved asked instead of asserted."""
    said, at = [], end
    for piece in pieces:
        if piece.start >= end and piece.kind == "number" and _moves_before(piece, pieces):
            said += [text[at : piece.start], "多少"]
            at = piece.end
    return "".join((*said, text[at:]))


def _thing(text: str, pieces: Sequence[Piece], end: int) -> str:
    """All that an item is said to be of, with it; "" where something is asked before it."""
    told = [piece for piece in pieces if piece.start < end]
    content = [piece for piece in told if piece.kind not in _UNSAID]
    return "" if any(piece.kind in _ENDS_ITEM for piece in content) else text[content[0].start : end]


def _joined(items: Sequence[_Group], text: str) -> _Group | None:
    """Items that stand side by side as one stretch; None where anything else stands between them."""
    if not items:
        return None
    first, last = items[0], items[-1]
    between = (text[one.end : other.start] for one, other in pairwise(items))
    if not all(each in ("、", "和", "与", "及", "跟", "对") for each in between):
        return None
    return _Group(first.kind, text[first.start : last.end], first.start, last.end)


def _groups(pieces: Sequence[Piece]) -> Iterator[_Group]:
    """The things that pieces name, those that touch each other as one."""
    run: list[Piece] = []
    for piece in [*pieces, None]:
        kind = _kind(piece) if piece is not None else ""
        if run and (not kind or piece is None or piece.start != run[-1].end or not _are_one(run[-1], piece)):
            yield _group(run)
            run = []
        run += [piece] if piece is not None and kind else []


def _are_one(piece: Piece, behind: Piece) -> bool:
    """Whether two pieces that touch name one thing: a unit, a year and a column each stand for themselves."""
    kinds = {_kind(piece), _kind(behind)}
    return not kinds & {"U", "T"} and (_kind(behind) != "C" or kinds == {"C"} or behind.kind == "class")


def _group(run: Sequence[Piece]) -> _Group:
    text, kinds = "".join(piece.text for piece in run), {_kind(piece) for piece in run}
    kind = kinds.pop() if len(kinds) == 1 else "N"
    return _Group(kind, text, run[0].start, run[-1].end)


def _kind(piece: Piece) -> str:
    """What a piece names: a kind of money, a unit, an item, or something that no item bears; "" for nothing."""
    if piece.kind in _NAMED and (_COLUMN.fullmatch(piece.text) or piece.text in _NATURES):
        return "C"
    if piece.kind == "class" and piece.text == "项目":
        return "C"
    if piece.kind == "name":
        return "U" if roles_of(piece) == {"unit"} else "N"
    if piece.kind in ("total", "year", "period"):
        return "N" if piece.kind == "total" else "T"
    if piece.kind == "word" and parts_called(piece.text):
        return "N"
    return "W" if len(piece.text) > 1 and piece.kind == "word" and not _SAID.fullmatch(piece.text) else ""


def _shape(pieces: Sequence[Piece], groups: Sequence[_Group]) -> str:
    """What a turn says, with a letter for each thing that it names and without talk."""
    said: list[str] = []
    for is_named, run in groupby(pieces, key=lambda piece: _group_at(piece, groups)):
        if is_named is not None:
            said.append(groups[is_named].kind)
            continue
        said += [piece.text for piece in run if piece.kind != "framing" and piece.name != TALK]
    return "".join(said).strip(",?:;。!")


def _group_at(piece: Piece, groups: Sequence[_Group]) -> int | None:
    return next((at for at, group in enumerate(groups) if group.start <= piece.start < group.end), None)


def _places(match: re.Match[str], name: str) -> list[int]:
    """Which of the things that a shape names stand in one of its groups."""
    if name not in match.re.groupindex:
        return []
    start, end = match.span(name)
    letters = [place for place, sign in enumerate(match.string) if sign in "NUCTW"]
    return [at for at, place in enumerate(letters) if start <= place < end]
