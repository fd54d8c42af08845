#!/usr/bin/env bash
# openpyxl 3.1.5: dates as Chinese Excel and WPS write them come as plain numbers.
#
# The built-in number formats 27 to 36 and 50 to 58 are dates and times of East Asian editions (57 shows 2024年3月 in the
# Chinese one); being built in, they have no format code in the file. One would expect a datetime, as for format 14.
# What happens: openpyxl's own table ends at 49 and leaves out 27 to 36. Such a cell is a number with the format General
# and is_date false: the date of a project stands among the amounts as 45352, and nothing tells it from money.
#
# seen: format 14 2024-03-01, 31 45352 (General), 57 45352 (General)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5
cd "$folder"
venv/bin/python - <<'PYTHON'
import io
import re
import zipfile

import openpyxl


def read(number_format):
    """A cell with the number of days of 1 March 2024 in one of the built-in formats."""
    book = openpyxl.Workbook()
    book.active["A1"] = 45352
    book.active["A1"].number_format = "yyyy"  # a code of its own, number 164, which is then exchanged
    written, exchanged = io.BytesIO(), io.BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as before, zipfile.ZipFile(exchanged, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            if name == "xl/styles.xml":
                part = re.sub(rb"<numFmts.*?</numFmts>", b"", part)
                part = part.replace(b'numFmtId="164"', b'numFmtId="%d"' % number_format)
            after.writestr(name, part)
    return openpyxl.load_workbook(exchanged, data_only=True).active["A1"]


cells = {number: read(number) for number in (14, 31, 57)}
shown = [f"{n} {c.value:%Y-%m-%d}" if c.is_date else f"{n} {c.value} ({c.number_format})" for n, c in cells.items()]
print("seen: format " + ", ".join(shown))
assert shown == ["14 2024-03-01", "31 45352 (General)", "57 45352 (General)"]
PYTHON
