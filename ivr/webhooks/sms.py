"""`/sms/status`: how far an SMS went. It may come twice, late and out of order; the subject only moves forward."""

from flask import Blueprint, Response, request

from backend import db, outbox
from backend.work import Actor, begin

blueprint = Blueprint("sms", __name__, url_prefix="/sms")


@blueprint.post("/status")
def status() -> Response:
    """Take a status that bears the MAC of the row it is about."""
    row = request.args.get("row", type=int)
    if row is not None:
        db.twice(lambda: _note(row))
    return Response(status=200, content_type="text/plain")


def _note(row: int) -> None:
    form = request.form
    with begin(Actor("job", "sms-status")) as work:
        outbox.note_status(
            work,
            row,
            request.args.get("mac", ""),
            form.get("MessageSid", ""),
            form.get("MessageStatus", ""),
            form.get("ErrorCode", type=int),
        )
