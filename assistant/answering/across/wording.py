"""Figures of several documents side by side: listed, compared, ranked, added, filtered. Exact, each with its source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from assistant.answering.across.entries import Entry
from assistant.answering.draft import Draft
from assistant.answering.operators import use_rank
from assistant.answering.thresholds import condition, passes_all
from assistant.answering.values import Value, added, mean, percentage, quotient
from assistant.citations import marks
from assistant.understand.types import Threshold, Understanding

_COMMON_UNIT: Final = "万元"
_MOST_LISTED: Final = 60
_MOST_NAMED: Final = 5


def in_one_unit(entries: Sequence[Entry]) -> list[Entry]:
    """Amounts in one unit of money: their own where they share it, else 万元. The amounts stay exact."""
    units = {entry.value.unit for entry in entries if entry.value and entry.value.kind == "amount"}
    if len(units) < 2:
        return list(entries)
    return [
        replace(e, value=replace(e.value, unit=_COMMON_UNIT)) if e.value and e.value.kind == "amount" else e
        for e in entries
    ]


def say_each(draft: Draft, entries: Sequence[Entry]) -> None:
    """``各是多少``: one line a document."""
    draft.lines += [f"- {_line(draft, entry)}" for entry in entries]


def say_comparison(draft: Draft, first: Entry, second: Entry, *, as_ratio: bool, over_years: bool) -> None:
    """``A比B多多少``, ``A是B的几倍``; of two years also by how many per cent."""
    assert first.value and second.value and first.value.exact is not None and second.value.exact is not None
    cited = (*first.cited, *second.cited)
    label = f"的{draft.named(first.label)}" if first.label else ""
    name = f"{draft.named(first.heading)}{label}"
    if as_ratio and second.value.exact:
        result = draft.add_figure("倍数", quotient(first.value.exact, second.value.exact), cited)
        draft.lines.append(f"{name}是{draft.named(second.heading)}的 {result}：")
    else:
        draft.lines.append(f"{name}{_gap(draft, first.value, second, cited, over_years=over_years)}：")
    say_each(draft, (first, second))


def _gap(draft: Draft, value: Value, other: Entry, cited: Sequence[int], *, over_years: bool) -> str:
    assert other.value and value.exact is not None and other.value.exact is not None
    gap = value.exact - other.value.exact
    if not gap:
        return f"与{other.heading}相同，相差 {draft.add_figure('差额', replace(value, exact=gap), cited)}"
    word = "多" if gap > 0 else "少"
    figure = draft.add_figure("差额", replace(value, exact=abs(gap)), cited)
    text = f"比{other.heading}{word} {figure}"
    if over_years and other.value.exact > 0:
        percent = percentage(abs(gap), other.value.exact)
        text += f"，{'增长' if gap > 0 else '下降'} {draft.add_figure('增减率', percent, cited)}"
    return text


def ranked(entries: Sequence[Entry], *, descending: bool) -> list[Entry]:
    """The entries that have a number, by it."""
    return sorted((e for e in entries if e.is_number), key=_number, reverse=descending)


def _number(entry: Entry) -> Decimal:
    assert entry.value and entry.value.exact is not None
    return entry.value.exact


def say_ranking(draft: Draft, entries: Sequence[Entry], asked: Understanding) -> None:
    """``哪个部门最高``, ``前三``, ``排第二``: the winner with its distance, then the order."""
    use_rank(draft, asked)
    order = ranked(entries, descending=asked.descending)
    best = [entry for entry in order if _number(entry) == _number(order[0])]
    word = "最高" if asked.descending else "最低"
    if asked.operation == "top":
        _say_top(draft, order, asked, word)
        return
    names = "、".join(draft.named(entry.heading) for entry in best[:_MOST_NAMED])
    if len(best) > _MOST_NAMED:
        names += f"等 {draft.named(str(len(best)))} 个"
    figure = draft.add_figure(best[0].heading, best[0].value or Value("blank"), [n for e in best for n in e.cited])
    draft.lines.append(f"{draft.named(order[0].label)}{word}的是 **{names}**，{figure}。")
    if len(order) == len(best) + 1 and best[0].value:
        other = order[-1]
        draft.used.append("gap")
        gap = _gap(draft, best[0].value, other, (*best[0].cited, *other.cited), over_years=False)
        draft.lines.append(f"{draft.named(best[0].heading)}{gap}。")
    _say_order(draft, order)


def _say_top(draft: Draft, order: Sequence[Entry], asked: Understanding, word: str) -> None:
    if asked.ordinals:
        chosen = [(number, order[number - 1]) for number in asked.ordinals if 0 < number <= len(order)]
        lines = [f"- 第 {draft.named(str(number))}：{_line(draft, entry)}" for number, entry in chosen]
        draft.lines.append(f"{draft.named(order[0].label)}从{'高到低' if asked.descending else '低到高'}：")
        draft.lines += lines or [f"- 一共只有 {draft.named(str(len(order)))} 个。"]
        return
    kept = order[: asked.limit or 3]
    draft.lines.append(f"{draft.named(order[0].label)}{word}的 {draft.named(str(len(kept)))} 个：")
    draft.lines += [f"{place}. {_line(draft, entry)}" for place, entry in enumerate(kept, start=1)]


def _say_order(draft: Draft, order: Sequence[Entry]) -> None:
    if len(order) > 1:
        draft.lines += [f"{place}. {_line(draft, e)}" for place, e in enumerate(order[:_MOST_LISTED], start=1)]
        _say_left(draft, order)


def _say_left(draft: Draft, entries: Sequence[Entry]) -> None:
    left = len(entries) - _MOST_LISTED
    if left > 0:
        draft.lines.append(f"另有 {draft.named(str(left))} 个，见查询结果。")


def say_total(draft: Draft, entries: Sequence[Entry], *, as_mean: bool) -> None:
    """``一共多少``, ``平均多少``: the result and what it is made of."""
    numbered = [entry for entry in entries if entry.is_number]
    total = added(entry.value for entry in numbered if entry.value)
    cited = [number for entry in numbered for number in entry.cited]
    count = draft.named(str(len(numbered)))
    label = draft.named(numbered[0].label)
    draft.used.append("mean" if as_mean else "sum")
    if as_mean and total.exact is not None:
        figure = draft.add_figure("平均", mean(total.exact, len(numbered), total.unit), cited)
        draft.lines.append(f"{label}平均 {figure}（共 {count} 个，四舍五入）：")
    else:
        draft.lines.append(f"{label}合计 {draft.add_figure('合计', total, cited)}（共 {count} 个）：")
    say_each(draft, numbered[:_MOST_LISTED])
    _say_left(draft, numbered)


def say_filtered(draft: Draft, entries: Sequence[Entry], asked: Understanding) -> None:
    """``三公经费超过100万的部门``: those that pass, highest first."""
    numbered = ranked(entries, descending=True)
    label = draft.named(numbered[0].label)
    plain = [t for t in asked.thresholds if not t.of_mean]
    said = f"{label}{condition(draft, plain)}"
    total = added(entry.value for entry in numbered if entry.value)
    for threshold in (t for t in asked.thresholds if t.of_mean and total.exact is not None):
        assert total.exact is not None
        average = mean(total.exact, len(numbered), total.unit)
        cited = [number for entry in numbered for number in entry.cited]
        word = "高于" if threshold.comparison in ("gt", "ge") else "低于"
        figure = draft.add_figure("平均", average, cited)
        said += f"{word}平均值（{figure}，{draft.named(str(len(numbered)))} 个，四舍五入）的"
        plain.append(Threshold(threshold.comparison, (total.exact / len(numbered),), "元"))
    kept = [e for e in numbered if e.value and passes_all(e.value, plain, e.value.unit)]
    if not kept:
        nearest = numbered[0]
        draft.lines.append(f"没有{said}：查了 {draft.named(str(len(numbered)))} 个，最高的是{_line(draft, nearest)}。")
        return
    draft.lines.append(f"{said}有 {draft.named(str(len(kept)))} 个：")
    draft.lines += [f"{place}. {_line(draft, entry)}" for place, entry in enumerate(kept[:_MOST_LISTED], start=1)]
    _say_left(draft, kept)


def say_missing(draft: Draft, entries: Sequence[Entry]) -> None:
    """The documents that don't hold the item, by name as far as they are few."""
    missing = [entry.heading for entry in entries if entry.value is None or entry.value.kind == "blank"]
    if missing:
        shown = "、".join(draft.named(heading) for heading in missing[:_MOST_NAMED])
        more = f"等 {draft.named(str(len(missing)))} 份文件" if len(missing) > _MOST_NAMED else ""
        draft.lines.append(f"{shown}{more}里没有这一项的数。")


def _line(draft: Draft, entry: Entry) -> str:
    heading = draft.named(entry.heading)
    if entry.value is None:
        return f"{heading}：没有这一项"
    if not entry.is_number:
        return f"{heading}：{entry.value.shown()}{marks(entry.cited)}"
    return f"{heading}：{draft.add_figure(f'{entry.heading}{entry.label}', entry.value, entry.cited)}"
