"""What earlier releases left: their databases under `tests/corpus`, copied and brought up."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.engine import Connection

from figures.database import engine_of
from thidua import Thidua
from thidua.storage import migrate, snapshot

CORPUS = Path(__file__).parents[2] / "tests" / "corpus"
RELEASES = tuple(sorted(path.name for path in CORPUS.glob("v*")))


def copied(release: str, folder: Path) -> Path:
    """A copy of the release's database file."""
    return Path(shutil.copy(CORPUS / release / "thidua.db", folder / f"{release}.db"))


def carried(file: Path, url: str) -> None:
    """All rows of a SQLite file into an empty database of a server, in the schema they have."""
    t = Thidua().tables
    with engine_of(f"sqlite:///{file}").begin() as old, engine_of(url).begin() as new:
        migrate.upgrade(new, to=migrate.current(old))
        for sheet in snapshot.sheets(old, t):
            for _ in snapshot.add(new, sheet, snapshot.rows(old, sheet)):
                pass


@contextmanager
def brought_up(release: str) -> Iterator[tuple[Connection, Thidua]]:
    """A copy in today's schema."""
    with tempfile.TemporaryDirectory(prefix="thidua-corpus-") as folder:
        engine, wf = engine_of(f"sqlite:///{copied(release, Path(folder))}"), Thidua()
        with engine.begin() as db:
            wf.migrate(db)
        with engine.connect() as db:
            yield db, wf
        engine.dispose()
