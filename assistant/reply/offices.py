"""What the department is made up of, in lines: which office is in charge of something, which units there are."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.lead_ins import list_below, opens_list
from assistant.answering.values import Value
from assistant.citations import marks
from assistant.plan.offices import offices_for
from assistant.plan.rows import is_own_name
from assistant.query import MadeUp, Office, UnitsOf
from assistant.reading.patterns import pattern
from assistant.reading.units import OFFICES
from assistant.reply.named_lists import NamedList, named_lists
from assistant.reply.types import Reply
from assistant.understand.wording import normalise
from index.naming import stands_in_order

_OF_BUDGET: Final = re.compile("(?:编制范围|预算单位|汇总预算)")
_TELLS: Final = re.compile("包括|分别[为是]|如下|只有|为[:：]|仅(?:包括|为)|无(?:所属|下属|独立核算)|本级预算")
_SKIPPED: Final = ("contents", "heading")
VERDICT: Final = "这里写明的单位中"
"""What opens the line that says whether an organisation is among the units."""

_MOST: Final = 2
_ANY_UNIT: Final = "单位"
_OFFICES: Final = pattern("office_kinds")
_NO_NAME: Final = pattern("no_bare_name")
_MORE: Final = re.compile("另(?:外|按|设|有)|此外|还(?:设|有)")
_COUNTED_OFFICES: Final = re.compile(rf"(?P<number>\d+|[一二三四五六七八九十]+)个(?:{_OFFICES.pattern}|机构)")


def office_reply(office: Office, draft: Draft) -> Reply:
    """The offices that are called so; what is asked stays open where none is."""
    found = offices_for(office, draft)
    if not found:
        return Reply((), ("哪个处室",))
    lines = []
    for each in found:
        mark = marks([draft.cite_passage(each.source, each.source.text)])
        if office.is_own:
            lines.append(f"{draft.heading}写明的职责中，与“{each.said}”最相近的是：“{draft.named(each.duty)}”{mark}")
        elif each.duty:
            lines.append(
                f"{draft.heading}中，职责与“{each.said}”最相近的是 **{draft.named(each.name)}**。"
                f"{draft.named(each.name)}的职责：“{draft.named(each.duty)}”{mark}"
            )
        else:
            lines.append(
                f"{draft.heading}所列的机构中，名称与“{each.said}”对应的是 **{draft.named(each.name)}**{mark}。"
            )
    return Reply(tuple(lines))


def made_up_reply(made_up: MadeUp, draft: Draft) -> Reply:
    """The sentences that say of which units the budget is made up, each with its list; none where none does.

    Of each name that is asked about, whether it stands there.
    """
    lines: list[str] = []
    for paragraph in draft.contents.paragraphs.values():
        is_of_budget = paragraph.role not in _SKIPPED and bool(_OF_BUDGET.search(paragraph.text))
        if len(lines) >= _MOST or not is_of_budget or not _TELLS.search(paragraph.text) or "万元" in paragraph.text:
            continue
        lines.append(f"> {paragraph.text}[{draft.cite_passage(paragraph, paragraph.text)}]")
        if opens_list(paragraph.text):
            lines += [f"> {item}" for item in list_below(draft, paragraph)]
    verdicts = (_verdict(name, "".join(lines), draft) for name in made_up.members)
    return Reply((f"{draft.heading}写道：", *lines, *filter(None, verdicts)) if lines else ())


def _verdict(name: str, listed: str, draft: Draft) -> str | None:
    """Whether a list of units names an organisation; None where one of them may be called so for short."""
    stem = normalise(name).removeprefix(normalise(draft.catalog.region or ""))
    if stem in normalise(listed):
        return f"{VERDICT}有“{name}”。"
    return None if stands_in_order(stem, normalise(listed)) else f"{VERDICT}没有“{name}”。"


def units_of_reply(units: UnitsOf, draft: Draft) -> Reply:
    """How many units of a kind one list names, and which they are; without the department's own level if so asked."""
    listed = ((one, _units_in(one, units, draft)) for one in named_lists(draft))
    source, found = next(((one, names) for one, names in listed if len(names) > 1), (None, []))
    if source is None:
        return Reply(())
    number = draft.add_figure(
        f"{units.kind}的个数", Value("quantity", Decimal(len(found)), unit="个"), source.cite(draft)
    )
    beside = "除本级外，" if units.is_below else ""
    names = (f"- {draft.named(name)}" for name in found)
    return Reply((f"{draft.heading}{beside}所列的{units.kind}有 {number}：", *names))


def _units_in(listed: NamedList, units: UnitsOf, draft: Draft) -> list[str]:
    """The names of a list that are units of a kind: all where the list is called after it, else those said to be it."""
    kind = normalise(units.kind)
    if kind == OFFICES:
        return _offices_in(listed)
    names = [name for name, about in zip(listed.names, listed.about, strict=False) if normalise(about).endswith(kind)]
    if listed.lead.endswith(kind) or (units.is_below and listed.is_of_units and kind == _ANY_UNIT):
        names = list(listed.names)
    below = [name for name in names if not is_own_name(name, draft)]
    return names if not units.is_below else below if len(below) < len(names) or listed.about else []


def _offices_in(listed: NamedList) -> list[str]:
    """The names of a list of all offices; none where it goes on, tells of other things too, or of another number."""
    lead, text = listed.lead, normalise("".join(source.text for source in listed.sources[:1]))
    counted = {match["number"] for match in _COUNTED_OFFICES.finditer(text)}
    is_of_offices = any(match.end() == len(lead) for match in _OFFICES.finditer(lead))
    is_whole = not _MORE.search(text) and not any(map(_NO_NAME.search, listed.names))
    return list(listed.names) if is_of_offices and is_whole and counted <= {str(len(listed.names))} else []
