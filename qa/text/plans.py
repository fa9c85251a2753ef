"""The five-year plans (“十三五”)."""

_BEFORE_THIRD = 1955
"""The third plan ended in 1970, each later one five years after the one before it."""

FIRST_OF_FIVE_YEARS = 3
"""Number of the first plan that these years are right for."""


def last_year(plan: int) -> int:
    """Return the year in which a plan ends, by its number, 3 or more: the thirteenth ends in 2020."""
    return _BEFORE_THIRD + 5 * plan
