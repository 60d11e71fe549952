"""How timely the work was: of all that was due in a period, what was done by then, by whom."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from typing import Any, Literal, get_args

from sqlalchemy import and_
from sqlalchemy.engine import Connection

from thidua import elapsed
from thidua.elapsed import Course
from thidua.shelf import Shelf
from thidua.storage import listing_tasks, listing_times
from thidua.storage.listing_times import legal_day
from thidua.storage.schema import Tables
from thidua.workflow.debt import DEBT, condition_title
from thidua.workflow.errors import Misuse
from thidua.workflow.person import ENGINE, Seat
from thidua.workflow.procedure import Label
from thidua.workflow.view import Rules
from thidua.workflow.wording import LANGUAGES, say

Grouping = Literal["state", "role", "unit", "officer"]

Verdict = Literal["in_time", "late", "silent", "overdue"]
"""Done by its due; done after it; ended by the clock without an answer; not done yet."""

UNDONE = ("withdraw", "recall")
"""Acts that end a desk's work without its being done."""


@dataclass(frozen=True, slots=True)
class Period:
    """Legal days, the first and the last included. `Misuse` ("period-backwards") otherwise."""

    first_on: date
    last_on: date

    def __post_init__(self) -> None:
        if self.last_on < self.first_on:
            first, last = self.first_on.isoformat(), self.last_on.isoformat()
            raise Misuse("period-backwards", first=first, last=last)


@dataclass(frozen=True, slots=True)
class Rate:
    """How timely one group was; its four counts add up to `n`.

    `key` is a state, round or span, a role, unit or actor by its code, None for what has none;
    `label` what a procedure calls it, where one does; `procedure` the name of that procedure,
    `kind` the kind of task, by state alone.
    `median_days` and `worst_days` are working days that what is done took, `worst_past_days` those
    by which the worst missed its due (0 when nothing did). `extended` counts those whose due had
    been moved by an extension, `stopped` those whose clock stood still for a while.
    """

    key: str | None
    label: Label | None
    procedure: str | None
    kind: str | None = None
    n: int = 0
    in_time: int = 0
    late: int = 0
    silent: int = 0
    overdue: int = 0
    extended: int = 0
    stopped: int = 0
    median_days: float | None = None
    worst_days: int | None = None
    worst_past_days: int = 0

    @property
    def share(self) -> float | None:
        """What was done by its due, of all that was due: 0 to 1; None when nothing was."""
        return self.in_time / self.n if self.n else None


@dataclass(frozen=True, slots=True)
class Timeliness:
    """Rates of a period as they stand on the day `as_of_on`, the least timely group first.

    `left_out` counts what was due in the period and is not measured, by why: "paused" (its clock
    stands still), "waiting" (its day is not past), "cancelled" (withdrawn, recalled, not needed),
    "excused" (its round ended before its due), "counted" (a vote taken with the tellers' count).
    """

    period: Period
    as_of_on: date
    by: Grouping
    rates: tuple[Rate, ...]
    total: Rate
    left_out: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Measured:
    row: Mapping[str, Any]
    rules: Rules
    verdict: Verdict
    took: int | None
    past: int | None
    course: Course | None


def measure(
    db: Connection,
    t: Tables,
    shelf: Shelf,
    period: Period,
    *,
    by: Grouping = "state",
    unit: str | None = None,
    now: datetime,
) -> Timeliness:
    """The timeliness of a period, in two queries and one for each procedure not read yet.

    A task belongs to the period in which its due lies, as that stands after extensions and
    pauses. Spans overlap the desks inside them and are told by state alone. `Misuse`
    ("bad-setting") for another grouping.
    """
    if by not in get_args(Grouping):
        raise Misuse("bad-setting", name="by", found=by, known=", ".join(get_args(Grouping)))
    which = listing_times.due_between(t, period.first_on.isoformat(), period.last_on.isoformat())
    if unit is not None:
        which = and_(which, listing_tasks.of_units(t, [unit]))
    if by != "state":
        which = and_(which, t.task.c.kind != "span")
    today = shelf.today(now)
    clocks = elapsed.courses(listing_times.turns(db, t, which))
    left_out: Counter[str] = Counter()
    measured: list[_Measured] = []
    for row in listing_times.ended(db, t, which):
        rules = shelf.rules(db, row["procedure"])
        found = _verdict(row, rules, today)
        if found in get_args(Verdict):
            course = clocks.get((row["dossier_id"], row["n"]))
            measured.append(_measured(row, rules, found, course, today))
        else:
            left_out[found] += 1
    rates = _rates(measured, by)
    return Timeliness(period, today, by, rates, _rate(None, measured), dict(left_out))


def _verdict(row: Mapping[str, Any], rules: Rules, today: date) -> Any:
    """One of `Verdict`, or why the task is not measured."""
    status, due_on = row["status"], date.fromisoformat(row["due_on"])
    if status == "open":
        return "overdue" if due_on < today else "waiting"
    if status in ("paused", "cancelled") or row["outcome"] in UNDONE:
        return "paused" if status == "paused" else "cancelled"
    if status == "expired":
        return _expired(row, due_on)
    if row["standing"] is not None:
        return "late" if row["standing"] == "late" else "in_time"
    return "in_time" if done_on(row, rules) <= due_on else "late"


