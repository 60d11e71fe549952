"""sixty-three-…: 63 departments answer at once from 63 processes; the round closes once."""

import multiprocessing
import random
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.synchronize import Barrier
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bench.life import NOW
from figures.database import engine_of
from figures.fault import replaced
from figures.figure import Outcome, Progress
from figures.office import Office
from thidua import Answer, By, Done, Fire, retry
from thidua.workflow.acts import rounds

DEPARTMENTS = 63
KINDS = ("agree", "agree_with_remarks", "no_comment", "disagree")
PATIENCE = 300.0
"""Seconds that a process goes on while the database is busy."""

_FORK = multiprocessing.get_context("fork")


def measure(url: str, size: int, chance: random.Random, progress: Progress) -> Outcome:
    """So many rounds over one dossier, each answered by 63 processes that start together.

    `lost` are answers acknowledged whose words are not in the records, or said otherwise; `open`
    rounds not closed when all had answered; `twice` closes beyond the first of a round;
    `failed` processes that were told anything but that it was done; `broken` what does not hold
    together in the journal.
    """
    office, count = Office.new(url, departments=DEPARTMENTS), Counter[str]()
    for n in range(size):
        dossier = f"s-{n:05}"
        office.propose(dossier)
        office.act(dossier, Fire("consult"))
        said = {f"d{k}": (chance.choice(KINDS), f"{n}-{k}") for k in range(DEPARTMENTS)}
        count["failed"] += _answered(office, dossier, said)
        count.update(judged(office, dossier, said))
        progress(n, size)
    names = ("lost", "open", "twice", "failed", "broken")
    return Outcome(size, {name: count[name] for name in names})


def _answered(office: Office, dossier: str, said: dict[str, tuple[str, str]]) -> int:
    """Let everybody answer at the same moment; how many were not told that it was done."""
    office.engine.dispose()
    start = _FORK.Barrier(len(said))
    processes = [
        _FORK.Process(target=_answer, args=(office.url, start, dossier, actor, *words))
        for actor, words in said.items()
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return sum(process.exitcode != 0 for process in processes)


def _answer(url: str, start: Barrier, dossier: str, actor: str, kind: str, note: str) -> None:
    office = Office(url, engine_of(url), Office.at(url).wf)

    def fn(db: Connection) -> Done:
        command = Answer("opinions", kind, note=note)
        return office.wf.act(db, dossier, command, by=By(actor), command_id=actor, now=NOW)

    start.wait()
    try:
        retry(office.engine, fn, seconds=PATIENCE)
    except Exception as error:
        print(f"{actor}: {error!r}", file=sys.stderr)
        sys.exit(1)


def judged(office: Office, dossier: str, said: dict[str, tuple[str, str]]) -> Counter[str]:
    """What went wrong in one round, read from rows and journal and counted by hand."""
    t, count = office.wf.tables, Counter[str]()
    with office.reading() as db:
        mine = (t.line.c.dossier_id == dossier) & (t.line.c.name == "opinions")
        lines = list(db.execute(select(t.line).where(mine)).mappings())
        opinion = select(t.opinion).where(t.opinion.c.dossier_id == dossier)
        rows = list(db.execute(opinion).mappings())
    kept: dict[str, list[str]] = {}
    for row in rows:
        kept.setdefault(row["seat"].partition("@")[2], []).append(row["kind"])
    count["lost"] = sum(kept.get(actor) != [kind] for actor, (kind, _) in said.items())
    count["open"] = sum(line["closed_n"] is None for line in lines) + (len(lines) != 1)
    closes = sum(_closes(body) for body in office.bodies(dossier))
    count["twice"] = max(0, closes - 1)
    count["broken"] = office.problems(dossier)
    return count


def _closes(body: dict[str, Any]) -> int:
    """How many lines an event closes."""
    return sum(row[3] is not None for row in body.get("lines", ()))


@contextmanager
def deaf() -> Iterator[None]:
    """Plant a round that does not see that the last answer is in."""
    with replaced(rounds, "_complete", lambda *_: False):
        yield
