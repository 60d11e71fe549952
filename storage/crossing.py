"""Dossiers that go by one version of a procedure, for a move to another; and those of a meeting."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.engine import Connection, RowMapping

from thidua.storage.schema import Tables
from thidua.workflow.errors import Unknown


def standing(db: Connection, t: Tables, procedure_hash: str, states: Collection[str]) -> list[str]:
    """The ids of a version's dossiers in some states, ascending."""
    d = t.dossier.c
    mine = (d.procedure == procedure_hash) & d.state.in_(states)
    return list(db.execute(select(d.id).where(mine).order_by(d.id)).scalars())


def elsewhere(db: Connection, t: Tables, procedure_hash: str, states: Collection[str]) -> int:
    """How many of a version's dossiers are in none of the states."""
    d = t.dossier.c
    rest = (d.procedure == procedure_hash) & d.state.not_in(states)
    return int(db.execute(select(func.count()).where(rest)).scalar_one())


def state(db: Connection, t: Tables, dossier_id: str) -> str:
    """Where a dossier stands; empty when there is none of that id."""
    d = t.dossier.c
    return str(db.execute(select(d.state).where(d.id == dossier_id)).scalar() or "")


def meeting(db: Connection, t: Tables, key: str) -> RowMapping:
    """A meeting's row; `Unknown` when there is none of that id."""
    row = db.execute(select(t.meeting).where(t.meeting.c.id == key)).mappings().first()
    if row is None:
        raise Unknown("unknown-meeting", meeting=key)
    return row


def put_to(db: Connection, t: Tables, meeting: str) -> list[str]:
    """The dossiers whose ballots are still open at a meeting, ascending."""
    line = t.line.c
    mine = (line.meeting == meeting) & line.closed_n.is_(None)
    return sorted(db.execute(select(line.dossier_id).where(mine).distinct()).scalars())
