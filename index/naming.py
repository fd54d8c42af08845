"""How a document names its department: in its title, over one or several lines of its cover, in headings and prose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from index.dictionary import read_yaml
from index.ordinals import without_ordinal
from index.places import place_at_start
from index.prose import OutlinedParagraph
from index.script import simplified

_YEAR: Final = r"(?:(?:20\d\d|二[〇○零OoＯ0][〇○零OoＯ0一二三四五六七八九]{2})年?(?:度)?)"
_MARK: Final = r"[（(](?:部门汇总|汇总|部门|全口径|公章|盖章)[）)]"
_TITLE: Final = re.compile(
    rf"[.．·•*“\"《]*(?:关于)?{_YEAR}?(?P<name>(?!年|度|部门|单位|二[〇○零])[^\d，。：:；“]{{3,40}}?)(?:关于)?"
    rf"(?:部门|单位|{_MARK}|{_YEAR}|综合|财政|[省市区县]级|信息|及其?(?=[所下直]属)|所属|下属|直属)*(?P<type>预算|决算)"
    r"(?!(?:编审|编制|评审|审核|绩效|管理|评价|执行|监督|事务|服务)+(?:中心|局|处|科|股|所|办|室|院|站|委))"
)
_ABOUT: Final = re.compile(r"(?P<who>[^\d，。：:；]{3,40}?)关于(?:公开|公布|印发|批复|下达|报送)?(?P<what>.*)")
"""Who writes, and about whose budget, unless it is the writer's own."""
_NAME_BEFORE_YEAR: Final = re.compile(r"(?P<name>[^\d，。：:；“”]{3,40}?)(?=20\d\d|二[〇○零])")
_CODE: Final = re.compile(r"^(?!20\d\d(?!\d))[\[（(]?\d{3,}[\]）)]?[-—_]?(?=\D)")
"""A unit's code before its name; a year is none."""
_OWN_PART: Final = r"(?:(?:机关)?(?:[（(]本级[）)]|本级)|20\d\d年度?(?:部门|单位)?预算(?:公开)?(?:表|报表)?)$"
"""What a heading says behind the name of the unit whose tables follow."""
_COVER_LINES: Final = 10
MAX_TITLE: Final = 60
_INNER: Final = re.compile(r"第.{1,3}部分|[一二三四五六七八九十]{1,3}、|目录|[（(][一二三四五六七八九十][）)]")
"""How the first line below a cover begins."""
_MAX_NAME_LINE: Final = 200


def plain(text: str) -> str:
    """``text`` as names are looked for in it: without blanks, in simplified characters."""
    return simplified(re.sub(r"\s+", "", text))


def is_organ(name: str) -> bool:
    """Whether this can be the name of a unit.

    >>> [is_organ(name) for name in ("上海市审计局", "上海市普陀区部门", "2026年部门预算公开")]
    [True, False, False]
    """
    words = read_yaml("profile.yaml")
    return bool(re.fullmatch(words["organ"], name)) and not re.search(words["no_organ"], name)


def cover_lines(paragraphs: Sequence[OutlinedParagraph]) -> list[str]:
    """The lines before the table of contents or the first section, without blanks."""
    skipped = re.compile(read_yaml("profile.yaml")["not_title"])
    lines: list[str] = []
    for paragraph in paragraphs[:_COVER_LINES]:
        line = plain(paragraph.text)
        if paragraph.role == "contents" or paragraph.section or _INNER.match(line) or len(line) > MAX_TITLE:
            break
        if not skipped.fullmatch(line):
            lines.append(line)
    return lines


def title_of(paragraphs: Sequence[OutlinedParagraph]) -> str | None:
    """The document's title: the cover's lines up to the one that says 预算 or 决算."""
    title = ""
    for line in cover_lines(paragraphs):
        whole = title + line
        if _TITLE.match(line) and re.search(r"\d{4}|二[〇○零]", line):
            return _no_table(line)
        if _TITLE.match(whole):
            return _no_table(whole)
        title = whole
    return None


def _no_table(title: str) -> str | None:
    """A file of tables begins with the title of the first, which is not its own."""
    return None if re.search(r"表(?:[（(][^）)]*[）)])?$", title) else title


