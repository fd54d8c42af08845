#!/usr/bin/env bash
# easyofd 20260427: text of an OFD file that no reader shows comes back like any other.
#
# OFD (GB/T 33190) is the format in which Chinese offices publish. Visible="false" takes an object off the page, for
# instance a figure that was replaced; readers don't draw it. One would expect it to be left out, or to be told.
# What happens: it stands in the list of texts with its place, and none of its fields tells that it is invisible; the
# withdrawn amount lies right over the valid one.
#
# seen: texts ['公务接待费', '0.69', '9.90'], fields that mention visibility: []
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check easyofd==20260427
cd "$folder"
venv/bin/python - <<'PYTHON'
import contextlib
import io
import warnings
import zipfile

from loguru import logger

logger.remove()
warnings.simplefilter("ignore")
from easyofd.ofd import OFD

XML = '<?xml version="1.0" encoding="UTF-8"?><ofd:{0} xmlns:ofd="http://www.ofdspec.org/2016"{1}>{2}</ofd:{0}>'
LINE = '<ofd:TextObject ID="{}" Boundary="{} 20 60 6" Font="3" Size="4"{}>{}</ofd:TextObject>'.replace(
    "{}</", '<ofd:TextCode X="0" Y="4">{}</ofd:TextCode></'
)
TEXTS = LINE.format(10, 20, "", "公务接待费") + LINE.format(11, 90, "", "0.69")
TEXTS += LINE.format(12, 90, ' Visible="false"', "9.90")
AREA = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
COMMON = f"<ofd:CommonData>{AREA}<ofd:PublicRes>Fonts.xml</ofd:PublicRes></ofd:CommonData>"
PAGES = '<ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages>'
ROOT = "<ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
FONTS = '<ofd:Fonts><ofd:Font ID="3" FontName="SimSun"/></ofd:Fonts>'
PARTS = {
    "OFD.xml": XML.format("OFD", ' Version="1.0" DocType="OFD"', ROOT),
    "Doc_0/Document.xml": XML.format("Document", "", COMMON + PAGES),
    "Doc_0/Fonts.xml": XML.format("Res", "", FONTS),
    "Doc_0/Pages/Page_0/Content.xml": XML.format(
        "Page", "", f'<ofd:Content><ofd:Layer ID="2">{TEXTS}</ofd:Layer></ofd:Content>'
    ),
}
packed = io.BytesIO()
with zipfile.ZipFile(packed, "w") as package:
    for name, part in PARTS.items():
        package.writestr(name, part)
file = OFD()
with contextlib.redirect_stdout(io.StringIO()):
    file.read(packed.getvalue(), fmt="binary")
read = file.data[0]["page_info"][0]["text_list"]
texts = [text["text"] for text in read]
telling = sorted({field for text in read for field in text if "visib" in field.lower()})
print(f"seen: texts {texts}, fields that mention visibility: {telling}")
assert texts == ["公务接待费", "0.69", "9.90"] and telling == []
PYTHON
