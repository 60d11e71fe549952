"""Make a corpus: a database with a dossier at every place, its journal as JSON lines, a backup of
it; and likewise a database in which everything was done that can be done.

`python -m tests.corpus.make tests/corpus/v0.2.0` once for each release, from the checkout; it is
never made anew, because later code has to read what earlier code wrote.
"""

import json
import sqlite3
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.engine import Engine

from figures.evidence.crash_stage import Stage
from tests.corpus.acts import play
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
    Counts,
    Create,
    Done,
    Extend,
    Fire,
    Hold,
    Paper,
    Recall,
    Recuse,
    Release,
    Reply,
    Return,
    Supplement,
    Thidua,
    Withdraw,
    sqlite_engine,
)
from thidua.backup import backup
from thidua.definitions import shipped

SINCE = "2018-01-01"
MONDAY = datetime(2018, 8, 6, 2, tzinfo=UTC)
OFFICER, APPRAISER, TELLER = By("officer"), By("appraiser"), By("teller")
PROPOSER, MINISTER = By("proposer"), By("officer", "minister")
FIRST, SECOND = By("stp-24"), By("stp-27")
MEMBERS = [By(f"m{n}") for n in range(5)]

MERITED = {"merit_period": "2017-01-01/2018-06-30", "by_initiative": "no"}
CHOSEN = {"cluster": "C01", "prior_awards": "Bằng khen", "merit_period": "2013-01-01/2018-06-30"}


PLAYED = ("ministers-certificate", "exemplar-selection")
"""The procedures that the season's dossiers stand under."""


