"""What a document says it is: whose budget, which year, budget or final account. The file name is the last resort."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Final, Literal

from index.clean.table import CleanRow, CleanTable
from index.dictionary import read_yaml
from index.document import Document, Gap, RawTable
from index.errors import DocumentError
from index.kinds import OTHER
from index.money import YUAN_PER_UNIT
from index.naming import (
    MAX_TITLE,
    cover_lines,
    is_organ,
    name_in_owner_line,
    name_in_table_title,
    name_in_title,
    names_in_owner_lines,
    names_in_running_heads,
    names_in_text,
    plain,
    rough_name,
    title_of,
    without_marks,
)
from index.owners import owner_in_form, owner_of
from index.places import region_of
from index.prose import DocumentProfile, OutlinedParagraph

Paragraphs = tuple[OutlinedParagraph, ...]
Tables = tuple[CleanTable, ...]

_CHINESE_DIGITS: Final = str.maketrans("〇○零OoＯ一二三四五六七八九", "000000123456789")
_YEAR: Final = re.compile(r"(20\d\d)(?:年(?!\d*月)|(?=度?(?:部门|单位)(?:预算|决算)))")
_CHINESE_YEAR: Final = re.compile(r"(二[〇○零OoＯ0][〇○零OoＯ0一二三四五六七八九]{2})年(?!\d*月)")
_YEAR_NAMED: Final = re.compile(r"年[度份][:：](20\d\d)(?!\d|年)")
_BUDGET_YEAR: Final = re.compile(r"(20\d\d)年(?:度)?[^，。；\d]{0,14}?(?:预算|决算)")
_YEAR_IN_CELL: Final = re.compile(r"[（(]?(20\d\d)年度?[）)]?(?:$|(?:金额)?单位)")
_YEAR_AT_END: Final = re.compile(r"(20\d\d)年度?$")
_YEAR_COLUMN: Final = re.compile(rf"(?:^|/){read_yaml('columns.yaml')['year_column']}$")
_YEAR_OF_LINE: Final = re.compile(r"(20\d\d)年?度?")
_CAPTION_ROWS: Final = 4
_BUDGET_WORDS: Final = re.compile(r"预算|决算")
_MIN_BUDGET_WORDS: Final = 5


def profile(document: Document, paragraphs: Paragraphs, tables: Tables) -> DocumentProfile:
    """Read the title first, then the tables and the prose for what the title leaves out."""
    file_title = plain(PurePath(document.file).stem)
    title = title_of(paragraphs) or _title_of_part(paragraphs) or ""
    unit = _unit(document, paragraphs, tables, title) or _name_of_file(file_title) or rough_name(title)
    unit = unit or next(iter(_names_in_tables(tables)), None) or _only_unit(tables)
    prose = [plain(paragraph.text) for paragraph in paragraphs]
    headings = [plain(p.text) for p in paragraphs if p.role in ("heading", "contents")]
    headings += [plain(table.title) for table in tables]
    sources = (title, "\n".join(headings), "\n".join(prose), file_title)
    heads = "\n".join(column.path for table in tables for column in table.columns)
    years = [*_BUDGET_YEAR.findall(heads), *_years_in_cells(document)] or _YEAR.findall(heads)
    years = years or [*_years_of_lines(tables)]
    year = _year(sources) or max(map(int, years), default=None)
    document_type, level = _document_type((*sources, heads)), _unit_level(sources)
    made_up = f"{unit}{year}年{level}{document_type}" if unit and year else file_title
    return DocumentProfile(
        title=title or made_up,
        unit_name=unit or file_title,
        unit_code=_unit_code(tables),
        region=region_of(unit, prose) if unit else None,
        year=year,
        document_type=document_type,
        unit_level=level,
    )


def require_budget(paragraphs: Paragraphs, tables: Tables, file: str, gaps: Sequence[Gap] = ()) -> None:
    """Raise DocumentError for a document without a budget's table or title and with next to no word of a budget."""
    title = title_of(paragraphs)
    if any(table.kind != OTHER or _is_of_budget(table) for table in tables) or (title and name_in_title(title)):
        return
    if sum(len(_BUDGET_WORDS.findall(paragraph.text)) for paragraph in paragraphs) < _MIN_BUDGET_WORDS:
        unread = f"没有读入：{'；'.join(gap.text for gap in gaps)}。" if gaps else ""
        raise DocumentError(
            f"“{file}”不像部门预算或决算：没有预算表，正文也几乎不提预算。{unread}", "请换成公开的部门预算文件。"
        )


def _is_of_budget(table: CleanTable) -> bool:
    """Whether a table of no known kind prints amounts of money under a title or headers that speak of a budget."""
    units = {table.unit, *(column.unit for column in table.columns)}
    told = "\n".join((table.title, *(column.path for column in table.columns)))
    return not units.isdisjoint(YUAN_PER_UNIT) and bool(re.search(read_yaml("profile.yaml")["of_budget"], plain(told)))


