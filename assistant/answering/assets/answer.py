"""Answers from the sentences on the state of assets, each with the date it tells of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from assistant.answering.assets.asked import KINDS, AskedAsset, assets_asked, names_assets, rules
from assistant.answering.dated import date_of, dates_asked, is_told_of_date
from assistant.answering.draft import Draft
from assistant.answering.statements import statement_value
from assistant.answering.values import Value
from assistant.understand.types import Understanding
from assistant.understand.wording import normalise
from index.records import StatementRecord

_BOUND: Final = re.compile(r"(\d+)万元?")


@dataclass(frozen=True, slots=True)
class Told:
    """What a sentence tells of one asset; ``kinds``: what the vehicles of the sentence are."""

    asked: AskedAsset
    statement: StatementRecord
    kinds: tuple[StatementRecord, ...] = ()


def answer_assets(draft: Draft, asked: Understanding) -> bool:
    """``截至2026年1月底有多少平方米房屋、几辆车，哪类最多``: all that is asked for, or nothing."""
    told = assets_told(draft, asked)
    if not told or (any(t.name == "max" for t in asked.tokens) and not any(t.asked.asset == KINDS for t in told)):
        return False
    draft.used += ["max"] if any(t.asked.asset == KINDS for t in told) else []
    exists = any(t.name == "exists" for t in asked.tokens)
    groups: dict[tuple[bool, str], list[Told]] = {}
    for each in told:
        key = (each.asked.is_bought, "" if each.asked.is_bought else date_of(draft, each.statement))
        groups.setdefault(key, []).append(each)
    for (is_bought, date), group in groups.items():
        when = f"（{draft.named(date)}）" if date else ""
        what = "安排购置" if is_bought else f"资产占有使用情况{when}"
        said = "；".join(_said(draft, each, exists=exists) for each in group)
        draft.lines.append(f"{draft.heading}写明的{what}：{said}。")
        quoted = {each.statement.sentence: draft.cite_statement(each.statement) for each in group}
        draft.lines += [f"正文写道：“{sentence}”[{number}]" for sentence, number in quoted.items()]
    draft.route = "text"
    return True


def assets_told(draft: Draft, asked: Understanding, *, compared: bool = False) -> list[Told]:
    """What the document tells of each asset asked about; nothing where it doesn't of one, or not of the date."""
    if not names_assets(asked):
        return []
    stated = (s for s in draft.contents.statements.values() if statement_value(s) is not None)
    statements = [s for s in stated if _is_on_assets(draft, s)]
    kinds = {_plain(s) for s in statements if _is_kind(s)}
    wanted = assets_asked(asked, kinds, dates_asked(draft, asked.question), draft.catalog.is_whole, compared=compared)
    told = [next((t for s in statements if (t := _tells(draft, each, s, statements))), None) for each in wanted]
    found = [each for each in told if each]
    return found if len(found) == len(told) and _is_of_date(draft, asked, found) else []


def vehicles_told(draft: Draft, *, is_bought: bool) -> Told | None:
    """What the document tells of all vehicles that there are, or that are to be bought; None where nothing."""
    asked = AskedAsset("vehicle", 0, 0, is_bought)
    stated = (s for s in draft.contents.statements.values() if statement_value(s) is not None)
    statements = [s for s in stated if _is_on_assets(draft, s)]
    told = [each for s in statements if (each := _tells(draft, asked, s, statements)) is not None]
    return max(told, key=lambda each: len(each.kinds), default=None)


def _tells(
    draft: Draft, asked: AskedAsset, statement: StatementRecord, statements: Sequence[StatementRecord]
) -> Told | None:
    """What a sentence tells of an asset, if it does."""
    if _is_bought(draft, statement) != asked.is_bought:
        return None
    subject = _thing(statement)
    if asked.asset == "kind":
        return Told(asked, statement) if subject == asked.name and _is_kind(statement) else None
    rule = _subjects()["vehicle" if asked.asset == KINDS else asked.asset]
    if not rule.fullmatch(subject) or normalise(statement.number_unit or "") not in _units(asked):
        return None
    if asked.asset == "equipment" and asked.bound and not _is_bound(subject, asked.bound):
        return None
    kinds = tuple(s for s in statements if s.sentence == statement.sentence and _is_kind(s))
    return None if asked.asset == KINDS and not kinds else Told(asked, statement, kinds)


