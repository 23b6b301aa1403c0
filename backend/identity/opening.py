"""Opening the record of somebody for an advisor, and where an SMS about it goes."""

from sqlalchemy import bindparam, func, select

from backend import audit, calls, people
from backend.errors import BadInputError
from backend.identity.claiming import Claim, claim_to_be
from backend.identity.proving import Insured
from backend.identity.table import codes, mobile_of
from backend.values import Mobile, PersonId
from backend.work import Work

_PROOF = select(codes.c.id, codes.c.mobile).where(codes.c.id == bindparam("proof"))


def open_record(work: Work, call: int, person: PersonId) -> Insured:
    """Open the record of who has proved who they are in a call, for an advisor who says why; it is audited.

    Raises BadInputError for anybody but an advisor, without a reason, and where this call proved nothing about them.
    """
    insured = keep_open(work, person, call)
    audit.record(work, "record.opened", person, call=call)
    return insured


def keep_open(work: Work, person: PersonId, call: int | None) -> Insured:
    """Return whose record an advisor has opened before, and audited then (`callcenter.records`).

    `call`: the one in which they proved who they are, None for who proved nothing. Raises as `open_record` does.
    """
    if work.actor.kind != "advisor" or not work.actor.reason:
        raise BadInputError("a record is opened by an advisor, for a reason")
    if call is None:
        return Insured(person, None)
    here = codes.join(calls.calls, calls.calls.c.id == func.coalesce(codes.c.confirmed_in, codes.c.call_id))
    about = (codes.c.person_id == person) & (calls.calls.c.person_id == person) & codes.c.proved_at.is_not(None)
    proved = select(func.max(codes.c.id)).select_from(here).where(calls.calls.c.id == call, about)
    proof = work.execute(proved).scalar_one()
    if proof is None:
        raise BadInputError("nobody has proved to be this person in this call")
    return Insured(person, proof)


def claim_of(work: Work, insured: Insured) -> Claim:
    """Return the claim to be whose record an advisor has opened; it is proved as any other."""
    return claim_to_be(work, [people.get(work, insured.person)], b"", by_tax=True)


def proved_mobile(work: Work, insured: Insured) -> Mobile:
    """Return the mobile that this proof went to. Raises BadInputError where there is none."""
    if insured.proof is None:
        raise BadInputError("nobody has proved to be this person")
    return mobile_of(work.execute(_PROOF, {"proof": insured.proof}).one())


def mobile_for(work: Work, insured: Insured) -> Mobile:
    """Return where an SMS goes: to the mobile that the caller was proved by; from an advisor, to the one on file.

    The advisor may have corrected it since. Raises BadInputError where there is none.
    """
    on_file = people.get(work, insured.person).mobile if work.actor.kind == "advisor" else None
    return on_file or proved_mobile(work, insured)
