"""Lists given in by the console: looked at, confirmed, brought in by the clock, followed, cancelled, erased."""

import os
import re
import threading
import time
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from backend import audit
from backend.feeds import importing, imports, looking, uploads
from backend.outbox import outbox
from backend.work import begin
from svi import uploading
from tests.conftest import REGISTERED
from tests.console.conftest import Browser
from tests.console.lists import BAD, HEADER, TEST, brings_in, found, gives, lies, on_file
from tests.waiting import PATIENCE

pytestmark = pytest.mark.usefixtures("lists_folder")


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
            lets_go.wait(PATIENCE)

    other = threading.Thread(target=import_elsewhere)
    other.start()
    assert holds.wait(PATIENCE)
    assert not brings_in()
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
