"""How timely the work was: a small August counted by hand, and stories counted day by day."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from statistics import median
from typing import Any

import pytest
from sqlalchemy import event

from thidua import Answer, By, Extend, Fire, Hold, Misuse, Paper, Release
from thidua.timeliness import Period, Rate, Timeliness

AUGUST = Period(date(2018, 8, 1), date(2018, 8, 31))
CLERK = By("u:clerk")


def august(desk: Any) -> None:
    """Five dossiers of 6 August, their desks due on the 13th.

    h-0001 is asked on the 9th: unit a answers on the 15th, b on the 21st, a day late.
    h-0002 stands still from the 8th to the 13th (due on the 16th), is asked on the 17th; its round
    is extended to the 31st; a answers on the 30th, b never. h-0003 lies. h-0004 stands still.
    h-0005 is asked on the 9th: a's letter of the 20th is entered on the 24th; b answers on the
    16th.
    """
    one, two, _, four, five = (desk.propose(campaign=str(n)) for n in range(5))
    desk.at(7)
    desk.act(four, Hold(note="Có đơn"))
    desk.at(8)
    desk.act(two, Hold(note="Có đơn"))
    desk.at(9)
    for dossier in (one, five):
        desk.act(dossier, Fire("ask"))
    desk.at(13)
    desk.act(two, Release())
    desk.at(15)
    desk.answer(one, "a")
    desk.at(16)
    desk.answer(five, "b")
    desk.at(17)
    desk.act(two, Fire("ask"))
    desk.at(20)
    desk.act(two, Extend("asking", date(2018, 8, 31), note="Đơn vị xin"))
    desk.at(21)
    desk.answer(one, "b")
    desk.at(24)
    letter = Paper(number="9", signed_on=date(2018, 8, 20))
    given_at = datetime(2018, 8, 20, 9, tzinfo=UTC)
    desk.act(five, Answer("asking", "agree", ground=letter, happened_at=given_at),
             By("u:clerk", "u:a"))  # fmt: skip
    desk.at(30)
    desk.answer(two, "a")
    desk.at(4, month=9)
    while desk.tick().more:
        pass
    desk.at(5, month=9)


def measured(desk: Any, period: Period = AUGUST, **terms: Any) -> Timeliness:
    with desk.engine.connect() as db:
        found: Timeliness = desk.wf.timeliness(db, period, now=desk.now, **terms)
    return found


def told(rate: Rate) -> tuple[Any, ...]:
    """In time, late, silent, not done, of all; median, longest, worst past the due."""
    return (rate.in_time, rate.late, rate.silent, rate.overdue, rate.n, rate.median_days,
            rate.worst_days, rate.worst_past_days)  # fmt: skip


def test_states_and_rounds_of_a_month(desk: Any) -> None:
    august(desk)

    found = measured(desk)
    rates = {rate.key: rate for rate in found.rates}

    # Past the 13th on 5 September: 5 + 5 + 5 working days of August and the 4th.
    assert told(rates["new"]) == (2, 1, 0, 1, 4, 3, 6, 16)
    assert told(rates["asking"]) == (4, 1, 1, 0, 6, 7, 9, 1)
    assert told(found.total) == (6, 2, 1, 1, 10, 5.5, 9, 16)
    assert (rates["asking"].extended, rates["new"].stopped) == (2, 1)
    assert found.left_out == {"paused": 1}
    assert [rate.key for rate in found.rates] == ["new", "asking"]  # the least timely first


def test_units_roles_and_officers(desk: Any) -> None:
    august(desk)

    units = {rate.key: told(rate)[:6] for rate in measured(desk, by="unit").rates}
    roles = {rate.key: told(rate)[:5] for rate in measured(desk, by="role").rates}
    officers = {rate.key: told(rate)[:5] for rate in measured(desk, by="officer").rates}

    assert units == {"a": (3, 0, 0, 0, 3, 7), "b": (1, 1, 1, 0, 3, 6.5), None: (2, 1, 0, 1, 4, 3)}
    assert roles == {"clerk": (2, 1, 0, 1, 4), "unit": (4, 1, 1, 0, 6)}
    assert officers == {
        "u:clerk": (2, 1, 0, 0, 3), "u:a": (3, 0, 0, 0, 3), "u:b": (1, 1, 0, 0, 2),
        None: (0, 0, 1, 1, 2),
    }  # fmt: skip


def test_paper_given_in_time_is_never_late(desk: Any) -> None:
    august(desk)

    (rate,) = measured(desk, unit="a").rates

    assert (rate.late, rate.share) == (0, 1)


def test_answer_while_the_clock_stands_still_is_in_time(desk: Any) -> None:
    (dossier,) = desk.asked()  # due on the 15th
    desk.at(14)
    desk.act(dossier, Hold(note="Có đơn"))
    desk.at(20)
    desk.answer(dossier, "a")

    found = measured(desk, unit="a")

    assert told(found.total) == (1, 0, 0, 0, 1, 6, 6, 0)


def test_what_is_not_due_yet_waits(desk: Any) -> None:
    desk.propose()

    found = measured(desk)

    assert (found.total.n, found.total.share, dict(found.left_out)) == (0, None, {"waiting": 1})


def test_day_itself_is_in_time(desk: Any) -> None:
    dossier = desk.propose()
    desk.at(13, 23, 59)
    desk.act(dossier, Fire("ask"))

    (rate,) = measured(desk, Period(date(2018, 8, 13), date(2018, 8, 13))).rates

    assert (rate.in_time, rate.worst_days, rate.worst_past_days) == (1, 5, 0)


def test_period_that_runs_backwards_is_refused() -> None:
    with pytest.raises(Misuse) as refused:
        Period(date(2018, 8, 2), date(2018, 8, 1))

    assert refused.value.reasons[0].code == "period-backwards"


def test_grouping_that_nobody_knows_is_refused(desk: Any) -> None:
    with pytest.raises(Misuse):
        measured(desk, by="moon")


@contextmanager
def statements(engine: Any) -> Iterator[list[str]]:
    sent: list[str] = []

    def count(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", count)
    yield sent
    event.remove(engine, "before_cursor_execute", count)


def test_queries_do_not_grow_with_rows(desk: Any) -> None:
    desk.asked(1)
    measured(desk)
    with statements(desk.engine) as few:
        measured(desk)
    desk.asked(8)
    with statements(desk.engine) as many:
        measured(desk)

    assert len(many) == len(few)


# The same numbers counted apart from the engine: a day is stepped to, nothing is computed.

OFF = {date(2018, 9, 3)}


def works(on: date) -> bool:
    return on.weekday() < 5 and on not in OFF


def counted(after: date, until: date) -> int:
    """Working days after the one date up to the other."""
    days, on = 0, after
    while on < until:
        on += timedelta(1)
        days += works(on)
    return days


def stepped(start: date, days: int) -> date:
    on = start
    while days:
        on += timedelta(1)
        days -= works(on)
    return on


@pytest.mark.parametrize("seed", range(4))
def test_random_stories_are_counted_alike(desk: Any, seed: int) -> None:
    lots = random.Random(seed)
    tallies = [_story(desk, lots) for _ in range(6)]
    now = date(2018, 9, 28)
    desk.at(now.day, month=now.month)

    found = measured(desk, Period(date(2018, 8, 1), date(2018, 9, 27)))

    verdicts = [_judged(due, done, now) for due, done, _ in tallies]
    took = [days for _, done, days in tallies if done is not None]
    (rate,) = [rate for rate in found.rates if rate.key == "new"]
    assert [rate.in_time, rate.late, rate.overdue] == [
        verdicts.count(each) for each in ("in_time", "late", "overdue")
    ]
    assert rate.median_days == (median(took) if took else None)


def _judged(due: date, done: date | None, now: date) -> str:
    if done is None:
        return "overdue" if due < now else "waiting"
    return "in_time" if done <= due else "late"


def _story(desk: Any, lots: random.Random) -> tuple[date, date | None, int]:
    """A dossier with pauses, moved on or left lying: its due, the day it was done, days taken."""
    on = date(2018, 8, 6) + timedelta(lots.randrange(10))
    desk.at(on.day, month=on.month)
    dossier, due, used = desk.propose(), stepped(on, 5), 0
    for _ in range(lots.randrange(3)):
        stop = on + timedelta(lots.randrange(6))
        desk.at(stop.day, month=stop.month)
        desk.act(dossier, Hold(note="Có đơn"))
        used, left = used + counted(on, stop), counted(stop, due)
        late = stop > due
        on = stop + timedelta(lots.randrange(9))
        desk.at(on.day, month=on.month)
        desk.act(dossier, Release())
        due = due if late else _rolled(stepped(on, left))
    if lots.random() < 0.3:
        return due, None, 0
    done = on + timedelta(lots.randrange(8))
    desk.at(done.day, month=done.month)
    desk.act(dossier, Fire("ask"))
    return due, done, used + counted(on, done)


def _rolled(on: date) -> date:
    while not works(on):
        on += timedelta(1)
    return on
