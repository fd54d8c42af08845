"""Questions over several documents: each gives its figure as on its own, and the exact figures are set side by side."""
