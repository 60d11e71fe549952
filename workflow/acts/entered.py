"""Who decided, who entered, on what paper, when it happened: written with every act."""

from typing import Any

from thidua.workflow.draft import Draft

_PERSONAL = {"signer"}


def entered_data(draft: Draft) -> dict[str, Any]:
    """Ids, codes and times of the act; the person's own words and names are not among them."""
    by, command = draft.by, draft.command
    data: dict[str, Any] = {"by": by.decider}
    if by.for_ is not None:
        data["entered"] = by.actor
    if draft.substitution is not None:
        data["substitution"] = draft.substitution
    if draft.role is not None:
        data["role"] = draft.role
    if command.happened_at is not None:
        data["happened"] = draft.local(command.happened_at)
    if command.ground is not None:
        values = command.ground.values()
        data["paper"] = {k: v for k, v in values.items() if k not in _PERSONAL}
    return data


def private_parts(draft: Draft) -> dict[str, str]:
    """The note and the names on the paper, kept beside the journal's bytes."""
    command = draft.command
    parts = {} if command.note is None else {"note": command.note}
    if command.ground is not None and command.ground.signer is not None:
        parts["paper.signer"] = command.ground.signer
    return parts
