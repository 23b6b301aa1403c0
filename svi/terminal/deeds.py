"""What can be done: when it may be, and what it does. Each opens its own transaction, as the advisor, for the ticket.

A deed returns what is said about it. `NotNowError` names the message that says why it can't be.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypedDict

from backend.errors import BadInputError
from backend.values import Term
from backend.wording import Language, Sayable, written
from backend.work import Actor, Work, begin
from callcenter import agents, cases, dispositions, holding, offers, presence, records, supervision, talks, tickets
from callcenter.agents import Advisor
from callcenter.desk import Desk
from callcenter.routing import SUBJECTS, Level, Subject
from svi.terminal import sheet
from svi.terminal.screen import Line, line

Lines = Iterable[Line]


class NotNowError(Exception):
    """It can't be done; `line` says why."""

    def __init__(self, message: str, /, **values: Sayable) -> None:
        super().__init__(message)
        self.line = line(message, "yellow", **values)


class Target(TypedDict, total=False):
    """Where a call goes: a subject, or an advisor."""

    subject: Subject
    to: int


@dataclass(frozen=True)
class Deed:
    """Something that an advisor does: whether it may be now, and how."""

    may: Callable[[Desk], bool]
    act: Callable[[Desk, str, Language], Lines]
    example: str = ""
    """What is typed with it, where it needs more than its word."""


def actor(advisor: int, ticket: int | None = None) -> Actor:
    """Return an advisor as who does something, the ticket being the reason."""
    return Actor("advisor", str(advisor), f"ticket {ticket}" if ticket else "terminal")


def acting(at: Desk) -> Actor:
    """Return the advisor at a desk as who does something."""
    return actor(at.advisor.id, at.ticket.id if at.ticket else None)


def be_ready(at: Desk, _rest: str, _language: Language) -> Lines:
    """Be offered calls."""
    with begin(acting(at)) as work:
        presence.be_ready(work, at.advisor.id)
    return ()


def be_unready(at: Desk, rest: str, _language: Language) -> Lines:
    """Be offered none, for a reason: its number, or its name."""
    if rest and not (rest in agents.CHOSEN or (rest.isdecimal() and 1 <= int(rest) <= len(agents.CHOSEN))):
        raise NotNowError("console-missing", text="n 1")
    chosen = next((each for each in agents.CHOSEN if each == rest), None)
    with begin(acting(at)) as work:
        presence.be_unready(work, at.advisor.id, chosen or agents.CHOSEN[int(rest or 1) - 1])
    return ()


def accept(at: Desk, _rest: str, _language: Language) -> Lines:
    """Take the offered call."""
    if at.offered is None:
        raise NotNowError("console-not-now")
    try:
        with begin(actor(at.advisor.id, at.offered.ticket.id)) as work:
            offers.accept(work, at.advisor.id, at.offered.id)
    except BadInputError:
        with begin(acting(at)) as work:
            ticket = tickets.get(work, at.offered.ticket.id)
        gone = ticket is None or ticket.state == "ended"
        raise NotNowError("console-caller-gone" if gone else "console-offer-over") from None
    return ()


def reject(at: Desk, _rest: str, _language: Language) -> Lines:
    """Leave the offered call to others."""
    if at.offered:
        offers.reject(at.advisor.id, at.offered.id)
    return ()


def hold(at: Desk, _rest: str, _language: Language) -> Lines:
    """Have the caller wait with music."""
    holding.hold(_talk(at))
    return ()


def resume(at: Desk, _rest: str, _language: Language) -> Lines:
    """Let the caller back in."""
    holding.resume(_talk(at))
    return ()


def end(at: Desk, _rest: str, _language: Language) -> Lines:
    """End the talk; of who was asked in, leave it."""
    with begin(acting(at)) as work:
        talks.end_talk(work, at.advisor.id)
    return ()


def transfer(at: Desk, rest: str, language: Language) -> Lines:
    """Send the caller to a subject or an advisor, at the head of the queue."""
    with begin(acting(at)) as work:
        talks.transfer(work, at.advisor.id, **_target(work, at, rest, language))
    return (line("console-transferred", "bold"),)


