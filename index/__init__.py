"""Offline half of the budget assistant: published documents in, one immutable index version out."""
