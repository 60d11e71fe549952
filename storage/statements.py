"""The dozen statements of the write path, built from the tables for one dialect."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    ScalarSelect,
    Table,
    Text,
    bindparam,
    case,
    func,
    insert,
    literal_column,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.elements import ClauseElement

from thidua.storage.calendars import every_head
from thidua.storage.packed import Packed, packed
from thidua.storage.people import held_part
from thidua.storage.schema import Tables, tables
from thidua.storage.script import Statement, compile_statement
from thidua.storage.sealed import Values, sealed_with, values_of

ATTENDANCE = "attendance"
"""In the place of a vote's way: the row says who was at a meeting."""


@dataclass(frozen=True, slots=True)
class Statements:
    """Compiled once per dialect, driver and table names."""

    locks_by_update: bool
    begin: Statement
    lock: Statement
    dossier: Statement
    holding: Statement
    unpack: Packed
    prior: Statement
    private: Statement
    votes: Statement
    box: Statement
    event: Statement
    unsent: Statement
    decision: Statement
    since: Statement
    round: Statement
    round_by_id: Statement
    meeting: Statement
    submission: Statement
    procedures: Statement
    add_dossier: Statement
    put_dossier: Statement
    put_noted: Statement
    put_content: Statement
    add_event: Statement
    add_private: Statement
    add_task: Statement
    put_task: Statement
    add_line: Statement
    put_line: Statement
    add_round: Statement
    add_opinion: Statement
    add_vote: Statement
    add_box: Statement
    put_box: Statement
    add_document: Statement
    add_notice: Statement
    drop_notice: Statement
    line_applied: Statement
    values: Values | None = None


@dataclass(frozen=True, slots=True)
class Built:
    """The tables of a schema and prefix, and their statements for each driver that needed them."""

    tables: Tables
    _statements: dict[tuple[str, str, str], Statements] = field(default_factory=dict)

    def statements(self, dialect: Dialect) -> Statements:
        """Every statement for a driver, compiled at its first use."""
        driver = (dialect.name, dialect.driver, dialect.paramstyle)
        if driver not in self._statements:
            self._statements[driver] = build(self.tables, dialect)
        return self._statements[driver]


def built(schema: str | None, prefix: str, values: Values | None) -> Built:
    """One for all that work in a place in this process; where `values` seals texts, a new one."""
    if values is None:
        return _shared(schema, prefix)
    return Built(sealed_with(tables(schema, prefix), values))


# 16: hosts have one place, or a few; of more, those least used are built again.
@lru_cache(maxsize=16)
def _shared(schema: str | None, prefix: str) -> Built:
    return Built(tables(schema, prefix))


def build(tables: Tables, dialect: Dialect) -> Statements:
    """Every statement as text for `dialect`."""
    by_update = dialect.name == "sqlite"
    holding = _holding(tables, dialect.name)
    clauses = {
        "holding": holding.clause,
        "begin": _begin(tables),
        "lock": _lock(tables, by_update=by_update),
        **_reads(tables, every_head(tables, dialect.name)),
        **_adds(tables),
        **_puts(tables),
    }
    compiled = {name: compile_statement(name, c, dialect) for name, c in clauses.items()}
    values = values_of(tables)
    return Statements(locks_by_update=by_update, unpack=holding, values=values, **compiled)


def _same_command(t: Tables) -> ColumnElement[bool]:
    stream, command = bindparam("dossier_id", type_=Text), bindparam("command_id", type_=Text)
    return (t.event.c.stream == stream) & (t.event.c.command_id == command)


def _holding(t: Tables, dialect: str) -> Packed:
    """What belongs to a dossier, the event of an earlier try, and what the asker holds by the
    built-in directory, in one statement.
    """
    of: BindParameter[str] = bindparam("dossier_id", type_=Text)
    docs = [*t.document.c]
    enclosing: BindParameter[str] = bindparam("submission", type_=Text)
    return packed(
        {
            "task": ([*t.task.c][1:], t.task.c.dossier_id == of),
            "line": ([*t.line.c][1:], t.line.c.dossier_id == of),
            "document": (docs, t.document.c.owner == of),
            "enclosed": (docs, t.document.c.owner == enclosing),
            "event": ([t.event.c.n, t.event.c.body], _same_command(t)),
            "held": held_part(t),
        },
        dialect,
    )


def _begin(t: Tables) -> ClauseElement:
    """Changes no row: a stock pysqlite connection begins its transaction at the first UPDATE,
    and a savepoint opened before that would commit by itself.
    """
    lease = t.lease
    return update(lease).where(lease.c.name == "").values(owner=lease.c.owner)


def _told(t: Tables) -> list[ColumnElement[Any]]:
    """What a decision is told of a dossier's row: all but when it was written."""
    return [c for c in t.dossier.c if c.name not in ("created_at", "changed_at")]


def _lock(t: Tables, *, by_update: bool) -> ClauseElement:
    mine = t.dossier.c.id == bindparam("id")
    if by_update:
        same = update(t.dossier).where(mine).values(version=t.dossier.c.version)
        return same.returning(*_told(t), every_head(t, "sqlite"))
    locked = select(*_told(t), every_head(t, "postgresql")).where(mine)
    return locked.with_for_update(of=t.dossier)


