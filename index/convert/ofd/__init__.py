"""OFD files (GB/T 33190), the national format for fixed pages: read through the same passes as PDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from index.convert.container import Package
from index.convert.ofd.package import is_ofd, open_ofd
from index.convert.ofd.picture import draw_ofd_scan
from index.convert.ofd.reading import read_ofd_page
from index.convert.page import blocks_of
from index.convert.page.unread import recognised_pages, require_text, told_gaps
from index.convert.problems import damaged
from index.convert.scan.replace import with_scans
from index.document import Block, Gap, Recognised

_SAVE_ANEW: Final = "请重新下载，或用 OFD 阅读器打开，另存为 PDF 后再放入。"


class OfdConverter:
    """Reads OFD files that hold text."""

    def accepts(self, content: bytes) -> bool:
        """An archive with the entry that every OFD has."""
        return is_ofd(content)

    def read(self, content: bytes, path: Path) -> tuple[Block | Gap | Recognised, ...]:
        """All documents of the file. Raises DocumentError for encrypted, damaged and scanned files."""
        try:
            file = open_ofd(Package(content, path.name))
            pages = with_scans(tuple(map(read_ofd_page, file.pages)), partial(draw_ofd_scan, content, path.name))
        except (ValueError, KeyError, IndexError) as error:
            # Attributes that are no numbers, operators that no path has.
            raise damaged(path.name, _SAVE_ANEW) from error
        require_text(pages, f"OFD 文件“{path.name}”")
        return (*blocks_of(pages), *told_gaps(pages), *_attached(file.attachments), *recognised_pages(pages))


def _attached(names: Sequence[str]) -> Iterator[Gap]:
    if names:
        yield Gap(f"附在文件里的另外 {len(names)} 个文件没有读入：{'、'.join(names)}")
