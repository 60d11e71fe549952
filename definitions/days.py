"""The days off and worked of a calendar, each with its name, ground and certainty."""

import csv
import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from typing import Any, Literal, cast

from thidua.workflow.calendar import Calendar

Kind = Literal["off", "work"]
Certainty = Literal["read", "analogy", "assumed"]


@dataclass(frozen=True, slots=True)
class Day:
    """A legal date that is off or worked against its weekday.

    `certainty`: "read" when the document or a report of it was read, "analogy" when the library
    says so, "assumed" while the year is not decided.
    """

    on: date
    kind: Kind
    vi: str
    en: str
    ground: str
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Table:
    """All named days of a calendar for the whole years from `first_on` to `last_on`."""

    name: str
    zone: str
    weekend: frozenset[int]
    first_on: date
    last_on: date
    days: Mapping[date, Day]

    def covers(self, on: date) -> bool:
        """Whether the table says of `on` what it is."""
        return self.first_on <= on <= self.last_on

    @property
    def version(self) -> str:
        """Twelve hexadecimal digits that change with any day, name, zone or year covered."""
        rows = [f"{day.on} {day.kind} {day.vi}" for _, day in sorted(self.days.items())]
        head = [self.zone, str(sorted(self.weekend)), str(self.first_on), str(self.last_on)]
        return hashlib.sha256("\n".join(head + rows).encode()).hexdigest()[:12]

    def calendar(self) -> Calendar:
        """The table as the value that counts."""
        return Calendar(
            name=self.name,
            version=self.version,
            zone=self.zone,
            first_on=self.first_on,
            last_on=self.last_on,
            weekend=self.weekend,
            off={on: day.vi for on, day in self.days.items() if day.kind == "off"},
            work={on: day.vi for on, day in self.days.items() if day.kind == "work"},
        )


@dataclass(frozen=True, slots=True)
class Changes:
    """Days laid over a calendar, and the years it covers then; without them, its own."""

    days: Mapping[date, Day] = field(default_factory=dict)
    years: tuple[int, int] | None = None

    def over(self, table: Table) -> Table:
        """The table with these days in it."""
        first_on, last_on = self._covered(table.first_on, table.last_on)
        days = {**table.days, **self.days}
        return replace(table, days=days, first_on=first_on, last_on=last_on)

    def over_calendar(self, calendar: Calendar) -> Calendar:
        """The value that counts with these days in it; the same where they change nothing.

        A table with its days and a calendar with its days have one version.
        """
        if not self.days and self.years is None:
            return calendar
        return self.over(named_by(calendar)).calendar()

    def _covered(self, first_on: date, last_on: date) -> tuple[date, date]:
        if self.years is None:
            return first_on, last_on
        first, last = min(self.years[0], first_on.year), max(self.years[1], last_on.year)
        return date(first, 1, 1), date(last, 12, 31)


def named_by(calendar: Calendar, known: Mapping[date, Day] | None = None) -> Table:
    """The table of a calendar's days. `known` ones of the same kind and name say more of them."""
    given = {on: ("off", name) for on, name in calendar.off.items()}
    given |= {on: ("work", name) for on, name in calendar.work.items()}
    days: dict[date, Day] = {}
    for on, (kind, name) in given.items():
        day = (known or {}).get(on)
        same = day is not None and (day.kind, day.vi) == (kind, name)
        days[on] = day if day and same else Day(on, cast(Kind, kind), name, name, "", "analogy")
    return Table(
        calendar.name, calendar.zone, calendar.weekend, calendar.first_on, calendar.last_on, days
    )


def to_csv(table: Table) -> str:
    """The table as text: a JSON head behind "#", then CSV with a header, ascending by date."""
    head: dict[str, Any] = {
        "zone": table.zone,
        "weekend": sorted(table.weekend),
        "first_on": table.first_on.isoformat(),
        "last_on": table.last_on.isoformat(),
    }
    out = io.StringIO()
    out.write(f"#{json.dumps(head)}\n")
    writer = csv.DictWriter(out, [each.name for each in fields(Day)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(day) for _, day in sorted(table.days.items()))
    return out.getvalue()


def from_csv(name: str, text: str) -> Table:
    """The table that `to_csv` wrote. It is package data: nothing is checked again."""
    first, _, rest = text.partition("\n")
    head = json.loads(first.removeprefix("#"))
    days = [_day(row) for row in csv.DictReader(io.StringIO(rest))]
    return Table(
        name=name,
        zone=head["zone"],
        weekend=frozenset(head["weekend"]),
        first_on=date.fromisoformat(head["first_on"]),
        last_on=date.fromisoformat(head["last_on"]),
        days={day.on: day for day in days},
    )


def _day(row: Mapping[str, str]) -> Day:
    return Day(
        on=date.fromisoformat(row["on"]),
        kind=cast(Kind, row["kind"]),
        vi=row["vi"],
        en=row["en"],
        ground=row["ground"],
        certainty=cast(Certainty, row["certainty"]),
    )
