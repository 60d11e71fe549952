"""The model's acts of erasing, and of refusing to: on which ground, within which period."""

from datetime import date
from typing import Any

from figures.evidence.model import book
from figures.evidence.model.beside import PARTS, meant
from figures.evidence.model.case import Turn


def redact(t: Turn, c: Any) -> None:
    """Values are taken away, here and beside the journal."""
    _asked(t, c)
    if not book.BASES.get(c.basis, True):
        t.why += _must_stay(t)
    gone = {each for each in t.case.beside if meant(each[1], c.parts)}
    t.no("nothing-to-erase", not gone)
    t.stop()
    t.wrote("redact")
    t.case.beside -= gone
    emptied = {name: "" for name in t.case.fields if f"field.{name}" in {each[1] for each in gone}}
    t.change(fields={**t.case.fields, **emptied})


def refuse(t: Turn, c: Any) -> None:
    """It is written down why the values stay."""
    _asked(t, c)
    t.no("erasure-due", book.BASES.get(c.basis, False) or not _must_stay(t))
    t.stop()
    t.wrote("refuse_erasure")


def _asked(t: Turn, c: Any) -> None:
    t.right("redact")
    t.no("ground-missing", c.ground is None)
    for part in c.parts:
        t.no("unknown-part", part not in PARTS and not part.startswith("field."))
    t.no("unknown-basis", c.basis not in book.BASES)


def _must_stay(t: Turn) -> list[str]:
    if not t.world.keeps:
        return ["retention-assumed"]
    (years,) = t.world.keeps
    if years is None or t.case.closed_on is None:
        return ["kept-for-good"]
    return ["kept-until"] if t.today <= date(t.case.closed_on.year + years, 12, 31) else []
