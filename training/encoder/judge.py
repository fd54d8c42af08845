"""What the network gets right on questions that it has not seen, read as the product reads it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import torch

from assistant.trained.alphabet import OPERATIONS, ROLES, SPANS, runs_in
from assistant.trained.decode import ReadAsk, TrainedReading, reading_of
from assistant.trained.network import Likely
from training.encoder.examples import Example, Labelled, labelled_all
from training.encoder.fit import Batch
from training.encoder.network import Reader

Stretch = tuple[int, int, str]


def measured(reader: Reader, numbers: dict[str, int], examples: Sequence[Example]) -> dict[str, float]:
    """Shares of what is right: spans (micro F1), labels of characters, operations, arguments, whole readings."""
    counts: Counter[str] = Counter()
    for example in labelled_all(examples):
        said = likely_of(reader, numbers, example)
        counts.update(_judged(example, reading_of(said), said))
    f1 = 2 * counts["spans"] / max(1, counts["spans wanted"] + counts["spans found"])
    of_questions = ("operations", "number", "arguments", "whole")
    return {
        "span F1": f1,
        "characters": counts["characters"] / max(1, counts["all characters"]),
        **{name: counts[name] / max(1, counts["questions"]) for name in of_questions},
    }


@torch.inference_mode()  # type: ignore[untyped-decorator, unused-ignore]
def likely_of(reader: Reader, numbers: dict[str, int], example: Labelled) -> Likely:
    """What the network says of a question, before it is a file."""
    batch = Batch([example], numbers)
    said, start = reader(batch.characters, batch.is_question), example.is_question.index(True)
    spans, roles = said.spans[0, 1 + start : -1], said.roles[0][:, 1:-1]
    of_characters, of_asks, of_roles = (
        scores.double().softmax(-1).numpy() for scores in (spans, said.operations[0], roles)
    )
    answerable = said.answerable[0].double().sigmoid().numpy()
    return Likely(example.characters, start, of_characters, of_asks, of_roles, answerable)


def _judged(example: Labelled, reading: TrainedReading, said: Likely) -> Counter[str]:
    marked = [SPANS[number] for number in example.spans[reading.start :]]
    wanted = {(reading.start + start, reading.start + end, label) for start, end, label in runs_in(marked)}
    found = {(span.start, span.end, span.label) for span in reading.spans}
    labels = [name.partition("-")[2] for name in marked]
    told = [SPANS[number].partition("-")[2] for number in said.spans.argmax(-1)]
    operations = tuple(OPERATIONS[number] for number in example.operations if number)
    same_operations = operations == tuple(ask.operation for ask in reading.asks)
    roles = [set(runs_in([ROLES[number] for number in each])) for each in example.roles[: len(operations)]]
    same_arguments = roles == [_arguments(ask) for ask in reading.asks]
    return Counter(
        {
            "questions": 1, "spans": len(wanted & found), "spans wanted": len(wanted), "spans found": len(found),
            "characters": sum(one == other for one, other in zip(labels, told, strict=True)),
            "all characters": len(labels), "operations": same_operations, "arguments": same_arguments,
            "number": len(operations) == len(reading.asks), "whole": same_operations and same_arguments,
        }
    )  # fmt: skip


def _arguments(ask: ReadAsk) -> set[Stretch]:
    return {(argument.start, argument.end, argument.label) for argument in (*ask.first, *ask.second)}
