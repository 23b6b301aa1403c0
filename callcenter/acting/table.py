"""The table of what an advisor does for a caller.

A row: its name, the group of forms that it stands in, what it needs, the functions that it calls (those of the flows
among them), its fields, when it is offered, and what it does. `previews`: the SMS is read before it goes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from backend import (
    agencies,
    cancellation,
    claim_statements,
    identity,
    information,
    mobiles,
    notices,
    registrations,
    rights,
    standing,
)
from backend.work import Work
from callcenter import callbacks, cases, presence
from callcenter.acting import anybody, proving, subjects
from callcenter.acting.forms import (
    CODE,
    POSTCODE,
    Field,
    Offer,
    Said,
    Wrong,
    chosen,
    confirmed,
    day,
    mobile,
    note,
    rib,
    telephone,
)
from callcenter.acting.standpoint import At
from callcenter.agents import Role

Group = Literal[
    "identity", "registration", "contributions", "claims", "rights", "information", "mobile", "callback", "case"
]
Needs = Literal["anybody", "call", "record", "proof"]
"""A call or a record; a caller who is not identified yet; a record at hand; one whose person has proved to call."""


@dataclass(frozen=True)
class Act:
    """Something that an advisor does for a caller."""

    name: str
    group: Group
    needs: Needs
    calls: tuple[Callable[..., Any], ...]
    offered: Callable[[Work, At], Offer | None]
    run: Callable[[Work, At, Mapping[str, Any]], Said | Wrong]
    fields: tuple[Field, ...] = ()
    previews: bool = False
    roles: frozenset[Role] = presence.ANSWERING


_ACTS = (
    Act(
        "send-code",
        "identity",
        "call",
        (identity.claim_number, identity.claim_registration, identity.check_tax_reference, identity.send_code),
        proving.may_send_code,
        proving.send_code,
        proving.CLAIM,
    ),
    Act("check-code", "identity", "call", (identity.check_code,), proving.may_check_code, proving.check_code, (CODE,)),
    Act(
        "complete-registration",
        "registration",
        "proof",
        (registrations.present, registrations.complete, mobiles.correct),
        subjects.may_complete,
        subjects.complete,
        (
            confirmed("same-person"),
            chosen("payment"),
            rib(),
            mobile(required=False, hint="acts-other-mobile-hint"),
            confirmed("declared"),
        ),
    ),
    Act(
        "send-number",
        "registration",
        "record",
        (registrations.remind,),
        subjects.may_remind,
        subjects.remind,
        previews=True,
    ),
    Act(
        "send-payment",
        "contributions",
        "record",
        (standing.next_step, standing.send_payment),
        subjects.may_pay,
        subjects.send_payment,
        previews=True,
    ),
    Act(
        "send-statement",
        "contributions",
        "proof",
        (standing.send_statement,),
        subjects.may_pay,
        subjects.send_statement,
        previews=True,
    ),
    Act(
        "commit",
        "contributions",
        "proof",
        (cancellation.recall, cancellation.commit),
        subjects.may_commit,
        subjects.commit,
        (confirmed("undertaken"),),
    ),
    Act(
        "take-back-commitment",
        "contributions",
        "proof",
        (cancellation.take_back,),
        subjects.may_take_back,
        subjects.take_back,
    ),
    Act(
        "tell-due",
        "contributions",
        "record",
        (notices.tell_due,),
        subjects.may_pay,
        subjects.tell_due,
        previews=True,
    ),
    Act(
        "send-claim",
        "claims",
        "proof",
        (claim_statements.numbered, claim_statements.send),
        subjects.may_send_claim,
        subjects.send_claim,
        (chosen("file"),),
        previews=True,
    ),
    Act(
        "reckon-loss-of-employment",
        "rights",
        "proof",
        (rights.is_for, rights.has_come, rights.loss_of_employment),
        subjects.may_reckon_loss,
        subjects.reckon_loss,
        (day("last-day-worked"), chosen("own-choice")),
    ),
    Act(
        "reckon-maternity",
        "rights",
        "proof",
        (rights.is_for, rights.maternity),
        subjects.may_reckon_maternity,
        subjects.reckon_maternity,
        (day("leave-start"),),
    ),
    Act(
        "send-documents",
        "rights",
        "record",
        (rights.send_documents,),
        subjects.may_send_documents,
        subjects.send_documents,
        (chosen("benefit"),),
        previews=True,
    ),
    Act(
        "send-information",
        "information",
        "anybody",
        (information.send,),
        anybody.may_inform,
        anybody.send_information,
        (chosen("topic"), mobile(required=False)),
        previews=True,
    ),
    Act(
        "send-agencies",
        "information",
        "anybody",
        (agencies.nearest, information.send),
        anybody.may_send_agencies,
        anybody.send_agencies,
        (POSTCODE, mobile(required=False)),
        previews=True,
    ),
    Act(
        "correct-mobile",
        "mobile",
        "record",
        (mobiles.correct,),
        subjects.may_correct_mobile,
        subjects.correct_mobile,
        (mobile(), confirmed("read-back")),
    ),
    Act(
        "restore-mobile",
        "mobile",
        "record",
        (mobiles.held, mobiles.restore),
        subjects.may_restore_mobile,
        subjects.restore_mobile,
        (confirmed("not-theirs"),),
    ),
    Act(
        "arrange-callback",
        "callback",
        "anybody",
        (callbacks.arrange,),
        anybody.may_arrange,
        anybody.arrange,
        (
            day("day"),
            chosen("half"),
            telephone(required=False),
            chosen("subject"),
            note("note", required=False, longest=callbacks.LONGEST_NOTE),
        ),
    ),
    Act(
        "give-up-callback",
        "callback",
        "record",
        (callbacks.withdraw,),
        anybody.may_give_up,
        anybody.give_up,
        (chosen("callback"),),
    ),
    Act(
        "open-case",
        "case",
        "record",
        (cases.open_case,),
        anybody.may_open_case,
        anybody.open_case,
        (chosen("subject"), note("note")),
    ),
    Act(
        "follow-case",
        "case",
        "record",
        (cases.add_note, cases.close),
        anybody.may_follow,
        anybody.follow,
        (chosen("case", gone="acts-case-changed"), note("note"), confirmed("settled", required=False)),
    ),
    Act(
        "reopen-case",
        "case",
        "record",
        (cases.reopen,),
        anybody.may_reopen,
        anybody.reopen,
        (chosen("case", gone="acts-case-changed"), note("note")),
    ),
)
ACTS: Mapping[str, Act] = MappingProxyType({act.name: act for act in _ACTS})

SHOWN: Mapping[str, str] = MappingProxyType(
    {
        "backend.standing.tell": "ledger",
        "backend.standing.last_payments": "ledger",
        "backend.claim_statements.overview": "claims",
        "backend.claim_statements.following": "claims",
        "backend.rights.declared": "family",
        "backend.rights.pension": "rights",
        "backend.rights.family_allowances": "rights",
        "backend.rights.birth_leave": "rights",
        "backend.registrations.is_complete": "identity",
    }
)
"""What flows ask for, and the person zone shows: the function → the section of the zone, by its template's name."""