def _title_of_part(paragraphs: Paragraphs) -> str | None:
    """Without a cover, the first heading that is a title by itself (某局2026年部门预算情况说明)."""
    headings = (plain(p.text) for p in paragraphs if p.role == "heading")
    return next((text for text in headings if _years(text) and name_in_title(text) and len(text) <= MAX_TITLE), None)


def _unit(document: Document, paragraphs: Paragraphs, tables: Tables, title: str) -> str | None:
    """The first source that names a unit; where another has the same name with its place in front, that one."""
    cover, named = cover_lines(paragraphs), _names_in_tables(tables)
    found = [
        next(names_in_owner_lines(cover), None),
        name_in_title(title),
        next((line for line in map(without_marks, cover) if is_organ(line) and not re.search("[:：]", line)), None),
        owner_of(document),
        next(names_in_running_heads(paragraphs), None),
        next(names_in_text(paragraphs), None),
        next(filter(is_organ, named), None),
        next((row.label for row in _unit_rows(tables)), None),
        owner_in_form(document),
        next((table.owner for table in tables if table.owner), None),
    ]
    names = [name for name in found if name]
    return max((name for name in names if name.endswith(names[0])), key=len) if names else None


def _names_in_tables(tables: Tables) -> list[str]:
    """What the titles of tables begin with: names of units and, in a place's own budget, the place."""
    return [name for name, _ in Counter(filter(None, (name_in_table_title(t.title) for t in tables))).most_common()]


def _only_unit(tables: Tables) -> str | None:
    """The one unit that all lines name in a column of its own."""
    names = {row.subordinate_unit for table in tables for row in table.rows}
    return next(iter(names)) if len(names) == 1 else None


def _years_of_lines(tables: Tables) -> Iterator[str]:
    """The years that lines tell in a column of their own."""
    for table in tables:
        columns = {column.number for column in table.columns if _YEAR_COLUMN.search(column.path)}
        cells = (cell for row in table.rows for cell in row.cells if cell.column in columns)
        yield from (match[1] for cell in cells if (match := _YEAR_OF_LINE.fullmatch(cell.printed.strip())))


def _name_of_file(title: str) -> str | None:
    """The last part of a file's name that names a unit: those before it may say where the file was found."""
    return next((name for part in reversed(title.split("_")) if (name := name_in_title(part))), None)


def _unit_code(tables: Tables) -> str | None:
    """The code of the line that holds the whole department: the first unit line of the 收入总表."""
    return next((row.code for row in _unit_rows(tables) if row.level == 1), None)


def _unit_rows(tables: Tables) -> list[CleanRow]:
    return [row for table in tables if table.kind == "收入总表" for row in table.rows if row.code_system == "单位"]


def _year(texts: Sequence[str]) -> int | None:
    """The title's year, else the one whose budget headings and tables speak of most, else the most named one."""
    title, *others = texts
    if years := [*_BUDGET_YEAR.findall(title), *_years(title)]:
        return int(years[0])
    for found in (*map(_BUDGET_YEAR.findall, others), *map(_years, others)):
        if found:
            return Counter(map(int, found)).most_common(1)[0][0]
    return None


def _years_in_cells(document: Document) -> Iterator[str]:
    """Years that stand in cells above a header or below the lines (``2026年`` | ``单位：元``)."""
    tables = (block for block in document.blocks if isinstance(block, RawTable))
    rows = (row for table in tables for row in (*table.rows[:_CAPTION_ROWS], *table.rows[-_CAPTION_ROWS:]))
    texts = [plain(text) for row in rows for text in row.texts]
    found = (_YEAR_IN_CELL.match(text) or (name_in_owner_line(text) and _YEAR_AT_END.search(text)) for text in texts)
    return (match[1] for match in found if match)


def _years(text: str) -> list[int]:
    arabic = [int(year) for pattern in (_YEAR, _YEAR_NAMED) for year in pattern.findall(text)]
    chinese = [int(found.translate(_CHINESE_DIGITS)) for found in _CHINESE_YEAR.findall(text)]
    return arabic + chinese


def _document_type(texts: Sequence[str]) -> Literal["预算", "决算"]:
    words = read_yaml("profile.yaml")
    read = [re.sub(words["not_a_type"], "", text) for text in texts]
    return "决算" if _most_said(words["types"], read) == "决算" else "预算"


def _unit_level(texts: Sequence[str]) -> Literal["部门", "单位"]:
    return "单位" if _most_said(read_yaml("profile.yaml")["levels"], texts) == "单位" else "部门"


def _most_said(meanings: Mapping[str, str], texts: Sequence[str]) -> str | None:
    """The meaning that the first of ``texts`` has that has any; the more frequent of two."""
    for text in texts:
        counted = Counter({name: len(re.findall(pattern, text)) for name, pattern in meanings.items()})
        name, times = counted.most_common(1)[0]
        if times:
            return name
    return None
