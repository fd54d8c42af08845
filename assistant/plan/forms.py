"""Performance forms bound by characters: which project is meant, which of its indicators, however they are called.

People shorten and reword what stands in the forms (公车统管项目, 用车多少次), so that names are not looked up but
compared: what a question says of a name, in stretches of two characters and more, against all of it that tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.found import value_of
from assistant.catalog import DocumentCatalog, Row
from assistant.catalog.project_forms import INDICATORS, WHOLE, ProjectForm
from assistant.catalog.types import CLASSIFICATIONS
from assistant.plan.quantity import Quantity
from assistant.plan.targets import target_in
from assistant.query import Aim, FormsOf, Funds, Target, Targets
from assistant.reading.forms import telling
from assistant.reading.patterns import pattern
from assistant.resolve.projects import lines_of_projects
from assistant.resolve.promises import is_of_group, target_of
from assistant.understand.kinds import alike
from assistant.understand.wording import normalise, synonyms
from assistant.words import tagged
from index.records import FigureRecord

_GENERIC: Final = pattern("form_generic")
_NUMBERED: Final = re.compile(r"^(?:指标)?\d+[:：.、]?")
_RATES: Final = re.compile("[率度比%‰]|百分")
_HOLDERS: Final = ("实施单位", "承担单位", "项目单位", "用款单位", "执行单位")
_BODIES: Final = tuple("局委厅办院部署会")
_COMMON: Final = pattern("form_common")
_CALLED: Final = pattern("form_called")
_UPPER: Final = pattern("upper_bound")
_LOWER: Final = pattern("lower_bound")
_PART_OF_YEAR: Final = pattern("part_of_year")
_PER: Final = re.compile("(?:每|一)个?(月|户|人|天|日|次|平米|平方米|亩|吨|公里|株|套|辆|床|生|学期)")
_COUNTERS: Final = frozenset("个项")
_BLOCK: Final = 2
_LONG: Final = 4
_NAMING: Final = 3
"""Characters of a name that stands in another one in full."""

_OWN_TEXTS: Final = 2
"""Texts around an ask that are its own clause and its own question."""

_FEW: Final = 3
_MOST_OF_NAME: Final = 0.75
_PART_OF_NAME: Final = 0.4
_HALF: Final = 0.5
_MOST: Final = 4
_PROJECT_WEIGHT: Final = 0.3
"""What a stretch counts for that is part of the project's own name, and so tells its indicators little apart."""


# Which project


@dataclass(frozen=True, slots=True)
class _Said:
    """How much of a name a text says: all its stretches, and the longest."""

    size: int
    longest: int
    share: float

    @property
    def names(self) -> bool:
        """Whether it is enough to mean it."""
        most = self.share >= _MOST_OF_NAME and self.size >= _BLOCK
        return self.longest >= _LONG or most or (self.size >= _LONG and self.share >= _PART_OF_NAME)


def _said(name: str, text: str) -> _Said:
    telling = _GENERIC.sub("", normalise(name))
    blocks = _blocks(telling, _GENERIC.sub("|", text))
    size = sum(map(len, blocks))
    return _Said(size, max(map(len, blocks), default=0), size / len(telling) if telling else 0.0)


def _blocks(name: str, text: str) -> list[str]:
    """The stretches of a name that stand in a text, longest first, none twice."""
    match = SequenceMatcher(None, name, text, autojunk=False)
    return [name[b.a : b.a + b.size] for b in match.get_matching_blocks() if b.size >= _BLOCK]


