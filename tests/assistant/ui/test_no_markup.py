"""Whatever stands in a question or a document is shown as text: nothing of it is rendered, fetched or run anywhere."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook

from assistant.answer import Answer, Clarify
from assistant.papers.chart import chart_svg, charted
from assistant.papers.docx import letter_docx, record_docx
from assistant.papers.letter import draft_letter
from assistant.papers.places import SourceNames, source_names
from assistant.papers.record import record_of
from assistant.papers.sheets import evidence_pack, list_csv, list_sheet, talk_pack
from assistant.talks import Turn
from assistant.ui.evidence import evidence_panel, query_panel
from assistant.ui.messages import problem_message, suggestions, turn_message
from index.money import parse_number
from index.warehouse import Warehouse
from tests.doubles import TEXT_CITATION, FixtureEngine, table_citation

HOSTILE = (
    "<img src=http://example.com/x onerror=alert(1)>", "<script>alert(1)</script>", "![x](http://example.com/a.png)",
    "[y](javascript:alert(1))", '" onmouseover="alert(1)', "' style='background:url(http://example.com)", "</p></div>",
    "${alert(1)}", "{{x}}", "<!--", "]]>", "&lt;b&gt;", "**", "[1]", "[99]", "=HYPERLINK(1)", "+1", "-1", "@SUM(1)",
    "\t=1", "\r=1", "~~x~~", "\\", "`", "\u202e", "\x00", "\ud800", "\n", "|", "万元",
)  # fmt: skip
texts = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=4), min_size=1, max_size=5).map("".join)

TAGS = frozenset({
    "article", "b", "blockquote", "br", "button", "caption", "code", "dd", "details", "div", "dl", "dt",
    "em", "figcaption", "footer", "h2", "h3", "header", "i", "li", "mark", "nav", "ol", "p", "pre",
    "section", "small", "span", "strong", "sup", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul",
})  # fmt: skip
STYLE = re.compile(r"width:[\d.]+%")
OUTSIDE = frozenset({"src", "href", "srcset", "action", "formaction", "background", "poster", "data", "xlink:href"})


class Shown(HTMLParser):
    """Collects what a browser would make of HTML: tags, and attributes that lead somewhere or run something."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.leading: list[tuple[str, str | None]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            runs = name.startswith("on") or name in OUTSIDE
            if runs or (name == "style" and not STYLE.fullmatch(value or "")):
                self.leading.append((name, value))

    def handle_comment(self, data: str) -> None:
        self.tags.add("a comment")


def require_plain(html: str) -> None:
    """Only the page's own elements, nothing that leads elsewhere, nothing that the page's component would fill in."""
    shown = Shown(html)
    assert shown.tags <= TAGS and not shown.leading, html
    assert "${" not in html and "{{" not in html, html


def answer_of(question: str, label: str, quote: str) -> Answer:
    """A list of five amounts, a quotation and all that may stand around them, each with text from elsewhere."""
    line = " ".join(label.split()) or "项"
    lines = [f"- {line}{n}：**{n}.69 万元**[{n}]" for n in range(1, 6)]
    told = {
        "row_label": label,
        "table_title": label,
        "unit_name": label,
        "column": label,
        "document": label,
        "code": label,
    }
    cited = [table_citation(n, n).model_copy(update=told) for n in range(1, 6)]
    prose = TEXT_CITATION.model_copy(update={"n": 6, "quote": quote, "section": [quote], "document": label})
    return Answer(
        id="", question=question, standalone_question=question, route="both", refused=False,
        answer="\n".join([label, *lines, f"> {quote}[6]", f"⚠ {quote}"]), citations=[*cited, prose],
        clarify=Clarify(question=quote, options=[label]), sql=f"SELECT '{label}'", columns=[label, quote],
        rows=[[label, quote]], unanswered=[label], notes=[quote], follow_ups=[label],
    )  # fmt: skip


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    return FixtureEngine(tmp_path_factory.mktemp("small")).warehouse


@pytest.fixture(scope="module")
def names(warehouse: Warehouse) -> SourceNames:
    return source_names(warehouse)


few = settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])


@few
@given(question=texts, label=texts, quote=texts)
def test_the_page_shows_text_as_text(warehouse: Warehouse, question: str, label: str, quote: str) -> None:
    answer = answer_of(question, label, quote)
    require_plain(turn_message(Turn(1, question, "", answer=answer), has_model=True))
    require_plain(turn_message(Turn(1, question, "", problem=quote)))
    require_plain(problem_message(question) + suggestions(label, [question, quote], "examples"))
    require_plain(query_panel(answer))
    for n in (1, 6, 99):
        require_plain(evidence_panel(warehouse, answer, 1, n))


@few
@given(question=texts, label=texts, quote=texts)
def test_a_chart_holds_nothing_but_bars_and_text(question: str, label: str, quote: str) -> None:
    answer = answer_of(question, label, quote)
    if charted(answer):
        root = etree.fromstring(chart_svg(answer, [quote]).encode("utf-8"))
        assert {etree.QName(each).localname for each in root.iter()} <= {"svg", "rect", "text", "path"}
        assert not any(name.startswith("on") or "href" in name for each in root.iter() for name in each.attrib)


@few
@given(question=texts, label=texts, quote=texts)
def test_spreadsheets_hold_no_formula(names: SourceNames, question: str, label: str, quote: str) -> None:
    answer = answer_of(question, label, quote)
    for content in (evidence_pack(answer, names), talk_pack({1: answer}, names), list_sheet(answer, names)):
        for sheet in load_workbook(io.BytesIO(content)):
            cells: list[Any] = [cell for row in sheet.iter_rows() for cell in row]
            assert not any(cell.data_type == "f" or cell.hyperlink for cell in cells)
    for row in csv.reader(io.StringIO(list_csv(answer, names).decode("utf-8-sig"))):
        for cell in row:
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")) or parse_number(cell) is not None, cell


@few
@given(question=texts, label=texts, quote=texts)
def test_a_letter_and_a_record_hold_no_link_and_no_field(
    names: SourceNames, question: str, label: str, quote: str
) -> None:
    answer = answer_of(question, label, quote)
    letter = draft_letter([answer], names, date(2026, 1, 2), incoming=question)
    record = record_of(question, [Turn(1, question, "", answer=answer)], names, date(2026, 1, 2))
    for content in (letter_docx(letter), record_docx(record)):
        with ZipFile(io.BytesIO(content)) as archive:
            parts = {etree.QName(each).localname for each in etree.fromstring(archive.read("word/document.xml")).iter()}
            related = archive.read("word/_rels/document.xml.rels")
        assert not parts & {"hyperlink", "fldSimple", "instrText", "object", "altChunk"}
        assert b'TargetMode="External"' not in related


def test_what_is_looked_for_is_found(tmp_path: Path) -> None:
    """The test itself sees markup where there is some."""
    for html in ("<img src=x>", "<p onclick='x'>", "<p style='color:red'>", "<!-- x -->", "${x}"):
        with pytest.raises(AssertionError):
            require_plain(html)
