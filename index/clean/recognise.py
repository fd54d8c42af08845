"""The kind of a table: from its title, confirmed or denied by its headers and its codes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import Final

from index.clean.codes import system_of
from index.clean.draft import Draft
from index.clean.wording import squeeze
from index.kinds import KINDS, KindSpec

_BY_PRIORITY: Final = sorted(KINDS.values(), key=lambda kind: kind.priority)
_TITLE_WEIGHT: Final = 0.6
_MIN_SIGNALS: Final = 0.5
_OTHER: Final = "其他表"


def recognise_kind(draft: Draft) -> Draft:
    """The first kind whose title pattern matches and whose headers don't contradict; without a title, by headers."""
    title = re.sub(r"[\"“”]", "", squeeze(draft.title)).split("：")[0]
    if _is_cut_out(draft):
        return draft
    if draft.header_rows:
        for kind in _BY_PRIORITY:
            fit = _header_fit(kind, draft)
            if fit >= _MIN_SIGNALS and any(re.search(pattern, title) for pattern in kind.titles):
                return replace(draft, kind=kind.name, confidence=round(_TITLE_WEIGHT + (1 - _TITLE_WEIGHT) * fit, 2))
    return _by_headers(draft)


def _is_cut_out(draft: Draft) -> bool:
    """A block cut out of a two-sided table repeats its amounts: it must not pass for a table of the title's kind."""
    return "：" in draft.title and "收支" in draft.title


def _by_headers(draft: Draft) -> Draft:
    """Without a telling title every signal must match, and the kind with the most signals wins."""
    fitting = [kind for kind in _BY_PRIORITY if len(kind.signals) > 2 and _header_fit(kind, draft) == 1]
    fitting += [kind for kind in _BY_PRIORITY if kind.name == "绩效指标表" and _header_fit(kind, draft) == 1]
    if "表" in draft.title:
        fitting = [kind for kind in fitting if kind.name == "绩效指标表"]
    if not fitting:
        return replace(draft, kind=_OTHER, confidence=0.0)
    best = max(fitting, key=lambda kind: len(kind.signals))
    return replace(draft, kind=best.name, confidence=1 - _TITLE_WEIGHT)


def _header_fit(kind: KindSpec, draft: Draft) -> float:
    """The share of the kind's signals that some column path matches; 0 where most codes are of another system."""
    if kind.codes and _usual_system(draft) not in (kind.codes, None):
        return 0.0
    paths = [column.path for column in draft.columns]
    found = sum(any(re.search(signal, path) for path in paths) for signal in kind.signals)
    return found / len(kind.signals) if kind.signals else 0.0


def _usual_system(draft: Draft) -> str | None:
    systems = Counter(
        system for row in draft.body_rows for text in row.texts[:3] if (system := system_of(squeeze(text))) is not None
    )
    return systems.most_common(1)[0][0] if systems else None
