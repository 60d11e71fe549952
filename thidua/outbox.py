"""Makes one mail of each person's notices whose turn it is and freezes all it will say."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy.engine import Connection

from thidua.agenda import Dues
from thidua.along import Along
from thidua.content import is_open, kept_hours, own_hours
from thidua.enclosures import dues_of, enclosed
from thidua.ids import new_id
from thidua.letters import Scribe, merged
from thidua.logged import kind
from thidua.lookup import Lookup
from thidua.notifiers.channels import Channel
from thidua.notifiers.headers import NAME_CAP, clean
from thidua.notifiers.item import Item, check, in_language
from thidua.notifiers.letter import Address, stable_message_id
from thidua.notifiers.render import Office, Text
from thidua.pile import Box, Pile, is_for_nobody, piled, raise_passing
from thidua.reference import apart, reference
from thidua.rhythm import Rhythm
from thidua.storage import classified, mails, notices, recused, sweep
from thidua.storage.mails import Had
from thidua.storage.notices import Told, Turn
from thidua.workflow.change import Pace
from thidua.workflow.errors import Reason, ThiduaError
from thidua.workflow.journal import canonical

if TYPE_CHECKING:
    from thidua.app import Thidua

log = logging.getLogger("thidua")

MOVED = "due_moved"


@dataclass(frozen=True, slots=True)
class Post:
    """How an office writes: over which channel, from which address, under which name.

    `place` says where the reader finds everything; `how` replaces the words on how a task is
    done, by "ask", "vote", "desk", "span", "supplement", "escalation"; `rhythm` says when. With
    `calendar` the reader's own dues go along as a calendar file, which needs the extra `ical`;
    mailboxes outside `domains` (none: all are inside) are sent references alone; `witnesses`,
    actors or mailboxes, the journal's checkpoints. Up to `enclose_most` bytes of files go along
    with a mail, where a procedure says `enclose`.
    """

    channel: Channel
    sender: Address
    office: Office
    reply_to: Address | None = None
    place: Text | None = None
    how: Mapping[str, Text] = field(default_factory=dict)
    rhythm: Rhythm = Rhythm()
    calendar: bool = False
    domains: frozenset[str] = frozenset()
    witnesses: tuple[str, ...] = ()
    enclose_most: int = 10_000_000

    def is_outside(self, mailbox: str) -> bool:
        """Whether a mailbox is in none of the domains declared, where any are."""
        return bool(self.domains) and mailbox.rpartition("@")[2].lower() not in self.domains


@dataclass(frozen=True, slots=True)
class Made:
    """Mails made, those of them dead from the start, and notices put on the paper list.

    `next_after` is the seat after which to go on, when there was too much for one transaction;
    `before` what each mailbox had today before this run.
    """

    mails: int = 0
    dead: int = 0
    paper: int = 0
    next_after: str | None = None
    before: Mapping[Box, Had] | None = None


@dataclass(frozen=True, slots=True)
class _Day:
    """What may still be mailed to whom today."""

    turn: Turn
    before: Mapping[Box, Had]
    allowed: int | None

    def pace(self, pile: Pile) -> Pace | None:
        """What the pile's mail is: the day's digest, or one that cannot wait for it."""
        if self._digest(pile):
            return None
        paces = {each.pace for each in pile.told}
        return "urgent" if "urgent" in paces else "own" if paces == {"own"} else "now"

    def may(self, pile: Pile, told: Told) -> bool:
        """Whether the notice may be in a mail to this person now."""
        if self.turn.everything or told.pace == "urgent" or self._digest(pile):
            return True
        had = self.before.get(pile.box, Had()).mails
        return told.pace is not None and (self.allowed is None or had < self.allowed)

    def _digest(self, pile: Pile) -> bool:
        had = self.before.get(pile.box, Had())
        wanted = self.turn.raised_until is not None and not had.digest
        return wanted and any(each.pace is None for each in pile.told)


def make(
    db: Connection, wf: "Thidua", post: Post, now: datetime, *, after: str = "",
    before: Mapping[Box, Had] | None = None,
) -> Made:  # fmt: skip
    """Turn notices whose turn it is into mails, in the caller's transaction: one per owner and
    mailbox.

    Of very many notices those of some seats, in order, are taken; then `next_after` is set, and
    only then may a person on two seats get two mails. Call again with it, with the same `now` and
    with `before`. One of which a reader has had enough today waits for the next digest. A notice
    whose seat has no usable mailbox goes to the phone-and-paper list. One that cannot be written
    becomes a dead mail of its own with its trouble, and keeps nobody waiting. Nothing is done
    while mails are held.
    """
    t = wf.tables
    if not mails.open_box(db, t, now):
        return Made()
    look = Lookup(db, t, wf.people, wf.shelf, now)
    day = _day(look, post.rhythm, before)
    due = notices.due(db, t, day.turn, after=after)
    told, stale = _newest(_at_their_hour(look, post.rhythm, due.told))
    gone = recused.seats(db, t)
    void = [each for each in told if is_for_nobody(look, each, gone)]
    notices.settle(db, t, [*stale, *void], "pointless")
    told = [each for each in told if each not in void]
    piles, paper = piled(look, told, gone)
    piles = _let_through(look, day, piles)
    dues = dues_of(look, told) if post.calendar else None
    along = Along.of(look, told, post.enclose_most)
    rows: list[dict[str, Any]] = []
    first: dict[str, list[Told]] = {}
    seen: set[tuple[str, int, str, str]] = set()
    closed = classified.among(db, t, {each.dossier_id for each in told})
    for pile in piles:
        referred, rest = apart(pile.told, closed, all_=post.is_outside(str(pile.reached.mailbox)))
        made = list(_with_papers(look, post, replace(pile, told=rest), dues, along))
        if referred:
            made.append(
                _mail(look, post, pile, referred, [reference(each.dossier_id for each in referred)])
            )
        for row, its in made:
            rows.append({**row, "pace": day.pace(pile)})
            first[row["id"]] = [each for each in its if each.key not in seen]
            seen.update(each.key for each in its)
    mails.add(db, t, rows, now)
    for mail_id, its in first.items():
        notices.settle(db, t, its, "mailed", mail_id)
    notices.settle(db, t, paper, "paper")
    dead = sum(row["status"] == "dead" for row in rows)
    return Made(len(rows), dead, len(paper), due.next_after, day.before)


def _with_papers(
    look: Lookup, post: Post, pile: Pile, dues: Dues | None, along: Along
) -> Iterator[tuple[Mapping[str, Any], Sequence[Told]]]:
    """The mails of a pile with what goes along: files, and the reader's dues as a calendar."""
    for row, its in _mails(look, post, replace(pile, told=along.without(pile.told))):
        yield along.enclosed(enclosed(row, its, dues) if dues is not None else row, its), its


