"""``audit``: what was asked of a service, by whom, and what it answered."""

from __future__ import annotations

import csv
import json
import sys
from datetime import datetime
from typing import Annotated, Any, Final

import typer

_HEAD: Final = (
    "time",
    "event",
    "who",
    "way",
    "talk",
    "index",
    "question",
    "route",
    "figures",
    "facts",
    "sql",
    "comment",
)


def audit(
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="从哪一天起。", show_default=False)
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="到哪一天止。", show_default=False)
    ] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="输出 CSV（WPS、Excel 能打开），只有主要的几列。")] = False,
) -> None:
    """导出审计记录：谁在什么时候问了什么、按哪一版索引、怎样理解、查询、出处和数，一行一个 JSON。"""
    from assistant.journal.audit import events
    from assistant.settings import settings

    found = events(settings().audit_path, since and since.date(), until and until.date())
    if as_csv:
        writer = csv.writer(sys.stdout)
        writer.writerow(_HEAD)
        writer.writerows(_row(event) for event in found)
        return
    for event in found:
        typer.echo(json.dumps(event, ensure_ascii=False))


def _row(event: dict[str, Any]) -> list[str]:
    from assistant.papers.writing import inert

    shown = {"figures": "；".join(" ".join(each) for each in event.get("figures", ())),
             "facts": "；".join(event.get("facts", ()))}  # fmt: skip
    return [inert(str(shown.get(name, event.get(name)) or "")) for name in _HEAD]
