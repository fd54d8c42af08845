"""What can be wrong with a file of any format, said to its owner."""

from __future__ import annotations

from index.errors import DocumentError
from index.recognition import INSTALL, can_recognise


def damaged(name: str, remedy: str = "请重新下载，或用 Office、WPS 打开后另存一份。") -> DocumentError:
    """The content breaks the rules of its format."""
    return DocumentError(f"文件“{name}”已损坏，读不了。", remedy)


def locked(name: str) -> DocumentError:
    """The file opens with a password only."""
    return DocumentError(f"文件“{name}”设了打开密码。", "请去掉密码后再放入。")


def too_large(name: str) -> DocumentError:
    """The content is larger than any published budget's, or claims to be."""
    return DocumentError(
        f"文件“{name}”的内容过大，没有读入。", "请确认它是预算文件；若是，请删去空白的行、列和图片后另存一份。"
    )


def without_text(what: str) -> DocumentError:
    """``what`` shows its text in pictures only, and recognising them isn't installed, or finds nothing."""
    if can_recognise():
        return DocumentError(f"{what}没有文字层，图片里也识别不出文字。", "请换用清楚的扫描件，或文字版。")
    return DocumentError(f"{what}没有文字层（多半是扫描件）。", INSTALL)


def table_too_large() -> DocumentError:
    """One table has more rows and columns than any that is printed."""
    return DocumentError("文件里有过大的表格，没有读入。", "请删去表格外空白的行、列后另存一份。")
