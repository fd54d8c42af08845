"""Running: operators over exact figures, each result with the figures it came from."""
