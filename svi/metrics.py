"""`/metrics`: figures for Prometheus, read from PostgreSQL when asked for, so that any process gives all of them.

They count calls, turns, promises, and who waits and answers; none names a person, a number or a call.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from flask import Blueprint, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import Select, func, select
from sqlalchemy.exc import SQLAlchemyError

from backend import log
from backend.calls import calls
from backend.messages import NOTICE
from backend.outbox import State, outbox
from backend.outbox.table import among
from backend.work import Actor, Work, begin
from callcenter import tickets
from callcenter.agents import advisors
from callcenter.events import queue_events
from ivr.journal import conversations, steps

WINDOW = timedelta(minutes=15)
WAITING: tuple[State, ...] = ("queued", "sending", "uncertain")
MOST_LATELY = 20_000  # promises looked at: no index tells when they were made
blueprint = Blueprint("metrics", __name__)
_log = log.get("metrics")


class Figures(Collector):
    """Reads the database at each scrape; when it is away, says so and nothing else."""

    def collect(self) -> Iterator[Metric]:
        """Give each family."""
        families: list[Metric] = []
        try:
            with begin(Actor("job", "metrics")) as work:
                families = list(_families(work))
        except SQLAlchemyError as error:
            _log.warning("metrics.without-database", **log.cause(error))
        yield GaugeMetricFamily("svi_database_up", "1 where PostgreSQL answers.", value=float(bool(families)))
        yield from families


def _families(work: Work) -> Iterator[Metric]:
    lately = work.now - WINDOW
    yield _counted(
        work,
        "svi_calls_lately",
        "Calls that began in the last 15 minutes, by service and status.",
        ("service", "status"),
        select(calls.c.service, calls.c.status, func.count())
        .where(calls.c.started_at > lately)
        .group_by(calls.c.service, calls.c.status),
    )
    yield _counted(
        work,
        "svi_conversations_open",
        "Conversations whose last turn is less than 15 minutes old and that have not ended.",
        (),
        select(func.count()).where(conversations.c.asked_at > lately, ~conversations.c.ended, ~conversations.c.erased),
    )
    yield _counted(
        work,
        "svi_turns_lately",
        "Turns of the last 15 minutes, by question and outcome.",
        ("question", "outcome"),
        select(func.split_part(steps.c.question, ".", 1).label("question"), steps.c.outcome, func.count())
        .where(steps.c.at > lately)
        .group_by("question", steps.c.outcome),
    )
    yield _counted(
        work,
        "svi_outbox",
        "Promises that wait or need a person, by state.",
        ("state",),
        select(outbox.c.state, func.count()).where(among(*WAITING, "needs-attention")).group_by(outbox.c.state),
    )
    newest = select(func.max(outbox.c.id) - MOST_LATELY).scalar_subquery()
    yield _counted(
        work,
        "svi_outbox_lately",
        "Promises made in the last 15 minutes, by what became of them so far.",
        ("state",),
        select(outbox.c.state, func.count())
        .where(outbox.c.id > newest, outbox.c.promised_at > lately)
        .group_by(outbox.c.state),
    )
    asked_for = outbox.c.priority < NOTICE.priority
    oldest = select(func.min(outbox.c.promised_at)).where(among(*WAITING), outbox.c.due_at <= work.now, asked_for)
    since = work.execute(oldest).scalar_one()
    waited = (work.now - since).total_seconds() if since else 0.0
    yield GaugeMetricFamily(
        "svi_sms_oldest_waiting_seconds", "Age of the oldest SMS that is due, notices apart.", value=waited
    )
    yield from _of_the_queue(work)


def _of_the_queue(work: Work) -> Iterator[Metric]:
    waiting = tickets.among("waiting")
    yield _counted(
        work,
        "svi_queue_waiting",
        "Tickets that wait for an advisor, by kind, subject and language.",
        ("kind", "subject", "language"),
        select(tickets.tickets.c.kind, tickets.tickets.c.subject, tickets.tickets.c.language, func.count())
        .where(waiting)
        .group_by(tickets.tickets.c.kind, tickets.tickets.c.subject, tickets.tickets.c.language),
    )
    since = work.execute(select(func.min(tickets.tickets.c.queued_at)).where(waiting)).scalar_one()
    yield GaugeMetricFamily(
        "svi_queue_oldest_waiting_seconds",
        "How long the caller at the head has waited this time.",
        value=(work.now - since).total_seconds() if since else 0.0,
    )
    yield _counted(
        work,
        "svi_advisors",
        "Advisors that are signed in, by state.",
        ("state",),
        select(advisors.c.state, func.count()).where(advisors.c.state != "signed-out").group_by(advisors.c.state),
    )
    yield _counted(
        work,
        "svi_queue_events_lately",
        "What happened in the queue in the last 15 minutes, by type.",
        ("type",),
        select(queue_events.c.type, func.count())
        .where(queue_events.c.at > work.now - WINDOW)
        .group_by(queue_events.c.type),
    )


def _counted(work: Work, name: str, words: str, labels: Iterable[str], query: Select[Any]) -> Metric:
    """Return a family of one figure a row: its labels, then the count."""
    family = GaugeMetricFamily(name, words, labels=tuple(labels))
    for row in work.execute(query):
        *values, figure = map(str, row)
        family.add_metric(values, float(figure))
    return family


_registry = CollectorRegistry(auto_describe=False)
_registry.register(Figures())


@blueprint.get("/metrics")
def metrics() -> Response:
    """Return the figures in Prometheus's text format."""
    return Response(generate_latest(_registry), content_type=CONTENT_TYPE_LATEST)
