"""What an ask comes to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reply:
    """The lines that answer an ask, and what of it they leave open. No lines: rejected, for ``reason``."""

    lines: tuple[str, ...]
    missing: tuple[str, ...] = ()
    reason: str = ""
