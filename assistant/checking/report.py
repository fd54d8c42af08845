"""The findings of the index as a report: by document, then by check, each with the cells and sentences it read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Literal

from index.money import parse_number
from index.reconcile.rules import rules
from index.records import DocumentRecord, FindingRecord

if TYPE_CHECKING:
    from index.warehouse import Warehouse

Outcome = Literal["differs", "rounding", "holds", "not_checkable"]

OUTCOMES: Final[dict[Outcome, str]] = {
    "differs": "不符", "rounding": "尾差", "holds": "相符", "not_checkable": "无从核对"
}  # fmt: skip
"""What can come of a check, worst first, and how a reader calls it."""

_CELLS: Final = """
SELECT f.figure_id, t.table_no, t.title, coalesce(f.page, t.page_first), f.code, coalesce(nullif(f.row_label, ''),
       CASE WHEN f.is_total THEN '合计' ELSE '' END), f.column_path, f.printed, f.unit,
       nullif(t.file, d.file)
FROM figures f JOIN tables t USING (table_id) JOIN documents d ON d.document_id = f.document_id
WHERE f.document_id = $1 AND f.figure_id IN (SELECT unnest(figure_ids) FROM findings WHERE document_id = $1)
"""
_SENTENCES: Final = """
SELECT s.statement_id, s.sentence, p.page, p.section, nullif(p.file, d.file)
FROM statements s JOIN paragraphs p USING (paragraph_id) JOIN documents d ON d.document_id = s.document_id
WHERE s.document_id = $1 AND s.statement_id IN (SELECT unnest(statement_ids) FROM findings WHERE document_id = $1)
"""


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A cell that a check read, named as a person would find it; ``file`` is told where a document has several."""

    table_no: str | None
    table_title: str
    page: int | None
    code: str | None
    row: str
    column: str
    printed: str
    unit: str | None
    file: str | None

    @property
    def table(self) -> str:
        """The table's number and title, and its file."""
        return " ".join(filter(None, (self.table_no, self.table_title, f"（{self.file}）" if self.file else "")))

    @property
    def value(self) -> str:
        """What is printed, with its unit."""
        return " ".join(filter(None, (self.printed, self.unit))) if self.printed else "（空）"

    @property
    def is_nothing(self) -> bool:
        """Whether the cell adds nothing to a sum."""
        return not self.printed.strip() or parse_number(self.printed) == 0


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """A sentence that a check read; ``file`` is told where a document has several."""

    text: str
    page: int | None
    section: tuple[str, ...]
    file: str | None

    @property
    def place(self) -> str:
        """Where it stands."""
        page = f"第 {self.page} 页" if self.page else ""
        return " › ".join(filter(None, (self.file, *self.section, page)))


@dataclass(frozen=True, slots=True)
class ReportedFinding:
    """One result; ``difference`` is in 元, or in percentage points where per cents were compared."""

    finding_id: str
    outcome: Outcome
    message: str
    difference: Decimal | None
    cells: tuple[ReadCell, ...]
    sentences: tuple[ReadSentence, ...]

    @property
    def telling_cells(self) -> tuple[ReadCell, ...]:
        """The cells without the zeros and blanks among the parts of a sum."""
        return tuple(cell for at, cell in enumerate(self.cells) if at == 0 or not cell.is_nothing)


@dataclass(frozen=True, slots=True)
class CheckReport:
    """All results of one check, worst first."""

    check: str
    findings: tuple[ReportedFinding, ...]

    @property
    def counts(self) -> Counter[Outcome]:
        """How many came out how."""
        return Counter(finding.outcome for finding in self.findings)

    def of(self, outcomes: Iterable[Outcome]) -> list[ReportedFinding]:
        """The results that came out so."""
        return [finding for finding in self.findings if finding.outcome in outcomes]


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """All checks of one document, those with contradictions first."""

    document: DocumentRecord
    checks: tuple[CheckReport, ...]

    @property
    def budget(self) -> str:
        """Whose budget it is, of which year and which sort: titles often leave out one of them."""
        year = f"{self.document.year}年" if self.document.year else ""
        return f"{self.document.unit_name}{year}{self.document.unit_level}{self.document.document_type}"

    @property
    def counts(self) -> Counter[Outcome]:
        """How many results came out how."""
        return sum((check.counts for check in self.checks), Counter())

    @property
    def row_checks(self) -> Counter[Outcome]:
        """The same for the checks within one table's rows: they tell whether tables were read rightly."""
        return sum((check.counts for check in self.checks if check.check in rules().row_checks), Counter())


def report(warehouse: Warehouse, documents: Sequence[DocumentRecord]) -> tuple[DocumentReport, ...]:
    """The reports of ``documents``, in their order."""
    findings: dict[str, list[FindingRecord]] = {document.document_id: [] for document in documents}
    for finding in warehouse.findings():
        if finding.document_id in findings:
            findings[finding.document_id].append(finding)
    return tuple(_document_report(warehouse, document, findings[document.document_id]) for document in documents)


def held_percent(counts: Mapping[Any, int]) -> Decimal | None:
    """The share of results that hold, a difference of rounding included; None where nothing could be checked.

    >>> held_percent({"holds": 96, "rounding": 1, "differs": 3, "not_checkable": 9})
    Decimal('97.0')
    """
    held = counts.get("holds", 0) + counts.get("rounding", 0)
    checked = held + counts.get("differs", 0)
    return (Decimal(100 * held) / checked).quantize(Decimal("0.1")) if checked else None


def holding_and_differing(findings: Iterable[FindingRecord]) -> tuple[int, list[str]]:
    """How many checks hold, but for rounding, and what the others say that were made."""
    outcomes = [(_outcome(each), each.message) for each in findings]
    holding = sum(outcome in ("holds", "rounding") for outcome, _ in outcomes)
    return holding, [message for outcome, message in outcomes if outcome == "differs"]


def _document_report(
    warehouse: Warehouse, document: DocumentRecord, findings: Sequence[FindingRecord]
) -> DocumentReport:
    warehouse = warehouse.holding([document.document_id])
    cells = {key: ReadCell(*rest) for key, *rest in warehouse.execute(_CELLS, [document.document_id])[1]}
    sentences = {
        key: ReadSentence(text, page, tuple(section), file)
        for key, text, page, section, file in warehouse.execute(_SENTENCES, [document.document_id])[1]
    }
    grouped: dict[str, list[ReportedFinding]] = {}
    for record in findings:
        grouped.setdefault(record.check_name, []).append(
            ReportedFinding(
                record.finding_id,
                _outcome(record),
                record.message,
                record.difference,
                tuple(cells[key] for key in record.figure_ids if key in cells),
                tuple(dict.fromkeys(sentences[key] for key in record.statement_ids if key in sentences)),
            )
        )
    order = list(OUTCOMES)
    checks = [
        CheckReport(check, tuple(sorted(found, key=lambda each: order.index(each.outcome))))
        for check, found in grouped.items()
    ]
    return DocumentReport(document, tuple(sorted(checks, key=lambda check: order.index(check.findings[0].outcome))))


def _outcome(record: FindingRecord) -> Outcome:
    outcomes: dict[str, Outcome] = {"differs": "differs", "holds": "holds", "not_checkable": "not_checkable"}
    return "rounding" if record.result == "differs" and record.is_rounding else outcomes[record.result]
