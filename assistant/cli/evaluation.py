"""``eval``: a question set scored by kind, what changed since the last run, and each failure as it was understood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.table import Table
from rich.text import Text

from assistant.cli import engine
from assistant.cli.console import err, out, progress_bar
from assistant.cli.engine import IndexOption, RepliesOption
from index.errors import BudgetError

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.ask import Assistant
    from assistant.evaluate import EvalQuestion, Judgement, Score, Verdict
    from assistant.explain import Fact
    from assistant.model.consult import Consultant
    from assistant.runs import Change, ChangeKind

_VERDICTS: Final[dict[Verdict, tuple[str, str]]] = {
    "right": ("答对", "green"),
    "wrong": ("答错", "bold red"),
    "uncited": ("缺出处", "yellow"),
    "refused": ("该答未答", "yellow"),
    "answered": ("该拒却答", "bold red"),
}
_CHANGES: Final[dict[ChangeKind, tuple[str, str]]] = {
    "right": ("新答对", "green"),
    "failing": ("新失败", "bold red"),
    "verdict": ("换了错法", "yellow"),
}
_SHOWN: Final = 120
"""Characters of an answer or a query that are shown unless all is asked for."""


def evaluate_file(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="题集，JSON Lines（id、kind、question、expect…）。")],
    floor: Annotated[float, typer.Option("--floor", min=0, max=100, help="答对率（%）低于它时退出码为 1。")] = 0,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="回答和查询全文列出。")] = False,
    against: Annotated[
        Path | None,
        typer.Option("--against", metavar="FILE", help="与这份结果（ask --batch 的输出）相比，而不是与上次相比。"),
    ] = None,
    no_save: Annotated[bool, typer.Option("--no-save", help="这次的结果不存，下次仍与原来那次相比。")] = False,
    side_by_side: Annotated[
        bool, typer.Option("--side-by-side", help="每题用模型和不用模型各答一遍，并排列出。")
    ] = False,
    model_replies: RepliesOption = None,
    index: IndexOption = None,
) -> None:
    """给一份题集打分：按题型列出对错，与上次相比变了什么，没答对的各是怎样理解的。"""
    from assistant.evaluate import load_questions
    from assistant.runs import load_run, run_path
    from assistant.settings import settings

    questions = load_questions(file)
    index_dir = index or settings().index_dir
    kept = run_path(settings().evaluations_path(index_dir), file, index_dir)
    before = load_run(against, questions) if against else _last_run(kept, questions)
    assistant = _open(index, model_replies)
    if side_by_side:
        before = _run(questions, lambda each: _ask(assistant, each, by_rules=True), "不用模型")
    score = _run(questions, lambda each: _ask(assistant, each), "评测")
    if not no_save:
        _save(kept, score)
    for judgement in score.judgements:
        if judgement.verdict != "right":
            _print_failure(judgement, _facts(assistant, judgement.question), verbose)
    if before is not None:
        run = "不用模型" if side_by_side else against.name if against else "上次"
        _print_changes(before, score, run, verbose)
    if before is not None and side_by_side:
        out.print(_both(before, score))
        out.print(_tally(assistant.tally, before, score), markup=False)
        out.print(_spent(assistant.model), markup=False)
    out.print(_table(score))
    out.print(f"答对 {score.totals()['right']}/{len(questions)} = {score.percent_right:.1f} %")
    if score.percent_right < floor:
        err.print(f"低于下限 {floor:g} %", style="red")
        raise typer.Exit(1)


def _open(index: Path | None, replies: Sequence[Path] | None) -> Assistant:
    if not replies:
        return engine.open_assistant(index)
    from assistant.model.exchange import Exchange

    return engine.open_assistant(index, Exchange(replies))


def _run(questions: Sequence[EvalQuestion], ask: Callable[[EvalQuestion], Answer], name: str) -> Score:
    from assistant.evaluate import evaluate

    with progress_bar() as progress:
        task = progress.add_task(name, total=len(questions))
        return evaluate(questions, ask, lambda _: progress.advance(task))


def _ask(assistant: Assistant, question: EvalQuestion, *, by_rules: bool = False) -> Answer:
    from assistant.answer import Answer

    try:
        return assistant.ask(question.question, question.history, question.id, by_rules=by_rules)
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


def _facts(assistant: Assistant, question: EvalQuestion) -> tuple[Fact, ...]:
    try:
        return assistant.explain(question.question, question.history, by_rules=True).facts
    except BudgetError:  # not a question at all: the answer says so
        return ()


def _last_run(kept: Path, questions: Sequence[EvalQuestion]) -> Score | None:
    """The run before; none where there was none, or where it can't be read any more."""
    from assistant.runs import RunUnreadable, load_run

    try:
        return load_run(kept, questions) if kept.exists() else None
    except RunUnreadable as error:
        err.print(f"{error.problem}，这次不比较。", style="yellow", markup=False)
        return None


