"""Cut-off labels made complete: by code from the document and the dictionary, by children, by the projects' goals."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Final
from unicodedata import east_asian_width

from index.clean.codes import code_and_name, system_of
from index.clean.draft import Draft, Drafts
from index.clean.table import CleanRow
from index.clean.wording import fold, glue
from index.dictionary import code_names
from index.kinds import KINDS

Names = Mapping[str, str]

_MIN_PROJECT_NAME: Final = 4
_ALMOST_A_CHARACTER: Final = 2


def complete_labels(drafts: Drafts) -> Drafts:
    """The printed label stays in ``printed_label``; a name that differs in wording is left alone."""
    named = _names_in(drafts)
    projects = {draft.subject for draft in drafts if draft.subject}
    completed = (_by_code(draft, named) for draft in drafts)
    return tuple(_by_children(_by_project(draft, projects)) for draft in completed)


def _by_code(draft: Draft, named: Names) -> Draft:
    """A label is cut off where it begins the official name and is as wide as the widest that does."""
    bearing = [row for row in draft.body if _bears_its_codes_name(row, draft)]
    official = {row.key: name for row in bearing if (name := _longer_name(row, named))}
    widest = max((_width(row.label) for row in draft.body if row.key in official), default=0)
    longest = max((len(row.label) for row in draft.body if row.key in official), default=0)

    def complete(row: CleanRow) -> CleanRow:
        is_cut = len(row.label) >= longest or _width(row.label) > widest - _ALMOST_A_CHARACTER
        is_wrapped = glue(row.printed_label) != row.printed_label.strip()
        if row.key not in official or not is_cut or is_wrapped:
            return row
        return replace(row, label=row.label + official[row.key][len(row.label) :])

    return replace(draft, body=tuple(map(complete, draft.body)))


def _bears_its_codes_name(row: CleanRow, draft: Draft) -> bool:
    """Whether a row is called what its code means: projects and purchases may print the code of their item."""
    return not (KINDS[draft.kind].label_headers and row.code and system_of(row.code))


def _longer_name(row: CleanRow, named: Names) -> str | None:
    if row.code is None or row.code_system is None:
        return None
    names = (named.get(row.code), code_names(row.code_system).get(row.code))
    return max((name for name in names if name and _begins(row.label, name)), key=len, default=None)


def _begins(label: str, name: str) -> bool:
    return bool(label) and len(name) > len(label) and fold(name).startswith(fold(label))


def _names_in(drafts: Drafts) -> dict[str, str]:
    """The longest name that the document itself prints for each official code, in labels and in ``[30201]办公费``."""
    names: dict[str, str] = {}
    for code, name in _printed_names(drafts):
        if system_of(code) and len(name) > len(names.get(code, "")):
            names[code] = name
    return names


def _printed_names(drafts: Drafts) -> Iterable[tuple[str, str]]:
    for draft in drafts:
        for row in draft.body:
            if row.code and row.code_system and _bears_its_codes_name(row, draft):
                yield row.code, row.label
            for cell in row.cells:
                code, name = code_and_name(cell.printed)
                if code:
                    yield code, glue(name)


def _common_start(names: Sequence[str]) -> str:
    same = takewhile(lambda characters: len(set(characters)) == 1, zip(*names, strict=False))
    return "".join(characters[0] for characters in same)


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in text)


def _by_project(draft: Draft, projects: set[str]) -> Draft:
    """A project's name goes on as the one project goes on whose goals the document sets."""

    def complete(row: CleanRow) -> CleanRow:
        if row.code_system != "项目" or len(row.label) < _MIN_PROJECT_NAME:
            return row
        begun = [name for name in projects if _begins(row.label, name)]
        return replace(row, label=begun[0]) if len(begun) == 1 else row

    return replace(draft, body=tuple(map(complete, draft.body)))


def _by_children(draft: Draft) -> Draft:
    """A project category cut to its column's width is called what all its projects' names begin with."""
    categories = {row.key: row for row in draft.body if row.code_system == "项目类别"}
    children: dict[str, list[str]] = defaultdict(list)
    for row in draft.body:
        if row.parent in categories:
            children[categories[row.parent].code or ""].append(row.label)

    def complete(row: CleanRow) -> CleanRow:
        common = _common_start(children.get(row.code or "", [])) if row.key in categories else ""
        plain = re.sub(r"[、，（(]+$", "", common)
        return replace(row, label=plain) if _begins(row.label, plain) else row

    return replace(draft, body=tuple(map(complete, draft.body)))
