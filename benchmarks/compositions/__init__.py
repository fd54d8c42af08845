"""Questions drawn from real documents, kind by kind, each with all that it may come to."""
