"""The numbers that Word prints before paragraphs of a list: they stand in no paragraph's text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from index.convert.word.names import count, flag, integer, value, w
from index.convert.word.styles import Numbered, Styles

_DIGITS: Final = "零一二三四五六七八九"
_LEGAL: Final = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LEVEL_MARK: Final = re.compile(r"%([1-9])")
_MAX_LEVEL: Final = 9


@dataclass(frozen=True, slots=True)
class _Level:
    """How the numbers of one depth of a list look."""

    start: int = 1
    number_format: str = "decimal"
    pattern: str = ""
    is_decimal_throughout: bool = False
    restarts: bool = True


class Numbering:
    """Counts the paragraphs of all lists, in the order of the document."""

    def __init__(self, tree: Any | None, styles: Styles) -> None:
        self._lists: dict[str, str] = {}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._overrides: dict[str, dict[int, _Level]] = {}
        self._restarts: dict[tuple[str, int], int] = {}
        self._counters: defaultdict[str, dict[int, int]] = defaultdict(dict)
        if tree is not None:
            self._read(tree, styles)

    def number(self, numbered: Numbered | None) -> str:
        """What is printed before the next paragraph at this place of a list, a blank at its end where there is one."""
        if numbered is None or numbered.number_id not in self._lists:
            return ""
        number_id, level = numbered.number_id, min(numbered.level, _MAX_LEVEL - 1)
        self._count(number_id, level)
        spec = self._level(number_id, level)
        shown = _LEVEL_MARK.sub(lambda mark: self._shown(number_id, int(mark.group(1)) - 1, spec), spec.pattern)
        if spec.number_format in ("bullet", "none") or not shown.strip():
            return ""
        return shown if shown[-1] in "、）" else f"{shown} "

    def _read(self, tree: Any, styles: Styles) -> None:
        links: dict[str, str] = {}
        for element in tree.iterfind(w("abstractNum")):
            abstract = element.get(w("abstractNumId"), "")
            self._levels[abstract] = _levels(element)
            links[abstract] = value(element, "numStyleLink") or ""
        for element in tree.iterfind(w("num")):
            number_id = element.get(w("numId"), "")
            self._lists[number_id] = value(element, "abstractNumId") or ""
            self._read_overrides(number_id, element)
        # A list that is defined by a style: the style's own list has the levels.
        for number_id, abstract in self._lists.items():
            linked = styles.numbered(links.get(abstract))
            self._lists[number_id] = self._lists.get(linked.number_id, abstract) if linked else abstract

    def _read_overrides(self, number_id: str, element: Any) -> None:
        for override in element.iterfind(w("lvlOverride")):
            level = integer(override.get(w("ilvl")), 0)
            self._overrides.setdefault(number_id, {}).update(_levels(override))
            if override.find(w("startOverride")) is not None:
                self._restarts[number_id, level] = count(override, "startOverride", 1)

    def _level(self, number_id: str, level: int) -> _Level:
        own = self._overrides.get(number_id, {}).get(level)
        return own or self._levels.get(self._lists[number_id], {}).get(level, _Level())

    def _count(self, number_id: str, level: int) -> None:
        counters = self._counters[self._lists[number_id]]
        restart = self._restarts.pop((number_id, level), None)
        if restart is not None:
            counters[level] = restart - 1
        counters[level] = counters.get(level, self._level(number_id, level).start - 1) + 1
        for deeper in [known for known in counters if known > level and self._level(number_id, known).restarts]:
            del counters[deeper]

    def _shown(self, number_id: str, level: int, spec: _Level) -> str:
        own = self._level(number_id, level)
        number = self._counters[self._lists[number_id]].get(level, own.start)
        return shown_number(number, "decimal" if spec.is_decimal_throughout else own.number_format)


def shown_number(number: int, number_format: str) -> str:
    """A number as lists of ``number_format`` print it; formats that Chinese documents don't use are printed plainly.

    >>> [shown_number(12, name) for name in ("decimal", "chineseCounting", "upperRoman", "decimalEnclosedCircle")]
    ['12', '十二', 'XII', '⑫']
    """
    shown = _FORMATS.get(number_format, str)
    return shown(number) if 0 < number < 10_000 else str(number)


def _levels(element: Any) -> dict[int, _Level]:
    return {integer(level.get(w("ilvl")), 0): _read_level(level) for level in element.iterfind(w("lvl"))}


def _read_level(level: Any) -> _Level:
    return _Level(
        count(level, "start", 1),
        value(level, "numFmt") or "decimal",
        value(level, "lvlText") or "",
        flag(level, "isLgl") or False,
        value(level, "lvlRestart") != "0",
    )


def _chinese(number: int) -> str:
    """
    >>> [_chinese(number) for number in (3, 10, 12, 20, 105, 1010)]
    ['三', '十', '十二', '二十', '一百零五', '一千零一十']
    """
    shown = ""
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            skipped = shown and number // power // 10 % 10 == 0
            shown += ("零" if skipped else "") + _DIGITS[digit] + name
    return shown[1:] if shown.startswith("一十") else shown


def _roman(number: int) -> str:
    shown = ""
    for size, letters in _ROMAN:
        shown += letters * (number // size)
        number %= size
    return shown


def _letter(number: int) -> str:
    """a … z, then aa, bb …"""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _circled(number: int) -> str:
    return chr(ord("①") + number - 1) if number <= 20 else str(number)


def _bracketed(number: int) -> str:
    return chr(ord("⑴") + number - 1) if number <= 20 else f"({number})"


_FORMATS: Final[Mapping[str, Callable[[int], str]]] = {
    "decimalZero": lambda number: f"{number:02d}",
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "chineseLegalSimplified": lambda number: _chinese(number).translate(_LEGAL),
    "ideographDigital": lambda number: "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number)),
    "ideographTraditional": lambda number: _STEMS[(number - 1) % 10],
    "ideographZodiac": lambda number: _BRANCHES[(number - 1) % 12],
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerLetter": _letter,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _bracketed,
}
