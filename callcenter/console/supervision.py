"""The supervisors' floor, live once a second; alarms; what an advisor serves, and whether they are there.

The page fetches `/console/floor/now` while it is to be seen. What it shows is read once for all pages of a process
(`callcenter.floor`), and drawn once for each language.
"""

from dataclasses import dataclass

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from redis import RedisError

from backend.errors import BadInputError
from backend.wording import Language
from backend.work import begin
from callcenter import agents, alarms, conspicuous, floor, supervision
from callcenter.agents import Advisor
from callcenter.alarms import Alarm
from callcenter.console import guard
from callcenter.console.answering import back, said
from callcenter.console.guard import needs
from callcenter.floor import Floor, Somebody, Talk
from callcenter.presence import SUPERVISE
from callcenter.routing import SUBJECTS, Level
from callcenter.supervision import LEVELS, Served

NOTICES = (
    "supervision-assigned",
    "supervision-undone",
    "supervision-stood-down",
    "supervision-signed-out",
    "supervision-no-language",
    "supervision-away",
    "console-changed",
)
MOST_TALKS = 200  # shown, the longest first
SPOKEN: tuple[tuple[Language, ...], ...] = (("fr",), ("ar",), ("fr", "ar"), ("ar", "fr"))
"""The languages that an advisor may have, the one spoken best first."""


@dataclass(frozen=True)
class Seen:
    """The floor with its alarms, as a page shows it; `may_visit`: its supervisor has a telephone, and no call."""

    floor: Floor
    alarms: list[Alarm]
    silent: frozenset[str]
    may_visit: bool

    @property
    def loud(self) -> list[Alarm]:
        """Return the alarms that nobody has acknowledged."""
        return [each for each in self.alarms if each.key not in self.silent]

    @property
    def quiet(self) -> list[Alarm]:
        """Return those that somebody has."""
        return [each for each in self.alarms if each.key in self.silent]

    def of(self, advisor: Advisor) -> Alarm | None:
        """Return the alarm about an advisor."""
        return next((each for each in self.alarms if each.about == str(advisor.id)), None)

    @property
    def people(self) -> list[Somebody]:
        """Return who is there: in a call, ready, wrapping up, then those who are not ready; longest first."""
        order = ("busy", "wrap-up", "ready", "not-ready")
        return sorted(self.floor.people, key=lambda each: (order.index(each.known.state), each.known.since))

    @property
    def talks(self) -> list[tuple[Talk, Advisor | None]]:
        """Return the talks with callers, the longest first, each with its advisor."""
        shown = sorted((each for each in self.floor.talks if each.kind != "consult"), key=lambda each: each.since)
        found = ((each, self.floor.who(each.advisor)) for each in shown[:MOST_TALKS])
        return [(talk, somebody.known if somebody else None) for talk, somebody in found]


def register(blueprint: Blueprint) -> None:
    """Give the console these pages."""
    blueprint.add_url_rule("/floor", "floor", show, methods=["GET"])
    blueprint.add_url_rule("/floor/now", "floor_now", now, methods=["GET"])
    blueprint.add_url_rule("/floor/here", "floor_here", here, methods=["POST"])
    blueprint.add_url_rule("/floor/acknowledge", "acknowledge", acknowledge, methods=["POST"])
    blueprint.add_url_rule("/floor/advisors/<int:advisor>", "advisor", show_advisor, methods=["GET"])
    blueprint.add_url_rule("/floor/advisors/<int:advisor>/serves", "assign", assign, methods=["POST"])
    blueprint.add_url_rule("/floor/advisors/<int:advisor>/unready", "stand_down", stand_down, methods=["POST"])
    blueprint.add_url_rule("/floor/advisors/<int:advisor>/sign-out", "sign_advisor_out", sign_out, methods=["POST"])


@needs(SUPERVISE)
def show() -> ResponseReturnValue:
    """The floor."""
    return render_template("console/supervision/floor.html", seen=_look(), said=said(NOTICES))


@needs(SUPERVISE)
def now() -> ResponseReturnValue:
    """The floor's zones, as a fragment: asked for once a second."""
    return _zones(_look())


