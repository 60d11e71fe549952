"""An engine whose errors and logs tell of statements without the values in them."""

from sqlalchemy import event
from sqlalchemy.engine import Engine, ExceptionContext

from thidua.storage.script import hush


def hushed(engine: Engine) -> Engine:
    """Keep names and notes out of what SQLAlchemy and PostgreSQL say when a statement fails.

    For a host's own engine too; of an `AsyncEngine` pass its `sync_engine`. Sets
    `hide_parameters`, and leaves of PostgreSQL's errors the first line: the details quote the row.
    """
    engine.hide_parameters = True
    event.listen(engine, "handle_error", _first_line)
    return engine


def _first_line(context: ExceptionContext) -> None:
    hush(context.original_exception)
    told = context.sqlalchemy_exception
    if told is not None:
        told.args = (str(told.args[0]).partition("\n")[0],)
