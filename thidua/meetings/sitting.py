"""A meeting from its call to its end: who presides, who is there, what is on the agenda."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import Connection, RowMapping

from thidua.connection import Db, connection_of
from thidua.ids import new_id
from thidua.ledger import Ledger, entry
from thidua.meetings.cases import Cases, running
from thidua.meetings.councils import Councils
from thidua.storage import register, rows
from thidua.workflow.acts.papers import private_names
from thidua.workflow.command import Attach
from thidua.workflow.dossier import Document
from thidua.workflow.errors import Refused, Unknown
from thidua.workflow.journal import compact
from thidua.workflow.meeting import PRESENCES
from thidua.workflow.paper import Paper
from thidua.workflow.person import By
from thidua.workflow.procedure import Procedure, Right
from thidua.workflow.tally import Quorum, parse_fraction


@dataclass(frozen=True, slots=True)
class Meetings:
    """Acts on meetings, in the caller's transaction; they need the right `meet`.

    `cases` are what changes on the agenda in the room.
    """

    ledger: Ledger
    councils: Councils
    cases: Cases

    def add(
        self,
        db: Db,
        title: str,
        held_on: date,
        *,
        by: By,
        council: str | None = None,
        meeting_id: str | None = None,
        now: datetime | None = None,
    ) -> str:
        """Call a meeting for a legal date; its id, which ballots are opened with.

        Of a `council` it is the members of that day who preside and attend.
        """
        key = meeting_id or new_id()
        row = {"id": key, "title": title, "held_on": held_on.isoformat(), "status": "called",
               "council": council, "presides": None}  # fmt: skip
        with self.ledger.writing(db, by, "meet", now) as (connection, at, hand):
            said = {"held_on": row["held_on"], **({"council": council} if council else {})}
            if council is not None:
                self._in_term(connection, council, held_on)
            event = entry("meet", hand, at, said, private={"title": title})
            self.ledger.add(connection, self.ledger.tables.meeting, row, event)
        return key

    def _in_term(self, db: Connection, council: str, on: date) -> None:
        c = self.ledger.tables.council.c
        row = db.execute(select(c.from_on, c.to_on).where(c.id == council)).first()
        if row is None:
            raise Unknown("unknown-council", council=council)
        day = on.isoformat()
        if day < row[0] or day > (row[1] or day):
            raise Refused.of("outside-term", on=day, council=council)

    def preside(
        self,
        db: Db,
        meeting_id: str,
        actor: str,
        *,
        by: By,
        authority: Paper | None = None,
        now: datetime | None = None,
    ) -> None:
        """Record who presides: the chair, or a deputy by written `authority`.

        Where the meeting is of no council nobody's post is known, and the paper alone tells.
        """
        with self.ledger.writing(db, by, "meet", now) as (connection, at, hand):
            row = running(self.ledger, connection, meeting_id)
            post = self._post(connection, row, actor)
            if post == "deputy" and (authority is None or authority.signed_on is None):
                raise Refused.of("authority-missing", actor=actor)
            event = entry("preside", hand, at, {"presides": actor, "post": post}, paper=authority)
            values = {"presides": actor}
            self.ledger.change(connection, self.ledger.tables.meeting, row, values, event)

    def _post(self, db: Connection, row: RowMapping, actor: str) -> str | None:
        if row["council"] is None:
            return None
        members = self.councils.on(db, row["council"], date.fromisoformat(row["held_on"]))
        post = next((m.post for m in members if m.actor == actor), None)
        if post not in ("chair", "deputy"):
            raise Refused.of("not-chair-or-deputy", actor=actor, on=row["held_on"])
        return post

    def attend(
        self,
        db: Db,
        meeting_id: str,
        attendance: Mapping[str, str],
        *,
        by: By,
        excuses: Mapping[str, str] | None = None,
        now: datetime | None = None,
    ) -> None:
        """Record who is there: by seat "present", "excused", "absent" or "written".

        May be given again, for some of them: a later word stands instead of an earlier one. The
        reasons of the excused are kept beside the journal's bytes. Refused before the day, after
        the meeting is concluded, and for seats that are no members.
        """
        with self.ledger.writing(db, by, "meet", now) as (connection, at, hand):
            row = running(self.ledger, connection, meeting_id)
            self._on_its_day(row, at)
            self._must_be_members(connection, row, attendance)
            told = {"attendance": sorted([seat, how] for seat, how in attendance.items())}
            private = {"excuses": compact(dict(excuses))} if excuses else {}
            event = entry("attend", hand, at, told, private=private)
            self.ledger.change(connection, self.ledger.tables.meeting, row, {}, event)
            for seat, how in attendance.items():
                self._note(connection, meeting_id, seat, how)

    def _must_be_members(
        self, db: Connection, row: RowMapping, attendance: Mapping[str, str]
    ) -> None:
        for how in attendance.values():
            if how not in PRESENCES:
                raise Unknown("unknown-presence", presence=how, known=", ".join(PRESENCES))
        for seat in sorted(set(attendance) - self.seats(db, row["id"])):
            raise Refused.of("not-on-council", seat=seat, meeting=row["id"])

    def _note(self, db: Connection, meeting_id: str, seat: str, how: str) -> None:
        a = self.ledger.tables.attendance
        mine = (a.c.meeting_id == meeting_id) & (a.c.seat == seat)
        if not db.execute(update(a).where(mine).values(presence=how)).rowcount:
            db.execute(insert(a).values(meeting_id=meeting_id, seat=seat, presence=how))

    def seats(self, db: Db, meeting_id: str) -> frozenset[str]:
        """Who may attend: the members of its council on its day, and who votes in its ballots."""
        connection, t = connection_of(db), self.ledger.tables
        m = t.meeting.c
        row = connection.execute(select(m.council, m.held_on).where(m.id == meeting_id)).first()
        if row is None:
            raise Unknown("unknown-meeting", meeting=meeting_id)
        council = row[0]
        roll = self.councils.roll(db, council, date.fromisoformat(row[1])) if council else {}
        voting = (
            select(t.task.c.seat)
            .join(t.line, (t.line.c.round_id == t.task.c.round_id)
                  & (t.line.c.dossier_id == t.task.c.dossier_id))
            .where(t.line.c.meeting == meeting_id, t.task.c.kind == "vote")
            .distinct()
        )  # fmt: skip
        return frozenset(roll) | frozenset(connection.execute(voting).scalars())

    def begin(
        self, db: Db, meeting_id: str, *, by: By, now: datetime | None = None
    ) -> tuple[int, int]:
        """Begin the meeting: how many members are there, of how many.

        Refused without attendance, without who presides where it is of a council, and below that
        council's quorum.
        """
        with self.ledger.writing(db, by, "meet", now) as (connection, at, hand):
            row = running(self.ledger, connection, meeting_id, "called")
            self._on_its_day(row, at)
            here, members = self._here(connection, row)
            if row["council"] is not None and row["presides"] is None:
                raise Refused.of("meeting-without-chair", meeting=meeting_id)
            self._enough(connection, row, here, members)
            said = {"present": here, "members": members}
            event = entry("begin", hand, at, said)
            values = {"status": "open"}
            self.ledger.change(connection, self.ledger.tables.meeting, row, values, event)
        return here, members

    def _here(self, db: Connection, row: RowMapping) -> tuple[int, int]:
        a = self.ledger.tables.attendance.c
        mine = select(a.seat, a.presence).where(a.meeting_id == row["id"])
        kept: dict[str, str] = {row[0]: row[1] for row in db.execute(mine)}
        if not kept:
            raise Refused.of("meeting-without-attendance", meeting=row["id"])
        seats = self.seats(db, row["id"])
        return sum(kept.get(seat) == "present" for seat in seats), len(seats)

    def _enough(self, db: Connection, row: RowMapping, here: int, members: int) -> None:
        c = self.ledger.tables.council.c
        share = db.execute(select(c.quorum).where(c.id == row["council"])).scalar()
        needed = Quorum(parse_fraction(share)).needed(members) if share is not None else 1
        if here < needed:
            raise Refused.of(
                "meeting-without-quorum", present=here, needed=needed, entitled=members
            )

    def conclude(self, db: Db, meeting_id: str, *, by: By, now: datetime | None = None) -> None:
        """End the meeting; refused while a ballot of it runs."""
        with self.ledger.writing(db, by, "meet", now) as (connection, at, hand):
            row = running(self.ledger, connection, meeting_id)
            line = self.ledger.tables.line.c
            mine = (line.meeting == meeting_id) & line.closed_n.is_(None)
            query = select(line.dossier_id).where(mine).order_by(line.dossier_id)
            still = list(connection.execute(query).scalars())
            if still:
                raise Refused.of(
                    "meeting-ballots-open", meeting=meeting_id, count=len(still),
                    dossiers=", ".join(still[:5]),
                )  # fmt: skip
            values = {"status": "closed"}
            event = entry("conclude", hand, at, {})
            self.ledger.change(connection, self.ledger.tables.meeting, row, values, event)

    def attach(
        self, db: Db, meeting_id: str, paper: Attach, *, by: By, now: datetime | None = None
    ) -> None:
        """Add a document of the meeting, such as its minutes or the tellers' scanned count.

        Beside those with the right `meet`, whoever closes a ballot may.
        """
        t = self.ledger.tables
        with self.ledger.writing(db, by, "meet", now, _attaching) as (connection, at, hand):
            row = register.lock(connection, t.meeting, meeting_id)
            mine = (t.document.c.owner == meeting_id) & (t.document.c.kind == paper.kind)
            version = 1 + (connection.execute(select(func.count()).where(mine)).scalar() or 0)
            document = Document(
                meeting_id, paper.kind, version, paper.sha256, paper.size, paper.type,
                paper.name, paper.pages,
            )  # fmt: skip
            connection.execute(insert(t.document).values(rows.document_row(document)))
            said = {"kind": paper.kind, "file": version, "sha256": paper.sha256,
                    "size": paper.size, "type": paper.type}  # fmt: skip
            event = entry("attach", hand, at, said, private=private_names(paper))
            self.ledger.change(connection, t.meeting, row, {}, event)

    def _on_its_day(self, row: RowMapping, at: datetime) -> None:
        if self.ledger.shelf.today(at).isoformat() < row["held_on"]:
            raise Refused.of("meeting-too-early", meeting=row["id"], on=row["held_on"])


def _attaching(procedure: Procedure) -> Iterable[str]:
    """Beside who meets, who closes the ballots."""
    meet = procedure.may.get("meet", Right()).roles
    ballots = (rule for rule in procedure.rounds.values() if rule.voters is not None)
    return (*meet, *(rule.close.by for rule in ballots if rule.close.by))
