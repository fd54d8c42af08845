"""Cut a sentence of prose into figures, the words that figures hang on, and the text between."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from index.money import REFERENCE, UNIT, parse_number, plain_unit
from index.statements.numerals import MIXED, PER_CENT, WRITTEN, mixed_amount, written_amount, written_number
from index.statements.words import NUMBER, WORDS, any_of

TokenKind = Literal[
    "amount", "percent", "count", "basis", "direction", "flat", "share", "reason", "weak_reason", "among",
    "completion", "separator", "open", "close", "text",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a sentence; ``number`` and ``unit`` are set on figures, ``sign`` on directions."""

    kind: TokenKind
    text: str
    start: int
    end: int
    number: Decimal | None = None
    unit: str | None = None
    sign: int = 1

    @property
    def is_figure(self) -> bool:
        return self.kind in ("amount", "percent", "count")


_CLASSIFIER: Final = any_of("classifiers")
_THRESHOLD: Final = (
    rf"{NUMBER}\s*(?:{UNIT}|%|％|{_CLASSIFIER})\s*(?:[（(]含[）)])?\s*(?:及?以[上下内]|[（(]不含(?:本数|{NUMBER}\s*{UNIT})?[）)])"
    rf"|(?:{any_of('bounds')})\s*{NUMBER}\s*(?:{UNIT}|%|％)"
)
_RATE: Final = rf"{NUMBER}\s*(?:{UNIT})\s*[/／]\s*[一-鿿]"
"""An amount for each of something (1.36 元/吨), which is no amount of what stands before it."""

_FORMULA: Final = rf"(?:{NUMBER}[^\d，,；;。：:=＝]{{0,8}}[×*÷]\s*)+{NUMBER}[^\d，,；;。：:=＝]{{0,8}}[=＝](?=\s*\d)"
"""How an amount was worked out, up to its sign of equality: not what was worked out."""

_ZERO_WITHOUT_UNIT: Final = r"(?<=为)\s*[0零](?=\s*(?:[；;。，,、）)]|$))"
_FIGURE: Final = rf"(?:{MIXED}|{WRITTEN}|{PER_CENT}|{NUMBER}(?:{REFERENCE})*\s*(?:{UNIT}|[%％]|{_CLASSIFIER}))"
_SIGNED: Final = rf"(?:\s*(?:{any_of('figure_links')}))*\s*(?={_FIGURE})"
_NO_LEVEL: Final = r"(?!(?<![额数率幅])\s*[为到至])"
"""What is decreased to something (``降低为 5 万元``) isn't decreased by it; ``降幅为`` is a change."""
_LAST_YEAR: Final = "上年"
_BASIS: Final = (
    rf"[比较与同]\s*(?P<period>(?:{any_of('basis_times')})(?:\s*(?:{any_of('basis_words')}))*)"
    rf"(?:\s*{WORDS['basis_named']})?\s*(?:{any_of('basis_ends')})?\s*的?"
    r"|同比(?=[-－−+＋△▲]\s?\d)"
)
_PATTERNS: Final[tuple[tuple[str, str], ...]] = (
    ("formula", _FORMULA),
    ("threshold", _THRESHOLD),
    ("rate", _RATE),
    ("mixed", MIXED),
    ("written", WRITTEN),
    ("written_percent", PER_CENT),
    (
        "amount",
        rf"(?P<amount_number>{NUMBER})(?:{REFERENCE})*\s*(?:[（(](?=(?:{UNIT})[）)]))?(?P<amount_unit>{UNIT})|(?P<zero>{_ZERO_WITHOUT_UNIT})",
    ),
    ("percent", rf"(?P<percent_number>{NUMBER})\s*[%％]"),
    ("count", rf"(?<!第)(?<!第\s)(?P<count_number>{NUMBER})\s*(?P<count_unit>{_CLASSIFIER})"),
    ("basis", _BASIS),
    ("reason", any_of("reason")),
    ("weak_reason", any_of("weak_reason")),
    ("share", rf"(?:{any_of('share')})\s*(?={NUMBER}\s*[%％])"),
    ("completion", rf"(?:{any_of('completion')})\s*(?={NUMBER}\s*[%％])"),
    ("flat", any_of("flat")),
    ("increase", rf"净?(?:{any_of('increase')}){_NO_LEVEL}{_SIGNED}"),
    ("decrease", rf"净?(?:{any_of('decrease')}){_NO_LEVEL}{_SIGNED}"),
    ("among", any_of("among")),
    ("separator", "[，,、；;：:＝=。！？]"),
    ("open", "[（(]"),
    ("close", "[）)]"),
)
_TOKEN: Final = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _PATTERNS))
_ANY_FIGURE: Final = re.compile(_FIGURE)
_ANY_THRESHOLD: Final = re.compile(_THRESHOLD)
_BRACKETS: Final = re.compile("[（(][^（()）]*[）)]")
_WRITTEN_OUT: Final = frozenset({"mixed", "written", "written_percent"})
_KIND_OF_PATTERN: Final = {"increase": "direction", "decrease": "direction", "threshold": "text", "rate": "text"}


