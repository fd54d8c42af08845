"""``ask`` and ``chat``: questions in, answers out."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli import engine
from assistant.cli.console import UsageProblem, err, out, show_problem
from assistant.cli.engine import IndexOption, RepliesOption
from index.errors import BudgetError

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.ask import Assistant

CHAT_HELP = (
    "直接输入问题即可，可以接着问“那培训费呢？”“比去年呢？”。\n"
    "/sql 看上一个回答的查询　/clear 重新开始　/help 看用法　/quit 离开"
)


def ask(
    question: Annotated[str | None, typer.Argument(metavar="QUESTION", help="要问的问题。", show_default=False)] = None,
    history: Annotated[
        list[str] | None, typer.Option("--history", metavar="Q", help="此前问过的问题，按先后可给多次。")
    ] = None,
    batch: Annotated[
        Path | None,
        typer.Option(
            "--batch",
            metavar="FILE",
            help="JSON Lines 文件（id、question、history），- 为标准输入；按原顺序一行一个回答输出到标准输出。",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="按接口约定输出 JSON。")] = False,
    show_sql: Annotated[bool, typer.Option("--sql", help="同时显示查询语句。")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="同时显示问题是怎样理解的。")] = False,
    no_model: Annotated[bool, typer.Option("--no-model", help="这一问不用语言模型。")] = False,
    reword: Annotated[
        bool, typer.Option("--reword", help="引文请语言模型改写得好懂些；与原文对不上的仍用原文。")
    ] = False,
    model_requests: Annotated[
        Path | None,
        typer.Option(
            "--model-requests",
            metavar="FILE",
            help="把要问模型的话写进这个文件（OpenAI 批处理格式），不连模型；与 --batch 同用。",
        ),
    ] = None,
    model_replies: RepliesOption = None,
    index: IndexOption = None,
) -> None:
    """问一个问题（或一批问题），得到带出处的回答。"""
    if explain and (as_json or batch is not None):
        raise UsageProblem("--explain 只用于在终端里问一个问题。", "去掉 --json 或 --batch。")
    if reword and (explain or batch is not None):
        raise UsageProblem("--reword 只用于问一个问题。", "去掉 --explain 或 --batch。")
    if (question is None) == (batch is None):
        raise UsageProblem("给出一个问题，或者用 --batch 给出文件，二者取一。", "例：ask “三公”经费预算是多少？")
    if batch is None and (model_requests or model_replies):
        raise UsageProblem("--model-requests 和 --model-replies 只用于一批问题。", "同时给出 --batch FILE。")
    if batch is not None:
        raise typer.Exit(_answer_batch(batch, model_requests, model_replies or (), index))
    if explain:
        _explain(engine.open_assistant(index), question or "", history or (), by_rules=no_model)
        return
    assistant = engine.open_assistant(index)
    answer = assistant.ask(question or "", history or (), by_rules=no_model)
    answer = _reworded(assistant, answer) if reword else answer
    if as_json:
        typer.echo(answer.model_dump_json(indent=2))
    else:
        _show(answer, with_sql=show_sql)


def _reworded(assistant: Assistant, answer: Answer) -> Answer:
    """The answer with its quotations in other words; as it is where the model has none that say the same."""
    if assistant.model is None:
        raise UsageProblem("--reword 要用语言模型，现在没有设。", "设好 BUDGET_MODEL 等变量再试（见 README）。")
    try:
        return assistant.model.reworded(answer)
    except BudgetError as error:
        show_problem(error)
        return answer


def _answer_batch(batch: Path, requests: Path | None, replies: Sequence[Path], index: Path | None) -> int:
    """Answers a batch; a model's part in it comes from files of replies, what they lack goes to one of requests."""
    from assistant.cli.batch import answer_batch, read_lines

    lines = read_lines(batch)
    if not (requests or replies):
        return answer_batch(engine.open_assistant(index), lines)
    from assistant.model.exchange import Exchange
    from assistant.settings import settings

    exchange = Exchange(replies, settings().model)
    code = answer_batch(engine.open_assistant(index, exchange), lines)
    if requests:
        count = exchange.write(requests)
        err.print(f"还要问模型 {count} 次，已写入 {requests}", style="dim", markup=False, soft_wrap=True)
    return code


def chat(index: IndexOption = None) -> None:
    """在终端里连续提问。/help 看用法，/quit 离开。"""
    _enable_line_editing()
    assistant = engine.open_assistant(index)
    out.print(f"[b]预算问答[/]　{CHAT_HELP}\n", style="dim")
    conversation, last = uuid.uuid4().hex, None
    while (line := _read_line()) not in {None, "/quit", "/exit"}:
        match line:
            case "":
                continue
            case "/help":
                out.print(CHAT_HELP, style="dim")
            case "/sql":
                out.print((last.sql if last else None) or "上一个回答没有用查询。", markup=False, soft_wrap=True)
            case "/clear":
                conversation, last = uuid.uuid4().hex, None
                out.print("已重新开始。", style="dim")
            case _:
                last = _answer_in_chat(assistant, str(line), conversation) or last
    out.print("再见。", style="dim")


def _enable_line_editing() -> None:
    try:
        import readline  # noqa: F401 - importing it is what gives input() its history and editing
    except ImportError:
        return


def _read_line() -> str | None:
    try:
        return out.input("[b cyan]问[/] ").strip()
    except (EOFError, KeyboardInterrupt):
        out.print()
        return None


def _answer_in_chat(assistant: Assistant, question: str, conversation: str) -> Answer | None:
    from assistant.answer import Answer

    try:
        with err.status("理解问题…") as status:
            for event in assistant.stream(question, conversation):
                if isinstance(event, Answer):
                    status.stop()
                    _show(event)
                    return event
                status.update(event.text)
    except BudgetError as error:
        show_problem(error)
    except KeyboardInterrupt:
        err.print("已停下。", style="dim")
    return None


def _explain(assistant: Assistant, question: str, history: Sequence[str], *, by_rules: bool) -> None:
    from assistant.render import render_facts

    explanation = assistant.explain(question, history, by_rules=by_rules)
    _show(explanation.answer)
    out.print(render_facts(explanation.facts))


def _show(answer: Answer, with_sql: bool = False) -> None:
    from assistant.render import render

    out.print(render(answer, with_sql=with_sql))
