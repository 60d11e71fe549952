"""Asking the directory who is tied to a dossier, for ballots whose members must then step back."""

from datetime import date

from thidua.people import Kinship, People
from thidua.storage import load
from thidua.storage.script import Pen
from thidua.storage.statements import Statements
from thidua.workflow.procedure import Procedure
from thidua.workflow.ties import Kin
from thidua.workflow.view import View


def kin(people: People, pen: Pen, s: Statements, procedure: Procedure, view: View, on: date) -> Kin:
    """What is known of the people of a dossier; only what `recuse_if` asks for is looked up."""
    if not isinstance(people, Kinship):
        return Kin()
    wanted, dossier, db = procedure.recuse_if, view.dossier, pen.connection
    unit, person = dossier.candidate.unit, dossier.candidate.person
    in_unit = None
    if "own_unit" in wanted and unit is not None:
        in_unit = frozenset(people.within(db, unit, on))
    relatives = None
    if "relative" in wanted and person is not None:
        relatives = people.relatives(db, person, on)
    nominators = None
    if "nominator" in wanted:
        nominators = _nominators(people, pen, s, procedure, view, on)
    return Kin(in_unit, nominators, relatives)


def _nominators(
    people: Kinship, pen: Pen, s: Statements, procedure: Procedure, view: View, on: date
) -> frozenset[str] | None:
    first = load.nominator(pen, s, view.dossier.id)
    unit = view.dossier.unit
    inside = people.within(pen.connection, unit, on) if unit is not None else {}
    leading = {name for name, role in procedure.roles.items() if role.leads}
    heads = {actor for actor, roles in inside.items() if roles & leading}
    found = heads | ({first} if first is not None else set())
    return frozenset(found) or None
