"""``eval``: a question set's score."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.table import Table
from rich.text import Text

from assistant.cli import engine
from assistant.cli.console import err, out, progress_bar
from assistant.cli.engine import IndexOption
from index.errors import BudgetError

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.ask import Assistant
    from assistant.evaluate import EvalQuestion, Judgement, Score, Verdict

_VERDICTS: Final[dict[Verdict, tuple[str, str]]] = {
    "right": ("答对", "green"),
    "wrong": ("答错", "bold red"),
    "uncited": ("缺出处", "yellow"),
    "refused": ("该答未答", "yellow"),
    "answered": ("该拒却答", "bold red"),
}


def evaluate_file(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="题集，JSON Lines（id、kind、question、expect…）。")],
    floor: Annotated[float, typer.Option("--floor", min=0, max=100, help="答对率（%）低于它时退出码为 1。")] = 0,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="逐题列出没答对的。")] = False,
    index: IndexOption = None,
) -> None:
    """给一份题集打分，按题型列出答对、答错、缺出处、该答未答、该拒却答。"""
    from assistant.evaluate import evaluate, load_questions

    questions = load_questions(file)
    assistant = engine.open_assistant(index)
    with progress_bar() as progress:
        task = progress.add_task("评测", total=len(questions))
        score = evaluate(questions, lambda each: _ask(assistant, each), lambda _: progress.advance(task))
    if verbose:
        for judgement in score.judgements:
            _print_judgement(judgement)
    out.print(_table(score))
    out.print(f"答对 {score.totals()['right']}/{len(questions)} = {score.percent_right:.1f} %")
    if score.percent_right < floor:
        err.print(f"低于下限 {floor:g} %", style="red")
        raise typer.Exit(1)


def _ask(assistant: Assistant, question: EvalQuestion) -> Answer:
    from assistant.answer import Answer

    try:
        return assistant.ask(question.question, question.history, question.id)
    except BudgetError as error:
        text = str(error)
        return Answer(
            id=question.id,
            question=question.question,
            standalone_question=question.question,
            route="refuse",
            refused=True,
            answer=text,
        )


def _print_judgement(judgement: Judgement) -> None:
    if judgement.verdict == "right":
        return
    name, style = _VERDICTS[judgement.verdict]
    asked = " → ".join((*judgement.question.history, judgement.question.question))
    line = Text.assemble((judgement.question.id, "bold"), " ", (name, style), f" {asked}")
    line.append("".join(f"\n    {reason}" for reason in judgement.reasons), style="dim")
    out.print(line)


def _table(score: Score) -> Table:
    table = Table("题型", "题数", header_style="bold")
    for name, style in _VERDICTS.values():
        table.add_column(name, justify="right", style=style)
    rows = [*score.by_kind().items(), ("合计", score.totals())]
    for kind, counts in rows:
        table.add_row(kind, str(counts.total()), *(str(counts[verdict] or "·") for verdict in _VERDICTS))
    return table
