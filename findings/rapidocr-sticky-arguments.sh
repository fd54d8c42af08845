#!/usr/bin/env bash
# rapidocr 3.10.0: an argument of one call stays for all later calls of that engine.
#
# One would expect engine(page, use_det=False) to say how that one picture is read.
# What happens: the call writes its arguments into the engine. Who reads one cropped cell without detection gets every
# page after it read as if it were a single line, and one strict text_score empties all later results. Nothing warns,
# and threads that share an engine change each other's arguments.
#
# seen: lines before 3, after one use_det=False 1, after one text_score=1.1 0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    rapidocr==3.10.0 onnxruntime==1.32.0 opencv-python-headless==5.0.0.93 pillow==12.3.0 numpy==2.4.6
cd "$folder"
venv/bin/python - <<'PYTHON'
import numpy as np
from PIL import Image, ImageDraw, ImageFont
from rapidocr import RapidOCR

FONT = ImageFont.load_default(26)


def picture(width, height, *lines):
    paper = Image.new("RGB", (width, height), "white")
    for number, line in enumerate(lines):
        ImageDraw.Draw(paper).text((30, 12 + 70 * number), line, fill="black", font=FONT)
    return np.array(paper)


def lines_after(**arguments):
    """How many lines of a page are found, after another picture was read with these arguments."""
    engine = RapidOCR(params={"Global.log_level": "error"})
    if arguments:
        engine(cell, **arguments)
    return len(engine(page).txts or ())


page, cell = picture(320, 240, "12.40", "38.52", "205.31"), picture(160, 56, "0.69")
counts = [lines_after(), lines_after(use_det=False), lines_after(text_score=1.1)]
print("seen: lines before {}, after one use_det=False {}, after one text_score=1.1 {}".format(*counts))
assert counts == [3, 1, 0]
PYTHON
