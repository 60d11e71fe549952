"""A database with whole lives in it, on both kinds, to be attacked and rolled back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, insert, text
from sqlalchemy.engine import Connection

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
    Folder,
    Hold,
    Paper,
    Recall,
    Recuse,
    Release,
    Reply,
    Return,
    Supplement,
    Thidua,
    Waive,
    Withdraw,
)
from thidua.sqlite import sqlite_engine

TRIAL = Path(__file__).parents[1] / "workflow" / "trial.yaml"
SINCE = "2018-01-01"
PAPER = Paper(number="12", symbol="CV", signed_on=date(2018, 6, 8), signer="Trần Thị Bé")
OFFICER = By("officer")


@dataclass
class Archive:
    """The lives of three dossiers: granted and revoked, withdrawn, recalled."""

    engine: Engine
    wf: Thidua
    now: datetime = datetime(2018, 6, 11, 2, tzinfo=UTC)
    lives: list[str] = field(default_factory=lambda: ["h1", "h2", "h3"])

    @contextmanager
    def attacked(self, *statements: str, **values: Any) -> Iterator[Connection]:
        """A connection on which the statements were run; all is rolled back."""
        with self.engine.connect() as db:
            for each in statements:
                db.execute(text(each), values)
            yield db
            db.rollback()

    def rows(self, query: str, **values: Any) -> list[Any]:
        """Rows of a query."""
        with self.engine.connect() as db:
            return list(db.execute(text(query), values))

    def act(self, dossier: str, command: Command, by: str | By = OFFICER, **terms: Any) -> None:
        """One committed act, a minute after the one before."""
        self.now += timedelta(minutes=1)
        by = by if isinstance(by, By) else By(by)
        with self.engine.begin() as db:
            self.wf.act(db, dossier, command, by=by, now=self.now, **terms)

    def propose(self, dossier: str, **values: Any) -> None:
        """A new dossier."""
        candidate = Candidate("individual", f"Nguyễn Văn Ấn {dossier}", "u1", "person:1")
        given = {"unit": "u1", "fields": {"merit": "tốt"}, "campaign": "c1", **values}
        create = Create("trial", "PRIZE", candidate, **given)
        with self.engine.begin() as db:
            self.wf.create(db, create, by=OFFICER, dossier_id=dossier, now=self.now)

    def attach(self, dossier: str, kind: str, content: bytes, **values: Any) -> None:
        """A document whose bytes are kept."""
        self.act(dossier, self.paper(kind, content, **values))

    def paper(self, kind: str, content: bytes, **values: Any) -> Attach:
        """The same, to be attached."""
        sha256 = self.wf.files.keep(content)
        return Attach(kind, sha256, len(content), "text/plain", f"{kind}.txt", **values)

    def register(self, call: Any, *args: Any, **terms: Any) -> Any:
        """One committed change of a register."""
        self.now += timedelta(minutes=1)
        with self.engine.begin() as db:
            return call(db, *args, by=OFFICER, now=self.now, **terms)


def fill(archive: Archive) -> Archive:
    """Play the lives."""
    wf = archive.wf
    archive.register(wf.submissions.add, PAPER, sender="u1", received_on=date(2018, 6, 8),
                     submission_id="s1")  # fmt: skip
    minutes = archive.paper("minutes", b"bien ban", pages="1-2")
    archive.register(wf.submissions.attach, "s1", minutes)
    archive.register(wf.meetings.add, "Phiên 1", date(2018, 7, 20), meeting_id="k1")
    granted(archive)
    archive.propose("h2")
    archive.act("h2", Withdraw(note="xin rút"), "proposer")
    archive.propose("h3", fields={"merit": "tốt", "score": "9.5"})
    archive.attach("h3", "report", b"bao cao 3")
    archive.act("h3", Fire("accept"))
    archive.act("h3", Assign(4, "user:7"))
    archive.act("h3", Recall())
    both = {"h2": "grant", "h3": "grant"}
    archive.register(wf.decisions.draft, "Về việc tặng giải", both, decision_id="q3")
    archive.register(wf.decisions.look_again, "q3", ["h3"])
    archive.register(wf.decisions.strike, "q3", ["h2"], note="đã rút")
    return archive


def granted(archive: Archive) -> None:
    """The longest life, with something of everything."""
    act = archive.act
    archive.propose("h1", submission="s1")
    archive.attach("h1", "report", b"bao cao", pages="3")
    act("h1", Fire("accept"), command_id="c-1")
    act("h1", Hold(note="đơn thư"))
    act("h1", Release())
    act("h1", Fire("consult"), "appraiser")
    act("h1", Answer("opinions", "disagree", note="chưa đủ"), "d0")
    act("h1", Reply("opinions", "department@d0", note="đã rõ"))
    act("h1", Answer("opinions", "agree", ground=PAPER), By("officer", for_="d1"))
    act("h1", Return(("merit", "report"), note="bổ sung"))
    act("h1", archive.paper("report", b"bao cao moi"), "proposer")
    act("h1", Supplement({"merit": "xuất sắc"}), "proposer")
    act("h1", Answer("opinions", "disagree", note="vẫn chưa"), "d0")
    act("h1", Waive("opinions.disagreements_answered", date(2018, 9, 3), ground=PAPER), "minister")
    act("h1", Extend("opinions", date(2018, 7, 2), note="xin thêm"))
    act("h1", Recuse("department@d2"))
    act("h1", Answer("opinions", "agree"), "d1")
    archive.attach("h1", "notice", b"xac nhan")
    act("h1", Close("posted"))
    act("h1", Fire("convene", meeting="k1"))
    act("h1", Recuse(note="người nhà"), "m4")
    for i, choice in enumerate(["for", "for", "for", "against"]):
        act("h1", Cast("vote", choice), f"m{i}")
    act("h1", Close("vote"), "teller")
    act("h1", Correct({"score": "8"}, Candidate("individual", "Nguyễn Văn Ẩn"), note="sai tên"))
    _decide(archive, "q1", "grant", number="15")
    _decide(archive, "q2", "revoke", number="16")


def _decide(archive: Archive, decision: str, trigger: str, number: str) -> None:
    decisions, paper = archive.wf.decisions, Paper(number=number, symbol="QĐ", signer="Lê Văn Cả",
                                                   signed_on=archive.now.date())  # fmt: skip
    archive.register(decisions.draft, "Về việc tặng giải", {"h1": trigger}, decision_id=decision)
    archive.register(decisions.number, decision, paper)
    with archive.engine.begin() as db:
        decisions.apply_line(db, decision, "h1", by=By("minister"), now=archive.now)
    archive.register(decisions.finish, decision)


def furnished(engine: Engine, files: Path) -> Archive:
    """The tables, the procedure and its people."""
    wf = Thidua(files=Folder(files), conditions={"has_budget": lambda _: True})
    held = [
        *((role, role, "") for role in ("officer", "appraiser", "teller", "minister")),
        ("proposer", "proposer", "u1"),
        *((f"d{i}", "department", f"d{i}") for i in range(3)),
        *((f"m{i}", "member", "") for i in range(5)),
    ]
    units = [
        {"id": f"d{i}", "name": f"Sở {i}", "kind": "department", "groups": "{}", "from_on": SINCE}
        for i in range(3)
    ]
    with engine.begin() as db:
        wf.tables.metadata.create_all(db)
        wf.adopt(db, TRIAL.read_text(encoding="utf-8"))
        db.execute(insert(wf.tables.unit), units)
        holding = insert(wf.tables.holding)
        for actor, role, unit in held:
            db.execute(holding.values(actor=actor, role=role, unit=unit, from_on=SINCE))
    return Archive(engine, wf)


@contextmanager
def filled(engine: Engine, folder: Path) -> Iterator[Archive]:
    """An archive with its lives; documents lie in the folder."""
    yield fill(furnished(engine, folder / "files"))
    engine.dispose()


@pytest.fixture(scope="module")
def lite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """The lives in a SQLite file of the module's own."""
    folder = tmp_path_factory.mktemp("archive")
    with filled(sqlite_engine(f"sqlite:///{folder / 'thidua.db'}"), folder) as archive:
        yield archive


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
)
def archive(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Archive]:
    """The same lives on each kind of database."""
    if request.param == "sqlite":
        yield request.getfixturevalue("lite")
        return
    engine = create_engine(request.getfixturevalue("pg_database"))
    with filled(engine, tmp_path_factory.mktemp("archive")) as archive:
        yield archive
