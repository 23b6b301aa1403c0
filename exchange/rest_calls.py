"""Twilio's Calls resource: calling somebody, looking calls up, sending one elsewhere or ending it.

https://www.twilio.com/docs/voice/api/call-resource. Documents come from `Url`; the parameter `Twiml` is not supported.
"""

import re
from email.utils import format_datetime
from typing import Any

from aiohttp import web

from exchange.callouts import OutgoingCall
from exchange.effects import Redirected
from exchange.floor import StatusCallback
from exchange.line import Line
from exchange.parameters import API_VERSION
from exchange.rest import ROOT, Form, RestError, changing, guarded, method_in, not_found, number_in, page, url_in
from exchange.switchboard import Switchboard

E164 = re.compile(r"\+[1-9]\d{7,14}")
CLIENT = re.compile(r"client:[^\s?]{1,121}")
SIP = re.compile(r"sips?:[^\s@]+@[^\s@]+")
EVENTS = frozenset({"initiated", "ringing", "answered", "completed"})
USUAL_TIMEOUT, LONGEST_TIMEOUT = 60, 600
OVER = frozenset({"completed", "busy", "no-answer", "canceled", "failed"})


def routes(switchboard: Switchboard) -> list[web.RouteDef]:
    """Offer the resource."""
    account, lines = switchboard.account, switchboard.lines

    def find(request: web.Request) -> Line:
        line = lines.get(request.match_info["call"])
        if line is None:
            raise not_found(request)
        return line

    def create(_request: web.Request, form: Form) -> web.Response:
        return web.json_response(resource(switchboard.call_out(_wish(form))), status=201)

    async def list_(request: web.Request) -> web.Response:
        wanted = {name: request.query.get(name) for name in ("To", "From", "Status", "ParentCallSid")}
        found = [
            resource(line)
            for line in reversed(lines.values())
            if wanted["To"] in {None, line.call.to}
            and wanted["From"] in {None, line.call.from_}
            and wanted["Status"] in {None, line.status}
            and wanted["ParentCallSid"] in {None, line.call.parent_sid}
        ]
        return page(request, "calls", found)

    async def read(request: web.Request) -> web.Response:
        return web.json_response(resource(find(request)))

    def update(request: web.Request, form: Form) -> web.Response:
        line = find(request)
        if "Status" in form:
            _end(line, form["Status"])
        elif "Url" in form:
            url, method = url_in(form, "Url", 21205, required=True), method_in(form, "Method")
            if line.status != "in-progress":
                raise RestError(400, 21220, "Unable to update record. Call is not in-progress. Cannot redirect.")
            switchboard.send(line, Redirected(url, method))
        return web.json_response(resource(line))

    collection, one = ROOT + "/{account}/Calls.json", ROOT + "/{account}/Calls/{call}.json"
    return [
        web.post(collection, changing(switchboard, create)),
        web.get(collection, guarded(account, list_)),
        web.get(one, guarded(account, read)),
        web.post(one, changing(switchboard, update)),
    ]


def _end(line: Line, status: str) -> None:
    if status not in {"completed", "canceled"}:
        raise RestError(400, 21218, f"Status {status} is not completed or canceled")
    if line.status in OVER:
        raise RestError(400, 21220, "Unable to update record. Call is not in-progress.")
    if status == "completed" or line.status in {"queued", "ringing"}:
        line.hang_up()


def _wish(form: Form) -> OutgoingCall:
    """Check a call as Twilio does; raises `RestError` with its numbers."""
    to, from_ = form.get("To", ""), form.get("From", "")
    if not to:
        raise RestError(400, 21201, "No 'To' number is specified")
    if not any(each.fullmatch(to) for each in (E164, CLIENT, SIP)):
        raise RestError(400, 21211, f"The phone number you are attempting to call, {to}, is not valid.")
    if not from_:
        raise RestError(400, 21213, "No 'From' number is specified")
    if not (E164.fullmatch(from_) or CLIENT.fullmatch(from_) or from_.isdigit()):
        raise RestError(400, 21212, f"The source phone number provided, {from_}, is not valid")
    url = url_in(form, "Url", 21205, required=True)
    callback = url_in(form, "StatusCallback", 21609)
    events = frozenset(form.get("StatusCallbackEvent", "completed").split())
    if not events <= EVENTS:
        raise RestError(400, 21626, f"StatusCallbackEvent {' '.join(sorted(events - EVENTS))} is not known")
    return OutgoingCall(
        to=to,
        from_=from_,
        url=url,
        method=method_in(form, "Method"),
        fallback_url=url_in(form, "FallbackUrl", 21205) or None,
        callback=StatusCallback(callback, method_in(form, "StatusCallbackMethod"), events) if callback else None,
        seconds=number_in(form, "Timeout", USUAL_TIMEOUT, 1, LONGEST_TIMEOUT),
    )


def resource(line: Line) -> dict[str, Any]:
    """Write a call as Twilio's REST API represents it."""
    call = line.call
    uri = f"{ROOT}/{call.account_sid}/Calls/{call.sid}"
    return {
        "account_sid": call.account_sid,
        "answered_by": None,
        "api_version": API_VERSION,
        "caller_name": None,
        "date_created": format_datetime(line.began),
        "date_updated": format_datetime(line.ended or line.answered or line.began),
        "direction": call.direction,
        "duration": str(line.seconds) if line.ended else None,
        "end_time": format_datetime(line.ended) if line.ended else None,
        "forwarded_from": None,
        "from": call.from_,
        "from_formatted": call.from_,
        "group_sid": None,
        "parent_call_sid": call.parent_sid or None,
        "phone_number_sid": None,
        "price": None,
        "price_unit": "USD",
        "queue_time": "0",
        "sid": call.sid,
        "start_time": format_datetime(line.answered) if line.answered else None,
        "status": line.status,
        "subresource_uris": {"recordings": f"{uri}/Recordings.json"},
        "to": call.to,
        "to_formatted": call.to,
        "trunk_sid": None,
        "uri": f"{uri}.json",
    }
