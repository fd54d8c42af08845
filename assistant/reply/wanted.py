"""What the clauses of a question ask to have said, by their words, and which of it an answer leaves unsaid.

Independent of how the question was read: what no reader took up is found here. The words stand in wanted.yaml; how
many numbers a clause asks for, and of what, is told by its counting words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final, Literal, TypedDict, cast

from assistant.answering.draft import Draft
from assistant.catalog.types import CLASSIFICATIONS
from assistant.query import Claim
from assistant.reading.patterns import BLANK_BETWEEN_WORDS, pattern
from assistant.reply.claims import agrees, claim_lines
from assistant.reply.told_items import is_of_other_base, lacks_item, lacks_named, lacks_one_of_two, said_in, unmarked
from assistant.understand.kinds import alike
from assistant.understand.tokenize import chinese_number, numbers_in
from assistant.understand.wording import normalise
from assistant.words import content_of
from index.dictionary import read_yaml
from index.money import YUAN_PER_UNIT

_BREAK: Final = re.compile(rf"[，。？！；：,?!;]|{BLANK_BETWEEN_WORDS}")
_ASKS: Final = pattern("ask")
_QUOTED: Final = re.compile("^> |“|名称：")
_OF_CLAIM: Final = re.compile("问题里说的“[^”]*”(与|，|。)")
_NUMBER: Final = re.compile(r"[-−]?[\d,.]+%?")
_NUMBERS: Final = re.compile(r"(?<![\d.])(?!(?:19|20)\d\d年)\d[\d,]*(?:\.\d+)?")
_WHAT_AMOUNT: Final = re.compile(
    r"(?<=[这那])[\d.,]+多?个?[万亿]元?(的?[差缺]额)?(是|算|属于?|来自|花在|用在|落在|出在)(了|的)?(哪|什么|啥)"
)
_ASKS_TOTAL: Final = re.compile("(?:一共|总共|总计|合计|拢共|统共)[^，,]{0,10}(?:多少|几个?[万亿])")
_TELLS_TOTAL: Final = re.compile("合计|总[计额数]|共计|之和|[总一]共")
_HOW_TO_REPLY: Final = re.compile(
    "^(?:那|这|让|请|我们?|咱们?|你们?|单位|局里|应该?|该|要|得|据实|到底|究竟)*(?:怎么|如何|咋)个?(?:据实|好)?"
    "(?:[跟对向给](?:他|她|人家|对方|市民|群众|网友|记者|领导)们?)?(?:答复?|回复?|回答|回应|解释|交代|说明?|讲|写)"
    "(?:他|她|人家|对方|市民|群众|网友|记者|领导|这封信|来信)?们?[才比较]*好?[呢啊呀吧]?$"
)
_QUOTES: Final = "相关的原文："
_SETS_AGAINST: Final = re.compile("谁|哪(?!些)|更|最|[多高大少低小贵]吗?$|超|[达不]到")
_LISTED: Final = re.compile(r"相符的有 \**\d+|共 \**\d+\**\s*[项条个]|符合条件的有 \**\d+")
_HOW_MANY: Final = pattern("how_many")
_ASKS_NUMBER: Final = re.compile(
    "多少(?!都)|(?<![哪好这那])几(?=[成分个名位人项家辆台套条件部座所处篇门次场栋间艘只头棵株亩吨斤米户期批笔张份册宗起届支])"
)
_WHICH_OF_MANY: Final = re.compile(
    "(?<![这那])哪(?P<count>[两二三四五六七八九十2-9])(?:项|个|家|笔|块|处|类|条|样|所|款)"
)
_ITEM: Final = re.compile(r"(?:- |\d+\. )")
_HOW_MUCH: Final = re.compile(
    "多少(钱|万|亿|元|个百分点)?(?!都)|(什么|啥)数|金额|数额|(给|报|说|填|要|告诉)我?[^，,]{0,3}数(字|目)?[吧呢啊呀嘛]?$"
)
_OF_MONEY: Final = re.compile(
    "(?:拨款|钱|资金|经费|费用?|支出|收入)[^，,]{0,4}?(?:多少|几个?[百千]?[万亿])(?!个|人|项|家|辆|台|次)"
)
_AMOUNT: Final = re.compile(r"\d\s*[百千]?[万亿]?元(?!以[上下内])")
_ASKS_SHARE: Final = re.compile("占[^，。？?]{0,12}(几成|百分之|多少$|多大比|比例)|占比|比重")
_SHARE: Final = re.compile(r"占[^，。；]*?([\d.]+)\s*[%％‰]")
_ASKS_NEW: Final = re.compile("多少(?!都)|哪(笔|项|块|个|些|里|儿)")
_KINDS_OF_NUMBERS: Final = frozenset(
    {"people", "mean", "area", "volume", "length", "weight", "trees", "households", "money", "batches"}
)
"""Wants that no number of another kind meets."""

_MONEY_ASKED: Final = re.compile(
    "多少(?:钱|[万亿]|元)|[给拨列花安排编批]了?多少(?![个人名家项件辆台套次户])|几[百千]?万"
)
_SPENT_ON: Final = re.compile(r"(?<=元)[，,]?(?:主要|具体)?(?:用于|包括|安排)[^。；;\d]*、[^。；;\d]*")
_EACH_AMOUNT: Final = re.compile("(?:各|分别)[^，,。；？?]{0,6}多少(?:钱|[万亿]?元)?(?=$|[，,。；;？?、])")
_AMOUNTS: Final = re.compile(r"\d+(?:\.\d+)?\s*[百千]?[万亿]?元")
_OF_RATES: Final = re.compile("率|增速|增长|下降|比例|比重|占比|目标")
"""What is asked for in other numbers than amounts of money."""

_GENERAL: Final = "个"
_SHARED: Final = 2
"""Words of a clause that a label has to hold to be of what it counts."""

_OF_ROWS: Final = frozenset({"个", "项", "条", "种", "家", "所"})
"""Counting words of what a list tells by its length."""

_UNIT: Final = re.compile(
    "[一-鿿]{2,16}?(?:(?:中心|学院|大学|中学|小学|医院|公司|协会|委员会|支队|总队)|"
    r"(?:局|院|处|所|站|队|校|馆|委|办|厅|室|园|厂|社)(?=[、，。；（(：:）)\s为]|$))"
)
_LISTS: Final = re.compile(r"^(?:> )?(?:\d+\.|-) |、|^> .*\n> ", re.MULTILINE)
_UNITS_LISTED: Final = re.compile(
    rf"(?:包括|分别[为是]|有|为)[:：]\s*(?:{_UNIT.pattern})|(?:没有|无|不含)(?:下属|所属|下级|二级|其他)"
)
_CODED: Final = re.compile(r"\([类款项]\)|(?<![\d.,])[1-5]\d{4}(?:\d{2})?(?![\d.,])")
"""What sentences say of items (行政运行(项)), or a code."""

_MOST_ITEMS: Final = 6
_BRACKETS: Final = re.compile(r"\(([^()]+)\)$")
_LIST: Final = re.compile("[、；][^、；。]+[、；]")
_NONE: Final = re.compile("没有(?!标题)|未|无(?!锡)")


class _Entry(TypedDict, total=False):
    asks: list[str]
    told: list[str]
    new: Literal["name", "unit", "item"]
    figures: int
    labels: int


@dataclass(frozen=True, slots=True)
class Want:
    """One thing that is asked to be said. ``told`` is None where no answer says it."""

    name: str
    asks: re.Pattern[str]
    told: re.Pattern[str] | None
    new: Literal["name", "unit", "item"] | None
    figures: int
    labels: int

    def _tells_each(self, question: str, draft: Draft) -> bool:
        """Whether what is quoted tells as many amounts as are asked for, where amounts are asked for by name."""
        if not _EACH_AMOUNT.search(question) or _OF_RATES.search(question):
            return True
        amounts = {*_AMOUNTS.findall(unmarked("".join(draft.lines)).replace(",", ""))}
        return len(amounts) >= self.figures or not amounts

    @property
    def is_beyond(self) -> bool:
        """Whether no budget says it."""
        return self.told is None and not (self.new or self.figures)

    def is_met(self, question: str, draft: Draft) -> bool:
        """Whether an answer says it."""
        if self.new:
            return _TELLS_NEW[self.new](question, draft)
        if self.figures:
            values = {figure.value for figure in draft.figures}
            return len(values) >= self.figures or (_quotes(draft) and self._tells_each(question, draft))
        if self.labels and len({figure.label for figure in draft.figures}) >= self.labels:
            return True
        return self.told is not None and bool(self.told.search(said_in(draft)))


@lru_cache(maxsize=1)
def wants() -> tuple[Want, ...]:
    """What a clause may want. Raises re.error for a malformed pattern."""
    entries = cast(dict[str, _Entry], read_yaml("wanted.yaml"))
    return tuple(_want(name, entry) for name, entry in entries.items())


def _want(name: str, entry: _Entry) -> Want:
    told = re.compile("|".join(entry["told"]), re.MULTILINE) if "told" in entry else None
    asks, figures, labels = re.compile("|".join(entry["asks"])), entry.get("figures", 0), entry.get("labels", 0)
    return Want(name, asks, told, entry.get("new"), figures, labels)


def clauses_in(question: str) -> tuple[str, ...]:
    """The clauses of a question, by its marks; what stands in a row too where each asks a number (几条街、预算多少)."""
    clauses = (part for clause in _BREAK.split(question) for part in _asks_in_a_row(clause))
    return tuple(filter(None, (clause.strip() for clause in clauses)))


def _asks_in_a_row(clause: str) -> Sequence[str]:
    parts = clause.split("、")
    return parts if all(_ASKS_NUMBER.search(part) for part in parts) else (clause,)


def unmet_clauses(question: str, draft: Draft) -> tuple[str, ...]:
    """The clauses of a question that ask for something that an answer doesn't say, in their order."""
    clauses = clauses_in(question)
    if _only_quotes_several(draft):
        return tuple(clause for clause in clauses if _SETS_AGAINST.search(clause) or _ASKS_NUMBER.search(clause))
    return tuple(clause for clause in clauses if _is_unmet(clause, question, draft)) or _one_too_many(clauses, draft)


