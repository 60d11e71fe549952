"""The values a typed condition can speak of: a dossier's fields, and what every dossier has."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal

from thidua.workflow.dossier import Dossier
from thidua.workflow.procedure import Field, Procedure

Kind = Literal["number", "date", "text", "yes_no"]
Value = Fraction | date | str | bool
Look = Callable[[Dossier, date], Value | None]

GIVEN: Mapping[str, tuple[Kind, Look]] = {
    "kind": ("text", lambda dossier, _: dossier.candidate.kind),
    "award": ("text", lambda dossier, _: dossier.award),
    "today": ("date", lambda _, today: today),
}
"""What every dossier has: the kind of its candidate, its award, the legal date of the act."""

_PARTS: Mapping[str, tuple[Kind, Callable[[date, date], Value]]] = {
    "start": ("date", lambda start, _: start),
    "end": ("date", lambda _, end: end),
    "days": ("number", lambda start, end: Fraction((end - start).days + 1)),
    "months": ("number", lambda start, end: Fraction(_months(start, end))),
    "years": ("number", lambda start, end: Fraction(_months(start, end) // 12)),
}
"""The parts of a period; both its ends belong to it, so a calendar year has 12 months."""


def values(procedure: Procedure) -> dict[str, tuple[Kind, Look]]:
    """Every name that a condition of this procedure may use: its kind, and where it is looked up.

    A name without a value, or with one that cannot be read, is looked up as None.
    """
    found = dict(GIVEN)
    for field in procedure.fields.values():
        if field.type == "period":
            found |= {f"{field.name}.{part}": (kind, _part(field, part))
                      for part, (kind, _) in _PARTS.items()}  # fmt: skip
        else:
            found[field.name] = _plain(field)
    return found


def _plain(field: Field) -> tuple[Kind, Look]:
    readers: dict[str, tuple[Kind, Callable[[str], Value]]] = {
        "number": ("number", Fraction),
        "date": ("date", date.fromisoformat),
        "yes_no": ("yes_no", lambda text: text == "yes"),
        "text": ("text", str),
        "code": ("text", str),
    }
    kind, read = readers[field.type]
    return kind, lambda dossier, _: _read(dossier.fields.get(field.name), read)


def _part(field: Field, part: str) -> Look:
    take = _PARTS[part][1]

    def read(text: str) -> Value:
        start, end = (date.fromisoformat(day) for day in text.split("/"))
        return take(start, end)

    return lambda dossier, _: _read(dossier.fields.get(field.name), read)


def _read(text: str | None, read: Callable[[str], Value]) -> Value | None:
    try:
        return read(text) if text else None
    except (ValueError, OverflowError):
        return None


def _months(start: date, end: date) -> int:
    after = end + timedelta(days=1)
    months = (after.year - start.year) * 12 + after.month - start.month
    return months - (after.day < start.day)
