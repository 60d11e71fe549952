"""One person's dues as calendar entries: for a feed of a host, a file, or a mail."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy.engine import Connection

from thidua import elapsed
from thidua.elapsed import Course, Key
from thidua.ics import Alarm, Entry, written
from thidua.notifiers.headers import clean
from thidua.notifiers.item import in_language
from thidua.people import People
from thidua.shelf import Shelf
from thidua.storage import classified, listing_tasks, listing_times, recused
from thidua.storage.schema import Tables
from thidua.timeliness import label_of
from thidua.workflow.calendar import OPENING_HOUR, NoCalendar
from thidua.workflow.person import Seat
from thidua.workflow.sight import Eyes, proposers
from thidua.workflow.view import Rules
from thidua.workflow.wording import say

NAMED = 10
"""Dossiers named in an entry before the rest is a number."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Matter:
    """Tasks of one seat that are one thing to do on one day: the first stands for them all."""

    rows: Sequence[Row]
    rules: Rules
    courses: Mapping[Key, Course]

    @property
    def first(self) -> Row:
        """The task whose identity the entry has."""
        return self.rows[0]


def seats_of(people: People, db: Connection, actor: str, on: date) -> set[str]:
    """Every seat that an actor sits on: its roles alone, in their units, and in person."""
    held = people.held(db, actor, on)
    plain = {str(Seat(h.role)) for h in held} | {str(Seat(h.role, person=actor)) for h in held}
    return plain | {str(Seat(h.role, unit=h.unit)) for h in held if h.unit is not None}


def agenda(  # noqa: PLR0913 -- the parts of an installation, and whose dues
    db: Connection, t: Tables, shelf: Shelf, people: People, actor: str, *, now: datetime,
    lang: str, only: Collection[Key] | None = None,
) -> bytes:  # fmt: skip
    """The running dues of everything that waits for an actor, as `text/calendar`.

    `only` are the tasks that whoever asks may know of; None leaves none out.
    """
    seats = seats_of(people, db, actor, shelf.today(now))
    which = listing_tasks.of_person(t, sorted(seats), actor)
    waiting = [
        row for row in listing_tasks.waiting(db, t, which)
        if only is None or (row["dossier_id"], row["n"]) in only
    ]  # fmt: skip
    waiting = _open_to(db, t, shelf, people, actor, waiting, now)
    rows = _shut(db, t, waiting)
    turns = listing_times.turns(db, t, which & listing_tasks.still(t))
    return _file(shelf, db, rows, elapsed.courses(turns), lang)


def _open_to(
    db: Connection, t: Tables, shelf: Shelf, people: People, actor: str, rows: Iterable[Row],
    now: datetime,
) -> list[Row]:  # fmt: skip
    """Without dossiers the actor stepped back from, but for tasks of the side that proposes."""
    eyes = Eyes(actor, people.held(db, actor, shelf.today(now)))
    away = recused.closed_to(db, t, [eyes])
    return [
        row for row in rows
        if row["dossier_id"] not in away or _is_proposers(shelf.rules(db, row["procedure"]), row)
    ]  # fmt: skip


def _is_proposers(rules: Rules, row: Row) -> bool:
    """Whether a task is one of the side that proposes."""
    return Seat.parse(row["seat"]).role in proposers(rules.procedure)


@dataclass(frozen=True, slots=True)
class Dues:
    """The tasks that a batch of mails is about, read at once."""

    db: Connection
    shelf: Shelf
    rows: Mapping[Key, Row]
    courses: Mapping[Key, Course]
    today: date

    @classmethod
    def of(
        cls, db: Connection, t: Tables, shelf: Shelf, keys: Collection[Key], *, now: datetime
    ) -> "Dues":
        """Those of these tasks that still wait for somebody."""
        if not keys:
            return cls(db, shelf, {}, {}, shelf.today(now))
        which = listing_tasks.of(t, sorted(keys))
        waiting = _shut(db, t, listing_tasks.waiting(db, t, which))
        rows = {(r["dossier_id"], r["n"]): r for r in waiting}
        courses = elapsed.courses(listing_times.turns(db, t, which))
        return cls(db, shelf, rows, courses, shelf.today(now))

    def text(self, asked: Iterable[tuple[Key, str]], lang: str) -> str | None:
        """The calendar of those tasks that are asked of the seat beside them; None of nothing.

        A superior or an officer who is told of somebody else's due does not get it. A due that is
        past is left out: no device could still remind of it.
        """
        own = {key: self.rows[key] for key, seat in asked if self._is_own(key, seat)}
        ahead = [row for row in own.values() if date.fromisoformat(row["due_on"]) >= self.today]
        if not ahead:
            return None
        return _file(self.shelf, self.db, ahead, self.courses, lang).decode()

    def _is_own(self, key: Key, seat: str) -> bool:
        row = self.rows.get(key)
        if row is None or row["due_on"] is None:
            return False
        holder = row["holder"] and str(Seat(Seat.parse(row["seat"]).role, person=row["holder"]))
        return seat in (row["seat"], holder)


