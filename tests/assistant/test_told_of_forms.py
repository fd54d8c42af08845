"""What performance forms set, however it is asked for; offices, units and kinds that prose tells of."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from tests.assistant.budgets import Budget, assistant_over

_FORM = """项目绩效目标表

项目名称\t湿地修复示范工程市级配套资金\t\t\t
实施单位\t青山市湿地保护中心\t\t\t
年度预算资金总额（万元）\t200.00\t\t\t
总体目标\t修复退化湿地，改善候鸟栖息环境，带动周边村民就业。\t\t\t
绩效指标\t一级指标\t二级指标\t三级指标\t指标值
\t成本指标\t经济成本\t勘察设计成本\t≤30万元
\t\t\t监测推广成本\t≤120万元
\t产出指标\t数量指标\t修复湿地面积\t≥400亩
\t\t\t聘请管护人员数量\t≥20人
\t\t数量指标\t应急供苗能力\t≥7天
\t\t数量指标\t退耕农户补助标准\t≤300元/户/月
\t\t数量指标\t管护补助标准\t≤14元/亩/月
\t\t数量指标\t巡护人次数\t≥1.8万人次
\t\t质量指标\t苗木成活率\t≥85%
\t满意度指标\t服务对象满意度\t周边村民满意度\t投诉率≤5%"""

BUREAU = Budget(
    "青山市林业局", 2025,
    (("213", "农林水支出", "900.00"), ("21302", "林业和草原", "900.00"), ("2130201", "行政运行", "900.00")),
    (("302", "商品和服务支出", "60.00"), ("30211", "差旅费", "34.50")),
    "2.00", "5.00", "900.00",
    prose=(
        "一、机构设置情况",
        "本部门内设机构5个，分别为：办公室、湿地管理处（候鸟保护办公室）、森林防火处、林业产业处、人事处。",
        "从预算单位构成看，纳入本部门2025年部门汇总预算编制范围的预算单位共计2家，具体包括：青山市林业局（本级）、"
        "青山市湿地保护中心。不含青山林场（自收自支）。",
        "本部门编制40名，其中行政编制30名、事业编制10名。实有在职人员36名。",
        "二、主要工作任务",
        "全系统以“123”为工作主线，守好绿水青山。",
        "围绕“1”个目标：森林覆盖率只增不减。",
        "抓好“2”项工程：湿地修复工程、林相改造工程。",
        "落实“3”项机制：林长制、巡护制、考核制。",
        "全年新造林1200亩，赴新西兰开展湿地修复技术交流。",
        "三、资产情况",
        "本部门共有车辆9辆，其中：机要通信用车1辆、应急保障用车6辆、执法执勤用车2辆。",
        _FORM,
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over one budget with a performance form."""
    return assistant_over(tmp_path_factory.mktemp("林业局"), BUREAU)


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("湿地修复那个项目，苗木成活率、投诉率分别卡在多少", ("85 %", "投诉率≤5%"), ("400",)),
        ("湿地修复示范工程的目标写的是干嘛，要修复多少亩", ("改善候鸟栖息环境", "400"), ("120.00",)),
        ("湿地修复示范工程成本指标里控制数最高的是哪一块，占这个项目的百分之几",
         ("监测推广成本", "120.00", "60 %"), ()),
        ("湿地修复示范工程要聘多少人，平均一个人摊多少钱", ("20 人", "10.00 万元"), ()),
        ("湿地修复示范工程起码要修复多少亩、够撑几天", ("400", "7 天"), ("20 人",)),
        ("我家是退耕农户，湿地修复示范工程一个月顶多能领几百", ("300元/户/月",), ("14元",)),
        ("湿地修复示范工程拿了多少，要求巡护多少人次", ("200.00 万元", "18000 人次"), ()),
        ("湿地修复示范工程的成本指标有哪些", ("勘察设计成本", "30", "监测推广成本", "120"), ("成活率",)),
        ("老乡来问候鸟保护，局里头哪个处管这事儿", ("湿地管理处",), ("森林防火处**",)),
        ("青山林场算不算汇总预算的编制单位？到底有哪几家", ("青山市湿地保护中心", "不含青山林场"), ()),
        ("编制多少、实有在职多少，空着多少个", ("40", "36", "4 名"), ("2 家",)),
        ("领导讲的“123”这几个数字分别指啥", ("森林覆盖率", "林相改造", "林长制"), ()),
        ("今年要出国交流吗，去哪几个国家", ("新西兰",), ()),
        ("车辆里数量最多的是哪一类，几辆", ("应急保障用车", "6 辆"), ("2 辆",)),
        ("写稿子要用，今年新造林多少亩", ("1200",), ("万元",)),
    ],
)  # fmt: skip
def test_told_of_forms_and_prose(
    engine: Assistant, question: str, told: tuple[str, ...], untold: tuple[str, ...]
) -> None:
    answer = engine.ask(question)
    assert not answer.refused and not answer.unanswered
    assert [text for text in told if text not in answer.told] == []
    assert [text for text in untold if text in answer.told] == []
    assert all(figure.citations for figure in answer.figures)


@pytest.mark.parametrize(
    ("question", "untold"),
    [
        ("招商引资归哪个处管", "湿地管理处"),
        ("湿地修复示范工程去年要求修复多少亩", "400"),
        ("湿地修复示范工程的游客满意率要到多少", "85"),
        ("林业产业处今年去哪几个国家考察产业园", "万元"),
        ("林业局有多少个内设岗位", "内设机构5个"),
    ],
)
def test_what_is_not_told_stays_open(engine: Assistant, question: str, untold: str) -> None:
    answer = engine.ask(question)
    assert answer.refused or answer.unanswered or untold not in answer.told
