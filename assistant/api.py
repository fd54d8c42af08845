"""The HTTP API: the contract of answer.py over JSON, on the page's own server."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.routing import Route

from assistant.answer import Answer
from assistant.errors import NotAllowed
from assistant.interface import DOCS_PATH, Health, Loaded, Problem, QuestionBody, Starting, docs_page
from assistant.journal.metrics import Metrics
from assistant.mcp_http import McpEndpoint
from assistant.mcp_server import PATH
from assistant.sources import loaded_documents
from assistant.store import StoreUnusable
from index.errors import BudgetError, IndexUnusable, StorageTrouble

if TYPE_CHECKING:
    from assistant.serving import Serving

_OUT_OF_ORDER: Final = (IndexUnusable, StoreUnusable, StorageTrouble)
"""Not the question's fault."""
_REASONS: Final = {422: "请求有误，或问题不合要求", 503: "索引用不了"}


def create_api(serving: Serving, metrics: Metrics | None = None) -> FastAPI:
    """The server's JSON endpoints, and a page that tells of them: FastAPI's own loads scripts from elsewhere.

    ``metrics``: the numbers told at ``/metrics``; without, there is no such path.
    """
    tools = McpEndpoint(serving)
    api = FastAPI(title="预算问答", docs_url=None, redoc_url=None, lifespan=tools.lifespan)
    api.router.routes.append(Route(PATH, endpoint=tools, include_in_schema=False))
    api.add_exception_handler(BudgetError, _problem)
    api.add_exception_handler(RequestValidationError, _malformed)

    _add_answers(api, serving)
    _add_state(api, serving)

    @api.get(DOCS_PATH, include_in_schema=False)
    def docs(request: Request) -> HTMLResponse:
        return HTMLResponse(docs_page(api.openapi(), str(request.base_url).rstrip("/")))

    if metrics:
        api.add_api_route("/metrics", partial(_numbers, metrics), include_in_schema=False)
    return api


def _add_answers(api: FastAPI, serving: Serving) -> None:
    """Questions, and what they can be asked about."""

    @api.post("/api/ask", summary="问一个问题", response_description="回答", responses=_refused(422, 503))
    def ask(body: QuestionBody) -> Answer:
        return serving.ask(body.question, body.history, body.id, by_rules=body.no_model)

    @api.get("/api/documents", summary="已载入的文件", response_description="各份文件", responses=_refused(503))
    def documents() -> list[Loaded]:
        return [Loaded.model_validate(asdict(each)) for each in loaded_documents(serving.engine.warehouse)]


def _add_state(api: FastAPI, serving: Serving) -> None:
    """Whether the service runs, and whether it can answer."""
    starting = {503: {"model": Starting, "description": "还没有就绪"}}
    not_ready: Any = {"response_model": Health, "responses": starting}

    @api.get("/api/health", summary="服务是否在运行", response_description="在运行")
    def health() -> Health:
        return Health(status="ok", **serving.status())

    @api.get("/api/ready", summary="服务是否就绪", response_description="就绪", **not_ready)
    def ready() -> Any:
        if problem := serving.not_ready:
            told = Starting(status="starting", problem=problem.problem, remedy=problem.remedy)
            return JSONResponse(told.model_dump(), status_code=503)
        return Health(status="ok", **serving.status())


def _refused(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What an endpoint says when it has no answer, for its description."""
    return {each: {"model": Problem, "description": _REASONS[each]} for each in statuses}


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
