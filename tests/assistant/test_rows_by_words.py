"""Rows chosen by words: by what a column says, by a part of their names, by what brackets explain; lists in prose."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.core import Core, CoreAnswer
from assistant.library import Library
from assistant.meanings import Meanings
from index.build import build


def _form(project: str, unit: str, amount: str) -> str:
    return (
        f"项目绩效目标表\n项目名称\t\t\t{project}\t\t\n主管部门\t\t\t白桥市文旅局\t实施单位\t{unit}\n"
        f"项目资金（万元）\t\t\t年度预算资金总额：\t{amount}\t\n\t\t\t其中：财政拨款\t{amount}\t\n"
        "\t\t\t其他资金\t0.00\t\n总体目标\t办好全年的事。\t\t\t\t\n"
        "\t一级指标\t二级指标\t三级指标\t指标值\t\n绩效指标\t产出指标\t数量指标\t值守次数\t≥4次\t\n"
    )


BUDGET = """白桥市文旅局 2026 年部门预算

第一部分 白桥市文旅局概况

一、部门主要职责

1.白桥市文旅局负责全市文化和旅游工作。

二、机构设置

下设预算单位6个，分别为：白桥市东山艺术学校、白桥市南湖艺术学校（白桥市舞蹈中专）、白桥市旅游职业学院、\
白桥市东山书画分馆、白桥市南湖书画分馆、白桥市演艺中心。

第二部分 2026 年部门预算表

表1
收入总表
部门：白桥市文旅局\t\t\t单位：万元
部门代码\t部门名称\t合计\t一般公共预算
\t合计\t900.00\t900.00
327\t白桥市文旅局\t900.00\t900.00
327001\t白桥市文旅局（本级）\t500.00\t500.00
327002\t白桥市演艺中心\t400.00\t400.00

表2
项目支出预算情况表
部门：白桥市文旅局\t\t\t\t单位：万元
项目名称\t项目类别\t合计\t财政拨款\t单位资金
合计\t\t210.00\t184.00\t26.00
集中用车服务\t运转类\t21.00\t21.00\t
非遗展演专项\t特定目标类\t80.00\t80.00\t
剧场灯光更新\t特定目标类\t60.00\t40.00\t20.00
集中用车服务\t运转类\t9.00\t9.00\t
非遗影像采集\t特定目标类\t34.00\t34.00\t
票务系统租用\t运转类\t6.00\t\t6.00

表3
政府采购支出预算表
部门：白桥市文旅局\t\t\t\t单位：万元
采购品目大类\t专项名称\t经济科目\t采购物品名称\t采购组织形式\t总计
合计\t\t\t\t\t93.00
一、货物A\t\t\t\t\t63.00
\t剧场灯光更新\t专用设备购置\t舞台灯具\t集中采购\t40.00
\t剧场灯光更新\t专用设备购置\t调光台\t分散采购\t20.00
\t日常办公\t办公费\t复印纸\t集中采购\t3.00
三、服务C\t\t\t\t\t30.00
\t非遗展演专项\t印刷费\t印刷服务\t分散采购\t18.00
\t非遗影像采集\t印刷费\t出版服务\t分散采购\t12.00

表4
""" + "\n".join(
    (_form("集中用车服务", "白桥市文旅局（本级）", "21.00"), _form("集中用车服务", "白桥市演艺中心", "9.00"))
)


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> Core:
    """The algebra over the one budget."""
    folder = tmp_path_factory.mktemp("rows_by_words")
    path: Path = folder / "文旅局.txt"
    path.write_text(BUDGET, encoding="utf-8")
    build([path], folder / "index", processes=1)
    library = Library(folder / "index")
    return Core(library, Meanings(library))


def told(core: Core, question: str) -> tuple[CoreAnswer, str]:
    """The whole answer, and its text; none may be left open."""
    answer = core.answer(core.read(question, []))
    assert answer is not None and answer.is_whole, answer
    return answer, "\n".join(answer.draft.lines)


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("白桥市文旅局标注特定目标类的项目有几个，合计多少", ["80.00", "60.00", "34.00", "174.00"]),
        ("白桥市文旅局项目表里，资金来源是单位资金的项目有哪些", ["20.00", "6.00"]),
        ("白桥市文旅局名字里含“非遗”两个字的项目有几个", ["80.00", "34.00"]),
        ("项目名称带“非遗”字样的，白桥市文旅局今年有几个，分别安排了多少", ["80.00", "34.00"]),
        ("白桥市文旅局叫“非遗××”的一共几个", ["80.00", "34.00"]),
        ("白桥市文旅局叫“非遗…”的两项吧，合起来多少", ["80.00", "34.00", "114.00"]),
        ("白桥市文旅局采购表里，经济科目写的是印刷费的项目有哪些", ["18.00", "12.00"]),
        ("白桥市文旅局采购表里分散采购最多的是哪个项目", ["20.00"]),
        ("白桥市文旅局采购表里要买的灯光设备（舞台灯具、调光台）各多少", ["40.00", "20.00", "60.00"]),
        ("白桥市文旅局的项目，把剧场灯光更新这一大块刨掉，排前两名的是哪两个项目", ["80.00", "34.00"]),
    ],
)
def test_rows_are_chosen(question: str, figures: list[str], core: Core) -> None:
    answer, _ = told(core, question)
    assert list(dict.fromkeys(f.value for f in answer.draft.figures if f.unit == "万元")) == figures
    assert all(figure.citations for figure in answer.draft.figures)


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("白桥市文旅局下面艺术学校占几所", "2 个"),
        ("白桥市文旅局下属单位里，学校（含职业学院）一共有几所", "3 个"),
        ("白桥市文旅局下属单位里名字带“书画”的有几家", "2 个"),
    ],
)
def test_names_in_prose_are_counted_by_a_part(question: str, count: str, core: Core) -> None:
    _, text = told(core, question)
    assert f"**{count}**" in text


def test_lines_of_one_project_are_told_apart_by_their_units(core: Core) -> None:
    _, text = told(core, "白桥市文旅局系统两家单位都列了集中用车服务，最少的是谁")
    assert "演艺中心" in text and "**9.00 万元**" in text


def test_a_name_that_no_unit_bears_is_not_counted(core: Core) -> None:
    answer = core.answer(core.read("白桥市文旅局下属单位里名字带“海关”的有几家", []))
    assert answer is None or not answer.is_whole
