"""Records that advisors open: whose, by which ground, and which one is before them now.

| ground | who has given it | it is at hand |
|---|---|---|
| `call` | the caller, who has proved who they are in the call that the advisor has | until that call is wrapped up |
| `case` | a case of that person that is not closed, and in this advisor's hands | until it is put away, or another is |
| `reason` | the advisor, in words, which are sealed: the caller has proved nothing | the same |

By cases and reasons together an advisor opens MOST_AN_HOUR records at most: nobody reads on and on.

What is opened by a case or a reason is put away after UNUSED, by signing out, and with the call that it was opened in;
during a call nothing that was opened outside of it is at hand, and of a caller who is identified no other record is.
Once a record is at hand, all that its transaction reads and changes is audited with the ground as the reason.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal, get_args

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ColumnElement,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    Row,
    Table,
    Text,
    func,
    insert,
    literal_column,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert as inserting

from backend import audit, identity, people
from backend.db import metadata
from backend.errors import BadInputError
from backend.identity import Insured
from backend.people import Person
from backend.seal import seal
from backend.values import BirthDate, IdentityCardDigits, PersonId, RegistrationNumber
from backend.work import Work
from callcenter import agents, cases, presence, tickets
from callcenter.agents import Advisor
from callcenter.tickets import Ticket

Ground = Literal["call", "case", "reason"]
Reason = Literal["caller-not-proved", "call-before", "callback", "letter", "agency", "complaint", "quality", "other"]
REASONS: tuple[Reason, ...] = get_args(Reason)
HOUR = timedelta(hours=1)
UNUSED = timedelta(minutes=30)
A_WHILE = timedelta(seconds=20)
"""What is used again within it is not noted again."""
MOST_AN_HOUR = 30  # openings by cases, and by reasons of their own, found or not
LEAST_WORDS, LONGEST_WORDS = 10, 500  # characters of a reason in words

openings = Table(
    "openings",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),  # named before it is inserted: the sealed words bind it
    Column("advisor_id", BigInteger, ForeignKey("advisors.id"), nullable=False),
    Column("person_id", BigInteger, ForeignKey("people.id")),  # null: nobody was found
    Column("ground", Text, nullable=False),
    Column("ticket_id", BigInteger, ForeignKey("tickets.id")),  # the call in which it was opened
    Column("case_id", BigInteger, ForeignKey("cases.id")),
    Column("reason", Text),
    Column("words", LargeBinary),  # sealed
    Column("opened_at", DateTime(timezone=True), nullable=False),
    Column("used_at", DateTime(timezone=True), nullable=False),
    Column("closed_at", DateTime(timezone=True)),
    CheckConstraint("ground in ({})".format(", ".join(f"'{each}'" for each in get_args(Ground))), name="ground"),
    CheckConstraint("reason in ({})".format(", ".join(f"'{each}'" for each in REASONS)), name="reason"),
    CheckConstraint("(ground = 'reason') = (reason is not null and words is not null)", name="reason_in_words"),
    CheckConstraint("(ground = 'case') = (case_id is not null)", name="case_of_the_person"),
    CheckConstraint("ground <> 'call' or ticket_id is not null", name="call_with_a_ticket"),
    CheckConstraint("person_id is not null or (ground = 'reason' and closed_at is not null)", name="somebody"),
    Index("openings_of_call_key", "advisor_id", "ticket_id", unique=True, postgresql_where=text("ground = 'call'")),
    Index("openings_at_hand_idx", "advisor_id", "id", postgresql_where=text("closed_at is null and ground <> 'call'")),
    Index(None, "advisor_id", "opened_at"),
    Index(None, "opened_at"),
    Index(None, "person_id", "opened_at"),
    Index(None, "ticket_id"),
    Index(None, "case_id"),
)

_CALL: ColumnElement[str] = literal_column("'call'")
"""A partial index serves no parameter."""
Sought = RegistrationNumber | tuple[IdentityCardDigits, BirthDate]
"""By what a person is looked for."""


@dataclass(frozen=True)
class Opened:
    """A record at hand, and by which ground; forms carry its `id`, so that no deed lands on another person.

    `ticket`: the call during which it was opened, None outside of one.
    """

    id: int
    insured: Insured
    ground: Ground
    ticket: int | None
    case: int | None
    reason: Reason | None
    opened_at: datetime

    @property
    def proved(self) -> bool:
        """Whether the caller has proved to be this person: nothing personal is said to anybody else."""
        return self.ground == "call"


@dataclass(frozen=True)
class NotFound:
    """Nobody, or more than one person, is who was looked for."""


@dataclass(frozen=True)
class TooMany:
    """This advisor opened as many records, or looked for as many people, as they may in an hour."""


def at_hand(work: Work, advisor: int) -> Opened | None:
    """Return the record that is before an advisor now, None where there is none; of an identified caller it is opened.

    From then on `work` acts for that ground.
    """
    known, about = _desk(work, advisor)
    row = _row(work, known, about)
    if row is None:
        if not (about and _is_identified(about)):
            return None
        row = _open_for_call(work, known, about)
    elif row.used_at < work.now - A_WHILE:
        work.execute(update(openings).where(openings.c.id == row.id).values(used_at=work.now))
    return _opened(work, row, about)


def of(work: Work, advisor: int, opening: int) -> Opened:
    """Return the record of a form, as `at_hand` does. Raises BadInputError where it is no longer at hand."""
    found = at_hand(work, advisor)
    if found is None or found.id != opening:
        raise BadInputError("this record is not before you any more: look at who is")
    return found


def at_hand_id(work: Work, advisor: int) -> int | None:
    """Return which opening is at hand already: what is asked again and again opens no record, and keeps none open."""
    row = _row(work, *_desk(work, advisor))
    return row.id if row else None


def open_for_case(work: Work, advisor: int, case: int) -> Opened | TooMany:
    """Open the record of whom a case is about; it is counted with those that are opened for a reason.

    Raises BadInputError for a closed case, one that is in another's hands, and in a call whose caller is identified.
    """
    known, about = _desk(work, advisor)
    _may_open(known, about)
    person = cases.held(work, case, advisor)
    if person is None:
        raise BadInputError(f"no open case {case} is in your hands: state a reason")
    if _had_enough(work, advisor):
        return TooMany()
    return _open(work, known, about, person, ground="case", case_id=case)


def open_for_reason(
    work: Work, advisor: int, sought: Sought, reason: Reason, words: str
) -> Opened | NotFound | TooMany:
    """Open the record of who is looked for, for a reason of the list and in words; it is counted, found or not.

    Raises BadInputError for words that are too few or too many, and in a call whose caller is identified.
    """
    known, about = _desk(work, advisor)
    _may_open(known, about)
    if not are_words(words):
        raise BadInputError(f"a reason has {LEAST_WORDS} to {LONGEST_WORDS} characters")
    if _had_enough(work, advisor):
        return TooMany()
    id_ = int(work.execute(select(func.nextval("openings_id_seq"))).scalar_one())
    stated = {"id": id_, "ground": "reason", "reason": reason, "words": seal(words.strip().encode(), f"openings:{id_}")}
    work.actor = replace(work.actor, reason=f"opening {id_}")
    found = _find(work, sought)
    if len(found) != 1:
        audit.record(work, "record.sought", None, opening=id_)
        work.execute(insert(openings).values(_new(work, known, about) | stated | {"closed_at": work.now}))
        return NotFound()
    return _open(work, known, about, found[0].id, **stated)


def are_words(words: str) -> bool:
    """Say whether these are enough words of a reason, and not too many."""
    return LEAST_WORDS <= len(words.strip()) <= LONGEST_WORDS


def put_away(work: Work, advisor: int) -> None:
    """Put away what an advisor has opened by a case or a reason."""
    mine = openings.c.advisor_id == advisor, openings.c.closed_at.is_(None), openings.c.ground != _CALL
    put = update(openings).where(*mine).values(closed_at=work.now).returning(openings.c.id, openings.c.person_id)
    for row in work.execute(put).all():
        audit.record(work, "record.put-away", PersonId(row.person_id), opening=row.id)


def _desk(work: Work, advisor: int) -> tuple[Advisor, Ticket | None]:
    """Return an advisor, and the call that they have: of who was asked in, the one that it is about."""
    known = agents.require(work, advisor)
    ticket = tickets.get(work, known.ticket) if known.ticket else None
    about = tickets.get(work, ticket.parent) if ticket and ticket.parent else ticket
    return known, about


def _is_identified(about: Ticket) -> bool:
    return about.identified and about.person is not None and about.call is not None


def _may_open(known: Advisor, about: Ticket | None) -> None:
    if known.role not in presence.ANSWERING or known.state == "signed-out":
        raise BadInputError("records are opened by who answers calls, and is there")
    if about and _is_identified(about):
        raise BadInputError("in this call the record at hand is the caller's, who has proved who they are")


def _row(work: Work, known: Advisor, about: Ticket | None) -> Row[Any] | None:
    """Return the opening that is at hand."""
    if known.role not in presence.ANSWERING or known.state == "signed-out":
        return None
    mine = openings.c.advisor_id == known.id
    newest = select(openings).where(mine, *_at_hand(work, about)).order_by(openings.c.id.desc()).limit(1)
    return work.execute(newest).one_or_none()


def _at_hand(work: Work, about: Ticket | None) -> tuple[ColumnElement[bool], ...]:
    if about and _is_identified(about):
        return openings.c.ground == _CALL, openings.c.ticket_id == about.id, openings.c.person_id == about.person
    here = openings.c.ticket_id == about.id if about else openings.c.ticket_id.is_(None)
    used = openings.c.used_at > work.now - UNUSED
    return openings.c.ground != _CALL, openings.c.closed_at.is_(None), here, used


def _open_for_call(work: Work, known: Advisor, about: Ticket) -> Row[Any]:
    """Open the record of who is identified in a call; two who ask at once open it once."""
    row = _new(work, known, about) | {"ground": "call", "person_id": about.person}
    new = inserting(openings).values(row).on_conflict_do_nothing().returning(openings.c.id)
    if work.execute(new).first() and about.call and about.person:
        work.actor = replace(work.actor, reason=f"ticket {about.id}")
        identity.open_record(work, about.call, about.person)
    return work.execute(select(openings).where(openings.c.advisor_id == known.id, *_at_hand(work, about))).one()


def _open(work: Work, known: Advisor, about: Ticket | None, person: PersonId, **stated: Any) -> Opened:
    """Open a record in place of the one at hand; a second click finds it open."""
    before = _row(work, known, about)
    if before and before.person_id == person and before.opened_at > work.now - A_WHILE:
        return _opened(work, before, about)
    put_away(work, known.id)
    row = _new(work, known, about) | stated | {"person_id": person}
    new = work.execute(insert(openings).values(row).returning(openings)).one()
    opened = _opened(work, new, about)
    why = {"why": opened.reason} if opened.reason else {}
    audit.record(work, "record.opened", person, opening=opened.id, ground=opened.ground, **why)
    return opened


def _new(work: Work, known: Advisor, about: Ticket | None) -> dict[str, Any]:
    ticket = about.id if about else None
    return {"advisor_id": known.id, "ticket_id": ticket, "opened_at": work.now, "used_at": work.now}


def _opened(work: Work, row: Row[Any], about: Ticket | None) -> Opened:
    """Return an opening as it is at hand; `work` acts for its ground from now on."""
    because = {"call": f"ticket {row.ticket_id}", "case": f"case {row.case_id}", "reason": f"opening {row.id}"}
    work.actor = replace(work.actor, reason=because[row.ground])
    call = about.call if about and row.ground == "call" else None
    insured = identity.keep_open(work, PersonId(row.person_id), call)
    return Opened(row.id, insured, row.ground, row.ticket_id, row.case_id, row.reason, row.opened_at)


def _find(work: Work, sought: Sought) -> list[Person]:
    if isinstance(sought, tuple):
        return people.with_card(work, *sought)
    found = people.numbered(work, sought)
    return [found] if found else []


def _had_enough(work: Work, advisor: int) -> bool:
    """Say whether an advisor opened as many records as they may in an hour, which is audited."""
    agents.require(work, advisor, lock=True)  # two at once count one after the other
    since = openings.c.opened_at > work.now - HOUR
    counted = select(func.count()).where(openings.c.advisor_id == advisor, since, openings.c.ground != _CALL)
    enough = int(work.execute(counted).scalar_one()) >= MOST_AN_HOUR
    if enough:
        audit.record(work, "record.sought-too-often", None, advisor=advisor)
    return enough
