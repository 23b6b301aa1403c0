"""One's own password: changed by who wants to, and by who came with a one-time password before anything else."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from backend.errors import BadInputError
from backend.work import begin
from callcenter import passwords, sessions
from callcenter.console import guard
from callcenter.console.guard import EVERYBODY, needs


def register(blueprint: Blueprint) -> None:
    """Give the console this page."""
    blueprint.add_url_rule("/password", "password", show, methods=["GET"])
    blueprint.add_url_rule("/password", "change_password", change, methods=["POST"])


@needs(EVERYBODY)
def show() -> ResponseReturnValue:
    """The form."""
    return render_template("console/password.html", notice=None)


@needs(EVERYBODY)
def change() -> ResponseReturnValue:
    """Take the new password, if the present one is shown; every session ends but this one."""
    present, new, again = (request.form.get(name, "") for name in ("present", "new", "again"))
    me = guard.me().id
    with begin(guard.actor()) as work:
        if not passwords.matches(work, me, present):
            return render_template("console/password.html", notice="password-wrong"), 400
        if new != again or new == present:
            notice = "password-same" if new == present else "password-differs"
            return render_template("console/password.html", notice=notice), 400
        try:
            passwords.set_password(work, me, new)
        except BadInputError:
            return render_template("console/password.html", notice="password-poor"), 400
        sessions.close_others(work, guard.signed_in())
    return redirect(url_for("console.sign_in"), 303)
