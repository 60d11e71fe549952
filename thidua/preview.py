"""What an act would do to dossiers, and why not to some: decided, never written."""

from collections.abc import Callable, Iterable, Mapping

from thidua.engine import Call, Engine, Foreseen
from thidua.storage.script import Pen
from thidua.storage.statements import Statements
from thidua.workflow.command import Command
from thidua.workflow.errors import Unknown

Commands = Command | Mapping[str, Command] | Callable[[str], Command]
"""One command for all, or one for each dossier by its id."""


def foresee(
    engine: Engine, pen: Pen, s: Statements, ids: Iterable[str], commands: Commands, terms: Call
) -> tuple[Foreseen, ...]:
    """Each of the dossiers, ascending and once; `terms` has all but the command.

    Each is decided for itself: what one would change is not seen by the next.
    """
    return tuple(_one(engine, pen, s, each, commands, terms) for each in sorted(set(ids)))


def _one(
    engine: Engine, pen: Pen, s: Statements, dossier_id: str, commands: Commands, terms: Call
) -> Foreseen:
    try:
        command = command_of(commands, dossier_id)
        return engine.foresee(pen, s, dossier_id, terms._replace(command=command))
    except Unknown as error:
        return Foreseen(dossier_id, None, None, error)


def command_of(commands: Commands, dossier_id: str) -> Command:
    """The command that is meant for a dossier."""
    if isinstance(commands, Command):
        return commands
    return commands(dossier_id) if callable(commands) else commands[dossier_id]
