"""A connection that is closed in the middle of an act: an error of ours, and nothing is left."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, create_engine

from thidua import Failed, Thidua, sqlite_engine
from thidua.connection import checked
from thidua.storage.script import Pen


def test_the_error_is_not_hidden_by_the_cursor_that_cannot_be_closed(sqlite_url: str) -> None:
    engine = sqlite_engine(sqlite_url)
    with engine.begin() as db:
        Thidua().migrate(db)

    connection = engine.connect()
    pen = Pen(connection)
    driver: Any = connection.connection.dbapi_connection
    driver.close()
    with pytest.raises(Failed) as caught:
        pen.raw("SAVEPOINT td_act")
    pen.close()

    assert caught.value.fields["statement"] == "SAVEPOINT td_act"
    connection.invalidate()
    connection.close()
    engine.dispose()


@pytest.mark.parametrize("use", [checked, Pen])
@pytest.mark.parametrize("make", [sqlite_engine, create_engine])
def test_a_connection_that_is_gone_already_is_our_error(
    sqlite_url: str, make: Callable[[str], Engine], use: Callable[[Connection], Any]
) -> None:
    engine = make(sqlite_url)
    connection = engine.connect()
    connection.begin()
    driver: Any = connection.connection.dbapi_connection
    driver.close()

    with pytest.raises(Failed):
        use(connection)

    connection.invalidate()
    connection.close()
    engine.dispose()
