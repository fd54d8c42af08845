"""Saying no: what is missing, and the nearest thing that is there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from rapidfuzz import fuzz, process

from assistant.answering.draft import Draft
from assistant.scope import ScopeProblem, document_name
from assistant.understand.types import Understanding


def refuse(draft: Draft, asked: Understanding, unknown: list[str]) -> None:
    """Writes the refusal."""
    draft.route = "refuse"
    if asked.intent == "instruction":
        draft.lines.append("我只回答对预算文件的查询，不代写、不修改、不预测。")
        return
    if unknown:
        listed = "、".join(f"“{word}”" for word in dict.fromkeys(unknown))
        draft.lines.append(f"《{_document(draft)}》里没有与{listed}有关的内容，无法回答。")
    else:
        draft.lines.append(nothing_found(draft))
    if near := _nearest(draft, [*unknown, *(o.text for o in asked.operands)] or [asked.question]):
        draft.lines.append(f"文件里相近的项目有：{'、'.join(near)}。")
        lead = f"{document_name(draft.contents.record)}：" if len(draft.library.documents) > 1 else ""
        draft.instead += [f"{lead}{label}是多少？" for label in near]


def refusal(draft: Draft, line: str) -> Draft:
    """A refusal in place of a draft, in one line."""
    return replace(draft, route="refuse", lines=[line], figures=[])


def nothing_found(draft: Draft) -> str:
    """That a document, or that all of them, tell nothing of what is asked."""
    if draft.catalog.document_id not in draft.library.documents:
        return "在已载入的文件里没有找到能回答这个问题的数据或文字。"
    return f"在《{_document(draft)}》里没有找到能回答这个问题的数据或文字。"


def units_missing(units: Iterable[str]) -> str:
    """That no figure of the units named was found."""
    told = "、".join(f"“{unit}”" for unit in units)
    return f"没有找到{told}的这个数；别的单位的数不能代替。"


def refuse_everyone(draft: Draft) -> None:
    """Says that an item can't be compared over all units."""
    draft.route = "refuse"
    draft.lines.append(
        "这个问题要比较所有单位，但问到的内容不是各单位共有的表里的一项（“三公”经费、收支总额、功能分类或经济分类科目），"
        "无法逐个比较。请指明一个或几个单位再问。"
    )


def scope_refusal(problem: ScopeProblem) -> str:
    """What of the scope asked for is not loaded, and what is."""
    return f"没有{problem.missing}。已载入：{problem.present}。别的单位、年度或口径的数不能代替。"


def _document(draft: Draft) -> str:
    return draft.contents.record.title


def _nearest(draft: Draft, words: list[str]) -> list[str]:
    labels = list(dict.fromkeys(row.label for row in draft.catalog.rows.values() if len(row.label) > 2))
    found = process.extract(" ".join(words), labels, scorer=fuzz.partial_ratio, limit=3, score_cutoff=67)
    return [label for label, _, _ in found]
