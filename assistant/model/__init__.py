"""A language model as a reader: it writes a query, code checks, runs and prints it. Nothing here without a model set.

A follow-up is completed first (follow_up), for the rules to read. On request it words quotations (reword) and a
letter's opening and closing (frame), within what faithful lets stand. Reading:

candidates → prompts → chat (endpoint, or files of requests and replies) → replies → form → queries → support, left →
consult
"""
