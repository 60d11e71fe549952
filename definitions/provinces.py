"""The provinces of Viet Nam with the dates of each, from 2018 on: 63, then 34."""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Literal, cast

from thidua.workflow.errors import Unknown

Kind = Literal["tỉnh", "thành phố"]


@dataclass(frozen=True, slots=True)
class Province:
    """A province or a city of that rank, from `from_on` to `to_on`, both days included.

    `successor` is the code of the unit that took its place the day after `to_on`. A code alone
    is ambiguous (24 is Bắc Giang until 30 June 2025 and Bắc Ninh after it): use code and date.
    """

    code: str
    kind: Kind
    name: str
    from_on: date
    to_on: date | None
    successor: str | None
    ground: str

    def stands(self, on: date) -> bool:
        """Whether it existed on that legal date."""
        return self.from_on <= on and (self.to_on is None or on <= self.to_on)


def provinces(on: date) -> tuple[Province, ...]:
    """All provinces of a legal date, by code: 63 of them until 30 June 2025, 34 after it.

    Thừa Thiên Huế is the city of Huế from 1 January 2025. `Unknown` before 1 January 2018, where
    the table begins.
    """
    first = min(p.from_on for p in _table())
    if on < first:
        raise Unknown("province-date-unknown", on=on.isoformat(), first=first.isoformat())
    return tuple(sorted((p for p in _table() if p.stands(on)), key=lambda p: p.code))


def successor(code: str, on: date) -> Province | None:
    """What took the place of the province that had `code` on the legal date `on`; None while it
    still stands. `Unknown` if no province had it then."""
    found = next((p for p in provinces(on) if p.code == code), None)
    if found is None:
        raise Unknown("no-such-province", province=code, on=on.isoformat())
    if found.to_on is None:
        return None
    after = (p for p in _table() if p.code == found.successor and p.from_on > on)
    return min(after, key=lambda p: p.from_on)


@cache
def _table() -> tuple[Province, ...]:
    source = resources.files("thidua.definitions").joinpath("provinces.csv")
    rows = csv.DictReader(source.read_text(encoding="utf-8").splitlines())
    return tuple(_row(row) for row in rows)


def _row(row: dict[str, str]) -> Province:
    to_on = date.fromisoformat(row["to"]) if row["to"] else None
    return Province(
        row["code"],
        cast(Kind, row["kind"]),
        row["name"],
        date.fromisoformat(row["from"]),
        to_on,
        row["successor"] or None,
        row["ground"],
    )
