"""A council of five that votes in secret on both databases, with keys in a folder apart."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, create_engine, insert, select
from sqlalchemy.engine import Engine

import figures
from thidua import By, Candidate, Cast, Close, Command, Create, Done, Fire, Refused, Thidua
from thidua.keys import KeyFolder
from thidua.sqlite import sqlite_engine
from thidua.verify import verify

PROCEDURE = Path(figures.__file__).parent / "council" / "secrecy.yaml"
NOW = datetime(2018, 6, 11, 2, tzinfo=UTC)
OFFICER, TELLER = By("officer"), By("teller")
CHOICES = {"f": "for", "a": "against", "o": "abstain"}


@dataclass
class Council:
    """A host that commits every act on its own."""

    engine: Engine
    wf: Thidua
    keys: KeyFolder
    members: list[str] = field(default_factory=lambda: [f"m{i}" for i in range(5)])

    def convened(self, dossier: str = "h1") -> str:
        """A dossier before the council."""
        create = Create("secret-council", "A", Candidate("individual", "Nguyễn Văn Ấn"))
        with self.engine.begin() as db:
            self.wf.create(db, create, by=OFFICER, dossier_id=dossier, now=NOW)
        self.act(Fire("convene", meeting="meeting"), OFFICER, dossier)
        return dossier

    def act(self, command: Command, by: str | By, dossier: str = "h1", **terms: Any) -> Done:
        """One committed act."""
        by = by if isinstance(by, By) else By(by)
        with self.engine.begin() as db:
            return self.wf.act(db, dossier, command, by=by, now=NOW, **terms)

    def vote(self, letters: str, dossier: str = "h1") -> None:
        """One letter a member: f(or), a(gainst), o (abstains), . (does not vote)."""
        for member, letter in zip(self.members, letters, strict=False):
            if letter in CHOICES:
                self.act(Cast("vote", CHOICES[letter]), member, dossier)

    def count(self, dossier: str = "h1") -> Done:
        """The close, and the keys that it makes needless destroyed."""
        done = self.act(Close("vote"), TELLER, dossier)
        self.wf.destroy_keys(self.engine)
        return done

    def refused(self, command: Command, by: str | By, dossier: str = "h1") -> list[str]:
        """The codes of every reason why the act is refused."""
        with pytest.raises(Refused) as caught:
            self.act(command, by, dossier)
        for each in caught.value.reasons:
            assert each.text("vi") != each.text("en")
        return sorted(each.code for each in caught.value.reasons)

    def foreseen(self, command: Command, by: By, dossier: str = "h1") -> list[str]:
        """The codes that the preview tells."""
        with self.engine.connect() as db:
            (found,) = self.wf.preview(db, [dossier], command, by=by, now=NOW)
            db.rollback()
        return sorted(reason.code for reason in found.reasons)

    def rows(self, table: Table, **where: Any) -> list[dict[str, Any]]:
        """Rows of a table whose columns have these values."""
        with self.engine.connect() as db:
            return [dict(r) for r in db.execute(select(table).filter_by(**where)).mappings()]

    def body(self, act: str, last: int = -1) -> dict[str, Any]:
        """The bytes of the dossier's last entry of an act, read."""
        bodies = [json.loads(r["body"]) for r in self.rows(self.wf.tables.event, stream="h1")]
        return [each for each in sorted(bodies, key=lambda b: b["n"]) if each["act"] == act][last]

    def box(self, dossier: str = "h1") -> dict[str, Any]:
        """The box about a dossier."""
        (row,) = self.rows(self.wf.tables.box, dossier_id=dossier)
        return row

    def faults(self) -> list[str]:
        """What does not hold together."""
        with self.engine.connect() as db:
            return [each.code for each in verify(db, self.wf)]


@pytest.fixture
def council(migrated_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Council]:
    """The council before its first dossier."""
    keys = KeyFolder(tmp_path_factory.mktemp("keys") / "keys")
    lite = migrated_url.startswith("sqlite")
    engine = sqlite_engine(migrated_url) if lite else create_engine(migrated_url)
    wf = Thidua(keys=keys)
    made = Council(engine, wf, keys)
    held = [*((m, "member") for m in made.members), ("officer", "officer"), ("teller", "teller")]
    with engine.begin() as db:
        wf.adopt(db, PROCEDURE.read_text(encoding="utf-8"), now=NOW)
        rows = [{"actor": a, "role": r, "unit": "", "from_on": "2018-01-01"} for a, r in held]
        db.execute(insert(wf.tables.holding), rows)
        wf.meetings.add(db, "Phiên họp", date(2018, 7, 20), by=OFFICER, meeting_id="meeting",
                        now=NOW)  # fmt: skip
    yield made
    engine.dispose()