def _reads(t: Tables, heads: ScalarSelect[str]) -> dict[str, ClauseElement]:
    of: BindParameter[str] = bindparam("dossier_id")
    line = t.decision_line.c
    return {
        "procedures": select(t.procedure.c.hash, t.procedure.c.name, t.procedure.c.version, heads),
        "dossier": select(*_told(t), heads).where(t.dossier.c.id == bindparam("id")),
        "prior": select(t.event.c.n, t.event.c.body).where(_same_command(t)),
        "private": select(t.event_private.c.body).where(
            t.event_private.c.stream == of, t.event_private.c.n == bindparam("n")
        ),
        "votes": _votes(t, of),
        "box": select(*t.box.c).where(
            t.box.c.dossier_id == of, t.box.c.round_id == bindparam("round_id")
        ),
        "event": select(t.event.c.body).where(
            t.event.c.stream == of, t.event.c.n == bindparam("n")
        ),
        "unsent": _unsent(t, of),
        "decision": select(
            t.decision.c.number, t.decision.c.signed_on, line.trigger, line.seen_n
        ).where(
            line.decision_id == bindparam("decision"),
            line.dossier_id == of,
            t.decision.c.id == line.decision_id,
            t.decision.c.status == "numbered",
        ),
        "since": select(t.event.c.body).where(t.event.c.stream == of, t.event.c.n > bindparam("n")),
        "round": select(t.round.c.id, t.round.c.seq)
        .where(t.round.c.gathered == bindparam("gathered"))
        .order_by(t.round.c.seq.desc())
        .limit(1),
        "round_by_id": select(
            t.round.c.name, t.round.c.gathered, t.round.c.seq, t.round.c.meeting
        ).where(t.round.c.id == bindparam("round_id")),
        "submission": select(t.submission.c.received_on, t.submission.c.paper).where(
            t.submission.c.id == bindparam("submission")
        ),
        "meeting": select(t.meeting.c.held_on).where(t.meeting.c.id == bindparam("meeting")),
    }


def _votes(t: Tables, of: BindParameter[str]) -> ClauseElement:
    """The votes about a dossier, and as rows of the same width who was at its meetings."""
    a, m, line = t.attendance.c, t.meeting.c, t.line.c
    mark = _text(ATTENDANCE)
    put_to = select(line.meeting).where(line.dossier_id == of, line.meeting.is_not(None))
    came = select(a.meeting_id, a.meeting_id, a.seat, literal_column("0"), a.presence, mark)
    chair = select(m.id, m.id, m.presides, literal_column("0"), _text("presides"), mark)
    return union_all(
        select(*t.vote.c).where(t.vote.c.dossier_id == of),
        came.where(a.meeting_id.in_(put_to)),
        chair.where(m.id.in_(put_to), m.presides.is_not(None)),
    )


def _unsent(t: Tables, of: BindParameter[str]) -> ClauseElement:
    """Tasks that have notices, none of them told by hand or in a mail that was sent."""
    n, mail = t.notice.c, t.mail.c
    gone = case((or_(n.status == "told", mail.status == "sent"), 1), else_=0)
    named = select(n.until).join(t.mail, mail.id == n.mail_id, isouter=True)
    about = (n.dossier_id == of) & n.until.is_not(None)
    return named.where(about).group_by(n.until).having(func.max(gone) == 0)


def _adds(t: Tables) -> dict[str, ClauseElement]:
    rooms: dict[str, Table] = {
        "dossier": t.dossier, "event": t.event, "private": t.event_private, "task": t.task,
        "line": t.line, "round": t.round, "opinion": t.opinion, "vote": t.vote,
        "box": t.box,
        "document": t.document, "notice": t.notice,
    }  # fmt: skip
    return {f"add_{name}": _insert(table) for name, table in rooms.items()}


def _insert(table: Table) -> ClauseElement:
    # An act never gives an event its leaf: the clock does, once it is committed.
    return insert(table).values({c.name: bindparam(c.name) for c in table.c if c.name != "leaf"})


def _update(table: Table, *keys: str) -> ClauseElement:
    """Every column but the keys, whose binds are prefixed: an update's own names are taken."""
    where = [table.c[key] == bindparam(f"k_{key}") for key in keys]
    names = [column.name for column in table.c if column.name not in keys]
    values: dict[str, Any] = {name: bindparam(name) for name in names}
    return update(table).where(*where).values(values)


def _put_dossier(dossier: Table, names: list[str]) -> ClauseElement:
    mine = dossier.c.id == bindparam("k_id")
    return update(dossier).where(mine).values({name: bindparam(name) for name in names})


def _text(word: str) -> ColumnElement[str]:
    """A word of ours in the statement's own text: nothing to hand over with every run."""
    return literal_column(f"'{word}'")


def _puts(t: Tables) -> dict[str, ClauseElement]:
    dossier = t.dossier
    moving = ["state", "version", "count", "head", "pause", "changed_at"]
    content = ["candidate_kind", "candidate_name", "candidate_unit", "candidate_person", "fields"]
    content += ["procedure", "submission"]
    notice = t.notice.c
    line = t.decision_line
    return {
        "put_dossier": _put_dossier(dossier, moving),
        "put_noted": _put_dossier(dossier, [*moving, "more"]),
        "put_content": _put_dossier(dossier, content),
        "put_task": _update(t.task, "dossier_id", "n"),
        "put_line": _update(t.line, "dossier_id", "round_id"),
        "put_box": _update(t.box, "dossier_id", "round_id"),
        "drop_notice": update(t.notice)
        .where(
            notice.dossier_id == bindparam("k_dossier_id"),
            notice.until == bindparam("k_until"),
            or_(*(notice.status == _text(each) for each in ("due", "waits", "held", "paper"))),
        )
        .values(status=_text("pointless")),
        "line_applied": update(line)
        .where(
            line.c.decision_id == bindparam("k_decision"),
            line.c.dossier_id == bindparam("k_dossier_id"),
        )
        .values(status="applied"),
    }
