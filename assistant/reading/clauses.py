"""Clauses: what stands between commas, with its pieces and what of it stays unread."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

from assistant.reading.patterns import pattern
from assistant.reading.piece import Piece
from assistant.reading.pieces import PART_OF_YEAR
from assistant.understand.kinds import parts_of
from assistant.words import content_of, tagged

NUMBER: Final = pattern("number")
_ASKS: Final = pattern("asks")
_ASK_WORD: Final = pattern("ask_word")
PER: Final = pattern("per")
PER_MONTH: Final = pattern("per_month")
_BORNE_BY: Final = pattern("borne_by")
_DIVIDES_BY: Final = pattern("divides_by")
_MONEY_ASKED: Final = re.compile("(多少|几)(钱|万元?|亿元?|元)")
_NUMBER_OF: Final = re.compile("(总?人|台|辆|户|次|套|件)数|人头")
SAYS: Final = pattern("says")
WHY: Final = pattern("why")
OF_CHANGE: Final = pattern("of_the_change")
RECOMPUTES: Final = pattern("recomputes")
RATE_ASKED: Final = pattern("rate_of_change")
"""What asks by how many per cent something moved."""

_DENOMINATOR: Final = pattern("denominator")
_IS_TRUE: Final = pattern("is_true")
STARTS: Final = pattern("starts")
ENDS: Final = pattern("ends")
HOLDS: Final = pattern("holds")
WHICH_FUND: Final = pattern("which_fund")
WHOSE: Final = pattern("whose")
_FALLS_ON: Final = pattern("falls_on")
FIRST_PLACE: Final = pattern("first_place")


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause: its pieces, and what they come to."""

    text: str
    pieces: tuple[Piece, ...]

    @property
    def start(self) -> int:
        """Where it begins in the question."""
        return self.pieces[0].start

    def before(self, place: int) -> str:
        """Its text before a place in the question."""
        return self.text[: place - self.start]

    def behind(self, place: int) -> str:
        """Its text from a place in the question on."""
        return self.text[place - self.start :]

    def muted(self, is_talk: Callable[[Piece], bool]) -> Clause:
        """The clause with some of its pieces read as talk: each keeps its words and its place."""
        return Clause(self.text, tuple(p.as_talk() if is_talk(p) else p for p in self.pieces))

    def of(self, *kinds: str) -> list[Piece]:
        """The pieces of these kinds."""
        return [piece for piece in self.pieces if piece.kind in kinds]

    def places(self) -> tuple[int, ...]:
        """The places of a ranking that are said (第二大的和第三大的), in their order."""
        return tuple(int(p.value) for p in self.of("op") if p.name == "ordinal" and p.value is not None)

    def ops(self) -> set[str]:
        """The operators said: no 还有 by itself, no 合计 that is only a column before a joint, no 占 before 几个."""
        return {
            p.name
            for p in self.pieces
            if p.kind == "op"
            and not is_besides(p)
            and not (p.name == "sum" and before_joint(p, self))
            and not (p.name == "share" and before_count(p, self))
        }

    @property
    def asks(self) -> bool:
        """Whether it asks anything."""
        amounts = [p for p in self.pieces if p.kind == "number" and p.value is not None]  # 九十几万 asks nothing
        said = "".join(p.text for p in self.pieces if p.kind not in ("framing", "name", "scope") and p not in amounts)
        named = "".join(p.text for p in self.pieces if p.kind == "name")
        return bool(_ASKS.search(said) or NUMBER.search(named)) or any(p.kind == "intent" for p in self.pieces)


def is_besides(piece: Piece) -> bool:
    return piece.name == "except" and piece.text.startswith("还有")


def clauses_of(pieces: Sequence[Piece]) -> Iterator[Clause]:
    """The clauses of a question in order."""
    run: list[Piece] = []
    for place, piece in enumerate(pieces):
        if piece.kind == "break" or (
            piece.text == "、" and _asks_by_itself(run) and _asks_by_itself(_until_break(pieces[place + 1 :]))
        ):
            if run:
                yield Clause("".join(p.text for p in run), tuple(run))
            run = []
        else:
            run.append(piece)
    if run:
        yield Clause("".join(p.text for p in run), tuple(run))