@dataclass
class Season:
    """One office; every act is a minute after the one before, and committed."""

    engine: Engine
    wf: Thidua
    now: datetime = MONDAY
    numbers: Iterator[int] = field(default_factory=lambda: iter(range(1850, 1900)))

    def act(self, dossier: str, command: Command, by: By = OFFICER, **terms: Any) -> Done:
        """One act."""
        with self.engine.begin() as db:
            return self.wf.act(db, dossier, command, by=by, now=self.later(), **terms)

    def later(self, **parts: float) -> datetime:
        """The next instant, by default a minute on."""
        self.now += timedelta(**(parts or {"minutes": 1}))
        return self.now

    def submit(self, key: str) -> None:
        """A submission with the papers that count for all its dossiers."""
        paper = Paper(number="12", symbol="TTr-STP", signed_on=date(2018, 8, 1), signer="Lê Văn Dê",
                      incoming="345", postmark_on=date(2018, 8, 2))  # fmt: skip
        with self.engine.begin() as db:
            terms: dict[str, Any] = {"by": OFFICER, "now": self.later()}
            self.wf.submissions.add(
                db, paper, sender="cuc-24", received_on=date(2018, 8, 6), campaign="2018",
                submission_id=key, **terms,
            )  # fmt: skip
            for kind in ("submission", "minutes"):
                self.wf.submissions.attach(db, key, document(kind), **terms)

    def certificate(self, dossier: str, *, campaign: str = "2018") -> str:
        """A nomination for the minister's certificate, with its report."""
        candidate = Candidate("individual", f"Nguyễn Văn Ấn ({dossier})", "stp-24")
        create = Create("ministers-certificate", "BK_BO", candidate, unit="cuc-24", fields=MERITED,
                        submission="tt-1", campaign=campaign)  # fmt: skip
        return self._create(dossier, create)

    def exemplar(self, dossier: str) -> str:
        """A nomination for the exemplar selection, with its papers."""
        kind = "collective" if dossier.endswith("collective") else "individual"
        candidate = Candidate(kind, f"Ứng viên giả định ({dossier})", "stp-24")  # type: ignore[arg-type]  # one of its kinds
        create = Create("exemplar-selection", "DIEN_HINH", candidate, unit="stp-24", fields=CHOSEN,
                        submission="tt-1", campaign="2018")  # fmt: skip
        self._create(dossier, create)
        self.act(dossier, document("prior_award_list"))
        return dossier

    def _create(self, dossier: str, create: Create) -> str:
        with self.engine.begin() as db:
            self.wf.create(db, create, by=OFFICER, dossier_id=dossier, now=self.later())
        self.act(dossier, document("report"), command_id=f"{dossier}-report")
        return dossier

    def accepted(self, dossier: str, **terms: Any) -> str:
        """In appraisal."""
        made = dossier if dossier.startswith("x-") else self.certificate(dossier, **terms)
        self.act(made, Fire("accept"))
        return made

    def consulted(self, dossier: str, **terms: Any) -> str:
        """With the departments."""
        self.act(self.accepted(dossier, **terms), Fire("consult"), APPRAISER)
        return dossier

    def before_the_council(self, dossier: str, meeting: str = "p-1") -> str:
        """Answered and convened."""
        self.consulted(dossier)
        self.act(dossier, Answer("opinions", "agree"), SECOND if dossier[0] == "x" else FIRST)
        self.act(dossier, Fire("convene", meeting=meeting))
        return dossier

    def passed(self, dossier: str) -> str:
        """Voted through electronically, four to one."""
        self.before_the_council(dossier)
        for n, member in enumerate(MEMBERS):
            self.act(dossier, Cast("vote", "for" if n else "against"), member)
        self.act(dossier, Close("vote"), TELLER)
        return dossier

    def counted(self, dossier: str, votes_for: int, present: int = 5) -> None:
        """A paper count by the tellers."""
        counts = Counts(
            entitled=5, present=present, issued=present, returned=present, valid=present,
            votes_for=votes_for, votes_against=present - votes_for,
        )  # fmt: skip
        self.act(dossier, Close("vote", counts, "paper"), TELLER)

    def decide(self, key: str, trigger: str, *dossiers: str, lines: int | None = None) -> None:
        """A decision drafted, numbered and carried out, or its first lines."""
        symbol, on = "QĐ-BTP", date(2018, 8, 6)
        signed = Paper(number=str(next(self.numbers)), symbol=symbol, signed_on=on,
                       signer="Trần Thị Gờ", capacity="KT.")  # fmt: skip
        with self.engine.begin() as db:
            decisions, terms = self.wf.decisions, {"by": OFFICER, "now": self.later()}
            brought = dict.fromkeys(dossiers, trigger)
            decisions.draft(db, "Tặng Bằng khen", brought, decision_id=key, **terms)  # type: ignore[arg-type]  # of two types
            decisions.number(db, key, signed, **terms)  # type: ignore[arg-type]  # of two types
        for dossier in dossiers[:lines]:
            with self.engine.begin() as db:
                self.wf.decisions.apply_line(db, key, dossier, by=MINISTER, now=self.later())
        with self.engine.begin() as db:
            self.wf.decisions.finish(db, key, by=OFFICER, now=self.later())

    def settle(self) -> None:
        """Rank what is counted."""
        with self.engine.begin() as db:
            for key in self.wf.rounds.waiting(db):
                self.wf.rounds.settle(db, key, now=self.later())


def document(kind: str) -> Attach:
    """A document of a kind."""
    return Attach(kind, "ab" * 32, 10, "application/pdf", f"{kind}.pdf", "1-3")


def before_appraisal(s: Season) -> None:
    """Dossiers that the office has just received."""
    s.certificate("c-proposed")
    s.act(s.certificate("c-assigned"), Assign(1, "officer"))
    s.act(s.certificate("c-corrected"), Correct({"by_initiative": "yes"}, note="Ghi sai"))
    s.act(s.certificate("c-misrouted"), Fire("misroute", note="Thuộc thẩm quyền của Bộ khác"))
    s.act(s.certificate("c-withdrawn"), Withdraw(note="Đơn vị xin rút"), PROPOSER)