def _day(look: Lookup, rhythm: Rhythm, before: Mapping[Box, Had] | None) -> _Day:
    db, now = look.db, look.now
    calendar = look.shelf.calendar(db, rhythm.calendar)
    beat = sweep.heartbeat(db, look.tables)
    turn = rhythm.turn(calendar, now, beat.beat_at if beat else None)
    if before is None:
        since = calendar.local(now).replace(hour=0, minute=0, second=0, microsecond=0)
        before = mails.had(db, look.tables, since)
    return _Day(turn, before, rhythm.allowed(calendar, now))


def _at_their_hour(look: Lookup, rhythm: Rhythm, told: Sequence[Told]) -> list[Told]:
    """Without those whose ladder keeps hours of its own and is closed now: they stay due."""
    calendar = look.shelf.calendar(look.db, rhythm.calendar)
    hours = ((each, own_hours(each)) for each in told)
    return [each for each, own in hours if own is None or is_open([own], calendar, look.now)]


def _let_through(look: Lookup, day: _Day, piles: Sequence[Pile]) -> list[Pile]:
    """The piles without the notices that one of their readers may not be sent today.

    Who was written to already must not lose what another reader of the same seat still gets.
    """
    late = {each.key: each for pile in piles for each in pile.told if not day.may(pile, each)}
    notices.defer(look.db, look.tables, [each for each in late.values() if each.pace])
    kept = (replace(p, told=[each for each in p.told if each.key not in late]) for p in piles)
    return [pile for pile in kept if pile.told]


