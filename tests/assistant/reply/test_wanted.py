"""Which clauses of a question an answer says nothing to."""

from __future__ import annotations

import pytest

from assistant.answer import Figure
from assistant.answering.draft import Draft
from assistant.ask import Assistant
from assistant.left_open import with_unsaid
from assistant.reply.wanted import asks_only_opinion, unmet_clauses


def _figure(label: str, value: str, unit: str | None = "万元") -> Figure:
    return Figure(label=label, value=value, unit=unit, citations=[1])


ONE = ("差旅费为 **5.00 万元**[1]。", [_figure("差旅费", "5.00")])
"""An answer of one figure, and nothing else."""


def _draft(seed_draft: Draft, answer: tuple[str, list[Figure]]) -> Draft:
    seed_draft.lines.append(answer[0])
    seed_draft.figures += answer[1]
    return seed_draft


@pytest.mark.parametrize(
    ("question", "unsaid"),
    [
        ("差旅费是多少", ()),
        ("差旅费多少，为什么给这么多", ("为什么给这么多",)),
        ("差旅费多少？去年那笔是多少，怎么没了", ("去年那笔是多少", "怎么没了")),
        ("差旅费和办公费各多少，加起来多少", ("差旅费和办公费各多少", "加起来多少")),
        ("差旅费多少，占总支出几成", ("占总支出几成",)),
        ("差旅费多少，一个人平均多少", ("一个人平均多少",)),
        ("差旅费列在哪个科目下", ("差旅费列在哪个科目下",)),
        ("差旅费有几个人用，多少钱", ("差旅费有几个人用",)),
        ("差旅费多少，对得上吗", ("对得上吗",)),
        ("差旅费多少，今年还买不买车", ("今年还买不买车",)),
        ("差旅费多少 合理吗", ("合理吗",)),
        ("差旅费多少，实际增幅该是多少", ("实际增幅该是多少",)),
        ("差旅费多少，上年应为多少", ("上年应为多少",)),
        ("差旅费多少，是集中采购不", ("是集中采购不",)),
        ("差旅费多少，资金又是从哪来的", ("资金又是从哪来的",)),
        ("车费多少，属于哪一类", ("属于哪一类",)),
        ("差旅费多少，有没有反而下降的细项", ("有没有反而下降的细项",)),
        ("下面有几个单位，名字报一下", ("下面有几个单位", "名字报一下")),
        ("差旅费多少，管出差的是哪个处", ("管出差的是哪个处",)),
        ("差旅费多少，走的什么资金", ("走的什么资金",)),
        ("差旅费按用途拆开给我，多少钱", ("差旅费按用途拆开给我",)),
        ("差旅费多少，太湖清淤清多少方", ("太湖清淤清多少方",)),
        ("差旅费收多少支多少", ("差旅费收多少支多少",)),
        ("差旅费多少，中间差的这20万是什么项目的钱", ("中间差的这20万是什么项目的钱",)),
        ("差旅费多少，对应采购表里哪一笔", ("对应采购表里哪一笔",)),
        ("差旅费比去年那会儿多了，是多少", ()),
        ("差旅费多少，合一个人一年多少", ("合一个人一年多少",)),
        ("差旅费比去年砍了5万，没说错吧", ("差旅费比去年砍了5万",)),
        ("差旅费多少，差的这块靠什么收入来的", ("差的这块靠什么收入来的",)),
        ("差旅费多少，差在哪个口径上", ("差在哪个口径上",)),
        ("差旅费多少，同比增速多少", ("同比增速多少",)),
        ("差旅费多少，够不够一半", ("够不够一半",)),
        ("差旅费多少，跟办公费差几何", ("跟办公费差几何",)),
        ("最多的和最少的各是谁", ("最多的和最少的各是谁",)),
        ("抠掉差旅费以后还剩多少", ("抠掉差旅费以后还剩多少",)),
        ("差旅费多少，走的哪个项级科目", ("走的哪个项级科目",)),
        ("差旅费多少，由谁在弄", ("由谁在弄",)),
        ("要定几件法规，还要审几件", ("要定几件法规", "还要审几件")),
        ("差旅费多少，第四次普查那笔倒推去年是多少来着", ("第四次普查那笔倒推去年是多少来着",)),
        ("全年差旅费多少，第四次普查要用", ()),
        ("差旅费是多少，两个地方数字不一致", ("两个地方数字不一致",)),
        ("差旅费才5万，是不是填错了", ("是不是填错了",)),
        ("差旅费多少，从哪儿出的", ("从哪儿出的",)),
        ("差旅费多少，主要是添了哪几笔", ("主要是添了哪几笔",)),
        ("差旅费最少报几次", ("差旅费最少报几次",)),
        ("差旅费多少，出差是不是归办公室管", ("出差是不是归办公室管",)),
        ("差旅费多少，最多的是哪家", ("最多的是哪家",)),
        ("差旅费多少，原来的车呢", ("原来的车呢",)),
        ("差旅费多少，项级编码报一下", ("项级编码报一下",)),
        ("差旅费和办公费一增一减，一增一减各多少", ("差旅费和办公费一增一减", "一增一减各多少")),
        ("差旅费多少，是涨是降", ("是涨是降",)),
        ("差旅费怎么会突然蹿了十倍", ("差旅费怎么会突然蹿了十倍",)),
        ("差旅费多少，怎么跟群众解释", ("怎么跟群众解释",)),
        ("差旅费多少，理由是啥", ("理由是啥",)),
        ("差旅费多少，原来才多少", ("原来才多少",)),
        ("差旅费多少，两笔加一块儿呢", ("两笔加一块儿呢",)),
        ("差旅费多少，前后像是两个意思", ("前后像是两个意思",)),
        ("差旅费八成以上都是飞机票", ("差旅费八成以上都是飞机票",)),
        ("差旅费多少，差的拿什么收入补的", ("差的拿什么收入补的",)),
        ("如果把外请专家刨掉，差旅费多少", ("如果把外请专家刨掉",)),
        ("差旅费多少，及时报销的比例要达到多高", ("及时报销的比例要达到多高",)),
        ("差旅费多少，哪个单位没列", ("哪个单位没列",)),
        ("差旅费多少，哪家下属超支了", ("哪家下属超支了",)),
        ("把超过5万的差旅费挑出来", ("把超过5万的差旅费挑出来",)),
        ("差旅费多少，动没动", ("动没动",)),
        ("差旅费多少，谁家多", ("谁家多",)),
        ("差旅费是会议费的几倍", ("差旅费是会议费的几倍",)),
        ("差旅费多少，要多长时间报完", ("要多长时间报完",)),
        ("差旅费多少，不在这里面的还有多少", ("不在这里面的还有多少",)),
        ("里面公务接待费到底多少", ("里面公务接待费到底多少",)),
        ("差旅费里火车和飞机各多少", ("差旅费里火车和飞机各多少",)),
    ],
)
def test_a_clause_that_an_answer_says_nothing_to(seed_draft: Draft, question: str, unsaid: tuple[str, ...]) -> None:
    assert unmet_clauses(question, _draft(seed_draft, ONE)) == unsaid


