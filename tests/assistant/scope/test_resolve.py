"""Which documents a question and its conversation are about."""

from __future__ import annotations

import pytest

from assistant.scope import Choice, Named, Outcome, Scope, ScopeProblem, UnitRegister, continued, named_in, resolve
from index.records import DocumentRecord
from tests.assistant.scope.records import (
    AUDIT,
    AUDIT_FINAL,
    DOCUMENTS,
    EDUCATION,
    EDUCATION_BEFORE,
    FINANCE,
    OFFICE,
    OTHER_AUDIT,
    PARTS,
)  # fmt: skip

REGISTER = UnitRegister(DOCUMENTS, PARTS)
BUDGETS_2024 = [AUDIT, EDUCATION, FINANCE, OFFICE, OTHER_AUDIT]


def outcome(*questions: str) -> Outcome:
    """The scope of the last question in its conversation."""
    named: Named | None = None
    for question in questions:
        named = continued(named_in(question, REGISTER), named)
    assert named is not None
    return resolve(named, REGISTER)


def targets(*questions: str) -> list[tuple[DocumentRecord, int | None]]:
    """The documents meant, each with the year asked for."""
    found = outcome(*questions)
    assert isinstance(found, Scope), found
    return [(target.document, target.year) for target in found.targets]


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("教育局2023年的培训费", [(EDUCATION_BEFORE, 2023)]),
        ("审计局的车都交了，黄石市审计局2024年公车花多少", [(OTHER_AUDIT, 2024)]),
        ("教育局 ２０２４ 年的培训费", [(EDUCATION, 2024)]),
        ("教育局二〇二三年的培训费", [(EDUCATION_BEFORE, 2023)]),
        ("财政局的培训费", [(FINANCE, 2024)]),
        ("国库收付中心的培训费", [(FINANCE, 2024)]),
        ("通信中心的培训费", [(OFFICE, 2024)]),
        ("教育局2024年比2023年多多少培训费", [(EDUCATION, 2024), (EDUCATION_BEFORE, 2023)]),
        ("教育局两年的培训费", [(EDUCATION_BEFORE, 2023), (EDUCATION, 2024)]),
        ("教育局今年和去年的培训费各多少", [(EDUCATION, 2024), (EDUCATION_BEFORE, 2023)]),
        ("教育局的培训费比上年增加多少", [(EDUCATION, 2024)]),
        ("财政局2023年的培训费", [(FINANCE, 2023)]),
        ("财政局2024年和2023年的培训费", [(FINANCE, 2024)]),
        ("教育局和财政局2024年的培训费", [(EDUCATION, 2024), (FINANCE, 2024)]),
        ("教育局23年的培训费", [(EDUCATION_BEFORE, 2023)]),
        ("教育局2023年的培训费和财政局2024年的会议费相差多少", [(EDUCATION_BEFORE, 2023), (FINANCE, 2024)]),
        ("2023年教育局和2024年财政局的培训费", [(EDUCATION_BEFORE, 2023), (FINANCE, 2024)]),
        ("教育局的培训费比2023年多多少", [(EDUCATION, 2024), (EDUCATION_BEFORE, 2023)]),
        ("财政局的培训费比2023年执行数多多少", [(FINANCE, 2024)]),
        ("武汉市审计局的决算数", [(AUDIT_FINAL, 2024)]),
        ("武汉市审计局2024年决算比2023年多多少", [(AUDIT_FINAL, 2024)]),
        ("武汉市审计局2024年预算和决算各多少", [(AUDIT, 2024), (AUDIT_FINAL, 2024)]),
        ("武汉市审计局2024年部门预算的培训费", [(AUDIT, 2024)]),
        ("2023年的培训费", [(EDUCATION_BEFORE, 2023)]),
        ("财政局截至2023年底的资产", [(FINANCE, 2024)]),
    ],
)
def test_the_documents_meant(question: str, meant: list[tuple[DocumentRecord, int]]) -> None:
    assert targets(question) == meant


