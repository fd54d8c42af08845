"""The page of the original file with a box around what is cited, beside the printed table or paragraph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.ui.html import escape

if TYPE_CHECKING:
    from index.document import Place
    from index.pages import CitedPage

NO_PAGE = "原文件没有固定的页面，没有页面图"


def view_buttons(page: CitedPage) -> str:
    """What to look at: the table or paragraph as read, or the page as published."""
    return (
        '<div class="views" role="group" aria-label="看哪一样">'
        '<button type="button" data-view="printed">读出的原文</button>'
        f'<button type="button" data-view="original">原件第 {page.page} 页</button></div>'
    )


def original_page(page: CitedPage) -> str:
    """The page's frame; the page's script fetches the picture once it is to be seen."""
    told = "；本页是扫描页，文字为识别所得，请核对" if page.is_recognised else ""
    name = f"原件《{page.file}》第 {page.page} 页，引用处加了框"
    boxes = "".join(map(_box, page.places))
    return (
        f'<figure class="original" data-name="{escape(name)}"><div class="zoom" role="group" aria-label="放大缩小">'
        '<button type="button" data-zoom="-1" aria-label="缩小">−</button><span>100%</span>'
        '<button type="button" data-zoom="1" aria-label="放大">＋</button>'
        '<button type="button" data-zoom="0">整页宽</button></div>'
        f'<div class="sheet-scroll" tabindex="0" role="region" aria-label="{escape(name)}">'
        f'<div class="sheet"><p class="working">正在画原件…</p>{boxes}</div></div>'
        f"<figcaption>{escape(page.file)}，第 {page.page} 页{told}</figcaption></figure>"
    )


def _box(place: Place) -> str:
    edges = {
        "left": place.left, "top": place.top, "width": place.right - place.left, "height": place.bottom - place.top
    }  # fmt: skip
    style = ";".join(f"{name}:{share * 100:.2f}%" for name, share in edges.items())
    return f'<span class="cited-box" style="{style}"></span>'
