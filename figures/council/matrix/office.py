"""An office with one dossier in every situation of the matrix, and each act to be tried there."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection, Engine

from figures.council.matrix.commands import COMMANDS, LATER, NOTE, PAPER, PROCEDURE, REPORT, SEALED
from figures.council.matrix.relations import FOR, WHO, decider
from figures.council.matrix.standing import FINAL, state_of
from figures.council.matrix.table import RIGHTS, SITUATIONS, Cell
from figures.database import engine_of
from thidua import (
    Answer,
    Assign,
    By,
    Candidate,
    Cast,
    Close,
    Command,
    Create,
    Fire,
    Hold,
    Recuse,
    Refused,
    Reply,
    Return,
    Thidua,
    Unknown,
    Waive,
    Withdraw,
)
from thidua.keys import KeyFolder
from thidua.workflow.command import Migrate, PutOff
from thidua.workflow.exchange import AskBack, Prepare

BROUGHT = datetime(2018, 6, 8, 2, tzinfo=UTC)
NOW = datetime(2018, 6, 11, 2, tzinfo=UTC)
TODAY, YESTERDAY, TOMORROW = date(2018, 6, 11), date(2018, 6, 10), date(2018, 6, 12)
OWED = date(2018, 8, 1)
SINCE = date(2018, 1, 1)
OFFICE = ("officer", "appraiser", "teller", "minister", "chair")
PEOPLE = (
    ("p1", "proposer", "u1"), ("p2", "proposer", "u2"), ("duo", "proposer", "u1"),
    ("duo", "appraiser", ""), ("clerk", "officer", ""), *((role, role, "") for role in OFFICE),
    *((f"{at}{n}", role, f"d{n}")
      for n in range(2) for at, role in (("d", "department"), ("h", "head"))),
    *((f"m{n}", "member", "") for n in range(3)), *(("gone", role, "") for role in OFFICE),
    ("gone", "member", ""),
)  # fmt: skip
FORMER = (*((role, "") for role in OFFICE), ("proposer", "u1"), ("department", "d0"),
          ("head", "d0"))  # fmt: skip
_EVER = (SINCE, None)
STAND_INS: dict[str, tuple[date, date | None, dict[str, list[str]]]] = {
    "sub": (*_EVER, {}), "gone": (*_EVER, {}), "sub-ended": (SINCE, YESTERDAY, {}),
    "sub-later": (TOMORROW, None, {}), "sub-act": (*_EVER, {"acts": ["hold"]}),
    "sub-role": (*_EVER, {"roles": ["teller"]}), "sub-unit": (*_EVER, {"units": ["u9"]}),
}  # fmt: skip
"""Who stands in for everybody that `whom` names: from when to when, for what."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Dossiers named after their situations; whatever is tried is undone.

    `openly` and `secretly` are two versions each of a procedure and of one that votes in secret.
    """

    url: str
    engine: Engine
    wf: Thidua
    folder: Path
    keys: "TemporaryDirectory[str]"
    openly: tuple[str, str]
    secretly: tuple[str, str]

    @classmethod
    def new(cls, url: str) -> "Matrix":
        """Tables, people, and a dossier brought into every situation; `close` it."""
        engine, text = engine_of(url, keeping=True), PROCEDURE.read_text("utf-8")
        keys = TemporaryDirectory(prefix="thidua-keys-")  # apart from the database
        folder = KeyFolder(Path(keys.name) / "keys")
        wf = Thidua(keys=folder)
        with engine.begin() as db:
            wf.migrate(db)
            openly, secretly = _adopted(wf, db, text), _adopted(wf, db, _in_secret(text))
            made = cls(url, engine, wf, folder.root, keys, openly, secretly)
            made._employ(db)
            made._let_stand_in(db)
            officer = By("officer")
            for meeting in ("k1", "k2", SEALED):
                wf.meetings.add(db, "Họp", LATER, by=officer, meeting_id=meeting, now=BROUGHT)
            wf.submissions.add(db, PAPER, by=officer, submission_id="s1", now=BROUGHT)
        for place, pause in SITUATIONS:
            made.bring(place, pause)
        for key in folder.made():
            folder.destroy(key)
        return made

    def close(self) -> None:
        """Let go of the database and the keys."""
        self.engine.dispose()
        self.keys.cleanup()

    def versions(self, place: str) -> tuple[str, str]:
        """The procedure's version that a dossier at a place runs under, and the other."""
        return self.secretly if place == "lost" else self.openly

    def _employ(self, db: Connection) -> None:
        t = self.wf.tables
        units = [(key, "department", SINCE) for key in ("d0", "d1")]
        units += [("d9", "department", TODAY), ("u1", "office", SINCE), ("u2", "office", SINCE)]
        held = [(a, r, u, SINCE, None) for a, r, u in PEOPLE]
        held += [("former", r, u, SINCE, YESTERDAY) for r, u in FORMER]
        held += [("d9", "department", "d9", TODAY, None)]
        db.execute(insert(t.holding), [
            {"actor": a, "role": r, "unit": u, "from_on": on.isoformat(),
             "to_on": None if to is None else to.isoformat()}
            for a, r, u, on, to in held
        ])  # fmt: skip
        db.execute(insert(t.unit), [
            {"id": key, "from_on": since.isoformat(), "name": key, "kind": kind, "groups": "{}"}
            for key, kind, since in units
        ])  # fmt: skip

    def _let_stand_in(self, db: Connection) -> None:
        whom = sorted({"gone", "officer", *(who[0] for who in RIGHTS.values() if who)})
        for actor, (since, until, bounds) in STAND_INS.items():
            for for_ in set(whom) - {actor}:
                self.wf.substitutions.add(
                    db, actor, for_, since, until, by=By("officer"), ground="QĐ", **bounds,
                    now=BROUGHT,
                )  # fmt: skip

    def bring(self, place: str, pause: str = "") -> None:
        """A dossier brought into a situation."""
        dossier = named(place, pause)
        with self.engine.begin() as db:
            create = _create(self.versions(place)[0], dossier)
            self.wf.create(db, create, by=By("duo"), dossier_id=dossier, now=BROUGHT)
            for actor, command in _way(place, pause):
                self.wf.act(db, dossier, command, by=By(actor), now=BROUGHT)

    def tried(self, cell: Cell) -> frozenset[str]:
        """The codes against the act, which is undone; none when it was done."""
        with self.engine.connect() as db, db.begin() as deal:
            by, command = by_of(cell), self.command(db, cell)
            try:
                if isinstance(command, Create):
                    self.wf.create(db, command, by=by, now=NOW)
                else:
                    dossier = named(cell.place, cell.pause)
                    self.wf.act(db, dossier, command, by=by, now=NOW)
            except (Refused, Unknown) as error:
                return frozenset(reason.code for reason in error.reasons)
            finally:
                deal.rollback()
        return frozenset()

    def foreseen(self, cell: Cell) -> frozenset[str] | None:
        """The codes that the preview tells; None of a dossier that is not there yet."""
        if cell.act == "create":
            return None
        with self.engine.connect() as db:
            ids, command = [named(cell.place, cell.pause)], self.command(db, cell)
            try:
                found = self.wf.preview(db, ids, command, by=by_of(cell), now=NOW)
            except Refused as error:
                return frozenset(reason.code for reason in error.reasons)
            finally:
                db.rollback()
        return frozenset(reason.code for each in found for reason in each.reasons)

    def command(self, db: Connection, cell: Cell) -> Command:
        """The command of a cell, with the paper of who enters it."""
        if cell.act == "create":
            command: Command = _create(self.versions(cell.place)[0], "created")
        elif cell.act == "assign":
            command = Assign(self.desk(db, cell), "officer")
        elif cell.act == "migrate":
            command = Migrate(self.versions(cell.place)[1], ground=PAPER)
        else:
            command = COMMANDS[cell.act]
        papered = cell.who in FOR and FOR[cell.who].paper
        return replace(command, ground=PAPER) if papered else command

    def desk(self, db: Connection, cell: Cell) -> int:
        """The task on the dossier's desk; in a final state the first, which has ended."""
        task = self.wf.tables.task.c
        mine = (task.dossier_id == named(cell.place, cell.pause)) & (task.kind == "desk")
        if cell.place not in FINAL:
            mine &= task.what == state_of(cell.place)
        return int(db.execute(select(task.n).where(mine).order_by(task.n)).scalars().first() or 1)


