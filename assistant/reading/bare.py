"""The bare question: without the talk around it, for readers that want every word accounted for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from assistant.reading.clauses import Clause
from assistant.reading.foreign import foreign_phrases
from assistant.reading.pieces import Piece

_TELLING: Final = frozenset({
    "name", "total", "op", "intent", "bound", "class", "number", "level", "own", "within", "date",
})  # fmt: skip
"""Kinds of pieces that say something of what is asked."""

_LONG: Final = 4
"""Characters from which a run of talk is left out of what asks; shorter ones may be parts of names."""


def bare_question(pieces: Sequence[Piece]) -> str:
    """A normalised question without talk. A clause that is nothing but talk leaves the units and years it names."""
    clauses = list(_with_ends(pieces))
    kept: list[str] = []
    for number, (clause, end) in enumerate(clauses):
        if _is_talk(clause) or _is_hearsay(clause, [later for later, _ in clauses[number + 1 :]]):
            kept += [p.text for p in clause.pieces if p.kind in ("scope", "year")]
        else:
            kept += [p.text for p in clause.pieces if not _is_left_out(p)] + [end]
    return "".join(kept).strip(",;:。")


def _with_ends(pieces: Sequence[Piece]) -> Iterator[tuple[Clause, str]]:
    """The clauses, each with the mark that ends it."""
    run: list[Piece] = []
    for piece in pieces:
        if piece.kind == "break" and run:
            yield Clause("".join(p.text for p in run), tuple(run)), piece.text
            run = []
        elif piece.kind != "break":
            run.append(piece)
    if run:
        yield Clause("".join(p.text for p in run), tuple(run)), ""


def _is_talk(clause: Clause) -> bool:
    return not clause.asks and not clause.of(*_TELLING) and not foreign_phrases(clause)


def _is_hearsay(clause: Clause, later: Sequence[Clause]) -> bool:
    """Whether a clause only tells what is said (听说大头都是热线), where a later one asks by names of its own."""
    tells = not clause.asks and any(len(p.text) > 1 for p in clause.of("framing"))
    return tells and any(other.asks and other.of("name", "total") for other in later)


def _is_left_out(piece: Piece) -> bool:
    return piece.kind == "framing" and len(piece.text) >= _LONG
