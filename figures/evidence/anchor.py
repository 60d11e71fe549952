"""anchor: no entry changed and chained anew agrees with a checkpoint that was kept outside."""

import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from time import perf_counter
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.engine import Connection

from figures.core.whole_life import live
from figures.fault import replaced
from figures.figure import Figure, Outcome, Progress, Sizes, zero
from figures.office import Office
from thidua import checkpoint, verify_tree
from thidua.storage import journal, triggers
from thidua.verify_tree import Held
from thidua.workflow.chain import Stored, read
from thidua.workflow.journal import canonical, event_hash
from thidua.workflow.note import read as read_anchor

Bodies = list[dict[str, Any]]
Attack = Callable[[Bodies, random.Random], Bodies]
Stream = tuple[Table, str]


def measure(size: int, chance: random.Random, progress: Progress) -> Outcome:
    """So many attacks, each alone and undone again, on one life by whoever owns its database.

    Each changes a stream, chains it anew with count and head, and does what it likes to leaves
    and checkpoints. `undetected` are those that neither the chains nor the tree show, `clumsy`
    those that the chains show, which would prove nothing about the tree.
    """
    count, spent, leaves = Counter[str](), 0.0, 0
    with tempfile.TemporaryDirectory() as folder:
        office = Office.new(f"sqlite:///{Path(folder) / 'anchor.db'}")
        live(office)
        with office.engine.connect() as db:
            kept = checkpoint(db, office.wf)
            if kept is None or verify_tree.verify_tree(db, office.wf).faults:
                return Outcome(0, why="the tree does not hold before it is attacked")
            anchor = read_anchor(kept.note())
            triggers.drop(db, None, "td_")
            for n in range(size):
                savepoint = db.begin_nested()
                stream = _attacked(db, office, n, chance)
                began = perf_counter()
                held = verify_tree.verify_tree(db, office.wf, anchors=[anchor])
                spent, leaves = spent + perf_counter() - began, leaves + held.leaves
                count["undetected"] += not held.faults
                count["clumsy"] += not _is_chained(db, office, stream)
                savepoint.rollback()
                progress(n + 1, size)
            db.rollback()
        office.engine.dispose()
    print(f"anchor: {leaves / spent:.0f} leaves/s", file=sys.stderr)
    return Outcome(size, {name: count[name] for name in ("undetected", "clumsy")})


def _attacked(db: Connection, office: Office, n: int, chance: random.Random) -> Stream:
    """Attack a stream that chance names, the kinds in turns."""
    t = office.wf.tables
    owners = [
        (kind.owner, key)
        for kind in journal.kinds(t)
        for key in db.execute(select(kind.owner.c.id).where(kind.owner.c.count > 0)).scalars()
    ]
    attack = ATTACKS[n % len(ATTACKS)]
    long = [each for each in owners if len(_rows(db, office, each[1])) > 1]
    stream = chance.choice(owners if attack is _edited else long)
    rows = _rows(db, office, stream[1])
    bodies = attack([json.loads(row["body"]) for row in rows], chance)
    _write(db, office, stream, bodies, [row["leaf"] for row in rows])
    COVERS[chance.randrange(len(COVERS))](db, office)
    return stream


def _rows(db: Connection, office: Office, stream: str) -> list[Any]:
    e = office.wf.tables.event
    return list(db.execute(select(e).where(e.c.stream == stream).order_by(e.c.n)).mappings())


def _edited(bodies: Bodies, chance: random.Random) -> Bodies:
    place = chance.randrange(len(bodies))
    bodies[place] |= {"by": f"somebody-{chance.randrange(1000)}"}
    return bodies


def _deleted(bodies: Bodies, chance: random.Random) -> Bodies:
    del bodies[chance.randrange(len(bodies))]
    return bodies


def _swapped(bodies: Bodies, chance: random.Random) -> Bodies:
    place = chance.randrange(len(bodies) - 1)
    bodies[place], bodies[place + 1] = bodies[place + 1], bodies[place]
    return bodies


def _cut(bodies: Bodies, chance: random.Random) -> Bodies:
    return bodies[: chance.randrange(1, len(bodies))]


def _added(bodies: Bodies, chance: random.Random) -> Bodies:
    # Not behind the last: what comes after a checkpoint is not what it speaks of.
    place = chance.randrange(len(bodies) - 1)
    return [*bodies[: place + 1], dict(bodies[place]), *bodies[place + 1 :]]


ATTACKS: tuple[Attack, ...] = (_edited, _deleted, _swapped, _cut, _added)


def _write(
    db: Connection, office: Office, stream: Stream, bodies: Bodies, leaves: list[int]
) -> None:
    """Chain the bodies anew and put them in the place of the stream."""
    owner, key = stream
    e, head = office.wf.tables.event, ""
    db.execute(e.delete().where(e.c.stream == key))
    for n, body in enumerate(bodies, 1):
        sealed = canonical(body | {"n": n, "prev": head, "command": None})
        head = event_hash(sealed)
        leaf = leaves[n - 1] if n <= len(leaves) else None
        row = {"stream": key, "n": n, "body": sealed, "hash": head, "leaf": leaf}
        db.execute(e.insert().values(row))
    db.execute(owner.update().where(owner.c.id == key).values(count=len(bodies), head=head))


def _nothing(db: Connection, office: Office) -> None:
    """Leave tree and checkpoints as they are."""


def _checkpoint_anew(db: Connection, office: Office) -> None:
    """Number every event anew, and make the only checkpoint of that."""
    t = office.wf.tables
    db.execute(t.checkpoint.delete())
    db.execute(t.event.update().values(leaf=None))
    checkpoint(db, office.wf)


COVERS = (_nothing, _checkpoint_anew, _checkpoint_anew)


def _is_chained(db: Connection, office: Office, stream: Stream) -> bool:
    """Whether the stream alone looks untouched."""
    owner, key = stream
    told = db.execute(select(owner.c.count, owner.c.head).where(owner.c.id == key)).one()
    rows = _rows(db, office, key)
    events = [Stored(r["n"], r["body"], r["hash"], r["command_id"], None) for r in rows]
    broken = ("event-", "stream-")
    return not any(f.code.startswith(broken) for f in read(key, *told, events).faults)


def treeless() -> AbstractContextManager[object]:
    """Plant a verifier that looks at chains alone."""
    return replaced(verify_tree, "verify_tree", lambda *_, **__: Held(1, 0, None, ()))


FIGURES = (
    Figure(
        "anchor", Sizes(20, 200, 2000, 20_000), 51, measure, zero("undetected", "clumsy"), treeless
    ),
)
