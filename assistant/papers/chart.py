"""A list answer as a bar chart: the same numbers as the table, drawn as SVG with nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from html import escape
from typing import Final, NamedTuple

from assistant.answer import Answer
from assistant.blocks import columns_of, list_entries, main_column, plain
from assistant.papers.writing import writable
from index.money import from_yuan, to_yuan

MOST_BARS: Final = 30
_FONTS: Final = "'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','WenQuanYi Zen Hei',sans-serif"
_WIDTH: Final = 960
_LABEL: Final = 330
_VALUE: Final = 130
_ROW: Final = 30
_TOP: Final = 74
_LONGEST_LABEL: Final = 20
_LONGEST_TITLE: Final = 46
_COMMON: Final = "万元"
"""What money of several units is drawn in."""


class Bar(NamedTuple):
    """What is drawn of an entry."""

    label: str
    number: Decimal
    unit: str


def charted(answer: Answer) -> list[Bar]:
    """The entries as they can be drawn: at least two comparable amounts, a decrease below nought; else none."""
    entries = list(list_entries(answer))
    columns = columns_of(entries)
    main = main_column(columns) if len(entries) > 1 else None
    if main is None or not main.is_comparable:
        return []
    units = {value.unit for value in main.values if value}
    common = units.pop() if len(units) == 1 else _COMMON
    return [
        Bar(entry.label, _in(common, value.signed, value.unit), common)
        for entry, value in zip(entries, main.values, strict=True)
        if value and value.signed is not None
    ]


def _in(common: str, number: Decimal, unit: str) -> Decimal:
    return number if unit == common else from_yuan(to_yuan(number, unit), common)


def chart_svg(answer: Answer, sources: Sequence[str]) -> str:
    """The chart with its title, its unit and where the numbers come from."""
    bars = charted(answer)
    shown = bars[:MOST_BARS]
    height = _TOP + _ROW * len(shown) + 20 + 20 * len(sources)
    left_out = f"，图中只画前 {MOST_BARS} 项，共 {len(bars)} 项" if len(bars) > len(shown) else ""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" '
        f'font-family="{_FONTS}" font-size="15" role="img">',
        f'<rect width="{_WIDTH}" height="{height}" fill="#fff"/>',
        _text(16, 30, _cut(answer.question, _LONGEST_TITLE), 'font-size="19" font-weight="700"'),
        _text(16, 56, f"单位：{shown[0].unit}{left_out}" if shown[0].unit else left_out.lstrip("，"), 'fill="#475569"'),
        *_bars(shown),
        *(_text(16, height - 20 * n + 2, source, 'fill="#475569" font-size="12"') for n, source in _below(sources)),
        "</svg>",
    ]
    return writable("".join(parts))


def _below(sources: Sequence[str]) -> Iterator[tuple[int, str]]:
    """From the lowest line up."""
    return enumerate(reversed(sources), 1)


def _bars(bars: Sequence[Bar]) -> Iterator[str]:
    """One row an entry; what is below nought goes to the left of the line."""
    numbers = [bar.number for bar in bars]
    low, high = min(*numbers, Decimal(0)), max(*numbers, Decimal(0))
    left = _LABEL + (_VALUE if low < 0 else 0)
    room, span = Decimal(_WIDTH - left - _VALUE), (high - low) or Decimal(1)
    nought = left - low * room / span
    for row, (label, number, _) in enumerate(bars):
        top = _TOP + row * _ROW
        length = abs(number) * room / span
        start = nought if number >= 0 else nought - length
        fill = "#1d4ed8" if number >= 0 else "#b45309"
        yield _text(_LABEL - 12, top + 18, _cut(plain(label), _LONGEST_LABEL), 'text-anchor="end"')
        yield f'<rect x="{start:.1f}" y="{top + 4}" width="{max(length, Decimal(1)):.1f}" height="18" fill="{fill}"/>'
        end, anchor = (nought + length + 8, "start") if number >= 0 else (start - 8, "end")
        yield _text(end, top + 18, f"{number:,}", f'text-anchor="{anchor}"')
    yield f'<path d="M{nought:.1f} {_TOP - 4}v{_ROW * len(bars) + 4}" stroke="#475569"/>'


def _text(x: Decimal | int, y: int, text: str, more: str) -> str:
    return f'<text x="{x:.1f}" y="{y}" {more}>{escape(text)}</text>'


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
