"""Questions to tokens: the cover of the question by known words and names that explains most of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Final

from assistant.catalog import DocumentCatalog, dated_links, official_names
from assistant.understand.aspects import asked_singly
from assistant.understand.dates import dates_in
from assistant.understand.kinds import NATURES
from assistant.understand.paraphrases import in_usual_words, in_written_forms
from assistant.understand.plain_words import plain_stretches
from assistant.understand.types import Token
from assistant.understand.wording import QuestionWord, normalise, occurrences, question_words, wording_rules
from index.dictionary import read_yaml

_WEIGHTS: Final = {"filler": 0.6}
_UNEXPLAINED: Final = -6.0
"""What a character that nothing explains costs."""

_ITEM: Final = 4
"""Characters of an item of the national classifications that is not also an ordinary word."""

_ACROSS: Final = 6
"""Characters of a printed name that a question may have with a 的 within."""

_BEFORE_DE: Final = 4
"""Of these, those that stand before it: a shorter word may be the end of another one."""

_MOST_TEXTS: Final = 256
"""Questions and clauses of which it is kept what they say: each is read for several documents, and for them all."""

_BOUND: Final = re.compile(r"[\d.,]+[百千万亿]?元?(?:\([^()]*\))?[以及之]?[以]?[上下]的?")
"""A bound on amounts, which is no name (100万元以上 of 100万元以上设备)."""
_OF_FINAL: Final = "execution"
"""Words that ask how far a budget was spent, which no budget tells."""

_DIGITS: Final = "零一二三四五六七八九"
_PLACES: Final = {"second": Decimal(2), "third": Decimal(3)}
"""The groups of patterns for words that say a place without its number (亚军)."""

_NUMBER: Final = re.compile(
    r"(?P<number>\d+(?:,\d{3})*(?:\.\d+)?|[一二两三四五六七八九十百千零半]+(?:万[一二两三四五六七八九十百千零]+)?)(?:个?[多余]?(?=[万亿]))?(?P<unit>亿元?|百万元?|万元?|千元|元|块钱|(?<![一二两三四五六七八九])块|%|个百分点|百分点)"
    r"(?:(?<=[一二两三四五六七八九十百千零][万亿])(?P<tenth>[一二三四五六七八九])(?=$|[,;:。?!、)的多元块了呢吧吗啊]))?"
    r"|(?P<bare>\d+(?:,\d{3})*(?:\.\d+)?)"
)
_APART: Final = re.compile(r"(?<=[\d+×*])[ \u3000]+(?=20\d\d(?!\d))|(?<=(?<!\d)20\d\d)[ \u3000]+(?=\d)")
"""Blanks between numbers one of which is a year (下属2 2026收入, 2026 40万以上)."""
_YEAR: Final = re.compile(
    r"(?<![\d【〔\[])(?P<year>20\d\d)(财政)?(年度|年(?!年?[底末终]|\d{1,2}月)|(?=预算|部门|的|[^\d万元亿.,%年])"
    r"|(?<![多少是为约达到了增减列给有花]20\d\d)(?=$|[,.](?!\d)))"
)
"""A year as scope; the end of one (截至2025年底) is a date, and 共2025 is no year."""
_CHINESE_YEAR: Final = re.compile(r"二[〇零○][〇零○一二三四五六七八九]{2}(?=年)")
_CHINESE_CODE: Final = re.compile(
    r"(?<![〇零○一二三四五六七八九十百千万亿])(?=[一二三四五六七八九]{0,6}[〇零○])[〇零○一二三四五六七八九]{4,7}(?![十百千万亿年])"
)
"""A code or a year digit by digit (三零一零八)."""
_SHORT_CHINESE_YEAR: Final = re.compile(
    r"(?<![〇零一二三四五六七八九十百千第近前后过满整])(一[五六七八九]|二[〇零一二三四五六七八九])年(?![以来间内期前后级])"
)
_PERIOD: Final = re.compile(r"20\d\d年?[-~—–至](?:20)?\d\d(?:年(?=的?[那这]|期(?!间)|滚动|周期)|(?!\d|年|[预决]算))")
"""``2026-2029那期``: years that tell a project from others."""
_SHORT_YEAR: Final = re.compile(
    r"(?<!\d[.,])(?<![\d第近前后过满长期])(1[5-9]|2\d)年(?!\d|以|来|间|内|期|前|后|级|历史)"
)
"""``26年``, where it is no stretch of time."""
_FROM_SHORT_YEAR: Final = re.compile(
    r"(?<![\d.,])(1[5-9]|2\d)(?=年?[-~—–至到](?:1[5-9]|2\d)年(?!\d|以|来|间|内|期|前|后|级|历史))"
)
"""``24-26年``."""
_PURCHASED: Final = re.compile(r"(?<=(?:货物|工程)[、和与及])服务(?!类|采购|支出|费)")
"""服务 beside goods and works, as a class of purchases."""
_SERVICES: Final = re.compile(
    r"(?<=[里头面中块年的是买,，、:：])服务(?=的?占|的?有?多少|就|这[块项类]|各|[和与跟、]|是|还是|[吗吧呢]|[,，。?？!]|$)"
    r"|(?<=(?<![购府])买)服务(?=的(?!钱))|(?<=多少)服务(?=多少)"
)
"""服务 by itself where purchases are spoken of."""
_BUYS_SERVICES: Final = re.compile("(?<![购府])买服务")
_TO_DIGITS: Final = str.maketrans("○〇零一二三四五六七八九", "000123456789")
_UNITS: Final = {
    "亿": "亿元", "亿元": "亿元", "百万": "百万元", "百万元": "百万元", "万": "万元", "万元": "万元", "千元": "千元",
    "元": "元", "块": "元", "块钱": "元", "%": "%", "百分点": "%", "个百分点": "%",
}  # fmt: skip
_WORD: Final = re.compile(r"[a-z0-9.]+|.", re.IGNORECASE)


def tokenize(question: str, catalog: DocumentCatalog, fixed: Sequence[Token] = ()) -> tuple[Token, ...]:
    """Cover the normalised question with tokens; what nothing explains becomes tokens of group "other".

    ``fixed`` tokens stand; no other may overlap them.
    """
    text = normalised_question(question)
    starts = [m.start() for m in _WORD.finditer(text)] + [len(text)]
    following = dict(pairwise(starts))
    best: dict[int, tuple[float, Token | None]] = {0: (0.0, None)}
    by_start: dict[int, list[Token]] = {}
    fixed = [token for token in _apart(fixed) if {token.start, token.end} <= set(starts)]
    for token in (*fixed, *_beside(fixed, _candidates(text, catalog))):
        if token.start in following and (token.end in following or token.end == len(text)):
            by_start.setdefault(token.start, []).append(token)
    for position in starts[:-1]:
        if position not in best:
            continue
        score, end = best[position][0], following[position]
        unexplained = Token("other", "", text[position:end], position, end)
        for token in (*by_start.get(position, ()), *_beside(fixed, [unexplained])):
            total = score + _weight(token)
            if token.end not in best or total > best[token.end][0]:
                best[token.end] = (total, token)
    return _merge_other(_walk_back(best, len(text)))


def _apart(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens that overlap no longer one; of two as long the first."""
    by_length = sorted(tokens, key=lambda token: token.start - token.end)
    return tuple(t for n, t in enumerate(by_length) if all(_are_apart(t, longer) for longer in by_length[:n]))


