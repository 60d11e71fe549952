"""Where a trigger leads: the states of a procedure as a `transitions` machine, read only."""

from transitions import Machine

from thidua.workflow.procedure import Procedure


class _Carrier:
    """The one slot a machine moves; the database row is the truth, not this."""

    __slots__ = ("state",)

    def __init__(self, state: str) -> None:
        self.state = state


def compile_machine(procedure: Procedure) -> Machine:
    """A machine without model, callbacks, queue or automatic transitions."""
    return Machine(
        model=None,
        states=list(procedure.states),
        initial=procedure.initial,
        auto_transitions=False,
        send_event=True,
        queued=False,
        transitions=[
            {"trigger": t.trigger, "source": list(t.source), "dest": t.dest}
            for t in procedure.transitions
        ],
    )


def leads(procedure: Procedure) -> dict[tuple[str, str], str]:
    """The state that each trigger leads to from each of its sources: asked of the machine once."""
    machine = compile_machine(procedure)
    steps = [(t.trigger, source) for t in procedure.transitions for source in t.source]
    return {(trigger, source): _destination(machine, trigger, source) for trigger, source in steps}


def _destination(machine: Machine, trigger: str, state: str) -> str:
    carrier = _Carrier(state)
    machine.events[trigger].trigger(carrier)
    return carrier.state
