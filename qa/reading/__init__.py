"""Typed candidates out of passages: figures, dates, names, lists, sentences, with named features."""
