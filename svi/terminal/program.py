"""The terminal at work: look, tell, keep the leg where it belongs, do what was typed; again, twice a second.

One thread does all of it; those that read lines and legs only stir it. What the servers refuse or fail at is said, and
the terminal goes on: its advisor's state is theirs, not its own.
"""

import threading
import time
from contextlib import suppress
from typing import TextIO

import requests
from redis import RedisError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionInTimeError

from backend import db
from backend.errors import BadInputError, UnreachableError
from backend.work import begin
from callcenter import desk, offers, presence
from callcenter.desk import Desk
from callcenter.queue import ForgottenError
from callcenter.supervision import MODES
from svi.terminal import deeds, typed
from svi.terminal.deeds import DEEDS, NotNowError
from svi.terminal.lines import Lines
from svi.terminal.phone import Outlet, Phone, Visit
from svi.terminal.screen import Screen, line
from svi.terminal.telling import Telling
from svi.terminal.typed import Typed

LOOK_SECONDS = 0.5
AWAY = (RedisError, ForgottenError, requests.RequestException, DBAPIError, NoConnectionInTimeError)


class Terminal:
    """One advisor at work, from signing in to signing out. `patience`: seconds that a script's line waits."""

    def __init__(self, advisor: int, outlet: Outlet, screen: Screen, stdin: TextIO, *, patience: float) -> None:
        self._stirred = threading.Event()
        self._advisor = advisor
        self._screen = screen
        self._telling = Telling(advisor, screen)
        self.lines = Lines(stdin, self._stirred)
        self.phone = Phone(outlet, advisor, self._stirred)
        self._patience = patience
        self._desk: Desk | None = None
        self._away: str | None = None
        self._beat_at = 0.0
        self._line_since: float | None = None
        self._heard = ""
        self._code: int | None = None

    def run(self) -> int:
        """Work until the advisor signs out, or the lines are over; return 0 if every line of a script was done."""
        asked: int | None = None  # about which ticket, whether it is really to be abandoned
        while self._code is None:
            try:
                self._turn()
                self._stirred.wait(LOOK_SECONDS)
                self._stirred.clear()
            except KeyboardInterrupt:
                ticket = self._desk.ticket.id if self._desk and self._desk.ticket and self._in_call() else None
                if ticket == asked or ticket is None:
                    self._leave(130)
                else:
                    asked = ticket
                    self._screen.show([line("console-really", "bold yellow")])
        self.phone.close()
        return self._code

    def close(self) -> None:
        """Leave at once, whatever there is: hang up, and sign out where that may be."""
        if self._code is None:
            self._leave(1)
            self.phone.close()

    def _turn(self) -> None:
        """Look, tell, and do what is to be done, as long as the servers answer."""
        try:
            self._beat()
            now = self._look()
            for heard in self.phone.heard():
                self._heard += f" {heard.text}"
                self._telling.heard(heard, now)
            self._do_lines(now)
        except AWAY as error:
            self._say_away(error)
        else:
            if self._away:
                self._away = None
                self._screen.show([line("console-back", "green")])

    def _beat(self) -> None:
        if time.monotonic() >= self._beat_at:
            self._beat_at = time.monotonic() + presence.HEARTBEAT.total_seconds()
            with begin(deeds.actor(self._advisor)) as work:
                offers.here(work, self._advisor)

    def _look(self) -> Desk:
        """Read what is before the advisor, tell what changed, and keep the leg where the call is."""
        with begin(deeds.actor(self._advisor)) as work:
            now = desk.look(work, self._advisor)
        self._telling.tell(self._desk, now)
        self._desk = now
        self._screen.show(self.phone.keep(now))
        return now

    def _say_away(self, error: Exception) -> None:
        match error:
            case RedisError() | ForgottenError():
                what = "console-away-queue"
            case requests.RequestException():
                what = "console-away-phone"
            case _ if db.gone(error) or db.conflicted(error):
                what = "console-away-database"
            case _:
                raise error
        if self._away != what:
            self._away = what
            self._screen.show([line(what, "red")])

    def _do_lines(self, now: Desk) -> None:
        """Do what was typed; of a script, as much as may be done now."""
        while (words := self.lines.next) is not None and self._code is None:
            meant = typed.meaning(self._screen.language, words) if words.strip() else Typed(typed.NOTHING)
            self._line_since = self._line_since or time.monotonic()
            if meant and not self.lines.interactive and not self._comes_now(meant, now):
                self._lose_patience(words)
                return
            self._line_since = None
            self.lines.done()
            if not self.lines.interactive:
                self._screen.typed(words)
            self._do(meant, words, now)
            if self._code is None:
                now = self._look()
        if self.lines.over and self._code is None:
            self._end_script(now)

    def _comes_now(self, meant: Typed, now: Desk) -> bool:
        """Say whether a line of a script has its moment; one for a talk that the caller ended has none any more."""
        since = self._line_since or 0.0
        match meant.name:
            case name if now.stage == "wrap-up" and name in typed.IN_A_TALK:
                comes = True
            case typed.WAIT if meant.rest.isdecimal():
                comes = time.monotonic() >= since + int(meant.rest)
            case typed.WAIT:
                comes = meant.rest.casefold() in self._heard.casefold()
            case typed.SPEECH:
                comes = self.phone.leg is not None and self.phone.leg.others > 0
            case "leave":
                comes = self.phone.attends
            case name if name in MODES:
                comes = deeds.talk_of(now, meant.rest) is not None
            case name:
                comes = name not in DEEDS or DEEDS[name].may(now)
        return comes

    def _lose_patience(self, words: str) -> None:
        if time.monotonic() > (self._line_since or 0.0) + self._patience:
            self._screen.show([line("console-no-more-lines", "red", text=words)])
            self._leave(1)

    def _end_script(self, now: Desk) -> None:
        """Sign out after the last line; a talk is waited for, and a wrap-up that nobody ended left to the clock."""
        if now.stage == "wrap-up":
            self._screen.show([line("console-left-open", "red")])
            self._leave(1)
        elif now.stage is None and self.phone.visit is None:
            self._leave(0)

    def _do(self, meant: Typed | None, words: str, now: Desk) -> None:
        try:
            self._screen.show(self._done(meant, now) if meant else [line("console-unknown", "yellow", text=words)])
        except NotNowError as refused:
            self._screen.show([refused.line])
        except UnreachableError:
            self._screen.show([line("console-carrier", "red")])
        except BadInputError:
            self._screen.show([line("console-changed", "yellow")])

    def _done(self, meant: Typed, now: Desk) -> deeds.Lines:
        match meant.name:
            case typed.NOTHING:
                pass
            case typed.WAIT:
                self._heard = ""
            case typed.SPEECH if not self.phone.say(meant.rest):
                raise NotNowError("console-not-now")
            case typed.SPEECH:
                pass
            case "help":
                self._telling.help(now)
            case "status":
                self._telling.status(now)
            case "leave":
                self.phone.visit = None
            case mode if mode in MODES:
                return self._attend(mode, meant.rest, now)
            case name:
                return self._act(name, meant.rest, now)
        return ()

    def _act(self, name: str, rest: str, now: Desk) -> deeds.Lines:
        deed = DEEDS[name]
        if not deed.may(now):
            raise NotNowError("console-not-now")
        if deed.example and not rest:
            raise NotNowError("console-missing", text=deed.example)
        said = db.twice(lambda: deed.act(now, rest, self._screen.language))
        if name == "out":
            self._code = 0
        return said

    def _attend(self, mode: str, rest: str, now: Desk) -> deeds.Lines:
        offer = deeds.talk_of(now, rest)
        if offer is None or now.stage:
            raise NotNowError("console-not-now" if now.stage else "console-no-talk")
        self.phone.visit = Visit(offer, mode)
        return ()

    def _in_call(self) -> bool:
        return self._desk is not None and self._desk.stage not in {None, "wrap-up"}

    def _leave(self, code: int) -> None:
        """Sign out where that may be; a call that is open goes back to the head of the queue after its grace."""
        self._code = code
        if self._in_call():
            self._screen.show([line("console-abandoned", "yellow")])
        with suppress(BadInputError, *AWAY):
            with begin(deeds.actor(self._advisor)) as work:
                presence.sign_out(work, self._advisor)
            self._screen.show([line("console-signed-out", "bold")])
