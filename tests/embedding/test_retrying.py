"""Repeating a whole transaction: what is repeated, how long, and what is not."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import create_engine, event, insert, select, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from thidua import Busy, Fire, Refused, retry, sqlite_engine

LITE = pytest.mark.parametrize("shared_host", ["sqlite-begin"], indirect=True)
SERIALIZABLE = pytest.mark.parametrize("shared_host", ["pg-serializable"], indirect=True)


class Watch:
    """A clock that only sleeping moves."""

    def __init__(self):
        self.now = 100.0
        self.slept = []

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds

    def clock(self):
        return self.now


@pytest.fixture
def watch():
    return Watch()


@pytest.fixture
def again(watch):
    """`retry` on that clock."""

    def run(engine, fn, **terms):
        return retry(engine, fn, sleep=watch.sleep, clock=watch.clock, **terms)

    return run


def test_result_and_commit(host, again, watch, steps):
    dossier = host.dossier()

    done = again(host.engine, lambda db: host.wf.act(db, dossier, Fire("accept"), by=steps.clerk))

    assert (done.state, steps.ends(dossier)) == ("asked", ("asked", 2))
    assert watch.slept == []


@pytest.mark.parametrize("error", [Busy(statement="lock", words="-", taken=False), "locked"])
def test_whole_repeated(host, again, watch, steps, error):
    tries = []

    def fn(db):
        tries.append(db.execute(select(steps.host_rows)).all())
        db.execute(insert(steps.host_rows).values(id="own"))
        if len(tries) < 4:
            raise locked() if error == "locked" else error
        return "result"

    assert again(host.engine, fn) == "result"
    assert tries == [[], [], [], []]
    assert host.own_rows() == ["own"]
    assert len(watch.slept) == 3


def locked():
    """What SQLAlchemy makes of a driver's word."""
    cause = sqlite3.OperationalError("database is locked")
    cause.sqlite_errorcode = sqlite3.SQLITE_BUSY
    return OperationalError("SELECT 1", {}, cause)


def test_bound(host, again, watch):
    def fn(db):
        raise Busy(statement="lock", words="-", taken=False)

    with pytest.raises(Busy):
        again(host.engine, fn, seconds=5)

    assert 4 < sum(watch.slept) < 5
    assert watch.slept[0] <= 0.01
    assert max(watch.slept) <= 0.5


@pytest.mark.parametrize("error", [Refused.of("dossier-exists", dossier="-"), ValueError()])
def test_other_errors_at_once(host, again, watch, steps, error):
    def fn(db):
        db.execute(insert(steps.host_rows).values(id="own"))
        raise error

    with pytest.raises(type(error)):
        again(host.engine, fn)

    assert host.own_rows() == []
    assert watch.slept == []


def test_broken_rule_of_the_hosts_at_once(host, again, watch, steps):
    def fn(db):
        db.execute(insert(steps.host_rows), [{"id": "own"}, {"id": "own"}])

    with pytest.raises(IntegrityError):
        again(host.engine, fn)

    assert watch.slept == []


@LITE
def test_begin_that_finds_the_file_locked(host, again, watch, steps):
    engine = impatient(host.engine.url)
    with closing(sqlite3.connect(engine.url.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        tries = []

        def sleep(seconds):
            watch.sleep(seconds)
            if len(watch.slept) == 3:
                other.execute("COMMIT")

        retry(engine, tries.append, sleep=sleep, clock=watch.clock)
    engine.dispose()

    assert len(watch.slept) == 3
    assert len(tries) == 1


@LITE
def test_begin_that_never_gets_the_file(host, again, watch, steps):
    engine = impatient(host.engine.url)
    with closing(sqlite3.connect(engine.url.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Busy) as caught:
            again(engine, lambda db: None, seconds=1)
        with pytest.raises(Busy), engine.connect() as db:
            host.wf.act(db, "h", Fire("accept"), by=steps.clerk)
        with pytest.raises(Busy), Session(engine) as db:
            host.wf.act(db, "h", Fire("accept"), by=steps.clerk)
    engine.dispose()

    assert "locked" in caught.value.fields["words"]
    assert caught.value.exit_code == 3


def impatient(url):
    """The same file through an engine that does not wait for locks."""
    engine = sqlite_engine(url.render_as_string())
    event.listen(engine, "connect", lambda driver, _: driver.execute("PRAGMA busy_timeout = 0"))
    return engine


def test_commit_that_finds_a_reader(sqlite_url, again, watch):
    """With a rollback journal a reader stops the COMMIT, not the statements before it."""
    engine = create_engine(sqlite_url, connect_args={"timeout": 0})
    with engine.begin() as db:
        db.execute(text("CREATE TABLE rows (id INTEGER)"))
        db.execute(text("INSERT INTO rows VALUES (0)"))
    with closing(sqlite3.connect(engine.url.database, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM rows").fetchall()

        def sleep(seconds):
            watch.sleep(seconds)
            reader.rollback()

        retry(
            engine,
            lambda db: db.execute(text("INSERT INTO rows VALUES (1)")),
            sleep=sleep,
            clock=watch.clock,
        )

    with engine.connect() as db:
        assert db.execute(text("SELECT id FROM rows")).scalars().all() == [0, 1]
    engine.dispose()
    assert len(watch.slept) == 1


@SERIALIZABLE
def test_commit_that_cannot_be_serialized(host, again, watch, steps):
    """Write skew: each counts the rows and adds one; the second COMMIT or statement fails."""
    tries = []

    def add(db, name):
        count = len(db.execute(select(steps.host_rows)).all())
        db.execute(insert(steps.host_rows).values(id=f"{name}-{count}"))

    def fn(db):
        tries.append(db)
        add(db, "mine")
        if len(tries) == 1:
            with host.engine.begin() as other:
                add(other, "theirs")

    again(host.engine, fn)

    assert host.own_rows() == ["mine-1", "theirs-0"]
    assert len(watch.slept) == 1
