"""What stands in the chat: a question as typed, an answer with its marks, lists as tables, warnings, buttons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from assistant.answer import RELATED, Answer
from assistant.blocks import (
    Block,
    Entry,
    blocks_of,
    entries_of,
    list_entries,
    separated,
    warnings_of,
)
from assistant.citations import MARK
from assistant.model.reword import is_rewordable
from assistant.papers.chart import charted
from assistant.papers.places import place_of
from assistant.talks import Turn
from assistant.ui.html import escape
from assistant.ui.key_figure import key_figure

TABLE_FROM: Final = 4
"""Entries from which a list is shown as a table."""

SHOWN_ROWS: Final = 10
_BOLD: Final = re.compile(r"\*\*(.+?)\*\*")


def turn_message(turn: Turn, *, has_model: bool = False) -> str:
    """A question and its answer. ``has_model``: whether a language model is there to reword it."""
    asked = f'<div class="user-row"><h2 class="sr">问</h2><p>{escape(turn.question)}</p></div>'
    answer = turn.answer
    body = answer_message(answer, turn.number, has_model=has_model) if answer else problem_message(turn.problem)
    return f'<section class="turn" data-turn="{turn.number}">{asked}<div class="bot-row">{body}</div></section>'


def answer_message(answer: Answer, turn: int, *, has_model: bool = False) -> str:
    """An answer: key figure (large, for meetings), text, warnings, what can be taken away."""
    marks = Marks(answer, turn)
    blocks = [block for block in blocks_of(answer.told) if block.kind != "warning"]
    text = "".join(_shown(block, marks) for block in blocks)
    if answer.clarify and answer.clarify.question not in answer.answer:
        text += f"<p>{marks.html(answer.clarify.question)}</p>"
    warned = "".join(f'<div class="note"><b>注意　</b>{marks.html(line)}</div>' for line in warnings_of(answer))
    related = _related(answer, marks)
    return f'{key_figure(answer)}<div class="told">{text}</div>{warned}{related}{_foot(answer, has_model)}'


def _related(answer: Answer, marks: Marks) -> str:
    """What is only shown beside the answer, folded; nothing where there is none."""
    if not answer.related:
        return ""
    shown = "".join(_shown(block, marks) for block in blocks_of("\n".join(answer.related)))
    title = f"{RELATED.rstrip('：')}（{len(answer.related)} 条）"
    return f'<details class="related"><summary>{title}</summary>{shown}</details>'


class Marks:
    """Sets text as HTML, its citations' numbers as buttons that the page's script listens to."""

    def __init__(self, answer: Answer, turn: int) -> None:
        self._known = {each.n: each for each in answer.citations}
        self._turn = turn

    def html(self, text: str) -> str:
        """Escaped, with bold and marks."""
        bold = _BOLD.sub(r"<b>\1</b>", escape(separated(text)))
        return MARK.sub(lambda match: self.button(int(match[1])), bold)

    def button(self, n: int) -> str:
        """The mark of one citation; a number that isn't one stays text."""
        if n not in self._known:
            return f"[{n}]"
        said = escape(f"出处 {n}：{place_of(self._known[n])}")
        return (
            f'<button type="button" class="mark" data-turn="{self._turn}" data-n="{n}" '
            f'aria-label="{said}" title="{said}">[{n}]</button>'
        )


def _shown(block: Block, marks: Marks) -> str:
    if block.kind == "quote":
        return "".join(f"<blockquote>{marks.html(item.text)}</blockquote>" for item in block.items)
    if block.kind != "list":
        return f"<p>{marks.html(block.text)}</p>"
    entries = entries_of(block)
    if len(entries) >= TABLE_FROM:
        rest = [item.text for item in block.items if item.text.startswith("……")]
        return _table(entries, marks, block.items[0].bullet != "-") + "".join(f"<p>{escape(text)}</p>" for text in rest)
    lines = "".join(
        f"<li><i>{_bullet(item.bullet)}</i><span>{marks.html(item.text)}</span></li>" for item in block.items
    )
    return f'<ul class="items">{lines}</ul>'


