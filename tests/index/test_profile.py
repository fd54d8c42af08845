"""What a document says it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.clean import clean_tables
from index.convert import convert
from index.convert.text import TextConverter
from index.document import Document
from index.errors import DocumentError
from index.kinds import OTHER
from index.naming import same_unit
from index.outline import outline
from index.profile import profile, require_budget
from index.prose import DocumentProfile


def _profile(text: str, file: str = "文件.txt") -> DocumentProfile:
    document = Document("0" * 12, file, "0" * 64, TextConverter().read(text.encode(), Path("文件.txt")))
    paragraphs = outline(document)
    return profile(document, paragraphs, clean_tables(document, paragraphs))


def test_the_seed(seed_path: Path) -> None:
    document = convert(seed_path)
    paragraphs = outline(document)
    assert profile(document, paragraphs, clean_tables(document, paragraphs)) == DocumentProfile(
        title="中共随州市曾都区委办公室2024年部门预算(汇总)",
        unit_name="中共随州市曾都区委办公室",
        unit_code="001",
        region="随州市曾都区",
        year=2024,
        document_type="预算",
        unit_level="部门",
    )


@pytest.mark.parametrize(
    ("cover", "unit", "year", "region"),
    [
        ("2026年\n广州市统计局部门预算\n目 录", "广州市统计局", 2026, "广州市"),
        ("上海市普陀区规划和自然\n资源局\n2024 年度部门决算", "上海市普陀区规划和自然资源局", 2024, "上海市普陀区"),
        ("上海市某区2024年区级部门预算\n预算主管部门：上海市某区某街道办", "上海市某区某街道办", 2024, "上海市某区"),
        ("西安市信访局（汇总）\n2026年部门预算公开说明", "西安市信访局", 2026, "西安市"),
        ("杭州市气象局\n二〇二六年度部门预算", "杭州市气象局", 2026, "杭州市"),
        ("2026年部门预算\n页眉：杭州市气象局 金额单位：元", "杭州市气象局", 2026, "杭州市"),
        ("部门预算\n页眉：编制单位：杭州市气象局 2026年", "杭州市气象局", 2026, "杭州市"),
        ("杭州市气象局2026年所属单位预算汇编", "杭州市气象局", 2026, "杭州市"),
        ("湖北省随县财政局2023年单位预算", "湖北省随县财政局", 2023, "湖北省随县"),
    ],
)  # fmt: skip
def test_titles_of_other_places(cover: str, unit: str, year: int, region: str) -> None:
    found = _profile(cover + "\n第一部分 概况\n一、职能\n负责各项工作。")
    assert (found.unit_name, found.year, found.region) == (unit, year, region)


# What the document is, the text before its sections, and what it must be taken for.
COVERS = [
    ("three lines", "上海市普陀区人民政府\n万里街道办事处\n2025年部门预算", "上海市普陀区人民政府万里街道办事处", 2025),
    ("letter-spaced", "随 县 财 政 局\n2 0 2 5 年 部 门 预 算", "随县财政局", 2025),
    ("Chinese digits", "随县财政局\n二零二五年度部门预算", "随县财政局", 2025),
    ("the letter O for a zero", "随县财政局二O二五年部门预算", "随县财政局", 2025),
    ("traditional", "上海市審計局\n2025年度部門預算", "上海市审计局", 2025),
    ("an attachment", "附件1\n随县财政局\n2025年部门预算", "随县财政局", 2025),
    ("a date below", "随县财政局\n2024年度部门决算\n2025年8月", "随县财政局", 2024),
    ("about", "随县财政局关于2025年部门预算的说明", "随县财政局", 2025),
    ("only the place", "随县2025年县级部门预算\n预算主管部门：随县财政局", "随县财政局", 2025),
    ("a code before the name", "随县2025年县级部门预算\n单位名称：[001001]随县财政局", "随县财政局", 2025),
    ("the office itself", "随县财政局（本级）2025年单位预算", "随县财政局（本级）", 2025),
    ("a party", "中国共产党随县委员会组织部2025年部门预算", "中国共产党随县委员会组织部", 2025),
    ("a dot before the name", "．随县财政局\n2025年部门预算", "随县财政局", 2025),
    ("two names", "随县规划院（随县信息中心）2025年单位预算", "随县规划院（随县信息中心）", 2025),
    ("预算 in the name", "随县2025年县级单位预算\n预算单位：随县预算编审中心", "随县预算编审中心", 2025),
    ("部门预算 in the name", "随县部门预算编审中心2025年单位预算", "随县部门预算编审中心", 2025),
    ("the name below its label", "随县2025年县级单位预算\n预算单位：\n随县图书馆", "随县图书馆", 2025),
    ("a seal", "随县财政局\n（公章）\n2025年部门预算", "随县财政局", 2025),
    ("a year without 年", "随县财政局2025部门预算", "随县财政局", 2025),
    ("several years", "随县财政局2025—2027年财政规划及2025年部门预算", "随县财政局", 2025),
    ("a court", "随县人民法院2025年部门预算公开", "随县人民法院", 2025),
    ("a school", "随县第一中学2025年单位预算", "随县第一中学", 2025),
    ("a township", "随县青山镇2025年部门预算", "随县青山镇", 2025),
    ("a body of the state", "国家统计局随县调查队2025年度部门预算", "国家统计局随县调查队", 2025),
    ("publishing one's own", "随县财政局关于公开2025年部门预算的说明", "随县财政局", 2025),
    ("approving another's", "随县财政局关于批复随县图书馆2025年单位预算的通知", "随县图书馆", 2025),
    ("a code before the title", "[305]随县财政局2025年部门预算", "随县财政局", 2025),
    ("a code and a dash", "305-随县财政局\n2025年部门预算", "随县财政局", 2025),
    ("部门/单位", "2025年部门预算表\n预算部门/单位：随县财政局", "随县财政局", 2025),
    ("who drew it up", "2025年部门预算表\n编报单位：随县财政局", "随县财政局", 2025),
    ("部门 behind the name", "随县发展改革委员会部门2025年度部门预算信息公开", "随县发展改革委员会", 2025),
]  # fmt: skip
SECTION = "\n第一部分 概况\n一、职能\n负责各项工作。"


@pytest.mark.parametrize(("cover", "unit", "year"), [each[1:] for each in COVERS], ids=[each[0] for each in COVERS])
def test_covers(cover: str, unit: str, year: int) -> None:
    found = _profile(cover + SECTION)
    assert (found.unit_name, found.year) == (unit, year)


TABLE = "收入\t支出\n项目\t预算数\t项目\t预算数\n一般公共预算\t5\t教育支出\t5\n"
WITHOUT_COVER = [
    ("a name below its label", f"2025年部门收支总表\n公开表一\n部门：\n随县人大\n单位：万元\n{TABLE}", "随县人大"),
    ("an owner's line above", f"2025年部门收支总表\n部门：随县财政局 单位：万元\n{TABLE}", "随县财政局"),
    ("an owner in a cell", f"2025年部门收支总表\n公开部门：随县财政局\t\t\t单位：万元\n{TABLE}", "随县财政局"),
    ("a cell beside its label", f"2025年部门收支总表\n单位名称：\t随县财政局\t\t万元\n{TABLE}", "随县财政局"),
    ("a year behind the name", f"部门收支总表\n单位名称：随县财政局（2025年）\n{TABLE}", "随县财政局"),
    ("a label in two languages", f"2025年部门收支总表\n部门 Department：随县财政局 Bureau\n{TABLE}", "随县财政局"),
    ("a table's title", f"随县财政局2025年部门收支总表\n单位：万元\n{TABLE}", "随县财政局"),
    ("a year before the name", f"2025年随县财政局部门收支总表\n单位：万元\n{TABLE}", "随县财政局"),
    ("the year in a column", f"随县财政局部门收支总表\n{TABLE.replace('预算数', '2025年预算数', 1)}", "随县财政局"),
    ("a year beside the unit", f"部门收支总表\n单位：随县财政局\t\t2025年度 单位：元\n{TABLE}", "随县财政局"),
    ("who filled it in", f"2025年部门收支总表\n{TABLE}填表单位：随县财政局\t\t填表日期：2025年1月\n", "随县财政局"),
    ("who carries it out", f"2025年部门收支总表\n项目名称\t养护\t实施单位\t随县财政局\n{TABLE}", "随县财政局"),
    ("alone on a row", f"2025年部门收支总表\n表一\t\t\t\n随县财政局\t\t\t\n{TABLE}", "随县财政局"),
    ("a year below", f"部门收支总表\n{TABLE}填表单位：随县财政局\t\t单位：元\t2025年\n", "随县财政局"),
    ("a form", f"2025年部门收支总表\n项目名称\t养护\t主管部门\t随县财政局\n{TABLE}", "随县财政局"),
    ("a heading", "第一部分 随县财政局概况\n2025年收入预算5万元。", "随县财政局"),
    ("prose", "一、主要职能\n随县财政局的主要职责是：管理财政。\n2025年收入预算5万元。", "随县财政局"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "unit"), [each[1:] for each in WITHOUT_COVER], ids=[each[0] for each in WITHOUT_COVER]
)
def test_documents_without_a_cover(text: str, unit: str) -> None:
    found = _profile(text)
    assert (found.unit_name, found.year, found.title) == (unit, 2025, f"{unit}2025年部门预算")


@pytest.mark.parametrize("title", ["青云县2025年一般公共预算收支总表", "2025年青云县本级一般公共预算收支总表"])
def test_a_place_s_own_budget_is_the_place_s(title: str) -> None:
    assert _profile(f"{title}\n单位：亿元\n{TABLE}", "新建.txt").unit_name == "青云县"


def test_the_latest_year_of_the_columns_is_the_budget_s() -> None:
    table = "项目\t2024年预算数\t2025年预算数\n财政拨款收入\t4\t5\n事业收入\t1\t2\n"
    assert _profile(f"单位收入总表\n编制单位：随县图书馆\n{table}").year == 2025


def test_the_latest_bare_year_of_the_columns_is_the_last_resort() -> None:
    table = "项目\t2024年\t2025年\n公务接待费\t4\t5\n合计\t1\t2\n"
    assert _profile(f"“三公”经费支出表\n编制单位：随县图书馆\n{table}").year == 2025


def test_the_year_behind_the_owner_in_a_cell() -> None:
    head = "部门名称:随县商务局 2025年\t\t\t单位：万\n"
    assert _profile(f"部门收支预算总表\n{head}收入项目\t金额\t支出项目\t金额\n事业收入\t5\t商业支出\t5\n").year == 2025


def test_a_year_that_only_its_label_says_to_be_one() -> None:
    assert _profile(f"收入支出预算总表\n编制单位：随县图书馆 年度：2026 单位：元\n{TABLE}").year == 2026


def test_the_name_with_its_place_is_preferred() -> None:
    assert _profile("财政局2025年部门预算\n编制部门：随县财政局" + SECTION).unit_name == "随县财政局"


REGIONS = [
    ("万里街道办事处2025年部门预算", "上海市普陀区人民政府万里街道办事处是派出机关。", "上海市普陀区"),
    ("普陀区财政局2025年部门预算", "", "普陀区"),
    ("财政局2025年部门预算", "", None),
    ("国家税务总局烟台市税务局2025年部门预算", "", "烟台市"),
    ("民革重庆市委会2025年部门预算", "", "重庆市"),
    ("杭州市社区服务中心2025年单位预算", "", "杭州市"),
    ("恩施土家族苗族自治州财政局2025年部门预算", "", "恩施土家族苗族自治州"),
]


@pytest.mark.parametrize(("title", "prose", "region"), REGIONS)
def test_places(title: str, prose: str, region: str | None) -> None:
    assert _profile(f"{title}{SECTION}\n{prose}").region == region


def test_final_accounts_and_units_are_told_apart() -> None:
    assert _profile("某市教育局2023年度部门决算\n第一部分 概况").document_type == "决算"
    assert _profile("某市第一中学2024年单位预算\n第一部分 概况").unit_level == "单位"
    account = "第二部分 决算情况说明\n一、一般公共预算财政拨款支出决算情况说明\n2024年支出决算5万元。"
    assert _profile(account).document_type == "决算"
    assert _profile(f"2026年预算单位收支总表\n编制单位：某市教育局\n{TABLE}").unit_level == "单位"
    assert _profile("某市教育局2024年部门预算\n一、部门预算单位构成\n本单位无下属单位。").unit_level == "部门"


def test_the_year_is_the_budget_s_not_one_that_it_is_compared_with() -> None:
    text = "一、2024年预算执行情况\n二、2025年部门预算安排\n三、2025年部门预算说明\n比2024年增加5万元，比2024年多。"
    assert _profile(text).year == 2025


def test_the_file_name_is_only_the_last_resort() -> None:
    assert _profile("第一部分 概况\n2025年本部门收入预算数为5万元。").year == 2025
    assert _profile("第一部分 概况\n收入5万元。", "随县财政局2023年部门预算.txt").unit_name == "随县财政局"
    assert _profile("第一部分 概况\n收入5万元。", "新建文档.txt").unit_name == "新建文档"


def test_a_title_without_a_unit_names_none() -> None:
    assert _profile("上海市2026年市级单位预算" + SECTION, "上海_2026.txt").unit_name == "上海_2026"
    file = "江苏_省人大办公厅__江苏省人大常委会办公厅2025年部门预算.txt"
    assert _profile("第一部分 概况\n收入5万元。", file).unit_name == "江苏省人大常委会办公厅"


@pytest.mark.parametrize(
    "names",
    [
        ("江苏省委办公厅", "中国共产党江苏省委员会办公厅", "中共江苏省委办公厅"),
        ("云岭市人大办公室", "云岭市人民代表大会常务委员会办公室", "云岭市人大常委会办公室"),
        ("云岭市政协办公室", "中国人民政治协商会议云岭市委员会办公室"),
        ("共青团云岭市委", "中国共产主义青年团云岭市委员会"),
        ("云岭市纪委监委", "中共云岭市纪律检查委员会云岭市监察委员会"),
        ("云岭市法院", "云岭市中级人民法院"),
    ],
)
def test_names_of_one_organ(names: tuple[str, ...]) -> None:
    assert all(same_unit((names[0], None), (name, None)) for name in names[1:])
    assert not same_unit((names[0], None), ("云岭市财政局", None))


def test_what_is_no_budget_is_refused() -> None:
    document = Document(
        "0" * 12, "菜谱.txt", "0" * 64, TextConverter().read("红烧肉\n五花肉\t500克\n".encode(), Path("菜谱.txt"))
    )
    paragraphs = outline(document)
    with pytest.raises(DocumentError, match="不像部门预算"):
        require_budget(paragraphs, clean_tables(document, paragraphs), document.file)


def test_a_table_of_money_that_speaks_of_a_budget_is_a_budget_s_in_whatever_form() -> None:
    text = "随县2025年专户预算安排情况表\n单位：万元\n摘要\t甲类\t乙类\n专户一\t5\t6\n专户二\t7\t8\n"
    document = Document("0" * 12, "表.txt", "0" * 64, TextConverter().read(text.encode(), Path("表.txt")))
    paragraphs = outline(document)
    tables = clean_tables(document, paragraphs)
    assert [table.kind for table in tables] == [OTHER]
    require_budget(paragraphs, tables, document.file)


def test_headers_that_speak_of_a_budget_do_too() -> None:
    text = "随县2025年度增减对照表\n单位：万元\n摘要\t2024年决算\t2025年决算\n甲类\t5\t6\n乙类\t7\t8\n"
    document = Document("0" * 12, "表.txt", "0" * 64, TextConverter().read(text.encode(), Path("表.txt")))
    paragraphs = outline(document)
    require_budget(paragraphs, clean_tables(document, paragraphs), document.file)


def test_a_budget_passes(seed_path: Path) -> None:
    document = convert(seed_path)
    paragraphs = outline(document)
    require_budget(paragraphs, clean_tables(document, paragraphs), document.file)