def name_in_title(title: str) -> str | None:
    """The unit's name in a title, None where it names none (上海市普陀区2025年区级部门预算).

    >>> name_in_title("某市财政局关于批复某市审计局2024年部门预算的通知")
    '某市审计局'
    >>> name_in_title("某市审计局关于公开2024年部门预算的说明")
    '某市审计局'
    """
    whole = plain(title)
    if about := _ABOUT.match(whole):
        own = about["who"] if is_organ(about["who"]) else None
        return _name_in_title(about["what"]) or own or _name_in_title(whole)
    return _name_in_title(whole)


def _name_in_title(whole: str) -> str | None:
    found = (_TITLE.match(whole), _NAME_BEFORE_YEAR.match(whole) if re.search("预算|决算", whole) else None)
    names = (without_marks(match["name"]) for match in found if match)
    return next((name for name in names if is_organ(name)), None)


def name_in_table_title(title: str) -> str | None:
    """The unit, or the place alone, whose table a title of a table says it is.

    >>> [name_in_table_title(title) for title in ("某市档案馆2026年项目支出表", "2026年某某局部门收支总表", "收支总表")]
    ['某市档案馆', '某某局', None]
    >>> name_in_table_title("青云县2026年一般公共预算收入表")
    '青云县'
    """
    whole = re.sub(rf"^[“\"《]?{_YEAR}?", "", plain(title))
    found = re.match(
        rf"(?P<name>[^\d，。：:；]{{2,40}}?)(?:本级|[省市区县]级|全[省市区县])?(?:{read_yaml('profile.yaml')['table_begins']})",
        whole,
    )
    name = without_marks(found["name"]) if found else ""
    return name if is_organ(name) or (name and place_at_start(name) == name) else None


def rough_name(title: str) -> str | None:
    """What a title says before its year, where it does not end as names of units do, but is more than a place."""
    match = _TITLE.match(plain(title))
    name = without_marks(match["name"]) if match else ""
    return name if name and place_at_start(name) != name else None


def department_of(paragraphs: Sequence[OutlinedParagraph]) -> str | None:
    """Who the document belongs to, by its cover, else by its headings and sentences."""
    owner = next(names_in_owner_lines(cover_lines(paragraphs)), None)
    title = title_of(paragraphs)
    return owner or (name_in_title(title) if title else None) or next(names_in_text(paragraphs), None)


def name_in_owner_line(text: str) -> str | None:
    """The name in ``编制部门：上海市审计局 单位：元``."""
    words = read_yaml("profile.yaml")
    match = re.match(rf"{words['owner_label']}(?:{words['owner_code']})?(?P<rest>.+)", plain(text))
    if match is None:
        return None
    name = without_marks(re.split(words["owner_end"], match["rest"], maxsplit=1)[0])
    return name if is_organ(name) else None


def names_in_owner_lines(lines: Iterable[str]) -> Iterator[str]:
    """The names in lines like ``编制部门：上海市审计局``; the name may stand on the line below its label.

    >>> [*names_in_owner_lines(["单位名称：", "上海市审计局", "部门：上海市财政局"])]
    ['上海市审计局', '上海市财政局']
    """
    label = re.compile(read_yaml("profile.yaml")["owner_label"])
    before = ""
    for line in map(plain, lines):
        name = name_in_owner_line(line) or (name_in_owner_line(before + line) if label.fullmatch(before) else None)
        if name:
            yield name
        before = line


def owner_beside(label: str, text: str) -> str | None:
    """The name in the cell beside its label, which may lack the colon.

    >>> owner_beside("编制部门", "某市审计局"), owner_beside("单位：", "305-某市教育局"), owner_beside("部门", "合计")
    ('某市审计局', '某市教育局', None)
    """
    if not re.fullmatch(read_yaml("profile.yaml")["owner_label"], f"{plain(label).rstrip('：:')}："):
        return None
    name = without_marks(plain(text))
    return name if is_organ(name) else None


