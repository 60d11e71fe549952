"""Stored procedures that cannot be used, calendars that end, dues that rest on an older one."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.engine import Connection

from thidua.doctor.finding import Finding, Level
from thidua.workflow.errors import ThiduaError

if TYPE_CHECKING:
    from thidua.app import Thidua


def calendars(db: Connection, wf: "Thidua") -> Iterator[Finding]:
    """Dues opened today may fall into next year."""
    now, p = wf.clock(), wf.tables.procedure.c
    until: dict[str, date] = {}
    for name, version, key in db.execute(select(p.name, p.version, p.hash).order_by(p.name)):
        try:
            calendar = wf.shelf.rules(db, key).calendar
        except ThiduaError as error:
            fields = {"procedure": f"{name}@{version}", "words": error.text("en")}
            yield Finding("procedure-unusable", "stop", fields)
        else:
            until[calendar.name] = calendar.last_on
    for name, last_on in until.items():
        if last_on.year <= now.year:
            level: Level = "stop" if last_on.year < now.year else "warn"
            ends = {"calendar": name, "until": last_on.isoformat(), "year": last_on.year + 1}
            yield Finding("calendar-ends", level, ends)


def dues(db: Connection, wf: "Thidua") -> Iterator[Finding]:
    """Running dues that the calendar as it is now would move."""
    try:
        moving = wf.reprojection.plan(db)
    except ThiduaError:  # of a procedure or a calendar, told above
        return
    if moving:
        dossiers = {each.dossier for each in moving}
        fields = {"count": len(moving), "dossiers": len(dossiers), "first": min(dossiers)}
        yield Finding("dues-outdated", "warn", fields)
