"""Twilio's REST API: the only module that calls it (or the exchange, which speaks it).

Each call says what became of it: taken, refused for good, to be tried later, or unknown, when nobody can tell whether
Twilio acted. Nothing personal of an answer or an error leaves this module: only SIDs, statuses and numbers of errors.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from http import HTTPStatus
from typing import Any

from requests.adapters import HTTPAdapter
from requests.exceptions import ConnectionError as Disconnected
from requests.exceptions import ConnectTimeout, RequestException
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client
from urllib3.exceptions import NewConnectionError

from backend import log
from backend.errors import MisconfiguredError, UnreachableError
from backend.settings import settings

QUEUE = "advisors"  # Twilio's queue in which callers hear the music; who is next is ours to say
AT_ONCE = 32  # connections kept to Twilio
TIME_OUTS = (2.0, 8.0)  # seconds to connect, and to wait for each part of an answer
RECENT = 50  # messages to one number that are looked through
_OVER = {21220}  # https://www.twilio.com/docs/api/errors/21220: the call is no longer in progress
_OURS_TO_MEND = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}
_log = log.get("telephony")


@dataclass(frozen=True)
class Handed:
    """Twilio took it, under this SID."""

    sid: str


@dataclass(frozen=True)
class Refused:
    """Twilio will never take it; `code` is Twilio's (https://www.twilio.com/docs/api/errors)."""

    code: int


@dataclass(frozen=True)
class Later:
    """Twilio did not act, and may when asked again: after `after`, where it said so."""

    after: timedelta | None = None


@dataclass(frozen=True)
class Unknown:
    """Nobody can tell whether Twilio acted."""


Outcome = Handed | Refused | Later | Unknown


@dataclass(frozen=True)
class Gone:
    """Twilio doesn't have it, or not any more: a call that left the queue, a conference that is over."""


@dataclass(frozen=True)
class Found:
    """A message that Twilio knows of."""

    sid: str
    body: str
    status: str
    error: int | None
    created: datetime


class _TooManyRequestsError(TwilioException):  # type: ignore[misc] # twilio has no types
    """Twilio's 429, with the time it asks for, which its library drops."""

    def __init__(self, after: str | None) -> None:
        super().__init__()
        self.after = timedelta(seconds=int(after)) if after and after.isascii() and after.isdigit() else None


class _Http(TwilioHttpClient):  # type: ignore[misc] # twilio has no types
    """Twilio's own HTTP client, with connections for all our threads and a time-out for each stage."""

    def __init__(self) -> None:
        super().__init__()
        self.timeout = TIME_OUTS
        self.logger.disabled = True  # it would log numbers and texts,
        logging.getLogger("urllib3.connectionpool").setLevel(logging.INFO)  # and this one targets
        for scheme in ("https://", "http://"):
            self.session.mount(scheme, HTTPAdapter(pool_maxsize=AT_ONCE))

    def request(self, *arguments: Any, **options: Any) -> Response:
        response = super().request(*arguments, **options)
        if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            raise _TooManyRequestsError(response.headers.get("Retry-After"))
        return response


def send_sms(to: str, body: str, *, status_callback: str, validity: int | None) -> Outcome:
    """Ask for an SMS. `validity`: seconds after which Twilio is not to send it any more."""
    options = {} if validity is None else {"validity_period": validity}
    try:
        message = client().messages.create(
            to=to, from_=settings().svi_sms_sender, body=body, status_callback=status_callback, **options
        )
    except (TwilioException, RequestException, ValueError) as error:
        return _outcome(error)
    return Handed(message.sid) if message.sid else Unknown()


def find_sms(to: str) -> list[Found] | None:
    """Return the messages sent to a number, newest first; None where Twilio doesn't tell.

    There is no filter by day: a message that is still queued at Twilio has no day of sending.
    """
    try:
        listed = client().messages.list(to=to, limit=RECENT, page_size=RECENT)
    except (TwilioException, RequestException, ValueError) as error:
        _log.warning("sms.not-looked-up", error=type(error).__name__)
        return None
    return [
        Found(each.sid, each.body, str(each.status), each.error_code, each.date_created or datetime.now(UTC))
        for each in listed
    ]


# Calls

CALL_EVENTS = ["initiated", "ringing", "answered", "completed"]


