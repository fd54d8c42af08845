"""A stand-in for the engine: hand-made answers over a small real warehouse, for what must not depend on the rules."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from assistant.answer import Answer, Clarify, Figure, TableCitation, TextCitation
from assistant.errors import QuestionInvalid
from assistant.explain import Explanation, Fact
from assistant.originals import Originals
from index.clean.table import CleanCell, CleanRow, CleanTable, Column
from index.document import Document, Place, RecognisedPage
from index.manifest import FileEntry, IndexVersion, Manifest
from index.parsed import ParsedDocument
from index.prose import CellReference, DocumentProfile, Finding, OutlinedParagraph
from index.warehouse import open_warehouse, write_warehouse

DOCUMENT_ID = "0123456789ab"
UNIT = "某某区委办公室"
FILE = "某某区委办公室_2024.txt"
ANNEX = "某某区委办公室_2024_附表.pdf"
SECTION = ("第二部分 2024年部门预算情况说明", "二、2024年“三公”经费预算情况说明")
SENTENCE = "公务接待费预算 0.69 万元，比上年减少 0.09 万元。"


@dataclass(frozen=True, slots=True)
class Step:
    """As the engine's."""

    name: str
    text: str


def small_document() -> ParsedDocument:
    """A table of 60 rows with a two-storey header, one with printed places, one paragraph, two findings."""
    header = (("科目编码", "科目名称", "合计", "基本支出", ""), ("", "", "", "人员经费", "公用经费"))
    body = tuple((f"302{n:02}", f"第{n}项费用", f"{n}.69", "0.00", f"{n}.69") for n in range(1, 61))
    columns = tuple(
        Column(n, path, "measure", unit="万元")
        for n, path in enumerate(("合计", "基本支出/人员经费", "基本支出/公用经费"), 3)
    )
    rows = tuple(
        CleanRow(n, row[1], row[1], tuple(CleanCell(c, row[c - 1], "amount", Decimal(row[c - 1])) for c in (3, 4, 5)))
        for n, row in enumerate(body, 1)
    )
    title = "一般公共预算基本支出表"
    table = CleanTable(
        1, "附表4-6", title, title, 1.0, "万元", columns, rows, "figures", None, header + body, 2, SECTION[:1]
    )
    paragraphs = (OutlinedParagraph(7, f"“三公”经费合计 20.69 万元。{SENTENCE}<b>其中</b>", SECTION),)
    cells = (CellReference(1, "1", 3), CellReference(1, "2", 3))
    findings = (
        Finding("合计=分项之和", "differs", "合计 1.69 与分项之和 2.69 差 1.00 万元。", Decimal(10000), cells=cells),
        Finding("收入=支出", "holds", "收入总计等于支出总计。"),
    )
    profile = DocumentProfile(f"{UNIT}2024年部门预算", UNIT, None, None, 2024, "预算", "部门")
    document = Document(DOCUMENT_ID, FILE, DOCUMENT_ID * 5 + "abcd", (), recognised=(RecognisedPage(ANNEX, 2, 0),))
    return ParsedDocument(document, profile, paragraphs, (table, printed_table()), (), findings, ())


def printed_table() -> CleanTable:
    """Twenty rows on the first page of the annex and as many on the second, which is a scan."""
    header = ("项目", "金额")
    body = tuple((f"项目{n}", f"{n}.05") for n in range(1, 41))
    columns = (Column(2, "金额", "measure", unit="万元"),)
    rows = tuple(
        CleanRow(n, row[0], row[0], (CleanCell(2, row[1], "amount", Decimal(row[1])),)) for n, row in enumerate(body, 1)
    )
    places = ((), ()), *(tuple((place_of_cell(n, c),) for c in (1, 2)) for n in range(1, 41))
    return CleanTable(
        2, "附表5", "项目支出表", "项目支出表", 1.0, "万元", columns, rows, "figures", None, (header, *body), 1,
        SECTION[:1], page_first=1, page_last=2, file=ANNEX, places=places,
    )  # fmt: skip


