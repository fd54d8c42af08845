"""Talk that only the trained reader knows: unknown words that it is sure change nothing of what is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from assistant.reading.clauses import clauses_of
from assistant.reading.patterns import pattern
from assistant.reading.piece import Piece
from assistant.tagger import span_tagger
from assistant.tagger.features import BREAKS
from assistant.words import holds_noun, tagged

TALK: Final = "talk"
"""The name of framing that only the trained reader knows."""

SURELY: Final = 0.95
"""Likelihood from which the trained reader's word for an unknown word counts."""

_LIKELY: Final = 0.7
"""The same for a word of a clause that asks nothing, where a later one asks for something that is known."""

_PERHAPS: Final = 0.25
"""Likelihood below which the trained reader is sure that a word names nothing that is asked about."""

_HALF: Final = 0.5
"""Likelihood from which a word is more of a kind than not."""

_BREAKS: Final = re.escape("".join(sorted(BREAKS)))
CLAUSE: Final = re.compile(f"([^{_BREAKS}]+)[{_BREAKS}]*")
"""A clause of a normalised question, and what ends it."""

_STRETCH: Final = re.compile(f"[(]?([^{_BREAKS}()]+)[{_BREAKS})]*")
"""A clause, or what stands in brackets, and what ends it."""

_TALK: Final = 0.8
"""Mean likelihood from which a clause is talk and nothing else, where no word of it is more likely to be another."""

_CLAIMED: Final = re.compile(
    "[才就快近约花要有]*(?:[0-9][0-9,.]*|[一二两三四五六七八九十百千零半][一二两三四五六七八九十百千零半万亿几]*)"
    "(?:个?[多余来几]*[千百]?[万亿]*[一二三四五六七八九]?)(?:元|块钱?|辆|台|套|人|名|个|%|成)?多?"
)
"""An amount or a count that a question only claims to be so."""

_BINDS: Final = re.compile(
    "20[0-9]{2}|[不别][算含要计包]|[除剔扣]|表$|[增减多少涨降跌]了|你们?(?:觉得|认为)"
    "|品目|[名全简]称|科目|[为是叫]“|属于|[打开]头|带有"
)
"""What talk may bind by all the same: a year, what is left out, a table, a change, an opinion (不算为零的, 你觉得)."""

_SHORT: Final = 6
_TELLING: Final = 3
"""Characters from which words at the end of a clause are talk by themselves."""

_BOUND_BEFORE: Final = re.compile("[超大高多低小少过到满于]$")
_BOUND_AFTER: Final = re.compile("[以之]?[上下内]|到|至|[-~]")
"""What makes a bound of a number, before and behind it."""

_NARROWS: Final = re.compile("[财预决]|拨款|基本|项目|本级|[不只仅]|[含除]|[上去今明]年|[0-9]|元")
"""What in brackets may say which figure is meant (机关运行经费(财政拨款))."""

_ORGANISATION: Final = re.compile(
    "((?<!格)局|委|(?<!难)办|院|(?<![全内])部|(?<![之何好用害坏难出益长短])处|厅|署|中心|公司|学校?|集团|所|站|队"
    "|(?<![省机开上不例散约聚])会|镇|街道|[省市区县]|单位)$"
)

_DEGREE: Final = pattern("degree")
_ASKS_FOR: Final = re.compile("多少|(?<!好)几|什么|啥|哪|谁")
_ASKS: Final = re.compile(f"(?<!好)(?:{pattern('ask').pattern})")

_COMPUTES: Final = re.compile("[均每倍]|单[车人台位]|分母|分子|除以|相减|做差")
"""What is worked out of figures, whatever the trained reader takes it for (单车运行费)."""

_NOUN_LIKE: Final = frozenset({"an", "vn"})
_NEGATES: Final = re.compile("(?:不要|不是|不算|不看|别看|而非|并非)$")
"""What says of the word behind it that it is not meant (要实际数不要目标)."""

_GOVERNMENT: Final = re.compile("[市局委厅院]里")
"""Who gives or spends, where no unit is named."""

