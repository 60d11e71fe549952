"""verifier: the second verifier agrees with the engine's on every stream."""

import random
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from time import perf_counter

from sqlalchemy.engine import Connection

from figures.evidence.lives import PLAYED, Offices, judged, live, rooted
from figures.fault import replaced
from figures.figure import Figure, Outcome, Progress, Sizes, zero
from thidua import Thidua, sqlite_engine
from thidua.evidence import thidua_verify
from thidua.verify import verify

CORPORA = Path(__file__).parents[2] / "tests" / "corpus"
LIVES = 8
"""Dossiers of one office."""


def measure(size: int, chance: random.Random, progress: Progress) -> Outcome:
    """Streams of every corpus, then of lives played by chance under the shipped procedures.

    `disagreements` are the streams that one of the two verifiers finds wrong and the other not.
    """
    streams = disagreements = events = 0
    began = perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        for db, wf in _journals(Path(folder), chance):
            court = judged(db, wf, Path(folder) / "export.jsonl")
            ours = {problem.stream for problem in verify(db, wf)}
            theirs = {key for key, _, _ in court.faults}
            disagreements += len(ours ^ theirs)
            streams, events = streams + court.seen["streams"], events + court.seen["events"]
            for key, n, code in court.faults:
                print(f"found by the second only: {key} {n} {code}", file=sys.stderr)
            progress(streams, size)
            if streams >= size:
                break
        spent = _speed(Path(folder) / "export.jsonl")
    seconds = perf_counter() - began
    print(f"verifier: {events} events, {seconds:.0f} s; {spent:.0f} events/s", file=sys.stderr)
    return Outcome(streams, {"disagreements": disagreements})


def _speed(file: Path) -> float:
    """Events the second verifier judges in a second, of the last export."""
    began = perf_counter()
    court = thidua_verify.judged(str(file))
    return court.seen["events"] / (perf_counter() - began)


def _journals(folder: Path, chance: random.Random) -> Iterator[tuple[Connection, Thidua]]:
    for corpus in sorted(CORPORA.glob("v*/thidua.db")):
        copy = shutil.copy(corpus, folder / f"{corpus.parent.name}.db")
        wf, engine = Thidua(), sqlite_engine(f"sqlite:///{copy}")
        with engine.begin() as db:
            wf.migrate(db)
            yield db, wf
        engine.dispose()
    while True:
        for name in PLAYED:
            with Offices() as offices:
                office = offices.of(name)
                for _ in range(LIVES):
                    live(office, chance)
                rooted(office.db, office.wf)
                yield office.db, office.wf


def lenient() -> AbstractContextManager[object]:
    """Plant a second verifier that takes every ballot for passed."""
    return replaced(thidua_verify.Dossier, "outcome", lambda *_: "passed")


FIGURES = (
    Figure("verifier", Sizes(49, 200, 2_000, 20_000), 52, measure, zero("disagreements"), lenient),
)
