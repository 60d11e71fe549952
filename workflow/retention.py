"""How long dossiers are kept and on which grounds values are erased, as read from data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

Label = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RetentionClass:
    """A class of dossiers: `years` from the end of the year of closing, None for good."""

    name: str
    label: Label
    years: int | None
    awards: frozenset[str]
    ground: str
    certainty: str


@dataclass(frozen=True, slots=True)
class Basis:
    """A kind of legal ground for erasing; `early` ones hold within the period too."""

    name: str
    label: Label
    early: bool
    ground: str
    certainty: str


@dataclass(frozen=True, slots=True)
class Retention:
    """All classes and grounds by name, and the class of awards that no class names."""

    classes: Mapping[str, RetentionClass]
    bases: Mapping[str, Basis]
    otherwise: str

    def of_award(self, award: str) -> RetentionClass:
        """The class of an award's dossiers."""
        named = (each for each in self.classes.values() if award in each.awards)
        return next(named, self.classes[self.otherwise])


def kept_until(closed_on: date, years: int | None) -> date | None:
    """The last legal date of the period: the end of a calendar year; None is for good."""
    return None if years is None else date(closed_on.year + years, 12, 31)
