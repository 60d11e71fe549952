"""What the doctor finds: each thing is planted once, and a sound installation has nothing."""

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import create_engine, event, insert, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import StaticPool

from thidua import Thidua, sqlite_engine
from thidua.doctor import clock, examine, host
from thidua.hushed import hushed
from thidua.storage.mails import BOX, HELD, troubled
from thidua.storage.rows import instant
from thidua.storage.sweep import LEASE
from thidua.workflow.errors import Reason

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
MACHINES = {"sqlite-old", "python-mail-headers"}
"""Depends on the machine that the tests run on; each has a test of its own."""

POSTGRES = pytest.mark.parametrize("engine", ["postgresql"], indirect=True)


@pytest.fixture
def wf():
    return Thidua(clock=lambda: NOW, conditions={"has_budget": lambda view: True})


@pytest.fixture(name="equip", scope="module")
def _equip(equip, reachable):
    """The small installation, everybody in it with an address."""

    def made(db, wf, toy):
        equip(db, wf, toy)
        reachable(db, wf)

    return made


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def engine(request, tmp_path_factory, equip, toy):
    """A sound installation on an engine as we advise it."""
    if request.param == "sqlite":
        engine = sqlite_engine(f"sqlite:///{tmp_path_factory.mktemp('doctor') / 'sound.db'}")
    else:
        url = request.getfixturevalue("pg_database")
        engine = hushed(create_engine(url, connect_args={"options": "-c lock_timeout=10s"}))
    with engine.begin() as db:
        equip(db, Thidua(), toy)
    yield engine
    engine.dispose()


@pytest.fixture
def lite(sqlite_url, wf, equip, toy):
    """Makes engines on one sound SQLite file."""
    first = sqlite_engine(sqlite_url)
    with first.begin() as db:
        equip(db, wf, toy)
    first.dispose()
    made = []

    def make(*pragmas):
        engine = create_engine(sqlite_url, connect_args={"isolation_level": None, "timeout": 30})
        event.listen(engine, "connect", lambda d, _: [d.execute(f"PRAGMA {p}") for p in pragmas])
        event.listen(engine, "begin", lambda db: db.exec_driver_sql("BEGIN"))
        made.append(engine)
        return hushed(engine)

    yield make
    for each in made:
        each.dispose()


def found(db, wf):
    """Codes and levels, without what the machine brings; every text is there in both languages."""
    findings = examine(db, wf)
    for each in findings:
        assert each.text("vi") not in (each.code, each.text("en"))
        assert "{" not in each.text("vi") + each.text("en")
    return [(each.code, each.level) for each in findings if each.code not in MACHINES]


def test_sound(engine, wf):
    assert found(engine, wf) == []
    assert engine.pool.checkedout() == 0


def test_an_engine_whose_errors_quote_values(engine, wf):
    engine.hide_parameters = False
    try:
        assert found(engine, wf) == [("values-quoted", "note")]
    finally:
        engine.hide_parameters = True


def test_sound_connection(db, wf):
    assert found(db, wf) == []
    assert db.in_transaction()


def test_writer_at_work(engine, db, wf):
    """It reads beside a writer and waits for nobody."""
    db.execute(update(wf.tables.unit).values(name="x"))

    assert found(engine, wf) == []


@pytest.mark.parametrize(
    ("version", "pragmas", "expected"),
    [
        ((3, 51, 2), (), ["sqlite-old"]),
        ((3, 51, 3), (), []),
        ((3, 51, 2), ("journal_mode=DELETE", "synchronous=EXTRA"), []),
    ],
)
def test_sqlite_release(lite, wf, monkeypatch, version, pragmas, expected):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)

    codes = [each.code for each in examine(lite(*pragmas), wf)]

    assert [code for code in codes if code == "sqlite-old"] == expected