def _until_break(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces up to the next break or 、."""
    return list(takewhile(lambda p: p.kind != "break" and p.text != "、", pieces))


def _asks_by_itself(run: Sequence[Piece]) -> bool:
    """Whether pieces hold a word that asks (少了多少、为什么)."""
    return any(_ASK_WORD.search(p.text) or p.kind == "intent" for p in run if p.kind not in ("name", "scope"))


def head_words(clause: Clause) -> tuple[str, ...]:
    """Unknown words right behind a name and before what asks: they are what is asked of it (支出|进度|是多少)."""
    told = [p for p in clause.pieces if p.kind not in ("framing", "filler")]
    return tuple(
        piece.text
        for before, piece, after in zip(told, told[1:], [*told[2:], None], strict=False)
        if piece.kind == "word" and len(piece.text) > 1 and before.kind in ("name", "total")
        and (after is None or after.kind == "ask")
    )  # fmt: skip


def changing_words(clause: Clause) -> list[str]:
    """Words that change what is asked and that no query carries out: another time, a rate, a negation, another unit."""
    text = "".join(p.text if p.kind != "scope" else "…" for p in clause.pieces)
    named = [p.text for p in clause.of("name")]
    monthly = "".join(m.group() for m in PER_MONTH.finditer(text))
    known = "三大项" if parts_of(named) else ""
    said = (*named, monthly, known)
    changing = [m.group() for m in _CHANGING.finditer(text) if not any(m.group() in name for name in said)]
    others = [p.text for p in clause.of("period") if p.name in _OTHER_TIMES]
    dates = [_UNTIL.sub("", p.text) for p in clause.of("date")]  # what is told has to be told of that day
    return [*changing, *others, *dates, *_attributes(clause)]


def _attributes(clause: Clause) -> Iterator[str]:
    """Unknown words right before a name that negate or qualify it (非公务接待费, 大连的办公费)."""
    told = [p for p in clause.pieces if p.kind not in ("framing", "scope")]
    for place, piece in enumerate(told[:-1]):
        after = next((p for p in told[place + 1 :] if p.text not in ("的", "属于", "于")), None)
        if after is None or after.kind != "name" or piece.kind not in ("word", "filler"):
            continue
        qualifies = piece.kind == "word" and told[place + 1].text == "的" and place == 0
        if _NEGATION.fullmatch(piece.text) or (qualifies and all(tag[0] not in "va" for _, tag in tagged(piece.text))):
            yield piece.text


_AGAINST: Final = frozenset({"versus", "gap", "more", "less", "which", "ratio", "conflict"})
_OTHER_TIMES: Final = ("next", "before_last")
_UNTIL: Final = re.compile("^(截[至止]?)?到?")
_CHANGING: Final = pattern("changing")
_NEGATION: Final = pattern("negation")


def read_as_a_whole(clause: Clause) -> str:
    """What a clause says of names (以…开头, 带…字样) and of what money is divided by: its words are not read singly."""
    return "".join(
        m.group()
        for pattern in (
            STARTS,
            ENDS,
            HOLDS,
            PER,
            PER_MONTH,
            _BORNE_BY,
            WHY,
            WHICH_FUND,
            WHOSE,
            _FALLS_ON,
            RECOMPUTES,
            _DENOMINATOR,
            _IS_TRUE,
            FIRST_PLACE,
            OF_CHANGE,
        )
        for m in pattern.finditer(clause.text)
    )


def with_labels(clause: Clause) -> Clause:
    """The clause with what says how a name begins or ends as no operator (以A打头的各项, not those that come first)."""
    signs = [(m.end("text"), m.end()) for said in (STARTS, ENDS) for m in said.finditer(clause.text)]
    start = clause.start
    return clause.muted(lambda p: p.kind == "op" and any(a <= p.start - start < b for a, b in signs))


def unread_words(clause: Clause) -> list[str]:
    read = read_as_a_whole(clause)
    words = [
        word for piece in clause.of("word") if piece.text not in read
        for word in content_of(piece.text) if len(word) > 1 and word not in read
    ]  # fmt: skip
    words = [word for word in words if word not in ("前者", "后者")]
    if _DIVIDES_BY.search(clause.text):
        words = [word for word in words if not _NUMBER_OF.fullmatch(word)]
    heads = (head for head in head_words(clause) if head not in words and head not in read)
    posts = "".join(match.group() for match in POSTS.finditer(clause.text))
    people = "".join(match.group() for match in ACTUAL_SAID.finditer(clause.text))
    words = [word for word in (*words, *heads) if not (("编" in word and posts) or word in posts or word in people)]
    undated = "".join(p.text for p in clause.pieces if p.kind != "date")
    return [*words, *(m.group() for m in PART_OF_YEAR.finditer(undated))]


ACTUAL_SAID: Final = pattern("actual")
POSTS: Final = pattern("posts")


def before_joint(piece: Piece, clause: Clause, *, within: bool = False) -> bool:
    """Whether a word for a sum is only the header of a column (差旅费合计、基本支出…; ``within``: …支出总额中的)."""
    kinds = ("joint", "within") if within else ("joint",)
    behind = next((p for p in clause.pieces if p.kind in kinds and p.start == piece.end), None)
    return behind is not None and not _is_set_against(behind, clause)


def _is_set_against(joint: Piece, clause: Clause) -> bool:
    """Whether what several things come to is set against what is behind a joint (甲和乙合计|跟去年比)."""
    inside = max((p.end for p in clause.pieces if p.kind == "within" and p.end <= joint.start), default=0)
    before = [p for p in clause.pieces if p.kind == "name" and inside <= p.start < joint.start]
    named = sum(not p.text.endswith("表") for p in before)
    behind = [p.name for p in clause.pieces if p.start >= joint.end and p.kind in ("op", "intent")]
    return joint.kind == "joint" and joint.text != "、" and named != 1 and bool(_AGAINST & {*behind})


def before_count(piece: Piece, clause: Clause) -> bool:
    """Whether a word for a share stands before so many of something (占几个), or so much money (占了多少钱)."""
    behind = next((p for p in clause.pieces if p.start == piece.end), None)
    return behind is not None and (behind.name == "count" or _MONEY_ASKED.fullmatch(behind.text) is not None)


def bare_text(clause: Clause) -> str:
    """A clause without framing and scope."""
    return "".join(p.text for p in clause.pieces if p.kind not in ("framing", "scope", "break"))


def text_of(clause: Clause) -> str:
    """The words of a clause without names, scope and framing."""
    return "".join(p.text for p in clause.pieces if p.kind not in ("framing", "name", "scope"))


def joins_by_adding(clause: Clause, end: int | None = None) -> bool:
    """Whether names are joined by 加; before a place in the question where that is given."""
    signs = (p for p in clause.of("joint") if p.text.startswith(("加", "+")))
    return any(end is None or p.end <= end for p in signs)
