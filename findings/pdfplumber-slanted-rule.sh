#!/usr/bin/env bash
# pdfplumber 0.11.10: a rule that is off by a ten-millionth of a point is no rule, and two rows become one.
#
# One would expect rules to be found within the tolerances of the table settings, which are 3 points.
# What happens: a line counts as horizontal where both ends have exactly the same height, and as vertical otherwise;
# tolerances come afterwards. A line that rises by 0.0000001 pt (what is left where a page was drawn through a turned
# or scaled matrix) is taken for a vertical one: the rows on its two sides come as one, with a line break in each cell.
#
# seen: straight [['1.20', '0.90'], ['3.50', '2.10']], slanted [['1.20\n3.50', '0.90\n2.10']]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pdfplumber==0.11.10 reportlab==5.1.0
cd "$folder"
venv/bin/python - <<'PYTHON'
import io

import pdfplumber
from reportlab.pdfgen.canvas import Canvas

CELLS = (("1.20", "0.90"), ("3.50", "2.10"))


def table(rise):
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    canvas.setFont("Helvetica", 9)
    rules = [(60, y, 260, y) for y in (760, 720)] + [(x, 720, x, 760) for x in (60, 160, 260)]
    rules.append((60, 740, 260, 740 + rise))
    for x0, y0, x1, y1 in rules:
        canvas._code.append(f"{x0} {y0} m {x1} {y1:.9f} l S")  # lines() would round to six places
    for row, cells in enumerate(CELLS):
        for column, cell in enumerate(cells):
            canvas.drawString(65 + 100 * column, 746 - 20 * row, cell)
    canvas.save()
    with pdfplumber.open(buffer) as pdf:
        return pdf.pages[0].extract_table()


straight, slanted = table(0), table(1e-7)
print(f"seen: straight {straight}, slanted {slanted}")
assert straight == [list(cells) for cells in CELLS]
assert slanted == [["1.20\n3.50", "0.90\n2.10"]]
PYTHON
