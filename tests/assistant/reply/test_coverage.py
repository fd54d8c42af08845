"""Which names of a question an answer tells, and what it lacks."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.answering.draft import Draft
from assistant.answering.values import Value
from assistant.plan.bind import bind
from assistant.query import (
    Ask,
    Change,
    Difference,
    Except,
    Mean,
    Name,
    Query,
    Rank,
    Ratio,
    Rows,
    Say,
    Select,
    Share,
    Sum,
)
from assistant.reply.answers import answer_ask
from assistant.reply.coverage import (
    asks_for_units,
    lacks_computation,
    lacks_number,
    left_out_units,
    tells_left_out,
    tells_more,
    tells_of_others,
    tells_units,
    untold_names,
)


def select(*names: str, unit: str = "") -> Select:
    """A selection by names, that of a unit among them."""
    units = (Name(text=unit, is_unit=True),) if unit else ()
    return Select(names=(*units, *(Name(text=name) for name in names)))


def asks(*queries: Query) -> list[Ask]:
    """Asks of a question."""
    return [Ask(query=query) for query in queries]


def answered(query: Query, draft: Draft, text: str = "") -> Draft:
    """The draft with the lines that answer a query."""
    draft.lines += answer_ask(Ask(query=query, text=text), [draft]).lines
    return draft


def with_figures(draft: Draft, *numbers: str) -> Draft:
    """A draft of its own that prints amounts in 万元."""
    own = Draft(draft.library, draft.catalog)
    for number in numbers:
        own.lines.append(own.add_figure("差旅费", Value("amount", Decimal(number) * 10000, unit="万元"), [1]))
    return own


def texts(names: tuple[Name, ...]) -> list[str]:
    """The names as they were said."""
    return [name.text for name in names]


def test_an_answer_tells_what_it_names(seed_draft: Draft) -> None:
    query = select("公务接待费")
    assert untold_names(asks(query), answered(query, seed_draft)) == ()


def test_a_name_that_the_answer_leaves_out(seed_draft: Draft) -> None:
    draft = answered(select("差旅费"), seed_draft)
    assert texts(untold_names(asks(Sum(of=(select("差旅费"), select("会议费")))), draft)) == ["会议费"]


def test_a_name_under_the_form_that_the_document_prints(seed_draft: Draft) -> None:
    query = select("出国费")
    assert untold_names(asks(query), answered(query, seed_draft)) == ()


def test_a_name_that_only_the_citation_tells(seed_draft: Draft) -> None:
    answered(select("差旅费"), seed_draft)
    seed_draft.lines = ["12.60 万元[1]"]
    assert untold_names(asks(select("差旅费")), seed_draft) == ()


def test_an_empty_answer_tells_nothing(seed_draft: Draft) -> None:
    assert texts(untold_names(asks(select("差旅费", "公用经费")), seed_draft)) == ["差旅费", "公用经费"]


def test_words_without_an_item_need_not_be_told(seed_draft: Draft) -> None:
    query = Select(names=(Name(text="水费", is_linked=False),))
    assert untold_names(asks(query), seed_draft) == ()


def test_a_name_said_twice_is_reported_once(seed_draft: Draft) -> None:
    assert texts(untold_names(asks(select("差旅费"), select("差旅费")), seed_draft)) == ["差旅费"]


@pytest.mark.parametrize(
    ("query", "says", "value"),
    [
        (Difference(of=(select("差旅费"), select("会议费"))), "相差", Value("amount", Decimal(116_000), unit="万元")),
        (Share(parts=(select("差旅费"),)), "占", Value("percent", Decimal("16.06"), unit="%")),
        (Ratio(part=select("差旅费"), base=select("车辆")), "每辆", Value("amount", Decimal(25_200), unit="万元")),
        (Mean(of=(select("差旅费"), select("会议费"))), "平均", Value("amount", Decimal(68_000), unit="万元")),
    ],
)
def test_a_quotation_is_no_computation(query: Query, says: str, value: Value, seed_draft: Draft) -> None:
    seed_draft.lines = ["> 差旅费 12.6 万元、会议费 1.0 万元[1]"]
    assert lacks_computation(asks(query), seed_draft)
    seed_draft.lines = [f"{says} {seed_draft.add_figure('结果', value, [1])}"]
    assert not lacks_computation(asks(query), seed_draft)


def test_a_lookup_needs_no_computation(seed_draft: Draft) -> None:
    assert not lacks_computation(asks(select("差旅费"), Say()), seed_draft)


@pytest.mark.parametrize(
    ("line", "lacks"),
    [("比上年减少 0.09 万元", False), ("与上年持平", False), ("公务接待费为 0.69 万元", True), ("", True)],
)
def test_a_change_has_to_be_told(line: str, lacks: bool, seed_draft: Draft) -> None:
    seed_draft.lines = [line]
    assert lacks_computation(asks(Change(of=select("公务接待费"))), seed_draft) is lacks


def test_all_figures_of_another_answer_and_more(seed_draft: Draft) -> None:
    both, one = with_figures(seed_draft, "12.6", "1"), with_figures(seed_draft, "12.6")
    assert tells_more(both, one)
    assert not tells_more(one, both)
    assert not tells_more(one, with_figures(seed_draft, "12.6"))


def test_a_figure_told_in_a_quotation(seed_draft: Draft) -> None:
    seed_draft.lines = ["> 差旅费 1,012.60 万元，会议费 1 万元[1]"]
    assert tells_more(seed_draft, with_figures(seed_draft, "1012.6"))


@pytest.mark.parametrize("line", ["差旅费 112.60 万元", "差旅费 12.605 万元", "差旅费 2.12.60 万元"])
def test_a_part_of_a_longer_number_is_another_one(line: str, seed_draft: Draft) -> None:
    seed_draft.lines = [f"{line}，会议费 1 万元"]
    assert not tells_more(seed_draft, with_figures(seed_draft, "12.6"))


def test_marks_of_citations_are_no_figures(seed_draft: Draft) -> None:
    seed_draft.lines = ["差旅费 12.60 万元[1][2]"]
    assert not tells_more(seed_draft, with_figures(seed_draft, "12.6"))


def test_without_figures_there_is_nothing_to_tell(seed_draft: Draft) -> None:
    assert tells_more(with_figures(seed_draft, "12.6"), Draft(seed_draft.library, seed_draft.catalog))


def test_rows_of_a_unit_that_nobody_named(seed_draft: Draft) -> None:
    own = answered(select("住房公积金", unit="专用通信保障中心"), seed_draft)
    assert not tells_of_others(asks(select("住房公积金", unit="专用通信保障中心")), own)
    assert tells_of_others(asks(select("住房公积金", unit="区委办公室")), own)
    assert not tells_of_others(asks(select("住房公积金")), own)


def test_a_unit_that_the_answer_is_of(seed_draft: Draft) -> None:
    query = select("住房公积金", unit="专用通信保障中心")
    assert left_out_units(asks(query), answered(query, seed_draft)) == ()


def test_a_unit_that_only_the_rows_are_of(seed_draft: Draft) -> None:
    bound = bind(select("住房公积金", unit="专用通信保障中心"), seed_draft)
    assert bound.best is not None
    seed_draft.cite(bound.best.cells)
    seed_draft.citations.listed.clear()
    assert left_out_units(asks(select("住房公积金", unit="专用通信保障中心")), seed_draft) == ()


def test_a_unit_that_the_answer_leaves_out(seed_draft: Draft) -> None:
    draft = answered(select("差旅费"), seed_draft)
    left = left_out_units(asks(select("差旅费", unit="专用通信保障中心")), draft)
    assert texts(left) == ["专用通信保障中心"]


def test_items_are_no_units(seed_draft: Draft) -> None:
    assert left_out_units(asks(select("会议费")), answered(select("差旅费"), seed_draft)) == ()


def test_which_unit_is_first_is_told_by_rows_of_units(seed_draft: Draft) -> None:
    ranked = asks(Rank(rows=Rows(kind="unit"), k=1))
    assert asks_for_units(ranked) and not asks_for_units(asks(select("差旅费"), Sum(of=(Rows(kind="unit"),))))
    answered(select("差旅费"), seed_draft)
    assert not tells_units(seed_draft)


def test_more_than_all_is_no_share(seed_draft: Draft) -> None:
    seed_draft.lines = [seed_draft.add_figure("占比", Value("percent", Decimal("172.69"), unit="%"), [1])]
    assert lacks_computation(asks(Share(parts=(select("差旅费"),))), seed_draft)


def test_a_number_asked_for_is_not_told_by_words(seed_draft: Draft) -> None:
    ask = Ask(query=select("差旅费"), text="差旅费多少")
    seed_draft.lines = ["2024年的内容：**差旅**[1]"]
    assert lacks_number((ask,), seed_draft)
    answered(select("差旅费"), seed_draft)
    assert not lacks_number((ask,), seed_draft)


def test_so_many_as_are_asked_for(seed_draft: Draft) -> None:
    answered(select("差旅费"), seed_draft)
    assert lacks_number((Ask(query=select("差旅费"), text="是哪两笔"),), seed_draft)


def test_what_was_to_be_left_out_is_not_told(seed_draft: Draft) -> None:
    answered(select("差旅费"), seed_draft)
    left_out = Except(rows=Rows(), items=(Name(text="差旅费", is_linked=True),))
    assert tells_left_out(asks(left_out), seed_draft)
    assert not tells_left_out(asks(left_out.model_copy(update={"items": (Name(text="会议费"),)})), seed_draft)
