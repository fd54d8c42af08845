"""Questions over several rows: lists, largest and smallest, counts, sums, means, filters."""

from assistant.answering.groups.answer import answer_group

__all__ = ["answer_group"]
