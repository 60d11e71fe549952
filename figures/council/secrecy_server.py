"""secrecy-postgresql: the same thief where the votes were kept by a PostgreSQL server.

He has each table's file with the outdated rows in it, in their order there, the write-ahead log
byte by byte, the server's own log with every statement and its values, and what it counts of
statements. The server is the figure's own, and never cleans up after itself.
"""

import random
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from figures.council import secrecy_attacks as attacks
from figures.council.secrecy import Council, found, held
from figures.council.secrecy_channels import AT_THE_COUNT
from figures.council.secrecy_odds import HALVES, Odds, enough
from figures.evidence.server import Server, has, served
from figures.figure import Outcome, Progress

SETTINGS = ("autovacuum=off", "fsync=off", "log_statement=all", "log_min_duration_statement=0",
            "log_parameter_max_length=-1", "wal_keep_size=1GB")  # fmt: skip
"""Whatever helps a thief; and no waiting for the disk, which nobody cuts off here."""

COUNTING = "pg_stat_statements"
SEGMENT, PAGE, POINTERS = 1 << 24, 8192, 24
TABLES = ("task", "event", "event_private", "box", "vote", "notice", "mail", "line", "dossier")
TEMPLATE = "secrecy"


def measure(size: int, chance: random.Random, progress: Progress) -> Outcome:
    """So many councils, each in a database of its own on one server."""
    odds, every = Odds(), {**attacks.EVERY, **attacks.IN_ROWS, **AT_THE_COUNT}
    libraries = (f"shared_preload_libraries={COUNTING}",) if has(COUNTING) else ()
    with served(*SETTINGS, *libraries) as server:
        _prepare(server)
        names = (f"council{n}" for n in count())
        n = 0
        while not enough(odds.sums, n, size):
            with TemporaryDirectory(prefix="thidua-secrecy-") as folder:
                loot, truth = held(Path(folder), chance, partial(_council, server, next(names)))
            for name, attack in every.items():
                odds.add(name, n % HALVES, attack(loot), truth)
            n += 1
            progress(n, max(n, size))
    return Outcome(n, odds.sums)


def _prepare(server: Server) -> None:
    with _open(server, "postgres").connect() as db:
        if has(COUNTING):
            db.execute(text(f"CREATE EXTENSION {COUNTING}"))
        db.execute(text(f"CREATE DATABASE {TEMPLATE}"))
    engine = _open(server, TEMPLATE, commits=False)
    found(Council(server.folder, engine, []).wf, engine)


def _open(server: Server, name: str, *, commits: bool = True) -> Engine:
    level = {"isolation_level": "AUTOCOMMIT"} if commits else {}
    return create_engine(make_url(server.url).set(database=name), poolclass=NullPool, **level)


def _council(
    server: Server, name: str, folder: Path, members: list[str], lines: list[str]
) -> "Served":
    with _open(server, "postgres").connect() as db:
        db.execute(text(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}"))
    engine = _open(server, name, commits=False)
    made = Served(folder, engine, lines, between=False, server=server, name=name)
    made.read, made.at = made.heard_of.stat().st_size, made.position()
    made.ask(members)
    return made


@dataclass
class Served(Council):
    """A council whose votes a server keeps; `at` is how far its log of changes was read."""

    server: Server | None = None
    name: str = ""
    at: int = 0
    read: int = 0

    @property
    def data(self) -> Path:
        """The server's folder."""
        assert self.server is not None
        return self.server.folder / "data"

    @property
    def heard_of(self) -> Path:
        """The server's own log."""
        return self.data.parent / "log"

    def said(self) -> list[str]:
        """What the server's own log tells since it was asked last."""
        with self.heard_of.open("rb") as file:
            file.seek(self.read)
            grown = file.read()
        self.read += len(grown)
        lines = grown.decode(errors="replace").splitlines()
        self.loot.log += lines
        return lines

    def position(self) -> int:
        """How far the log of changes goes."""
        with _open(self._server(), self.name).connect() as db:
            query = text("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn")
            return int(db.execute(query).scalar_one())

    def grown(self) -> bytes:
        """What was written into the log of changes since it was read last."""
        start, self.at = self.at, self.position()
        new = b"".join(_changes(self.data / "pg_wal", start, self.at))
        self.loot.wal += new
        return new

    def files(self) -> bytes:
        """The tables' files, the log of changes of this council, what is counted of statements."""
        self.grown()
        tables = self.wf.tables
        with _open(self._server(), self.name).connect() as db:
            db.execute(text("CHECKPOINT"))
            where = text("SELECT pg_relation_filepath(CAST(:name AS regclass)), "
                         "pg_relation_filepath(NULLIF(reltoastrelid, 0)) "
                         "FROM pg_class WHERE oid = CAST(:name AS regclass)")  # fmt: skip
            rows = {each: db.execute(where, {"name": getattr(tables, each).fullname}).one()
                    for each in TABLES}  # fmt: skip
        whole = {}
        for each, paths in rows.items():
            whole[each] = [(self.data / path).read_bytes() for path in paths if path]
            self.loot.heaps[each] = [row for file in whole[each] for row in tuples(file)]
        counted = self._counted().encode()
        return b"".join(b"".join(each) for each in whole.values()) + self.loot.wal + counted

    def _counted(self) -> str:
        if not has(COUNTING):
            return ""
        with _open(self._server(), "postgres").connect() as db:
            query = text(f"SELECT * FROM {COUNTING} WHERE dbid = (SELECT oid FROM pg_database "  # noqa: S608 -- a name of our own
                         "WHERE datname = :name)")  # fmt: skip
            return "\n".join(map(str, db.execute(query, {"name": self.name})))

    def _server(self) -> Server:
        assert self.server is not None
        return self.server


def _changes(folder: Path, start: int, end: int) -> Iterator[bytes]:
    """The bytes of the write-ahead log between two of its positions."""
    while start < end:
        upto = min(end, (start // SEGMENT + 1) * SEGMENT)
        number = start // SEGMENT
        name = f"{1:08X}{number >> 8:08X}{number & 0xFF:08X}"
        with (folder / name).open("rb") as file:
            file.seek(start % SEGMENT)
            yield file.read(upto - start)
        start = upto


def tuples(heap: bytes) -> Iterator[bytes]:
    """The rows in a table's file in the order of their pointers, the outdated ones too."""
    for start in range(0, len(heap) - PAGE + 1, PAGE):
        page = heap[start : start + PAGE]
        (lower,) = struct.unpack_from("<H", page, 12)
        for at in range(POINTERS, lower, 4):
            (pointer,) = struct.unpack_from("<I", page, at)
            offset, length = pointer & 0x7FFF, pointer >> 17
            if length:
                yield page[offset : offset + length]
