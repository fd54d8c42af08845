"""Which way a question is answered: scope first, then tables, then prose, and no answer rather than a wrong one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final, Literal

from assistant.answering.arithmetic import add_up, compare, rank_operands, share, stated_share, subtract
from assistant.answering.assets import answer_assets
from assistant.answering.budget_units import list_budget_units
from assistant.answering.cell_texts import answer_from_cells, answer_row_goals
from assistant.answering.change import answer_change, answer_earlier, answer_reason, answer_this_year
from assistant.answering.changed_items import answer_own_changes, asks_items
from assistant.answering.conflict import answer_conflict
from assistant.answering.contents import answer_goals, list_tables, list_terms
from assistant.answering.counts import count_purchased, count_stated, count_targeted
from assistant.answering.dated import is_of_date
from assistant.answering.draft import Draft
from assistant.answering.duties import answer_definition, answer_duty, answer_who
from assistant.answering.execution import answer_execution
from assistant.answering.groups import answer_group
from assistant.answering.indicator_ranks import rank_indicators
from assistant.answering.listed import add_listed, answer_listed
from assistant.answering.lookup import look_up, look_up_words
from assistant.answering.operators import quotes_all, uses_all
from assistant.answering.promises import answer_project_goals, answer_promises
from assistant.answering.prose import answer_from_prose, unknown_names
from assistant.answering.quarters import add_quarters
from assistant.answering.stated_names import as_words, says_all, stated_names
from assistant.answering.terms import with_picked_rows
from assistant.scope import asks_both_years, asks_final_account, asks_last_year
from assistant.understand.asked_words import asked_words
from assistant.understand.types import Understanding
from assistant.understand.wording import normalise, wording_rules
from index.records import DocumentRecord
from index.warehouse import QueryError

Handler = Callable[[Draft, Understanding], bool]
Way = Literal["query", "retrieve"]

_BY_OPERATION: Final[dict[str, tuple[Handler, ...]]] = {
    "lookup": (look_up, answer_goals, list_tables),
    "exists": (look_up,),
    "sum": (add_up, answer_group, add_listed, look_up),
    "count": (count_stated, list_tables, count_purchased, count_targeted, answer_group),
    "mean": (answer_group,),
    "max": (rank_operands, answer_group),
    "min": (rank_operands, answer_group),
    "top": (rank_operands, answer_group),
    "list": (list_tables, list_terms, answer_group, answer_goals, answer_listed, answer_definition, look_up),
    "share": (share, stated_share),
    "ratio": (compare,),
    "difference": (compare,),
    "change": (answer_change,),
}
_COMPUTED: Final = frozenset({"max", "min", "top", "mean", "sum", "share", "ratio", "difference"})
"""What prose does not answer: it would state one of the figures and not the result."""

_TABLE_ROWS: Final = frozenset({"function", "economic", "account"})
_SINGLE: Final = ("lookup", "count", "exists")
"""Rows of tables that prose does not list, and what it may say of one of them."""

_NUMBER: Final = re.compile(r"多少|几(?!大)|多[大高长]|钱|[占]比|比例|金额|数[额量]")
_AMOUNT: Final = re.compile(r"多少|钱")
_CHANGED: Final = re.compile(r"增|减|升|降|涨|缩|持平|相比|同比|变[化动]|较上年|新")
_FEWER_THINGS: Final = re.compile(r"[多少差][了出]?(?:几|多少)(?:个(?!百分)|项|条|家|笔|种)")
"""By how many things two sets differ, which no difference of amounts tells."""

_BOUNDS: Final = frozenset({"gt", "ge", "lt", "le"})
_WHAT: Final = re.compile(r"什么|啥|哪|谁|怎")

_BY_INTENT: Final[dict[str, tuple[Handler, ...]]] = {
    "conflict": (answer_conflict,),
    "definition": (answer_definition, list_terms),
    "duty": (answer_row_goals, answer_duty),
    "who": (answer_who, lambda draft, asked: not asked.leftover and look_up_words(draft, asked)),
    "reason": (answer_reason,),
}


def first_way(asked: Understanding) -> Way:
    """Tables for figures, prose for the rest; left-over words mean that the tables' answer can't be trusted."""
    if asked.intent in ("conflict", "definition", "duty", "who", "prose") or (
        asked.intent == "reason" and asked.operation != "change" and not asked.asks_execution
    ):
        return "retrieve"
    return "retrieve" if asked.leftover else "query"


def answer_by_query(draft: Draft, asked: Understanding) -> bool:
    """Figures through SQL; on failure the draft is as before."""
    return _of_date(_by_query, draft, asked)


def answer_by_prose(draft: Draft, asked: Understanding) -> bool:
    """Sentences, by what kind of sentence is asked for."""
    return _of_date(_by_prose, draft, asked)


def _of_date(handler: Handler, draft: Draft, asked: Understanding) -> bool:
    """Whether a handler answers, and where a date is asked for, from sources that tell of it."""
    before = draft.citations.state()
    draft.used.clear()
    if not attempt(draft, lambda: handler(draft, asked) and is_of_date(draft, asked.question, before)):
        return False
    add_quarters(draft, asked, before)
    return True


def _by_query(draft: Draft, asked: Understanding) -> bool:
    if any(_try(handler, draft, asked) for handler in (answer_assets, answer_execution)):
        return True
    if asked.asks_completion or (asked.operation == "difference" and _FEWER_THINGS.search(asked.question)):
        return False
    if (named := with_picked_rows(draft, asked)) is None:
        return False
    asked = named
    if _try(answer_promises, draft, asked) or _try(rank_indicators, draft, asked):
        return True
    if len(asked.operands) > 1 and not asked.of_each_unit and asks_rows_of_each(asked):
        each = [replace(asked, operands=(operand,)) for operand in asked.operands]
        return attempt(draft, lambda: all(answer_by_query(draft, one) for one in each))
    handlers: tuple[Handler, ...] = _BY_OPERATION[asked.operation]
    if asked.operation in ("change", "difference") and not asked.base and asks_items(asked):
        return _try(answer_own_changes, draft, asked)
    if _compares_rows(asked):
        return _try(answer_group, draft, asked)
    if asks_both_years(asked, _document(draft)):
        is_plain = asked.operation in ("lookup", "list") and asked.operands
        handlers = (answer_change, answer_this_year) if is_plain else (answer_change,)
    elif asks_last_year(asked, _document(draft)):
        handlers = (answer_earlier,)
    elif asked.excluded and asked.operation in ("lookup", "sum"):
        handlers = (subtract,)
    elif asked.operation == "sum" and _asks_part_of_whole(asked):
        handlers = (look_up,)
    elif _asks_goals(asked) and asked.operation in ("lookup", "list") and _asks_words(asked):
        handlers = (answer_project_goals, answer_goals, answer_row_goals, look_up_words)
    elif asked.operation == "sum" and len(asked.operands) > 1:
        handlers = (add_up, answer_group)
    elif asked.operation == "list" and len(asked.operands) > 1 and asks_number(asked):
        handlers = (answer_group, look_up)
    elif asked.operation == "list" and _TABLE_ROWS & set(asked.classes):
        handlers = tuple(handler for handler in handlers if handler is not answer_definition)
    elif asked.wants_count and asked.operation != "count":
        handlers = (answer_group, *handlers)
    return any(_try(handler, draft, asked) for handler in handlers)


def _asks_part_of_whole(asked: Understanding) -> bool:
    """``A一共多少，其中B多少``: a whole and what is within it are never added."""
    texts = {operand.text for operand in asked.operands}
    return any("".join(t.text for t in operand.context) in texts for operand in asked.operands if operand.context)


def asks_rows_of_each(asked: Understanding) -> bool:
    """Whether rows of each of several things are asked for (``各自前三的科目``), not those things for their places."""
    of_rows = asked.intent == "figure" and (asked.ranks or asked.operation in ("count", "list"))
    return of_rows and any(t.text.startswith("各自") for t in asked.tokens)


def _asks_goals(asked: Understanding) -> bool:
    """Whether goals are asked for: by the word for them, or by the header of their column beside a name."""
    terms = [term for operand in asked.operands for term in operand.within_context.terms]
    headers = [term for term in terms if any(k.role == "column" and k.name.endswith("目标") for k in term.links)]
    return "goal" in asked.classes or (bool(headers) and len(headers) < len(terms))


def _by_prose(draft: Draft, asked: Understanding) -> bool:
    if _asks_name(asked):
        return _try(look_up_words, draft, asked)
    if _try(answer_assets, draft, asked):
        return True
    if asked.leftover and any(t.text == "还是" for t in asked.tokens):  # no sentence chooses
        return False
    if asked.asks_completion:  # no other figure of the item answers that
        return False
    if asked.leftover and (_try(answer_promises, draft, asked) or _try(rank_indicators, draft, asked)):
        return True
    for handler in _BY_INTENT.get(asked.intent, ()):
        if attempt(draft, lambda: handler(draft, asked) and _accounts_for(draft, asked)):  # noqa: B023 called at once
            return True
    if asked.intent == "figure" and asked.operation == "count" and _try(count_stated, draft, asked):
        return True
    if asks_final_account(asked, _document(draft)):
        return False
    is_figure = asked.intent == "figure"
    if not asks_last_year(asked, _document(draft)):
        if asked.intent in ("figure", "who") and _try(list_budget_units, draft, asked):
            return True
        if is_figure and _try(answer_listed, draft, asked):
            return True
    if is_figure and _TABLE_ROWS & set(asked.classes) and (asked.level or asked.operation not in _SINGLE):
        return False
    names = stated_names(draft, asked)
    is_computed = asked.operation in _COMPUTED and not names and not _may_be_stated(asked)
    is_compared = _compares_rows(asked) or _compares(asked) or bool(asked.excluded) or _ranks_all_changes(asked)
    if is_figure and (is_computed or is_compared or asks_last_year(asked, _document(draft))):
        return False
    is_list = asked.operation == "list" and not asks_number(asked)
    if is_list and attempt(draft, lambda: answer_definition(draft, asked) and _holds_left(draft, asked)):
        return True
    asks = _asks_amounts(asked) if asked.operation == "list" else asked.operation != "exists" and asks_number(asked)
    needs_number = is_figure and asks
    ways: tuple[Handler, ...] = (
        lambda d, a: _quote(d, a, needs_number=needs_number, names=names),
        lambda d, a: answer_from_cells(d, a, needs_number=needs_number),
        lambda d, a: answer_promises(d, a, anywhere=True),
        lambda d, a: a.intent == "prose" and answer_row_goals(d, a),
    )
    return any(attempt(draft, lambda: way(draft, asked) and quotes_all(draft, asked)) for way in ways)  # noqa: B023


def _asks_name(asked: Understanding) -> bool:
    """Whether a person's name is asked for (``主任叫什么``): no duty and no sentence about the office tells it."""
    return bool(re.search(wording_rules()["person_asked"], asked.question))


