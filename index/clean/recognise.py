"""The kind of a table: from its title, confirmed or denied by its headers and its codes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import Final

from index.clean.codes import system_of
from index.clean.columns import is_code_header
from index.clean.draft import Draft
from index.clean.wording import fold, is_total_label, squeeze
from index.dictionary import code_names
from index.kinds import KINDS, OTHER, KindSpec
from index.naming import name_in_table_title
from index.ordinals import without_ordinal

_BY_PRIORITY: Final = sorted(KINDS.values(), key=lambda kind: kind.priority)
_OWNED: Final = re.compile(r"^(?:20\d\d年度?)?")
"""A year before what a title says."""
_TITLE_WEIGHT: Final = 0.6
_MIN_SIGNALS: Final = 0.3
_BY_HEADERS_ALONE: Final = ("绩效指标表", "人员情况表")
"""Kinds whose headers tell them whatever the title says."""
_FIRST: Final = 3
"""Codes stand in the first columns."""
_BY_GOVERNMENT: Final = "政府经济分类支出表"
_CLASS: Final = 3
"""How many digits the code of a class has."""
_BY_ECONOMY: Final = {
    "支出经济分类表": re.compile("部门(?:预算)?(?:支出)?经济(?:分类|科目)"),
    _BY_GOVERNMENT: re.compile("政府(?:预算)?(?:支出)?经济(?:分类|科目)"),
}
_GOVERNMENT: Final = "政府经济分类"
"""Its codes alone tell a kind: titles name it beside the departments' own classification."""
_MOST_CODES: Final = Fraction(1, 3)
_MOST_NAMES: Final = 0.6
"""The share of lines that bear official names where these tell the classification."""


def recognise_kind(draft: Draft) -> Draft:
    """The first kind whose title pattern matches and whose headers don't contradict; without a title, by headers."""
    if part := _part_of_form(draft):
        return replace(draft, kind=part.name, confidence=_TITLE_WEIGHT)
    if _is_cut_out(draft):
        return _by_classification(draft)
    return _by_title(draft) or _by_headers(draft)


def _by_title(draft: Draft) -> Draft | None:
    """By the title where the headers confirm it or, one line for each source or use, the names of the lines."""
    whole = re.sub(r"[\"“”]", "", squeeze(draft.title)).split("：")[0]
    titles = (whole, _OWNED.sub("", whole.removeprefix(name_in_table_title(whole) or "")))
    titled = [k for k in _BY_PRIORITY if any(re.search(p, title) for title in titles for p in k.titles)]
    for with_labels in (False, "：" not in draft.title) if draft.header_rows else ():
        for kind in titled:
            fit = _fit(kind, draft, with_labels or kind.kind_rows)
            if fit >= _MIN_SIGNALS:
                return replace(draft, kind=kind.name, confidence=round(_TITLE_WEIGHT + (1 - _TITLE_WEIGHT) * fit, 2))
    return None


def _part_of_form(draft: Draft) -> KindSpec | None:
    """The kind of what a performance form prints beside its goal and indicators, by what the part is called."""
    name = squeeze(draft.title).split("：")[-1]
    named = (kind for kind in _BY_PRIORITY if any(re.fullmatch(pattern, name) for pattern in kind.form_titles))
    return next(named, None) if draft.subject else None


def _is_cut_out(draft: Draft) -> bool:
    """A block cut out of a two-sided table repeats its amounts: it must not pass for a table of the title's kind."""
    return "：" in draft.title and "收支" in draft.title


def _by_classification(draft: Draft) -> Draft:
    """The expenditure of a two-sided table once more, by an economic classification: its header or its names tell."""
    headed = (kind for kind, header in _BY_ECONOMY.items() if any(map(header.search, _paths(draft))))
    kind = next(headed, None) or _named_kind(draft)
    return replace(draft, kind=kind, confidence=_TITLE_WEIGHT) if kind else draft


def _named_kind(draft: Draft) -> str | None:
    """The kind of the economic classification whose names most lines bear, those apart that bear names of both."""
    texts = [squeeze(row.texts[0]) for row in draft.body_rows if row.texts]
    labels = [fold(without_ordinal(text)) for text in texts if text and not is_total_label(text)]
    counts = {kind: sum(label in _names(kind) for label in labels) for kind in _BY_ECONOMY}
    best, other = sorted(counts, key=lambda kind: counts[kind], reverse=True)
    return best if counts[best] > counts[other] and counts[best] >= _MOST_NAMES * len(labels) else None


@cache
def _names(kind: str) -> frozenset[str]:
    """What the classes of a kind's classification are called: below them both have items of the same names."""
    system = _GOVERNMENT if kind == _BY_GOVERNMENT else "部门经济分类"
    return frozenset(fold(name) for code, name in code_names(system).items() if len(code) == _CLASS)


def _by_headers(draft: Draft) -> Draft:
    """Without a telling title the headers must show one kind and no other."""
    paths = _paths(draft)
    fitting = [kind for kind in _BY_PRIORITY if kind.by_headers and _share(kind.by_headers, paths) == 1]
    if "表" in draft.title:
        fitting = [kind for kind in fitting if kind.name in _BY_HEADERS_ALONE]
    if len(fitting) != 1:
        return replace(draft, kind=OTHER, confidence=0.0)
    return replace(draft, kind=fitting[0].name, confidence=1 - _TITLE_WEIGHT)


def _fit(kind: KindSpec, draft: Draft, with_labels: bool) -> float:
    """The share of the kind's signals that are there; 0 where most codes are of another system."""
    system = _usual_system(draft)
    is_other = system not in (kind.codes, None) if kind.codes else system == _GOVERNMENT
    if is_other or (kind.codes == _GOVERNMENT and system is None):
        return 0.0
    labels = [squeeze(text) for row in draft.body_rows for text in row.texts[:2]] if with_labels else []
    return _share(kind.signals, [*_paths(draft), *labels])


def _share(patterns: Sequence[str], texts: Sequence[str]) -> float:
    found = sum(any(re.search(pattern, text) for text in texts) for pattern in patterns)
    return found / len(patterns) if patterns else 0.0


def _paths(draft: Draft) -> list[str]:
    return [column.path for column in draft.columns]


def _usual_system(draft: Draft) -> str | None:
    """The official classification of most codes; parts of a code (类|款|项) count by the first of them.

    Round amounts and quantities look like codes too: where columns are headed as codes, only those count; where none
    is, many lines must bear some.
    """
    headed = [column.number - 1 for column in draft.columns[:_FIRST] if is_code_header(column.path)]
    texts = (row.texts[at] for row in draft.body_rows for at in headed or range(_FIRST) if at < len(row.texts))
    systems = Counter(system for text in texts if (system := system_of(squeeze(text))) is not None)
    system, count = systems.most_common(1)[0] if systems else (None, 0)
    return system if headed or count > _MOST_CODES * len(draft.body_rows) else None
