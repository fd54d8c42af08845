"""The changes that editors make, one after the other in the background."""

from __future__ import annotations

import logging
import shutil
import threading
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import active_children
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from assistant.shelf.child import build_apart
from assistant.shelf.files import move_in, paths_after, safe_name, set_aside
from assistant.shelf.item import BUSY, Item, State, report_on
from index.errors import BudgetError
from index.manifest import open_version

if TYPE_CHECKING:
    from index.manifest import FileEntry, Manifest
    from index.steps import BuildEvent

MOST_ITEMS: Final = 20
"""Files that one person may have waiting."""

_STEPS: Final = {"parse": "读文件", "embed": "算向量", "vectors": "存向量", "check": "核验"}

log = logging.getLogger(__name__)


class Follower(Protocol):
    """Who has to know of a new index."""

    def look(self) -> None:
        """Takes up the newest; returns once that is asked, or can't be."""


class Shelf:
    """Files on their way into an index, and documents on their way out. Safe to use from several threads.

    ``largest``: how many bytes a file may have.
    """

    def __init__(self, serving: Follower, index_dir: Path, documents_dir: Path, model: str, largest: int) -> None:
        self.largest = largest
        self._serving = serving
        self._index_dir = index_dir
        self._documents_dir = documents_dir
        self._model = model
        self._room = index_dir / "uploads"
        self._items: dict[str, Item] = {}
        self._lock = threading.Lock()
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="shelf")
        shutil.rmtree(self._room, ignore_errors=True)

    def items(self) -> list[Item]:
        """All changes that are waiting, in hand or done and not yet cleared away, in the order they were asked for."""
        with self._lock:
            return [replace(item) for item in self._items.values()]

    def place_for(self, owner: str, name: str) -> Item:
        """Where a file is to be written that comes in. Raises BudgetError for a name or a number that isn't taken."""
        item = Item(uuid.uuid4().hex, safe_name(name), owner)
        with self._lock:
            if sum(each.owner == owner for each in self._items.values()) >= MOST_ITEMS:
                raise BudgetError(f"一次最多放 {MOST_ITEMS} 份文件。", "请先收入或去掉前面的。")
        item.path = self._room / item.id / item.name
        item.path.parent.mkdir(parents=True)
        return item

    def received(self, item: Item) -> None:
        """The file is there: it is read in its turn."""
        with self._lock:
            self._items[item.id] = item
        self._worker.submit(self._guarded, [item], lambda: self._read(item))

    def abandon(self, item: Item) -> None:
        """Forgets a file, be it half received."""
        shutil.rmtree(self._room / item.id, ignore_errors=True)

    def join(self, ids: Sequence[str]) -> None:
        """Takes files that were read into the index. Raises BudgetError where there are none such."""
        with self._lock:
            items = [item for item in map(self._items.get, ids) if item and item.state in ("read", "failed")]
            for item in items:
                item.state = "changing"
        if not items:
            raise BudgetError("没有可以收入的文件。", "请等文件读完，再收入。")
        self._worker.submit(self._guarded, items, lambda: self._join(items))

    def remove(self, owner: str, document_id: str) -> None:
        """Takes a document out of the index. Raises BudgetError where there is none such, or no other."""
        manifest = self._manifest()
        entries = _entries(manifest, document_id)
        if not entries:
            raise BudgetError("没有这份文件（可能已经移出）。", "请刷新页面再看。")
        paths_after(manifest, (), document_id)
        name = next((each.summary.budget for each in entries if each.summary), entries[0].name)
        item = Item(uuid.uuid4().hex, name, owner, document_id=document_id, state="changing")
        with self._lock:
            if any(each.document_id == document_id and each.state in BUSY for each in self._items.values()):
                raise BudgetError("这份文件正在移出。", "请等一下。")
            self._items[item.id] = item
        self._worker.submit(self._guarded, [item], lambda: self._remove(item))

    def clear(self, id: str) -> None:
        """Forgets a change that is not in hand; its file goes with it. Raises BudgetError for one that is."""
        with self._lock:
            item = self._items.get(id)
            if item and item.state in BUSY:
                raise BudgetError("这份文件正在处理。", "请等处理完。")
            self._items.pop(id, None)
        if item:
            self.abandon(item)

    def close(self) -> None:
        """Ends the change in hand, and those that wait for it: the index is left as it was."""
        self._worker.shutdown(wait=False, cancel_futures=True)
        for child in active_children():
            child.terminate()

    def _guarded(self, items: Sequence[Item], work: Callable[[], None]) -> None:
        """Does the work; what goes wrong is told of each item."""
        try:
            work()
        except (BudgetError, OSError) as error:
            told = str(error) if isinstance(error, BudgetError) else f"磁盘读写出错：{error.strerror}。"
            self._tell(items, "unusable" if items[0].state == "reading" else "failed", told)
        except Exception:  # the editor needs a message; the log has the traceback
            log.exception("unexpected error while changing what is loaded")
            self._tell(items, "failed", "出了内部错误，什么也没有改变。详情已记入服务日志。")

    def _read(self, item: Item) -> None:
        if item.path is None:
            return
        item.state = "reading"
        alone = item.path.parent / "index"
        build_apart([item.path], alone, self._model, lambda event: self._follow([item], event))
        item.report = report_on(alone, self._manifest())
        shutil.rmtree(alone, ignore_errors=True)
        self._tell([item], "read", "")

    def _join(self, items: Sequence[Item]) -> None:
        moved: list[tuple[Item, Path]] = []
        try:
            for item in items:
                if item.path:
                    moved.append((item, move_in(item.path, item.name, self._documents_dir)))
            self._rebuild(items, paths_after(self._manifest(), [path for _, path in moved]))
        except BaseException:
            for item, path in moved:
                if item.path:
                    shutil.move(path, item.path)
            raise
        entries = {each.file: each for each in self._manifest().files}
        for item, path in moved:
            self._tell([item], "done", _outcome(entries.get(str(path))))

    def _remove(self, item: Item) -> None:
        manifest = self._manifest()
        self._rebuild([item], paths_after(manifest, (), item.document_id))
        set_aside(_entries(manifest, item.document_id), self._documents_dir)
        self._tell([item], "done", "")

    def _rebuild(self, items: Sequence[Item], paths: Sequence[Path]) -> None:
        build_apart(paths, self._index_dir, self._model, lambda event: self._follow(items, event))
        self._serving.look()

    def _follow(self, items: Sequence[Item], event: BuildEvent) -> None:
        with self._lock:
            for item in items:
                item.step = _STEPS[event.stage]
                item.share = event.done / event.total if event.total else 1.0

    def _tell(self, items: Sequence[Item], state: State, told: str) -> None:
        with self._lock:
            for item in items:
                item.state, item.told = state, told

    def _manifest(self) -> Manifest:
        return open_version(self._index_dir).manifest


def _outcome(entry: FileEntry | None) -> str:
    """What became of a file in the new index, where there is something to say."""
    if entry is None or not entry.told:
        return ""
    return entry.told if entry.status in ("document", "part") else f"没有用来回答：{entry.told}"


def _entries(manifest: Manifest, document_id: str) -> list[FileEntry]:
    return [each for each in manifest.files if document_id and each.document_id == document_id]
