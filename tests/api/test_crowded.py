"""Machines leave threads to people on the line: beyond a bound they are told to come again."""

from flask import Flask

from svi import web


def test_beyond_the_bound_machines_come_again_and_callers_are_served(app: Flask) -> None:
    """503 with a wait; what the carrier asks is answered as ever, here by refusing what it did not sign."""
    assert app.name
    crowded = web.create_app(api_at_once=0).test_client()
    answer = crowded.get("/api/v1/events")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert answer.get_json()["type"].endswith("#crowded")
    assert crowded.post("/voice/incoming").status_code == 403


def test_a_request_that_is_answered_makes_room(app: Flask) -> None:
    """However it was answered."""
    assert app.name
    one = web.create_app(api_at_once=1).test_client()
    assert [one.get("/api/v1/events").status_code for _ in range(3)] == [401, 401, 401]
