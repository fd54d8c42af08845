"""What all converters share: the protocol, and the pieces of a document they hand back."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from index.document import Block, Gap, Recognised


class Converter(Protocol):
    """Reads one file format. The content decides, since file names of published budgets are unreliable."""

    def accepts(self, content: bytes) -> bool:
        """Whether ``content`` is of this format."""
        ...

    def read(self, content: bytes, path: Path) -> tuple[Block | Gap | Recognised, ...]:
        """The blocks in reading order, what between them can't be read, and which pages were recognised.

        Raises DocumentError where that is all of the content.
        """
        ...
