"""Measure how well Youju answers, and write docs/quality.md: ``python -m benchmarks.quality``."""
