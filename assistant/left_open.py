"""What an answer leaves open: said before it, with what is nearest beside; refused where nothing of it is answered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from assistant.answering.draft import Draft
from assistant.answering.nearest_targets import add_nearest_targets
from assistant.answering.refuse import nothing_found, refusal, units_missing
from assistant.catalog.project_forms import INDICATORS
from assistant.choose import ungrounded
from assistant.compose import Outcome
from assistant.core import Core
from assistant.plan.forms import names_formless
from assistant.plan.meant import calls_another, forms_meant
from assistant.reader import ReadQuestion, Side
from assistant.reading.patterns import pattern
from assistant.reply.coverage import tells_of_units
from assistant.reply.nearest import add_nearest
from assistant.reply.told_items import names_untold, unmarked
from assistant.reply.wanted import (
    asking_clauses,
    asks_money,
    asks_of_other_kind,
    asks_only_opinion,
    clauses_in,
    counts_some_of_list,
    is_asking,
    meets_none,
    unmet_clauses,
)
from assistant.resolve.projects import forms_named
from assistant.scope import scope_spans
from assistant.understand.tokenize import chinese_number, normalised_question, years_in
from assistant.understand.types import Understanding

_OF_UNITS: Final = frozenset({"unit", "attribute", "passage"})
"""What the name of a unit leads to: its rows, those beside which it is printed, and the prose about it."""

_AMOUNT: Final = re.compile(r"\d(?!\d*年)\d*\s*\**\s*[万亿元%％辆个人名项家件套户]")
_QUOTED: Final = re.compile("“[^”]*”")
_ADDING: Final = re.compile("[^。;?]*(?:合起来|加起来|加一起|合在一起|一共|总共|共计|合计|之和|加总)")
_MANY: Final = re.compile(
    "(?<![第前后一二三四五六七八九十])(?P<count>[两二三四五六七八九十])(?:个|项|笔)(?!月|季|点|人)"
)
_SUM_OF: Final = re.compile(r"中，(?P<terms>.*、.*)合计 \*\*|（(?P<count>\d+) 项），其中")
_CALLED_BY_AMOUNT: Final = re.compile(
    r"[那这]一?[笔个块项条宗](?P<amount>(?:\d[\d.,]*|[一二两三四五六七八九十百千]+)[多几来]?[百千]?[万亿]元?)多?的"
)
_UNLIKE: Final = re.compile("没有与它相符的|[多少]于问题里说的")
_NO_SUCH: Final = "：没有这一项"
_NO_OPINION: Final = "我只回答预算文件里写明的内容，不作评价、不给建议。"
_OF_FORM: Final = pattern("form_words")
_OTHER_TIME: Final = pattern("other_time")
_REASON: Final = re.compile("（(没有|在?《).*$", re.DOTALL)
"""Why a clause has no answer, behind it."""


def of_own_units(outcome: Outcome) -> Outcome:
    """The outcome; a refusal where a part names a unit and its answer tells of none: the department's is not its."""
    units = _units_untold(outcome)
    return replace(outcome, draft=refusal(outcome.draft, units_missing(units))) if units and outcome.draft else outcome


def _units_untold(outcome: Outcome) -> tuple[str, ...]:
    """The units that a part names, where its answer neither names one nor rests on rows of one."""
    reading, draft = outcome.part.reading, outcome.draft
    if not isinstance(reading, ReadQuestion) or len(reading.sides) != 1 or draft is None or not outcome.is_answered:
        return ()
    said = (*reading.asked.tokens, *(term for operand in reading.asked.operands for term in operand.terms))
    terms = [t for t in said if t.group == "term" and t.links and {k.role for k in t.links} <= _OF_UNITS]
    named = {t.text: units for t in terms if (units := {link.key for link in t.links if link.role == "unit"})}
    own = {draft.catalog.unit_name, draft.catalog.main_unit}
    named = {text: keys for text, keys in named.items() if not keys & own}
    told = "".join(draft.lines)
    if any(text in told or tells_of_units(keys, draft) for text, keys in named.items()):
        return ()
    return tuple(named)


