"""An act lives and dies with the host's transaction, and never takes the host's rows along.

Each test runs on SQLite as it comes, SQLite with the BEGIN recipe, PostgreSQL READ COMMITTED and
SERIALIZABLE; with a Connection and a Session; after a read by the host and without one.
"""

import pytest
from sqlalchemy import Connection, insert, text
from sqlalchemy.exc import IntegrityError

from thidua import Answer, By, Failed, Fire, Misuse, Refused, Thidua

STOCK = pytest.mark.parametrize("shared_host", ["sqlite-stock"], indirect=True)
REAL_BEGIN = pytest.mark.parametrize(
    "shared_host", ["sqlite-begin", "pg-read-committed", "pg-serializable"], indirect=True
)
pytestmark = [
    pytest.mark.parametrize("way", ["connection", "session"]),
    pytest.mark.parametrize("reads", ["read-first", "blind"]),
]


def test_commit(host, way, reads, steps):
    dossier = host.dossier()

    with host.opened(way, reads) as db:
        created = host.wf.create(db, host.create(), by=steps.clerk, now=steps.now)
        host.wf.act(db, dossier, Fire("accept"), by=steps.clerk, now=steps.now)
        host.wf.act(db, dossier, Answer("asking", "agree"), by=By("u0"), now=steps.now)
        db.commit()

    assert host.own_rows() == ["own"]
    assert steps.ends(dossier) == ("asked", 3)
    assert steps.ends(created.dossier_id) == ("new", 1)


def test_rollback_leaves_nothing(host, way, reads, steps):
    dossier = host.dossier()
    before = host.stored()

    with host.opened(way, reads) as db:
        host.wf.create(db, host.create(), by=steps.clerk, now=steps.now)
        host.wf.act(db, dossier, Fire("accept"), by=steps.clerk, now=steps.now)
        db.rollback()

    assert host.stored() == before
    assert host.own_rows() == []


def test_rollback_leaves_nothing_of_a_first_act(host, way, reads, steps):
    """The act is the transaction's first statement: nobody has begun one for the driver yet."""
    dossier = host.dossier()
    before = host.stored()

    with steps.opened(way) as db:
        host.wf.act(db, dossier, Fire("accept"), by=steps.clerk, now=steps.now)
        db.rollback()
    with steps.opened(way) as db:
        host.wf.create(db, host.create(), by=steps.clerk, now=steps.now)
        db.rollback()

    assert host.stored() == before


def test_refusal_keeps_the_hosts_rows(host, way, reads, steps):
    dossier = host.dossier()
    before = host.stored()

    with host.opened(way, reads) as db:
        with pytest.raises(Refused):
            host.wf.act(db, dossier, Fire("grant"), by=steps.clerk, now=steps.now)
        with pytest.raises(Refused) as caught:
            host.wf.create(db, host.create(), by=steps.clerk, dossier_id=dossier, now=steps.now)
        assert not steps.in_savepoint(db)
        db.commit()

    assert caught.value.reasons[0].code == "dossier-exists"
    assert host.stored() == before
    assert host.own_rows() == ["own"]


@pytest.mark.parametrize("act", ["act", "create"])
def test_every_failing_statement_keeps_the_hosts_rows(host, way, reads, steps, act):
    """A failure is planted after each statement in turn but the last, which ends the act."""
    dossier = host.dossier()
    before = host.stored()
    calls = {
        "act": lambda db: host.wf.act(db, dossier, Fire("accept"), by=steps.clerk, now=steps.now),
        "create": lambda db: host.wf.create(db, host.create(), by=steps.clerk, now=steps.now),
    }
    host.failpoint.set(None)
    with host.opened(way, reads) as db:
        calls[act](db)
        db.rollback()
    names = list(host.failpoint.seen)

    for n, name in enumerate(names[:-1], start=1):
        host.failpoint.set(n)
        with host.opened(way, reads) as db:
            with pytest.raises(steps.planted, match=name):
                calls[act](db)
            db.commit()
        assert (host.stored(), host.own_rows()) == (before, ["own"]), name
        steps.forget_own_rows()

    assert names[-1] == "RELEASE SAVEPOINT td_act"
    # Where the transaction began with the write lock, the row is only read.
    locks = "dossier" if host.kind == "sqlite-begin" else "lock"
    wanted = {"act": f"{locks} put_noted add_round add_line", "create": "add_dossier"}
    assert {*wanted[act].split(), "add_event", "add_task"} <= {*names}


def test_statement_that_the_database_refuses(host, way, reads, steps):
    dossier = host.dossier()
    before = host.stored()

    with steps.table_that_raises("td_notice"), host.opened(way, reads) as db:
        with pytest.raises(Failed) as caught:
            host.wf.act(db, dossier, Fire("accept"), by=steps.clerk, now=steps.now)
        db.commit()

    assert caught.value.fields["statement"] == "add_notice"
    assert "the tablespace is full" in str(caught.value.fields["words"])
    assert host.stored() == before
    assert host.own_rows() == ["own"]


