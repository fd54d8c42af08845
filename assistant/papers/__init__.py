"""Papers to take away: the reply to a citizen's letter, the pack of evidence, lists as tables."""
