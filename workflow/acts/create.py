"""The first act of a dossier: one candidate proposed for one award."""

from datetime import date
from typing import get_args

from thidua.workflow.acts.entered import entered_data, private_parts
from thidua.workflow.acts.move import open_desk, run_spans
from thidua.workflow.acts.papers import check_fields, private_candidate, private_fields
from thidua.workflow.acts.rounds import open_round
from thidua.workflow.command import Create
from thidua.workflow.dossier import NOT_KNOWN, Came, CandidateKind, Dossier
from thidua.workflow.draft import Draft
from thidua.workflow.errors import Refused
from thidua.workflow.journal import NOTHING_BEFORE
from thidua.workflow.procedure import Procedure
from thidua.workflow.rights import require_act


def blank(
    command: Create, procedure: Procedure, dossier_id: str, came: Came = NOT_KNOWN
) -> Dossier:
    """The dossier before its first event; `came` is when its submission came."""
    return Dossier(
        id=dossier_id, procedure=procedure.hash, award=command.award,
        candidate=command.candidate, unit=command.unit, fields=dict(command.fields),
        state=procedure.initial, version=0, count=0, head=NOTHING_BEFORE,
        submission=command.submission, campaign=command.campaign,
        received_on=came.received_on, posted_on=came.posted_on,
    )  # fmt: skip


def came_data(dossier: Dossier) -> dict[str, str]:
    """When its submission came, as an event says it."""
    days = {"received": dossier.received_on, "posted": dossier.posted_on}
    return {name: on.isoformat() for name, on in days.items() if on is not None}


def create(draft: Draft, command: Create) -> None:
    """Propose. Refused: no right, an unknown award or field, a procedure not in force today, and
    for a dossier that exists.
    """
    if draft.dossier.count:
        raise Refused.of("dossier-exists", dossier=draft.dossier.id)
    require_act(draft, "create")
    procedure = draft.procedure
    if command.award not in procedure.awards:
        known = ", ".join(procedure.awards)
        draft.refuse("unknown-award", award=command.award, known=known)
    if command.candidate.kind not in get_args(CandidateKind):
        known = ", ".join(get_args(CandidateKind))
        draft.refuse("unknown-kind", kind=command.candidate.kind, known=known)
    if not command.candidate.name.strip():
        draft.refuse("candidate-nameless")
    if not in_force(procedure, draft.today):
        draft.refuse(
            "not-in-force", procedure=procedure.name, version=procedure.version,
            on=draft.today.isoformat(),
        )  # fmt: skip
    check_fields(draft, command.fields)
    draft.stop_if_refused()
    _write(draft, command)


def in_force(procedure: Procedure, on: date) -> bool:
    """Whether new dossiers may begin under the procedure on a legal date."""
    start, end = procedure.in_force_from, procedure.in_force_to
    return (start is None or start <= on) and (end is None or on <= end)


def _write(draft: Draft, command: Create) -> None:
    candidate = command.candidate
    data = {
        "procedure": draft.procedure.hash, "award": command.award, "unit": command.unit,
        "candidate": [candidate.kind, candidate.unit], "fields": sorted(command.fields),
        "submission": command.submission, "campaign": command.campaign,
        "to": draft.procedure.initial, **came_data(draft.dossier),
    }  # fmt: skip
    private = {**private_candidate(candidate), **private_fields(command.fields)}
    if draft.view.origin is not None:
        data["origin"] = draft.view.origin
    draft.record("create", {**data, **entered_data(draft)}, {**private_parts(draft), **private})
    draft.changed(moved_n=draft.n)
    run_spans(draft, "create", draft.procedure.initial)
    open_desk(draft)
    for name in draft.procedure.states[draft.procedure.initial].opens:
        open_round(draft, name)
