"""An office whose clock the test sets, with dossiers at a desk and units that are asked."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, insert, select
from sqlalchemy.engine import Connection, Engine

from thidua import By, Candidate, Create, Fire, Thidua
from thidua.calendars import Correction
from thidua.definitions.days import Day
from thidua.sqlite import sqlite_engine
from thidua.verify import verify

CLERK = By("u:clerk")
SINCE = "2018-01-01"
LETTER = "Công văn số 99/VPCP-KGVX ngày 01/8/2018"
PROCEDURE = Path(__file__).parents[1].joinpath("clock", "round.yaml").read_text(encoding="utf-8")


@dataclass
class Office:
    """Shorthand for a host that commits everything on its own; dues are counted from `now`."""

    engine: Engine
    wf: Thidua
    now: datetime = datetime(2018, 8, 6, 2, tzinfo=UTC)
    made: list[str] = field(default_factory=list)

    def at(self, month: int, day: int, hour: int = 9) -> None:
        """Set the clock to a local time of 2018."""
        self.now = datetime(2018, month, day, hour, tzinfo=UTC) - timedelta(hours=7)

    def do(self, fn: Callable[[Connection], Any]) -> Any:
        """One committed transaction."""
        with self.engine.begin() as db:
            return fn(db)

    def correct(self, *days: Day, **terms: Any) -> Correction:
        """Correct the calendar."""
        told = {"by": CLERK, "now": self.now, "ground": LETTER, **terms}
        done: Correction = self.do(lambda db: self.wf.calendars.correct(db, days, **told))
        return done

    def propose(self, *, asked: bool = False, procedure: str = "clock-test") -> str:
        """A new dossier at the clerk's desk, or about which every unit is asked."""
        dossier = f"h-{len(self.made) + 1:03}"
        create = Create(procedure, "PRIZE", Candidate("individual", "A"), campaign="2018")
        self.do(lambda db: self.wf.create(db, create, by=CLERK, dossier_id=dossier, now=self.now))
        self.made.append(dossier)
        if asked:
            self.act(dossier, Fire("ask"))
        return dossier

    def act(self, dossier: str, command: Any, **terms: Any) -> Any:
        """One committed act of the clerk's."""
        by = terms.pop("by", CLERK)
        return self.do(lambda db: self.wf.act(db, dossier, command, by=by, now=self.now, **terms))

    def rows(self, table: str, **where: Any) -> list[dict[str, Any]]:
        """Rows of a table whose columns have these values."""
        chosen = getattr(self.wf.tables, table)
        with self.engine.connect().execution_options(thidua_read=True) as db:
            return [dict(r) for r in db.execute(select(chosen).filter_by(**where)).mappings()]

    def due(self, dossier: str, what: str) -> str:
        """When a dossier's open task is due."""
        found = self.rows("task", dossier_id=dossier, what=what)
        return str(found[0]["due_on"])

    def put(self, table: str, *rows: dict[str, Any]) -> None:
        """Insert rows."""
        self.do(lambda db: db.execute(insert(getattr(self.wf.tables, table)), list(rows)))

    def faults(self) -> list[str]:
        """What `verify` finds."""
        return self.do(lambda db: [p.text("en") for p in verify(db, self.wf)])

    def another(self) -> "Office":
        """Another process of the same office."""
        return Office(self.engine, Thidua(), self.now, self.made)


@pytest.fixture(scope="session")
def adopted(stored: Any) -> list[dict[str, Any]]:
    """The procedure, adopted."""
    rows: list[dict[str, Any]] = stored(Thidua(), PROCEDURE, now=Office.now)
    return rows


@pytest.fixture
def office(tables_url: str, adopted: list[dict[str, Any]]) -> Iterator[Office]:
    """A clerk, two units, one procedure."""
    sqlite = tables_url.startswith("sqlite")
    engine = sqlite_engine(tables_url) if sqlite else create_engine(tables_url)
    made = Office(engine, Thidua())
    made.put("procedure", *adopted)
    made.put("holding", {"actor": "u:clerk", "role": "clerk", "unit": "", "from_on": SINCE})
    for key in ("a", "b"):
        made.put("unit", {"id": key, "from_on": SINCE, "name": key, "kind": "unit", "groups": "{}"})
    yield made
    engine.dispose()
