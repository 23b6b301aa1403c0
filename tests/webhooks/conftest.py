"""The carrier's side of single webhooks: signed, or signed wrongly, in any shape."""

from collections.abc import Mapping
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from exchange.signing import HEADER, sign
from tests.conftest import ACCOUNT, TOKEN

ORIGIN = "http://127.0.0.1:8039"
SID = "CA" + "1" * 32
CALL = {"CallSid": SID, "AccountSid": ACCOUNT, "From": "+212661000777", "To": "+212520447100", "CallStatus": "ringing"}


class Carrier:
    """Posts webhooks to the application."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def post(self, path: str, params: Mapping[str, str] | None = None, **options: Any) -> TestResponse:
        """Post a form as Twilio would, signed for `origin` (ours, unless said otherwise)."""
        params = CALL if params is None else params
        signature = sign(TOKEN, options.pop("origin", ORIGIN) + path, params)
        return self.send(path, {HEADER: signature} | options.pop("headers", {}), data=MultiDict(params), **options)

    def send(self, path: str, headers: Mapping[str, str], **options: Any) -> TestResponse:
        """Send a request in any shape."""
        return self.app.test_client().open(path, method=options.pop("method", "POST"), headers=headers, **options)


@pytest.fixture
def carrier(app: Flask) -> Carrier:
    """Return the carrier."""
    return Carrier(app)
