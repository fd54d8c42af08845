"""Money for each of something in the words of those who divide, and people against posts."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from tests.assistant.budgets import Budget, assistant_over, whole_reply

FERRY = Budget(
    "青山市渡口管理局", 2025,
    (("214", "交通运输支出", "640.00"), ("21401", "公路水路运输", "640.00"), ("2140101", "行政运行", "640.00")),
    (("302", "商品和服务支出", "60.00"), ("30227", "委托业务费", "24.00"), ("303", "对个人和家庭的补助", "36.00"),
     ("30301", "离休费", "6.00"), ("30302", "退休费", "30.00")),
    "2.75", "0.00", "640.00",
    prose=(
        "一、人员情况",
        "截至2024年底，本部门人员编制120人，其中行政编制40人、事业编制80人；实有人员118人，其中行政45人、事业73人。"
        "单位管理的离退休人员9人。",
        "二、委托业务费安排情况",
        "2025年一般公共预算安排委托业务费36.00万元，比上年增加2.00万元。",
    ),
)  # fmt: skip


LOCKS = Budget(
    "青山市船闸管理局", 2025,
    (("214", "交通运输支出", "300.00"), ("21401", "公路水路运输", "300.00"), ("2140101", "行政运行", "300.00")),
    (("302", "商品和服务支出", "30.00"), ("30201", "办公费", "30.00")),
    "1.00", "0.00", "300.00",
    prose=(
        "一、人员情况",
        "截至2024年底，本部门人员编制60人，其中行政编制20人、事业编制40人；实有人员58人，其中行政23人、事业35人。",
        "单位名称\t编制人数\t\t\t实有人数\t\t\n"
        "\t小计\t行政\t事业\t小计\t行政\t事业\n"
        "合计\t60\t20\t40\t58\t23\t35\n"
        "青山市船闸管理局（机关）\t20\t20\t\t23\t23\t\n"
        "青山市白塘闸管理所\t30\t\t30\t22\t\t22\n"
        "青山市柳湾闸管理所\t10\t\t10\t13\t\t13",
        "二、其他",
        "局机关行政运行经费预算46.00万元，比上年增加6.00万元。",
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def locks(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over one budget that prints people and posts unit by unit too."""
    return assistant_over(tmp_path_factory.mktemp("船闸"), LOCKS)


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("船闸管理局编制还空着几个？行政和事业分开说", ("少 **2 人**", "多 **3 人**", "少 **5 人**"), ()),
        ("船闸管理局编制用满了没有，行政、事业各说各的", ("少 **2 人**", "多 **3 人**", "少 **5 人**"), ()),
        ("船闸管理局行政和事业哪块超编，各超或空几个", ("多 **3 人**", "少 **5 人**"), ()),
        ("船闸管理局2024年底事业编空几个", ("少 **5 人**",), ("60 人",)),
        ("船闸管理局满编率是多少", ("96.67 %",), ()),
        ("船闸管理局行政人员超了编制的百分之几", ("多 **3 人**", "15 %"), ("58 人",)),
        ("船闸管理局下属单位里谁超编了，超几个", ("2 个", "柳湾闸", "多 **3 人**"), ("白塘",)),
        ("船闸管理局空编最多的是哪家单位，空几个", ("白塘闸管理所", "少 **8 人**"), ("柳湾",)),
        ("白塘闸管理所编制多少人，实有多少人", ("30 人", "22 人"), ("58 人",)),
        ("船闸管理局局机关行政运行经费46万，局机关实有多少人，人均多少", ("23 人", "2.00 万元"), ("58 人",)),
        ("船闸管理局局机关行政运行经费，按局机关实有人数摊，每人多少", ("23 人", "2.00 万元"), ("58 人",)),
        ("柳湾闸管理所编制10个，实际多少人，超没超", ("13 人", "多 **3 人**"), ("58 人",)),
    ],
)
def test_people_against_posts(locks: Assistant, question: str, told: tuple[str, ...], untold: tuple[str, ...]) -> None:
    whole_reply(locks, question, told, untold)


@pytest.mark.parametrize("question", ["船闸局2022年底空编多少", "船闸局工勤编制空几个", "船闸局博士人员超编几个"])
def test_posts_of_which_nothing_is_told(locks: Assistant, question: str) -> None:
    assert "2 人" not in locks.ask(question).told


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over one budget that tells people and posts."""
    return assistant_over(tmp_path_factory.mktemp("渡口"), FERRY)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("给离休、退休人员的离休费加退休费一共多少，折下来平均每个月付多少万", ("36.00 万元", "3.00 万元")),
        ("离休费和退休费合计多少，摊到每个月呢", ("36.00 万元", "3.00 万元")),
        ("渡口管理局行政人员超编没有，事业那边呢，各超或缺几个人", ("多 **5 人**", "少 **7 人**")),
        (
            "渡口管理局编制和实有人数各多少、还空几个；单看行政是不是反而超了，超几个？",
            ("120 人", "118 人", "少 **2 人**", "多 **5 人**"),
        ),
        ("渡口管理局事业编还空着多少个？行政那边听说反倒超了，超几个人", ("少 **7 人**", "多 **5 人**")),
        ("渡口管理局编制跟实有人数差多少个名额，另外还管着多少离退休的", ("少 **2 人**", "离退休人员 **9 人**")),
        ("渡口管理局编制满没满，还空着多少个", ("少 **2 人**", "少 **2 人**")),
        ("渡口管理局行政编制几个，实有几个，多出来几个", ("40 人", "45 人", "5 人")),
        ("编制跟实有人数差多少", ("120 人", "118 人", "少 **2 人**")),
        ("编制满没满？总编制、实有各多少人，还空着多少个", ("120 人", "118 人", "少 **2 人**")),
        ("事业编还空着多少个？行政那边听说反倒超了，超几个人", ("少 **7 人**", "多 **5 人**")),
        ("有人反映行政超编，行政编制几个、行政实有几个，真多出来的话多几个", ("40 人", "45 人", "多 **5 人**")),
    ],
)
def test_whole_answers(engine: Assistant, question: str, told: tuple[str, ...]) -> None:
    whole_reply(engine, question, told)


def test_each_of_several_amounts_is_divided(engine: Assistant) -> None:
    answer = engine.ask("那摊到每个月呢", ["委托业务费是多少"])
    values = {figure.value for figure in answer.figures}
    assert {"2.00", "3.00"} <= values and answer.answer.count("平均每个月") == 2


def test_people_are_no_money(engine: Assistant) -> None:
    answer = engine.ask("渡口管理局机关加下属单位现在总共多少在编人员，一共几个码头")
    assert "640" not in answer.told


def test_the_whole_is_no_answer_for_its_units(engine: Assistant) -> None:
    answer = engine.ask("渡口管理局哪个下属单位超编了")
    assert "少 **2 人**" not in answer.told
