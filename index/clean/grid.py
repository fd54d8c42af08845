"""Making printed rows anew: moved, filled or put together rows keep the provenance of what they were made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from index.document import Cell, Provenance, RawRow


def row_of(texts: Iterable[str], provenance: Provenance) -> RawRow:
    """A row of plain cells."""
    return RawRow(tuple(Cell(text) for text in texts), provenance)


def padded(row: RawRow, width: int) -> list[str]:
    """The row's texts, blanks added at its end up to ``width``."""
    return [*row.texts, *[""] * (width - len(row.texts))]


def carry_down(rows: Sequence[Sequence[str]], columns: Sequence[int]) -> list[list[str]]:
    """Fill blanks of merged cells from the row above; a new text in one column ends what stands right of it.

    >>> carry_down([["产出", "数量", "a"], ["", "", "b"], ["效益", "", "c"]], [0, 1])
    [['产出', '数量', 'a'], ['产出', '数量', 'b'], ['效益', '', 'c']]
    """
    filled: list[list[str]] = []
    for row in rows:
        texts = list(row)
        above = filled[-1] if filled else None
        for column in columns:
            if texts[column].strip():
                break
            texts[column] = above[column] if above else ""
        filled.append(texts)
    return filled