def create_call(to: str, *, from_: str, url: str, status_callback: str, ring: int) -> Outcome:
    """Ask for a call that rings for `ring` seconds at most and, once answered, asks `url` what to do."""
    try:
        call = client().calls.create(
            to=to,
            from_=from_,
            url=url,
            method="POST",
            fallback_url=_url("/voice/fallback"),
            fallback_method="POST",
            status_callback=status_callback,
            status_callback_event=CALL_EVENTS,
            status_callback_method="POST",
            timeout=ring,
        )
    except (TwilioException, RequestException, ValueError) as error:
        return _outcome(error)
    return Handed(call.sid) if call.sid else Unknown()


def fetch_member(queue: str, call: str, path: str) -> Outcome | Gone:
    """Take a call out of the queue, on to the document at `path`; Gone where it isn't in that queue."""
    return _asked(lambda: client().queues(queue).members(call).update(url=_url(path), method="POST"))


def send_call(call: str, path: str) -> Outcome | Gone:
    """Send a call on to the document at `path`, wherever it is; Gone where it is over."""
    return _asked(lambda: client().calls(call).update(url=_url(path), method="POST"))


def end_call(call: str) -> Outcome | Gone:
    """Hang a call up; Gone where it is over."""
    return _asked(lambda: client().calls(call).update(status="completed"))


def hold(conference: str, call: str, path: str | None) -> Outcome | Gone:
    """Have a participant wait, hearing the document at `path`; None: let them back in."""
    how = {"hold": True, "hold_url": _url(path), "hold_method": "POST"} if path else {"hold": False}
    return _asked(lambda: client().conferences(conference).participants(call).update(**how))


def is_in(conference: str, call: str) -> bool:
    """Say whether a call is in a conference that goes on, by the carrier's word; one that it doesn't give is no."""
    return isinstance(_asked(lambda: client().conferences(conference).participants(call).fetch()), Handed)


def call_status(call: str) -> str | None:
    """Return what Twilio says of a call (`in-progress`, `completed` …), None where it doesn't say.

    One that it doesn't know (any more) is completed.
    https://www.twilio.com/docs/voice/api/call-resource#call-status-values
    """
    try:
        return str(client().calls(call).fetch().status)
    except TwilioRestException as error:
        return "completed" if error.status == HTTPStatus.NOT_FOUND else None
    except (TwilioException, RequestException, ValueError) as error:
        _log.warning("call.not-looked-up", error=type(error).__name__)
        return None


def _asked(request: Callable[[], Any]) -> Outcome | Gone:
    try:
        answered = request()
    except TwilioRestException as error:
        if error.status == HTTPStatus.NOT_FOUND or error.code in _OVER:
            return Gone()
        return _outcome(error)
    except (TwilioException, RequestException, ValueError) as error:
        return _outcome(error)
    return Handed(str(getattr(answered, "sid", None) or getattr(answered, "call_sid", "")))


def _url(path: str) -> str:
    return f"{settings().public_url}{path}"


def check_account() -> str:
    """Return the account's status at Twilio (`active`).

    Raises UnreachableError where nothing answers, MisconfiguredError where the SID and token are not accepted.
    """
    sid, _ = settings().require_twilio()
    try:
        return str(client().api.accounts(sid).fetch().status)
    except TwilioRestException as error:
        raise MisconfiguredError(
            f"Twilio refuses the account ({error.status}): check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN"
        ) from None
    except (TwilioException, RequestException, ValueError) as error:
        raise UnreachableError(f"Twilio does not answer ({type(error).__name__}): check TWILIO_API_BASE") from None


def _outcome(error: Exception) -> Refused | Later | Unknown:
    """Tell what an error says of the request: only a definite answer is a refusal."""
    match error:
        case _TooManyRequestsError(after=after):
            return Later(after)
        case TwilioRestException(status=status, code=code) if status in _OURS_TO_MEND:
            _log.error("account.refused", status=status, code=code)
            return Later()
        case TwilioRestException(status=status, code=code) if status < HTTPStatus.INTERNAL_SERVER_ERROR:
            return Refused(code or status)
        case ConnectTimeout():
            return Later()
        case Disconnected() if _never_connected(error):
            return Later()
        case _:
            _log.warning("outcome.unknown", error=type(error).__name__)
            return Unknown()


def _never_connected(error: Exception) -> bool:
    """Say whether the connection was refused or the name not resolved: Twilio has seen nothing."""
    reason = getattr(error.args[0] if error.args else None, "reason", None)
    return isinstance(reason, NewConnectionError)


@cache
def client() -> Client:
    """Return this process's client of Twilio. Raises MisconfiguredError without credentials."""
    sid, token = settings().require_twilio()
    made = Client(sid, token, http_client=_Http())
    if base := settings().twilio_api_base:
        made.api.base_url = made.voice.base_url = base.rstrip("/")
    return made
