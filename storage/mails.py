"""The sender's rows: mails made of notices, leased, marked, held."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    case,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.engine import Connection, RowMapping

from thidua.storage import classified
from thidua.storage.notices import Key, make_due
from thidua.storage.rows import instant, moment
from thidua.storage.schema import Tables
from thidua.storage.sweep import insert_new
from thidua.workflow.errors import Reason, Refused, Unknown
from thidua.workflow.journal import canonical

BOX, HELD = "mail", "held"
"""The lease row that makers of mails take in turn, and its owner while nothing may be sent."""

RESTORED = "restored"
"""The lease row of a database brought back from a backup, until mail goes on: `until_at` is the
moment whose rows it has, `beat_at` when it was brought back.
"""

WITNESSED = "witnessed"
"""The lease row of the checkpoint last mailed: `owner` is its size, `beat_at` when."""

LONGEST = timedelta(days=1)
"""No mail waits longer for its next try: a later one was set by a clock that ran ahead."""

UNSENT = ("queued", "leased", "retry")


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail whose lease is ours: its frozen content, and which attempt this is.

    `secrets` is whether anything at all was classified as it was leased.
    """

    id: str
    owner: str
    mailbox: str
    lang: str
    content: Mapping[str, Any]
    attempt: int
    made_at: datetime
    secrets: bool


def open_box(db: Connection, t: Tables, now: datetime) -> bool:
    """Take the makers' turn for this transaction, as its first statement; False while held.

    One maker at a time: two would write one person two mails.
    """
    lease = t.lease.c
    turn = update(t.lease).where(lease.name == BOX).values(beat_at=instant(now))
    turn = turn.returning(lease.owner)
    owner = db.execute(turn).scalar()
    if owner is None:
        blank = {"name": BOX, "owner": "", "until_at": "", "beat_at": instant(now)}
        db.execute(insert_new(t.lease, db.dialect), blank)
        owner = db.execute(turn).scalar()
    return bool(owner != HELD)


def add(db: Connection, t: Tables, rows: Sequence[Mapping[str, Any]], now: datetime) -> None:
    """Write new mails: id, owner, mailbox, lang, content (canonical text), status, trouble, pace;
    a digest has no pace.
    """
    at = instant(now)
    fixed = {"attempt": 0, "next_at": at, "made_at": at}
    if rows:
        db.execute(insert(t.mail), [{**row, **fixed} for row in rows])


@dataclass(frozen=True, slots=True)
class Had:
    """Mails that were made for a mailbox since an instant, and whether a digest is among them."""

    mails: int = 0
    digest: bool = False


def had(db: Connection, t: Tables, since: datetime) -> dict[tuple[str, str], Had]:
    """By owner and mailbox, what was made since."""
    m = t.mail.c
    digests = func.count().filter(m.pace.is_(None))
    query = select(m.owner, m.mailbox, func.count(), digests).group_by(m.owner, m.mailbox)
    lost = m.status.in_(("dead", "cancelled"))
    rows = db.execute(query.where(m.made_at >= instant(since), ~lost))
    return {(owner, mailbox): Had(count, bool(some)) for owner, mailbox, count, some in rows}


