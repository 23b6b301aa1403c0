"""Opening hours and holidays: what holds, from which day on, and what holds of a chosen day."""

import re
from datetime import date, time

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from backend.errors import BadInputError
from backend.work import Work, begin
from callcenter import agents, holidays, hours
from callcenter.console import guard
from callcenter.console.answering import back, said
from callcenter.console.guard import ADMINISTER, needs
from callcenter.console.showing import day_of
from callcenter.hours import Span, Timetable

NOTICES = (
    "hours-saved",
    "hours-taken-back",
    "hours-refused",
    "hours-changed",
    "holiday-saved",
    "holiday-taken",
    "holiday-changed",
    "holiday-no-name",
)
_TIMES = ("opens", "midday", "closes")


def register(blueprint: Blueprint) -> None:
    """Give the console these pages."""
    blueprint.add_url_rule("/hours", "hours", show, methods=["GET"])
    blueprint.add_url_rule("/hours", "change_hours", change, methods=["POST"])
    blueprint.add_url_rule("/hours/<day>/take-back", "take_back_hours", take_back, methods=["POST"])
    blueprint.add_url_rule("/holidays", "add_holiday", add, methods=["POST"])
    blueprint.add_url_rule("/holidays/<day>", "say_holiday", say, methods=["POST"])


@needs(ADMINISTER)
def show() -> ResponseReturnValue:
    """The week, the holidays of this year and the next, and what holds of `day`."""
    return _page(said(NOTICES))


@needs(ADMINISTER)
def change() -> ResponseReturnValue:
    """Have other hours from a day on; what was filled in stays where they can't be."""
    try:
        with begin(guard.actor()) as work:
            hours.change(work, _wanted())
    except BadInputError:
        return _page("hours-refused", filled=True), 400
    return back("console.hours", "hours-saved")


@needs(ADMINISTER)
def take_back(day: str) -> ResponseReturnValue:
    """Undo a change of hours that is to come."""
    try:
        with begin(guard.actor()) as work:
            hours.take_back(work, day_of(day) or abort(404))
    except BadInputError:
        return back("console.hours", "hours-changed")
    return back("console.hours", "hours-taken-back")


@needs(ADMINISTER)
def add() -> ResponseReturnValue:
    """Have one more day on which nobody works."""
    day, name = day_of(request.form.get("day")), request.form.get("name", "").strip()
    if day is None or not 1 <= len(name) <= holidays.LONGEST_NAME:
        return _page("holiday-no-name", filled=True), 400
    try:
        with begin(guard.actor()) as work:
            holidays.add(work, day, name)
    except BadInputError:
        return _page("holiday-taken", filled=True), 400
    return back("console.hours", "holiday-saved")


@needs(ADMINISTER)
def say(day: str) -> ResponseReturnValue:
    """Confirm a holiday, move it, cancel it, or have it again; not if somebody else said otherwise meanwhile."""
    on, to = day_of(day) or abort(404), day_of(request.form.get("to"))
    try:
        with begin(guard.actor()) as work:
            if not _said(work, on, to, request.form.get("what", ""), request.form.get("was", "")):
                return back("console.hours", "holiday-changed")
    except BadInputError:
        return back("console.hours", "holiday-taken")
    return back("console.hours", "holiday-saved")


def _said(work: Work, day: date, to: date | None, what: str, was: str) -> bool:
    """Say what is wanted of a holiday that is as it `was` when it was shown; whether it still is."""
    known = holidays.find(work, day)
    if known is None or known.state != was:
        return False
    if what == "confirm" and known.state == "estimated":
        holidays.confirm(work, [day])
    elif what == "move" and to and known.kept:
        holidays.move(work, day, to)
    elif what == "cancel" and known.kept:
        holidays.remove(work, day)
    elif what == "restore" and not known.kept:
        holidays.add(work, day, known.name)
    else:
        return False
    return True


def _wanted() -> Timetable:
    form = request.form
    usual, ramadan = (Span(*(_time(form.get(f"{which}{name}", "")) for name in _TIMES)) for which in ("", "ramadan-"))
    days = frozenset(number for number, name in enumerate(hours.WEEK) if name in form.getlist("days"))
    calls_from, calls_until = (_time(form.get(name, "")) for name in ("calls-from", "calls-until"))
    from_day = day_of(form.get("from"))
    if from_day is None:
        raise BadInputError("hours hold from a day on")
    return Timetable(from_day, days, usual, ramadan, calls_from, calls_until)


def _time(text: str) -> time:
    """Return a time of the day as browsers write it, by Morocco's clocks. Raises BadInputError."""
    if not re.fullmatch(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]", text):
        raise BadInputError("a time is hours and minutes, such as 08:30")
    return time.fromisoformat(text)


def _page(notice: str | None, *, filled: bool = False) -> str:
    with begin(guard.actor()) as work:
        tables, today = hours.timetables(work), work.today
        found = holidays.of_years(work, today.year, today.year + 1)
        chosen = day_of(request.args.get("day")) or today
        preview, opening = hours.of_day(work, chosen), hours.opening(work)
        known = [*agents.every(work), *agents.every(work, closed=True)]
    now = next(each for each in reversed(tables) if each.from_day <= today)
    return render_template(
        "console/administration/hours.html",
        section="console.hours",
        now=now,
        coming=[each for each in tables if each.from_day > today],
        past=[each for each in tables[1:] if each.from_day <= today and each is not now],
        week=hours.WEEK,
        holidays=[each for each in found if each.day >= today],
        gone=[each for each in found if each.day < today],
        name_in=holidays.name_in,
        preview=preview,
        opening=opening,
        today=today,
        who={f"advisor {each.id}": each.name for each in known},
        filled=_filled() if filled else _of(now),
        notice=notice,
    )


def _of(table: Timetable) -> dict[str, str | list[str]]:
    """Return a form that says what holds now."""
    told: dict[str, str | list[str]] = {"days": [hours.WEEK[number] for number in table.days], "from": ""}
    for which, span in (("", table.usual), ("ramadan-", table.ramadan)):
        told |= {f"{which}{name}": f"{getattr(span, name):%H:%M}" for name in _TIMES}
    return told | {"calls-from": f"{table.calls_from:%H:%M}", "calls-until": f"{table.calls_until:%H:%M}"}


def _filled() -> dict[str, str | list[str]]:
    told: dict[str, str | list[str]] = dict(request.form.items())
    return told | {"days": request.form.getlist("days")}
