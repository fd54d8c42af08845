"""The reply to a citizen's letter, drafted from answers: to be read, changed and signed by an official.

Figures and their sources come from the answers as they are. What an official has to know but the citizen doesn't
(contradictions in the document, asks without an answer) is kept apart in ``notes``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from assistant.answer import Answer, Citation, TableCitation
from assistant.blocks import Block, blocks_of, marks_in, plain, separated, warnings_of
from assistant.ground import numbers
from assistant.papers.places import SourceNames, stated, table_of
from index.errors import BudgetError

TITLE: Final = "关于预算公开有关问题的答复"
GREETING: Final = "尊敬的来信人："
OPENING: Final = "您好！您的来信收悉。现就您咨询的问题答复如下："
CLOSING: Final = "感谢您对预算公开工作的关心和监督。"
CONTACT: Final = "（联系人：　　　联系电话：　　　）"
NOT_IN_BUDGET: Final = (
    "在已公开的预算文件里没有查到相应的数据或说明。（此处请经办人另行答复，或告知来信人向有关单位咨询。）"
)
NOT_LOOKED_UP: Final = "（这件事没有查成，此处请经办人补上。）"

_NUMERALS: Final = "一二三四五六七八九十"
_MARKS: Final = re.compile(r"(?:\[\d+\])+")
_UNANSWERED: Final = re.compile(r"^其中没有答到：.*其余如下。$")


@dataclass(frozen=True, slots=True)
class Letter:
    """The parts of a reply, each as text; ``notes`` are for the official alone."""

    incoming: str
    title: str
    greeting: str
    body: str
    sources: str
    basis: str
    signature: str
    contact: str
    date: str
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The whole letter as text, without the notes."""
        parts = [self.title, "", "来信内容：", self.incoming, "", self.greeting, self.body, ""]
        parts += ["数据来源：", self.sources, "", "口径说明：", self.basis, "", self.signature, self.contact, self.date]
        return "\n".join(parts).strip()


def draft_letter(answers: Sequence[Answer], names: SourceNames, today: date, incoming: str = "") -> Letter:
    """A letter that gives the answers one after the other."""
    asked = "\n".join(answer.question for answer in answers)
    cited = [citation for answer in answers for citation in _used(answer)]
    return Letter(
        incoming=incoming or asked,
        title=TITLE,
        greeting=GREETING,
        body="\n".join([OPENING, *_answered(answers), CLOSING]),
        sources="\n".join(_sources(cited, names)),
        basis="\n".join(_basis(answers, cited, names)),
        signature=_signature(cited),
        contact=CONTACT,
        date=f"{today.year}年{today.month}月{today.day}日",
        notes=tuple(_notes(answers)),
    )


def reframed(letter: Letter, opening: str, closing: str) -> Letter:
    """The letter with another opening and closing. Raises BudgetError where somebody has changed them."""
    lines = letter.body.splitlines()
    if OPENING not in lines or CLOSING not in lines:
        raise BudgetError("信的开头或结尾已经改过，没有再动。")
    worded = {OPENING: opening, CLOSING: closing}
    return replace(letter, body="\n".join(worded.get(line, line) for line in lines))


def _answered(answers: Sequence[Answer]) -> Iterator[str]:
    for number, answer in enumerate(answers, 1):
        if len(answers) > 1:
            yield f"{_numeral(number)}、关于“{_inside(answer.question.rstrip('？?。 '))}”"
        if answer.route in ("refuse", "clarify"):
            yield NOT_IN_BUDGET if answer.refused else NOT_LOOKED_UP
        else:
            yield from _told(answer)


def _used(answer: Answer) -> list[Citation]:
    """The citations of what is told: those that only a contradiction is told by stay with the official."""
    told = {n for block in blocks_of(answer.told) for line in _lines(block) for n in marks_in(line)}
    return [citation for citation in answer.citations if citation.n in told]


def _inside(quoted: str) -> str:
    """A text to be quoted: its own quotation marks become single ones."""
    return quoted.translate({ord("“"): "‘", ord("”"): "’"})


def _numeral(number: int) -> str:
    return _NUMERALS[number - 1] if number <= len(_NUMERALS) else str(number)


