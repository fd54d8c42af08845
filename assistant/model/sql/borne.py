"""Whether a statement does what the question says, no more and no less: its parts as nodes of the query algebra.

What bears out a query of the algebra (``support``, ``left``) then bears out a statement too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from sqlglot import exp

from assistant.catalog import DocumentCatalog
from assistant.model.form import FlatAsk, FlatReading, Operation
from assistant.model.left import unread, unused_names, unused_words
from assistant.model.signs import signs
from assistant.model.sql.trace import RANKS
from assistant.model.support import Question, mapped, problems
from assistant.query import (
    Ask,
    Change,
    Condition,
    Count,
    Difference,
    Except,
    Filter,
    Mean,
    Name,
    Period,
    Query,
    Rank,
    Ratio,
    Select,
    Share,
    Side,
    Sum,
)
from assistant.reading.clauses import clauses_of
from assistant.understand.wording import normalise
from assistant.words import tagged
from index.kinds import KINDS
from index.money import YUAN_PER_UNIT, to_yuan

_SIDES: Final[dict[str, Side]] = {"收入": "收入", "支出": "支出"}
_COMPARISONS: Final = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Between, exp.In)
_FREE: Final = frozenset({Decimal(0), Decimal(1), Decimal(100), Decimal(10_000), Decimal(100_000_000)})
"""Numbers to compute with that say nothing: nothing at all, the whole, per cents, units of money."""

_SIGNS: Final = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}

CALLED: Final[dict[str, str]] = {
    "sum": "合计", "mean": "平均", "count": "计数", "share": "占比", "ratio": "相除", "change": "增减",
    "difference": "相差", "rank": "排名", "group": "分组", "median": "中位数",
}  # fmt: skip
"""What a statement does, in words."""

_PROPER: Final = ("ns", "nt", "nr", "nz")
_LAST: Final = "上年"
_DIGIT: Final = re.compile(r"\d")
_LONGEST_NAME: Final = 12


@dataclass(frozen=True, slots=True)
class Borne:
    """What is wrong with a statement, and what an answer by it has to tell.

    ``open_words``: words that it doesn't account for. ``meant``: stretches of the question by the names they were taken
    for. ``does``: what it computes, in words.
    """

    problems: tuple[str, ...]
    open_words: tuple[str, ...] = ()
    meant: tuple[tuple[str, str], ...] = ()
    does: tuple[str, ...] = ()


def borne(query: exp.Query, said: dict[str, str], asked: Question, catalog: DocumentCatalog) -> Borne:
    """Judges a guarded statement. ``said``: the words of the question that a name stands for, where they differ.

    Raises pydantic.ValidationError for a statement of more parts than a question has.
    """
    parts = _Parts(query, asked)
    queries = tuple(parts.queries())
    flat = parts.flat(said)
    found = [*parts.problems(), *problems(flat, [Ask(query=each) for each in queries], asked, catalog)]
    lost = unused_names(asked, [Select(names=tuple(map(_name, parts.said_names())))], catalog)
    found += [f"漏了“{name.text}”" for name in lost]
    done = [signs()[name] for name in parts.beyond()]
    found += [f"漏了“{word}”" for word in unused_words(asked, queries) if all(sign.sub("", word) for sign in done)]
    meant = mapped(flat, asked)
    left = dict.fromkeys((*unread(asked, flat, tuple(meant)), *_whose(asked)))
    left_open = tuple(word for word in left if all(sign.sub("", word) for sign in done))
    does = dict.fromkeys(CALLED[op] for op in (*(op for op, _ in parts.ops()), *parts.beyond()) if op in CALLED)
    return Borne(tuple(dict.fromkeys(found)), left_open, tuple(meant.items()), tuple(does))


def _whose(asked: Question) -> Iterator[str]:
    """Unknown places, persons and organisations, and whatever else unknown a clause begins with: it may say whose."""
    words = [piece.text for piece in asked.pieces if piece.kind == "word"]
    yield from (word for word in words if any(tag.startswith(_PROPER) for _, tag in tagged(word)))
    for clause in clauses_of(asked.pieces):
        told = [piece for piece in clause.pieces if piece.kind not in ("framing", "filler")]
        yield from (piece.text for piece in told[:1] if piece.kind == "word" and clause.asks)


def _name(text: str) -> Name:
    return Name(text=normalise(text))


class _Parts:
    """What a statement reads, compares and computes."""

    def __init__(self, query: exp.Query, asked: Question) -> None:
        self._query = query
        self._asked = asked
        self._nodes = list(query.walk())
        self._views = [node.name for node in self._nodes if isinstance(node, exp.Table) and node.name in KINDS]
        self._columns = {node.name for node in self._nodes if isinstance(node, exp.Column)}
        self._texts = dict(self._compared_texts())
        self.excepted = tuple(text for text, (_, is_negated) in self._texts.items() if is_negated)

    def problems(self) -> Iterator[str]:
        """What the question does not say, of that which the algebra has no word for."""
        for name in self.beyond():
            if not self._says(name):
                yield f"问题没有要求{CALLED[name]}"
        for node in self._nodes:
            if isinstance(node, exp.GT | exp.GTE | exp.LT | exp.LTE) and not self._says(node.key.upper()):
                yield f"问题没有这样比（{_SIGNS[node.key]}）；界限要写在比较的右边"
            if isinstance(node, exp.Column) and node.name == "末级" and not _is_wanted(node):
                yield "不可只取有下级的行"
        if len(set(self._views)) > 1:
            yield "只可读一个视图"
        if self._says("units") and "所属单位" not in self._columns:
            yield "漏了各单位"
        for number, is_bound in self._numbers():
            if self._meant_by(number) is None and not self._is_free(number, is_bound=is_bound):
                yield f"问题里没有数 {number}"
        for node in self._nodes:
            if isinstance(node, exp.Alias | exp.TableAlias | exp.CTE) and not _is_plain(node.alias):
                yield f"别名“{node.alias}”不可用，要短，不含数字"
            if isinstance(node, exp.Literal) and node.is_string and node.this not in self._written():
                yield f"文字“{node.this}”只可用来和列相比"

    def _says(self, sign: str) -> bool:
        return bool(signs()[sign].search(self._asked.conversation))

    def beyond(self) -> Iterator[str]:
        """What it does that the algebra has no word for."""
        if any(isinstance(node, exp.Group) or node.args.get("partition_by") for node in self._nodes):
            yield "group"
        if any(isinstance(node, exp.Median) for node in self._nodes):
            yield "median"

    def said_names(self) -> Iterator[str]:
        """All names that a statement tells of, those of views and columns too."""
        yield from (*self._texts, *self._columns, *self._views)
        yield from (re.sub("表$", "", view) for view in self._views)

    def queries(self) -> Iterator[Query]:
        """The nodes of the algebra that do what the statement does."""
        base = Select(names=tuple(map(_name, self._names())), side=self._side(), period=self._period())
        yield base
        values = [meant for number, _ in self._numbers() if (meant := self._meant_by(number)) is not None]
        if conditions := tuple(Condition(values=(value,), unit=unit) for value, unit in values):
            yield Filter(rows=base, conditions=conditions)
        if any(self._is_compared_with_value(node) for node in self._nodes):
            yield Filter(rows=base, conditions=(Condition(than=base),))
        for text, (column, is_negated) in self._texts.items():
            if column == "":
                condition = Condition(comparison="ne" if is_negated else "gt", holds=normalise(text))
                yield Filter(rows=base, conditions=(condition,))
        if left_out := tuple(_name(text) for text in self.excepted if self._texts[text][0]):
            yield Except(rows=base, items=left_out)
        yield from self._computed(base)

    def _computed(self, base: Select) -> Iterator[Query]:
        kinds = {type(node) for node in self._nodes}
        if kinds & {exp.Sum, exp.Add}:
            yield Sum(of=(base,))
        if exp.Avg in kinds:
            yield Mean(of=(base,))
        if kinds & {exp.Count, exp.CountIf}:
            yield Count(of=base)
        if exp.Div in kinds and any(not _is_number(node.expression) for node in self._query.find_all(exp.Div)):
            yield self._quotient(base)
        if exp.Sub in kinds:
            yield self._gap(base)
        for descending, k, places in self._ranks():
            yield Rank(rows=base, descending=descending, k=k, places=places)

    def flat(self, said: dict[str, str]) -> FlatReading:
        """The same in the flat form, as far as it tells what words of the question are accounted for.

        Raises pydantic.ValidationError for more than that form holds.
        """
        ops = dict.fromkeys(self.ops())
        asks = ({"op": op, "asc": asc, "said": said, "except": self.excepted} for op, asc in ops)
        return FlatReading(asks=tuple(map(FlatAsk.model_validate, asks)))

    def ops(self) -> Iterator[tuple[Operation, bool]]:
        """The same as the flat form calls it, and whether the smallest comes first."""
        for query in self.queries():
            match query:
                case Sum():
                    yield "sum", False
                case Mean():
                    yield "mean", False
                case Count():
                    yield "count", False
                case Share():
                    yield "share", False
                case Ratio():
                    yield "ratio", False
                case Change():
                    yield "change", False
                case Difference():
                    yield "difference", False
                case Rank():
                    yield "rank", not query.descending

    def _quotient(self, base: Select) -> Query:
        said = self._asked.conversation
        if signs()["change"].search(said) and exp.Sub in {type(node) for node in self._nodes}:
            return Change(of=base)
        if signs()["ratio"].search(said) and not signs()["share"].search(said):
            return Ratio(part=base, base=base)
        return Share(parts=(base,))

    def _gap(self, base: Select) -> Query:
        said = self._asked.conversation
        is_change = signs()["change"].search(said) and self._period() == "last"
        return Change(of=base) if is_change else Difference(of=(base, base))

    def _ranks(self) -> Iterator[tuple[bool, int, tuple[int, ...]]]:
        """Direction, number and places of each ranking."""
        for node in self._nodes:
            if isinstance(node, exp.Select | exp.Union) and node.args.get("limit") and node.args.get("order"):
                k, offset = _count(node.args["limit"]), _count(node.args.get("offset"))
                places = tuple(range(offset + 1, offset + k + 1)) if offset else ()
                yield bool(node.args["order"].expressions[0].args.get("desc")), 1 if offset else k, places
            elif isinstance(node, exp.Max | exp.Min):
                yield isinstance(node, exp.Max), 1, ()
            elif isinstance(node, exp.Window) and isinstance(node.this, RANKS) and node.args.get("order"):
                yield bool(node.args["order"].expressions[0].args.get("desc")), 1, ()

    # What is compared

    def _compared_texts(self) -> Iterator[tuple[str, tuple[str, bool]]]:
        """Each text that a column is compared with: the column, "" where the text is to be held by a label; negated."""
        labels = {KINDS[view].label for view in self._views}
        for node in self._nodes:
            if not (isinstance(node, exp.Literal) and node.is_string):
                continue
            test = node.find_ancestor(*_COMPARISONS, exp.Like, exp.StartsWith, exp.EndsWith, exp.Contains)
            column = test.find(exp.Column) if test is not None else None
            if test is None or column is None:
                continue
            is_part = isinstance(test, exp.Like | exp.StartsWith | exp.EndsWith | exp.Contains)
            name = "" if is_part and column.name in labels else column.name
            yield node.this.strip("%"), (name, _is_negated(test))

    def _written(self) -> set[str]:
        return {*self._texts, *(f"{text}%" for text in self._texts), *(f"%{t}%" for t in self._texts)} | {
            f"%{text}" for text in self._texts
        }

    def _names(self) -> Iterator[str]:
        """The names that have to be said: what rows are called, and columns other than those meant without a word."""
        yield from (text for text, (column, _) in self._texts.items() if column and text not in _SIDES)
        measures = {measure.name for view in self._views for measure in KINDS[view].measures if not measure.default}
        labels = {KINDS[view].label for view in self._views} | {KINDS[view].code for view in self._views}
        yield from sorted(self._columns & measures - labels)

    def _side(self) -> Side | None:
        return next((_SIDES[text] for text in self._texts if text in _SIDES), None)

    def _period(self) -> Period:
        return "last" if any(column.startswith(_LAST) for column in self._columns) else "this"

    def _is_free(self, number: Decimal, *, is_bound: bool) -> bool:
        """Whether a number says nothing: 1 beside a rank, or what quotients and units are computed with."""
        return number == 1 and any(isinstance(node, RANKS) for node in self._nodes) if is_bound else number in _FREE

    def _numbers(self) -> Iterator[tuple[Decimal, bool]]:
        """The numbers of a statement, but those of LIMIT and of what is ordered or grouped by; whether it bounds."""
        for node in self._nodes:
            is_place = isinstance(node.parent, exp.Limit | exp.Offset | exp.Ordered | exp.Group | exp.Round)
            if isinstance(node, exp.Literal) and not node.is_string and not is_place:
                around = node.parent.parent if isinstance(node.parent, exp.Neg | exp.Paren) else node.parent
                yield Decimal(node.this), isinstance(around, _COMPARISONS)

    def _meant_by(self, number: Decimal) -> tuple[Decimal, str | None] | None:
        """The number of the question that a number of the statement is: in 元, in per cent or as it is."""
        for piece in self._asked.pieces:
            if piece.value is None:
                continue
            forms = {piece.value}
            if piece.unit in YUAN_PER_UNIT:
                forms = {to_yuan(piece.value, piece.unit)}
            elif piece.unit == "%":
                forms = {piece.value, piece.value / 100}
            if number in forms:
                return piece.value, piece.unit
        return None

    def _is_compared_with_value(self, node: exp.Expr) -> bool:
        """Whether a figure is compared with another one."""
        if not isinstance(node, exp.GT | exp.GTE | exp.LT | exp.LTE):
            return False
        return not _is_number(node.this) and not _is_number(node.expression)


def _is_negated(node: exp.Expr) -> bool:
    """Whether a comparison is to fail: <>, NOT IN, NOT LIKE, NOT (…)."""
    around = node.parent.parent if isinstance(node.parent, exp.Paren) else node.parent
    return isinstance(node, exp.NEQ) or bool(node.args.get("negate")) or isinstance(around, exp.Not)


def _is_wanted(column: exp.Column) -> bool:
    """Whether a truth is asked to hold: not NOT 末级, not 末级 = FALSE."""
    around = column.parent.parent if isinstance(column.parent, exp.Paren) else column.parent
    if isinstance(around, exp.EQ | exp.Is):
        return any(isinstance(side, exp.Boolean) and side.this for side in (around.this, around.expression))
    return not isinstance(around, exp.Not | exp.NEQ)


def _is_number(node: exp.Expr) -> bool:
    return isinstance(node.unnest(), exp.Literal)


def _is_plain(name: str) -> bool:
    return name in KINDS or (len(name) <= _LONGEST_NAME and not _DIGIT.search(name))


def _count(clause: exp.Expr | None) -> int:
    return int(clause.args["expression"].this) if clause is not None else 0
