"""Prove a procedure before use: every finding has a stable code and a place."""

from collections.abc import Collection

from thidua.definitions.check.condition import conditions
from thidua.definitions.check.due import dues
from thidua.definitions.check.engine import engine_steps
from thidua.definitions.check.expression import expressions
from thidua.definitions.check.graph import graph
from thidua.definitions.check.ground import assumed, grounds
from thidua.definitions.check.name import names
from thidua.definitions.check.role import roles
from thidua.definitions.check.round import rounds
from thidua.definitions.check.wording import wordings
from thidua.definitions.findings import Findings
from thidua.definitions.loaded import Loaded


def check(
    loaded: Loaded,
    *,
    templates: Collection[str] | None = None,
    calendars: Collection[str] | None = None,
    predicates: Collection[str] | None = None,
) -> Findings:
    """Everything wrong with a procedure, and what nobody has confirmed yet (`warnings`).

    `templates`, `calendars` and `predicates` are the names that exist outside the file; None
    leaves them unchecked. The codes are listed in `docs/procedure-language.md`.
    """
    groups = (graph, engine_steps, conditions, expressions, rounds, dues, grounds, roles, wordings)
    errors = [reason for group in groups for reason in group(loaded)]
    outside = {"template": templates, "calendar": calendars, "predicate": predicates}
    errors += names(loaded, outside)
    return Findings.of(errors, [*loaded.tree.notes, *assumed(loaded)])
