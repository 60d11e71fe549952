"""An office with a database, its people and the shipped procedures; both databases."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Table, create_engine, insert, select
from sqlalchemy.engine import Engine

from thidua import Attach, By, Candidate, Command, Create, Done, Paper, Thidua
from thidua.definitions import shipped
from thidua.earlier import earlier_awards
from thidua.sqlite import sqlite_engine

SINCE = "2018-01-01"
OFFICER = By("officer")
HASH = "ab" * 32
HELD = [("CB-0007", "KNC")]
"""Who has an award already."""
CONDITIONS = {"not_awarded_before": earlier_awards(HELD)}


@dataclass
class Office:
    """Shorthand for a host that commits every act on its own."""

    engine: Engine
    wf: Thidua
    now: datetime = datetime(2018, 8, 6, 2, tzinfo=UTC)
    made: list[str] = field(default_factory=list)

    def act(self, dossier: str, command: Command, by: By = OFFICER, **terms: Any) -> Done:
        """One committed act."""
        with self.engine.begin() as db:
            return self.wf.act(db, dossier, command, by=by, now=self.now, **terms)

    def rows(self, table: Table, **where: Any) -> list[dict[str, Any]]:
        """Rows of a table whose columns have these values."""
        query = select(table).filter_by(**where)
        with self.engine.connect() as db:
            return [dict(row) for row in db.execute(query).mappings()]

    def state(self, dossier: str) -> str:
        """Where a dossier stands."""
        (row,) = self.rows(self.wf.tables.dossier, id=dossier)
        return str(row["state"])

    def submit(self) -> str:
        """A submission with the papers that count for all its dossiers."""
        with self.engine.begin() as db:
            paper = Paper(number="12", symbol="TTr-STP", signed_on=date(2018, 8, 1), signer="A")
            key = self.wf.submissions.add(db, paper, by=OFFICER, sender="stp-24", now=self.now)
            for kind in ("submission", "minutes"):
                self.wf.submissions.attach(db, key, paper_of(kind), by=OFFICER, now=self.now)
        return key

    def propose(self, procedure: str, award: str, **terms: Any) -> str:
        """A new dossier with a report; its id is short and ascending."""
        dossier = f"h-{len(self.made) + 1:03}"
        candidate = terms.pop("candidate", Candidate("individual", "Nguyễn Văn Ấn", "stp-24"))
        create = Create(procedure, award, candidate, unit=terms.pop("unit", "cuc-24"), **terms)
        with self.engine.begin() as db:
            self.wf.create(db, create, by=OFFICER, dossier_id=dossier, now=self.now)
        self.made.append(dossier)
        self.act(dossier, paper_of("report"))
        return dossier


def paper_of(kind: str) -> Attach:
    """A document of a kind."""
    return Attach(kind, HASH, 10, "application/pdf", f"{kind}.pdf")


@pytest.fixture(scope="session")
def procedures(stored: Any) -> list[dict[str, Any]]:
    """The shipped procedures, adopted."""
    texts = [path.read_text(encoding="utf-8") for path in shipped().values()]
    rows: list[dict[str, Any]] = stored(Thidua(conditions=CONDITIONS), *texts, demo=True)
    return rows


@pytest.fixture
def office(tables_url: str, procedures: list[dict[str, Any]]) -> Iterator[Office]:
    """Two departments, five members, and whoever else the shipped procedures need."""
    lite = tables_url.startswith("sqlite")
    engine = sqlite_engine(tables_url) if lite else create_engine(tables_url)
    wf = Thidua(conditions=CONDITIONS)
    with engine.begin() as db:
        db.execute(insert(wf.tables.procedure), procedures)
        db.execute(insert(wf.tables.unit), _units())
        db.execute(insert(wf.tables.holding), _holdings())
    yield Office(engine, wf)
    engine.dispose()


def _units() -> list[dict[str, Any]]:
    names = {"stp-24": "Sở Tư pháp tỉnh Bắc Giang", "stp-27": "Sở Tư pháp tỉnh Bắc Ninh"}
    return [
        {"id": key, "from_on": SINCE, "name": name, "kind": "department",
         "parent": "ubnd", "groups": '{"cluster": "C01"}'}
        for key, name in names.items()
    ]  # fmt: skip


def _holdings() -> list[dict[str, Any]]:
    held = [
        *((f"m{i}", "member", "") for i in range(5)),
        *((role, role, "") for role in ("officer", "appraiser", "teller", "minister")),
        *((unit, "department", unit) for unit in ("stp-24", "stp-27")),
        ("proposer-24", "proposer", "cuc-24"),
    ]
    return [{"actor": a, "role": r, "unit": u, "from_on": SINCE} for a, r, u in held]