def _quote(draft: Draft, asked: Understanding, *, needs_number: bool, names: Sequence[str]) -> bool:
    """Sentences that tell what is asked for: how something changed, and all ``names`` that only sentences state."""
    found = answer_from_prose(draft, asked, needs_number=needs_number, named=as_words(names))
    return found and _tells_change(draft, asked) and says_all(draft, asked, names)


def _tells_change(draft: Draft, asked: Understanding) -> bool:
    """Whether a quotation says how something changed, where that is asked for."""
    return asked.operation != "change" or bool(_CHANGED.search("".join(draft.lines)))


def _compares_rows(asked: Understanding) -> bool:
    """Whether rows are told by what has to be computed first, which nothing else can answer."""
    is_bounded = any(threshold.is_nested for threshold in asked.thresholds)
    by_share = asked.of_own_line or (asked.share_of is not None and asked.operation != "difference")
    return is_bounded or by_share or asked.of_each_unit


def _ranks_all_changes(asked: Understanding) -> bool:
    """``比上年增长最多的是哪一项``: of nothing named, so that no sentence tells it."""
    return asked.operation == "change" and not asked.operands and asks_items(asked)


def _holds_left(draft: Draft, asked: Understanding) -> bool:
    """Whether what is quoted holds every word that nothing explains."""
    said = normalise("".join(draft.lines))
    return all(normalise(word) in said for word in asked.leftover)


