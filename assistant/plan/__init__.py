"""Planning: names of a query to the items of a document, and one basis for all figures of a computation."""
