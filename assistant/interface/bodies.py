"""What goes in and comes out of the HTTP API beside an answer; each field is told in Chinese, for the page of it."""

from __future__ import annotations

from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

MAX_HISTORY: Final = 50


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class QuestionBody(_Body, title="问题"):
    """What is posted to ``/api/ask``."""

    question: str = Field(description="问题")
    history: list[str] = Field(default_factory=list, max_length=MAX_HISTORY, description="此前的问题，先问的在前")
    id: str = Field(default="", description="自己编的编号，照样送回")
    no_model: bool = Field(default=False, description="不用语言模型")


class Problem(_Body, title="出了什么问题"):
    """Why a request has no answer, and what to do about it."""

    problem: str = Field(description="什么问题")
    remedy: str = Field(description="怎么办，没有办法的为空")


class Health(_Body, title="服务的状态"):
    """What is served."""

    status: Literal["ok"] = Field(description="ok：在运行")
    index: str = Field(description="索引的版本")
    documents: int = Field(description="载入了几份文件")
    model: str | None = Field(description="语言模型的名称，不用的为 null")


class Starting(Problem, title="还没有就绪"):
    """Why the first questions would wait or fail."""

    status: Literal["starting"] = Field(description="starting：还在载入，或载入不了")


class Record(_Body, title="一份预算或决算"):
    """A document, as the index knows it."""

    document_id: str = Field(description="文件的标识")
    title: str = Field(description="标题")
    unit_name: str = Field(description="单位的全称")
    unit_code: str | None = Field(description="单位的编码")
    region: str | None = Field(description="哪个地方的")
    year: int | None = Field(description="年度")
    document_type: str = Field(description="预算或决算")
    unit_level: str = Field(description="部门或单位")
    file: str = Field(description="文件名")
    sha256: str = Field(description="文件的 SHA-256")


class Loaded(_Body, title="已载入的一份文件"):
    """A document and how much was read from it."""

    record: Record = Field(description="是谁的哪一年的")
    tables: int = Field(description="读出了几张表")
    figures: int = Field(description="读出了几格")
    paragraphs: int = Field(description="读出了几段正文")
