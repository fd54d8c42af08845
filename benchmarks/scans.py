"""How many amounts of published budgets are recognised when their pages are scanned: ``python -m benchmarks.scans``.

Each page is printed to a picture in few dots, set askew and packed with loss. The text layer of the file itself says
what is right. A wrong figure that a check confirms all the same would be the worst: those are counted apart.
"""

from __future__ import annotations

import io
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pypdfium2
from PIL import Image

from benchmarks.convert import CORPUS
from index.convert.pdf.picture import draw_page
from index.document import Paragraph, RawTable
from index.figures import figure_id, row_id, table_id
from index.parse import parse
from index.parsed import ParsedDocument
from index.recognition import can_recognise

_DOTS: Final = (150, 200)
_SKEW: Final = 1.0
_QUALITY: Final = 70
_TARGET: Final = 97
_FEW: Final = ("上海_审计局_2026_单位预算.pdf", "无锡_统计局_2026_部门预算.pdf", "深圳_信访局_2026_部门预算.pdf")
_AMOUNT: Final = re.compile(r"[-−]?\d[\d,]*\.?\d*%?")

Amounts = Counter[tuple[int | None, str]]
"""How often each amount stands on each page."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One file in one resolution."""

    amounts: int
    equal: int
    confirmed: int
    wrong_confirmed: int
    seconds: float


def main(files: Sequence[Path]) -> None:
    """Prints for each file and resolution how many amounts are equal, and how many of the wrong ones checks confirm."""
    if not can_recognise():
        print("文字识别没有安装：pip install -e '.[ocr]'")
        return
    for file in files:
        for dpi in _DOTS:
            measured = _measure(file, dpi)
            share = 100 * measured.equal / measured.amounts
            print(
                f"{file.name}，{dpi} dpi：{measured.amounts} 个金额，相同 {share:.2f} %（目标 {_TARGET} %）；"
                f"勾稽相符的 {measured.confirmed} 格，其中错的 {measured.wrong_confirmed}；{measured.seconds:.0f} 秒",
                flush=True,
            )


def _measure(file: Path, dpi: int) -> Measured:
    with tempfile.TemporaryDirectory() as folder:
        scan = Path(folder) / file.name
        _scan(file, scan, dpi)
        started = time.perf_counter()
        read, printed = _parsed(scan), _parsed(file)
        seconds = time.perf_counter() - started
    right, found = _amounts(printed), _amounts(read)
    confirmed = list(_confirmed(read))
    wrong = sum(each not in right for each in confirmed)
    return Measured(right.total(), (right & found).total(), len(confirmed), wrong, seconds)


def _scan(file: Path, scan: Path, dpi: int) -> None:
    content = file.read_bytes()
    pages = []
    for number in range(1, len(pypdfium2.PdfDocument(content)) + 1):
        page = draw_page(content, number, dpi).convert("L")
        packed = io.BytesIO()
        page.rotate(_SKEW, resample=Image.Resampling.BICUBIC, fillcolor=255).save(packed, "JPEG", quality=_QUALITY)
        pages.append(Image.open(packed))
    pages[0].save(scan, "PDF", save_all=True, append_images=pages[1:], resolution=dpi, quality=_QUALITY)


def _parsed(file: Path) -> ParsedDocument:
    parsed = parse(file)
    if not isinstance(parsed, ParsedDocument):
        raise SystemExit(parsed.message)
    return parsed


def _amounts(parsed: ParsedDocument) -> Amounts:
    """The amounts of all cells and sentences."""
    found: Amounts = Counter()
    for block in parsed.document.blocks:
        if isinstance(block, Paragraph):
            found.update((block.provenance.page, text) for text in _AMOUNT.findall(block.text.replace(" ", "")))
        elif isinstance(block, RawTable):
            cells = ((row.provenance.page, text.replace(" ", "")) for row in block.rows for text in row.texts)
            found.update((page, text) for page, text in cells if _AMOUNT.fullmatch(text))
    return found


def _confirmed(parsed: ParsedDocument) -> Iterator[tuple[int | None, str]]:
    """Page and amount of each figure that a check reads that holds."""
    held = {
        figure_id(row_id(table_id("", cell.table), cell.row), cell.column)
        for finding in parsed.findings
        if finding.result == "holds"
        for cell in finding.cells
    }
    for table in parsed.tables:
        for row in table.rows:
            for cell in row.cells:
                key = figure_id(row_id(table_id("", table.number), row.key), cell.column)
                if key in held and cell.number is not None:
                    yield row.page, cell.printed.replace(" ", "")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or [CORPUS / name for name in _FEW])
