"""Who holds which award already, read from a list: the condition of awards given once in a life."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from thidua.workflow.errors import Misuse
from thidua.workflow.view import Predicate, View

COLUMNS = ("person", "award")
"""What the list must have; others (name, decision, date) may stand beside them."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """Persons with the codes of awards they hold, as a pure predicate for `Thidua(conditions=…)`.

    It holds of a dossier whose candidate is a known person, by id, without that award. A name is
    not enough: two people share one often. So it never holds of a candidate without `person`.
    """

    held: frozenset[tuple[str, str]]

    def __call__(self, view: View) -> bool:
        """Whether the candidate may still be given the dossier's award."""
        dossier = view.dossier
        person = dossier.candidate.person
        return person is not None and (person, dossier.award) not in self.held


def earlier_awards(rows: Iterable[tuple[str, str]]) -> Predicate:
    """The predicate of pairs of a person's id and an award's code."""
    return Earlier(frozenset((person.strip(), award.strip()) for person, award in rows))


def earlier_awards_file(path: Path) -> Predicate:
    """The same of a CSV file (UTF-8) with the columns of `COLUMNS`; `Misuse` without them.

    It is read once: what the office awards later is added to the file and read at the next start.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = csv.DictReader(file)
        missing = [name for name in COLUMNS if name not in (lines.fieldnames or ())]
        if missing:
            raise Misuse("earlier-without-column", file=path.name, column=missing[0])
        return earlier_awards((line["person"] or "", line["award"] or "") for line in lines)