def forms_named(around: Sequence[str], draft: Draft) -> tuple[ProjectForm, ...]:
    """The forms of the project that the first of the texts names that names any; more where several are called so."""
    forms = draft.contents.forms
    for text in around:
        plain = without_unit(normalise(text), draft.catalog)
        if whole := said_whole(forms, normalise(text)):
            return whole
        said = [(form, max((_said(name, plain) for name in form.names), key=lambda s: (s.size, s.share)))
                for form in forms if form.name != WHOLE]  # fmt: skip
        named = [(form, each) for form, each in said if each.names]
        if named:
            best = max((each.size, each.share) for _, each in named)
            return tuple(form for form, each in named if (each.size, each.share) == best)
        called = [form for form in forms if form.name != WHOLE and _is_called(form, plain)]
        if len(called) == 1:
            return tuple(called)
    return ()


def said_whole(forms: Sequence[ProjectForm], text: str) -> tuple[ProjectForm, ...]:
    """The forms of the project whose whole name stands in a normalised text; of several the longest name's."""
    said = [
        (len(full), form)
        for form in forms
        for full in map(normalise, form.names)
        if form.name != WHOLE and len(_GENERIC.sub("", full)) >= _BLOCK and len(full) >= _LONG and full in text
    ]
    longest = max((length for length, _ in said), default=0)
    return tuple(dict.fromkeys(form for length, form in said if length == longest))


def names_formless(texts: Sequence[str], draft: Draft) -> bool:
    """Whether a text says the whole name of a project in the lists of projects that has no form: no other one's is its.

    Not where a form bears it as a part of its own name.
    """
    called = [*lines_of_projects(draft.catalog), *(normalise(n) for form in draft.contents.forms for n in form.names)]
    listed = (row for table in draft.catalog.tables.values() if table.lists_projects for row in table.rows)
    units = {normalise(unit) for unit in (draft.catalog.unit_name, *draft.catalog.units)}
    labels = {normalise(row.label) for row in listed if row.is_leaf and not row.is_total} - units
    plain = [normalise(text) for text in texts]
    said = {label for label in labels if len(_GENERIC.sub("", label)) >= _LONG and any(label in t for t in plain)}
    longest = [label for label in said if not any(label != other and label in other for other in said)]
    return any(not any(label in name or name in label for name in called) for label in longest)


def tells_of_another(question: str, draft: Draft) -> bool:
    """Whether a project is named whole, and targets are told that another project sets which is not spoken of."""
    if draft.catalog.document_id not in draft.library.documents:  # all documents have no forms in common
        return False
    text = normalise(question)
    named = {normalise(name) for form in said_whole(draft.contents.forms, text) for name in form.names}
    tables = (draft.catalog.tables[row.table_id] for row in draft.rows_cited)
    subjects = {normalise(table.subject) for table in tables if table.kind == INDICATORS and table.subject}
    return bool(named) and any(subject not in named and subject not in text for subject in subjects)


def _is_called(form: ProjectForm, text: str) -> bool:
    """Whether a text says a part of the project's name right before a word for a project (林业专项)."""
    names = [_GENERIC.sub("", normalise(name)) for name in form.names]
    said = {match["part"] for match in _CALLED.finditer(text)}
    return any(part[-_BLOCK:] in name for part in said for name in names)


def without_unit(text: str, catalog: DocumentCatalog) -> str:
    """A text without the unit's name as it is said, its place and its kind of body with it."""
    region = normalise(catalog.region or "").removesuffix("市").removesuffix("省")
    for block in _blocks(normalise(catalog.unit_name), text):
        if len(block) > _BLOCK and (block.endswith(_BODIES) or (region and region in block)):
            text = text.replace(block, "|", 1)
    return text.replace(region, "|", 1) if region else text


# Which indicator


@dataclass(frozen=True, slots=True)
class _Line:
    """One indicator with its cells and the form that it stands in."""

    form: ProjectForm
    row: Row
    cells: list[FigureRecord]


