"""The words of questions and names as data: normal forms, surface forms, question words, aliases."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from index.dictionary import read_yaml

_TELLING: Final = 5
"""Characters from which a run of common words tells names apart (信息综合室)."""

_NAME: Final = 64
"""Characters of a name at most; longer texts are not kept."""

_MOST_NAMES: Final = 20_000
_DROPPED: Final = re.compile(r"[\s“”\"‘’'＂「」『』]")
_DASHES: Final = re.compile(r"[－﹣−]")

_CONJUNCTION: Final = re.compile("(?<=[一-鿿]{2})[与和及](?=[一-鿿]{2})")


def normalise(text: str) -> str:
    """Half-width, without blanks and quotation marks, lower case, one spelling of 其他: how names are compared.

    >>> normalise("“三公” 经费（合计）")
    '三公经费(合计)'
    """
    return _normalised_name(text) if len(text) <= _NAME else _normalised(text)


@lru_cache(maxsize=_MOST_NAMES)
def _normalised_name(name: str) -> str:
    """A name's form, worked out once: the same rows and columns are compared for every question."""
    return _normalised(name)


def _normalised(text: str) -> str:
    plain = _DASHES.sub("-", _DROPPED.sub("", unicodedata.normalize("NFKC", text))).lower()
    for variant, usual in wording_rules()["variants"].items():
        plain = plain.replace(variant, usual)
    return plain


def occurrences(form: str, text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each time that ``text`` holds a form.

    >>> list(occurrences("经费", "经费和公用经费"))
    [(0, 2), (5, 7)]
    """
    start = text.find(form)
    while start >= 0:
        yield start, start + len(form)
        start = text.find(form, start + len(form))


@dataclass(frozen=True, slots=True)
class QuestionWord:
    """One pattern of question_words.yaml: ``group`` is its section (operations …), ``name`` its entry (sum …)."""

    group: str
    name: str
    pattern: re.Pattern[str]


@lru_cache(maxsize=1)
def question_words() -> tuple[QuestionWord, ...]:
    """All patterns of question_words.yaml in file order."""
    words = []
    for group, entries in read_yaml("question_words.yaml").items():
        named = entries if isinstance(entries, dict) else {group: entries}
        for name, patterns in named.items():
            words += [QuestionWord(group, str(name), re.compile(normalise_pattern(p))) for p in patterns]
    return tuple(words)


def normalise_pattern(pattern: str) -> str:
    """A pattern in the form that normalised questions have (half-width punctuation)."""
    return unicodedata.normalize("NFKC", pattern) if not re.search(r"[（）？]", pattern) else pattern


@lru_cache(maxsize=1)
def aliases() -> dict[str, tuple[str, ...]]:
    """Normal form of a canonical name → how people say it, from aliases.yaml."""
    return {
        normalise(name): tuple(normalise(alias) for alias in said) for name, said in read_yaml("aliases.yaml").items()
    }


@lru_cache(maxsize=1)
def synonyms() -> dict[str, tuple[str, ...]]:
    """What people say → the words that sentences print instead, from synonyms.yaml, in their normal forms."""
    return {normalise(word): tuple(map(normalise, said)) for word, said in read_yaml("synonyms.yaml").items()}


@lru_cache(maxsize=1)
def wording_rules() -> dict[str, Any]:
    """names.yaml: suffixes, generic words and the words for totals."""
    rules: dict[str, Any] = read_yaml("names.yaml")
    return rules


def suffixed_forms(name: str) -> Iterator[str]:
    """A name with the generic word that people add to it: 政府采购 → 政府采购预算."""
    if not name.endswith(tuple(wording_rules()["suffixes"])):
        yield from (name + suffix for suffix in wording_rules()["added"])


def without_conjunctions(name: str) -> str:
    """A name without the words that join its parts, as people say it.

    >>> without_conjunctions("水利工程运行与维护"), without_conjunctions("和平路整修")
    ('水利工程运行维护', '和平路整修')
    """
    return _CONJUNCTION.sub("", name)


def near_forms(name: str) -> Iterator[str]:
    """Other spellings of a normalised name that mean the same: without brackets, without a generic suffix.

    >>> sorted(near_forms("维修(护)费"))
    ['维修', '维修(护)', '维修(护)费', '维修护', '维修护费', '维修费']
    """
    bare = [name]
    if "、" in name:
        bare.append(name.replace("、", ""))
    if (joined := without_conjunctions(name)) != name:
        bare.append(joined)
    if "(" in name:
        bare += [re.sub(r"\([^()]*\)", "", name), re.sub(r"[()]", "", name)]
    for form in bare:
        yield form
        for suffix in wording_rules()["suffixes"]:
            stem = form.removesuffix(suffix)
            if stem != form and len(stem) >= 2 and stem not in generic_words():
                yield stem


@lru_cache(maxsize=1)
def generic_words() -> frozenset[str]:
    """Words too common in budgets to name an item."""
    return frozenset(wording_rules()["generic"])


@lru_cache(maxsize=50_000)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name; lone characters side by side count as one word (内, 网 → 内网)."""
    words: list[str] = []
    for word in _tokenizer().cut(name):
        if words and len(word) == 1 == len(words[-1]) and (word + words[-1]).isalpha():
            words[-1] += word
        else:
            words.append(word)
    return tuple(words)


def partial_forms(name: str) -> Iterator[str]:
    """Runs of whole words of a name that are long and particular enough to stand for it.

    >>> "职业年金缴费" in set(partial_forms("机关事业单位职业年金缴费支出"))
    True
    """
    words = words_of(name)
    yield from (word for word in _tokenizer().cut_for_search(name) if len(word) >= 2 and word not in generic_words())
    for start, end in itertools.combinations(range(len(words) + 1), 2):
        run = words[start:end]
        form = "".join(run)
        is_telling = len(form) >= _TELLING or any(w not in generic_words() and len(w) > 1 for w in run)
        is_name = len(form) >= 2 and form[0].isalnum() and form[-1].isalnum()
        is_led = run[0] in wording_rules()["never_first"]
        if is_name and end - start < len(words) and is_telling and not is_led:
            yield form


@lru_cache(maxsize=1)
def _tokenizer() -> Any:
    from assistant.words import tokenizer

    return tokenizer()