def lease(
    db: Connection, t: Tables, owner: str, *, now: datetime, until: datetime, quiet: bool = False
) -> Mail | None:
    """Take the next mail that is due, nobody else's, until `until`; None when there is none.

    In `quiet` hours only an urgent one, or one that keeps hours of its own.

    A mail whose sender died comes back after its lease, marked as a possible duplicate.
    """
    m = t.mail.c
    at, far = instant(now), instant(now + LONGEST)
    loud = [m.pace.in_(("urgent", "own"))] if quiet else []
    first = (
        select(m.id)
        .where(_unsent(t), or_(m.next_at <= at, m.next_at > far), *loud)
        .order_by(m.next_at, m.owner, m.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    twice = canonical({"code": "mail-perhaps-twice", "fields": {}})
    taken = {
        "status": "leased", "lease_owner": owner, "lease_until": instant(until),
        "next_at": instant(until), "attempt": m.attempt + 1,
        "trouble": case((m.status == "leased", twice), else_=m.trouble),
    }  # fmt: skip
    back = (m.id, m.owner, m.mailbox, m.lang, m.content, m.attempt, m.made_at,
            classified.anything(t))  # fmt: skip
    take = update(t.mail).where(m.id == first.scalar_subquery()).values(taken).returning(*back)
    row = db.execute(take).first()
    if row is None:
        return None
    key, person, mailbox, lang, content, attempt, made_at, secrets = row
    return Mail(key, person, mailbox, lang, json.loads(content), attempt, moment(made_at),
                bool(secrets))  # fmt: skip


def _unsent(t: Tables) -> ColumnElement[bool]:
    return or_(*(t.mail.c.status == status for status in UNSENT))


def mark(db: Connection, t: Tables, mail: Mail, owner: str, values: Mapping[str, Any]) -> bool:
    """Write down what became of a leased mail; False when the lease was lost meanwhile."""
    m = t.mail.c
    mine = (m.id == mail.id) & (m.lease_owner == owner) & (m.attempt == mail.attempt)
    found = update(t.mail).where(mine, m.status == "leased").values(**values).returning(m.id)
    return db.execute(found).first() is not None


def wanted(db: Connection, t: Tables, asks: Sequence[tuple[str, int]]) -> bool:
    """Whether any of the tasks (dossier and number) still waits for somebody."""
    task = t.task.c
    running = or_(task.status == "open", task.status == "paused")
    dossiers = sorted({dossier for dossier, _ in asks})
    for start in range(0, len(dossiers), 500):
        some = task.dossier_id.in_(dossiers[start : start + 500])
        query = select(task.dossier_id, task.n).where(some, running)
        if set(asks) & {(dossier, n) for dossier, n in db.execute(query)}:
            return True
    return False


def to_paper(db: Connection, t: Tables, mail_id: str) -> None:
    """Put what a mail was about on the phone-and-paper list: it will never arrive."""
    n = t.notice.c
    mine = (n.mail_id == mail_id) & (n.status == "mailed")
    db.execute(update(t.notice).where(mine).values(status="paper"))


def again(db: Connection, t: Tables, mail_id: str) -> None:
    """Make a dead mail's notices due at once: addresses and texts are looked up anew.

    `Unknown` for no such mail, `Refused` for one that is not dead.
    """
    m = t.mail.c
    row = db.execute(select(m.status, m.content).where(m.id == mail_id)).first()
    if row is None:
        raise Unknown("unknown-mail", mail=mail_id)
    if row[0] != "dead":
        raise Refused.of("mail-not-dead", mail=mail_id, status=row[0])
    notices = json.loads(row[1])["notices"]
    # A mail without notices cannot be made anew: it goes out as it is.
    back = {"status": "cancelled"} if notices else {
        "status": "queued", "attempt": 0, "next_at": m.made_at}  # fmt: skip
    db.execute(update(t.mail).where(m.id == mail_id).values(back))
    make_due(db, t, [_key(each) for each in notices])


def rewrite(db: Connection, t: Tables, mail: Mail, content: Mapping[str, Any]) -> Mail:
    """Give a leased mail other words; those of its notices that they leave out are due at once."""
    db.execute(update(t.mail).where(t.mail.c.id == mail.id).values(content=canonical(content)))
    left = [each for each in mail.content["notices"] if each not in content["notices"]]
    make_due(db, t, [_key(each) for each in left])
    return replace(mail, content=content)


def _key(notice: Sequence[Any]) -> Key:
    """The key of a notice as a mail's content names it, with the task that ends it last."""
    dossier_id, occurrence, seat, matter, _ = notice
    return dossier_id, occurrence, seat, matter


def hold_all(db: Connection, t: Tables, now: datetime) -> int:
    """Let nothing go out until `let_go` or `drop_held`: for a database restored from a backup.

    Mails not sent yet are held, and no new ones are made. How many are held.
    """
    open_box(db, t, now)
    db.execute(update(t.lease).where(t.lease.c.name == BOX).values(owner=HELD))
    held = update(t.mail).where(_unsent(t)).values(status="held", lease_owner=None)
    return db.execute(held).rowcount


def mark_restored(db: Connection, t: Tables, *, taken_at: datetime, now: datetime) -> int:
    """Hold all mail of a database just brought back from a backup; how many are held."""
    values = {"owner": "", "until_at": instant(taken_at), "beat_at": instant(now)}
    db.execute(delete(t.lease).where(t.lease.c.name == RESTORED))
    db.execute(insert(t.lease).values(name=RESTORED, **values))
    return hold_all(db, t, now)


def restored(db: Connection, t: Tables) -> tuple[datetime, datetime] | None:
    """Of which moment a restored database's rows are, and when it was restored; None when it is
    none, or a person let its mail go on.
    """
    lease = t.lease.c
    row = db.execute(select(lease.until_at, lease.beat_at).where(lease.name == RESTORED)).first()
    return None if row is None else (moment(row[0]), moment(row[1]))


def witnessed(db: Connection, t: Tables) -> tuple[int, datetime] | None:
    """The size of the checkpoint that was mailed last, and when; None before the first."""
    lease = t.lease.c
    row = db.execute(select(lease.owner, lease.beat_at).where(lease.name == WITNESSED)).first()
    return None if row is None else (int(row[0]), moment(row[1]))


def mark_witnessed(db: Connection, t: Tables, size: int, now: datetime) -> None:
    """A checkpoint of this size is mailed now; by the holder of the makers' turn."""
    values = {"name": WITNESSED, "owner": str(size), "until_at": "", "beat_at": instant(now)}
    db.execute(delete(t.lease).where(t.lease.c.name == WITNESSED))
    db.execute(insert(t.lease).values(values))


def let_go(db: Connection, t: Tables, now: datetime) -> int:
    """End a hold: held mails are queued, due notices become mails again. How many are queued."""
    _end_hold(db, t)
    held = update(t.mail).where(t.mail.c.status == "held")
    return db.execute(held.values(status="queued", next_at=instant(now))).rowcount


def drop_held(db: Connection, t: Tables) -> int:
    """End a hold without sending what it held: the mails are cancelled and the notices that were
    due are settled. How many mails and notices that is.
    """
    _end_hold(db, t)
    mails = update(t.mail).where(t.mail.c.status == "held").values(status="cancelled")
    notices = update(t.notice).where(t.notice.c.status == "due").values(status="pointless")
    return db.execute(mails).rowcount + db.execute(notices).rowcount


def _end_hold(db: Connection, t: Tables) -> None:
    box = (t.lease.c.name == BOX) & (t.lease.c.owner == HELD)
    db.execute(update(t.lease).where(box).values(owner=""))
    db.execute(delete(t.lease).where(t.lease.c.name == RESTORED))


def is_held(db: Connection, t: Tables) -> bool:
    """Whether `hold_all` is in force."""
    box = (t.lease.c.name == BOX) & (t.lease.c.owner == HELD)
    return db.execute(select(t.lease.c.name).where(box)).first() is not None


def listed(
    db: Connection, t: Tables, *, status: str | None = None, limit: int = 200
) -> list[RowMapping]:
    """Mails, newest first, without their content; of one status where given."""
    columns = [column for column in t.mail.c if column.name != "content"]
    query = select(*columns).order_by(t.mail.c.made_at.desc(), t.mail.c.id).limit(limit)
    if status is not None:
        query = query.where(t.mail.c.status == status)
    return list(db.execute(query).mappings())


def trouble(text: str | None) -> Reason | None:
    """What went wrong with a mail, from its row: a reason that says it in both languages."""
    if text is None:
        return None
    said = json.loads(text)
    return Reason(said["code"], said["fields"])


def troubled(reason: Reason) -> str:
    """A reason as a mail's row keeps it."""
    return canonical(
        {"code": reason.code, "fields": {name: str(v) for name, v in reason.fields.items()}}
    )
