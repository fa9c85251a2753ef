"""Responses such as the engine gives, made from the fakes of the API's tests."""

from typing import Any

from qa.schema import response_json
from qa.types import Query
from tests.api.fakes import AMOUNT, COUNT, response


def answered(question: str = "助学金多少？") -> dict[str, Any]:
    """A response with two answers."""
    return dict(response_json(response(question, AMOUNT, COUNT, query=_query(question)), explain=True))


def refused(question: str = "食堂几点开门？") -> dict[str, Any]:
    """A refusal."""
    return dict(response_json(response(question, query=_query(question)), explain=True))


def _query(question: str) -> Query:
    return Query(question, question, ("助学",), (AMOUNT.kind,))
