#!/usr/bin/env bash
# duckdb 2.0.0 and sqlglot 30.30.0: a column whose name begins with a year, written without quotes.
#
# Budget tables have columns such as 2024年预算数. One would expect SELECT 2024年预算数 to give the column, or to be
# refused as `2024年预算数 + 0` is: a name that begins with a digit needs quotes.
# What happens: both read the number 2024 with the alias 年预算数. The answer is the year, under a plausible heading and
# without an error; to sqlglot the statement names no column, so that a check of columns has nothing to object to.
# A full-width comma is no comma either: `2024，2025` is 2024 under the name ，2025.
#
# seen: [('年预算数', 2024), ('，2025', 2024)], columns that sqlglot sees: []
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==2.0.0 sqlglot==30.30.0
cd "$folder"
venv/bin/python - <<'PYTHON'
import duckdb
import sqlglot

base = duckdb.connect()
base.execute('CREATE TABLE budget ("2024年预算数" DECIMAL(18, 2))')
base.execute("INSERT INTO budget VALUES (38.52)")


def first(query):
    found = base.execute(query)
    return found.description[0][0], found.fetchone()[0]


queries = ("SELECT 2024年预算数 FROM budget", "SELECT 2024，2025")
read = [first(query) for query in queries]
columns = [str(column) for column in sqlglot.parse_one(queries[0], read="duckdb").find_all(sqlglot.exp.Column)]
print(f"seen: {read}, columns that sqlglot sees: {columns}")
assert read == [("年预算数", 2024), ("，2025", 2024)] and columns == []
try:
    base.execute("SELECT 2024年预算数 + 0 FROM budget")
except duckdb.ParserException:
    pass
else:
    raise AssertionError("read as a column, or as an alias with a sum behind it")
PYTHON
