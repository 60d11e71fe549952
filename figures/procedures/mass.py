"""Thousands of names of one award, from the list to the decision, by the commands of an office."""

import csv
import io
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import create_engine, select

from figures.fault import replaced
from figures.figure import Outcome, Progress, Verdict
from thidua import earlier
from thidua.bootstrap import Desk
from thidua.cli import run
from thidua.storage.schema import tables

BAD = ("wrong", "failed")
PEOPLE = {"clerk": "officer", "appraiser": "appraiser", "minister": "minister"}
PAPER = ("--paper-number", "15", "--paper-symbol", "QĐ-BTP", "--paper-date", "05/10/2018")
SEASON = (
    ("clerk", ("dossiers", "import", "names.csv", "--procedure", "commemorative-medal",
               "--submission", "T-1")),
    ("clerk", ("dossiers", "act", "accept", "--state", "proposed", "--yes")),
    ("appraiser", ("dossiers", "act", "put_forward", "--state", "checked", "--yes")),
    ("clerk", ("decisions", "draft", "Tặng Kỷ niệm chương", "--trigger", "grant",
               "--state", "submitted", "--id", "Q-1", "--yes")),
    ("clerk", ("decisions", "number", "Q-1", *PAPER, "--signer", "Người ký")),
    ("clerk", ("decisions", "apply", "Q-1", "--as", "minister")),
    ("clerk", ("dossiers", "act", "notify", "--state", "decided", "--yes")),
    ("clerk", ("journal", "verify")),
)  # fmt: skip
"""What is typed, and by whom. Those who have the medal stay behind at `put_forward`."""


def measure(size: int, chance: random.Random, progress: Progress) -> Outcome:
    """So many names proposed at once, about one in ten of whom has the medal already."""
    with tempfile.TemporaryDirectory(prefix="thidua-figure-") as folder:
        office = _Office(Path(folder))
        held = office.prepare(size, chance)
        began = time.monotonic()
        for done, (who, words) in enumerate(SEASON, 1):
            office.type(who, *words)
            progress(done, len(SEASON))
        took = time.monotonic() - began
        wrong = _wrong(office, held, size)
        office.desk.close()
    sums = {"wrong": wrong, "failed": office.failed, "seconds": took}
    return Outcome(size, {name: float(value) for name, value in sums.items()})


def judge(outcome: Outcome) -> Verdict:
    """No fault; what a season of a thousand names takes is told."""
    counts = {name: int(outcome.sums.get(name, 0)) for name in BAD}
    spent = outcome.sums.get("seconds", 0) / max(outcome.n, 1) * 1_000
    value = " ".join(f"{name}={count}" for name, count in counts.items())
    return Verdict(f"{value} season={spent:.0f}s/1000", "0/0", not any(counts.values()))


def unread() -> AbstractContextManager[object]:
    """Planted: nobody looks into the list of earlier awards."""
    return replaced(earlier.Earlier, "__call__", lambda _, __: True)


@dataclass(slots=True)
class _Office:
    folder: Path
    desk: Desk = field(default_factory=Desk)
    failed: int = 0

    @property
    def url(self) -> str:
        """Its database."""
        return f"sqlite:///{self.folder / 'thidua.db'}"

    def type(self, who: str, *words: str) -> str:
        """What a command says; one that does not end as it should is counted and shown."""
        environment = {
            "THIDUA_DATABASE": self.url,
            "THIDUA_EARLIER_AWARDS": str(self.folder / "earlier.csv"),
            "THIDUA_OPERATOR": who, "THIDUA_TEST_CLOCK": "1",
        }  # fmt: skip
        here = [str(self.folder / word) if word.endswith(".csv") else word for word in words]
        told = io.StringIO()
        with redirect_stdout(told), redirect_stderr(told):
            code = run(["--now", "2018-10-08T08:00", *here], desk=self.desk,
                       environment=environment)  # fmt: skip
        if code != 0 and "put_forward" not in words:
            self.failed += 1
            print(f"{' '.join(words[:3])}: {told.getvalue()[-500:]}", file=sys.stderr)
        return told.getvalue()

    def prepare(self, size: int, chance: random.Random) -> set[str]:
        """The lists of the season; ids of the dossiers whose candidates have the medal."""
        keys = [f"K-{n:05}" for n in range(size)]
        held = {key for key in keys if chance.random() < 0.1}
        names = [[k, "individual", f"Nguyễn Văn {k}", f"CB-{k}", "head", "6"] for k in keys]
        earlier_rows = [[f"CB-{k}", k, "KNC", "1/QĐ", "2015-08-20"] for k in sorted(held)]
        self.write("names.csv", "id,kind,name,person,category,years", names)
        self.write("earlier.csv", "person,name,award,decision,signed_on", earlier_rows)
        self.write("people.csv", "id,name", [[who, who] for who in PEOPLE])
        self.write("roles.csv", "actor,role,from_on",
                   [[who, role, "2018-01-01"] for who, role in PEOPLE.items()])  # fmt: skip
        (self.folder / "paper.txt").write_text("Tờ trình", encoding="utf-8")
        paper = ["T-1", "12", "TTr-STP", "01/10/2018", "Người ký", "stp-an-giang", "02/10/2018",
                 "knc", "paper.txt", "paper.txt"]  # fmt: skip
        self.write("submissions.csv", "id,number,symbol,signed_on,signer,sender,received_on,"
                   "campaign,submission,summary", [paper])  # fmt: skip
        self.type("clerk", "db", "init")
        self.type("clerk", "procedures", "store", "commemorative-medal", "--demo")
        for kind in ("people", "roles", "submissions"):
            self.type("clerk", kind, "import", f"{kind}.csv")
        return held

    def write(self, name: str, head: str, rows: Sequence[Sequence[str]]) -> None:
        """A list in the office's folder."""
        with (self.folder / name).open("w", encoding="utf-8", newline="") as file:
            file.write(head + "\n")
            csv.writer(file).writerows(rows)


def _wrong(office: _Office, held: set[str], size: int) -> int:
    """Dossiers that are not where they belong: closed, or left behind."""
    d = tables().dossier.c
    with create_engine(office.url).connect() as db:
        states = {row[0]: row[1] for row in db.execute(select(d.id, d.state))}
    right = sum(state == ("checked" if key in held else "closed") for key, state in states.items())
    return size - right
