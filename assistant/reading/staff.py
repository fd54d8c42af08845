"""People against posts: whether a question asks how many more or fewer there are, of which kinds and units."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.query import Ask, Staffing, names_of
from assistant.reading.patterns import CLAUSE_BREAK, pattern
from assistant.understand.tokenize import normalised_question
from assistant.understand.wording import normalise

_POSTS, _PEOPLE, _KIND = pattern("staff_posts"), pattern("staff_people"), pattern("staff_kind")
_AGAINST, _BESIDE, _OVER, _FREE = (pattern(f"staff_{name}") for name in ("against", "beside", "over", "free"))
_UNITS, _RATE, _ALL = pattern("staff_units"), pattern("staff_rate"), pattern("staff_all")
_READ: Final = (
    _POSTS,
    _PEOPLE,
    _KIND,
    _AGAINST,
    _UNITS,
    _RATE,
    re.compile("最|实际|^[差占]$|^人[员数]?$|名额|系统|单位|部门|公开|谁|[年月][底末]?$"),
)
"""What of the words that no ask read is read here."""

_WITHIN: Final = re.compile("(下面|下属|所属|系统|单位).{0,5}[里中]$")
_OF_OFFICES: Final = "机关"
_ADMINISTRATIVE: Final = "行政"


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause of a question; ``is_own``: it is about posts or people even by itself."""

    text: str

    @property
    def is_own(self) -> bool:
        return bool(_POSTS.search(self.text) or _PEOPLE.search(self.text)) and not self.is_of_else

    @property
    def is_of_else(self) -> bool:
        return bool(_BESIDE.search(self.text))

    @property
    def goes_on(self) -> bool:
        """Whether it goes on about posts where a clause before it was about them."""
        said = any(words.search(self.text) for words in (_KIND, _AGAINST, _UNITS, _ALL))
        return bool(said) and not self.is_of_else

    @property
    def kinds(self) -> tuple[str, ...]:
        found = (_ADMINISTRATIVE if kind == _OF_OFFICES else kind for kind in _KIND.findall(self.text))
        return tuple(dict.fromkeys(found))

    def of_all(self, before: Staffing | None) -> bool:
        """Whether all kinds together are meant: posts of no kind, or people where no kind was named before."""
        if self.kinds:
            return bool(_ALL.search(self.text))
        return bool(_POSTS.search(self.text) or _ALL.search(self.text) or (before is None or not before.kinds))


def _clauses_of(question: str) -> list[_Clause]:
    return [_Clause(text) for text in CLAUSE_BREAK.split(normalised_question(question)) if text]


def staff_asked(asks: Sequence[Ask], question: str, history: Sequence[str]) -> tuple[Ask, ...] | None:
    """The asks, those about people and posts as how far the ones are from the others; None where none asks that."""
    clauses, before = _clauses_of(question), (clause for turn in history[-1:] for clause in _clauses_of(turn))
    is_open = any(clause.is_own for clause in before)
    about = list(_about(clauses, is_open=is_open))
    replaced = [ask for ask in asks if _is_any(ask, about)]
    named = (name for ask in asks for name in names_of(ask.query) if name.is_unit and name.text != _OF_OFFICES)
    units = tuple(name for name in dict.fromkeys(named) if any(name.text in clause.text for clause in about))
    is_against = any(_AGAINST.search(clause.text) or _UNITS.search(clause.text) for clause in about)
    if not about or not (replaced or not asks) or not (is_against or units):
        return None
    text = "，".join(dict.fromkeys(ask.text for ask in replaced)) or question
    made = [_ask(query.model_copy(update={"units": units}), text, replaced) for query in _queries(about)]
    kept = [ask for ask in asks if ask not in replaced]
    return (*made, *kept)


def _about(clauses: Sequence[_Clause], *, is_open: bool) -> Iterator[_Clause]:
    """The clauses about people and posts: the first that is so by itself, and what goes on about them."""
    for n, clause in enumerate(clauses):
        is_lead = bool(_WITHIN.search(clause.text)) and any(each.is_own for each in clauses[n + 1 : n + 2])
        if clause.is_own or is_lead or (is_open and clause.goes_on):
            is_open = True
            yield clause


def _is_any(ask: Ask, clauses: Sequence[_Clause]) -> bool:
    """Whether an ask is one of some clauses, or a part of one, or made of them."""
    text = normalise(ask.text)
    said = (normalise(clause.text) for clause in clauses)
    return any(each in text or text in each for each in said) and not _BESIDE.search(ask.text)


def _queries(clauses: Sequence[_Clause]) -> tuple[Staffing, ...]:
    """What the clauses ask, each kind and each way of looking at the units once."""
    made: list[Staffing] = []
    for clause in clauses:
        last = made[-1] if made else None
        query = _query(clause, last)
        is_of_one = last is not None and (last.side == query.side or "any" in (last.side, query.side, *_of_kinds(last)))
        if last is not None and last.by_unit == query.by_unit and is_of_one:
            made[-1] = _joined(last, query)
        else:
            made.append(query)
    return tuple(made)


def _of_kinds(query: Staffing) -> tuple[str, ...]:
    """Kinds are told with either sign in one answer; units of either side are two lists."""
    return () if query.by_unit else ("any",)


def _query(clause: _Clause, last: Staffing | None) -> Staffing:
    over, free = bool(_OVER.search(clause.text)), bool(_FREE.search(clause.text))
    names_units = bool(_UNITS.search(clause.text))
    goes_on = last is not None and last.by_unit and not clause.kinds and not _ALL.search(clause.text)
    by_unit = names_units or goes_on
    return Staffing(
        kinds=() if by_unit else clause.kinds,
        of_all=not by_unit and clause.of_all(last),
        by_unit=by_unit,
        side="over" if over and not free else "free" if free and not over else "any",
        most=by_unit and "最" in clause.text,
        as_rate=bool(_RATE.search(clause.text)),
    )


def _joined(one: Staffing, other: Staffing) -> Staffing:
    return one.model_copy(
        update={
            "kinds": tuple(dict.fromkeys((*one.kinds, *other.kinds))),
            "of_all": one.of_all or other.of_all,
            "side": one.side if one.side != "any" else other.side,
            "most": one.most or other.most,
            "as_rate": one.as_rate or other.as_rate,
        }
    )


def _ask(query: Staffing, text: str, replaced: Sequence[Ask]) -> Ask:
    """An ask for what several asked together, with what none of them read."""
    unread, heads = (
        tuple(dict.fromkeys(word for words in each for word in words if not any(read.search(word) for read in _READ)))
        for each in ((ask.unread for ask in replaced), (ask.heads for ask in replaced))
    )
    claims = tuple(dict.fromkeys(claim for ask in replaced for claim in ask.claims))
    return Ask(query=query, text=text, unread=unread, heads=heads, claims=claims)
