"""The parts of a list that stands in prose, said as the question asks: each figure with the sentence it stands in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from assistant.answering.draft import Draft
from assistant.answering.operators import use_rank
from assistant.answering.statements import statement_value
from assistant.answering.values import Value, added, mean, percentage
from assistant.citations import marks
from assistant.prose_lists import Entry, ProseList
from assistant.understand.types import Understanding
from index.records import StatementRecord

_DEFAULT_LIMIT: Final = 3


@dataclass(frozen=True, slots=True)
class Part:
    """One part with its exact value; ``share``: how many per cent of the whole it is, where that is asked."""

    label: str
    value: Value
    statement: StatementRecord
    share: Value | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list's parts, all or those that pass ``filters``; ``whole`` is its printed total."""

    title: str
    parts: tuple[Part, ...]
    whole: StatementRecord | None
    filters: str = ""

    def ranked(self, *, descending: bool) -> list[Part]:
        """The parts by value."""
        return sorted(self.parts, key=lambda part: part.value.exact or 0, reverse=descending)


def parts_of(entries: Sequence[Entry]) -> tuple[Part, ...]:
    """Parts with their values; none where one has no figure."""
    values = [statement_value(entry.statement) for entry in entries]
    return tuple(Part(e.label, v, e.statement) for e, v in zip(entries, values, strict=True) if v)


def total_of(listed: ProseList, parts: Sequence[Part]) -> Value:
    """What the shares are of: the printed total, else the parts' sum."""
    printed = statement_value(listed.whole) if listed.whole else None
    return printed or added(part.value for part in parts)


def with_shares(parts: Sequence[Part], total: Value) -> tuple[Part, ...]:
    """The parts with their shares of a total."""
    if not total.exact:
        return ()
    return tuple(
        Part(p.label, p.value, p.statement, percentage(p.value.exact or Decimal(0), total.exact)) for p in parts
    )


def say_listing(draft: Draft, listing: Listing, asked: Understanding) -> None:
    """The list as its operation asks for it."""
    draft.route = "text"
    _SAY.get(asked.operation, _say_list)(draft, listing, asked)


def say_none(draft: Draft, listing: Listing) -> None:
    """No part passes the filter: said with the number of parts looked at."""
    draft.route = "text"
    sources = marks(_cited(draft, listing.parts))
    count = draft.named(str(len(listing.parts)))
    draft.lines.append(f"{_lead(draft, listing)}中没有{listing.filters[1:]}（共查 {count} 项）{sources}。")


def say_share(draft: Draft, listing: Listing, parts: Sequence[Part], total: Value, *, together: bool) -> None:
    """Each of some parts as a share of the whole, and their sum as one where they are asked for ``together``."""
    draft.route = "text"
    draft.lines.append(f"{_lead(draft, listing)}中：")
    draft.lines += [f"- {_figure(draft, part, listing)}" for part in with_shares(parts, total)]
    if together and len(parts) > 1:
        summed = added(part.value for part in parts)
        percent = percentage(summed.exact or Decimal(0), total.exact or Decimal(0))
        cited = [*_cited(draft, parts), *(_cite(draft, listing.whole) if listing.whole else ())]
        draft.lines.append(f"{_sum(draft, parts)[:-1]}，占 {draft.add_figure('合计占比', percent, cited)}。")


def _say_extreme(draft: Draft, listing: Listing, asked: Understanding) -> None:
    order = listing.ranked(descending=asked.descending)
    use_rank(draft, asked)
    best = order[0].value.exact
    winners = [part for part in order if part.value.exact == best]
    word = "最高" if asked.descending else "最低"
    first = "" if len(winners) > 1 else _figure(draft, winners[0], listing)  # what is said next is about it
    draft.lines.append(f"{_lead(draft, listing)}{listing.filters}中{word}的是：")
    draft.lines += [f"- {first or _figure(draft, part, listing)}" for part in winners]
    if others := [part for part in order if part.value.exact != best][:2]:
        draft.lines.append(f"其后依次是：{'；'.join(_figure(draft, part, listing) for part in others)}。")


