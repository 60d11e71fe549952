"""replay: what earlier releases wrote, and what is played now, comes to the same state again."""

import random
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from figures.evidence.corpus import RELEASES, brought_up
from figures.evidence.writers import LIFE, Step
from figures.fault import replaced
from figures.figure import Figure, Outcome, Progress, Sizes, Verdict
from figures.office import Office
from thidua import Thidua
from thidua.verify import verify
from thidua.workflow import replay
from thidua.workflow.chain import Stored, read

BAD = ("differences", "broken")
SAME = ("state", "version", "count", "pause")


def measure(size: int, chance: random.Random, progress: Progress) -> Outcome:
    """The dossiers of every release's corpus, and as many played to a random act as are missing.

    `differences` are dossiers whose journal does not come to their row; `broken` what `verify`
    finds in the corpus brought to today's schema.
    """
    counted, seen = Counter[str](), 0
    for release in RELEASES:
        with brought_up(release) as (db, wf):
            seen += _compare(db, wf, counted)
            counted["broken"] += len(verify(db, wf))
    with tempfile.TemporaryDirectory(prefix="thidua-replay-") as folder:
        office = Office.new(f"sqlite:///{Path(folder) / 'thidua.db'}")
        for n in range(max(size - seen, 1)):
            _play(office, n, chance.randrange(1, len(LIFE) + 1))
            progress(seen + n + 1, size)
        with office.reading() as db:
            seen += _compare(db, office.wf, counted)
    sums = {**{name: float(counted[name]) for name in BAD}, "releases": float(len(RELEASES))}
    return Outcome(seen, sums)


def judge(outcome: Outcome) -> Verdict:
    """Nothing differs; of how many releases is told."""
    counts = {name: int(outcome.sums.get(name, 0)) for name in BAD}
    value = " ".join(f"{name}={count}" for name, count in counts.items())
    return Verdict(f"{value} releases={len(RELEASES)}", "0/0", not any(counts.values()))


@contextmanager
def forgetful() -> Iterator[None]:
    """Plant a replay that does not know what a hold is."""
    rebuild = replay.rebuild

    def without(stream: str, facts: Sequence[Any]) -> Any:
        return rebuild(stream, [each for each in facts if each.body["act"] != "hold"])

    with replaced(replay, "rebuild", without):
        yield


def _play(office: Office, number: int, acts: int) -> None:
    for at in range(number * len(LIFE), number * len(LIFE) + acts):
        with office.engine.begin() as db:
            Step(0, at).take(office.wf, db)


def _compare(db: Connection, wf: Thidua, counted: Counter[str]) -> int:
    dossiers = db.execute(select(wf.tables.dossier)).mappings().all()
    for row in dossiers:
        reading = read(row["id"], row["count"], row["head"], _stored(db, wf, row["id"]))
        found = replay.rebuild(row["id"], reading.facts)
        told = {name: getattr(found.dossier, name) for name in SAME}
        same = told == {name: row[name] for name in SAME}
        counted["differences"] += bool(reading.faults or found.faults) or not same
    return len(dossiers)


def _stored(db: Connection, wf: Thidua, stream: str) -> list[Stored]:
    e, p = wf.tables.event, wf.tables.event_private
    both = e.outerjoin(p, (p.c.stream == e.c.stream) & (p.c.n == e.c.n))
    columns = (e.c.n, e.c.body, e.c.hash, e.c.command_id, p.c.body.label("private"))
    query = select(*columns).select_from(both).where(e.c.stream == stream).order_by(e.c.n)
    return [Stored(**row) for row in db.execute(query).mappings()]


FIGURES = (Figure("replay", Sizes(1, 100, 400, 1_000), 66, measure, judge, forgetful),)
