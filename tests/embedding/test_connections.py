"""What may be passed as a connection, and what each thing that may not is told."""

import sqlite3
import sys

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, create_engine, insert, select
from sqlalchemy.orm import Session, registry, scoped_session, sessionmaker

from thidua import Fire, Misuse, Thidua

LITE = pytest.mark.parametrize("shared_host", ["sqlite-begin"], indirect=True)
REAL_BEGIN = pytest.mark.parametrize(
    "shared_host", ["sqlite-begin", "pg-read-committed"], indirect=True
)


def code_of(wf, db):
    """What an act on that says."""
    with pytest.raises(Misuse) as caught:
        wf.act(db, "h-1", Fire("accept"), by=wf.by)
    assert caught.value.text("vi") != caught.value.text("en")
    return caught.value.reasons[0].code


@pytest.fixture
def wf(host, steps):
    """The host's engine, with somebody to act."""
    host.wf.by = steps.clerk
    return host.wf


@LITE
def test_engine(wf, host):
    assert code_of(wf, host.engine) == "not-a-connection"


@LITE
def test_sessionmaker(wf, host):
    assert code_of(wf, sessionmaker(host.engine)) == "not-a-connection"


@LITE
def test_session_for_one_model_only(wf, host):
    class Row:
        pass

    table = Table("rows", MetaData(), Column("id", Integer, primary_key=True))
    registry().map_imperatively(Row, table)

    with Session(binds={Row: host.engine}) as session:
        assert code_of(wf, session) == "session-unbound"


@REAL_BEGIN
def test_scoped_session(host, steps):
    dossier = host.dossier()
    scoped = scoped_session(sessionmaker(host.engine))

    scoped.execute(insert(steps.host_rows).values(id="own"))
    host.wf.act(scoped, dossier, Fire("accept"), by=steps.clerk, now=steps.now)
    scoped.commit()
    scoped.remove()

    assert steps.ends(dossier) == ("asked", 2)
    assert host.own_rows() == ["own"]


@REAL_BEGIN
def test_session_inside_a_connection(host, steps):
    """A host's test suite: the session's commit is a savepoint of an outer transaction."""
    dossier = host.dossier()

    with host.engine.connect() as outer:
        outer.begin()
        with Session(outer, join_transaction_mode="create_savepoint") as session:
            host.wf.act(session, dossier, Fire("accept"), by=steps.clerk, now=steps.now)
            session.commit()
        seen = outer.execute(select(host.wf.tables.dossier.c.state).filter_by(id=dossier)).scalar()
        outer.rollback()

    assert seen == "asked"
    assert steps.ends(dossier) == ("new", 1)


@LITE
def test_schema_in_the_place_of_ours(wf, host):
    with host.engine.connect().execution_options(schema_translate_map={None: "other"}) as db:
        assert code_of(wf, db) == "schema-translated"


def test_schema_of_others_translated(host, steps):
    dossier = host.dossier()

    with host.engine.connect().execution_options(schema_translate_map={"theirs": "other"}) as db:
        host.wf.act(db, dossier, Fire("accept"), by=steps.clerk, now=steps.now)
        db.commit()

    assert steps.ends(dossier) == ("asked", 2)


@pytest.mark.skipif(sys.version_info < (3, 12), reason="the driver's attribute came with 3.12")
@pytest.mark.parametrize(("autocommit", "code"), [(True, "autocommit"), (False, None)])
def test_autocommit_attribute_of_the_driver(tmp_path, toy, autocommit, code):
    from contextlib import closing

    url = f"sqlite:///{tmp_path / 'x.db'}"
    engine = create_engine(url, connect_args={"autocommit": autocommit})
    with closing(engine.connect()) as db:
        if code is None:
            Thidua().migrate(db)
            assert db.connection.driver_connection.in_transaction
        else:
            with pytest.raises(Misuse) as caught:
                Thidua().migrate(db)
            assert caught.value.reasons[0].code == code
    engine.dispose()


@LITE
def test_transaction_that_the_host_began_by_hand(wf, host, steps):
    """AUTOCOMMIT for SQLAlchemy, but a true transaction for the driver: nothing can be lost."""
    dossier = host.dossier()

    with host.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
        db.exec_driver_sql("BEGIN IMMEDIATE")
        wf.act(db, dossier, Fire("accept"), by=steps.clerk, now=steps.now)
        db.exec_driver_sql("ROLLBACK")

    assert steps.ends(dossier) == ("new", 1)
    assert sqlite3.sqlite_version_info > (3, 35)
