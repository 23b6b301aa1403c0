"""A campaign: the numbers of a list, and telling the people who bear them, once each under the campaign's name."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from backend import notices
from backend.feeds.imports import Counts
from backend.feeds.refusals import refused
from backend.values import RegistrationNumber, parsed
from backend.work import Work

AT_ONCE = 500  # people a transaction
LARGEST = 64 * 1024**2  # bytes: more numbers than there are insured people; a list is read as a whole


def numbers(path: Path) -> list[RegistrationNumber]:
    """Return the registration numbers of a file, each once, in their order. Raises RefusedError."""
    try:
        if path.stat().st_size > LARGEST:
            raise refused("too-large", str(path), most=LARGEST // 1024**2)
        entries = path.read_text("utf-8-sig").split()
    except (OSError, UnicodeError) as error:
        raise refused("unreadable", str(path), why=str(error)) from None
    found = []
    for place, entry in enumerate(entries, 1):
        number = parsed(RegistrationNumber.parse, entry)
        if number is None:
            raise refused("entry", str(path), entry=place)
        found.append(number)
    return sorted(set(found))


def tell(work: Work, campaign: str, some: Sequence[RegistrationNumber]) -> Counts:
    """Tell these people; added: told, unchanged: withheld, rejected: unknown or without a mobile."""
    became = Counter(notices.tell_of_campaign(work, campaign, number) for number in some)
    return Counts(added=became["told"], unchanged=became["withheld"], rejected=became["unknown"])