@pytest.mark.parametrize(
    ("pragmas", "expected"),
    [
        (("foreign_keys=ON",), []),
        (("foreign_keys=OFF",), [("sqlite-foreign-keys", "note")]),
        (("foreign_keys=ON", "synchronous=NORMAL"), [("sqlite-loses-commits", "stop")]),
        (("foreign_keys=ON", "journal_mode=DELETE"), [("sqlite-loses-the-last", "warn")]),
        (("foreign_keys=ON", "journal_mode=DELETE", "synchronous=EXTRA"), []),
        (("foreign_keys=ON", "busy_timeout=5000"), [("sqlite-impatient", "warn")]),
        (("foreign_keys=ON", "locking_mode=EXCLUSIVE"), [("sqlite-exclusive", "warn")]),
    ],
)
def test_sqlite_pragmas(lite, wf, pragmas, expected):
    assert found(lite(*pragmas), wf) == expected


def test_sqlite_stock(sqlite_url, lite, wf):
    engine = create_engine(sqlite_url)

    assert [code for code, _ in found(engine, wf)] == [
        "sqlite-impatient",
        "sqlite-stock",
        "values-quoted",
        "sqlite-foreign-keys",
    ]
    engine.dispose()


def test_sqlite_in_memory(wf, equip, toy):
    engine = sqlite_engine("sqlite://", poolclass=StaticPool)
    with engine.begin() as db:
        equip(db, wf, toy)

    assert found(engine, wf) == []
    engine.dispose()


def test_autocommit(engine, wf):
    engine = engine.execution_options(isolation_level="AUTOCOMMIT")

    assert found(engine, wf)[0] == ("autocommit", "stop")


@pytest.mark.parametrize(
    ("settings", "options", "expected"),
    [
        ("-c synchronous_commit=off", {}, [("pg-loses-commits", "stop")]),
        ("-c lock_timeout=0", {}, [("pg-waits-for-ever", "note")]),
        ("-c default_transaction_read_only=on", {}, [("pg-read-only", "warn")]),
        ("-c session_replication_role=replica", {}, [("pg-triggers-off", "stop")]),
        ("", {"isolation_level": "SERIALIZABLE"}, [("pg-isolation", "note")]),
        ("", {"isolation_level": "REPEATABLE READ"}, [("pg-isolation", "note")]),
    ],
)
@POSTGRES
def test_postgresql_settings(engine, wf, settings, options, expected):
    terms = {"options": f"-c lock_timeout=10s {settings}"}
    other = hushed(create_engine(engine.url, connect_args=terms, **options))

    assert found(other, wf) == expected
    other.dispose()


@POSTGRES
def test_postgresql_clock_offset(db, monkeypatch):
    wf = Thidua(conditions={"has_budget": lambda view: True})
    assert found(db, wf) == []
    monkeypatch.setattr(clock, "OFFSET", timedelta(seconds=-1))

    assert found(db, wf) == [("clock-offset", "warn")]


@POSTGRES
def test_postgresql_of_a_release_with_a_flaw(db, wf, monkeypatch):
    assert found(db, wf) == []
    monkeypatch.setattr(host, "BROKEN_POSTGRESQL", ((0, 990000, "99.0"),))

    assert found(db, wf) == [("pg-old", "warn")]


def test_no_tables(database_url, wf):
    engine = create_engine(database_url)

    assert ("schema-missing", "stop") in found(engine, wf)
    engine.dispose()


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2026, 12, 31, tzinfo=UTC), []),
        (datetime(2027, 1, 1, tzinfo=UTC), [("calendar-ends", "warn")]),
        (datetime(2028, 1, 1, tzinfo=UTC), [("calendar-ends", "stop")]),
    ],
)
def test_calendar(db, wf, now, expected):
    wf.clock = lambda: now

    assert found(db, wf) == expected


def test_procedure_unusable(db, wf):
    values = {"hash": "ab" * 32, "name": "old", "version": "1", "text": "nonsense"}
    db.execute(insert(wf.tables.procedure).values(**values, confirmed="{}", stored_at="-"))

    assert found(db, wf) == [("procedure-unusable", "stop")]