def _save(kept: Path, score: Score) -> None:
    from assistant.runs import save_run

    try:
        save_run(kept, score)
    except OSError as error:
        err.print(f"这次的结果没有存下：{error.strerror}：{kept}", style="yellow", markup=False)


def _print_failure(judgement: Judgement, facts: Sequence[Fact], verbose: bool) -> None:
    from assistant.explain import Fact
    from assistant.render import render_facts

    shown = [] if judgement.question.refuse else [Fact("没满足", "；".join(judgement.reasons))]
    shown.append(Fact("回答", _shortened(judgement.answer.answer, verbose)))
    shown += [fact if fact.name != "SQL" else Fact("SQL", _shortened(fact.text, verbose)) for fact in facts]
    out.print(_heading(judgement))
    out.print(render_facts(fact for fact in shown if fact.text))
    out.print()


def _print_changes(before: Score, after: Score, run: str, verbose: bool) -> None:
    """What changed, kind by kind; nothing is said of the questions that only one of the runs has."""
    from assistant.runs import changes

    found = changes(before, after)
    counts = "，".join(f"{name} {sum(c.kind == kind for c in found)}" for kind, (name, _) in _CHANGES.items())
    out.print(f"与{run}相比（共有的题 {len(before.judgements)} 道）：{counts}", style="bold", markup=False)
    for kind, (name, style) in _CHANGES.items():
        for change in (change for change in found if change.kind == kind):
            _print_change(change, name, style, verbose)
    out.print()


def _print_change(change: Change, name: str, style: str, verbose: bool) -> None:
    from assistant.explain import Fact
    from assistant.render import render_facts

    out.print(Text.assemble("  ", (name, style), " ", _heading(change.after)))
    sides = (("上次", change.before), ("这次", change.after))
    facts = ((f"    {when}{_VERDICTS[side.verdict][0]}", side.answer.answer) for when, side in sides)
    out.print(render_facts(Fact(name, _shortened(text, verbose)) for name, text in facts))


def _heading(judgement: Judgement) -> Text:
    name, style = _VERDICTS[judgement.verdict]
    asked = " → ".join((*judgement.question.history, judgement.question.question))
    return Text.assemble((judgement.question.id, "bold"), " ", (name, style), f" {asked}")


def _shortened(text: str, verbose: bool) -> str:
    """A text on one line, as much of it as is shown; all of it as it is when all is asked for."""
    line = " ".join(text.split())
    return text if verbose else line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


def _both(before: Score, after: Score) -> Table:
    """Verdicts without and with the model, by kind."""
    table = Table("题型", "题数", header_style="bold")
    for name, style in _VERDICTS.values():
        table.add_column(f"{name}\n规则→模型", justify="right", style=style)
    without, with_model = before.by_kind(), after.by_kind()
    rows = [(kind, without[kind], with_model[kind]) for kind in without]
    for kind, old, new in (*rows, ("合计", before.totals(), after.totals())):
        cells = (f"{old[v]}→{new[v]}" if old[v] or new[v] else "·" for v in _VERDICTS)
        table.add_row(kind, str(old.total()), *cells)
    return table


_TALLY: Final = {
    "used": "采用", "completed": "补全追问后由规则答",
    "beside": "与规则并列", "agreed": "与规则相同", "unanswered": "读了但答不全，不用",
    "rejected": "核对不过，不用", "declined": "模型说读不出", "not_asked": "没有问",
}  # fmt: skip
_SILENT: Final = "没有回复"


def _tally(tally: Counter[str], before: Score, after: Score) -> str:
    """What became of the questions that the model was asked, and the time of a question without and with it."""
    told = "，".join(f"{_TALLY.get(name, f'{_SILENT}（{name}）')} {count}" for name, count in tally.most_common())
    return f"请模型读题 {tally.total()} 次：{told}。平均每题 {_seconds(before)} → {_seconds(after)} 秒。"


def _spent(model: Consultant | None) -> str:
    """What the model's replies took."""
    spent = model.spent if model else None
    if not spent or not spent.replies:
        return "模型没有回复过。"
    if not spent.read:
        return f"模型回复 {spent.replies} 次，没有说用了多少词元。"
    each = f"平均读 {spent.read / spent.replies:.0f}、写 {spent.written / spent.replies:.0f} 个词元"
    return f"模型回复 {spent.replies} 次，{each}。"


def _seconds(score: Score) -> str:
    total = sum(judgement.answer.elapsed_ms.get("total", 0.0) for judgement in score.judgements)
    return f"{total / 1000 / max(len(score.judgements), 1):.2f}"


def _table(score: Score) -> Table:
    table = Table("题型", "题数", header_style="bold")
    for name, style in _VERDICTS.values():
        table.add_column(name, justify="right", style=style)
    rows = [*score.by_kind().items(), ("合计", score.totals())]
    for kind, counts in rows:
        table.add_row(kind, str(counts.total()), *(str(counts[verdict] or "·") for verdict in _VERDICTS))
    return table
