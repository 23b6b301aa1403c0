"""Both ends of a call that waits for an advisor; claim files of the sample, and others of one person's."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from backend import feeds
from backend.wording import Language
from exchange.dialler import ORIGIN, Call
from tests.conftest import Dial, Texts
from tests.flows.advising import Carrier
from tests.flows.claims import KEY_OF, Asking, Feed

Wait = Callable[..., Call]
SAMPLE = Path(__file__).parents[1] / "feeds" / "sample"
OF_ANAS = {
    "file_number": "24031500042",
    "registration_number": "126604471",
    "beneficiary": "Anas",
    "care_date": "2024-03-01",
    "deposited_on": "2024-03-15",
    "status": "received",
    "status_date": "2024-03-15",
}


@pytest.fixture
def carrier(app: Flask) -> Carrier:
    """Return what the carrier tells."""
    return Carrier(app)


@pytest.fixture
def wait(dial: Dial) -> Wait:
    """Return what calls, asks for an advisor and waits; `recording` is the key pressed for it."""

    def waits(language: Language = "fr", *, recording: str = "2", **more: object) -> Call:
        call = dial(status_url=f"{ORIGIN}/voice/status", **more).keys(KEY_OF[language]).keys("0").hears("recording")
        return call.keys(recording)

    return waits


@pytest.fixture
def feed(environment: dict[str, str], tmp_path: Path) -> Feed:
    """Return what imports files of Anas's, each given by the cells that differ from one just deposited."""
    assert environment

    def imported(*rows: dict[str, str]) -> None:
        file = tmp_path / "of-anas.csv"
        whole = [OF_ANAS | row for row in rows]
        with file.open("w", encoding="utf-8", newline="") as opened:
            writer = csv.DictWriter(opened, list(dict.fromkeys(name for row in whole for name in row)))
            writer.writeheader()
            writer.writerows(whole)
        assert feeds.run_import("claims", file, lambda _progress: None).rejected == 0

    return imported


@pytest.fixture
def asking(dial: Dial, texts: Texts, tmp_path: Path) -> Asking:
    """Return what calls as the people of the sample, whose files are on record."""
    for kind in ("people", "claims"):
        file = shutil.copy(SAMPLE / f"{kind}.csv", tmp_path)
        assert feeds.run_import(kind, Path(file), lambda _progress: None).rejected == 0
    return Asking(dial, texts)
