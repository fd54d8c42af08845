"""The content words that nothing accounts for: with one of them the question asks for something else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from assistant.catalog import DocumentCatalog
from assistant.understand.types import Token
from assistant.understand.wording import normalise, wording_rules
from assistant.words import tagged

_LONG_LABEL: Final = 8
_MOST_CUT_OFF: Final = 4


def leftover_words(tokens: Sequence[Token], catalog: DocumentCatalog) -> tuple[str, ...]:
    """Words that nothing accounts for: neither the grammar nor the full names of what is named."""
    harmless = _harmless_positions(tokens)
    links = [link for t in tokens for link in t.links]
    names = {normalise(link.name) for link in links}
    names |= {normalise(catalog.tables[link.table_id].title) for link in links if link.table_id}
    left = []
    for previous, token, following in zip((None, *tokens), tokens, (*tokens[1:], None), strict=False):
        if token.group == "own" and not catalog.main_unit:
            left.append(token.text)
        if token.group != "other":
            continue
        completes = previous is not None and _is_cut_label(previous, token)
        if completes:
            continue
        modifies = following is not None and following.group == "term" and not _is_printed(following)
        is_named = len(token.text) > 1 and any(token.text in name for name in names)
        if modifies or not (is_named or harmless.issuperset(range(token.start, token.end))):
            left.append(_whole_words(token, tokens))
    return tuple(left)


def _whole_words(token: Token, tokens: Sequence[Token]) -> str:
    """A left-over piece with the rest of its words (装 of 被装, 局 of 教育局)."""
    text, position = "", tokens[0].start
    for word, _ in tagged("".join(t.text for t in tokens)):
        span = range(position, position + len(word))
        if token.start < span.stop and span.start < token.end:
            text += word
        position = span.stop
    return text or token.text


def _is_cut_label(term: Token, rest: Token) -> bool:
    """Whether a word goes on where a long label was cut off in print (其他电信和信息传|输服务)."""
    return (
        term.group == "term"
        and len(term.text) >= _LONG_LABEL
        and len(rest.text) <= _MOST_CUT_OFF
        and any(link.match == "exact" and link.role == "row" for link in term.links)
    )


def _is_printed(term: Token) -> bool:
    """Whether a term is a whole printed name: before a mere part of one, any word changes what is meant."""
    return any(link.match != "partial" for link in term.links)


def _harmless_positions(tokens: Sequence[Token]) -> set[int]:
    """The positions of words that don't change what is asked: particles, adverbs, lone verbs."""
    characters, parts = set(wording_rules()["harmless"]), tuple(wording_rules()["harmless_parts_of_speech"])
    found = {t.start for t in tokens if len(t.text) == 1 and t.text in characters}
    position = tokens[0].start if tokens else 0
    for word, part in tagged("".join(t.text for t in tokens)):
        span = range(position, position + len(word))
        if len(word) == 1 and (part[0] in parts or part == "v"):  # longer words are tagged too unreliably
            found |= set(span)
        position += len(word)
    return found
