"""Title, number and unit of a table: from the paragraphs right above it and from title rows inside its grid."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile, pairwise, zip_longest
from typing import Final

from index.clean.draft import Draft, Drafts, is_foot_line
from index.clean.headers import count_header_rows
from index.clean.pieces import UNIT_WORD, whole_lines
from index.clean.wording import glue, squeeze
from index.document import RawRow
from index.money import UNIT, plain_unit
from index.naming import names_in_owner_lines, owner_beside, owner_named
from index.notes import is_note
from index.ordinals import rank, without_ordinal

_NUMERAL: Final = r"(?:\d+|[一二三四五六七八九十]+(?!般))"
"""``表5一般公共预算支出表`` is the fifth."""
_NUMBER: Final = re.compile(
    rf"(?:附表|附件|附表格|表格?|公开表|(?:部门|单位)?(?:公开|预算|决算)?表)\s*{_NUMERAL}(?:[-－—.]\d+)*"
    rf"|(?:部门|单位)?(?:公开|预算|决算)?\s*\d+\s*表"
)
_CURRENCY: Final = r"(?:人民币|RMB|CNY|[¥￥])?"
_UNIT_NAME: Final = rf"(?:{UNIT}|万(?![元圆美港欧日英]))"
_UNIT_LINE: Final = re.compile(
    rf"[（(\[［【]?{UNIT_WORD}{_CURRENCY}\s*(?P<unit>{_UNIT_NAME})?\s*(?:人民币)?\s*(?:[（(].*[）)]|[、,，/].{{1,8}})?[）)\]］】]?"
)
_UNIT_IN_TITLE: Final = re.compile(rf"(?<=表)[）)]?\s*{UNIT_WORD}{_CURRENCY}{_UNIT_NAME}.{{0,8}}$")
_LONE_UNIT: Final = re.compile(rf"[（(]?(?P<unit>{UNIT})[）)]?")
"""A unit that stands alone on its line."""
_UNLESS: Final = r"(?:[:：]?[（(]?(?:除|如无|若无)[^。；]{1,18}?[外明示][）)]?[，,]?)?"
"""``单位除另有注明外，均为元``."""
_UNIT_ANYWHERE: Final = re.compile(
    rf"单位{_UNLESS}[均都统一律]{{0,3}}(?:[为是]|为?[:：]|(?=[（(])){_CURRENCY}[（(]?{_CURRENCY}({_UNIT_NAME})(?:[、/或]({UNIT}))?"
    rf"|[以按]{_CURRENCY}({UNIT})(?:[（(]人民币[）)])?(?:为(?:计量|金额|货币|计价|记账)?单位|(?:列示|反映|填列|列报|表示))"
    rf"|[（(](?:人民币)?({UNIT})[）)][:：]?$|^[（(]?金额[:：]{_CURRENCY}({UNIT})"
)
_OWNER_LINE: Final = re.compile(
    r"(?:[\u4e00-\u9fa5]{0,6}(?:部\s*门|单\s*位)(?:\s*[（(](?:部门|单位)[）)])?(?:名称|编码|代码)?)"
    r"\s*[/／]?\s*(?:单\s*位?|名称)?\s*[:：].*"
    r"|部\s*门\s*[/／]\s*(?:单\s*位?)?"
)
_OWNER_LABEL: Final = re.compile(r"(?:编制|填报|预算|公开)?(?:部\s*门|单\s*位)(?:名\s*称)?\s*[:：]")
"""Behind it, on a line of its own, stands the owner's name."""
_YEAR_BEFORE_UNIT: Final = re.compile(rf"^[（(]?\s*20\d\d\s*年?度?\s*[）)]?\s*(?={UNIT_WORD})")
_YEAR_LINE: Final = re.compile(
    r"[（(]?\s*20\d\d\s*年?度?\s*[）)]?|填报日期[:：].*|编制日期[:：].*|(?:预算|决算)?年[度份]\s*[:：]\s*20\d\d\s*年?度?"
)
_TITLE: Final = re.compile(
    r".{0,60}(?:表(?:[-－—]{1,2}[^-－—，。；]{2,20}?)?|专项资金.{0,6}(?:清单|目录))(?:[（(][^）)]{1,30}[）)])*(?:续表?)?"
)
OF_TABLE_ABOVE: Final = re.compile(r"上\s*表|以上")
"""How a line begins that is on the table above it, wherever it stands."""
_CONTINUED: Final = re.compile(r"[续接承]上?表|上表续")
"""What stands above a part in place of the title."""
_TITLE_BRACKET: Final = re.compile(r"[（(]\s*续\s*表?\s*[）)]|[（(]单位[:：].{1,6}[）)]")
_REFERENCE: Final = re.compile(r"详?见.{0,6}表|如下表|下表|[。；，]")
"""Prose that speaks of a table."""

