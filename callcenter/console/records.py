"""The person: the record that is before an advisor, and how one is opened where nobody has proved who they are.

What is looked for is posted, never in an address. With script the form stays in the page at work, where a telephone is.
"""

import re
from http import HTTPStatus

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from backend.errors import BadInputError
from backend.values import BirthDate, IdentityCardDigits, RegistrationNumber, parsed
from backend.work import begin
from callcenter import agents, records
from callcenter.console import guard, records_shown, view
from callcenter.console.guard import ANSWER, needs
from callcenter.records import NotFound, Opened, Reason, Sought, TooMany

BACK = ("console.work", "console.records")
STATUS = {"person-search-nobody": HTTPStatus.NOT_FOUND, "person-search-too-often": HTTPStatus.TOO_MANY_REQUESTS}


def register(blueprint: Blueprint) -> None:
    """Give the console these pages."""
    records_shown.register(blueprint)
    blueprint.add_url_rule("/person", "person", person, methods=["GET"])
    blueprint.add_url_rule("/records", "records", page, methods=["GET"])
    blueprint.add_url_rule("/records/open", "open_record", open_, methods=["POST"])
    blueprint.add_url_rule("/records/case", "open_case", open_case, methods=["POST"])
    blueprint.add_url_rule("/records/put-away", "put_away", put_away, methods=["POST"])


@needs(ANSWER)
def person() -> ResponseReturnValue:
    """Who is on the line, or at hand, as a fragment: asked for once a call, for each reading of a record is audited."""
    now = view.look()
    return render_template("console/zones/person.html", view=now, zone=records_shown.look(now))


@needs(ANSWER)
def page() -> ResponseReturnValue:
    """The page where a person is looked for outside of a call."""
    return _page()


@needs(ANSWER)
def open_() -> ResponseReturnValue:
    """Open the record of who is looked for, for the reason that is stated."""
    sought = _sought()
    reason: Reason | None = next((each for each in records.REASONS if each == request.form.get("reason")), None)
    words = request.form.get("words", "")
    if sought is None:
        return _answer("person-search-incomplete")
    if reason is None or not records.are_words(words):
        return _answer("person-search-reason")
    try:
        with begin(guard.actor()) as work:
            found = records.open_for_reason(work, guard.me().id, sought, reason, words)
    except BadInputError:
        return _answer("console-changed")
    return _answer(_said(found))


@needs(ANSWER)
def open_case() -> ResponseReturnValue:
    """Open the record of whom a case is about."""
    case = request.form.get("case", "")
    try:
        with begin(guard.actor()) as work:
            number = int(case) if re.fullmatch("[0-9]{1,18}", case) else 0
            found = records.open_for_case(work, guard.me().id, number)
    except BadInputError:
        return _answer("person-case-closed")
    return _answer(_said(found))


@needs(ANSWER)
def put_away() -> ResponseReturnValue:
    """Put away what was opened for a case or a reason."""
    with begin(guard.actor()) as work:
        records.put_away(work, guard.me().id)
    return _answer(None)


def _sought() -> Sought | None:
    """Return by what a person is looked for: the registration number, else identity card and birth date."""
    if number := parsed(RegistrationNumber.parse, request.form.get("number", "")):
        return number
    card = parsed(IdentityCardDigits.parse, request.form.get("card", ""))
    born = parsed(BirthDate.parse, re.sub(r"[\s./-]", "", request.form.get("born", "")))
    return (card, born) if card and born else None


def _said(found: Opened | NotFound | TooMany) -> str | None:
    match found:
        case Opened():
            return None
        case NotFound():
            return "person-search-nobody"
        case TooMany():
            return "person-search-too-often"


def _answer(said: str | None) -> ResponseReturnValue:
    """Return what is before the advisor now; where it was not opened, with what they typed, to be mended."""
    if guard.is_scripted():
        return render_template("console/desk.html", view=view.look(), said=said, chosen=agents.CHOSEN)
    if said is None:
        back = request.form.get("back", "")
        return redirect(url_for(back if back in BACK else "console.records"), 303)
    response: Response = make_response(_page(said))
    response.status_code = STATUS.get(said, HTTPStatus.BAD_REQUEST)
    return response


def _page(said: str | None = None) -> str:
    now = view.look()
    return render_template("console/records.html", view=now, zone=records_shown.look(now), said=said)
