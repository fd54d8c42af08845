"""What a question says of its scope: units, years, kinds of document, each with the stretch that says it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from assistant.scope.loaded import Unit
from assistant.scope.register import UnitMention, UnitRegister
from assistant.understand.dates import StockDate, dates_in
from assistant.understand.tokenize import normalised_question, years_in
from assistant.understand.units import unit_rules
from assistant.understand.wording import question_words

BUDGET: Final = "预算"
FINAL_ACCOUNT: Final = "决算"
_ANY_YEAR: Final = 2000
"""For dates of which only the place in the text matters (上年底)."""

_OF_GRANTS: Final = "当年"
"""A word for the year that tells grants of it from those carried over (当年财政拨款)."""

_COMPARED: Final = re.compile(r"(?:比|较)(?:于)?$")
_COMPARING: Final = ("gap", "which", "ratio")
_NEAR_BEGIN: Final = 4
_BESIDE: Final = re.compile("(那么?|再|要是|如果|又|就)*(跟|和|与|同|拿|把|比|较|还有|加上|连上|外加|添上|对比)")
"""How a question begins that sets the unit it names against the one talked about (跟福州市商务局比, 谁高)."""
_OF_SAME: Final = re.compile(
    "(同|一)样?(一)?(个|项|笔|款|条)?(科目|项目|项|款|口径|东西|指标|费用?|开支|支出)|^(那么?|再)?换(成|到|作|做)?"
)
"""What says that of another unit the same is asked (某局同一个科目呢，两家差多少)."""

_WITH: Final = re.compile(r"[与和跟同]$")
_COMPARES: Final = re.compile(r"[^,;。?!]{0,8}?(?:相比|比|对比)")

_LEFT_OUT: Final = re.compile(
    r"\([^()]*(?:不算|不计|除外|不含|不要|剔除|去掉|排除)[^()]*\)"
    r"|(?:除了?|除去|除掉|不算|不计|不含|不包括|剔除|去掉|抛开|撇开)[^,;。?!()]*?(?:以外|之外|外|[,;。?!]|$)"
)
"""What is said of units that are to be left out of all."""


class Stretch(NamedTuple):
    """Characters of the normalised question."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Named:
    """The scope as far as a question (or the conversation up to it) names it.

    ``everyone``: the words that mean all units. ``relative``: this, last, next, before_last or every, as in
    question_words.yaml. ``level``: 部门 or 单位, where the kind of budget is named. ``years_inherited``: the years are
    the conversation's, so a unit may do without them. ``compared``: the years that are only compared with (比2023年).
    ``pairs``: units that each have years of their own (审计局2026年和街道2025年). ``units_before``: what the
    conversation was about before it came to ``units``. ``together``: whether both are meant (这两个单位, 相差多少).
    ``excluded``: units that are named only to be left out of all (除财政局以外的部门).
    ``final_account``: whether 决算 itself is named, not only what was spent (执行数), which a later budget may state.
    """

    units: tuple[UnitMention, ...] = ()
    years: tuple[int, ...] = ()
    compared: tuple[int, ...] = ()
    pairs: tuple[tuple[UnitMention, tuple[int, ...]], ...] = ()
    units_before: tuple[UnitMention, ...] = ()
    together: bool = False
    beside: bool = False
    final_account: bool = False
    relative: tuple[str, ...] = ()
    types: frozenset[str] = frozenset()
    level: str | None = None
    everyone: str = ""
    years_inherited: bool = False
    units_inherited: bool = False
    time_stretches: tuple[Stretch, ...] = ()
    everyone_stretches: tuple[Stretch, ...] = ()
    excluded: tuple[UnitMention, ...] = ()


_LONGEST_BETWEEN: Final = 6
_NAME_ONLY: Final = re.compile("[一-鿿]+(?<![的和与跟同及在比由对])")
"""What may stand between a place and the end of an organisation's name."""