def target_figures(target: Target, draft: Draft) -> tuple[Quantity, ...]:
    """What is set for the thing asked for; none where no indicator, or too many, may be meant."""
    if names_formless(target.around[:_OWN_TEXTS], draft):
        return ()
    named = forms_named(target.around, draft)
    found = _of_forms(target, named, draft) if named else ()
    if target.kind == "money" and named and forms_named((target.text,), draft):
        return found  # what the project itself costs is no indicator of another one
    is_whole = any(said_whole(named, normalise(text)) for text in target.around)
    return found or (() if is_whole else _of_forms(target, (), draft))  # what another one sets is not its own


def _of_forms(target: Target, named: Sequence[ProjectForm], draft: Draft) -> tuple[Quantity, ...]:
    """What the forms named set, else what any form sets for a thing that is called so."""
    lines = [line for line in _lines(named or draft.contents.forms, draft) if _fits(target, line)]
    own = normalise("".join(named[0].names)) if named else ""
    whole = _telling(target.text, draft.catalog)
    rest = _without(whole, _blocks(own, whole))
    said_of = (rest, whole) if named and _size(rest) else (whole,)
    if named and target.kind == "money":
        said_of = (rest,)  # by its own name all that the project costs is meant, and none of its indicators
    for said in _reworded(said_of):
        scored = [(*_score(said, _text_of(line), own), line) for line in lines]
        best = max(((score, share) for score, share, _ in scored), default=(0.0, 0.0))
        is_all = best[0] == _size(said) >= _BLOCK and target.counted not in (None, *_COUNTERS)  # 钻探多少米
        if is_all or _is_enough(best[0], said, is_named=bool(named)):
            meant = [line for score, share, line in scored if (score, share) == best]
            return _alone(meant, draft, is_named=bool(named)) if _are_set_so(target.text, meant) else ()
    if named and (each := _for_each(target, lines, own, draft)):
        return each
    if named and target.counted and target.counted not in _COUNTERS and _size(rest) <= _FEW:
        return _only_of_unit(lines, rest, draft) if _are_set_so(target.text, lines) else ()
    return ()


def _reworded(texts: Sequence[str]) -> Iterator[str]:
    """Texts as they are, then with the words that budgets print for theirs (卖地: 土地出让)."""
    yield from texts
    for text in texts:
        for word, forms in synonyms().items():
            if word in text:
                yield from (text.replace(word, form) for form in forms)


def _lines(forms: Sequence[ProjectForm], draft: Draft) -> list[_Line]:
    rows = [(form, row) for form in forms for row in form.indicators]
    cells = draft.library.figures({row.row_id for _, row in rows})
    return [_Line(form, row, cells[row.row_id]) for form, row in rows if cells[row.row_id]]


def _alone(lines: Sequence[_Line], draft: Draft, *, is_named: bool) -> tuple[Quantity, ...]:
    """The figures of lines that may be meant alike: few of one project, else one value."""
    found = {(q.name, q.value.shown()): q for q in (_figure(line, draft) for line in lines)}
    values = {value: q for (_, value), q in found.items()}
    if not is_named or len(values) == 1:
        return tuple(values.values()) if len(values) == 1 else ()
    return tuple(found.values()) if len(found) <= _MOST else ()


def _is_enough(score: float, said: str, *, is_named: bool) -> bool:
    """Whether what is said of an indicator means it: most of what is asked, or a long stretch."""
    if not is_named:
        return score >= _LONG and score >= _MOST_OF_NAME * _size(said)
    return score >= _LONG or (score >= _BLOCK and score >= _HALF * _size(said))


def _size(said: str) -> int:
    return len(said.replace("|", ""))


def _names_any(said: str) -> bool:
    """Whether words name a thing or what is done to it (更新), beyond that it lasts or is done (够撑, 做)."""
    return any(tag[0] in "nj" or len(word) > 1 for word, tag in tagged(said))


