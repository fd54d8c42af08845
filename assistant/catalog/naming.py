"""What of a document gives names to what: tables, rows, columns, sentences, heads of forms."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import product
from typing import Final

from assistant.catalog.forms import FUNDS_OF_FORM, TASKS_OF_FORM
from assistant.catalog.surfaces import Names
from assistant.catalog.types import Link, Table
from assistant.understand.wording import normalise, suffixed_forms, wording_rules
from index.ordinals import without_ordinal
from index.records import ParagraphRecord, StatementRecord

FORMS: Final = ("绩效指标表", "绩效目标表")
"""Kinds whose rows aren't known by what their other text columns print, as those of others are (政府经济分类)."""

_OF_WHOLE: Final = re.compile(r"^(?:本|各|我)?(?:部门|预算单位|单位)(?=.{4})")
"""What of a sentence's subject only says that it speaks of the whole (部门政府采购)."""

_SHORT_NUMBER: Final = re.compile(r"^[附公开部门预算]+表")
"""What a table's number begins with that people leave out (附表4-9)."""

_PLAIN_NUMBER: Final = re.compile(r"(?:附|公开|部门|预算)*(?:表0?(?P<behind>\d{1,2})|0?(?P<before>\d{1,2})表)")
"""A table's number without parts, whichever side of 表 it is printed on (公开08表, 表8)."""

_BOTH_SIDES: Final = re.compile(r".{2,}收支(?=(?:预算)?总)")
"""The title of a table of income and spending, without what says that it is a table: one only as a place."""

_INSIDE: Final = ("里", "中", "表")

_CATEGORY_LINE: Final = re.compile("(货物|工程|服务)类?([abc])")
_LONGEST_CATEGORY: Final = 10
_CODE: Final = re.compile(r"5\d{2}(?:\d{2})?")
"""A code of the government's economic classification, where a table prints it beside the department's."""

_TOTALS: Final = ("合计", "总计", "小计", "总额")
"""Headers of the column that is the whole of what the header above them names."""

_FUNDS: Final = "资金总额"
_TELLING: Final = 5
"""Characters that a label cut off in print must have to be a name of its own."""


def _numbers_of(number: str) -> tuple[str, ...]:
    """The ways to write a table's number: as it is printed, shorter, on either side of 表, with or without a zero."""
    match = _PLAIN_NUMBER.fullmatch(number)
    value = int(match["behind"] or match["before"]) if match else 0
    plain = (f"表{value}", f"表{value:02}", f"{value:02}表", f"公开{value:02}表", f"公开表{value}") if match else ()
    return tuple(filter(None, dict.fromkeys((number, _SHORT_NUMBER.sub("表", number), *plain))))


def add_table(names: Names, table: Table) -> None:
    for title in dict.fromkeys((table.title, table.kind, *_short_titles(table.title))):
        if title in ("其他表", ""):
            continue
        names.add_form(title, Link("table", table.table_id, table.table_id, name=title))
    if table.title.endswith(TASKS_OF_FORM):
        for form in (TASKS_OF_FORM[1:], "主要任务"):
            names.add_form(form, Link("table", table.table_id, table.table_id, name=table.title))
    for number in _numbers_of(table.table_no or ""):
        names.add_form(number, Link("table", table.table_id, table.table_id, name=table.table_no or ""))
    for alias in wording_rules()["tables"].get(table.kind, ()):
        names.add_form(alias, Link("table", table.table_id, table.table_id, 0.9, "alias", table.title))
    if table.subject:
        names.add(table.subject, Link("table", table.table_id, table.table_id))
    for row in table.rows:
        link = Link("row", row.row_id, table.table_id, name=row.label)
        if row.code:
            names.add_form(row.code, link)
        if row.code_system == "单位":
            if row.unit:
                names.add_form(row.label, Link("unit", row.unit, name=row.unit))
            continue
        names.add(row.label, link)
        if table.title.endswith(FUNDS_OF_FORM) and row.label.endswith(_FUNDS):  # 年度预算资金总额
            names.add_form(_FUNDS, replace(link, score=0.95, match="near"))
        printed = without_ordinal(row.printed_label)
        if table.kind == "绩效指标表" and "、" in row.label:  # several indicators in one line
            for part in row.label.split("、"):
                names.add_form(part, replace(link, score=0.95, match="near"))
        is_cut = normalise(row.label).startswith(normalise(printed))
        if not is_cut or len(printed) >= _TELLING:
            names.add(printed, link)
        if match := _CATEGORY_LINE.fullmatch(normalise(row.label)):  # 三、服务C
            for form in ("{0}{1}", "{0}类{1}", "{0}({1})", "{0}类({1})", "{1}类{0}", "{1}类"):
                names.add_form(form.format(*match.groups()), link)
        if row.code and row.code_system == "采购品目":
            for category in wording_rules()["purchase_categories"].get(row.code[0], ()):
                names.add_form(category, Link("attribute", row.row_id, table.table_id, 0.9, name=category))
    for column in table.columns:
        if column.of_other_period:  # found by the year, not by name
            continue
        head, _, leaf = column.path.rpartition("/")
        whole = [head.rsplit("/", 1)[-1]] if column.measure is None and normalise(leaf) in _TOTALS else []
        for name in dict.fromkeys((column.measure or leaf, leaf, *whole)):
            if not re.search(r"20\d\d", name):
                names.add(
                    re.sub(r"[（(](?:[A-Z]|万?元).*?[)）]", "", name),
                    Link("column", str(column.number), table.table_id),
                )


