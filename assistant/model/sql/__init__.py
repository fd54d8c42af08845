"""SQL that a model wrote, where the query algebra can't say what is asked: guarded, run apart, proved cell by cell.

shown → (model) → guard (grammar, names) → trace → run (worker) → proof → reader
"""
