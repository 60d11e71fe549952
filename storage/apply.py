"""Writing what an act changes, exactly as decided."""

from collections.abc import Callable, Sequence
from datetime import datetime

from thidua.storage import rows
from thidua.storage.script import Pen
from thidua.storage.statements import Statements
from thidua.workflow.change import Change, RoundOpened
from thidua.workflow.journal import NOTHING_BEFORE, Entry, Sealed, seal

Salts = Callable[[int], "Sequence[str]"]


def apply(
    pen: Pen,
    s: Statements,
    change: Change,
    sealed: Sequence[Sealed],
    *,
    now: datetime,
    new: bool = False,
) -> None:
    """Write the change and its events. `new` adds the dossier's row, else it is updated."""
    dossier, key = change.dossier, change.dossier.id
    head = sealed[-1].hash
    if new:
        pen.run(s.add_dossier, rows.new_dossier_row(dossier, head, now))
    else:
        pen.run(s.put_dossier, {"k_id": key, **rows.dossier_row(dossier, head, now)})
        if change.content:
            pen.run(s.put_content, {"k_id": key, **rows.content_row(dossier)})
    add_events(pen, s, key, sealed)
    for opened in change.rounds:
        add_round(pen, s, opened, dossier.procedure, now)
    _add_rows(pen, s, change, now)
    _put_rows(pen, s, change)


def add_events(pen: Pen, s: Statements, stream: str, sealed: Sequence[Sealed]) -> None:
    """Append sealed events and their private values to a stream."""
    pen.run_many(
        s.add_event,
        [
            {"stream": stream, "n": e.n, "body": e.body, "hash": e.hash, "command_id": e.command_id}
            for e in sealed
        ],
    )
    kept = [{"stream": stream, "n": e.n, "body": e.private} for e in sealed if e.private]
    pen.run_many(s.add_private, kept)


def add_round(pen: Pen, s: Statements, opened: RoundOpened, procedure: str, now: datetime) -> None:
    """Write a round's row and the first event of its own chain."""
    data = {
        "at": rows.instant(now), "by": "engine", "name": opened.name, "procedure": procedure,
        "gathered": opened.gathered, "seq": opened.seq, "meeting": opened.meeting,
    }  # fmt: skip
    (first,) = seal(opened.id, 0, NOTHING_BEFORE, [Entry("open_round", data)], iter(()))
    row = {
        "id": opened.id, "gathered": opened.gathered, "seq": opened.seq, "procedure": procedure,
        "name": opened.name, "meeting": opened.meeting, "opened_at": rows.instant(now),
        "count": 1, "head": first.hash,
    }  # fmt: skip
    pen.run(s.add_round, row)
    add_events(pen, s, opened.id, [first])


def _add_rows(pen: Pen, s: Statements, change: Change, now: datetime) -> None:
    key = change.dossier.id
    pen.run_many(s.add_line, [rows.line_row(key, line) for line in change.lines_opened])
    pen.run_many(s.add_task, [rows.task_row(key, task) for task in change.tasks_opened])
    pen.run_many(s.add_opinion, [rows.opinion_row(key, one) for one in change.opinions])
    pen.run_many(s.add_vote, [rows.vote_row(key, one) for one in change.votes])
    pen.run_many(s.add_document, [rows.document_row(one) for one in change.documents])
    pen.run_many(s.add_notice, [rows.notice_row(key, one, now) for one in change.notices])


def _put_rows(pen: Pen, s: Statements, change: Change) -> None:
    key = change.dossier.id
    pen.run_many(s.put_line, [rows.line_row(key, line) for line in change.lines_changed])
    pen.run_many(s.put_task, [rows.task_row(key, task) for task in change.tasks_changed])
    drop = [{"k_dossier_id": key, "k_until": n} for n in change.ended]
    pen.run_many(s.drop_notice, drop)
