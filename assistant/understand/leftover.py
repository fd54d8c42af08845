"""The content words that nothing accounts for: with one of them the question asks for something else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from assistant.catalog import DocumentCatalog
from assistant.understand.plain_words import is_lone, lone_positions, tagged_words
from assistant.understand.types import Token
from assistant.understand.wording import normalise

_LONG_LABEL: Final = 8
_MOST_CUT_OFF: Final = 4


def leftover_words(tokens: Sequence[Token], catalog: DocumentCatalog) -> tuple[str, ...]:
    """Words that nothing accounts for: neither the grammar nor the full names of what is named."""
    text, offset = _text(tokens)
    lone = {offset + position for position in lone_positions(text)}
    links = [link for t in tokens for link in t.links]
    names = {normalise(link.name) for link in links}
    names |= {normalise(catalog.tables[link.table_id].title) for link in links if link.table_id}
    marks = sum(t.group == "operations" and t.name == "except" for t in tokens)
    left = []
    for previous, token, following in zip((None, *tokens), tokens, (*tokens[1:], None), strict=False):
        if (token.group == "own" and not catalog.main_unit) or (_is_rest(token) and marks == 1):
            left.append(token.text)
        if token.group != "other":
            continue
        completes = previous is not None and _is_cut_label(previous, token, text, offset)
        if completes:
            continue
        modifies = following is not None and following.group == "term" and not _is_printed(following)
        is_named = len(token.text) > 1 and any(token.text in name for name in names)
        is_plain = is_lone(token.text) or lone.issuperset(range(token.start, token.end))
        if modifies or not (is_named or is_plain):
            left.append(_whole_words(token, text, offset))
    return tuple(left)


def _is_rest(token: Token) -> bool:
    """``还剩``, which says what is left of something taken off; alone it asks what has not been spent."""
    return token.group == "operations" and token.name == "except" and "剩" in token.text


def _text(tokens: Sequence[Token]) -> tuple[str, int]:
    """What the tokens cover, blanks for what was taken out, and where it begins."""
    offset = tokens[0].start if tokens else 0
    text = ""
    for token in tokens:
        text = text.ljust(token.start - offset) + token.text[: token.end - token.start]
    return text, offset


def _whole_words(token: Token, text: str, offset: int) -> str:
    """A left-over piece with the rest of its words (装 of 被装, 局 of 教育局)."""
    words = [w for start, end, w, _ in tagged_words(text) if token.start < offset + end and offset + start < token.end]
    return "".join(words) or token.text


def _is_cut_label(term: Token, rest: Token, text: str, offset: int) -> bool:
    """Whether a word goes on where a long label was cut off in print (其他电信和信息传|输服务)."""
    return (
        term.group == "term"
        and any(start < rest.start - offset < end for start, end, _, _ in tagged_words(text))
        and len(term.text) >= _LONG_LABEL
        and len(rest.text) <= _MOST_CUT_OFF
        and any(link.match == "exact" and link.role == "row" for link in term.links)
    )


def _is_printed(term: Token) -> bool:
    """Whether a term is a whole printed name: before a mere part of one, any word changes what is meant."""
    return any(link.match != "partial" for link in term.links)
