"""A time of the year in which a dossier may come: open from one day to another."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from thidua.workflow.calendar import Calendar
from thidua.workflow.due import Fixed, YearDay, fixed_on

CountsBy = Literal["postmark", "receipt", "today"]


@dataclass(frozen=True, slots=True)
class WindowRule:
    """When a window is open, seen from the date in the field `start`.

    It closes on `closes`; `opens` is the last such day before that. What counts is the day of the
    submission's `postmark`, else its `receipt`, else today: `counts_by` names the first that does.
    """

    name: str
    label: Mapping[str, str]
    start: str
    opens: YearDay
    closes: Fixed
    ground: str
    counts_by: CountsBy = "today"


class Window(NamedTuple):
    """Both days are inside; `moved_by` names the days off that put the last one later."""

    opens_on: date
    closes_on: date
    moved_by: tuple[str, ...] = ()


def window_on(rule: WindowRule, calendar: Calendar, from_on: date) -> Window:
    """The window of a title decided, or whatever the field tells, on `from_on`.

    For 1 January to 31 October of the year after: decided in December 2017, it is open from
    1 January to 31 October 2018; decided in February 2018, all of it is a year later.
    """
    end = fixed_on(calendar, from_on, rule.closes)
    named = fixed_on(calendar, from_on, Fixed(rule.closes.day, rolls=False, year=rule.closes.year))
    opens_on = rule.opens.of(named.on.year)
    if opens_on > named.on:
        opens_on = rule.opens.of(named.on.year - 1)
    return Window(opens_on, end.on, end.moved_by)
