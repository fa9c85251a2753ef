"""Imports gradio, here only: quietly (nothing is sent anywhere) and in half the time.

For every component class gradio writes a stub file for editors into its own folder whenever it is imported; that takes
more than half of its import (1.2 of 2.3 s of processor time with 6.31), and nobody edits there. It skips a class
whose file cannot be told, so for the time of the import that is what its classes are told.
"""

import inspect
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"


@contextmanager
def _without_stubs() -> Iterator[None]:
    getfile = inspect.getfile

    def without_gradio(thing: Any) -> str:  # noqa: ANN401
        if str(getattr(thing, "__module__", "")).startswith("gradio."):
            raise OSError("no stubs")
        return getfile(thing)

    inspect.getfile = without_gradio  # type: ignore[assignment]
    try:
        yield
    finally:
        inspect.getfile = getfile


with _without_stubs():
    import gradio as gr

__all__ = ["gr"]
