"""A score is given once a ticket, after an advisor answered; the reason, once a score."""

import pytest
from sqlalchemy import select

from backend.errors import BadInputError
from backend.work import Actor, Work, begin
from callcenter import surveys, tickets
from callcenter.events import queue_events
from callcenter.surveys import NotAsked, Scored

pytestmark = pytest.mark.usefixtures("environment")


def ended(work: Work, outcome: str = "answered") -> int:
    """Return a ticket that ended so."""
    new = tickets.add(work, kind="call", subject="claims", reason="asked", language="fr")
    return end(work, new.id, outcome)


def end(work: Work, ticket: int, outcome: str) -> int:
    """End a ticket."""
    assert tickets.change(work, ticket, state="ended", outcome=outcome, ended_at=work.now)
    return ticket


def kept(work: Work) -> list[tuple[int, str | None]]:
    """Return the scores and reasons that are kept."""
    rows = work.execute(select(surveys.surveys.c.score, surveys.surveys.c.reason))
    return [(row.score, row.reason) for row in rows]


def test_the_first_score_counts_and_is_logged_once() -> None:
    """Whoever scores again hears of the first."""
    with begin(Actor("call", "1")) as work:
        ticket = ended(work)
        assert surveys.answer(work, ticket, 4) == Scored(4)
        assert surveys.answer(work, ticket, 1) == Scored(4)
        assert kept(work) == [(4, None)]
    with begin(Actor("call", "1")) as work:
        log = work.execute(select(queue_events)).all()
    assert [(row.type, row.ticket_id, row.details) for row in log] == [("surveyed", ticket, {"score": 4})]


@pytest.mark.parametrize("outcome", ["abandoned", "kept", "unserved", "not-reached"])
def test_only_an_answered_call_has_a_score(outcome: str) -> None:
    """Nobody is asked about an advisor whom they never met."""
    with begin(Actor("call", "1")) as work:
        assert surveys.answer(work, ended(work, outcome), 5) == NotAsked()
        assert kept(work) == []


def test_a_call_that_still_waits_has_none() -> None:
    """Nor has one that never was."""
    with begin(Actor("call", "1")) as work:
        waiting = tickets.add(work, kind="call", subject="claims", reason="asked", language="fr")
        assert surveys.answer(work, waiting.id, 5) == NotAsked()
        assert surveys.answer(work, waiting.id + 1, 5) == NotAsked()


@pytest.mark.parametrize("score", [0, 6, -1])
def test_scores_are_from_1_to_5(score: int) -> None:
    """Anything else is a fault of the flow."""
    with begin(Actor("call", "1")) as work, pytest.raises(BadInputError, match="from 1 to 5"):
        surveys.answer(work, ended(work), score)


def test_a_reason_belongs_to_a_score_and_the_first_counts() -> None:
    """Without a score there is nothing that it could explain."""
    with begin(Actor("call", "1")) as work:
        ticket = ended(work)
        surveys.give_reason(work, ticket, "waiting")
        assert kept(work) == []
        surveys.answer(work, ticket, 2)
        surveys.give_reason(work, ticket, "waiting")
        surveys.give_reason(work, ticket, "welcome")
        assert kept(work) == [(2, "waiting")]
