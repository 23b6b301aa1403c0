"""Another system, with a token."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from backend.api import tokens
from backend.work import Actor, begin


def add_token(name: str, *scopes: str, life: timedelta | None = None) -> str:
    """Make a token, as an operator does."""
    with begin(Actor("command", "token")) as work:
        return tokens.add(work, name, scopes, life)


class Machine:
    """Another system, with a token of its own."""

    def __init__(self, app: Flask, token: str) -> None:
        self._app = app
        self.headers = {"Authorization": f"Bearer {token}"}

    def get(self, path: str, **query: int | str) -> TestResponse:
        """Ask for something under `/api/v1`."""
        return self._app.test_client().get(f"/api/v1{path}", headers=self.headers, query_string=query)

    def post(self, path: str, **given: Any) -> TestResponse:
        """Bring something in under `/api/v1`."""
        headers = self.headers | given.pop("headers", {})
        return self._app.test_client().post(f"/api/v1{path}", headers=headers, **given)

    def feed(self, kind: str, *records: object, key: str = "batch-1") -> TestResponse:
        """Post a batch of records."""
        return self.post(f"/feeds/{kind}", json=list(records), headers={"Idempotency-Key": key})


MachineWith = Callable[..., Machine]


@pytest.fixture
def machine(app: Flask) -> MachineWith:
    """Return what gives a system a token with these scopes."""

    def with_scopes(*scopes: str, name: str = "payroll") -> Machine:
        return Machine(app, add_token(name, *scopes))

    return with_scopes