def test_quotes_without_a_new_number_answer_no_amount(seed_draft: Draft) -> None:
    seed_draft.lines.append("> 公用经费2094.58万元。主要包括：水费、电费。[1]")
    assert unmet_clauses("2094.58万公用经费里水费多少", seed_draft) == ("2094.58万公用经费里水费多少",)
    assert unmet_clauses("公用经费是多少", seed_draft) == ()


def test_quotes_without_an_amount_answer_none(seed_draft: Draft) -> None:
    seed_draft.lines.append("> 2.负责公文处理，承担3个专项小组的日常工作。[1]")
    assert unmet_clauses("负责些什么，财政拨款出多少", seed_draft) == ("财政拨款出多少",)


def test_an_item_named_by_its_code_or_in_quotes_is_told(seed_draft: Draft) -> None:
    draft = _draft(seed_draft, ONE)
    assert unmet_clauses("30216这一项列了多少", draft) == ("30216这一项列了多少",)
    assert unmet_clauses("30211这一项列了多少", draft) == ()
    assert unmet_clauses("“培训费”列了多少", draft) == ("“培训费”列了多少",)


def test_of_what_stands_in_a_row_each_is_told(seed_draft: Draft) -> None:
    seed_draft.lines.append("> 选取11条街道，部署165个治理场景。[1]")
    assert unmet_clauses("选几条街、部署多少个场景、预算多少", seed_draft) == ("预算多少",)


@pytest.mark.parametrize(
    ("line", "unsaid"),
    [
        ("支出总计为 **900.00 万元**[1]。", 1),
        ("行政运行为 **3.14 万元**[1]。", 0),
        ("> 其他支出（款）其他支出（项）安排3.14万元。[1]", 0),
    ],
)
def test_an_item_that_is_asked_for_is_one(seed_draft: Draft, line: str, unsaid: int) -> None:
    seed_draft.lines.append(line)
    assert len(unmet_clauses("挂在哪个项级科目", seed_draft)) == unsaid


