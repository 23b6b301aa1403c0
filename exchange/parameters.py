"""The parameters that Twilio sends with each webhook of a call.

https://www.twilio.com/docs/voice/twiml#request-parameters and
https://www.twilio.com/docs/voice/api/call-resource#statuscallback. Twilio names no city for
Moroccan numbers; the country is sent, the rest is empty, as Twilio does when it does not know.
"""

from datetime import datetime
from email.utils import format_datetime

from exchange.effects import CallFacts, CallStatus

API_VERSION = "2010-04-01"


def of_call(call: CallFacts, status: CallStatus) -> dict[str, str]:
    """List what every webhook carries. `Called` and `Caller` repeat `To` and `From`."""
    parties = {"From": call.from_, "To": call.to, "Caller": call.from_, "Called": call.to}
    places = {
        f"{who}{what}": "MA" if what == "Country" and party and not party.startswith("client:") else ""
        for who, party in parties.items()
        for what in ("City", "State", "Zip", "Country")
    }
    return places | {
        "CallSid": call.sid,
        "AccountSid": call.account_sid,
        "From": call.from_,
        "Caller": call.from_,
        "To": call.to,
        "Called": call.to,
        "CallStatus": status,
        "ApiVersion": API_VERSION,
        "Direction": call.direction,
        **call.extra,
    }


def of_status_callback(call: CallFacts, status: CallStatus, *, seconds: int | None, at: datetime) -> dict[str, str]:
    """List what a status callback carries at a UTC time; `seconds` once the call has ended, and then how long it took.

    `Duration` is the same in begun minutes, which is what Twilio bills. `SequenceNumber` counts from 0.
    """
    took = {} if seconds is None else {"CallDuration": str(seconds), "Duration": str(-(-seconds // 60))}
    return (
        of_call(call, status)
        | took
        | {"Timestamp": format_datetime(at), "CallbackSource": "call-progress-events", "SequenceNumber": "0"}
    )


def of_waiting(queue_sid: str, *, position: int, seconds: int, average: int, size: int, most: int) -> dict[str, str]:
    """List what a wait URL is sent besides: https://www.twilio.com/docs/voice/twiml/enqueue; times in seconds."""
    return {
        "QueueSid": queue_sid,
        "QueuePosition": str(position),
        "QueueTime": str(seconds),
        "AvgQueueTime": str(average),
        "CurrentQueueSize": str(size),
        "MaxQueueSize": str(most),
    }
