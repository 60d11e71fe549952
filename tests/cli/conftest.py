"""An office at the command line: its lists, its commands run in process, its tables as a digest."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from click.testing import CliRunner

from thidua import By
from thidua.bootstrap import Desk
from thidua.cli.call import Call
from thidua.cli.root import root
from thidua.files import Folder
from thidua.settings import from_environment

OFFICER = "user:lan"
CAMPAIGN = "dh-2018"
PAPER = ("--paper-number", "45", "--paper-symbol", "STP-VP", "--paper-date", "08/06/2018",
         "--signer", "Hà Giám Đốc (giả định)")  # fmt: skip

LISTS = {
    "people.csv": """id,name,lang,mailbox,phone,account
user:lan,Trần Thị Lan,vi,lan@example.org,024 1,
user:tham,Lê Văn Thẩm,vi,,,
user:kiem,Phạm Kiểm,vi,,,
user:bt,Nguyễn Văn Mẫu,vi,,,
user:m1,Đặng Văn Ân,vi,m1@example.org,,
user:m2,Ái Thị Bình,vi,,,
user:m3,Đỗ Chí Công,vi,,,
user:m4,Vũ Văn Dũng,vi,,,
user:m5,Ân Thị Én,en,,,
user:ag,Huỳnh Thị Giang,vi,,,
user:bg,Hà Văn Bắc,vi,,,
""",
    "departments.csv": """province,groups,mailbox,phone
An Giang,cluster=C01,stp@angiang.example,0296
Bắc Giang,cluster=C01,stp@bacgiang.example,0204
Bến Tre,cluster=C01,,0275
""",
    "roles.csv": """actor,role,unit,from_on,to_on,ground
user:lan,officer,,01/01/2018,,Quyết định 12
user:tham,appraiser,,01/01/2018,,
user:kiem,teller,,01/01/2018,,
user:bt,minister,,01/01/2018,,
user:ag,proposer,stp-an-giang,01/01/2018,,
user:ag,department,stp-an-giang,01/01/2018,,
user:bg,department,stp-bac-giang,01/01/2018,,
stp-ben-tre,department,stp-ben-tre,01/01/2018,,
""",
    "council.csv": "actor,from_on,ground\n"
    + "".join(f"user:m{i},01/01/2018,Quyết định 13\n" for i in range(1, 6)),
    "submissions.csv": """id,number,symbol,signed_on,signer,sender,received_on,campaign,submission
tt-1,12,TTr-STP,04/06/2018,Huỳnh Thị Giang,stp-an-giang,06/06/2018,dh-2018,paper.txt
""",
    "dossiers.csv": """id,kind,name,unit,cluster,prior_awards,merit_period,report,prior_award_list
HS-1,individual,Nguyễn Văn Ấn,stp-an-giang,C01,BK,2013-01-01/2018-05-31,paper.txt,paper.txt
HS-2,individual,Đỗ Thị Hường,stp-an-giang,C01,BK,2013-01-01/2018-05-31,paper.txt,paper.txt
HS-3,collective,Phòng Hành chính,stp-an-giang,C01,BK,2013-01-01/2018-05-31,paper.txt,paper.txt
""",
    "counts.csv": """dossier,present,issued,returned,for,against
HS-1,5,5,5,5,0
HS-2,5,5,5,4,1
HS-3,5,5,5,3,2
""",
    "paper.txt": "nội dung",
}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The answer, read."""
        return json.loads(self.out)

    @property
    def reasons(self) -> list[str]:
        """The codes of a refusal, in their order."""
        return [line.rpartition("[")[2][:-1] for line in self.err.splitlines() if line[-1:] == "]"]


