"""Runs the clock and the sender in processes and kills them: `killer.py URL FOLDER KILLS SEED`.

Each process is forked from this one, which never opens the database, and starts ten minutes of
its own clock after the one before, so that the leases of the dead have ended. The last one is
not killed. Each mail handed over is a line in FOLDER/sent.log: its Message-ID and recipient.
"""

import os
import random
import signal
import sys
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine

from thidua import Thidua
from thidua.clock import run_clock
from thidua.definitions import load
from thidua.definitions.calendars import load_calendar
from thidua.notifiers.folder import EmlFolder
from thidua.notifiers.letter import Address
from thidua.notifiers.render import Office
from thidua.notifiers.sandbox import check_templates
from thidua.outbox import Post
from thidua.rhythm import AT_ONCE
from thidua.sender import Sender, Sent
from thidua.sqlite import sqlite_engine

DUE_AT = datetime.fromisoformat("2018-08-08T01:00:00+00:00")
SOON = timedelta(milliseconds=20)


class Noted(EmlFolder):
    """The folder, and a line in a log for every letter it took."""

    def send(self, letter: Any, at: datetime) -> None:
        super().send(letter, at)
        line = f"{letter.message_id} {letter.to[0].mailbox}\n"
        with (self.path / "sent.log").open("a") as log:
            log.write(line)


class UntilQuiet:
    """Ends the clock after a round in which nothing was made or sent."""

    def __init__(self, sender: Sender, over: threading.Event) -> None:
        self.sender, self.over = sender, over

    def run(self, stop: Any) -> None:
        if self.sender.run(stop) == Sent():
            self.over.set()


def work(url: str, folder: Path, number: int) -> None:
    began = time.monotonic()
    start = DUE_AT + timedelta(minutes=10) * number
    engine = sqlite_engine(url) if url.startswith("sqlite") else create_engine(url)
    wf = Thidua(clock=lambda: start + timedelta(seconds=time.monotonic() - began))
    wf.shelf.put(PROCEDURE)
    over = threading.Event()
    post = Post(Noted(folder), Address("", "office@example.org"), Office("Văn phòng"),
                rhythm=AT_ONCE)  # fmt: skip
    mailman = UntilQuiet(Sender(engine, wf, post), over)
    run_clock(engine, wf, sender=mailman, every=SOON, stop=over)


def let_live(chance: random.Random, log: Path, *, by_mails: bool) -> None:
    """Some milliseconds, mostly too few for the first mail; or until a few mails were sent."""
    if by_mails:
        goal, end = sent(log) + chance.randint(1, 6), time.monotonic() + 5
        while sent(log) < goal and time.monotonic() < end:
            time.sleep(0.002)
    time.sleep(chance.uniform(0, 0.01) if by_mails else chance.uniform(0.02, 0.1))


def sent(log: Path) -> int:
    return len(log.read_bytes().splitlines()) if log.exists() else 0


def main(url: str, folder: str, kills: int, seed: int) -> None:
    chance = random.Random(seed)
    for number in range(kills + 1):
        child = os.fork()
        if child == 0:
            work(url, Path(folder), number)
            os._exit(0)
        if number < kills:
            let_live(chance, Path(folder) / "sent.log", by_mails=bool(number % 2))
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


if __name__ == "__main__":
    PROCEDURE = load(Path(__file__).with_name("round.yaml").read_text(encoding="utf-8"), "round")
    load_calendar(PROCEDURE.calendar)
    check_templates()
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
