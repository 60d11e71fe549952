"""secrecy: councils vote in secret, and whoever has all that is left of it tries to tell the votes.

The attacker has the database file, its write-ahead log, every statement with its values, the
letters, the journal, what programs are answered and what they log, copies of the file, exports of
the journal and backups from between any two votes and after the count, and what was published,
but no key: those were destroyed. An attack that tells votes apart better than
drawing the published slips at random, by more than two standard deviations in both halves of the
councils, links.
"""

import json
import logging
import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, event, insert, select

from figures.council import secrecy_attacks as attacks
from figures.council.secrecy_channels import AT_THE_COUNT, BY_VOTE, copies, logged
from figures.council.secrecy_odds import HALVES, Odds, enough
from figures.fault import replaced
from figures.figure import Outcome, Progress
from thidua import (
    By,
    Candidate,
    Cast,
    Close,
    Command,
    Create,
    Fire,
    Refused,
    Thidua,
    sqlite_engine,
    urn,
)
from thidua.keys import KeyFolder
from thidua.notifiers.letter import Address, Letter
from thidua.notifiers.render import Office
from thidua.outbox import Post
from thidua.sender import Sender
from thidua.workflow import secrecy

PROCEDURE = Path(__file__).with_name("secrecy.yaml")
NOW = datetime(2018, 6, 11, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
OFFICER, TELLER = By("officer"), By("teller")
CHOICES = ("for", "against", "abstain")
FEWEST, MOST = 5, 31
"""Members of a council."""

EVERY = {**attacks.EVERY, **AT_THE_COUNT, **BY_VOTE}


def measure(size: int, chance: random.Random, progress: Progress) -> Outcome:
    """So many councils; of every attack and half the hits, what guessing would hit, its spread."""
    odds, n = Odds(), 0
    while not enough(odds.sums, n, size):
        with TemporaryDirectory(prefix="thidua-secrecy-") as folder:
            loot, truth = held(Path(folder), chance)
        for name, attack in EVERY.items():
            odds.add(name, n % HALVES, attack(loot), truth)
        n += 1
        progress(n, max(n, size))
    return Outcome(n, odds.sums)


@contextmanager
def in_order() -> Iterator[None]:
    """The planted fault: slips stay in the order in which they came, in the box and published."""
    with ExitStack() as stack:
        stack.enter_context(replaced(urn, "shuffled", list))
        stack.enter_context(replaced(secrecy, "ordered", list))
        yield


def held(
    folder: Path, chance: random.Random, of: "Founding | None" = None
) -> tuple[attacks.Loot, dict[str, str]]:
    """One council's vote from its opening to the close: what is left of it, and who voted how."""
    members = [f"m{n}" for n in range(chance.randint(FEWEST, MOST))]
    leaning = chance.choice([(6, 3, 1), (1, 1, 1), (8, 1, 1), (3, 6, 1)])
    order = chance.sample(members, k=len(members) - chance.choice([0, 0, 1, 2]))
    truth = {f"member:{m}": chance.choices(CHOICES, leaning)[0] for m in order}
    with logged() as lines:
        council = (of or Council.of)(folder, members, lines)
        try:
            for n, member in enumerate(order):
                council.vote(member, truth[f"member:{member}"])
                if n == len(order) // 2:
                    council.trouble(member)
            return council.counted(), truth
        finally:
            council.engine.dispose()


Founding = Callable[[Path, list[str], list[str]], "Council"]
"""Makes a council in a folder, of members, whose program logs these lines."""


@dataclass
class Council:
    """A host that commits every vote on its own, and a thief who looks after each.

    `between`: he gets exports and backups after every vote too, not only around the count.
    """

    folder: Path
    engine: Engine
    lines: list[str]
    loot: attacks.Loot = field(default_factory=attacks.Loot)
    letters: list[str] = field(default_factory=list)
    heard: int = 0
    between: bool = True
    wf: Thidua = field(init=False)

    def __post_init__(self) -> None:
        self.wf = Thidua(keys=KeyFolder(self.folder / "keys"), clock=lambda: NOW)

    @classmethod
    def of(cls, folder: Path, members: list[str], lines: list[str]) -> "Council":
        """A dossier before the council, everybody asked to vote."""
        (folder / "data").mkdir()
        (folder / "data" / "thidua.db").write_bytes(_template())
        engine = sqlite_engine(f"sqlite:///{folder / 'data' / 'thidua.db'}")
        made = cls(folder, engine, lines)
        log = made.loot.log
        event.listen(engine, "connect", lambda db, _: db.set_trace_callback(log.append))
        made.ask(members)
        return made

    def ask(self, members: list[str]) -> None:
        """Bring a dossier before the council."""
        t = self.wf.tables
        held = [
            {"actor": m, "role": "member", "unit": "", "from_on": "2018-01-01"} for m in members
        ]
        boxes = [{"owner": m, "mailbox": f"{m}@example.org", "from_on": "2018-01-01"}
                 for m in members]  # fmt: skip
        create = Create("secret-council", "A", Candidate("individual", "Nguyễn Văn Ấn"))
        with self.engine.begin() as db:
            db.execute(insert(t.holding), held)
            db.execute(insert(t.address), boxes)
            self.wf.create(db, create, by=OFFICER, dossier_id="h1", now=NOW)
        self.act(Fire("convene", meeting="meeting"), OFFICER)
        self.look()

    def act(self, command: Command, by: By) -> str:
        """One committed act, and what a program is answered."""
        with self.engine.begin() as db:
            return repr(self.wf.act(db, "h1", command, by=by, now=NOW))

    def vote(self, member: str, choice: str) -> None:
        """A vote, then a copy of all there is."""
        loot, _ = self.loot, self.said()
        began = perf_counter()
        answer = self.act(Cast("vote", choice), By(member))
        loot.seconds.append(perf_counter() - began)
        loot.order.append(f"member:{member}")
        loot.answers.append(answer)
        loot.statements.append("\n".join(self.said()))
        self.look()

    def said(self) -> list[str]:
        """The statements since it was asked last."""
        before, self.heard = self.heard, len(self.loot.log)
        return self.loot.log[before:]

    def look(self) -> None:
        """What the files have that they had not before."""
        loot = self.loot
        loot.grown.append(self.grown())
        with self.engine.connect() as db:
            row = db.execute(select(self.wf.tables.box)).mappings().first()
        loot.boxes.append(dict(row) if row else {})
        if self.between:
            loot.channels.append(self.copies())

    def copies(self) -> dict[str, bytes]:
        """What goes out of the house."""
        return copies(self.engine, self.wf, self.lines, NOW)

    def grown(self) -> bytes:
        """What the log of changes has that it had not before."""
        before, wal = self.loot.wal, self._wal()
        self.loot.wal = wal
        return wal[len(before) :] if wal.startswith(before) else wal

    def trouble(self, member: str) -> None:
        """What there is to log: letters, and a second vote, which a host tells as it is refused."""
        self.mails()
        try:
            self.act(Cast("vote", CHOICES[0]), By(member))
        except Refused:
            logging.getLogger("host").exception("refused")
        if self.between:
            self.loot.channels[-1] = self.copies()

    def mails(self) -> None:
        """Send what is due."""
        Sender(self.engine, self.wf, Post(self, _ADDRESS, _OFFICE)).run()

    def send(self, letter: Letter, _at: datetime) -> None:
        """Keep a letter, as a channel."""
        self.letters.append(f"{letter}")

    def counted(self) -> attacks.Loot:
        """The count, the keys destroyed, and all that is left then."""
        loot = self.loot
        loot.last = self.files()
        loot.channels[-1:] = [self.copies()]
        self.act(Close("vote"), TELLER)
        self.wf.destroy_keys(self.engine)
        self.mails()
        loot.channels.append(self.copies())
        t = self.wf.tables
        with self.engine.connect() as db:
            texts = db.execute(select(t.event.c.body).order_by(t.event.c.stream, t.event.c.n))
            bodies = [json.loads(each) for each in texts.scalars()]
        loot.casts = [each for each in bodies if each["act"] == "cast"]
        loot.published = next(b["slips"] for b in bodies if b["act"] == "close_round")
        self.said()
        told = [*loot.log, *self.letters, *loot.answers, json.dumps(bodies)]
        loot.left = self.files() + "\n".join(told).encode() + self._keys()
        return loot

    def _wal(self) -> bytes:
        return (self.folder / "data" / "thidua.db-wal").read_bytes()

    def files(self) -> bytes:
        """All files of the database."""
        return (self.folder / "data" / "thidua.db").read_bytes() + self._wal()

    def _keys(self) -> bytes:
        return b"".join(each.read_bytes() for each in sorted((self.folder / "keys").iterdir()))


_ADDRESS, _OFFICE = Address("", "office@example.org"), Office("Văn phòng")


def found(wf: Thidua, engine: Engine) -> None:
    """Make tables, the procedure, the meeting, the officer and the teller."""
    held: list[dict[str, Any]] = [
        {"actor": r, "role": r, "unit": "", "from_on": "2018-01-01"}
        for r in ("officer", "teller")
    ]  # fmt: skip
    with engine.begin() as db:
        wf.migrate(db)
        wf.adopt(db, PROCEDURE.read_text(encoding="utf-8"), now=NOW)
        db.execute(insert(wf.tables.holding), held)
        wf.meetings.add(db, "Phiên họp", date(2018, 7, 20), by=OFFICER, meeting_id="meeting",
                        now=NOW)  # fmt: skip


@cache
def _template() -> bytes:
    with TemporaryDirectory(prefix="thidua-secrecy-") as folder:
        file = Path(folder) / "thidua.db"
        engine = sqlite_engine(f"sqlite:///{file}")
        found(Thidua(), engine)
        engine.dispose()
        return file.read_bytes()