def _for_each(target: Target, lines: Sequence[_Line], own: str, draft: Draft) -> tuple[Quantity, ...]:
    """What is set for each of what is asked for (一个月: 元/户/月), of several what the question speaks of most."""
    each = [line for line in lines if any(f"/{unit}" in _shown(line.cells) for unit in _PER.findall(target.text))]
    around = _telling("".join(target.around), draft.catalog)
    rest = _without(around, _blocks(own, around))
    scored = [(_score(rest, _text_of(line), own)[0], line) for line in each]
    best = max((score for score, _ in scored), default=0.0)
    found = [line for score, line in scored if score == best]
    return (_figure(found[0], draft),) if len(found) == 1 else ()


def _only_of_unit(lines: Sequence[_Line], said: str, draft: Draft) -> tuple[Quantity, ...]:
    """The one indicator that is counted in the unit asked for, where a character of what is asked stands in it.

    Of several the one in which most of them do. Where none does, any, if what is asked names nothing (够撑几天).
    """
    words = set(said.replace("|", ""))
    shared = {id(line): len(words & set(normalise(line.row.label))) for line in lines}
    most = max(shared.values(), default=0)
    held = [line for line in lines if shared[id(line)] and (most < _BLOCK or shared[id(line)] == most)]
    held = held or ([] if _names_any(said.replace("|", "")) else list(lines))
    found = {q.name: q for q in (_figure(line, draft) for line in held)}
    return tuple(found.values()) if len(found) == 1 else ()


def _telling(text: str, catalog: DocumentCatalog) -> str:
    """What of an ask tells which indicator is meant."""
    return telling(without_unit(normalise(text), catalog))


def _without(text: str, blocks: Sequence[str]) -> str:
    for block in blocks:
        text = text.replace(block, "|")
    return text


def _text_of(line: _Line) -> str:
    """What an indicator is called, with the words of its target (``满意度``: 投诉率≤5%)."""
    printed = normalise(target_of(line.cells).printed)
    words = re.sub(r"[^一-鿿]", "", printed) if re.search(r"\d", printed) else ""
    return f"{_NUMBERED.sub('', normalise(line.row.label))}#{words}"


def _score(said: str, label: str, project: str) -> tuple[float, float]:
    """How much of what is asked a label says, and how much of it that is.

    What the project is called and common words count less.
    """
    blocks = _blocks(label, said)
    weights = (_PROJECT_WEIGHT if block in project or _COMMON.fullmatch(block) else 1 for block in blocks)
    score = sum(len(block) * weight for block, weight in zip(blocks, weights, strict=True))
    return score, score / max(len(label), 1)


def _fits(target: Target, line: _Line) -> bool:
    """Whether a target is a number of the kind that is asked for."""
    cells, shown, label = line.cells, _shown(line.cells), normalise(line.row.label)
    found = target_in(shown.lstrip("≥≧≤≦<>=")) or target_in(target_of(cells).printed, _unit_of(cells))
    unit = found[0].unit if found else ""
    is_percent, is_money = "%" in shown or "‰" in shown, bool(re.search("[万亿千]?元", f"{shown}{label}"))
    match target.kind:
        case "money":
            return is_money or (not unit and bool(re.search("成本|费|投资|资金|预算", label)))
        case "percent":
            return is_percent or bool(_RATES.search(label))
        case "count":
            if is_percent or (is_money and not (found and found[0].kind != "amount")):
                return False
            return _is_counted_in(target.counted or "", unit, shown, label)
        case "number":
            return bool(re.search(r"\d", shown)) and (not is_percent or bool(_RATES.search(normalise(target.text))))
        case _:
            return True


def _are_set_so(asked: str, lines: Sequence[_Line]) -> bool:
    """Whether what lines set is the bound, and of the part of the year, that is asked for."""
    return all(_is_bounded_as(asked, line) and _is_of_time(asked, line) for line in lines)


def _is_bounded_as(asked: str, line: _Line) -> bool:
    """Whether the bound asked for is the one that is set: a number that must not be passed is no lower limit."""
    signs = _shown(line.cells)
    is_upper, is_lower = any(s in signs for s in "≤≦<"), any(s in signs for s in "≥≧>")
    return not ((is_upper and _LOWER.search(asked)) or (is_lower and _UPPER.search(asked)))


