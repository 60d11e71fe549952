"""A linked dossier: the same candidate proposed anew, under another procedure."""

from collections.abc import Sequence
from datetime import date

from thidua.workflow.acts.create import in_force
from thidua.workflow.change import Started
from thidua.workflow.command import Command, Create, Fire
from thidua.workflow.dossier import Dossier
from thidua.workflow.draft import Draft
from thidua.workflow.errors import Refused
from thidua.workflow.procedure import Procedure, Transition
from thidua.workflow.view import Rules


def linked(draft: Draft, transition: Transition, command: Fire) -> Started | None:
    """The dossier that the step opens; notes an id or an award given to a step that opens none."""
    if transition.starts is None:
        if command.starts is not None or command.award is not None:
            draft.refuse("starts-nothing", trigger=command.trigger)
        return None
    key = command.starts or f"{draft.dossier.id}.{draft.dossier.count + 1}"
    return Started(key, transition.starts, command.award)


def proposal(
    there: Procedure, here: Procedure, dossier: Dossier, award: str | None, command: Command
) -> Create:
    """The nomination under `there` that a step of a dossier under `here` makes.

    It has the candidate, the proposing unit and the fields that both procedures declare under one
    name with one type; no submission and no campaign, which are asked for anew. `Refused` where it
    is not clear which award is meant.
    """
    shared = shared_fields(here, there)
    same = {name: value for name, value in dossier.fields.items() if name in shared and value}
    return Create(
        there.hash, _award(there, dossier.award, award), dossier.candidate, dossier.unit, same,
        ground=command.ground, happened_at=command.happened_at,
    )  # fmt: skip


def newest(found: Sequence[Rules], on: date) -> Rules:
    """Of the versions that a name can mean the newest in force on a legal date, else the newest."""
    alive = [each for each in found if in_force(each.procedure, on)]
    return max(alive or found, key=lambda each: each.procedure.in_force_from or date.min)


def shared_fields(here: Procedure, there: Procedure) -> set[str]:
    """The fields that both procedures declare under one name with one type."""
    fits = here.fields.keys() & there.fields.keys()
    return {name for name in fits if here.fields[name].type == there.fields[name].type}


def _award(there: Procedure, mine: str, asked: str | None) -> str:
    if asked is not None:
        return asked
    if len(there.awards) == 1:
        return next(iter(there.awards))
    if mine in there.awards:
        return mine
    known = ", ".join(there.awards)
    raise Refused.of("starts-award", procedure=there.name, known=known)