_AMOUNT_LINE: Final = re.compile(rf"[（(]?金\s*额\s*[:：]\s*{_CURRENCY}\s*{_UNIT_NAME}[）)]?")
"""A unit's line without the word."""
_CAPTION_LINES: Final = (_UNIT_LINE, _AMOUNT_LINE, _OWNER_LINE, _YEAR_LINE, _NUMBER)
_MAX_TITLE: Final = 60
_MAX_LEAD: Final = 4
_MAX_UNIT_LINE: Final = 30
_HEADS: Final = re.compile("(?:编码|代码|科目|项目|科目名称|项目名称)$")
_BESIDE: Final = re.compile(
    rf"{_UNIT_LINE.pattern}|(?:部门|单位)?(?:编码|代码)[:：][\dA-Z]+|(?:预算|决算)?年[度份][:：]20\d\d年?度?"
)
"""What a cell says together with the label on its left, a colon between them."""
_FORM: Final = re.compile("指标|绩效|自评|总体目标")
"""What forms speak of: there a label and the text beside it are a part of the table."""
_MAX_BESIDE_UNIT: Final = 3
"""A row with the table's unit holds at most the owner and the table's number beside it."""


@dataclass(frozen=True, slots=True)
class Caption:
    """What was found about a table outside its header and body."""

    title: str = ""
    table_no: str | None = None
    unit: str | None = None

    def with_text(self, text: str) -> Caption:
        """Take from one printed line what it says; a later line wins, since it stands nearer to the table."""
        found = replace(self, unit=unit_said(text) or self.unit)
        if _UNIT_LINE.fullmatch(text) or _OWNER_LINE.fullmatch(text) or _YEAR_LINE.fullmatch(text):
            return found
        text = _UNIT_IN_TITLE.sub(" ", text).strip()
        number = _NUMBER.search(text)
        title = _clean_title(text, number)
        if number and (not title or not text[: number.start()].strip("（( ") or text.rstrip().endswith(("）", ")"))):
            found = replace(found, table_no=squeeze(number.group()))
        return replace(found, title=title) if title else found


def find_caption(draft: Draft) -> Draft:
    """Read the lines above and the title rows, and take the title rows out of the grid."""
    inside = draft.rows[: _count_lead_rows(draft.rows)]
    lines = [*caption_lines(draft), *(line for row in inside for line in _lines_of(row))]
    caption = Caption()
    for line in whole_lines(lines):
        caption = caption.with_text(line)
    owner = next(names_in_owner_lines(lines), None)
    rows = draft.rows[len(inside) :]
    return replace(draft, rows=rows, title=caption.title, table_no=caption.table_no, unit=caption.unit, owner=owner)


def title_from_heading(draft: Draft) -> Draft:
    """Without a title of its own a table is called what the heading above it says (``一、部门收支总表``)."""
    heading = draft.section[-1] if draft.section else ""
    title = without_ordinal(glue(heading))
    is_title = (rank(heading) or 0) > 1 and bool(_TITLE.fullmatch(title)) and not draft.title
    return replace(draft, title=title) if is_title else draft