def ask(at: Desk, rest: str, language: Language) -> Lines:
    """Ask another advisor in; the caller is put on hold."""
    if at.asked:
        raise NotNowError("console-already-asking")
    with begin(acting(at)) as work:
        target = _target(work, at, rest, language)
    if not _talk(at).on_hold:
        holding.hold(_talk(at))
    with begin(acting(at)) as work:
        talks.consult(work, at.advisor.id, **target)
    return (line("console-asking", "bold"),)


def complete(at: Desk, _rest: str, _language: Language) -> Lines:
    """Leave the call to the advisor who was asked in."""
    talk = _talk(at)
    with begin(acting(at)) as work:
        locked = tickets.get(work, talk.id, lock=True)
        if locked is None or not talks.take_over(work, locked):
            raise NotNowError("console-changed")
    if talk.on_hold:
        holding.resume(talk)
    return (line("console-transferred", "bold"),)


def drop(at: Desk, _rest: str, _language: Language) -> Lines:
    """Take the advisor who was asked in out again; the caller is back."""
    talk = _talk(at)
    with begin(acting(at)) as work:
        if asked := tickets.consult_of(work, talk.id, lock=True):
            talks.end_consult(work, asked)
    if talk.on_hold:
        holding.resume(talk)
    return ()


def wrap(at: Desk, rest: str, _language: Language) -> Lines:
    """Say what the talk ended as, by number or by name; what follows is a note."""
    first, _, note_ = rest.partition(" ")
    allowed = dispositions.of(at.about.subject) if at.about else ()
    by_number = dict(zip(map(str, range(1, len(allowed) + 1)), allowed, strict=True))
    chosen = by_number.get(first, first)
    if chosen not in allowed:
        raise NotNowError("console-no-disposition")
    said = list(note(at, note_, _language)) if note_.strip() else []
    with begin(acting(at)) as work:
        talks.wrap_up(work, at.advisor.id, chosen)
    return [*said, line("console-wrapped-up", "bold", title=dispositions.title(chosen))]


def note(at: Desk, rest: str, _language: Language) -> Lines:
    """Open a case with a note about who is identified."""
    if at.ticket is None or at.about is None:
        raise NotNowError("console-not-now")
    with begin(acting(at)) as work:
        opened = records.at_hand(work, at.advisor.id)
        if opened is None or not opened.proved:
            raise NotNowError("console-nobody-to-note")
        case = cases.open_case(work, opened.insured.person, at.advisor.id, at.about.id, at.about.subject, rest)
    return (line("console-noted", rank=case),)


def view_queue(at: Desk, _rest: str, language: Language) -> Lines:
    """Show who waits, who is there, who talks."""
    _require_supervisor(at.advisor)
    with begin(acting(at)) as work:
        seen = supervision.overview(work, at.advisor.id)
    by_id = {each.id: each for each in seen.advisors}
    shown: list[Line] = []
    for each in seen.waiting:
        subject, tongue, _ = each.class_.split(":")
        waited = f"{each.waited_ms // 60_000}:{each.waited_ms // 1000 % 60:02}"
        words = {"subject": Term(f"subject-{subject}"), "tongue": Term(f"tongue-{tongue}")}
        shown += [
            line("console-waiting", "bold", rank=each.waiting, waited=waited, **words),
            line("console-idle", rank=each.idle),
        ]
    shown = shown or [line("console-nobody-waits")]
    for known in seen.advisors:
        now = written(language, f"advisor-state-{known.state}")
        if known.reason:
            now = f"{now}, {written(language, f'not-ready-{known.reason}')}"
        waited = sheet.clock(seen.at - known.since)
        shown.append(line("console-somebody", login=known.login, who=known.name, state_now=now, waited=waited))
    for talk in seen.talks:
        login = by_id[talk.advisor].login if talk.advisor in by_id else "?"
        words = {"subject": Term(f"subject-{talk.subject}"), "tongue": Term(f"tongue-{talk.language}")}
        shown.append(line("console-talk", rank=talk.id, login=login, **words))
    return shown


