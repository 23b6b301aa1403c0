"""Coming in by the house's identity provider (`callcenter.openid`): to its page, and back from there.

The way there is a link and not a form, and the way on from here a page that refreshes itself: a browser lets no form
lead to another origin (`form-action`), and sends no `SameSite=Strict` cookie along a way that began elsewhere.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from http import HTTPStatus

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from backend import log
from backend.settings import settings
from backend.work import Actor, begin
from callcenter import admission, openid
from callcenter.console import guard, menu
from callcenter.openid import NotAdmitted, SignInError, Why

TOLD = frozenset({"away", "refused", "clock"})
"""Of which the log says more: of who wanted to come in, it says nothing."""
LONGEST_DETAIL = 120
_log = log.get("console")


def register(blueprint: Blueprint) -> None:
    """Give the console these pages."""
    blueprint.add_url_rule("/sign-in/openid", "to_provider", to_provider, methods=["GET"])
    blueprint.add_url_rule("/sign-in/openid/back", "from_provider", from_provider, methods=["GET"])


def to_provider() -> ResponseReturnValue:
    """Lead the browser to the provider's page, with what it must bring back in a cookie."""
    if not settings().svi_oidc_issuer:
        abort(404)
    try:
        address, sealed = openid.begin_sign_in()
    except SignInError as error:
        return _refused(error.why, str(error))
    response = make_response(redirect(address, 303))
    kept = urlsafe_b64encode(sealed).decode()
    response.set_cookie(_cookie(), kept, **guard.cookie_options("Lax"), max_age=openid.LONGEST_SECONDS)
    return response


def from_provider() -> ResponseReturnValue:
    """Begin a session, whatever there was before, and the day of who takes calls."""
    if not settings().svi_oidc_issuer:
        abort(404)
    try:
        state, code, refusal = (request.args.get(name, "") for name in ("state", "code", "error"))
        somebody = openid.finish_sign_in(_bytes(request.cookies.get(_cookie(), "")), state, code, refusal)
        with begin(Actor("advisor", "", "signs in")) as work:
            admitted = openid.admit(work, somebody)
    except SignInError as error:
        return _refused(error.why, str(error))
    if isinstance(admitted, NotAdmitted):
        return _refused(admitted.why)
    with begin(Actor("advisor", str(admitted.advisor), "console")) as work:
        known = admission.begin_day(work, admitted.advisor)
    to = url_for(menu.home(known.role))
    response = make_response(render_template("console/onward.html", message="console-signed-in", to=to))
    guard.give_cookie(response, admitted.token)
    _forget(response)
    return response


def _refused(why: Why, detail: str = "") -> ResponseReturnValue:
    _log.warning("console.openid", why=why, detail=detail[:LONGEST_DETAIL] if why in TOLD else "")
    page = render_template("console/sign-in.html", message=f"console-openid-{why}", login="")
    status = HTTPStatus.SERVICE_UNAVAILABLE if why == "away" else HTTPStatus.UNAUTHORIZED
    response = make_response(page, status)
    _forget(response)
    return response


def _forget(response: Response) -> None:
    response.delete_cookie(_cookie(), **guard.cookie_options("Lax"))


def _cookie() -> str:
    return guard.held_to_this_host("svi-openid")


def _bytes(kept: str) -> bytes:
    try:
        return urlsafe_b64decode(kept.encode("ascii"))
    except ValueError:
        return b""
