"""An answer in the terminal: text, warnings, sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.markdown import Markdown
from rich.panel import Panel
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text

from assistant.answer import Answer, Citation, TableCitation
from assistant.explain import Fact


def render(answer: Answer, with_sql: bool = False) -> Group:
    """Everything of an answer that a reader wants to see."""
    return Group(*_parts(answer, with_sql))


def _parts(answer: Answer, with_sql: bool) -> Iterator[RenderableType]:
    yield Markdown(answer.answer)
    if answer.clarify:
        yield _bullets(answer.clarify.question, answer.clarify.options, "cyan")
    if answer.engine == "model":
        yield Text("语言模型参与了读题；数字都是程序从文件里取出或算出的。", style="dim")
    for note in (note for note in answer.notes if note not in answer.answer):
        yield Panel(Text(note), title="注意", title_align="left", border_style="yellow", expand=False)
    if answer.citations:
        yield _sources(answer.citations)
    if with_sql and answer.sql:
        yield Syntax(answer.sql, "sql", word_wrap=True, background_color="default")
    if answer.follow_ups:
        yield _bullets("可以这样问：" if answer.refused else "可以接着问：", answer.follow_ups, "dim")


def render_facts(facts: Iterable[Fact]) -> Table:
    """What a question was taken to mean, a line each."""
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(style="cyan", no_wrap=True)
    table.add_column(overflow="fold")
    for fact in facts:
        table.add_row(Text(fact.name), Text(fact.text))
    return table


def _bullets(lead: str, lines: list[str], style: str) -> Text:
    return Text("\n".join([lead, *(f"  · {line}" for line in lines)]), style=style)


def _sources(citations: list[Citation]) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False, title="出处", title_justify="left", title_style="dim")
    table.add_column(style="cyan", no_wrap=True)
    table.add_column(overflow="fold")
    for citation in citations:
        table.add_row(Text(f"[{citation.n}]"), Text(describe(citation)))
    return table


def describe(citation: Citation) -> str:
    """A citation on one line: document, place, and what stands there."""
    page = f"第 {citation.page} 页" if citation.page else ""
    if isinstance(citation, TableCitation):
        place = " ".join(filter(None, (citation.table_no, citation.table_title, page)))
        cell = " / ".join(filter(None, (citation.code, citation.row_label, citation.column)))
        return f"{citation.document}，{place}：{cell} = {printed_value(citation)}"
    place = " › ".join(filter(None, (*citation.section, page)))
    return f"{citation.document}，{place}：“{citation.quote}”"


def printed_value(citation: TableCitation) -> str:
    """The cell as printed, with its unit."""
    return f"{citation.value or '（空）'}{f' {citation.unit}' if citation.unit and citation.value else ''}"
