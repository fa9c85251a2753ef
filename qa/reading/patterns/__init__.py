"""Typed patterns: pure functions from a text in normal form to what stands in it."""
