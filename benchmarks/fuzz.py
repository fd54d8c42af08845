"""Mutated files of every format through the whole reading, within limits: read, or refused in words, and in time.

``python -m benchmarks.fuzz [--count 2000] [--seconds 300] [--seed 1] [--keep DIR]``. The same seed makes the same
files. Packages (Word, Excel, OFD) are mutated inside their parts too. What ends in an error of ours, takes too long or
kills its process is counted, and kept in ``--keep`` to be looked at; such a file stays off the repository.
"""

from __future__ import annotations

import argparse
import io
import random
import shutil
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

from index.convert import convert
from index.document import Block, RawTable
from index.paths import ROOT
from index.workers import Limits, ParsedFile, Problem, parse_files
from tests.writers.excel import write_xls, write_xlsx
from tests.writers.html import write_html
from tests.writers.ofd import write_ofd
from tests.writers.pdf import write_pdf
from tests.writers.text import write_text
from tests.writers.word import write_docx

LIMITS: Final = Limits(seconds=20, memory=2 << 30)
_BATCH: Final = 100
_PROCESSES: Final = 2
_TABLES: Final = 2
_PACKAGES: Final = ("docx", "xlsx", "ofd")
_INSIDE: Final = 0.8
"""Of the packages' mutations: of a part before it is packed."""

_TOKENS: Final = (
    b"\0", b"\xff\xff\xff\xff", b"-1", b"0", b"999999999", b"1e999", b"<", b">", b'"', b"&amp;", b"&#0;", b"]]>",
    b"<!--", b"<table>", b"</td>", b"<td rowspan=99999>", b' w:val="99999"', b"|", b",", b"\t", b"\n", b"\r", b"\f",
    "合计".encode(), "附表4-1".encode(), "单位：万元".encode(), "一、".encode(), "２０２４年".encode(), "亿".encode(),
    b"obj", b"endstream", b"/Length 1", b"[0 0 0 0]", b"BT", b"ET", b"Tj",
)  # fmt: skip


def _write_csv(blocks: Sequence[Block], path: Path) -> None:
    (table, *_) = [block for block in blocks if isinstance(block, RawTable)]
    rows = [row.texts for row in table.rows]
    path.write_text("\n".join(",".join(f'"{text}"' for text in row) for row in rows), encoding="utf-8")


WRITERS: Final[dict[str, Callable[[Sequence[Block], Path], None]]] = {
    "txt": write_text, "csv": _write_csv, "html": write_html, "docx": write_docx, "xlsx": write_xlsx, "xls": write_xls,
    "pdf": write_pdf, "ofd": write_ofd,
}  # fmt: skip


def bases(folder: Path) -> dict[str, bytes]:
    """The beginning of the seed, with some tables, in each format."""
    (source,) = (ROOT / "data" / "documents").glob("*.txt")
    blocks = convert(source).blocks
    tables = [number for number, block in enumerate(blocks) if isinstance(block, RawTable)]
    first = [*blocks[:30], *blocks[tables[0] - 3 : tables[_TABLES]]]
    written = {}
    for name, write in WRITERS.items():
        write(first, folder / f"base.{name}")
        written[name] = (folder / f"base.{name}").read_bytes()
    return written


def mutated(base: bytes, form: str, chance: random.Random) -> bytes:
    """The file with some of its bytes, or of a part's, deleted, doubled, exchanged or overwritten."""
    if form not in _PACKAGES or chance.random() > _INSIDE:
        return _spoilt(base, chance)
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(base)) as archive, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        names = archive.namelist()
        chosen = set(chance.choices(names, k=chance.choice((1, 1, 2))))
        for name in names:
            content = archive.read(name)
            target.writestr(name, _spoilt(content, chance) if name in chosen else content)
    return packed.getvalue()


def _spoilt(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(changed) + 1)
        length = chance.choice((1, 2, 8, 64, 512))
        kind = chance.randrange(6)
        if kind == 0:
            del changed[at : at + length]
        elif kind == 1:
            changed[at:at] = changed[at : at + length]
        elif kind == 2:
            changed[at : at + length] = chance.randbytes(min(length, 8))
        elif kind == 3:
            changed[at:at] = chance.choice(_TOKENS) * chance.choice((1, 1, 3, 50))
        elif kind == 4:
            other = chance.randrange(len(changed) + 1)
            changed[at : at + length] = changed[other : other + length]
        elif changed:
            changed[at % len(changed)] ^= 1 << chance.randrange(8)
    return bytes(changed) if chance.random() > 0.02 else bytes(changed[: chance.randrange(len(changed) + 1)])


def files(folder: Path, seed: int, count: int) -> Iterator[Path]:
    """So many mutated files, each written when it is asked for."""
    chance = random.Random(seed)
    written = bases(folder)
    for number in range(count):
        form = chance.choice(list(written))
        path = folder / f"{number:06}.{form}"
        path.write_bytes(mutated(written[form], form, chance))
        yield path


def outcome_of(outcome: ParsedFile | Problem) -> str:
    """What became of a file, in a word."""
    if isinstance(outcome, ParsedFile):
        return "读出"
    for sign, name in (
        ("程序出错", "程序出错"),
        ("还没有完", "超时"),
        ("意外终止", "进程终止"),
        ("需要的内存", "内存超限"),
    ):
        if sign in outcome.message:
            return name
    return "说明不能用"


BAD: Final = frozenset({"程序出错", "超时", "进程终止"})


def main() -> None:
    """Prints what became of the files by format; exit code 1 where one ended badly."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--count", type=int, default=2_000)
    arguments.add_argument("--seconds", type=float, default=300)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--keep", type=Path)
    chosen = arguments.parse_args()
    until, counts, bad = time.monotonic() + chosen.seconds, Counter[tuple[str, str]](), Counter[str]()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = files(folder, chosen.seed, chosen.count)
        while time.monotonic() < until and (batch := list(islice(made, _BATCH))):
            for path, outcome in parse_files(batch, folder, _PROCESSES, LIMITS):
                word = outcome_of(outcome)
                counts[path.suffix[1:], word] += 1
                if word in BAD and isinstance(outcome, Problem):
                    bad[f"{path.suffix[1:]} {outcome.message.partition('”')[2][:150]}"] += 1
                    if chosen.keep:
                        chosen.keep.mkdir(parents=True, exist_ok=True)
                        shutil.copy(path, chosen.keep)
                path.unlink()
            for spooled in folder.glob("*.pickle"):
                spooled.unlink()
    for form in WRITERS:
        told = "，".join(f"{word} {count}" for (of, word), count in sorted(counts.items()) if of == form)
        print(f"{form}：{told or '没有轮到'}")
    print(f"共 {sum(counts.values())} 份；不该有的 {sum(bad.values())} 份")
    for message, count in bad.most_common():
        print(f"  {count} × {message}")
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
