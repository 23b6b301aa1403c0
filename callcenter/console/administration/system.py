"""The system as `svi doctor` finds it, read only; and the tokens by which other systems use the API."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Protocol

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from backend.api import tokens
from backend.errors import BadInputError
from backend.work import begin
from callcenter.console import guard
from callcenter.console.answering import back, said
from callcenter.console.guard import ADMINISTER, needs

LIVES = (30, 90, 365)
"""Days that a token may live; it may also live on until it is revoked."""
NOTICES = ("token-revoked", "token-gone", "token-name")


class Found(Protocol):
    """One finding: what was looked at, what was seen, and how to mend it where something is wrong."""

    @property
    def subject(self) -> str:
        """What was looked at."""

    @property
    def words(self) -> str:
        """What was seen."""

    @property
    def mend(self) -> str:
        """What to do; empty where all is well."""


Checkup = Callable[[], Iterable[Found]]


def register(blueprint: Blueprint) -> None:
    """Give the console these pages."""
    blueprint.add_url_rule("/system", "system", show, methods=["GET"])
    blueprint.add_url_rule("/system/tokens", "add_token", add_token, methods=["POST"])
    blueprint.add_url_rule("/system/tokens/<int:token>/revoke", "revoke_token", revoke_token, methods=["POST"])


@needs(ADMINISTER)
def show() -> ResponseReturnValue:
    """What is found, and the tokens."""
    return _page(said(NOTICES))


@needs(ADMINISTER)
def add_token() -> ResponseReturnValue:
    """Make a token; the answer shows it, this once."""
    name, days = request.form.get("name", "").strip(), request.form.get("days", "")
    life = timedelta(int(days)) if days in {str(each) for each in LIVES} else None
    try:
        with begin(guard.actor()) as work:
            secret = tokens.add(work, name, request.form.getlist("scope"), life)
    except BadInputError:
        return _page("token-name", name), 400
    return render_template(
        "console/administration/secret.html",
        section="console.system",
        known=None,
        name=name,
        secret=secret,
        onwards=("console.system", {}),
        about="token",
    )


@needs(ADMINISTER)
def revoke_token(token: int) -> ResponseReturnValue:
    """Let a token open nothing any more."""
    with begin(guard.actor()) as work:
        mine = next((each for each in tokens.every(work) if each.id == token and each.revoked_at is None), None)
        if mine:
            tokens.revoke(work, mine.name)
    return back("console.system", "token-revoked" if mine else "token-gone")


def _page(notice: str | None, name: str = "") -> str:
    look: Checkup = current_app.extensions["console-checkup"]
    findings = sorted(look(), key=lambda each: not each.mend)
    with begin(guard.actor()) as work:
        found = tokens.every(work)
    return render_template(
        "console/administration/system.html",
        findings=findings,
        wrong=sum(bool(each.mend) for each in findings),
        tokens=sorted(found, key=lambda each: (each.revoked_at is not None, -each.id)),
        scopes=tokens.SCOPES,
        lives=LIVES,
        notice=notice,
        name=name,
    )
