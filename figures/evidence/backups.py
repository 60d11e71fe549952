"""backup: backups taken while four writers work, each restored, verified and left to send."""

import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.engine import Connection, Engine

from bench.life import NOW
from figures.database import engine_of, on_postgresql, on_sqlite
from figures.evidence.writers import Writers
from figures.fault import replaced
from figures.figure import Figure, Outcome, Progress, Sizes, zero
from figures.office import Office
from thidua import Fire, Thidua, backup, retry
from thidua.notifiers.channels import Recording
from thidua.notifiers.letter import Address
from thidua.notifiers.render import Office as Head
from thidua.outbox import Post, make
from thidua.restore import restore
from thidua.rhythm import AT_ONCE
from thidua.sender import Sender
from thidua.storage import mails, snapshot
from thidua.workflow.errors import ThiduaError

WRITERS = 4
SHORTEST, LONGEST = 0.2, 0.6
"""Seconds that the writers work before a backup."""

LATER = NOW + timedelta(days=14)
COUNTS = ("lost", "broken", "sent")

Told = set[tuple[str, int, str]]


def measure(url: str, size: int, chance: random.Random, progress: Progress) -> Outcome:
    """So many backups, each restored elsewhere: on PostgreSQL into it and into SQLite in turns.

    `lost` are events that were there before the backup began and are not in it, or are in it and
    were never there; `broken` backups that cannot be restored or do not verify; `sent` letters
    that a restored database sent by itself two weeks later, of those that waited in it.
    """
    office = Office.new(url)
    writers = Writers.on(office, chance, WRITERS)
    _ask(office)
    count: Counter[str] = Counter()
    for n in range(size):
        with tempfile.TemporaryDirectory() as folder:
            count += _one(writers, n, chance, Path(folder))
        progress(n + 1, size)
    why = "" if count["waited"] else "no mail waited in any backup"
    return Outcome(size, {name: count[name] for name in COUNTS}, why)


def _ask(office: Office) -> None:
    """Departments that do not answer: what they are asked waits to be sent."""
    for dossier in ("asked-1", "asked-2"):
        office.propose(dossier)
        office.act(dossier, Fire("consult"))


def _one(writers: Writers, n: int, chance: random.Random, folder: Path) -> Counter[str]:
    """One of them; the writers rest while it is restored, so that the next is not much larger."""
    office, path = writers.office, folder / "backup.zip"
    writers.begin()
    retry(office.engine, lambda db: make(db, office.wf, _post(), NOW))
    time.sleep(chance.uniform(SHORTEST, LONGEST))
    before = _events(office.engine, office.wf)
    backup.backup(office.engine, office.wf, path, now=NOW)
    after = _events(office.engine, office.wf)
    for writer in writers.several:
        writers.ended(writer, 0.0)
    inside = n % 2 == 0 and not office.url.startswith("sqlite")
    wf = Thidua(prefix=f"r{n}_") if inside else Thidua()
    engine = office.engine if inside else engine_of(f"sqlite:///{folder / 'restored.db'}")
    try:
        back = restore(engine, wf, path, accept=True, now=NOW)
    except ThiduaError as error:
        print(f"restore: {error}", file=sys.stderr)
        return Counter(broken=1)
    for problem in back.problems[:3]:
        print(f"restored: {problem.stream}: {problem.text()}", file=sys.stderr)
    there = _events(engine, wf)
    waited = _waiting(engine, wf)
    return Counter(
        lost=len(before - there) + len(there - after), broken=int(bool(back.problems)),
        sent=_sent(engine, wf, sound=not back.problems), waited=waited,
    )  # fmt: skip


def _events(engine: Engine, wf: Thidua) -> Told:
    event = wf.tables.event.c
    with engine.connect().execution_options(thidua_read=True) as db:
        return {tuple(row) for row in db.execute(select(event.stream, event.n, event.hash))}


def _waiting(engine: Engine, wf: Thidua) -> int:
    """Mails and notices of which a sender would make letters."""
    mail, notice = wf.tables.mail.c, wf.tables.notice.c
    unsent = mail.status.in_(("queued", "held"))
    with engine.connect().execution_options(thidua_read=True) as db:
        queued = db.execute(select(func.count()).where(unsent)).scalar_one()
        return queued + db.execute(select(func.count()).where(notice.status == "due")).scalar_one()


def _sent(engine: Engine, wf: Thidua, *, sound: bool) -> int:
    """What a sender sends when nobody has said that it may; of sound rows, also after the clock."""
    channel = Recording()
    sender = Sender(engine, wf, _post(channel), clock=lambda: LATER)
    sender.run()
    if sound:
        retry(engine, partial(wf.tick, now=LATER))
        sender.run()
    return len(channel.letters)


def _post(channel: Recording | None = None) -> Post:
    address = Address("Văn phòng", "office@example.org")
    return Post(channel or Recording(), address, Head("Văn phòng"), rhythm=AT_ONCE)


@contextmanager
def careless() -> Iterator[None]:
    """A backup that reads each table as of another moment, a restore that holds no mail."""
    rows = snapshot.rows

    def slowly(db: Connection, sheet: snapshot.Sheet) -> object:
        time.sleep(0.02)
        return rows(db, sheet)

    with (
        replaced(backup, "one_moment", _scattered),
        replaced(snapshot, "rows", slowly),
        replaced(mails, "hold_all", lambda *_: 0),
    ):
        yield


@contextmanager
def _scattered(db: Engine) -> Iterator[Connection]:
    """On PostgreSQL every statement of READ COMMITTED sees a moment of its own."""
    alone = {"isolation_level": "AUTOCOMMIT"} if db.dialect.name == "sqlite" else {}
    with db.connect().execution_options(**alone) as connection:
        yield connection


FIGURES = (
    Figure(
        "backup-sqlite", Sizes(1, 2, 10, 100), 63, on_sqlite(measure), zero(*COUNTS), careless
    ),
    Figure(
        "backup-postgresql", Sizes(1, 2, 10, 100), 64, on_postgresql(measure), zero(*COUNTS),
        careless,
    ),
)  # fmt: skip
