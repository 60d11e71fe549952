"""arithmetic: every due is what the law's words come to when one counts the days on fingers."""

import random
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from figures.clock.arithmetic_cases import KINDS, Case, Office, drawn, instant, shipped
from figures.clock.arithmetic_oracle import BUGS, local_date
from figures.fault import replaced
from figures.figure import Outcome, Progress
from thidua.workflow.calendar import Calendar

OTHERS = 12
"""Tables of drawn days beside the one that ships, which every other case asks."""
SHOWN = 5


def measure(size: int, chance: random.Random, progress: Progress) -> Outcome:
    """So many questions, of every kind in turns, each to the product and to the oracle.

    `differences` are answers that differ, `numpy` those that differ from numpy's where it can
    express the question, `unseen` known bugs of business calendars that no question tells from
    what is right.
    """
    ship = shipped()
    offices = [drawn(chance, swaps=bool(n % 2)) for n in range(OTHERS)]
    count, bugs = Counter[str](), set(BUGS)
    for n in range(size):
        office = ship if n % 2 else chance.choice(offices)
        case = KINDS[n // 2 % len(KINDS)](chance, office)
        count["differences"] += _differs(case, count)
        count["numpy"] += case.numpy is not None and case.numpy != _date(case.said)
        bugs -= _told_apart(bugs, chance, office)
        if n % 1000 == 0:
            progress(n, size)
    return Outcome(size, {"differences": count["differences"], "numpy": count["numpy"],
                          "unseen": len(bugs)})  # fmt: skip


def _differs(case: Case, count: Counter[str]) -> bool:
    if case.said == case.right:
        return False
    if count["differences"] < SHOWN:
        print(f"differs: {case.asked}: {case.said}, not {case.right}", file=sys.stderr)
    return True


def _date(said: object) -> object:
    return said[0] if isinstance(said, tuple) else said


def _told_apart(bugs: set[str], chance: random.Random, office: Office) -> set[str]:
    """Which of the bugs a drawn question shows, the product being right about it."""
    if not bugs:
        return set()
    at, days = instant(chance), chance.randrange(1, 20)
    right: date = office.calendar.add(office.calendar.legal_date(at), days)
    plain = at.replace(tzinfo=None)
    if right != office.oracle.steps(local_date(plain), days):
        return set()
    return {bug for bug in bugs if BUGS[bug](office.oracle, plain, days) != right}


@contextmanager
def forgetful() -> Iterator[None]:
    """Plant a calendar that forgets the holidays of September."""
    whole = Calendar._is_worked

    def worked(self: Calendar, on: date) -> bool:
        return whole(self, on) or (on.month == 9 and on.weekday() not in self.weekend)

    with replaced(Calendar, "_is_worked", worked):
        yield
