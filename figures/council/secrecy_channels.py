"""What leaves the house of a secret vote: its exports, its backups, and what the program logs."""

import io
import logging
import re
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine

from figures.council.secrecy_attacks import (
    SEAT,
    WORDS,
    Attacks,
    Guess,
    Loot,
    most,
    paired,
    ranked,
    runs,
    telling,
    words,
)
from thidua import Thidua
from thidua.backup import backup, one_moment
from thidua.evidence.export import export

READ = ("export", "backup", "log")
"""Channels with words in them; `archive` is the backup as it lies on the disk."""

NUMBER = re.compile(rb"(?<![0-9a-f])m[0-9]+")


@contextmanager
def logged() -> Iterator[list[str]]:
    """All that programs log while inside, down to DEBUG, as a log file would have it."""
    lines: list[str] = []
    root = logging.getLogger()
    level, handler = root.level, _Kept(lines)
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield lines
    finally:
        root.setLevel(level)
        root.removeHandler(handler)


class _Kept(logging.Handler):
    def __init__(self, lines: list[str]) -> None:
        super().__init__()
        self._lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line, and the error with it."""
        self._lines.append(f"{record.name} {record.levelname} {record.getMessage()}")
        if record.exc_info:
            self._lines += traceback.format_exception(*record.exc_info)


def copies(engine: Engine, wf: Thidua, lines: list[str], now: datetime) -> dict[str, bytes]:
    """What each channel has given away so far."""
    with one_moment(engine) as db:
        exported = "".join(export(db, wf, values=True)).encode()
    with TemporaryDirectory(prefix="thidua-secrecy-") as folder:
        file = Path(folder) / "backup.zip"
        backup(engine, wf, file, now=now)
        archive = file.read_bytes()
    with zipfile.ZipFile(io.BytesIO(archive)) as parts:
        rows = b"".join(parts.read(name) for name in sorted(parts.namelist()))
    log = "\n".join(lines).encode()
    return {"export": exported, "backup": rows, "archive": archive, "log": log}


def words_added(loot: Loot, channel: str) -> Guess:
    """The word that a vote added oftener than votes usually do."""
    said = [words(after) for after in loot.copies(channel)]
    added = [{w: b[w] - a[w] for w in WORDS} for a, b in pairwise(said)]
    usual = {w: sum(each[w] for each in added) / len(added) for w in WORDS}
    return most(loot, [{w: each[w] - usual[w] for w in WORDS} for each in added])


def lengths_added(loot: Loot, channel: str) -> Guess:
    """How much a vote added, all seats' names taken for equally long."""
    lengths = [len(NUMBER.sub(b"m", copy)) for copy in loot.copies(channel)]
    return ranked(loot, [b - a for a, b in pairwise(lengths)])


def place_of_words(loot: Loot, channel: str) -> Guess:
    """Words by their place after the count: the last run of them that makes up the result."""
    tally = Counter(loot.published)
    fitting = [run for run in runs(loot.channels[-1][channel]) if Counter(run) == tally]
    return paired(loot.order, fitting[-1]) if fitting else {}


def place_of_seats(loot: Loot, channel: str) -> Guess:
    """Voters by where they are named last after the count."""
    named = [each.decode() for each in SEAT.findall(loot.channels[-1][channel])]
    last = {seat: n for n, seat in enumerate(named) if seat in loot.order}
    return paired(sorted(last, key=lambda seat: last[seat]), loot.published)


def place_of_slips(loot: Loot, channel: str) -> Guess:
    """Sealed slips by their place before the count; whose they are, other copies tell."""
    copy = loot.channels[-2][channel]
    places = {slip: copy.find(slip.encode()) for slip in loot.own}
    slips = sorted((slip for slip in places if places[slip] >= 0), key=lambda slip: places[slip])
    return paired((loot.own[slip] for slip in slips), loot.published)


def lines_that_tell(loot: Loot, channel: str) -> Guess:
    """A line that names a seat and one choice."""
    return telling(loot, loot.channels[-1][channel].splitlines())


def _through(*attacks: Callable[..., Guess], channels: Iterable[str]) -> Attacks:
    return {f"{attack.__name__}_{channel}": partial(attack, channel=channel)
            for attack in attacks for channel in channels}  # fmt: skip


AT_THE_COUNT = _through(
    place_of_words, place_of_seats, place_of_slips, lines_that_tell, channels=READ
)
"""Need what channels gave away before and after the count."""

BY_VOTE = {
    **_through(words_added, channels=READ),
    **_through(lengths_added, channels=(*READ, "archive")),
}
"""Need what they gave away after each vote."""
