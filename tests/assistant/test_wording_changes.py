"""Changes and reasons however they are asked for: lists of what is wanted, verbs, signs, years, who wants to know."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from assistant.reading.framing import framing_spans
from assistant.understand.aspects import asked_singly
from assistant.understand.tokenize import normalised_question
from tests.assistant.budgets import FOREST_2024, FOREST_2025, Budget, assistant_over, whole_reply

HARBOUR = Budget(
    "海川市港务局", 2026,
    (("214", "交通运输支出", "600.00"), ("21401", "公路水路运输", "600.00"), ("2140101", "行政运行", "400.00"),
     ("2140131", "海事管理", "200.00")),
    (("302", "商品和服务支出", "60.00"), ("30211", "差旅费", "24.00"), ("30216", "培训费", "36.00")),
    "4.00", "3.00", "600.00",
    prose=(
        "一、支出预算情况说明",
        "1.公路水路运输（款）行政运行（项）支出400.00万元，与上年相比增加80.00万元，增长25%。主要原因是人员调入。",
        "2.公路水路运输（款）海事管理（项）支出200.00万元，与上年相比减少50.00万元，减少20%。主要原因是巡航项目完成。",
        "基本支出360.00万元，比上年增加12.00万元；项目支出240.00万元，比上年增加18.00万元。",
        "二、“三公”经费情况说明",
        "因公出国（境）费3.00万元，比上年减少2.00万元，主要原因是团组减少；公务接待费4.00万元，比上年增加1.00万元。",
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over one budget that tells item by item how far it changed and why."""
    return assistant_over(tmp_path_factory.mktemp("港务"), HARBOUR)


@pytest.fixture(scope="module")
def forest(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over two years' budgets of one unit, which tell nothing of their changes."""
    return assistant_over(tmp_path_factory.mktemp("林业"), FOREST_2025, FOREST_2024)


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("行政运行要写本年数、增加额、推算出的去年数及缘由", "行政运行要写,今年多少,上年多少,比上年增减多少,为什么,"),
        ("培训费，一是去年安排额，二是今年的降幅", "培训费,一是,上年多少,比上年增减百分之几,"),
        ("差旅费（今年、减额、上年）", "差旅费(,今年多少,上年多少,比上年增减多少,)"),
        ("增加额和减少额最大的", "增加额和减少额最大的"),
        ("今年数和上年数相差多少", "今年数和上年数相差多少"),
        ("本年收入、上年结转各多少", "本年收入、上年结转各多少"),
        ("差旅费较上年减少多少、去年多少", "差旅费较上年减少多少、去年多少"),
    ],
)
def test_lists_of_what_is_asked(said: str, asked: str) -> None:
    assert asked_singly(normalised_question(said)) == asked


@pytest.mark.parametrize(
    ("said", "usual"),
    [
        ("差旅费增长__%", "差旅费增长百分之多少"),
        ("培训费+？万", "培训费增减多少万"),
        ("公务接待费2026对2025应得几%", "公务接待费2026年比2025年应得百分之多少"),
        ("行政运行，26年较25年", "行政运行,2026年较2025年"),
        ("公务接待费追加了多少", "公务接待费追加了多少"),
        ("公务接待费核减多少", "公务接待费核减多少"),
        ("2024-2026年滚动规划", "2024-2026年滚动规划"),
    ],
)
def test_signs_and_years(said: str, usual: str) -> None:
    assert normalised_question(said) == usual


@pytest.mark.parametrize(
    "talk",
    [
        "有位代表质疑这是变相给干部涨工资，",
        "财经委那边催办，",
        "小组审议会上委员问：",
        "我盯着这页看了一上午，",
        "给审计组做对比表用，",
    ],
)
def test_who_wants_to_know(talk: str) -> None:
    text = normalised_question(talk)
    covered = {place for span in framing_spans(text) for place in range(*span)}
    assert {text[place] for place in range(len(text)) if place not in covered} <= set(",:我给这页看了一上午用")


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("海事管理今年打了几折", ("50.00", "20 %"), ()),
        ("行政运行比上年上浮了多少", ("80.00", "25 %"), ()),
        ("海事管理从多少降到多少，降掉的是多少", ("250.00", "200.00", "50.00"), ()),
        ("海事管理要写今年数、减少额、倒推的上年数和成因", ("200.00", "50.00", "250.00", "巡航项目完成"), ()),
        ("基本那块比上年高多少，项目那块高多少", ("12.00", "18.00"), ()),
        ("行政运行比上年加了多少？官方给的说法呢", ("80.00", "人员调入"), ()),
        ("行政运行比上年增加多少？海事管理呢", ("80.00", "50.00"), ("本年 600",)),
        ("三公里减少额排第一的是哪项，金额跟理由", ("因公出国", "2.00", "团组减少"), ("接待",)),
    ],
)  # fmt: skip
def test_one_years_changes(harbour: Assistant, question: str, told: tuple[str, ...], untold: tuple[str, ...]) -> None:
    whole_reply(harbour, question, told, untold)


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("桃源区林业局2025年行政运行同比增幅？", ("40.00", "8.7 %"), ()),
        ("以2024年为基数，林业局2025年行政运行长了几成几", ("8.7 %",), ()),
        ("林业局2025年哪些项级科目低于2024年", ("森林资源培育", "30.00"), ("行政运行",)),
        ("不看百分比只看绝对额，林业局2025年哪个项级科目比2024年长得最多", ("林业草原防灾减灾",), ("森林资源",)),
        ("林业局2025年行政运行比去年多了多少，差旅费呢", ("40.00", "4.50"), ()),
        ("林业局2025年有哪些项级科目没有2024年多", ("森林资源培育",), ()),
        ("林业局2025跟2024对着看，涨归涨，也有往下掉的项级科目吧", ("森林资源培育",), ("行政运行",)),
    ],
)  # fmt: skip
def test_two_years_compared(forest: Assistant, question: str, told: tuple[str, ...], untold: tuple[str, ...]) -> None:
    whole_reply(forest, question, told, untold)


@pytest.mark.parametrize(
    "question", ["换成2024年看看", "年份改成2024", "2024的呢", "再往前一年呢", "上年的呢", "上一个年度是几多"]
)
def test_another_year_of_the_same(forest: Assistant, question: str) -> None:
    whole_reply(forest, question, ("30.00",), ("34.50",), ["林业局2025年差旅费多少"])


def test_the_other_end_of_what_moved(forest: Assistant) -> None:
    history = ["林业局2025年和2024年相比，哪个项级科目减得最多"]
    whole_reply(forest, "反过来，增得最多的呢", ("林业草原防灾减灾", "120.00"), (), history)


def test_the_year_of_the_conversation_stays(forest: Assistant) -> None:
    answer = forest.ask("差旅费，还是这年", ["林业局2024年办公费多少"])
    assert "30.00" in answer.answer and "34.50" not in answer.answer


@pytest.mark.parametrize(
    "question", ["海事管理今年核减了多少", "海事管理追加了多少", "林业局2026年行政运行比2025年涨了多少"]
)
def test_other_bases_are_refused(harbour: Assistant, question: str) -> None:
    answer = harbour.ask(question)
    assert answer.refused or answer.unanswered or answer.clarify
