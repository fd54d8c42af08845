from hypothesis import given
from hypothesis import strategies as st

from index.sentences import clauses, sentences


def test_a_full_stop_ends_a_sentence_and_a_decimal_point_does_not() -> None:
    assert sentences("收入 735.66 万元。其中拨款 0.5 万元！") == ("收入 735.66 万元。", "其中拨款 0.5 万元！")


def test_a_closing_quotation_mark_stays_with_its_sentence() -> None:
    assert sentences("口号是“过紧日子。”其余不变") == ("口号是“过紧日子。”", "其余不变")


def test_a_label_stays_with_what_it_introduces() -> None:
    text = "11.行政财务股。负责会议经费预算;负责财务。另有人员三名。"
    assert sentences(text) == ("11.行政财务股。负责会议经费预算;负责财务。", "另有人员三名。")


def test_a_short_sentence_with_a_figure_is_no_label() -> None:
    assert sentences("比上年减少3人。原因是退休。") == ("比上年减少3人。", "原因是退休。")


def test_lines_are_never_joined() -> None:
    assert sentences("收入情况\n支出情况") == ("收入情况", "支出情况")


@given(st.text(alphabet="甲乙1.。；;！\n 」", max_size=60))
def test_nothing_is_lost(text: str) -> None:
    whole = "".join("".join(clauses(sentence)) for sentence in sentences(text))
    assert "".join(whole.split()) == "".join(text.split())
