"""Agencies by SMS: as many as two segments hold, the nearest first."""

from pathlib import Path

import pytest

from backend import feeds, information, messages
from backend.values import Mobile, Postcode
from backend.wording import LANGUAGES, Language
from backend.wording.segments import MOST_SEGMENTS, segments
from backend.work import Actor, begin
from tests.conftest import Texts

TO = Mobile("+212661234567")
HEADER = "code,name,name_ar,kind,city,postcode,address,hours,latitude,longitude\n"


@pytest.fixture
def folder(environment: dict[str, str], tmp_path: Path) -> Path:
    """Return a folder for a directory of agencies."""
    assert environment
    return tmp_path


def sent(folder: Path, texts: Texts, language: Language, *rows: str) -> str:
    """Return the SMS of the agencies near 20000 that a directory gives, which takes two segments at most."""
    file = folder / "agencies.csv"
    file.write_text(HEADER + "\n".join(rows), encoding="utf-8")
    assert feeds.run_import("agencies", file, lambda _progress: None).rejected == 0
    with begin(Actor("call", "1")) as work:
        assert information.send(work, Postcode("20000"), TO, language) == messages.Sent(TO.ending)
    body = texts.newest("sms-agencies")
    assert segments(body) <= MOST_SEGMENTS
    return body


def test_three_with_their_hours_where_they_fit(folder: Path, texts: Texts) -> None:
    """A line each."""
    rows = (f"A{n},Agence {n},,agency,Casa,20000,{n} rue A,lun-ven 08:30-16:30,," for n in (1, 2, 3))
    assert sent(folder, texts, "fr", *rows).splitlines() == [
        "CNSS : Agence 1 : 1 rue A, Casa. lun-ven 8h30-16h30",
        "Agence 2 : 2 rue A, Casa. lun-ven 8h30-16h30",
        "Agence 3 : 3 rue A, Casa. lun-ven 8h30-16h30",
    ]


def test_hours_go_first_those_of_the_farthest_before_the_others(folder: Path, texts: Texts) -> None:
    """Then the farthest agency."""
    street = "boulevard de la Résistance et du Mouvement National - Maârif Nord"
    rows = [f"A{n},Agence {n},,agency,Casa,20000,{n} {street},lun-ven 08:30-16:30,," for n in (1, 2, 3)]
    lines = sent(folder, texts, "fr", *rows).splitlines()
    assert [line.endswith("8h30-16h30") for line in lines] == [True, True, False]
    longer = [row.replace(street, f"{street} - résidence des Oudayas - premier étage") for row in rows]
    assert len(sent(folder, texts, "fr", *longer).splitlines()) == 2


def test_accents_that_would_halve_the_room_are_left_out(folder: Path, texts: Texts) -> None:
    """«ï» and «ç» would make the whole SMS UCS-2; «é» stays, and Arabic letters are what they are."""
    row = (
        "A3,Agence Sidi Ismaïl,وكالة سيدي إسماعيل,agency,Sidi Ismaïl,20000,place du Maçon et du Marché,lun 9:00-12:00,,"
    )
    assert "Sidi Ismail : place du Macon et du Marché" in sent(folder, texts, "fr", row)
    assert "سيدي إسماعيل" in sent(folder, texts, "ar", row)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_address_that_fits_in_no_sms_leaves_the_name(folder: Path, texts: Texts, language: Language) -> None:
    """Rather than a third segment."""
    row = f"A1,Agence du Port,,agency,Casa,20000,{'rue très longue ' * 30},lun-ven 08:30-16:30,,"
    assert sent(folder, texts, language, row).endswith("Agence du Port")
