"""Every kind of file, by the name that commands know it by."""

from collections.abc import Callable
from datetime import date

from backend.errors import BadInputError
from backend.feeds import claim_files, declared, directory, ledger, persons, relatives
from backend.feeds.kinds import Kind
from backend.work import business_day

KINDS: dict[str, Callable[[date], Kind]] = {
    "tns": persons.tns,
    "people": persons.people,
    "contributions": ledger.contributions,
    "payments": ledger.payments_received,
    "claims": claim_files.claim_files,
    "family": relatives.family,
    "salaries": declared.salaries,
    "agencies": directory.agencies,
}
"""In the order in which they are imported: what comes later names what came before."""


def kind_named(name: str) -> Kind:
    """Return a kind as of today. Raises BadInputError where none has that name."""
    if name not in KINDS:
        raise BadInputError(f"{name!r} is no kind of file: {' or '.join(KINDS)}")
    return KINDS[name](business_day())
