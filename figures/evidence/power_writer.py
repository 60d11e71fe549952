"""The process whose power is cut: it lives lives on SQLite and keeps papers in a folder.

`python -m figures.evidence.power_writer FOLDER LIVES SYNCHRONOUS`; what is acknowledged is written
to a file there, act by act.
"""

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

from bench.life import NOW, OFFICER
from figures.database import engine_of
from figures.evidence.writers import LIFE, Step
from thidua import Attach, Thidua, retry
from thidua.files import Folder


def main(folder: Path, lives: int, synchronous: str) -> None:
    """Every other life as a long-lived process does it, with its connection held; the others as
    commands do, which close the database after each act.
    """
    papers = Folder(folder / "papers")
    wf = Thidua(files=papers)
    acks = os.open(folder / "acks", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for n in range(lives):
        engine = _engine(f"sqlite:///{folder / 'thidua.db'}", synchronous, keeping=n % 2 == 0)
        say: Callable[..., object] = partial(_say, acks)
        for at in range(n * len(LIFE), (n + 1) * len(LIFE)):
            retry(engine, partial(Step(0, at).take, wf))
            say(Step(0, at).dossier, Step(0, at).command_id)
            if at % len(LIFE) == 0:
                _attach(engine, wf, papers, Step(0, at).dossier, say)
        engine.dispose()


def _attach(
    engine: Engine, wf: Thidua, papers: Folder, dossier: str, say: Callable[..., object]
) -> None:
    content = f"Báo cáo thành tích, hồ sơ {dossier}\n".encode() * 200
    sha256 = papers.keep(content)
    say("paper", sha256)
    command = Attach("report", sha256, len(content), "text/plain", "bao-cao.txt")

    def fn(db: Connection) -> object:
        return wf.act(db, dossier, command, by=OFFICER, command_id="attach", now=NOW)

    retry(engine, fn)
    say(dossier, "attach")


def _engine(url: str, synchronous: str, *, keeping: bool) -> Engine:
    engine = engine_of(url, keeping=keeping)
    if synchronous:
        event.listen(engine, "connect", partial(_loosened, synchronous))
    return engine


def _loosened(synchronous: str, driver: object, _: object) -> None:
    driver.execute(f"PRAGMA synchronous = {synchronous}")  # type: ignore[attr-defined]  # the driver's own connection


def _say(acks: int, *words: str) -> None:
    os.write(acks, f"{' '.join(words)}\n".encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
