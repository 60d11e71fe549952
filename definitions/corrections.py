"""An operator's corrections of a calendar, read from YAML and laid over its table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import Any, cast, get_args

from thidua.definitions.days import Certainty, Day, Kind, Table
from thidua.definitions.reader import read
from thidua.definitions.tree import Path, Tree
from thidua.workflow.calendar import WEEKDAYS
from thidua.workflow.errors import DefinitionError, Reason

KEYS = ("calendar", "covers", "off", "work")
ENTRY = ("date", "name", "ground", "certainty")
_ENTRY_LIKE = '{date: 2026-01-02, name: {vi: "…", en: "…"}, ground: "…", certainty: read}'


@dataclass(frozen=True, slots=True)
class Entry:
    """A day to be laid over a calendar, and where a file has it: `file`, `line`, `column`."""

    day: Day
    at: Mapping[str, object] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """Where the entry stands ("file:line"), for a message about another one."""
        return "{file}:{line}".format_map(self.at) if self.at else ""

    def reason(self, code: str, **fields: object) -> Reason:
        """A finding about this day."""
        on, place = self.day.on, f"{self.place}: " if self.at else ""
        shown = {"date": on.isoformat(), "weekday": WEEKDAYS[on.weekday()], "place": place}
        return Reason(code, {**self.at, **shown, **fields})


@dataclass(frozen=True, slots=True)
class Corrections:
    """Days of one file or command, and whole years they add to the calendar (first, last).

    `at` is where a file names those years.
    """

    entries: tuple[Entry, ...]
    covers: tuple[int, int] | None = None
    at: Mapping[str, object] = field(default_factory=dict)
    tree: Tree | None = None


def parse(
    data: bytes | str,
    file: str,
    calendar: str,
    *,
    also: tuple[str, ...] = (),
    ground: str | None = None,
) -> Corrections:
    """The corrections for `calendar` in a YAML file; `also` names keys the caller reads itself.

    `ground` is the document behind every day that names none itself.

    Refused with all findings as `DefinitionError`: what the reader refuses, unknown and missing
    keys, a file for another calendar, values of another form.
    """
    tree = read(data, file)
    reading = _Reading(tree, [], ground)
    top = reading.mapping((), (*KEYS, *also), ("calendar",), "calendar: …")
    if top.get("calendar", calendar) != calendar:
        reading.refuse("calendar-other", ("calendar",), found=top["calendar"], calendar=calendar)
    covers = reading.covers(("covers",)) if "covers" in top else None
    kinds = [kind for kind in get_args(Kind) if kind in top]
    entries = [entry for kind in kinds for entry in reading.entries(kind)]
    if reading.reasons:
        raise DefinitionError.because(reading.reasons)
    at = tree.reason("", ("covers",)).fields
    return Corrections(tuple(entries), covers, at, tree)


def corrected(table: Table, files: Iterable[Corrections]) -> Table:
    """The table with the corrections over it.

    Refused with all findings as `DefinitionError`: a date listed twice (the message names both
    lines), one outside the years covered, work on what is a working day anyway, off on what is
    off every week anyway, years that do not adjoin the calendar's own.
    """
    files = tuple(files)
    reasons: list[Reason] = []
    wider = _widened(table, files, reasons)
    entries = [entry for file in files for entry in file.entries]
    reasons += _twice(entries)
    if not any(why.code == "calendar-gap" for why in reasons):
        reasons += [why for entry in entries if (why := _why_not(table, wider, entry))]
    if reasons:
        raise DefinitionError.because(reasons)
    return replace(wider, days={**table.days, **{each.day.on: each.day for each in entries}})


def _widened(table: Table, files: Iterable[Corrections], reasons: list[Reason]) -> Table:
    years = {file.covers: file.at for file in files if file.covers}
    first, last = table.first_on.year, table.last_on.year
    for (begin, end), at in sorted(years.items(), key=lambda item: item[0]):
        if begin > last + 1 or end < first - 1:
            known = f"{first}–{last}"
            reasons.append(
                Reason("calendar-gap", {**at, "first": begin, "last": end, "known": known})
            )
        else:
            first, last = min(first, begin), max(last, end)
    return replace(table, first_on=date(first, 1, 1), last_on=date(last, 12, 31))


def _twice(entries: list[Entry]) -> list[Reason]:
    by_date = sorted(entries, key=lambda entry: entry.day.on)
    return [
        later.reason("calendar-twice", other=earlier.place or earlier.day.vi)
        for earlier, later in pairwise(by_date)
        if earlier.day.on == later.day.on
    ]


def _why_not(table: Table, wider: Table, entry: Entry) -> Reason | None:
    on = entry.day.on
    if not wider.covers(on):
        known = {"first": wider.first_on.year, "last": wider.last_on.year}
        return entry.reason("calendar-outside", **known, year=on.year)
    if on in table.days:
        return None
    free = on.weekday() in table.weekend
    if entry.day.kind == "work" and not free:
        return entry.reason("calendar-works-already")
    # A year the file itself adds may name holidays on weekends: nothing says otherwise there.
    if entry.day.kind == "off" and free and table.covers(on):
        return entry.reason("calendar-off-already")
    return None


@dataclass(slots=True)
class _Reading:
    """Takes values out of a tree and keeps a finding for each that has another form."""

    tree: Tree
    reasons: list[Reason]
    ground: str | None = None

    def refuse(self, code: str, path: Path, **fields: object) -> None:
        self.reasons.append(self.tree.reason(code, path, **fields))

    def wrong(self, path: Path, expected: str) -> None:
        """Note that the value at `path` should look like `expected`."""
        found = self.at(path)
        shown = found if isinstance(found, str) else "[…]" if isinstance(found, list) else "{…}"
        key = str(path[-1]) if path else self.tree.name
        self.refuse("calendar-value", path, key=key, found=shown, expected=expected)

    def at(self, path: Path) -> Any:
        value = self.tree.data
        for step in path:
            value = value[step]
        return value

    def mapping(
        self, path: Path, known: tuple[str, ...], needed: tuple[str, ...], like: str
    ) -> dict[str, Any]:
        """The mapping at `path` without unknown keys; empty if it is none."""
        value = self.at(path)
        if not isinstance(value, dict):
            self.wrong(path, like)
            return {}
        for key in value.keys() - set(known):
            place = {"key": key, "known": ", ".join(known)}
            self.reasons.append(self.tree.key_reason("calendar-key", (*path, key), **place))
        for key in needed:
            if key not in value:
                self.refuse("calendar-key-missing", path, key=key)
        return {key: value[key] for key in known if key in value}

    def text(self, path: Path) -> str:
        value = self.at(path)
        if isinstance(value, str) and value.strip():
            return value
        self.wrong(path, '"…"')
        return ""

    def legal_date(self, path: Path) -> date | None:
        value = self.at(path)
        try:
            on = date.fromisoformat(value)
        except (TypeError, ValueError):
            on = None
        if on is None or on.isoformat() != value:
            self.wrong(path, "2026-01-02")
            return None
        return on

    def covers(self, path: Path) -> tuple[int, int] | None:
        like = "{from: 2028, to: 2028}"
        keys = ("from", "to")
        value = self.mapping(path, keys, keys, like)
        years = [value[key] for key in keys if key in value]
        if len(years) < len(keys):
            return None
        if all(isinstance(y, str) and y.isascii() and y.isdigit() and len(y) == 4 for y in years):
            first, last = int(years[0]), int(years[1])
            if 1900 <= first <= last:
                return first, last
        self.refuse("calendar-value", path, key="covers", found=str(value), expected=like)
        return None

    def entries(self, kind: Kind) -> list[Entry]:
        value = self.at((kind,))
        if not isinstance(value, list):
            self.wrong((kind,), f"- {_ENTRY_LIKE}")
            return []
        found = [self._entry(kind, (kind, number)) for number in range(len(value))]
        return [entry for entry in found if entry]

    def _entry(self, kind: Kind, path: Path) -> Entry | None:
        before = len(self.reasons)
        needed = tuple(key for key in ENTRY if key != "ground" or self.ground is None)
        value = self.mapping(path, ENTRY, needed, _ENTRY_LIKE)
        if not value.keys() >= set(needed):
            return None
        on = self.legal_date((*path, "date"))
        names = self.mapping((*path, "name"), ("vi", "en"), ("vi", "en"), '{vi: "…", en: "…"}')
        texts = [self.text((*path, "name", lang)) for lang in names]
        ground = self.text((*path, "ground")) if "ground" in value else str(self.ground)
        if value["certainty"] not in get_args(Certainty):
            self.wrong((*path, "certainty"), " | ".join(get_args(Certainty)))
        if on is None or len(self.reasons) > before:
            return None
        certainty = cast(Certainty, value["certainty"])
        at = self.tree.reason("", path).fields
        return Entry(Day(on, kind, texts[0], texts[1], ground, certainty), at)