def _newest(told: Sequence[Told]) -> tuple[list[Told], list[Told]]:
    """Without the reminders of a task that a newer one to the same seat overtook; and those.

    They pile up while mails are not made. The oldest is first; the newest names the days of the
    others. Of a due that moved several times the newest has the oldest's day; one that is where it
    was needs no word.
    """
    same: dict[tuple[str, int | None, str, bool], list[Told]] = {}
    for each in told:
        if each.is_reminder or each.template == MOVED:
            key = (each.dossier_id, each.until, each.seat, each.is_reminder)
            same.setdefault(key, []).append(each)
    stands_for = {newest.key: older for *older, newest in same.values() if older}
    gone = {each.key: each for older in stands_for.values() for each in older}
    kept = [_naming(each, stands_for.get(each.key, ())) for each in told if each.key not in gone]
    back = [e for e in kept if e.template == MOVED and e.context["was_on"] == e.context["due_on"]]
    return [each for each in kept if each not in back], [*gone.values(), *back]


def _naming(newest: Told, older: Sequence[Told]) -> Told:
    if not older:
        return newest
    if newest.template == MOVED:
        return replace(newest, context={**newest.context, "was_on": older[0].context["was_on"]})
    days = [each.raised_at.isoformat() for each in older]
    return replace(newest, context={**newest.context, "overtaken": days})


def _mails(look: Lookup, post: Post, pile: Pile) -> list[tuple[dict[str, Any], Sequence[Told]]]:
    """The mail of a pile, and one for each notice that could not be written."""
    good: list[tuple[Told, Item]] = []
    bad: list[tuple[Told, Exception]] = []
    for told in pile.told:
        try:
            good.append((told, Scribe(look, told, post.how).item()))
        except Exception as error:
            raise_passing(error)
            log.warning("notice %s cannot be written: %s", told.key, kind(error))
            bad.append((told, error))
    made = [_mail(look, post, pile, [told], _raw(told), error) for told, error in bad]
    if good:
        made.append(_whole(look, post, pile, good))
    return made


def _whole(
    look: Lookup, post: Post, pile: Pile, good: Sequence[tuple[Told, Item]]
) -> tuple[dict[str, Any], Sequence[Told]]:
    told, items = [each for each, _ in good], merged(item for _, item in good)
    try:
        for item in items:
            # The others have the same shape; a long list takes as long to check as to render.
            check(replace(item, context={**item.context, "dossiers": _first(item)}))
    except ThiduaError as error:
        return _mail(look, post, pile, told, items, error)
    return _mail(look, post, pile, told, items)


def _first(item: Item) -> list[object]:
    dossiers = item.context["dossiers"]
    return dossiers[:1] if isinstance(dossiers, list) else []


def _raw(told: Told) -> list[Item]:
    return [Item(told.template, told.context)]


def _mail(
    look: Lookup, post: Post, pile: Pile, told: Sequence[Told], items: Sequence[Item],
    error: Exception | None = None,
) -> tuple[dict[str, Any], Sequence[Told]]:  # fmt: skip
    key, reached = new_id(), pile.reached
    person = look.addressee(pile.seat, reached, pile.told[0].context.get("procedure_hash"))
    named = in_language(person.name or person.unit or "", reached.lang)
    content = {
        "message_id": stable_message_id(key, domain=post.sender.domain),
        "from": asdict(post.sender),
        "reply_to": asdict(post.reply_to) if post.reply_to else None,
        "to": {"name": clean(named, cap=NAME_CAP), "mailbox": reached.mailbox},
        "person": asdict(person),
        "office": asdict(post.office),
        "place": post.place,
        "items": [[item.template, item.context] for item in items],
        "notices": [[*each.key, each.until] for each in told],
        **kept_hours(told),
    }
    row = {
        "id": key, "owner": reached.owner, "mailbox": reached.mailbox, "lang": reached.lang,
        "content": canonical(content), "status": "dead" if error else "queued",
        "trouble": mails.troubled(reason_of(error)) if error else None,
    }  # fmt: skip
    return row, told


def reason_of(error: Exception) -> Reason:
    """An error as a mail's row keeps it."""
    if isinstance(error, ThiduaError):
        return error.reasons[0]
    return Reason("mail-unexpected", {"problem": kind(error)})