def tokenise(text: str) -> tuple[Token, ...]:
    """The tokens of ``text`` in order. A bracket without a figure in it belongs to the text around it.

    >>> [(token.kind, token.text) for token in tokenise("公务接待费（含会议）0.69 万元，比上年减少 0.09 万元")]
    ... # doctest: +NORMALIZE_WHITESPACE
    [('text', '公务接待费（含会议）'), ('amount', '0.69 万元'), ('separator', '，'), ('basis', '比上年'),
     ('direction', '减少 '), ('amount', '0.09 万元')]
    """
    return tuple(_joined(_cut(text)))


def figures_of(text: str) -> Iterator[Token]:
    """Only the figures of ``text``."""
    return (token for token in tokenise(text) if token.is_figure)


def _cut(text: str) -> Iterator[Token]:
    inert = _inert_spans(text)
    position = 0
    for match in _TOKEN.finditer(text):
        if any(start <= match.start() < end for start, end in inert):
            continue
        if match.start() > position:
            yield Token("text", text[position : match.start()], position, match.start())
        if match["formula"] is None:
            yield _token(match)
        position = match.end()
    if position < len(text):
        yield Token("text", text[position:], position, len(text))


def _inert_spans(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(
        match.span()
        for match in _BRACKETS.finditer(text)
        if not _ANY_FIGURE.search(_ANY_THRESHOLD.sub("", match.group()))
    )


def _token(match: re.Match[str]) -> Token:
    name = next(name for name, _ in _PATTERNS if match[name] is not None)
    kind: TokenKind = _KIND_OF_PATTERN.get(name, name)  # type: ignore[assignment]
    start, end = match.span()
    if name in _WRITTEN_OUT:
        return _written_out(name, match.group(), start, end)
    if name == "amount" and match["zero"] is not None:
        return Token("amount", match.group(), start, end, Decimal(0), "元")
    if name in ("amount", "count"):
        number, unit = parse_number(match[f"{name}_number"]), plain_unit(match[f"{name}_unit"])
        return Token(kind, match.group(), start, end, number, unit)
    if name == "percent":
        return Token("percent", match.group(), start, end, parse_number(match["percent_number"]), "%")
    if name == "basis":
        return Token(
            "basis", match.group(), start, end, unit=re.sub(r"\s", "", match["period"] or _LAST_YEAR).removesuffix("的")
        )
    if name == "share":
        return Token("share", match.group(), start, end, unit=match["of"])
    return Token(kind, match.group(), start, end, sign=-1 if name == "decrease" else 1)


def _written_out(name: str, text: str, start: int, end: int) -> Token:
    """A figure in words; one whose places are out of order is left as text."""
    if name == "written_percent":
        return Token("percent", text, start, end, written_number(text.removeprefix("百分之")), "%")
    amount = mixed_amount(text) if name == "mixed" else written_amount(text)
    return Token("text" if amount is None else "amount", text, start, end, amount, "元")


def _joined(tokens: Iterator[Token]) -> Iterator[Token]:
    waiting: Token | None = None
    for token in tokens:
        if waiting and token.kind == "text":
            waiting = Token("text", waiting.text + token.text, waiting.start, token.end)
            continue
        if waiting and waiting.text.strip():
            yield waiting
        waiting = token if token.kind == "text" else None
        if token.kind != "text":
            yield token
    if waiting and waiting.text.strip():
        yield waiting
