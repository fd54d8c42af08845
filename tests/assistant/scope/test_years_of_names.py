"""Years that only names which a document prints hold."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.scope import Scope, ScopeProblem, UnitRegister, named_in, resolve, without_years_of_names
from tests.assistant.scope.records import DOCUMENTS, FINANCE

REGISTER = UnitRegister(DOCUMENTS, {})
PRINTED = ("2019年专项资金", "2018年大楼维修", "培训费")


@pytest.mark.parametrize(
    ("question", "printed", "is_found"),
    [
        ("财政局2019年专项资金有多少", PRINTED, True),
        ("财政局2024年安排的2019年专项资金有多少", PRINTED, True),
        ("财政局2019年专项资金和2018年大楼维修各多少", PRINTED, True),
        ("财政局2019年的培训费", PRINTED, False),
        ("财政局2019年培训费和2019年以前的结转", PRINTED, False),
        ("财政局2019年专项资金有多少", ("培训费",), False),
        ("财政局2019年专项资金比2017年多多少", PRINTED, False),
    ],
)
def test_a_year_of_a_name_rules_out_no_document(question: str, printed: Sequence[str], is_found: bool) -> None:
    named = named_in(question, REGISTER)
    assert isinstance(resolve(named, REGISTER), ScopeProblem)
    found = without_years_of_names([question], named, REGISTER, lambda document_id: printed)
    assert isinstance(found, Scope) == is_found
    if isinstance(found, Scope):
        assert [target.document for target in found.targets] == [FINANCE]
