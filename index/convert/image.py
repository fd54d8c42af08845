"""Pictures of pages (.png, .jpg, .tif): recognised, where that is installed."""

from __future__ import annotations

import io
from functools import partial
from pathlib import Path
from typing import Final

from PIL import Image, UnidentifiedImageError

from index.convert.page import PageContent, blocks_of
from index.convert.page.unread import recognised_pages, require_text
from index.convert.problems import damaged, too_large
from index.convert.scan.replace import with_scans
from index.document import Block, Gap, Recognised
from index.recognition import can_recognise

_SIGNATURES: Final = (b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"BM")
_LONG_SIDE: Final = 11.69
"""Of A4, in inches: what a picture is taken for that doesn't say how large it is."""
_LIKELY: Final = (100.0, 600.0)
_MOST_DOTS: Final = 300.0
_MOST_FRAMES: Final = 300


class ImageConverter:
    """Reads pictures of printed pages."""

    def accepts(self, content: bytes) -> bool:
        """Without the extra that recognises text a picture is refused like any unknown format, with the reason."""
        return is_picture(content) and can_recognise()

    def read(self, content: bytes, path: Path) -> tuple[Block | Gap | Recognised, ...]:
        """All frames as pages. Raises DocumentError for damaged and oversized pictures and those without text."""
        try:
            count = min(int(getattr(Image.open(io.BytesIO(content)), "n_frames", 1)), _MOST_FRAMES)
            blank = [PageContent(number, (0.0, 0.0, 1.0, 1.0), 1.0, (), (), 0, True) for number in range(1, count + 1)]
            pages = with_scans(blank, partial(draw_frame, content))
        except Image.DecompressionBombError as error:
            raise too_large(path.name) from error
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
            # What PIL raises for torn files.
            raise damaged(path.name, "请重新扫描或另存一份。") from error
        require_text(pages, f"图片“{path.name}”")
        return (*blocks_of(pages), *recognised_pages(pages))


def is_picture(content: bytes) -> bool:
    """Whether this is a picture file."""
    return content.startswith(_SIGNATURES)


def draw_frame(content: bytes, number: int, most: float = _MOST_DOTS) -> tuple[Image.Image, float]:
    """A frame, counted from 1, in at most so many dots an inch. Raises EOFError for no such frame."""
    picture = Image.open(io.BytesIO(content))
    picture.seek(number - 1)
    dpi = _dpi(picture)
    frame = picture.convert("RGB")
    if dpi > most:
        frame.thumbnail((frame.width * most / dpi, frame.height * most / dpi))
    return frame, min(dpi, most)


def _dpi(picture: Image.Image) -> float:
    told = float(max(picture.info.get("dpi", (0.0, 0.0))))
    return told if _LIKELY[0] <= told <= _LIKELY[1] else max(picture.size) / _LONG_SIDE
