"""Who may: sessions by their cookie, roles by page, requests only from our own pages; and the headers of every answer.

A page without `needs` does not exist (`tests/console/test_access.py` asks each one as each role).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, Literal, ParamSpec
from urllib.parse import urlsplit

from flask import Response, abort, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from backend import proxies
from backend.settings import settings
from backend.wording import LANGUAGES, Language
from backend.work import Actor, begin
from callcenter import presence, sessions
from callcenter.agents import Advisor, Role
from callcenter.console import kept
from callcenter.sessions import Session

P = ParamSpec("P")
ANSWER: frozenset[Role] = presence.ANSWERING
ADMINISTER: frozenset[Role] = frozenset({"administrator"})
READ_THE_LOG: frozenset[Role] = frozenset({"auditor"})
EVERYBODY: frozenset[Role] = frozenset({"advisor", "supervisor", "administrator", "auditor"})
LANGUAGE_COOKIE = "svi-language"
BEFORE_ALL_ELSE = frozenset({"console.account", "console.change_password", "console.sign_out"})
"""What may be done with a one-time password: changing it."""
WATCHED = frozenset({"console.work", "console.desk", "console.person", "console.phone"})
"""Pages that say by themselves whether somebody is there (`here`); to open any other is something done."""
FORM = "application/x-www-form-urlencoded"
LARGEST_FORM = 512 * 1024  # bytes: the longest note, in Arabic, as a form writes it
YEAR_SECONDS = 365 * 24 * 3600


@dataclass(frozen=True)
class Phone:
    """How pages hold a telephone: the driver's name, and what proves to it who somebody is, by identity.

    `origin`: where the exchange is; `connects`, `media`: what a page may connect to, and play from, for the driver's
    sake.
    """

    driver: str
    token: Callable[[str], str]
    origin: str = ""
    connects: Sequence[str] = ()
    media: Sequence[str] = ()


def needs(roles: frozenset[Role]) -> Callable[[Callable[P, ResponseReturnValue]], Callable[P, ResponseReturnValue]]:
    """Enter a view only with a session of one of these roles: others meet 403, strangers the sign-in."""

    def guarding(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            session = current_session()
            if session is None:
                return _ended()
            once = session.advisor.password_once and not session.by_provider
            if once and request.endpoint not in BEFORE_ALL_ELSE:
                return Response(status=401) if is_scripted() else redirect(url_for("console.account"), 303)
            if session.advisor.role not in roles:
                abort(403)
            return view(*args, **kwargs)

        guarded.roles = roles  # type: ignore[attr-defined] # see `roles_of`
        return guarded

    return guarding


def roles_of(endpoint: str) -> frozenset[Role]:
    """Return who may enter a view by its session; nobody where it has no `needs`."""
    roles: frozenset[Role] = getattr(current_app.view_functions[endpoint], "roles", frozenset())
    return roles


def current_session() -> Session | None:
    """Return the session of this request, found once; None without one."""
    if "session" not in g:
        token = request.cookies.get(cookie_name(), "")
        with begin(Actor("advisor", "", "comes")) as work:
            g.session = sessions.find(work, token) if token else None
            by_hand = request.method == "POST" or not (is_scripted() or request.endpoint in WATCHED)
            if g.session and by_hand and request.endpoint != "console.here":
                sessions.touch(work, g.session)
    found: Session | None = g.session
    return found


def forget_session() -> None:
    """Render a page as for a stranger: the database that knows sessions is away."""
    g.session = None


def signed_in() -> Session:
    """Return the session of a view that `needs` one."""
    session = current_session()
    if session is None:
        raise RuntimeError("this view has no `needs`")
    return session


def me() -> Advisor:
    """Return the advisor whose request this is."""
    return signed_in().advisor


def language() -> Language:
    """Return the language of this request's page: the one chosen, else the advisor's first, else the browser's."""
    chosen, session = request.cookies.get(LANGUAGE_COOKIE), current_session()
    wanted = chosen or (session.advisor.languages[0] if session else request.accept_languages.best_match(LANGUAGES))
    return next((each for each in LANGUAGES if each == wanted), "fr")


def actor(ticket: int | None = None) -> Actor:
    """Return the advisor of this request as who does something, the ticket being the reason."""
    return Actor("advisor", str(me().id), f"ticket {ticket}" if ticket else "console")


def is_scripted() -> bool:
    """Say whether the page's own script asks, which wants a fragment rather than a page."""
    return request.headers.get("X-Console") == "script"


def address() -> str:
    """Return the address of who asks."""
    return proxies.asker(request.remote_addr, request.headers.get("X-Forwarded-For", ""))


def cookie_name() -> str:
    """Return what the session's cookie is called."""
    return held_to_this_host("svi-session")


def held_to_this_host(name: str) -> str:
    """Return a cookie's name: where there is TLS, browsers hold it to this host and to TLS."""
    return f"__Host-{name}" if _is_secure() else name


def cookie_options(same_site: Literal["Strict", "Lax"]) -> dict[str, Any]:
    """Return what every cookie that proves something is set and deleted with."""
    return {"secure": _is_secure(), "httponly": True, "samesite": same_site, "path": "/"}


def give_cookie(response: Response, token: str) -> None:
    """Have the browser keep a session's token until it is closed."""
    response.set_cookie(cookie_name(), token, **cookie_options("Strict"))


def take_cookie(response: Response) -> None:
    """Have the browser forget it."""
    response.delete_cookie(cookie_name(), **cookie_options("Strict"))


def refuse_unwritable() -> None:
    """Refuse what no database takes as a text: a zero byte, in an address or a form. Files are read by their view."""
    given = [request.path, *request.args.values()]
    if request.mimetype == FORM:
        given += request.form.values()
    if any("\0" in each for each in given):
        abort(400)


def refuse_foreign() -> None:
    """Let a form be posted by our own pages only, by what every browser says of where a request comes from (CSRF)."""
    request.max_content_length = LARGEST_FORM
    if request.method in {"GET", "HEAD", "OPTIONS"}:
        return
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site == "same-origin" or (site is None and origin in {settings().public_url, request.host_url.rstrip("/")}):
        return
    abort(403)


def protect(response: Response) -> Response:
    """Set the headers that every answer of the console has."""
    phone = phone_of_pages()
    connect = " ".join(["'self'", settings().events_origin, *(phone.connects if phone else ())])
    policy = (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        f"connect-src {connect}",
        *([f"media-src {' '.join(phone.media)}"] if phone and phone.media else []),
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
    response.headers["Content-Security-Policy"] = "; ".join(policy)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"  # with none at all, browsers hide where a form comes from
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(self)"
    response.headers["Cache-Control"] = "no-cache" if request.endpoint == "console.static" else "no-store"
    if _is_secure():
        response.headers["Strict-Transport-Security"] = f"max-age={YEAR_SECONDS}"
    return response


def phone_of_pages() -> Phone | None:
    """Return how pages hold a telephone; None where they can't yet."""
    phone: Phone | None = current_app.extensions["console-phone"]
    return phone


def _ended() -> ResponseReturnValue:
    if is_scripted():
        return Response(status=401)
    whose = sessions.whose(request.cookies.get(cookie_name(), "")) if request.method == "POST" else None
    if whose and (form := kept.posted(whose)):
        return render_template("console/sign-in.html", message="console-session-ended-here", login="", kept=form), 401
    return redirect(url_for("console.sign_in", ended=_had_one()))


def _is_secure() -> bool:
    return urlsplit(settings().public_url).scheme == "https"


def _had_one() -> int | None:
    return 1 if cookie_name() in request.cookies else None
