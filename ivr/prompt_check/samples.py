"""The longest values that prompts may be given, by the name of the value."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from backend.claims import STATUSES
from backend.opening_hours import OpeningHours
from backend.settings import Settings
from backend.values import (
    Dirhams,
    FewDigits,
    FileNumber,
    IdentityCardDigits,
    Month,
    OneTimeCode,
    PersonName,
    RegistrationNumber,
    Telephone,
    Term,
)
from backend.wording.catalogue import Catalogue, Sayable
from callcenter import knowledge

Samples = tuple[Sayable, ...]

# A Wednesday of each month: with Friday, French's longest day; each month, for its length and its letters.
DAYS: Samples = tuple(
    date(2027, month, day) for month, day in enumerate((27, 24, 24, 28, 26, 23, 28, 25, 22, 27, 24, 22), 1)
)
MONTHS: Samples = tuple(Month(2027, number) for number in range(1, 13))

AMOUNTS: Samples = (Dirhams.parse("888888.88"),)
FIXED: Mapping[str, Samples] = MappingProxyType(
    {
        "activation": ("88888888",),
        "rank": (1, 8888),
        "idle": (0, 888),
        "hour": (9,),
        "minute": (0, 30),
        "address": ("125 avenue Abdelkrim Khattabi",),
        "agencies": ("Rabat Agdal : 2 avenue de l'Exemple, Rabat",),  # `backend.information` sends what fits
        "amo_from": DAYS,
        "amount": AMOUNTS,
        "attempt": (3,),
        "appointment": (DAYS[8],),
        "beneficiary": (PersonName("Mohammed Abderrahmane"),),
        "became": STATUSES,
        "by": (DAYS[8],),
        "category": ("craftsperson",),
        "choices": ("received، in-review",),
        "child": ("Abdeljalil",),
        "claim_by": DAYS,
        "city": ("Sidi Slimane",),
        "code": (OneTimeCode("888888"),),
        "contributions_from": MONTHS,
        "count": (1, 88),
        "covered": AMOUNTS,
        "day": DAYS,
        "days": (2, 7, 8888),
        "delay": ("expected", "over", "none"),
        "deposited_on": DAYS,
        "documents": ("x" * 74,),
        "due_month": MONTHS,
        "due_on": DAYS,
        "ending": (FewDigits("8888"),),
        "entry": ("88888",),
        "expected_on": (DAYS[8],),
        "file": (FileNumber("8" * 15),),
        "first": DAYS,
        "found": ("8888-88-88",),
        "granted_on": DAYS,
        "heard": (*DAYS, Telephone("+212688888888"), IdentityCardDigits("88888888")),
        "hours": (OpeningHours("lun-jeu 08:45-12:45 14:45-16:45"), OpeningHours("lun mer ven 08:45-12:45")),
        "least": ("20.0",),
        "line": ("8888888",),
        "left": tuple(range(1, 11)),
        "login": ("m.abderrahmane",),
        "limit": (80,),
        "link": (Settings.model_fields["svi_payment_url"].default,),
        "mark": ("U+202E",),
        "meant": ("mobile",),
        "made_on": DAYS,
        "month": (MONTHS[8],),
        "months": (11, 88),
        "most": ("88888888",),
        "name": (PersonName("Mohammed Abderrahmane Benabdeljalil El Alaoui", "محمد عبد الرحمان بنعبد الجليل العلوي"),),
        "names": ("registration_number، birth_date",),
        "notice_by": (DAYS[8],),
        "not_before": (DAYS[8],),
        "number": (RegistrationNumber("888888888"),),
        "open": (0, 1, 2, 11, 88),
        "opens": (DAYS[8],),
        "opens_on": DAYS,
        "outcome": ("demande un conseiller",),
        "owed": AMOUNTS,
        "paid": (11,),
        "paid_on": DAYS,
        "portal_from": DAYS,
        "question": ("Carte d'identité",),
        "relative": ("Abdeljalil",),
        "required": (12,),
        "second": DAYS,
        "state": (
            *("received", "in-review", "medical-check", "appointment", "awaiting-documents"),
            *("awaiting-more-documents", "rejected", "settled", "paid"),
        ),
        "seconds": (20,),
        "share": (88,),
        "since": MONTHS,
        "situation": ("open", "granted"),
        "state_now": ("pas disponible, arrêt par un superviseur",),
        "text": ("Bonjour Madame",),
        "unpaid": (0, 2, 11, 88),
        "until": (DAYS[8],),
        "waited": ("88:88",),
        "wanted": ("88",),
        "who": ("Mohammed Abderrahmane",),
        "why": ("No such file or directory",),
        "works_from": DAYS,
    }
)
TERMS: Mapping[str, str] = MappingProxyType(
    {
        "benefit": "benefit-",
        "category": "category-",
        "cause": "cause-",
        "document": "document-",
        "feed": "feed-",
        "half": "half-day-",
        "payment": "payment-",
        "place": "agency-kind-",
        "reason": "reason-",
        "subject": "subject-",
        "title": "disposition-",
        "tongue": "tongue-",
        "why": "not-ready-",
    }
)
"""Value → how the ids of its terms begin."""


def samples(name: str, catalogue: Catalogue) -> Samples:
    """Return the longest values that `$name` may have; none where it isn't known."""
    if knowledge.is_figure(name):
        return tuple(knowledge.values(name))
    if prefix := TERMS.get(name):
        return tuple(Term(message) for message in sorted(catalogue.messages) if message.startswith(prefix))
    return FIXED.get(name, ())
