"""Phones that are called, over HTTP; on this machine only.

| request | does |
|---|---|
| `GET /phone/ringing?number=…&wait=S` | the calls that ring at a number, or `client:NAME`: `{ringing: [{sid, from, to, began}]}`, after at most `wait` seconds |
| `POST /phone/calls/{sid}/pick-up` `{pace?, identity_token?}` | answers; a client's phone needs its token |
| `POST /phone/calls/{sid}/reject` | does not: the call ends `busy` |
| `PUT /phone/numbers/{number}` `{behaviour, pace?}` | what a number does from now on: `rings`, `answers`, `busy`, `no-answer` |
"""  # noqa: E501 - a table

import time
from typing import get_args

from aiohttp import web

from exchange.asked import bad, json_of, pace_in, wait_of
from exchange.callouts import Behaviour, Does
from exchange.effects import Answered, Unanswered
from exchange.line import Line
from exchange.numbers import international
from exchange.signing import is_identity
from exchange.switchboard import Switchboard

LONGEST_WAIT = 30.0


class Ringing:
    """The handlers."""

    def __init__(self, switchboard: Switchboard) -> None:
        self._switchboard = switchboard

    def routes(self) -> list[web.RouteDef]:
        """List what phones may ask."""
        return [
            web.get("/phone/ringing", self.ringing),
            web.post("/phone/calls/{sid}/pick-up", self.pick_up),
            web.post("/phone/calls/{sid}/reject", self.reject),
            web.put("/phone/numbers/{number}", self.behave),
        ]

    async def ringing(self, request: web.Request) -> web.Response:
        """List the calls that ring at a number, waiting for one."""
        number = international(request.query.get("number", ""))
        deadline = time.monotonic() + wait_of(request, 0, LONGEST_WAIT)
        rung = self._switchboard.rung
        while not (found := self._switchboard.ringing_at(number)) and not rung.closed:
            if (left := deadline - time.monotonic()) <= 0:
                break
            await rung.wait(len(rung), left)
        shown = [{name: line.show()[name] for name in ("sid", "from", "to", "began")} for line in found]
        return web.json_response({"ringing": shown})

    async def pick_up(self, request: web.Request) -> web.Response:
        """Answer a call."""
        line = self._ringing_line(request)
        wish = await json_of(request)
        kind, _, name = line.call.to.partition(":")
        token = self._switchboard.account.auth_token
        if kind == "client" and not is_identity(token, name, str(wish.get("identity_token", ""))):
            raise bad("identity_token does not prove that this is the client", web.HTTPForbidden)
        line.pace = pace_in(wish)
        line.must(Answered())
        return web.Response(status=204)

    async def reject(self, request: web.Request) -> web.Response:
        """Do not answer a call."""
        self._ringing_line(request).must(Unanswered("busy"))
        return web.Response(status=204)

    async def behave(self, request: web.Request) -> web.Response:
        """Set in advance what a number does."""
        wish = await json_of(request)
        does: Does | None = next((each for each in get_args(Does) if each == wish.get("behaviour")), None)
        if does is None:
            raise bad(f"behaviour is one of {', '.join(get_args(Does))}")
        number = international(request.match_info["number"])
        self._switchboard.behaviours[number] = Behaviour(does, pace_in(wish))
        return web.Response(status=204)

    def _ringing_line(self, request: web.Request) -> Line:
        line = self._switchboard.lines.get(request.match_info["sid"])
        if line is None:
            raise bad("no such call", web.HTTPNotFound)
        if not line.rings:
            raise bad("this call does not ring", web.HTTPConflict)
        return line
