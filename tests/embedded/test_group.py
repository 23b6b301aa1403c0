"""The group is whole again soon, whatever dies, and leaves nothing behind, however it ends."""

import os
import signal
from functools import partial
from pathlib import Path

import psycopg
import pytest
import redis

from svi import running
from tests.waiting import eventually

from .processes import Groups, processes_in, stand_ins_in

PARTS = ("web", "worker", "clock", "exchange", "valkey", "postgresql")


def whole(home: Path) -> bool:
    """Say whether every part of the group is ready."""
    found = running.find(home)
    return found is not None and found.ready and set(found.pids) == set(PARTS)


def pids(home: Path) -> dict[str, int]:
    """Return the parts' processes."""
    found = running.find(home)
    return dict(found.pids) if found else {}


def replaced(home: Path, before: dict[str, int], victims: tuple[str, ...]) -> bool:
    """Say whether the group is whole with new processes in the place of `victims`."""
    return whole(home) and all(pids(home)[part] != before[part] for part in victims)


@pytest.mark.long
def test_whatever_is_killed_is_back(folder: Path, groups: Groups) -> None:
    """Each part in its turn, then all at once; the others keep running."""
    home = folder / "home"
    groups.start(home)
    eventually(lambda: whole(home))
    for victims in (*((part,) for part in PARTS), PARTS):
        before = pids(home)
        for part in victims:
            os.kill(before[part], signal.SIGKILL)
        eventually(partial(replaced, home, before, victims), lambda: victims)
        assert all(pids(home)[part] == before[part] for part in PARTS if part not in victims)


@pytest.mark.long
def test_databases_answer_again_after_a_kill(folder: Path, groups: Groups) -> None:
    """What was committed is there, at the same addresses."""
    home = folder / "home"
    groups.start(home)
    eventually(lambda: whole(home))
    urls = running.environment(home)
    with psycopg.connect(urls["DATABASE_URL"], autocommit=True) as connection:
        connection.execute("create table kept (word text)")
    before = pids(home)
    os.kill(before["postgresql"], signal.SIGKILL)
    os.kill(before["valkey"], signal.SIGKILL)
    eventually(lambda: whole(home) and pids(home)["postgresql"] != before["postgresql"])
    with psycopg.connect(urls["DATABASE_URL"]) as connection:
        assert connection.execute("select count(*) from kept").fetchone() == (0,)
    with redis.Redis.from_url(urls["REDIS_URL"]) as client:
        assert client.ping()


@pytest.mark.long
def test_a_killed_parts_own_children_go_with_it(folder: Path, groups: Groups) -> None:
    """Web's workers would go on listening beside the new ones; PostgreSQL's hold its memory."""
    home = folder / "home"
    groups.start(home)
    eventually(lambda: whole(home))
    eventually(lambda: len(stand_ins_in(folder)) == 8)
    before = set(stand_ins_in(folder))
    parents = pids(home)
    for part in ("web", "worker"):
        os.kill(parents[part], signal.SIGKILL)
    eventually(lambda: whole(home) and pids(home)["web"] != parents["web"])
    eventually(lambda: len(stand_ins_in(folder)) == 8)
    gone = before - set(stand_ins_in(folder))
    assert {parents["web"], parents["worker"]} < gone
    assert len(gone) == 4


@pytest.mark.long
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_nothing_is_left_behind(folder: Path, groups: Groups, how: signal.Signals) -> None:
    """However the group ends; and it starts again on the same data."""
    home = folder / "home"
    group = groups.start(home)
    eventually(lambda: whole(home))
    group.send_signal(how)
    assert group.wait(60) == (-how if how == signal.SIGKILL else 0)
    eventually(lambda: not processes_in(folder))
    again = groups.start(home)
    eventually(lambda: whole(home))
    again.terminate()
    assert again.wait(60) == 0


@pytest.mark.long
def test_a_start_that_is_interrupted_leaves_nothing(folder: Path, groups: Groups) -> None:
    """Ctrl-C while the database is being made."""
    home = folder / "home"
    group = groups.start(home)
    eventually(lambda: bool(processes_in(folder)))
    group.send_signal(signal.SIGINT)
    assert group.wait(60) == 0
    assert not processes_in(folder)


@pytest.mark.long
def test_web_ends_first_and_the_databases_last(folder: Path, groups: Groups) -> None:
    """A caller is answered to the end; nothing that answers loses its database before."""
    home = folder / "home"
    group = groups.start(home)
    eventually(lambda: whole(home))
    seen = [set(pids(home))]
    group.terminate()
    while group.poll() is None:
        if (now := set(pids(home))) != seen[-1]:
            seen.append(now)
    assert seen[0] == set(PARTS)
    assert seen[1] == set(PARTS) - {"web"}
    assert {"postgresql", "valkey"} <= seen[2]


@pytest.mark.long
def test_what_keeps_dying_is_said_and_started_again_ever_later(folder: Path, groups: Groups) -> None:
    """A crash loop costs little, and hides nothing."""
    home = folder / "home"
    groups.start(home, "clock")
    log = home.with_suffix(".log")
    eventually(lambda: "clock ended: exit code 3; it starts again in 1.6 s" in log.read_text())
    assert not whole(home)


@pytest.mark.long
def test_a_start_that_can_not_succeed_is_given_up(folder: Path, groups: Groups) -> None:
    """Without a migrated database nothing else would work: better to end and say so."""
    home = folder / "home"
    group = groups.start(home, "migrate")
    assert group.wait(60) != 0
    assert "migrate does not start: exit code 3" in home.with_suffix(".log").read_text()
    assert not processes_in(folder)


@pytest.mark.long
def test_lines_bear_the_name_of_their_part(folder: Path, groups: Groups) -> None:
    """One log, in which each line says whose it is."""
    home = folder / "home"
    groups.start(home)
    eventually(lambda: whole(home))
    assert "migrate    │ migrated\n" in home.with_suffix(".log").read_text()


@pytest.mark.long
def test_a_second_group_on_the_same_home_is_refused(folder: Path, groups: Groups) -> None:
    """It says who holds the home, and disturbs nobody."""
    home = folder / "home"
    first = groups.start(home)
    eventually(lambda: whole(home))
    before = pids(home)
    second = groups.start(home)
    assert second.wait(60) != 0
    assert f"in use by process {first.pid}" in home.with_suffix(".log").read_text()
    assert pids(home) == before
