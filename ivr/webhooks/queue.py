"""`/voice/wait|queue|bridge|after|agent|conference|hold`: what the carrier asks while somebody waits for an advisor."""

import re

from flask import Blueprint, Response, request

from backend.wording import LANGUAGES
from callcenter.agents import of_identity
from callcenter.supervision import MODES
from ivr import call, queueing, twiml
from ivr.queueing import Advisor
from ivr.webhooks.answering import answer, line, xml

blueprint = Blueprint("queue", __name__, url_prefix="/voice")


@blueprint.post("/wait/<int:ticket>")
def wait(ticket: int) -> Response:
    """What is heard while waiting, and the key that was pressed meanwhile."""
    pressed, queue = request.form.get("Digits", ""), request.form.get("QueueSid", "")
    return answer(
        lambda line: queueing.wait(line, ticket, pressed, queue), otherwise=lambda: twiml.waiting(ticket, (), None)
    )


@blueprint.post("/queue/<int:ticket>")
def queue(ticket: int) -> Response:
    """A call left the carrier's queue."""
    result = request.form.get("QueueResult", "")
    return answer(lambda line: queueing.after_queue(line, ticket, result))


@blueprint.post("/bridge/<int:offer>")
def bridge(offer: int) -> Response:
    """A caller's leg goes to its advisor."""
    return answer(lambda line: queueing.bridge(line, offer))


@blueprint.post("/after/<int:ticket>")
def after(ticket: int) -> Response:
    """A caller's leg comes from the conference."""
    status = request.form.get("CallStatus", "")
    return answer(lambda line: queueing.after_talk(line, ticket, status))


@blueprint.post("/agent")
def agent() -> Response:
    """An advisor's browser dials in, with the offer that it comes for; a supervisor's, in a mode."""
    name, offer = of_identity(request.form.get("From", "")), request.form.get("offer", "")
    named = request.form.get("mode", "")
    mode = next((each for each in MODES if each == named), None)
    if name is None or not re.fullmatch(r"[0-9]{1,18}", offer) or (named and mode is None):
        return xml(twiml.hang_up())
    return answer(
        lambda line: queueing.meet(Advisor(line.sid, name, int(offer), mode)),
        otherwise=twiml.hang_up,
    )


@blueprint.post("/callback/<int:attempt>")
def callback(attempt: int) -> Response:
    """Somebody whom we call answered."""
    return answer(lambda line: call.call_back(line, attempt))


@blueprint.post("/conference")
def conference() -> Response:
    """Something happened in a conference."""
    form = request.form
    about = line()
    if about:
        event, room = form.get("StatusCallbackEvent", ""), form.get("FriendlyName", "")
        queueing.conference(event, room, about.sid, form.get("ConferenceSid", ""))
    return xml(twiml.nothing())


@blueprint.post("/hold/<language>")
def hold(language: str) -> Response:
    """What somebody on hold hears: in their language, or in both."""
    return xml(twiml.held(next((each for each in LANGUAGES if each == language), None)))
