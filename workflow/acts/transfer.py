"""Moving a dossier from one submission to another, or out of any, before it is accepted."""

from thidua.workflow.acts.create import came_data
from thidua.workflow.acts.entered import entered_data, private_parts
from thidua.workflow.acts.redate import redate_receipt
from thidua.workflow.command import Transfer
from thidua.workflow.draft import Draft
from thidua.workflow.rights import require_act


def transfer(draft: Draft, command: Transfer) -> None:
    """Put the dossier under the submission; its papers and its receipt count from now on.

    Only where a dossier begins. Taking it out of a submission needs the paper that says so.
    """
    require_act(draft, "transfer")
    must_be_new(draft)
    before = draft.dossier.submission
    if command.submission == before:
        draft.refuse("same-submission", submission=before or "-")
    elif before is not None and command.ground is None:
        draft.refuse("paper-missing", submission=before)
    draft.stop_if_refused()
    came = draft.view.came
    data = {"submission": command.submission, "from": before}
    after = draft.dossier._replace(received_on=came.received_on, posted_on=came.posted_on)
    draft.record("transfer", {**data, **came_data(after), **entered_data(draft)},
                 private_parts(draft))  # fmt: skip
    draft.changed(
        submission=command.submission, received_on=came.received_on, posted_on=came.posted_on
    )
    redate_receipt(draft)


def must_be_new(draft: Draft) -> None:
    """Note that the dossier has left the state in which it began."""
    if draft.dossier.state != draft.procedure.initial:
        draft.refuse("accepted-already", state=draft.dossier.state)
