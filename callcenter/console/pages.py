"""The blueprint: signing in and out, the page at work and its fragments, the choice of language and colours, errors."""

from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, Flask, Response, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from redis import RedisError
from werkzeug.exceptions import HTTPException, NotFound

from backend import db, log
from backend.errors import BadInputError, UnreachableError
from backend.settings import settings
from backend.wording import LANGUAGES, written
from backend.work import Actor, begin
from callcenter import admission, agents, offers, openid, presence, sessions
from callcenter.admission import Admitted, CodeWanted
from callcenter.console import (
    account,
    acts,
    administration,
    cases,
    entrance,
    guard,
    kept,
    knowledge,
    menu,
    records,
    records_shown,
    showing,
    supervision,
    supervision_reports,
    supervision_trends,
    talk,
    view,
)
from callcenter.console.administration.system import Checkup
from callcenter.console.answering import back, said
from callcenter.console.deeds import DEEDS
from callcenter.console.guard import ANSWER, EVERYBODY, Phone, needs
from callcenter.past_calls import Ways
from callcenter.records import put_away

blueprint = Blueprint(
    "console",
    __name__,
    url_prefix="/console",
    template_folder="templates",
    static_folder="static",
    static_url_path="/static",
)
NOTICES = (
    "console-changed",
    "console-carrier",
    "console-offer-over",
    "console-no-disposition",
    "console-nobody-to-note",
    "console-call-is-open",
    *talk.NOTICES,
    *account.NOTICES,
    "console-no-telephone",
)
"""What may be said at the top of a page after a form was posted."""
THEMES = ("light", "dark")
THEME_COOKIE = "svi-theme"
A_SEASON = 90 * 24 * 3600
"""For so many seconds a browser by which somebody came in is known to be theirs."""
NO_NUMBER_OF_OURS = "22003"
"""PostgreSQL's word for a number in an address that is larger than any id can be."""
PROBLEMS = (400, 403, 404, 500, 503)
_log = log.get("console")


def register(app: Flask, phone: Phone | None, checkup: Checkup, ways: Ways) -> None:
    """Give `app` the console.

    `phone`: how its pages hold a telephone; `checkup`: what is found of the system; `ways`: of calls that only the
    vocal server answered.
    """
    app.extensions["console-phone"] = phone
    app.extensions["console-checkup"] = checkup
    app.extensions["console-ways"] = ways
    app.register_blueprint(blueprint)


blueprint.before_request(guard.refuse_foreign)
blueprint.before_request(guard.refuse_unwritable)
blueprint.after_request(guard.protect)


@blueprint.get("/")
@needs(ANSWER)
def work() -> ResponseReturnValue:
    """The page at work."""
    with begin(guard.actor()) as transaction:
        offers.here(transaction, guard.me().id)
    now = view.look()
    zone = records_shown.look(now)
    return render_template("console/work.html", view=now, zone=zone, said=said(NOTICES), chosen=agents.CHOSEN)


@blueprint.get("/desk")
@needs(ANSWER)
def desk() -> ResponseReturnValue:
    """What is before the advisor, as a fragment: asked for by the page whenever something changed."""
    return render_template("console/desk.html", view=view.look(), said=None, chosen=agents.CHOSEN)


@blueprint.get("/phone")
@needs(ANSWER)
def phone() -> ResponseReturnValue:
    """How this page holds its advisor's telephone, as JSON."""
    known, name = guard.phone_of_pages(), agents.identity(guard.me().id, guard.signed_in().tag)
    if known is None:
        return {"driver": None}
    return {
        "driver": known.driver,
        "origin": known.origin,
        "from": f"client:{name}",
        "token": known.token(name),
    }


@blueprint.post("/here")
@needs(ANSWER)
def here() -> ResponseReturnValue:
    """The page is open and to be seen; `active`: somebody touched keyboard or mouse since it last said so.

    `telephone`: `away` where it can't be reached: no calls are offered then.
    """
    with begin(guard.actor()) as transaction:
        if request.form.get("active") == "1":
            sessions.touch(transaction, guard.signed_in())
        if request.form.get("telephone") == "away":
            presence.be_unreachable(transaction, guard.me().id)
        else:
            offers.here(transaction, guard.me().id)
    return Response(status=204)


@blueprint.post("/do/<name>")
@needs(ANSWER)
def do(name: str) -> ResponseReturnValue:
    """Do something; the answer is what is before the advisor then, to the script 409 where it was not done."""
    deed = DEEDS.get(name) or abort(404)
    try:
        told = deed(view.look().desk)
    except UnreachableError:
        told = "console-carrier"
    except BadInputError:
        told = "console-changed"
    if guard.is_scripted():
        status = HTTPStatus.CONFLICT if told else HTTPStatus.OK
        return render_template("console/desk.html", view=view.look(), said=told, chosen=agents.CHOSEN), status
    return back("console.work", told)


@blueprint.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    """Ask who it is; who is signed in goes to work."""
    if session := guard.current_session():
        return redirect(url_for(menu.home(session.advisor.role)))
    message = "console-session-ended" if request.args.get("ended") else None
    return render_template("console/sign-in.html", message=message, login="")


