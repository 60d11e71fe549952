"""Steps that open a linked dossier: taken by persons, under a procedure that there is."""

from collections.abc import Collection, Iterator

from thidua.definitions.check.engine import timed
from thidua.definitions.loaded import Loaded
from thidua.workflow.acts.linked import shared_fields
from thidua.workflow.errors import Reason
from thidua.workflow.person import ENGINE
from thidua.workflow.procedure import Procedure, Transition

Others = Collection[Procedure] | None


def proposing(loaded: Loaded) -> Iterator[Reason]:
    """Steps of the engine that open a dossier: somebody has to answer for a nomination."""
    by_due = timed(loaded.procedure)
    for path, step in _starting(loaded):
        brought = any((source, step.trigger) in by_due for source in step.source)
        if step.by == ENGINE or brought:
            yield loaded.tree.reason("starts-by-engine", path, trigger=step.trigger)


def unknown(loaded: Loaded, others: Others) -> Iterator[Reason]:
    """Procedures that none of `others` is; None leaves that unchecked."""
    for path, step in _starting(loaded) if others is not None else ():
        if not _meant(loaded, step, others or ()):
            yield loaded.tree.reason("starts-unknown", path, starts=step.starts)


def lacking(loaded: Loaded, others: Others) -> Iterator[Reason]:
    """Warnings: fields the other procedure needs and this one cannot give, and a role that takes
    the step and may not propose there.
    """
    for path, step in _starting(loaded):
        for there in _meant(loaded, step, others or ()):
            name = f"{there.name}@{there.version}"
            given = shared_fields(loaded.procedure, there)
            needed = (key for key, each in there.fields.items() if each.needed)
            if fields := ", ".join(key for key in needed if key not in given):
                yield loaded.tree.reason(
                    "starts-without-field", path, fields=fields, procedure=name
                )
            if step.by not in (ENGINE, *there.may["create"].roles):
                yield loaded.tree.reason("starts-without-right", path, role=step.by, procedure=name)


def _starting(loaded: Loaded) -> Iterator[tuple[tuple[str, int, str], Transition]]:
    for number, step in enumerate(loaded.procedure.transitions):
        if step.starts is not None:
            yield ("transitions", number, "starts"), step


def _meant(loaded: Loaded, step: Transition, others: Collection[Procedure]) -> list[Procedure]:
    """What the step names, the procedure itself included."""
    name, _, version = (step.starts or "").partition("@")
    known = {(each.name, each.version): each for each in (*others, loaded.procedure)}
    return [each for (n, v), each in known.items() if n == name and version in ("", v)]
