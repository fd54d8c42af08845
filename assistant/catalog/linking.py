"""Linking: a name of the question to the items of one document, by its printed forms or else by its words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from assistant.catalog.dated import dated_links
from assistant.catalog.titled import tables_titled
from assistant.catalog.types import DocumentCatalog, Link
from assistant.query import Name
from assistant.understand.kinds import NATURES
from assistant.understand.types import Token
from assistant.understand.wording import generic_words, normalise, words_of
from assistant.words import content_of
from index.dictionary import read_yaml
from index.naming import stands_in_order

_BORNE: Final = 0.95
"""Score from which a unit bears a name itself."""

_PART: Final = 0.5
_LENGTH: Final = 0.35
"""Scores of a name that stands within a printed one: at least a half, more the more of it it is."""

_TABLE_NUMBER: Final = re.compile(r"\D{0,4}(?:表[\d-]+|\d+表)")
_WORDS: Final = 0.55
_TELLING: Final = 3
_ABBREVIATED: Final = 5
_DENSE: Final = 0.4
"""Characters of an abbreviated item, and their share of its printed name."""

_MOST: Final = 40
_HEADS_OF_MANY: Final = ("中心", "本级", "机关", "单位")
"""Ends of names that are of no one kind of unit."""

_MONEY: Final = re.compile("(费用?|经费|资金|款项?)的?$")
_STEM: Final = 4
_LONG: Final = 0.7
_YEAR: Final = re.compile(r"20\d\d(?=年)")
_SPENT: Final = re.compile("的?支出$")


def linked(name: Name, catalog: DocumentCatalog) -> Token | None:
    """A name with its links; None where the document has no item of this name, nor one that holds its words."""
    text = normalise(name.text)
    if catalog.main_unit and text in own_words() and not _says_whose(text, catalog):
        links: tuple[Link, ...] = (Link("unit", catalog.main_unit, name=catalog.main_unit),)
        return Token("term", name.meant or "", text, *(name.spans[0] if name.spans else (0, len(text))), links)
    links = catalog.surfaces.get(text, ()) or catalog.surfaces.get(f"{text}类", ())
    if name.is_unit:
        of_unit = tuple(link for link in links if link.role in ("unit", "whole"))
        of_kind = tuple(_units_of_kind(text, catalog))
        is_kind = len(of_kind) > 1 and not any(link.score > _BORNE for link in of_unit)
        links = (of_kind if is_kind else of_unit) or of_kind or tuple(_by_unit(text, catalog)) or links
    else:
        links = links or tables_titled(text, catalog)
    links = links or dated_links(text, catalog).get((0, len(text)), ())
    links = links or tuple(_by_part(text, catalog)) or tuple(_by_unit(text, catalog))
    links = tuple(_by_stem(text, catalog)) or links if not _is_borne(links) else links
    if text not in NATURES:
        links = links or tuple(_by_words(text, catalog)) or tuple(_by_initials(text, catalog))
    links = links or tuple(_by_other_word(text, catalog))
    start, end = name.spans[0] if name.spans else (0, len(text))
    return Token("term", name.meant or "", text, start, end, links) if links else None


def _says_whose(text: str, catalog: DocumentCatalog) -> bool:
    """Whether a table prints beside its rows whose money they are, so that 机关 is that and no unit."""
    return any(link.role == "attribute" for link in catalog.surfaces.get(text, ()))


def tables_numbered(name: Name, token: Token) -> frozenset[str]:
    """The tables whose number a name is (08表, 公开表3); none where it is no number of a table."""
    is_number = _TABLE_NUMBER.fullmatch(normalise(name.text)) is not None
    return frozenset(link.key for link in token.links if link.role == "table" and is_number)


@lru_cache(maxsize=1)
def own_words() -> frozenset[str]:
    """How people call the department's own unit (本级, 局机关)."""
    return frozenset(normalise(word) for word in read_yaml("unit_names.yaml")["own"])


def linked_word(text: str, catalog: DocumentCatalog) -> tuple[Link, ...]:
    """The links of an unknown stretch of a question: items that hold it as it is, or the unit that it abbreviates."""
    plain = normalise(text)
    found = tuple(_by_part(plain, catalog)) or tuple(_by_unit(plain, catalog)) or tuple(_by_initials(plain, catalog))
    return found or tuple(_by_stem(plain, catalog)) or tuple(_by_other_word(plain, catalog))


def unit_word(text: str, catalog: DocumentCatalog) -> tuple[Link, ...]:
    """The unit that a stretch of a question abbreviates, () where it abbreviates none or several."""
    return tuple(_by_unit(normalise(text), catalog))


def item_word(text: str, catalog: DocumentCatalog) -> tuple[Link, ...]:
    """The items that a stretch of a question abbreviates."""
    return tuple(_by_initials(normalise(text), catalog))


def _scored(link: Link, score: float) -> Link:
    return Link(link.role, link.key, link.table_id, score, "partial", link.name)


