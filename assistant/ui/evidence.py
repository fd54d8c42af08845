"""The evidence panel: a citation's printed table with its cell in place, or its paragraph with the quote marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape as escape_html
from typing import TYPE_CHECKING, Final

from assistant.answer import Answer, Citation, TableCitation, TextCitation
from assistant.papers.places import document_id_of, source_names
from assistant.render import printed_value
from assistant.sources import printed_paragraph
from index.money import parse_number

if TYPE_CHECKING:
    from index.records import FindingRecord, TableRecord
    from index.warehouse import Warehouse

EMPTY: Final = (
    '<div class="evidence-empty"><h2>依据</h2><p>回答里的每个数字都带着出处，点 [1] 就在这里看原表原文。</p></div>'
)
MAX_ROWS: Final = 300
"""A longer table is shown as a window around the cited row."""
LONG_TEXT: Final = 10
"""A longer text gets a wider column."""


def escape(text: str) -> str:
    """HTML-escaped; braces and dollars too, since the page's component reads them as its template's.

    >>> escape("<b>${x}</b>")
    '&lt;b&gt;&#36;&#123;x&#125;&lt;/b&gt;'
    """
    plain = escape_html(text)
    return re.sub(r"[${}`\\]", lambda match: f"&#{ord(match[0])};", plain)


def evidence_panel(warehouse: Warehouse, answer: Answer, turn: int, n: int) -> str:
    """The panel for citation ``n`` of an answer, with chips for all of the answer's citations."""
    chosen = next((each for each in answer.citations if each.n == n), None)
    if chosen is None:
        return EMPTY
    is_several = len({document_id_of(each) for each in answer.citations}) > 1
    chips = "".join(_chip(each, turn, each is chosen, is_several) for each in answer.citations)
    body = (
        _table_evidence(warehouse, chosen, answer.citations)
        if isinstance(chosen, TableCitation)
        else _text_evidence(warehouse, chosen)
    )
    asked = f'<p class="asked">问：{escape(answer.question)}</p>'
    return (
        f'<div class="evidence" data-turn="{turn}" data-n="{n}"><h2>依据 {n}</h2>{asked}'
        f'<nav class="chips" aria-label="这个回答的各处依据">{chips}</nav>{body}</div>'
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


def _table_evidence(warehouse: Warehouse, citation: TableCitation, citations: Sequence[Citation]) -> str:
    table = warehouse.table(citation.table_id)
    if table is None:
        return _missing(printed_value(citation))
    title = " ".join(filter(None, (table.table_no, table.title)))
    facts = [
        _title(warehouse, citation),
        citation.document,
        f"单位：{citation.unit or table.unit}" if citation.unit or table.unit else "",
    ]
    facts.append(_pages(citation.page, table))
    lead = (
        f'<p class="reading">{escape(citation.row_label)}<span>{escape(citation.column)}</span>'
        f"<b>{escape(printed_value(citation))}</b></p>"
    )
    cited = {
        (each.row, each.column_no): each.n
        for each in citations
        if isinstance(each, TableCitation) and each.table_id == citation.table_id
    }
    return (
        f'<div class="source"><h3>{escape(title)}</h3><p class="facts">{_facts(facts)}</p>'
        f"{_checks(warehouse, table)}{lead}"
        f'<div class="grid-scroll" tabindex="0"><table class="grid"><thead>{_head(table, citation.column_no)}</thead>'
        f"<tbody>{''.join(_body(table, citation, cited))}</tbody></table></div></div>"
    )


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
    holding = sum(each.result == "holds" or each.is_rounding for each in findings)
    wrong = [each.message for each in findings if each.result == "differs" and not each.is_rounding]
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


def _head(table: TableRecord, column_no: int) -> str:
    spans, name = header_spans(table.grid[: table.header_rows]), _name_column(table)
    rows = []
    for r, row in enumerate(table.grid[: table.header_rows]):
        cells = []
        for c, text in enumerate(row):
            if (r, c) not in spans:
                continue
            height, width = spans[r, c]
            is_cited, is_name = c < column_no <= c + width, width == 1 and c + 1 == name
            classes = _classes("name" if is_name else "", "cited-column" if is_cited else "")
            cells.append(f'<th rowspan="{height}" colspan="{width}"{classes}>{escape(text)}</th>')
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return "".join(rows)


def header_spans(rows: Sequence[Sequence[str]]) -> dict[tuple[int, int], tuple[int, int]]:
    """How far each header cell reaches (rows, columns): to the right over blanks with a header under them, else down.

    >>> header_spans((("科目", "基本支出", ""), ("", "人员", "公用")))
    {(0, 0): (2, 1), (0, 1): (1, 2), (1, 1): (1, 1), (1, 2): (1, 1)}
    """
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if (r, c) in covered:
                continue
            height, width = _reach(rows, r, c) if text.strip() else (1, 1)
            spans[r, c] = (height, width)
            covered |= {(r + i, c + j) for i in range(height) for j in range(width)}
    return spans


def _reach(rows: Sequence[Sequence[str]], r: int, c: int) -> tuple[int, int]:
    def is_blank(row: int, column: int) -> bool:
        return row < len(rows) and column < len(rows[row]) and not rows[row][column].strip()

    width = 1
    while is_blank(r, c + width) and r + 1 < len(rows) and not is_blank(r + 1, c + width):
        width += 1
    height = 1
    while width == 1 and is_blank(r + height, c):
        height += 1
    return height, width


def _body(table: TableRecord, citation: TableCitation, cited: dict[tuple[int, int], int]) -> Iterator[str]:
    body = list(enumerate(table.grid[table.header_rows :], 1))
    width = max((len(row) for row in table.grid), default=1)
    codes, name = _code_columns(table), _name_column(table)
    first = max(0, min(citation.row - MAX_ROWS // 2, len(body) - MAX_ROWS))
    window = body[first : first + MAX_ROWS]
    yield _omitted(first, width)
    for number, row in window:
        cells = (
            _cell(text, (number, column), citation, cited, is_code=column in codes, is_name=column == name)
            for column, text in enumerate(row, 1)
        )
        yield f"<tr{_classes('cited-row' if number == citation.row else '')}>{''.join(cells)}</tr>"
    yield _omitted(len(body) - first - len(window), width)


def _code_columns(table: TableRecord) -> set[int]:
    """Columns whose digits are names, not numbers."""
    return {c for row in table.grid[: table.header_rows] for c, text in enumerate(row, 1) if "码" in text}


def _name_column(table: TableRecord) -> int:
    """The column that says what a row is: of the first three the one with the most different words."""
    body = table.grid[table.header_rows :]
    widest = max((len(row) for row in body), default=0)
    texts = {
        column: {row[column - 1] for row in body if column <= len(row) and re.search("[一-鿿]", row[column - 1])}
        for column in range(1, min(widest, 3) + 1)
    }
    return max(texts, key=lambda column: (len(texts[column]), -column), default=0)


def _omitted(rows: int, width: int) -> str:
    return f'<tr class="omitted"><td colspan="{width}">…… 另有 {rows} 行 ……</td></tr>' if rows > 0 else ""


def _cell(
    text: str,
    place: tuple[int, int],
    citation: TableCitation,
    cited: dict[tuple[int, int], int],
    is_code: bool,
    is_name: bool,
) -> str:
    is_chosen = place == (citation.row, citation.column_no)
    classes = _classes(
        "number" if not is_code and parse_number(text) is not None else "",
        "name" if is_name else "",
        "long" if len(text) > LONG_TEXT else "",
        "cited-column" if place[1] == citation.column_no else "",
        "also-cited" if place in cited and not is_chosen else "",
        "cited-cell" if is_chosen else "",
    )
    mark = f"<sup>{cited[place]}</sup>" if place in cited else ""
    return f"<td{classes}>{escape(text)}{mark}</td>"


def _classes(*names: str) -> str:
    used = " ".join(filter(None, names))
    return f' class="{used}"' if used else ""


def _text_evidence(warehouse: Warehouse, citation: TextCitation) -> str:
    paragraph = printed_paragraph(warehouse, citation.paragraph_id)
    if paragraph is None:
        return _missing(citation.quote)
    path = "".join(f"<li>{escape(heading)}</li>" for heading in paragraph.section)
    facts = _facts([_title(warehouse, citation), citation.document, f"第 {citation.page} 页" if citation.page else ""])
    marked = mark_quote(paragraph.text, citation.quote)
    return (
        f'<div class="source"><ol class="path">{path}</ol><p class="facts">{facts}</p>'
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
    rest = _omitted(len(answer.rows) - MAX_ROWS, len(answer.columns))
    return (
        f'<div class="grid-scroll"><table class="grid"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}{rest}</tbody></table></div>"
    )


def _result_cell(value: str) -> str:
    number = parse_number(value) if "." in value else None
    shown = f"{number:,.2f}" if number is not None else value
    return f"<td{_classes('number' if parse_number(value) is not None else '')}>{escape(shown)}</td>"
