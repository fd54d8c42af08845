"""What stands around a unit's name and makes it another unit: a place, a level, a further word of its name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from assistant.understand.plain_words import is_plain
from assistant.understand.unit_names import place_stem
from assistant.understand.units import unit_rules
from assistant.words import tagged

_CHINESE: Final = re.compile(r"[一-鿿]+")
_LAST_CHINESE: Final = re.compile(r"[一-鿿]+$")
_RANKS: Final = ("省", "自治区", "市", "区", "县", "州", "旗", "盟", "镇", "乡")
_WITHIN_RANKS: Final = frozenset(f"里{rank}" for rank in _RANKS)
_NOUNS: Final = frozenset({"n", "ns", "nt", "nz", "nr", "nrt", "nrfg", "vn", "b", "j", "s", "l", "i", "an"})
_NAMING: Final = frozenset({"n", "ns", "nt", "nz", "nr", "nrt", "nrfg", "s", "j"})
"""Those of words that a rank makes a place's name (平安|县), as it does none that does something (归口|市司法局)."""

_IN_NAMES: Final = _NOUNS | {"v", "m", "a", "f"}
"""Parts of speech that occur within names of organisations (救助 管理站, 第一 中学, 审计 科研所)."""

_SO_MANY: Final = re.compile("[一二两三四五六七八九十几多好]+[所家个座]")
_DEPARTMENT: Final = re.compile(
    r"[一-鿿]{1,8}?(?:(?<![全整])局|委员会|(?<![全整])委(?![员托派任会])|(?<![大全])厅|办公室|街道办事处|街道|法院|检察院"
    r"|办(?=[的0-9和与跟比、,今去本]|$))"
)
_JOINS: Final = ("和", "与", "跟", "及", "比", "同", "或")
_ASKS: Final = re.compile("[是有能会该要][不没]|哪|谁|什么|多少|怎|究竟|到底")
_LONGEST_NAME: Final = 16
_SOON: Final = 24
_AFTER_UNIT: Final = re.compile(
    r"$|[^一-鿿]|的|本级|[和与跟及比]|[今去上本明]年|预算|决算|部门|单位|收入|支出|三公|有|是|在"
)


class Word(NamedTuple):
    """A word with its part of speech and its place in the text."""

    text: str
    tag: str
    start: int
    end: int


def words_before(text: str, end: int) -> list[Word]:
    """The words directly before ``end``, the nearest first, up to what is no Chinese character."""
    run = _LAST_CHINESE.search(text, max(0, end - _SOON), end)
    return list(reversed(_words(run.group(), run.start()))) if run else []


def words_after(text: str, start: int) -> list[Word]:
    """The words directly after ``start``, up to what is no Chinese character."""
    run = _CHINESE.match(text, start, start + _SOON)
    return _words(run.group(), start) if run else []


def _words(run: str, start: int) -> list[Word]:
    found: list[Word] = []
    for word, tag in tagged(run):
        found.append(Word(word, tag, start, start + len(word)))
        start += len(word)
    return found


@lru_cache(maxsize=1)
def _cities() -> frozenset[str]:
    return frozenset(unit_rules()["cities"])


@lru_cache(maxsize=1)
def _lengths() -> tuple[int, ...]:
    return tuple({len(city) for city in _cities()})


def place_ending(text: str, end: int, known: Collection[str]) -> str:
    """The place that ends at ``end`` (珠海市, 高新区), without farther ones before it; "" where none does."""
    ends_here: list[str] = [place for place in (*known, *unit_rules()["districts"]) if text.endswith(place, 0, end)]
    ends_here += [text[end - length : end] for length in _lengths() if text[end - length : end] in _cities()]
    if ends_here:
        return max(ends_here, key=len)
    words = words_before(text, end)
    if not words or _is_no_place(text[:end]) or _is_cut_short(words[0].text):
        return ""
    word = words[0]
    if word.text in _RANKS:
        before = words[1] if len(words) > 1 else None
        is_named = before is not None and before.tag in _NAMING and not before.text.endswith(topics())
        return f"{before.text}{word.text}" if before and is_named else ""
    is_named = word.text.endswith(_RANKS) and len(word.text) > len("问区") and word.tag in _NOUNS
    is_place = word.tag == "ns" or is_named
    return word.text if is_place and len(word.text) > 1 else ""


def places_ending(text: str, end: int, known: Collection[str]) -> list[str]:
    """All places that stand one behind the other before ``end``, the nearest first."""
    found: list[str] = []
    while place := place_ending(text, end, known):
        found.append(place)
        end -= len(place)
    return found


