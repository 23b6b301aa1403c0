"""What goes wrong under `/api/` is told as problem details, without a word of whom it was about."""

import pytest
from flask import Flask
from sqlalchemy import text
from werkzeug.test import TestResponse

from backend import db
from backend.api import problems
from tests.api.conftest import Machine, MachineWith, add_token
from tests.conftest import forget


def told(answer: TestResponse, status: int, kind: str) -> dict[str, object]:
    """Check that an answer is this problem, as RFC 9457 has it."""
    body: dict[str, object] = answer.get_json(force=True)
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert (body["status"], body["type"]) == (status, f"/api/v1/docs#{kind}")
    assert body["title"] == problems.KINDS[kind].title
    assert body["detail"]
    return body


@pytest.mark.parametrize("path", ["/api/", "/api/v2/people/104228815", "/api/v1", "/api/v1/people", "/api/v1//events"])
def test_an_address_that_is_none_is_not_found(app: Flask, path: str) -> None:
    """Whatever is under `/api/`: 404, and no page for people."""
    told(app.test_client().get(path), 404, "not-found")


def test_a_method_that_is_none_is_told_with_those_there_are(app: Flask) -> None:
    """405 with `Allow`."""
    answer = app.test_client().delete("/api/v1/events")
    told(answer, 405, "method-not-allowed")
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [({"after": -1}, "after"), ({"after": "x"}, "after"), ({"after": 2**63}, "after"), ({"limit": 1001}, "limit")],
)
def test_a_wrong_parameter_is_named(machine: MachineWith, query: dict[str, int | str], parameter: str) -> None:
    """422 names each, and why."""
    body = told(machine("events:read").get("/events", **query), 422, "invalid")
    assert [error["parameter"] for error in body["errors"]] == [parameter]  # type: ignore[attr-defined]


def test_a_fault_of_ours_says_and_logs_nothing_of_whom_it_was_about(
    app: Flask, capfd: pytest.CaptureFixture[str]
) -> None:
    """500: no number, no text of the error, in the answer or the log."""
    asking = Machine(app, add_token("one", "people:read"))
    with db.engine().begin() as connection:
        connection.execute(text("alter table people rename to people_elsewhere"))
    try:
        answer = asking.get("/people/104228815")
    finally:
        with db.engine().begin() as connection:
            connection.execute(text("alter table people_elsewhere rename to people"))
    told(answer, 500, "fault")
    logged = capfd.readouterr().err
    assert "api.error" in logged
    assert "104228815" not in logged + answer.get_data(as_text=True)
    assert "people_elsewhere" not in logged


def test_without_the_database_it_is_told_to_come_again(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """503 with `Retry-After`, as soon as the token can't be looked up."""
    asking = Machine(app, add_token("one", "events:read"))
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")
    forget()
    answer = asking.get("/events")
    told(answer, 503, "database-away")
    assert int(answer.headers["Retry-After"]) > 0


def test_the_webhooks_keep_their_own_errors(app: Flask) -> None:
    """What isn't under `/api/` knows nothing of it."""
    assert app.test_client().post("/voice/incoming").status_code == 403
    assert app.test_client().get("/nothing").content_type.startswith("text/html")


def test_nothing_of_it_is_kept_by_caches(machine: MachineWith) -> None:
    """Answers and problems alike."""
    asking = machine("events:read")
    for path in ("/events", "/nothing", "/people/104228815"):
        assert asking.get(path).headers["Cache-Control"] == "no-store"