def _only_quotes_several(draft: Draft) -> bool:
    """Whether an answer but quotes what several documents say: no sentence sets one against another."""
    return not draft.figures and len({line for line in draft.lines if line.endswith(_QUOTES)}) > 1


def _one_too_many(clauses: Sequence[str], draft: Draft) -> tuple[str, ...]:
    """The last clause that asks for a share, or a number, where all of them ask for more than an answer tells."""
    said = said_in(draft)
    shares = [clause for clause in clauses if _ASKS_SHARE.search(clause)]
    if 0 < len({*_SHARE.findall(said)}) < len(shares):
        return tuple(shares[-1:])
    counted = {match["unit"] for clause in clauses for match in _HOW_MANY.finditer(clause)}
    if _NONE.search(said) or (_LISTS.search(said) and (counted <= _OF_ROWS or not _only_quotes(draft))):
        return ()
    asked = [clause for clause in clauses for _ in _ASKS_NUMBER.findall(clause)]
    told = {*_NUMBERS.findall(said), *(figure.value for figure in draft.figures)}
    return tuple(asked[-1:]) if len(asked) > max(len(told), len(draft.figures)) else ()


def _is_unmet(clause: str, question: str, draft: Draft) -> bool:
    is_unmet = any(not want.is_met(question, draft) for want in _wanted(clause))
    is_unmet = is_unmet or _lacks_number(clause, draft) or _says_nothing_new(clause, question, draft)
    is_unmet = is_unmet or _lacks_amount(clause, draft) or _lacks_total(clause, draft) or _lists_too_few(clause, draft)
    is_unmet = is_unmet or _tells_only_whole(clause, draft)
    is_unmet = is_unmet or lacks_item(clause, draft) or lacks_named(clause, draft)
    return is_unmet or lacks_one_of_two(clause, draft) or is_of_other_base(clause, draft)


