"""Operands to the sentences that state them."""

from __future__ import annotations

import pytest

from assistant.library import Library
from assistant.resolve import statements_of
from assistant.understand.understand import understand


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("收入总计", "收入总计 735.66 万元"),
        ("机关运行经费", "机关运行经费支出 78.44 万元"),
        ("固定资产原值", "固定资产原值 589.74 万元"),
        ("固定资产", "固定资产原值 589.74 万元"),
        ("政府采购预算总额", "政府采购预算总额 23.9 万元"),
    ],
)
def test_a_name_leads_to_its_sentence(question: str, said: str, seed_library: Library) -> None:
    (document_id,) = seed_library.documents
    (operand,) = understand(question, seed_library.catalog(document_id)).operands
    scores = statements_of(operand)
    best = max(scores, key=lambda statement: scores[statement])
    assert said in seed_library.statement(best).sentence
    assert 0 < scores[best] <= 1


def test_what_no_sentence_states_leads_nowhere(seed_library: Library) -> None:
    (document_id,) = seed_library.documents
    (operand,) = understand("复印纸", seed_library.catalog(document_id)).operands
    assert statements_of(operand) == {}
