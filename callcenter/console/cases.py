"""The page of cases that wait for somebody: one's own, or all, by subject.

Opening one of one's own (`records`) opens its person's record, where the case is followed. A supervisor hands cases on.
"""

import re

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from backend.errors import BadInputError
from backend.work import begin
from callcenter import agents, cases, presence
from callcenter.console import guard
from callcenter.console.answering import back, said
from callcenter.console.guard import ANSWER, needs
from callcenter.routing import SUBJECTS

NOTICES = ("cases-handed", "cases-not-handed")


def register(blueprint: Blueprint) -> None:
    """Give the console these pages."""
    blueprint.add_url_rule("/cases", "cases", show, methods=["GET"])
    blueprint.add_url_rule("/cases/hand", "hand_cases", hand, methods=["POST"])


@needs(ANSWER)
def show() -> ResponseReturnValue:
    """The list; of a case it says nothing that is personal."""
    which = "all" if request.args.get("which") == "all" else "mine"
    me = guard.me()
    subject = next((each for each in SUBJECTS if each == request.args.get("subject")), None)
    with begin(guard.actor()) as work:
        found = cases.unsettled(
            work,
            held_by=None if which == "all" else me.id,
            subject=subject,
            after=_number(request.args.get("after", "")),
        )
        everybody = agents.every(work) if me.role == "supervisor" else []
    return render_template(
        "console/acts/cases.html",
        found=found,
        more=len(found) == cases.LISTED,
        which=which,
        subject=subject,
        subjects=SUBJECTS,
        takers=sorted((each for each in everybody if each.role in presence.ANSWERING), key=lambda each: each.name),
        said=said(NOTICES),
    )


@needs(ANSWER)
def hand() -> ResponseReturnValue:
    """Put the cases that are ticked into the hands of who is chosen."""
    some, to = [_number(each) for each in request.form.getlist("case")], _number(request.form.get("to", ""))
    try:
        with begin(guard.actor()) as work:
            handed = cases.hand(work, guard.me().id, some, to)
    except BadInputError:
        handed = 0
    return back("console.cases", "cases-handed" if handed else "cases-not-handed", which="all")


def _number(text: str) -> int:
    """Return the number of a case or an account; 0, which none has, for what is no number."""
    return int(text) if re.fullmatch("[0-9]{1,18}", text) else 0
