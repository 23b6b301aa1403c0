"""Who calls, proved at the console as in the vocal server: by the code that goes to the mobile on file.

Whom an advisor looks for is told apart from nobody as little as there: an unknown pair gets a code that was never sent.
The SMS of this code says that it is for the advisor; one that the vocal server sent, which says the contrary, is not
asked for.
"""

from collections.abc import Mapping
from typing import Any

from backend import identity
from backend.identity import Claim, CodeSent, Expired, Insured, Matched, Refused
from backend.work import Work
from callcenter import tickets
from callcenter.acting.forms import (
    CARD,
    CODE,
    REGISTRATION_NUMBER,
    TAX,
    Line,
    Offer,
    Said,
    Wrong,
    born,
    mobile,
    said,
    wrong,
)
from callcenter.acting.standpoint import At

CLAIM = (REGISTRATION_NUMBER, CARD, born(required=False), TAX, mobile(required=False, hint="acts-new-mobile-hint"))


def may_send_code(_work: Work, at: At) -> Offer:
    """Whose record is at hand need not say who they are again."""
    if at.person is None:
        return Offer((Line("acts-claim-how"),))
    known = {REGISTRATION_NUMBER.name, CARD.name, "born"}
    if at.person.mobile:
        return Offer(
            (Line("acts-code-goes", {"ending": at.person.mobile.ending}),),
            without=frozenset(known | {TAX.name, "mobile"}),
        )
    return Offer(without=frozenset(known))


def send_code(work: Work, at: At, given: Mapping[str, Any]) -> Said | Wrong:
    """Send a code to the mobile on file; of who has none, to the one that they give, after their tax reference."""
    claim = _claim(work, at, given)
    if isinstance(claim, Wrong):
        return claim
    if claim.way == "advisor":
        return wrong("", "acts-no-proof")
    by_tax = claim.way == "tax-reference"
    if by_tax and (refused := _know_tax_reference(work, claim, given)):
        return refused
    sent = identity.send_code(work, claim, at.language, given["mobile"] if by_tax else None)
    if not isinstance(sent, CodeSent):
        return wrong("", "acts-codes-exhausted")
    return said("acts-code-sent", ending=given["mobile"].ending if by_tax else claim.ending)


def _know_tax_reference(work: Work, claim: Claim, given: Mapping[str, Any]) -> Wrong | None:
    """Say what is wrong with the tax reference, or that it or the new mobile is missing."""
    missing = {name: Line("acts-wanted-here") for name in (TAX.name, "mobile") if not given[name]}
    if missing:
        return Wrong(missing)
    match identity.check_tax_reference(work, claim, given[TAX.name]):
        case Matched():
            return None
        case Refused(left) if left:
            return wrong(TAX.name, "acts-tax-refused", left=left)
    return wrong("", "acts-codes-exhausted")


def _claim(work: Work, at: At, given: Mapping[str, Any]) -> Claim | Wrong:
    if at.opened:
        return identity.claim_of(work, at.insured)
    number, card, day = given[REGISTRATION_NUMBER.name], given[CARD.name], given["born"]
    missing = {}
    if not (number or card):
        missing[REGISTRATION_NUMBER.name] = Line("acts-number-or-card")
    if not day:
        missing["born"] = Line("acts-missing")
    if missing:
        return Wrong(missing)
    return identity.claim_number(work, number, day) if number else identity.claim_registration(work, card, day)


def may_check_code(work: Work, _at: At) -> Offer | None:
    """While a code waits to be said."""
    return Offer((Line("acts-code-aloud"),)) if identity.code_sent(work) else None


def check_code(work: Work, at: At, given: Mapping[str, Any]) -> Said | Wrong:
    """Compare the code that the caller says: whoever says it is the person, in this call, from now on."""
    sent = identity.code_sent(work)
    if sent is None or at.ticket is None:
        return wrong("", "acts-code-over")
    match identity.check_code(work, sent, given[CODE.name]):
        case Insured() as insured:
            tickets.change(work, at.ticket.id, person_id=insured.person, identified=True)
            return said("acts-proved")
        case Refused(left) if left:
            return wrong(CODE.name, "acts-code-refused", left=left)
        case Expired():
            return wrong("", "acts-code-over")
        case _:
            return wrong("", "acts-codes-exhausted")
