"""Train the ranking of candidates: ``python -m training.ranking``."""
