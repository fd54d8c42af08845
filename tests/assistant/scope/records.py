"""Documents as the scope sees them."""

from __future__ import annotations

from index.records import DocumentRecord


def document(unit: str, year: int, kind: str = "预算", region: str = "随州市曾都区") -> DocumentRecord:
    """The record of a department's document."""
    name = f"{unit}{year}年部门{kind}"
    return DocumentRecord(name, name, unit, None, region, year, kind, "部门", f"{name}.txt", "0" * 64)


OFFICE = document("中共随州市曾都区委办公室", 2024)
EDUCATION = document("随州市曾都区教育局", 2024)
EDUCATION_BEFORE = document("随州市曾都区教育局", 2023)
FINANCE = document("随州市曾都区财政局", 2024)
AUDIT = document("武汉市审计局", 2024, region="武汉市")
AUDIT_FINAL = document("武汉市审计局", 2024, "决算", region="武汉市")
OTHER_AUDIT = document("黄石市审计局", 2024, region="黄石市")
DOCUMENTS = (OFFICE, EDUCATION, EDUCATION_BEFORE, FINANCE, AUDIT, AUDIT_FINAL, OTHER_AUDIT)
PARTS = {
    OFFICE.document_id: ["中共随州市曾都区委专用通信保障中心", "基本工资"],
    FINANCE.document_id: ["随州市曾都区国库收付中心"],
}
