"""Prove a procedure before use: every finding has a stable code and a place."""

from collections.abc import Collection, Mapping

from thidua.definitions.check.cause import causes
from thidua.definitions.check.condition import conditions
from thidua.definitions.check.decision import decisions
from thidua.definitions.check.due import dues
from thidua.definitions.check.engine import engine_steps
from thidua.definitions.check.expression import expressions
from thidua.definitions.check.graph import graph
from thidua.definitions.check.ground import assumed, grounds, lapsed, undated
from thidua.definitions.check.linked import Others, lacking, proposing, unknown
from thidua.definitions.check.name import names
from thidua.definitions.check.notice import Letter, enclosures, idle, misfits, notices
from thidua.definitions.check.role import readers, roles, vacancies
from thidua.definitions.check.round import rounds
from thidua.definitions.check.situation import pauses, situations
from thidua.definitions.check.span import spans
from thidua.definitions.check.window import windows
from thidua.definitions.check.wording import wordings
from thidua.definitions.findings import Findings
from thidua.definitions.loaded import Loaded

__all__ = ["Letter", "check"]

_PARTS = (
    *(graph, engine_steps, conditions, expressions, rounds, dues, windows, grounds, roles, pauses),
    *(wordings, proposing),
)
_WHOLE = (situations, decisions, spans, notices)


def check(
    loaded: Loaded,
    *,
    templates: Collection[str] | None = None,
    calendars: Collection[str] | None = None,
    predicates: Collection[str] | None = None,
    letters: Mapping[str, Letter] | None = None,
    holders: Mapping[str, int] | None = None,
    others: Others = None,
) -> Findings:
    """Everything wrong with a procedure, and what nobody has confirmed yet (`warnings`).

    `templates`, `calendars` and `predicates` are the names that exist outside the file; `letters`
    what each template is like; `holders` how many hold each role on the day of the question;
    `others` the procedures that steps may open dossiers under. None leaves them unchecked. What
    looks at the whole (every situation, spans over dues, ends nobody is told of) is asked once the
    parts are in order, what may only follow from a misspelled name once that is mended.
    `docs/checks.md` explains every code.
    """
    errors = [reason for part in _PARTS for reason in part(loaded)]
    outside = {"template": templates, "calendar": calendars, "predicate": predicates}
    errors += [*names(loaded, outside), *unknown(loaded, others)]
    errors += [*misfits(loaded, letters or {}), *enclosures(loaded), *idle(loaded)]
    if not errors:
        errors = [reason for whole in _WHOLE for reason in whole(loaded)]
    errors += vacancies(loaded, holders)
    warnings = [*assumed(loaded), *undated(loaded), *lapsed(loaded), *readers(loaded)]
    warnings += lacking(loaded, others)
    errors, warnings = causes(errors, warnings)
    return Findings.of(errors, [*loaded.tree.notes, *warnings])
