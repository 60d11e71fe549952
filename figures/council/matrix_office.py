"""An office with one dossier in every situation of the matrix, and each act to be tried there."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection, Engine

from figures.council.matrix_table import ASKED, FINAL, SITUATIONS, Cell
from figures.database import engine_of
from thidua import (
    Answer,
    Assign,
    Attach,
    By,
    Candidate,
    Cast,
    Close,
    Command,
    Correct,
    Create,
    Extend,
    Fire,
    Hold,
    Paper,
    Recall,
    Recuse,
    Redeem,
    Refused,
    Release,
    Reply,
    Return,
    Revoke,
    Supplement,
    Thidua,
    Transfer,
    Unknown,
    Waive,
    Withdraw,
)
from thidua.workflow.command import Contact, Promise

PROCEDURE = Path(__file__).with_name("matrix.yaml")
NOW = datetime(2018, 6, 11, 2, tzinfo=UTC)
LATER, NOTE = date(2018, 8, 31), "lý do"
PAPER = Paper(number="3", symbol="CV", signed_on=date(2018, 6, 8), signer="A")
REPORT = Attach("report", "ab" * 32, 10, "application/pdf", "báo cáo.pdf")
PEOPLE = (
    ("p1", "proposer", "u1"), ("p2", "proposer", "u2"), ("officer", "officer", ""),
    ("appraiser", "appraiser", ""), ("d0", "department", "d0"), ("d1", "department", "d1"),
    ("teller", "teller", ""), ("minister", "minister", ""), ("duo", "proposer", "u1"),
    ("duo", "appraiser", ""), *((f"m{n}", "member", "") for n in range(3)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Matrix:
    """Dossiers named after their situations; whatever is tried is undone."""

    url: str
    engine: Engine
    wf: Thidua

    @classmethod
    def new(cls, url: str) -> "Matrix":
        """Tables, people, and a dossier brought into every situation."""
        made = cls(url, engine_of(url, keeping=True), Thidua())
        with made.engine.begin() as db:
            made.wf.migrate(db)
            made._employ(db)
            made.wf.adopt(db, PROCEDURE.read_text(encoding="utf-8"), now=NOW)
            made.wf.meetings.add(db, "Họp", LATER, by=By("officer"), meeting_id="k1", now=NOW)
            made.wf.submissions.add(db, PAPER, by=By("officer"), submission_id="s1", now=NOW)
        for state, pause in SITUATIONS:
            made._bring(state, pause)
        return made

    def _employ(self, db: Connection) -> None:
        t, since = self.wf.tables, "2018-01-01"
        held = [{"actor": a, "role": r, "unit": u, "from_on": since} for a, r, u in PEOPLE]
        db.execute(insert(t.holding), held)
        units = {"d0": "department", "d1": "department", "u1": "office", "u2": "office"}
        db.execute(insert(t.unit), [
            {"id": key, "from_on": since, "name": key, "kind": kind, "groups": "{}"}
            for key, kind in units.items()
        ])  # fmt: skip

    def _bring(self, state: str, pause: str) -> None:
        dossier = named(state, pause)
        who = Candidate("individual", "Nguyễn Văn Ấn", "u1")
        create = Create("matrix", "PRIZE", who, "u1", {"merit": "tốt"}, campaign=dossier)
        with self.engine.begin() as db:
            self.wf.create(db, create, by=By("duo"), dossier_id=dossier, now=NOW)
            for actor, command in _way(state, pause):
                self.wf.act(db, dossier, command, by=By(actor), now=NOW)

    def tried(self, cell: Cell) -> frozenset[str]:
        """The codes against the act, which is undone; none when it was done."""
        with self.engine.connect() as db, db.begin() as deal:
            dossier = named(cell.state, cell.pause)
            command = self.command(db, cell)
            try:
                self.wf.act(db, dossier, command, by=By(cell.who), now=NOW)
            except (Refused, Unknown) as error:
                return frozenset(reason.code for reason in error.reasons)
            finally:
                deal.rollback()
        return frozenset()

    def foreseen(self, cell: Cell) -> frozenset[str]:
        """The codes that the preview tells."""
        dossier = named(cell.state, cell.pause)
        with self.engine.connect() as db:
            command = self.command(db, cell)
            try:
                found = self.wf.preview(db, [dossier], command, by=By(cell.who), now=NOW)
            except Refused as error:
                return frozenset(reason.code for reason in error.reasons)
            finally:
                db.rollback()
        return frozenset(reason.code for each in found for reason in each.reasons)

    def command(self, db: Connection, cell: Cell) -> Command:
        """The command of a cell."""
        if cell.act == "assign":
            return Assign(self.desk(db, cell), "officer")
        return _COMMANDS[cell.act]

    def desk(self, db: Connection, cell: Cell) -> int:
        """The task on the dossier's desk; in a final state the first, which has ended."""
        task = self.wf.tables.task.c
        mine = (task.dossier_id == named(cell.state, cell.pause)) & (task.kind == "desk")
        if cell.state not in FINAL:
            mine &= task.what == cell.state
        return int(db.execute(select(task.n).where(mine).order_by(task.n)).scalars().first() or 1)