def by_of(cell: Cell) -> By:
    """Who acts, and for whom."""
    assert cell.who in WHO
    relation = FOR.get(cell.who)
    return By(cell.who) if relation is None else By(relation.actor, decider(cell))


def named(place: str, pause: str) -> str:
    """The dossier of a situation."""
    return f"{place}-{pause}" if pause else place


def _adopted(wf: Thidua, db: Connection, text: str) -> tuple[str, str]:
    """The hashes of two versions of a procedure."""
    later = text.replace('version: "1"', 'version: "2"')
    one, other = (wf.adopt(db, each, now=BROUGHT).hash for each in (text, later))
    return one, other


def _in_secret(text: str) -> str:
    """The procedure with a secret ballot, under a name of its own."""
    return text.replace("procedure: matrix", "procedure: matrix-secret").replace(
        "secret: no", "secret: yes"
    )


def _create(procedure: str, campaign: str) -> Create:
    who = Candidate("individual", "Nguyễn Văn Ấn", "u1")
    return Create(procedure, "PRIZE", who, "u1", {"merit": "tốt"}, campaign=campaign)


def _convened(meeting: str) -> list[tuple[str, Command]]:
    agreed = [(head, Answer("opinions", "agree")) for head in ("h0", "h1")]
    recused = ("officer", Recuse("member:gone"))
    return [*agreed, ("officer", Fire("convene", meeting=meeting)), recused]