_ITEM_END: Final = re.compile("(费|款|支出|收入|资金|补[助贴]|津贴|奖金|预算|采购|服务|专项|数|额|率|价|金|量|税)$")
_BEFORE_ITEM: Final = re.compile("(?:的[一-鿿]{0,4}?)?(?:补[助贴]|津贴|奖金|救助金|抚恤金?)")
"""What is paid to somebody, behind the words that say to whom or for what (低保户的困难补贴)."""


def with_talk(pieces: Iterable[Piece], text: str) -> Iterator[Piece]:
    """The pieces of a normalised question, with unknown words as framing that the trained reader is sure of."""
    found = list(pieces)
    tagger = span_tagger() if any(piece.kind == "word" for piece in found) else None
    likely = tagger.framing(text) if tagger else ()
    background = _background(found) if likely else 0
    attributes = [*_attributes(found), *_left_out(found)] if likely else []
    for before, piece, after in zip([None, *found], found, [*found[1:], None], strict=False):
        least = _LIKELY if piece.end <= background else SURELY
        is_sure = piece.kind == "word" and likely and min(likely[piece.start : piece.end]) >= least
        is_talk = is_sure and piece not in attributes and not _names_a_thing(before, piece, after)
        yield replace(piece, kind="framing", name=TALK) if is_talk else piece


def _attributes(pieces: Sequence[Piece]) -> list[Piece]:
    """The nouns right before an item's name (低保户的困难|补贴), which make another item of it."""
    found: list[Piece] = []
    run: list[Piece] = []
    for piece in pieces:
        if piece.kind == "word" and _is_noun(piece.text):
            run.append(piece)
        elif piece.kind == "name" and any(link.role != "unit" for link in (piece.token.links if piece.token else ())):
            found += run
            run = []
        elif not (run and piece.text == "的"):
            run = []
    return found


