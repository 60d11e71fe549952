"""An office with a clock that the test sets: units, a clerk, one small procedure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, create_engine, insert, select
from sqlalchemy.engine import Engine

from thidua import Answer, By, Candidate, Create, Done, Fire, Thidua
from thidua.notifiers.channels import Channel, Recording
from thidua.notifiers.letter import Address
from thidua.notifiers.render import Office as Head
from thidua.outbox import Post
from thidua.rhythm import AT_ONCE, Rhythm
from thidua.sender import Sender, Sent
from thidua.sqlite import sqlite_engine
from thidua.tick import Ticked

CLERK = By("u:clerk")
SINCE = "2018-01-01"
MONDAY = datetime(2018, 8, 6, 2, tzinfo=UTC)
"""9 o'clock on 6 August 2018. A round opened then is due on Wednesday 15 August, its reminders
on the 8th, 13th (head), 14th (and a call) and 15th; a desk task is due on Monday 13 August."""
PROCEDURE = Path(__file__).with_name("round.yaml").read_text(encoding="utf-8")
POST_OFFICE = Head(name={"vi": "Văn phòng", "en": "Office"})


@dataclass
class Desk:
    """Shorthand for a host that commits everything on its own."""

    engine: Engine
    wf: Thidua
    now: datetime = MONDAY
    channel: Channel = field(default_factory=Recording)
    made: list[str] = field(default_factory=list)
    rhythm: Rhythm = AT_ONCE
    procedure: str = "clock-test"
    witnesses: tuple[str, ...] = ()

    def at(self, day: int, hour: int = 8, minute: int = 0, *, month: int = 8) -> datetime:
        """Set the clock to a local time of 2018."""
        local = datetime(2018, month, day, hour, minute, tzinfo=UTC)
        self.now = local - timedelta(hours=7)
        return self.now

    def adopt(self, old: str, new: str) -> None:
        """Another version of the procedure, for the dossiers that are proposed from here on."""
        assert old in PROCEDURE
        text = PROCEDURE.replace(old, new).replace('version: "1"', 'version: "2"')
        with self.engine.begin() as db:
            self.wf.adopt(db, text, now=self.now)
        self.procedure = "clock-test@2"

    def propose(self, name: str = "Nguyễn Văn Ấn", **terms: Any) -> str:
        """A new dossier; its id is short and ascending."""
        dossier = f"h-{len(self.made) + 1:04}"
        create = Create(self.procedure, "PRIZE", Candidate("individual", name), **terms)
        with self.engine.begin() as db:
            self.wf.create(db, create, by=CLERK, dossier_id=dossier, now=self.now)
        self.made.append(dossier)
        return dossier

    def act(self, dossier: str, command: Any, by: By = CLERK, **terms: Any) -> Done:
        """One committed act."""
        with self.engine.begin() as db:
            return self.wf.act(db, dossier, command, by=by, now=self.now, **terms)

    def asked(self, count: int = 1) -> list[str]:
        """Dossiers of one campaign about which every unit is asked."""
        made = [self.propose(f"Ứng viên {n}", campaign="2018") for n in range(count)]
        for dossier in made:
            self.act(dossier, Fire("ask"))
        return made

    def answer(self, dossier: str, unit: str) -> Done:
        """A unit agrees."""
        return self.act(dossier, Answer("asking", "agree"), By(f"u:{unit}"))

    def tick(self, **terms: Any) -> Ticked:
        """One committed tick."""
        with self.engine.begin() as db:
            return self.wf.tick(db, self.now, **terms)

    def sender(self, **terms: Any) -> Sender:
        """A sender over the office's channel, on the office's clock."""
        address = Address("", "office@example.org")
        post = Post(self.channel, address, POST_OFFICE, rhythm=self.rhythm,
                    witnesses=self.witnesses)  # fmt: skip
        return Sender(self.engine, self.wf, post, clock=lambda: self.now, **terms)

    def send(self) -> Sent:
        """What is due now goes out."""
        return self.sender().run()

    def letters(self) -> list[Any]:
        """What the recording channel was given."""
        assert isinstance(self.channel, Recording)
        return self.channel.letters

    def rows(self, table: str, **where: Any) -> list[dict[str, Any]]:
        """Rows of a table whose columns have these values."""
        chosen: Table = getattr(self.wf.tables, table)
        query = select(chosen).filter_by(**where)
        with self.engine.connect().execution_options(thidua_read=True) as db:
            return [dict(row) for row in db.execute(query).mappings()]

    def notices(self, **where: Any) -> list[dict[str, Any]]:
        """The notices that a ladder raised."""
        return [row for row in self.rows("notice", **where) if row["occurrence"] < 0]

    def put(self, table: str, *rows: dict[str, Any]) -> None:
        """Insert rows."""
        with self.engine.begin() as db:
            db.execute(insert(getattr(self.wf.tables, table)), list(rows))

    def unit(self, key: str, *, mailbox: str | None = None, phone: str | None = None) -> None:
        """A unit that is asked, with one person in it."""
        self.put("unit", {"id": key, "from_on": SINCE, "name": f"Đơn vị {key}", "kind": "unit",
                          "groups": "{}"})  # fmt: skip
        self.hold(f"u:{key}", "unit", key)
        self.put("address", {"owner": key, "from_on": SINCE, "mailbox": mailbox, "phone": phone})

    def hold(self, actor: str, role: str, unit: str = "") -> None:
        """A role for somebody."""
        self.put("holding", {"actor": actor, "role": role, "unit": unit, "from_on": SINCE})

    def person(self, actor: str, name: str, mailbox: str | None) -> None:
        """A person with a name and perhaps a mailbox."""
        self.put("person", {"id": actor, "name": name, "lang": "vi"})
        self.put("address", {"owner": actor, "from_on": SINCE, "mailbox": mailbox})


def _open(url: str) -> Engine:
    return sqlite_engine(url) if url.startswith("sqlite") else create_engine(url)


@pytest.fixture
def opened() -> Iterator[Callable[[str], Engine]]:
    """Makes engines that are closed after the test."""
    made: list[Engine] = []

    def make(url: str) -> Engine:
        made.append(_open(url))
        return made[-1]

    yield make
    for engine in made:
        engine.dispose()


@pytest.fixture
def empty(tables_url: str, opened: Callable[[str], Engine]) -> Desk:
    """The procedure and its people, but no units."""
    desk = Desk(opened(tables_url), Thidua())
    with desk.engine.begin() as db:
        desk.wf.adopt(db, PROCEDURE, now=MONDAY)
    desk.hold("u:clerk", "clerk")
    desk.hold("u:boss", "boss")
    desk.person("u:clerk", "Trần Thị Chuyên", "clerk@example.org")
    desk.person("u:boss", "Lê Văn Vụ", "boss@example.org")
    return desk


@pytest.fixture
def desk(empty: Desk) -> Desk:
    """Two units that have mailboxes, and the head of one of them."""
    for key in ("a", "b"):
        empty.unit(key, mailbox=f"{key}@example.org")
    empty.hold("u:head-a", "head", "a")
    empty.put("address", {"owner": "head@a", "from_on": SINCE, "mailbox": "head-a@example.org"})
    return empty
