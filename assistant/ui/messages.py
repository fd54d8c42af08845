"""What stands in the chat: an answer with clickable marks and its warnings, a status line, a problem."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assistant.answer import Answer
from assistant.ui.evidence import escape
from index.errors import BudgetError

_MARK: Final = re.compile(r"\[(\d+)\](?!\()")


def answer_message(answer: Answer, turn: int) -> str:
    """The answer's Markdown, its marks links that the page's script catches, its notes in a warning box."""
    known = {each.n for each in answer.citations}
    warnings = [line for line in answer.answer.splitlines() if any(note in line for note in answer.notes)]
    told = "\n".join(warnings)
    text = "\n".join(line for line in answer.answer.splitlines() if line not in warnings)
    parts = [link_marks(text, known, turn)]
    if answer.clarify and answer.clarify.question not in answer.answer:
        parts.append(answer.clarify.question)
    for note in [*(line.lstrip("⚠ ") for line in warnings), *(note for note in answer.notes if note not in told)]:
        parts.append(f'<div class="note">{_link_marks_in_html(escape(note), known, turn)}</div>')
    parts.append(f'<div class="meta">{_meta(answer)}<a href="#copy-{turn}">复制</a></div>')
    return "\n\n".join(parts)


def link_marks(text: str, known: set[int], turn: int) -> str:
    """Marks of known citations become links.

    >>> link_marks("20.69 万元[1]，见[9]", {1}, 3)
    '20.69 万元[\\\\[1\\\\]](#evidence-3-1)，见[9]'
    """

    def link(match: re.Match[str]) -> str:
        n = int(match[1])
        return rf"[\[{n}\]](#evidence-{turn}-{n})" if n in known else match[0]

    return _MARK.sub(link, text)


def _link_marks_in_html(html: str, known: set[int], turn: int) -> str:
    def link(match: re.Match[str]) -> str:
        n = int(match[1])
        return f'<a href="#evidence-{turn}-{n}">{match[0]}</a>' if n in known else match[0]

    return _MARK.sub(link, html)


def _meta(answer: Answer) -> str:
    sources = f"<span>{len(answer.citations)} 处依据</span>" if answer.citations else ""
    by_model = "<span>语言模型参与</span>" if answer.engine == "model" else ""
    total = answer.elapsed_ms.get("total")
    elapsed = f"<span>{total / 1000:.2f} 秒</span>" if total is not None else ""
    return sources + by_model + elapsed


def working_message(steps: Sequence[str]) -> str:
    """The steps so far, the last one under way."""
    done = "".join(f"<span>{escape(step)}</span>" for step in steps[:-1])
    return f'<div class="working">{done}<span class="now">{escape(steps[-1])}</span></div>'


def problem_message(error: BudgetError) -> str:
    """An error a user can do something about."""
    remedy = f"<br>{escape(error.remedy)}" if error.remedy else ""
    return f'<div class="problem">{escape(error.problem)}{remedy}</div>'


def suggestions(title: str, questions: Sequence[str], kind: str) -> str:
    """Questions to click on; nothing where there are none."""
    if not questions:
        return ""
    buttons = "".join(f'<button type="button" class="suggestion">{escape(question)}</button>' for question in questions)
    return f'<div class="suggestions {kind}"><span>{escape(title)}</span>{buttons}</div>'
