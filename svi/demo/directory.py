"""The invented directory of agencies: an agency in each town, some mobile, and points of proximity."""

from collections.abc import Iterator

from svi.demo.roster import table

_AGENCY = ("lun-ven 08:30-16:30", "lun-jeu 08:30-16:30, ven 08:30-12:00 14:00-16:30")
_MOBILE = ("mar 09:00-14:00", "jeu 09:00-13:00", "lun, mer 09:00-12:30")
_POINT = ("lun-sam 09:00-19:00", "lun-ven 09:00-12:30 15:00-19:00, sam 09:00-13:00")
KINDS = {
    "agency": ("A", "Agence {}", "وكالة {}", "12, avenue de l'Exemple", _AGENCY),
    "mobile": ("M", "Agence mobile {}", "الوكالة المتنقلة {}", "place du marché", _MOBILE),
    "point": ("P", "Point de proximité {}", "نقطة القرب {}", "7, rue de l'Exemple", _POINT),
}
"""Letter of the code, name in both languages, address, hours."""
EACH_WITH_MOBILE, EACH_WITH_POINT, EACH_WITHOUT_COORDINATES = 3, 2, 5
_APART = {"agency": 0.0, "mobile": 0.06, "point": 0.02}
"""Degrees of latitude from the middle of the town."""


def agencies() -> Iterator[dict[str, str]]:
    """Give the rows of the directory."""
    for place, town in enumerate(table("towns.csv")):
        yield _row("agency", place, town)
        if place % EACH_WITH_MOBILE == 1:
            yield _row("mobile", place, town)
        if place % EACH_WITH_POINT == 0:
            yield _row("point", place, town)


def _row(kind: str, place: int, town: dict[str, str]) -> dict[str, str]:
    letter, name, name_ar, address, hours = KINDS[kind]
    is_located = kind == "agency" or place % EACH_WITHOUT_COORDINATES
    latitude = f"{float(town['latitude']) + _APART[kind]:.4f}"
    return {
        "code": f"D{letter}{place + 1:02}",
        "name": name.format(town["city"]),
        "name_ar": name_ar.format(town["city_ar"]),
        "kind": kind,
        "city": town["city"],
        "postcode": town["postcode"],
        "address": address,
        "hours": hours[place % len(hours)],
        "latitude": latitude if is_located else "",
        "longitude": town["longitude"] if is_located else "",
    }