def _is_cut_short(word: str) -> bool:
    """Whether a word is one character and 省, no province's name (归省法院), or 里 and a rank (表10里|市科技局)."""
    return (len(word) == len("归省") and word.endswith("省")) or word in _WITHIN_RANKS


def _is_no_place(before: str) -> bool:
    return before.endswith(tuple(unit_rules()["not_places"]))


def level_ending(text: str, end: int) -> tuple[str, str]:
    """The rank that is said right before ``end`` without a place (省 of 省民政局), and the words that say it."""
    if _is_no_place(text[:end]):
        return "", ""
    said = ((rank, word) for rank, words in unit_rules()["levels"].items() for word in words)
    found = [(rank, word) for rank, word in said if text.endswith(word, 0, end)]
    return max(found, key=lambda each: len(each[1]), default=("", ""))


def qualifier_ending(text: str, end: int) -> str:
    """The word of a longer name that ends at ``end`` (内部 of 内部审计局); "" for words of talk and of budgets."""
    listed: list[str] = [word for word in unit_rules()["qualifiers"] if text.endswith(word, 0, end)]
    if listed:
        return max(listed, key=len)
    words = words_before(text, end) if not text.endswith(_JOINS, 0, end) else []
    if not words or words[0].tag not in _NOUNS or words[0].text.endswith(topics()) or _ASKS.search(words[0].text):
        return ""
    said = words[0].text
    return said if len(said) > 1 and said not in unit_rules()["address"] and not is_plain(said) else ""


def topics() -> tuple[str, ...]:
    """Ends of the words that may stand before a unit's name without being a part of it."""
    return tuple(unit_rules()["topics"])


class Organisation(NamedTuple):
    """Where an organisation's name ends, whether it is a department of a government, and whether no noun follows.

    A noun may make it the name of a project: 数据中心|维修项目.
    """

    end: int
    is_department: bool
    is_marked_off: bool = True


def organisation_from(text: str, start: int) -> Organisation | None:
    """The organisation whose name begins at ``start``."""
    unmarked: Organisation | None = None
    for word in words_after(text, start):
        if not _may_be_in_name(word, is_first=word.start == start) or word.end - start > _LONGEST_NAME:
            break
        kind = is_department(word.text) if word.end - start > 1 else None
        if kind is not None and _AFTER_UNIT.match(text, word.end):
            return Organisation(word.end, kind)
        if kind is False and word.start > start:
            unmarked = unmarked or Organisation(word.end, False, is_marked_off=False)
    department = _DEPARTMENT.match(text, start)
    return Organisation(department.end(), True) if department else unmarked


def _may_be_in_name(word: Word, *, is_first: bool) -> bool:
    if word.text in ("和", "与"):
        return not is_first
    listed = (*unit_rules()["address"], *unit_rules()["not_in_names"])
    is_talk = word.text in listed or (word.tag in ("v", "m", "a", "f") and len(word.text) == 1)
    is_talk = is_talk or bool(_SO_MANY.fullmatch(word.text))
    return word.tag in _IN_NAMES and not is_talk


def is_department(name: str) -> bool | None:
    """Whether a name ends like a department's or like an institution's; None where like neither.

    >>> is_department("审计局"), is_department("审计局通州分局"), is_department("会议费")
    (True, False, None)
    """
    rules = unit_rules()
    if name.endswith(tuple(rules["no_departments"])):
        return None
    heads = {head: False for head in rules["institutions"]} | {head: True for head in rules["departments"]}
    ends = [head for head in heads if name.endswith(head)]
    return heads[max(ends, key=len)] if ends else None


def places_in(text: str) -> Iterator[tuple[int, int]]:
    """Where places stand that dictionaries of words know, or that end like one."""
    words = (word for run in _CHINESE.finditer(text) for word in _words(run.group(), run.start()))
    for word in words:
        is_place = word.tag == "ns" or word.text in _cities() or (word.text.endswith(_RANKS) and word.tag in _NOUNS)
        if is_place and len(word.text) > 1 and not (_is_no_place(text[: word.end]) or _is_cut_short(word.text)):
            yield word.start, word.end


def is_same_place(place: str, own: Collection[str]) -> bool:
    """Whether a place is one of ``own``, said with or without its rank (沈阳市 is no 沈阳区)."""
    return any(place in (each, place_stem(each)) or each == place_stem(place) for each in own)
