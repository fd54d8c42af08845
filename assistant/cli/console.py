"""The two streams: answers go to stdout, everything about them (progress, problems) to stderr."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import Any

import typer
from rich.console import Console
from rich.panel import Panel
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from index.errors import BudgetError

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


class UsageProblem(BudgetError):
    """The command was called in a way that makes no sense."""

    exit_code = 2


def use_utf8() -> None:
    """Chinese must come out whatever the locale is, and an unprintable argument must not end in a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def show_problem(error: BudgetError) -> None:
    """What was wrong and what to do, as a panel on stderr."""
    body = Text(error.problem)
    if error.remedy:
        body.append(f"\n{error.remedy}", style="dim")
    err.print(Panel(body, title="出错了", title_align="left", border_style="red", expand=False))


def print_json(value: Any) -> None:
    """``value`` for other programs, on stdout."""
    import json

    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A progress bar on stderr; silent where stderr is no terminal."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("还剩"),
        TimeRemainingColumn(),
    )
    hidden = not err.is_terminal
    # Files differ in size: what remains is told by the last ten minutes, not by the last one.
    with Progress(*columns, console=err, transient=True, disable=hidden, speed_estimate_period=600) as progress:
        yield progress
