"""The page of cases that wait for somebody: one's own, or all, by subject.

Opening one (`records`) opens its person's record, where the case is followed.
"""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from backend.work import begin
from callcenter import cases
from callcenter.console import guard
from callcenter.console.guard import ANSWER, needs
from callcenter.routing import SUBJECTS


def register(blueprint: Blueprint) -> None:
    """Give the console these pages."""
    blueprint.add_url_rule("/cases", "cases", show, methods=["GET"])


@needs(ANSWER)
def show() -> ResponseReturnValue:
    """The list; of a case it says nothing that is personal."""
    which = "all" if request.args.get("which") == "all" else "mine"
    subject = next((each for each in SUBJECTS if each == request.args.get("subject")), None)
    after = request.args.get("after", "0")
    with begin(guard.actor()) as work:
        found = cases.unsettled(
            work,
            opened_by=None if which == "all" else guard.me().id,
            subject=subject,
            after=int(after) if after.isascii() and after.isdigit() and len(after) < 19 else 0,  # noqa: PLR2004 bigint
        )
    return render_template(
        "console/acts/cases.html",
        found=found,
        more=len(found) == cases.LISTED,
        which=which,
        subject=subject,
        subjects=SUBJECTS,
    )