def _say_top(draft: Draft, listing: Listing, asked: Understanding) -> None:
    order = listing.ranked(descending=asked.descending)
    use_rank(draft, asked)
    word = "高" if asked.descending else "低"
    places = asked.ordinals or tuple(range(1, min(asked.limit or _DEFAULT_LIMIT, len(order)) + 1))
    told = [_figure(draft, order[place - 1], listing) if place <= len(order) else "没有" for place in places]
    draft.lines.append(f"{_lead(draft, listing)}{listing.filters}中：")
    draft.lines += [f"- 第 {draft.named(str(p))} {word}：{said}" for p, said in zip(places, told, strict=True)]
    if asked.wants_sum and len(places) > 1 and max(places) <= len(order):
        draft.lines.append(_sum(draft, [order[place - 1] for place in places]))


def _say_list(draft: Draft, listing: Listing, asked: Understanding) -> None:
    _say_all(draft, listing)
    if asked.wants_sum or asked.operation == "sum":
        draft.lines.append(_sum(draft, listing.parts))


def _say_mean(draft: Draft, listing: Listing, asked: Understanding) -> None:
    total, count = added(part.value for part in listing.parts), len(listing.parts)
    assert total.exact is not None
    draft.used.append("mean")
    lead = f"{_lead(draft, listing)}{listing.filters}"
    figure = draft.add_figure("平均", mean(total.exact, count, total.unit), _cited(draft, listing.parts))
    draft.lines.append(f"{lead}平均每项 {figure}（共 {draft.named(str(count))} 项，四舍五入）：")
    draft.lines += [f"- {_figure(draft, part, listing)}" for part in listing.parts]


def _say_count(draft: Draft, listing: Listing, asked: Understanding) -> None:
    lead = _lead(draft, listing)
    number = Value("quantity", Decimal(len(listing.parts)), unit="项")
    count = draft.add_figure("个数", number, _cited(draft, listing.parts))
    draft.lines.append(f"{lead}{listing.filters}共 {count}：")
    draft.lines += [f"- {_figure(draft, part, listing)}" for part in listing.parts]
    if asked.wants_sum and asked.thresholds:
        draft.lines.append(_sum(draft, listing.parts))


def _say_all(draft: Draft, listing: Listing) -> None:
    count = draft.named(str(len(listing.parts)))
    draft.lines.append(f"{_lead(draft, listing)}{listing.filters}共 {count} 项：")
    draft.lines += [f"- {_figure(draft, part, listing)}" for part in listing.parts]


def _lead(draft: Draft, listing: Listing) -> str:
    """Whose list, and its total where the document prints one."""
    value = statement_value(listing.whole) if listing.whole else None
    whole = draft.add_figure(listing.title, value, _cite(draft, listing.whole)) if listing.whole and value else ""
    return f"{draft.heading}，{draft.named(listing.title)}{f'（{whole}）' if whole else ''}"


def _figure(draft: Draft, part: Part, listing: Listing) -> str:
    """A part's name and figure, and its share of the whole."""
    cited = _cite(draft, part.statement)
    text = f"**{draft.named(part.label)}**：{draft.add_figure(part.label, part.value, cited)}"
    if part.share is None:
        return text
    cited += _cite(draft, listing.whole) if listing.whole else _cited(draft, listing.parts)
    return f"{text}，占 {draft.add_figure(f'{part.label}占比', part.share, cited)}"


def _sum(draft: Draft, parts: Sequence[Part]) -> str:
    draft.used.append("sum")
    return f"合计 {draft.add_figure('合计', added(part.value for part in parts), _cited(draft, parts))}。"


def _cited(draft: Draft, parts: Sequence[Part]) -> list[int]:
    return [number for part in parts for number in _cite(draft, part.statement)]


def _cite(draft: Draft, statement: StatementRecord) -> list[int]:
    return [draft.cite_statement(statement)]


_SAY: Final[dict[str, Callable[[Draft, Listing, Understanding], None]]] = {
    "max": _say_extreme,
    "min": _say_extreme,
    "top": _say_top,
    "mean": _say_mean,
    "count": _say_count,
}
