"""What the engine made of a question, in short Chinese facts: for who asks why it was answered so, and for ``eval``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from assistant.answer import Answer, Clarify
from assistant.catalog import DocumentCatalog, Link
from assistant.catalog.types import LinkRole, Match
from assistant.compose import Outcome
from assistant.reader import Reading, ReadQuestion
from assistant.scope import Choice, ScopeProblem, document_name
from assistant.understand.types import Comparison, Intent, Operand, Operation, Threshold, Token, Understanding

_MOST_PLACES: Final = 3
_MOST_DOCUMENTS: Final = 6
_OPERATIONS: Final[dict[Operation, str]] = {
    "lookup": "查数", "sum": "求和", "count": "计数", "mean": "平均", "max": "最大", "min": "最小", "top": "排名",
    "share": "占比", "ratio": "倍数", "difference": "相差", "change": "比上年", "list": "列出", "exists": "有没有",
}  # fmt: skip
_INTENTS: Final[dict[Intent, str]] = {
    "figure": "问数", "conflict": "问是否一致", "reason": "问原因", "definition": "问含义", "duty": "问职责",
    "who": "问由谁", "prose": "问用途等", "instruction": "下指令",
}  # fmt: skip
_COMPARISONS: Final[dict[Comparison, str]] = {
    "gt": ">", "ge": "≥", "lt": "<", "le": "≤", "eq": "=", "ne": "≠", "range": "在",
}  # fmt: skip
_ROLES: Final[dict[LinkRole, str]] = {
    "row": "行", "attribute": "行里的文字", "column": "列", "unit": "单位", "whole": "本部门", "table": "表",
    "statement": "正文里的数", "passage": "正文的段落",
}  # fmt: skip
_MATCHES: Final[dict[Match, str]] = {
    "exact": "", "near": "（相近）", "alias": "（别名）", "partial": "（部分）",
    "compound": "（合称）", "pinyin": "（同音）", "misprint": "（形近）",
}  # fmt: skip
_CLASSES: Final = {
    "function": "功能科目", "economic": "经济科目", "account": "科目", "project": "项目", "purchase": "采购品目",
    "unit": "单位", "indicator": "绩效指标", "goal": "绩效目标", "names": "名词", "tables": "各表",
    "income": "收入来源", "table": "表",
}  # fmt: skip
_ROUTES: Final = {"sql": "附表", "text": "正文", "both": "附表和正文", "clarify": "反问", "refuse": "拒答"}
_RELATIVE: Final = {"last": "上年", "next": "下年", "before_last": "前年", "every": "各年"}


class Fact(NamedTuple):
    """One thing understood: what it is about, and what was made of it."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """An answer with what the question was taken to mean. ``facts`` leave out what the question does not have."""

    answer: Answer
    facts: tuple[Fact, ...]


def explain(answer: Answer, outcomes: Sequence[Outcome], clarify: Clarify | None) -> Explanation:
    """The facts behind an answer, part by part. Of several documents the first one's understanding stands for all."""
    facts = []
    for outcome in outcomes:
        if len(outcomes) > 1:
            facts.append(Fact("这一问", outcome.part.question))
        reading = outcome.part.reading
        facts.append(Fact("范围", _scope(reading, outcome.problem, clarify)))
        if isinstance(reading, ReadQuestion) and outcome.draft:
            facts += _meaning(reading.asked, outcome.draft.catalog)
    facts.append(Fact("途径", _ROUTES[answer.route]))
    if answer.sql:
        facts.append(Fact("SQL", answer.sql))
    return Explanation(answer, tuple(fact for fact in facts if fact.text))


def _scope(reading: Reading, problem: ScopeProblem | None, clarify: Clarify | None) -> str:
    if isinstance(reading, Choice):
        return f"说不准是哪一份：{clarify.question if clarify else ''}"
    if problem:
        return f"没有{problem.missing}；有：{problem.present}"
    if not isinstance(reading, ReadQuestion):
        return ""
    names = [document_name(target.document) for target in reading.scope.targets]
    shown = "、".join(names[:_MOST_DOCUMENTS])
    more = f" 等 {len(names)} 份" if len(names) > _MOST_DOCUMENTS else ""
    return f"{reading.scope.everyone}{'：' if reading.scope.everyone else ''}{shown}{more}"


