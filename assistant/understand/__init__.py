"""Question → typed meaning, by rule and in milliseconds."""