def _short_titles(title: str) -> Iterator[str]:
    """A title without year, level and office before it, what stands in brackets behind, and words that say nothing."""
    name = re.sub(wording_rules()["title_head"], "", normalise(title))
    bare = re.sub(r"\([^()]*\)$", "", name)
    yield from (name, bare, bare.replace("情况", ""), bare.replace("体情况", ""), bare.split(":")[0])
    if both := _BOTH_SIDES.match(bare):
        yield from (f"{both.group()}{word}" for word in _INSIDE)


def add_attribute(names: Names, text: str, row_id: str) -> None:
    """What a text column prints of a row; a code there (政府经济分类 502) names it as well as its own."""
    table_id = row_id.rsplit(".r", 1)[0]
    names.add(text, Link("attribute", row_id, table_id, 1.0 if _CODE.fullmatch(text) else 0.7))
    for said in wording_rules()["government"].get(text, ()):
        names.add_form(said, Link("attribute", row_id, table_id, 1.0, "alias", text))


def _purchase_forms(subject: str) -> Iterator[str]:
    """How the goods, works and services bought are called, where a sentence is about one of them."""
    said = [forms for forms in wording_rules()["purchase_categories"].values() if forms[0].rstrip("类") in subject]
    is_bought = "采购" in subject or subject.startswith("购买")  # 政府购买服务 is something else
    if is_bought and len(subject) <= _LONGEST_CATEGORY and len(said) == 1:
        yield from said[0]
        for form in (said[0][0].rstrip("类"), *said[0]):
            yield from suffixed_forms(form)


def _bounded_forms(subject: str, subjects: Collection[str]) -> Iterator[str]:
    """``单位价值50万元以上通用设备`` as people say it: 单价50万以上的通用设备.

    Not where what is held and what is bought are both stated, which only words elsewhere in a question tell apart.
    """
    if any(other != subject and (other.endswith(subject) or subject.endswith(other)) for other in subjects):
        return
    said: list[str] = wording_rules()["unit_value"]
    found = re.fullmatch(rf"(.{{0,6}}?)(?:{'|'.join(said)})?在?(\d+万)元?以上的?(.+)", normalise(subject))
    if found:
        head, bound, thing = found.groups()
        if bound == "100万":
            yield from (
                f"{head}{said}{of}{thing}"
                for said in ("上百万", "上百万元", "上百万一台", "百万以上", "百万元以上")
                for of in ("", "的")
            )
        for value, yuan, of in product(("", *said), ("", "元"), ("", "的")):
            yield f"{head}{value}{bound}{yuan}以上{of}{thing}"


_OF_VEHICLES: Final = ("辆", "台")


def add_prose(names: Names, statements: Iterable[StatementRecord], paragraphs: Iterable[ParagraphRecord]) -> None:
    statements = list(statements)
    subjects = {statement.subject for statement in statements}
    for statement in statements:
        link = Link("statement", statement.statement_id, score=0.8, name=statement.subject)
        names.add(statement.subject, link)
        if whole := _OF_WHOLE.sub("", statement.subject):
            names.add(whole, link)
        for form in (*_purchase_forms(statement.subject), *_bounded_forms(statement.subject, subjects)):
            names.add_form(form, link)
        if statement.number_unit in _OF_VEHICLES and statement.subject.endswith("用车"):
            names.add_form(f"{statement.subject.removesuffix('用车')}车", link)  # 执法执勤车
        for said in wording_rules()["tables"].values():
            if normalise(statement.subject) in said:
                for alias in said:
                    names.add_form(alias, link)
    for paragraph in paragraphs:
        if paragraph.subject and paragraph.role in ("duty", "definition", "goal"):
            names.add(paragraph.subject, Link("passage", paragraph.paragraph_id, score=0.8))
