"""A part of the seed as LibreOffice saves it. ``python -m tests.writers.office`` writes the files anew, on purpose.

They are kept: LibreOffice takes seconds for each, and saves no two alike.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from index.convert import convert
from index.document import Block, Paragraph
from index.paths import ROOT
from tests.writers.excel import write_xlsx
from tests.writers.word import write_docx

SAVED: Final = Path(__file__).parents[1] / "index" / "convert" / "office"
FORMATS: Final = ("doc", "rtf", "odt", "ods")

_SEED: Final = ROOT / "data" / "documents" / "曾都区委办公室_2024_部门预算.txt"
_FIRST, _LAST = 84, 108


def part_of_the_seed() -> tuple[Block, ...]:
    """Some of its tables. A paragraph ends them: LibreOffice 7.4 writes a last table to .doc as one run of text."""
    blocks = convert(_SEED).blocks
    end = next(block for block in blocks if isinstance(block, Paragraph))
    return (*blocks[_FIRST:_LAST], replace(end, text="（完）"))


def save(blocks: Sequence[Block], extension: str) -> None:
    """One file that LibreOffice saved."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        is_sheet = extension == "ods"
        source = folder / ("预算.xlsx" if is_sheet else "预算.docx")
        (write_xlsx if is_sheet else write_docx)(blocks, source)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", extension, "--outdir", str(SAVED), str(source)]
        subprocess.run(command, check=True, timeout=120)


if __name__ == "__main__":
    for each in FORMATS:
        save(part_of_the_seed(), each)
