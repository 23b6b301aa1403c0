"""Lists that are refused, too large, named like a path, or full of scripts and formulas."""

import pytest

from backend.feeds import campaigns, room, uploads
from callcenter.console.administration import lists
from callcenter.console.spreadsheet import harmless
from tests.conftest import REGISTERED
from tests.console.conftest import Browser
from tests.console.lists import BAD, HEADER, given, gives, lies

pytestmark = pytest.mark.usefixtures("lists_folder")


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("a,b\n1,2\n", "people", "Colonnes absentes"),
        (HEADER.replace("mobile", "mobil") + "\n", "people", "Vouliez-vous dire \u2068mobile\u2069"),
        (b"\xff\xfea", "people", "UTF-8"),
        ("", "people", "vide"),
        (REGISTERED, "nothing", "Choisissez"),
        ("104228815\nabc\n", "campaign", "Numéro \u20682\u2069 de la liste"),
        (f"{HEADER}\n", "tns", "Colonnes absentes"),
        (f"{HEADER}\n" + "x" * 100_001, "people", "Ligne \u20682\u2069"),
        ("x" * 300_000, "people", "Ligne \u20681\u2069"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_as_a_whole(
    admin: Browser, text: str | bytes, kind: str, words: str
) -> None:
    """With the reason, which names the file as its giver does, and nothing of it is kept."""
    answer = given(admin, text, kind)
    assert answer.status_code == 400
    assert words in answer.text
    assert str(uploads.folder()) not in answer.text
    assert lies() == []


def test_a_campaign_of_a_size_that_no_list_of_numbers_has_is_refused(
    admin: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would be read into memory as a whole."""
    monkeypatch.setattr(campaigns, "LARGEST", 1_000)
    answer = given(admin, "104228815\n" * 101, "campaign")
    assert answer.status_code == 400
    assert "pas une liste de numéros" in answer.text
    assert lies() == []


def test_a_form_without_a_file_is_refused(admin: Browser) -> None:
    """So is one that is no form of ours."""
    assert admin.posts("lists", kind="people").status_code == 400


def test_a_file_that_is_too_large_is_not_taken(admin: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its size is known before it comes."""
    monkeypatch.setattr(uploads, "LARGEST", 1_000)
    monkeypatch.setattr(lists, "OF_THE_FORM", 1_000)
    answer = given(admin, REGISTERED + "x" * 10_000)
    assert answer.status_code == 413
    assert "trop grand" in answer.text


def test_a_file_larger_than_other_forms_is_taken(admin: Browser) -> None:
    """Streamed to the disk: 600 KB of empty lines are no row."""
    file = REGISTERED.encode() + b"\n" * 600_000
    head = b'--x\r\nContent-Disposition: form-data; name="%b"%b\r\n\r\n%b\r\n'
    body = head % (b"kind", b"", b"people") + head % (b"file", b'; filename="a.csv"', file) + b"--x--\r\n"
    form = "multipart/form-data; boundary=x"
    answer = admin.client.post("/console/lists", data=body, content_type=form, headers=admin.ours)
    assert "Lignes examinées : 1" in admin.client.get(answer.location).text


@pytest.mark.parametrize("name", ["<script>alert(1)</script>.csv", "../../etc/passwd", "لائحة العمال.csv", "L'été.csv"])
def test_a_name_is_shown_and_is_no_path(admin: Browser, name: str) -> None:
    """It is what the page calls the file, and nothing else."""
    number = gives(admin, REGISTERED, name=name)
    page = admin.opens(f"lists/{number}").text
    assert "<script>alert" not in page
    assert lies() == [f"{number}.list"]


def test_the_look_says_in_the_language_of_the_page_what_is_wrong(admin: Browser) -> None:
    """Column by column; the names of columns are the file's."""
    number = gives(admin, BAD)
    page = admin.opens(f"lists/{number}").text
    assert "n&#39;est pas un jour du calendrier" in page
    assert '<bdi dir="ltr" class="chip">birth_date</bdi>' in page
    assert "must" not in page
    admin.posts("look", language="ar")
    assert "ليست يوما من التقويم" in admin.opens(f"lists/{number}").text


def test_scripts_in_cells_are_text(admin: Browser) -> None:
    """In the reasons of the look, which quote them."""
    text = f"{HEADER}\n104228815,<script>alert(1)</script>,A,B,,,1975-09-18,cpu,<img src=x>,fr,Rabat,2022-01-10\n"
    page = admin.opens(f"lists/{gives(admin, text)}").text
    assert "<script>alert" not in page
    assert "<img src=x" not in page


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("@x", "'@x"),
        ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
        ("\t=1", "'\t=1"),
        ("+212661000111", "+212661000111"),
        ("-12.50", "-12.50"),
        ("L'Alami", "L'Alami"),
        ("", ""),
    ],
)
def test_no_cell_is_run_by_a_spreadsheet(cell: str, shown: str) -> None:
    """Numbers, and numbers of telephones, stay what they are."""
    assert harmless(cell) == shown


def test_twenty_lists_may_wait(admin: Browser) -> None:
    """For the next one somebody has to decide about one of them, and is told so."""
    many = [gives(admin, BAD) for _ in range(room.MOST_UNCONFIRMED)]
    refused = given(admin, BAD)
    assert refused.status_code == 409
    assert "Vingt listes attendent déjà" in refused.text
    admin.posts(f"lists/{many[0]}/cancel")
    assert given(admin, BAD).status_code == 303


def test_a_list_for_which_there_is_no_room_is_refused_before_it_comes(admin: Browser) -> None:
    """By all that lies there already, of whatever state."""
    with (uploads.folder() / "1.list").open("wb") as file:
        file.truncate(room.ROOM)
    refused = given(admin, BAD)
    assert refused.status_code == 507
    assert "plus de place" in refused.text