def years_left_out(question: str, sides: Sequence[Side]) -> tuple[str, ...]:
    """The years that a question names beside others, and of which none of the several documents that are meant is."""
    told = {side.target.year for side in sides}
    if len({side.target for side in sides}) < 2:
        return ()
    named = dict.fromkeys(year for year, _, _ in years_in(normalised_question(question)))
    return tuple(f"{year}年的数（没有这一年的文件）" for year in named if year not in told)


def topics_left_out(question: str, draft: Draft | None, core: Core) -> tuple[str, ...]:
    """What clauses before the first one that asks speak of by a printed name, where an answer tells nothing of it."""
    if draft is None or draft.route == "refuse":
        return ()
    clauses = clauses_in(_without_scope(question, core))
    asking = next((place for place, clause in enumerate(clauses) if is_asking(clause)), 0)
    untold = [name for clause in clauses[:asking] for name in names_untold(clause, draft)]
    return tuple(f"没有用到“{name}”" for name in dict.fromkeys(untold))


def with_unsaid(found: dict[str, Any], question: str, left_out: Sequence[str] = ()) -> dict[str, Any]:
    """An outcome with the clauses of the question that its draft says nothing to; a refusal of a bare opinion.

    ``left_out``: what else is known to be left open.
    """
    draft: Draft | None = found.get("draft")
    if draft is None or draft.route == "refuse":
        return found
    if asks_only_opinion(question):
        return {**found, "draft": refusal(draft, _NO_OPINION), "unanswered": ()}
    if _is_of_other_project(question, draft):
        return {**found, "draft": refusal(draft, nothing_found(draft)), "unanswered": ()}
    open_before: tuple[str, ...] = found.get("unanswered") or ()
    unmet = unmet_clauses(question, draft)
    unsaid = [clause for clause in unmet if not _is_named(clause, open_before)]
    of_other = tuple(_of_other_amount(question, draft))
    left_open = (*open_before, *unsaid, *_lacking(draft), *_too_few_added(question, draft), *of_other, *left_out)
    all_open = (*left_open, *unmet)
    is_all_open = bool(all_open) and all(_is_among(clause, all_open) for clause in asking_clauses(question))
    lists = any(counts_some_of_list(clause, draft) for clause in unsaid)
    tells_nothing = (not draft.figures or _tells_only_words(draft)) and not lists
    tells_nothing = tells_nothing or all(asks_of_other_kind(clause, draft) for clause in asking_clauses(question))
    if is_all_open and tells_nothing:
        return {**found, "draft": refusal(draft, nothing_found(draft)), "unanswered": ()}
    return {**found, "unanswered": left_open}


def _is_of_other_project(question: str, draft: Draft) -> bool:
    """Whether a project without a form is named, and all that is told are targets, which then are another one's."""
    rows = draft.rows_cited
    are_targets = bool(rows) and all(draft.catalog.tables[row.table_id].kind == INDICATORS for row in rows)
    return are_targets and names_formless((question,), draft)


def _lacking(draft: Draft) -> Iterator[str]:
    """What a document of two that are set against each other doesn't hold, as an answer says it (甲：没有这一项)."""
    for before, *documents in zip(draft.lines, draft.lines[1:], draft.lines[2:], strict=False):
        lacking = [line for line in documents if line.endswith(_NO_SUCH)]
        if before.endswith("：") and len(lacking) == 1:
            document = lacking[0].removeprefix("- ").removesuffix(_NO_SUCH)
            yield f"{before.removesuffix('：')}（{document}没有这一项）"


def _tells_only_words(draft: Draft) -> bool:
    """Whether an answer tells no number and quotes no sentence, only what a table says in words."""
    told = unmarked("".join(_QUOTED.sub("", line) for line in draft.lines))
    is_quote = any(line.startswith(">") for line in draft.lines)
    has_number = any(figure.unit or figure.value[:1].isdigit() for figure in draft.figures)
    return not is_quote and not has_number and not _AMOUNT.search(told)


def _is_among(clause: str, left_open: Sequence[str]) -> bool:
    return any(clause in text for text in left_open)


