"""Pages of an OFD as pictures: its own pictures, rules and characters where they stand, in a font of this machine."""

from __future__ import annotations

import io
from functools import cache
from typing import Final

from PIL import Image, ImageDraw, ImageFont, UnidentifiedImageError

from index.convert.container import Package
from index.convert.ofd.drawing import Color, DrawnCharacter, DrawnPath, DrawnPicture, Point
from index.convert.ofd.package import OfdPage, open_ofd
from index.convert.ofd.reading import Sheet, sheet_of
from index.errors import PageUnavailable

_POINTS_PER_INCH: Final = 72
_FEWEST_DOTS: Final = 150
_MOST_DOTS: Final = 300
_FONTS: Final = (
    "wqy-zenhei.ttc", "wqy-microhei.ttc", "NotoSansCJK-Regular.ttc", "NotoSerifCJK-Regular.ttc",
    "simsun.ttc", "msyh.ttc", "simhei.ttf", "PingFang.ttc", "Songti.ttc", "uming.ttc", "ukai.ttc",
)  # fmt: skip
"""Fonts with Chinese characters, as systems call their files."""

_Font = ImageFont.FreeTypeFont


def draw_ofd_page(content: bytes, name: str, number: int, dpi: int) -> Image.Image:
    """A page, counted from 1, upright. Raises PageUnavailable where no font is there to draw it with.

    Raises IndexError where there is no such page.
    """
    package = Package(content, name)
    page = next((each for each in open_ofd(package).pages if each.number == number), None)
    if page is None:
        raise IndexError(number)
    return _drawn(page, sheet_of(page), package, dpi, with_text=True)


def draw_ofd_scan(content: bytes, name: str, number: int, most: int = _MOST_DOTS) -> tuple[Image.Image, float]:
    """The pictures on a page, in about as many dots an inch as the finest has, but at most this many."""
    package = Package(content, name)
    page = open_ofd(package).pages[number - 1]
    sheet = sheet_of(page)
    pictures = [each for each in sheet.drawn if isinstance(each, DrawnPicture)]
    dots = max((_dots(each, page, package) for each in pictures), default=0.0)
    dpi = round(min(max(dots, _FEWEST_DOTS), most))
    return _drawn(page, sheet, package, dpi, with_text=False), dpi


def _dots(drawn: DrawnPicture, page: OfdPage, package: Package) -> float:
    picture = _opened(drawn, page, package)
    left, _, right, _ = drawn.box
    return picture.width * _POINTS_PER_INCH / (right - left) if picture and right > left else 0.0


def _drawn(page: OfdPage, sheet: Sheet, package: Package, dpi: int, *, with_text: bool) -> Image.Image:
    scale = dpi / _POINTS_PER_INCH
    paper = Image.new("RGB", (round(sheet.width * scale) or 1, round(sheet.height * scale) or 1), "white")
    pen = ImageDraw.Draw(paper)
    for each in sheet.drawn:
        if isinstance(each, DrawnPicture):
            _paste(paper, each, page, package, scale)
        elif isinstance(each, DrawnPath):
            _draw_path(pen, each, scale)
        elif with_text and each.text.strip() and each.direction[0] > 0:
            _draw_character(pen, each, scale)
    return paper


def _paste(paper: Image.Image, drawn: DrawnPicture, page: OfdPage, package: Package, scale: float) -> None:
    """Puts a picture in its place; one of a kind that can't be opened leaves the place empty."""
    picture = _opened(drawn, page, package)
    left, top, right, bottom = (round(edge * scale) for edge in drawn.box)
    if picture and right > left and bottom > top:
        resized = picture.convert("RGB").resize((right - left, bottom - top), Image.Resampling.LANCZOS)
        paper.paste(resized, (left, top))


def _opened(drawn: DrawnPicture, page: OfdPage, package: Package) -> Image.Image | None:
    part = page.resources.parts.get(drawn.resource, "")
    try:
        picture = Image.open(io.BytesIO(package.content(part))) if part in package.members else None
        if picture:
            picture.load()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        # What PIL raises for torn pictures and those of a kind that it doesn't know.
        return None
    return picture


def _draw_path(pen: ImageDraw.ImageDraw, path: DrawnPath, scale: float) -> None:
    for line in path.lines:
        points = [(x * scale, y * scale) for x, y in line]
        if path.fill is not None and len(points) > 2:
            pen.polygon(points, fill=_ink(path.fill))
        if path.stroke is not None:
            pen.line(points, fill=_ink(path.stroke), width=max(1, round(path.width * scale)))


def _draw_character(pen: ImageDraw.ImageDraw, character: DrawnCharacter, scale: float) -> None:
    place: Point = (character.origin[0] * scale, character.origin[1] * scale)
    font = _font(max(1, round(character.size * scale)))
    pen.text(place, character.text, fill=_ink(character.color), font=font, anchor="ls")


def _ink(color: Color) -> tuple[int, int, int]:
    if len(color) == 4:
        cyan, magenta, yellow, black = color
        color = tuple((1 - part) * (1 - black) for part in (cyan, magenta, yellow))
    red, green, blue = (color * 3)[:3] if len(color) == 1 else color[:3]
    return round(red * 255), round(green * 255), round(blue * 255)


@cache
def _font(size: int) -> _Font:
    for file in _FONTS:
        try:
            return ImageFont.truetype(file, size)
        except OSError:
            continue
    raise PageUnavailable("本机没有中文字体，不能显示 OFD 的页面。", "请安装中文字体，如 fonts-wqy-zenhei。")
