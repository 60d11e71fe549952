"""Looking an installation over: what would lose data, stop the work or stay unsaid, and what to do.

Reads only. Nothing here changes the database or the host's engine.
"""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import EmailPolicy
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import func, inspect, select, text
from sqlalchemy.engine import Connection, Engine

from thidua.connection import check_transaction, connection_of
from thidua.ids import utc_now
from thidua.notifiers import dates
from thidua.spent_keys import spent
from thidua.sqlite import BUSY_SECONDS, READ
from thidua.storage import watch
from thidua.storage.mails import BOX, HELD, UNSENT
from thidua.storage.mails import trouble as troubled
from thidua.storage.rows import instant
from thidua.workflow.errors import Misuse, Reason, ThiduaError
from thidua.workflow.wording import say

if TYPE_CHECKING:
    from thidua.app import Thidua

Level = Literal["stop", "warn", "note"]

SAFE_SQLITE = (3, 51, 3)
"""Before this release a write-ahead log could be damaged when several processes write."""

QUIET = timedelta(minutes=15)
"""The clock rings twice a minute: after this long it was stopped, or hangs."""

UNSENT_FOR = timedelta(hours=1)
"""A mail server that greylists takes a letter within this time."""

OFFSET = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know: "stop" before any further work, "warn" soon, "note" at leisure."""

    code: str
    level: Level
    fields: dict[str, Any] = field(default_factory=dict)

    def text(self, lang: str = "en") -> str:
        """What it is and what to do, in "vi" or "en"."""
        shown = {name: _shown(value, lang) for name, value in self.fields.items()}
        return say(self.code, shown, lang)


def _shown(value: Any, lang: str) -> Any:
    if isinstance(value, datetime):
        return dates.moment(value, lang=lang)
    return value.text(lang) if isinstance(value, Reason) else value


def examine(db: Engine | Connection, wf: "Thidua") -> list[Finding]:
    """Everything found, most pressing first; empty when all is well.

    Of an engine a connection is opened to read and closed again; a connection is left in the
    transaction that it was in or has begun. Errors of a database that does not answer are raised.
    """
    with _reading(db) as connection:
        found = [*_transactions(connection), *_database(connection), *_python()]
        schema = list(_schema(connection, wf))
        found += schema
        if not any(each.level == "stop" for each in schema):
            found += [*_calendars(connection, wf), *_dues(connection, wf)]
            found += [*_clock(connection, wf), *_mails(connection, wf), *_keys(connection, wf)]
    return sorted(found, key=lambda each: ("stop", "warn", "note").index(each.level))


@contextmanager
def _reading(db: Engine | Connection) -> Iterator[Connection]:
    if isinstance(db, Engine):
        with db.connect().execution_options(**{READ: True}) as connection:
            yield connection_of(connection)
    else:
        yield connection_of(db)


def _keys(db: Connection, wf: "Thidua") -> Iterator[Finding]:
    """Keys of secret ballots that cannot be reached, or outlived their count."""
    if wf.keys is None:
        return
    try:
        left = len(spent(db, wf.tables, wf.keys, utc_now()))
    except Misuse as error:
        yield Finding(error.reasons[0].code, "stop", error.fields)
        return
    if left:
        yield Finding("keys-left", "warn", {"count": left})


def _transactions(db: Connection) -> Iterator[Finding]:
    """What a connection of the host's would be refused for."""
    try:
        check_transaction(db)
    except Misuse as error:
        yield Finding(error.reasons[0].code, "stop", error.fields)


def _database(db: Connection) -> Iterator[Finding]:
    if db.dialect.name == "sqlite":
        yield from _sqlite(db)
    elif db.dialect.name == "postgresql":
        yield from _postgresql(db)


def _sqlite(db: Connection) -> Iterator[Finding]:
    names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
    have = {name: db.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names}
    journal, synchronous = have["journal_mode"], int(have["synchronous"] or 0)
    on_disk = journal != "memory"
    if on_disk and journal == "wal" and sqlite3.sqlite_version_info < SAFE_SQLITE:
        needed = ".".join(map(str, SAFE_SQLITE))
        yield Finding("sqlite-old", "warn", {"found": sqlite3.sqlite_version, "needed": needed})
    if on_disk and synchronous < 2:
        yield Finding("sqlite-loses-commits", "stop", {"synchronous": synchronous})
    elif on_disk and journal != "wal" and synchronous < 3:
        yield Finding("sqlite-loses-the-last", "warn", {"journal": journal})
    if int(have["busy_timeout"] or 0) < BUSY_SECONDS * 1000:
        waits = int(have["busy_timeout"] or 0) / 1000
        yield Finding("sqlite-impatient", "warn", {"seconds": waits, "needed": BUSY_SECONDS})
    if not have["foreign_keys"]:
        yield Finding("sqlite-foreign-keys", "note")
    driver: Any = db.connection.driver_connection
    if driver.isolation_level is not None:
        yield Finding("sqlite-stock", "warn")


