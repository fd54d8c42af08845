"""Reading: a question and the turns before it to queries, with what was not read left visible."""
