"""People against posts in lines: both figures, how many are free or too many, and the share that is taken."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.draft import Draft
from assistant.answering.values import percentage
from assistant.plan.quantity import Quantity
from assistant.plan.staffing import Staffed, staffing_of
from assistant.query import Staffing
from assistant.reply.lines import figure_text, sentence_of
from assistant.reply.types import Reply
from assistant.run.operators import subtracted
from assistant.run.ratios import staffed_units


def staffing_reply(query: Staffing, draft: Draft) -> Reply:
    """What is told of the kinds, or of the units, that are meant; none where the document doesn't tell it of all."""
    told = staffing_of(draft)
    if query.by_unit or query.units:
        return _of_units(query, staffed_units(query.units, draft), draft)
    by_kind = {each.kind: each for each in told if not each.unit}
    missing = tuple(kind for kind in query.kinds if kind not in by_kind)
    if missing or "" not in by_kind:
        return Reply((), missing or ("编制",))
    kinds = query.kinds or tuple(kind for kind in by_kind if kind)
    wanted = [by_kind[""]] if query.of_all or not query.kinds else []
    wanted += [by_kind[kind] for kind in kinds]
    return Reply((f"{draft.heading}中：", *(f"- {_line(each, query, draft)}" for each in wanted)))


def _of_units(query: Staffing, units: Sequence[Staffed], draft: Draft) -> Reply:
    if not units:
        return Reply((), ("各单位的编制",))
    if not query.by_unit:
        return Reply(tuple(f"{draft.heading}中，{_line(each, query, draft)}。" for each in units))
    found = [
        each for each in units if query.side == "any" or (each.over > 0 if query.side == "over" else each.over < 0)
    ]
    what = {"over": "实有人数超过编制", "free": "有空编", "any": "分列编制和实有人数"}[query.side]
    found.sort(key=lambda each: -abs(each.over))
    first = f"，{'超' if query.side == 'over' else '空'}得最多的是 **{draft.named(found[0].unit)}**" if found else ""
    count = draft.named(str(len(found)))
    lead = f"{draft.heading}中{what}的单位有 **{count} 个**{first if query.most and len(found) > 1 else ''}："
    return Reply((lead, *(f"{n}. {_line(each, query, draft)}" for n, each in enumerate(found, 1))))


def _line(each: Staffed, query: Staffing, draft: Draft) -> str:
    unit = f"{draft.named(each.unit)}：" if each.unit else ""
    both = f"{unit}{sentence_of(each.posts, draft)}，{sentence_of(each.people, draft)}"
    if not each.over:
        return f"{both}，正好满编"
    gap = subtracted(each.people, each.posts, f"{each.people.name}与{each.posts.name}相差")
    verdict = ("多", "超编") if each.over > 0 else ("少", "空编")
    told = f"{both}，{each.people.name}比{each.posts.name}{verdict[0]} {figure_text(gap, draft)}（{verdict[1]}）"
    return f"{told}{_rates(each, gap, draft) if query.as_rate and each.posts.exact else ''}"


def _rates(each: Staffed, gap: Quantity, draft: Draft) -> str:
    """How large a part of the posts the people are, and the gap."""
    taken, apart = (_percent(part, each.posts, draft) for part in (each.people, gap))
    return f"，实有人数是编制的 {taken}，{'超' if each.over > 0 else '空'}编制的 {apart}"


def _percent(part: Quantity, posts: Quantity, draft: Draft) -> str:
    assert part.exact is not None and posts.exact
    rate = Quantity(f"{part.name}占{posts.name}", percentage(part.exact, posts.exact), "", parts=(part, posts))
    return figure_text(rate, draft)
