"""One offer's life, between Redis, which orders and matches, and PostgreSQL, whose word is the last.

Who enters or leaves the queue is told to Redis after the commit; what Redis matched is written down. An accepted offer
is taken out of Redis first, then the ticket's row decides: whatever is lost in between is said to Redis again by
`reconcile`, as is all of it after a FLUSHALL.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from typing import TypeVar, assert_never

from redis import RedisError
from sqlalchemy import func, select

from backend import jobs, log
from backend.errors import BadInputError
from backend.wording import Language
from backend.work import Actor, Work, begin
from callcenter import agents, dialling, events, news, routing, tickets
from callcenter.agents import Advisor
from callcenter.queue import Done, Ended, ForgottenError, Idle, Lapsed, Offer, Queue, Waiting
from callcenter.routing import Subject
from callcenter.tickets import Ticket

LEASE = timedelta(seconds=15)
"""Who says nothing for so long is not reachable."""
RETURNED = 3  # seconds: what is put to Redis again must be older, or its own commit is still on its way there
THERE: tuple[agents.State, ...] = ("ready", "busy", "wrap-up")
_ACTOR = Actor("job", "queue")
_log = log.get("offers")
T = TypeVar("T")


@dataclass(frozen=True)
class Offered:
    """An offer that stands for an advisor, with all that is known of who waits."""

    id: int
    ticket: Ticket
    accept_by: datetime


@cache
def queue() -> Queue:
    """Return this process's way to the queue."""
    return Queue(jobs.connection())


def enter(work: Work, ticket: Ticket, *, excluded: int | None = None) -> None:
    """Let a ticket wait from the commit on; `excluded`: the advisor from whom it comes back."""
    again = ticket.tier in {"returned", "transferred"}
    events.record(
        work,
        "queued",
        ticket=ticket.id,
        kind=ticket.kind,
        subject=ticket.subject,
        language=ticket.language,
        reason=ticket.reason,
        tier=ticket.tier,
        again=again,
    )
    waiting = _waiting(work, ticket, (excluded,) if excluded else ())
    work.after_commit(lambda: tell(lambda it: it.queue(waiting)))


def idle(work: Work, advisor: Advisor) -> None:
    """Let an advisor be offered calls from the commit on."""
    ready = _idle(advisor)
    work.after_commit(lambda: tell(lambda it: it.ready(ready)))


def withdraw(work: Work, advisor: int) -> None:
    """Let an advisor be offered nothing from the commit on."""
    work.after_commit(lambda: tell(lambda it: it.withdraw(advisor)))


def leave(work: Work, ticket: int) -> None:
    """Take a ticket out of the queue at the commit, whoever it is offered to."""
    work.after_commit(lambda: tell(lambda it: it.leave(ticket)))


def here(work: Work, advisor: int) -> None:
    """Say that an advisor's console is there; one who is ready, and unknown to Redis, is told to it again."""
    known, lease = agents.require(work, advisor), int(LEASE.total_seconds() * 1000)
    if known.state == "ready" and not ask(lambda it: it.heartbeat(advisor, lease)):
        idle(work, known)


def shown(work: Work, advisor: int) -> Offered | None:
    """Return the offer that stands for an advisor, and say that it is shown; None where there is none."""
    offer = ask(lambda it: it.offered(advisor))
    if offer is None or isinstance(ask(lambda it: it.acknowledge(offer.id, advisor)), Done) is False:
        return None
    ticket = tickets.get(work, offer.ticket)
    if ticket is None or ticket.state != "waiting":  # Redis was not told: somebody died before
        leave(work, offer.ticket)
        return None
    return Offered(offer.id, ticket, datetime.fromtimestamp(offer.accept_by / 1000, UTC))


def accept(work: Work, advisor: int, offer: int) -> Ticket:
    """Take the ticket of an offer, once; said again by the same advisor, it is the same ticket.

    Raises BadInputError where the offer is over, or another's, or the caller is gone. Redis comes first, before the
    commit: it says which offer is whose. Should the commit fail, `reconcile` puts the ticket back.
    """
    answer = ask(lambda it: it.accept(offer, advisor))
    ticket = tickets.get(work, answer.ticket, lock=True) if isinstance(answer, Done) else None
    if ticket and ticket.offer == offer and ticket.advisor == advisor and ticket.state != "ended":
        return ticket
    known = agents.require(work, advisor, lock=True)
    if ticket is None:
        raise BadInputError("this offer is over: the call went elsewhere")
    if ticket.state != "waiting" or known.state != "ready":
        if known.state == "ready":
            work.in_any_case(partial(tell, partial(Queue.ready, idle=_idle(known))))
        if ticket.state == "waiting":
            work.in_any_case(partial(tell, partial(Queue.queue, waiting=_waiting(work, ticket, (advisor,)))))
        raise BadInputError("the caller is gone" if ticket.state == "ended" else "this offer is over")
    taken = tickets.change(
        work, ticket.id, state="accepted", advisor_id=advisor, offer_id=offer, accepted_at=work.now, lost_at=None
    )
    agents.change(work, advisor, "busy", "ready", ticket=ticket.id)
    events.record(work, "accepted", ticket=ticket.id, advisor=advisor, offer=offer)
    news.tell_asker(work, ticket)
    assert taken  # noqa: S101 for mypy: its row is locked
    if taken.kind == "callback":
        dialling.call_back(work, taken)
    return taken


def reject(advisor: int, offer: int) -> None:
    """Leave an offer to others; the advisor stays ready. Nothing happens where it is over."""
    tell(lambda it: answer.events if isinstance(answer := it.reject(offer, advisor), Done) else ())


