"""Twilio's REST API: who may call it, how it refuses, and the account itself.

Each resource is a module with `routes(switchboard)`; this one holds what they share.
"""

from collections.abc import Awaitable, Callable
from hmac import compare_digest
from typing import Any

from aiohttp import BasicAuth, hdrs, web

from exchange.parameters import API_VERSION
from exchange.switchboard import Account, Switchboard

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
TOO_MANY = 429
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
