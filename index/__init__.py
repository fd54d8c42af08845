"""Offline half of the budget assistant: published documents in, one immutable index version out."""

from index.quiet import switch_off

switch_off()
