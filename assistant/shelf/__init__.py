"""Adding and removing documents while the service runs: what comes in is read and looked at before it joins."""

from assistant.shelf.shelf import Shelf

__all__ = ["Shelf"]
