#!/usr/bin/env bash
# pypdfium2 5.15.2 (pdfium): of an amount printed over a corrected one, the digits that both share are dropped.
#
# Offices mend a budget by a white box over the old amount and the new one on top; the old text stays in the file. One
# would expect the text layer to give both, 86.50 and 96.50, so that the covered one can be left out by its place.
# What happens: a character that equals the one at the same place below is taken for the same one drawn twice and left
# out, though a white box lies between them. Of 96.50 only the 9 remains: who leaves out what is covered reads 9.
# Where the new amount stands 3 pt to the right, both come whole.
#
# seen: over the old amount '86.509', beside it '86.5096.50'
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


def characters(shift):
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    canvas.setFont("Helvetica", 10)
    canvas.drawString(100, 700, "86.50")
    canvas.setFillGray(1)
    canvas.rect(95, 695, 60, 16, stroke=0, fill=1)
    canvas.setFillGray(0)
    canvas.drawString(100 + shift, 700, "96.50")
    canvas.save()
    text = pypdfium2.PdfDocument(buffer.getvalue())[0].get_textpage()
    return "".join(text.get_text_range().split())


over, beside = characters(0), characters(3)
print(f"seen: over the old amount {over!r}, beside it {beside!r}")
assert sorted(over) == sorted("86.509")
assert sorted(beside) == sorted("86.5096.50")
PYTHON
