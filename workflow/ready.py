"""A procedure made ready for use: what is worked out once, not with every act."""

from collections.abc import Mapping

from thidua.workflow.calendar import Calendar
from thidua.workflow.machine import compile_machine
from thidua.workflow.openings import engine_reach
from thidua.workflow.procedure import Procedure
from thidua.workflow.view import Predicate, Rules


def ready(
    procedure: Procedure, calendar: Calendar, predicates: Mapping[str, Predicate] | None = None
) -> Rules:
    """The rules of a procedure; `predicates` are the host's conditions by name."""
    machine, reach = compile_machine(procedure), engine_reach(procedure)
    return Rules(procedure, machine, calendar, predicates or {}, reach)
