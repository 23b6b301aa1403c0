"""Feeds: records in batches, through the importer of files; a key makes sending again harmless."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from io import BytesIO
from threading import Barrier
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from backend import db
from backend.api import batches, requests
from backend.audit import audit
from backend.feeds import imports
from backend.work import Actor, begin
from tests.api.conftest import Machine, MachineWith
from tests.api.test_problems import told
from tests.feeds.lists import A_SELF_EMPLOYED, SAMPLE, somebody

Count = Callable[[str], int]


@pytest.fixture
def feeder(machine: MachineWith) -> Machine:
    """Return a system that may bring records in."""
    return machine("feeds:write")


def counts(body: dict[str, Any]) -> tuple[int, int, int, int]:
    """Return added, changed, unchanged, rejected."""
    return body["added"], body["changed"], body["unchanged"], body["rejected"]


def test_records_come_in_as_those_of_a_file(feeder: Machine) -> None:
    """The same columns; amounts as texts or as numbers; what is posted again changes nothing."""
    assert counts(feeder.feed("people", A_SELF_EMPLOYED, key="1").get_json()) == (1, 0, 0, 0)
    charge = SAMPLE["contributions"]
    assert counts(feeder.feed("contributions", charge, key="2").get_json()) == (1, 0, 0, 0)
    assert counts(feeder.feed("contributions", charge, key="3").get_json()) == (0, 0, 1, 0)
    corrected = charge | {"contribution": 250.50}
    assert counts(feeder.feed("contributions", corrected, key="4").get_json()) == (0, 1, 0, 0)


@pytest.mark.parametrize("kind", SAMPLE)
def test_every_kind_of_file_is_a_feed(feeder: Machine, kind: str) -> None:
    """`/feeds/{kind}` for each `svi import KIND`."""
    feeder.feed("people", A_SELF_EMPLOYED, key="people")
    assert counts(feeder.feed(kind, SAMPLE[kind]).get_json()) == (1, 0, 0, 0)


def test_a_record_that_cannot_be_used_stops_no_other(feeder: Machine) -> None:
    """Each rejected one is told with its place and its reason."""
    unknown = SAMPLE["salaries"] | {"registration_number": "999999999"}
    wrong = SAMPLE["salaries"] | {"days": "32"}
    feeder.feed("people", A_SELF_EMPLOYED, key="people")
    body = feeder.feed("salaries", wrong, "nonsense", SAMPLE["salaries"], unknown, {"pai": "1"}, SAMPLE["salaries"])
    assert counts(body.get_json()) == (1, 0, 0, 5)
    reasons = {each["record"]: each["reason"] for each in body.get_json()["rejections"]}
    assert list(reasons) == [1, 2, 4, 5, 6]
    assert reasons[1].startswith("days: must be 0 to 31")
    assert "not a JSON object" in reasons[2]
    assert "no person has the registration number" in reasons[4]
    assert "did you mean pay?" in reasons[5]
    assert "on an earlier line" in reasons[6]


def test_one_record_a_line_is_a_batch_too(feeder: Machine) -> None:
    """`application/x-ndjson`: empty lines are passed over, one that isn't JSON is rejected alone."""
    lines = "\n".join([json.dumps(A_SELF_EMPLOYED), "", "{broken", ""])
    headers = {"Idempotency-Key": "1", "Content-Type": "application/x-ndjson"}
    body = feeder.post("/feeds/people", data=lines.encode(), headers=headers).get_json()
    assert counts(body) == (1, 0, 0, 1)
    assert body["rejections"][0]["record"] == 2


def test_the_same_request_gets_the_same_answer_and_has_no_effect(feeder: Machine, count: Count) -> None:
    """The stored answer, byte for byte; whatever happened since stays."""
    first = feeder.feed("people", A_SELF_EMPLOYED)
    feeder.feed("people", A_SELF_EMPLOYED | {"city": "Agadir"}, key="later")
    again = feeder.feed("people", A_SELF_EMPLOYED)
    assert (again.status_code, again.data, again.content_type) == (200, first.data, first.content_type)
    assert counts(again.get_json()) == (1, 0, 0, 0)
    assert somebody().city == "Agadir"
    assert count("requests") == 2


def test_a_key_is_for_one_request(feeder: Machine) -> None:
    """Another body, or the same body of another kind, under a key that was used: 422, and nothing is done."""
    feeder.feed("people", A_SELF_EMPLOYED)
    told(feeder.feed("people", A_SELF_EMPLOYED | {"city": "Agadir"}), 422, "key-reused")
    told(feeder.feed("tns", A_SELF_EMPLOYED), 422, "key-reused")
    assert somebody().city is None


def test_keys_are_each_system_s_own(machine: MachineWith) -> None:
    """Two systems may use the same key."""
    one, other = machine("feeds:write", name="one"), machine("feeds:write", name="other")
    assert counts(one.feed("people", A_SELF_EMPLOYED).get_json()) == (1, 0, 0, 0)
    assert counts(other.feed("people", A_SELF_EMPLOYED).get_json()) == (0, 0, 1, 0)


@pytest.mark.parametrize("key", [None, "", "with space", "k" * 256, "clé"])
def test_a_key_is_required(feeder: Machine, key: str | None) -> None:
    """1 to 255 visible characters, or 422."""
    headers = {"Idempotency-Key": key} if key is not None else {}
    body = told(feeder.post("/feeds/people", json=[A_SELF_EMPLOYED], headers=headers), 422, "invalid")
    assert [error["parameter"] for error in body["errors"]] == ["idempotency-key"]  # type: ignore[attr-defined]


