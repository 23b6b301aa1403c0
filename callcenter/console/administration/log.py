"""The auditor's page: who did what, and why, the newest first; filtered, paged by the server, exported as CSV."""

import json
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from backend import audit, people
from backend.audit import Entry, Wanted
from backend.clock import CASABLANCA
from backend.errors import BadInputError
from backend.values import RegistrationNumber
from backend.wording import exists
from backend.work import Actor, begin
from callcenter import agents
from callcenter.console import guard, spreadsheet
from callcenter.console.administration import details
from callcenter.console.administration.actions import ACTIONS
from callcenter.console.answering import back, said
from callcenter.console.guard import READ_THE_LOG, needs
from callcenter.console.showing import day_of
from callcenter.console.typed import number

A_PAGE = 50
MOST_EXPORTED = 100_000
NOTICES = ("log-nobody", "log-no-number")
COLUMNS = ("id", "at", "actor_kind", "actor", "reason", "action", "person_id", "details")


def register(blueprint: Blueprint) -> None:
    """Give the console these pages."""
    blueprint.add_app_template_filter(details.name_in, "detail")
    blueprint.add_app_template_filter(details.value_in, "detail_value")
    blueprint.add_url_rule("/log", "log", show, methods=["GET"])
    blueprint.add_url_rule("/log/person", "log_of_person", find_person, methods=["POST"])
    blueprint.add_url_rule("/log/export", "export_log", export, methods=["POST"])


@needs(READ_THE_LOG)
def show() -> ResponseReturnValue:
    """A page of the log; the address says the filter, by ids of ours alone."""
    wanted, before = _wanted(request.args), number(request.args.get("before", ""))
    with begin(guard.actor()) as work:
        page = audit.read(work, wanted, before, A_PAGE)
        known = [*agents.every(work), *agents.every(work, closed=True)]
    return render_template(
        "console/administration/log.html",
        page=page,
        wanted=wanted,
        filter=_filter(wanted),
        before=before,
        kinds=audit.KINDS,
        actions=ACTIONS,
        people=sorted(known, key=lambda each: each.name),
        names={str(each.id): each for each in known},
        worded=_is_worded,
        most=MOST_EXPORTED,
        notice=said(NOTICES),
    )


@needs(READ_THE_LOG)
def find_person() -> ResponseReturnValue:
    """Look up whose registration number it is, which is audited too, and lead to the lines about that person."""
    kept = _filter(_wanted(request.form)) | {"person": None}
    try:
        number = RegistrationNumber.parse(request.form.get("number", ""))
    except BadInputError:
        return back("console.log", "log-no-number", **kept)
    with begin(Actor("advisor", str(guard.me().id), "log")) as work:
        found = people.numbered(work, number)
    if found is None:
        return back("console.log", "log-nobody", **kept)
    return back("console.log", **kept | {"person": found.id})


@needs(READ_THE_LOG)
def export() -> ResponseReturnValue:
    """Give the lines of the filter as CSV, so many at most; that they were taken is in the log too."""
    wanted = _wanted(request.form)
    told: dict[str, Any] = {f"of_{name}": str(value) for name, value in _filter(wanted).items() if value is not None}
    actor = Actor("advisor", str(guard.me().id), "log")
    with begin(actor) as work:
        audit.record(work, "audit.exported", None, **told)
    return spreadsheet.answer("audit.csv", _rows(actor, wanted))


def _rows(actor: Actor, wanted: Wanted) -> Iterator[str]:
    """Give the file piece by piece, each in a transaction of its own: a slow reader holds none open."""
    yield spreadsheet.line(COLUMNS)
    left, before = MOST_EXPORTED, None
    while left > 0:
        with begin(actor) as work:
            page = audit.read(work, wanted, before, min(left, 1_000))
        yield "".join(spreadsheet.line(_cells(each)) for each in page.entries)
        left, before = left - len(page.entries), page.before
        if before is None:
            return


def _cells(entry: Entry) -> tuple[object, ...]:
    at = entry.at.astimezone(CASABLANCA).isoformat(timespec="seconds")
    told = json.dumps(dict(entry.details), ensure_ascii=False)
    actor = entry.actor
    return entry.id, at, actor.kind, actor.reference, actor.reason, entry.action, entry.person or "", told


def _wanted(given: Any) -> Wanted:
    """Read the filter of an address or a form; what it can't be is left out."""
    kind, _, reference = given.get("actor", "").partition(" ")
    known = next((each for each in audit.KINDS if each == kind), None)
    action = given.get("action", "")
    person = given.get("person", "")
    return Wanted(
        day=day_of(given.get("day")),
        kind=known,
        reference=reference if known == "advisor" and number(reference) is not None else None,
        action=action if action in ACTIONS else None,
        person=number(person),
    )


def _filter(wanted: Wanted) -> dict[str, Any]:
    """Return a filter as an address says it."""
    actor = f"{wanted.kind} {wanted.reference or ''}".strip() if wanted.kind else None
    day = wanted.day.isoformat() if wanted.day else None
    return {"day": day, "actor": actor, "action": wanted.action, "person": wanted.person}


def _is_worded(action: str) -> bool:
    return exists("fr", f"audited-{action.replace('.', '-')}")
