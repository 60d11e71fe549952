"""operators-…: sixteen processes, one with eight threads, on one dossier: one history holds all."""

import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy.engine import Connection

from bench.life import OFFICER
from figures.database import on_postgresql, on_sqlite
from figures.evidence.history import Told, anomalies
from figures.evidence.operator_crew import OPERATORS, PAIR, THREADS, Shift, crew
from figures.fault import replaced
from figures.figure import Figure, Outcome, Progress, Sizes, zero
from figures.office import Office
from thidua import Correct, sqlite
from thidua.storage import load
from thidua.storage.rows import dossier_of

ACTS = 22
"""Of each operator on one dossier."""

COUNTS = ("lost", "double", "untyped", "locked")


def measure(url: str, size: int, chance: random.Random, progress: Progress) -> Outcome:
    """About so many acts, about five hundred on each dossier.

    `lost` are acts whose place in the journal is not what somebody was told, that came upon
    another version than they insisted on, and what `verify` finds; `double` are second wins of
    one command, version or pause; `untyped` losers who got no error of the engine's for that;
    `locked` those who were told that the database is busy.
    """
    office, count, done = Office.new(url), Counter[str](), 0
    waits: list[float] = []
    acts = min(ACTS, -(-size // OPERATORS))
    begin(office, "o-warm")
    with crew(office) as runners:
        while done < size:
            dossier = f"o-{done:07}"
            begin(office, dossier)
            told = runners.work(Shift(dossier, acts, chance.randrange(1 << 30)))
            row = office.row(dossier)
            fields = dossier_of(tuple(row.values())).fields if row is not None else {}
            count.update(anomalies(office.bodies(dossier), told, int(fields["f0"])))
            count["lost"] += office.problems(dossier)
            waits += [each.seconds for one in told for each in one]
            count.update(_apart(told))
            done += OPERATORS * acts
            progress(done, size)
    _tell(waits, count)
    return Outcome(done, {name: count[name] for name in COUNTS})


def begin(office: Office, dossier: str) -> None:
    """A dossier whose first field counts from nought."""
    office.propose(dossier)
    office.act(dossier, Correct({"f0": "0"}, note="Ghi sai"), OFFICER)


def _apart(told: Sequence[Sequence[Told]]) -> Counter[str]:
    """Of one dossier: submits and wins of commands that two had, acts and wins of the threads."""
    pairs = [each for one in told for each in one if each.key.startswith(PAIR)]
    threads = [each for one in told[:THREADS] for each in one]
    return Counter(
        submits=len(pairs), commands=len({each.key for each in pairs if each.came is not None}),
        once=sum(each.won for each in pairs), threads=len(threads),
        done=sum(each.won for each in threads),
    )  # fmt: skip


def _tell(waits: list[float], count: Counter[str]) -> None:
    print(
        f"double submits: {count['submits']}; commands taken {count['commands']}, effects "
        f"{count['once']}. Threads of one engine: {count['threads']} acts, {count['done']} done",
        file=sys.stderr,
    )
    waits.sort()
    late = waits[int(len(waits) * 0.999)]
    print(f"p99.9 of an act {late:.2f} s, longest {waits[-1]:.2f} s", file=sys.stderr)


@contextmanager
def unlocked() -> Iterator[None]:
    """Plant an engine that looks at the dossier without taking it."""

    def begins(connection: Connection) -> None:
        driver: Any = connection.connection.dbapi_connection
        driver.execute("BEGIN")

    with replaced(load, "lock", load.dossier), replaced(sqlite, "begin", begins):
        yield


FIGURES = (
    Figure(
        "operators-sqlite", Sizes(230, 1_000, 10_000, 1_000_000), 61, on_sqlite(measure),
        zero(*COUNTS), unlocked,
    ),
    Figure(
        "operators-postgresql", Sizes(230, 500, 5_000, 1_000_000), 62, on_postgresql(measure),
        zero(*COUNTS), unlocked,
    ),
)  # fmt: skip
