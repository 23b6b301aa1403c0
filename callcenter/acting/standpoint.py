"""Where an advisor stands who acts: the call that they have, the record at hand, in which language, on which form."""

from dataclasses import dataclass, replace
from typing import Literal

from backend import people
from backend.errors import BadInputError
from backend.identity import Insured
from backend.people import Person
from backend.wording import LANGUAGES, Language
from backend.work import Work
from callcenter import agents, records, tickets
from callcenter.agents import Advisor
from callcenter.records import Opened
from callcenter.tickets import Ticket

Phase = Literal["with-caller", "without-caller", "no-call"]
"""The caller is on this advisor's line; is not, yet or any more (wrapped up, given to another); there is no call."""
USUAL: Language = "ar"
"""The language of people who chose none."""


@dataclass(frozen=True)
class At:
    """An advisor who acts. `ticket`: the call that they have (of who was asked in, the one that it is about).

    `hears`: whether they are in a talk with its caller.
    """

    advisor: Advisor
    ticket: Ticket | None
    hears: bool
    opened: Opened | None
    person: Person | None

    @property
    def language(self) -> Language:
        """The language of what the person gets: of this call, else the one they chose before."""
        if self.ticket:
            return self.ticket.language
        preferred = self.person.preferred_language if self.person else None
        return next((each for each in LANGUAGES if each == preferred), USUAL)

    @property
    def scope(self) -> str:
        """Within what a form is counted: the call, else the opening; empty where nothing can be done."""
        if self.ticket:
            return f"ticket-{self.ticket.id}-{self.advisor.id}"
        return f"opening-{self.opened.id}" if self.opened else ""

    @property
    def phase(self) -> Phase:
        """Whether the caller can be asked, and can ask for anything, now."""
        if self.ticket is None:
            return "no-call"
        return "with-caller" if self.hears else "without-caller"

    @property
    def proved(self) -> bool:
        """Whether the caller, who is on the line, has proved to be the person at hand."""
        return self.opened is not None and self.opened.proved and self.phase == "with-caller"

    @property
    def insured(self) -> Insured:
        """Whose record is at hand. Raises BadInputError where none is."""
        if self.opened is None:
            raise BadInputError("no record is at hand")
        return self.opened.insured

    @property
    def who(self) -> Person:
        """The person of that record. Raises BadInputError where none is."""
        if self.person is None:
            raise BadInputError("no record is at hand")
        return self.person


def stand(work: Work, advisor: int) -> At:
    """Return where an advisor stands; from now on `work` acts for that ground, in that call."""
    opened = records.at_hand(work, advisor)
    known = agents.require(work, advisor)
    ticket = tickets.get(work, known.ticket) if known.ticket else None
    about = tickets.get(work, ticket.parent) if ticket and ticket.parent else ticket
    reason = work.actor.reason if opened or about is None else f"ticket {about.id}"
    work.actor = replace(work.actor, reason=reason, during=about.call if about else None)
    talks = [each is not None and each.state == "talking" for each in (ticket, about)]
    mine = known.state == "busy" and ticket is not None and ticket.advisor == advisor
    hears = mine and all(talks) and about is not None and about.call is not None
    return At(known, about, hears, opened, people.get(work, opened.insured.person) if opened else None)
