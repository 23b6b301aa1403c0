"""`/voice/…`: what the carrier asks in the course of a call. Every answer is a 200 with TwiML."""

from collections.abc import Callable

from flask import Blueprint, Response, request
from sqlalchemy.exc import DBAPIError

from backend import calls, db, log
from ivr import call, twiml
from ivr.call import Line
from ivr.inputs import Reply

PAUSES = (2, 3, 4, 5)  # seconds between two tries to reach our own parts
blueprint = Blueprint("voice", __name__, url_prefix="/voice")
_log = log.get("voice")


@blueprint.post("/incoming")
def incoming() -> Response:
    """A call comes in."""
    return _answer(lambda: call.come_in(_line()))


@blueprint.post("/answer/<turn>/<key>")
def answer(turn: str, key: str) -> Response:
    """The answer to the question of that turn and key."""
    form = request.form
    reply = Reply(form.get("Digits", ""), form.get("FinishedOnKey", ""), form.get("SpeechResult", ""))
    return _answer(lambda: call.hear_reply(_line(), turn, key, reply), turn)


@blueprint.post("/again/<turn>/<int:failures>")
def again(turn: str, failures: int) -> Response:
    """The way back to the open question after a failure of ours."""
    return _answer(lambda: call.ask_again(_line()), turn, failures)


@blueprint.post("/fallback")
def fallback() -> Response:
    """The carrier got no good answer from us."""
    _log.error("webhook.failed", code=request.form.get("ErrorCode"), call=_line().sid)
    return _answer(lambda: call.ask_again(_line()))


@blueprint.post("/status")
def status() -> Response:
    """A call changed its status."""
    state, seconds = request.form.get("CallStatus", ""), request.form.get("CallDuration", "")
    if state in calls.ENDED:
        call.hang_up(_line().sid, state, int(seconds) if seconds.isascii() and seconds.isdigit() else None)
    return _xml(twiml.nothing())


def _line() -> Line:
    form = request.form
    return Line(form.get("CallSid", ""), form.get("To", ""), form.get("From", ""))


def _answer(act: Callable[[], bytes], turn: str = "0", failures: int = 0) -> Response:
    """Answer with what `act` says; on a failure of ours, an honest sentence and a way back."""
    if not _line().sid:
        _log.error("webhook.without-call")
        return _xml(twiml.give_up())
    try:
        return _xml(act())
    except Exception as error:  # noqa: BLE001 the edge: whatever happened, the caller hears a sentence
        rule = request.url_rule.rule if request.url_rule else ""
        _log.error("webhook.error", call=_line().sid, rule=rule, **log.cause(error))
        unreachable = isinstance(error, DBAPIError) and db.gone(error)
        if failures >= len(PAUSES):
            return _xml(twiml.give_up())
        return _xml(twiml.apologise(turn, failures + 1, PAUSES[failures] if unreachable else None))


def _xml(document: bytes) -> Response:
    return Response(document, content_type="text/xml; charset=utf-8")
