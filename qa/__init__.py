"""Youju (有据): extractive, cited question answering over Chinese documents."""

__version__ = "0.1.0"
