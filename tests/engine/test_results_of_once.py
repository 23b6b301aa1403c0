"""Results of `once` go into the journal with their types, and come back as they were."""

import dataclasses
import importlib
import pkgutil
from datetime import UTC, date, datetime
from decimal import Decimal
from types import ModuleType
from typing import Any

import orjson
import pytest

import backend
import callcenter
from backend.identity import Claim, CodeSent, Expired, Insured, Refused, TooMany
from backend.registrations import Completed, Presented
from backend.values import (
    BankAccount,
    BirthDate,
    Dirhams,
    FewDigits,
    Mobile,
    Month,
    PersonId,
    PersonName,
    RegistrationNumber,
    Term,
)
from callcenter.callbacks import Promised
from callcenter.hours import Opening
from ivr import results

DAY = date(2024, 3, 20)


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        0,
        "",
        "!asked",
        [],
        [1, [2, None]],
        (1, ("a", 2)),
        DAY,
        datetime(2024, 3, 20, 12, tzinfo=UTC),
        Dirhams("1250.50"),
        Month(2024, 3),
        Mobile("+212661000777"),
        BankAccount("230810000123456789012321"),
        BirthDate(DAY, year_only=True),
        PersonName("Salma", "سلمى"),
        Term("category-doctor"),
        Insured(PersonId(7), 9),
        Claim(None, "ab", FewDigits("07"), "code"),
        CodeSent(1, datetime(2024, 3, 20, 12, tzinfo=UTC)),
        Refused(2),
        Expired(),
        TooMany(),
        Presented(PersonName("a"), Term("b"), complete=False),
        Completed(RegistrationNumber("190000001"), Month(2024, 1), DAY, opened=True, portal_from=None),
        Opening(now=False, opens=DAY, first=DAY, second=DAY),
        Promised(DAY, Term("half-day-morning"), FewDigits("77")),
    ],
)
def test_a_result_comes_back_as_it_was(value: Any) -> None:
    """Through JSON, equal and of the same type."""
    back = results.decode(orjson.loads(orjson.dumps(results.encode(value))))
    assert (back, type(back)) == (value, type(value))


@dataclasses.dataclass
class Ours:
    """A type of the tests."""


@pytest.mark.parametrize(
    "value", [Ours(), {"a": 1}, 1.5, Decimal("1.5"), object(), list(range(21)), tuple(range(21)), b"x", Term]
)
def test_what_may_not_be_a_result(value: Any) -> None:
    """Types of elsewhere, floats, bytes, mappings, more than twenty items."""
    with pytest.raises(TypeError, match="result of once"):
        results.encode(value)


def modules(package: ModuleType) -> list[ModuleType]:
    """Return a package's modules."""
    names = [info.name for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")]
    return [importlib.import_module(name) for name in names if not name.endswith("__main__")]


def test_every_type_that_a_flow_may_learn_is_found_by_its_name() -> None:
    """A type that could be written and not be read again would cost a caller the call."""
    kinds = [
        kind
        for package in (backend, callcenter)
        for module in modules(package)
        for kind in vars(module).values()
        if isinstance(kind, type) and dataclasses.is_dataclass(kind) and kind.__module__ == module.__name__
    ]
    assert len(kinds) > 10
    for kind in kinds:
        assert results._type(results._name(kind)) is kind
