"""What the document holds: its offices, tables, glossary entries and goals, listed."""

from __future__ import annotations

from typing import Final

from assistant.answering.draft import Draft
from assistant.citations import marks
from assistant.understand.types import Understanding
from assistant.understand.wording import normalise
from index.prose import ParagraphRole
from index.records import ParagraphRecord

_MOST_GOALS: Final = 10


def list_terms(draft: Draft, asked: Understanding) -> bool:
    """The terms that the glossary explains."""
    return "names" in asked.classes and list_subjects(draft, "definition", "解释的名词有")


def list_subjects(draft: Draft, role: ParagraphRole, lead: str) -> bool:
    """The subjects of all paragraphs of one role, each with its first paragraph."""
    first: dict[str, ParagraphRecord] = {}
    for paragraph in _of_role(draft, role):
        first.setdefault(paragraph.subject or "", paragraph)
    if not first:
        return False
    draft.lines.append(f"{draft.heading}{lead} {draft.named(str(len(first)))} 个：")
    draft.lines += [f"- {name}{marks([draft.cite_passage(p, p.text)])}" for name, p in first.items()]
    draft.route = "text"
    return True


def list_tables(draft: Draft, asked: Understanding) -> bool:
    """The tables of the document with number, title, unit and state."""
    if "tables" not in asked.classes:
        return False
    tables = list(draft.contents.tables.values())
    draft.lines.append(f"{draft.heading}有 {draft.named(str(len(tables)))} 张表：")
    for table in tables:
        name = draft.named(" ".join(filter(None, (table.table_no, table.title, table.subject))))
        unit = f"（{table.unit}）" if table.unit else ""
        note = f"：{table.note}[{_declared(draft, table.table_id)}]" if table.state == "declared_empty" else ""
        draft.lines.append(f"- {name}{unit}{note}")
    draft.route = "text"
    return True


def _declared(draft: Draft, table_id: str) -> int:
    return draft.citations.declared(draft.contents.record, draft.contents.tables[table_id])


def answer_goals(draft: Draft, asked: Understanding) -> bool:
    """Goals that the prose states: of the whole department, or of the project named; 年度 or 长期 where asked."""
    said = next((t.text for t in asked.tokens if t.group == "classes" and t.name == "goal"), "")
    if "goal" not in asked.classes or asked.operation not in ("lookup", "list"):
        return False
    names = {normalise(link.name) for o in asked.operands for t in o.terms for link in t.links}
    goals = [p for p in _of_role(draft, "goal") if not names or normalise(p.subject or "") in names]
    period = next((word for word in ("年度", "长期", "中期") if word in said), "")
    if not names:
        goals = [p for p in goals if p.section and normalise(said).removeprefix("绩效") in normalise(p.section[-1])]
    elif period:
        goals = [p for p in goals if period in p.text or any(period in heading for heading in p.section)]
    if not goals:
        return False
    draft.lines.append(f"{draft.heading}写道：")
    draft.lines += [f"> {p.text}[{draft.cite_passage(p, p.text)}]" for p in goals[:_MOST_GOALS]]
    draft.route = "text"
    return True


def _of_role(draft: Draft, role: ParagraphRole) -> list[ParagraphRecord]:
    return [p for p in draft.contents.paragraphs.values() if p.role == role and p.subject]