def ensure(ticket: Ticket) -> None:
    """Tell Redis again of a ticket that waits: it may have forgotten. A Redis that is away is only logged."""
    try:
        if ask(lambda it: it.unknown("ticket", [ticket.id])):
            with begin(_ACTOR) as work:
                waiting = _waiting(work, ticket)
            tell(lambda it: it.queue(waiting))
    except RedisError as error:
        _log.warning("ensure.failed", error=type(error).__name__)


def served(work: Work, ticket: Ticket) -> bool:
    """Say whether anybody who is there, ready or not, may take a ticket: else nobody can tell how long it lasts."""
    return agents.serve(work, ticket.subject, ticket.language, ticket.wanted)


def sweep() -> None:
    """End offers and leases whose time is over, and match what may be matched by now; to be done every 500 ms."""
    tell(lambda it: it.sweep())


def reconcile(work: Work) -> int:
    """Tell Redis again what waits by PostgreSQL's word, where it does not know; return how much that was."""
    old = work.now - timedelta(seconds=RETURNED)
    waiting = {each.id: each for each in tickets.in_state(work, "waiting") if each.queued_at < old}
    there = {each.id for each in agents.present(work, *THERE)}
    for each in waiting.values():
        if each.wanted and each.wanted not in there:  # gone: anybody may take it
            free = tickets.change(work, each.id, tickets.among("waiting"), wanted_id=None)
            if free:
                tell(partial(Queue.leave, ticket=each.id))
                waiting[each.id] = free
    lost, inner_ring = ask(lambda it: it.unknown("ticket", waiting)), cache(partial(agents.inner_ring, work))
    for id_ in lost:
        now = tickets.get(work, id_)  # it may have been accepted since
        if now and now.state == "waiting":
            tell(partial(Queue.queue, waiting=_waiting(work, now, inner_ring=inner_ring)))
    return len(lost)


def reconcile_ready(work: Work, missed: set[int]) -> set[int]:
    """Return the advisors who are ready by PostgreSQL's word alone; of those `missed` before, no console is there."""
    ready = {each.id for each in agents.present(work, "ready") if each.since < work.now - LEASE}
    alone = set(ask(lambda it: it.unknown("advisor", ready)))
    for advisor in alone & missed:
        agents.change(work, advisor, "not-ready", "ready", reason="unreachable")
    return alone


def rebuild() -> None:
    """Restore a queue that Redis forgot."""
    with begin(_ACTOR) as work:
        inner_ring = cache(partial(agents.inner_ring, work))
        waiting = [_waiting(work, each, inner_ring=inner_ring) for each in tickets.in_state(work, "waiting")]
        ready = [_idle(each) for each in agents.present(work, "ready")]
        newest = work.execute(select(func.max(tickets.tickets.c.offer_id))).scalar_one() or 0
        happened = queue().rebuild(waiting, ready, newest)
        if happened is not None:
            _log.warning("queue.rebuilt", tickets=len(waiting), advisors=len(ready))
        _write_down(work, happened or ())


def ask(question: Callable[[Queue], T]) -> T:
    """Ask the queue; one that Redis forgot is rebuilt first. Raises RedisError."""
    try:
        return question(queue())
    except ForgottenError:
        rebuild()
        return question(queue())


def tell(act: Callable[[Queue], Sequence[Offer | Ended | Lapsed]]) -> None:
    """Change the queue, and write down what came of it. Raises RedisError."""
    if happened := ask(act):
        with begin(_ACTOR) as work:
            _write_down(work, happened)


def _write_down(work: Work, happened: Sequence[Offer | Ended | Lapsed]) -> None:
    for each in happened:
        match each:
            case Offer(id_, ticket, advisor):
                events.record(work, "offered", ticket=ticket, advisor=advisor, offer=id_)
            case Ended(offer, ticket, advisor, reason):
                _ended(work, offer, ticket, advisor, reason)
            case Lapsed(advisor):
                agents.change(work, advisor, "not-ready", "ready", reason="unreachable")
            case _:
                assert_never(each)


def _ended(work: Work, offer: int, ticket: int, advisor: int, reason: str) -> None:
    told: dict[str, events.Type] = {
        "rejected": "rejected",
        "unanswered": "unanswered",
        "unacknowledged": "unacknowledged",
        "lapsed": "unacknowledged",
    }
    events.record(work, told.get(reason, "withdrawn"), ticket=ticket, advisor=advisor, offer=offer)
    if shown := tickets.get(work, ticket):
        news.tell_asker(work, shown)
    why: dict[str, agents.Reason] = {"unanswered": "unanswered", "unacknowledged": "unreachable"}
    if reason in why:
        agents.change(work, advisor, "not-ready", "ready", reason=why[reason])


def _waiting(
    work: Work,
    ticket: Ticket,
    excluded: tuple[int, ...] = (),
    *,
    inner_ring: Callable[[Subject, Language], int] | None = None,
) -> Waiting:
    tier, ring = ticket.tier, 0
    if ticket.wanted:
        class_ = routing.meant_for(ticket.wanted, tier)
    else:
        class_ = routing.class_of(ticket.subject, ticket.language, tier)
        ring = routing.OUTERMOST  # of what was served already: whoever is able may take it
        if tier not in {"returned", "transferred"}:
            ring = (inner_ring or partial(agents.inner_ring, work))(ticket.subject, ticket.language)
    score = routing.score(_ms(ticket.counts_from), tier)
    return Waiting(ticket.id, class_, score, _ms(ticket.queued_at), ring, excluded)


def _idle(advisor: Advisor) -> Idle:
    serves = routing.lines_of(advisor.id, advisor.languages, advisor.skills)
    return Idle(advisor.id, _ms(advisor.since), serves, int(LEASE.total_seconds() * 1000))


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)