def _says_nothing_new(clause: str, question: str, draft: Draft) -> bool:
    """Whether a number is asked for, and the sentences quoted, or all figures told, hold none but the question's."""
    if _NONE.search(said_in(draft)):
        return False
    known = {*_NUMBERS.findall(question.replace(",", ""))}
    if draft.figures:
        values = {figure.value.replace(",", "") for figure in draft.figures}
        return len(values) > 1 and bool(_ASKS_NEW.search(clause)) and values <= known
    quotes = [line for line in draft.lines if line.startswith(">")]
    if _OF_MONEY.search(clause) and quotes and not _AMOUNT.search(unmarked("".join(quotes))):
        return True
    told = {*_NUMBERS.findall(unmarked("".join(quotes)).replace(",", ""))}
    return bool(_HOW_MUCH.search(clause)) and bool(quotes) and told <= known


def _lacks_amount(clause: str, draft: Draft) -> bool:
    """Whether it is asked what an amount is for, and an answer tells no such amount (这200万是什么项目的钱)."""
    if not _WHAT_AMOUNT.search(clause):
        return False
    amounts = [Claim(value=t.value, unit=t.unit, text=t.text) for t in numbers_in(clause) if t.value is not None]
    said = {number.replace(",", "") for number in _NUMBERS.findall(said_in(draft))}
    told = (any(map(agrees, claim_lines([each], draft.figures))) or f"{each.value:f}" in said for each in amounts)
    return not all(told)


