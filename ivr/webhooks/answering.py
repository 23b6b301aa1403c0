"""How a webhook about a call is answered: always a 200 with TwiML; on a failure of ours, an honest sentence.

The way leads to `/voice/again/<turn>/<failures>/<token>`, which asks the open question again. `failures` counts those
in a row, so that no call is led in circles; the token makes one failure count once, however often it is delivered.
"""

import re
import secrets
from collections.abc import Callable

from flask import Response, request

from backend import db, log
from ivr import twiml
from ivr.call import Line

PAUSES = (2, 3, 5, 8, 13)  # seconds between two tries to reach our own parts
FAILURES = 3  # in a row, of the program itself: it won't mend while the caller waits
_SID = re.compile(r"[0-9A-Za-z_-]{1,64}")
_log = log.get("voice")


def line() -> Line | None:
    """Return the call that this is about, None where the carrier names none."""
    form = request.form
    sid = form.get("CallSid", "")
    return Line(sid, form.get("To", ""), form.get("From", "")) if _SID.fullmatch(sid) else None


def answer(
    act: Callable[[Line], bytes], turn: str = "0", failures: int = 0, *, otherwise: Callable[[], bytes] | None = None
) -> Response:
    """Answer with what `act` says; on a failure of ours `otherwise`, else an honest sentence and a way back."""
    about = line()
    if about is None:
        _log.error("webhook.without-call")
        return xml(twiml.give_up())
    try:
        return xml(act(about))
    except Exception as error:  # noqa: BLE001 the edge: whatever happened, the caller hears a sentence
        rule = request.url_rule.rule if request.url_rule else ""
        _log.error("webhook.error", call=about.sid, rule=rule, failures=failures, **log.cause(error))
        if otherwise:
            return xml(otherwise())
        away = db.gone(error)
        if failures >= (len(PAUSES) if away else FAILURES):
            return xml(twiml.give_up())
        pause = PAUSES[failures] if away else None
        return xml(twiml.apologise(_number(turn), failures + 1, secrets.token_hex(8), pause))


def _number(turn: str) -> int:
    """Return the turn that a path names; 0, which no question has, for anything else."""
    return int(turn) if re.fullmatch(r"[0-9]{1,9}", turn) else 0


def xml(document: bytes) -> Response:
    """Return a document as the carrier takes it."""
    return Response(document, content_type="text/xml; charset=utf-8")
