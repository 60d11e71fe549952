"""tamper: no change of a stored life by SQL goes undetected."""

import multiprocessing
import random
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from figures.core.forgery import Forgery, forgeries, in_turns
from figures.core.whole_life import DOSSIER, live
from figures.fault import replaced
from figures.figure import Outcome, Progress
from figures.office import Office
from thidua.storage import difference, triggers
from thidua.verify import verify
from thidua.workflow import chain

SHARES = 2
"""Processes, as many as the machine that the sizes are for has cores."""


def measure(url: str, size: int, chance: random.Random, progress: Progress) -> Outcome:
    """So many changes, each alone and undone again, shared by processes with a copy each.

    `undetected` are those that `verify` passes, `crashed` those at which it falls over instead of
    naming what is wrong. Changes that the database itself refuses are not counted.
    """
    office = Office.new(url)
    live(office)
    if office.problems():
        return Outcome(0, why="the life does not verify before it is changed")
    seed = chance.randrange(1 << 32)
    shares = [Share(url, size, seed, each, progress) for each in range(SHARES)]
    with multiprocessing.get_context("fork").Pool(SHARES) as pool:
        count = sum(pool.map(_changed, shares), Counter[str]())
    made = count["seen"] + count["undetected"] + count["crashed"]
    return Outcome(made, {name: count[name] for name in ("undetected", "crashed")})


@dataclass(frozen=True, slots=True)
class Share:
    """Every so many-th change of the same drawn order, on a copy of the database."""

    url: str
    size: int
    seed: int
    first: int
    progress: Progress


def _changed(share: Share) -> Counter[str]:
    """What became of each change of a share."""
    origin = Path(share.url.removeprefix("sqlite:///"))
    copy = origin.with_name(f"copy-{share.first}.db")
    shutil.copy(origin, copy)
    office, count = Office.at(f"sqlite:///{copy}"), Counter[str]()
    chance = random.Random(share.seed)  # noqa: S311 -- draws changes, keeps no secret
    with office.engine.connect() as db:
        triggers.drop(db, None, "td_")  # whoever has the file may change its schema
        places = in_turns(forgeries(db, office.wf.tables), chance)
        for n, forgery in enumerate(islice(places, share.size)):
            if n % SHARES == share.first:
                count[_tried(db, office, forgery, chance)] += 1
            if share.first == 0:
                share.progress(n, share.size)
        db.rollback()
    return count


def _tried(db: Connection, office: Office, forgery: Forgery, chance: random.Random) -> str:
    """What became of a change; "not taken" when the database itself refuses it."""
    savepoint = db.begin_nested()
    came = "seen"
    try:
        forgery.make(db, chance)
        only = DOSSIER if forgery.stream == DOSSIER else None
        came = "seen" if verify(db, office.wf, dossier_id=only) else "undetected"
    except IntegrityError:
        came = "not taken"
    except Exception as error:
        came = "crashed"
        print(f"crashed: {forgery.where}: {type(error).__name__}", file=sys.stderr)
    savepoint.rollback()
    if came == "undetected":
        print(f"undetected: {forgery.where}", file=sys.stderr)
    return came


@contextmanager
def blind() -> Iterator[None]:
    """Plant a check that takes every hash for right and every row for what was told."""
    hashes = replaced(chain, "_is_hashed", lambda _: True)
    with hashes, replaced(difference, "_same", lambda *_: True):
        yield
