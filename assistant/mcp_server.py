"""The same answers for other programs' assistants, over the Model Context Protocol: ask, documents, check, page."""

from __future__ import annotations

import io
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from mcp.server.fastmcp import FastMCP, Image
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import ToolAnnotations
from PIL import Image as Picture
from PIL import ImageDraw

from assistant.checking.report import holding_and_differing
from assistant.sources import find_documents, loaded_documents
from index.pages import CitedPage, cited_cell, cited_sentence

if TYPE_CHECKING:
    from assistant.serving import Serving

PATH: Final = "/mcp"
MOST_FINDINGS: Final = 100
_READS: Final = ToolAnnotations(readOnlyHint=True, openWorldHint=False)
_INSTRUCTIONS: Final = (
    "查询已公开的部门预算、决算。数字一律用 ask 的回答，不要自己推算；引用时带上出处；refused 为真时如实说没有。"
)


def create_mcp(serving: Serving) -> FastMCP:
    """The tools over an engine. Over HTTP every request stands alone: who may ask is settled before it comes here."""
    server = FastMCP(
        "预算问答",
        instructions=_INSTRUCTIONS,
        log_level="WARNING",
        stateless_http=True,
        json_response=True,
        streamable_http_path=PATH,
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )

    @server.tool(
        description="问一个预算问题，得到回答、数字和出处。history：此前的问题，先问的在前。", annotations=_READS
    )
    def ask(question: str, history: list[str] | None = None) -> dict[str, Any]:
        return serving.ask(question, history or (), way="mcp").model_dump(mode="json")

    @server.tool(description="列出已载入的预算、决算文件。", annotations=_READS)
    def documents() -> list[dict[str, Any]]:
        return [asdict(each) for each in loaded_documents(serving.engine.warehouse)]

    @server.tool(
        description="文件里前后对不上的数（不含四舍五入的尾差）。document：文件名、单位或编号，不给就是全部。",
        annotations=_READS,
    )
    def check(document: str | None = None) -> list[dict[str, Any]]:
        return _contradictions(serving, document)

    @server.tool(
        description="引用处所在的原件页面图，引用的格或句加了框。参数照抄 ask 的 citations：表格给 table_id、row、"
        "column_no，正文给 paragraph_id、quote。",
        annotations=_READS,
        structured_output=False,
    )
    def page_image(
        table_id: str = "", row: int = 0, column_no: int = 0, paragraph_id: str = "", quote: str = ""
    ) -> Image:
        engine = serving.engine
        if paragraph_id:
            page = cited_sentence(engine.warehouse, paragraph_id, quote)
        else:
            page = cited_cell(engine.warehouse, table_id, row, column_no)
        return Image(data=_boxed(engine.originals.picture(page), page), format="png")

    return server


def _contradictions(serving: Serving, wanted: str | None) -> list[dict[str, Any]]:
    """Each document with what doesn't add up in it. Raises DocumentError where there is no such document."""
    warehouse = serving.engine.warehouse
    told = []
    for record in find_documents(warehouse, wanted):
        holding, differing = holding_and_differing(warehouse.findings(record.document_id))
        told.append({
            "document": record.file,
            "title": record.title,
            "holds": holding,
            "differs": len(differing),
            "messages": differing[:MOST_FINDINGS],
        })  # fmt: skip
    return told


def _boxed(png: bytes, page: CitedPage) -> bytes:
    """The page's picture with its boxes drawn on it."""
    with Picture.open(io.BytesIO(png)) as opened:
        picture = opened.convert("RGB")
    pen = ImageDraw.Draw(picture)
    for place in page.places:
        edges = (place.left * picture.width, place.top * picture.height)
        ends = (place.right * picture.width, place.bottom * picture.height)
        pen.rectangle((*edges, *ends), outline=(180, 83, 9), width=3)
    drawn = io.BytesIO()
    picture.save(drawn, "PNG")
    return drawn.getvalue()
