"""An office whose every statement can be its last: what it holds, before and after."""

import os
import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from sqlalchemy import event, insert
from sqlalchemy.engine import Connection, Engine

from figures.database import engine_of
from figures.fault import replaced
from thidua import By, Candidate, Command, Create, Paper, Thidua, ids, urn
from thidua.testing.drawer import KeyDrawer
from thidua.verify import verify

PROCEDURE = Path(__file__).with_name("crash.yaml")
NOW = datetime(2018, 6, 11, 2, tzinfo=UTC)
PAPER = Paper(number="7", symbol="CV", signed_on=date(2018, 6, 8), signer="Trần Văn Bê")
OFFICER = By("officer")
CRASHED = 9
"""The exit code of a process that a failpoint ended."""

Image = Mapping[str, list[tuple[Any, ...]]]
"""All rows of all tables."""

_PEOPLE = (
    ("proposer", "proposer", "u1"), ("officer", "officer", ""), ("appraiser", "appraiser", ""),
    ("teller", "teller", ""), ("minister", "minister", ""), ("chair", "chair", ""),
    *((f"d{n}", role, f"d{n}") for n in range(3) for role in ("department", "head")),
    *((f"m{n}", "member", "") for n in range(4)),
)  # fmt: skip


@dataclass(slots=True)
class Failpoint:
    """Ends the process, or raises, at the end of the statement number `at`."""

    at: int | None = None
    end: Callable[[], None] = lambda: os._exit(CRASHED)
    seen: list[str] = field(default_factory=list)

    def __call__(self, statement: str) -> None:
        """One more statement has run."""
        self.seen.append(statement)
        if self.at is not None and len(self.seen) == self.at:
            self.end()

    def set(self, at: int | None) -> None:
        """Count anew."""
        self.at = at
        self.seen.clear()


@dataclass(frozen=True, slots=True)
class Stage:
    """The office; every statement of its engine and of the write path's seam is counted."""

    url: str
    engine: Engine
    wf: Thidua
    failpoint: Failpoint

    @classmethod
    def new(cls, url: str) -> "Stage":
        """Tables, both versions of the procedure, people, a submission and two meetings."""
        failpoint = Failpoint()
        wf = Thidua(probe=failpoint, keys=KeyDrawer(), clock=lambda: NOW)
        stage = cls(url, engine_of(url), wf, failpoint)
        event.listen(stage.engine, "after_cursor_execute", stage._ran)
        with stage.engine.begin() as db:
            wf.migrate(db)
            stage._employ(db)
            wf.adopt(db, PROCEDURE.read_text(encoding="utf-8"))
            wf.adopt(db, version("2"))
            for key in ("k1", "k2"):
                wf.meetings.add(db, "Họp", date(2018, 7, 20), by=OFFICER, meeting_id=key)
            for key in ("s1", "s2"):
                wf.submissions.add(db, PAPER, by=OFFICER, submission_id=key)
            wf.tick(db)
        return stage

    def _ran(self, *words: Any) -> None:
        self.failpoint(str(words[2]).split("\n", 1)[0])

    def _employ(self, db: Connection) -> None:
        t, since = self.wf.tables, "2018-01-01"
        units = [("u1", "office"), *((f"d{n}", "department") for n in range(3))]
        db.execute(insert(t.unit), [
            {"id": key, "from_on": since, "name": f"Đơn vị {key}", "kind": kind, "groups": "{}"}
            for key, kind in units
        ])  # fmt: skip
        held = [{"actor": a, "role": r, "unit": u, "from_on": since} for a, r, u in _PEOPLE]
        db.execute(insert(t.holding), held)
        owners = sorted({*(key for key, _ in units), *(actor for actor, *_ in _PEOPLE)})
        boxes = [{"owner": key, "mailbox": f"{key}@example.org"} for key in owners]
        db.execute(insert(t.address), [{**each, "from_on": since} for each in boxes])

    def propose(self, db: Connection, dossier: str, campaign: str | None = None) -> None:
        """A new dossier."""
        self.wf.create(db, proposal(campaign or dossier), by=By("proposer"), dossier_id=dossier)

    def act(self, dossier: str, command: Command, by: str) -> None:
        """One committed act."""
        with self.engine.begin() as db:
            self.wf.act(db, dossier, command, by=By(by))

    def image(self, db: Connection) -> Image:
        """Everything that is stored; on the driver's cursor, so that no failpoint counts it."""
        cursor = db.connection.cursor()
        found: dict[str, list[tuple[Any, ...]]] = {}
        for name in sorted(self.wf.tables.metadata.tables):
            cursor.execute(f"SELECT * FROM {name}")  # noqa: S608 -- a name of our own
            found[name] = sorted(map(tuple, cursor.fetchall()), key=repr)
        cursor.close()
        return found

    def stored(self) -> Image:
        """Everything that is stored and committed."""
        with self.reading() as db:
            return self.image(db)

    def problems(self) -> int:
        """What SQLite itself and the journal's check find wrong."""
        with self.reading() as db:
            wrong = len(verify(db, self.wf))
            if self.url.startswith("sqlite"):
                wrong += db.exec_driver_sql("PRAGMA integrity_check").scalar() != "ok"
        return wrong

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that only reads."""
        with self.engine.connect().execution_options(thidua_read=True) as db:
            yield db


def proposal(campaign: str) -> Create:
    """The nomination of every case."""
    candidate = Candidate("individual", "Nguyễn Văn Ấn", "u1")
    return Create("crash@1", "PRIZE", candidate, "u1", {"merit": "tốt"}, campaign=campaign)


def version(name: str) -> str:
    """Another version of the procedure, with a later due, onto which a dossier may be moved."""
    text = PROCEDURE.read_text(encoding="utf-8").replace('version: "1"', f'version: "{name}"')
    text = text.replace("\nmay:\n", "\nmay:\n  migrate: officer\n")
    return text.replace("in: 5 working days, from: entry", "in: 8 working days, from: entry")


@contextmanager
def drawn(seed: str) -> Iterator[None]:
    """While inside, ids and salts are those of the seed: two runs write the same bytes."""
    chance = random.Random(seed)  # noqa: S311 -- repeats what it drew, keeps no secret
    secrets = SimpleNamespace(
        randbits=chance.getrandbits, token_bytes=chance.randbytes,
        token_hex=lambda n: chance.randbytes(n).hex(), SystemRandom=lambda: chance,
    )  # fmt: skip
    clock = SimpleNamespace(time_ns=lambda: 0, monotonic=lambda: 0.0)
    with ExitStack() as stack:
        for owner, name, value in (
            (ids, "secrets", secrets), (ids, "time", clock), (urn, "secrets", secrets),
            (ids, "os", SimpleNamespace(urandom=chance.randbytes)),
        ):  # fmt: skip
            stack.enter_context(replaced(owner, name, value))
        yield
