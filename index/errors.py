"""Errors a user can do something about: each says in Chinese what was wrong and what to do."""

from __future__ import annotations

import errno
from typing import Final

_REASONS: Final = {
    errno.ENOSPC: "磁盘已满", errno.EDQUOT: "磁盘配额已用完", errno.EROFS: "所在的磁盘是只读的",
    errno.EACCES: "没有权限", errno.EPERM: "没有权限", errno.EFBIG: "文件超过了允许的大小", errno.EIO: "磁盘读写出错",
}  # fmt: skip


def reason(error: OSError) -> str:
    """Why the system refused, in Chinese where it is a usual one.

    >>> reason(OSError(errno.ENOSPC, "No space left on device"))
    '磁盘已满'
    """
    return _REASONS.get(error.errno or 0, error.strerror or str(error))


def is_disk_trouble(error: OSError) -> bool:
    """Whether the disk is to blame and not what was being read."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG)


class BudgetError(Exception):
    """Base of all errors shown to users. ``exit_code`` is the command line's."""

    exit_code = 1

    def __init__(self, problem: str, remedy: str = "") -> None:
        super().__init__(f"{problem}{'　' + remedy if remedy else ''}")
        self.problem = problem
        self.remedy = remedy

    def __reduce__(self) -> tuple[object, ...]:
        """What another process raises again: an error of the same class, whatever that is made of."""
        return _again, (type(self), self.problem, self.remedy)


def _again(kind: type[BudgetError], problem: str, remedy: str) -> BudgetError:
    """
    >>> import pickle
    >>> pickle.loads(pickle.dumps(IndexUnusable("坏了。", "请重建。"))).remedy
    '请重建。'
    """
    error = kind.__new__(kind)
    BudgetError.__init__(error, problem, remedy)
    return error


class DocumentError(BudgetError):
    """One document can't be used: missing, empty, unreadable, of an unknown format, or no budget."""

    exit_code = 3


class StorageTrouble(BudgetError):
    """Something can't be written: the disk is full, the folder is read-only. What was there before is untouched."""


class PageUnavailable(BudgetError):
    """A cited page can't be shown: the format has none, or the file is gone or changed."""


class IndexUnusable(BudgetError):
    """The index is absent, damaged or of another version."""

    exit_code = 4
