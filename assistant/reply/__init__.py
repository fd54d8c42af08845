"""Replying: results to sentences, each figure with its source."""