def _by_part(text: str, catalog: DocumentCatalog) -> list[Link]:
    """The items whose printed name holds the text as it is."""
    if len(text) < _TELLING or text in generic_words():
        return []
    held = [(label, link) for label, link in catalog.labels if text in label]
    return [_scored(link, _PART + _LENGTH * len(text) / len(label)) for label, link in held][:_MOST]


def _by_other_word(text: str, catalog: DocumentCatalog) -> list[Link]:
    """The items whose printed name holds what the text is called in print (还债, 还债的支出: 还本付息)."""
    forms = item_words().get(text) or item_words().get(_SPENT.sub("", text), ())
    found = (list(catalog.surfaces.get(form, ())) or _by_part(form, catalog) for form in forms)
    return next((links for links in found if links), [])


@lru_cache(maxsize=1)
def item_words() -> dict[str, tuple[str, ...]]:
    """What people call a thing, with the words that printed names of items hold instead."""
    return {normalise(word): tuple(map(normalise, forms)) for word, forms in read_yaml("item_words.yaml").items()}


def _by_unit(text: str, catalog: DocumentCatalog) -> list[Link]:
    """The units whose name the text abbreviates: its characters in order, from the end (急救指挥中心, 照明中心)."""
    found = _abbreviated(text, catalog)
    return [Link("unit", unit, score=0.8, match="alias", name=unit) for unit in found] if len(found) == 1 else []


def _units_of_kind(text: str, catalog: DocumentCatalog) -> list[Link]:
    """The units that a word for their kind means (强戒所, 监狱); none where it means one alone."""
    found = () if text in _HEADS_OF_MANY else units_ending(text, catalog)
    found = found if len(found) > 1 else _abbreviated(text, catalog)
    return [Link("unit", unit, match="alias", name=unit) for unit in found] if len(found) > 1 else []


def units_ending(text: str, catalog: DocumentCatalog) -> list[str]:
    """The units whose names end in a word for their kind, or in what else is of that kind (医院: …医疗中心)."""
    ends = ends_of_kind(text)
    plain = ((unit, normalise(unit).rstrip(")")) for unit in catalog.units)
    return [unit for unit, name in plain if len(text) > 1 and name.endswith(ends) and name not in ends]


def ends_of_kind(text: str) -> tuple[str, ...]:
    """How the names of units of a kind end (学校: …学院); as the word itself where it is for no kind."""
    return _kinds_of_units().get(text, (text,))


@lru_cache(maxsize=1)
def _kinds_of_units() -> dict[str, tuple[str, ...]]:
    return {kind: tuple(ends) for kind, ends in read_yaml("unit_names.yaml")["kinds"].items()}


def _abbreviated(text: str, catalog: DocumentCatalog) -> list[str]:
    return [unit for unit in catalog.units if len(text) >= _TELLING and _abbreviates(text, normalise(unit))]


def _by_initials(text: str, catalog: DocumentCatalog) -> list[Link]:
    """The items that the text abbreviates: its characters in order from the first (公租房租赁补贴)."""
    if len(text) < _ABBREVIATED:
        return []
    found = [
        (label, link)
        for label, link in catalog.labels
        if label[0] == text[0]
        and len(text) >= _DENSE * len(label)
        and link.role == "row"
        and stands_in_order(text, label)
    ]
    return [_scored(link, _WORDS) for _, link in found][:_MOST]


def _abbreviates(text: str, name: str) -> bool:
    return text[-1] == name.rstrip(")")[-1] and len(text) < len(name) and stands_in_order(text, name)


def _is_borne(links: tuple[Link, ...]) -> bool:
    """Whether an item bears a name itself, or as more than a part of what an indicator or a sentence says."""
    return any(link.match != "partial" or (link.role == "row" and link.score > _LONG) for link in links)


def _by_stem(text: str, catalog: DocumentCatalog) -> list[Link]:
    """The one project that a name is of but for the word for its money (公车统管费: 实施公车统管)."""
    stem = _MONEY.sub("", text)
    rows = _by_part(stem, catalog) if stem != text and len(stem) >= _STEM else []
    rows = [link for link in rows if link.role == "row" and catalog.tables[link.table_id].lists_projects]
    return rows if len({link.name for link in rows}) == 1 else []


def _by_words(text: str, catalog: DocumentCatalog) -> list[Link]:
    """The items whose printed name holds all telling words of the text, in any order."""
    words = [w for w in content_of(text) if w not in generic_words()] or list(words_of(text))
    telling = [*(w for w in words if len(w) > 1), *_YEAR.findall(text)]
    if not telling or sum(map(len, telling)) < _TELLING:
        return []
    held = [(label, link) for label, link in catalog.labels if all(w in label for w in telling)]
    share = sum(map(len, telling)) / max(len(text), 1)
    return [_scored(link, _WORDS * min(1.0, share + 0.1)) for _, link in held][:_MOST]
