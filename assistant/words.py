"""Chinese words: one quiet jieba tokenizer for the whole process."""

from __future__ import annotations

import logging
import threading
from functools import lru_cache

import jieba

_lock = threading.Lock()


@lru_cache(maxsize=1)
def tokenizer() -> jieba.Tokenizer:
    """The tokenizer, loaded on first use (about half a second)."""
    with _lock:
        jieba.setLogLevel(logging.WARNING)
        made = jieba.Tokenizer()
        made.initialize()
        return made