@needs(SUPERVISE)
def here() -> ResponseReturnValue:
    """Somebody touched keyboard or mouse: their session goes on, as after any form that is posted."""
    return Response(status=204)


@needs(SUPERVISE)
def acknowledge() -> ResponseReturnValue:
    """Silence an alarm that there is, for everybody; one that is over needs it no more."""
    seen = _look()
    alarm = next((each for each in seen.alarms if each.key == request.form.get("alarm")), None)
    said = None
    if alarm:
        try:
            with begin(guard.actor()) as work:
                alarms.acknowledge(work, alarm)
        except RedisError:
            said = "supervision-away"
    if guard.is_scripted():
        return _zones(_look())
    return back("console.floor", said)


@needs(SUPERVISE)
def show_advisor(advisor: int) -> ResponseReturnValue:
    """One advisor: what they serve, and whether they are there."""
    with begin(guard.actor()) as work:
        try:
            known = agents.require(work, advisor)
        except BadInputError:
            abort(404)
        opened, mobiles = conspicuous.sums(work, advisor)
    before, served = request.args.get("before", ""), Served.by(known)
    return render_template(
        "console/supervision/advisor.html",
        section="console.floor",
        known=known,
        served=served,
        before=before if _read(before) and before != str(served) else None,
        subjects=SUBJECTS,
        levels=LEVELS[::-1],
        spoken=SPOKEN,
        opened=opened,
        mobiles=mobiles,
        said=said(NOTICES),
    )


@needs(SUPERVISE)
def assign(advisor: int) -> ResponseReturnValue:
    """Have an advisor serve what the form says, or again what they did: with `to`, which undoes."""
    was, undone = _read(request.form.get("was", "")), _read(request.form.get("to", ""))
    to = undone or _chosen()
    if was is None:
        abort(400)
    if to is None:
        return back("console.advisor", "supervision-no-language", advisor=advisor)
    try:
        with begin(guard.actor()) as work:
            supervision.assign(work, guard.me().id, advisor, to, was)
    except BadInputError:
        return back("console.advisor", "console-changed", advisor=advisor)
    floor.forget()
    said = "supervision-undone" if undone else "supervision-assigned"
    return back("console.advisor", said, advisor=advisor, before=None if undone else str(was))


@needs(SUPERVISE)
def stand_down(advisor: int) -> ResponseReturnValue:
    """Have an advisor be offered no calls."""
    try:
        with begin(guard.actor()) as work:
            supervision.stand_down(work, guard.me().id, advisor)
    except BadInputError:
        return back("console.advisor", "console-changed", advisor=advisor)
    floor.forget()
    return back("console.advisor", "supervision-stood-down", advisor=advisor)


@needs(SUPERVISE)
def sign_out(advisor: int) -> ResponseReturnValue:
    """End the day of somebody who is gone."""
    try:
        with begin(guard.actor()) as work:
            supervision.sign_out(work, guard.me().id, advisor)
    except BadInputError:
        return back("console.advisor", "console-changed", advisor=advisor)
    floor.forget()
    return back("console.advisor", "supervision-signed-out", advisor=advisor)


def _look() -> Seen:
    seen = floor.seen()
    raised, mine = alarms.raised(seen), seen.who(guard.me().id)
    may_visit = guard.me().role in guard.ANSWER and not (mine and mine.talk)
    return Seen(seen, raised, alarms.acknowledged(raised), may_visit)


def _zones(seen: Seen) -> str:
    """Return the zones, drawn once for all who look in one language with the same alarms silenced."""
    key = (guard.language(), seen.may_visit, seen.silent)
    if key not in seen.floor.drawn:
        seen.floor.drawn[key] = render_template("console/supervision/zones.html", seen=seen)
    return seen.floor.drawn[key]


def _chosen() -> Served | None:
    """Return what the form says; None where it names no languages that there are."""
    languages = next((each for each in SPOKEN if ".".join(each) == request.form.get("languages")), None)
    levels: dict[str, Level] = {str(level): level for level in LEVELS}
    chosen = {each: levels[level] for each in SUBJECTS if (level := request.form.get(f"level-{each}", "")) in levels}
    return Served(languages, chosen) if languages else None


def _read(text: str) -> Served | None:
    try:
        return Served.read(text)
    except BadInputError:
        return None
