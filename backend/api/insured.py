"""What is on file of a person, to other systems: how they stand, their claim files, their rights."""

from dataclasses import asdict
from typing import Any

from apiflask import APIBlueprint
from pydantic import BaseModel

from backend import cancellation, claim_statements, claims, people, rights, standing
from backend.api import PREFIX, answers
from backend.api.answers import Number
from backend.api.guard import needs
from backend.api.problems import ProblemError
from backend.api.tokens import Token
from backend.people import Person
from backend.values import RegistrationNumber
from backend.work import Work, begin

MOST_FILES = 500
SCOPE = "people:read"
blueprint = APIBlueprint("people", __name__, url_prefix=f"{PREFIX}/people", tag="People")


class Numbered(BaseModel):
    """Whose record it is, in the address."""

    registration_number: Number


@blueprint.get("/<registration_number>")
@needs(blueprint, SCOPE, "unknown-person", "invalid")
@blueprint.input(Numbered, location="path", arg_name="asked")
@blueprint.output(answers.Person)
def person(token: Token, asked: Numbered) -> dict[str, Any]:
    """How a person stands.

    Balance, debt cancellation and AMO on the business day. For somebody who isn't self-employed nothing is owed, and
    AMO is `unknown`.
    """
    with begin(token.actor) as work:
        who = _numbered(work, asked)
        stands, commitment = standing.of(work, who.id), cancellation.commitment_of(work, who.id)
    progress = answers.Cancellation.model_validate(
        {name: getattr(stands.cancellation, name, None) for name in answers.Cancellation.model_fields}
        | {"commitment_on": commitment.made_on if commitment else None}
    )
    return {
        "registration_number": who.registration_number,
        "category": who.category,
        "registered_on": who.registered_on,
        "status": who.status,
        "balance": stands.balance,
        "cancellation": progress,
        "amo": stands.amo,
    }


@blueprint.get("/<registration_number>/claims")
@needs(blueprint, SCOPE, "unknown-person", "invalid")
@blueprint.input(Numbered, location="path", arg_name="asked")
@blueprint.output(list[answers.Claim])  # type: ignore[arg-type] # apiflask takes lists of models, and does not say so
def claim_files(token: Token, asked: Numbered) -> list[dict[str, Any]]:
    """A person's claim files, the one deposited last first.

    The newest 500 at most.
    """
    with begin(token.actor) as work:
        who = _numbered(work, asked)
        found, delay = claims.of(work, who.id, MOST_FILES), claims.average_delay(work)
        told = [claim_statements.stated(claim, delay, work.today) for claim in found]
    return [
        asdict(claim)
        | {"registration_number": who.registration_number, "expected_on": each.expected and each.expected.day}
        for claim, each in zip(found, told, strict=True)
    ]


@blueprint.get("/<registration_number>/rights")
@needs(blueprint, SCOPE, "unknown-person", "invalid")
@blueprint.input(Numbered, location="path", arg_name="asked")
@blueprint.output(answers.Rights)
def benefits(token: Token, asked: Numbered) -> rights.Rights:
    """What a person is entitled to, on the records of today.

    A person without declared salaries is not entitled: these are benefits of employees.
    """
    with begin(token.actor) as work:
        return rights.of(work, _numbered(work, asked).id)


def _numbered(work: Work, asked: Numbered) -> Person:
    """Return whose record it is. Raises ProblemError where nobody has that number."""
    if who := people.numbered(work, RegistrationNumber(asked.registration_number)):
        return who
    raise ProblemError("unknown-person")
