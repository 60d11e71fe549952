"""An asynchronous host: the same engine through `run_sync`, and a hint for who forgets it."""

import asyncio

import pytest
from sqlalchemy import insert, make_url

from thidua import Fire, Misuse, Refused, configure_sqlite

pytest.importorskip("greenlet", reason="pip install 'sqlalchemy[asyncio]'")
from sqlalchemy.ext.asyncio import (
    AsyncConnection,
    AsyncSession,
    async_scoped_session,
    async_sessionmaker,
    create_async_engine,
)

ON_EACH = pytest.mark.parametrize(
    ("shared_host", "aengine"),
    [
        ("sqlite-stock", "sqlite+aiosqlite"),
        ("sqlite-begin", "sqlite+aiosqlite"),
        ("pg-read-committed", "postgresql+psycopg"),
        ("pg-read-committed", "postgresql+asyncpg"),
        ("pg-serializable", "postgresql+psycopg"),
        ("pg-serializable", "postgresql+asyncpg"),
    ],
    indirect=True,
)


@pytest.fixture
def run():
    """Runs a coroutine; all of a test's in one loop, as drivers want it."""
    with asyncio.Runner() as runner:
        yield runner.run


@pytest.fixture
def aengine(request, host, run):
    """An asynchronous engine on the host's database."""
    name = request.param
    pytest.importorskip(name.partition("+")[2])
    url = make_url(host.engine.url).set(drivername=name)
    if name.endswith("asyncpg"):
        url = url.set(query={k: v for k, v in url.query.items() if k == "host"})
    options = {"isolation_level": "SERIALIZABLE"} if host.kind == "pg-serializable" else {}
    engine = create_async_engine(url, **options)
    if host.kind == "sqlite-begin":
        configure_sqlite(engine.sync_engine)
    yield engine
    run(engine.dispose())


@pytest.fixture(params=["connection", "session"])
def opened(request, aengine):
    """Opens the host's asynchronous connection or session."""
    return aengine.connect if request.param == "connection" else lambda: AsyncSession(aengine)


@ON_EACH
def test_commit(host, opened, steps, run):
    dossier = host.dossier()

    async def play():
        async with opened() as db:
            await db.execute(insert(steps.host_rows).values(id="own"))
            await db.run_sync(
                lambda db: host.wf.act(db, dossier, Fire("accept"), by=steps.clerk, now=steps.now)
            )
            await db.commit()

    run(play())

    assert steps.ends(dossier) == ("asked", 2)
    assert host.own_rows() == ["own"]


@ON_EACH
def test_rollback(host, opened, steps, run):
    dossier = host.dossier()
    before = host.stored()

    def both(db):
        host.wf.act(db, dossier, Fire("accept"), by=steps.clerk, now=steps.now)
        host.wf.create(db, host.create(), by=steps.clerk, now=steps.now)

    async def play():
        async with opened() as db:
            await db.run_sync(both)
            await db.rollback()

    run(play())

    assert host.stored() == before


@ON_EACH
def test_refusal_keeps_the_hosts_rows(host, opened, steps, run):
    dossier = host.dossier()
    before = host.stored()

    def refused(db):
        with pytest.raises(Refused):
            host.wf.act(db, dossier, Fire("grant"), by=steps.clerk, now=steps.now)

    async def play():
        async with opened() as db:
            await db.execute(insert(steps.host_rows).values(id="own"))
            await db.run_sync(refused)
            await db.commit()

    run(play())

    assert host.stored() == before
    assert host.own_rows() == ["own"]


@ON_EACH
def test_autocommit(host, aengine, steps, run):
    dossier = host.dossier()
    before = host.stored()

    def refused(db):
        with pytest.raises(Misuse) as caught:
            host.wf.act(db, dossier, Fire("accept"), by=steps.clerk, now=steps.now)
        return caught.value.reasons[0].code

    async def play():
        async with aengine.execution_options(isolation_level="AUTOCOMMIT").connect() as db:
            return await db.run_sync(refused)

    assert run(play()) == "autocommit"
    assert host.stored() == before


@pytest.mark.parametrize(
    ("shared_host", "aengine"), [("sqlite-begin", "sqlite+aiosqlite")], indirect=True
)
@pytest.mark.parametrize(
    "make",
    [
        AsyncConnection,
        AsyncSession,
        lambda engine: async_scoped_session(async_sessionmaker(engine), lambda: 1),
    ],
    ids=["connection", "session", "scoped"],
)
def test_asynchronous_object(host, aengine, steps, make):
    with pytest.raises(Misuse) as caught:
        host.wf.act(make(aengine), "h-1", Fire("accept"), by=steps.clerk)

    assert caught.value.reasons[0].code == "asynchronous"
    assert "await db.run_sync(lambda db: wf.act(db, …))" in caught.value.text("vi")
