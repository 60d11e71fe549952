"""Rounds: which there are, who is asked in them, who has answered, how ballots were counted."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func, or_, select
from sqlalchemy.engine import Connection

from thidua.storage.erasing import shown
from thidua.storage.listing import Listed
from thidua.storage.schema import Tables
from thidua.workflow.errors import Refused, Unknown
from thidua.workflow.promise import promised_until

IN_TIME_AFTER_CLOSE = "in_time_after_close"
"""An opinion that stands though the round was over when it came."""


def rounds(db: Connection, t: Tables, *, only_open: bool = False) -> list[Listed]:
    """Rounds in the order of their opening, with how many dossiers, how many of them open."""
    r, line = t.round.c, t.line.c
    running = func.sum(case((line.closed_n.is_(None), 1), else_=0))
    columns = [column for column in r if column.name not in ("count", "head")]
    counts = func.count(line.dossier_id).label("dossiers"), running.label("running")
    query = select(*columns, *counts).join(t.line, line.round_id == r.id, isouter=True)
    query = query.group_by(*columns).order_by(r.opened_at, r.id)
    rows = [dict(row) for row in db.execute(query).mappings()]
    newest = {row["gathered"]: row["seq"] for row in sorted(rows, key=lambda row: row["seq"])}
    found: list[Listed] = [
        {**row, "ref": ref_of(row["gathered"], row["seq"], newest[row["gathered"]]),
         "running": row["running"] or 0}
        for row in rows
    ]  # fmt: skip
    return [row for row in found if row["running"]] if only_open else found


def ref_of(gathered: str, seq: int, newest: int) -> str:
    """What a round is called by: its number is part of it where the same gathered again."""
    _, name, by = gathered.split("/", 2)
    return f"{name}@{by}#{seq}" if newest > 1 else f"{name}@{by}"


def find(db: Connection, t: Tables, ref: str) -> Listed:
    """The round of an id, of "NAME@WHAT IT GATHERS BY", of "…#2", or of a name alone.

    Without a number it is the newest that gathers so. `Unknown` when there is none, `Refused`
    ("which-round") when a name alone fits several.
    """
    rows = rounds(db, t)
    for row in rows:
        if row["id"] == ref:
            return row
    name, at, by = ref.partition("@")
    by, _, seq = by.rpartition("#") if "#" in by else (by, "", "")
    fits = [r for r in rows if r["name"] == name and (not at or _by(r) == by)]
    fits = [r for r in fits if not seq or str(r["seq"]) == seq]
    if not fits:
        known = ", ".join(row["ref"] for row in rows) or "-"
        raise Unknown("unknown-round-here", round=ref, known=known)
    if len({row["gathered"] for row in fits}) > 1:
        raise Refused.of("which-round", round=ref, known=", ".join(r["ref"] for r in fits))
    return max(fits, key=lambda row: row["seq"])


def _by(row: Listed) -> str:
    return str(row["gathered"].split("/", 2)[2])


@dataclass(slots=True)
class Answered:
    """One seat in one round: about how many dossiers it is asked, and what became of them.

    `in_time` and `late` are answered; `missing` may still answer; `never` did not and its time
    is up; `unsent` has not answered, and its request had not gone out when the round closed;
    `excused` stepped back (`recused` of them) or is not needed any more. `after_close` counts
    those in time that came when the round was over. `opinions` counts them by kind; `promised_on`
    is the last day for which a missing answer was promised.
    """

    seat: str
    asked: int = 0
    in_time: int = 0
    late: int = 0
    missing: int = 0
    never: int = 0
    unsent: int = 0
    excused: int = 0
    after_close: int = 0
    due_on: str | None = None
    answered_at: str | None = None
    opinions: dict[str, int] | None = None
    promised_on: str | None = None
    recused: int = 0


def answered(
    db: Connection, t: Tables, round_id: str, *, without: Collection[str] = ()
) -> list[Answered]:
    """How every seat of a round stands, some dossiers left out, in two queries however many it
    has.
    """
    said = _said(db, t, round_id)
    seats: dict[str, Answered] = {}
    task = t.task.c
    mine = (task.round_id == round_id) & task.kind.in_(("ask", "vote"))
    columns = (task.dossier_id, task.seat, task.kind, task.status, task.due_on, task.outcome)
    for dossier, seat, kind, status, due_on, outcome in db.execute(select(*columns).where(mine)):
        if dossier in without:
            continue
        one = seats.setdefault(seat, Answered(seat))
        _count(one, kind, outcome if outcome == "not_sent" else status, said.get((dossier, seat)))
        one.recused += outcome == "recused"
        if due_on is not None and status in ("open", "paused"):
            one.due_on = min(one.due_on or due_on, due_on)
        if status in ("open", "paused") and (until := promised_until(outcome)) is not None:
            one.promised_on = max(one.promised_on or "", until.isoformat())
    return sorted(seats.values(), key=lambda one: one.seat)


def _said(db: Connection, t: Tables, round_id: str) -> dict[tuple[str, str], tuple[str, str, str]]:
    """By dossier and seat the newest opinion, and before it the one that the round closed with."""
    o, e, line = t.opinion.c, t.event.c, t.line.c
    event = (e.stream == o.dossier_id) & (e.n == o.n)
    mine = (line.dossier_id == o.dossier_id) & (line.round_id == o.round_id)
    in_vain = (line.closed_n < o.n) & (o.standing != IN_TIME_AFTER_CLOSE)
    in_the_round = case((in_vain, 0), else_=1)
    query = (
        select(o.dossier_id, o.seat, o.kind, o.standing, e.body)
        .join(t.event, event)
        .join(t.line, mine)
        .where(o.round_id == round_id)
        .order_by(in_the_round, o.n)
    )
    return {
        (dossier, seat): (kind, standing, json.loads(body)["at"])
        for dossier, seat, kind, standing, body in db.execute(query)
    }


def _count(one: Answered, kind: str, status: str, said: tuple[str, str, str] | None) -> None:
    one.asked += 1
    if status in ("open", "paused"):
        one.missing += 1
    elif status == "cancelled":
        one.excused += 1
    elif said is not None:
        _count_said(one, *said)
    elif status == "not_sent":
        one.unsent += 1
    elif kind == "vote" and status == "done":
        one.in_time += 1
    else:
        one.never += 1


def _count_said(one: Answered, kind: str, standing: str, at: str) -> None:
    if standing == "late":
        one.late += 1
    else:
        one.in_time += 1
        one.after_close += standing == IN_TIME_AFTER_CLOSE
    one.opinions = one.opinions or {}
    one.opinions[kind] = one.opinions.get(kind, 0) + 1
    one.answered_at = max(one.answered_at or at, at)


def unanswered(
    db: Connection, t: Tables, round_id: str, dossiers: Collection[str]
) -> tuple[list[str], list[str]]:
    """The seats that have still to answer about some of the dossiers: those that were asked, and
    those to whom the request of some has not gone out.
    """
    task, n, mail = t.task.c, t.notice.c, t.mail.c
    gone = case((or_(n.status == "told", mail.status == "sent"), 1), else_=0)
    query = (
        select(task.dossier_id, task.seat, func.coalesce(func.max(gone), 1))
        .join(t.notice, (n.dossier_id == task.dossier_id) & (n.until == task.n), isouter=True)
        .join(t.mail, mail.id == n.mail_id, isouter=True)
        .where(task.round_id == round_id, task.kind == "ask", task.status.in_(("open", "paused")))
        .group_by(task.dossier_id, task.n, task.seat)
    )
    found = [(seat, sent) for dossier, seat, sent in db.execute(query) if dossier in dossiers]
    asked, unsent = ({seat for seat, sent in found if sent == which} for which in (1, 0))
    return sorted(asked), sorted(unsent)


def seats(db: Connection, t: Tables, round_id: str) -> list[str]:
    """The seats that a round asks."""
    task = t.task.c
    mine = (task.round_id == round_id) & task.kind.in_(("ask", "vote"))
    return list(db.execute(select(task.seat).where(mine).distinct().order_by(task.seat)).scalars())


def notified(db: Connection, t: Tables, matter: str, dossiers: Collection[str]) -> list[str]:
    """The seats to which a matter is told about some of the dossiers."""
    n = t.notice.c
    found = db.execute(select(n.dossier_id, n.seat).where(n.matter == matter))
    return sorted({seat for dossier, seat in found if dossier in dossiers})


def asks(db: Connection, t: Tables, round_id: str, seat: str) -> list[Listed]:
    """What a seat is asked in a round: each dossier with its candidate, due and status."""
    task, d = t.task.c, t.dossier.c
    mine = (task.round_id == round_id) & (task.seat == seat) & (task.kind == "ask")
    query = select(*task, shown(d.candidate_name), d.award).join(t.dossier, d.id == task.dossier_id)
    rows = db.execute(query.where(mine).order_by(d.id)).mappings()
    return [dict(row) for row in rows]


def entitled(db: Connection, t: Tables, round_id: str) -> dict[str, int]:
    """By dossier how many seats may vote in a ballot, those who stepped back left out."""
    task = t.task.c
    mine = (task.round_id == round_id) & (task.kind == "vote")
    voting = mine & (task.outcome.is_(None) | (task.outcome != "recused"))
    query = select(task.dossier_id, func.count()).where(voting).group_by(task.dossier_id)
    return {row[0]: row[1] for row in db.execute(query)}


def lines(db: Connection, t: Tables, round_id: str) -> list[Listed]:
    """Every dossier's part of a round, with its candidate and the counts of a ballot."""
    line, d = t.line.c, t.dossier.c
    dossier = (d.candidate_kind, shown(d.candidate_name), d.award, d.state, d.fields, d.procedure,
               d.unit)  # fmt: skip
    query = select(*line, *dossier).join(t.dossier, d.id == line.dossier_id)
    rows = db.execute(query.where(line.round_id == round_id).order_by(d.id)).mappings()
    return [{**r, **{name: json.loads(r[name]) for name in ("counts", "fields")}} for r in rows]


