"""The shipped calendars: read at run time, corrected by the operator, made from the library."""

import json
import sys
from datetime import date
from functools import lru_cache
from importlib import resources
from importlib.metadata import version
from importlib.resources.abc import Traversable
from pathlib import Path

from thidua.definitions.days import Day, Table, from_csv, to_csv
from thidua.workflow.calendar import Calendar
from thidua.workflow.errors import Unknown

DEFAULT = "vn-civil-service"
WEEKDAY_KEYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_Files = tuple[tuple[str, bytes], ...]


def load_calendar(name: str = DEFAULT, *, overrides: Path | None = None) -> Calendar:
    """The calendar `name`, corrected by a YAML file or by all `*.yaml` files of a folder.

    Read from the committed table, so that another version of the library changes nothing; one
    value per content. `Unknown` for a name or path that does not exist, `DefinitionError` with
    all findings for corrections that cannot be used.
    """
    return _calendar(name, _read(overrides))


def load_table(name: str = DEFAULT, *, overrides: Path | None = None) -> Table:
    """The same as rows with names in both languages, grounds and certainty."""
    return _table(name, _read(overrides))


def draft_year(year: int, name: str = DEFAULT, *, onto: Table | None = None) -> str:
    """A corrections file that adds `year` to the calendar, as the library sees it.

    Years must adjoin: those between the calendar `onto` and `year` are in it too. Every day is
    "assumed": an officer compares it with the yearly decision, corrects it and names the document.
    """
    first, last = year, year
    if onto is not None and not onto.covers(date(year, 1, 1)):
        first, last = min(year, onto.last_on.year + 1), max(year, onto.first_on.year - 1)
    head = {"calendar": name, "covers": {"from": first, "to": last}}
    lines = [f"{key}: {json.dumps(value)}" for key, value in head.items()]
    days = library_days("VN", first, last, assumed_from=first)
    for kind in ("off", "work"):
        rows = [day for _, day in sorted(days.items()) if day.kind == kind]
        lines += [f"{kind}:", *map(_yaml_row, rows)] if rows else []
    return "\n".join(lines) + "\n"


def library_days(country: str, first: int, last: int, *, assumed_from: int) -> dict[date, Day]:
    """What the library `holidays` knows of the years, named in both languages."""
    import holidays

    years = range(first, last + 1)
    vi = holidays.country_holidays(country, years=years, language="vi", observed=True)
    en = holidays.country_holidays(country, years=years, language="en_US", observed=True)
    ground = f"Thư viện holidays {version('holidays')}"

    def day(on: date, kind: str, name_vi: str, name_en: str) -> Day:
        certainty = "assumed" if on.year >= assumed_from else "analogy"
        return Day(on, kind, name_vi, name_en, ground, certainty)  # type: ignore[arg-type]  # the two words of each

    off = [day(on, "off", vi[on], en[on]) for on in vi if on.year in years]
    worked = [
        day(on, "work", "Làm bù", "Make-up day") for on in vi.weekend_workdays if on.year in years
    ]
    return {each.on: each for each in off + worked}


def generate(name: str = DEFAULT) -> str:
    """The CSV of a shipped calendar, made of the library and the calendar's own YAML file."""
    from thidua.definitions.corrections import corrected, parse

    data = _folder().joinpath(f"{name}.yaml").read_bytes()
    sheet = parse(data, f"{name}.yaml", name, also=("zone", "weekend", "library"))
    assert sheet.tree is not None
    assert sheet.covers is not None
    head = sheet.tree.data
    library = head["library"]
    first, last = sheet.covers
    days = library_days(library["country"], first, last, assumed_from=int(library["assumed_from"]))
    weekend = frozenset(WEEKDAY_KEYS.index(day) for day in head["weekend"])
    table = Table(name, head["zone"], weekend, date(first, 1, 1), date(last, 12, 31), days)
    return to_csv(corrected(table, [sheet]))


def main() -> None:
    """Write the CSV of the shipped calendar beside its YAML file."""
    path = Path(__file__).parent / "calendars" / f"{DEFAULT}.csv"
    path.write_text(generate(), encoding="utf-8")
    sys.stdout.write(f"{path.name}: {load_calendar().version}\n")


def _read(overrides: Path | None) -> _Files:
    if overrides is None:
        return ()
    paths = sorted(overrides.glob("*.yaml")) if overrides.is_dir() else [overrides]
    try:
        return tuple((path.name, path.read_bytes()) for path in paths)
    except OSError as error:
        raise Unknown("calendar-file", file=str(overrides), problem=error.strerror) from error


@lru_cache(maxsize=16)
def _calendar(name: str, files: _Files) -> Calendar:
    return _table(name, files).calendar()


@lru_cache(maxsize=16)
def _table(name: str, files: _Files) -> Table:
    known = sorted(
        p.name.removesuffix(".csv") for p in _folder().iterdir() if p.name.endswith(".csv")
    )
    if name not in known:
        raise Unknown("unknown-calendar", name=name, known=", ".join(known))
    table = from_csv(name, _folder().joinpath(f"{name}.csv").read_text(encoding="utf-8"))
    if not files:
        return table
    from thidua.definitions.corrections import corrected, parse

    return corrected(table, [parse(data, file, name) for file, data in files])


def _folder() -> Traversable:
    return resources.files("thidua.definitions") / "calendars"


def _yaml_row(day: Day) -> str:
    names = f"{{vi: {_quoted(day.vi)}, en: {_quoted(day.en)}}}"
    return (
        f"  - {{date: {day.on}, name: {names}, ground: {_quoted(day.ground)}, "
        f"certainty: {day.certainty}}}"
    )


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


if __name__ == "__main__":
    main()
