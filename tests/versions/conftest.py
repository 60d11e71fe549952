"""An office with dossiers at every stage of a small procedure, and its next versions; on both."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, insert, select
from sqlalchemy.engine import Connection, Engine

from thidua import Answer, Attach, By, Candidate, Cast, Close, Create, Fire, Paper, Thidua
from thidua.sqlite import sqlite_engine
from thidua.verify import verify
from thidua.versions import Move

TRIAL = Path(__file__).parents[1].joinpath("workflow", "trial.yaml").read_text(encoding="utf-8")
SINCE = "2018-01-01"
PAPER = Paper(number="7", symbol="QĐ", signed_on=date(2018, 6, 8))
OFFICER = By("officer")
STAGES = ("proposed", "appraisal", "consulted", "council", "submitted")


@dataclass
class Office:
    """A host that commits everything on its own."""

    engine: Engine
    wf: Thidua
    now: datetime = datetime(2018, 6, 11, 2, tzinfo=UTC)
    made: list[str] = field(default_factory=list)

    def do(self, fn: Any) -> Any:
        """One committed transaction."""
        with self.engine.begin() as db:
            return fn(db)

    def at(self, on: date, hour: int = 9) -> "Office":
        """Go to an hour of a legal date."""
        self.now = datetime(on.year, on.month, on.day, hour - 7, tzinfo=UTC)
        return self

    def act(self, dossier: str, command: Any, by: str = "officer", **terms: Any) -> Any:
        """One committed act."""
        return self.do(
            lambda db: self.wf.act(db, dossier, command, by=By(by), now=self.now, **terms)
        )

    def reach(self, state: str, meeting: str = "k1") -> str:
        """A new dossier that has come to a state."""
        dossier = f"h-{len(self.made) + 1:03}"
        self.made.append(dossier)
        create = Create("trial@1", "PRIZE", Candidate("individual", "Ấn"), unit="u1",
                        fields={"merit": "tốt"}, campaign=dossier)  # fmt: skip
        self.do(lambda db: self.wf.create(db, create, by=OFFICER, dossier_id=dossier, now=self.now))
        for stage in STAGES[1 : STAGES.index(state) + 1]:
            getattr(self, f"_{stage}")(dossier, meeting)
        return dossier

    def _appraisal(self, dossier: str, _: str) -> None:
        self.act(dossier, Attach("report", "ab" * 32, 1, "text/plain", "báo cáo"))
        self.act(dossier, Fire("accept"))

    def _consulted(self, dossier: str, _: str) -> None:
        self.act(dossier, Fire("consult"), "appraiser")

    def _council(self, dossier: str, meeting: str) -> None:
        self.act(dossier, Attach("notice", "cd" * 32, 1, "text/plain", "xác nhận"))
        for i in range(3):
            self.act(dossier, Answer("opinions", "agree"), f"d{i}")
        self.act(dossier, Close("posted"))
        self.act(dossier, Fire("convene", meeting=meeting))

    def _submitted(self, dossier: str, _: str) -> None:
        for i in range(5):
            self.act(dossier, Cast("vote", "for"), f"m{i}")
        self.act(dossier, Close("vote"), "teller")

    def newer(self, *pairs: str, version: str = "2") -> Any:
        """Store the next version: officers may bring dossiers over; old text, new text, …"""
        text = TRIAL.replace('version: "1"', f'version: "{version}"', 1)
        text = text.replace("may:\n", "may:\n  migrate: officer\n", 1)
        for old, new in zip(pairs[::2], pairs[1::2], strict=True):
            assert old in text, old
            text = text.replace(old, new)
        return self.do(lambda db: self.wf.adopt(db, text, now=self.now))

    def move(self, new: Any, **terms: Any) -> Move:
        """A move from the first version."""
        first = self.row("procedure", version="1")["hash"]
        old = self.do(lambda db: self.wf.shelf.rules(db, first))
        given = {"by": OFFICER, "states": {}, "ground": PAPER, **terms}
        return Move(old.procedure, new, **given)

    def plan(self, move: Move) -> dict[str, Any]:
        """What would become of every dossier."""

        def look(db: Connection) -> dict[str, Any]:
            ids = self.wf.versions.dossiers(db, move)
            return {key: self.wf.versions.plan(db, move, key, self.now) for key in ids}

        return dict(self.do(look))

    def rows(self, table: str, **where: Any) -> list[dict[str, Any]]:
        """Rows of a table whose columns have these values."""
        chosen = getattr(self.wf.tables, table)
        with self.engine.connect().execution_options(thidua_read=True) as db:
            return [dict(r) for r in db.execute(select(chosen).filter_by(**where)).mappings()]

    def row(self, table: str, **where: Any) -> dict[str, Any]:
        """The one row."""
        (found,) = self.rows(table, **where)
        return found

    def dues(self, dossier: str) -> dict[str, str]:
        """The running dues of a dossier."""
        tasks = self.rows("task", dossier_id=dossier)
        running = [t for t in tasks if t["status"] in ("open", "paused") and t["due_on"]]
        return {t["what"]: t["due_on"] for t in running}

    def faults(self) -> list[str]:
        """What `verify` finds."""
        return list(self.do(lambda db: [p.text("en") for p in verify(db, self.wf)]))


HELD = (
    *((role, role, "") for role in ("officer", "appraiser", "teller", "minister")),
    ("proposer", "proposer", "u1"),
    *((f"d{i}", "department", f"d{i}") for i in range(3)),
    *((f"m{i}", "member", "") for i in range(5)),
)

CONDITIONS = {"has_budget": lambda _: True}


@pytest.fixture(scope="session")
def adopted(stored: Any) -> list[dict[str, Any]]:
    """The procedure's first version, adopted."""
    rows: list[dict[str, Any]] = stored(Thidua(conditions=CONDITIONS), TRIAL, now=Office.now)
    return rows


@pytest.fixture
def office(tables_url: str, adopted: list[dict[str, Any]]) -> Iterator[Office]:
    """The procedure's first version, its people, and a meeting on 20 July."""
    sqlite = tables_url.startswith("sqlite")
    engine = sqlite_engine(tables_url) if sqlite else create_engine(tables_url)
    wf = Thidua(conditions=CONDITIONS)
    made = Office(engine, wf)
    t = wf.tables
    made.do(lambda db: db.execute(insert(t.procedure), adopted))
    unit = {"kind": "department", "groups": "{}", "from_on": SINCE}
    held = [{"actor": a, "role": r, "unit": u, "from_on": SINCE} for a, r, u in HELD]
    made.do(lambda db: db.execute(insert(t.unit), [
        {**unit, "id": f"d{i}", "name": f"Sở {i}"} for i in range(3)]))  # fmt: skip
    made.do(lambda db: db.execute(insert(t.holding), held))
    made.do(lambda db: wf.meetings.add(db, "Phiên 1", date(2018, 7, 20), by=OFFICER,
                                       meeting_id="k1", now=made.now))  # fmt: skip
    yield made
    engine.dispose()
