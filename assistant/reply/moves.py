"""Rows by their changes against last year, printed: each with its amount, its per cent and the sentence it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.statements import reason_told
from assistant.answering.values import Value
from assistant.plan.quantity import Quantity
from assistant.query import Ask, Moves, Query, Rank, Several, Sum, nodes_of
from assistant.reading.winners import ranges_units
from assistant.reply.lines import MOST_ROWS, cited_by, figure_text, sentence_of
from assistant.run.evaluate import evaluate
from assistant.run.operators import added

_WAYS: Final = {"up": "增加", "down": "减少", "any": "有增减", "same": "持平"}
_REASON: Final = ("主要原因", "原因", "主要是", "增加原因", "减少原因")
_MOST_REASONS: Final = 3


def asks_moves(query: Query) -> bool:
    """Whether rows are asked for by their changes."""
    return any(isinstance(node, Moves) for node in nodes_of(query))


def moves_lines(ask: Ask, draft: Draft) -> list[str]:
    """The changes asked for; empty where the document tells of none of the rows how they changed."""
    query = ask.query
    queries = query.of if isinstance(query, Several) else (query,)
    lines: list[str] = []
    for one in queries:
        inner = one.of[0] if isinstance(one, Sum) else one
        found = evaluate(inner, draft, ask.text)
        if not found.quantities:
            return [_none(one, draft)] if ranges_units(one) and not found.missing else []
        lines += _told(inner, found.quantities, draft)
        if isinstance(one, Sum):
            total = added(found.quantities, "以上合计")
            lines.append(f"以上 {draft.named(str(len(found.quantities)))} 项合计 {figure_text(total, draft)}。")
        if ask.wants_reason:
            lines += _reasons(found.quantities, draft)
    return lines


def _told(query: Query, found: Sequence[Quantity], draft: Draft) -> list[str]:
    moves = next(node for node in nodes_of(query) if isinstance(node, Moves))
    basis = draft.named(found[0].basis if found[0].cells else "正文写明的各项")
    if isinstance(query, Rank):
        measure = f"{_WAYS[moves.way].removeprefix('有')}{'幅度' if moves.by_rate else '额'}"
        order = f"{measure}最{'大' if query.descending else '小'}的"
    else:
        order = f"{_WAYS[moves.way]}的"
    if len(found) == 1:
        return [f"{draft.heading}与上年相比（{basis}），{order}是：{_line(found[0], draft)}。"]
    count = draft.named(str(len(found)))
    lead = f"{draft.heading}与上年相比（{basis}），{order}有 {count} {'家' if ranges_units(query) else '项'}："
    return [lead, *(f"{n}. {_line(q, draft)}" for n, q in enumerate(found[:MOST_ROWS], start=1))]


def _none(query: Query, draft: Draft) -> str:
    """What is said where every unit is told of and none went the way that is asked for."""
    moves = next(node for node in nodes_of(query) if isinstance(node, Moves))
    return f"{draft.heading}与上年相比，各单位里没有{_WAYS[moves.way].removeprefix('有')}的。"


def _line(change: Quantity, draft: Draft) -> str:
    told = f"{sentence_of(replace(change, parts=()), draft)}{_of_both(change, draft)}"
    if change.rate is None:
        return told
    word = "增长" if change.name.endswith("增加") else "下降"
    rate = Value("percent", abs(change.rate), unit="%")
    shown = draft.add_figure(f"{change.name}的幅度", rate, cited_by(change, draft))
    return f"{told}，{word} {shown}"


def _of_both(change: Quantity, draft: Draft) -> str:
    """The figures of both years that a change was taken from; "" where it is stated."""
    if not change.parts:
        return ""
    now, before = (figure_text(part, draft) for part in change.parts)
    return f"（上年 {before}，本年 {now}）"


def _reasons(changes: Sequence[Quantity], draft: Draft) -> Iterator[str]:
    """The reasons that sentences give for changes."""
    for change in changes[:_MOST_REASONS]:
        of = f"{draft.named(change.name)}的" if len(changes) > 1 else ""
        for statement in change.statements:
            if statement.reason:
                yield f"{of}原因：{reason_told(statement)}。"
            elif (behind := _behind(statement.paragraph_id, statement.sentence, draft)) is not None:
                paragraph = draft.contents.paragraphs[statement.paragraph_id]
                yield f"{of}原因：“{behind}”[{draft.cite_passage(paragraph, behind)}]"


def _behind(paragraph_id: str, sentence: str, draft: Draft) -> str | None:
    """The sentence right behind one, where it gives a reason."""
    paragraph = draft.contents.paragraphs[paragraph_id]
    _, _, rest = paragraph.text.partition(sentence)
    first = f"{rest.split('。', 1)[0].strip()}。"
    return first if first.startswith(_REASON) else None