def talk_of(at: Desk, rest: str) -> int | None:
    """Return the offer by which a supervisor comes into a talk, by its number or its advisor's login; None without."""
    _require_supervisor(at.advisor)
    with begin(acting(at)) as work:
        seen = supervision.overview(work, at.advisor.id)
    logins = {each.id: each.login for each in seen.advisors}
    for talk in seen.talks:
        if talk.state == "talking" and rest.lower() in {str(talk.id), logins.get(talk.advisor or 0)}:
            return talk.offer
    return None


def move(at: Desk, rest: str, _language: Language) -> Lines:
    """Give an advisor another level of a subject; 0 takes it away."""
    _require_supervisor(at.advisor)
    login, _, skill = rest.partition(" ")
    subject, _, level = skill.strip().partition("=")
    chosen = next((each for each in SUBJECTS if each == subject), None)
    levels: dict[str, Level | None] = {"0": None, "1": 1, "2": 2, "3": 3}
    if chosen is None or level not in levels:
        raise NotNowError("console-missing", text=DEEDS["move"].example)
    with begin(acting(at)) as work:
        if agents.by_login(work, login) is None:
            raise NotNowError("console-no-account", login=login)
        supervision.move(work, at.advisor.id, login, chosen, levels[level])
    return (line("console-moved", login=login),)


def leave_for_today(at: Desk, _rest: str, _language: Language) -> Lines:
    """Sign out."""
    with begin(acting(at)) as work:
        presence.sign_out(work, at.advisor.id)
    return (line("console-signed-out", "bold"),)


def _require_supervisor(known: Advisor) -> None:
    if known.role not in presence.SUPERVISE:
        raise NotNowError("console-supervisors-only")


def _talk(at: Desk) -> tickets.Ticket:
    if at.about is None:
        raise NotNowError("console-not-now")
    return at.about


def _target(work: Work, at: Desk, rest: str, language: Language) -> Target:
    """Understand a subject, by its number, its name or its words, or the login of somebody who is there."""
    words = rest.strip().casefold()
    for rank, subject in enumerate(SUBJECTS, 1):
        if words in {str(rank), subject, written(language, f"subject-{subject}").casefold()}:
            return {"subject": subject}
    known = agents.by_login(work, words)
    if known is None:
        raise NotNowError("console-no-account", login=rest)
    if known.id == at.advisor.id:
        raise NotNowError("console-oneself")
    if known.state == "signed-out":
        raise NotNowError("console-not-there", login=known.login)
    return {"to": known.id}


def _idle(at: Desk) -> bool:
    return at.advisor.state in {"ready", "not-ready"}


def _talking(at: Desk) -> bool:
    return at.stage == "talking"


DEEDS: Mapping[str, Deed] = MappingProxyType(
    {
        "ready": Deed(lambda at: _idle(at) and at.offered is None, be_ready),
        "unready": Deed(_idle, be_unready),
        "accept": Deed(lambda at: at.offered is not None, accept),
        "reject": Deed(lambda at: at.offered is not None, reject),
        "hold": Deed(lambda at: _talking(at) and not _talk(at).on_hold, hold),
        "resume": Deed(lambda at: _talking(at) and _talk(at).on_hold, resume),
        "end": Deed(lambda at: at.stage in {"talking", "asked-in"}, end),
        "transfer": Deed(lambda at: _talking(at) and at.asked is None, transfer, "t claims"),
        "ask": Deed(_talking, ask, "k n.idrissi"),
        "complete": Deed(lambda at: _talking(at) and at.asked is not None and at.asked.state == "talking", complete),
        "drop": Deed(lambda at: _talking(at) and at.asked is not None, drop),
        "wrap": Deed(lambda at: at.stage == "wrap-up", wrap, "1"),
        "note": Deed(lambda at: at.stage in {"talking", "wrap-up"}, note, "b …"),
        "queue": Deed(lambda _: True, view_queue),
        "move": Deed(lambda _: True, move, "m s.alami claims=3"),
        "out": Deed(_idle, leave_for_today),
    }
)
"""What changes something in the system; the terminal's own (help, status, a supervisor's legs, speech) are its own."""
