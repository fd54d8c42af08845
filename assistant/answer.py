"""The contract: what ``ask --json``, ``ask --batch``, the HTTP API and the page share."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

Route = Literal["sql", "text", "both", "clarify", "refuse"]
Engine = Literal["rules", "model"]

RELATED: Final = "文件里与所问有关的其他内容，供核对："
"""What stands in an answer before the lines that are only shown beside it."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TableCitation(_Part, title="表里的一格"):
    """One printed cell: ``row`` counts body rows from 1, ``column`` is the header path, ``value`` as printed."""

    n: int = Field(description="出处的编号，回答里写作 [1]")
    kind: Literal["table"] = Field(default="table", description="table：表里的一格")
    document: str = Field(description="文件名")
    unit_name: str = Field(description="文件是哪个单位的")
    year: int | None = Field(description="文件的年度")
    table_no: str | None = Field(description="表号，如 附表4-6")
    table_title: str = Field(description="表名")
    table_id: str = Field(description="表的标识，调 page_image 时照抄")
    row: int = Field(description="第几行，表头不算，从 1 数起")
    row_label: str = Field(description="行的名称")
    code: str | None = Field(description="行的编码，如 30217")
    column: str = Field(description="列的标题，由上到下用 / 隔开")
    column_no: int = Field(description="第几列，从 1 数起")
    value: str = Field(description="这一格所印的原样")
    unit: str | None = Field(description="计量单位")
    page: int | None = Field(description="原件的页，没有固定页面的为 null")


class TextCitation(_Part, title="正文里的一句"):
    """One quoted passage under its heading path."""

    n: int = Field(description="出处的编号，回答里写作 [1]")
    kind: Literal["text"] = Field(default="text", description="text：正文里的一句")
    document: str = Field(description="文件名")
    unit_name: str = Field(description="文件是哪个单位的")
    year: int | None = Field(description="文件的年度")
    section: list[str] = Field(description="所在的各级标题，由大到小")
    paragraph: int = Field(description="第几段")
    paragraph_id: str = Field(description="段的标识，调 page_image 时照抄")
    quote: str = Field(description="原句")
    page: int | None = Field(description="原件的页，没有固定页面的为 null")


Citation = Annotated[TableCitation | TextCitation, Field(discriminator="kind")]


class Figure(_Part, title="一个数"):
    """One figure of the answer, printed from an exact decimal, and the numbers of the citations it rests on."""

    label: str = Field(description="是什么数")
    value: str = Field(description="数值，十进制小数写成的文字，没有误差")
    unit: str = Field(description="单位：元、万元、%、倍、人……")
    citations: list[int] = Field(description="依据的各处出处的编号")


class Clarify(_Part, title="反问"):
    """What is asked back, with options that are complete questions."""

    question: str = Field(description="反问的话")
    options: list[str] = Field(description="可选的完整问题，选一个再问")


class Answer(_Part, title="回答"):
    """One answer. ``refused`` is true exactly when ``route`` is refuse."""

    id: str = Field(description="请求里的 id，照样送回")
    question: str = Field(description="问题")
    standalone_question: str = Field(description="补全后的问题：接着问的话连同上文")
    route: Route = Field(description="怎样答的：sql 查表，text 引正文，both 两样都有，clarify 反问，refuse 拒答")
    refused: bool = Field(description="是否拒答；为真时不要用别的数代替")
    answer: str = Field(description="回答的正文，[1] 是出处的编号，** 之间是要突出的字")
    clarify: Clarify | None = Field(default=None, description="反问；不反问时为 null")
    related: list[str] = Field(default_factory=list, description="回答末尾另列的相近内容，一条一行；不是答案")
    related_citations: list[int] = Field(default_factory=list, description="只有相近内容用到的出处的编号")
    figures: list[Figure] = Field(default_factory=list, description="回答里的数")
    citations: list[Citation] = Field(default_factory=list, description="出处，每一处是表里的一格或正文里的一句")
    sql: str | None = Field(default=None, description="查数用的查询语句，没有查表时为 null")
    columns: list[str] = Field(default_factory=list, description="查询结果的列名")
    rows: list[list[str]] = Field(default_factory=list, description="查询结果，金额以元为单位")
    unanswered: list[str] = Field(default_factory=list, description="问题里没有答到的事")
    notes: list[str] = Field(default_factory=list, description="提醒，如文件自相矛盾的地方")
    follow_ups: list[str] = Field(default_factory=list, description="可以接着问的话")
    engine: Engine = Field(default="rules", description="谁读的题：rules 规则，model 语言模型参与")
    elapsed_ms: dict[str, float] = Field(default_factory=dict, description="各步用了几毫秒，total 是全部")

    @property
    def told(self) -> str:
        """The answer proper, without what is only shown beside it."""
        return self.answer.partition(RELATED)[0].rstrip() if self.related else self.answer

    @property
    def sources(self) -> list[Citation]:
        """The citations of the answer proper."""
        return [citation for citation in self.citations if citation.n not in self.related_citations]
