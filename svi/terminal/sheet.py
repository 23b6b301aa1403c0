"""Who calls, as lines: identified or not, about what, in which language, by which way, for how long."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from backend.values import PersonName, Term
from backend.wording import Language, Sayable, exists
from callcenter import dispositions, titles
from callcenter.desk import Promised
from callcenter.tickets import Step, Ticket
from svi.terminal.screen import Line, line

OFFERS = {"call": "console-offer", "callback": "console-offer-callback", "consult": "console-offer-consult"}


def offer(ticket: Ticket, left: timedelta) -> Line:
    """Return the line that announces an offer."""
    return line(OFFERS[ticket.kind], "bold yellow", seconds=seconds(left))


def person(
    language: Language, ticket: Ticket, name: PersonName | None, call: Promised | None, now: datetime
) -> list[Line]:
    """Return who waits and why, then the way of the call."""
    who = line("console-identified", "bold", name=name) if name else line("console-stranger", "bold")
    subject, tongue = Term(f"subject-{ticket.subject}"), Term(f"tongue-{ticket.language}")
    shown = [who, line("console-about", subject=subject, tongue=tongue, waited=clock(now - ticket.counts_from))]
    if exists(language, f"cause-{ticket.reason}"):
        shown.append(line("console-cause", cause=Term(f"cause-{ticket.reason}")))
    if call:
        shown.append(line("console-attempt", attempt=call.attempt, ending=call.ending))
    return [*shown, *_way(language, ticket.path)]


def results(subject: str) -> list[Line]:
    """Return what a call about `subject` may have ended as, by number."""
    return [
        line("console-choice", rank=rank, title=dispositions.title(name))
        for rank, name in enumerate(dispositions.of(subject), 1)
    ]


def clock(lasted: timedelta) -> str:
    """Return a time as minutes and seconds."""
    minutes, rest = divmod(seconds(lasted), 60)
    return f"{minutes}:{rest:02}"


def seconds(lasted: timedelta) -> int:
    """Return whole seconds, none before zero."""
    return max(0, round(lasted.total_seconds()))


def _way(language: Language, path: Sequence[Step]) -> Iterator[Line]:
    if path:
        yield line("console-path", "dim")
    for step in path:
        question, outcome = titles.of_step(step, language)
        values: dict[str, Sayable] = {"question": question, "outcome": outcome}
        yield Line("console-step", values, "dim")
