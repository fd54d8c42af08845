"""The prose of invented budgets, read back: the figures, their changes, the duties and what words mean."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.clean.wording import fold
from index.document import Document, Paragraph, Provenance
from index.outline import outline
from index.prose import OutlinedParagraph, Statement
from index.statements import read_statements
from tests.invented.budget import Budget
from tests.invented.forms import ANNEXES, THREE_CODE_COLUMNS
from tests.invented.invent import invent
from tests.invented.prose import Fact, definitions, explanation, facts, organisation
from tests.invented.style import Style
from tests.invented.words import DEFINITIONS


def _outlined(lines: list[str]) -> tuple[OutlinedParagraph, ...]:
    blocks = tuple(Paragraph(line, Provenance(line=number)) for number, line in enumerate(lines, start=1))
    return outline(Document("0123456789ab", "某局.txt", "0" * 64, blocks))


def _statements(budget: Budget, style: Style) -> tuple[Statement, ...]:
    return read_statements(_outlined(list(explanation(budget, style, "第二部分"))))


def _says(statement: Statement, fact: Fact) -> bool:
    return (
        fold(statement.subject) == fold(fact.subject)
        and statement.amount == fact.amount
        and (fact.change is None or statement.change == fact.change)
        and (fact.percent is None or statement.percent == fact.percent)
    )


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.integers(0, 10**6), st.sampled_from([ANNEXES.style, THREE_CODE_COLUMNS.style]))
def test_every_figure_is_read_with_its_change(seed: int, style: Style) -> None:
    budget = invent(seed)
    statements = _statements(budget, style)
    assert [fact for fact in facts(budget) if not any(_says(statement, fact) for statement in statements)] == []


@pytest.mark.parametrize("seed", range(3))
def test_duties_belong_to_the_department(seed: int) -> None:
    budget = invent(seed)
    duties = [each for each in _outlined(list(organisation(budget))) if each.role == "duty"]
    assert len(duties) == len(budget.duties)
    assert all(each.section[-1] == "一、主要职责" for each in duties)


def test_each_term_is_defined() -> None:
    defined = [each.subject for each in _outlined(list(definitions("第四部分"))) if each.role == "definition"]
    assert defined == [term for term, _ in DEFINITIONS]
