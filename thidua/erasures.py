"""The list of erasures, kept outside the database: what a restored backup has to lose again."""

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.engine import Connection

from thidua.app import Thidua
from thidua.connection import Db, connection_of
from thidua.files import flush_folder
from thidua.storage import erasing, erasing_people
from thidua.storage.erasing_registers import noun_of
from thidua.storage.schema import Tables
from thidua.workflow.erasure import Redact, meant
from thidua.workflow.errors import Misuse, Refused
from thidua.workflow.paper import Paper
from thidua.workflow.person import By

ACTS = ("redact", "erase_person")
NAME = "erasures.jsonl"
"""The list's name in the folder of keys."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """One erasure without what was erased: of the `parts` of a dossier or a register, or of the
    person `actor`.

    `hash` is its event's, `paper` what of its paper names nobody.
    """

    stream: str
    n: int
    hash: str
    at: str
    basis: str
    parts: tuple[str, ...] = ()
    actor: str | None = None
    number: str | None = None
    symbol: str | None = None
    signed_on: str | None = None

    @property
    def ground(self) -> Paper:
        """The paper it rested on."""
        on = date.fromisoformat(self.signed_on) if self.signed_on else None
        return Paper(number=self.number, symbol=self.symbol, signed_on=on)

    @property
    def command_id(self) -> str:
        """Under which a dossier's is done again: once."""
        return f"again:{self.hash}"


def done(db: Db, t: Tables) -> list[Erasure]:
    """Every erasure in the journal, by stream and number; reads the whole of it."""
    e = t.event.c
    acts = [e.body.contains(f'"act":"{act}"', autoescape=True) for act in ACTS]
    query = select(e.stream, e.n, e.hash, e.body).where(or_(*acts)).order_by(e.stream, e.n)
    rows = ((*row[:3], json.loads(row[3])) for row in connection_of(db).execute(query))
    return [_told(*row) for row in rows if row[3]["act"] in ACTS]


def _told(stream: str, n: int, event: str, body: dict[str, Any]) -> Erasure:
    paper = {name: body.get("paper", {}).get(name) for name in ("number", "symbol", "signed_on")}
    parts = tuple(body.get("parts", ()))
    return Erasure(stream, n, event, body["at"], body["basis"], parts, body.get("actor"), **paper)


def read(path: Path) -> list[Erasure]:
    """A kept list; empty where there is none. `Misuse` ("erasures-unreadable") for other files."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return [Erasure(**{**told, "parts": tuple(told["parts"])})
                for told in map(json.loads, lines)]  # fmt: skip
    except FileNotFoundError:
        return []
    except (KeyError, TypeError, ValueError) as error:
        raise Misuse("erasures-unreadable", file=str(path)) from error


def keep(path: Path, erasures: Iterable[Erasure]) -> int:
    """Add to a kept list what it lacks, and flush it to the disk; how many are in it now."""
    there = read(path)
    known = {each.hash for each in there}
    every = there + [each for each in erasures if each.hash not in known]
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        for each in every:
            file.write(json.dumps(asdict(each), ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    flush_folder(path.parent)
    return len(every)


def undone(db: Db, t: Tables, kept: Sequence[Erasure]) -> list[Erasure]:
    """Those that the database knows nothing of, and whose values it has."""
    connection, e = connection_of(db), t.event.c
    hashes = [each.hash for each in kept]
    again = [each.command_id for each in kept]
    known = or_(e.hash.in_(hashes), e.command_id.in_(again))
    there = {each for row in connection.execute(select(e.hash, e.command_id).where(known))
             for each in row}  # fmt: skip
    left = (each for each in kept if not {each.hash, each.command_id} & there)
    return [each for each in left if _has(connection, t, each)]


def _has(db: Connection, t: Tables, each: Erasure) -> bool:
    if each.actor is not None:
        return erasing_people.is_known(db, t, each.actor)
    return any(meant(name, each.parts) for _, name in erasing.names(db, t, each.stream))


def again(wf: Thidua, db: Db, each: Erasure, *, by: By, now: datetime) -> None:
    """Erase once more what a restored backup brought back, on the paper of then; needs the right.

    `Refused` as the erasure itself, and when the dossier has to be kept as it stands there.
    """
    if each.actor is not None:
        wf.directory.erase(db, each.actor, each.basis, by=by, ground=each.ground, now=now)
        return
    if noun_of(connection_of(db), wf.tables, each.stream) is not None:
        wf.erasure.redact_register(db, each.stream, each.basis, by=by, ground=each.ground,
                                   parts=each.parts, now=now)  # fmt: skip
        return
    command = Redact(each.parts, each.basis, ground=each.ground)
    terms: dict[str, Any] = {"by": by, "now": now, "command_id": each.command_id}
    asked = wf.erasure.redact(db, each.stream, command, **terms)
    if asked.refused is not None:
        raise Refused.because(asked.refused.reasons)