def _are_apart(one: Token, other: Token) -> bool:
    return one.end <= other.start or other.end <= one.start


def _beside(fixed: Sequence[Token], tokens: Iterable[Token]) -> Iterator[Token]:
    """The tokens that overlap none of ``fixed``."""
    return (token for token in tokens if all(_are_apart(token, other) for other in fixed))


@lru_cache(maxsize=_MOST_TEXTS)
def normalised_question(question: str) -> str:
    """The question as tokens count its characters: normalised, in usual words, years in four digits."""
    return asked_singly(_in_digits(in_usual_words(_as_written(question))))


def normalised_as_put(question: str) -> str:
    """The question normalised alike, with all that its writer said around it."""
    return _in_digits(_as_written(question))


def _as_written(question: str) -> str:
    return in_written_forms(normalise(_APART.sub(",", question)))


def _in_digits(text: str) -> str:
    """A normalised text with years and codes in digits, and 服务 told from other words."""
    for pattern in (_CHINESE_YEAR, _CHINESE_CODE, _SHORT_CHINESE_YEAR):
        text = pattern.sub(lambda m: m.group().translate(_TO_DIGITS), text)
    text = _SHORT_YEAR.sub(r"20\1年", _FROM_SHORT_YEAR.sub(r"20\1", text))
    text = _PURCHASED.sub("服务类", text)
    buys = "采购" in text or _BUYS_SERVICES.search(text)
    return _SERVICES.sub("服务类", text) if buys else text