@blueprint.post("/sign-in")
def signs_in() -> ResponseReturnValue:
    """Begin a session, and the day of who takes calls."""
    login = request.form.get("login", "")
    given = (login, request.form.get("password", ""), request.form.get("code", ""))
    introduced = request.cookies.get(guard.held_to_this_host(admission.browser_of(login)), "")
    with begin(Actor("advisor", "", "signs in")) as transaction:
        outcome = admission.admit(transaction, *given, guard.address(), introduced)
    if not isinstance(outcome, Admitted):
        message = "console-code-wanted" if isinstance(outcome, CodeWanted) else "console-refused"
        if isinstance(outcome, admission.NotByPassword):
            message = "console-not-by-password"
        status = HTTPStatus.UNAUTHORIZED
        if isinstance(outcome, admission.Refused) and outcome.too_often:
            message, status = "console-too-often", HTTPStatus.TOO_MANY_REQUESTS
        return render_template("console/sign-in.html", message=message, login=login, kept=kept.carried()), status
    with begin(Actor("advisor", str(outcome.advisor), "console")) as transaction:
        known = admission.begin_day(transaction, outcome.advisor)
    response = make_response(kept.shown(outcome.advisor) or redirect(url_for(menu.home(known.role)), 303))
    guard.give_cookie(response, outcome.token)
    name, proof = admission.introduction(login)
    response.set_cookie(guard.held_to_this_host(name), proof, **guard.cookie_options("Strict"), max_age=A_SEASON)
    return response


@blueprint.post("/sign-out")
@needs(EVERYBODY)
def sign_out() -> ResponseReturnValue:
    """End this session, or every one, and with the last the advisor's day; not with a call that is still open."""
    known = guard.me()
    everywhere = request.form.get("everywhere") == "1"
    try:
        with begin(guard.actor()) as transaction:
            others = not everywhere and sessions.close(transaction, guard.signed_in())
            if everywhere:
                sessions.close_all(transaction, known.id)
            if not others and known.role in ANSWER and known.state != "signed-out":
                presence.sign_out(transaction, known.id)
                put_away(transaction, known.id)
    except BadInputError:
        return back(menu.home(known.role), "console-call-is-open")
    elsewhere = openid.leaving() if guard.signed_in().by_provider else None
    if elsewhere:
        response = make_response(
            render_template("console/onward.html", message="console-signed-out-here", to=elsewhere)
        )
    else:
        response = make_response(redirect(url_for("console.sign_in"), 303))
    guard.take_cookie(response)
    return response


@blueprint.post("/look")
def choose_look() -> ResponseReturnValue:
    """Keep a language, or colours, in a cookie of its own; both are only what a page looks like."""
    back, asked = request.form.get("back", ""), urlencode(parse_qsl(request.form.get("query", "")))
    to = url_for(back if back in menu.PAGES else "console.sign_in")
    response = make_response(redirect(f"{to}?{asked}" if asked else to, 303))
    options: dict[str, Any] = {
        "max_age": guard.YEAR_SECONDS,
        "httponly": True,
        "samesite": "Strict",
        "path": "/console/",
    }
    if (language := request.form.get("language")) in LANGUAGES:
        response.set_cookie(guard.LANGUAGE_COOKIE, language, **options)
    if (theme := request.form.get("theme")) in THEMES:
        response.set_cookie(THEME_COOKIE, theme, **options)
    return response


for each in (
    account,
    acts,
    administration,
    cases,
    entrance,
    knowledge,
    records,
    showing,
    supervision,
    supervision_reports,
    supervision_trends,
    talk,
):
    each.register(blueprint)


@blueprint.get("/<path:_what>")
def nothing(_what: str) -> ResponseReturnValue:
    """There is no such page: said in the console's own look."""
    abort(404)


@blueprint.context_processor
def words() -> dict[str, Any]:
    """Give every template the words of the page's language, and who it is for."""
    session, language = guard.current_session(), guard.language()

    def say(message: str, /, **values: Any) -> str:
        return written(language, message, **values)

    return {
        "say": say,
        "language": language,
        "direction": "rtl" if language == "ar" else "ltr",
        "theme": theme if (theme := request.cookies.get(THEME_COOKIE, "")) in THEMES else "",
        "other_language": next(each for each in LANGUAGES if each != language),
        "me": session.advisor if session else None,
        "menu": menu.of(session.advisor.role) if session else {},
        "home": menu.home(session.advisor.role) if session else "console.sign_in",
        "by_provider": bool(settings().svi_oidc_issuer),
        "emergency_only": settings().password_logins is not None,
        "telephone": phone.driver if (phone := guard.phone_of_pages()) else None,
        "events_url": f"{settings().events_origin}/console/events",
    }


@blueprint.errorhandler(Exception)
def failed(error: Exception) -> ResponseReturnValue:
    """Answer whatever went wrong: a page that says what to do; of a fault, a line in the log, without its text."""
    if db.sqlstate(error) == NO_NUMBER_OF_OURS:
        error = NotFound()
    status = error.code if isinstance(error, HTTPException) and error.code else 500
    if isinstance(error, HTTPException) and status < HTTPStatus.BAD_REQUEST:
        return error
    if not isinstance(error, HTTPException):
        _log.error("console.error", **log.cause(error))
        status = 503 if db.gone(error) or isinstance(error, RedisError) else 500
    shown = status if status in PROBLEMS else 404 if status == HTTPStatus.METHOD_NOT_ALLOWED else 400
    if guard.is_scripted():
        return Response(status=status)
    if db.gone(error):
        guard.forget_session()
    return render_template("console/problem.html", status=shown), status
