"""Erasing personal values: the commands, what each part covers, how long values must be kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from thidua.workflow.command import Command

FIELD = "field."

PARTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "candidate": ("candidate.name", "candidate.person"),
        "fields": (FIELD,),
        "title": ("title",),
        "notes": ("note", "spoke_to", "opinion", "recused.", "excuses", "ground"),
        "documents": ("name", "pages", "enclosed."),
        "signers": ("paper.signer",),
    }
)
"""Which private values of the journal each part takes away; what ends in a dot begins names.

A vote's choice is in no part: a tally must follow from the votes.
"""
OF_DOSSIER = ("candidate", "fields", "notes", "documents", "signers")
OF_REGISTER = ("title", "notes", "documents", "signers")
"""What a dossier has, and what a submission, council, meeting, decision or other register has."""


@dataclass(frozen=True, slots=True)
class Redact(Command):
    """Erase `parts` of a dossier for good: a word of `PARTS`, or one field as `field.NAME`.

    `basis` is one of the declared kinds of legal ground; the paper itself is the ground.
    """

    parts: tuple[str, ...]
    basis: str


@dataclass(frozen=True, slots=True)
class RefuseErasure(Command):
    """Note that an erasure was asked for and refused, because the values must still be kept."""

    parts: tuple[str, ...]
    basis: str


class Keeping(NamedTuple):
    """How long a dossier is kept: under which class, whether an office has confirmed that, and
    until which legal date; None is for ever, or as long as the dossier is under way.
    """

    retention: str
    confirmed: bool
    until_on: date | None


class Erasing(NamedTuple):
    """What an erasure must know: number and name of every private value that is there, the
    declared grounds with whether each holds within the period too, and the period.
    """

    names: tuple[tuple[int, str], ...]
    bases: Mapping[str, bool]
    keeping: Keeping


NOTHING = Erasing((), {}, Keeping("-", confirmed=False, until_on=None))


def is_part(part: str) -> bool:
    """Whether a part is one that a dossier has."""
    return part in OF_DOSSIER or (part.startswith(FIELD) and len(part) > len(FIELD))


def meant(name: str, parts: Iterable[str]) -> bool:
    """Whether a private value of this name is among the parts."""
    for part in parts:
        for stem in PARTS.get(part, (part,)):
            if name == stem or (stem.endswith(".") and name.startswith(stem)):
                return True
    return False