def test_a_part_without_a_subject_goes_with_the_one_before_it(seed_assistant: Assistant) -> None:
    answer = seed_assistant.ask("我家低保户的困难补贴一个月能领几百块？预算里按什么标准算的")
    assert answer.refused or answer.clarify, answer.answer
    assert not any(figure.label == "津贴补贴" for figure in answer.figures)


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("差旅费为啥少了", "主要原因是出差减少[1]。"),
        ("差旅费去年是多少", "上年差旅费为 **4.00 万元**[1]。"),
        ("两项加起来多少", "两项合计 **9.00 万元**[1]。"),
        ("占几成", "占 **12.5 %**[1]。"),
        ("每辆车平均多少", "平均每辆 **2.00 万元**[1]。"),
        ("一共几辆", "车辆 **3**[2] 辆[1]。"),
        ("对得上吗", "两处不一致，相差 **1.00 万元**[1]。"),
        ("归哪个处管", "> 办公室、综合处、信访督查处。[1]"),
        ("包括哪几家单位", "> 1.财政局\n> 2.评审中心[1]"),
        ("清淤多少方", "清淤 **200 万立方米**[1]。"),
        ("有几条线路", "没有这样的线路[1]。"),
        ("公务接待费（含招待）到底多少", "公务接待费为 **0.69 万元**[1]。"),
        ("会议费到底多少", "“会议 费”为 **0.69 万元**[1]。"),
        ("是哪两家下属单位", "> 单位有甲市乡镇事务中心、甲市水文站。[1]"),
        ("下属单位有哪几家", "> 纳入汇总预算编制范围的单位共计1家，具体包括：曾都区委办公室。[1]"),
        ("下属单位是哪几家", "> 本部门无下属单位。[1]"),
        ("哪家更多", "甲局比乙局高 **2.00 万元**[1]。"),
        ("还有几家单位", "除外的有 **4 家**[1]：甲、乙、丙、丁。"),
    ],
)
def test_what_an_answer_says_is_said(seed_draft: Draft, question: str, line: str) -> None:
    assert unmet_clauses(question, _draft(seed_draft, (line, []))) == ()


@pytest.mark.parametrize(
    ("question", "is_only"),
    [
        ("会议费多了一百多万，你怎么看，该不该砍掉", True),
        ("会议费是多少，合理吗", False),
        ("会议费是多少", False),
    ],
)
def test_an_opinion_by_itself(question: str, is_only: bool) -> None:
    assert asks_only_opinion(question) is is_only


def test_the_answer_says_first_what_it_leaves_unsaid(seed_assistant: Assistant) -> None:
    answer = seed_assistant.ask("公务接待费是多少，合理吗")
    assert answer.unanswered == ["合理吗"]
    assert "0.69" in answer.answer and answer.answer.startswith("其中没有答到：合理吗")


def test_an_opinion_is_not_answered(seed_assistant: Assistant) -> None:
    assert seed_assistant.ask("公务接待费该不该砍掉，你怎么看").refused


@pytest.mark.parametrize(("line", "unsaid"), [("单价100万元以上的设备2台[1]。", 1), ("设备购置100万元[1]。", 0)])
def test_an_amount_that_only_bounds_is_no_answer_to_how_much(seed_draft: Draft, line: str, unsaid: int) -> None:
    assert len(unmet_clauses("设备今年批了多少预算", _draft(seed_draft, (line, [])))) == unsaid


def test_a_share_of_something_else_is_no_answer(seed_draft: Draft) -> None:
    lines = "差旅费占培训费的 **50 %**[1]。\n问题里说的“900万”，上面的数里没有与它相符的，以文件为准。"
    assert unmet_clauses("这900万里，差旅费占几成", _draft(seed_draft, (lines, []))) == ("差旅费占几成",)


def test_each_share_that_is_asked_for_is_told(seed_draft: Draft) -> None:
    seed_draft.lines.append("差旅费占总支出的 **50 %**[1]。")
    assert unmet_clauses("差旅费占总支出几成，会议费占几成", seed_draft) == ("会议费占几成",)
    seed_draft.lines.append("会议费占总支出的 **20 %**[1]。")
    assert unmet_clauses("差旅费占总支出几成，会议费占几成", seed_draft) == ()


def test_two_things_are_told_by_words_that_hold_theirs(seed_draft: Draft) -> None:
    lines = "公务用车 **1.00 万元**[1]，公务接待 **2.00 万元**[1]。"
    figures = [_figure("公务用车", "1.00"), _figure("公务接待", "2.00")]
    assert unmet_clauses("公车和接待各多少", _draft(seed_draft, (lines, figures))) == ()


