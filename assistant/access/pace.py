"""How often a user may ask: looking at the page costs little and isn't counted."""

from __future__ import annotations

import threading
import time
from collections import defaultdict, deque
from typing import Final

_WINDOW_SECONDS: Final = 60.0


class Pace:
    """Lets each user make ``most`` requests a minute that do something. Safe to share between threads."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._made: dict[str, deque[float]] = defaultdict(deque)
        self._lock = threading.Lock()

    def allows(self, user: str, method: str) -> bool:
        """Whether the user may make one more request, which then counts."""
        if method in ("GET", "HEAD"):
            return True
        now = time.monotonic()
        with self._lock:
            made = self._made[user]
            while made and made[0] <= now - _WINDOW_SECONDS:
                made.popleft()
            if len(made) >= self.most:
                return False
            made.append(now)
            return True