def _votes(*choices: str) -> list[tuple[str, Command]]:
    cast = [(f"m{n}", Cast("vote", how)) for n, how in enumerate(choices)]
    return [*cast, ("teller", Close("vote"))]


_D0 = "department@d0"
_STEPS: dict[str, tuple[str, list[tuple[str, Command]]]] = {
    "new": ("", [("officer", REPORT)]),
    "appraisal": ("new", [("officer", Fire("accept"))]),
    "consulted": ("appraisal", [("appraiser", Fire("consult"))]),
    "queried": ("consulted", [("d0", Prepare("opinions", "agree", _D0)),
                              ("d0", AskBack("opinions", _D0, note=NOTE)),
                              ("minister", Waive("opinions.closed", OWED, ground=PAPER))]),
    "objected": ("consulted", [("h0", Answer("opinions", "agree")),
                               ("h1", Answer("opinions", "disagree", note=NOTE))]),
    "replied": ("objected", [("officer", Reply("opinions", "department@d1", note=NOTE))]),
    "council": ("consulted", _convened("k1")),
    "tied": ("council", _votes("for", "against", "abstain")),
    "waiting": ("council", [("officer", PutOff("vote", note=NOTE))]),
    "lost": ("consulted", [*_convened(SEALED), ("m1", Cast("vote", "for"))]),
    "submitted": ("council", _votes("for", "for", "for")),
    **dict.fromkeys(("applied", "unapplied", "released"), ("submitted", [])),
    "granted": ("submitted", [("minister", Fire("grant"))]),
    "refused": ("appraisal", [("appraiser", Fire("reject", note=NOTE))]),
    "gone": ("new", [("p1", Withdraw())]),
}  # fmt: skip
"""By place the one before it, and what leads from there."""


def _way(place: str, pause: str) -> list[tuple[str, Command]]:
    before, steps = _STEPS[place]
    paused = {"return": Return(("merit", "report"), note=NOTE), "hold": Hold(note=NOTE)}
    way = [*(_way(before, "") if before else ()), *steps]
    return [*way, *([("officer", paused[pause])] if pause else [])]
