"""What happens in a service, as those are told who keep account of it."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from assistant.answer import Answer, TableCitation
from index.errors import IndexUnusable
from index.records import document_of
from index.warehouse import QueryError

if TYPE_CHECKING:
    from index.warehouse import Warehouse

Way = Literal["page", "api", "mcp", "gradio"]

asker: Final[ContextVar[str]] = ContextVar("asker", default="")
"""The user whose request is being answered; empty where nobody has to log in."""

_FIGURES_SQL: Final = """
SELECT figure_id FROM figures WHERE table_id IN $1 AND list_contains($2, concat_ws(' ', table_id, row_no, column_no))
ORDER BY figure_id"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was put to the engine and what came of it: an answer, or a problem in words.

    ``version``: of the index. ``read``: what the question was taken to mean. ``facts``: the ids of the cells and
    paragraphs that the answer cites. ``talk``: the conversation, where it is one of the page's.
    """

    who: str
    way: Way
    talk: str
    question: str
    history: tuple[str, ...]
    version: str
    seconds: float
    answer: Answer | None = None
    read: tuple[tuple[str, str], ...] = ()
    facts: tuple[str, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Objected:
    """Somebody says that an answer is wrong."""

    who: str
    talk: str
    turn: int
    comment: str


Event = Asked | Objected


def cited_facts(warehouse: Warehouse, answer: Answer) -> tuple[str, ...]:
    """The ids of the cells that an answer cites, then those of the paragraphs; cells that can't be read have none."""
    cells = [each for each in answer.sources if isinstance(each, TableCitation)]
    places = [f"{each.table_id} {each.row} {each.column_no}" for each in cells]
    tables = [each.table_id for each in cells]
    holding = warehouse.holding(list(map(document_of, tables)))
    try:
        found = holding.execute(_FIGURES_SQL, [tables, places])[1] if cells else []
    except (QueryError, IndexUnusable):
        found = []
    paragraphs = [each.paragraph_id for each in answer.sources if not isinstance(each, TableCitation)]
    return (*(figure for (figure,) in found), *dict.fromkeys(paragraphs))
