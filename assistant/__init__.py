"""Online half of the budget assistant: a question in, an answer out in which every figure is cited."""

from index.quiet import switch_off

switch_off()
