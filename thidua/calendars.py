"""The calendars of an office: corrected in the database, so that all its processes count alike."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy.engine import Connection, RowMapping

from thidua.connection import Db, connection_of
from thidua.ledger import Hand, Ledger, entry
from thidua.shelf import changes_of
from thidua.storage import calendars, listing
from thidua.workflow.calendar import Calendar
from thidua.workflow.errors import Refused, Unknown
from thidua.workflow.journal import canonical, compact
from thidua.workflow.person import By

if TYPE_CHECKING:
    from thidua.definitions.corrections import Corrections
    from thidua.definitions.days import Day, Table

DEFAULT = "vn-civil-service"


@dataclass(frozen=True, slots=True)
class Moved:
    """A day that a correction changed: what it was (None: as every week) and what it is."""

    on: date
    was: "Day | None"
    now: "Day"

    @property
    def turned(self) -> bool:
        """Whether it is worked or free otherwise than before, and not only named otherwise."""
        return self.was is None or self.was.kind != self.now.kind


@dataclass(frozen=True, slots=True)
class Correction:
    """What a correction came to.

    `n` is its number in the calendar's journal; None when it says nothing new, and nothing was
    written. `years` are those it adds. `before` and `version` name the table until and from then.
    """

    calendar: str
    n: int | None
    before: str
    version: str
    moved: tuple[Moved, ...] = ()
    years: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Entered:
    """A correction as the journal has it; what was erased since is empty.

    `by` decided, `entered` wrote it down when that was somebody else. `before` and `version` name
    the table until and from then.
    """

    n: int
    at: datetime
    by: str
    entered: str | None
    ground: str | None
    moved: tuple[Moved, ...]
    years: tuple[int, int] | None
    before: str
    version: str


@dataclass(frozen=True, slots=True)
class Calendars:
    """Acts on calendars, in the caller's transaction.

    Whoever can enter the office's lists may correct its calendar: who did is kept with the
    document and the time, beside the old and the new value of each day.
    """

    ledger: Ledger

    def table(self, db: Db, name: str = DEFAULT) -> "Table":
        """All named days as they are now."""
        return self._table(connection_of(db), name)

    def correct(
        self,
        db: Db,
        what: "str | bytes | Sequence[Day]",
        *,
        by: By,
        ground: str | None = None,
        name: str = DEFAULT,
        file: str = "corrections",
        now: datetime | None = None,
    ) -> Correction:
        """Correct days, or add years: `what` is the text of a corrections file, or the days.

        `ground` is the document behind it, and behind each day of the file that names none.
        `DefinitionError` with every finding, as `corrections.corrected` and `parse` tell; then, and
        when nothing is new, nothing is written. Open dues stay as they are: see `reproject`.
        """
        given = _corrections(what, file, name, ground)
        with self.ledger.writing(db, by, None, now) as (connection, at, hand):
            self.ledger.shelf.base(name)  # refuses what there is not
            row = calendars.lock(connection, self.ledger.tables, name)
            return self._write(connection, name, row, given, hand, at, ground)

    def _write(
        self, db: Connection, name: str, row: RowMapping, given: "Corrections",
        hand: Hand, at: datetime, ground: str | None,
    ) -> Correction:  # fmt: skip
        from thidua.definitions.corrections import corrected

        before = self._table(db, name)
        after = corrected(before, [given])
        days = [each.day for each in given.entries]
        moved = tuple(Moved(day.on, before.days.get(day.on), day) for day in sorted(days, key=_on))
        news = tuple(each for each in moved if each.was != each.now)
        years = given.covers if (after.first_on, after.last_on) != _span(before) else None
        if not news and years is None:
            return Correction(name, None, before.version, before.version)
        said = {
            "calendar": name, "version": [before.version, after.version],
            "years": list(_years(row, years)) if years else None,
            "days": [[each.on.isoformat(), each.now.kind, each.now.certainty] for each in news],
        }  # fmt: skip
        event = entry("correct_days", hand, at, said, private=_private(news, ground))
        self.ledger.change(db, self.ledger.tables.calendar, row, _values(row, news, said), event)
        return Correction(name, row["count"] + 1, before.version, after.version, news, years)

    def _table(self, db: Connection, name: str) -> "Table":
        stored = calendars.corrected(db, self.ledger.tables, name)
        return changes_of(stored).over(based_on(self.ledger.shelf.base(name)))

    def history(self, db: Db, name: str = DEFAULT) -> list[Entered]:
        """Every correction, oldest first."""
        stream = calendars.stream(name)
        rows = listing.history(connection_of(db), self.ledger.tables, stream)
        corrections = (row for row in rows if row["body"]["act"] == "correct_days")
        return [_entered(row["n"], row["body"], row["private"]) for row in corrections]


def _entered(n: int, body: Mapping[str, Any], private: Mapping[str, str]) -> Entered:
    from thidua.definitions.days import Day

    texts = json.loads(private.get("texts") or "{}")
    was = json.loads(private.get("was") or "{}")
    moved = []
    for day, kind, certainty in body["days"]:
        on, before = date.fromisoformat(day), was.get(day)
        vi, en, ground = texts.get(day, ("", "", ""))
        now = Day(on, kind, vi, en, ground, certainty)
        moved.append(Moved(on, Day(on, *before) if before else None, now))
    years = body["years"]
    return Entered(
        n, datetime.fromisoformat(body["at"]), body["by"], body.get("entered"),
        private.get("ground"), tuple(moved), tuple(years) if years else None, *body["version"],
    )  # fmt: skip


def based_on(calendar: Calendar) -> "Table":
    """The table of a calendar before anything is corrected in the database."""
    from thidua.definitions.calendars import load_table
    from thidua.definitions.days import named_by

    try:
        known = load_table(calendar.name).days
    except Unknown:  # a host's own
        known = {}
    return named_by(calendar, known)


def _corrections(
    what: "str | bytes | Sequence[Day]", file: str, name: str, ground: str | None
) -> "Corrections":
    from thidua.definitions.corrections import Corrections, Entry, parse

    if ground is not None and not ground.strip():
        raise Refused.of("ground-empty")
    if isinstance(what, str | bytes):
        return parse(what, file, name, ground=ground)
    return Corrections(tuple(Entry(day) for day in what))


def _on(day: "Day") -> date:
    return day.on


def _span(table: "Table") -> tuple[date, date]:
    return table.first_on, table.last_on


def _years(row: RowMapping, years: tuple[int, int]) -> tuple[int, int]:
    """The years that the corrections cover together."""
    if row["first_year"] is None:
        return years
    return min(row["first_year"], years[0]), max(row["last_year"], years[1])


def _private(news: Sequence[Moved], ground: str | None) -> dict[str, str]:
    texts = {each.on.isoformat(): [each.now.vi, each.now.en, each.now.ground] for each in news}
    was = {each.on.isoformat(): _row(each.was) for each in news if each.was is not None}
    said = {"texts": canonical(texts), "was": canonical(was)}
    return {**said, "ground": ground} if ground else said


def _row(day: "Day") -> list[str]:
    return [day.kind, day.vi, day.en, day.ground, day.certainty]


def _values(row: RowMapping, news: Sequence[Moved], said: Mapping[str, Any]) -> dict[str, Any]:
    days = {on: list(day) for on, day in calendars.of_row(row).days.items()}
    days |= {each.on.isoformat(): _row(each.now) for each in news}
    first, last = said["years"] or (row["first_year"], row["last_year"])
    return {"days": compact(days), "first_year": first, "last_year": last}
