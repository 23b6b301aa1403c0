"""Twilio's REST API: who may call it, how it refuses, and the account itself.

Each resource is a module with `routes(switchboard)`; this one holds what they share.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from hmac import compare_digest
from typing import Any
from urllib.parse import urlencode

from aiohttp import BasicAuth, hdrs, web
from multidict import MultiMapping

from exchange.parameters import API_VERSION
from exchange.switchboard import Account, Switchboard
from exchange.verbs import Method

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Form = dict[str, str]
Act = Callable[[web.Request, Form], web.Response]
"""Does what a request that changes something asks for; what it answers may still get lost."""
TOO_MANY = 429
MOST_PER_PAGE, USUAL_PER_PAGE = 1000, 50
ROOT = f"/{API_VERSION}/Accounts"


class RestError(Exception):
    """A refusal in Twilio's form: an HTTP status, a number of its dictionary, a sentence."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message

    def response(self) -> web.Response:
        """Write the refusal as JSON."""
        return web.json_response(
            {
                "code": self.code,
                "message": self.message,
                "more_info": f"https://www.twilio.com/docs/errors/{self.code}",
                "status": self.status,
            },
            status=self.status,
            headers={"Retry-After": "1"} if self.status == TOO_MANY else None,
        )


def guarded(account: Account, handler: Handler) -> Handler:
    """Let in who has the account's credentials, and turn refusals into their JSON."""

    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            _authenticate(account, request)
            return await handler(request)
        except RestError as refused:
            return refused.response()

    return handle


def changing(switchboard: Switchboard, act: Act) -> Handler:
    """Let something be changed, with the faults that are switched on."""

    async def handle(request: web.Request) -> web.Response:
        faults = switchboard.faults
        if faults.fires("rest_429"):
            raise RestError(TOO_MANY, 20429, "Too many requests")
        broken = RestError(500, 20500, "Internal server error") if faults.fires("rest_5xx") else None
        if broken and not faults.rest_5xx.accepted:
            raise broken
        form = await request.post()
        answer = act(request, {name: " ".join(map(str, form.getall(name))) for name in form})
        if broken:
            raise broken
        if faults.fires("rest_timeout"):
            await asyncio.sleep(faults.rest_timeout.ms / 1000)
        return answer

    return guarded(switchboard.account, handle)


def url_in(form: Form, name: str, code: int, *, required: bool = False) -> str:
    """Read an absolute URL of a form; empty where there need be none."""
    url = form.get(name, "")
    if (required and not url) or (url and not url.startswith(("http://", "https://"))):
        raise RestError(400, code, f"{name} {url} is not a valid URL")
    return url


def method_in(form: Form, name: str) -> Method:
    """Read the method that goes with a URL of a form."""
    match form.get(name, "POST"):
        case "GET":
            return "GET"
        case "POST":
            return "POST"
        case other:
            raise RestError(400, 20001, f"{name} {other} is not GET or POST")


def number_in(form: Form, name: str, default: int, least: int, most: int) -> int:
    """Read a whole number of a form."""
    given = form.get(name, str(default))
    if not (given.isascii() and given.isdigit() and least <= int(given) <= most):
        raise RestError(400, 20001, f"{name} must be from {least} to {most}")
    return int(given)


def flag_in(form: Form, name: str, default: bool) -> bool:
    """Read `true` or `false` of a form."""
    match form.get(name, str(default)).lower():
        case "true":
            return True
        case "false":
            return False
        case other:
            raise RestError(400, 20001, f"{name} {other} is not true or false")


def page(request: web.Request, name: str, found: Sequence[dict[str, Any]]) -> web.Response:
    """Answer one page of a list."""
    size = _whole(request.query, "PageSize", USUAL_PER_PAGE, MOST_PER_PAGE)
    number = _whole(request.query, "Page", 0, 10**9)
    shown = found[number * size : (number + 1) * size]

    def uri(number: int) -> str:
        kept = [(k, v) for k, v in request.query.items() if k not in {"Page", "PageSize", "PageToken"}]
        return f"{request.path}?{urlencode([*kept, ('PageSize', size), ('Page', number)])}"

    return web.json_response(
        {
            "end": number * size + len(shown) - 1 if shown else 0,
            "first_page_uri": uri(0),
            name: shown,
            "next_page_uri": uri(number + 1) if len(found) > (number + 1) * size else None,
            "page": number,
            "page_size": size,
            "previous_page_uri": uri(number - 1) if number else None,
            "start": number * size,
            "uri": uri(number),
        }
    )


def _whole(query: MultiMapping[str], name: str, default: int, most: int) -> int:
    given = query.get(name, "")
    return min(int(given), most) if given.isascii() and given.isdigit() else default


def not_found(request: web.Request) -> RestError:
    """Refuse a resource that does not exist."""
    return RestError(404, 20404, f"The requested resource {request.path} was not found")


def routes(switchboard: Switchboard) -> list[web.RouteDef]:
    """Offer the account, which a health check may read."""
    account = switchboard.account

    async def read(_request: web.Request) -> web.Response:
        return web.json_response(_account_resource(account))

    async def unknown(request: web.Request) -> web.Response:
        raise not_found(request)

    return [
        web.get(ROOT + "/{account}.json", guarded(account, read)),
        web.route("*", f"/{API_VERSION}/{{rest:.*}}", guarded(account, unknown)),
    ]


def _authenticate(account: Account, request: web.Request) -> None:
    refused = RestError(401, 20003, "Authenticate")
    try:
        given = BasicAuth.decode(request.headers.get(hdrs.AUTHORIZATION, ""), encoding="utf-8")
    except ValueError:
        raise refused from None
    user_fits = compare_digest(given.login.encode(), account.sid.encode())
    token_fits = compare_digest(given.password.encode(), account.auth_token.encode())
    if not (user_fits and token_fits):
        raise refused
    if request.match_info.get("account", account.sid) != account.sid:
        raise not_found(request)


def _account_resource(account: Account) -> dict[str, Any]:
    return {
        "sid": account.sid,
        "owner_account_sid": account.sid,
        "friendly_name": "Exchange on this machine",
        "status": "active",
        "type": "Full",
        "uri": f"{ROOT}/{account.sid}.json",
    }
