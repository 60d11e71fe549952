"""Mails the newest checkpoint to those who keep it outside, once a working day."""

import logging
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy.engine import Connection

from thidua.ids import new_id
from thidua.notifiers.catalogue import CHECKPOINT
from thidua.notifiers.headers import NAME_CAP, clean
from thidua.notifiers.letter import Address, stable_message_id
from thidua.notifiers.render import Addressee
from thidua.storage import mails, sweep
from thidua.tree import Made, latest
from thidua.workflow.errors import Refused
from thidua.workflow.journal import canonical
from thidua.workflow.note import short
from thidua.workflow.person import Reached, Seat

if TYPE_CHECKING:
    from thidua.app import Thidua
    from thidua.outbox import Post

log = logging.getLogger("thidua")


def make(db: Connection, wf: "Thidua", post: "Post", now: datetime) -> int:
    """Write the day's checkpoint mails in the caller's transaction; how many.

    To each of `post.witnesses`, from the hour of the digest on; none while mails are held, on a
    day that had one, and when nothing was done since the last.
    """
    if not mails.open_box(db, wf.tables, now):
        return 0
    made = latest(db, wf.tables)
    if made is None or not _is_due(db, wf, post, now, made.checkpoint.size):
        return 0
    rows = [_mail(post, made, each) for each in _reached(db, wf, post, now)]
    mails.add(db, wf.tables, rows, now)
    mails.mark_witnessed(db, wf.tables, made.checkpoint.size, now)
    return len(rows)


def _is_due(db: Connection, wf: "Thidua", post: "Post", now: datetime, size: int) -> bool:
    calendar = wf.shelf.calendar(db, post.rhythm.calendar)
    beat = sweep.heartbeat(db, wf.tables)
    turn = post.rhythm.turn(calendar, now, beat.beat_at if beat else None)
    last = mails.witnessed(db, wf.tables)
    had = last is not None and (last[0] == size or wf.shelf.today(last[1]) >= wf.shelf.today(now))
    return not had and (turn.everything or turn.raised_until is not None)


def _reached(db: Connection, wf: "Thidua", post: "Post", now: datetime) -> Iterator[Reached]:
    """Everybody declared, once a mailbox."""
    told: set[str] = set()
    for each in post.witnesses:
        known = [Reached(each, each, each)] if "@" in each else wf.people.reached(
            db, Seat(CHECKPOINT.name, person=each), wf.shelf.today(now))  # fmt: skip
        for one in known:
            if _is_usable(one) and one.mailbox not in told:
                told.add(str(one.mailbox))
                yield one


def _is_usable(reached: Reached) -> bool:
    try:
        Address("", reached.mailbox or "")
    except Refused:
        log.warning("%s has no mailbox for the journal's checkpoint", reached.owner)
        return False
    return True


def _mail(post: "Post", made: Made, to: Reached) -> dict[str, Any]:
    point = made.checkpoint
    context = {
        "origin": point.origin, "size": point.size, "short": short(point.root),
        "made_at": made.made_at.isoformat(), "has_signature": made.signature is not None,
        "checkpoint_note": made.note(),
    }  # fmt: skip
    key = f"{point.origin} {point.size} {to.mailbox}"
    content = {
        "message_id": stable_message_id(key, domain=post.sender.domain),
        "from": asdict(post.sender),
        "reply_to": asdict(post.reply_to) if post.reply_to else None,
        "to": {"name": "" if to.name == to.mailbox else clean(to.name, cap=NAME_CAP),
               "mailbox": to.mailbox},
        "person": asdict(Addressee(None, to.name) if to.name == to.mailbox else Addressee(to.name)),
        "office": asdict(post.office),
        "place": post.place,
        "items": [[CHECKPOINT.name, context]],
        "notices": [],
    }  # fmt: skip
    # An urgent mail would leave at night, one without a pace would pass for the reader's digest.
    return {"id": new_id(), "owner": to.owner, "mailbox": to.mailbox, "lang": to.lang,
            "content": canonical(content), "status": "queued", "trouble": None,
            "pace": "now"}  # fmt: skip
