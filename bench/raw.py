"""The limits: the same statements on the raw driver, without the engine around them."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy.engine import Connection

from bench.life import steps
from thidua import Thidua
from thidua.ids import new_id
from thidua.storage.script import Pen, Statement


@dataclass(frozen=True, slots=True)
class Sent:
    """One statement as it reached the driver."""

    text: str
    arguments: Any
    many: bool
    writes: bool


Recorded = list[list[Sent]]


@contextmanager
def listening(sent: list[Sent]) -> Iterator[None]:
    """Note every statement of the write path while it runs."""
    run, run_many, raw = Pen.run, Pen.run_many, Pen.raw

    def heard(pen: Pen, s: Statement, values: Any) -> Any:
        writes = s.text.startswith(("INSERT", "UPDATE")) and s.name not in ("lock", "begin")
        sent.append(Sent(s.text, s.arguments(values), many=False, writes=writes))
        return run(pen, s, values)

    def heard_many(pen: Pen, s: Statement, values: Any) -> None:
        if len(values) > 1:
            sent.append(Sent(s.text, [s.arguments(v) for v in values], many=True, writes=True))
        run_many(pen, s, values)

    def heard_raw(pen: Pen, text: str) -> None:
        sent.append(Sent(text, None, many=False, writes=False))
        raw(pen, text)

    Pen.run, Pen.run_many, Pen.raw = heard, heard_many, heard_raw  # type: ignore[method-assign]  # heard for one life
    try:
        yield
    finally:
        Pen.run, Pen.run_many, Pen.raw = run, run_many, raw  # type: ignore[method-assign]  # heard for one life


def record(db: Connection, wf: Thidua) -> tuple[str, Recorded]:
    """One life's statements, a list a commit, and the id of its dossier."""
    dossier = new_id()
    lived: Recorded = []
    for step in steps(wf, dossier):
        sent: list[Sent] = []
        with listening(sent):
            step(db)
        db.commit()
        lived.append(sent)
    return dossier, lived


def renamed(lived: Recorded, old: str, *, only_writes: bool) -> Recorded:
    """The same life of another dossier; made before the clock starts."""
    new = new_id()

    def swap(value: Any) -> Any:
        if isinstance(value, str):
            return value.replace(old, new)
        if isinstance(value, dict):
            return {k: swap(v) for k, v in value.items()}
        return [swap(v) for v in value] if isinstance(value, list | tuple) else value

    kept = [[s for s in step if s.writes or not only_writes] for step in lived]
    return [[Sent(s.text, swap(s.arguments), s.many, s.writes) for s in step] for step in kept]


def replay(driver: Any, life: Recorded, begin: str | None) -> None:
    """Send a life's statements, one commit a step."""
    cursor = driver.cursor()
    for step in life:
        if begin:
            cursor.execute(begin)
        for sent in step:
            _send(cursor, sent)
        driver.commit()


def _send(cursor: Any, sent: Sent) -> None:
    if sent.many:
        cursor.executemany(sent.text, sent.arguments)
    elif sent.arguments is None:
        cursor.execute(sent.text)
    else:
        cursor.execute(sent.text, sent.arguments)
    if cursor.description is not None and not sent.many:
        cursor.fetchall()


def work_by_hand(life: Recorded) -> None:
    """What the journal costs anyone: the canonical bytes and their hash, once an event."""
    for step in life:
        for sent in step:
            if "_event" in sent.text and sent.writes:
                text = json.dumps(sent.arguments, sort_keys=True, ensure_ascii=False, default=str)
                hashlib.sha256(text.encode()).hexdigest()
