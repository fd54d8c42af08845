"""Office packages put together from bare XML: what no office program would write, and what only they write."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "application/vnd.openxmlformats-officedocument"


def docx_of(body: str, **parts: str) -> bytes:
    """A Word file with this body; ``styles``, ``numbering``, ``footnotes`` are the insides of those parts."""
    members = {f"word/{name}.xml": f'<w:{name} xmlns:w="{_WORD}">{inside}</w:{name}>' for name, inside in parts.items()}
    members["word/document.xml"] = (
        f'<w:document xmlns:w="{_WORD}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<w:body>{body}</w:body></w:document>"
    )
    members["word/_rels/document.xml.rels"] = _related({name: f"{name}.xml" for name in parts})
    return archive(members | _frame("word/document.xml", f"{_OFFICE}.wordprocessingml.document.main+xml"))


def xlsx_of(*sheets: str, states: Mapping[int, str] | None = None, **parts: str) -> bytes:
    """A workbook whose worksheets have these insides; ``sst`` and ``styleSheet`` are the insides of those parts."""
    names = {"sst": "sharedStrings", "styleSheet": "styles"}
    members = {f"xl/{names[root]}.xml": f'<{root} xmlns="{_SHEET}">{inside}</{root}>' for root, inside in parts.items()}
    listed = ""
    for number, inside in enumerate(sheets, start=1):
        members[f"xl/sheet{number}.xml"] = f'<worksheet xmlns="{_SHEET}">{inside}</worksheet>'
        state = (states or {}).get(number, "visible")
        listed += f'<sheet name="表{number}" sheetId="{number}" state="{state}" r:id="sheet{number}"/>'
    members["xl/workbook.xml"] = (
        f'<workbook xmlns="{_SHEET}" xmlns:r="{_RELATIONSHIPS}"><sheets>{listed}</sheets></workbook>'
    )
    targets = {names[root]: f"{names[root]}.xml" for root in parts}
    related = {f"sheet{number}": f"sheet{number}.xml" for number in range(1, len(sheets) + 1)}
    members["xl/_rels/workbook.xml.rels"] = _related(targets, related)
    return archive(members | _frame("xl/workbook.xml", f"{_OFFICE}.spreadsheetml.sheet.main+xml"))


def archive(members: Mapping[str, str | bytes]) -> bytes:
    """A zip archive of ``members``."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return buffer.getvalue()


def with_members(content: bytes, members: Mapping[str, str | bytes]) -> bytes:
    """The archive ``content`` with ``members`` added or put in place of its own."""
    with zipfile.ZipFile(BytesIO(content)) as file:
        return archive({name: file.read(name) for name in file.namelist()} | dict(members))


def _frame(main: str, content_type: str) -> dict[str, str]:
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        f'<Override PartName="/{main}" ContentType="{content_type}"/></Types>',
        "_rels/.rels": _related({"officeDocument": main}),
    }


def _related(targets: Mapping[str, str], worksheets: Mapping[str, str] | None = None) -> str:
    typed = [(name, name, target) for name, target in targets.items()]
    typed += [(name, "worksheet", target) for name, target in (worksheets or {}).items()]
    inside = "".join(
        f'<Relationship Id="{name}" Type="{_RELATIONSHIPS}/{kind}" Target="{target}"/>' for name, kind, target in typed
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'