def _meaning(asked: Understanding, catalog: DocumentCatalog) -> Iterator[Fact]:
    yield Fact("问的是", "，".join(filter(None, (_INTENTS[asked.intent], _operation(asked)))))
    yield Fact("年份", "、".join([*(f"{year}年" for year in asked.years), *_relative(asked)]))
    yield Fact("名目", _operands(asked.operands, catalog))
    bases = [base for base in (asked.base, *asked.further_bases) if base]
    yield Fact("相对于", _operands(bases, catalog))
    yield Fact("按占比，占", "" if asked.share_of is None else _operands([asked.share_of], catalog) or "各项合计")
    yield Fact("除去", _operands(asked.excluded, catalog))
    level = [f"第 {asked.level} 级"] if asked.level else []
    yield Fact("哪类行", "、".join([*(_CLASSES[name] for name in asked.classes), *level]))
    yield Fact("条件", "；".join(_threshold(threshold, catalog) for threshold in asked.thresholds))
    yield Fact("折成", asked.asked_unit or "")
    yield Fact("没懂的词", "、".join(asked.leftover))


def _operation(asked: Understanding) -> str:
    order = f"{'从大到小' if asked.descending else '从小到大'}" if asked.operation == "top" else ""
    limit = f"前 {asked.limit}" if asked.operation == "top" and asked.limit else ""
    places = "、".join(f"第 {place}" for place in asked.ordinals)
    also = [text for wanted, text in (
        (asked.wants_count and asked.operation != "count", "并计数"),
        (asked.wants_sum and asked.operation != "sum", "并求和"),
        (asked.wants_reason and asked.intent != "reason", "并问原因"),
        (asked.of_each_unit, "各单位分别"),
    ) if wanted]  # fmt: skip
    return " ".join(filter(None, (_OPERATIONS[asked.operation], order, limit, places, *also)))


def _relative(asked: Understanding) -> Iterator[str]:
    if asked.relative_year:
        yield _RELATIVE.get(asked.relative_year, asked.relative_year)
    if asked.document_type:
        yield asked.document_type


def _threshold(threshold: Threshold, catalog: DocumentCatalog) -> str:
    if threshold.is_nested:
        bound = _operands([threshold.than], catalog) if threshold.than else "平均"
        return f"{_COMPARISONS[threshold.comparison]} {bound}"
    values = " 至 ".join(f"{value:f}" for value in threshold.values)
    return f"{_COMPARISONS[threshold.comparison]} {values} {threshold.unit or '（表的单位）'}"


def _operands(operands: Iterable[Operand], catalog: DocumentCatalog) -> str:
    """A name a line; names that narrow the one before are set off."""
    return "\n".join("\n  ＋ ".join(_operand(operand, catalog)) for operand in operands)


def _operand(operand: Operand, catalog: DocumentCatalog) -> Iterator[str]:
    if operand.added:
        yield f"相加：{'、'.join(member.text for member in operand.added)}"
    if operand.picked:
        yield f"选出：{_operation(operand.picked)} {operand.picked.question}"
    yield from (_term(term, catalog) for term in operand.terms)
    if operand.total:
        yield f"{operand.total}总计"
    if operand.context:
        yield f"在“{'”“'.join(term.text for term in operand.context)}”里"
    if operand.system:
        yield operand.system


def _term(term: Token, catalog: DocumentCatalog) -> str:
    """A name with what it is linked to: by role the best links, and in which tables they are."""
    best: dict[LinkRole, list[Link]] = {}
    for link in sorted(term.links, key=lambda link: -link.score):
        best.setdefault(link.role, []).append(link)
    linked = (f"{_ROLES[role]}{_MATCHES[links[0].match]} {_places(links, catalog)}" for role, links in best.items())
    return f"“{term.text}” → {'；'.join(linked) or '无'}"


def _places(links: list[Link], catalog: DocumentCatalog) -> str:
    """The places that links point at, those under one name together; of parts of names only the likeliest."""
    tables: dict[str, list[str]] = {}
    for link in links:
        tables.setdefault(_name(link, catalog), []).append(_table(link, catalog))
    most = 1 if links[0].match == "partial" else _MOST_PLACES
    shown = [f"{name}{_within(found)}" for name, found in tables.items()][:most]
    return "、".join(shown) + (f" 等 {len(tables)} 种" if len(tables) > most else "")


def _within(tables: list[str]) -> str:
    named = list(dict.fromkeys(filter(None, tables)))
    if not named:
        return ""
    return f"〔{'、'.join(named[:_MOST_PLACES])}{f' 等 {len(named)} 张表' if len(named) > _MOST_PLACES else ''}〕"


def _name(link: Link, catalog: DocumentCatalog) -> str:
    if link.role in ("row", "attribute") and link.key in catalog.rows:
        row = catalog.rows[link.key]
        return " ".join(filter(None, (row.code, row.label)))
    if link.role == "column":
        return catalog.column(link.table_id, link.key).path
    return link.name or link.key


def _table(link: Link, catalog: DocumentCatalog) -> str:
    if link.role not in ("row", "attribute", "column"):
        return ""
    table = catalog.tables[link.table_id]
    return table.table_no or re.sub(r"^20\d\d年(度)?", "", table.title)