def unit_said(text: str) -> str | None:
    """The unit of money that a printed line names for what stands around it.

    >>> unit_said("注：计量单位：元；本表按功能分类填列。"), unit_said("收入总表（百 元）"), unit_said("单位：某局")
    ('元', '百元', None)
    >>> unit_said("本册金额单位除另有注明外，均为千元"), unit_said("各表以人民币万元为单位")
    ('千元', '万元')
    >>> unit_said("本预算草案中，金额计量单位为“千元”，人员单位为“人”。")
    '千元'
    """
    plain = re.sub('[“”"]', "", squeeze(text))
    found = _LONE_UNIT.fullmatch(plain) or _UNIT_ANYWHERE.search(plain)
    units = {_whole_unit(unit) for unit in found.groups() if unit} if found else set()
    return next(iter(units)) if len(units) == 1 else None


def is_caption_line(text: str) -> bool:
    """Whether a line only names a table, its number, unit, owner or year."""
    plain = _YEAR_BEFORE_UNIT.sub("", text.strip())
    if not plain or len(plain) > _MAX_TITLE or _REFERENCE.search(plain):
        return False
    return any(pattern.fullmatch(plain) for pattern in _CAPTION_LINES) or is_title(plain)


def stands_in_caption(text: str) -> bool:
    """Whether a line above a table belongs to its caption: it may be nothing but the owner's name or the unit."""
    return is_caption_line(text) or owner_named(text) is not None or _says_unit(text)


def _says_unit(text: str) -> bool:
    """Whether a short line says the unit, whatever else is printed on it; a note belongs to the table above."""
    return len(squeeze(text)) <= _MAX_UNIT_LINE and not is_note(text) and unit_said(text) is not None


def is_title(text: str) -> bool:
    """Whether a line is the title of a table, its number apart."""
    plain = _NUMBER.sub("", text, count=1) if _NUMBER.match(text) else text
    return bool(_TITLE.fullmatch(plain.strip(" 　:：")))


def is_unit_line(text: str) -> bool:
    """Whether a line says nothing but the unit."""
    is_alone = _UNIT_LINE.fullmatch(text.strip()) or _AMOUNT_LINE.fullmatch(text.strip())
    return is_alone is not None and unit_said(text) is not None


def is_title_or_number(text: str) -> bool:
    """Whether a line begins the caption of a table."""
    return bool(text.strip()) and (is_title(text) or bool(_NUMBER.fullmatch(text.strip())))


def units_below(drafts: Drafts) -> Drafts:
    """A unit between two tables is that of the first, if that has none above and the second another one."""
    kept: list[Draft] = []
    for draft in drafts:
        lines = [*dropwhile(is_foot_line, (line for line in draft.above if line.strip()))]
        begins = len(lines) > 1 and is_unit_line(lines[0]) and is_title_or_number(lines[1])
        is_of_first = begins and kept and not _units_above(kept[-1]) and _has_unit_without(draft, lines[1:])
        kept.append(replace(draft, above=tuple(lines[1:])) if is_of_first else draft)
    return tuple(kept)


def _units_above(draft: Draft) -> bool:
    inside = draft.rows[: count_title_rows(draft.rows)]
    return any(map(unit_said, [*caption_lines(draft), *(text for row in inside for text in row.texts)]))


def _has_unit_without(draft: Draft, above: Sequence[str]) -> bool:
    """Whether a table with these lines above it prints its unit somewhere."""
    return _units_above(replace(draft, above=tuple(above))) or any(
        map(is_unit_line, (draft.below, *lone_texts(draft.rows)))
    )


def lone_texts(rows: Sequence[RawRow]) -> list[str]:
    """What stands alone in its row."""
    texts = [[text for text in row.texts if text.strip()] for row in rows]
    return [each[0] for each in texts if len(each) == 1]