def test_a_list_that_only_quotes_how_many_there_are_counts_none_of_them(seed_draft: Draft) -> None:
    seed_draft.lines.append("> 下属单位3个，分别为甲研究院、乙研究院、丙中心。[1]")
    assert unmet_clauses("名字里带研究院的有几家", seed_draft) == ("名字里带研究院的有几家",)


def test_what_a_document_of_two_lacks_is_left_open(seed_draft: Draft) -> None:
    seed_draft.lines += ["差旅费：", "- 甲局2024年预算：**5.00 万元**[1]", "- 甲局2023年预算：没有这一项"]
    seed_draft.figures.append(_figure("差旅费", "5.00"))
    found = with_unsaid({"draft": seed_draft}, "甲局差旅费2024年和2023年各是多少")
    assert "差旅费（甲局2023年预算没有这一项）" in found["unanswered"]


def test_the_list_of_all_is_quoted_where_some_of_it_are_to_be_counted(seed_draft: Draft) -> None:
    seed_draft.lines.append("> 下属单位3个，分别为甲研究院、乙研究院、丙中心。[1]")
    found = with_unsaid({"draft": seed_draft}, "名字里带研究院的有几家")
    assert found["draft"].route != "refuse" and found["unanswered"] == ("名字里带研究院的有几家",)


def test_a_sum_of_fewer_things_than_are_counted_is_told_as_such(seed_draft: Draft) -> None:
    seed_draft.lines.append("某局2025年预算中，合计为 **8.00 万元**[1]（2 项），其中：")
    seed_draft.figures += [_figure("合计", "8.00"), _figure("甲", "3.00"), _figure("乙", "5.00")]
    found = with_unsaid({"draft": seed_draft}, "运维项目本级有两个，中心也有两个，四个分别多少，加起来一共多少")
    assert found["unanswered"] == ("问题里说的是 4 个，合计里只有 2 个",)


def test_what_is_left_open_in_part_is_named_once(seed_draft: Draft) -> None:
    found = {"draft": _draft(seed_draft, ONE), "unanswered": ("为什么（没有找到“为什么”）",)}
    assert with_unsaid(found, "差旅费多少，为什么给这么多")["unanswered"] == found["unanswered"]


@pytest.mark.parametrize(("told", "is_unmet"), [("", True), ("\n\n合计为 **17.00 万元**。", False)])
def test_a_list_is_no_total(seed_draft: Draft, told: str, is_unmet: bool) -> None:
    lines = f"相符的有 2 条：\n\n1. 桥梁养护为 **5.00 万元**\n2. 道路养护为 **12.00 万元**{told}"
    draft = _draft(seed_draft, (lines, [_figure("桥梁养护", "5.00"), _figure("道路养护", "12.00")]))
    question = "几笔养护费今年总共要拨多少，分笔报一下"
    assert unmet_clauses(question, draft) == (("几笔养护费今年总共要拨多少",) if is_unmet else ())


def test_a_list_of_fewer_than_are_asked_for_leaves_that_open(seed_draft: Draft) -> None:
    seed_draft.lines += ["共 2 项：", "1. 差旅费为 **5.00 万元**[1]", "2. 会议费为 **3.00 万元**[2]"]
    seed_draft.figures += [_figure("差旅费", "5.00"), _figure("会议费", "3.00")]
    assert unmet_clauses("给了哪三项", seed_draft) == ("给了哪三项",)
    assert unmet_clauses("给了哪两项", seed_draft) == ()


def test_what_several_documents_say_is_set_against_nothing(seed_draft: Draft) -> None:
    seed_draft.lines += ["甲局中相关的原文：", "> 办公费、差旅费。[1]", "乙局中相关的原文：", "> 差旅费、会议费。[2]"]
    assert unmet_clauses("甲局和乙局谁的差旅费更多", seed_draft) == ("甲局和乙局谁的差旅费更多",)


def test_of_an_item_asked_for_a_quoted_sentence_tells_a_number(seed_draft: Draft) -> None:
    seed_draft.lines.append("> 公用经费 8.00 万元。具体包括：办公费、差旅费、会议费等。[1]")
    assert unmet_clauses("差旅费那行填什么数", seed_draft) == ("差旅费那行填什么数",)
    assert unmet_clauses("把差旅费的金额报出来", seed_draft) == ("把差旅费的金额报出来",)
    seed_draft.lines[-1] = "> 差旅费预算数 8.00 万元。[1]"
    assert unmet_clauses("差旅费那行填什么数", seed_draft) == ()
