"""What a paragraph does: states a duty, explains a term or sets a goal, and whose."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from index.naming import department_of
from index.ordinals import rank, without_ordinal
from index.prose import OutlinedParagraph

_DUTY_SECTION: Final = re.compile(r"职\s*[能责]|机构设置|内设机构|主要工作任务")
_TERM_SECTION: Final = re.compile(r"名词|术语")
_GOAL_SECTION: Final = re.compile(r"绩效")
_DEPARTMENT_GOALS: Final = re.compile(r"(?:部门|单位)整体")

_ORGAN: Final = re.compile(
    r"([^，,。；;：:（(\d\s]{2,18}?(?:股|室|科|处|中心|办公室|局|队|站|所|部|组|委|院|馆|会|办|司))"
    r"(?:[（(][^）)]{1,20}[）)])?\s*[。：:．.]\s*(?=.{6,})"
)
_DUTY_LEAD: Final = re.compile(r"(.{2,40}?)的?主要(?:职[能责]|工作任务|任务)(?:任务)?(?:有|是|为|如下|包括)?\s*[:：]?")
_DUTY_VERB: Final = re.compile(
    r"负责|承担|贯彻|落实|拟[订定]|制[订定]|组织|指导|监督|管理|执行|研究|协调|统筹|承办|安排|完成|推[进动]|办理|开展|协助|编制|参与"
)
_DEFINED: Final = re.compile(r"([^：:。；;，,]{2,40})[：:]\s*(?=\S)")
_EXPLAINS: Final = re.compile(r"(?:是?指|反映)")
_GOAL: Final = re.compile(r"(?:(?:长期|年度|总体|中期)?目标\s*\d+\s*[:：])|.{0,30}绩效(?:总|总体|年度)?目标(?:是|为)")
_PRONOUN: Final = re.compile(r"(?:本|我)(?:部门|单位|局|委|办|院|中心)?|部门|单位")


def assign_roles(paragraphs: tuple[OutlinedParagraph, ...]) -> tuple[OutlinedParagraph, ...]:
    """Fill in the roles duty, definition and goal with their subjects; headings and contents stay as they are."""
    state = _Running(department=department_of(paragraphs))
    return tuple(state.assign(paragraph) for paragraph in paragraphs)


@dataclass(slots=True)
class _Running:
    """What earlier paragraphs say about the next: whose duties are being listed, which term is being explained."""

    department: str | None
    section: tuple[str, ...] = ()
    organ: str | None = None
    term: str | None = None

    def assign(self, paragraph: OutlinedParagraph) -> OutlinedParagraph:
        if paragraph.section != self.section:
            self.section, self.organ, self.term = paragraph.section, None, None
        if paragraph.role == "heading":
            self._read_lead_in(paragraph.text)
            return paragraph
        if paragraph.role != "plain":
            return paragraph
        return self._definition(paragraph) or self._duty(paragraph) or self._goal(paragraph) or paragraph

    def _read_lead_in(self, text: str) -> None:
        lead = _DUTY_LEAD.fullmatch(without_ordinal(text))
        if lead:
            self.organ = self._whose(lead.group(1))

    def _whose(self, name: str) -> str | None:
        return self.department if _PRONOUN.fullmatch(name.strip()) else name.strip()

    def _definition(self, paragraph: OutlinedParagraph) -> OutlinedParagraph | None:
        text = without_ordinal(paragraph.text)
        match = _DEFINED.match(text)
        numbered = rank(paragraph.text) is not None
        if _stands_under(paragraph, _TERM_SECTION):
            if match and (numbered or self.term is None or _EXPLAINS.match(text, match.end())):
                self.term = match.group(1).strip()
            return replace(paragraph, role="definition", subject=self.term) if self.term else None
        if match and numbered and _EXPLAINS.match(text, match.end()):
            return replace(paragraph, role="definition", subject=match.group(1).strip())
        return None

    def _duty(self, paragraph: OutlinedParagraph) -> OutlinedParagraph | None:
        if not _stands_under(paragraph, _DUTY_SECTION):
            return None
        text = without_ordinal(paragraph.text)
        lead = _DUTY_LEAD.match(text)
        organ = _ORGAN.match(text)
        if organ:
            return replace(paragraph, role="duty", subject=organ.group(1))
        if lead:
            self.organ = self._whose(lead.group(1))
            is_whole = lead.end() < len(text)
            return replace(paragraph, role="duty", subject=self.organ) if is_whole else None
        if rank(paragraph.text) is not None or _DUTY_VERB.match(text):
            return replace(paragraph, role="duty", subject=self.organ or self.department)
        return None

    def _goal(self, paragraph: OutlinedParagraph) -> OutlinedParagraph | None:
        if not _stands_under(paragraph, _GOAL_SECTION) or not _GOAL.match(without_ordinal(paragraph.text)):
            return None
        return replace(paragraph, role="goal", subject=_goal_owner(paragraph.section))


def _stands_under(paragraph: OutlinedParagraph, heading: re.Pattern[str]) -> bool:
    return any(heading.search(title) for title in paragraph.section)


def _goal_owner(section: tuple[str, ...]) -> str:
    """部门整体, or the project whose heading the goal stands under."""
    project = next((title for title in section if rank(title) == 3), None)
    if project is None or _DEPARTMENT_GOALS.search(project):
        return "部门整体"
    return without_ordinal(project)