def _told(answer: Answer) -> Iterator[str]:
    """The answer's lines; a source is named in words where it isn't the one named before."""
    cited = {each.n: each for each in answer.citations}
    said: list[str] = []
    for block in blocks_of(answer.told):
        for line in _lines(block):
            yield separated(plain(_MARKS.sub(lambda m: _in_words(m[0], cited, said), line)))
    if answer.unanswered:
        yield f"关于{_inside('；'.join(answer.unanswered))}：{NOT_IN_BUDGET}"


def _lines(block: Block) -> Iterator[str]:
    if block.kind == "list":
        yield from (f"{number}. {item.text}" for number, item in enumerate(block.items, 1))
    elif block.kind == "quote":
        yield from (item.text for item in block.items)
    elif block.kind == "paragraph" and not _UNANSWERED.match(block.text):
        yield block.text


def _in_words(marks: str, cited: dict[int, Citation], said: list[str]) -> str:
    """``（见附表4-7 …）`` for the sources of a figure; nothing where the last one named is the same."""
    places = list(dict.fromkeys(_place(cited[n]) for n in marks_in(marks) if n in cited))
    if not places or places == said:
        return ""
    said[:] = places
    return f"（见{'、'.join(places)}）"


def _place(citation: Citation) -> str:
    if isinstance(citation, TableCitation):
        return table_of(citation)
    return f"正文“{_inside(citation.section[-1])}”" if citation.section else "正文"


def _sources(cited: Sequence[Citation], names: SourceNames) -> Iterator[str]:
    """One line for each table and each passage, with what of it was used."""
    grouped: dict[str, list[str]] = {}
    for citation in cited:
        if isinstance(citation, TableCitation):
            page = f"（第 {citation.page} 页）" if citation.page else ""
            cell = f"{citation.row_label}，{citation.column.rsplit('/', 1)[-1]}，{stated(citation)}"
            grouped.setdefault(f"《{names.title(citation)}》{table_of(citation)}{page}", []).append(cell)
        else:
            page = f"（第 {citation.page} 页）" if citation.page else ""
            quoted = f"“{_inside(citation.quote)}”"
            grouped.setdefault(f"《{names.title(citation)}》{_place(citation)}{page}", []).append(quoted)
    for number, (place, used) in enumerate(grouped.items(), 1):
        yield f"{number}. {place}：{'；'.join(dict.fromkeys(used))}。"


def _basis(answers: Sequence[Answer], cited: Sequence[Citation], names: SourceNames) -> Iterator[str]:
    """What kind of figures these are."""
    records = list(dict.fromkeys(filter(None, map(names.record, cited))))
    for record in records:
        year = f"{record.year}年" if record.year else ""
        kind = record.document_type
        other = "实际支出以决算公开的数为准" if kind == "预算" else "为年度执行结果"
        yield f"{record.unit_name}{year}的数为{record.unit_level}{kind}数，{other}。"
    units = dict.fromkeys(figure.unit for answer in answers for figure in answer.figures if figure.unit.endswith("元"))
    if units:
        yield f"金额单位：{'、'.join(units)}。"
    if any("推算" in answer.told for answer in answers):
        yield "注明“推算”的数由本年数和增减额算出，文件里没有直接印出。"


def _signature(cited: Sequence[Citation]) -> str:
    units = list(dict.fromkeys(citation.unit_name for citation in cited))
    return units[0] if len(units) == 1 else "（答复单位）"


def _notes(answers: Sequence[Answer]) -> Iterator[str]:
    """What the official has to look at before the letter goes out."""
    for answer in answers:
        about = f"“{answer.question}”："
        yield from (f"{about}{plain(note)}" for note in warnings_of(answer))
        if answer.refused:
            yield f"{about}预算里没有答案，信里留了位置。查到的情况：{plain(answer.answer)}"
        if answer.clarify:
            yield f"{about}没有查成，要先选定文件或说明白：{answer.clarify.question}"
        yield from (f"{about}没有答到：{left}" for left in answer.unanswered)


def unknown_numbers(letter: Letter, answers: Iterable[Answer]) -> list[str]:
    """Numbers of the reply that stand neither in the answers nor in their sources: somebody typed them."""
    known = numbers(letter.incoming) | numbers(letter.date)
    for answer in answers:
        known |= numbers(answer.model_dump_json())
        known |= {
            each
            for citation in answer.citations
            for each in numbers(" ".join(map(str, citation.model_dump().values())))
        }
    counted = {each for text in (letter.body, letter.sources) for line in text.splitlines() for each in numbers(line)}
    return [f"{each:f}" for each in sorted(counted - known)]