def test_observer_that_raises(host, way, reads, steps, toy):
    dossier = host.dossier()
    before = host.stored()

    def observer(db: Connection, change: object) -> None:
        db.execute(text("INSERT INTO host_rows VALUES ('seen')"))
        db.execute(text("INSERT INTO host_rows VALUES ('own')"))

    wf = Thidua(observer=observer)
    wf.shelf.put(toy)
    with host.opened(way, reads) as db:
        with pytest.raises(IntegrityError):
            wf.act(db, dossier, Fire("accept"), by=steps.clerk, now=steps.now)
        db.commit()

    assert host.stored() == before
    assert host.own_rows() == ["own"]


def test_observer_writes_with_the_act(host, way, reads, steps, toy):
    dossier = host.dossier()
    told = []

    def observer(db: Connection, change: object) -> None:
        told.append(change.done)
        db.execute(insert(steps.host_rows).values(id="seen"))

    wf = Thidua(observer=observer)
    wf.shelf.put(toy)
    with host.opened(way, reads) as db:
        done = wf.act(db, dossier, Fire("accept"), by=steps.clerk, now=steps.now)
        db.commit()

    assert told == [done]
    assert host.own_rows() == ["own", "seen"]
    assert steps.ends(dossier) == ("asked", 2)


@REAL_BEGIN
def test_savepoint_of_the_host_undone(host, way, reads, steps):
    dossier, other = host.dossier(), host.dossier()

    with host.opened(way, reads) as db:
        host.wf.act(db, other, Fire("accept"), by=steps.clerk, now=steps.now)
        before = steps.rows_in(db)
        inner = db.begin_nested()
        host.wf.act(db, dossier, Fire("accept"), by=steps.clerk, now=steps.now)
        host.wf.create(db, host.create(), by=steps.clerk, now=steps.now)
        inner.rollback()
        assert steps.rows_in(db) == before
        db.commit()

    assert steps.ends(dossier) == ("new", 1)
    assert steps.ends(other) == ("asked", 2)
    assert host.own_rows() == ["own"]


@REAL_BEGIN
def test_savepoint_of_the_host_kept(host, way, reads, steps):
    dossier = host.dossier()

    with host.opened(way, reads) as db:
        with db.begin_nested():
            with pytest.raises(Refused):
                host.wf.act(db, dossier, Fire("grant"), by=steps.clerk, now=steps.now)
            host.wf.act(db, dossier, Fire("accept"), by=steps.clerk, now=steps.now)
        db.commit()

    assert steps.ends(dossier) == ("asked", 2)
    assert host.own_rows() == ["own"]


@STOCK
def test_savepoint_on_a_stock_driver(host, way, reads, steps):
    dossier = host.dossier()
    before = host.stored()

    with host.opened(way, reads) as db:
        with db.begin_nested(), pytest.raises(Misuse) as caught:
            host.wf.act(db, dossier, Fire("accept"), by=steps.clerk, now=steps.now)
        with db.begin_nested(), pytest.raises(Misuse):
            host.wf.create(db, host.create(), by=steps.clerk, now=steps.now)
        db.commit()

    assert caught.value.reasons[0].code == "savepoint-on-stock-sqlite"
    assert "thidua.sqlite_engine(url)" in caught.value.text("vi")
    assert host.stored() == before
    assert host.own_rows() == ["own"]


def test_autocommit(host, way, reads, steps):
    dossier = host.dossier()
    before = host.stored()
    host.failpoint.set(None)

    with steps.opened(way, isolation_level="AUTOCOMMIT") as db:
        if reads == "read-first":
            steps.rows_in(db)
        for attempt in (
            lambda: host.wf.act(db, dossier, Fire("accept"), by=steps.clerk, now=steps.now),
            lambda: host.wf.create(db, host.create(), by=steps.clerk, now=steps.now),
        ):
            with pytest.raises(Misuse) as caught:
                attempt()
            assert caught.value.reasons[0].code == "autocommit"

    assert host.failpoint.seen == []
    assert host.stored() == before


def test_connection_after_an_act(host, way, reads, steps):
    """Our cursor is closed, no transaction is left open, and the next one works."""
    dossier = host.dossier()

    with host.opened(way, reads) as db:
        host.wf.act(db, dossier, Fire("accept"), by=steps.clerk, now=steps.now)
        db.commit()
        assert not steps.in_transaction(db)
        with pytest.raises(Refused):
            host.wf.act(db, dossier, Fire("accept"), by=steps.clerk, now=steps.now)
        db.rollback()
        assert not steps.in_transaction(db)
        host.wf.act(db, dossier, Answer("asking", "agree"), by=By("u0"), now=steps.now)
        db.commit()
        assert not steps.in_transaction(db)

    assert steps.ends(dossier) == ("asked", 3)
