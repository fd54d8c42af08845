"""The trained reader: what each stretch of a question is, and what is asked of what, from a small network."""

from assistant.trained.reader import read, trained_network
from assistant.trained.restate import restated

__all__ = ["read", "restated", "trained_network"]
