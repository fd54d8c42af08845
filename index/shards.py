"""An index in shards: ordinary indexes side by side, and a small list of which of their versions answer together.

index_dir/CURRENT                          the name of the version that serves, as of any index
index_dir/versions/<name>/shards.json      the shards, the version of each, and the documents that it holds
index_dir/shards/<shard>/                  an ordinary index each
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict

from index.errors import BudgetError, IndexUnusable, StorageTrouble, reason
from index.manifest import VERSIONS, format_version, of_this_format, open_version, pointed_at
from index.publish import locked, new_version
from index.records import DocumentRecord
from index.warehouse import open_warehouse

SHARDS: Final = "shards"
LIST: Final = "shards.json"

REMEDY: Final = "请运行 python -m assistant shards 重新登记各片。"
_TOLD: Final = 3


class HeldDocument(BaseModel):
    """A document of a shard, and the units that its tables name as parts of its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    record: DocumentRecord
    units: tuple[str, ...] = ()


class Shard(BaseModel):
    """One shard: which of its versions answers, and what that holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    version: str
    model: str
    warehouse_bytes: int
    documents: tuple[HeldDocument, ...]


class ShardList(BaseModel):
    """One version of an index in shards."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str
    format: str
    created: datetime
    shards: tuple[Shard, ...]


def shard_dir(index_dir: Path, name: str) -> Path:
    """The ordinary index that a shard is. Raises BudgetError for a name that can be none."""
    if not re.fullmatch(r"\w[\w.-]*", name):
        raise BudgetError(f"“{name}”不能做片的名称。", "请用汉字、字母、数字、- 和 _，例如 湖北-2024。")
    return index_dir / SHARDS / name


def require_shards(index_dir: Path) -> None:
    """Raises BudgetError where the folder holds an ordinary index: what that answers would be lost."""
    if _served(index_dir) and not is_sharded(index_dir):
        raise BudgetError(f"“{index_dir}”是不分片的索引，不能加片。", "请用 --index 另给一个目录。")


def require_ordinary(index_dir: Path) -> None:
    """Raises BudgetError where the folder holds an index in shards."""
    if is_sharded(index_dir):
        raise BudgetError(f"“{index_dir}”是分片的索引。", "请用 --shard 指明建哪一片，或用 --index 另给一个目录。")


def is_sharded(index_dir: Path) -> bool:
    """Whether the index that serves is one in shards."""
    served = _served(index_dir)
    return bool(served) and (index_dir / VERSIONS / served / LIST).is_file()


def _served(index_dir: Path) -> str:
    """The name of the version that serves; empty where there is none."""
    try:
        return pointed_at(index_dir)
    except IndexUnusable:
        return ""


def read_shards(index_dir: Path) -> ShardList:
    """The shards that answer together. Raises IndexUnusable."""
    path = index_dir / VERSIONS / pointed_at(index_dir) / LIST
    try:
        return ShardList.model_validate(of_this_format(path.read_bytes()))
    except OSError as error:
        raise IndexUnusable(f"索引“{index_dir}”读不了：{reason(error)}。", REMEDY) from error
    except ValueError as error:
        raise IndexUnusable(f"索引“{index_dir}”的分片清单已损坏。", REMEDY) from error


def publish_shards(index_dir: Path) -> ShardList:
    """Makes the newest versions of all shards in the folder answer together; until then the earlier ones do.

    Raises BudgetError where they don't go together, IndexUnusable where one can't be read.
    """
    require_shards(index_dir)
    try:
        with locked(index_dir, waits=True):
            known = {shard.name: shard for shard in _listed(index_dir)}
            shards = tuple(_shard(folder, known.get(folder.name)) for folder in _folders(index_dir))
            _require_fitting(shards)
            with new_version(index_dir) as folder:
                listed = ShardList(
                    version=folder.name, format=format_version(), created=datetime.now().astimezone(), shards=shards
                )
                (folder / LIST).write_text(listed.model_dump_json(), encoding="utf-8")
    except OSError as error:
        raise StorageTrouble(f"登记不了“{index_dir}”的各片：{reason(error)}。", "原来登记的照常使用。") from error
    return listed


def _listed(index_dir: Path) -> tuple[Shard, ...]:
    """The shards as they were listed last; none where that can't be read any more."""
    try:
        return read_shards(index_dir).shards
    except IndexUnusable:
        return ()


def _folders(index_dir: Path) -> list[Path]:
    """The shards' indexes; a folder whose first build has not ended is none yet."""
    folders = sorted(folder for folder in (index_dir / SHARDS).glob("[!.]*") if _served(folder))
    if not folders:
        raise IndexUnusable(
            f"“{index_dir}”里还没有一片建好。", "请运行 python -m assistant build --shard 名称 文件……。"
        )
    return folders


def _shard(folder: Path, known: Shard | None) -> Shard:
    """What a shard holds; what was listed of the same version is not read again."""
    if known and known.version == _served(folder):
        return known
    version = open_version(folder)
    warehouse = open_warehouse(version.warehouse)
    try:
        units = warehouse.subordinate_units()
        documents = tuple(HeldDocument(record=d, units=units.get(d.document_id, ())) for d in warehouse.documents())
    finally:
        warehouse.close()
    return Shard(
        name=folder.name,
        version=version.folder.name,
        model=version.manifest.model,
        warehouse_bytes=version.manifest.warehouse_bytes,
        documents=documents,
    )


def _require_fitting(shards: Iterable[Shard]) -> None:
    """One model for all vectors, and no budget in two shards: duplicates and corrections are told within one only."""
    models: dict[str, str] = {}
    budgets: dict[tuple[object, ...], set[str]] = defaultdict(set)
    for shard in shards:
        models.setdefault(shard.model, shard.name)
        for record in (held.record for held in shard.documents):
            budgets[record.document_id,].add(shard.name)
            budgets[record.unit_name, record.year, record.document_type, record.unit_level].add(shard.name)
    if len(models) > 1:
        told = "，".join(f"“{name}”用 {model}" for model, name in models.items())
        raise BudgetError(f"各片的向量模型不同：{told}。", "请用同一个模型（BUDGET_EMBEDDING_MODEL）重建。")
    twice = [(key, names) for key, names in budgets.items() if len(names) > 1]
    if twice:
        told = "；".join(f"{_told(key)}：{'、'.join(sorted(names))}" for key, names in twice[:_TOLD])
        raise BudgetError(f"同一份预算在几片里都有（{told}），分不出重复、更正还是另一部分。", "请放在同一片里再建。")


def _told(budget: tuple[object, ...]) -> str:
    return "".join(f"{part}年" if isinstance(part, int) else str(part) for part in budget if part)