NOT_DONE: Mapping[str, str] = MappingProxyType(
    {
        "backend.identity.claiming.claim_card": "claim_registration finds by the card as well, pending or registered",
        "backend.information.deposit_limits": "the SMS of the topic `depositing` says them",
        "callcenter.callbacks.promise": "an advisor arranges a call (`callbacks.arrange`), by the same rules",
        "callcenter.callbacks.renumber": "of a place in the queue: who talks to an advisor waits no more",
        "callcenter.handover.take_place": "the caller is with an advisor, whose transfer queues them again",
        "callcenter.handover.reach": "of the call that we make: whoever answers it presses the key themselves",
        "callcenter.handover.prove": "of the call that proves: whoever answers it presses the key themselves",
        "callcenter.dialling.prove": "it hangs up and calls back; to an advisor the code is said aloud",
        "callcenter.hours.opening": "the form of a call that is arranged begins at the next working day",
        "callcenter.hours.opens_at": "the form of a call that is arranged says the half-days",
        "callcenter.surveys.answer": "only the caller can say how it went",
        "callcenter.surveys.give_reason": "only the caller can say why",
        "ivr.unfinished.choices": "the path of the call shows what was chosen; an advisor asks what is left",
    }
)
"""What flows call, and an advisor has no action for: the function → why none is needed."""
