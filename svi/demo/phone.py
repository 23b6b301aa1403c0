"""Whom to call as in the demonstration, as phones propose them: by service, in French and in Arabic.

Their form is that of `exchange.browser`: plain data, for the exchange knows nothing of ours.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

from backend.values import RegistrationNumber
from backend.work import business_day
from svi.demo import WHO, Caller, lists
from svi.demo.cast import Member, cast, words
from svi.demo.population import registered

Texts: TypeAlias = Mapping[str, str]
_LANGUAGES = ("fr", "ar")


def people(home: Path) -> list[dict[str, Any]]:
    """Return whom to call as: those listed by hand, then the cast of the lists of a home, as of the business day."""
    return [*by_hand(), *invented(lists.day(home), business_day())]


def by_hand() -> list[dict[str, Any]]:
    """Return everybody in `WHO`, those who identify themselves after those who register."""
    proposed = [_by_hand(caller) for caller in WHO]
    return sorted(proposed, key=lambda person: list(words()["groups"]).index(person["service"]))


def invented(of: date, today: date) -> list[dict[str, Any]]:
    """Return the cast of the lists `of` a day, as things are with them on `today`."""
    return [_member(member) for member in cast(registered(of), today)]


def _by_hand(caller: Caller) -> dict[str, Any]:
    is_number = len(caller.keys) == RegistrationNumber.longest
    told = words()["by_hand"][caller.keys]
    title, what_happens = ({name: told[name][place] for name in _LANGUAGES} for place in (0, 1))
    answers = {"number": caller.keys} if is_number else {"card": f"{caller.keys}#"}
    service = "identification" if is_number else "registration"
    return _person(service, title, what_happens, caller.mobile, answers | {"born": _born(caller.birth_date)})


def _member(member: Member) -> dict[str, Any]:
    person = member.insured.person
    told = words()[member.service][member.situation]
    names = {
        "fr": f"{person.first_name} {person.last_name}",
        "ar": f"{person.first_name_ar} {person.last_name_ar}",
    }
    between = {"fr": " : ", "ar": ": "}
    title = {name: names[name] + between[name] + told[name][0] for name in _LANGUAGES}
    answers = {"number": person.registration_number, "born": _born(person.born), **member.answers}
    what_happens = {name: told[name][1] for name in _LANGUAGES}
    return _person(member.service, title, what_happens, person.mobile, answers)


def _born(keys: str) -> str:
    return f"{keys}#" if len(keys) == len("1952") else keys


def _person(service: str, title: Texts, what_happens: Texts, mobile: str, answers: Mapping[str, str]) -> dict[str, Any]:
    group = words()["groups"][service]
    keyed = {"menu": group["menu"], **answers}
    return {
        "service": service,
        "group": {name: group[name] for name in _LANGUAGES},
        "title": title,
        "mobile": mobile,
        "what_happens": what_happens,
        "entries": [{"title": words()["entries"][question], "keys": keys} for question, keys in keyed.items()],
    }
