"""What a caller is told of a claim file today: where it stands in plain words, what comes next; aloud, and by SMS."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from backend import claims, identity, messages
from backend.claims import ENDED, Claim
from backend.examples import examples
from backend.identity import Insured
from backend.messages import Sent, Withheld
from backend.rules import claim_delay, claim_words
from backend.rules.claim_delay import Expected
from backend.values import Dirhams, FewDigits, FileNumber, PersonName, Term, Value
from backend.wording import Language, listed
from backend.work import Work

MOST_DOCUMENTS = 5  # said one after the other; what is beyond is for an advisor
MOST_WRITTEN = 3  # of them in the two segments of an SMS: those of Arabic are short
AWAITING_PAYMENT = ("received", "in-review", "settled")
_NOTHING = Dirhams.of_centimes(0)


@dataclass(frozen=True)
class Statement:
    """One file, as its insured may hear of it."""

    number: FileNumber
    beneficiary: PersonName
    deposited_on: date
    status: str  # one of claims.STATUSES
    expected: Expected | None = None  # where payment is awaited: the last day of the usual delay
    appointment: date | None = None  # for a medical check; None: a letter says it
    missing: tuple[Term, ...] = ()
    reason: Term | None = None
    amount: Dirhams = _NOTHING  # settled or paid; nothing: none, or not on record: an advisor says
    paid_on: date | None = None


@dataclass(frozen=True)
class Overview:
    """How many files of somebody are neither paid nor rejected, and the one deposited last."""

    open: int
    newest: Statement | None


_example = partial(Statement, FileNumber("24031800417"), PersonName("Sara"), date(2024, 3, 11))
_SOON, _OVER = Expected(date(2024, 3, 21), over=False), Expected(date(2024, 3, 12), over=True)
_PAID = date(2024, 3, 19)
_STATEMENTS = (
    _example("in-review", expected=_SOON),
    _example("received", expected=_OVER),
    _example("medical-check", appointment=date(2024, 4, 2)),
    _example("medical-check"),
    _example("awaiting-documents", missing=(Term("document-prescription"), Term("document-pharmacy-invoice"))),
    _example("in-review", missing=(Term("document-other"),)),
    _example("rejected", reason=Term("reason-late-deposit")),
    _example("settled", expected=_SOON, amount=Dirhams("637.00")),
    _example("settled", expected=_OVER, amount=Dirhams("637.00")),
    _example("settled"),
    _example("paid", amount=Dirhams("420.00"), paid_on=_PAID),
    _example("paid", paid_on=_PAID),
)


@examples(Overview(1, _STATEMENTS[0]), Overview(0, _STATEMENTS[-1]), Overview(0, None))
def overview(work: Work, insured: Insured) -> Overview:
    """Return how many files are open, and the newest, if there is any."""
    newest = claims.of(work, insured.person, 1)
    return Overview(claims.open_files(work, insured.person), _first(work, newest))


@examples(*_STATEMENTS, None)
def following(work: Work, insured: Insured, told: Statement) -> Statement | None:
    """Return the file deposited next before the one told of, if there is any."""
    return _first(work, claims.of(work, insured.person, 1, before=(told.deposited_on, told.number)))


@examples(_STATEMENTS[0], None)
def numbered(work: Work, insured: Insured, number: FileNumber) -> Statement | None:
    """Return the caller's file of that number; None for an unknown one, and for somebody else's alike."""
    claim = claims.by_number(work, insured.person, number)
    return _first(work, [claim] if claim else [])


@examples(Sent(FewDigits("12")), Withheld())
def send(work: Work, insured: Insured, told: Statement, language: Language) -> Sent | Withheld:
    """Send what was told of a file to the mobile that proved who calls, once a call."""
    mobile = identity.mobile_for(work, insured)
    key = f"claim:{told.number}:{work.actor.occasion}"
    return messages.send(work, "sms-claim", key, mobile, language, person=insured.person, **_written(told, language))


def stated(claim: Claim, average_delay: Decimal, today: date) -> Statement:
    """Return what is told of a file on a day, with the average delay in days."""
    status, payable, missing = claim.status, claim.payable, _missing(claim)
    awaited = status in AWAITING_PAYMENT and not missing and (payable is None or payable > 0)
    appointed = status == "medical-check" and claim.status_date >= today
    return Statement(
        number=FileNumber(claim.file_number),
        beneficiary=PersonName(claim.beneficiary),
        deposited_on=claim.deposited_on,
        status=status,
        expected=claim_delay.expected(claim.deposited_on, average_delay, today) if awaited else None,
        appointment=claim.status_date if appointed else None,
        missing=missing,
        reason=claim_words.reason(claim.reason) if status == "rejected" else None,
        amount=(payable if status in {"settled", "paid"} else None) or _NOTHING,
        paid_on=(claim.paid_on or claim.status_date) if status == "paid" else None,
    )


def _first(work: Work, found: list[Claim]) -> Statement | None:
    return stated(found[0], claims.average_delay(work), work.today) if found else None


def _missing(claim: Claim) -> tuple[Term, ...]:
    if claim.status in ENDED or not (claim.missing_documents or claim.status == "awaiting-documents"):
        return ()
    documents = claim_words.documents(claim.missing_documents)
    return documents if len(documents) <= MOST_DOCUMENTS else (*documents[:MOST_DOCUMENTS], claim_words.DOCUMENT)


def _state(told: Statement) -> str:
    if told.appointment:
        return "appointment"
    if told.missing:
        return "awaiting-documents" if len(told.missing) <= MOST_WRITTEN else "awaiting-more-documents"
    return told.status


def _written(told: Statement, language: Language) -> dict[str, Any]:
    """Return the values of `sms-claim`: those that its `$state` and its `$delay` ask for."""
    given: dict[str, Value | None] = {
        "file": told.number,
        "state": _state(told),
        "delay": "none" if told.expected is None else "over" if told.expected.over else "expected",
        "expected_on": told.expected.day if told.expected else None,
        "appointment": told.appointment,
        "documents": listed(language, *told.missing[:MOST_WRITTEN]),
        "reason": told.reason,
        "amount": told.amount,
        "paid_on": told.paid_on,
    }
    return {name: value for name, value in given.items() if value is not None}
