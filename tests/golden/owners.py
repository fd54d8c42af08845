"""Whose budget each further shared document is, and of which year: reviewed against its first pages."""

from __future__ import annotations

import csv
from pathlib import Path

from index.clean import clean_tables
from index.convert import convert
from index.outline import outline
from index.profile import profile
from tests.golden.render import FOLDER, ROOT

DOCUMENTS = ROOT.parent / "shared" / "corpus_more"
REVIEWED = FOLDER / "owners.tsv"


def reviewed() -> dict[str, tuple[str, ...]]:
    """Owner, year, and budget or final account, by file."""
    with REVIEWED.open(encoding="utf-8", newline="") as lines:
        return {file: tuple(rest) for file, *rest in csv.reader(lines, delimiter="\t")}


def told(document: Path) -> tuple[str, ...]:
    """What the document says today."""
    read = convert(document)
    paragraphs = outline(read)
    found = profile(read, paragraphs, clean_tables(read, paragraphs))
    return found.unit_name, str(found.year), found.document_type, found.unit_level


def update() -> None:
    """Write all anew: ``python -m tests.golden.owners``, minutes of work. Read the difference before you keep it."""
    lines = ["\t".join((document.name, *told(document))) for document in sorted(DOCUMENTS.glob("*.pdf"))]
    REVIEWED.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    update()
