"""The matrix of rights: every act by everybody in every state, through library and command line.

What the engine says of a cell is held against a table written by hand (`matrix_table`): allowed,
or the code of every reason. The library is asked twice, by the act itself, undone, and by what it
foresees; the command line in process, with `--dry-run`; a drawn few as processes of their own.
"""

import io
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout

from figures.council.matrix_office import NOW, Matrix, words
from figures.council.matrix_table import CELLS, Cell, expected
from figures.fault import replaced
from figures.figure import Outcome, Progress
from thidua.bootstrap import Desk
from thidua.cli import run
from thidua.workflow.acts import pause
from thidua.workflow.procedure import Right

WHOLE = len(CELLS)
PROCESSES = 60
"""One cell in so many is asked by a process of its own: a hundred of the whole."""


def measure(url: str, size: int, chance: random.Random, progress: Progress) -> Outcome:
    """So many cells, drawn without repetition, and how many differ from the table on each way."""
    matrix, desk = Matrix.new(url), Desk()
    seen: Counter[str] = Counter()
    cells = chance.sample(CELLS, min(size, WHOLE))
    typed = [cell for cell in cells if cell.who != "engine"]
    spawned = set(chance.sample(typed, min(len(typed), -(-size // PROCESSES))))
    for number, cell in enumerate(cells):
        told = expected(cell)
        seen["library"] += matrix.tried(cell) != told
        seen["foreseen"] += matrix.foreseen(cell) != told
        if (said := _words(matrix, cell)) is not None:
            seen["typed"] += _typed(matrix, desk, cell.who, said) != told
            if cell in spawned:
                seen["process"] += _spawned(matrix, cell.who, said) != told
        progress(number, len(cells))
    matrix.engine.dispose()
    return Outcome(len(cells), dict(seen))


def _words(matrix: Matrix, cell: Cell) -> list[str] | None:
    if cell.who == "engine":
        return None
    with matrix.engine.connect() as db:
        said = words(cell, matrix.desk(db, cell))
        db.rollback()
    return None if said is None else [*said, "--dry-run", "--now", NOW.isoformat()]


def _environment(matrix: Matrix, who: str) -> dict[str, str]:
    return {"THIDUA_TEST_CLOCK": "1", "THIDUA_LANG": "vi", "THIDUA_DATABASE": matrix.url,
            "THIDUA_OPERATOR": who}  # fmt: skip


def _typed(matrix: Matrix, desk: Desk, who: str, said: Sequence[str]) -> frozenset[str]:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run(said, desk=desk, environment=_environment(matrix, who))
    return _codes(code, err.getvalue())


def _spawned(matrix: Matrix, who: str, said: Sequence[str]) -> frozenset[str]:
    environment = {**os.environ, **_environment(matrix, who)}
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
