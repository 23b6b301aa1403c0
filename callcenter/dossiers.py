"""All that the fund's records say of one person, read for an advisor by the functions that the vocal server calls.

So page and voice never disagree. Lists are bounded, the newest first.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from backend import cancellation, claim_statements, claims, family, messages, people, rights, standing
from backend.cancellation import Commitment
from backend.claim_statements import Statement
from backend.claims import Claim
from backend.messages import Past
from backend.people import Person
from backend.rights import Rights
from backend.rules.benefits import Relative
from backend.rules.standing import Standing
from backend.work import Work
from callcenter import cases, past_calls
from callcenter.agents import advisors
from callcenter.cases import Case
from callcenter.past_calls import PastCall
from callcenter.records import Opened

MOST = 20
"""Of each list."""


@dataclass(frozen=True)
class File:
    """A claim file as the fund has it, and what is said of it today."""

    claim: Claim
    stated: Statement


@dataclass(frozen=True)
class Dossier:
    """What is known of the person whose record is at hand. `writers`: the names of advisors, by their ids."""

    opened: Opened
    person: Person
    standing: Standing
    commitment: Commitment | None
    rights: Rights
    relatives: tuple[Relative, ...]
    open_files: int
    files: tuple[File, ...]
    messages: tuple[Past, ...]
    calls: tuple[PastCall, ...]
    cases: tuple[Case, ...]
    writers: dict[int, str]


def read(work: Work, opened: Opened) -> Dossier:
    """Read the record at hand; each part is audited where it is read."""
    insured, person = opened.insured, people.get(work, opened.insured.person)
    delay, files = claims.average_delay(work), claims.of(work, person.id, MOST)
    found = cases.of_person(work, insured)
    return Dossier(
        opened=opened,
        person=person,
        standing=standing.of(work, person.id),
        commitment=cancellation.recall(work, insured),
        rights=rights.of(work, person.id),
        relatives=tuple(family.of(work, person.id)),
        open_files=claims.open_files(work, person.id),
        files=tuple(File(claim, claim_statements.stated(claim, delay, work.today)) for claim in files),
        messages=tuple(messages.of_person(work, person.id, person.mobile, MOST)),
        calls=tuple(past_calls.of_person(work, insured, opened.ticket, MOST)),
        cases=tuple(found),
        writers=_names(work, {note.advisor for case in found for note in case.notes}),
    )


def _names(work: Work, ids: Collection[int]) -> dict[int, str]:
    query = select(advisors.c.id, advisors.c.name).where(advisors.c.id.in_(ids))
    return {row.id: row.name for row in work.execute(query)}
