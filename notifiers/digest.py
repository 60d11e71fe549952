"""Many matters of one person on one screen: counts, the worst ten by matter, a rest."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from thidua.notifiers.item import Reading

SHOWN = 10
"""Lines of a digest: what fits on a screen with its headings."""

COUNTED = 5
"""Matters of which the rest is told; what is left of it is one number."""

NAMED = 1
"""Candidates named in a line."""


@dataclass(frozen=True, slots=True)
class Line:
    """One notice: which letter it would be, about whom, due when; `note` is what is asked or said
    in a round, which no list tells.
    """

    template: str
    task_title: str | None
    candidates: tuple[str, ...]
    dossiers: int
    due_on: date | None
    days_left: int | None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A matter with those of its lines that are shown; `total` and `late` count them all.

    `answer_how` is set when all its shown lines that ask are answered in the same way.
    """

    procedure_title: str
    matter_title: str
    lines: tuple[Line, ...]
    total: int
    late: int
    answer_how: str | None


@dataclass(frozen=True, slots=True)
class Rest:
    """How much of a matter no line shows."""

    matter_title: str
    total: int
    late: int


@dataclass(frozen=True, slots=True)
class Digest:
    """Groups with the worst first. `late`, `today` and `ahead` ask for something, `news` does not;
    the four add up to `total`. `hidden` is how many of them no line shows, `rest` of which
    matters they are. `answer_how` is set when all that is shown and asks for something
    is answered in the same way."""

    groups: tuple[Group, ...]
    total: int
    late: int
    today: int
    ahead: int
    news: int
    hidden: int
    rest: tuple[Rest, ...]
    next_due_on: date | None
    answer_how: str | None


def digest(readings: Sequence[Reading]) -> Digest:
    """The digest of one person's notices; the longest overdue first, what asks nothing last."""
    order = ranked(readings)
    shown = order[:SHOWN]
    matters = dict.fromkeys(_matter(each) for each in shown)
    late = sum(_is_late(each) for each in readings)
    today = sum(_days(each) == 0 for each in readings)
    news = sum(not each.template.asks for each in readings)
    dues = [due for each in readings if (due := _due(each)) is not None]
    return Digest(
        groups=tuple(_group(matter, shown, readings) for matter in matters),
        total=len(readings),
        late=late,
        today=today,
        ahead=len(readings) - late - today - news,
        news=news,
        hidden=len(order) - len(shown),
        rest=_rest(order[SHOWN:]),
        next_due_on=min(dues, default=None),
        answer_how=_one_way(shown),
    )


def ranked(readings: Sequence[Reading]) -> list[Reading]:
    """The longest overdue first, what asks nothing last."""
    return sorted(readings, key=_urgency)


def _rest(hidden: Sequence[Reading]) -> tuple[Rest, ...]:
    counts = Counter(_matter(each)[1] for each in hidden)
    late = Counter(_matter(each)[1] for each in hidden if _is_late(each))
    told = [Rest(title, n, late[title]) for title, n in counts.most_common()]
    tail = told[COUNTED:]
    if tail:
        told[COUNTED:] = [Rest("…", sum(e.total for e in tail), sum(e.late for e in tail))]
    return tuple(told)


def _group(matter: tuple[str, str], shown: Sequence[Reading], readings: Sequence[Reading]) -> Group:
    mine = [each for each in shown if _matter(each) == matter]
    members = [each for each in readings if _matter(each) == matter]
    return Group(
        procedure_title=matter[0],
        matter_title=matter[1],
        lines=tuple(_line(each) for each in mine),
        total=len(members),
        late=sum(_is_late(each) for each in members),
        answer_how=_one_way(mine),
    )


def _one_way(readings: Sequence[Reading]) -> str | None:
    ways = {str(each.values["answer_how"]) for each in readings if each.template.asks}
    return ways.pop() if len(ways) == 1 else None


def _line(reading: Reading) -> Line:
    dossiers = cast(Sequence[dict[str, str]], reading.values["dossiers"])
    return Line(
        template=reading.template.name,
        task_title=cast("str | None", reading.values.get("task_title")),
        candidates=tuple(each["candidate"] for each in dossiers[:NAMED]),
        dossiers=len(dossiers),
        due_on=_due(reading),
        days_left=_days(reading),
        note=cast("str | None", reading.values.get("note")) if _speaks(reading) else None,
    )


def _speaks(reading: Reading) -> bool:
    return reading.template.name == "exchange"


def _urgency(reading: Reading) -> tuple[bool, float, date]:
    days = _days(reading)
    far = float("inf") if days is None else days
    return (not reading.template.asks, far, _due(reading) or date.max)


def _matter(reading: Reading) -> tuple[str, str]:
    return (str(reading.values["procedure_title"]), str(reading.values["matter_title"]))


def _due(reading: Reading) -> date | None:
    return cast("date | None", reading.values.get("due_on"))


def _days(reading: Reading) -> int | None:
    return cast("int | None", reading.values.get("days_left"))


def _is_late(reading: Reading) -> bool:
    return (_days(reading) or 0) < 0
