"""Who may: a token opens what its scopes name, as long as it is in use, and nothing else."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from backend import db
from backend.api import tokens
from backend.errors import BadInputError
from backend.settings import settings
from backend.work import Actor, begin
from tests.api.conftest import Machine, MachineWith, add_token

OPERATIONS = {
    "/people/104228815": "people:read",
    "/people/104228815/claims": "people:read",
    "/people/104228815/rights": "people:read",
    "/events": "events:read",
    "/feeds/agencies": "feeds:write",
}
OPERATOR = Actor("command", "token")


def asked(machine: Machine, path: str) -> int:
    """Return the status of an operation."""
    return (machine.feed("agencies", {}) if "/feeds/" in path else machine.get(path)).status_code


@pytest.mark.usefixtures("listed")
@pytest.mark.parametrize("scope", tokens.SCOPES)
@pytest.mark.parametrize("path", OPERATIONS)
def test_a_scope_opens_its_operations_and_no_other(machine: MachineWith, path: str, scope: str) -> None:
    """One scope each: 200 with it, 403 with any other, which says what lacks."""
    holder = machine(scope)
    assert asked(holder, path) == (200 if OPERATIONS[path] == scope else 403)


def test_what_lacks_is_said(machine: MachineWith) -> None:
    """The problem and the challenge name the scope."""
    answer = machine("events:read").get("/people/104228815")
    assert "people:read" in answer.get_json()["detail"]
    assert 'error="insufficient_scope", scope="people:read"' in answer.headers["WWW-Authenticate"]


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Basic dXNlcjpwYXNz", "Bearer nothing", "Bearer svi_1_" + "a" * 43]
)
def test_without_a_right_token_nothing_is_said(app: Flask, header: str) -> None:
    """401 comes before anything else: before 404, 415, 422."""
    for path in (*OPERATIONS, "/people/not-a-number"):
        ask = app.test_client().post if "/feeds/" in path else app.test_client().get
        answer = ask(f"/api/v1{path}", headers={"Authorization": header})
        assert answer.status_code == 401, path
        assert answer.headers["WWW-Authenticate"].startswith("Bearer ")


def test_one_secret_never_opens_another_token(app: Flask) -> None:
    """The digest binds the token's number."""
    one, two = (add_token(name, "events:read") for name in ("one", "two"))
    mixed = f"svi_{two.split('_')[1]}_{one.split('_', 2)[2]}"
    assert Machine(app, one).get("/events").status_code == 200
    assert Machine(app, mixed).get("/events").status_code == 401


@pytest.mark.usefixtures("app")
def test_no_token_is_stored_in_clear() -> None:
    """Only a keyed digest is kept."""
    secret = add_token("one", "events:read").split("_", 2)[2]
    with db.engine().connect() as connection:
        row = connection.execute(select(tokens.tokens)).one()
    assert secret not in repr(row)
    assert secret.encode() not in row.digest


def test_a_revoked_token_opens_nothing_and_its_name_is_free(app: Flask) -> None:
    """Revoked now, refused now; the next token of that name is another one."""
    first = add_token("payroll", "events:read")
    with pytest.raises(BadInputError, match="there is a token"):
        add_token("payroll", "events:read")
    with begin(OPERATOR) as work:
        tokens.revoke(work, "payroll")
    second = add_token("payroll", "events:read")
    assert Machine(app, first).get("/events").status_code == 401
    assert Machine(app, second).get("/events").status_code == 200
    with begin(OPERATOR) as work, pytest.raises(BadInputError, match="no token in use"):
        tokens.revoke(work, "nobody")


def test_a_token_ends_at_its_day(app: Flask) -> None:
    """A token with a life is refused after it."""
    with time_machine.travel(datetime(2024, 3, 20, 9, tzinfo=UTC), tick=False) as moment:
        holder = Machine(app, add_token("for-a-day", "events:read", life=timedelta(1)))
        assert holder.get("/events").status_code == 200
        moment.shift(timedelta(days=1))
        assert holder.get("/events").status_code == 401


def test_the_last_use_is_noted(app: Flask) -> None:
    """To the minute: an operator sees which tokens nobody uses."""
    with time_machine.travel(datetime(2024, 3, 20, 9, tzinfo=UTC), tick=False) as moment:
        holder = Machine(app, add_token("one", "events:read"))
        for minutes in (0, 5):
            moment.move_to(datetime(2024, 3, 20, 9, minutes, tzinfo=UTC))
            holder.get("/events")
            with begin(OPERATOR) as work:
                (token,) = tokens.every(work)
            assert token.used_at == datetime(2024, 3, 20, 9, minutes, tzinfo=UTC)


def test_whoever_sends_wrong_tokens_is_told_to_wait(
    app: Flask, count: Callable[[str], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """From thirty in a minute on 429; a right token is let in, other addresses aren't concerned, one row counts."""
    monkeypatch.setenv("SVI_PROXIES", "127.0.0.1")
    settings.cache_clear()
    right = Machine(app, add_token("one", "events:read"))
    wrong = Machine(app, "svi_1_" + "a" * 43)
    with time_machine.travel(datetime(2024, 3, 20, 9, tzinfo=UTC), tick=False) as moment:
        statuses = [wrong.get("/events").status_code for _ in range(32)]
        assert statuses == [401] * 30 + [429] * 2
        assert wrong.get("/events").headers["Retry-After"] == "60"
        assert right.get("/events").status_code == 200
        wrong.headers["X-Forwarded-For"] = "192.0.2.7"
        assert wrong.get("/events").status_code == 401
        assert count("token_refusals") == 2
        del wrong.headers["X-Forwarded-For"]
        moment.shift(timedelta(minutes=1))
        assert wrong.get("/events").status_code == 401
        moment.shift(timedelta(hours=2))
        with begin(OPERATOR) as work:
            assert tokens.erase_old(work) == 3
