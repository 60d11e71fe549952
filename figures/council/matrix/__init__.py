"""The matrix of rights: every act by everybody in every state, through library and command line.

What the engine says of a cell is held against a table written by hand (`table`, `standing`,
`relations`): allowed, or the code of every reason. The library is asked twice, by the act itself,
undone, and by what it foresees; the command line in process, with `--dry-run`; a drawn few as
processes of their own.
"""

import io
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout

from figures.council.matrix.commands import words
from figures.council.matrix.office import NOW, Matrix, by_of, named
from figures.council.matrix.relations import CELLS, Cell, Expected, answer, one_sided
from figures.council.matrix.table import SEATED
from figures.fault import replaced
from figures.figure import Outcome, Progress
from thidua.bootstrap import Desk
from thidua.cli import run
from thidua.workflow.acts import pause
from thidua.workflow.procedure import Right

WHOLE = len(CELLS)
PROCESSES = 60
"""One cell in so many is typed in a process of its own."""


def drawn(size: int, turn: int) -> list[Cell]:
    """The cells of a run, all in the same drawn order; runs one after another take every one."""
    shuffled = random.Random(46).sample(CELLS, WHOLE)  # noqa: S311 -- an order, no secret
    start = size * turn % WHOLE
    return [*shuffled[start : start + size], *shuffled[: max(0, start + size - WHOLE)]]


def measure(url: str, size: int, _chance: random.Random, progress: Progress) -> Outcome:
    """How many cells differ from the table, asked of the library in both ways; how many acts the
    table does not show both allowed and refused (`one_sided`).
    """
    matrix, seen = Matrix.new(url), Counter[str](one_sided=len(one_sided()))
    cells = drawn(min(size, WHOLE), progress.turn)
    for number, cell in enumerate(cells):
        right, foreseen = answer(cell), matrix.foreseen(cell)
        seen["library"] += not right.fits(matrix.tried(cell))
        seen["foreseen"] += foreseen is not None and not right.fits(foreseen)
        progress(number, len(cells))
    matrix.close()
    return Outcome(len(cells), dict(seen))


def measure_typed(url: str, size: int, chance: random.Random, progress: Progress) -> Outcome:
    """The same of the command line; what it has no word for counts as asked and is not."""
    matrix, desk, seen = Matrix.new(url), Desk(), Counter[str]()
    cells = drawn(min(size, WHOLE), progress.turn)
    spawned = set(chance.sample(range(len(cells)), -(-len(cells) // PROCESSES)))
    for number, cell in enumerate(cells):
        said, right = said_for(matrix, cell), answer(cell)
        if said is not None:
            seen["typed"] += not _fits(right, cell, typed(matrix, desk, cell, said))
            if number in spawned:
                seen["process"] += not _fits(right, cell, _spawned(matrix, cell, said))
        progress(number, len(cells))
    matrix.close()
    return Outcome(len(cells), dict(seen))


def _fits(right: Expected, cell: Cell, told: frozenset[str]) -> bool:
    """Whether the command line may say so: it first asks whose a round's seat is, and of a round
    nobody steps back.
    """
    seat_first = cell.act in SEATED and told == {"not-your-seat"} and "recused" in right.may
    return right.fits(told) or seat_first


def said_for(matrix: Matrix, cell: Cell) -> list[str] | None:
    """What is typed for a cell, with for whom and on what paper."""
    if cell.who == "engine":
        return None
    with matrix.engine.connect() as db:
        said = words(cell, named(cell.place, cell.pause), matrix.desk(db, cell))
        command = matrix.command(db, cell)
        db.rollback()
    if said is None:
        return None
    by = by_of(cell)
    whom = [] if by.for_ is None else ["--as", by.for_]
    paper = ["--paper-number", "3"] if command.ground and "--paper-number" not in said else []
    return [*said, *whom, *paper, "--dry-run", "--now", NOW.isoformat()]


def _environment(matrix: Matrix, cell: Cell) -> dict[str, str]:
    return {"THIDUA_TEST_CLOCK": "1", "THIDUA_LANG": "vi", "THIDUA_DATABASE": matrix.url,
            "THIDUA_KEYS": str(matrix.folder), "THIDUA_OPERATOR": by_of(cell).actor}  # fmt: skip


def typed(matrix: Matrix, desk: Desk, cell: Cell, said: Sequence[str]) -> frozenset[str]:
    """The codes that the command line answers with, in this process."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run(said, desk=desk, environment=_environment(matrix, cell))
    return _codes(code, err.getvalue())


def _spawned(matrix: Matrix, cell: Cell, said: Sequence[str]) -> frozenset[str]:
    environment = {**os.environ, **_environment(matrix, cell)}
    done = subprocess.run(  # noqa: S603 -- words of our own
        [sys.executable, "-m", "thidua", *said], env=environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    return _codes(done.returncode, done.stderr)


def _codes(code: int, err: str) -> frozenset[str]:
    """The codes at the ends of the lines; a failure without any is one of its own."""
    lines = (line.rstrip() for line in err.splitlines())
    codes = frozenset(line.rpartition("[")[2][:-1] for line in lines if line.endswith("]"))
    return codes or (frozenset() if code == 0 else frozenset((f"exit-{code}",)))


@contextmanager
def unchecked() -> Iterator[None]:
    """Lets anybody pause a dossier and let it go on."""
    with replaced(pause, "require_act", lambda _draft, _act: Right()):
        yield
