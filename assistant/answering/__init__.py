"""Meaning → answer: figures from the warehouse or sentences from the prose, each with its citations."""