def in_appraisal(s: Season) -> None:
    """Dossiers that an appraiser looks at."""
    s.accepted("c-appraisal")
    s.act(s.accepted("c-returned"), Return(("merit_period", "report"), note="Thiếu xác nhận"))
    s.act(s.accepted("c-supplemented"), Return(("merit_period", "report"), note="Thiếu"))
    s.act("c-supplemented", document("report"), PROPOSER)
    given = Supplement({"merit_period": "2016-01-01/2018-06-30"})
    s.act("c-supplemented", given, PROPOSER)
    s.act(s.accepted("c-ineligible"), Fire("find_ineligible", note="Đang bị kỷ luật"), APPRAISER)
    s.act(s.consulted("c-recalled", campaign="recalled"), Recall(note="Chuyển nhầm"))


def in_consultation(s: Season) -> None:
    """Dossiers that a department is asked about, and what it said."""
    s.consulted("c-consulted")
    s.act(s.consulted("c-held"), Hold(note="Chờ kết luận thanh tra"))
    s.act(s.consulted("c-released"), Hold(note="Có đơn khiếu nại"))
    s.act("c-released", Release(note="Đơn đã được giải quyết"))
    s.act(s.consulted("c-extended"), Extend("opinions", date(2018, 8, 31), note="Bưu điện chậm"))
    disagreed = Answer("opinions", "disagree", note="Chưa rõ thành tích")
    s.act(s.consulted("c-disagreed"), disagreed, FIRST)
    s.act(s.consulted("c-replied"), disagreed, FIRST)
    s.act("c-replied", Reply("opinions", "department@stp-24", note="Đã bổ sung số liệu"))
    letter = Paper(number="88", symbol="CV-STP", signed_on=date(2018, 8, 6), signer="Hồ Văn Hát")
    entered = Answer("opinions", "agree_with_remarks", note="Bổ sung sáng kiến", ground=letter)
    s.act(s.consulted("c-on-paper"), entered, By("officer", "stp-24"))
    s.act(s.consulted("c-lapsed"), Answer("opinions", "agree"), FIRST)
    s.act("c-lapsed", Return(("report",), note="Báo cáo có sửa"))
    s.act("c-lapsed", document("report"), PROPOSER)
    s.act("c-lapsed", Supplement(), PROPOSER)
    s.consulted("c-silent", campaign="silent")


def in_council(s: Season) -> None:
    """Dossiers in a ballot: running, suspended, without quorum, on paper, tied, ranked."""
    s.before_the_council("c-in-council")
    s.act("c-in-council", Recuse(note="Có quan hệ gia đình"), MEMBERS[4])
    for choice, member in zip(("for", "against", "abstain"), MEMBERS, strict=False):
        s.act("c-in-council", Cast("vote", choice, way="written"), member)
    s.act(s.before_the_council("c-suspended"), Cast("vote", "for"), MEMBERS[0])
    s.act("c-suspended", Hold(note="Chờ xác minh"))
    s.act(s.before_the_council("c-revote"), Cast("vote", "for"), MEMBERS[0])
    s.act("c-revote", Close("vote"), TELLER)
    s.counted(s.before_the_council("c-failed"), votes_for=1)
    votes = {"x-first-individual": 4, "x-second-individual": 4, "x-third-individual": 3,
             "x-collective": 5}  # fmt: skip
    for dossier in votes:
        s.before_the_council(s.exemplar(dossier), "p-2")
    for dossier, votes_for in votes.items():
        s.counted(dossier, votes_for)
    s.settle()


def after_the_council(s: Season) -> None:
    """Dossiers before the minister, and what became of them."""
    s.passed("c-submitted")
    s.act(s.passed("c-late"), Answer("opinions", "disagree", note="Tin mới"), FIRST)
    slip = Paper(number="90", signed_on=date(2018, 8, 6), signer="Trần Thị Gờ")
    declined = Fire("decline", note="Chưa đủ tiêu biểu", ground=slip)
    s.act(s.passed("c-declined"), declined, MINISTER)
    granted = [s.passed(f"c-{name}") for name in ("decided", "closed", "revoked")]
    s.decide("qd-1", "grant", *granted)
    s.decide("qd-2", "grant", s.passed("c-applied"), s.passed("c-waiting"), lines=1)
    for dossier in granted[1:]:
        s.act(dossier, Fire("notify"))
    s.decide("qd-3", "revoke", "c-revoked")


