"""Whom a letter is about beside those it names above: a compact list at its foot."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import cast

from thidua.notifiers.digest import NAMED, SHOWN, ranked
from thidua.notifiers.item import Reading

LISTED = 500
"""Dossiers named at the foot, three pages of print; who has more looks them up."""

Listed = Mapping[str, str | None]
"""A dossier as a letter's list has it."""


@dataclass(frozen=True, slots=True)
class Block:
    """Dossiers of one matter of which the same is wanted until the same day.

    `matter_title` is set in a digest, where it is not the letter's own.
    """

    matter_title: str | None
    template: str
    task_title: str | None
    due_on: date | None
    days_left: int | None
    dossiers: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class Annex:
    """The list at the foot: `listed` dossiers in all, and `more` that it leaves out."""

    listed: int
    more: int
    blocks: tuple[Block, ...]


def of_letter(reading: Reading) -> Annex | None:
    """Those beyond the rows of a letter about one thing; none when it shows them all."""
    shown = reading.template.shown
    if shown is None:
        return None
    return _annex([_block(reading, _dossiers(reading)[shown:], titled=False)])


def of_digest(readings: Sequence[Reading]) -> Annex | None:
    """Everybody whom a digest's lines do not name, the most urgent first."""
    order = ranked(readings)
    blocks = [
        _block(each, _dossiers(each)[NAMED if place < SHOWN else 0 :], titled=True)
        for place, each in enumerate(order)
    ]
    return _annex(list(_joined(each for each in blocks if each.dossiers)))


def _joined(blocks: Iterable[Block]) -> Iterator[Block]:
    """Neighbours that differ in their dossiers alone as one."""

    def alike(each: Block) -> tuple[object, ...]:
        return (each.matter_title, each.template, each.task_title, each.due_on)

    for _, same in groupby(blocks, alike):
        first, *others = same
        dossiers = (*first.dossiers, *(one for each in others for one in each.dossiers))
        yield replace(first, dossiers=dossiers)


def _annex(blocks: Sequence[Block]) -> Annex | None:
    total, room, kept = sum(len(each.dossiers) for each in blocks), LISTED, []
    for each in blocks:
        if some := each.dossiers[:room]:
            kept.append(replace(each, dossiers=some))
            room -= len(some)
    return Annex(LISTED - room, total - (LISTED - room), tuple(kept)) if total else None


def _block(reading: Reading, dossiers: Sequence[Listed], *, titled: bool) -> Block:
    values = reading.values
    return Block(
        matter_title=str(values["matter_title"]) if titled else None,
        template=reading.template.name,
        task_title=cast("str | None", values.get("task_title")),
        due_on=cast("date | None", values.get("due_on")),
        days_left=cast("int | None", values.get("days_left")),
        dossiers=tuple(dossiers),
    )


def _dossiers(reading: Reading) -> Sequence[Listed]:
    return cast(Sequence[Listed], reading.values.get("dossiers", ()))
