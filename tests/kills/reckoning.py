"""What became of the calls, effects and SMS of a storm, as database, provider and callers have it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, get_args
from urllib.parse import parse_qs, urlsplit

import psycopg
from psycopg.rows import namedtuple_row

from exchange.messages import Message
from tests.kills.callers import Made
from tests.kills.storm import Kill

WAITING = {"queued", "sending", "uncertain"}
TAKEN = {"handed", "sent", "delivered"}


@dataclass(frozen=True)
class Reckoning:
    """The whole of it. Lists name what went wrong."""

    kills: Counter[Kill]
    calls: list[Made]
    registrations: list[Any]
    """Rows: the call's `sid`, the `number`."""
    completions: list[Any]
    """Rows: `person`, and how often (`times`) the audit has them completed."""
    codes: list[Any]
    """Rows: the call's `sid`, and how many codes (`times`) were made in it."""
    outbox: list[Any]
    copies: Counter[int]
    """How many SMS the provider has for a row of the outbox."""
    seconds: tuple[float, float]
    """How long the storm lasted, and how long all took to settle after it."""

    def ended(self, how: str) -> list[Made]:
        """Return the calls that ended so."""
        return [made for made in self.calls if made.how == how]

    @property
    def without_prompt(self) -> list[Made]:
        """Calls in which an answer met with no next prompt."""
        return [made for made in self.calls if not made.prompted]

    @property
    def twice(self) -> list[str]:
        """Effects that happened twice, or not as the caller was told."""
        calls = {made.sid: made for made in self.calls}
        numbers = Counter(row.number for row in self.registrations)
        given = {row.sid: row.number for row in self.registrations}
        return [
            *(f"person {row.person}: completed {row.times} times" for row in self.completions if row.times > 1),
            *(f"number {number}: given {times} times" for number, times in numbers.items() if times > 1),
            *(f"{row.sid}: {row.times} codes" for row in self.codes if row.times > calls[row.sid].codes),
            *(f"{sid}: heard {made.numbers}" for sid, made in calls.items() if made.numbers - {given.get(sid)}),
            *(f"{made.sid}: heard no number" for made in self.ended("registered") if not made.numbers),
        ]

    @property
    def unsettled(self) -> list[Any]:
        """Promises still under way."""
        return [row for row in self.outbox if row.state in WAITING]

    @property
    def lapsed(self) -> list[Any]:
        """Codes whose sender died before the provider took them: they never go again, the caller asked for another."""
        return [row for row in self.outbox if row.state == "expired" and not self.copies[row.id]]

    @property
    def lost(self) -> list[Any]:
        """Promises that nobody got: all that the provider has no SMS of, but for lapsed codes."""
        lapsed = {row.id for row in self.lapsed if row.validity is not None and row.attempts}
        return [row for row in self.outbox if not self.copies[row.id] and row.id not in lapsed]

    @property
    def unpromised(self) -> list[str]:
        """Registrations without the promise of an SMS that says so."""
        completed = sum(row.occasion.startswith("sms-registration-completed") for row in self.outbox)
        return [] if completed == len(self.registrations) else [f"{completed} of {len(self.registrations)}"]

    @property
    def repeated(self) -> list[Any]:
        """Informations sent again, after their row was uncertain and marked."""
        return [row for row in self.outbox if row.repeated]

    @property
    def doubled(self) -> list[Any]:
        """Promises that the provider has twice, but for informations marked as repeated."""
        marked = {row.id for row in self.repeated if row.validity is None and self.copies[row.id] == 2}
        return [row for row in self.outbox if self.copies[row.id] > 1 and row.id not in marked]

    def table(self) -> list[tuple[str, str]]:
        """Return the counts, to be shown."""
        codes = [row for row in self.outbox if row.validity is not None]
        waits = sorted(made.longest_wait for made in self.calls)
        return [
            *((kind, str(self.kills[kind])) for kind in get_args(Kill) if self.kills[kind]),
            ("kills in all", str(sum(self.kills.values()))),
            ("calls", str(len(self.calls))),
            ("· registered", str(len(self.ended("registered")))),
            ("· brought to the advisors' wish list", str(len(self.ended("advisor")))),
            ("· hung up by the caller", str(len(self.ended("hung up")))),
            ("· ended in neither way", str(len(self.ended("cut off")))),
            ("calls without a next prompt", str(len(self.without_prompt))),
            ("longest wait for it, seconds (median of calls)", f"{waits[-1]:.1f} ({waits[len(waits) // 2]:.1f})"),
            ("registrations", str(len(self.registrations))),
            ("effects twice, or not as said", str(len(self.twice))),
            ("SMS promised (codes)", f"{len(self.outbox)} ({len(codes)})"),
            ("SMS that the provider took", str(self.copies.total())),
            ("codes lapsed: their sender died before the provider took them", str(len(self.lapsed))),
            ("informations sent again, marked", str(len(self.repeated))),
            ("SMS lost", str(len(self.lost) + len(self.unpromised))),
            ("SMS doubled outside the uncertain window", str(len(self.doubled))),
            ("SMS unsettled", str(len(self.unsettled))),
            ("seconds of storm, and until all was settled", f"{self.seconds[0]:.0f} + {self.seconds[1]:.0f}"),
        ]


def reckon(
    database: str,
    kills: Counter[Kill],
    calls: list[Made],
    messages: Iterable[Message],
    seconds: tuple[float, float],
) -> Reckoning:
    """Look everywhere."""
    rows = (int(parse_qs(urlsplit(message.status_callback or "").query)["row"][0]) for message in messages)
    with psycopg.connect(database, row_factory=namedtuple_row) as connection:

        def every(query: str) -> list[Any]:
            return connection.execute(query).fetchall()

        return Reckoning(
            kills=kills,
            calls=calls,
            registrations=every("select k.sid, r.number from registrations r join calls k on k.id = r.call_id"),
            completions=every(
                "select person_id as person, count(*) as times from audit"
                " where action = 'registration.completed' group by person_id"
            ),
            codes=every("select k.sid, count(*) as times from codes c join calls k on k.id = c.call_id group by k.sid"),
            outbox=every("select id, occasion, state, validity, attempts, repeated from outbox order by id"),
            copies=Counter(rows),
            seconds=seconds,
        )


def waiting(database: str) -> int:
    """Count the promises still under way."""
    query = "select count(*) from outbox where state in ('queued', 'sending', 'uncertain')"
    with psycopg.connect(database) as connection:
        row = connection.execute(query).fetchone()
        return int(row[0]) if row else 0
