"""Each figure of generated statements, recomputed from its evidence rows alone.

Statements are put together from every form that the guard lets through, over views with invented amounts. Two oracles
that know nothing of how evidence is gathered: Decimal arithmetic over the cited cells, and the same statement over
views that hold nothing but the rows that a result row rests on.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Any, Final

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.sql.guard import guard, to_sql
from assistant.sql.query import run_query
from assistant.sql.run import ResultSet, Value, evidence_cells
from tests.assistant.sql.budgets import SmallWarehouse, create_view

YEARS: Final = (2023, 2024, 2025)
VIEWS: Final = ("支出总表", "一般公共预算支出表", "项目支出表")
LABELS: Final = {"支出总表": "科目名称", "一般公共预算支出表": "科目名称", "项目支出表": "项目名称"}
CODES: Final = {"支出总表": "科目编码", "一般公共预算支出表": "科目编码", "项目支出表": "项目编码"}
PROPERTY: Final = settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])

Row = Mapping[str, Any]
Cells = Mapping[str, Sequence[Row]]
"""The evidence rows of each column of one result row."""


class Budgets:
    """Invented budgets of three years, whose views can be narrowed to some of their rows."""

    def __init__(self) -> None:
        self.warehouse = SmallWarehouse()
        self.rows: dict[str, Row] = {}
        self.keep_all()
        self._random = random.Random(5)
        for view in VIEWS:
            self.warehouse.execute(create_view(view))
        for year in YEARS:
            for view, table in zip(VIEWS, ("t1", "t2", "t3"), strict=True):
                self._fill(view, f"d{year}.{table}.r", {"document_id": f"d{year}", "年度": year})
        for view in VIEWS:
            self.warehouse.execute(f"ALTER TABLE {view} RENAME TO all_{view}")
            self.warehouse.execute(f"CREATE VIEW {view} AS SELECT * FROM all_{view} SEMI JOIN kept USING (row_id)")
        self.catalogue = {view: columns for view, columns in self.warehouse.catalogue().items() if view in VIEWS}

    def _fill(self, view: str, prefix: str, document: dict[str, object]) -> None:
        """A total, three classes and nine leaves, some of them missing, some blank, some alike."""
        self._add(view, f"{prefix}1", document, (None, "合计"), 层级=0, 末级=False, 合计行=True)
        for group in range(3):
            parent = f"{prefix}{2 + 4 * group}"
            top = {"层级": 1, "上级": f"{prefix}1", "末级": False, "合计行": False}
            self._add(view, parent, document, (f"20{group}", f"类{group}"), **top)
            for leaf in range(3):
                if self._random.random() < 0.85:
                    place = {"层级": 2, "上级": parent, "末级": True, "合计行": False}
                    item = (f"20{group}0{leaf}", f"款{group}{leaf}")
                    self._add(view, f"{prefix}{3 + 4 * group + leaf}", document, item, **place)

    def _add(
        self, view: str, row_id: str, document: dict[str, object], item: tuple[str | None, str], **place: object
    ) -> None:
        named = dict(zip((CODES[view], LABELS[view]), item, strict=True))
        unit = self._random.choice(["甲所", "乙所"])
        row = {"row_id": row_id, **document, **named, **place, "所属单位": unit, "合计": self._amount()}
        self.warehouse.add(view, **row)
        self.rows[row_id] = row | {"view": view}

    def _amount(self) -> Decimal | None:
        chosen = self._random.random()
        if chosen < 0.1:
            return None
        return Decimal(500) if chosen < 0.25 else Decimal(self._random.randint(1, 99_999)) / 100

    def keep(self, row_ids: Iterable[str]) -> None:
        """Narrows the views to these rows."""
        self.warehouse.execute("CREATE OR REPLACE TABLE kept AS SELECT unnest($1) AS row_id", [list(row_ids)])

    def keep_all(self) -> None:
        self.keep(self.rows)

    def run(self, sql: str) -> ResultSet:
        return run_query(self.warehouse, self.catalogue, sql)

    def plain(self, sql: str) -> list[tuple[Value, ...]]:
        """What the statement gives without evidence."""
        return [
            tuple(_rounded(value) for value in row)
            for row in self.warehouse.execute(to_sql(guard(sql, self.catalogue)))[1]
        ]


BUDGETS: Final = Budgets()


@dataclass(frozen=True, slots=True)
class Case:
    """A statement, what each figure of it must be by its cells, and by the rows that decided (the context)."""

    sql: str
    figures: Mapping[str, Callable[[Cells], Value]]
    is_chosen: Callable[[Cells, Sequence[Row]], bool] = lambda cells, context: True


# Sources: where a statement reads from. All have the columns of a view and rows of leaves.


@st.composite
def sources(draw: st.DrawFn, view: str, depth: int = 2) -> str:
    """What stands in FROM for ``view``, always called s."""
    code = CODES[view]
    condition = draw(st.sampled_from(["TRUE", "年度 > 2023", "年度 = 2024", "合计 > 100", "所属单位 = '甲所'"]))
    kind = draw(st.sampled_from(["view", "derived", "union", "cte", "top", "join", "exists", "in", "window"]))
    if kind == "view" or not depth:
        return f"(SELECT * FROM {view} WHERE 末级) AS s"
    inner = draw(sources(view, depth - 1))
    paired = f"b.科目编码 = s.{code} AND b.年度 = s.年度"
    body = {
        "derived": f"SELECT * FROM {inner} WHERE {condition}",
        "union": f"SELECT * FROM {inner} WHERE 年度 = 2023 UNION ALL SELECT * FROM {inner} WHERE 年度 > 2023",
        "cte": f"WITH c AS (SELECT * FROM {inner}), d AS (SELECT * FROM c WHERE {condition}) SELECT * FROM d",
        "top": f"SELECT * FROM {inner} ORDER BY 合计 DESC NULLS LAST, row_id LIMIT 7",
        "join": f"SELECT s.* FROM {inner} JOIN 一般公共预算支出表 AS b ON {paired}",
        "exists": f"SELECT s.* FROM {inner} WHERE EXISTS (SELECT 1 FROM 一般公共预算支出表 AS b WHERE {paired})",
        "in": f"SELECT * FROM {inner} WHERE {code} IN (SELECT 科目编码 FROM 支出总表 WHERE {condition} AND 末级)",
        "window": f"SELECT * FROM {inner} QUALIFY ROW_NUMBER() OVER (PARTITION BY 年度 ORDER BY 合计 DESC, row_id) < 4",
    }[kind]
    return f"({body}) AS s"


def _rests_on_others(source: str) -> bool:
    """Whether rows that aren't there, or aren't read, decide which are."""
    return any(word in source for word in ("LIMIT", "QUALIFY", "JOIN", "EXISTS", " IN "))


VIEW = st.sampled_from(VIEWS)
GROUPS = ("年度", "所属单位", "LEFT({code}, 3)")


@st.composite
def aggregates(draw: st.DrawFn) -> Case:
    """Aggregates of all rows or of groups, perhaps of some of the rows only, perhaps of some of the groups."""
    view = draw(VIEW)
    source, key = draw(sources(view)), draw(st.sampled_from(["", *GROUPS])).format(code=f"s.{CODES[view]}")
    condition = draw(st.sampled_from(["年度 > 2023", "合计 < 700", "所属单位 = '乙所'"]))
    form = draw(st.sampled_from(["{}({})", "{}({}) FILTER (WHERE {c})", "{}(CASE WHEN {c} THEN {} END)"]))
    form = form.replace("{c}", condition)
    columns = [f"{form.format(name, '合计')} AS {name}_" for name in ("SUM", "COUNT", "AVG", "MIN", "MAX", "MEDIAN")]
    columns += ["COUNT(*) AS n", f"COUNT(DISTINCT {CODES[view]}) AS d", "SUM(合计) - MIN(合计) AS rest"]
    having = draw(
        st.sampled_from(["TRUE", "COUNT(*) > 2", "SUM(合计) > 900", f"MAX(合计) > (SELECT AVG(合计) FROM {source})"])
    )
    tail = f"GROUP BY {key} HAVING {having}" if key else ""
    figures: dict[str, Callable[[Cells], Value]] = {
        "SUM_": lambda cells: _sum(cells["SUM_"]),
        "COUNT_": lambda cells: len(_amounts(cells["COUNT_"])),
        "AVG_": lambda cells: _mean(cells["AVG_"]),
        "MIN_": lambda cells: min(_amounts(cells["MIN_"]), default=None),
        "MAX_": lambda cells: max(_amounts(cells["MAX_"]), default=None),
        "MEDIAN_": lambda cells: median(_amounts(cells["MEDIAN_"])) if _amounts(cells["MEDIAN_"]) else None,
        "n": lambda cells: len([row for row in cells["n"] if row["view"] == view]),
        "d": lambda cells: len({row[CODES[view]] for row in cells["d"]}),
        "rest": lambda cells: _less(_sum(cells["rest"]), min(_amounts(cells["rest"]), default=None)),
    }
    keyed = f"{key} AS k, " if key else ""
    return Case(f"SELECT {keyed}{', '.join(columns)} FROM {source} {tail}", figures)


@st.composite
def windows(draw: st.DrawFn) -> Case:
    """Windows over rows: shares, ranks, running sums, neighbours."""
    view = draw(VIEW)
    source, partition = draw(sources(view)), draw(st.sampled_from(["", "PARTITION BY 年度", "PARTITION BY 所属单位"]))
    down = "ORDER BY 合计 DESC NULLS LAST"
    columns = {
        "own": "合计",
        "share": f"合计 / SUM(合计) OVER ({partition})",
        "place": f"RANK() OVER ({partition} {down})",
        "dense": f"DENSE_RANK() OVER ({partition} {down})",
        "number": f"ROW_NUMBER() OVER ({partition} {down}, row_id)",
        "running": f"SUM(合计) OVER ({partition} {down}, row_id ROWS UNBOUNDED PRECEDING)",
        "before": f"LAG(合计) OVER ({partition} {down}, row_id)",
        "first": f"FIRST_VALUE(合计) OVER ({partition} {down}, row_id)",
        "among": f"COUNT(*) OVER ({partition})",
        "late": f"SUM(合计) FILTER (WHERE 年度 = 2025) OVER ({partition})",
        "high": f"COUNT(CASE WHEN 合计 > 500 THEN 1 END) OVER ({partition})",
    }
    figures: dict[str, Callable[[Cells], Value]] = {
        "own": lambda cells: _only(cells["own"])["合计"],
        "share": lambda cells: _ratio(_only(cells["own"])["合计"], _sum(cells["share"])),
        "place": lambda cells: 1 + sum(_order(row)[0] < _order(_only(cells["own"]))[0] for row in cells["place"]),
        "dense": lambda cells: (
            1 + len({_order(r)[0] for r in cells["dense"] if _order(r)[0] < _order(_only(cells["own"]))[0]})
        ),
        "number": lambda cells: 1 + _ordered(cells["number"]).index(_only(cells["own"])),
        "running": lambda cells: _sum(_until(cells["running"], _only(cells["own"]))),
        "before": lambda cells: ([None, *_until(cells["before"], _only(cells["own"]))][-2] or {"合计": None})["合计"],
        "first": lambda cells: _ordered(cells["first"])[0]["合计"],
        "among": lambda cells: len([row for row in cells["among"] if row["view"] == view]),
        "late": lambda cells: _sum(cells["late"]),
        "high": lambda cells: len([row for row in cells["high"] if row["view"] == view]),
    }
    chosen = draw(st.lists(st.sampled_from(sorted(columns)[:]), min_size=1, max_size=4, unique=True))
    names = dict.fromkeys(["own", *chosen])
    listed = ", ".join(f"{columns[name]} AS {name}" for name in names)
    limit = draw(st.sampled_from(["", "LIMIT 3"]))
    return Case(f"SELECT {listed} FROM {source} ORDER BY 合计, row_id {limit}", {name: figures[name] for name in names})


@st.composite
def shares(draw: st.DrawFn) -> Case:
    """Parts of a total that a subquery gives."""
    view = draw(VIEW)
    source = draw(sources(view))
    total, last = f"(SELECT SUM(合计) FROM {source})", "WHERE s.年度 = 2025"
    sql = draw(
        st.sampled_from(
            [
                f"SELECT 合计 AS own, 合计 / {total} AS share FROM {source} {last}",
                f"WITH c AS (SELECT * FROM {source}) SELECT 合计 AS own, 合计 / (SELECT SUM(合计) FROM c) AS share "
                f"FROM c AS s {last}",
                f"SELECT s.合计 AS own, s.合计 / t.x AS share FROM {source} "
                f"CROSS JOIN (SELECT SUM(合计) AS x FROM {source}) AS t {last}",
            ]
        )
    )
    # The own cell is one of the total's, so that the share's cells are just those that are added.
    return Case(
        sql,
        {
            "own": lambda cells: _only(cells["own"])["合计"],
            "share": lambda cells: _ratio(_only(cells["own"])["合计"], _sum(cells["share"])),
        },
    )


@st.composite
def choices(draw: st.DrawFn) -> Case:
    """Rows chosen by other rows: above the mean, above one row, the top of each group, those of the largest amount."""
    view = draw(VIEW)
    source, key = draw(sources(view)), draw(st.sampled_from(["年度", "所属单位"]))
    most = draw(st.integers(1, 3))
    rank = f"ROW_NUMBER() OVER (PARTITION BY {key} ORDER BY 合计 DESC NULLS LAST, row_id)"
    forms: list[tuple[str, Callable[[Row, Sequence[Row]], bool]]] = [
        (
            f"SELECT 合计 AS own FROM {source} WHERE 合计 > (SELECT AVG(合计) FROM {view} WHERE 层级 = 1)",
            lambda own, context: own["合计"] > (_mean([r for r in context if r["层级"] == 1]) or 0),
        ),
        (
            f"SELECT 合计 AS own FROM {source} WHERE 合计 > (SELECT 合计 FROM {view} WHERE 层级 = 1 AND 年度 = 2024"
            f" ORDER BY 合计 LIMIT 1)",
            lambda own, context: own["合计"] > _only([r for r in context if r["层级"] == 1])["合计"],
        ),
        (
            f"SELECT 合计 AS own FROM {source} QUALIFY 合计 > AVG(合计) OVER (PARTITION BY {key})",
            lambda own, context: own["合计"] > (_mean([r for r in context if r[key] == own[key]]) or 0),
        ),
        (
            f"SELECT 合计 AS own FROM {source} QUALIFY {rank} <= {most}",
            lambda own, context: own in _ordered([r for r in context if r[key] == own[key]])[:most],
        ),
        (
            f"SELECT t.合计 AS own FROM (SELECT *, {rank} AS n FROM {source}) AS t WHERE t.n <= {most}",
            lambda own, context: own in _ordered([r for r in context if r[key] == own[key]])[:most],
        ),
        (
            f"SELECT 合计 AS own FROM {source} WHERE 合计 = (SELECT MAX(b.合计) FROM {view} AS b"
            f" WHERE b.{key} = s.{key} AND b.层级 = 2)",
            lambda own, context: (
                own["合计"] == max(_amounts(r for r in context if r["层级"] == 2 and r[key] == own[key]))
            ),
        ),
    ]
    sql, is_chosen = draw(st.sampled_from(forms))
    if _rests_on_others(source):  # its own context is not told from the one asked about
        return Case(sql, {"own": lambda cells: _only(cells["own"])["合计"]})
    return Case(
        sql,
        {"own": lambda cells: _only(cells["own"])["合计"]},
        lambda cells, context: is_chosen(_only(cells["own"]), context),
    )


@st.composite
def joins(draw: st.DrawFn) -> Case:
    """Two views, two years, a row and its parent side by side."""
    view, side = draw(VIEW), draw(st.sampled_from(["", "LEFT ", "FULL "]))
    source, code = draw(sources(view)), CODES[view]
    if side == "FULL " and _rests_on_others(source):
        side = "LEFT "  # what isn't there has no evidence
    other = draw(
        st.sampled_from(
            [
                f"{view} AS b ON b.{code} = s.{code} AND b.年度 = s.年度 - 1",
                f"一般公共预算支出表 AS b ON b.科目编码 = s.{code} AND b.年度 = s.年度",
                f"{view} AS b ON b.row_id = s.上级",
                f"(SELECT * FROM {view} WHERE 层级 = 1) AS b ON b.row_id = s.上级",
            ]
        )
    )
    figures: dict[str, Callable[[Cells], Value]] = {
        "one": lambda cells: _only(cells["one"])["合计"],
        "other": lambda cells: _only(cells["other"])["合计"],
        "change": lambda cells: _less(_only(cells["one"])["合计"], _only(cells["other"])["合计"]),
        "rate": lambda cells: _ratio(
            _less(_only(cells["one"])["合计"], _only(cells["other"])["合计"]), _only(cells["other"])["合计"]
        ),
    }
    columns = "s.合计 AS one, b.合计 AS other, s.合计 - b.合计 AS change, (s.合计 - b.合计) / b.合计 AS rate"
    return Case(f"SELECT {columns} FROM {source} {side}JOIN {other}", figures)


@st.composite
def sets(draw: st.DrawFn) -> Case:
    """Rows of two sources put together, held in common, or taken away from one another."""
    view, other = draw(st.sampled_from([VIEWS[:2], VIEWS[1::-1], (VIEWS[2], VIEWS[2])]))
    one, two = draw(sources(view)), draw(sources(other))
    name, last = LABELS[view], draw(st.sampled_from(["", " ORDER BY k DESC LIMIT 4"]))
    operation = draw(st.sampled_from(["UNION ALL", "UNION", "INTERSECT", *(["EXCEPT"] * (not _rests_on_others(two)))]))
    return Case(
        f"SELECT {name} AS k FROM {one} {operation} SELECT {name} FROM {two} WHERE s.年度 > 2023{last}",
        {"k": lambda cells: _only(list({row[name]: row for row in cells["k"]}.values()))[name]},
        lambda cells, context: bool(cells["k"]),
    )


@st.composite
def nested(draw: st.DrawFn) -> Case:
    """Aggregates, shares and ranks of groups."""
    view = draw(VIEW)
    source, key = draw(sources(view)), draw(st.sampled_from(GROUPS)).format(code=f"s.{CODES[view]}")
    groups = f"(SELECT {key} AS k, SUM(合计) AS x FROM {source} GROUP BY {key}) AS t"

    def sums(rows: Sequence[Row]) -> list[Decimal]:
        by_key: dict[str, list[Row]] = {}
        for row in rows:
            by_key.setdefault(row[CODES[view]][:3] if "LEFT" in key else row[key.strip()], []).append(row)
        return [total for group in by_key.values() if (total := _sum(group)) is not None]

    share: Callable[[Cells], Value] = lambda cells: _ratio(_sum(cells["x"]), _sum(cells["share"]))  # noqa: E731
    forms: list[tuple[str, dict[str, Callable[[Cells], Value]]]] = [
        (f"SELECT MAX(x) AS m FROM {groups}", {"m": lambda cells: max(sums(cells["m"]), default=None)}),
        (f"SELECT SUM(x) AS m FROM {groups}", {"m": lambda cells: _sum(cells["m"])}),
        (f"SELECT AVG(x) AS m FROM {groups}", {"m": lambda cells: _average(sums(cells["m"]))}),
        (f"SELECT x, x / SUM(x) OVER () AS share FROM {groups}", {"share": share}),
        (
            f"SELECT SUM(合计) AS x, SUM(合计) / SUM(SUM(合计)) OVER () AS share FROM {source} GROUP BY {key}",
            {"x": lambda cells: _sum(cells["x"]), "share": share},
        ),
        (
            f"SELECT SUM(合计) AS x, RANK() OVER (ORDER BY SUM(合计) DESC NULLS LAST) AS place FROM {source} "
            f"GROUP BY {key} HAVING SUM(合计) > 0 QUALIFY place < 3",
            {"place": lambda cells: 1 + sum(x > (_sum(cells["x"]) or 0) for x in sums(cells["place"]))},
        ),
        (
            f"SELECT SUM(share) AS m FROM (SELECT 合计 / SUM(合计) OVER () AS share FROM {source}) AS t",
            {"m": lambda cells: Decimal(1) if _sum(cells["m"]) is not None else None},
        ),
    ]
    return Case(*draw(st.sampled_from(forms)))


@st.composite
def correlated(draw: st.DrawFn) -> Case:
    """Figures of the rows that belong to each row."""
    view = draw(VIEW)
    label = LABELS[view]
    inner = draw(st.sampled_from(["b.上级 = a.row_id", "b.年度 = a.年度 AND b.末级", "b.年度 < a.年度 AND b.层级 = 1"]))
    function, fold = draw(
        st.sampled_from([("SUM", _sum), ("MAX", lambda rows: max(_amounts(rows), default=None)), ("COUNT", _count)])
    )
    outer = draw(st.sampled_from(["层级 = 1", "合计行", "合计 > (SELECT AVG(c.合计) FROM 支出总表 AS c WHERE c.末级)"]))
    sql = f"SELECT {label} AS k, (SELECT {function}(b.合计) FROM {view} AS b WHERE {inner}) AS x FROM {view} AS a"
    return Case(f"{sql} WHERE {outer}", {"x": lambda cells: fold(cells["x"])})


CASES = st.one_of(aggregates(), windows(), shares(), choices(), joins(), sets(), nested(), correlated())


@PROPERTY
@given(CASES)
def test_each_figure_follows_from_its_cells(case: Case) -> None:
    BUDGETS.keep_all()
    result = BUDGETS.run(case.sql)
    visible = sorted(repr([_rounded(value) for value in row.values]) for row in result.rows)
    assert visible == sorted(repr(list(row)) for row in BUDGETS.plain(case.sql))
    for number, row in enumerate(result.rows):
        cells = _cells(result, number)
        for name, figure in case.figures.items():
            column = [output.name for output in result.columns].index(name)
            assert _rounded(row.values[column]) == _rounded(figure(cells)), name
        assert case.is_chosen(cells, [BUDGETS.rows[row_id] for _, row_id in row.context])


@PROPERTY
@given(CASES)
def test_the_rows_of_the_evidence_give_the_same_figures(case: Case) -> None:
    BUDGETS.keep_all()
    result = BUDGETS.run(case.sql)
    for row in result.rows[:2] + result.rows[-1:]:
        BUDGETS.keep({row_id for _, row_id in (*row.evidence, *row.context)})
        assert tuple(_rounded(value) for value in row.values) in BUDGETS.plain(case.sql)


@PROPERTY
@given(VIEW.flatmap(lambda view: st.tuples(st.just(view), sources(view))), st.sampled_from(["", *GROUPS]), st.data())
def test_a_sum_rests_on_the_rows_added_and_on_each_of_them(
    read: tuple[str, str], group: str, data: st.DataObject
) -> None:
    view, source = read
    key = group.format(code=f"s.{CODES[view]}")
    listed, tail = (f"{key} AS k, ", f" GROUP BY {key}") if key else ("", "")
    sql = f"SELECT {listed}SUM(合计) AS x, COUNT(*) AS n FROM {source}{tail}"
    BUDGETS.keep_all()
    result = BUDGETS.run(sql)
    added = BUDGETS.warehouse.execute(f"SELECT {listed}LIST(row_id) FROM {source}{tail}")[1]
    expected = {row[0] if key else None: set(row[-1] or ()) for row in added}
    for row in sorted(result.rows, key=lambda row: str(row.values[0])):  # the engine gives groups in any order
        summed = result.columns[-2].origins
        cited = {row_id for origin in summed for row_id in row.rows_by_tag.get(origin.tag, ())}
        assert cited == expected[row.values[0] if key else None]
        if not cited or "QUALIFY" in source:
            continue  # another row may take the place of one that is left out
        lost = BUDGETS.rows[data.draw(st.sampled_from(sorted(cited)))]
        BUDGETS.keep({row_id for _, row_id in (*row.evidence, *row.context)} - {lost["row_id"]})
        again = BUDGETS.plain(sql)
        assert tuple(_rounded(value) for value in row.values) not in again
        if lost["合计"]:
            assert (row.values[0], row.values[-2]) not in [(other[0], other[-2]) for other in again]


def _cells(result: ResultSet, number: int) -> dict[str, list[Row]]:
    found = {}
    for at, column in enumerate(result.columns):
        row_ids = dict.fromkeys(cell.row_id for cell in evidence_cells(result, number, at))
        found[column.name] = [BUDGETS.rows[row_id] for row_id in row_ids]
    return found


def _only(rows: Sequence[Row]) -> Row:
    """The one row there is, or the missing side of an outer join."""
    assert len(rows) <= 1
    return rows[0] if rows else {"合计": None}


def _amounts(rows: Iterable[Row]) -> list[Decimal]:
    return [row["合计"] for row in rows if row["合计"] is not None]


def _sum(rows: Iterable[Row]) -> Decimal | None:
    amounts = _amounts(rows)
    return sum(amounts, Decimal()) if amounts else None


def _count(rows: Iterable[Row]) -> int:
    return len(_amounts(rows))


def _mean(rows: Iterable[Row]) -> Decimal | None:
    return _average(_amounts(rows))


def _average(amounts: Sequence[Decimal]) -> Decimal | None:
    return sum(amounts, Decimal()) / len(amounts) if amounts else None


def _less(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one - other


def _ratio(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    return None if part is None or not whole else part / whole


def _order(row: Row) -> tuple[Decimal, str]:
    """Largest first, blanks last."""
    return (Decimal("Infinity") if row["合计"] is None else -row["合计"], row["row_id"])


def _ordered(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=_order)


def _until(rows: Iterable[Row], last: Row) -> list[Row]:
    ordered = _ordered(rows)
    return ordered[: ordered.index(last) + 1]


def _rounded(value: object) -> Any:
    """Amounts exactly; what was divided, to the digits that DuckDB's division has."""
    if isinstance(value, float | Decimal):
        return Decimal(f"{Decimal(value):.12g}").normalize()
    return value
