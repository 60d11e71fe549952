"""A procedure made ready to be played: its calendar as it ships, every host predicate true."""

from thidua.definitions.calendars import load_calendar
from thidua.workflow.procedure import Procedure
from thidua.workflow.ready import ready
from thidua.workflow.view import Expressed, Rules, View


def rules_for(procedure: Procedure) -> Rules:
    """The rules of a play; what a host would say of a dossier is taken to be yes."""
    names = {name for step in procedure.transitions for name in step.conditions}
    predicates = {name[len("host.") :]: _yes for name in names if name.startswith("host.")}
    return ready(procedure, load_calendar(procedure.calendar), predicates, _expressed(procedure))


def _yes(_: View) -> bool:
    return True


def _expressed(procedure: Procedure) -> dict[str, Expressed]:
    if not procedure.expressions:
        return {}
    from thidua.definitions.condition import expressed

    return dict(expressed(procedure))
