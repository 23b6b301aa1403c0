"""What an advisor is told: the difference between what was before them and what is. Pure."""

from collections.abc import Callable, Iterator

from backend.values import PersonName, Term
from backend.wording import Sayable
from callcenter.desk import Desk
from svi.terminal import sheet
from svi.terminal.screen import Line, line

Naming = Callable[[int], str]
"""The name of an advisor, by id."""
GOOD, BAD = "bold green", "yellow"


def told(before: Desk | None, now: Desk, who: PersonName | None, naming: Naming) -> Iterator[Line]:
    """Give the lines that tell what changed. `who`: the caller's name, if identified."""
    if before is None:
        yield from _arrived(now, who, naming)
        return
    yield from _of_offer(before, now)
    if before.stage != now.stage or _id(before) != _id(now):
        yield from _of_stage(before, now, who, naming)
    elif now.stage == "talking" and before.about and now.about and before.about.on_hold != now.about.on_hold:
        yield line("console-held" if now.about.on_hold else "console-resumed", BAD if now.about.on_hold else GOOD)
    yield from _of_colleague(before, now, naming)
    yield from _of_state(before, now)


def _arrived(now: Desk, who: PersonName | None, naming: Naming) -> Iterator[Line]:
    yield line("console-welcome", "bold", name=now.advisor.name)
    if now.stage:
        yield from _of_stage(Desk(now.advisor), now, who, naming)
    else:
        yield state(now)


def state(now: Desk) -> Line:
    """Return the line that says how an advisor stands who has no call."""
    if now.advisor.state == "ready":
        return line("console-ready", GOOD)
    return line("console-not-ready", BAD, why=Term(f"not-ready-{now.advisor.reason or 'signed-in'}"))


def _of_offer(before: Desk, now: Desk) -> Iterator[Line]:
    gone = before.offered and (now.offered is None or now.offered.id != before.offered.id)
    if gone and before.offered and (now.ticket is None or now.ticket.id != before.offered.ticket.id):
        yield line("console-offer-over", BAD)


def _of_stage(before: Desk, now: Desk, who: PersonName | None, naming: Naming) -> Iterator[Line]:
    match now.stage:
        case "coming":
            yield line("console-accepted", GOOD)
        case "talking" if before.stage == "asked-in":
            yield line("console-received", GOOD)
        case "talking":
            yield line("console-connected", GOOD, who=_called(who))
        case "asked-in" if now.about and now.about.advisor:
            yield line("console-connected", GOOD, who=naming(now.about.advisor))
            yield line("console-asked-in")
        case "wrap-up" if now.about:
            yield line("console-wrap-up", "bold")
            yield from sheet.results(now.about.subject)
        case None if before.stage == "coming":
            yield line("console-caller-gone", BAD)


def _of_colleague(before: Desk, now: Desk, naming: Naming) -> Iterator[Line]:
    if now.stage != "talking":
        return
    was, asked = before.asked, now.asked
    if asked and asked.state == "talking" and asked.advisor and (was is None or was.state != "talking"):
        yield line("console-colleague-here", GOOD, who=naming(asked.advisor))
    if was and asked is None and before.stage == "talking":
        yield line("console-colleague-gone" if was.state == "talking" else "console-colleague-none", BAD)


def _of_state(before: Desk, now: Desk) -> Iterator[Line]:
    same = (before.advisor.state, before.advisor.reason) == (now.advisor.state, now.advisor.reason)
    if not same and now.advisor.state in {"ready", "not-ready"}:
        yield state(now)


def _called(who: PersonName | None) -> Sayable:
    return who or Term("console-the-caller")


def _id(desk: Desk) -> int | None:
    return desk.ticket.id if desk.ticket else None