def clock(s: Season) -> None:
    """The week after: what is due comes to its end, the silent department is heard no more."""
    s.later(days=30)
    while True:
        with s.engine.begin() as db:
            if not s.wf.tick(db, s.now).more:
                return


def staff(s: Season) -> None:
    """Tables, shipped procedures, two departments, a council, and the office."""
    units = [{"id": "stp-24", "name": "Sở Tư pháp tỉnh Bắc Giang"},
             {"id": "stp-27", "name": "Sở Tư pháp tỉnh Bắc Ninh"}]  # fmt: skip
    unit = {"from_on": SINCE, "kind": "department", "parent": "ubnd", "groups": '{"cluster":"C01"}'}
    held = [
        *({"actor": member.actor, "role": "member", "unit": ""} for member in MEMBERS),
        *({"actor": r, "role": r, "unit": ""} for r in ("officer", "appraiser", "teller")),
        {"actor": "minister", "role": "minister", "unit": ""},
        {"actor": "proposer", "role": "proposer", "unit": "cuc-24"},
        *({"actor": each["id"], "role": "department", "unit": each["id"]} for each in units),
    ]
    with s.engine.begin() as db:
        s.wf.migrate(db)
        for name in PLAYED:
            text = shipped()[name].read_text(encoding="utf-8")
            s.wf.adopt(db, text, demo=True, now=s.now)
        db.execute(insert(s.wf.tables.unit), [{**each, **unit} for each in units])
        db.execute(insert(s.wf.tables.holding), [{**each, "from_on": SINCE} for each in held])
        for key, on in (("p-1", date(2018, 8, 24)), ("p-2", date(2018, 8, 27))):
            s.wf.meetings.add(db, f"Phiên {key}", on, by=OFFICER, meeting_id=key, now=s.now)


def make(folder: Path) -> None:
    """Write `thidua.db`, `journal.jsonl`, `states.json`, `backup.zip`, and `acts.*`, into a folder
    that is not there yet.
    """
    folder.mkdir(parents=True)
    season = Season(sqlite_engine(f"sqlite:///{folder / 'thidua.db'}"), Thidua())
    staff(season)
    season.submit("tt-1")
    for part in (before_appraisal, in_appraisal, in_consultation, in_council, after_the_council):
        part(season)
    clock(season)
    backup(season.engine, season.wf, folder / "backup.zip", now=season.now)
    _keep(season, folder, "thidua.db", "journal.jsonl", "states.json")
    _keep(play(folder / "acts.db"), folder, "acts.db", "acts.jsonl", "acts.json")


def _keep(s: Season | Stage, folder: Path, database: str, journal: str, states: str) -> None:
    (folder / journal).write_text(_journal(s), encoding="utf-8")
    (folder / states).write_text(_states(s), encoding="utf-8")
    s.engine.dispose()
    with closing(sqlite3.connect(folder / database)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute("VACUUM")


def _journal(s: Season | Stage) -> str:
    """Each event with its values, a line each, in the order of streams and numbers."""
    e, p = s.wf.tables.event, s.wf.tables.event_private
    both = e.outerjoin(p, (p.c.stream == e.c.stream) & (p.c.n == e.c.n))
    mine = [column for column in e.c if column.name != "leaf"]  # the clock's, no part of the event
    query = select(*mine, p.c.body.label("private")).select_from(both).order_by(e.c.stream, e.c.n)
    with s.engine.connect() as db:
        return "".join(_line(dict(row)) for row in db.execute(query).mappings())


def _line(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True) + "\n"


def _states(s: Season | Stage) -> str:
    """Where each dossier stands, a line each."""
    d = s.wf.tables.dossier.c
    query = select(d.id, d.state, d.version, d.count, d.head, d.pause).order_by(d.id)
    with s.engine.connect() as db:
        rows = [_line(dict(row)).strip() for row in db.execute(query).mappings()]
    return "[\n" + ",\n".join(rows) + "\n]\n"


if __name__ == "__main__":
    make(Path(sys.argv[1]))
