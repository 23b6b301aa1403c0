"""Claim files of invented people: each status, with what is known of it and what is not, deposited in the last weeks.

Files paid of late took nine or ten days, as 004_… says that they do on average: what is said of the usual delay is what
a fund with these figures would say.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from backend.claims import Claim
from backend.values import Dirhams

USUAL = (9, 9, 10, 9, 9, 9)
"""Days from deposit to payment: 9.15 on average, about."""
CLAIMED = ("840", "1260.50", "312", "5480", "96.40", "2215.75", "700")
SHARE = Decimal("0.70")


@dataclass(frozen=True)
class Progress:
    """A file's status, deposited so many days ago, of a status so many days old (below 0: an appointment to come)."""

    status: str
    deposited: int
    since: int
    missing: tuple[str, ...] = ()
    reason: str | None = None
    amount_known: bool = True


FILES: dict[str, Progress] = {
    "received": Progress("received", 1, 1),
    "in-review": Progress("in-review", 4, 2),
    "over-the-usual-delay": Progress("in-review", 24, 20),
    "appointment": Progress("medical-check", 7, -6),
    "letter-to-come": Progress("medical-check", 12, 3),
    "two-documents": Progress("awaiting-documents", 8, 3, ("ordonnance", "facture de pharmacie")),
    "one-document": Progress("awaiting-documents", 10, 5, ("compte rendu médical",)),
    "an-unknown-document": Progress("awaiting-documents", 9, 4, ("bordereau Z-12",)),
    "no-document-named": Progress("awaiting-documents", 11, 6),
    "too-late": Progress("rejected", 15, 7, reason="dépôt hors délai"),
    "rights-closed": Progress("rejected", 14, 6, reason="droits fermés"),
    "an-unknown-reason": Progress("rejected", 16, 8, reason="motif 47-B"),
    "no-reason": Progress("rejected", 13, 5),
    "settled": Progress("settled", 8, 1),
    "settled-without-amount": Progress("settled", 7, 1, amount_known=False),
    "paid": Progress("paid", 15, 5),
    "paid-without-amount": Progress("paid", 13, 4, amount_known=False),
}


def claim(number: int, beneficiary: str, progress: Progress, today: date) -> Claim:
    """Return a file; `number` makes its own among those of a day."""
    deposited = today - timedelta(progress.deposited)
    since = today - timedelta(progress.since)
    claimed = Dirhams.parse(CLAIMED[number % len(CLAIMED)])
    payable = Dirhams((claimed * SHARE).quantize(Decimal("0.01")))
    is_counted = progress.status in ("settled", "paid") and progress.amount_known
    return Claim(
        file_number=f"{deposited:%y%m%d}{70_000 + number}",
        beneficiary=beneficiary,
        care_date=deposited - timedelta(5 + number % 20),
        deposited_on=deposited,
        status=progress.status,
        status_date=since,
        claimed=claimed,
        payable=payable if is_counted else None,
        paid_on=since if progress.status == "paid" else None,
        missing_documents=progress.missing,
        reason=progress.reason,
    )


def paid_before(number: int, beneficiary: str, how_many: int, today: date) -> Iterator[Claim]:
    """Give files deposited and paid earlier, each in the usual delay."""
    for rank in range(how_many):
        deposited = 26 + (number + rank * 37) % 300
        took = USUAL[(number + rank) % len(USUAL)]
        yield claim(number + rank * 1000, beneficiary, Progress("paid", deposited, deposited - took), today)
