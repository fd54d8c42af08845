"""Follow-ups about a change: one that is only asserted, what made it, where its money went; and what a rest is of."""

from __future__ import annotations

import pytest

from assistant.answer import Answer
from assistant.ask import Assistant
from tests.assistant.budgets import Budget, assistant_over

_ROWS = (("213", "农林水支出", "640.00"), ("2130101", "行政运行", "500.00"), ("2130199", "其他农业农村支出", "140.00"))
_ECONOMIC = (("302", "商品和服务支出", "60.00"), ("30211", "差旅费", "30.00"), ("30216", "培训费", "6.00"))

FISHERY = Budget(
    "青山市渔业局", 2025, _ROWS, _ECONOMIC, "2.00", "4.00", "640.00",
    prose=(
        "一、收支预算情况说明",
        "2025年收入预算640.00万元，比上年减少60.00万元，下降8.57%；支出预算640.00万元，比上年减少60.00万元，下降8.57%。",
        "预算收支减少主要原因说明：1.码头疏浚完工，减少45.00万元；",
        "2.渔船检测改由区里承担，减少15.00万元。",
        "二、“三公”经费情况说明",
        "2025年“三公”经费预算6.00万元，比上年增加1.50万元，增长33.3%。",
        "因公出国（境）费预算4.00万元，比上年增加2.00万元，增长100%，主要原因是新增远洋渔业谈判。",
        "公务接待费预算2.00万元，比上年减少0.50万元，下降20%，主要原因是压减接待批次。",
        "三、机关运行经费情况说明",
        "2025年机关运行经费预算22.00万元，比上年减少7.00万元，下降24.14%，主要原因是渔政码头维修收尾。",
    ),
)  # fmt: skip

FERRY = Budget(
    "绿水市轮渡管理局", 2025, _ROWS, _ECONOMIC, "2.00", "4.00", "640.00",
    prose=(
        "一、收入预算情况说明",
        "2025年收入预算640.00万元。",
        "1.一般公共预算拨款收入600.00万元。",
        "2.上年结转结余40.00万元。",
        "二、政府性基金预算支出情况说明",
        "（1）城乡社区支出（类）国有土地使用权出让收入安排的支出（款）征地和拆迁补偿支出（项）50.00万元，主要用于渡口征地。",
        "（2）城乡社区支出（类）国有土地使用权出让收入安排的支出（款）城市建设支出（项）30.00万元，主要用于趸船大修。",
        "三、项目支出情况说明",
        "1.执法管理经费9.50万元，主要包括：水上巡查专项6.00万元，用于夜间巡查；船员培训专项3.50万元，用于船员轮训。",
        "附表9\n政府性基金预算支出表\n部门/单位：绿水市轮渡管理局\t\t\t\t单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
        "\t合计\t80.00\t0.00\t80.00\n2120801\t征地和拆迁补偿支出\t50.00\t0.00\t50.00\n"
        "2120803\t城市建设支出\t30.00\t0.00\t30.00",
    ),
)  # fmt: skip