def _postgresql(db: Connection) -> Iterator[Finding]:
    names = ("synchronous_commit", "fsync", "full_page_writes", "server_encoding", "lock_timeout")
    have = {name: str(db.exec_driver_sql(f"SHOW {name}").scalar()) for name in names}
    for name in ("synchronous_commit", "fsync", "full_page_writes"):
        if have[name] == "off":
            yield Finding("pg-loses-commits", "stop", {"setting": name})
    if have["server_encoding"] != "UTF8":
        yield Finding("pg-encoding", "stop", {"encoding": have["server_encoding"]})
    level = db.get_isolation_level()
    if level in ("REPEATABLE READ", "SERIALIZABLE"):
        yield Finding("pg-isolation", "note", {"level": level})
    if have["lock_timeout"] == "0":
        yield Finding("pg-waits-for-ever", "note")


def _python() -> Iterator[Finding]:
    """Tries the flaws instead of comparing versions: distributions mend them on their own."""
    fields = {"python": sys.version.split()[0]}
    if _decodes_line_ends():
        yield Finding("python-mail-headers", "warn", {**fields, "cve": "CVE-2024-6923"})
    if _writes_line_ends():
        yield Finding("python-mail-headers", "warn", {**fields, "cve": "CVE-2026-1299"})


def _decodes_line_ends() -> bool:
    message = EmailMessage()
    message["Subject"] = "=?utf-8?q?x=0D=0AX-Planted:_y?="
    return _planted(message)


def _writes_line_ends() -> bool:
    message = EmailMessage(_Unfolded())
    message["Subject"] = "x"
    return _planted(message)


class _Unfolded(EmailPolicy):
    """Folds wrongly, which whoever writes the bytes has to notice."""

    def fold_binary(self, name: str, value: str) -> bytes:
        return f"{name}: {value}\nX-Planted: y\n".encode()


def _planted(message: EmailMessage) -> bool:
    try:
        return b"\nX-Planted:" in message.as_bytes()
    except MessageError:
        return False


def _schema(db: Connection, wf: "Thidua") -> Iterator[Finding]:
    try:
        wf.check_schema(db)
    except Misuse as error:
        yield Finding(error.reasons[0].code, "stop", error.fields)
        return
    there = set(inspect(db).get_table_names(schema=wf.tables.metadata.schema))
    missing = [each.name for each in wf.tables.all() if each.name not in there]
    if missing:
        yield Finding("tables-missing", "stop", {"tables": ", ".join(missing)})


def _calendars(db: Connection, wf: "Thidua") -> Iterator[Finding]:
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


def _dues(db: Connection, wf: "Thidua") -> Iterator[Finding]:
    """Running dues that the calendar as it is now would move."""
    try:
        moving = wf.reprojection.plan(db)
    except ThiduaError:  # of a procedure or a calendar, told above
        return
    if moving:
        dossiers = {each.dossier for each in moving}
        fields = {"count": len(moving), "dossiers": len(dossiers), "first": min(dossiers)}
        yield Finding("dues-outdated", "warn", fields)


def _clock(db: Connection, wf: "Thidua") -> Iterator[Finding]:
    now, task = wf.clock(), wf.tables.task.c
    beat_at = watch.seen(db, wf.tables).beat_at
    late = select(func.count()).where(task.wake_at <= instant(now - QUIET))
    waiting = db.execute(late).scalar() or 0
    if doubt := wf.doubt(db, now):
        yield Finding(doubt.code, "stop", {"since": doubt.since or now, "now": now})
    elif not beat_at and waiting:
        yield Finding("clock-never", "warn", {"waiting": waiting})
    elif beat_at and now - beat_at > QUIET:
        yield Finding("clock-stands", "warn", {"since": beat_at, "waiting": waiting})
    elif beat_at and beat_at - now > QUIET:
        yield Finding("clock-ahead", "warn", {"beat": beat_at, "now": now})
    if db.dialect.name == "postgresql" and wf.clock is utc_now:
        yield from _offset(db, now)


def _offset(db: Connection, now: datetime) -> Iterator[Finding]:
    there = db.execute(text("SELECT clock_timestamp()")).scalar_one()
    if abs(there - now) > OFFSET:
        yield Finding("clock-offset", "warn", {"seconds": int((there - now).total_seconds())})


def _mails(db: Connection, wf: "Thidua") -> Iterator[Finding]:
    mail, lease = wf.tables.mail.c, wf.tables.lease.c
    dead = db.execute(select(func.count()).where(mail.status == "dead")).scalar() or 0
    if dead:
        newest = select(mail.trouble).where(mail.status == "dead").order_by(mail.made_at.desc())
        trouble = troubled(db.execute(newest.limit(1)).scalar()) or "-"
        yield Finding("mails-dead", "warn", {"count": dead, "trouble": trouble})
    if db.execute(select(lease.owner).where(lease.name == BOX)).scalar() == HELD:
        held = db.execute(select(func.count()).where(mail.status == "held")).scalar() or 0
        yield Finding("mails-held", "warn", {"count": held})
        return
    old = mail.status.in_(UNSENT) & (mail.made_at <= instant(wf.clock() - UNSENT_FOR))
    late = db.execute(select(func.count()).where(old)).scalar() or 0
    if late:
        yield Finding("mails-late", "warn", {"count": late})
