"""All benchmarks, one after the other: the index that the first builds is the one that the next two ask."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks import answers, build, convert, embed, many, model


def main() -> None:
    """Prints times; nothing is kept."""
    with tempfile.TemporaryDirectory() as folder:
        build.measure(Path(folder))
        answers.measure(Path(folder))
        model.measure(Path(folder))
    convert.measure()
    embed.measure()
    with tempfile.TemporaryDirectory() as folder:
        many.measure(Path(folder))


if __name__ == "__main__":
    main()