def years_in(text: str) -> Iterator[tuple[int, int, int]]:
    """The years that a normalised question names, each with its start and end; those of a period are none.

    >>> list(years_in("2026年比2023-2026那期")), list(years_in("截至2025年年末"))
    ([(2026, 0, 5)], [])
    """
    periods = [period.span() for period in _PERIOD.finditer(text)]
    return ((int(m["year"]), m.start(), m.end()) for m in _YEAR.finditer(text) if not _within(m.span(), periods))


def _within(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(start <= span[0] < end for start, end in others)


def _weight(token: Token) -> float:
    length = token.end - token.start
    if token.group == "other":
        return length * _UNEXPLAINED
    if token.group == "term":
        return length**2 * max(link.score for link in token.links)
    # A light head weighs little more than on its own, so that it doesn't tear a longer name apart.
    return (length - token.light) ** 2 * _WEIGHTS.get(token.group, 0.93) + token.light**2 * 0.95


def _walk_back(best: dict[int, tuple[float, Token | None]], end: int) -> tuple[Token, ...]:
    tokens: list[Token] = []
    while end and (token := best[end][1]):
        tokens.append(token)
        end = token.start
    return tuple(reversed(tokens))


def _merge_other(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens, with unexplained ones side by side as one; an item that isn't printed explains nothing."""
    merged: list[Token] = []
    for token in tokens:
        if token.group == "unprinted":
            token = replace(token, group="other")
        if merged and token.group == merged[-1].group == "other":
            last = merged.pop()
            token = Token("other", "", last.text + token.text, last.start, token.end)
        merged.append(token)
    return tuple(merged)


def _candidates(text: str, catalog: DocumentCatalog) -> Iterator[Token]:
    yield from _terms(text, catalog)
    for name in (*official_names(), *NATURES):  # what the document doesn't have is no pieces of others that it has
        if name in text and name not in catalog.surfaces and len(name) >= _ITEM:
            yield from (Token("unprinted", "", name, start, end) for start, end in occurrences(name, text))
    yield from _said_of_any(text, catalog.year, is_final=catalog.document_type == "决算")


@lru_cache(maxsize=_MOST_TEXTS)
def _said_of_any(text: str, year: int | None, *, is_final: bool) -> tuple[Token, ...]:
    """What a question says whichever document of a year it is about; ``is_final``: one of final accounts."""
    found: list[Token] = []
    for word in question_words():
        if word.group != _OF_FINAL or is_final:
            found += _said(word, text)
    found += (Token("filler", "plain", text[start:end], start, end) for start, end in plain_stretches(text))
    for form, group, name in _fixed_forms():
        found += (Token(group, name, form, start, end) for start, end in occurrences(form, text))
    found += (Token("date", "", text[date.start : date.end], date.start, date.end) for date in dates_in(text, year))
    found += (Token("year", str(number), text[start:end], start, end) for number, start, end in years_in(text))
    return (*found, *numbers_in(text))


def _said(word: QuestionWord, text: str) -> Iterator[Token]:
    """A question word wherever it may begin, also within itself."""
    start = 0
    while m := word.pattern.search(text, start):
        if m.group():
            light = len(m.groupdict().get("light") or "")
            yield Token(word.group, word.name, m.group(), m.start(), m.end(), value=_count_of(m), light=light)
        start = m.start() + 1


def _terms(text: str, catalog: DocumentCatalog) -> Iterator[Token]:
    for start in range(len(text)):
        for end in range(start + 2, min(len(text), start + catalog.longest) + 1):
            links = catalog.surfaces.get(text[start:end])
            if links and not _BOUND.fullmatch(text[start:end]):
                yield Token("term", "", text[start:end], start, end, links)
    for (start, end), links in dated_links(text, catalog).items():  # the year is none of the scope
        if text[start:end] not in catalog.surfaces:
            yield Token("term", "", text[start:end], start, end, links)
    for mark, _ in occurrences("的", text):  # 中小企业的合同金额, printed without 的
        yield from _terms_across(text, mark, catalog)


def _terms_across(text: str, mark: int, catalog: DocumentCatalog) -> Iterator[Token]:
    """Whole printed names that a 的 stands within, so that it is no part of them."""
    for start in range(max(0, mark - catalog.longest), mark - _BEFORE_DE + 1):
        for end in range(mark + 3, min(len(text), start + catalog.longest + 1) + 1):
            name = text[start:mark] + text[mark + 1 : end]
            links = tuple(link for link in catalog.surfaces.get(name, ()) if link.match == "exact")
            if links and len(name) >= _ACROSS:
                yield Token("term", "", name, start, end, links)


@lru_cache(maxsize=1)
def _fixed_forms() -> tuple[tuple[str, str, str], ...]:
    totals = [(normalise(f), "total", side) for side, forms in wording_rules()["totals"].items() for f in forms]
    own = [(normalise(f), "own", "own") for f in read_yaml("unit_names.yaml")["own"]]
    return (*totals, *own)


def numbers_in(text: str) -> Iterator[Token]:
    periods = [period.span() for period in _PERIOD.finditer(text)]
    for m in _NUMBER.finditer(text):
        if _within(m.span(), periods):
            continue
        raw = m["number"] or m["bare"]
        value = Decimal(raw.replace(",", "")) if raw[0].isdigit() else chinese_number(raw)
        if value is not None:
            value += (chinese_number(m["tenth"] or "") or Decimal(0)) / 10  # 十四亿七
            yield Token("number", "", m.group(), m.start(), m.end(), value=value, unit=_UNITS.get(m["unit"] or ""))


def _count_of(match: re.Match[str]) -> Decimal | None:
    groups = match.groupdict()
    raw = groups.get("k") or groups.get("k2")
    if not raw:
        return next((value for name, value in _PLACES.items() if groups.get(name)), None)
    return Decimal(raw) if raw.isdigit() else chinese_number(raw)


def chinese_number(text: str) -> Decimal | None:
    """A number in Chinese numerals.

    >>> chinese_number("三十五"), chinese_number("三万五千"), chinese_number("半")
    (Decimal('35'), Decimal('35000'), Decimal('0.5'))
    """
    if not text:
        return None
    if text == "半":
        return Decimal("0.5")
    if "万" in text:
        high, low = (chinese_number(part) for part in text.split("万", 1))
        return None if high is None or low is None else high * 10_000 + low
    total, digit = 0, 0
    for char in text.replace("两", "二"):
        if char in _DIGITS:
            digit = _DIGITS.index(char)
        elif (scale := {"十": 10, "百": 100, "千": 1000}.get(char)) is not None:
            total, digit = total + (digit or 1) * scale, 0
        else:
            return None
    return Decimal(total + digit)