def _accounts_for(draft: Draft, asked: Understanding) -> bool:
    """Whether what a definition or reason quotes holds the words that nothing else accounted for."""
    if asked.intent not in ("definition", "reason"):
        return True
    if asked.intent == "definition" and not _holds_left(draft, asked):
        return False
    said = normalise("".join(draft.lines))
    return all(word.is_in(said) for word in asked_words(asked) if word.unexplained)


def _compares(asked: Understanding) -> bool:
    """Whether two things are compared that no operation was made of: the answer is not among their figures."""
    is_bounded = any(
        before.group == "compare" and before.name in _BOUNDS and token.group == "scope"  # 高于某局的
        for before, token in pairwise(asked.tokens)
    )
    return is_bounded or (asked.operation == "lookup" and any(t.name == "versus" for t in asked.tokens))


def _may_be_stated(asked: Understanding) -> bool:
    """Whether prose may print what is computed otherwise: a per cent, a share of what no table has, a 总额."""
    if asked.operation in ("share", "ratio") and not any(t.name in ("max", "min", "top") for t in asked.tokens):
        return bool(asked.leftover) or any("百分" in t.text for t in asked.tokens)
    sums = [t.text for t in asked.tokens if t.name == "sum"]
    return asked.operation == "sum" and all(text.endswith(("额", "数", "量")) for text in sums)


