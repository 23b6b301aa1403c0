"""What Twilio says of a message after it took it: status callbacks and its list speak the same words.

https://www.twilio.com/docs/messaging/api/message-resource#message-status-values
"""

from urllib.parse import urlencode

from sqlalchemy import func, or_, select

from backend import log
from backend.outbox.table import State, move, outbox
from backend.seal import mac, mac_matches
from backend.settings import settings
from backend.work import Work

STATES: dict[str, State] = {
    "accepted": "handed",
    "scheduled": "handed",
    "queued": "handed",
    "sending": "handed",
    "sent": "sent",
    "delivered": "delivered",
    "partially_delivered": "delivered",
    "read": "delivered",
    "undelivered": "undelivered",
    "failed": "failed",
    "canceled": "failed",
}
_PURPOSE = "sms-status"
_log = log.get("outbox")


def status_url(row: int) -> str:
    """Return where Twilio reports a row's message; the MAC lets no stranger report."""
    query = urlencode({"row": row, "mac": mac(_PURPOSE, str(row)).hex()})
    return f"{settings().public_url}/sms/status?{query}"


def note_status(work: Work, row: int, mac_text: str, sid: str, status: str, error_code: int | None) -> bool:
    """Note a status callback; say whether it is about a row of ours. Old news, and unknown words, change nothing."""
    try:
        ours = mac_matches(bytes.fromhex(mac_text), _PURPOSE, str(row))
    except ValueError:
        ours = False
    if not ours or work.execute(select(outbox.c.id).where(outbox.c.id == row)).first() is None:
        _log.warning("status.not-ours")
        return False
    note(work, row, sid, status, error_code)
    return True


def note(work: Work, row: int, sid: str, status: str, error_code: int | None) -> None:
    """Move a row to what `status` means; a repeated message's first copy may bring good news only."""
    state = STATES.get(status)
    if state is None:
        _log.warning("status.unknown", outbox=row, status=status)
        return
    bad = state in {"undelivered", "failed"}
    this = (or_(outbox.c.sid.is_(None), outbox.c.sid == sid),) if bad else ()
    values = {"sid": sid} if sid else {}
    taken = func.coalesce(outbox.c.handed_at, work.now)
    if move(work, row, state, *this, handed_at=taken, error_code=error_code if bad else None, **values):
        _log.info("status", outbox=row, state=state, error=error_code)