def place_of_cell(row: int, column: int) -> Place:
    """Where a cell of the annex is printed."""
    page, line = divmod(row - 1, 20)
    left, top = (0.2, 0.55)[column - 1], 0.1 + line * 0.04
    return Place(page + 1, left, top, left + 0.25, top + 0.03)


def write_annex(path: Path) -> None:
    """The annex as a file: a box with its text at the place of each cell."""
    pages = [Image.new("RGB", (827, 1169), "white") for _ in range(2)]
    for row in range(1, 41):
        for column, text in ((1, f"No. {row}"), (2, f"{row}.05")):
            place = place_of_cell(row, column)
            pen = ImageDraw.Draw(pages[place.page - 1])
            box = (place.left * 827, place.top * 1169, place.right * 827, place.bottom * 1169)
            pen.rectangle(box, outline="gray")
            pen.text((box[0] + 8, box[1] + 8), text, fill="black", font_size=18)
    pages[0].save(path, save_all=True, append_images=pages[1:])


def annexed(folder: Path) -> IndexVersion:
    """What the small warehouse was built from: the annex lies in the folder."""
    path = folder / ANNEX
    if not path.exists():
        write_annex(path)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    files = (FileEntry(file=str(path), status="part", sha256=sha256, document_id=DOCUMENT_ID),)
    made = datetime(2026, 1, 1, tzinfo=UTC)
    return IndexVersion(folder, Manifest(version="v1", format="", parser="", model="", created=made,
                                         warehouse_bytes=0, files=files))  # fmt: skip


def annex_citation(n: int, row: int) -> TableCitation:
    """Points into the annex."""
    told = {
        "table_no": "附表5",
        "table_title": "项目支出表",
        "table_id": f"{DOCUMENT_ID}.t2",
        "row_label": f"项目{row}",
    }
    place = {"row": row, "column": "金额", "column_no": 2, "value": f"{row}.05", "page": 1 if row <= 20 else 2}
    return table_citation(n, row).model_copy(update={**told, **place, "document": ANNEX, "code": None})


def table_citation(n: int, row: int, column_no: int = 3) -> TableCitation:
    """Points into the small document's table."""
    return TableCitation(
        n=n,
        document=FILE,
        unit_name=UNIT,
        year=2024,
        table_no="附表4-6",
        table_title="一般公共预算基本支出表",
        table_id=f"{DOCUMENT_ID}.t1",
        row=row,
        row_label=f"第{row}项费用",
        code=f"302{row:02}",
        column={3: "合计", 4: "基本支出/人员经费", 5: "基本支出/公用经费"}[column_no],
        column_no=column_no,
        value=f"{row}.69",
        unit="万元",
        page=None,
    )


TEXT_CITATION = TextCitation(
    n=2,
    document=FILE,
    unit_name=UNIT,
    year=2024,
    section=list(SECTION),
    paragraph=7,
    paragraph_id=f"{DOCUMENT_ID}.p7",
    quote=SENTENCE,
    page=None,
)


ODD = """比上年下降 5~10%，其中3~4月最低。

**合计：**38.52 万元[2]

2024. 年初预算如此。

1. 甲
3. 丙

![x](http://example.com/a.png) [y](http://example.com/b) <img src=http://example.com/c.png>"""
"""What Markdown would make something else of."""