CHANNEL = Budget(
    "碧波市航道局（本级）", 2025, _ROWS, _ECONOMIC, "2.00", "4.00", "640.00",
    prose=(
        "一、收入预算情况说明",
        "2025年收入预算640.00万元，其中：一般公共预算收入585.00万元，政府性基金预算收入41.00万元，事业收入14.00万元。",
        "1.收入预算增加20.00万元，其中一般公共预算收入减少15.00万元，政府性基金预算收入增加31.00万元，事业收入增加4.00万元。",
        "二、“三公”经费情况说明",
        "2025年“三公”经费预算6.00万元，与上年持平。其中：因公出国（境）费用4.00万元，公务接待费2.00万元，均与上年持平。",
        "三、机关运行经费情况说明",
        "2025年机关运行经费预算50.00万元，比上年减少2.00万元。",
        "机关运行经费：指为保障单位运行的各项资金，包括办公费、差旅费、会议费等。",
        "四、政府采购情况说明",
        "2025年政府采购预算20.00万元，其中：政府采购货物预算8.00万元、政府采购服务预算12.00万元。",
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over three budgets."""
    return assistant_over(tmp_path_factory.mktemp("渔业"), FISHERY, FERRY, CHANNEL)


def _plain(answer: Answer) -> str:
    """What an answer says, without marks and blanks."""
    return answer.answer.replace("*", "").replace(" ", "")


@pytest.mark.parametrize("asked", ["一下少了七万，是不是码头修完了", "掉了七万，怕不是码头修好了吧"])
def test_a_suspicion_about_an_asserted_change_is_met_by_the_change_and_its_reason(
    engine: Assistant, asked: str
) -> None:
    answer = engine.ask(asked, ["渔业局2025年机关运行经费多少"])
    assert "减少7.00万元" in _plain(answer) and "渔政码头维修收尾" in answer.answer and not answer.unanswered


def test_what_is_suspected_is_told_beside_the_change_it_may_have_made(engine: Assistant) -> None:
    answer = engine.ask("多了一万五，是把接待加上去了吧？", ["渔业局2025年三公经费多少"])
    assert "增加1.50万元" in _plain(answer) and "减少0.50万元" in _plain(answer)


@pytest.mark.parametrize("asked", ["少掉的那六十万都砍在哪几块，各多少", "少了的那部分是哪儿砍的", "为啥少的"])
def test_what_made_a_change_is_the_reason_with_all_that_it_lists(engine: Assistant, asked: str) -> None:
    answer = engine.ask(asked, ["渔业局2025年总预算多少", "跟去年比呢"])
    assert all(told in _plain(answer) for told in ("60.00万元", "码头疏浚完工", "改由区里承担"))


def test_a_total_without_a_reason_of_its_own_is_told_with_how_its_parts_moved(engine: Assistant) -> None:
    answer = engine.ask("接待在压，那怎么总数还往上走", ["渔业局2025年三公经费多少"])
    assert "增加1.50万元" in _plain(answer) and "增加2.00万元" in _plain(answer)


def test_last_years_figure_is_told_beside_what_fell(engine: Assistant) -> None:
    answer = engine.ask("去年多少，主要少在哪一项", ["渔业局2025年三公经费"])
    assert "4.50万元" in _plain(answer) and "减少0.50万元" in _plain(answer)


def test_what_is_left_without_a_part_is_left_of_the_whole_before_it(engine: Assistant) -> None:
    answer = engine.ask("刨掉结转的，还剩多少", ["轮渡管理局2025年收入预算多少", "其中上年结转结余多少"])
    assert "还有600.00万元" in _plain(answer)


def test_what_the_second_largest_row_is_for_is_told_by_the_sentence_with_its_amount(engine: Assistant) -> None:
    answer = engine.ask("第二大的那笔是干什么用的，多少", ["轮渡管理局2025年政府性基金支出一共多少"])
    assert "30.00万元" in _plain(answer) and "趸船大修" in answer.answer and "渡口征地" not in answer.answer


def test_a_part_of_what_sentences_list_is_told_with_its_figure(engine: Assistant) -> None:
    answer = engine.ask("其中培训那块呢", ["轮渡管理局2025年执法管理经费多少"])
    assert "3.50万元" in _plain(answer)


@pytest.mark.parametrize(("asked", "told"), [("差旅费占几成", "60%"), ("培训费占几成", "算不出")])
def test_a_part_is_of_a_whole_of_one_sentence_where_its_definition_lists_it(
    engine: Assistant, asked: str, told: str
) -> None:
    answer = engine.ask(f"其中{asked}", ["航道局本级2025年机关运行经费多少"])
    assert told in _plain(answer) and "支出总计" not in answer.answer


def test_all_sources_of_income_are_told_by_how_they_moved(engine: Assistant) -> None:
    answer = engine.ask("多了二十万，各块分别是涨是跌", ["航道局本级2025年收入预算多少"])
    assert all(told in _plain(answer) for told in ("减少15.00万元", "增加31.00万元", "增加4.00万元"))


def test_of_another_part_it_is_asked_how_it_moved(engine: Assistant) -> None:
    answer = engine.ask("出国涨了两万，接待呢", ["渔业局2025年三公经费多少"])
    assert "减少0.50万元" in _plain(answer)


def test_what_did_not_move_with_others_is_told_with_their_sentence(engine: Assistant) -> None:
    answer = engine.ask("接待费跟上年比呢", ["航道局本级2025年三公经费多少"])
    assert "2.00万元" in _plain(answer) and "持平" in answer.answer


def test_the_gap_that_is_left_is_of_all_that_was_asked_before(engine: Assistant) -> None:
    answer = engine.ask("接待反而降了，那多的一万五涨在哪", ["渔业局2025年三公经费多少"])
    assert "增加1.50万元" in _plain(answer) and "增加2.00万元" in _plain(answer)


def test_two_parts_together_are_no_sum_with_their_whole(engine: Assistant) -> None:
    earlier = ["航道局本级2025年政府采购预算多少", "货物的呢"]
    answer = engine.ask("那服务的又是多少，两样加一块是不是就等于总额", earlier)
    assert "12.00万元" in _plain(answer) and "合计40.00" not in _plain(answer)


def test_what_is_thought_of_a_part_asks_nothing(engine: Assistant) -> None:
    answer = engine.ask("巡查那块占大头吧，多少钱", ["轮渡管理局2025年执法管理经费多少"])
    assert "6.00万元" in _plain(answer)