def _asks_words(asked: Understanding) -> bool:
    """Whether goals themselves are asked for: not which projects have some, nor their figures."""
    return ("project" not in asked.classes or bool(asked.operands)) and not _NUMBER.search(asked.question)


def _asks_amounts(asked: Understanding) -> bool:
    """Whether what is listed is asked for with its figures (``有哪几项，各安排多少``)."""
    return bool(_AMOUNT.search(asked.question))


def asks_number(asked: Understanding) -> bool:
    """Whether a figure is asked for, and not just what or which."""
    return bool(_NUMBER.search(asked.question)) or not _WHAT.search(asked.question)


def answer_one(draft: Draft, asked: Understanding) -> bool:
    """One document's own answer, by tables or else by prose; on failure the draft is as before."""
    return (first_way(asked) == "query" and answer_by_query(draft, asked)) or answer_by_prose(draft, asked)


def unknown_words(draft: Draft, asked: Understanding) -> list[str]:
    """Words of the question that the document holds nowhere."""
    left = [word for word in asked.leftover if normalise(word) not in draft.contents.full_text]
    return [*left, *unknown_names(asked_words(asked), draft)]


def _document(draft: Draft) -> DocumentRecord:
    return draft.contents.record


def _try(handler: Handler, draft: Draft, asked: Understanding) -> bool:
    """Whether a handler answers, and uses what the question says for it."""
    return attempt(draft, lambda: handler(draft, asked) and uses_all(draft, asked))


def attempt(draft: Draft, answering: Callable[[], bool]) -> bool:
    """Whether the answering succeeds; if not, the draft is as before."""
    before = draft.state()
    try:
        answered = answering()
    except QueryError:  # a number out of range: no answer, nothing broken
        answered = False
    if not answered:
        draft.restore(before)
    return answered
