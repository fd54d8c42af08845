"""Adding and removing documents, as the page's script calls it, and what it shows of the changes under way."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, Any, Final

from anyio import open_file
from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from assistant.errors import NotAllowed
from assistant.shelf import Shelf
from assistant.shelf.item import BUSY, Item, Report
from assistant.ui.html import escape
from index.errors import BudgetError

_STREAM: Final = "application/octet-stream"
_STATES: Final = {
    "waiting": "等着读", "reading": "正在读", "read": "读好了，还没有收入", "unusable": "用不了",
    "changing": "正在更新", "done": "已更新，现在就可以问", "failed": "没有成功",
}  # fmt: skip


class Chosen(BaseModel):
    """Files that are to join."""

    model_config = ConfigDict(extra="forbid")

    ids: list[str] = Field(min_length=1, max_length=100)


def may_edit(request: Request) -> bool:
    """Whether this user changes what is loaded; where nobody has to log in, everybody at this machine does."""
    return getattr(request.state, "role", "editor") == "editor"


def editor(request: Request) -> str:
    """The editor's name. Raises NotAllowed for readers."""
    if not may_edit(request):
        raise NotAllowed("您的身份只能提问，不能加入或移出文件。", "请找管理员：users add 用户名 --role editor。")
    return str(getattr(request.state, "user", ""))


Editor = Annotated[str, Depends(editor)]


def shelf_routes(shelf: Shelf) -> APIRouter:
    """The endpoints of changes."""
    routes = APIRouter(prefix="/page", include_in_schema=False)

    @routes.get("/shelf")
    def shown(owner: Editor) -> dict[str, Any]:
        items = shelf.items()
        ready = [item.id for item in items if item.state == "read"]
        return {"html": shelf_panel(items), "busy": any(item.state in BUSY for item in items), "ready": ready}

    @routes.post("/shelf")
    async def put(owner: Editor, request: Request, name: str) -> dict[str, str]:
        # no form that another site could send without asking first
        if request.headers.get("content-type") != _STREAM:
            raise NotAllowed("请从网页上放入文件。")
        item = shelf.place_for(owner, name)
        try:
            await _received(item, request.stream(), shelf.largest)
        except BaseException:
            shelf.abandon(item)
            raise
        shelf.received(item)
        return {"id": item.id}

    @routes.post("/shelf/join")
    def join(owner: Editor, body: Chosen) -> dict[str, bool]:
        shelf.join(body.ids)
        return {"begun": True}

    @routes.delete("/shelf/{id}")
    def clear(owner: Editor, id: str) -> dict[str, bool]:
        shelf.clear(id)
        return {"cleared": True}

    @routes.delete("/documents/{document_id}")
    def remove(owner: Editor, document_id: str) -> dict[str, bool]:
        shelf.remove(owner, document_id)
        return {"begun": True}

    return routes


async def _received(item: Item, stream: AsyncIterator[bytes], largest: int) -> None:
    """Writes what comes in. Raises BudgetError for too much or nothing."""
    size = 0
    async with await open_file(str(item.path), "wb") as file:
        async for part in stream:
            size += len(part)
            if size > largest:
                raise BudgetError(f"“{item.name}”太大（最多 {largest >> 20} MB）。", "请在命令行用 build 收入。")
            await file.write(part)
    if not size:
        raise BudgetError(f"“{item.name}”是空的。")


def shelf_panel(items: list[Item]) -> str:
    """One entry for each change, the last first."""
    return "".join(map(_entry, reversed(items)))


def _entry(item: Item) -> str:
    is_busy = item.state in BUSY
    step = f"：{item.step} {item.share:.0%}" if is_busy and item.step else ""
    bar = f'<progress max="1" value="{item.share:.3f}" aria-label="进度"></progress>' if is_busy else ""
    join = "再试一次" if item.state == "failed" else "收入"
    can_join = item.state in ("read", "failed") and not item.document_id
    buttons = (f'<button type="button" class="main" data-join="{item.id}">{join}</button>' if can_join else "") + (
        "" if is_busy else f'<button type="button" data-clear="{item.id}">{"不要" if can_join else "知道了"}</button>'
    )
    what = "移出" if item.document_id else "加入"
    told = f"<p>{escape(item.told)}</p>" if item.told else ""
    report = _report(item.report) if item.report and item.state != "done" else ""
    return (
        f'<section class="change {item.state}" data-id="{item.id}"><p><b>{what}：{escape(item.name)}</b>　'
        f"{_STATES[item.state]}{step}</p>{bar}{told}{report}<footer>{buttons}</footer></section>"
    )


def _report(report: Report) -> str:
    """What was read of a file."""
    read = [f"{report.figures} 个数据格", f"正文 {report.statements} 个数"]
    if report.held is not None:
        read.append(f"表内核对 {report.held} % 相符")
    told = "".join(f'<p class="note">{escape(line)}</p>' for line in report.told)
    return (
        f"<p>{escape(report.budget)}：{'，'.join(read)}</p>"
        f'<p class="facts">{escape("、".join(report.tables) or "没有认出表")}</p>{told}{_findings(report)}'
    )


def _findings(report: Report) -> str:
    if not report.differing:
        return ""
    listed = "".join(f"<li>{escape(message)}</li>" for message in report.findings)
    rest = f"<li>……共 {report.differing} 项</li>" if report.differing > len(report.findings) else ""
    summary = f"<summary>{report.differing} 项对不上</summary>"
    return f'<details class="checks differs">{summary}<ul>{listed}{rest}</ul></details>'