def _is_of_time(asked: str, line: _Line) -> bool:
    """Whether each part of the year that is asked about is printed with the indicator: others are set for the year."""
    printed = f"{normalise(line.form.name)}#{normalise(line.row.label)}#{_shown(line.cells)}"
    return all(said.group() in printed for said in _PART_OF_YEAR.finditer(asked))


def _is_counted_in(asked: str, unit: str, shown: str, label: str) -> bool:
    """Whether a number is told in a unit; 个 and 项, and a number of things without a unit, may be of anything."""
    if not re.search(r"\d", shown):
        return False
    units = alike(asked)
    is_bare = not unit and not re.search("成本|费|资金|率$", label)
    ends = re.compile(rf"(?:{'|'.join(map(re.escape, units))})数?[)）]?$") if asked else None
    is_told = any(u and re.search(rf"{re.escape(u)}(?!次)", shown) for u in units) or bool(ends and ends.search(label))
    return asked in ("", *_COUNTERS) or unit in units or is_told or is_bare


def _unit_of(cells: Sequence[FigureRecord]) -> str:
    printed = {cell.measure: cell.printed for cell in cells}
    return printed.get("计量单位") or next((c.unit for c in cells if c.unit), None) or ""


def _shown(cells: Sequence[FigureRecord]) -> str:
    printed = {cell.measure: cell.printed for cell in cells}
    return normalise(f"{printed.get('计算符号') or ''}{target_of(cells).printed}{printed.get('计量单位') or ''}")


def _figure(line: _Line, draft: Draft) -> Quantity:
    """One target as a figure: a number with its unit, or the words that are printed."""
    form, row, cells = line.form, line.row, line.cells
    cell = target_of(cells)
    found = target_in(cell.printed, _unit_of(cells) or _unit_of_label(row.label))
    printed = {c.measure: c.printed for c in cells}
    if found is not None:
        value, sign = found
        sign = printed.get("计算符号") or sign
    else:
        is_number = bool(re.search(r"\d", cell.printed)) and bool(printed.get("计算符号") or printed.get("计量单位"))
        text = _shown(cells) if is_number else cell.printed.strip()  # of words sign and unit are fillers
        value, sign = replace(value_of(cell), kind="text", exact=None, text=text), ""
    name = _NUMBERED.sub("", row.label.strip())
    return Quantity(name, value, draft.catalog.document_id, (cell,), (), f"{form.title}：{form.name}", sign, row.row_id)


def _unit_of_label(label: str) -> str:
    """The unit that an indicator's name ends in (购买台式电脑（台）)."""
    match = re.search(r"[（(]([一-鿿]{1,3}|%)[)）]$", label)
    return match[1] if match else ""


# All of a class, the funds, the goal


def group_figures(targets: Targets, draft: Draft) -> tuple[Quantity, ...]:
    """What the project's form sets for all indicators of a class, or for all where no single one is named."""
    forms = forms_named(targets.around, draft)[:1]
    if not targets.group and _names_indicator(targets.around, forms):
        return ()
    return tuple(
        _figure(line, draft)
        for line in _lines(forms, draft)
        if is_of_group(line.cells, targets.group) and _is_set(line.cells)
    )


def _names_indicator(around: Sequence[str], forms: Sequence[ProjectForm]) -> bool:
    """Whether the first of the texts says the whole name of an indicator that is none of the project's."""
    said = {_NUMBERED.sub("", normalise(row.label)) for form in forms for row in form.indicators}
    own = "#".join(normalise(name) for form in forms for name in form.names)
    return any(len(name) >= _LONG and name in around[0] and name not in own for name in said)


