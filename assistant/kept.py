"""Records that were read lately, kept by their keys: an index that is built doesn't change."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Hashable, Mapping
from typing import Generic, TypeVar

_Key = TypeVar("_Key", bound=Hashable)
_Record = TypeVar("_Record")


class Kept(Generic[_Key, _Record]):
    """The last ``most`` records that ``read`` gave. Safe to share between threads; two may read the same at a time."""

    def __init__(self, most: int, read: Callable[[list[_Key]], Mapping[_Key, _Record]]) -> None:
        """``read``: all of some records at once; a key that it leaves out has none."""
        self._most = most
        self._read = read
        self._records: dict[_Key, _Record] = {}
        self._lock = threading.Lock()

    def of(self, keys: Collection[_Key]) -> dict[_Key, _Record]:
        """The records of these keys, in their order; those not kept are read in one go.

        >>> squares = Kept(2, lambda numbers: {number: number**2 for number in numbers if number})
        >>> squares.of([3, 0, 1, 2]), squares.of([2])
        ({3: 9, 1: 1, 2: 4}, {2: 4})
        """
        with self._lock:
            found = {key: self._records[key] for key in keys if key in self._records}
        if missing := [key for key in dict.fromkeys(keys) if key not in found]:
            read = self._read(missing)
            found.update(read)
            self._keep(read)
        return {key: found[key] for key in keys if key in found}

    def _keep(self, read: Mapping[_Key, _Record]) -> None:
        with self._lock:
            self._records.update(read)
            while len(self._records) > self._most:
                del self._records[next(iter(self._records))]
