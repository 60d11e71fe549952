"""Writing what an act changes, exactly as decided."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from thidua.storage import rows
from thidua.storage.script import Pen, Statement
from thidua.storage.statements import Statements
from thidua.workflow.change import Change, RoundOpened
from thidua.workflow.journal import NOTHING_BEFORE, Entry, Sealed, seal

Parts = tuple[tuple[Statement, Sequence[Any], Callable[[str, Any], dict[str, Any]]], ...]
"""What is written with one statement each: the statement, the values, and a value's row."""


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
        put = s.put_noted if change.noted else s.put_dossier
        moved = rows.dossier_row(dossier, head, now, noted=change.noted)
        pen.run(put, {"k_id": key, **moved})
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
    if s.values is not None:
        kept = [{**each, "body": s.values.seal(stream, str(each["body"]))} for each in kept]
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
    parts: Parts = (
        (s.add_line, change.lines_opened, rows.line_row),
        (s.add_task, change.tasks_opened, rows.task_row),
        (s.add_opinion, change.opinions, rows.opinion_row),
        (s.add_vote, change.votes, rows.vote_row),
    )
    _write(pen, parts, key)
    for box in change.boxes:
        pen.run(s.add_box if box.is_new else s.put_box, rows.box_row(key, box))
    if change.documents:
        pen.run_many(s.add_document, [rows.document_row(each) for each in change.documents])
    if change.notices:
        pen.run_many(s.add_notice, rows.notice_rows(key, change.notices, now))


def _put_rows(pen: Pen, s: Statements, change: Change) -> None:
    parts: Parts = (
        (s.put_line, change.lines_changed, rows.line_row),
        (s.put_task, change.tasks_changed, rows.task_row),
        (s.drop_notice, change.ended, _until),
    )
    _write(pen, parts, change.dossier.id)


def _until(dossier_id: str, task: int) -> dict[str, Any]:
    return {"k_dossier_id": dossier_id, "k_until": task}


def _write(pen: Pen, parts: Parts, key: str) -> None:
    for statement, values, row in parts:
        if values:
            pen.run_many(statement, [row(key, value) for value in values])