@pytest.mark.parametrize(
    ("question", "options"),
    [
        ("教育局的培训费", [EDUCATION, EDUCATION_BEFORE]),
        ("武汉市审计局的培训费", [AUDIT, AUDIT_FINAL]),
        pytest.param(
            "审计局的培训费",
            [OTHER_AUDIT, AUDIT, AUDIT_FINAL],
            marks=pytest.mark.xfail(strict=True, reason="没有地名的简称只认了一个地方的单位，应当反问"),
        ),
        ("培训费多少", list(DOCUMENTS)),
    ],
)
def test_what_is_asked_back(question: str, options: list[DocumentRecord]) -> None:
    found = outcome(question)
    assert isinstance(found, Choice)
    assert sorted(d.title for d in found.documents) == sorted(d.title for d in options)


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("民政局的培训费", "“民政局”的文件"),
        ("黄石市财政局的培训费", "“黄石市财政局”的文件"),
        ("教育局2020年的培训费", "随州市曾都区教育局2020年的预决算文件"),
        ("财政局2023年的决算数", "随州市曾都区财政局2023年的决算文件"),
        ("教育局2024年比2021年多多少", "随州市曾都区教育局2021年的预决算文件"),
        ("2019年的培训费", "2019年的文件"),
        ("2019年哪个部门的培训费最高", "2019年的预算文件"),
    ],
)
def test_what_no_document_holds(question: str, missing: str) -> None:
    found = outcome(question)
    assert isinstance(found, ScopeProblem)
    assert found.missing == missing
    assert "2024年" in found.present


def test_all_units_are_those_of_the_commonest_year() -> None:
    found = outcome("哪个部门的培训费最高")
    assert isinstance(found, Scope) and found.everyone
    assert sorted(t.document.title for t in found.targets) == sorted(d.title for d in BUDGETS_2024)
    assert [d for d, _ in targets("2023年各部门的培训费")] == [EDUCATION_BEFORE]
    assert [d for d, _ in targets("各部门决算的培训费")] == [AUDIT_FINAL]
    assert [d for d, _ in targets("武汉的各部门培训费")] == [AUDIT]


@pytest.mark.parametrize("duty", ["张罗的", "在操办", "拍板", "划过来的", "制定的"])
def test_who_does_something_is_not_asked_of_all_units(duty: str) -> None:
    found = outcome(f"教育局2024年的招聘会是哪个部门{duty}")
    assert isinstance(found, Scope) and not found.everyone


@pytest.mark.parametrize(
    ("questions", "meant"),
    [
        (["教育局2023年的培训费", "那会议费呢？"], [(EDUCATION_BEFORE, 2023)]),
        (["教育局2023年的培训费", "2024年呢？"], [(EDUCATION, 2024)]),
        (["教育局2024年的培训费", "财政局呢？"], [(FINANCE, 2024)]),
        (["教育局2023年的培训费", "武汉市审计局的预算呢？"], [(AUDIT, 2024)]),
        (["培训费多少", "财政局"], [(FINANCE, 2024)]),
        (["教育局和财政局2024年的培训费", "会议费呢？"], [(EDUCATION, 2024), (FINANCE, 2024)]),
        (["教育局2024年的培训费", "黄石呢？"], [(OTHER_AUDIT, 2024)]),
        (["教育局2024年的培训费", "比2023年多多少？"], [(EDUCATION, 2024), (EDUCATION_BEFORE, 2023)]),
        (["教育局2024年的培训费", "财政局呢？", "相差多少？"], [(EDUCATION, 2024), (FINANCE, 2024)]),
        (["教育局2024年的培训费", "财政局呢？", "这两个单位的会议费呢"], [(EDUCATION, 2024), (FINANCE, 2024)]),
        (["教育局2024年的培训费", "财政局呢？", "会议费呢"], [(FINANCE, 2024)]),
    ],
)
def test_a_conversation_keeps_what_a_question_leaves_out(
    questions: list[str], meant: list[tuple[DocumentRecord, int]]
) -> None:
    assert targets(*questions) == meant


def test_units_of_the_department_talked_about_are_its_own() -> None:
    within = outcome("财政局2024年的收入", "各单位分别是多少？")
    assert isinstance(within, Scope) and not within.everyone
    everybody = outcome("财政局2024年的收入", "各部门分别是多少？")
    assert isinstance(everybody, Scope) and everybody.everyone


def test_the_only_unit_is_always_meant() -> None:
    register = UnitRegister([EDUCATION], {})
    everybody, nobody = (resolve(named_in(q, register), register) for q in ("哪个部门的培训费最高", "培训费"))
    assert everybody == nobody
    assert isinstance(resolve(named_in("民政局的培训费", register), register), Scope)
