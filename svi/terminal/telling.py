"""What an advisor is told of what is before them: changes, the offer with who calls, the time that is left."""

from backend import clock
from backend.errors import BadInputError
from backend.values import PersonName
from backend.wording import Sayable, written
from backend.work import begin
from callcenter import agents, desk, presence
from callcenter.desk import Desk
from callcenter.tickets import Ticket
from svi.terminal import changes, deeds, sheet, typed
from svi.terminal.phone import Heard
from svi.terminal.screen import Line, Screen, line

WARNINGS = (10, 5)  # seconds left of an offer at which it is said again
ADVISOR = "advisor-"


class Telling:
    """Tells one advisor, in the terminal's language; reads the record of who calls once a ticket."""

    def __init__(self, advisor: int, screen: Screen) -> None:
        self._advisor = advisor
        self._screen = screen
        self._names: dict[int, str] = {}
        self._record: tuple[int, PersonName | None] | None = None
        self._warned = 0

    def tell(self, before: Desk | None, now: Desk) -> None:
        """Tell what changed."""
        who = self._who(now.ticket) if now.ticket else None
        self._screen.show(self._of_callback(before, now))
        self._screen.show(changes.told(before, now, who, self._name))
        if now.offered and (before is None or before.offered is None or before.offered.id != now.offered.id):
            self._warned = 0
            left = now.offered.accept_by - clock.now()
            shown = [sheet.offer(now.offered.ticket, left), *self._sheet(now.offered.ticket)]
            self._screen.show([*shown, line("console-offer-keys", "dim")])
        self._warn(now)

    def heard(self, heard: Heard, now: Desk) -> None:
        """Tell what somebody said."""
        known = heard.who.removeprefix(ADVISOR)
        is_advisor = heard.who.startswith(ADVISOR) and known.isdecimal()
        who = self._name(int(known)) if is_advisor else self._caller(now)
        self._screen.show([line("console-heard", "cyan", who=who, text=heard.text)])

    def status(self, now: Desk) -> None:
        """Tell again who calls, or how the advisor stands."""
        ticket = now.offered.ticket if now.offered else now.about
        if ticket is None:
            self._screen.show([changes.state(now)])
        else:
            self._screen.show(
                [*self._sheet(ticket), *(sheet.results(ticket.subject) if now.stage == "wrap-up" else ())]
            )

    def help(self, now: Desk) -> None:
        """Tell what can be typed."""
        language, supervises = self._screen.language, now.advisor.role in presence.SUPERVISE
        for name, key in typed.KEYS.items():
            if name in typed.OF_SUPERVISORS and not supervises:
                continue
            word = typed.spellings(language, name)[0]
            self._screen.text(f"{key}  {word}  {written(language, f'console-do-{name}.help')}")
        speech = written(language, "console-do-say"), written(language, "console-do-say.help")
        self._screen.text("  ".join(speech))
        self._screen.show([line("console-script", "dim")])

    def _of_callback(self, before: Desk | None, now: Desk) -> list[Line]:
        """Return that a promised call is being made, where that begins; what became of one that came to nothing."""
        was = before.ticket if before and before.stage == "calling" else None
        if now.stage == "calling" and now.ticket and was is None:
            with begin(deeds.acting(now)) as work:
                call = desk.promised(work, now.ticket)
            return [line("console-calling", changes.GOOD, ending=call.ending)] if call else []
        if was and now.stage is None:
            with begin(deeds.acting(now)) as work:
                result = desk.result(work, was.id)
            return [line(f"console-result-{result}", changes.BAD)] if result and result != "reached" else []
        return []

    def _warn(self, now: Desk) -> None:
        if now.offered:
            left = sheet.seconds(now.offered.accept_by - clock.now())
            passed = sum(left <= each for each in WARNINGS)
            if passed > self._warned:
                self._warned = passed
                self._screen.show([line("console-seconds-left", changes.BAD, seconds=left)])

    def _sheet(self, ticket: Ticket) -> list[Line]:
        with begin(deeds.actor(self._advisor, ticket.id)) as work:
            call = desk.promised(work, ticket)
        return sheet.person(self._screen.language, ticket, self._who(ticket), call, clock.now())

    def _who(self, ticket: Ticket) -> PersonName | None:
        """Return the name of who is identified in a ticket."""
        if self._record is None or self._record[0] != ticket.id:
            try:
                with begin(deeds.actor(self._advisor, ticket.id)) as work:
                    self._record = (ticket.id, desk.name(work, self._advisor, ticket))
            except BadInputError:  # the offer went elsewhere meanwhile
                return None
        return self._record[1]

    def _caller(self, now: Desk) -> Sayable:
        known = self._who(now.ticket) if now.ticket else None
        return known or written(self._screen.language, "console-the-caller")

    def _name(self, advisor: int) -> str:
        if advisor not in self._names:
            with begin(deeds.actor(self._advisor)) as work:
                self._names[advisor] = agents.require(work, advisor).name
        return self._names[advisor]
