"""`/voice/incoming|answer|again|fallback|status`: what the carrier asks in the course of a conversation."""

import re
import secrets

from flask import Blueprint, Response, request

from backend import calls, log
from callcenter.agents import of_identity
from ivr import call, twiml
from ivr.inputs import Reply
from ivr.webhooks import answering
from ivr.webhooks.answering import xml

_ERROR_URL = re.compile(r".*/voice/(?:answer|again)/(\d{1,9})/")
_ANSWERED_URL = re.compile(r".*/voice/callback/(\d{1,18})")
blueprint = Blueprint("voice", __name__, url_prefix="/voice")
_log = log.get("voice")


@blueprint.post("/incoming")
def incoming() -> Response:
    """A call comes in."""
    return answering.answer(call.come_in)


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
    return answering.answer(lambda line: call.hear_reply(line, turn, key, reply), turn)


@blueprint.post("/again/<turn>/<int:failures>/<token>")
def again(turn: str, failures: int, token: str) -> Response:
    """The way back to the open question after a failure of ours."""
    return answering.answer(lambda line: call.ask_again(line, turn, token), turn, failures)


@blueprint.post("/fallback")
def fallback() -> Response:
    """The carrier got no good answer from us."""
    form = request.form
    line = answering.line()
    _log.error("webhook.failed", code=form.get("ErrorCode", type=int), call=line.sid if line else None)
    if of_identity(form.get("From", "")) is not None:  # an advisor's leg: it dials in again
        return xml(twiml.hang_up())
    if answered := _ANSWERED_URL.fullmatch(form.get("ErrorUrl", "")):  # a call of ours: nothing of it is known yet
        return answering.answer(lambda line: call.call_back(line, int(answered[1])))
    failed = _ERROR_URL.match(form.get("ErrorUrl", ""))
    turn = failed[1] if failed else None
    token = request.headers.get("I-Twilio-Idempotency-Token") or secrets.token_hex(8)
    return answering.answer(lambda line: call.ask_again(line, turn, token), turn or "0")


@blueprint.post("/status")
def status() -> Response:
    """A call changed its status."""
    line, state, lasted = answering.line(), request.form.get("CallStatus", ""), request.form.get("CallDuration", "")
    attempt = request.args.get("dial", type=int)
    if line and (attempt or state in calls.ENDED):
        call.note_status(line.sid, state, int(lasted) if re.fullmatch(r"[0-9]{1,6}", lasted) else None, attempt)
    return xml(twiml.nothing())