def _tells_only_whole(clause: str, draft: Draft) -> bool:
    """Whether money is asked for of what the sentences quoted only list behind the amount of a whole.

    So it is with 甲 where they say 9万元，主要用于甲、乙、丙.
    """
    if draft.figures or not _MONEY_ASKED.search(clause):
        return False
    words = [word for word in content_of(normalise(clause)) if len(word) > 1 and word not in draft.heading]
    quotes = [unmarked(line) for line in draft.lines if line.startswith(">")]
    holding = [quote for quote in quotes if any(word in quote for word in words)]
    return bool(holding) and all(_lists_all(quote, words) for quote in holding)


def _lists_all(quote: str, words: Sequence[str]) -> bool:
    """Whether all words that a sentence holds stand only in a list without amounts that an amount is spent on."""
    rest = "".join(_SPENT_ON.split(quote))
    return rest != quote and not any(word in rest for word in words)


def _lacks_total(clause: str, draft: Draft) -> bool:
    """Whether it is asked what several things come to, and an answer only lists their amounts."""
    said = said_in(draft)
    if not _ASKS_TOTAL.search(clause) or _TELLS_TOTAL.search(said) or not _LISTED.search(said):
        return False
    of_money = (f for f in draft.figures if f.unit in YUAN_PER_UNIT and _NUMBER.fullmatch(f.value))
    amounts = {figure.label: Decimal(figure.value) for figure in of_money}
    return len(amounts) > 1 and 2 * max(amounts.values()) != sum(amounts.values())


def _lists_too_few(clause: str, draft: Draft) -> bool:
    """Whether a clause asks for so many things (给了哪三项), and an answer lists fewer."""
    said = [chinese_number(match["count"]) or 0 for match in _WHICH_OF_MANY.finditer(clause)]
    listed = sum(_ITEM.match(line) is not None for line in draft.lines)
    return 0 < listed < max(said, default=0)


def _lacks_number(clause: str, draft: Draft) -> bool:
    """Whether an answer has no number of what a clause counts (多少人, 几条), or fewer numbers than it asks for."""
    said = said_in(draft)
    counted = [match["unit"] for match in _HOW_MANY.finditer(clause)]
    if _NONE.search(said) or (set(counted) <= _OF_ROWS and _LISTS.search(said)):
        return False
    numbers = {*_NUMBERS.findall(said), *(figure.value for figure in draft.figures)}
    is_short = len(_ASKS_NUMBER.findall(clause)) > len(numbers)
    has_bare = any(figure.unit is None for figure in draft.figures)
    units = {unit for unit in counted if not any(word in said for word in alike(unit))}
    return is_short or (not has_bare and bool(units) and not _tells_in_general(clause, draft))


def _tells_in_general(clause: str, draft: Draft) -> bool:
    """Whether a number is told in 个 of what a clause counts otherwise (注册的企业几家: 注册企业数量 16 个)."""
    words = [word for word in content_of(normalise(clause)) if len(word) > 1]
    labels = [normalise(figure.label) for figure in draft.figures if figure.unit == _GENERAL]
    return any(sum(word in label for word in words) >= _SHARED for label in labels)


def is_asking(clause: str) -> bool:
    """Whether a clause asks something; how to reply is nothing that a budget is asked."""
    return _ASKS.search(clause) is not None and not _HOW_TO_REPLY.search(clause)


def asking_clauses(question: str) -> tuple[str, ...]:
    """The clauses of a question that ask something."""
    return tuple(filter(is_asking, clauses_in(question)))