def named(state: str, pause: str) -> str:
    """The dossier of a situation."""
    return f"{state}-{pause}" if pause else state


def _way(state: str, pause: str) -> list[tuple[str, Command]]:
    steps: dict[str, list[tuple[str, Command]]] = {
        "new": [("officer", REPORT)],
        "appraisal": [("officer", Fire("accept"))],
        "consulted": [("appraiser", Fire("consult"))],
        "council": [*((d, Answer("opinions", "agree")) for d in ("d0", "d1")),
                    ("officer", Fire("convene", meeting="k1"))],
        "submitted": [*((f"m{n}", Cast("vote", "for")) for n in range(3)),
                      ("teller", Close("vote"))],
        "granted": [("minister", Fire("grant"))],
    }  # fmt: skip
    ends = {"refused": ("appraisal", "appraiser", Fire("reject", note=NOTE)),
            "gone": ("new", "p1", Withdraw())}  # fmt: skip
    last, *end = ends.get(state, (state,))
    names = list(steps)
    way = [each for name in names[: names.index(str(last)) + 1] for each in steps[name]]
    paused = {"return": Return(("merit", "report"), note=NOTE), "hold": Hold(note=NOTE)}
    way += [(str(end[0]), end[1])] if end else []  # type: ignore[list-item]  # a command
    return [*way, *([("officer", paused[pause])] if pause else [])]


_COMMANDS: dict[str, Command] = {
    **{name: Fire(name) for name in ("accept", "consult", "pass", "grant")},
    "reject": Fire("reject", note=NOTE),
    "convene": Fire("convene", meeting="k1"),
    "attach": REPORT,
    "supplement": Supplement({"merit": "khá"}),
    "reply": Reply("opinions", "department@d0", note=NOTE),
    "return": Return(("merit", "report"), note=NOTE),
    "hold": Hold(note=NOTE),
    "release": Release(),
    "extend": Extend(None, LATER, note=NOTE),
    "promise": Promise("opinions", "department@d0", LATER),
    "contact": Contact("department@d0", "phone"),
    "recall": Recall(),
    "correct": Correct({"merit": "khá"}, note=NOTE),
    "waive": Waive("opinions.closed", LATER, ground=PAPER),
    "redeem": Redeem("opinions.closed", ground=PAPER),
    "transfer": Transfer("s1"),
    "withdraw": Withdraw(),
    "revoke": Revoke(),
    "recuse": Recuse("member:m0"),
    "close": Close("opinions"),
    "answer": Answer("opinions", "agree", "department@d0"),
    "cast": Cast("vote", "for", "member:m0"),
    "count": Close("vote"),
}


def words(cell: Cell, desk: int) -> list[str] | None:
    """What is typed for the cell; None where the command line has no such word for it."""
    dossier = named(cell.state, cell.pause)
    typed = _TYPED.get(cell.act)
    if typed is None or (cell.act in _OF_ROUND and cell.state not in ASKED):
        return None
    paper = ["--paper-number", "3"]
    more = {"reject": ["--note", NOTE], "convene": ["--meeting", "k1"], "redeem": paper,
            "waive": paper, "assign": ["--task", str(desk)]}  # fmt: skip
    filled = [each.format(dossier=dossier, until=LATER.isoformat(), note=NOTE) for each in typed]
    return [*filled, *more.get(cell.act, [])]


_OF_ROUND = ("answer",)
"""Typed with the round's own name: there is none before it is opened."""

_ACT = {name: ["dossiers", "act", "{dossier}", name]
        for name in ("accept", "consult", "reject", "convene", "pass", "grant")}  # fmt: skip
_ALONE = {name: ["dossiers", name, "{dossier}"] for name in ("release", "recall", "withdraw",
                                                            "revoke")}  # fmt: skip
_TYPED: dict[str, list[str]] = {
    **_ACT,
    **_ALONE,
    "supplement": ["dossiers", "supplement", "{dossier}", "merit=khá"],
    "assign": ["dossiers", "assign", "{dossier}", "--to", "officer"],
    "return": ["dossiers", "return", "{dossier}", "--item", "merit", "--item", "report",
               "--note", "{note}"],
    "hold": ["dossiers", "hold", "{dossier}", "--note", "{note}"],
    "extend": ["dossiers", "extend", "{dossier}", "state", "{until}", "--note", "{note}"],
    "correct": ["dossiers", "correct", "{dossier}", "merit=khá", "--note", "{note}"],
    "waive": ["dossiers", "waive", "{dossier}", "opinions.closed", "{until}"],
    "redeem": ["dossiers", "redeem", "{dossier}", "opinions.closed"],
    "transfer": ["submissions", "include", "{dossier}", "s1"],
    "attach": ["dossiers", "attach", "{dossier}", "report", str(PROCEDURE)],
    "recuse": ["dossiers", "recuse", "{dossier}", "--seat", "m0"],
    "reply": ["dossiers", "reply", "{dossier}", "opinions", "d0", "--note", "{note}"],
    "answer": ["rounds", "answer", "opinions@{dossier}", "agree", "--seat", "d0"],
    "cast": ["votes", "cast", "vote", "for", "{dossier}", "--seat", "m0"],
    "count": ["votes", "close", "vote", "{dossier}"],
}  # fmt: skip
