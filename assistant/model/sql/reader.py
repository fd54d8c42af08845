"""The writer of SQL: a question and the views it may be about go to a model, a statement comes back and is proved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pydantic import ValidationError
from sqlglot import exp

from assistant.answering.draft import Draft
from assistant.answering.phrases import unit_name
from assistant.catalog import DocumentCatalog
from assistant.core import Core, asked_unit, is_out_of_bounds
from assistant.library import Library
from assistant.model.bounded import Allowance, Bounded
from assistant.model.candidates import Candidates
from assistant.model.chat import Prompt
from assistant.model.prompts import plain, render
from assistant.model.reader import ModelReader, Unread
from assistant.model.replies import json_in
from assistant.model.sql.borne import borne
from assistant.model.sql.errors import QueryStopped, SqlRefused, Unproved
from assistant.model.sql.formula import Number, number_of_cell
from assistant.model.sql.guard import guard, to_sql
from assistant.model.sql.proof import Line, proved
from assistant.model.sql.run import Runner
from assistant.model.sql.shown import Shown, shown_for
from assistant.model.sql.trace import scoped, trace
from assistant.model.sql.within import check_within
from assistant.model.support import Question
from assistant.plan.quantity import Quantity
from assistant.reply.lines import list_lines, sentence_of
from assistant.reply.untold import untold_words

_MOST_REPLY: Final = 1_200
_MOST_PARTS: Final = 20
_MOST_TURNS: Final = 3
_NOTE: Final = "查询语句由语言模型写成（见技术细节）；数字都取自表里的格，由程序重算过。取的是哪些行，请核对。"


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question, the document it is about, and the views shown for it."""

    text: str
    question: Question
    shown: Shown
    catalog: DocumentCatalog


@dataclass(frozen=True, slots=True)
class Written:
    """An answer by SQL that a model wrote, and what has to be said of it."""

    draft: Draft
    notes: tuple[str, ...]


class SqlWriter:
    """Has SQL written, and answers by it. Safe to share between threads."""

    def __init__(self, chat: Bounded, core: Core, library: Library, reader: ModelReader) -> None:
        self._chat = chat
        self._core = core
        self._library = library
        self._reader = reader
        self._runner = Runner(library.warehouse.path)

    def answer(self, question: str, history: Sequence[str], allowance: Allowance) -> Written | None:
        """The answer by a statement; None where no model is to be asked. Raises ModelSilent, Unread."""
        turns, alternatives = self._core.about(question, history)
        if len(alternatives) != 1 or len(alternatives[0]) != 1:
            return None
        (target,) = alternatives[0]
        asked = self._reader.asked(turns, target)
        catalog = self._library.catalog(target.document.document_id)
        if is_out_of_bounds(asked.pieces, alternatives[0]):
            return None
        shown = shown_for(asked.pieces, asked.candidates, catalog, self._library.warehouse)
        if not shown.catalogue:
            return None
        whole = _Asked(turns[-1].text, asked, shown, catalog)
        prompt = sql_prompt(shown, asked.candidates, whole.text, [turn.text for turn in turns[-1 - _MOST_TURNS : -1]])
        reply = self._chat.ask(prompt, allowance)
        try:
            return self._made(reply, whole)
        except (SqlRefused, QueryStopped) as error:
            again = render(
                "sql_repair", system=prompt.system, user=prompt.user, reply=plain(reply[:_MOST_REPLY]),
                problems=plain(str(error)),
            )  # fmt: skip
            return self._repaired(again, whole, allowance)

    def _repaired(self, prompt: Prompt, asked: _Asked, allowance: Allowance) -> Written:
        try:
            return self._made(self._chat.ask(prompt, allowance), asked)
        except (SqlRefused, QueryStopped) as error:
            raise Unread("sql_rejected", [str(error)]) from error

    def _made(self, reply: str, asked: _Asked) -> Written:
        """The answer by the statement of a reply. Raises SqlRefused, QueryStopped, Unread."""
        data = json_in(reply, "sql")
        if data is None or not isinstance(data["sql"], str):
            raise SqlRefused("没有输出带 sql 的 JSON 对象，或者没有写完。")
        if not data["sql"].strip():
            raise Unread("sql_declined")
        query = guard(data["sql"], asked.shown.catalogue)
        try:
            found = borne(query, _said(data), asked.question, asked.catalog)
        except ValidationError as error:
            raise SqlRefused("查询里的东西太多。", "请写得简单些。") from error
        if found.problems:
            raise SqlRefused("；".join(found.problems[:4]))
        draft = self._told(query, asked, self._lines(query, asked.catalog))
        if found.does:
            draft.lines.append(f"这是由查询算出的（{'、'.join(found.does)}），怎样算的见技术细节。")
        if left := untold_words(found.open_words, draft.lines, [draft]):
            raise SqlRefused(f"漏了“{left[0]}”")
        meant = (f"语言模型把问题里的“{said}”按“{name}”理解，请核对。" for said, name in found.meant)
        return Written(draft, (_NOTE, *meant))

    def _lines(self, query: exp.Query, catalog: DocumentCatalog) -> list[Line]:
        """The proved rows of a statement. Raises SqlRefused, QueryStopped."""
        traced = trace(query, catalog.document_id)
        rows, *ranges = self._runner.run([traced.sql, *(each.sql for each in traced.ranges)])
        lines = proved(traced, rows, ranges, catalog, self._library)
        if not any(line.numbers for line in lines):
            raise Unproved("没有查到数。", "结果要有数的列；请检查条件。")
        check_within(query, lines, catalog)
        return lines

    def _told(self, query: exp.Query, asked: _Asked, lines: Sequence[Line]) -> Draft:
        """The rows as an answer, printed as all figures are."""
        draft = Draft(self._library, asked.catalog, asked_unit=asked_unit(asked.question.pieces), route="sql")
        rows = [[_quantity(number, line, asked.catalog) for number in line.numbers] for line in lines if line.numbers]
        if all(len(row) == 1 for row in rows):
            draft.lines += list_lines([row[0] for row in rows], draft, "", "查到")
        else:
            draft.lines.append(f"{draft.heading}中查到 {draft.named(str(len(rows)))} 项：")
            draft.lines += [f"{n}. {'；'.join(sentence_of(q, draft) for q in row)}" for n, row in enumerate(rows, 1)]
        if len(lines) == 1:
            draft.lines += _parts_lines(lines[0], draft)
        draft.queries.append(to_sql(scoped(query, asked.catalog.document_id), pretty=True))
        draft.columns[:] = ["名称", "数值"]
        draft.rows[:] = [[q.name, q.value.shown(None)] for row in rows for q in row]
        return draft


