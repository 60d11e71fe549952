"""An office whose directory has every province of every time, on both databases."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, insert, select
from sqlalchemy.engine import Engine

from thidua import By, Candidate, Command, Create, Done, Thidua
from thidua.imports.provinces import enter_provinces
from thidua.sqlite import sqlite_engine

SINCE = "2018-01-01"
OFFICER = By("officer")
KINDS = {"department": ("stp-", "Sở Tư pháp {province}"),
         "committee": ("ubnd-", "Ủy ban nhân dân {province}"),
         "tax": ("thue-", "Thuế {province}")}  # fmt: skip


@dataclass
class Office:
    """Shorthand for a host that commits every act on its own."""

    engine: Engine
    wf: Thidua
    now: datetime = datetime(2025, 6, 24, 2, tzinfo=UTC)
    made: list[str] = field(default_factory=list)

    def act(self, dossier: str, command: Command, by: str | By = OFFICER, **terms: Any) -> Done:
        """One committed act, a minute after the one before."""
        self.now += timedelta(minutes=1)
        by = by if isinstance(by, By) else By(by)
        with self.engine.begin() as db:
            return self.wf.act(db, dossier, command, by=by, now=self.now, **terms)

    def write(self, call: Any, *args: Any, by: str | By = OFFICER, **terms: Any) -> Any:
        """One committed call of another kind."""
        self.now += timedelta(minutes=1)
        by = by if isinstance(by, By) else By(by)
        with self.engine.begin() as db:
            return call(db, *args, by=by, now=self.now, **terms)

    def ask(self, call: Any, *args: Any) -> Any:
        """What something read on a connection says."""
        with self.engine.connect() as db:
            return call(db, *args)

    def propose(
        self, unit: str | None = "stp-ha-giang", person: str | None = None, **fields: str
    ) -> str:
        """A new dossier about somebody of a unit."""
        key = f"h-{len(self.made) + 1:03}"
        create = Create("asking", "PRIZE", Candidate("individual", "Nguyễn Văn Ấn", unit, person),
                        unit=unit, fields=fields, campaign="c1")  # fmt: skip
        with self.engine.begin() as db:
            self.wf.create(db, create, by=OFFICER, dossier_id=key, now=self.now)
        self.made.append(key)
        return key

    def hold(self, *held: tuple[str, str, str], **more: str) -> None:
        """Give roles."""
        rows = [{"actor": a, "role": r, "unit": u, "from_on": SINCE, **more} for a, r, u in held]
        with self.engine.begin() as db:
            db.execute(insert(self.wf.tables.holding), rows)

    def seats(self, dossier: str) -> dict[str, Mapping[str, Any]]:
        """The asks of a dossier by their seats."""
        t = self.wf.tables.task
        query = select(t).where(t.c.dossier_id == dossier, t.c.kind.in_(("ask", "vote")))
        with self.engine.connect() as db:
            return {row["seat"]: dict(row) for row in db.execute(query).mappings()}


@pytest.fixture
def office(migrated_url: str) -> Iterator[Office]:
    """Departments, committees and tax offices of every province, and who sits in some of them."""
    lite = migrated_url.startswith("sqlite")
    engine = sqlite_engine(migrated_url) if lite else create_engine(migrated_url)
    wf = Thidua()
    with engine.begin() as db:
        wf.adopt(db, (Path(__file__).parent / "asks.yaml").read_text(encoding="utf-8"))
        for kind, (start, name) in KINDS.items():
            enter_provinces(db, wf.tables, kind=kind, start=start, name=name)
    made = Office(engine, wf)
    made.hold(
        ("officer", "officer", ""), ("signer", "signer", ""), ("m1", "member", ""),
        ("hg", "department", "stp-ha-giang"), ("tq", "department", "stp-tuyen-quang"),
        ("bn", "department", "stp-bac-ninh"),
    )  # fmt: skip
    yield made
    engine.dispose()
