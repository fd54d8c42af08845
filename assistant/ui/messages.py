"""What stands in the chat: a question as typed, an answer with its marks, lists as tables, warnings, buttons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from assistant.answer import RELATED, Answer
from assistant.blocks import (
    VALUE_HEAD,
    WORDS_HEAD,
    Block,
    Column,
    Entry,
    blocks_of,
    columns_of,
    entries_of,
    list_entries,
    main_column,
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
_FOLDED: Final = ' class="folded"'
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


def _table(entries: Sequence[Entry], marks: Marks, is_numbered: bool) -> str:
    """A list as a table: sortable, with bars where amounts can be compared, the first rows and the rest on demand."""
    columns = columns_of(entries)
    main = main_column(columns)
    worths = [value.worth if value and value.worth is not None else Decimal(0) for value in main.values]
    most = max(map(abs, worths)) if main.is_comparable else Decimal(0)
    is_ranked = main.is_comparable and worths in (sorted(worths), sorted(worths, reverse=True))
    first = f"<th>{'名次' if is_ranked else '序号'}</th>" if is_numbered else ""
    heads = "".join(_heads(column) for column in columns)
    rows = "".join(
        f"<tr{_FOLDED if number > SHOWN_ROWS else ''}>{f'<td>{number}</td>' if is_numbered else ''}"
        f'<td class="label">{marks.html(entry.label)}{_small(entry.rest)}{_bar(worth, most)}</td>'
        f"{''.join(_cells(column, number - 1) for column in columns)}"
        f"<td>{''.join(map(marks.button, entry.marks))}</td></tr>"
        for number, (entry, worth) in enumerate(zip(entries, worths, strict=True), 1)
    )
    head = f"<tr>{first}{_head('text', '名称', 'label')}{heads}<th>出处</th></tr>"
    more = (
        f'<button type="button" class="more">展开全部 {len(entries)} 项</button>' if len(entries) > SHOWN_ROWS else ""
    )
    return f'<div class="list"><table><thead>{head}</thead><tbody>{rows}</tbody></table>{more}</div>'


def _heads(column: Column) -> str:
    """The head of a column, and of its words where they differ."""
    unit = f"（{escape(column.unit)}）" if column.unit and column.is_comparable else ""
    words = _head("text", WORDS_HEAD, "words") if column.is_worded else ""
    return words + _head("number", (escape(column.said) or VALUE_HEAD) + unit, "number")


def _head(sort: str, text: str, kind: str) -> str:
    return f'<th data-sort="{sort}" class="{kind}"><button type="button" class="sort">{text}</button></th>'


def _cells(column: Column, at: int) -> str:
    """One entry's value, and its words where they differ; a number alone where its unit is in the head."""
    value = column.values[at]
    words = f'<td class="words">{escape(value.said) if value else ""}</td>' if column.is_worded else ""
    if value is None:
        return f"{words}<td></td>"
    is_bare = column.unit and column.is_comparable and value.number is not None
    shown = f"{value.number:,}" if is_bare else escape(separated(value.text))
    exact = f' data-value="{value.worth}"' if value.worth is not None else ""
    return f'{words}<td class="number"{exact}>{shown}</td>'


def _small(rest: str) -> str:
    return f"<small>{escape(rest)}</small>" if rest else ""


def _bar(worth: Decimal, most: Decimal) -> str:
    return f'<span class="bar" style="width:{abs(worth) / most * 100:.1f}%"></span>' if most else ""


def _foot(answer: Answer, has_model: bool) -> str:
    buttons = [("copy", "复制正文"), ("copy-sources", "复制带出处"), ("letter", "生成答复"), ("pack", "证据包")]
    is_table = any(len(entries_of(block)) >= TABLE_FROM for block in blocks_of(answer.told))
    is_list = next(list_entries(answer), None) is not None
    buttons += [("copy-table", "复制表格")] if is_table else []
    buttons += [("list-xlsx", "表格.xlsx"), ("list-csv", "CSV")] if is_list else []
    buttons += [("chart", "画图")] if charted(answer) else []
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
