"""An office with a clock that the test sets: units, a clerk, one small procedure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
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

Rows = Mapping[str, Sequence[dict[str, Any]]]
"""Rows by the names of their tables."""


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
        self.fill({table: rows})

    def fill(self, tables: Rows) -> None:
        """Insert rows of several tables at once."""
        with self.engine.begin() as db:
            for name, rows in tables.items():
                db.execute(insert(getattr(self.wf.tables, name)), list(rows))

    def unit(self, key: str, *, mailbox: str | None = None, phone: str | None = None) -> None:
        """A unit that is asked, with one person in it."""
        self.fill(units({key: mailbox}, phone=phone))

    def hold(self, actor: str, role: str, unit: str = "") -> None:
        """A role for somebody."""
        self.put("holding", held(actor, role, unit))

    def person(self, actor: str, name: str, mailbox: str | None) -> None:
        """A person with a name and perhaps a mailbox."""
        self.put("person", {"id": actor, "name": name, "lang": "vi"})
        self.put("address", address(actor, mailbox))


def held(actor: str, role: str, unit: str = "") -> dict[str, Any]:
    """The row of a role that somebody has."""
    return {"actor": actor, "role": role, "unit": unit, "from_on": SINCE}


def address(owner: str, mailbox: str | None, phone: str | None = None) -> dict[str, Any]:
    """The row of an address."""
    return {"owner": owner, "from_on": SINCE, "mailbox": mailbox, "phone": phone}


def units(mailboxes: Mapping[str, str | None], phone: str | None = None) -> Rows:
    """Units that are asked, each with one person in it; by their mailboxes."""
    unit = {"from_on": SINCE, "kind": "unit", "groups": "{}"}
    return {
        "unit": [{"id": key, "name": f"Đơn vị {key}", **unit} for key in mailboxes],
        "holding": [held(f"u:{key}", "unit", key) for key in mailboxes],
        "address": [address(key, mailbox, phone) for key, mailbox in mailboxes.items()],
    }


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


@pytest.fixture(scope="session")
def adopted(stored: Any) -> list[dict[str, Any]]:
    """The procedure, adopted."""
    rows: list[dict[str, Any]] = stored(Thidua(), PROCEDURE, now=MONDAY)
    return rows


@pytest.fixture
def empty(tables_url: str, opened: Callable[[str], Engine], adopted: list[dict[str, Any]]) -> Desk:
    """The procedure and its people, but no units."""
    desk = Desk(opened(tables_url), Thidua())
    people = {"u:clerk": ("Trần Thị Chuyên", "clerk"), "u:boss": ("Lê Văn Vụ", "boss")}
    desk.fill({
        "procedure": adopted,
        "person": [{"id": key, "name": name, "lang": "vi"} for key, (name, _) in people.items()],
        "holding": [held(key, role) for key, (_, role) in people.items()],
        "address": [address(key, f"{role}@example.org") for key, (_, role) in people.items()],
    })  # fmt: skip
    return desk


@pytest.fixture
def desk(empty: Desk) -> Desk:
    """Two units that have mailboxes, and the head of one of them."""
    rows = units({"a": "a@example.org", "b": "b@example.org"})
    empty.fill({
        "unit": rows["unit"],
        "holding": [*rows["holding"], held("u:head-a", "head", "a")],
        "address": [*rows["address"], address("head@a", "head-a@example.org")],
    })  # fmt: skip
    return empty
