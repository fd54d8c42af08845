"""What the engine answers to every question of every set, frozen: one line a question, to be changed on purpose only.

Write the frozen files anew, of all sets or of those named::

    python -m tests.questions.freeze [SET.jsonl …] [--index NAME=DIR …]

Read the difference that it prints before you keep it. Sets over the corpus are left as they are where the corpus is
not here. ``--index corpus=DIR`` asks an index that is built already instead of building one.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

from assistant.answer import Citation, Route
from assistant.evaluate import EvalQuestion, Judgement, Score, Verdict
from tests.conftest import CORPUS
from tests.questions.sets import HERE, INDEXES, Index, ask_set, build_index, index_of, open_index, sets_of

FOLDER: Final = HERE / "frozen"
_MOST_SHOWN: Final = 6

Group = Literal["right → not right", "not right → right", "still right", "still not right", "asked anew", "not asked"]
_GROUPS: Final[tuple[Group, ...]] = (
    "right → not right", "still right", "still not right", "not right → right", "asked anew", "not asked",
)  # fmt: skip


class Frozen(BaseModel):
    """One frozen answer.

    ``figures`` are ``label=value unit``; ``cited`` are, by file, ``t5.19.3`` for a cell (table, row, column) and
    ``p58`` for a paragraph, in the order of their numbers.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    verdict: Verdict
    route: Route
    figures: list[str]
    cited: dict[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """A question whose answer is not as frozen; ``before`` or ``after`` is None where it was or is not asked."""

    id: str
    question: str
    before: Frozen | None
    after: Frozen | None

    @property
    def group(self) -> Group:
        """What became of the answer."""
        if self.before is None:
            return "asked anew"
        if self.after is None:
            return "not asked"
        if self.before.verdict == "right":
            return "still right" if self.after.verdict == "right" else "right → not right"
        return "not right → right" if self.after.verdict == "right" else "still not right"


def frozen_of(score: Score) -> list[Frozen]:
    """All answers of a set, as they are frozen."""
    return [_frozen(judgement) for judgement in score.judgements]


def load_frozen(name: str, folder: Path = FOLDER) -> list[Frozen]:
    """The frozen answers of a set. Raises FileNotFoundError where there are none."""
    return [Frozen.model_validate_json(line) for line in (folder / name).read_text(encoding="utf-8").splitlines()]


def save_frozen(name: str, answers: Iterable[Frozen], folder: Path = FOLDER) -> None:
    """Write the frozen answers of a set."""
    folder.mkdir(exist_ok=True)
    lines = (json.dumps(answer.model_dump(), ensure_ascii=False) for answer in answers)
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def changes(before: Iterable[Frozen], after: Iterable[Frozen], questions: Iterable[EvalQuestion]) -> list[Change]:
    """What is not as frozen, in the order of the groups and then of the set."""
    was, now = ({answer.id: answer for answer in answers} for answers in (before, after))
    said = {question.id: " → ".join([*question.history, question.question]) for question in questions}
    made = [Change(id, said.get(id, ""), was.get(id), now.get(id)) for id in {**now, **was}]
    return sorted((each for each in made if each.before != each.after), key=lambda each: _GROUPS.index(each.group))


def told(changed: Sequence[Change]) -> str:
    """The changes for people: groups, and in each what every question gave before and gives now."""
    return "\n".join(line for group, each in groupby(changed, lambda c: c.group) for line in _group(group, list(each)))


def _frozen(judgement: Judgement) -> Frozen:
    answer = judgement.answer
    figures = [f"{figure.label}={figure.value} {figure.unit}".rstrip() for figure in answer.figures]
    cited: dict[str, list[str]] = {}
    for citation in answer.sources:
        cited.setdefault(Path(citation.document).stem, []).append(_place(citation))
    places = {document: " ".join(each) for document, each in cited.items()}
    return Frozen(
        id=judgement.question.id, verdict=judgement.verdict, route=answer.route, figures=figures, cited=places
    )


def _place(citation: Citation) -> str:
    """Where it points within its document: ids begin with a hash of the file, which changes with any of its bytes."""
    if citation.kind == "text":
        return citation.paragraph_id.partition(".")[2]
    return f"{citation.table_id.partition('.')[2]}.{citation.row}.{citation.column_no}"


def _group(group: Group, changed: Sequence[Change]) -> Iterator[str]:
    yield f"{group} ({len(changed)})"
    for change in changed:
        yield f"  {change.id} {change.question}"
        yield from (f"    {line}" for line in _difference(change.before, change.after))


def _difference(before: Frozen | None, after: Frozen | None) -> Iterator[str]:
    if before and after:
        yield from _one("verdict", before.verdict, after.verdict)
        yield from _one("route", before.route, after.route)
        yield from _many("figures", before.figures, after.figures)
        yield from _many("cited", _places(before), _places(after))
    elif after:
        yield f"{after.verdict}, {after.route}: {_some(after.figures)}"


def _places(answer: Frozen) -> list[str]:
    """The cited places; each with its document where there are several."""
    documents = len(answer.cited)
    return [
        f"{d} {place}" if documents > 1 else place for d, places in answer.cited.items() for place in places.split()
    ]


def _one(name: str, before: str, after: str) -> Iterator[str]:
    if before != after:
        yield f"{name}: {before} → {after}"


def _many(name: str, before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    """What only one of both has; all of it where only the order differs."""
    if before != after:
        gone = [each for each in before if each not in after]
        come = [each for each in after if each not in before]
        yield f"{name}: {_some(gone)} → {_some(come)}" if gone or come else f"{name}: in another order: {_some(after)}"


def _some(texts: Sequence[str]) -> str:
    shown = ", ".join(texts[:_MOST_SHOWN]) or "–"
    return shown if len(texts) <= _MOST_SHOWN else f"{shown} … ({len(texts)})"


def freeze(names: Sequence[str], built: dict[str, Path]) -> None:
    """Freeze what is answered now, and print how it differs from what was frozen."""
    for index in INDEXES:
        wanted = [name for name in names if index_of(name) == index]
        if index == "corpus" and not CORPUS.is_dir() and index not in built:
            print(*(f"{name}: left as it is, the corpus is not here" for name in wanted), sep="\n")
        elif wanted:
            _freeze_over(index, wanted, built.get(index))


def _freeze_over(index: Index, names: Sequence[str], index_dir: Path | None) -> None:
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        assistant = open_index(index_dir or build_index(index, folder), folder)
        for name in names:
            score = ask_set(name, assistant)
            before = load_frozen(name) if (FOLDER / name).exists() else []
            changed = changes(before, frozen_of(score), [each.question for each in score.judgements])
            save_frozen(name, frozen_of(score))
            print(f"{name}: {len(score.judgements)} answers frozen, {len(changed)} changed")
            print(told(changed) if before else "")


def main() -> None:
    """The command."""
    everything = [name for index in INDEXES for name in sets_of(index)]
    parser = argparse.ArgumentParser(prog="python -m tests.questions.freeze", description=__doc__.splitlines()[0])
    parser.add_argument("sets", nargs="*", metavar="SET.jsonl", help="the sets to freeze; all if none is named")
    parser.add_argument("--index", action="append", default=[], metavar="NAME=DIR", help="an index built already")
    options = parser.parse_args()
    if unknown := set(options.sets) - set(everything):
        parser.error(f"no such set: {', '.join(sorted(unknown))}; there are {', '.join(everything)}")
    built = {name: Path(folder) for name, _, folder in (each.partition("=") for each in options.index)}
    freeze(options.sets or everything, built)


if __name__ == "__main__":
    main()