def _units(asked: AskedAsset) -> list[str]:
    units: list[str] = rules()["assets"]["vehicle" if asked.asset == KINDS else asked.asset]["units"]
    return units


def _is_bound(subject: str, bound: int) -> bool:
    found = _BOUND.search(subject)
    return found is not None and int(found.group(1)) == bound


def _is_kind(statement: StatementRecord) -> bool:
    is_all = _subjects()["vehicle"].fullmatch(_thing(statement))
    is_named = re.fullmatch(rules()["vehicle_kind"], _plain(statement))
    return statement.number_unit in ("辆", "台") and bool(is_named) and not is_all


def _thing(statement: StatementRecord) -> str:
    """What is held or bought, without the word that says which of both."""
    return re.sub(rf"^.*(?:{rules()['bought']})", "", _plain(statement))


def _is_on_assets(draft: Draft, statement: StatementRecord) -> bool:
    """Whether a sentence stands where the state of assets is told."""
    paragraph = draft.contents.paragraphs[statement.paragraph_id]
    return any("资产" in text for text in (*paragraph.section[-1:], paragraph.text)) or bool(
        re.search(r"共有(?:车辆|公务用车)|(?:安排|计划)购置车辆", normalise(paragraph.text))
    )


def _is_bought(draft: Draft, statement: StatementRecord) -> bool:
    """Whether the words up to a sentence's end last spoke of what is to be bought, and not of what there is."""
    paragraph = draft.contents.paragraphs[statement.paragraph_id].text
    before = paragraph.find(statement.sentence)
    place = statement.sentence.find(statement.subject)
    text = normalise(paragraph[: before + max(place, 0) + len(statement.subject)])
    bought = [m.end() for m in re.finditer(rules()["bought"], text)]
    held = [m.end() for m in re.finditer(rules()["held"], text)]
    return max(bought, default=-1) > max(held, default=-1)


def _is_of_date(draft: Draft, asked: Understanding, told: Sequence[Told]) -> bool:
    """Whether what is held is told of the date asked for."""
    held = [each.statement for each in told if not each.asked.is_bought]
    return not dates_asked(draft, asked.question) or (
        bool(held) and all(is_told_of_date(draft, asked, s) for s in held)
    )


def _said(draft: Draft, told: Told, *, exists: bool) -> str:
    if told.asked.asset == KINDS:
        return _said_kinds(draft, told)
    figure = _figure(draft, told.statement)
    name = draft.named(told.statement.subject)
    there = f"{'有' if told.statement.number else '没有'}，" if exists else ""
    return f"{there}{name} {figure}"


def _said_kinds(draft: Draft, told: Told) -> str:
    """The kinds that there are, the most first."""
    there = sorted((s for s in told.kinds if s.number), key=lambda s: -(s.number or 0))
    whole = f"{draft.named(told.statement.subject)} {_figure(draft, told.statement)}"
    if not there:
        return f"{whole}，各类都没有"
    most = [s for s in there if s.number == there[0].number]
    first = "、".join(f"{draft.named(s.subject)} {_figure(draft, s)}" for s in most)
    rest = "、".join(f"{draft.named(s.subject)} {_figure(draft, s)}" for s in there[len(most) :])
    return f"{whole}，其中最多的是{first}{f'，其余为{rest}' if rest else ''}"


def asset_value(statement: StatementRecord) -> Value:
    """How many there are, or what they are worth."""
    if statement.number is None:
        return Value("amount", statement.amount_yuan, unit="万元")
    return Value("quantity", statement.number, unit=statement.number_unit or "")


def _figure(draft: Draft, statement: StatementRecord) -> str:
    value = asset_value(statement)
    return draft.add_figure(statement.subject, value, [draft.cite_statement(statement)])


def _plain(statement: StatementRecord) -> str:
    return normalise(statement.subject)


@lru_cache(maxsize=1)
def _subjects() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(rule["subject"]) for name, rule in rules()["assets"].items()}
