"""`/voice/…`: what the carrier asks in the course of a call. Every answer is a 200 with TwiML.

On a failure of ours the caller hears an honest sentence and is led to `/voice/again/<turn>/<failures>/<token>`, which
asks the open question again. `failures` counts those in a row, so that no call is led in circles; the token makes one
failure count once, however often the way back is delivered.
"""

import re
import secrets
from collections.abc import Callable

from flask import Blueprint, Response, request

from backend import calls, db, log
from ivr import call, twiml
from ivr.call import Line
from ivr.inputs import Reply

PAUSES = (2, 3, 5, 8, 13)  # seconds between two tries to reach our own parts
FAILURES = 3  # in a row, of the program itself: it won't mend while the caller waits
_SID = re.compile(r"[0-9A-Za-z_-]{1,64}")
_ERROR_URL = re.compile(r".*/voice/(?:answer|again)/(\d{1,9})/")
blueprint = Blueprint("voice", __name__, url_prefix="/voice")
_log = log.get("voice")


@blueprint.post("/incoming")
def incoming() -> Response:
    """A call comes in."""
    return _answer(call.come_in)


@blueprint.post("/answer/<turn>/<path:key>")
def answer(turn: str, key: str) -> Response:
    """The answer to the question of that turn and key."""
    form = request.form
    ended_by = form.get("FinishedOnKey")
    reply = Reply(
        form.get("Digits", ""),
        ended_by or "",
        form.get("SpeechResult", ""),
        timed_out=ended_by == "",
        confidence=form.get("Confidence", type=float),
    )
    return _answer(lambda line: call.hear_reply(line, turn, key, reply), turn)


@blueprint.post("/again/<turn>/<int:failures>/<token>")
def again(turn: str, failures: int, token: str) -> Response:
    """The way back to the open question after a failure of ours."""
    return _answer(lambda line: call.ask_again(line, turn, token), turn, failures)


@blueprint.post("/fallback")
def fallback() -> Response:
    """The carrier got no good answer from us."""
    form = request.form
    line = _line()
    _log.error("webhook.failed", code=form.get("ErrorCode", type=int), call=line.sid if line else None)
    failed = _ERROR_URL.match(form.get("ErrorUrl", ""))
    turn = failed[1] if failed else None
    token = request.headers.get("I-Twilio-Idempotency-Token") or secrets.token_hex(8)
    return _answer(lambda line: call.ask_again(line, turn, token), turn or "0")


@blueprint.post("/status")
def status() -> Response:
    """A call changed its status."""
    line, state, lasted = _line(), request.form.get("CallStatus", ""), request.form.get("CallDuration", "")
    if line and state in calls.ENDED:
        call.hang_up(line.sid, state, int(lasted) if re.fullmatch(r"[0-9]{1,6}", lasted) else None)
    return _xml(twiml.nothing())


def _line() -> Line | None:
    """Return the call that this is about, None where the carrier names none."""
    form = request.form
    sid = form.get("CallSid", "")
    return Line(sid, form.get("To", ""), form.get("From", "")) if _SID.fullmatch(sid) else None


def _answer(act: Callable[[Line], bytes], turn: str = "0", failures: int = 0) -> Response:
    """Answer with what `act` says; on a failure of ours, an honest sentence and a way back."""
    line = _line()
    if line is None:
        _log.error("webhook.without-call")
        return _xml(twiml.give_up())
    try:
        return _xml(act(line))
    except Exception as error:  # noqa: BLE001 the edge: whatever happened, the caller hears a sentence
        rule = request.url_rule.rule if request.url_rule else ""
        _log.error("webhook.error", call=line.sid, rule=rule, failures=failures, **log.cause(error))
        away = db.gone(error)
        if failures >= (len(PAUSES) if away else FAILURES):
            return _xml(twiml.give_up())
        pause = PAUSES[failures] if away else None
        return _xml(twiml.apologise(_number(turn), failures + 1, secrets.token_hex(8), pause))


def _number(turn: str) -> int:
    """Return the turn that a path names; 0, which no question has, for anything else."""
    return int(turn) if re.fullmatch(r"[0-9]{1,9}", turn) else 0


def _xml(document: bytes) -> Response:
    return Response(document, content_type="text/xml; charset=utf-8")
