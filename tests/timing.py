"""How long a call takes, told in a way that other work on the machine moves little."""

import time
from collections.abc import Callable


def seconds_of(call: Callable[[int], object], times: int = 3) -> float:
    """Return the least processor time of this thread in some calls, in seconds; work of other threads is not seen.

    Args:
        call: gets the number of the try, 0 and up, so that it can ask for something that no cache has.
    """
    return min(_once(call, number) for number in range(times))


def _once(call: Callable[[int], object], number: int) -> float:
    start = time.thread_time()
    call(number)
    return time.thread_time() - start
