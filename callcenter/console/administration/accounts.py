"""Accounts: who there is, opening one, changing it, closing it and back; what somebody lost is reset here."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import cast

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from backend.errors import BadInputError
from backend.wording import LANGUAGES
from backend.work import Work, begin
from callcenter import accounts, agents, sessions
from callcenter.accounts import RefusedError, Wanted
from callcenter.console import guard
from callcenter.console.answering import back, said
from callcenter.console.guard import ADMINISTER, needs
from callcenter.routing import SUBJECTS, Level

_DONE = ("saved", "closed", "factor-gone", "sessions-ended", "gone")
_REFUSED = ("changed", "languages-wrong", "last", "login", "name", "signed-in", "taken")
NOTICES = tuple(f"account-{each}" for each in (*_DONE, *_REFUSED))


def register(blueprint: Blueprint) -> None:
    """Give the console these pages."""
    blueprint.add_url_rule("/accounts", "accounts", show, methods=["GET"])
    blueprint.add_url_rule("/accounts", "open_account", open_account, methods=["POST"])
    blueprint.add_url_rule("/accounts/<int:advisor>", "one_account", one, methods=["GET"])
    blueprint.add_url_rule("/accounts/<int:advisor>", "change_account", change, methods=["POST"])
    blueprint.add_url_rule("/accounts/<int:advisor>/<deed>", "do_account", do, methods=["POST"])


@needs(ADMINISTER)
def show() -> ResponseReturnValue:
    """All accounts."""
    return _list(said(NOTICES))


@needs(ADMINISTER)
def open_account() -> ResponseReturnValue:
    """Open one; the answer shows its one-time password, this once; where it is there already, the way to another."""
    try:
        with begin(guard.actor()) as work:
            known, password = accounts.add(work, request.form.get("login", ""), _wanted())
    except RefusedError as refused:
        return _list(f"account-{refused.why}", filled=request.form), 400
    return _secret(known.id, password)


@needs(ADMINISTER)
def one(advisor: int) -> ResponseReturnValue:
    """One account, as it may be changed."""
    return _page(advisor, said(NOTICES))


@needs(ADMINISTER)
def change(advisor: int) -> ResponseReturnValue:
    """Change its name, role, languages, skills; what is filled in stays where that is refused."""
    try:
        with begin(guard.actor()) as work:
            accounts.edit(work, advisor, request.form.get("seen", ""), _wanted())
    except RefusedError as refused:
        return _page(advisor, f"account-{refused.why}", filled=request.form), 400
    except BadInputError:
        abort(404)
    return back("console.one_account", "account-saved", advisor=advisor)


@needs(ADMINISTER)
def do(advisor: int, deed: str) -> ResponseReturnValue:
    """Reset its password, take its second factor away, end its sessions, close it, open it again."""
    act = _DEEDS.get(deed) or abort(404)
    try:
        with begin(guard.actor()) as work:
            became = act(work, advisor)
    except RefusedError as refused:
        return back("console.one_account", f"account-{refused.why}", advisor=advisor)
    except BadInputError:
        return back("console.accounts", "account-gone")
    if became in NOTICES:
        return back("console.one_account", became, advisor=advisor)
    return _secret(advisor, became)


def _close(work: Work, advisor: int) -> str:
    accounts.close(work, advisor)
    return "account-closed"


def _end_sessions(work: Work, advisor: int) -> str:
    agents.require(work, advisor)
    sessions.close_all(work, advisor)
    return "account-sessions-ended"


def _forget_factor(work: Work, advisor: int) -> str:
    accounts.forget_factor(work, advisor)
    return "account-factor-gone"


def _reopen(work: Work, advisor: int) -> str:
    return accounts.reopen(work, advisor) or "account-changed"


_DEEDS: Mapping[str, Callable[[Work, int], str]] = MappingProxyType(
    {
        "password": accounts.reset_password,
        "factor": _forget_factor,
        "sessions": _end_sessions,
        "close": _close,
        "reopen": _reopen,
    }
)
"""What is done with an account; each returns what is said, or the one-time password to be shown."""


def _wanted() -> Wanted:
    form = request.form
    role = next((each for each in accounts.ROLES if each == form.get("role")), None) or abort(400)
    languages = tuple(each for wanted in ("first", "second") for each in LANGUAGES if each == form.get(wanted))
    levels = {subject: form.get(f"skill-{subject}", "") for subject in SUBJECTS}
    skills = {
        subject: cast("Level", int(level))
        for subject, level in levels.items()
        if level in {str(each) for each in agents.LEVELS}
    }
    return Wanted(form.get("name", ""), role, tuple(dict.fromkeys(languages)), skills)


def _list(notice: str | None, filled: Mapping[str, str] | None = None) -> str:
    with begin(guard.actor()) as work:
        found = accounts.every(work)
        there = accounts.of_login(work, filled.get("login", "")) if filled and notice == "account-taken" else None
    return render_template(
        "console/administration/accounts.html",
        accounts=found,
        there=there,
        notice=notice,
        filled=filled or {},
        roles=accounts.ROLES,
        subjects=SUBJECTS,
        levels=agents.LEVELS,
    )


def _page(advisor: int, notice: str | None, filled: Mapping[str, str] | None = None) -> str:
    try:
        with begin(guard.actor()) as work:
            found = accounts.find(work, advisor)
    except BadInputError:
        abort(404)
    known = found.known
    languages = dict(zip(("first", "second"), known.languages, strict=False))
    skills = {f"skill-{subject}": str(level) for subject, level in known.skills.items()}
    return render_template(
        "console/administration/account.html",
        section="console.accounts",
        account=found,
        notice=notice,
        filled=filled or {"name": known.name, "role": known.role, **languages, **skills},
        roles=accounts.ROLES,
        subjects=SUBJECTS,
        levels=agents.LEVELS,
    )


def _secret(advisor: int, password: str) -> str:
    with begin(guard.actor()) as work:
        known = agents.require(work, advisor)
    return render_template(
        "console/administration/secret.html",
        section="console.accounts",
        known=known,
        secret=password,
        onwards=("console.one_account", {"advisor": advisor}),
        about="password",
    )
