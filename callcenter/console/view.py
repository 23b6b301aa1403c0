"""What is before an advisor, as the page at work shows it: phase, ticket, its path in words, what may be chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from backend.errors import BadInputError
from backend.values import PersonName
from backend.wording import Language, exists
from backend.work import begin
from callcenter import desk, dispositions, records, titles
from callcenter.console import guard
from callcenter.desk import Desk, Promised
from callcenter.tickets import Ticket

Phase = Literal["idle", "offer", "calling", "coming", "talking", "asked-in", "wrap-up"]


@dataclass(frozen=True)
class View:
    """An advisor's page at one moment."""

    desk: Desk
    now: datetime
    promised: Promised | None
    opening: int | None

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

    def steps(self, language: Language) -> list[tuple[str, str]]:
        """Return the path of the call: each question in words, and what came of it."""
        return [titles.of_step(step, language) for step in self.ticket.path] if self.ticket else []


def look() -> View:
    """Look at what is before the advisor of this request; an offer is thereby shown. Raises RedisError."""
    with begin(guard.actor()) as work:
        now = desk.look(work, guard.me().id)
        ticket = now.offered.ticket if now.offered else now.ticket
        promised = desk.promised(work, ticket) if ticket else None
        return View(now, work.now, promised, records.at_hand_id(work, guard.me().id))


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