def test_the_same_request_twice_at_once_has_one_effect(feeder: Machine, count: Count) -> None:
    """One is answered, the others the same or "in a moment"; sent again, they get that answer."""
    together = Barrier(6)

    def send(_: int) -> Any:
        together.wait()
        return feeder.feed("people", A_SELF_EMPLOYED)

    with ThreadPoolExecutor(6) as threads:
        sent = list(threads.map(send, range(6)))
    assert {answer.status_code for answer in sent} <= {200, 409}
    answered = {answer.data for answer in sent if answer.status_code == 200}
    assert len(answered) == 1
    assert feeder.feed("people", A_SELF_EMPLOYED).data in answered
    assert (count("people"), count("requests")) == (1, 1)


def test_a_batch_is_one_transaction_with_its_answer(feeder: Machine, count: Count) -> None:
    """What fails in the middle leaves neither records nor an answer, and may be sent again."""
    with db.engine().begin() as connection:
        connection.exec_driver_sql("alter table requests add constraint no_answer check (false) not valid")
    try:
        assert feeder.feed("people", A_SELF_EMPLOYED).status_code == 500
        assert (count("people"), count("requests")) == (0, 0)
    finally:
        with db.engine().begin() as connection:
            connection.exec_driver_sql("alter table requests drop constraint no_answer")
    assert counts(feeder.feed("people", A_SELF_EMPLOYED).get_json()) == (1, 0, 0, 0)


def test_while_a_file_is_imported_a_batch_waits_outside(feeder: Machine) -> None:
    """503 at once, so that no thread that answers calls is held; then it is taken."""
    with imports.alone():
        answer = feeder.feed("people", A_SELF_EMPLOYED)
        told(answer, 503, "busy")
        assert int(answer.headers["Retry-After"]) > 0
    assert counts(feeder.feed("people", A_SELF_EMPLOYED).get_json()) == (1, 0, 0, 0)


@pytest.mark.parametrize(
    ("body", "content_type", "status", "kind"),
    [
        (b"[]", "application/json", 400, "malformed"),
        (b"", "application/json", 400, "malformed"),
        (b"{}", "application/json", 400, "malformed"),
        (b"[" * 100_000, "application/json", 400, "malformed"),
        (b"[" + b"9" * 5_000 + b"]", "application/json", 400, "malformed"),
        (b"\xff\xfe", "application/x-ndjson", 400, "malformed"),
        (b"\n\n", "application/x-ndjson", 400, "malformed"),
        (b"cin,last_name\n", "text/csv", 415, "media-type"),
        (b"[" + b"0," * batches.MOST_RECORDS + b"0]", "application/json", 413, "too-large"),
        (b" " * (batches.LARGEST + 1), "application/json", 413, "too-large"),
    ],
)
def test_a_body_that_cannot_be_used_as_a_whole(
    feeder: Machine, body: bytes, content_type: str, status: int, kind: str
) -> None:
    """Neither JSON nor lines, of another type, too large: told, and nothing is done."""
    headers = {"Idempotency-Key": "1", "Content-Type": content_type}
    told(feeder.post("/feeds/people", data=body, headers=headers), status, kind)


def test_a_body_sent_in_chunks_is_never_cut_off(feeder: Machine, count: Count) -> None:
    """Without a length in front it is refused as a whole too: what lies beyond the limit isn't lost in silence."""
    line = json.dumps(A_SELF_EMPLOYED).encode() + b"\n"
    for size, status in ((len(line) * 3, 200), (batches.LARGEST, 413), (batches.LARGEST + 1, 413)):
        answer = feeder.post(
            "/feeds/people",
            input_stream=BytesIO((line + b" " * size)[:size]),
            headers={
                "Idempotency-Key": str(size),
                "Content-Type": "application/x-ndjson",
                "Transfer-Encoding": "chunked",
            },
            environ_overrides={"wsgi.input_terminated": True},
        )
        assert answer.status_code == status
    assert count("requests") == 1


@pytest.mark.parametrize("cell", ["a\0b", "\ud800", "x" * 5_000, -1, 1.5, True, None, [], {}, 10**400])
def test_any_cell_is_taken_or_refused(feeder: Machine, cell: object) -> None:
    """Whatever JSON holds: never a fault of ours."""
    answer = feeder.feed("people", A_SELF_EMPLOYED | {"last_name": cell})
    assert answer.status_code == 200


def test_a_feed_that_is_none_is_not_found(feeder: Machine) -> None:
    """The kinds there are, are told."""
    assert "people" in str(told(feeder.feed("persons", A_SELF_EMPLOYED), 404, "not-found")["detail"])


def test_reasons_are_stored_sealed_and_not_for_long(feeder: Machine, count: Count) -> None:
    """An answer may name people; after two days the clock erases it."""
    feeder.feed("salaries", SAMPLE["salaries"])
    with db.engine().connect() as connection:
        assert b"104228815" not in connection.execute(select(requests.requests.c.answer)).scalar_one()
    with time_machine.travel(datetime.now(UTC) + timedelta(days=3)), begin(Actor("job", "clock")) as work:
        assert requests.erase_old(work) == 1
    assert count("requests") == 0


def test_a_batch_is_audited_by_the_name_of_the_token(feeder: Machine) -> None:
    """Who brought in how many of what."""
    feeder.feed("people", A_SELF_EMPLOYED)
    with db.engine().connect() as connection:
        row = connection.execute(select(audit).where(audit.c.action == "people.imported")).one()
    assert (row.actor_kind, row.actor) == ("machine", "payroll")
    assert row.details == {"added": 1, "changed": 0, "unchanged": 0, "rejected": 0}
