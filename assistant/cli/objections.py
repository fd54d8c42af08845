"""``objections``: the answers that people said are wrong, as a question set to be completed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from assistant.talks import Objection


def objections() -> None:
    """列出网页上点了“这个回答不对”的题，一行一个 JSON；填上 expect 就能用 eval 打分。"""
    from assistant.settings import settings
    from assistant.talks import Talks

    for number, objection in enumerate(Talks(settings().conversations_place).objections(), 1):
        typer.echo(json.dumps(_as_question(number, objection), ensure_ascii=False))


def _as_question(number: int, objection: Objection) -> dict[str, Any]:
    """A line of a question set; what is expected is for a person to say."""
    answer = objection.turn.answer
    return {
        "id": f"W{number:03}",
        "kind": "objection",
        "question": objection.turn.asked or objection.turn.question,
        "history": list(objection.history),
        "expect": [],
        "comment": objection.comment,
        "answer": answer.answer if answer else "",
    }
