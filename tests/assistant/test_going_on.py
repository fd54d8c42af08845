"""What a clause takes from the clause or the question before it: a whole, the base of a share, a code, a refusal."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from assistant.scope.surroundings import is_department
from tests.assistant.budgets import Budget, assistant_over

FISHERY = Budget(
    "青山市渔业局", 2025,
    (("213", "农林水支出", "640.00"), ("21301", "农业农村", "640.00"), ("2130101", "行政运行", "500.00"),
     ("2130199", "其他农业农村支出", "140.00")),
    (("302", "商品和服务支出", "60.00"), ("30211", "差旅费", "30.00"), ("30216", "培训费", "6.00")),
    "2.00", "4.00", "640.00",
    prose=(
        "一、“三公”经费情况说明",
        "2025年“三公”经费预算6.00万元，比上年增加1.50万元，增长33.3%，主要原因是新增远洋渔业谈判。",
        "公务接待费预算2.00万元，比上年减少0.50万元，下降20%，主要原因是压减接待批次。",
        "二、政府采购情况说明",
        "2025年政府采购预算20.00万元，其中：政府采购货物预算8.00万元、政府采购服务预算12.00万元。",
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over one budget."""
    return assistant_over(tmp_path_factory.mktemp("渔业"), FISHERY)


def test_the_whole_is_what_was_asked_before_its_part(engine: Assistant) -> None:
    answer = engine.ask("接待费压了多少？那总数怎么还比上年高", ["渔业局2025年三公经费预算多少"])
    assert "减少 **0.50 万元**" in answer.answer and "增加 **1.50 万元**" in answer.answer
    assert "远洋渔业谈判" in answer.answer


def test_a_rate_of_change_is_no_share(engine: Assistant) -> None:
    answer = engine.ask("增幅是百分之几", ["渔业局2025年三公经费一共安排多少", "比去年是升还是降"])
    assert "33.3 %" in answer.answer and "占" not in answer.told


@pytest.mark.parametrize("asked", ["占刚才那个数的百分之几", "占上面说的那个总数的几成"])
def test_a_share_is_of_the_figure_before(engine: Assistant, asked: str) -> None:
    answer = engine.ask(f"培训费是多少，{asked}", ["渔业局2025年差旅费预算安排了多少"])
    assert "20 %" in answer.answer


def test_a_code_pointed_at_is_what_its_columns_are_of(engine: Assistant) -> None:
    answer = engine.ask("渔业局2130199这个项级科目，基本支出和项目支出各列了多少")
    assert "640" not in answer.told and {figure.value for figure in answer.figures} == {"140.00", "0.00"}


@pytest.mark.parametrize(
    "question",
    [
        "渔业局2025年接待费最后实际花出去多少，有没有超2万的预算",
        "渔业局2024年政府采购预算总额多少，货物和服务分开报一下",
        "渔业局2024年培训费多少，差旅费呢",
    ],
)
def test_what_goes_on_about_something_untold_is_refused_with_it(engine: Assistant, question: str) -> None:
    answer = engine.ask(question)
    assert answer.refused or answer.route == "clarify"


def test_a_number_of_things_that_is_not_told_is_named_as_open(engine: Assistant) -> None:
    answer = engine.ask("渔业局说三公经费涨是因为新增谈判，具体谈了多少轮")
    assert answer.refused or answer.unanswered == ["具体谈了多少轮"]


def test_a_hall_is_no_department() -> None:
    assert is_department("城南办事大厅") is None
    assert is_department("财政厅") is True
