"""Trees that only the amounts show: subtotals without codes, also where one heads a single row of its own amount."""

from __future__ import annotations

from collections.abc import Callable

from index.clean.table import CleanTable

_TABLE = """
    项目支出表
    单位：万元
    序号|单位编码|单位（项目）名称|项目金额
    1||合计|1180.00
    2|1|全额|1180.00
    3|263001|青山市商务局|880.00
    4||通用项目|380.00
    5||大型活动|20.00
    6||业务培训|20.00
    7||大宗印刷项目|20.00
    8||政策编印|20.00
    9||信息化建设|340.00
    10||平台运维|300.00
    11||网站维护|40.00
    12||专用项目|500.00
    13||消费活动|500.00
    14||促消费百日行动|500.00
    15|263002|青山市商务执法支队|300.00
    16||通用项目|300.00
    17||大宗印刷项目|300.00
    18||执法文书印制|300.00
"""
_LEAVES = {"业务培训", "政策编印", "平台运维", "网站维护", "促消费百日行动", "执法文书印制"}


def _parents(table: CleanTable) -> dict[str, str | None]:
    labels = {row.key: row.label for row in table.rows}
    return {f"{row.number} {row.label}": labels.get(row.parent or "") for row in table.rows}


def test_equal_amounts_are_heads_where_all_leaves_stand_equally_deep(
    clean_one: Callable[[str], CleanTable],
) -> None:
    table = clean_one(_TABLE)
    assert {row.label for row in table.rows if row.is_leaf} == _LEAVES
    parents = _parents(table)
    assert parents["6 业务培训"] == "大型活动"
    assert parents["8 政策编印"] == "大宗印刷项目"
    assert parents["7 大宗印刷项目"] == "通用项目"
    assert parents["9 信息化建设"] == "通用项目"
    assert parents["18 执法文书印制"] == "大宗印刷项目"


def test_rows_that_no_total_makes_a_tree_of_stay_beside_each_other(clean_one: Callable[[str], CleanTable]) -> None:
    table = clean_one(_TABLE.replace("|40.00", "|41.00"))
    assert _parents(table)["6 业务培训"] != "大型活动"


def test_a_line_behind_a_subtotal_is_no_part_of_what_stands_before_it(
    clean: Callable[[str], tuple[CleanTable, ...]],
) -> None:
    (table,) = clean(
        "收支总表\n单位：万元\n项目|预算数|项目|预算数\n一、财政拨款|90.00|一、教育支出|100.00\n二、其他收入|5.00||\n"
        "本年收入合计|95.00|本年支出合计|100.00\n上级补助收入|5.00||\n收入总计|100.00|支出总计|100.00\n"
    )
    (subsidy,) = [row for row in table.rows if row.label == "上级补助收入"]
    assert subsidy.parent == next(row.key for row in table.rows if row.label == "收入总计")


def test_official_codes_tell_the_tree_before_amounts_do(clean: Callable[[str], tuple[CleanTable, ...]]) -> None:
    (table,) = clean(
        "基本支出预算表\n单位：万元\n科目编码|科目名称|合计|一般公共预算\n302|商品和服务支出|8.00|8.00\n30213|维修费|2.00|2.00\n"
        "30216|培训费|2.00|2.00\n30217|公务接待费|1.00|1.00\n30218|专用材料费|1.00|1.00\n30226|劳务费|2.00|2.00\n"
    )
    assert {row.parent for row in table.rows[1:]} == {"1"}


def test_tops_stand_where_the_one_total_needs_them(clean: Callable[[str], tuple[CleanTable, ...]]) -> None:
    (table,) = clean(
        "政府采购支出表\n单位：万元\n采购品目大类|专项名称|采购品目名称|总计\n合计|||25.30\n货物|||2.00\n某局（本级）|||2.00\n"
        "|办公|复印纸|2.00\n服务|||23.30\n某局（本级）|||23.30\n|会务|会议服务|1.40\n|测评|测评服务|21.90\n"
    )
    assert [row.parent for row in table.rows] == [None, "1", "2", "3", "1", "5", "6", "6"]


def test_a_sum_by_chance_heads_nothing_where_the_unit_s_own_sum_needs_its_rows(
    clean_one: Callable[[str], CleanTable],
) -> None:
    table = clean_one(
        "项目支出表\n单位：万元\n单位名称|项目名称|合计\n甲所||40.60\n|体检|10.00\n|JD004|15.30\n|JD005|7.20\n|JD006|8.10\n"
        "乙所||9.00\n|体检|4.00\n|培训|5.00\n"
    )
    assert [row.parent for row in table.rows] == [None, "1", "1", "1", "1", None, "6", "6"]


def test_codes_of_items_that_each_purchase_repeats_show_no_tree(clean_one: Callable[[str], CleanTable]) -> None:
    table = clean_one(
        "政府采购预算表\n单位：元\n科目编码|采购项目|采购目录|数量|金额\n|合计||4|1300\n2060302|全额||2|700\n"
        "2060302|甲局||2|700\n2060302|展览|C06展览|1|500\n2060302|咨询|C08咨询|1|200\n2060401|全额||2|600\n"
        "2060401|乙院||2|600\n2060401|物业|C12物业|2|600\n"
    )
    assert {row.label: row.parent for row in table.rows} == {
        "合计": None, "全额": "1", "甲局": "2", "展览": "3", "咨询": "3", "乙院": "6", "物业": "7",
    }  # fmt: skip


def test_rows_that_add_up_to_their_total_stay_beside_each_other(clean_one: Callable[[str], CleanTable]) -> None:
    table = clean_one(
        "项目支出表\n单位：万元\n项目名称|项目类别|合计\n合计||170.00\n信访维稳|运转类|30.00\n课题研究|运转类|40.00\n"
        "党建经费|运转类|25.00\n规划编制|运转类|15.00\n城市体检|特定目标类|60.00\n"
    )
    assert {parent for row, parent in _parents(table).items() if not row.endswith("合计")} == {"合计"}
