"""The directory of agencies, mobile agencies and points of proximity."""

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import (
    CheckConstraint,
    Column,
    Double,
    Integer,
    Select,
    Table,
    Text,
    bindparam,
    case,
    func,
    or_,
    select,
    true,
)

from backend.db import metadata
from backend.examples import examples
from backend.opening_hours import OpeningHours
from backend.values import PersonName, Term, parsed
from backend.work import Work

KINDS = ("agency", "mobile", "point")

agencies = Table(
    "agencies",
    metadata,
    Column("code", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("name_ar", Text),
    Column("kind", Text, nullable=False),
    Column("city", Text, nullable=False),
    Column("postcode", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("hours", Text, nullable=False),
    Column("latitude", Double),  # degrees, with `longitude`
    Column("longitude", Double),
    CheckConstraint("kind in ('agency', 'mobile', 'point')", name="kind"),
    CheckConstraint("(latitude is null) = (longitude is null)", name="coordinates"),
)


@dataclass(frozen=True)
class Agency:
    """Where the fund receives people: an agency, a mobile one on its days, a point of proximity."""

    code: str
    name: PersonName
    kind: Literal["agency", "mobile", "point"]
    city: str
    postcode: str
    address: str
    hours: str

    @property
    def kind_term(self) -> Term:
        """What it is, as it is said."""
        return Term(f"agency-kind-{self.kind}")

    @property
    def opening(self) -> tuple[OpeningHours, ...]:
        """Its hours, each kind of days apart; none where they can't be said: the directory may write anything."""
        hours = parsed(OpeningHours.parse, self.hours)
        return hours.apart if hours else ()

    def __str__(self) -> str:
        return self.code


@examples(
    [
        Agency("A003", PersonName("Agence Sidi Ismaïl", "وكالة سيدي إسماعيل"), "agency", "Sidi Ismaïl", "24353",
               "3 rue de l'Exemple", "lun-ven 08:30-16:30"),
        Agency("M001", PersonName("Agence mobile Tiznit", "الوكالة المتنقلة تيزنيت"), "mobile", "Tiznit", "85000",
               "place du marché", "les jours de souk"),
    ],
    [],
)  # fmt: skip
def nearest(work: Work, postcode: str, limit: int = 3) -> list[Agency]:
    """Return the agencies nearest to a postcode, the nearest first; none where none shares even its first digit.

    Distances are from the middle of the agencies of that postcode, or of those that share most of its first digits.
    An agency without coordinates counts by its postcode: on the spot where it is the same, else after the others.
    """
    found = work.execute(_NEAREST, {"postcode": postcode, "limit": limit})
    return [
        Agency(
            row.code, PersonName(row.name, row.name_ar or ""), row.kind, row.city, row.postcode, row.address, row.hours
        )
        for row in found
    ]


_SOUGHT = bindparam("postcode", type_=Text)
_WHOLE = 5  # digits of a postcode


def _nearest() -> Select[Any]:
    """Return the statement. Distances are on a plane, in degrees of latitude: true enough within a country."""
    left = func.left
    alike = case(*((left(agencies.c.postcode, n) == left(_SOUGHT, n), n) for n in range(_WHOLE, 0, -1)), else_=0)
    located = select(agencies.c.latitude, agencies.c.longitude, alike.label("alike")).where(
        agencies.c.latitude.is_not(None), alike > 0
    )
    around = located.cte("around")
    middle = (
        select(func.avg(around.c.latitude).label("latitude"), func.avg(around.c.longitude).label("longitude"))
        .where(around.c.alike == select(func.max(around.c.alike)).scalar_subquery())
        .cte("middle")
    )
    north = agencies.c.latitude - middle.c.latitude
    east = (agencies.c.longitude - middle.c.longitude) * func.cos(func.radians(middle.c.latitude))
    distance = case((agencies.c.latitude.is_not(None), north * north + east * east), (alike == _WHOLE, 0.0))
    return (
        select(agencies)
        .join(middle, true())
        .where(or_(alike > 0, distance.is_not(None)))
        .order_by(distance.nulls_last(), alike.desc(), agencies.c.code)
        .limit(bindparam("limit", type_=Integer))
    )


_NEAREST = _nearest()
