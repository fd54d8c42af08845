"""The evidence panel: a citation's printed table with its cell in place, or its paragraph with the quote marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from assistant.answer import Answer, Citation, TableCitation, TextCitation
from assistant.checking.report import holding_and_differing
from assistant.citations import document_id_of
from assistant.originals import recognised_cells
from assistant.papers.places import source_names
from assistant.render import printed_value
from assistant.sources import printed_labels, printed_paragraph
from assistant.ui.html import class_attribute, escape
from assistant.ui.original import NO_PAGE, original_page, view_buttons
from assistant.ui.printed_table import MAX_ROWS, body_rows, head_rows, omitted, row_names
from index.money import parse_number

if TYPE_CHECKING:
    from index.pages import CitedPage
    from index.records import FindingRecord, TableRecord
    from index.warehouse import Warehouse

EMPTY: Final = (
    '<div class="evidence-empty"><h2>依据</h2><p>回答里的每个数字都带着出处，点 [1] 就在这里看原表原文。</p></div>'
)


def evidence_panel(warehouse: Warehouse, answer: Answer, turn: int, n: int, page: CitedPage | None = None) -> str:
    """The panel for citation ``n`` of an answer, with chips for all of the answer's citations.

    ``page``: the page of the original that it is printed on.
    """
    chosen = next((each for each in answer.citations if each.n == n), None)
    if chosen is None:
        return EMPTY
    is_several = len({document_id_of(each) for each in answer.citations}) > 1
    chips = "".join(_chip(each, turn, each is chosen, is_several) for each in answer.citations)
    body = (
        _table_evidence(warehouse, chosen, answer.citations, page)
        if isinstance(chosen, TableCitation)
        else _text_evidence(warehouse, chosen, page)
    )
    views, original = (view_buttons(page), original_page(page)) if page else ("", "")
    asked = f'<p class="asked">问：{escape(answer.question)}</p>'
    return (
        f'<div class="evidence" data-turn="{turn}" data-n="{n}"><h2>依据 {n}</h2>{asked}'
        f'<nav class="chips" aria-label="这个回答的各处依据">{chips}</nav>{views}'
        f'<div class="sides">{body}{original}</div></div>'
    )


def _chip(citation: Citation, turn: int, is_chosen: bool, is_several: bool) -> str:
    """``is_several``: the answer rests on several documents, so that a place alone doesn't tell which."""
    if isinstance(citation, TableCitation):
        place, what = citation.table_no or citation.table_title, f"{citation.row_label} · {_last(citation.column)}"
    else:
        place, what = "正文", citation.quote
    of = f"<em>{escape(citation.unit_name)} {citation.year or ''}</em>" if is_several else ""
    pressed = "true" if is_chosen else "false"
    return (
        f'<button type="button" class="chip" aria-pressed="{pressed}" data-turn="{turn}" data-n="{citation.n}">'
        f"<b>{citation.n}</b>{of}<span>{escape(place)}</span><i>{escape(what)}</i></button>"
    )


def _last(column: str) -> str:
    return column.rsplit("/", 1)[-1]


def _table_evidence(
    warehouse: Warehouse, citation: TableCitation, citations: Sequence[Citation], page: CitedPage | None
) -> str:
    table = warehouse.table(citation.table_id)
    if table is None:
        return _missing(printed_value(citation))
    title = " ".join(filter(None, (table.table_no, table.title)))
    facts = [
        _title(warehouse, citation),
        citation.document,
        f"单位：{citation.unit or table.unit}" if citation.unit or table.unit else "",
    ]
    facts += [_pages(citation.page, table), "" if page else NO_PAGE]
    lead = (
        f'<p class="reading">{escape(citation.row_label)}<span>{escape(citation.column)}</span>'
        f"<b>{escape(printed_value(citation))}</b>{_recognised(page)}</p>"
    )
    cited = {
        (each.row, each.column_no): each.n
        for each in citations
        if isinstance(each, TableCitation) and each.table_id == citation.table_id
    }
    recognised = recognised_cells(warehouse, table) if page else frozenset()
    names = row_names(table, printed_labels(warehouse, table.table_id, citation.column_no))
    return (
        f'<div class="source"><h3>{escape(title)}</h3><p class="facts">{_facts(facts)}</p>'
        f"{_checks(warehouse, table)}{lead}"
        f'<div class="grid-scroll" tabindex="0"><table class="grid">'
        f"<thead>{head_rows(table, citation.column_no, names)}</thead>"
        f"<tbody>{''.join(body_rows(table, citation, cited, names, recognised))}</tbody></table></div></div>"
    )


