"""One cause, one finding: what may only follow from a misspelled name waits until it is mended."""

from collections.abc import Iterable

from thidua.workflow.errors import Reason

_REACH = frozenset(
    {"state-unreachable", "final-unreachable", "state-dead-end", "state-without-end"}
    | {"condition-before-round", "due-not-engine", "engine-without-condition"}
    | {"message-before-asking"}
)
_ADDRESS = frozenset({"message-to", "letter-unfit", "letter-without-files"})
_ROLE = frozenset({"role-unused", "role-only-reads"})

FOLLOWING = {
    "no-such-state": _REACH,
    "no-such-trigger": frozenset({"engine-without-condition"}),
    "no-such-round": frozenset(
        {"round-never-opened", "condition-before-round", "message-before-asking"}
    ),
    "no-such-ladder": frozenset({"ladder-unused"}),
    "no-such-ground": frozenset({"ground-unused"}),
    "no-such-condition": frozenset({"waiver-of-nothing", "window-unused"}),
    "no-such-predicate": frozenset({"waiver-of-nothing"}),
    "no-such-role": _ROLE,
    "no-such-actor": _ROLE | {"due-not-engine", "engine-without-condition"},
    "no-such-addressee": _ROLE | _ADDRESS,
    "no-such-event": _ADDRESS,
}
"""For the code of an unknown name those that cannot be told from its consequences."""


def causes(errors: Iterable[Reason], warnings: Iterable[Reason]) -> tuple[list[Reason], ...]:
    """Errors and warnings without those that an unknown name among the errors may have made."""
    found = list(errors)
    held = frozenset().union(*(FOLLOWING.get(each.code, frozenset()) for each in found))
    return (
        [each for each in found if each.code not in held],
        [each for each in warnings if each.code not in held],
    )
