"""How much there is to compute on."""

import os


def usable_cores() -> int:
    """Count the cores that this process may use, at least 1; where the system does not tell, all that it has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