def _file(
    shelf: Shelf, db: Connection, rows: Sequence[Row], courses: Mapping[Key, Course], lang: str
) -> bytes:
    running = (row for row in rows if row["status"] == "open" and row["due_on"] is not None)
    matters = [Matter(each, shelf.rules(db, each[0]["procedure"]), courses)
               for each in _together(running)]  # fmt: skip
    entries = sorted((_entry(each, lang) for each in matters), key=lambda e: (e.on, e.uid))
    return written(entries, title=say("agenda-title", {}, lang))


def _shut(db: Connection, t: Tables, rows: Sequence[Row]) -> list[Row]:
    """The rows, each with whether its dossier is classified: such an entry names its id alone."""
    closed = classified.among(db, t, {row["dossier_id"] for row in rows})
    return [{**row, "closed": row["dossier_id"] in closed} for row in rows]


def _together(rows: Iterable[Row]) -> list[list[Row]]:
    """Tasks that differ in their dossier alone, by the order of their dossiers."""
    same = ("due_on", "seat", "holder", "round_id", "kind", "what", "procedure", "closed")
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in sorted(rows, key=lambda r: (r["dossier_id"], r["n"])):
        groups.setdefault(tuple(row[name] for name in same), []).append(row)
    return list(groups.values())


def _entry(matter: Matter, lang: str) -> Entry:
    first = matter.first
    courses = [matter.courses.get((row["dossier_id"], row["n"])) for row in matter.rows]
    changes = [c.moved_at for c in courses if c is not None and c.moved_at]
    changes += [row["opened_at"] for row in matter.rows]
    on, summary = date.fromisoformat(first["due_on"]), _summary(matter, lang)
    description = "" if first["closed"] else _description(matter, lang)
    return Entry(
        uid=_uid(first),
        on=on,
        summary=summary,
        description=description,
        sequence=courses[0].moves if courses[0] is not None else 0,
        changed_at=max(datetime.fromisoformat(at).astimezone(UTC) for at in changes),
        alarms=_alarms(matter.rules, on, summary),
    )


def _uid(row: Row) -> str:
    """The task's own for ever; it tells nobody which dossier it is."""
    told = f"{row['dossier_id']}/{row['n']}/{row['opened_at']}"
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def _summary(matter: Matter, lang: str) -> str:
    first, count = matter.first, len(matter.rows)
    if first["closed"]:
        ids = ", ".join(row["dossier_id"] for row in matter.rows[:NAMED])
        return clean(say("matter-closed", {"ids": ids}, lang))
    whom = first["candidate_name"] if count == 1 else say("agenda-many", {"count": count}, lang)
    asked = first["kind"] in ("ask", "vote")
    label = in_language(label_of(matter.rules, first) or {"vi": first["what"]}, lang)
    of_state = first["kind"] == "span" or first["what"] in matter.rules.procedure.states
    kind = first["kind"] if asked or of_state else first["what"].partition(":")[0]
    task = say(f"task-{kind}", {"label": label}, lang)
    fields = {"task": task, "label": label, "whom": whom}
    return clean(say("agenda-asked" if asked else "agenda-desk", fields, lang))


def _description(matter: Matter, lang: str) -> str:
    """The procedure, and the dossiers as the mail about them lists them."""
    procedure = matter.rules.procedure
    lines = [procedure.text(procedure.title, lang)]
    for row in matter.rows[:NAMED]:
        award = procedure.awards.get(row["award"])
        told = f"{row['candidate_name']} ({procedure.text(award, lang)})" if award else None
        lines.append("- " + clean(told or row["candidate_name"]))
    if len(matter.rows) > NAMED:
        lines.append(say("agenda-more", {"count": len(matter.rows) - NAMED}, lang))
    return "\n".join(lines)


def _alarms(rules: Rules, on: date, summary: str) -> tuple[Alarm, ...]:
    """At the start of work on the working day before, and on the day itself."""
    try:
        before = (on - rules.calendar.add(on, -1)).days
    except NoCalendar:
        before = 1
    start = timedelta(hours=OPENING_HOUR)
    return Alarm(start - timedelta(days=before), summary), Alarm(start, summary)