class FixtureEngine:
    """Has the engine's interface; which answer comes depends on a word in the question."""

    def __init__(self, folder: Path) -> None:
        path = folder / "small.duckdb"
        if not path.exists():
            write_warehouse(path, [small_document()])
        self.warehouse = open_warehouse(path)
        version = annexed(folder)
        self.version = version.manifest.version
        self.originals = Originals(lambda document: version, self.warehouse)
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    def warm_up(self) -> None:
        """Nothing to load."""

    max_question_length = 500
    model: Any = None

    def names_scope(self, question: str) -> bool:
        """Whether a question names a unit: only one is known here."""
        return UNIT in question

    def documents_named(self, text: str) -> tuple[str, ...]:
        """The only document, where its unit is named."""
        return (DOCUMENT_ID,) if UNIT in text else ()

    def ask(self, question: str, history: Sequence[str] = (), id: str = "", *, by_rules: bool = False) -> Answer:
        """An answer made by hand."""
        self.asked.append((question, tuple(history)))
        if not question.strip() or "空" in question:
            raise QuestionInvalid("问题是空的。", "请输入一个问题。")
        if "崩" in question:
            raise RuntimeError("broken engine")
        if "慢" in question:
            time.sleep(1.5)
        engine = "model" if "模型" in question and not by_rules else "rules"
        return self._answer(question).model_copy(update={"id": id, "engine": engine})

    def explain(
        self, question: str, history: Sequence[str] = (), id: str = "", *, by_rules: bool = False
    ) -> Explanation:
        """The answer and what the question was taken to mean."""
        return Explanation(
            self.ask(question, history, id, by_rules=by_rules), (Fact("范围", UNIT), Fact("SQL", "SELECT\n  1"))
        )

    def stream(self, question: str, conversation: str) -> Iterator[Step | Answer]:
        """Two steps, then the answer."""
        yield Step("understand", "理解问题…")
        yield Step("query", "生成查询…")
        yield self.ask(question)

    def _answer(self, question: str) -> Answer:
        if "哪" in question:
            options = ["第45项费用是多少？", "第2项费用是多少？"]
            clarify = Clarify(question="您问的是哪一项？", options=options)
            return self._make(question, "clarify", clarify.question, clarify=clarify)
        if "财政局" in question:
            near = ["第45项费用是多少？"]
            return self._make(question, "refuse", f"没有财政局的预算，只有{UNIT}的。", refused=True, follow_ups=near)
        if "列出" in question:
            return self._list(question)
        if "怪" in question:
            return self._make(question, "text", ODD, citations=[TEXT_CITATION])
        if "原件" in question:
            told = "项目5为 **5.05 万元**[1]，项目35为 **35.05 万元**[2]，见正文[3]。"
            cited = [annex_citation(1, 5), annex_citation(2, 35), TEXT_CITATION.model_copy(update={"n": 3})]
            return self._make(question, "sql", told, citations=cited)
        row = 2 if "第2项" in question else 45
        return self._make(
            question,
            "both",
            f"2024年第{row}项费用预算 **{row}.69 万元**[1]，比上年减少 0.09 万元[2]。另见第3项[3]。",
            figures=[Figure(label=f"第{row}项费用", value=f"{row}.69", unit="万元", citations=[1])],
            citations=[table_citation(1, row), TEXT_CITATION, table_citation(3, 3, 5)],
            sql='SELECT "合计" FROM 一般公共预算基本支出表',
            columns=["科目", "合计（元）"],
            rows=[[f"第{row}项费用", f"{row}6900.00"]],
            notes=["表中合计与正文相差 1.00 万元[2]"],
            follow_ups=["第2项费用是多少？", "为什么减少？"],
        )

    def _list(self, question: str) -> Answer:
        """Twelve items, the largest first: its citation is the last of all."""
        rows = range(12, 0, -1)
        lines = [f"{rank}. 第{row}项费用（302{row:02}）：**{row}.69 万元**[{row}]" for rank, row in enumerate(rows, 1)]
        return self._make(
            question,
            "sql",
            "\n".join(["最高的是 **第12项费用**，**12.69 万元**[12]。", "", *lines]),
            figures=[Figure(label=f"第{row}项费用", value=f"{row}.69", unit="万元", citations=[row]) for row in rows],
            citations=[table_citation(n, n) for n in range(1, 13)],
            sql="SELECT 1",
            columns=["名称", "编码", "数值"],
            rows=[["=HYPERLINK(1)", "30201", "16900.000000"]],
        )

    def _make(self, question: str, route: str, text: str, **parts: object) -> Answer:
        fields = {"id": "", "question": question, "standalone_question": question, "route": route, "refused": False}
        return Answer.model_validate({**fields, "answer": text, "elapsed_ms": {"total": 12.3}, **parts})