def _recognised(page: CitedPage | None) -> str:
    """Said beside what was recognised in a picture."""
    return '<em class="recognised">识别所得，请核对原件</em>' if page and page.is_recognised else ""


def _title(warehouse: Warehouse, citation: Citation) -> str:
    return source_names(warehouse).title(citation)


@lru_cache(maxsize=32)
def _findings(warehouse: Warehouse, document_id: str) -> tuple[FindingRecord, ...]:
    """What the checks found in a document, read once: what is built doesn't change."""
    return warehouse.findings(document_id)


def _checks(warehouse: Warehouse, table: TableRecord) -> str:
    """What came of the checks that read this table; contradictions word by word."""
    inside = f"{table.table_id}."
    findings = [
        each
        for each in _findings(warehouse, table.document_id)
        if any(figure.startswith(inside) for figure in each.figure_ids)
    ]
    holding, wrong = holding_and_differing(findings)
    if not wrong:
        return f'<p class="checks">本表核对 {holding} 项，全部相符</p>' if holding else ""
    listed = "".join(f"<li>{escape(message)}</li>" for message in wrong)
    return (
        f'<details class="checks differs"><summary>本表核对 {holding + len(wrong)} 项，{len(wrong)} 项对不上</summary>'
        f"<ul>{listed}</ul></details>"
    )


def _pages(page: int | None, table: TableRecord) -> str:
    if page:
        return f"第 {page} 页"
    if table.page_first is None:
        return ""
    last = f"–{table.page_last}" if table.page_last and table.page_last != table.page_first else ""
    return f"第 {table.page_first}{last} 页"


def _facts(facts: Sequence[str]) -> str:
    return "".join(f"<span>{escape(fact)}</span>" for fact in facts if fact)


def _text_evidence(warehouse: Warehouse, citation: TextCitation, page: CitedPage | None) -> str:
    paragraph = printed_paragraph(warehouse, citation.paragraph_id)
    if paragraph is None:
        return _missing(citation.quote)
    path = "".join(f"<li>{escape(heading)}</li>" for heading in paragraph.section)
    facts = _facts(
        [
            _title(warehouse, citation),
            citation.document,
            f"第 {citation.page} 页" if citation.page else "",
            "" if page else NO_PAGE,
        ]
    )
    marked = mark_quote(paragraph.text, citation.quote)
    return (
        f'<div class="source"><ol class="path">{path}</ol><p class="facts">{facts}{_recognised(page)}</p>'
        f'<div class="grid-scroll paragraph" tabindex="0"><p>{marked}</p></div></div>'
    )


def mark_quote(text: str, quote: str) -> str:
    """The escaped text with the quote marked; blanks don't count, a quote that isn't there is shown after the text.

    >>> mark_quote("总计 735.66 万元。其中", "735.66万元")
    '总计 <mark class="cited-cell">735.66 万元</mark>。其中'
    """
    pattern = r"\s*".join(re.escape(character) for character in quote if not character.isspace())
    match = re.search(pattern, text) if pattern else None
    if match is None:
        return f'{escape(text)}<mark class="cited-cell quote-apart">{escape(quote)}</mark>'
    before, after = text[: match.start()], text[match.end() :]
    return f'{escape(before)}<mark class="cited-cell">{escape(match[0])}</mark>{escape(after)}'


def _missing(quoted: str) -> str:
    lead = '<p class="facts">索引里找不到这处原文了（索引可能已重建）。</p>'
    return f'<div class="source">{lead}<p>{escape(quoted)}</p></div>'


def query_panel(answer: Answer) -> str:
    """The query behind an answer and its result, folded up; nothing where there was no query."""
    if not answer.sql:
        return ""
    return (
        '<details class="query"><summary>技术细节：查询语句与结果（金额单位：元）</summary>'
        f"<pre><code>{escape(answer.sql)}</code></pre>{_result_table(answer)}</details>"
    )


def _result_table(answer: Answer) -> str:
    if not answer.rows:
        return ""
    head = "".join(f"<th>{escape(column)}</th>" for column in answer.columns)
    rows = "".join(f"<tr>{''.join(map(_result_cell, row))}</tr>" for row in answer.rows[:MAX_ROWS])
    rest = omitted(len(answer.rows) - MAX_ROWS, len(answer.columns))
    return (
        f'<div class="grid-scroll"><table class="grid"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}{rest}</tbody></table></div>"
    )


def _result_cell(value: str) -> str:
    number = parse_number(value) if "." in value else None
    shown = f"{number:,.2f}" if number is not None else value
    return f"<td{class_attribute('number' if parse_number(value) is not None else '')}>{escape(shown)}</td>"
