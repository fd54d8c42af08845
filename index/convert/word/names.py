"""Names of elements and attributes of Word's XML."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF: Final = frozenset({"0", "false", "off"})


@cache
def w(name: str) -> str:
    """The full name of a Word element or attribute, or of each step of a path to one."""
    return "/".join(f"{_WORD}{step}" for step in name.split("/"))


VAL: Final = w("val")


def value(element: Any, path: str) -> str | None:
    """The ``w:val`` of the element below ``element`` at ``path``, "" if it has none, None if it isn't there."""
    found = element.find(w(path)) if element is not None else None
    return None if found is None else found.get(VAL, "")


def flag(element: Any, path: str) -> bool | None:
    """Whether the property at ``path`` is switched on; None if nothing is said about it."""
    found = value(element, path)
    return None if found is None else found not in _OFF


def count(element: Any, path: str, missing: int) -> int:
    """The number at ``path``, ``missing`` where there is none."""
    return integer(value(element, path), missing)


def integer(text: str | None, missing: int) -> int:
    """The whole number that an attribute holds, ``missing`` where it holds none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else missing
