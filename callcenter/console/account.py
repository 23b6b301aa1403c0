"""One's account: the password; the second factor, enrolled with an app or taken away, and signing out everywhere."""

from http import HTTPStatus

import segno
from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from backend.seal import mac, mac_matches
from backend.work import begin
from callcenter import admission, passwords, second_factor
from callcenter.console import guard, menu
from callcenter.console.answering import back, said
from callcenter.console.guard import EVERYBODY, needs

NOTICES = ("console-password-changed",)


def register(blueprint: Blueprint) -> None:
    """Give the console these pages."""
    blueprint.add_url_rule("/account", "account", show, methods=["GET"])
    blueprint.add_url_rule("/account/password", "change_password", change_password, methods=["POST"])
    blueprint.add_url_rule("/account/second-factor", "enrol", enrol, methods=["POST"])
    blueprint.add_url_rule("/account/second-factor/remove", "remove", remove, methods=["POST"])


@needs(EVERYBODY)
def show() -> ResponseReturnValue:
    """The page."""
    return _page()


@needs(EVERYBODY)
def change_password() -> ResponseReturnValue:
    """Take another password in place of the present one, which is asked; every other session ends."""
    present, new, again = (request.form.get(name, "") for name in ("present", "new", "again"))
    with begin(guard.actor()) as work:
        problem = admission.change_password(work, guard.signed_in(), present, new) if new == again else "differs"
    if problem:
        status = HTTPStatus.TOO_MANY_REQUESTS if problem == "too-often" else HTTPStatus.BAD_REQUEST
        return _page(password_problem=f"console-password-{problem}"), status
    to = menu.home(guard.me().role) if guard.me().password_once else "console.account"
    return back(to, NOTICES[0])


@needs(EVERYBODY)
def enrol() -> ResponseReturnValue:
    """Have codes of the app asked from now on, if the one given shows that it has the key that we proposed."""
    key, proof = request.form.get("key", ""), request.form.get("proof", "")
    ours = proof.isascii() and mac_matches(_bytes(proof), "second-factor", str(guard.me().id), key)
    with begin(guard.actor()) as work:
        done = second_factor.is_asked(work, guard.me().id) or (
            ours and second_factor.enrol(work, guard.me().id, key, request.form.get("code", ""))
        )
    return redirect(url_for("console.account"), 303) if done else (_page(key if ours else None, wrong=True), 400)


@needs(EVERYBODY)
def remove() -> ResponseReturnValue:
    """Ask for no code any more; the app's present one is shown first, lest whoever sits down here do it."""
    with begin(guard.actor()) as work:
        asked = second_factor.is_asked(work, guard.me().id)
        done = asked and admission.remove_factor(work, guard.signed_in(), request.form.get("code", ""))
    return redirect(url_for("console.account"), 303) if done or not asked else (_page(wrong=True), 400)


def _page(key: str | None = None, *, wrong: bool = False, password_problem: str | None = None) -> str:
    """Return the page; `key`: what was proposed before, and is in the app already."""
    with begin(guard.actor()) as work:
        asked = second_factor.is_asked(work, guard.me().id)
        has_password = passwords.has_password(work, guard.me().id)
    key = key or second_factor.new_key()
    drawn = segno.make(second_factor.address(key, guard.me().login), error="m")
    return render_template(
        "console/account.html",
        asked=asked,
        key=key,
        proof=mac("second-factor", str(guard.me().id), key).hex(),
        drawing=Markup(drawn.svg_inline(scale=4, border=4, dark="#000", light="#fff")),  # noqa: S704 of a library's own
        wrong=wrong,
        has_password=has_password,
        password_problem=password_problem,
        said=said(NOTICES),
    )


def _bytes(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""
