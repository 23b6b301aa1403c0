"""What belongs to talks and to the day beside the page's zones: to whom a call may go, the callbacks of the day."""

from dataclasses import dataclass
from datetime import date, datetime

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from backend.clock import CASABLANCA
from backend.work import begin
from callcenter import callbacks, colleagues, hours
from callcenter.callbacks import Callback
from callcenter.console import guard, view
from callcenter.console.answering import back
from callcenter.console.guard import ANSWER, needs
from callcenter.console.showing import hour, instant

NOTICES = ("console-colleague-away",)
WAYS = ("transfer", "ask")
SHOWN = 20


@dataclass(frozen=True)
class Day:
    """The promised calls of an advisor's lines: of today or late, and missed ones; whether people are called now."""

    today: date
    open: list[Callback]
    missed: list[Callback]
    may_call: bool
    more: bool

    def when(self, at: datetime) -> str:
        """Return the time of a day, with its date where it isn't today's; in Morocco."""
        return hour(at) if at.astimezone(CASABLANCA).date() == self.today else instant(at)


def register(blueprint: Blueprint) -> None:
    """Give the console these pages, and their templates what is in them."""
    blueprint.add_url_rule("/others/<way>", "others", others, methods=["GET"])
    blueprint.add_url_rule("/callbacks", "callbacks", promised, methods=["GET"])
    blueprint.context_processor(lambda: {"day": day})


@needs(ANSWER)
def others(way: str) -> ResponseReturnValue:
    """To whom a call may go: `transfer`, or `ask` in. A page, and for script what is in it."""
    if way not in WAYS:
        abort(404)
    now = view.look()
    if now.phase != "talking" or now.desk.about is None or now.desk.asked:
        if guard.is_scripted():
            abort(409)
        return back("console.work", "console-changed")
    with begin(guard.actor(now.desk.about.id)) as work:
        lines = colleagues.lines(work, now.desk.about.language)
        there = colleagues.others(work, guard.me().id)
    template = "console/talk/others.html" if guard.is_scripted() else "console/talk/others-page.html"
    return render_template(template, view=now, way=way, lines=lines, others=there)


@needs(ANSWER)
def promised() -> ResponseReturnValue:
    """The callbacks of the day, as a fragment."""
    return render_template("console/zones/callbacks.html")


def day() -> Day:
    """Return the promised calls of the lines of the advisor of this request."""
    known = guard.me()
    with begin(guard.actor()) as work:
        open_, missed = callbacks.of_lines(work, known.skills, known.languages, SHOWN + 1)
        more = max(len(open_), len(missed)) > SHOWN
        return Day(work.today, open_[:SHOWN], missed[:SHOWN], hours.may_call(work), more)
