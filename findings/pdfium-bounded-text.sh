#!/usr/bin/env bash
# pypdfium2 5.15.2 (pdfium): get_text_bounded() glues the cells of a table's continuation page.
#
# One would expect the text within the whole page to be the text of the page, cells apart, as get_text_range() gives it.
# What happens: on a page that holds nothing but short cells, a cell of one character gets no blank and no line break:
# 12.40 and 8 are far apart on paper and come as 12.408, the code 30215, a 0 and a - as 302150-. With a title over the
# columns (so on a table's first page, which one tries) all is well.
#
# seen: continued '30217 3.50 / 5 / 302150- / 30216 12.408',
#       titled '30217 3.50 5 / 30215 0 - / 30216 12.40 8'
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pypdfium2==5.15.2 reportlab==5.1.0
cd "$folder"
venv/bin/python - <<'PYTHON'
import io

import pypdfium2
from reportlab.pdfgen.canvas import Canvas

ROWS = (("30217", "3.50", "5"), ("30215", "0", "-"), ("30216", "12.40", "8"))
TITLE = "Basic expenditure by economic classification of the year 2024, in units of ten thousand yuan"


def rows_of(title):
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    canvas.setFont("Helvetica", 10)
    canvas.drawString(60, 790, title)
    for row, cells in enumerate(ROWS):
        for column, cell in enumerate(cells):
            canvas.drawRightString(150 + 180 * column, 760 - 20 * row, cell)
    canvas.save()
    page = pypdfium2.PdfDocument(buffer.getvalue())[0].get_textpage()
    return " / ".join(line for line in page.get_text_bounded().split("\r\n") if line != title)


continued, titled = rows_of(""), rows_of(TITLE)
print(f"seen: continued {continued!r}, titled {titled!r}")
assert "302150-" in continued and "12.408" in continued
assert titled == " / ".join(map(" ".join, ROWS))
PYTHON