def named_in(question: str, register: UnitRegister) -> Named:
    """What one question names by itself."""
    text = normalised_question(question)
    units = _of_own_place(text, _as_before(register.mentions(text), ()))
    years = tuple(years_in(text))
    dates = list(dates_in(text, _ANY_YEAR))
    relative = [entry for entry in _words(text, "years") if not _inside(entry[1], (*units, *dates))]
    everyone = [stretch for _, stretch in _words(text, "everyone") if not _inside(stretch, units)]
    excluded = _left_out(text, units) if everyone else ()
    units = tuple(unit for unit in units if unit not in excluded)
    compared = [place for place in years if _is_compared(text, place)]
    ends = {end for _, _, end in compared} | {s.end for _, s in relative if _COMPARED.search(text[: s.start])}
    types = {name for name, stretch in _words(text, "document_types") if stretch.start not in ends}
    level = next((level for level in ("部门", "单位") if any(f"{level}{kind}" in text for kind in types)), None)
    return Named(
        units=units,
        years=tuple(dict.fromkeys(year for year, _, _ in years)),
        compared=tuple(dict.fromkeys(year for year, _, _ in compared)),
        pairs=_pairs(units, years) if not compared else (),
        together=any(_words(text, "both")) or any(name in _COMPARING for name, _ in _words(text, "operations")),
        beside=bool(units) and _is_beside(text, units[0].start),
        relative=tuple(dict.fromkeys(name for name, _ in relative)),
        types=frozenset(types),
        final_account=FINAL_ACCOUNT in types and FINAL_ACCOUNT in text,
        level=level,
        everyone=text[everyone[0].start : everyone[0].end] if everyone and all(m.by_place for m in units) else "",
        time_stretches=(*(Stretch(start, end) for _, start, end in years), *(s for _, s in relative)),
        everyone_stretches=tuple(everyone),
        excluded=excluded,
    )


def _is_beside(text: str, start: int) -> bool:
    """Whether the unit that stands first is set against the one talked about, or has the same asked of it."""
    return start <= _NEAR_BEGIN and bool(_BESIDE.match(text) or _OF_SAME.search(text))


def _of_own_place(text: str, units: tuple[UnitMention, ...]) -> tuple[UnitMention, ...]:
    """The units without those of another place than the one that the name said begins with.

    So it is with the end of a name that no unit bears (青山市链条|服务中心, where 清河市 has a 服务中心).
    """
    places = [mention for mention in units if mention.by_place]
    return tuple(unit for unit in units if not any(_is_of_other_place(text, place, unit) for place in places))


def _is_of_other_place(text: str, place: UnitMention, mention: UnitMention) -> bool:
    between = text[place.end : mention.start]
    is_one_name = 0 < len(between) <= _LONGEST_BETWEEN and _NAME_ONLY.fullmatch(between) is not None
    regions = {unit.region for unit in place.units}
    return is_one_name and not mention.by_place and all(unit.region not in regions for unit in mention.units)


def _left_out(text: str, units: Sequence[UnitMention]) -> tuple[UnitMention, ...]:
    """The units that are named only to be left out of all (除财政局以外的部门, 各部门里（西安那份不算）)."""
    spans = [match.span() for match in _LEFT_OUT.finditer(text)]
    return tuple(unit for unit in units if any(start <= unit.start and unit.end <= end for start, end in spans))


def scope_spans(question: str, register: UnitRegister) -> list[tuple[int, int]]:
    """Where the normalised question names units, places of units and years of the scope, in reading order.

    Of words for years only those for the document's own (今年); 去年 and 上年 say what is asked of it. A word that
    speaks to the unit right before its name belongs to it (你们审计局, 那个政数局), as does one for it (你们局).
    """
    text = normalised_question(question)
    named = named_in(question, register)
    own_year = [s for name, s in _words(text, "years") if name == "this" and text[s.start : s.end] != _OF_GRANTS]
    units = [(_with_address(text, mention.start), mention.end) for mention in (*named.units, *named.excluded)]
    years = [(start, end) for _, start, end in years_in(text)]
    spans = [*units, *years, *own_year, *(match.span() for match in register.addressed(text))]
    return _merged(span for span in spans if not _inside(Stretch(*span), dates_in(text, _ANY_YEAR)))


