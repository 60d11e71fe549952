"""Mails that could not be sent, that wait too long or are held."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from thidua.doctor.finding import Finding
from thidua.storage.mails import BOX, HELD, UNSENT, restored
from thidua.storage.mails import trouble as troubled
from thidua.storage.rows import instant

if TYPE_CHECKING:
    from thidua.app import Thidua

UNSENT_FOR = timedelta(hours=1)
"""A mail server that greylists takes a letter within this time."""


def mails(db: Connection, wf: "Thidua") -> Iterator[Finding]:
    mail, lease = wf.tables.mail.c, wf.tables.lease.c
    dead = db.execute(select(func.count()).where(mail.status == "dead")).scalar() or 0
    if dead:
        newest = select(mail.trouble).where(mail.status == "dead").order_by(mail.made_at.desc())
        trouble = troubled(db.execute(newest.limit(1)).scalar())
        # Its words quote addresses and values; the doctor's findings go to whoever helps.
        told = trouble.code if trouble is not None else "-"
        yield Finding("mails-dead", "warn", {"count": dead, "trouble": told})
    if back := restored(db, wf.tables):
        yield Finding("database-restored", "warn", {"taken": back[0], "restored": back[1]})
    if db.execute(select(lease.owner).where(lease.name == BOX)).scalar() == HELD:
        held = db.execute(select(func.count()).where(mail.status == "held")).scalar() or 0
        yield Finding("mails-held", "warn", {"count": held})
        return
    old = mail.status.in_(UNSENT) & (mail.made_at <= instant(wf.clock() - UNSENT_FOR))
    late = db.execute(select(func.count()).where(old)).scalar() or 0
    if late:
        yield Finding("mails-late", "warn", {"count": late})