def caption_lines(draft: Draft) -> list[str]:
    """The caption lines directly above the table, from the farthest to the nearest."""
    lines: list[str] = []
    for before, text in reversed([*pairwise(("", *whole_lines(draft.above)))]):
        is_owner = len(text) <= _MAX_TITLE and _OWNER_LABEL.fullmatch(before.strip()) and not _REFERENCE.search(text)
        if OF_TABLE_ABOVE.match(text.strip()) or not (stands_in_caption(text) or is_owner):
            break
        lines.insert(0, text)
    return lines


def lines_above(drafts: Drafts) -> Drafts:
    """A grid of nothing but title, owner, unit and year stands above the one that follows it directly."""
    kept: list[Draft] = []
    for draft, after in reversed([*zip_longest(drafts, drafts[1:])]):
        if after and not any(map(str.strip, after.above)) and count_title_rows(draft.rows) == len(draft.rows):
            lines = (line for row in draft.rows for line in _lines_of(row))
            kept[-1] = replace(kept[-1], above=(*draft.above, *lines, *kept[-1].above))
        else:
            kept.append(draft)
    return tuple(reversed(kept))


def count_title_rows(rows: Sequence[RawRow]) -> int:
    """How many leading rows only name the table: its title, number, unit, owner or year."""
    return next((at for at, row in enumerate(rows) if not _is_title_row(row, rows)), len(rows))


def _is_form(rows: Sequence[RawRow]) -> bool:
    return any(_FORM.search(squeeze(text)) for row in rows for text in row.texts)


def _count_lead_rows(rows: tuple[RawRow, ...]) -> int:
    """The title rows, and lines of whatever words above the header (the title of the document)."""
    count = count_title_rows(rows)
    for at in range(count, min(count + _MAX_LEAD, len(rows))):
        if _is_title_row(rows[at], rows):
            continue
        if count_header_rows(rows[at:]):
            return at
        if not _is_lone_line(rows[at]):
            break
    return count


def _is_lone_line(row: RawRow) -> bool:
    texts = [text for text in row.texts if text.strip()]
    return len(texts) == 1 and len(texts[0]) <= _MAX_TITLE and not _REFERENCE.search(texts[0])


def _is_title_row(row: RawRow, rows: Sequence[RawRow]) -> bool:
    texts, told = [text for text in row.texts if text.strip()], _lines_of(row)
    heads = any(_HEADS.search(squeeze(text)) for text in texts)
    lines = [_YEAR_BEFORE_UNIT.sub("", text.strip()) for text in texts]
    beside_unit = any(map(_UNIT_LINE.fullmatch, lines)) and len(texts) <= _MAX_BESIDE_UNIT
    if not texts or (beside_unit and not heads):
        return True
    return all(map(is_caption_line, told)) and (len(told) == len(texts) or not _is_form(rows))


def _lines_of(row: RawRow) -> list[str]:
    """What the cells of a title row say: a label and the name, unit, code or year beside it are one line."""
    lines: list[str] = []
    for text in filter(str.strip, row.texts):
        if lines and _goes_with(lines[-1], text):
            lines[-1] = f"{lines[-1].rstrip(' ：:')}：{text.strip()}"
        else:
            lines.append(text)
    return lines


def _goes_with(label: str, text: str) -> bool:
    line = f"{squeeze(label).rstrip('：:')}：{squeeze(text)}"
    return owner_beside(label, text) is not None or bool(_BESIDE.fullmatch(line))


def _clean_title(text: str, number: re.Match[str] | None) -> str:
    plain = text
    if number:
        plain = plain[: number.start()] + plain[number.end() :]
    plain = _TITLE_BRACKET.sub("", plain).strip(" 　:：、.．")
    plain = re.sub(r"^[（(]\s*[）)]|[（(]\s*[）)]$", "", plain)
    plain = without_ordinal(glue(plain))
    return plain if _TITLE.fullmatch(plain) and len(plain) > 1 and not _CONTINUED.fullmatch(plain) else ""


def _whole_unit(unit: str) -> str:
    """Without the blanks it was printed with; ``万`` is a cut-off ``万元``."""
    return f"{plain_unit(unit).removesuffix('元')}元"
