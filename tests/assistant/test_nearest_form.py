"""The form of a project that a question only describes is shown as a whole beside what has no answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answering.draft import Draft
from assistant.ask import Assistant
from assistant.plan.meant import forms_meant
from tests.assistant.budgets import FOREST_2025, assistant_over

HEAD = "绩效指标\t一级指标\t二级指标\t三级指标\t指标值"


def form(name: str, funds: str, goal: str, *rows: tuple[str, str]) -> str:
    lines = [f"\t产出指标\t数量指标\t{label}\t{target}" for label, target in rows]
    head = [f"项目名称\t{name}\t\t\t", f"年度预算资金总额（万元）\t{funds}\t\t\t", f"总体目标\t{goal}\t\t\t", HEAD]
    return "\n".join(["项目绩效目标表", "", *head, *lines])


FORMS = (
    form("市级应急物资储备项目", "192.84", "按定额储备食盐并及时轮换，满足全市人民一个月食用需要。",
         ("小包装食盐库存数量", "≥210吨"), ("大包装食盐库存数量", "≥630吨"), ("应急保供能力", "≥7天")),
    form("老旧锅炉改造补助", "80.00", "减少燃煤污染。", ("改造锅炉数量", "≥12台"), ("验收合格率", "≥95%")),
    form("林业科普宣传经费", "20.00", "普及林业知识。", ("举办讲座场次", "≥6场"), ("听众满意度", "≥90%")),
    form("苗圃灌溉设施维护", "35.00", "保障苗圃用水。", ("维护管线长度", "≥3公里"), ("设备完好率", "≥98%")),
    form("护林员装备采购", "60.00", "提高巡护效率。", ("采购装备套数", "≥40套"), ("验收及时率", "≥100%")),
)  # fmt: skip


GOALS = """重点项目绩效目标情况表
单位：万元
项目名称\t资金总额\t绩效目标
森林防火巡护经费\t120.00\t组织护林员开展日常巡护，配备灭火器具，及时处置火情，全年巡护不少于9000人次。
古树名木保护经费\t46.50\t为古树名木挂牌建档，安装避雷设施，购买古树保险，复壮衰弱古树不少于15株。
乡土苗木培育经费\t33.00\t繁育乡土树种苗木，满足城乡绿化用苗需要，培育苗木不少于20万株。"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over one budget with the forms of five projects."""
    budget = replace(FOREST_2025, prose=("二、绩效目标", *FORMS, "三、重点项目", GOALS))
    return assistant_over(tmp_path_factory.mktemp("forms"), budget)


def test_the_project_that_is_described_is_shown_and_the_clauses_stay_open(engine: Assistant) -> None:
    answer = engine.ask("林业局库里存的那些盐，小包大包各得备多少吨，够大伙儿嚼用多长时间")
    told = answer.answer.replace("**", "").replace(" ", "")
    assert not answer.refused
    assert answer.unanswered
    for figure in ("≥210吨", "≥630吨", "≥7天", "一个月"):
        assert figure in told, told


@pytest.mark.parametrize(
    "question",
    [
        "林业局的菜够大伙儿吃多久，要存多少吨",
        "林业局库里存的盐，小包大包最后实际卖掉了多少吨，赚了多少钱",
        "林业局宠物美容费多少，比上年多多少",
    ],
)
def test_what_no_form_tells_stays_refused(engine: Assistant, question: str) -> None:
    assert engine.ask(question).refused


def test_the_project_that_its_goal_describes_is_shown_with_its_money(engine: Assistant) -> None:
    answer = engine.ask("林业局给树安装避雷设施、买保险的那个项目是多少钱，得救活几棵")
    told = answer.answer.replace("**", "")
    assert answer.unanswered
    assert "46.50 万元" in told and "15株" in told, told


def test_each_clause_may_describe_a_project_of_its_own(engine: Assistant) -> None:
    told = engine.ask("林业局给老树安装避雷设施、买保险的那个项目一年多少，及时处置火情、配备灭火器具的又是多少").answer
    assert "46.50" in told and "120.00" in told, told


def test_one_thing_asked_of_a_form_by_its_word_is_shown(engine: Assistant) -> None:
    answer = engine.ask("林业局护林员装备采购，绩效目标上头盔和雨衣的套数各要多少套")
    assert "≥40套" in answer.answer.replace("**", "").replace(" ", "")
    assert answer.unanswered


def test_targets_asked_for_behind_a_project_are_its_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    library = form("林业文献传递服务及购置经费", "6.50", "林业文献共享平台的文献年更新数量不少于1.1亿条。",
                   ("林业文献下载量", "≥2万条"), ("林业文献平台访问量", "≥10万人次"))  # fmt: skip
    budget = replace(FOREST_2025, prose=("二、绩效目标", library, FORMS[2]))
    engine = assistant_over(tmp_path_factory.mktemp("going-on"), budget)
    before = ["林业局林业文献购置经费有多少"]
    answer = engine.ask("光给钱不行，更新量、下载量、平台访问量各定的啥数", before)
    told = answer.answer.replace("**", "").replace(" ", "")
    assert all(figure in told for figure in ("1.1亿条", "2万条", "10万人次")), told
    assert engine.ask("音乐会门票、咖啡机各定的啥数", before).refused
    assert engine.ask("咖啡机花多少钱", before).refused


def test_two_forms_that_share_as_much_are_neither_meant(engine: Assistant) -> None:
    catalog = engine._library.catalog(next(iter(engine._library.documents)))
    draft = Draft(engine._library, catalog)
    assert forms_meant("验收锅炉补助采购装备改造护林员套数数量", draft) is None
    assert forms_meant("存的盐小包装大包装库存多少吨", draft) is not None


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("林业局叫“古树…”的项目有几个，合计多少", ("1 个", "46.50"), ("33.00",)),
        ("林业局绩效目标一栏写着“灭火器具”几个字的项目有几个，合计多少", ("1 个", "120.00"), ("46.50",)),
        ("林业局绩效目标里光写了“苗木”的有几项，合起来多少钱", ("1 个", "33.00"), ("120.00",)),
    ],
)
def test_projects_are_told_by_what_their_names_or_goals_say(
    engine: Assistant, question: str, told: tuple[str, ...], untold: tuple[str, ...]
) -> None:
    text = engine.ask(question).answer.replace("**", "")
    assert all(each in text for each in told), text
    assert not any(each in text for each in untold), text
