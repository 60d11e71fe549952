"""The databases that the tests are given."""

import pytest
from sqlalchemy import Connection, create_engine, inspect, text
from sqlalchemy.engine import Engine


@pytest.mark.parametrize("turn", [1, 2])
def test_database_url_is_empty_each_time(database_url: str, turn: int) -> None:
    engine = create_engine(database_url)

    with engine.begin() as db:
        assert inspect(db).get_table_names() == []
        db.execute(text("CREATE TABLE seen (turn INTEGER)"))

    engine.dispose()


def test_pg_engine_is_a_database_of_its_own(pg_engine: Engine, pg_url: str) -> None:
    with pg_engine.connect() as db:
        assert _name(db).startswith("thidua_")
        assert db.execute(text("SHOW server_encoding")).scalar_one() == "UTF8"


def test_pg_engine_is_marked(request: pytest.FixtureRequest, pg_engine: Engine) -> None:
    assert request.node.get_closest_marker("postgres") is not None


def _name(db: Connection) -> str:
    return str(db.execute(text("SELECT current_database()")).scalar_one())
