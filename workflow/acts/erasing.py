"""Erasing personal values of a dossier, and refusing to."""

from dataclasses import replace
from datetime import date
from typing import Any

from thidua.workflow.acts.entered import entered_data, private_parts
from thidua.workflow.draft import Draft
from thidua.workflow.erasure import (
    FIELD,
    NOTHING,
    OF_DOSSIER,
    Erasing,
    Keeping,
    Redact,
    RefuseErasure,
    is_part,
    meant,
)
from thidua.workflow.errors import Reason, reason
from thidua.workflow.replay import GONE
from thidua.workflow.rights import require_act


def redact(draft: Draft, command: Redact) -> None:
    """Take values away for good, here and beside the journal; the event names them, never tells.

    With a paper always, in final states too. Within the period for which the dossier must be
    kept only on a ground that holds there.
    """
    erasing = _asked(draft, command)
    if not erasing.bases.get(command.basis, True):
        why = must_keep(erasing.keeping, draft.today)
        if why is not None:
            draft.refuse(why.code, **why.fields)
    gone = [each for each in erasing.names if meant(each[1], command.parts)]
    if not gone:
        draft.refuse("nothing-to-erase", parts=", ".join(command.parts))
    draft.stop_if_refused()
    said = {**_said(command), "erased": [list(each) for each in gone]}
    draft.record("redact", {**said, **entered_data(draft)}, private_parts(draft))
    draft.erased = tuple(gone)
    _empty(draft, {name for _, name in gone})


def refuse_erasure(draft: Draft, command: RefuseErasure) -> None:
    """Write down that an erasure was asked for and why the values stay; nothing else changes.

    Refused where nothing stands in the way of erasing.
    """
    erasing = _asked(draft, command)
    if erasing.bases.get(command.basis, False) or must_keep(erasing.keeping, draft.today) is None:
        draft.refuse("erasure-due")
    draft.stop_if_refused()
    until_on = erasing.keeping.until_on
    kept = {"retention": erasing.keeping.retention,
            "until": until_on.isoformat() if until_on is not None else None}  # fmt: skip
    draft.record("refuse_erasure", {**_said(command), **kept, **entered_data(draft)},
                 private_parts(draft))  # fmt: skip


def _asked(draft: Draft, command: Redact | RefuseErasure) -> Erasing:
    """What both must hold."""
    require_act(draft, "redact")
    if command.ground is None:
        draft.refuse("ground-missing", decider=draft.by.decider)
    for part in command.parts:
        if not is_part(part):
            draft.refuse("unknown-part", part=part, known=", ".join((*OF_DOSSIER, "field.*")))
    erasing = draft.view.erasing or NOTHING
    if command.basis not in erasing.bases:
        known = ", ".join(erasing.bases)
        draft.refuse("unknown-basis", basis=command.basis, known=known)
    return erasing


def must_keep(keeping: Keeping, today: date) -> Reason | None:
    """Why the values must still be kept on a legal date; None when the period is over."""
    named, until_on = keeping.retention, keeping.until_on
    if not keeping.confirmed:
        return reason("retention-assumed", retention=named)
    if until_on is None:
        return reason("kept-for-good", retention=named)
    if today <= until_on:
        return reason("kept-until", retention=named, until=until_on.isoformat())
    return None


def _said(command: Redact | RefuseErasure) -> dict[str, Any]:
    return {"parts": sorted(set(command.parts)), "basis": command.basis}


def _empty(draft: Draft, names: set[str]) -> None:
    """What the dossier's own row holds of them."""
    candidate, fields = draft.dossier.candidate, draft.dossier.fields
    if "candidate.name" in names:
        person = GONE if candidate.person is not None else None
        draft.changed(candidate=replace(candidate, name=GONE, person=person))
    gone = {name: GONE for name in fields if FIELD + name in names}
    draft.changed(fields={**fields, **gone} if gone else fields)
