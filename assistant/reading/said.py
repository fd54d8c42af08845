"""One clause with what it names and what was spoken of before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from assistant.query import Intent, Say, Select
from assistant.reading.clauses import Clause, read_as_a_whole
from assistant.reading.selects import counted_unit, quantity_of
from assistant.reading.state import State
from assistant.words import content_of

_INTENT_OF: Final[dict[str, Intent]] = {"reason": "why", "definition": "what_is", "duty": "duty", "who": "who"}
_RANKS: Final = frozenset({"max", "min", "top", "ordinal"})


@dataclass(frozen=True, slots=True)
class Said:
    """One clause with what it names; ``topic``: that, or what was spoken of before."""

    clause: Clause
    state: State
    selects: tuple[Select, ...]
    topic: tuple[Select, ...]

    @property
    def text(self) -> str:
        """The clause as it is written."""
        return self.clause.text

    @property
    def ops(self) -> set[str]:
        """The operators that its words stand for."""
        return self.clause.ops()

    @property
    def says_share(self) -> bool:
        """Whether it says 占, or what comes to that (连B的一成都不到)."""
        return "占" in self.text or any(p.name == "share" and p.text == "占" for p in self.clause.of("op"))

    @property
    def ranks(self) -> bool:
        """Whether it says which comes first."""
        return bool(self.ops & _RANKS)

    @property
    def intent(self) -> Intent | None:
        """What prose it asks for, if any."""
        return next((_INTENT_OF[p.name] for p in self.clause.of("intent") if p.name in _INTENT_OF), None)

    def has_intent(self, name: str) -> bool:
        """Whether a word of it is of an intent of the lexicon."""
        return any(piece.name == name for piece in self.clause.of("intent"))

    def has_class(self, name: str) -> bool:
        """Whether it names a class of rows."""
        return any(piece.name == name for piece in self.clause.of("class"))

    def say(self, intent: Intent, *words: str) -> Say:
        """The prose about the topic; ``words``: what else it has to hold, instead of the clause's own words."""
        said = say(intent, self.clause, self.topic, self.state)
        return said.model_copy(update={"words": words}) if words else said


def say(intent: Intent, clause: Clause, topic: tuple[Select, ...], state: State | None = None) -> Say:
    """What prose is asked for about a topic, with the words of the clause that it has to hold."""
    names = tuple(name for select in topic for name in (*select.names, *select.within))
    read = read_as_a_whole(clause)
    said = (word for piece in clause.of("word") for word in content_of(piece.text) if word not in read)
    words = tuple(dict.fromkeys(said))
    around = tuple(word for word in state.told if word not in words) if state else ()
    return Say(
        intent=intent, topic=names, words=words, around=around, counted=counted_unit(clause, quantity_of(clause))
    )
