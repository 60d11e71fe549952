"""What goes before a use case: steps and lives, committed."""

from collections.abc import Callable

from sqlalchemy.engine import Connection

from figures.evidence.crash_cases import live, way
from figures.evidence.crash_stage import Stage

Before = Callable[[Stage, Connection], object]


def after(*steps: Before) -> Callable[[Stage], None]:
    """These steps, each committed; none where nothing goes before."""

    def before(stage: Stage) -> None:
        for step in steps:
            with stage.engine.begin() as db:
                step(stage, db)

    return before


def lived(key: str, state: str, count: int = 1) -> Callable[[Stage], None]:
    """So many dossiers of a campaign of this name, each led to a state."""

    def before(stage: Stage) -> None:
        for n in range(count):
            live(stage, f"{key}-{n}", way(state), key)

    return before


def both(*parts: Callable[[Stage], None]) -> Callable[[Stage], None]:
    """One after the other."""

    def before(stage: Stage) -> None:
        for part in parts:
            part(stage)

    return before


def round_of(stage: Stage, dossier: str) -> str:
    """The round of a dossier, looked up on a connection of its own: what the host looks up itself
    is no part of the act.
    """
    line = stage.wf.tables.line.c
    query = line.round_id.table.select().where(line.dossier_id == dossier)
    with stage.reading() as db:
        return str(db.execute(query).one()[1])
