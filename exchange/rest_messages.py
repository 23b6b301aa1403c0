"""Twilio's Messages resource: sending an SMS, looking one up, listing them.

https://www.twilio.com/docs/messaging/api/message-resource
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from aiohttp import web
from multidict import MultiMapping

from exchange.messages import Message, Wish
from exchange.rest import ROOT, Form, RestError, changing, guarded, not_found, page
from exchange.switchboard import Switchboard

E164 = re.compile(r"\+[1-9]\d{7,14}")
ALPHANUMERIC = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9 +\-_&]{1,11}")
LONGEST_BODY = 1600
LONGEST_VALIDITY = 36_000


def routes(switchboard: Switchboard) -> list[web.RouteDef]:
    """Offer the resource."""
    messages, account = switchboard.messages, switchboard.account

    def create(_request: web.Request, form: Form) -> web.Response:
        return web.json_response(messages.send(_checked(form)).resource(), status=201)

    async def read(request: web.Request) -> web.Response:
        message = messages.all.get(request.match_info["sid"])
        if message is None:
            raise not_found(request)
        return web.json_response(message.resource())

    async def list_(request: web.Request) -> web.Response:
        wanted = _filter(request.query)
        found = [message for message in reversed(messages.all.values()) if wanted(message)]
        return page(request, "messages", [message.resource() for message in found])

    collection = ROOT + "/{account}/Messages.json"
    return [
        web.post(collection, changing(switchboard, create)),
        web.get(collection, guarded(account, list_)),
        web.get(ROOT + "/{account}/Messages/{sid}.json", guarded(account, read)),
    ]


def _checked(form: Form) -> Wish:
    """Check a message as Twilio does; raises `RestError` with its numbers."""
    to, from_, body = form.get("To", ""), form.get("From", ""), form.get("Body", "")
    callback, validity = form.get("StatusCallback"), form.get("ValidityPeriod", "1")
    if not to:
        raise RestError(400, 21604, "A 'To' phone number is required")
    if not E164.fullmatch(to):
        raise RestError(400, 21211, f"The 'To' number {to} is not a valid phone number")
    if not from_:
        raise RestError(400, 21603, "A 'From' phone number is required")
    if not (E164.fullmatch(from_) or ALPHANUMERIC.fullmatch(from_)):
        raise RestError(400, 21212, f"The 'From' number {from_} is not a valid phone number or sender ID")
    if not body:
        raise RestError(400, 21602, "Message body is required")
    if len(body) > LONGEST_BODY:
        raise RestError(400, 21617, "The concatenated message body exceeds the 1600 character limit")
    if callback is not None and not callback.startswith(("http://", "https://")):
        raise RestError(400, 21609, f"The 'StatusCallback' URL {callback} is not a valid URL")
    if not (validity.isascii() and validity.isdigit() and 1 <= int(validity) <= LONGEST_VALIDITY):
        raise RestError(400, 20001, f"ValidityPeriod must be from 1 to {LONGEST_VALIDITY} seconds")
    return Wish(to, from_, body, callback)


def _filter(query: MultiMapping[str]) -> Callable[[Message], bool]:
    """Read the filters. `DateSent` is a whole day, in UTC, as is any without a time; what is not sent yet has none."""
    to, from_ = query.get("To"), query.get("From")
    earliest, latest = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
    dated = False
    for name in ("DateSent", "DateSent<", "DateSent>"):
        if name in query:
            begin, end = _instants(query[name], whole_day=name == "DateSent")
            dated = True
            earliest = max(earliest, begin) if name != "DateSent<" else earliest
            latest = min(latest, end) if name != "DateSent>" else latest

    def wanted(message: Message) -> bool:
        if to not in {None, message.to} or from_ not in {None, message.from_}:
            return False
        return not dated or (message.sent is not None and earliest <= message.sent <= latest)

    return wanted


def _instants(given: str, *, whole_day: bool) -> tuple[datetime, datetime]:
    try:
        when = datetime.fromisoformat(given)
    except ValueError:
        raise RestError(400, 20001, f"DateSent {given} is not a date") from None
    when = when.replace(tzinfo=when.tzinfo or UTC)
    if "T" in given and not whole_day:
        return when, when
    midnight = when.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight, midnight + timedelta(days=1) - timedelta(microseconds=1)
