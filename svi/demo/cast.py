"""Whom to call as, besides those listed by hand: for each situation, the first invented person who is in it."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml

from backend.values import Month
from svi.demo import situations
from svi.demo.population import Registered

SERVICES = ("contributions", "claims", "rights")


class Member(NamedTuple):
    """Somebody to call as, for one service; `situation` is one of `svi.demo.situations`."""

    service: str
    situation: str
    insured: Registered
    answers: Mapping[str, str]
    """What else is keyed: the name of the question → its keys."""


@cache
def words() -> dict[str, Any]:
    """Return `words.yaml`."""
    found: dict[str, Any] = yaml.safe_load(files(__package__).joinpath("words.yaml").read_text("utf-8"))
    return found


def cast(everybody: Iterable[Registered], today: date) -> list[Member]:
    """Return one person with a mobile for each situation that has words and exists on `today`, nobody twice."""
    found: dict[str, list[Registered]] = {}
    for insured in everybody:
        if insured.person.mobile:
            for situation in situations.of(insured, today):
                found.setdefault(situation, []).append(insured)
    taken: set[str] = set()
    members = []
    for service in SERVICES:
        for situation in words()[service]:
            free = [each for each in found.get(situation, ()) if each.person.registration_number not in taken]
            for first in free[:1]:
                taken.add(first.person.registration_number)
                members.append(Member(service, situation, first, _answers(situation, first, today)))
    return members


def _answers(situation: str, insured: Registered, today: date) -> dict[str, str]:
    benefit = situation.partition("-")[0]
    if benefit == "claim":
        return {"file": f"{max(claim.file_number for claim in insured.claims)}#"}
    if benefit == "unemployment":
        last = max(salary.month for salary in insured.salaries)
        return {"last-day-worked": f"{(last + 1).first_day - timedelta(1):%d%m%Y}"}
    if benefit == "maternity":
        return {"leave-start": f"{Month.of(today).first_day:%d%m%Y}"}
    return {}