def _too_few_added(question: str, draft: Draft) -> Iterator[str]:
    """A sum of fewer things than the question says there are (五个加固工程合起来), as a sum of only some of them."""
    sums = (match for line in draft.lines if (match := _SUM_OF.search(line)))
    added = [int(match["count"] or 0) or len(match["terms"].split("、")) for match in sums]
    counted = [[*_MANY.finditer(clause)] for clause in _ADDING.findall(normalised_question(question))]
    said = {counts[-1]["count"] for counts in counted if counts}
    if len(said) == 1 and len(added) == 1 and (count := chinese_number(said.pop())) and 1 < added[0] < count:
        yield f"问题里说的是 {count} 个，合计里只有 {added[0]} 个"


def _of_other_amount(question: str, draft: Draft) -> Iterator[str]:
    """What a question calls by its amount (那笔33万的质保金), where an answer tells none of that amount."""
    for said in _CALLED_BY_AMOUNT.finditer(normalised_question(question)):
        if any(_UNLIKE.search(line) and said["amount"] in line for line in draft.lines):
            yield f"没有找到{said['amount']}的这一笔"


def _is_named(clause: str, left_open: Sequence[str]) -> bool:
    """Whether a clause, or a part of it, is known to be left open."""
    parts = (_REASON.sub("", text) for text in left_open)
    return _is_among(clause, left_open) or any(part and part in clause for part in parts)


def _is_of_other(question: str, parts: Sequence[Understanding], draft: Draft) -> bool:
    """Whether something is to be done, or another year is asked for, or what came of what was set."""
    is_order = any(asked.intent == "instruction" for asked in parts)
    is_of_other = any(year != draft.catalog.year for asked in parts for year in asked.years)
    return is_order or is_of_other or bool(_OTHER_TIME.search(normalised_question(question)))


def _add_forms(draft: Draft, question: str, clauses: Sequence[str], parts: Sequence[Understanding], core: Core) -> bool:
    """Adds what the project that a part names promises, else what those do that the question only describes."""
    if names_formless((question,), draft):
        return False
    named = next(filter(None, (forms_named(asked, draft.catalog) for asked in parts)), None)
    if named and add_nearest_targets(draft, named, clauses, with_funds=any(map(asks_money, clauses))):
        return True
    texts = [_without_scope(text, core) for text in (question, *clauses)]
    each = {forms.titles: forms for forms in (forms_meant(text, draft) for text in texts) if forms}
    if calls_another(texts[0], each.values(), draft):
        return False
    return any([add_nearest_targets(draft, forms, clauses, with_funds=True) for forms in each.values()])


def _without_scope(question: str, core: Core) -> str:
    """A normalised question without the words for its units and years."""
    text = normalised_question(question)
    for start, end in reversed(scope_spans(question, core.register)):
        text = f"{text[:start]}|{text[end:]}"
    return text


def with_nearest(
    found: dict[str, Any], core: Core, questions: Sequence[str], parts: Sequence[Understanding], empty: Draft
) -> dict[str, Any]:
    """An outcome that leaves something open, with what the form of the project named says nearest to it beside.

    ``parts``: the parts of the last of the questions, all about the document of ``empty``, in which the lines are
    written where there is no answer at all. Of one thing that is asked alone and refused, and not of a form, nothing
    near is shown, nor where what the question asks for can't be told by this document.
    """
    draft: Draft | None = found.get("draft")
    *history, question = questions
    if draft is None or draft.route == "refuse":
        draft, left_open = empty, asking_clauses(question) or clauses_in(question)
        is_one = len(left_open) == 1 and not _OF_FORM.search(left_open[0])
        if is_one or _is_of_other(question, parts, empty) or not core.about(question, history)[1]:
            return found
        parts = parts if core.read(question, history) else ()
    else:
        left_open = tuple(found.get("unanswered") or ())
    before = draft.state()
    clauses = [_REASON.sub("", text) for text in left_open]
    if not clauses:
        return found
    is_near = _add_forms(draft, question, clauses, parts, core)
    if draft is not empty:
        is_near = add_nearest(draft, clauses, question) or is_near
    if not is_near:
        return found
    has_number = bool(_AMOUNT.search(unmarked("".join(draft.lines))))
    says_nothing = draft is empty and not has_number and meets_none(question, draft)
    if says_nothing or ungrounded(draft, question):
        draft.restore(before)
        return found
    return {**found, "draft": draft, "unanswered": left_open}