def _with_address(text: str, start: int) -> int:
    said = [word for word in unit_rules()["address"] if text.endswith(word, 0, start)]
    return start - len(max(said, key=len, default=""))


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in reading order, those that overlap as one.

    >>> _merged([(4, 6), (0, 3), (5, 8)])
    [(0, 3), (4, 8)]
    """
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _is_compared(text: str, place: tuple[int, int, int]) -> bool:
    """Whether a year is only compared with: ``比2023年``, ``与2023年相比``."""
    _, start, end = place
    before = text[:start]
    return bool(_COMPARED.search(before) or (_WITH.search(before) and _COMPARES.match(text, end)))


def _pairs(
    units: Sequence[UnitMention], years: Sequence[tuple[int, int, int]]
) -> tuple[tuple[UnitMention, tuple[int, ...]], ...]:
    """Each unit with the years right behind it, or before it where the first year goes before the first unit."""
    units = _parties(units)
    if len(units) < 2 or len(years) < 2:
        return ()
    leading = years[0][1] < units[0].start
    own: dict[tuple[Unit, ...], list[int]] = {unit.units: [] for unit in units}
    for year, start, _ in years:
        found = [unit for unit in units if (unit.start > start if leading else unit.end <= start)]
        if found:
            own[found[0 if leading else -1].units].append(year)
    first = {unit.units: unit for unit in reversed(units)}
    is_told = len(own) > 1 and all(own.values())
    return tuple((first[key], tuple(dict.fromkeys(of_unit))) for key, of_unit in own.items()) if is_told else ()


def _parties(mentions: Sequence[UnitMention]) -> Sequence[UnitMention]:
    """The units by their names, or several by their places beside the one name of all (两个工信局：烟台的和西安的)."""
    places = [mention for mention in mentions if mention.by_place]
    named = [mention for mention in mentions if not mention.by_place]
    if not named or len(named) > 1 or len(places) < 2:
        return named or places
    names = {unit.name for unit in named[0].units}
    told = [replace(place, units=tuple(unit for unit in place.units if unit.name in names)) for place in places]
    return told if all(place.units for place in told) else named


def _words(text: str, group: str) -> Iterator[tuple[str, Stretch]]:
    for word in question_words():
        if word.group == group:
            for match in word.pattern.finditer(text):
                if match.end() > match.start():
                    yield word.name, Stretch(match.start(), match.end())


def _inside(stretch: Stretch, mentions: Iterable[UnitMention | StockDate]) -> bool:
    return any(mention.start <= stretch.start and stretch.end <= mention.end for mention in mentions)


def _as_before(mentions: Sequence[UnitMention], before: Sequence[UnitMention]) -> tuple[UnitMention, ...]:
    """A short name of several units means the one talked about (信访局 after 西安市信访局), where no place is said."""
    if any(mention.by_place for mention in mentions):
        return tuple(mentions)
    known = [b.units for b in (*before, *mentions) if len(b.units) == 1 and not b.by_place]
    return tuple(replace(m, units=next((units for units in known if units[0] in m.units), m.units)) for m in mentions)


def continued(named: Named, before: Named | None) -> Named:
    """``named`` completed from what the conversation named before."""
    if before is None:
        return named
    named = replace(named, units=_as_before(named.units, before.units))
    if before.units and named.everyone.endswith(("单位", "谁", "家")):  # of the department talked about
        named = replace(named, everyone="")
    if not named.units and named.together and before.units_before:
        named = replace(named, units=(*before.units_before, *before.units))
    elif named.units and named.beside and named.together and before.units and before.units != named.units:
        named = replace(named, units=(*before.units, *named.units))
    elif named.units and before.units and before.units != named.units:
        named = replace(named, units_before=before.units)
    if not named.units and not named.everyone:
        pairs = () if named.years or named.relative else before.pairs
        named = replace(named, units=before.units, everyone=before.everyone, pairs=pairs, units_inherited=True)
    if named.compared and named.compared == named.years and before.years:
        named = replace(named, years=tuple(dict.fromkeys((*before.years, *named.years))))
    if not named.years and not named.relative and (before.years or before.relative):
        named = replace(
            named, years=before.years, relative=before.relative, compared=before.compared, years_inherited=True
        )  # fmt: skip
    if not named.types:
        level = named.level or before.level
        named = replace(named, types=before.types, level=level, final_account=before.final_account)
    return named
