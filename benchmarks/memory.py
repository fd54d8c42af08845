"""How much memory the process that builds needs for a thousand small files: text, comma-separated, workbooks.

Minutes of work: ``python -m benchmarks.memory``.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from typing import Final

from openpyxl import Workbook

from index.build import BuildEvent, build
from index.manifest import Manifest

TARGET: Final = 1024
"""MiB."""
FILES: Final = 1000
_MEBIBYTE: Final = 1 << 20
_KIBIBYTE: Final = 1 << 10

_PLACES: Final = tuple("东西南北青白黄长平安云石金玉龙凤花松梅竹")
_OFFICES: Final = tuple(
    f"{place}{organ}" for place in ("山县", "河区") for organ in "财教审统信商司民水档林体医税农工外旅环交气震残侨文"
)

Rows = tuple[tuple[str, ...], ...]


def measure(folder: Path) -> None:
    """Prints the largest resident size of this process, after each stage; files and index are left in ``folder``."""
    documents = folder / "documents"
    documents.mkdir(parents=True, exist_ok=True)
    for number, path in enumerate(_files(documents)):
        _WRITERS[path.suffix](path, number)
    peaks: dict[str, int] = {}
    began = time.perf_counter()
    manifest = build([documents], folder / "index", progress=lambda event: _note(peaks, event))
    _tell(manifest, peaks, time.perf_counter() - began)


def _note(peaks: dict[str, int], event: BuildEvent) -> None:
    peaks[event.stage] = peak()


def _tell(manifest: Manifest, peaks: dict[str, int], seconds: float) -> None:
    print(
        f"{len(manifest.documents)} 份小文件建索引：{seconds:.0f} 秒，主进程内存最多 {peak()} MiB（目标 {TARGET} 以内）"
    )
    print(f"  各阶段之后：{'，'.join(f'{stage} {size}' for stage, size in peaks.items())}")


def peak() -> int:
    """The largest resident size of this process so far, in MiB."""
    return getrusage(RUSAGE_SELF).ru_maxrss * _KIBIBYTE // _MEBIBYTE


def _files(folder: Path) -> Iterator[Path]:
    suffixes = tuple(_WRITERS)
    for number in range(FILES):
        yield folder / f"{number:04}{suffixes[number % len(suffixes)]}"


def _unit(number: int) -> str:
    return f"{_PLACES[number % len(_PLACES)]}{_OFFICES[number // len(_PLACES) % len(_OFFICES)]}务局"


def _lines(number: int) -> tuple[list[str], Rows]:
    """Titles, prose, and the rows of a table; all figures are made up."""
    basic, projects = 100 + number, 10 + number % 7
    return (
        [f"{_unit(number)}2026年部门预算", f"2026年预算支出{basic + projects}.00万元，其中基本支出{basic}.00万元。"],
        (
            ("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
            ("201", "一般公共服务支出", f"{basic + projects}.00", f"{basic}.00", f"{projects}.00"),
            ("20101", "人大事务", f"{basic + projects}.00", f"{basic}.00", f"{projects}.00"),
            ("2010101", "行政运行", f"{basic}.00", f"{basic}.00", ""),
            ("2010102", "一般行政管理事务", f"{projects}.00", "", f"{projects}.00"),
            ("", "合计", f"{basic + projects}.00", f"{basic}.00", f"{projects}.00"),
        ),
    )


def _write_text(path: Path, number: int) -> None:
    prose, rows = _lines(number)
    table = ["\t".join(row) for row in rows]
    path.write_text("\n".join([*prose, "一般公共预算支出表", "单位：万元", *table]), encoding="utf-8")


def _write_csv(path: Path, number: int) -> None:
    prose, rows = _lines(number)
    lines = [[text, "", "", "", ""] for text in (*prose, "一般公共预算支出表", "单位：万元")]
    path.write_text("\n".join(",".join(row) for row in (*lines, *rows)), encoding="utf-8")


def _write_xlsx(path: Path, number: int) -> None:
    prose, rows = _lines(number)
    workbook = Workbook()
    for row in (*((text,) for text in (*prose, "一般公共预算支出表", "单位：万元")), *rows):
        workbook.active.append(row)
    workbook.save(path)


_WRITERS: Final[dict[str, Callable[[Path, int], None]]] = {
    ".txt": _write_text,
    ".csv": _write_csv,
    ".xlsx": _write_xlsx,
}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        measure(Path(temporary))
