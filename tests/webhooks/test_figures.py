"""Health and figures: what a load balancer and Prometheus are told."""

import pytest
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text, update

from backend import db
from backend.outbox import outbox
from tests.conftest import Dial

Figures = dict[tuple[str, frozenset[tuple[str, str]]], float]


def scraped(app: Flask) -> Figures:
    """Return the figures by name and labels, read as Prometheus reads them."""
    answer = app.test_client().get("/metrics")
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/plain; version=")
    samples = [sample for family in text_string_to_metric_families(answer.text) for sample in family.samples]
    return {(sample.name, frozenset(sample.labels.items())): sample.value for sample in samples}


def figure(figures: Figures, name: str, **labels: str) -> float:
    """Return one figure, 0 where there is none."""
    return figures.get((name, frozenset(labels.items())), 0.0)


@pytest.mark.usefixtures("listed")
def test_figures_count_calls_turns_and_promises(app: Flask, dial: Dial) -> None:
    """By service and status, question and outcome, state; the same from any process, since PostgreSQL holds them."""
    dial().keys("2").keys("1").dials("482913#").dials("14031988").hears("code")
    dial(to="+212520194040").keys("9").keys("2")
    with db.engine().begin() as connection:
        connection.execute(update(outbox).values(promised_at=text("promised_at - interval '90 seconds'")))
    figures = scraped(app)
    assert figure(figures, "svi_database_up") == 1
    assert figure(figures, "svi_calls_lately", service="vocal-server", status="in-progress") == 1
    assert figure(figures, "svi_calls_lately", service="call-centre", status="in-progress") == 1
    assert figure(figures, "svi_conversations_open") == 2
    assert figure(figures, "svi_turns_lately", question="language", outcome="answered") == 2
    assert figure(figures, "svi_turns_lately", question="language", outcome="wrong") == 1
    assert figure(figures, "svi_outbox", state="queued") == 1
    assert 90 <= figure(figures, "svi_sms_oldest_waiting_seconds") < 120


def test_figures_of_nothing_are_zero(app: Flask) -> None:
    """An idle system is no error."""
    figures = scraped(app)
    assert figure(figures, "svi_database_up") == 1
    assert figure(figures, "svi_sms_oldest_waiting_seconds") == 0


def test_ready_wants_our_schema(app: Flask) -> None:
    """A database that another release migrated answers no calls of this one."""
    client = app.test_client()
    assert (client.get("/health/ready").status_code, client.get("/health/ready").text) == (200, "ready\n")
    with db.engine().begin() as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))
    try:
        answer = client.get("/health/ready")
    finally:
        with db.engine().begin() as connection:
            connection.execute(text("update alembic_version set version_num = '0001'"))
    assert (answer.status_code, "svi migrate" in answer.text) == (503, True)
