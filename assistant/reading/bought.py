"""Things bought: whether a question asks how many of something are bought, or what one of them costs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.query import Ask, Purchased, names_of
from assistant.reading.patterns import pattern
from assistant.understand.tokenize import normalised_question
from assistant.understand.wording import normalise
from assistant.words import content_of

_BUYS = pattern("bought_things")
_COUNTED = pattern("bought_count")
_PRICE = pattern("bought_price")
_ABOUT = pattern("bought_about")
_THING = pattern("bought_thing")
_GENERIC = pattern("bought_generic")
_OF_SEVERAL = re.compile("[几各哪谁两三四五]家")
_OF_FORMS = re.compile("绩效|目标|指标")
_JOINT = re.compile("[和与及跟、]")
_BREAK = re.compile("[,，。?？;；]")


def _things(text: str, units: Sequence[str]) -> tuple[str, ...]:
    """What is bought, as it is said: behind how many, behind the verb, else at the end of the first clause."""
    for unit in units:
        text = text.replace(unit, "")
    said = (found["thing"] or found["behind"] for found in _THING.finditer(text))
    for stretch in (*said, _BREAK.split(text)[0]):
        if things := tuple(filter(None, map(_thing, _JOINT.split(stretch)))):
            return things
    return ()


def _thing(stretch: str) -> str:
    """What a stretch names: its words where they stand together, else the last of them."""
    words = [word for word in content_of(stretch) if len(word) > 1 and not _GENERIC.fullmatch(word)]
    together = "".join(words)
    return together if together in stretch else words[-1]


def _is_about_purchases(text: str) -> bool:
    """Whether a clause asks for a number or a price; what forms set is another one's to tell."""
    return not _OF_FORMS.search(text) and any(said.search(text) for said in (_COUNTED, _PRICE, _ABOUT))


def bought_asked(asks: Sequence[Ask], question: str) -> tuple[Ask, ...] | None:
    """The asks, those for numbers and prices of things bought as one; None where the question asks for none."""
    text = normalised_question(question)
    counted, priced = _COUNTED.search(text), _PRICE.search(text)
    if not _BUYS.search(text) or not (counted or priced):
        return None
    about = [ask for ask in asks if _is_about_purchases(normalise(ask.text))]
    if asks and not about:
        return None
    named = dict.fromkeys(name for ask in asks for name in names_of(ask.query) if name.is_unit)
    things = _things(text, [name.text for name in named])
    if not things:
        return None
    words = tuple(word for word in content_of(_COUNTED.sub(",", text)) if len(word) > 1)
    said = (found[name] for found in (counted, priced) if found for name in found.groupdict())
    unit = next(filter(None, said), "")
    units = () if _OF_SEVERAL.search(text) else tuple(named)
    query = Purchased(things=things, words=words, units=units, counted=unit)
    claims = tuple(dict.fromkeys(claim for ask in about for claim in ask.claims))
    made = Ask(query=query, text="，".join(ask.text for ask in about) or question, claims=claims)
    if not about:
        return (made,)
    place = asks.index(about[0])
    return tuple(made if n == place else ask for n, ask in enumerate(asks) if n == place or ask not in about)
