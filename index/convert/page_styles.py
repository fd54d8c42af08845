"""What a web page's own style sheets say of its elements: what they hide, strike out, raise or lay out as a table."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

_COMMENT: Final = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_RULE: Final = re.compile(r"([^{}]+)\{([^{}]*)\}")
_MEDIA: Final = re.compile(r"@[^{};]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})")
"""What holds on some screens or on paper only."""
_COMPOUND: Final = re.compile(r"(?P<tag>\w+)?(?P<rest>(?:[.#][\w-]+|:nth-child\(\d+\))*)")
_TOLD: Final = re.compile(
    "(?:display|visibility|opacity|font-size|color|background(?:-color)?|vertical-align|position|left|top|text-indent"
    "|text-decoration(?:-line)?|mso-hide)$"
)
_HIDDEN: Final = re.compile(
    r"^(?:display:none|visibility:(?:hidden|collapse)|mso-hide:all|opacity:0?\.?0+|font-size:0(?:px|pt|em|rem|%)?"
    r"|(?:text-indent|left|top):-\d{4,}(?:\.\d+)?(?:px|pt|em|rem)?)$"
)
_STRUCK: Final = re.compile("^text-decoration[^:]*:.*line-through")
_BESIDE: Final = re.compile("^vertical-align:(?:super|sub)$")
_WHITE: Final = re.compile(r"(?:white|#fff(?:fff)?|rgb\(255,255,255\))$")
_LAID_OUT: Final = {"table": "table", "inline-table": "table", "table-row": "tr", "table-cell": "td"}
_ROLES: Final = {"table": "table", "grid": "table", "row": "tr"} | dict.fromkeys(
    ("cell", "gridcell", "columnheader", "rowheader"), "td"
)
_CELLS: Final = ("td", "th", "col")
"""What rules may name by its place."""
_INLINE: Final = frozenset({"span", "font", "b", "i", "em", "strong", "u"})


@dataclass(frozen=True, slots=True)
class _Rule:
    """What holds for the elements that a selector names, the last step first; later and closer ones win."""

    weight: tuple[int, int]
    steps: tuple[tuple[str, frozenset[str]], ...]
    declared: dict[str, str]


class PageStyles:
    """The styles of a page's elements by its rules, as far as these name tags, classes and ids, and by their own."""

    def __init__(self, root: Any) -> None:
        sheets = ("".join(sheet.itertext()) for sheet in root.iter("style"))
        self._rules: dict[str, list[_Rule]] = defaultdict(list)
        for rule in (rule for sheet in sheets for rule in _rules(sheet)):
            tag, marks = rule.steps[0]
            self._rules[min(marks, default=tag)].append(rule)

    def is_hidden(self, element: Any) -> bool:
        """Whether nothing of an element is seen; what only a rule hides is seen elsewhere if it is a table."""
        own = _declared(element.get("style", ""))
        if _says(own, _HIDDEN) or _says(own, _STRUCK):
            return True
        style = self._style(element)
        if _says(style, _STRUCK) or (_says(style, _HIDDEN) and next(element.iter("table"), None) is None):
            return True
        return element.tag in _INLINE and bool(_WHITE.match(style.get("color", ""))) and self._is_on_white(element)

    def is_collapsed(self, column: Any) -> bool:
        """Whether a column is not seen, by itself or with its group, with whatever stands in it."""
        return any(self._style(each).get("visibility") == "collapse" for each in (column, column.getparent()))

    def is_beside_the_line(self, element: Any) -> bool:
        """Whether an element's text is raised or lowered."""
        return element.tag in ("sup", "sub") or (element.tag in _INLINE and _says(self._style(element), _BESIDE))

    def tag(self, element: Any) -> str:
        """What an element is laid out as."""
        laid_out = _LAID_OUT.get(self._style(element).get("display", ""))
        return laid_out or _ROLES.get(element.get("role", ""), str(element.tag))

    def _is_on_white(self, element: Any) -> bool:
        """Whether no ground is drawn behind an element that stands beside text of another colour."""
        around = [element, *element.iterancestors()]
        grounds = [self._style(each).get(name) for each in around for name in ("background", "background-color")]
        is_bare = not any(ground and not _WHITE.match(ground) for ground in grounds)
        beside = [element.tail, *(each.text for each in around[1:2]), *(each.tail for each in element.itersiblings())]
        return is_bare and not any(each.get("bgcolor") for each in around) and any(t and t.strip() for t in beside)

    def _style(self, element: Any) -> dict[str, str]:
        style: dict[str, str] = {}
        rules = (rule for key in (element.tag, *_marks(element)) for rule in self._rules.get(key, ()))
        for rule in sorted(rules, key=lambda rule: rule.weight) if self._rules else ():
            if _is_named(element, rule.steps):
                style |= rule.declared
        return style | _declared(element.get("style", ""))


def _rules(sheet: str) -> Iterator[_Rule]:
    for order, (selectors, body) in enumerate(_RULE.findall(_MEDIA.sub("", _COMMENT.sub("", sheet)))):
        declared = _declared(body)
        for selector in selectors.split(",") if declared else ():
            steps = [_COMPOUND.fullmatch(step) for step in selector.split()]
            named = [(step["tag"] or "", frozenset(re.findall("[.#:][^.#:]+", step["rest"]))) for step in steps if step]
            if named and len(named) == len(steps):
                weight = sum(len(marks) * 10 + bool(tag) for tag, marks in named)
                yield _Rule((weight, order), tuple(reversed(named)), declared)


def _declared(body: str) -> dict[str, str]:
    if not body:
        return {}
    pairs = (each.partition(":") for each in body.lower().replace("!important", "").split(";"))
    plain = ((name.strip(), re.sub(r"\s", "", value)) for name, _, value in pairs)
    return {name: value for name, value in plain if _TOLD.match(name)}


def _is_named(element: Any, steps: tuple[tuple[str, frozenset[str]], ...]) -> bool:
    """Whether a selector names the element: its last step, and the others ancestors of it, one above the other."""
    if not _fits(element, *steps[0]):
        return False
    above = element.iterancestors()
    return all(any(_fits(each, *step) for each in above) for step in steps[1:])


def _fits(element: Any, tag: str, marks: frozenset[str]) -> bool:
    if tag and element.tag != tag.lower():
        return False
    return marks <= _marks(element)


def _marks(element: Any) -> set[str]:
    marks = {f".{name}" for name in element.get("class", "").split()} | {f"#{element.get('id')}"}
    if element.tag not in _CELLS:
        return marks
    return marks | {f":nth-child({1 + sum(1 for _ in element.itersiblings(preceding=True))})"}


def _says(style: dict[str, str], pattern: re.Pattern[str]) -> bool:
    return any(pattern.match(f"{name}:{value}") for name, value in style.items())