def opinions(db: Connection, t: Tables, round_id: str) -> list[Listed]:
    """Every opinion of a round with its reasons, oldest first within a dossier."""
    o, p = t.opinion.c, t.event_private.c
    private = (p.stream == o.dossier_id) & (p.n == o.n)
    query = select(*o, p.body).join(t.event_private, private, isouter=True)
    rows = db.execute(query.where(o.round_id == round_id).order_by(o.dossier_id, o.n)).mappings()
    return [{**_without_body(row), "note": _note(row["body"])} for row in rows]


def _without_body(row: Any) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "body"}


def _note(body: str | None) -> str | None:
    kept = json.loads(body) if body else {}
    return kept["note"][1] if "note" in kept else None


def votes(db: Connection, t: Tables, round_id: str) -> list[Listed]:
    """Who voted in an open ballot, by dossier and seat; how, once it is closed for the dossier.

    `void` says that the member stepped back afterwards: the vote counts nowhere.
    """
    vote, line, task = t.vote.c, t.line.c, t.task.c
    closed = (line.dossier_id == vote.dossier_id) & (line.round_id == vote.round_id)
    given = (
        (task.dossier_id == vote.dossier_id)
        & (task.round_id == vote.round_id)
        & (task.seat == vote.seat)
        & (task.kind == "vote")
    )
    query = (
        select(*vote, line.closed_n, task.outcome)
        .join(t.line, closed)
        .join(t.task, given)
        .where(vote.round_id == round_id)
        .order_by(vote.dossier_id, vote.seat)
    )
    return [_after_close(dict(row)) for row in db.execute(query).mappings()]


