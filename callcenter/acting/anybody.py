"""What is done for anybody, identified or not: practical information by SMS, a call that is arranged; and cases."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any, get_args

from backend import agencies, information
from backend.errors import BadInputError
from backend.information import Topic
from backend.values import Mobile, Postcode, Term
from backend.work import Work
from callcenter import callbacks, cases, hours, offers
from callcenter.acting.forms import Choice, Line, Offer, Said, Wrong, ending, line, said, wrong
from callcenter.acting.standpoint import At
from callcenter.acting.subjects import sent
from callcenter.cases import Case, ChangedMeanwhileError
from callcenter.hours import HALVES
from callcenter.routing import SUBJECTS

TOPICS: tuple[Topic, ...] = get_args(Topic)
DAYS_AHEAD = 30
"""How far ahead a call is arranged at most."""


def may_inform(_work: Work, at: At) -> Offer:
    """Anybody."""
    return Offer(_goes(at), {"topic": [Choice(each, Line(f"acts-topic-{each}")) for each in TOPICS]})


def send_information(work: Work, at: At, given: Mapping[str, Any]) -> Said | Wrong:
    """Send what the voice says about a topic."""
    to = _mobile(at, given)
    if to is None:
        return wrong("mobile", "acts-missing")
    topic = next(each for each in TOPICS if each == given["topic"])
    return sent(information.send(work, topic, to, at.language))


def may_send_agencies(_work: Work, at: At) -> Offer:
    """Anybody."""
    return Offer(_goes(at))


def send_agencies(work: Work, at: At, given: Mapping[str, Any]) -> Said | Wrong:
    """Send the agencies nearest to a postcode, and say them."""
    near: Postcode = given["postcode"]
    found = agencies.nearest(work, near)
    if not found:
        return wrong("postcode", "acts-no-agency")
    to = _mobile(at, given)
    if to is None:
        return wrong("mobile", "acts-missing")
    gone = sent(information.send(work, near, to, at.language))
    told = [
        line("agency", name=each.name, place=each.kind_term, address=each.address, city=each.city) for each in found
    ]
    return Said((*told, *gone.lines))


def _goes(at: At) -> tuple[Line, ...]:
    mine = ending(at.person.mobile) if at.person else None
    return (line("acts-goes-to-or", ending=mine),) if mine else ()


def _mobile(at: At, given: Mapping[str, Any]) -> Mobile | None:
    typed: Mobile | None = given["mobile"]
    return typed or (at.person.mobile if at.person else None)


def may_arrange(work: Work, at: At) -> Offer:
    """Anybody: on a working day that is not over."""
    opening = hours.opening(work)
    choices = {
        "half": [Choice(each, Line(f"half-day-{each}")) for each in HALVES],
        "subject": [Choice(each, Line(f"subject-{each}")) for each in SUBJECTS],
    }
    chosen = {
        "day": opening.first.isoformat(),
        "half": "morning",
        "subject": at.ticket.subject if at.ticket else "other",
    }
    return Offer(_goes(at), choices, chosen=chosen)


def arrange(work: Work, at: At, given: Mapping[str, Any]) -> Said | Wrong:
    """Promise a call."""
    number = given["telephone"] or (at.person.mobile if at.person else None)
    day: date = given["day"]
    if number is None:
        return wrong("telephone", "acts-missing")
    if not work.today <= day <= work.today + timedelta(days=DAYS_AHEAD):
        return wrong("day", "acts-day-too-far")
    half = next(each for each in HALVES if each == given["half"])
    insured = at.insured if at.opened else None
    path = at.ticket.path if at.ticket else ()
    arranged = callbacks.arrange(
        work, insured, at.advisor.id, number, day, half, at.language, given["subject"], given["note"] or "", path
    )
    promised = arranged.promised
    message = "acts-arranged" if arranged.callback else "acts-arranged-already"
    return said(message, day=promised.day, half=promised.half, ending=promised.ending)


def may_give_up(work: Work, at: At) -> Offer | None:
    """Of who is promised a call."""
    waiting = callbacks.of_person(work, at.insured)
    choices = [
        Choice(str(each.id), line("acts-callback", day=each.day or each.due_at.date(), ending=each.ending))
        for each in waiting
    ]
    return Offer(choices={"callback": choices}, chosen={"callback": choices[0].value}) if choices else None


def give_up(work: Work, at: At, given: Mapping[str, Any]) -> Said | Wrong:
    """Cancel a promised call."""
    try:
        waits = callbacks.withdraw(work, at.insured, int(given["callback"]))
    except BadInputError:
        return wrong("", "acts-callback-under-way")
    if waits:
        offers.leave(work, waits.id)
    return said("acts-callback-cancelled")


def may_open_case(_work: Work, at: At) -> Offer:
    """Of anybody whose record is open."""
    subjects = [Choice(each, Line(f"subject-{each}")) for each in SUBJECTS]
    return Offer(choices={"subject": subjects}, chosen={"subject": at.ticket.subject if at.ticket else "other"})


def open_case(work: Work, at: At, given: Mapping[str, Any]) -> Said:
    """Open a case."""
    ticket = at.ticket.id if at.ticket else None
    case = cases.open_case(work, at.insured.person, at.advisor.id, ticket, given["subject"], given["note"])
    return said("acts-case-opened", rank=case)


def may_follow(work: Work, at: At) -> Offer | None:
    """Where a case is not settled."""
    return _cases(at, [each for each in cases.of_person(work, at.insured) if each.state != "closed"])


def follow(work: Work, at: At, given: Mapping[str, Any]) -> Said | Wrong:
    """Write on a case, and close it where that settles it."""
    case, version = _case(given)
    act, message = (cases.close, "acts-case-closed") if given["settled"] else (cases.add_note, "acts-case-followed")
    return _written(partial(act, work, case, at.advisor.id, version, given["note"]), case, message)


def may_reopen(work: Work, at: At) -> Offer | None:
    """Where one is closed."""
    return _cases(at, [each for each in cases.of_person(work, at.insured) if each.state == "closed"])


def reopen(work: Work, at: At, given: Mapping[str, Any]) -> Said | Wrong:
    """Go on with a case that was closed."""
    case, version = _case(given)
    return _written(
        partial(cases.reopen, work, at.insured, case, at.advisor.id, version, given["note"]), case, "acts-case-reopened"
    )


def _written(write: Callable[[], int], case: int, message: str) -> Said | Wrong:
    try:
        write()
    except ChangedMeanwhileError:
        return wrong("", "acts-case-changed")
    return said(message, rank=case)


def _cases(at: At, found: list[Case]) -> Offer | None:
    choices = [
        Choice(f"{each.id}.{each.version}", line("acts-case", rank=each.id, subject=Term(f"subject-{each.subject}")))
        for each in found
    ]
    first = next((each.value for each in choices if at.opened and each.value.startswith(f"{at.opened.case}.")), None)
    return Offer(choices={"case": choices}, chosen={"case": first or choices[0].value}) if choices else None


def _case(given: Mapping[str, Any]) -> tuple[int, int]:
    case, _, version = given["case"].partition(".")
    return int(case), int(version)
