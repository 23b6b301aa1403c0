"""How many calls a second are given to advisors: 500 advisors, 20,000 calls, 4 clients, the real Valkey, three runs.

`python -m bench.queue` starts a Valkey of its own (durable settings). Each client is a process that, like a web
process, does what is asked of it: it queues calls, makes advisors ready, and accepts whatever offers its own operations
brought about; an advisor who accepted is ready again at once. In the calm, advisors are idle when the calls come, one
by one; in the rush, all calls are queued before the first advisor is ready. Advisors serve what `routing.lines_of`
makes of one to four subjects in one or two languages, every fifth all of them.

Beside the clock's figures stand those of the processors, which other programs on the machine disturb less: milliseconds
an assignment, the clients' and Valkey's.

An assignment is an accepted offer; their rate counts the time of queueing too. An assigning operation is a `queue` or
`ready` that made an offer, or the `accept` of one: the time that a client waited for it. Doubled are tickets that two
acceptances got, by the clients' own records.
"""

import multiprocessing
import random
import time
from collections import Counter, deque
from dataclasses import dataclass
from multiprocessing.synchronize import Barrier
from typing import TYPE_CHECKING

from redis import Redis
from rich.console import Console
from rich.table import Table

from backend.wording import LANGUAGES, Language
from callcenter import routing
from callcenter.queue import Done, Events, Idle, Offer, Queue, Waiting
from callcenter.routing import SUBJECTS, Level, Subject
from svi import embedded

if TYPE_CHECKING:
    from multiprocessing.queues import SimpleQueue

ADVISORS = 500
CALLS = 20_000
CLIENTS = 4
RUNS = 3
LEASE_MS = 600_000
LEVELS: tuple[Level, ...] = (3, 3, 2, 1)


@dataclass(frozen=True)
class Record:
    """What one client saw."""

    taken: list[int]
    waits: list[float]
    began: float
    ended: float
    worked: float
    """Seconds of processor time."""


def main() -> None:
    """Measure, and print the table."""
    table = Table(title=f"{CALLS:,} calls to {ADVISORS} advisors, {CLIENTS} clients")
    for column in ("", "assigned", "assignments/s", "p50 ms", "p99 ms", "longest ms", "doubled", "CPU ms", "Valkey's"):
        table.add_column(column, justify="right")
    with embedded.temporary_home() as home, embedded.valkey(home) as url:
        for hour in ("calm", "rush"):
            for number in range(1, RUNS + 1):
                table.add_row(f"{hour} {number}", *run(url, rush=hour == "rush"))
    Console(width=100).print(table)


