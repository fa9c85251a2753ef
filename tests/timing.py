"""How long a call takes, told in a way that other work on the machine moves little."""

import time
from collections.abc import Callable


def seconds_of(call: Callable[[], object], times: int = 3) -> float:
    """Return the least processor time of this thread in some calls, in seconds; work of other threads is not seen."""
    return min(_once(call) for _ in range(times))


def _once(call: Callable[[], object]) -> float:
    start = time.thread_time()
    call()
    return time.thread_time() - start
