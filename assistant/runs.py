"""Runs of a question set, kept to see what changed since the last one.

A run is kept as what ``ask --batch`` prints, one answer a line, and judged anew when it is read: a run from elsewhere
can be compared with as well, and a question whose expectations were corrected counts as it does now.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final, Literal

from pydantic import ValidationError

from assistant.answer import Answer
from assistant.evaluate import EvalQuestion, Judgement, Score, judge
from index.errors import BudgetError

ChangeKind = Literal["right", "failing", "verdict"]

_DIGITS: Final = 8


@dataclass(frozen=True, slots=True)
class Change:
    """A question whose verdict is another one than before: newly right, newly failing, or failing in another way."""

    before: Judgement
    after: Judgement

    @property
    def kind(self) -> ChangeKind:
        """What the change is."""
        if self.after.verdict == "right":
            return "right"
        return "failing" if self.before.verdict == "right" else "verdict"


class RunUnreadable(BudgetError):
    """A kept run that isn't one."""

    exit_code = 2


def run_path(folder: Path, questions: Path, index_dir: Path) -> Path:
    """Where the last run of a question set over an index is kept; sets of one name in two places don't mix."""
    whose = sha256(f"{questions.resolve()}\0{index_dir.resolve()}".encode()).hexdigest()[:_DIGITS]
    return folder / f"{questions.stem}-{whose}.jsonl"


def save_run(path: Path, score: Score) -> None:
    """Keep a run in place of the one before. Raises OSError where it can't be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    draft.write_text("".join(f"{j.answer.model_dump_json()}\n" for j in score.judgements), encoding="utf-8")
    os.replace(draft, path)


def load_run(path: Path, questions: Iterable[EvalQuestion]) -> Score:
    """A kept run, judged by these questions; those it does not answer are left out. Raises RunUnreadable."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        answers = {answer.id: answer for line in lines if line.strip() for answer in [Answer.model_validate_json(line)]}
    except (OSError, UnicodeDecodeError, ValidationError) as error:
        raise RunUnreadable(f"读不了评测结果 {path}", "它应是 ask --batch 或 eval 写出的 JSON Lines 文件。") from error
    return Score(tuple(judge(question, answers[question.id]) for question in questions if question.id in answers))


def changes(before: Score, after: Score) -> tuple[Change, ...]:
    """The questions asked in both runs whose verdicts differ, in the order of the set."""
    earlier = {judgement.question.id: judgement for judgement in before.judgements}
    pairs = [(earlier[j.question.id], j) for j in after.judgements if j.question.id in earlier]
    return tuple(Change(old, new) for old, new in pairs if old.verdict != new.verdict)
