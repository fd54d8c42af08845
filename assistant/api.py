"""The HTTP API: the contract of answer.py over JSON, on the page's own server."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import BaseModel, ConfigDict, Field
from starlette.routing import Route

from assistant.answer import Answer
from assistant.errors import NotAllowed
from assistant.journal.metrics import Metrics
from assistant.mcp_http import McpEndpoint
from assistant.mcp_server import PATH
from assistant.sources import loaded_documents
from assistant.store import StoreUnusable
from index.errors import BudgetError, IndexUnusable, StorageTrouble

if TYPE_CHECKING:
    from assistant.serving import Serving

MAX_HISTORY: Final = 50
_OUT_OF_ORDER: Final = (IndexUnusable, StoreUnusable, StorageTrouble)
"""Not the question's fault."""


class QuestionBody(BaseModel):
    """What is posted to ``/api/ask``."""

    model_config = ConfigDict(extra="forbid")

    question: str
    history: list[str] = Field(default_factory=list, max_length=MAX_HISTORY)
    id: str = ""
    no_model: bool = False


def create_api(serving: Serving, metrics: Metrics | None = None) -> FastAPI:
    """The server's JSON endpoints. The interactive docs are off: they load scripts from elsewhere.

    ``metrics``: the numbers told at ``/metrics``; without, there is no such path.
    """
    tools = McpEndpoint(serving)
    api = FastAPI(title="预算问答", docs_url=None, redoc_url=None, lifespan=tools.lifespan)
    api.router.routes.append(Route(PATH, endpoint=tools, include_in_schema=False))
    api.add_exception_handler(BudgetError, _problem)
    api.add_exception_handler(RequestValidationError, _malformed)

    @api.post("/api/ask", summary="问一个问题")
    def ask(body: QuestionBody) -> Answer:
        return serving.ask(body.question, body.history, body.id, by_rules=body.no_model)

    @api.get("/api/documents", summary="已载入的文件")
    def documents() -> list[dict[str, Any]]:
        return [asdict(each) for each in loaded_documents(serving.engine.warehouse)]

    @api.get("/api/health", summary="服务是否在运行")
    def health() -> dict[str, Any]:
        return {"status": "ok", **serving.status()}

    @api.get("/api/ready", summary="服务是否就绪")
    def ready() -> JSONResponse:
        if problem := serving.not_ready:
            told = {"status": "starting", "problem": problem.problem, "remedy": problem.remedy}
            return JSONResponse(told, status_code=503)
        return JSONResponse({"status": "ok", **serving.status()})

    if metrics:
        api.add_api_route("/metrics", partial(_numbers, metrics), include_in_schema=False)
    return api


def _numbers(metrics: Metrics) -> Response:
    return Response(metrics.text(), media_type=CONTENT_TYPE_LATEST)


def _problem(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, BudgetError):
        raise error
    status = 503 if isinstance(error, _OUT_OF_ORDER) else 403 if isinstance(error, NotAllowed) else 422
    return JSONResponse({"problem": error.problem, "remedy": error.remedy}, status_code=status)


def _malformed(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, RequestValidationError):
        raise error
    fields = "、".join(".".join(map(str, each["loc"][1:])) or "请求体" for each in error.errors())
    remedy = '请发送 {"question": "…", "history": ["…"]}。'
    return JSONResponse({"problem": f"请求不合格式：{fields}。", "remedy": remedy}, status_code=422)