def _said(data: dict[str, object]) -> dict[str, str]:
    said = data.get("said")
    return {str(name): str(words) for name, words in said.items()} if isinstance(said, dict) else {}


def _parts_lines(line: Line, draft: Draft) -> list[str]:
    """The figures that one result was worked out from, where they are few."""
    cells = dict.fromkeys(cell for number in line.numbers if len(number.cells) > 1 for cell in number.cells)
    if not cells or len(cells) > _MOST_PARTS:
        return []
    parts = [number_of_cell(cell) for cell in cells]
    kept = [_quantity(part, line, draft.catalog) for part in parts if part is not None]
    return ["用到的数：", *(f"- {sentence_of(each, draft)}" for each in kept)]


def _quantity(number: Number, line: Line, catalog: DocumentCatalog) -> Quantity:
    """A figure with what its row is called before what it is, where that doesn't say it."""
    first = number.cells[0]
    row = catalog.rows[first.row_id]
    if len(number.cells) == 1:
        heads = [unit_name(row.unit, catalog)] if len(catalog.units) > 1 else []
    else:
        heads = [unit_name(label, catalog) if label == row.unit else label for label in line.labels]
    head = "、".join(name for name in heads if name and name not in number.name)
    name = f"{head}：{number.name}" if head else number.name
    row_id = first.row_id if len(number.cells) == 1 else ""
    return Quantity(name, number.value, catalog.document_id, number.cells, row_id=row_id)


def sql_prompt(shown: Shown, candidates: Candidates, question: str, history: Sequence[str]) -> Prompt:
    """What is said to the model of a question; short, whatever the document holds."""
    near = "；".join(f"“{plain(said)}”近于 {_joined(names)}" for said, names in candidates.near.items())
    return render(
        "sql", views=[plain(line) for line in shown.told], names=_joined(candidates.linked), near=near,
        history="；".join(map(plain, history)), question=plain(question),
    )  # fmt: skip


def _joined(names: Sequence[str]) -> str:
    return "、".join(map(plain, names))
