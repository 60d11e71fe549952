"""Every act on a dossier and every change of a register, once, in one database."""

from itertools import chain
from pathlib import Path

from figures.evidence.crash_registers import chains
from figures.evidence.crash_stage import Stage


def play(path: Path) -> Stage:
    """The office whose use cases the failpoints go through, with all of them done."""
    stage = Stage.new(f"sqlite:///{path}")
    for case in chain.from_iterable(chains()):
        case.before(stage)
        with stage.engine.begin() as db:
            case.do(stage, db)
    return stage
