"""A language model as a reader: it writes a query, code checks, runs and prints it. Nothing here without a model set.

candidates → prompts → chat (endpoint, or files of requests and replies) → replies → form → queries → support, left →
consult
"""
