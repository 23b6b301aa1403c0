"""What Prometheus and `svi doctor` are told of the queue."""

from datetime import timedelta

import pytest
from flask import Flask

from backend import clock
from backend.settings import settings
from backend.work import Actor, begin
from callcenter import agents, events, tickets
from svi import checkup
from tests.webhooks.test_figures import figure, scraped


def waiting(subject: str, language: str, ago: timedelta) -> int:
    """Have a call wait since so long."""
    with begin(Actor("call", "1")) as work:
        since = work.now - ago
        new = tickets.add(work, kind="call", subject=subject, reason="asked", language=language, queued_at=since)
        events.record(work, "queued", ticket=new.id, kind="call", subject=subject, language=language)
    return new.id


def queue_looks() -> checkup.Finding:
    """Return what the doctor finds."""
    (found,) = [each for each in checkup.examine(settings()) if each.subject == "queue"]
    return found


def test_prometheus_is_told_who_waits_and_who_answers(app: Flask) -> None:
    """By subject, language and state; how long the oldest has waited; what happened lately."""
    for subject, language, minutes in (("claims", "fr", 1), ("claims", "fr", 2), ("rights", "ar", 3)):
        waiting(subject, language, timedelta(minutes=minutes))
    with begin(Actor("command", "test")) as work:
        advisor = agents.add(work, "samira", "Samira", ["fr"], {"claims": 1}).id
        agents.add(work, "omar", "Omar", ["fr"], {"claims": 1})
        agents.change(work, advisor, "ready")
    figures = scraped(app)
    assert figure(figures, "svi_queue_waiting", kind="call", subject="claims", language="fr") == 2
    assert figure(figures, "svi_queue_waiting", kind="call", subject="rights", language="ar") == 1
    assert 180 <= figure(figures, "svi_queue_oldest_waiting_seconds") < 240
    assert figure(figures, "svi_advisors", state="ready") == 1
    assert figure(figures, "svi_advisors", state="signed-out") == 0
    assert figure(figures, "svi_queue_events_lately", type="queued") == 3
    assert figure(figures, "svi_queue_events_lately", type="ready") == 1


def test_an_empty_queue_is_no_error(app: Flask) -> None:
    """Nobody waits."""
    figures = scraped(app)
    assert (figure(figures, "svi_database_up"), figure(figures, "svi_queue_oldest_waiting_seconds")) == (1, 0)


@pytest.mark.usefixtures("environment")
def test_the_doctor_finds_tickets_that_never_end() -> None:
    """After four hours, nobody is on that line any more."""
    assert queue_looks() == checkup.Finding("queue", "open tickets: 0")
    waiting("claims", "fr", timedelta(hours=3, minutes=59))
    assert queue_looks() == checkup.Finding("queue", "open tickets: 1")
    old = waiting("claims", "fr", timedelta(hours=4, minutes=1))
    assert queue_looks().words == "open for over 4 h: 1 tickets"
    assert queue_looks().mend
    with begin(Actor("job", "clock")) as work:
        assert tickets.change(work, old, state="ended", outcome="abandoned", ended_at=clock.now())
    assert not queue_looks().mend
