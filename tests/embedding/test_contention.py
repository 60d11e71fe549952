"""Locks not given, transactions that cross, and databases that end a transaction by themselves."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import insert, text, update
from sqlalchemy.exc import OperationalError

from thidua import Busy, Failed, Fire, Refused, Stale, Thidua

LITE = pytest.mark.parametrize("shared_host", ["sqlite-begin"], indirect=True)
POSTGRES = pytest.mark.parametrize(
    "shared_host", ["pg-read-committed", "pg-serializable"], indirect=True
)
READ_COMMITTED = pytest.mark.parametrize("shared_host", ["pg-read-committed"], indirect=True)
SERIALIZABLE = pytest.mark.parametrize("shared_host", ["pg-serializable"], indirect=True)


@pytest.fixture
def accept(host, steps):
    """The same act of the same clerk."""

    def act(db, dossier, **terms):
        return host.wf.act(db, dossier, Fire("accept"), by=steps.clerk, now=steps.now, **terms)

    return act


@POSTGRES
def test_lock_not_given_in_time(host, steps, accept):
    dossier = host.dossier()

    with host.engine.connect() as first, host.opened("connection", "blind") as db:
        accept(first, dossier)
        db.execute(text("SET LOCAL lock_timeout = '20ms'"))
        with pytest.raises(Busy) as caught:
            accept(db, dossier)
        db.commit()

    assert caught.value.fields["statement"] == "lock"
    assert host.own_rows() == ["own"]
    assert steps.ends(dossier) == ("new", 1)


@POSTGRES
def test_deadlock(host, steps, accept):
    """Two hosts that take the same two dossiers in opposite order: one of them is told."""
    one, two = host.dossier(), host.dossier()

    def takes_two_then_one():
        with steps.opened("connection") as other:
            other.execute(text("SET LOCAL deadlock_timeout = '10s'"))
            accept(other, two)
            accept(other, one)
            other.rollback()

    with ThreadPoolExecutor(1) as pool, host.opened("connection", "blind") as db:
        db.execute(text("SET LOCAL deadlock_timeout = '50ms'"))
        accept(db, one)
        other = pool.submit(takes_two_then_one)
        wait_for_a_waiter(db)
        with pytest.raises(Busy) as caught:
            accept(db, two)
        db.rollback()
        other.result()

    assert "deadlock" in caught.value.fields["words"]


def wait_for_a_waiter(db):
    """Until another connection waits for what `db` holds."""
    waits = text("SELECT count(*) FROM pg_stat_activity WHERE :me = ANY(pg_blocking_pids(pid))")
    me = db.execute(text("SELECT pg_backend_pid()")).scalar()
    while not db.execute(waits, {"me": me}).scalar():
        db.execute(text("SELECT pg_stat_clear_snapshot()"))


@SERIALIZABLE
def test_dossier_changed_since_the_host_read(host, steps, accept):
    dossier = host.dossier()

    with host.opened("connection", "read-first") as db:
        with host.engine.begin() as other:
            accept(other, dossier)
        with pytest.raises(Busy):
            accept(db, dossier)
        db.commit()

    assert host.own_rows() == ["own"]
    assert steps.ends(dossier) == ("asked", 2)


@READ_COMMITTED
def test_dossier_changed_since_the_host_read_but_not_locked(host, steps, accept):
    dossier = host.dossier()

    with host.opened("connection", "read-first") as db:
        with host.engine.begin() as other:
            accept(other, dossier)
        with pytest.raises(Refused):
            accept(db, dossier)
        with pytest.raises(Stale):
            accept(db, dossier, expect=1)
        db.commit()

    assert host.own_rows() == ["own"]


@LITE
def test_reader_that_wants_to_write_too_late(host, steps, accept):
    dossier = host.dossier()

    with host.engine.connect().execution_options(thidua_read=True) as db:
        before = steps.rows_in(db)
        with host.engine.begin() as other:
            accept(other, dossier)
        with pytest.raises(Busy):
            accept(db, dossier)
        with pytest.raises(Busy):
            host.wf.create(db, host.create(), by=steps.clerk, now=steps.now)
        assert steps.rows_in(db) == before

    assert steps.ends(dossier) == ("asked", 2)


@POSTGRES
def test_id_that_another_may_take(host, steps):
    """While the other transaction is open nobody knows: that is no refusal."""
    create = host.create()

    with host.engine.connect() as other, host.opened("connection", "blind") as db:
        host.wf.create(other, create, by=steps.clerk, dossier_id="h-1", now=steps.now)
        db.execute(text("SET LOCAL lock_timeout = '20ms'"))
        with pytest.raises(Busy) as caught:
            host.wf.create(db, create, by=steps.clerk, dossier_id="h-1", now=steps.now)
        db.commit()

    assert caught.value.fields["statement"] == "add_dossier"
    assert host.own_rows() == ["own"]


@SERIALIZABLE
def test_crossing_seen_by_the_observer(host, steps, toy):
    """What SQLAlchemy raises inside the act is `Busy` as well."""
    dossier, other_dossier = host.dossier(), host.dossier()

    def observer(db, change):
        mine = host.wf.tables.dossier.c.id == other_dossier
        db.execute(update(host.wf.tables.dossier).where(mine).values(unit="x"))

    wf = Thidua(observer=observer)
    wf.shelf.put(toy)
    with host.opened("connection", "read-first") as db:
        with host.engine.begin() as other:
            host.wf.act(other, other_dossier, Fire("accept"), by=steps.clerk, now=steps.now)
        with pytest.raises(Busy):
            wf.act(db, dossier, Fire("accept"), by=steps.clerk, now=steps.now)
        db.commit()

    assert host.own_rows() == ["own"]
    assert steps.ends(dossier) == ("new", 1)


@LITE
def test_transaction_ended_by_the_database(host, steps, accept):
    """As a full disk can: nothing is left to undo, and the database's words come through."""
    dossier = host.dossier()
    before = host.stored()
    ends = "SELECT RAISE(ROLLBACK, 'no room');"
    with host.engine.begin() as db:
        db.exec_driver_sql(f"CREATE TRIGGER full BEFORE INSERT ON td_notice BEGIN {ends} END")

    with host.opened("connection", "blind") as db:
        with pytest.raises(Failed) as caught:
            accept(db, dossier)
        assert not steps.in_transaction(db)
        db.rollback()
    with host.engine.begin() as db:
        db.exec_driver_sql("DROP TRIGGER full")

    assert caught.value.fields == {"statement": "add_notice", "words": "no room"}
    assert host.stored() == before
    assert host.own_rows() == []


