"""What is before an advisor, as the page at work shows it: phase, ticket, its path in words, what may be chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from backend.errors import BadInputError
from backend.values import PersonName
from backend.wording import Language, exists
from backend.work import Work, begin
from callcenter import agents, desk, dispositions, pressure, records, scripts, tickets, titles
from callcenter.console import guard
from callcenter.desk import Desk, Parting, Promised, Vain
from callcenter.pressure import Standing
from callcenter.scripts import Part
from callcenter.tickets import Ticket

Course = Literal["talking", "held", "asking", "joining", "consulting", "conference"]
Phase = Literal["idle", "offer", "calling", "coming", "talking", "asked-in", "wrap-up"]


@dataclass(frozen=True)
class View:
    """An advisor's page at one moment."""

    desk: Desk
    now: datetime
    promised: Promised | None
    opening: int | None = None  # the record that is at hand
    with_: str | None = None  # the colleague who asks, is asked by name, or is there
    refused_by: str | None = None  # the one who last left what another colleague may still take
    vain: Vain | None = None
    parting: Parting | None = None
    pressure: Standing | None = None

    @property
    def who(self) -> str:
        """Whom the page shows, for the script: it asks for the person again whenever this changes."""
        ticket = self.ticket
        if self.desk.offered:
            return f"offer-{self.desk.offered.id}"
        if ticket and ticket.identified:
            return f"call-{ticket.id}"
        return f"{ticket.id if ticket else 'none'}-{self.opening or 'none'}"

    @property
    def phase(self) -> Phase:
        """What the page is about."""
        return "offer" if self.desk.offered else self.desk.stage or "idle"

    @property
    def ticket(self) -> Ticket | None:
        """Whose call it is: the one offered, or the one that one has (or is asked about)."""
        return self.desk.offered.ticket if self.desk.offered else self.desk.about

    @property
    def course(self) -> Course | None:
        """Who hears whom in a talk."""
        if self.phase not in {"talking", "asked-in"} or self.desk.about is None:
            return None
        asked, held = self.desk.asked, self.desk.about.on_hold
        if asked is None:
            return "held" if held else "talking"
        if asked.state == "talking":
            return "consulting" if held else "conference"
        return "asking" if asked.state == "waiting" else "joining"

    @property
    def wrap_up_by(self) -> datetime | None:
        """When a wrap-up is over by itself."""
        known = self.desk.advisor
        return known.since + agents.LONGEST_WRAP_UP if known.state == "wrap-up" else None

    @property
    def may_choose(self) -> bool:
        """Whether the advisor may say now that they are ready, or not."""
        return self.phase in {"idle", "offer"}

    @property
    def leg(self) -> int | None:
        """The offer by which the advisor's telephone belongs in a conference now."""
        mine = self.desk.ticket
        open_ = mine is not None and mine.state in {"accepted", "talking"} and mine.advisor == self.desk.advisor.id
        return mine.offer if mine and open_ else None

    @property
    def choices(self) -> Sequence[str]:
        """What the call may have ended as."""
        return dispositions.of(self.ticket.subject) if self.ticket else ()

    def cause(self, language: Language) -> str | None:
        """Return the message that says why the caller wants an advisor, where there is one."""
        message = f"cause-{self.ticket.reason}" if self.ticket else ""
        return message if exists(language, message) else None

    def script(self, language: Language) -> list[Part]:
        """Return what to say and do in the call, part by part."""
        return scripts.of(self.ticket, language, asked_in=self.phase == "asked-in") if self.ticket else []

    def steps(self, language: Language) -> list[tuple[str, str]]:
        """Return the path of the call: each question in words, and what came of it."""
        return [titles.of_step(step, language) for step in self.ticket.path] if self.ticket else []


def look() -> View:
    """Look at what is before the advisor of this request; an offer is thereby shown. Raises RedisError."""
    with begin(guard.actor()) as work:
        now = desk.look(work, guard.me().id)
        ticket = now.offered.ticket if now.offered else now.ticket
        return View(
            now,
            work.now,
            desk.promised(work, ticket) if ticket else None,
            records.at_hand_id(work, guard.me().id),
            _with(work, now),
            desk.refused_by(work, now.asked) if now.asked else None,
            None if ticket else desk.vain(work, now.advisor),
            desk.parting(work, now.advisor) if now.stage == "wrap-up" else None,
            pressure.on(now.advisor),
        )


def _with(work: Work, now: Desk) -> str | None:
    """Return the name of the colleague whom it is about: who asks an advisor, else whom they ask."""
    mine = now.offered.ticket if now.offered else now.ticket
    about = tickets.get(work, mine.parent) if mine and mine.parent else None
    whom = about.advisor if about else now.asked and (now.asked.advisor or now.asked.wanted)
    return agents.name_of(work, whom) if whom else None


def name_of(view: View) -> PersonName | None:
    """Return the name of who has proved who they are in the call, for the call's sake, and it is audited."""
    ticket = view.desk.offered.ticket if view.desk.offered else view.desk.ticket
    if ticket is None:
        return None
    try:
        with begin(guard.actor(ticket.id)) as work:
            return desk.name(work, guard.me().id, ticket)
    except BadInputError:  # the offer went elsewhere meanwhile
        return None