def run(url: str, *, rush: bool) -> tuple[str, ...]:
    """Give 20,000 calls to advisors, and return the row of it."""
    with Redis.from_url(url) as connection:
        connection.flushall()
        Queue(connection).rebuild([], [])
        before = worked_by(connection)
    context = multiprocessing.get_context("spawn")
    records = context.SimpleQueue()
    start = context.Barrier(CLIENTS)
    clients = [context.Process(target=client, args=(url, number, rush, start, records)) for number in range(CLIENTS)]
    for process in clients:
        process.start()
    found: list[Record] = [records.get() for _ in clients]
    for process in clients:
        process.join()
    with Redis.from_url(url) as connection:
        valkey = worked_by(connection) - before
    times = Counter(ticket for record in found for ticket in record.taken)
    seconds = max(record.ended for record in found) - min(record.began for record in found)
    waits = sorted(wait * 1000 for record in found for wait in record.waits)
    figures = (waits[len(waits) // 2], waits[len(waits) * 99 // 100], waits[-1])
    doubled = sum(count > 1 for count in times.values())
    work = (sum(record.worked for record in found) * 1000 / len(times), valkey * 1000 / len(times))
    rate = f"{len(times) / seconds:,.0f}"
    return (f"{len(times):,}", rate, *(f"{ms:.2f}" for ms in figures), str(doubled), *(f"{ms:.2f}" for ms in work))


def worked_by(connection: Redis) -> float:
    """Return the seconds of processor time that Valkey has taken."""
    info = connection.info("cpu")
    return float(info["used_cpu_user"] + info["used_cpu_sys"])


def client(url: str, number: int, rush: bool, start: Barrier, records: "SimpleQueue[Record]") -> None:
    """Be one of the clients: a quarter of the calls, and of the advisors to begin with."""
    with Redis.from_url(url) as connection:
        chance = random.Random(number)
        working = Working(Queue(connection))
        classes = [(ticket, any_class(chance)) for ticket in range(1 + number, CALLS + 1, CLIENTS)]
        start.wait()
        began, worked = time.monotonic(), time.process_time()
        if not rush:
            working.begins(number)
        for ticket, class_ in classes:
            working.calls(Waiting(ticket, class_, now_ms(), now_ms()))
            working.accepts()
        if rush:
            working.begins(number)
        working.finishes()
        records.put(Record(working.taken, working.waits, began, time.monotonic(), time.process_time() - worked))


class Working:
    """What a client does, and its records."""

    def __init__(self, queue: Queue) -> None:
        self.queue = queue
        self.offers: deque[Offer] = deque()
        self.taken: list[int] = []
        self.waits: list[float] = []

    def begins(self, number: int) -> None:
        """Make this client's advisors ready."""
        for advisor in range(1 + number, ADVISORS + 1, CLIENTS):
            self.makes_ready(advisor)

    def makes_ready(self, advisor: int) -> None:
        """Say that an advisor is ready."""
        idle = Idle(advisor, now_ms(), SERVED[advisor], LEASE_MS)
        began = time.perf_counter()
        self.notes(began, self.queue.ready(idle))

    def calls(self, waiting: Waiting) -> None:
        """Let a call wait."""
        began = time.perf_counter()
        self.notes(began, self.queue.queue(waiting))

    def accepts(self) -> None:
        """Accept what was offered by now, and make the advisors ready again."""
        for _ in range(len(self.offers)):
            offer = self.offers.popleft()
            began = time.perf_counter()
            answer = self.queue.accept(offer.id, offer.advisor)
            self.waits.append(time.perf_counter() - began)
            if isinstance(answer, Done):
                self.taken.append(answer.ticket)
            self.makes_ready(offer.advisor)

    def finishes(self) -> None:
        """Go on until nobody waits or is offered, whose rings open as time passes."""
        while self.offers or any(pressure.waiting for pressure in self.queue.pressure()):
            self.accepts()
            if not self.offers:
                time.sleep(0.1)
                self.notes(time.perf_counter(), self.queue.sweep())

    def notes(self, began: float, events: Events) -> None:
        """Note the offers that an operation made, and how long it took where it made any."""
        offers = [event for event in events if isinstance(event, Offer)]
        if offers:
            self.waits.append(time.perf_counter() - began)
            self.offers.extend(offers)


def any_class(chance: random.Random) -> str:
    """Return what a call is about: most in Arabic, most in the usual tier."""
    language: Language = "ar" if chance.random() < 0.7 else "fr"
    tier = "usual" if chance.random() < 0.9 else chance.choice(routing.TIERS)
    return routing.class_of(chance.choice(SUBJECTS), language, tier)


def served_by(advisor: int) -> tuple[tuple[str, int], ...]:
    """Return what an advisor serves: every fifth everything, so that each class has somebody."""
    chance = random.Random(advisor)
    subjects: list[Subject] = list(SUBJECTS) if advisor % 5 == 0 else chance.sample(SUBJECTS, chance.randint(1, 4))
    languages = LANGUAGES if advisor % 5 == 0 else chance.sample(LANGUAGES, chance.randint(1, 2))
    return routing.lines_of(advisor, languages, {subject: chance.choice(LEVELS) for subject in subjects})


def now_ms() -> int:
    """Return this instant, in milliseconds."""
    return time.time_ns() // 1_000_000


SERVED = {advisor: served_by(advisor) for advisor in range(1, ADVISORS + 1)}

if __name__ == "__main__":
    main()
