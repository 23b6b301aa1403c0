"""Lists given in by the console: looked at, confirmed, brought in by the clock, followed, cancelled, erased."""

import io
import os
import re
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from werkzeug.test import TestResponse

from backend import audit
from backend.feeds import campaigns, importing, imports, looking, room, uploads
from backend.outbox import outbox
from backend.people import people
from backend.settings import settings
from backend.work import Actor, begin
from callcenter.console.administration import lists
from callcenter.console.spreadsheet import harmless
from svi import uploading
from tests.conftest import REGISTERED
from tests.console.conftest import Browser, Hire

TEST = Actor("command", "test")
HEADER = REGISTERED.splitlines()[0]
GOOD_ROW = "104228815,CD118203,Alaoui,Hicham,,,1975-09-18,cpu,+212661000201,fr,Rabat,2022-01-10"
BAD = f"{HEADER}\n{GOOD_ROW}\n12,XX,=cmd(),A,,,x,y,,,,\n"


@pytest.fixture
def admin(hire: Hire, browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    """Return a browser in which an administrator is signed in; lists lie in a folder of this test's own."""
    monkeypatch.setenv("SVI_HOME", str(tmp_path / "home"))
    settings.cache_clear()
    hire("admin", "administrator", "Aïcha Admin")
    browser.signs_in("admin")
    yield browser
    assert not list(uploads.folder().glob("*.part"))


def gives(browser: Browser, text: str | bytes, kind: str = "people", name: str = "liste.csv") -> int:
    """Give a list in; return its number."""
    answer = given(browser, text, kind, name)
    assert answer.status_code == 303, answer.text
    return int(answer.location.rpartition("/")[2])


def given(browser: Browser, text: str | bytes, kind: str = "people", name: str = "liste.csv") -> TestResponse:
    """Give a list in; return the answer."""
    data = text.encode() if isinstance(text, str) else text
    return browser.posts("lists", kind=kind, file=(io.BytesIO(data), name))


def brings_in() -> bool:
    """Do what the clock does once a second."""
    return uploading.bring_in_next(lambda: False)


def found(upload: int) -> uploads.Upload:
    """Return a list."""
    with begin(TEST) as work:
        return uploads.find(work, upload)


def on_file() -> int:
    """Count people."""
    with begin(TEST) as work:
        return int(work.execute(select(func.count()).select_from(people)).scalar_one())


def lies() -> list[str]:
    """Return what lies in the folder of lists."""
    return sorted(path.name for path in uploads.folder().iterdir())


def test_a_list_is_looked_at_confirmed_and_brought_in(admin: Browser) -> None:
    """Nothing is done before it is confirmed; its file is gone at the end; its rejected rows can be fetched."""
    number = gives(admin, BAD)
    look = admin.opens(f"lists/{number}").text
    assert "registration_number" in look
    assert "Rejetées : 1" in look
    assert not brings_in()
    assert on_file() == 0
    admin.posts(f"lists/{number}/confirm")
    assert "data-live" in admin.opens(f"lists/{number}").text
    assert brings_in()
    assert on_file() == 1
    ended = found(number)
    assert (ended.state, ended.counts.added, ended.counts.rejected) == ("ended", 1, 1)
    assert lies() == [f"{number}.list.rejected.csv"]
    csv = admin.opens(f"lists/{number}/rejected.csv")
    assert csv.headers["Content-Type"].startswith("text/csv")
    assert csv.text.startswith("line,reason,registration_number")
    assert "'=cmd()" in csv.text


def test_what_is_brought_in_is_done_by_who_confirmed_it(admin: Browser) -> None:
    """In the audit log; and among past imports, once."""
    number = gives(admin, BAD)
    admin.posts(f"lists/{number}/confirm")
    brings_in()
    with begin(TEST) as work:
        rows = work.execute(select(audit.audit).where(audit.audit.c.action.like("upload.%"))).all()
        imported = work.execute(select(audit.audit).where(audit.audit.c.action == "people.imported")).one()
        admin.opens(f"lists/{number}/rejected.csv")
        fetched = work.execute(select(audit.audit).where(audit.audit.c.action == "upload.rejects-fetched")).one()
    assert [row.action for row in rows] == ["upload.received", "upload.confirmed", "upload.ended"]
    assert (fetched.actor, fetched.details) == ("1", {"upload": number})
    assert (imported.actor_kind, imported.actor, imported.reason) == ("advisor", "1", f"upload {number}")
    assert admin.opens("lists").text.count("liste.csv") == 1


def test_the_same_file_twice_changes_nothing_and_the_look_says_so(admin: Browser) -> None:
    """Each row is unchanged."""
    first = gives(admin, REGISTERED)
    admin.posts(f"lists/{first}/confirm")
    brings_in()
    number = gives(admin, REGISTERED)
    look = admin.opens(f"lists/{number}").text
    admin.posts(f"lists/{number}/confirm")
    brings_in()
    assert "déjà été importé" in look
    assert found(number).counts.unchanged == 1
    assert on_file() == 1


def test_confirmed_twice_it_is_brought_in_once(admin: Browser) -> None:
    """A double click; and cancelling afterwards changes nothing."""
    number = gives(admin, REGISTERED)
    admin.posts(f"lists/{number}/confirm")
    assert admin.posts(f"lists/{number}/confirm").location.endswith("list-is-past")
    brings_in()
    assert not brings_in()
    assert admin.posts(f"lists/{number}/cancel").location.endswith("list-is-past")
    assert found(number).state == "ended"


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("a,b\n1,2\n", "people", "no column"),
        (HEADER.replace("mobile", "mobil") + "\n", "people", "did you mean mobile?"),
        (b"\xff\xfea", "people", "UTF-8"),
        ("", "people", "vide"),
        (REGISTERED, "nothing", "Choisissez"),
        ("104228815\nabc\n", "campaign", "entry 2"),
        (f"{HEADER}\n", "tns", "no column"),
        (f"{HEADER}\n" + "x" * 100_001, "people", "line 2"),
        ("x" * 300_000, "people", "line 1"),
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
    assert "larger than" in answer.text
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


def test_scripts_in_cells_are_text(admin: Browser) -> None:
    """In the reasons of the look, which quote them."""
    text = f"{HEADER}\n104228815,<script>alert(1)</script>,A,B,,,1975-09-18,cpu,<img src=x>,fr,Rabat,2022-01-10\n"
    page = admin.opens(f"lists/{gives(admin, text)}").text
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_a_list_that_nobody_wants_is_cancelled_and_erased(admin: Browser) -> None:
    """At once; and one that nobody confirms within a day by itself."""
    number, other = gives(admin, REGISTERED), gives(admin, BAD)
    admin.posts(f"lists/{number}/cancel")
    assert lies() == [f"{other}.list"]
    with begin(TEST) as work:
        long_ago = work.now - uploads.UNCONFIRMED_KEPT - timedelta(minutes=1)
        work.execute(update(uploads.uploads).values(received_at=long_ago))
        uploads.erase(work)
    assert lies() == []
    assert found(other).state == "cancelled"


@pytest.mark.usefixtures("admin")
def test_what_is_being_received_is_not_erased() -> None:
    """Its row is not to be seen yet by whoever erases; of one whose row never came, the file goes after a day."""
    assert lies() == []
    with suppress(KeyError), begin(TEST) as work:
        part = uploads.folder() / "x.part"
        part.write_text(REGISTERED)
        seen = uploads.check("people", part), looking.look("people", part)
        taken = uploads.receive(work, "people", "a.csv", *seen, part)
        with begin(TEST) as another:
            uploads.erase(another)
        assert taken.path.exists()
        raise KeyError("the row never comes")
    day_before = time.time() - uploads.UNCONFIRMED_KEPT.total_seconds() - 60
    os.utime(taken.path, (day_before, day_before))
    with begin(TEST) as work:
        assert uploads.erase(work) == 1
    assert lies() == []


def test_a_list_at_which_the_program_fails_holds_up_no_other(admin: Browser) -> None:
    """It has failed, with what it was; the next one is brought in."""
    first, second = gives(admin, REGISTERED), gives(admin, BAD)
    for number in (first, second):
        admin.posts(f"lists/{number}/confirm")

    def fails() -> bool:
        raise KeyError("nobody thought of it")

    assert uploading.bring_in_next(fails)
    assert (found(first).state, found(first).why) == ("failed", "KeyError")
    assert brings_in()
    assert found(second).state == "ended"


def test_rejected_rows_are_erased_after_a_week(admin: Browser) -> None:
    """And the page says so."""
    number = gives(admin, BAD)
    admin.posts(f"lists/{number}/confirm")
    brings_in()
    with begin(TEST) as work:
        long_ago = work.now - uploads.REJECTS_KEPT - timedelta(minutes=1)
        work.execute(update(uploads.uploads).values(ended_at=long_ago))
        uploads.erase(work)
    assert lies() == []
    assert admin.opens(f"lists/{number}/rejected.csv").status_code == 404
    assert "est effacé" in admin.opens(f"lists/{number}").text


def many(rows: int) -> str:
    """Return a list of so many people."""
    lines = (f"{100_000_000 + n},AB{n:06},Nom,Prénom,,,1975-09-18,cpu,,fr,Rabat,2022-01-10" for n in range(rows))
    return "\n".join([HEADER, *lines]) + "\n"


def test_an_import_that_was_interrupted_goes_on(admin: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock is told to end after a batch; the next one brings in the rest, and counts on."""
    monkeypatch.setattr(importing, "BATCH", 10)
    number = gives(admin, many(35))
    admin.posts(f"lists/{number}/confirm")
    asked: list[int] = []

    def is_over() -> bool:
        asked.append(on_file())
        return len(asked) == 2

    uploading.bring_in_next(is_over)
    assert found(number).state == "running"
    assert found(number).counts.added == 20
    assert 'value="' in admin.client.get(f"/console/lists/{number}", headers={"X-Console": "script"}).text
    assert brings_in()
    assert (found(number).state, found(number).counts.added, on_file()) == ("ended", 35, 35)


def test_an_import_under_way_is_cancelled(admin: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is in stays in; given in again, the list begins afresh."""
    monkeypatch.setattr(importing, "BATCH", 10)
    number = gives(admin, many(35))
    admin.posts(f"lists/{number}/confirm")

    def cancels() -> bool:
        with begin(TEST) as work:
            uploads.cancel(work, number)
        return False

    uploading.bring_in_next(cancels)
    assert found(number).state == "cancelled"
    assert on_file() < 35
    assert lies() == []
    assert "reste en place" in admin.opens(f"lists/{number}").text
    again = gives(admin, many(35))
    admin.posts(f"lists/{again}/confirm")
    brings_in()
    assert on_file() == found(again).counts.rows == 35


def test_only_one_list_is_brought_in_at_a_time(admin: Browser) -> None:
    """While an operator imports, it waits."""
    number = gives(admin, REGISTERED)
    admin.posts(f"lists/{number}/confirm")
    holds, lets_go = threading.Event(), threading.Event()

    def import_elsewhere() -> None:
        with imports.alone():
            holds.set()
            lets_go.wait(20)

    other = threading.Thread(target=import_elsewhere)
    other.start()
    assert holds.wait(20)
    began = time.monotonic()
    assert not brings_in()
    assert time.monotonic() - began < 3
    lets_go.set()
    other.join()
    assert brings_in()


@pytest.mark.usefixtures("listed")
def test_a_campaign_goes_after_its_count_was_typed(admin: Browser) -> None:
    """Shown in both languages; told once each, however often it is given in."""
    number = gives(admin, "104228815\n104228815\n999999999\n", "campaign", "printemps.txt")
    page = admin.opens(f"lists/{number}").text
    assert "Personnes dans la liste : 2" in page
    assert 'lang="ar"' in page
    assert admin.posts(f"lists/{number}/confirm", count="3").status_code == 400
    assert not brings_in()
    admin.posts(f"lists/{number}/confirm", count="2")
    assert brings_in()
    counts = found(number).counts
    assert (counts.added, counts.rejected) == (1, 1)
    again = gives(admin, "104228815\n104228815\n999999999\n", "campaign", "printemps.txt")
    admin.posts(f"lists/{again}/confirm", count="2")
    brings_in()
    with begin(TEST) as work:
        sent = work.execute(select(func.count()).select_from(outbox)).scalar_one()
    assert sent == 1
    assert "printemps.txt" in admin.opens("messages").text
    assert lies() == []


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


def test_every_kind_has_its_name(admin: Browser) -> None:
    """The form offers all eight."""
    assert len(re.findall(r'<option value="\w+">', admin.opens("lists").text)) == 8


def test_a_list_is_looked_at_once_and_what_was_seen_is_forgotten_when_somebody_decides(admin: Browser) -> None:
    """No page reads the file again; reasons quote what is in rows, so they are sealed meanwhile."""
    upload = gives(admin, BAD)
    page = admin.opens(f"lists/{upload}").text
    os.truncate(found(upload).path, 0)
    assert admin.opens(f"lists/{upload}").text == page
    assert "registration_number" in page
    admin.posts(f"lists/{upload}/cancel")
    with begin(TEST) as work:
        assert work.execute(select(uploads.uploads.c.look)).scalar_one() is None


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