def _expired(row: Mapping[str, Any], due_on: date) -> Any:
    if row["kind"] == "vote":
        return "counted"
    return "silent" if legal_day(row["closed_at"]) > due_on else "excused"


def done_on(row: Mapping[str, Any], rules: Rules) -> date:
    """The legal day on which an ended task was done.

    Of what was entered for another: that of the proof by which the round counts, else when it
    happened. Else the day it was entered: nobody dates his own work back.
    """
    if row["entered"] is None:
        return legal_day(row["closed_at"])
    rule = rules.procedure.rounds.get(row["what"]) if row["kind"] == "ask" else None
    columns = [_PROOFS[name] for name in rule.counts_by if name in _PROOFS] if rule else []
    proofs = [row[column] for column in columns if row[column] is not None]
    given = next(iter(proofs), row["happened"] or row["closed_at"])
    if len(given) == len("2018-08-20"):
        return date.fromisoformat(given)
    return rules.calendar.legal_date(datetime.fromisoformat(given))


_PROOFS = {"postmark": "postmark_on", "e_stamp": "stamped_at", "portal": "portal_at"}


def _measured(
    row: Mapping[str, Any], rules: Rules, verdict: Verdict, course: Course | None, today: date
) -> _Measured:
    due_on, calendar = date.fromisoformat(row["due_on"]), rules.calendar
    done = verdict in ("in_time", "late")
    took = elapsed.days(calendar, row, course, done_on(row, rules)) if done else None
    past = (
        0
        if verdict == "in_time"
        else elapsed.past(calendar, due_on, _end(row, rules, verdict, today))
    )
    return _Measured(row, rules, verdict, took, past, course)


def _end(row: Mapping[str, Any], rules: Rules, verdict: Verdict, today: date) -> date:
    """Until when a missed due was missed."""
    if verdict == "overdue":
        return today
    return done_on(row, rules) if verdict == "late" else legal_day(row["closed_at"])


def _rates(measured: Iterable[_Measured], by: Grouping) -> tuple[Rate, ...]:
    groups: dict[tuple[str | None, ...], list[_Measured]] = {}
    for each in measured:
        groups.setdefault(_KEYS[by](each), []).append(each)
    rates = (_rate(by, members) for members in groups.values())
    return tuple(sorted(rates, key=lambda r: (r.share or 0, -r.n, r.procedure or "", r.key or "")))


def _rate(by: Grouping | None, members: list[_Measured]) -> Rate:
    counts = Counter[str](each.verdict for each in members)
    took = [each.took for each in members if each.took is not None]
    courses = [each.course for each in members if each.course is not None]
    key, label, procedure = _named(by, members[-1]) if members and by else (None, None, None)
    return Rate(
        key, label, procedure, members[-1].row["kind"] if by == "state" else None,
        n=len(members), **counts,
        extended=sum(course.extended > 0 for course in courses),
        stopped=sum(bool(course.stops) for course in courses),
        median_days=median(took) if took else None,
        worst_days=max(took, default=None),
        worst_past_days=max((each.past or 0 for each in members), default=0),
    )  # fmt: skip


def _named(by: Grouping, one: _Measured) -> tuple[str | None, Label | None, str | None]:
    procedure, key = one.rules.procedure, _KEYS[by](one)[-1]
    if by == "state":
        return key, label_of(one.rules, one.row), procedure.name
    if by == "role":
        role = procedure.roles.get(key or "")
        return key, role.label if role else None, procedure.name
    return key, None, None


def label_of(rules: Rules, task: Mapping[str, Any]) -> Label:
    """What a task's state, round or span is called; a span as the state that ends it."""
    what, procedure = task["what"], rules.procedure
    if task["kind"] == "span" and what in procedure.spans:
        what = procedure.spans[what].end
    if what == "supplement":
        return {lang: say("matter-supplement", {}, lang) for lang in LANGUAGES}
    if what.startswith(DEBT):
        return condition_title(procedure, what.removeprefix(DEBT))
    known = procedure.rounds if task["kind"] in ("ask", "vote") else procedure.states
    return known[what].label if what in known else {}


def _officer(one: _Measured) -> str | None:
    """Whose work it was: who was asked in person, who held it, else who did it."""
    did = one.row["by"] if one.verdict in ("in_time", "late") else None
    found = Seat.parse(one.row["seat"]).person or one.row["holder"] or did
    return None if found == ENGINE else found


_KEYS: Mapping[Grouping, Callable[[_Measured], tuple[str | None, ...]]] = {
    "state": lambda m: (m.rules.procedure.name, m.row["kind"], m.row["what"]),
    "role": lambda m: (m.rules.procedure.name, Seat.parse(m.row["seat"]).role),
    "unit": lambda m: (Seat.parse(m.row["seat"]).unit,),
    "officer": lambda m: (_officer(m),),
}
