"""A host application with an engine, a table and people of its own, on four kinds of database."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import (
    Connection,
    Engine,
    MetaData,
    Table,
    Text,
    column,
    create_engine,
    insert,
    select,
    table,
    text,
)
from sqlalchemy.orm import Session

from thidua import By, Candidate, Create, Thidua, sqlite_engine
from thidua.definitions import load
from thidua.storage import library
from thidua.workflow.procedure import Procedure

NOW = datetime(2018, 6, 11, 2, tzinfo=UTC)
CLERK = By("clerk")
KINDS: Mapping[str, Callable[[str], Engine]] = {
    "sqlite-stock": create_engine,
    "sqlite-begin": sqlite_engine,
    "pg-read-committed": create_engine,
    "pg-serializable": lambda url: create_engine(url, isolation_level="SERIALIZABLE"),
}
DBAPI_ERRORS = (sqlite3.Error, psycopg.Error)
HOST_ROWS = table("host_rows", column("id", Text))

Db = Connection | Session
OPEN: Mapping[str, Callable[[Engine], Db]] = {"connection": Engine.connect, "session": Session}


class Planted(Exception):
    """What a failpoint raises."""


@dataclass
class Failpoint:
    """Raises after the statement number `after`, counted from when it was set."""

    after: int | None = None
    seen: list[str] = field(default_factory=list)

    def __call__(self, statement: str) -> None:
        self.seen.append(statement)
        if self.after is not None and len(self.seen) == self.after:
            raise Planted(statement)

    def set(self, after: int | None) -> None:
        """Count anew."""
        self.after = after
        self.seen.clear()


@dataclass
class Host:
    """The application: it owns the engine, the transactions and the table `host_rows`."""

    kind: str
    engine: Engine
    wf: Thidua
    failpoint: Failpoint
    made: int = 0

    @property
    def stock(self) -> bool:
        """Whether SQLite's driver begins transactions by itself, and late."""
        return self.kind == "sqlite-stock"

    def create(self, *, fields: Mapping[str, str] | None = None) -> Create:
        """A nomination; none of two shares a round."""
        self.made += 1
        candidate = Candidate("individual", "Nguyễn Văn Ấn")
        given = {"merit": "x"} if fields is None else fields
        return Create("toy", "PRIZE", candidate, fields=given, campaign=f"c{self.made}")

    def dossier(self) -> str:
        """A new dossier, committed."""
        with self.engine.begin() as db:
            return self.wf.create(db, self.create(), by=CLERK, now=NOW).dossier_id

    def stored(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table of ours."""
        with self.engine.connect() as db:
            return {
                each.name: sorted((tuple(row) for row in db.execute(select(each))), key=repr)
                for each in self.wf.tables.all()
            }

    def own_rows(self) -> list[str]:
        """The host's own rows."""
        with self.engine.connect() as db:
            return list(db.execute(select(HOST_ROWS.c.id).order_by(HOST_ROWS.c.id)).scalars())

    @contextmanager
    def opened(self, way: str, reads: str) -> Iterator[Db]:
        """A transaction of the host's in which it wrote "own"; it has read before, or not.

        A host that reads first reads what the act will change.
        """
        with OPEN[way](self.engine) as db:
            if reads == "read-first":
                db.execute(select(self.wf.tables.dossier)).all()
            db.execute(insert(HOST_ROWS).values(id="own"))
            yield db


def host_on(url: str, kind: str, toy: Procedure, **terms: Any) -> Host:
    """A host on an empty database."""
    engine, failpoint = KINDS[kind](url), Failpoint()
    wf = Thidua(probe=failpoint, conditions={"has_budget": lambda view: True}, **terms)
    with engine.begin() as db:
        db.execute(text("CREATE TABLE IF NOT EXISTS host_rows (id TEXT PRIMARY KEY)"))
        equip(db, wf, toy)
    return Host(kind, engine, wf, failpoint)


def equip(db: Connection, wf: Thidua, toy: Procedure) -> None:
    """Tables, the procedure, one clerk and two units."""
    wf.migrate(db)
    library.store(db, wf.tables, toy, toy_text(), NOW)
    wf.shelf.put(toy)
    units = [("d0", "Sở A"), ("d1", "Sở B")]
    since = {"from_on": "2018-01-01"}
    db.execute(
        insert(wf.tables.unit),
        [{"id": key, "name": name, "kind": "unit", "groups": "{}", **since} for key, name in units],
    )
    held = [("clerk", "clerk", ""), ("u0", "unit", "d0"), ("u1", "unit", "d1")]
    db.execute(
        insert(wf.tables.holding),
        [{"actor": actor, "role": role, "unit": unit, **since} for actor, role, unit in held],
    )


def toy_text() -> str:
    """The definition of the toy procedure."""
    return (Path(__file__).parent / "toy.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def toy() -> Procedure:
    """The toy procedure, read once."""
    return load(toy_text(), "toy")


@pytest.fixture(name="equip", scope="session")
def _equip() -> Callable[[Connection, Thidua, Procedure], None]:
    """Makes tables, the procedure and people in a place."""
    return equip


@pytest.fixture(scope="session")
def reachable() -> Callable[[Connection, Thidua], None]:
    """Gives everybody of that place a mailbox."""

    def told(db: Connection, wf: Thidua) -> None:
        fixed = {"from_on": "2018-01-01", "mailbox": "a@example.org"}
        owners = ("clerk", "d0", "d1")
        db.execute(insert(wf.tables.address), [{"owner": owner, **fixed} for owner in owners])

    return told


@pytest.fixture
def nomination() -> Create:
    """One nomination."""
    candidate = Candidate("individual", "Nguyễn Văn Ấn")
    return Create("toy", "PRIZE", candidate, fields={"merit": "x"}, campaign="c")


@pytest.fixture
def clerk() -> By:
    """Who may do everything here."""
    return CLERK


@pytest.fixture
def now() -> datetime:
    """A working morning."""
    return NOW


@pytest.fixture(scope="module", params=list(KINDS))
def shared_host(
    request: pytest.FixtureRequest, toy: Procedure, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Host]:
    """One host a test module and kind of database."""
    if request.param.startswith("sqlite"):
        url = f"sqlite:///{tmp_path_factory.mktemp('host') / 'host.db'}"
    else:
        url = request.getfixturevalue("pg_database")
    host = host_on(url, request.param, toy)
    yield host
    with host.engine.begin() as db:
        db.execute(text("DROP TABLE host_rows"))
        for each in [*host.wf.tables.all(), Table("td_alembic_version", MetaData())]:
            each.drop(db)
    host.engine.dispose()


@pytest.fixture
def host(shared_host: Host) -> Iterator[Host]:
    """The host, its own table empty; afterwards the engine's connections must be as before."""
    isolation = isolation_of(shared_host.engine)
    yield shared_host
    shared_host.failpoint.set(None)
    assert shared_host.engine.pool.checkedout() == 0  # type: ignore[attr-defined]  # of its kind
    assert isolation_of(shared_host.engine) == isolation
    with shared_host.engine.begin() as db:
        db.execute(HOST_ROWS.delete())


def isolation_of(engine: Engine) -> tuple[str, object]:
    """How a pooled connection isolates, for the database and for SQLite's driver."""
    with engine.connect() as db:
        own = getattr(db.connection.driver_connection, "isolation_level", None)
        return db.get_isolation_level(), own if engine.dialect.name == "sqlite" else None


@dataclass
class Steps:
    """What the tests of transactions do and look at, beside the host."""

    host: Host
    clerk: By = CLERK
    now: datetime = NOW
    planted: type[Exception] = Planted
    host_rows: Any = HOST_ROWS

    def ends(self, dossier: str) -> tuple[str, int]:
        """Where a dossier stands and how many events it has, as its row and its journal say."""
        t = self.host.wf.tables
        with self.host.engine.connect() as db:
            state, count = db.execute(
                select(t.dossier.c.state, t.dossier.c.count).where(t.dossier.c.id == dossier)
            ).one()
            events = db.execute(select(t.event.c.n).where(t.event.c.stream == dossier)).all()
        assert sorted(n for (n,) in events) == list(range(1, count + 1))
        return state, count

    def rows_in(self, db: Db) -> dict[str, int]:
        """How many rows each table of ours has, as the open transaction sees it."""
        tables = self.host.wf.tables.all()
        return {each.name: len(db.execute(select(each)).all()) for each in tables}

    @contextmanager
    def opened(self, way: str, **options: Any) -> Iterator[Db]:
        """An untouched connection or session, with execution options."""
        with OPEN[way](self.host.engine.execution_options(**options)) as db:
            yield db

    def in_savepoint(self, db: Db) -> bool:
        """Whether a savepoint of ours is left."""
        connection = db.connection() if isinstance(db, Session) else db
        with closing(connection.connection.cursor()) as cursor:
            cursor.execute("SAVEPOINT outside")
            try:
                cursor.execute("RELEASE SAVEPOINT td_act")
            except DBAPI_ERRORS:
                cursor.execute("ROLLBACK TO SAVEPOINT outside")
                return False
        return True

    def in_transaction(self, db: Db) -> bool:
        """Whether anything is open, as the driver says; a Session gave its connection back."""
        if isinstance(db, Session):
            return db.in_transaction()
        driver: Any = db.connection.driver_connection
        if self.host.kind.startswith("sqlite"):
            return bool(driver.in_transaction)
        return bool(driver.info.transaction_status)

    def forget_own_rows(self) -> None:
        """Empty the host's table."""
        with self.host.engine.begin() as db:
            db.execute(HOST_ROWS.delete())

    @contextmanager
    def table_that_raises(self, name: str) -> Iterator[None]:
        """While inside, the database itself refuses any new row of a table."""
        lite = self.host.kind.startswith("sqlite")
        make, drop = on_sqlite(name) if lite else on_postgresql(name)
        with self.host.engine.begin() as db:
            for statement in make:
                db.exec_driver_sql(statement)
        try:
            yield
        finally:
            with self.host.engine.begin() as db:
                db.exec_driver_sql(drop)


def on_sqlite(name: str) -> tuple[list[str], str]:
    """How a table refuses rows there, and how that ends."""
    full = "SELECT RAISE(ABORT, 'the tablespace is full');"
    return [f"CREATE TRIGGER no_room BEFORE INSERT ON {name} BEGIN {full} END"], (
        "DROP TRIGGER no_room"
    )


def on_postgresql(name: str) -> tuple[list[str], str]:
    """How a table refuses rows there, and how that ends."""
    return [
        "CREATE OR REPLACE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE 'the tablespace is full' USING ERRCODE = '53100'; END $$",
        f"CREATE TRIGGER no_room BEFORE INSERT ON {name} EXECUTE FUNCTION no_room()",
    ], f"DROP TRIGGER no_room ON {name}"


@pytest.fixture
def steps(host: Host) -> Steps:
    """Shorthand for the tests of transactions."""
    return Steps(host)


@pytest.fixture
def db(engine: Engine) -> Iterator[Connection]:
    """A connection to the test file's own engine, whose writes are undone after the test."""
    with engine.connect() as db:
        yield db
