"""The databases that the tests are given."""

import pytest
from sqlalchemy import Connection, create_engine, insert, inspect, select, text
from sqlalchemy.engine import Engine

from thidua import Thidua
from thidua.storage import migrate, triggers


@pytest.mark.parametrize("turn", [1, 2])
def test_database_url_is_empty_each_time(database_url: str, turn: int) -> None:
    engine = create_engine(database_url)

    with engine.begin() as db:
        assert inspect(db).get_table_names() == []
        db.execute(text("CREATE TABLE seen (turn INTEGER)"))

    engine.dispose()


@pytest.mark.parametrize("turn", [1, 2])
def test_tables_url_has_all_tables_and_no_row_each_time(tables_url: str, turn: int) -> None:
    _spoil(tables_url)


@pytest.mark.parametrize("turn", [1, 2])
def test_migrated_url_has_the_triggers_too(migrated_url: str, turn: int) -> None:
    engine = create_engine(migrated_url)

    with engine.begin() as db:
        migrate.check(db)
        assert triggers.missing(db, None, "td_") == []
        db.execute(insert(Thidua().tables.event).values(stream="h", n=1, body="{}", hash=""))
        triggers.drop(db, None, "td_")

    engine.dispose()
    _spoil(migrated_url, events=1)


def _spoil(url: str, *, events: int = 0) -> None:
    """Finds no row but so many events; leaves one more and a table less."""
    engine, t = create_engine(url), Thidua().tables
    with engine.begin() as db:
        rows = {each.name: len(db.execute(select(each)).all()) for each in t.all()}
        assert rows == {**dict.fromkeys(rows, 0), t.event.name: events}
        db.execute(insert(t.person).values(id="a", name="A", lang="vi"))
        t.closure.drop(db)
    engine.dispose()


def test_pg_engine_is_a_database_of_its_own(pg_engine: Engine, pg_url: str) -> None:
    with pg_engine.connect() as db:
        assert _name(db).startswith("thidua_")
        assert db.execute(text("SHOW server_encoding")).scalar_one() == "UTF8"


def test_pg_engine_is_marked(request: pytest.FixtureRequest, pg_engine: Engine) -> None:
    assert request.node.get_closest_marker("postgres") is not None


def _name(db: Connection) -> str:
    return str(db.execute(text("SELECT current_database()")).scalar_one())