@dataclass
class Terminal:
    """Somebody at a keyboard, in a folder of their own, with databases kept open between commands.

    `now` is on the office's clock; `who` is the operator.
    """

    folder: Path
    now: str = "2018-06-11T08:00"
    who: str | None = OFFICER
    lang: str = "vi"
    desk: Desk = field(default_factory=Desk)
    database: str | None = None

    def environment(self) -> dict[str, str]:
        """The variables a command sees."""
        told = {"THIDUA_TEST_CLOCK": "1", "THIDUA_LANG": self.lang}
        if self.database is not None:  # beside a SQLite file they are by themselves
            told["THIDUA_FILES"] = str(self.folder / "thidua-files")
            told["THIDUA_MAILS"] = str(self.folder / "thidua-mails")
        told["THIDUA_DATABASE"] = self.database or f"sqlite:///{self.folder / 'thidua.db'}"
        return {**told, **({"THIDUA_OPERATOR": self.who} if self.who else {})}

    def run(self, *words: str, as_: str | None = None, stdin: str = "", **more: str) -> Told:
        """Run a command; file names are those of the folder."""
        named = [str(self.folder / w) if (self.folder / w).is_file() else w for w in words]
        said = ["--now", self.now] if self.now else []
        said += ["--as", as_] if as_ is not None else []
        call = Call({**self.environment(), **more}, self.desk)
        result = CliRunner().invoke(root, [*named, *said], obj=call, input=stdin)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Told(result.exit_code, result.stdout, result.stderr)

    def ok(self, *words: str, **more: Any) -> Told:
        """Run a command that must succeed."""
        told = self.run(*words, **more)
        assert told.code == 0, told.err
        return told

    def json(self, *words: str, **more: Any) -> Any:
        """The JSON answer of a command that must succeed."""
        return self.ok(*words, "--json", **more).json

    def write(self, name: str, text: str) -> str:
        """Put a file into the folder; its name."""
        (self.folder / name).write_text(text, encoding="utf-8")
        return name

    def states(self) -> dict[str, str]:
        """Where every dossier stands."""
        return {d["id"]: d["state"] for d in self.json("dossiers", "list")["dossiers"]}

    def digest(self) -> str:
        """A hash over every row of every table of the SQLite file."""
        file = from_environment(self.environment()).sqlite_file
        assert file is not None
        hashed = hashlib.sha256()
        with closing(sqlite3.connect(file)) as db:
            for line in db.iterdump():
                hashed.update(line.encode())
        return hashed.hexdigest()

    # The story, one step at a time, for tests that begin in its middle.

    def settle_in(self) -> None:
        """Tables, a procedure, units, people, roles and the council."""
        for name, text in LISTS.items():
            self.write(name, text)
        self.ok("db", "init")
        self.ok("procedures", "store", "exemplar-selection", "--demo")
        self.ok("provinces", "import", "--kind", "department", "--start", "stp-",
                "--name", "Sở Tư pháp {province}", "--with", "departments.csv")  # fmt: skip
        for noun in ("people", "roles", "council"):
            self.ok(noun, "import", f"{noun}.csv")

    def propose(self) -> None:
        """A submission with three dossiers."""
        self.ok("submissions", "import", "submissions.csv")
        self.ok("dossiers", "import", "dossiers.csv", "--procedure", "exemplar-selection",
                "--submission", "tt-1", "--campaign", CAMPAIGN)  # fmt: skip

    def consult(self) -> None:
        """The departments of the cluster are asked."""
        self.ok("dossiers", "act", "accept", "--state", "proposed", "--yes")
        self.ok("rounds", "open", "opinions", "--state", "appraisal", "--yes", *PAPER,
                as_="user:tham")  # fmt: skip

    def convene(self) -> None:
        """Both departments agree; the dossiers are put to a meeting."""
        for unit, actor in (("stp-bac-giang", "user:bg"), ("stp-ben-tre", "stp-ben-tre")):
            self.ok("rounds", "answer", "opinions", "agree", "--seat", unit, *PAPER, as_=actor)
        self.call_meeting("hop-1", date(2018, 7, 2))
        self.ok("dossiers", "act", "convene", "--state", "consulted", "--meeting", "hop-1", "--yes")

    def call_meeting(self, key: str, on: date) -> None:
        """A meeting, called as a host would."""
        place = self.desk.ready(from_environment(self.environment()))
        place.write(
            lambda db: place.wf.meetings.add(
                db, "Phiên họp", on, by=By(OFFICER), meeting_id=key,
                now=Call({"THIDUA_TEST_CLOCK": "1"}).now,
            )
        )  # fmt: skip


@pytest.fixture(scope="session")
def settled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Folders of offices at four stages, made once and copied by tests."""
    stages: dict[str, Path] = {}
    terminal = Terminal(tmp_path_factory.mktemp("office"))
    for stage in ("settle_in", "propose", "consult", "convene"):
        getattr(terminal, stage)()
        terminal.desk.close()
        stages[stage] = tmp_path_factory.mktemp(stage)
        _copy(terminal.folder, stages[stage])
    return stages


def _copy(source: Path, target: Path) -> None:
    for path in source.iterdir():
        if path.is_file():
            copyfile(path, target / path.name)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """Somebody in an empty folder."""
    made = Terminal(tmp_path)
    yield made
    made.desk.close()


def _at(stage: str, settled: dict[str, Path], terminal: Terminal) -> Terminal:
    _copy(settled[stage], terminal.folder)
    folder = Folder(terminal.folder / "thidua-files")
    folder.keep(LISTS["paper.txt"].encode())
    return terminal


@pytest.fixture
def office(settled: dict[str, Path], terminal: Terminal) -> Terminal:
    """An office with its people and the selection's procedure, nothing proposed yet."""
    return _at("settle_in", settled, terminal)


@pytest.fixture
def proposed(settled: dict[str, Path], terminal: Terminal) -> Terminal:
    """Three dossiers of one submission, just proposed."""
    return _at("propose", settled, terminal)


@pytest.fixture
def consulted(settled: dict[str, Path], terminal: Terminal) -> Terminal:
    """Two departments are asked about three dossiers."""
    terminal.now = "2018-06-13T09:00"
    return _at("consult", settled, terminal)


@pytest.fixture
def council(settled: dict[str, Path], terminal: Terminal) -> Terminal:
    """Three dossiers are put to the meeting hop-1."""
    terminal.now = "2018-07-02T09:00"
    return _at("convene", settled, terminal)
