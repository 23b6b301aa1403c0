"""What tests of the exchange ask it with: Twilio's own library, and phones over HTTP."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import requests
from openapi_core import Config, OpenAPI
from openapi_core.contrib.requests import RequestsOpenAPIRequest, RequestsOpenAPIResponse
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from exchange.switchboard import Account
from tests.waiting import PATIENCE

NUMBER = "+212520447100"
SPECIFICATION = Path(__file__).parents[3] / "shared/twilio/twilio_api_v2010.json"
TWILIO = "https://api.twilio.com"
needs_specification = pytest.mark.skipif(
    not SPECIFICATION.exists(), reason="Twilio's OpenAPI document is not beside this checkout"
)


class Redirected(TwilioHttpClient):  # type: ignore[misc]
    """Twilio's HTTP client, sent to the exchange."""

    def __init__(self, base_url: str) -> None:
        super().__init__()
        self.base_url = base_url

    def request(self, method: str, url: str, *arguments: Any, **options: Any) -> Any:
        """Ask the exchange instead of Twilio."""
        return super().request(method, url.replace(TWILIO, self.base_url), *arguments, **options)


def library(exchange: str, account: Account) -> Client:
    """Make Twilio's own library ask the exchange."""
    return Client(account.sid, account.auth_token, http_client=Redirected(exchange))


@contextmanager
def checked_library(exchange: str, account: Account) -> Iterator[Client]:
    """Make Twilio's library ask the exchange; in the end, all requests and answers fit Twilio's OpenAPI document."""
    http = requests.Session()
    seen: list[tuple[requests.PreparedRequest, requests.Response]] = []
    http.hooks["response"].append(lambda response, **_: seen.append((response.request, response)))
    twilio = Redirected(exchange)
    twilio.session = http
    yield Client(account.sid, account.auth_token, http_client=twilio)
    openapi = _openapi()
    for request, response in seen:
        request.headers.setdefault("Content-Type", "application/x-www-form-urlencoded")
        request.url = str(request.url).replace(exchange, TWILIO)
        response.url = response.url.replace(exchange, TWILIO)
        asked, answered = RequestsOpenAPIRequest(request), RequestsOpenAPIResponse(response)
        assert [str(error) for error in openapi.iter_response_errors(asked, answered)] == []
        if request.method == "POST":
            assert [str(error) for error in openapi.iter_request_errors(asked)] == []


@cache
def _openapi() -> OpenAPI:
    written = json.loads(SPECIFICATION.read_text())
    reason = written["components"]["schemas"]["conference_enum_reason_conference_ended"]
    reason |= {"nullable": True, "enum": [*reason["enum"], None]}  # as its own description says
    return OpenAPI.from_dict(written, config=Config(spec_validator_cls=None))  # its own headers are not valid


class Handset:
    """A phone that speaks the exchange's HTTP: makes a call, or holds one that exists (`sid`)."""

    def __init__(self, exchange: str, *, sid: str = "", **wish: Any) -> None:
        if not sid:
            answer = requests.post(f"{exchange}/phone/calls", json={"to": NUMBER, "pace": 0, **wish}, timeout=PATIENCE)
            sid = answer.json()["sid"]
        self.sid = sid
        self.url = f"{exchange}/phone/calls/{sid}"
        self.after = 0

    def does(self, deed: str, **body: Any) -> None:
        """Act."""
        assert requests.post(f"{self.url}/{deed}", json=body, timeout=PATIENCE).status_code == 204

    def until(self, kind: str, **facts: Any) -> dict[str, Any]:
        """Read events up to one of a kind."""
        while True:
            answer = requests.get(f"{self.url}/events", params={"after": self.after}, timeout=PATIENCE).json()
            for event in answer["events"]:
                self.after = event["id"]
                if event["kind"] == kind and event.items() >= facts.items():
                    return dict(event)
            assert not answer["over"], f"the call ended without {kind} {facts}"

    def everything(self) -> list[dict[str, Any]]:
        """Read all events of a call that is over."""
        return list(requests.get(f"{self.url}/events", timeout=PATIENCE).json()["events"])
