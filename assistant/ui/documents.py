"""The list of what is loaded, to look at and to choose from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.checking.report import holding_and_differing
from assistant.sources import LoadedDocument, loaded_documents
from assistant.ui.html import escape
from index.records import DocumentRecord

if TYPE_CHECKING:
    from index.warehouse import Warehouse


def short_name(record: DocumentRecord) -> str:
    """``广州市统计局 2026 预算``."""
    return " ".join(filter(None, (record.unit_name, str(record.year or ""), record.document_type)))


def documents_table(warehouse: Warehouse, removable: bool = False) -> str:
    """A row for each document with a box to choose it: whose, which year, what was read, what the checks say.

    ``removable``: with a button to take it out.
    """
    documents = sorted(loaded_documents(warehouse), key=lambda each: (each.record.unit_name, -(each.record.year or 0)))
    years = sorted({str(each.record.year) for each in documents if each.record.year}, reverse=True)
    types = sorted({each.record.document_type for each in documents})
    rows = "".join(_row(warehouse, each, removable) for each in documents)
    return (
        f'<div class="filters"><input type="search" id="scope-words" placeholder="单位、地方或文件名" '
        f'aria-label="找文件">{_select("scope-year", "年份", years)}{_select("scope-type", "预算或决算", types)}</div>'
        '<div class="grid-scroll"><table class="grid"><thead><tr><th>选</th><th>单位</th><th>年份</th><th>类别</th>'
        f"<th>读出</th><th>核对</th><th>文件</th>{'<th>移出</th>' if removable else ''}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def _select(name: str, title: str, values: list[str]) -> str:
    options = "".join(f"<option>{escape(value)}</option>" for value in values)
    return f'<select id="{name}" aria-label="{title}"><option value="">{title}：全部</option>{options}</select>'


def _row(warehouse: Warehouse, document: LoadedDocument, removable: bool) -> str:
    record = document.record
    read = f"{document.tables} 张表、{document.figures} 格、{document.paragraphs} 段"
    facts = (record.unit_name, str(record.year or "—"), f"{record.unit_level}{record.document_type}", read)
    cells = "".join(f"<td>{escape(fact)}</td>" for fact in facts)
    checked = "；".join(_checked(warehouse, record.document_id)) or "没有可核对的"
    words = escape(" ".join(filter(None, (record.unit_name, record.region, record.title, record.file))))
    return (
        f'<tr data-words="{words}" data-year="{record.year or ""}" data-type="{escape(record.document_type)}">'
        f'<td><input type="checkbox" value="{record.document_id}" data-name="{escape(short_name(record))}" '
        f'aria-label="{escape(short_name(record))}"></td>{cells}<td>{escape(checked)}</td>'
        f"<td>{escape(record.file)}</td>{_removal(record) if removable else ''}</tr>"
    )


def _removal(record: DocumentRecord) -> str:
    name = escape(short_name(record))
    return f'<td><button type="button" data-remove="{record.document_id}" aria-label="移出 {name}">移出</button></td>'


def _checked(warehouse: Warehouse, document_id: str) -> Iterator[str]:
    holding, differing = holding_and_differing(warehouse.findings(document_id))
    if holding:
        yield f"{holding} 项相符"
    if differing:
        yield f"{len(differing)} 项对不上"
