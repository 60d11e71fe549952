"""A connection that is closed in the middle of an act: an error of ours, and nothing is left."""

from typing import Any

import pytest

from thidua import Failed, Thidua, sqlite_engine
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
