"""Where the project's data lies."""

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
DICTIONARY: Final = ROOT / "data" / "dictionary"
"""Codes, kinds, aliases, question words: data, not code."""
