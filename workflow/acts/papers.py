"""Papers and fields of a dossier: attached, supplemented, corrected."""

from collections.abc import Mapping
from datetime import date

from thidua.workflow.acts.entered import entered_data, private_parts
from thidua.workflow.acts.redate import redate
from thidua.workflow.command import Attach, Correct
from thidua.workflow.dossier import Candidate, Document
from thidua.workflow.draft import Draft
from thidua.workflow.procedure import Field
from thidua.workflow.rights import require_act


def attach(draft: Draft, command: Attach) -> None:
    """Add a document, as a new version where the dossier has one of the kind.

    During a return only the kinds asked for are open.
    """
    require_act(draft, "attach")
    kind = draft.procedure.documents.get(command.kind)
    if kind is None:
        known = ", ".join(draft.procedure.documents)
        draft.refuse("unknown-document", kind=command.kind, known=known)
    elif kind.source == "submission":
        draft.refuse("belongs-to-submission", kind=command.kind)
    if draft.dossier.pause == "return" and command.kind not in draft.dossier.pause_items:
        draft.refuse("not-asked-for", item=command.kind)
    draft.stop_if_refused()
    before = [d for d in draft.documents if d.kind == command.kind]
    document = Document(
        draft.dossier.id, command.kind, len(before) + 1, command.sha256, command.size,
        command.type, command.name, command.pages,
    )  # fmt: skip
    data = {
        "kind": document.kind, "file": document.version, "sha256": document.sha256,
        "size": command.size, "type": command.type, **entered_data(draft),
    }  # fmt: skip
    draft.record("attach", data, {**private_parts(draft), **private_names(command)})
    draft.add_document(document)


def private_names(command: Attach) -> dict[str, str]:
    """What a document is called and which of its pages are meant: a person's own words."""
    pages = {} if command.pages is None else {"pages": command.pages}
    return {"name": command.name, **pages}


def check_fields(draft: Draft, values: Mapping[str, str]) -> None:
    """Note every value whose field is not declared or whose text is not of the field's type."""
    for name, value in values.items():
        field = draft.procedure.fields.get(name)
        if field is None:
            known = ", ".join(draft.procedure.fields)
            draft.refuse("unknown-field", field=name, known=known)
        elif not fits(field, value):
            # Without the value: a host writes refusals into its log.
            draft.refuse("field-type", field=name, type=field.type)


def fits(field: Field, value: str) -> bool:
    """Whether a text is of the field's type."""
    if field.type == "yes_no":
        return value in ("yes", "no")
    if field.type in ("date", "period"):
        return _dates(value, 2 if field.type == "period" else 1)
    if field.type == "number":
        return value.removeprefix("-").replace(".", "", 1).isdecimal()
    return bool(value.strip())


def _dates(value: str, count: int) -> bool:
    try:
        days = [date.fromisoformat(part) for part in value.split("/")]
    except ValueError:
        return False
    return len(days) == count and days == sorted(days)


def write_fields(draft: Draft, values: Mapping[str, str]) -> None:
    """Put values on the dossier; the caller's event commits to them."""
    if values:
        draft.changed(fields={**draft.dossier.fields, **values})


def private_candidate(candidate: Candidate) -> dict[str, str]:
    """Whom a dossier is about, as an event's private parts."""
    person = {} if candidate.person is None else {"candidate.person": candidate.person}
    return {"candidate.name": candidate.name, **person}


def private_fields(values: Mapping[str, str]) -> dict[str, str]:
    """Field values as an event's private parts."""
    return {f"field.{name}": value for name, value in values.items()}


def _only_asked_for(draft: Draft, command: Correct) -> None:
    if draft.dossier.pause != "return":
        return
    named = [*command.fields, *(["candidate"] if command.candidate is not None else [])]
    for item in named:
        if item not in draft.dossier.pause_items:
            draft.refuse("not-asked-for", item=item)


def correct(draft: Draft, command: Correct) -> None:
    """Put right what was entered wrongly. Allowed in final states too; the old stays recorded.

    During a return only what was asked for is open.
    """
    require_act(draft, "correct")
    check_fields(draft, command.fields)
    if not command.note:
        draft.refuse("note-missing", trigger="correct")
    _only_asked_for(draft, command)
    if not command.fields and command.candidate is None:
        draft.refuse("nothing-to-correct")
    if command.candidate is not None and not command.candidate.name.strip():
        draft.refuse("candidate-nameless")
    draft.stop_if_refused()
    private = {**private_parts(draft), **private_fields(command.fields)}
    data = {"fields": sorted(command.fields), **entered_data(draft)}
    if command.candidate is not None:
        private |= private_candidate(command.candidate)
        data["candidate"] = [command.candidate.kind, command.candidate.unit]
    draft.record("correct", data, private)
    write_fields(draft, command.fields)
    redate(draft, command.fields)
    if command.candidate is not None:
        draft.changed(candidate=command.candidate)
