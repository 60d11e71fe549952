"""A procedure made ready for use: what is worked out once, not with every act."""

from collections.abc import Iterator, Mapping

from thidua.workflow.calendar import Calendar
from thidua.workflow.machine import leads
from thidua.workflow.openings import closes_by_share, engine_reach, rounds_of
from thidua.workflow.procedure import Procedure, Transition
from thidua.workflow.view import Expressed, Predicate, Rules


def ready(
    procedure: Procedure,
    calendar: Calendar,
    predicates: Mapping[str, Predicate] | None = None,
    expressed: Mapping[str, Expressed] | None = None,
) -> Rules:
    """The rules of a procedure; `predicates` are the host's conditions by name.

    `expressed` are the procedure's own typed ones: all of `procedure.expressions`.
    """
    reach = engine_reach(procedure)
    own = {state: tuple(_own(procedure, state)) for state in procedure.states}
    opens = {state: rounds_of(procedure, reached) for state, reached in reach.items()}
    return Rules(
        procedure, leads(procedure), calendar, predicates or {}, reach, own, opens, expressed or {},
        by_receipt=_by_receipt(procedure), by_closures=_by_closures(procedure),
        by_share=closes_by_share(procedure),
    )  # fmt: skip


def _by_receipt(procedure: Procedure) -> bool:
    rules = [*(each.due for each in procedure.states.values()),
             *(each.due for each in procedure.spans.values())]  # fmt: skip
    counted = any(rule is not None and rule.start == "receipt" for rule in rules)
    return counted or any(w.counts_by != "today" for w in procedure.windows.values())


def _by_closures(procedure: Procedure) -> bool:
    return any(rule.due is not None and rule.due.closures for rule in procedure.rounds.values())


def _own(procedure: Procedure, state: str) -> Iterator[Transition]:
    due = procedure.states[state].due
    for transition in procedure.transitions:
        brought = due is not None and due.then == transition.trigger
        if state in transition.source and (transition.by == "engine" or brought):
            yield transition
