"""What callers say of the talk."""

from typing import Literal

from backend.examples import examples
from backend.work import Work

Reason = Literal["answer", "waiting", "courtesy", "other"]


@examples(None)
def answer(work: Work, ticket: int, score: int) -> None:
    """Note the score."""


@examples(None)
def give_reason(work: Work, ticket: int, reason: Reason) -> None:
    """Note the reason."""
