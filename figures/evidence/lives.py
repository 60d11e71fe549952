"""Lives that an office plays by chance, and what the second verifier says of them."""

import random
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy.engine import Connection

from thidua import Thidua
from thidua.definitions import shipped
from thidua.evidence import thidua_verify
from thidua.evidence.export import export
from thidua.testing.moves import Moves
from thidua.testing.office import Office
from thidua.tree import checkpoint
from thidua.workflow.errors import ThiduaError

Until = Callable[[Office, str], bool]

LONGEST = 14
"""Steps after which a life is left where it is."""

PLAYED = tuple(name for name in sorted(shipped()) if name != "commemorative-medal")
"""Shipped procedures that can be played without an office's own values."""


def live(
    office: Office, chance: random.Random, steps: int = LONGEST, until: Until = lambda *_: False
) -> str:
    """A dossier that chance moves on, seldom to an early end, `until` it is where it is wanted; its
    id.
    """
    dossier = office.propose()
    for _ in range(steps):
        moves = [*Moves(office, dossier)]
        ended = not moves or office.procedure.states[office.state(dossier)].final
        if ended or until(office, dossier):
            break
        ends = {t.trigger for t in office.procedure.transitions
                if office.procedure.states[t.dest].final} | {"withdraw"}  # fmt: skip
        kept = [move for move in moves if move.act not in ends] or moves
        move = chance.choice(kept if chance.random() < 0.9 else moves)
        tried(office, move.do)
    return dossier


def tried(office: Office, do: Callable[[], object]) -> bool:
    """Whether it could be done; what could not leaves nothing behind."""
    point = office.db.begin_nested()
    try:
        do()
    except (ThiduaError, AssertionError, StopIteration):
        point.rollback()
        return False
    point.commit()
    return True


def rooted(db: Connection, wf: Thidua) -> None:
    """Give every event its leaf and the tree a checkpoint, as whoever owns the database can."""
    checkpoint(db, wf)


@dataclass
class Offices:
    """An office for each procedure, made when it is first asked for."""

    made: dict[str, Office] = field(default_factory=dict)
    _stack: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._stack.close()

    def of(self, name: str) -> Office:
        """The office of a procedure."""
        if name not in self.made:
            self.made[name] = self._stack.enter_context(Office(shipped()[name]))
        return self.made[name]


def judged(db: Connection, wf: Thidua, file: Path, only: str | None = None) -> thidua_verify.Court:
    """What the second verifier makes of an export; `only` of one dossier."""
    lines = export(db, wf, dossiers=None if only is None else [only], values=True)
    file.write_text("".join(lines), encoding="utf-8")
    return thidua_verify.judged(str(file))