def of_one_kind(quantities: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """Those that can be set against each other: the amounts, else the numbers of the unit that most are of."""
    amounts = tuple(q for q in quantities if q.value.kind == "amount")
    if amounts:
        return amounts
    numbers = [q for q in quantities if q.exact is not None]
    units = [q.value.unit for q in numbers]
    most = max(units, key=units.count, default="")
    return tuple(q for q in numbers if q.value.unit == most)


def _is_set(cells: Sequence[FigureRecord]) -> bool:
    return target_of(cells).printed.strip() not in ("", "无", "-", "/")


def funds_figure(funds: Funds, draft: Draft) -> Quantity | None:
    """What the project costs; None where no project is named, its form doesn't print it, or an item of it is asked."""
    if funds.around and _names_item(funds.around[0], forms_named(funds.around[:1], draft), draft):
        return None
    return next(filter(None, (funds_of_project(form, draft) for form in forms_named(funds.around, draft))), None)


def _names_item(text: str, forms: Sequence[ProjectForm], draft: Draft) -> bool:
    """Whether a text says an item of a classification (工资福利支出) that is no part of the project's name."""
    own = "#".join(normalise(name) for form in forms for name in form.names)
    items = {normalise(row.label) for row in draft.catalog.rows.values() if row.code_system in CLASSIFICATIONS}
    plain = normalise(text)
    return bool(own) and any(len(item) >= _LONG and item in plain and item not in own for item in items)


def funds_of_project(form: ProjectForm, draft: Draft) -> Quantity | None:
    if form.funds is None:
        return None
    cells = draft.library.figures({form.funds.row_id})[form.funds.row_id]
    cell = next((cell for cell in cells if cell.value_type == "amount"), None)
    if cell is None:
        return None
    name = f"{form.name}的{form.funds.label}"
    return Quantity(name, value_of(cell), draft.catalog.document_id, (cell,), (), form.title, "", form.funds.row_id)


def holder_of(text: str, draft: Draft) -> tuple[ProjectForm, FigureRecord] | None:
    """The form of the one project that a text names, and its cell that says who carries it out, if one does."""
    forms = forms_named((text,), draft)
    rows = {row.row_id for form in forms for table in form.tables for row in table.rows if row.label in _HOLDERS}
    cells = draft.library.figures(rows)
    told = [(form, next((c for c in cells[row.row_id] if c.printed.strip()), None))
            for form in forms for table in form.tables for row in table.rows if row.label in _HOLDERS]  # fmt: skip
    found = [(form, cell) for form, cell in told if cell is not None]
    return found[0] if len({normalise(cell.printed) for _, cell in found}) == 1 else None


def held_funds(held: FormsOf, draft: Draft) -> tuple[Quantity, ...]:
    """What each project costs whose form prints the organisation that a text names as the one that carries it out."""
    text = without_unit(held.text, draft.catalog)
    said = []
    for form in (each for each in draft.contents.forms if each.name != WHOLE):
        name = normalise(next(filter(None, (form.printed_at(label) for label in _HOLDERS)), ""))
        block = max(_blocks(without_unit(name, draft.catalog), text), key=len, default="")
        if len(block) >= _LONG or (len(text) >= _NAMING and text in name):
            said.append((form, block))
    longest = {block for _, block in said if not any(block != other and block in other for _, other in said)}
    funds = ((form, funds_of_project(form, draft)) for form, block in said if block in longest)
    return tuple(replace(q, name=form.name) for form, q in funds if q)


def goal_cells(aim: Aim, draft: Draft) -> Iterator[tuple[ProjectForm, FigureRecord]]:
    """The cells that print the project's goal; none where the goal of one of its indicators is asked for."""
    forms = forms_named(aim.around, draft)[:1]
    for form in () if _names_indicator(aim.around, forms) else forms:
        cells = draft.library.figures({row.row_id for row in form.goals})
        for row in form.goals:
            yield from (
                (form, cell) for cell in cells[row.row_id] if cell.value_type == "text" and cell.printed.strip()
            )