@LITE
def test_refusal_that_cannot_be_undone(host, steps, toy):
    """A host that catches refusals and commits must not be told of one here."""
    dossier = host.dossier()

    def observer(db, change):
        db.connection.driver_connection.rollback()
        raise Refused.of("dossier-exists", dossier="-")

    wf = Thidua(observer=observer)
    wf.shelf.put(toy)
    with host.opened("connection", "blind") as db:
        with pytest.raises(Failed) as caught:
            wf.act(db, dossier, Fire("accept"), by=steps.clerk, now=steps.now)
        db.rollback()

    assert "no such savepoint" in caught.value.fields["words"]
    assert isinstance(caught.value.__context__.__context__, Refused)
    assert steps.ends(dossier) == ("new", 1)


@POSTGRES
def test_connection_lost(host, steps, toy):
    dossier = host.dossier()

    def observer(db, change):
        me = db.execute(text("SELECT pg_backend_pid()")).scalar()
        with host.engine.begin() as other:
            other.execute(text("SELECT pg_terminate_backend(:me)"), {"me": me})

    wf = Thidua(observer=observer)
    wf.shelf.put(toy)
    with host.opened("connection", "blind") as db:
        with pytest.raises(Failed):
            wf.act(db, dossier, Fire("accept"), by=steps.clerk, now=steps.now)
        with pytest.raises(OperationalError):
            db.execute(insert(steps.host_rows).values(id="later"))
        db.invalidate()

    assert host.own_rows() == []
    assert steps.ends(dossier) == ("new", 1)
