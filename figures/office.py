"""An office in a database of its own: the bench's procedure, its people, and lives begun."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.engine import Connection, Engine, RowMapping

import bench
from bench.life import DEPARTMENTS, FIELDS, MEMBERS, NOW, OFFICER
from figures.database import engine_of
from thidua import By, Candidate, Command, Create, Done, Thidua, retry
from thidua.verify import verify

PROCEDURE = Path(bench.__file__).with_name("life.yaml")
SINCE = "2018-01-01"
CREATE = Create(
    "bench-life", "A", Candidate("individual", "Nguyễn Văn Ấn"), fields=FIELDS, campaign="2018"
)


@dataclass(frozen=True, slots=True)
class Office:
    """A host that commits every act on its own and keeps no connection open between two."""

    url: str
    engine: Engine
    wf: Thidua

    @classmethod
    def at(cls, url: str) -> "Office":
        """The office whose database this is."""
        return cls(url, engine_of(url), Thidua())

    @classmethod
    def new(cls, url: str, *, departments: int = len(DEPARTMENTS)) -> "Office":
        """Tables, procedure, people and one meeting in an empty database."""
        office = cls.at(url)
        with office.engine.begin() as db:
            office.wf.migrate(db)
            office.wf.adopt(db, PROCEDURE.read_text(encoding="utf-8"), now=NOW)
            office._employ(db, departments)
            meets_on = date(2018, 7, 20)
            office.wf.meetings.add(db, "Phiên họp", meets_on, by=OFFICER, meeting_id="meeting")
        return office

    def _employ(self, db: Connection, departments: int) -> None:
        t, asked = self.wf.tables, [f"d{n}" for n in range(departments)]
        unit = {"from_on": SINCE, "kind": "department", "groups": "{}"}
        single = ("officer", "teller", "minister")
        held = [
            *({"actor": key, "role": "department", "unit": key} for key in asked),
            *({"actor": f"m{n}", "role": "member", "unit": ""} for n in MEMBERS),
            *({"actor": role, "role": role, "unit": ""} for role in single),
        ]
        boxes = [{"owner": key, "mailbox": f"{key}@example.org"} for key in asked]
        db.execute(insert(t.unit), [{**unit, "id": key, "name": f"Sở {key}"} for key in asked])
        db.execute(insert(t.holding), [{**each, "from_on": SINCE} for each in held])
        db.execute(insert(t.address), [{**each, "from_on": SINCE} for each in boxes])

    def propose(self, dossier: str) -> None:
        """A new dossier under this id."""
        with self.engine.begin() as db:
            self.wf.create(db, CREATE, by=OFFICER, dossier_id=dossier, now=NOW)

    def act(self, dossier: str, command: Command, by: By = OFFICER, **terms: Any) -> Done:
        """One committed act."""

        def fn(db: Connection) -> Done:
            return self.wf.act(db, dossier, command, by=by, now=NOW, **terms)

        return retry(self.engine, fn)

    def row(self, dossier: str) -> RowMapping | None:
        """The dossier's row."""
        table = self.wf.tables.dossier
        with self.reading() as db:
            return db.execute(select(table).where(table.c.id == dossier)).mappings().first()

    def bodies(self, dossier: str) -> list[dict[str, Any]]:
        """What the dossier's events say, in order."""
        event = self.wf.tables.event
        query = select(event.c.body).where(event.c.stream == dossier).order_by(event.c.n)
        with self.reading() as db:
            return [json.loads(body) for body in db.execute(query).scalars()]

    def command_ids(self) -> set[tuple[str, str]]:
        """Dossier and id of every command in the journal."""
        event = self.wf.tables.event.c
        query = select(event.stream, event.command_id).where(event.command_id.is_not(None))
        with self.reading() as db:
            return {(stream, command) for stream, command in db.execute(query)}

    def dossiers(self) -> int:
        """How many there are."""
        with self.reading() as db:
            return db.execute(select(func.count()).select_from(self.wf.tables.dossier)).scalar_one()

    def problems(self, dossier: str | None = None) -> int:
        """How much of the journal does not hold together."""
        with self.reading() as db:
            return len(verify(db, self.wf, dossier_id=dossier))

    def is_intact(self) -> bool:
        """Whether the database file is whole, as SQLite itself says; elsewhere nothing is asked."""
        if not self.url.startswith("sqlite"):
            return True
        with self.reading() as db:
            return bool(db.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok")

    def reading(self) -> Connection:
        """A connection that keeps no writer waiting; to be closed."""
        return self.engine.connect().execution_options(thidua_read=True)
