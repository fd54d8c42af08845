"""The dictionaries of questions are data that people extend: what a slip in them would break silently."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from assistant.catalog import DocumentCatalog
from assistant.understand.types import Intent, Operation
from assistant.understand.wording import aliases, normalise, question_words
from index.clean.table import CodeSystem
from index.dictionary import code_names, read_yaml
from index.kinds import KINDS
from index.naming import is_organ
from index.paths import DICTIONARY

FILES = sorted(DICTIONARY.glob("*.yaml"), key=lambda path: path.name)
ALIASES: dict[str, list[str]] = read_yaml("aliases.yaml")
NAMES: dict[str, Any] = read_yaml("names.yaml")
UNIT_NAMES: dict[str, Any] = read_yaml("unit_names.yaml")


class _StrictLoader(yaml.SafeLoader):
    """Refuses a key that stands twice, of which YAML would silently keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        if repeated := [key for key, count in Counter(keys).items() if count > 1]:
            raise ValueError(f"{repeated} stands twice: {node.start_mark}")
        return dict(super().construct_mapping(node, deep))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_key_stands_twice(path: Path) -> None:
    assert yaml.load(path.read_text(encoding="utf8"), _StrictLoader)


def test_the_strict_loader_sees_a_repeated_key() -> None:
    with pytest.raises(ValueError, match="差旅费"):
        yaml.load("差旅费: [出差]\n差旅费: [差旅]", _StrictLoader)


def _empty(entry: object, path: str) -> Iterator[str]:
    if isinstance(entry, dict):
        for key, value in entry.items():
            yield from _empty(value, f"{path}/{key}")
    elif entry in ([], "", None) or (isinstance(entry, list) and any(not str(e).strip() for e in entry)):
        yield path


@pytest.mark.parametrize(
    "name", ["question_words.yaml", "aliases.yaml", "unit_names.yaml", "related_words.yaml", "synonyms.yaml"]
)
def test_no_entry_is_empty(name: str) -> None:
    assert list(_empty(read_yaml(name), name)) == []


# Aliases


@pytest.mark.parametrize("name", ALIASES)
def test_an_alias_stands_once(name: str) -> None:
    said = Counter(normalise(alias) for alias in ALIASES[name])
    assert [alias for alias, count in said.items() if count > 1] == []


def test_canonical_names_differ_in_their_normal_forms() -> None:
    assert len(aliases()) == len(ALIASES)


def test_an_alias_of_a_printed_name_leads_to_its_row_or_column(seed_catalog: DocumentCatalog) -> None:
    """Over all names that the seed prints; ``linked`` counts them, so that this can't pass by finding none."""
    unreachable, linked = [], 0
    for name, said in aliases().items():
        printed = {(k.role, k.key) for k in seed_catalog.surfaces.get(name, ()) if k.match == "exact"}
        if not printed:
            continue
        linked += 1
        for alias in said:
            if not printed <= {(k.role, k.key) for k in seed_catalog.surfaces.get(alias, ())}:
                unreachable.append((name, alias))
    assert unreachable == []
    assert linked > 30


# Patterns


def _patterns(name: str) -> list[str]:
    def walk(entry: object) -> Iterator[str]:
        if isinstance(entry, dict):
            for value in entry.values():
                yield from walk(value)
        else:
            assert isinstance(entry, list)
            yield from map(str, entry)

    return list(walk(read_yaml(name)))


def test_every_pattern_of_a_question_word_matches_something_and_never_nothing() -> None:
    assert len(question_words()) == len(_patterns("question_words.yaml"))
    assert [word for word in question_words() if word.pattern.match("")] == []


@pytest.mark.parametrize("name", read_yaml("question_words.yaml"))
def test_no_pattern_stands_twice_in_one_entry(name: str) -> None:
    section = read_yaml("question_words.yaml")[name]
    for entry, patterns in (section if isinstance(section, dict) else {name: section}).items():
        assert [p for p, count in Counter(patterns).items() if count > 1] == [], entry


def test_patterns_of_related_words_compile() -> None:
    assert all(re.compile(pattern) for pattern in read_yaml("related_words.yaml"))


def test_question_words_name_what_the_grammar_knows() -> None:
    names = read_yaml("question_words.yaml")
    assert set(names["intents"]) <= set(get_args(Intent))
    beside = {"ordinal", "order", "versus", "more", "less", "gap", "points", "which", "except"}
    assert set(names["operations"]) - beside <= set(get_args(Operation))
    assert set(names["units"]) <= {"元", "万元", "亿元"}
    assert set(names["levels"]) <= {1, 2, 3}


# Names


def _kinds_named() -> Iterator[tuple[str, str]]:
    for section in ("tables", "preference", "broken_down"):
        for kind in NAMES[section]:
            yield section, kind
    for name, rule in NAMES["classes"].items():
        for kind in rule["kinds"]:
            yield f"classes/{name}", kind


@pytest.mark.parametrize("system", ["部门经济分类", "政府经济分类"])
def test_an_economic_item_is_no_organ_and_no_numbered_heading(system: str) -> None:
    assert not [name for name in code_names(system).values() if is_organ(name) or re.match(r"\d+[、.]", name)]


def test_every_kind_named_exists() -> None:
    assert [(section, kind) for section, kind in _kinds_named() if kind not in KINDS] == []


def test_every_kind_has_its_place_in_the_order_of_preference() -> None:
    assert sorted(NAMES["preference"]) == sorted(KINDS)


def test_classes_are_the_question_words_and_their_code_systems_exist() -> None:
    assert set(NAMES["classes"]) <= set(read_yaml("question_words.yaml")["classes"])
    systems = {rule["system"] for rule in NAMES["classes"].values() if "system" in rule}
    assert systems <= set(get_args(CodeSystem))
    assert {rule["side"] for rule in NAMES["classes"].values() if "side" in rule} <= {"收入", "支出"}


@pytest.mark.parametrize("whole", NAMES["parts"])
def test_a_figure_and_its_parts_are_columns_of_one_kind(whole: str) -> None:
    wanted = {whole, *NAMES["parts"][whole]}
    assert len(wanted) > 2
    assert [kind for kind in KINDS.values() if wanted <= {m.name for m in kind.measures}]


@pytest.mark.parametrize("section", ["suffixes", "added", "denials", "money", "generic", "unnameable"])
def test_a_word_stands_once(section: str) -> None:
    assert [word for word, count in Counter(NAMES[section]).items() if count > 1] == []


def test_totals_are_called_by_side_and_no_name_means_both() -> None:
    assert set(NAMES["totals"]) == {"收入", "支出"}
    assert set(NAMES["totals"]["收入"]) & set(NAMES["totals"]["支出"]) == set()


def test_the_head_of_a_unit_is_shortened() -> None:
    for head, short in UNIT_NAMES["heads"].items():
        assert all(len(form) < len(head) for form in short), head
