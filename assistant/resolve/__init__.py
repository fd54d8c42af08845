"""Value linking: the names of a question to the cells and sentences they point at.

One operand may have several readings (公务员医疗补助: a functional and an economic item). All that explain every name
are kept, best first; which of them is shown, and whether they agree, is decided once their figures are known.
"""

from assistant.resolve.basis import asks_budget_of_final
from assistant.resolve.readings import Reading, readings_of, whole_readings_of
from assistant.resolve.row_sets import RowSet, row_sets_of
from assistant.resolve.selection import total_rows
from assistant.resolve.sentences import statements_of

__all__ = [
    "Reading", "RowSet", "asks_budget_of_final", "readings_of", "row_sets_of", "statements_of", "total_rows",
    "whole_readings_of",
]  # fmt: skip