def _after_close(row: dict[str, Any]) -> dict[str, Any]:
    """No partial tally: the choice of a vote is nobody's to see while the ballot runs."""
    running, void = row.pop("closed_n") is None, row.pop("outcome") == "recused"
    return {**row, "choice": None if running else row["choice"], "void": void}


def running(db: Connection, t: Tables, name: str, dossiers: Collection[str]) -> dict[str, str]:
    """By dossier the ballot of a name that runs about it."""
    line = t.line.c
    mine = (line.name == name) & line.dossier_id.in_(sorted(dossiers)) & line.closed_n.is_(None)
    found = db.execute(select(line.dossier_id, line.round_id).where(mine))
    return {row[0]: row[1] for row in found}


def verdicts(db: Connection, t: Tables, round_id: str) -> dict[str, dict[str, Any]]:
    """By dossier what the close of a ballot froze: needed, base, rule and roll."""
    line, e = t.line.c, t.event.c
    closed = (e.stream == line.dossier_id) & (e.n == line.closed_n)
    query = select(line.dossier_id, e.body).join(t.event, closed).where(line.round_id == round_id)
    bodies = {dossier: json.loads(body) for dossier, body in db.execute(query)}
    return {key: body["verdict"] for key, body in bodies.items() if "verdict" in body}