def owner_named(text: str) -> str | None:
    """The name where a text is nothing but a unit's name, a code before it or not.

    >>> owner_named("606-湖州市交通运输局"), owner_named("245001西安市医疗保障局"), owner_named("交通运输支出")
    ('湖州市交通运输局', '西安市医疗保障局', None)
    """
    whole = plain(text)
    name = re.sub(rf"^{read_yaml('profile.yaml')['owner_code']}", "", whole)
    return name if len(whole) <= MAX_TITLE and is_organ(name) else None


def unit_headed(text: str) -> str | None:
    """The unit that a heading is nothing but the name of, behind an ordinal or not.

    >>> unit_headed("二、某市图书馆"), unit_headed("某市教育局（本级）"), unit_headed("某市图书馆2026年预算表")
    ('某市图书馆', '某市教育局', '某市图书馆')
    """
    return owner_named(re.sub(_OWN_PART, "", without_ordinal(text)))


def names_in_running_heads(paragraphs: Sequence[OutlinedParagraph]) -> Iterator[str]:
    """Names that a page's header or footer says, alone, in an owner's line or in a title."""
    for paragraph in paragraphs:
        if paragraph.text.startswith(("页眉：", "页脚：")):
            parts = paragraph.text[len("页眉：") :].split()
            names = (name_in_owner_line(part) or owner_named(part) or name_in_title(part) for part in parts)
            yield from filter(None, names)


def names_in_text(paragraphs: Sequence[OutlinedParagraph]) -> Iterator[str]:
    """Names in headings and sentences that say whose duties or budget follow."""
    patterns = [re.compile(pattern) for pattern in read_yaml("profile.yaml")["name_lines"]]
    for pattern in patterns:
        for paragraph in paragraphs:
            match = pattern.match(plain(paragraph.text[:_MAX_NAME_LINE]))
            name = without_marks(match["name"]) if match else ""
            if is_organ(name):
                yield name


def without_marks(name: str) -> str:
    """The name without what says only how the document was made up.

    >>> without_marks("西安市信访局（汇总）"), without_marks("某局（本级）")
    ('西安市信访局', '某局（本级）')
    >>> without_marks(".（某局）"), without_marks("305-某局"), without_marks("2026年某局")
    ('某局', '某局', '2026年某局')
    """
    bare = re.sub(_MARK, "", name).strip('：:、-—“”"《》.．·•* ')
    bare = _CODE.sub("", bare)
    return re.sub(r"^[（(]([^（()）]+)[）)]$", r"\1", bare)


def stands_in_order(short: str, full: str) -> bool:
    """Whether a name has all characters of another one in their order, as it has those of an abbreviation.

    >>> stands_in_order("广州工信局", "广州市工业和信息化局"), stands_in_order("局工信", "广州市工业和信息化局")
    (True, False)
    """
    rest = iter(full)
    return all(character in rest for character in short)


def same_unit(left: tuple[str, str | None], right: tuple[str, str | None]) -> bool:
    """Whether two names, each with its region, mean one unit: one of them may leave out where it is.

    >>> same_unit(("随州市曾都区财政局", "随州市曾都区"), ("曾都区财政局(汇总)", "曾都区"))
    True
    >>> same_unit(("随县财政局", "随县"), ("财政局", None)), same_unit(("政协随县委员会", "随县"), ("随县政协", "随县"))
    (True, True)
    >>> same_unit(("随县财政局", "随县"), ("曾都区财政局", "曾都区"))
    False
    """
    (ours, here), (theirs, there) = (_bare(*left), _bare(*right))
    return ours == theirs and (here.endswith(there) or there.endswith(here))


def one_name(name: str) -> str:
    """One of several official names of a party's, people's congress', youth league's … organ, for comparison.

    >>> one_name("中国共产党江苏省委员会办公厅"), one_name("中共江苏省委办公厅")
    ('江苏省委办公厅', '江苏省委办公厅')
    """
    for pattern, short in read_yaml("profile.yaml")["same_names"]:
        name = re.sub(pattern, short, name)
    return name


def _bare(name: str, region: str | None) -> tuple[str, str]:
    bare = one_name(without_marks(plain(name)))
    return (bare.removeprefix(region) if region else bare), region or ""