def meets_none(question: str, draft: Draft) -> bool:
    """Whether what is near to a question says nothing of the kind that any of its clauses asks for."""
    clauses = asking_clauses(question)
    return bool(clauses) and all(_is_unmet(clause, question, draft) for clause in clauses)


def asks_of_other_kind(clause: str, draft: Draft) -> bool:
    """Whether a clause asks for a number of a kind of which an answer tells none: of people where it tells money."""
    said = said_in(draft)
    is_one = len({figure.value for figure in draft.figures}) == 1
    kinds = _KINDS_OF_NUMBERS if is_one else _KINDS_OF_NUMBERS - {"mean"}  # several may be set side by side for it
    wanted = [want for want in _wanted(clause) if want.name in kinds and want.told]
    return any(want.told and not want.told.search(said) for want in wanted)


def asks_money(clause: str) -> bool:
    """Whether a clause asks for an amount."""
    return any(want.name == "money" for want in _wanted(clause))


def counts_some_of_list(clause: str, draft: Draft) -> bool:
    """Whether it is asked how many of some kind there are, and the list of all of them is quoted."""
    counts = any(want.name == "counted_some" for want in _wanted(clause))
    return counts and any(line.startswith(">") and _LIST.search(line) for line in draft.lines)


def asks_only_opinion(question: str) -> bool:
    """Whether all that a question asks is what no budget tells."""
    clauses = clauses_in(question)
    opinions = [clause for clause in clauses if any(want.is_beyond for want in _wanted(clause))]
    return bool(opinions) and not any(_ASKS.search(clause) for clause in clauses if clause not in opinions)


def _wanted(clause: str) -> Iterator[Want]:
    return (want for want in wants() if want.asks.search(clause))


_MEASURED: Final = re.compile("(?:收入|支出)?(?:增减率?|本年|上年)?(?:[(（][推计]算[)）])?$")
"""What a label says behind a name: which of its figures it is."""


def _tells_new_name(question: str, draft: Draft) -> bool:
    """Whether a figure is of something that the question doesn't name, or a text is quoted."""
    asked = normalise(question)
    told = [normalise(text) for figure in draft.figures for text in (figure.label, figure.value)]
    names = [_without_own(text, draft.catalog.unit_name) for text in told if not _NUMBER.fullmatch(text)]
    return not names or any(_MEASURED.sub("", name) not in asked for name in names) or _quotes(draft)


def _tells_new_item(question: str, draft: Draft) -> bool:
    """Whether an answer names an item of a classification that the question doesn't, as rows or sentences do.

    A list of many is none that says which one is meant.
    """
    asked, told = normalise(question), normalise(said_in(draft))
    labels = {normalise(row.label) for row in draft.catalog.rows.values() if row.code_system in CLASSIFICATIONS}
    named = [label for label in labels if len(label) > 1 and label in told and label not in asked]
    return 0 < len(named) <= _MOST_ITEMS or (not named and _CODED.search(told) is not None)


def _without_own(name: str, unit_name: str) -> str:
    """A name without the document's own unit in brackets behind it."""
    match = _BRACKETS.search(name)
    return name[: match.start()] if match and match[1] in unit_name else name


def _tells_new_unit(question: str, draft: Draft) -> bool:
    """Whether an answer lists units, says that there are none, or names one that is neither its own nor asked about."""
    lines = [line for line in map(unmarked, draft.lines) if not line.endswith("：")]
    told = "\n".join(lines).replace(draft.heading, "")
    known = (normalise(question), draft.catalog.unit_name)
    named = (*_UNIT.findall(told), *(unit for unit in draft.catalog.units if unit in told))
    names_other = any(not any(name in text for text in known) for name in named)
    return not lines or names_other or _UNITS_LISTED.search(told) is not None


_TELLS_NEW: Final = {"name": _tells_new_name, "unit": _tells_new_unit, "item": _tells_new_item}


def _only_quotes(draft: Draft) -> bool:
    """Whether an answer tells no figure and lists nothing itself, but only quotes sentences."""
    return not draft.figures and any(line.startswith(">") for line in draft.lines)


def _quotes(draft: Draft) -> bool:
    return any(_QUOTED.search(line) for line in draft.lines if not _OF_CLAIM.search(line))
