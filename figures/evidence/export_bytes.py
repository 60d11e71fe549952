"""export-bytes: no byte of an export changes what it proves without the second verifier's word."""

import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from figures.core.whole_life import live
from figures.fault import replaced
from figures.figure import Figure, Outcome, Progress, Sizes, zero
from figures.office import Office
from thidua import checkpoint
from thidua.evidence import thidua_verify
from thidua.evidence.export import export

BOUND = {
    "procedure": ("hash", "text"),
    "checkpoint": ("size", "root"),
    "stream": ("id", "count", "head"),
    "event": ("n", "body", "hash", "leaf"),
}
"""What hashes, chains and the tree hold of an export's lines; the rest is told beside it."""

READABLE = bytes(range(0x20, 0x7F))
"""Bytes that a change is likelier to leave readable with."""


def measure(size: int, chance: random.Random, progress: Progress) -> Outcome:
    """So many changes of one byte, place after place in an order of chance, each alone.

    `undetected` are those after which the export proves something else and is judged as it was,
    `crashed` those at which the verifier falls over instead of saying that it cannot read.
    """
    count: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        file, note = Path(folder) / "export.jsonl", Path(folder) / "note.txt"
        whole = _exported(Path(folder), note)
        file.write_bytes(whole)
        if _judged(file, note) != "passed":
            return Outcome(0, why="the export does not hold before it is changed")
        for n, changed in zip(range(size), _changes(whole, chance), strict=False):
            file.write_bytes(changed)
            came = _judged(file, note)
            if came == "passed":
                came = "beside" if _same(changed, whole) else "undetected"
            count[came] += 1
            progress(n + 1, size)
    print(f"export-bytes: {len(whole)} places; {dict(count)}", file=sys.stderr)
    return Outcome(size, {name: count[name] for name in ("undetected", "crashed")})


def _exported(folder: Path, note: Path) -> bytes:
    """The journal of a life in which everything happens, with its values; a checkpoint is kept."""
    office = Office.new(f"sqlite:///{folder / 'life.db'}")
    live(office)
    with office.engine.begin() as db:
        kept = checkpoint(db, office.wf)
        note.write_text(kept.note() if kept is not None else "", encoding="utf-8")
        lines = "".join(export(db, office.wf, values=True))
    office.engine.dispose()
    return lines.encode()


def _changes(whole: bytes, chance: random.Random) -> Iterator[bytes]:
    """Another byte at every place, then at every place again."""
    while True:
        for place in chance.sample(range(len(whole)), len(whole)):
            drawn = READABLE if chance.random() < 0.5 else range(0x100)
            byte = chance.choice([each for each in drawn if each != whole[place]])
            yield b"%b%c%b" % (whole[:place], byte, whole[place + 1 :])


def _judged(file: Path, note: Path) -> str:
    """What the verifier says of a file, as its command does."""
    try:
        court = thidua_verify.judged(str(file))
        thidua_verify.anchored(court, "--checkpoint", str(note))
    except (OSError, ValueError, KeyError, IndexError):
        return "unreadable"
    except Exception as error:
        print(f"crashed: {type(error).__name__}", file=sys.stderr)
        return "crashed"
    return "found" if court.faults else "passed"


def _same(changed: bytes, whole: bytes) -> bool:
    """Whether it proves the same: values may be withheld, but not be others."""
    (bound, values), (bound_before, values_before) = _proved(changed), _proved(whole)
    return bound == bound_before and values <= values_before


def _proved(export: bytes) -> tuple[list[Any], set[Any]]:
    """What is bound in each line, and the values given, by event and name."""
    lines = [json.loads(line) for line in export.decode().splitlines()]
    bound = [
        [line["is"], line.get("of") == "dossier", *map(line.get, BOUND[line["is"]])]
        for line in lines
        if line["is"] in BOUND
    ]
    values = {
        (line["hash"], name, bytes.fromhex(salt), value)
        for line in lines
        if line["is"] == "event"
        for name, (salt, value) in line.get("values", {}).items()
    }
    return bound, values


def believing() -> AbstractContextManager[object]:
    """Plant a second verifier that looks and says nothing."""
    return replaced(thidua_verify.Court, "check", lambda *_: None)


FIGURES = (
    Figure(
        "export-bytes", Sizes(100, 1_000, 10_000, 1_000_000), 73, measure,
        zero("undetected", "crashed"), believing,
    ),
)  # fmt: skip
