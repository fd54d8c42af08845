"""Text as HTML."""

from __future__ import annotations

import re
from html import escape as escape_html


def escape(text: str) -> str:
    """HTML-escaped; braces and dollars too, since the page's component reads them as its template's.

    >>> escape("<b>${x}</b>")
    '&lt;b&gt;&#36;&#123;x&#125;&lt;/b&gt;'
    """
    plain = escape_html(text)
    return re.sub(r"[${}`\\]", lambda match: f"&#{ord(match[0])};", plain)


def class_attribute(*names: str) -> str:
    """The class attribute of those that are not empty.

    >>> class_attribute("", "number", "long")
    ' class="number long"'
    """
    used = " ".join(filter(None, names))
    return f' class="{used}"' if used else ""
