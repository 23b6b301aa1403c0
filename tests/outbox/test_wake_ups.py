"""Redis carries wake-ups only: losing it, or finding it full of somebody else's jobs, harms nothing."""

import os
import socket
from pathlib import Path

import pytest
from redis import Redis
from rq import Queue, SimpleWorker
from rq.job import Job
from rq.serializers import DefaultSerializer, JSONSerializer

from backend import jobs, outbox
from svi import clock, worker
from tests.conftest import forget

from .promising import Provider, deliver, promise_code, promise_information, state


@pytest.fixture
def burst(provider: Provider) -> SimpleWorker:
    """Return the worker as `svi worker` makes it; the provider is there."""
    assert provider.base
    return worker.make()


def waiting() -> int:
    """Count the jobs in the queue."""
    return Queue(jobs.QUEUE, connection=jobs.connection(), serializer=JSONSerializer).count


def test_a_hundred_promises_are_one_wake_up_until_it_is_taken(provider: Provider, burst: SimpleWorker) -> None:
    """Never one job a webhook; what is promised while a job runs wakes again."""
    for number in range(100):
        promise_code(f"code:{number}")
    assert waiting() == 1
    burst.work(burst=True, logging_level="ERROR")
    assert waiting() == 0
    promise_code("code:100")
    assert waiting() == 1
    assert len(provider.took()) > 0


def test_flushall_loses_no_promise(provider: Provider) -> None:
    """The truth is in PostgreSQL: the clock finds what nobody was woken for."""
    promise_information()
    jobs.connection().flushall()
    clock.sweep_outbox()
    assert (state("registration:1"), len(provider.took())) == ("handed", 1)


def test_a_redis_that_is_away_at_the_commit_loses_no_promise(
    provider: Provider, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The commit stands, the failed wake-up is logged, and clock and jobs do without Redis."""
    monkeypatch.setenv("REDIS_URL", f"unix://{tmp_path}/nothing")
    forget()
    promise_code()
    assert state("code:1") == "queued"
    clock.sweep_outbox()
    assert (state("code:1"), len(provider.took())) == ("handed", 1)


def test_a_redis_that_hangs_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A caller waits half a second at most: its connection gives up then."""
    with socket.create_server(("127.0.0.1", 0), backlog=8) as silent:
        monkeypatch.setenv("REDIS_URL", f"redis://127.0.0.1:{silent.getsockname()[1]}")
        forget()
        promise_code()
        assert state("code:1") == "queued"
        waits = jobs.connection().connection_pool.connection_kwargs
        assert max(waits["socket_timeout"], waits["socket_connect_timeout"]) <= 0.5


@pytest.mark.parametrize(
    ("function", "arguments"),
    [("os.mkdir", ("{folder}",)), ("svi.jobs.hand_over", ("{folder}",)), ("backend.outbox.erase", ())],
)
def test_a_job_that_is_not_on_the_list_is_refused(
    burst: SimpleWorker, tmp_path: Path, function: str, arguments: tuple[str, ...]
) -> None:
    """Whoever can write to Redis can't choose what a worker runs."""
    folder = tmp_path / "made"
    queue = Queue(jobs.QUEUE, connection=jobs.connection(), serializer=JSONSerializer)
    job = queue.enqueue(function, *(each.format(folder=folder) for each in arguments), result_ttl=60)
    burst.work(burst=True, logging_level="CRITICAL")
    assert job.get_status(refresh=True) == "failed"
    assert not folder.exists()


def test_a_job_s_callbacks_and_webhooks_are_not_called(burst: SimpleWorker) -> None:
    """A listed function is no carrier for others."""
    queue = Queue(jobs.QUEUE, connection=jobs.connection(), serializer=JSONSerializer)
    job = queue.enqueue(jobs.FUNCTIONS["hand-over"], result_ttl=60)
    jobs.connection().hset(job.key, mapping={"success_callback_name": "os.abort", "failure_callback_name": "os.abort"})
    burst.work(burst=True, logging_level="CRITICAL")
    assert job.get_status(refresh=True) == "finished"


def test_a_pickled_job_is_refused_unopened(burst: SimpleWorker, tmp_path: Path) -> None:
    """Jobs are JSON: nothing in Redis becomes code."""
    folder = tmp_path / "made"
    queue = Queue(jobs.QUEUE, connection=jobs.connection(), serializer=DefaultSerializer)
    queue.enqueue(os.mkdir, str(folder))
    burst.work(burst=True, logging_level="CRITICAL")
    assert not folder.exists()


def test_every_job_on_the_list_exists() -> None:
    """The list and the functions do not drift apart."""
    for function in jobs.FUNCTIONS.values():
        assert callable(Job.create(function, connection=Redis()).func)


def test_a_job_that_fails_says_nothing_of_it_in_redis(burst: SimpleWorker, monkeypatch: pytest.MonkeyPatch) -> None:
    """RQ would keep the text of an exception, and a database's text can quote a row."""
    promise_code()
    monkeypatch.delenv("TWILIO_AUTH_TOKEN")
    forget()
    burst.work(burst=True, logging_level="CRITICAL")
    assert state("code:1") in {"sending", "uncertain"}
    assert waiting() == 0


def test_no_personal_data_reaches_redis_a_log_or_a_url(
    provider: Provider, capfd: pytest.CaptureFixture[str], burst: SimpleWorker
) -> None:
    """Mobile, code and registration number: in the sealed payload only, and gone from there at the end."""
    provider.fails(rest_5xx={"next": 1}, rest_429={"next": 1})
    promise_code(code="482913")
    promise_information()
    promise_information("refused:1", to=provider.UNKNOWN)
    before = everything_in_redis()
    burst.work(burst=True, logging_level="DEBUG")
    deliver()
    clock.sweep_outbox()
    told = capfd.readouterr()
    addresses = [outbox.status_url(each) for each in range(3)]
    for text in (before, everything_in_redis(), told.out, told.err, *addresses):
        for secret in ("661234567", "482913", "104228815", "61234567"):
            assert secret not in text


def everything_in_redis() -> str:
    """Return every key and value of Redis, as text."""
    redis = jobs.connection()
    read = {
        b"string": redis.get,
        b"hash": redis.hgetall,
        b"list": lambda key: redis.lrange(key, 0, -1),
        b"set": redis.smembers,
        b"zset": lambda key: redis.zrange(key, 0, -1, withscores=True),
        b"stream": redis.xrange,
    }
    return "\n".join(f"{key!r} {read[redis.type(key)](key)!r}" for key in redis.scan_iter())  # type: ignore[index, operator]
