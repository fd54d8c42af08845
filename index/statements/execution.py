"""What was spent of what was budgeted, as final accounts tell it: ``年初预算为…，支出决算为…，完成年初预算的…``."""

from __future__ import annotations

import re
from typing import Final

from index.statements.subject import clean_subject
from index.statements.words import any_of

_BUDGETED: Final = re.compile(f"(?:{any_of('budgeted')})$")
_SPENT: Final = re.compile(f"^(?:{any_of('spent')})$")
_AGAINST_BUDGET: Final = re.compile(f"^(?P<subject>.*?)(?:{any_of('spent_against_budget')})$")
_TAIL: Final = re.compile("(?:支出)?$")


def says_budgeted(label: str) -> bool:
    """Whether the words before an amount say that it is what was budgeted at first (``年初预算为``)."""
    return bool(_BUDGETED.search(re.sub(r"\s", "", label)))


def says_spent(label: str) -> bool:
    """Whether the words before an amount only say that it is what was spent (``支出决算为``)."""
    return bool(_SPENT.match(re.sub(r"\s", "", label)))


def spent_against_budget(label: str) -> str | None:
    """The subject that is said to be more or less than budgeted, "" where none is named; None of other words.

    >>> spent_against_budget("决算数小于预算数的"), spent_against_budget("2024年度“三公”经费支出决算数小于预算数")
    ('', '“三公”经费')
    >>> spent_against_budget("项目支出增加的") is None
    True
    """
    match = _AGAINST_BUDGET.match(re.sub(r"\s", "", label).removesuffix("的"))
    return _TAIL.sub("", clean_subject(match["subject"])) if match else None