def _bullet(bullet: str) -> str:
    return "•" if bullet == "-" else bullet


def _table(entries: Sequence[Entry], marks: Marks, is_ranked: bool) -> str:
    """A list as a table: sortable, with bars where all are amounts of one unit, the first rows and the rest on demand.

    ``is_ranked``: its items are numbered.
    """
    units = {entry.unit for entry in entries}
    numbers = [entry.number for entry in entries if entry.number is not None]
    is_amounts = len(numbers) == len(entries) and len(units) == 1
    most = max(map(abs, numbers), default=Decimal(0)) if is_amounts else Decimal(0)
    unit = f"（{escape(units.pop())}）" if is_amounts and "" not in units else ""
    first = "<th>名次</th>" if is_ranked else ""
    head = f'<tr>{first}<th data-sort="text">名称</th><th data-sort="number">数额{unit}</th><th>出处</th></tr>'
    rows = "".join(
        _row(entry, marks, number if is_ranked else 0, most, number > SHOWN_ROWS)
        for number, entry in enumerate(entries, 1)
    )
    more = (
        f'<button type="button" class="more">展开全部 {len(entries)} 项</button>' if len(entries) > SHOWN_ROWS else ""
    )
    return f'<div class="list"><table><thead>{head}</thead><tbody>{rows}</tbody></table>{more}</div>'


def _row(entry: Entry, marks: Marks, rank: int, most: Decimal, is_folded: bool) -> str:
    first = f"<td>{rank}</td>" if rank else ""
    value = f"{entry.number:,}" if most and entry.number is not None else escape(separated(entry.value))
    share = f"{abs(entry.number) / most * 100:.1f}" if most and entry.number is not None else ""
    bar = f'<span class="bar" style="width:{share}%"></span>' if share else ""
    exact = f' data-value="{entry.number}"' if entry.number is not None else ""
    folded = ' class="folded"' if is_folded else ""
    sources = "".join(map(marks.button, entry.marks))
    rest = f"<small>{escape(entry.rest)}</small>" if entry.rest else ""
    return (
        f"<tr{folded}>{first}<td>{marks.html(entry.label)}{rest}{bar}</td>"
        f'<td class="number"{exact}>{value}</td><td>{sources}</td></tr>'
    )


def _foot(answer: Answer, has_model: bool) -> str:
    buttons = [("copy", "复制正文"), ("copy-sources", "复制带出处"), ("letter", "生成答复"), ("pack", "证据包")]
    is_list = next(list_entries(answer), None) is not None and answer.citations
    buttons += [("copy-table", "复制表格"), ("list-xlsx", "表格.xlsx"), ("list-csv", "CSV")] if is_list else []
    buttons += [("chart", "画图")] if charted(answer) and answer.citations else []
    buttons += [("reworded", "换成白话")] if has_model and is_rewordable(answer) else []
    without = [("rules", "不用模型再答一次")] if answer.engine == "model" else []
    offered = [*(buttons if answer.citations else []), *without, ("wrong", "这个回答不对")]
    shown = "".join(f'<button type="button" data-act="{act}">{text}</button>' for act, text in offered)
    counted = f"<span>{len(answer.sources)} 处依据</span>" if answer.sources else ""
    by_model = "<span>语言模型参与</span>" if answer.engine == "model" else ""
    return f'<div class="meta">{counted}{by_model}{shown}</div>'


def problem_message(problem: str) -> str:
    """What went wrong, in words a user can do something about."""
    return f'<div class="problem">{escape(problem)}</div>'


def suggestions(title: str, questions: Sequence[str], kind: str) -> str:
    """Questions to click on; nothing where there are none."""
    if not questions:
        return ""
    buttons = "".join(f'<button type="button" class="suggestion">{escape(question)}</button>' for question in questions)
    return f'<div class="suggestions {kind}"><span>{escape(title)}</span>{buttons}</div>'