def _left_out(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The unknown words of the clauses that say that something is left out (叫中心的|别算)."""
    for clause in clauses_of(pieces):
        if "except" in clause.ops():
            yield from clause.of("word")


def things_named(pieces: Iterable[Piece], text: str) -> tuple[str, ...]:
    """The unknown words of a normalised question that name something; the trained reader knows some that don't."""
    words = [p for p in pieces if p.kind == "word" and len(p.text) > 1 and holds_noun(_DEGREE.sub("", p.text))]
    tagger = span_tagger() if words else None
    likely = tagger.naming(text) if tagger else ()
    return tuple(p.text for p in words if not likely or max(likely[p.start : p.end]) >= _PERHAPS)


def _is_noun(text: str) -> bool:
    return all(tag[0] in "nj" or tag in _NOUN_LIKE for _, tag in tagged(text))


_BASIS: Final = re.compile("[预决]算[数额]")
"""What a word right before it tells from the one of the year's beginning."""


def binds_nothing(word: str, text: str) -> bool:
    """Whether the trained reader takes a word, wherever in a normalised question, for one that binds no answer.

    Background, claims and connectives bind none, nor does what asks in a clause that asks for no number or name; names,
    operations, bounds, times and question words do.
    """
    if _GOVERNMENT.fullmatch(word):
        return True
    tagger = span_tagger()
    if tagger is None or len(word) == 1 or _is_name(word) or _ORGANISATION.search(word):
        return False
    if _ASKS.search(word) or _COMPUTES.search(word):
        return False
    named, beside, asking = tagger.naming(text), tagger.beside(text), tagger.asking(text)
    for match in re.finditer(re.escape(word), text):
        if _NEGATES.search(text[: match.start()]) or (_is_noun(word) and _BEFORE_ITEM.match(text, match.end())):
            return False
        if _BASIS.match(text, match.end()):
            return False  # 追加|预算数
        span = slice(*match.span())
        may_ask = not _ASKS_FOR.search(_clause_around(match, text))
        harmless = min(b + a * may_ask for b, a in zip(beside[span], asking[span], strict=True))
        if max(named[span]) >= _PERHAPS or harmless < _HALF:
            return False
    return True


def is_background(text: str) -> tuple[bool, ...]:
    """For each character of a normalised question, whether the trained reader takes it to be beside what is asked."""
    tagger = span_tagger()
    return tuple(likely >= _HALF for likely in tagger.beside(text)) if tagger else (False,) * len(text)


def talk_around(text: str) -> tuple[tuple[int, int], ...]:
    """Where a normalised question is talk to the trained reader: whole clauses with what ends them, else their ends.

    It says who asks, why, or what the speaker lives through: it names, bounds and asks nothing. Nothing is where what
    is left says of no figures (12218像电话号码,啥意思; 做差旅报告,林业局多少).
    """
    tagger = span_tagger()
    if tagger is None:
        return ()
    framing, asked = tagger.framing(text), tagger.of_figures(text)
    spans = tuple(span for m in _STRETCH.finditer(text) for span in _talk_in(m, framing))
    around = {place for span in spans for place in range(*span)}
    return spans if any(n >= _HALF for place, n in enumerate(asked) if place not in around) else ()


def _talk_in(clause: re.Match[str], framing: Sequence[float]) -> Iterator[tuple[int, int]]:
    """A clause that is talk and doesn't narrow what is asked; else its first and last words that surely are."""
    start, end = clause.span(1)
    likely = framing[start:end]
    if _is_talk(likely):
        if not _may_bind(clause[1]) and (clause[0][0] != "(" or not _NARROWS.search(clause[1])):
            yield clause.span()
        return
    first = next(place for place in range(start, end) if framing[place] < SURELY) if min(likely) < SURELY else end
    last = next((place for place in range(end, start, -1) if framing[place - 1] < SURELY), start)
    for span in ((start, first), (last, end)):
        is_telling = span[1] - span[0] >= _TELLING and not _may_bind(clause.string[slice(*span)])
        is_telling = is_telling and not _NARROWS.search(clause.string, *span)
        if is_telling and clause.string[span[1] : span[1] + 1] != "的":
            yield span


def _may_bind(said: str) -> bool:
    """Whether what seems to be talk may say which figures are meant ((武汉), 2030年预算公开, 不算为零的)."""
    return _BINDS.search(said) is not None or (len(said) <= _SHORT and _is_name(said))


def claims_in(text: str) -> tuple[tuple[int, int], ...]:
    """Where the numbers of a normalised question lie that the trained reader takes for claimed; bounds are none."""
    tagger = span_tagger()
    claiming = tagger.claiming(text) if tagger else ()
    found = (m.span() for m in _CLAIMED.finditer(text) if claiming and not _is_bound(m))
    return tuple((start, end) for start, end in found if min(claiming[start:end]) >= _TALK)


def _is_bound(number: re.Match[str]) -> bool:
    text = number.string
    return bool(_BOUND_BEFORE.search(text, 0, number.start()) or _BOUND_AFTER.match(text, number.end()))


def _is_talk(likely: Sequence[float]) -> bool:
    return min(likely) >= _HALF and sum(likely) >= _TALK * len(likely)


def _clause_around(match: re.Match[str], text: str) -> str:
    """The clause in which a match lies."""
    return next(clause[1] for clause in CLAUSE.finditer(text) if match.start() < clause.end())


def _background(pieces: Sequence[Piece]) -> int:
    """Where the clauses end that only lead up to the question: the next one asks for something that is known."""
    end = 0
    for clause in clauses_of(pieces):
        if clause.asks:
            return end if clause.of("name", "total") else 0
        end = clause.pieces[-1].end
    return 0


def _names_a_thing(before: Piece | None, piece: Piece, after: Piece | None) -> bool:
    """Whether a word stands for a place, ends like an item, or is all that a clause says of a unit or a year."""
    if _is_name(piece.text):
        return True
    is_topic = before is not None and before.kind in ("scope", "year", "period", "basis")
    return is_topic and (after is None or after.kind == "break")


def _is_name(word: str) -> bool:
    """Whether a word is a place or an organisation, or ends like an item."""
    is_proper = any(tag.startswith(("ns", "nt")) for _, tag in tagged(word))
    return is_proper or _ITEM_END.search(word) is not None