def task(wf, wake_at):
    """A task with a reminder to come."""
    values = {"dossier_id": "h", "n": 1, "kind": "desk", "what": "new", "seat": "clerk"}
    values |= {"opened_n": 1, "status": "open", "rung": 0, "wake_at": instant(wake_at)}
    return insert(wf.tables.task).values(values)


def lease(wf, name, **values):
    return insert(wf.tables.lease).values(
        {"name": name, "owner": "", "until_at": "", "beat_at": "", **values}
    )


@pytest.mark.parametrize(
    ("minutes", "woken", "expected"),
    [
        (14, 60, []),
        (16, 60, [("clock-stands", "warn")]),
        (16, -60, [("clock-stands", "warn")]),
        (None, 60, [("clock-never", "warn")]),
        (None, 14, []),
        (None, -60, []),
        (-14, -60, []),
        (-16, -60, [("clock-ahead", "warn")]),
        (62 * 24 * 60 + 1, 60, [("clock-doubted", "stop")]),
    ],
)
def test_clock(db, wf, minutes, woken, expected):
    db.execute(task(wf, NOW - timedelta(minutes=woken)))
    if minutes is not None:
        beat = instant(NOW - timedelta(minutes=minutes))
        db.execute(lease(wf, LEASE, beat_at=beat))

    assert found(db, wf) == expected


@pytest.mark.parametrize("minutes", [16, -16, 100_000])
def test_clock_is_told_in_words(db, wf, minutes):
    beat = instant(NOW - timedelta(minutes=minutes))
    db.execute(lease(wf, LEASE, beat_at=beat))

    (finding,) = (each for each in examine(db, wf) if each.code.startswith("clock-"))
    said = finding.text("vi")
    assert " giờ " in said
    assert "T0" not in said
    assert "+00:00" not in said


def mail(wf, key, status, hours=2):
    values = {"id": key, "owner": "o", "mailbox": "a@example.org", "lang": "vi", "content": "{}"}
    values |= {"status": status, "attempt": 1, "next_at": instant(NOW)}
    values |= {"trouble": troubled(Reason("unknown-mail", {"mail": key}))}
    return insert(wf.tables.mail).values(**values, made_at=instant(NOW - timedelta(hours=hours)))


@pytest.mark.parametrize(
    ("status", "hours", "expected"),
    [
        ("sent", 2, []),
        ("dead", 2, [("mails-dead", "warn")]),
        ("queued", 2, [("mails-late", "warn")]),
        ("retry", 2, [("mails-late", "warn")]),
        ("retry", 0.9, []),
    ],
)
def test_mails(db, wf, status, hours, expected):
    db.execute(mail(wf, "m1", status, hours))

    assert found(db, wf) == expected


def test_newest_trouble_of_dead_mails(db, wf):
    db.execute(mail(wf, "m1", "dead", 3))
    db.execute(mail(wf, "m2", "dead", 2))
    db.execute(mail(wf, "m3", "dead", 4))

    (finding,) = (each for each in examine(db, wf) if each.code == "mails-dead")
    assert finding.fields == {"count": 3, "trouble": "unknown-mail"}
    assert "{" not in finding.text("en")


def test_mails_held(db, wf):
    db.execute(lease(wf, BOX, owner=HELD))
    db.execute(mail(wf, "m1", "held"))
    db.execute(mail(wf, "m2", "queued"))

    assert found(db, wf) == [("mails-held", "warn")]


def test_most_pressing_first(lite, wf):
    wf.clock = lambda: datetime(2027, 1, 1, tzinfo=UTC)

    levels = [each.level for each in examine(lite("synchronous=NORMAL", "foreign_keys=OFF"), wf)]

    assert levels == sorted(levels, key=["stop", "warn", "note"].index)
    assert {"stop", "warn", "note"} == {*levels}


def test_database_that_does_not_answer(wf):
    with pytest.raises(OperationalError):
        examine(create_engine("postgresql+psycopg://nobody@127.0.0.1:1/none"), wf)
