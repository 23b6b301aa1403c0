"""Phones over HTTP, for the one in the terminal and the one in the browser; on this machine only.

| request | does |
|---|---|
| `GET /phone/numbers` | the numbers that can be called |
| `POST /phone/calls` `{from, to, pace?}` | dials: `{sid}`; `pace` 1 speaks in real time, 0 at once |
| `POST /phone/calls` `{from: "client:NAME", identity_token, parameters?, pace?}` | calls the account's app as a client; `exchange.signing.identity_token` makes the token |
| `GET /phone/people` | whom to call as, where the exchange was told of anybody (`exchange.browser`) |
| `GET /phone/calls/{sid}` | the call's status, and whether it listens |
| `POST /phone/calls/{sid}/keys` `{keys, now?}` | presses keys; with `now`, those that nobody hears are lost |
| `POST /phone/calls/{sid}/speech` `{text, confidence?}` | speaks |
| `POST /phone/calls/{sid}/silence` | lets the question's time run out at once |
| `POST /phone/calls/{sid}/hangup` | hangs up |
| `GET /phone/calls/{sid}/events?after=N` | what happened since: server-sent events where asked for, else JSON after at most `wait` seconds |
| `GET /phone/ringing`, … | phones that are called: `exchange.ringing` |
| `GET /phone/messages?to=…&after=N&wait=S` | the SMS inbox |
| `GET /phone/live` | both as one stream, for the page (`exchange.browser`) |
| `GET /faults`, `PUT /faults` | the fault switches (`exchange.faults`) |
"""  # noqa: E501 - a table

import ipaddress
import json
from collections.abc import Awaitable, Callable
from contextlib import nullcontext, suppress
from typing import Any

from aiohttp import web

from exchange.asked import bad, json_of, pace_in, wait_of, whole
from exchange.effects import Key, Silence, Speech
from exchange.faults import Faults, UnknownFaultError
from exchange.gathers import KEYS
from exchange.line import Line
from exchange.numbers import USUAL_CALLER, international
from exchange.parameters import API_VERSION
from exchange.signing import is_identity
from exchange.switchboard import Switchboard, UnknownNumberError

LONGEST_WAIT = 30.0
HEARTBEAT_SECONDS = 15.0


