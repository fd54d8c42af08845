"""How often a user may ask: looking at the page costs little and isn't counted."""

from __future__ import annotations

from typing import Final

from assistant.access.ledger import Ledger

_WINDOW_SECONDS: Final = 60.0


class Pace:
    """Lets each user make ``most`` requests a minute that do something, whichever process they come to."""

    def __init__(self, most: int, ledger: Ledger | None = None) -> None:
        self.most = most
        self._ledger = ledger or Ledger()

    def allows(self, user: str, method: str) -> bool:
        """Whether the user may make one more request, which then counts. Raises StoreUnusable."""
        return method in ("GET", "HEAD") or self._ledger.mark(f"pace {user}", self.most, _WINDOW_SECONDS)