@web.middleware
async def loopback_only(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Keep everything but Twilio's own API to this machine, and to pages of this machine."""
    if not request.path.startswith(f"/{API_VERSION}/"):
        host = request.host.rpartition(":")[0] or request.host
        local = host in {"127.0.0.1", "localhost", "[::1]"}
        if not local or not ipaddress.ip_address(request.remote or "0.0.0.0").is_loopback:  # noqa: S104 - not an address to bind
            raise web.HTTPForbidden(text="only from this machine")
    return await handler(request)


CLIENT_WAIT = 4.0
"""Seconds that a client's phone waits for events at most: one that asks no more has lost its line (`Switchboard`)."""


class Handsets:
    """The handlers."""

    def __init__(self, switchboard: Switchboard) -> None:
        self._switchboard = switchboard

    def routes(self) -> list[web.RouteDef]:
        """List what phones may ask."""
        call = "/phone/calls/{sid}"
        return [
            web.get("/phone/numbers", self.numbers),
            web.get("/phone/people", self.people),
            web.post("/phone/calls", self.dial),
            web.get(call, self.show),
            web.post(f"{call}/keys", self.keys),
            web.post(f"{call}/speech", self.speech),
            web.post(f"{call}/silence", self.silence),
            web.post(f"{call}/hangup", self.hang_up),
            web.get(f"{call}/events", self.events),
            web.get("/phone/messages", self.messages),
            web.get("/faults", self.faults),
            web.put("/faults", self.set_faults),
        ]

    async def numbers(self, _request: web.Request) -> web.Response:
        """List the numbers that can be called."""
        return web.json_response({"numbers": list(self._switchboard.account.numbers)})

    async def people(self, _request: web.Request) -> web.Response:
        """List whom to call as."""
        return web.json_response({"people": list(self._switchboard.account.people)})

    async def dial(self, request: web.Request) -> web.Response:
        """Begin a call, from a number or from a client of the account."""
        wish = await json_of(request)
        from_, pace = str(wish.get("from") or USUAL_CALLER), pace_in(wish)
        kind, _, name = from_.partition(":")
        try:
            if kind == "client":
                line = self._client_dials(name, wish, pace)
            else:
                to = str(wish.get("to") or self._switchboard.account.numbers[0])
                line = self._switchboard.dial(from_, to, pace)
        except UnknownNumberError as unknown:
            raise bad(str(unknown), web.HTTPNotFound) from unknown
        return web.json_response({"sid": line.call.sid}, status=201)

    def _client_dials(self, name: str, wish: dict[str, Any], pace: float) -> Line:
        given = wish.get("parameters", {})
        if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
            raise bad("parameters are an object of texts")
        if not is_identity(self._switchboard.account.auth_token, name, str(wish.get("identity_token", ""))):
            raise bad("identity_token does not prove that this is the client", web.HTTPForbidden)
        return self._switchboard.dial_as_client(name, given, pace)

    async def show(self, request: web.Request) -> web.Response:
        """Show a call's state."""
        return web.json_response(self._line(request).show())

    async def keys(self, request: web.Request) -> web.Response:
        """Press keys."""
        wish = await json_of(request)
        keys = str(wish.get("keys", ""))
        if not keys or not set(keys) <= set(KEYS):
            raise bad(f"keys are {KEYS}")
        self._line(request).will(*(Key(key) for key in keys), typed_ahead=not wish.get("now", False))
        return web.Response(status=204)

    async def speech(self, request: web.Request) -> web.Response:
        """Speak."""
        wish = await json_of(request)
        confidence = wish.get("confidence", 0.9)
        if not isinstance(confidence, int | float) or not wish.get("text"):
            raise bad("speech needs text, and may have a confidence from 0 to 1")
        self._line(request).will(Speech(str(wish["text"]), float(confidence)))
        return web.Response(status=204)

    async def silence(self, request: web.Request) -> web.Response:
        """Let the question's time run out at once."""
        self._line(request).will(Silence())
        return web.Response(status=204)

    async def hang_up(self, request: web.Request) -> web.Response:
        """Put the receiver down."""
        self._line(request).hang_up()
        return web.Response(status=204)

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Tell what happened on a call since a number."""
        line = self._line(request)
        after = whole(request.headers.get("Last-Event-ID") or request.query.get("after", "0"))
        is_client = line.call.from_.startswith("client:")
        longest = CLIENT_WAIT if is_client else LONGEST_WAIT
        with self._switchboard.following(line) if is_client else nullcontext():
            if "text/event-stream" in request.headers.get("Accept", ""):
                return await _stream(request, line, after)
            await line.events.wait(after, wait_of(request, longest, longest))
        events = [{"id": number, **event} for number, event in line.events.now(after)]
        return web.json_response({"events": events, "over": line.events.closed})

    async def messages(self, request: web.Request) -> web.Response:
        """Show the SMS that arrived, to anyone or to one number."""
        inbox, after = self._switchboard.messages.inbox, whole(request.query.get("after", "0"))
        await inbox.wait(after, wait_of(request, 0, LONGEST_WAIT))
        to = request.query.get("to")
        shown = [
            {"id": number, **message.arrived()}
            for number, message in inbox.now(after)
            if to is None or message.to == international(to)
        ]
        return web.json_response({"messages": shown, "last": len(inbox)})

    async def faults(self, _request: web.Request) -> web.Response:
        """Show the fault switches."""
        return web.json_response(self._switchboard.faults.show())

    async def set_faults(self, request: web.Request) -> web.Response:
        """Replace the fault switches."""
        try:
            self._switchboard.faults = Faults.read(await json_of(request))
        except UnknownFaultError as unknown:
            raise bad(str(unknown)) from unknown
        return web.json_response(self._switchboard.faults.show())

    def _line(self, request: web.Request) -> Line:
        line = self._switchboard.lines.get(request.match_info["sid"])
        if line is None:
            raise bad("no such call", web.HTTPNotFound)
        return line


async def _stream(request: web.Request, line: Line, after: int) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
    await response.prepare(request)
    with suppress(ConnectionResetError):  # whoever read it is gone
        await _tell(response, line, after)
    return response


async def _tell(response: web.StreamResponse, line: Line, after: int) -> None:
    """Write what happens on a call after a number, to its end."""
    while True:
        for number, event in line.events.now(after):
            after = number
            data = json.dumps(event, ensure_ascii=False)
            await response.write(f"id: {number}\nevent: {event['kind']}\ndata: {data}\n\n".encode())
        if line.events.closed:
            return
        await line.events.wait(after, HEARTBEAT_SECONDS)
        if len(line.events) <= after and not line.events.closed:
            await response.write(b": still here\n\n")
