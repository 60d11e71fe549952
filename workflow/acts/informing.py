"""Information that a unit sends without having been asked for it."""

from thidua.workflow.acts.decided import is_decided
from thidua.workflow.acts.enclosing import enclose
from thidua.workflow.acts.entered import entered_data, private_parts
from thidua.workflow.acts.notices import receivers, tell_seat
from thidua.workflow.draft import Draft
from thidua.workflow.exchange import Inform
from thidua.workflow.person import Seat
from thidua.workflow.rights import require_entry_right, seats_of, stands_in


def inform(draft: Draft, command: Inform) -> None:
    """Keep what a unit sends, and tell who answers disagreements; it is no opinion.

    By any seat that is or was asked about the dossier, at any time until it is decided; of a unit
    that was never asked an officer may enter it. Who signs a decision drawn up before looks again.
    """
    seat = _sender(draft, command.seat)
    draft.seats = () if seat is None else (Seat.parse(seat),)
    require_entry_right(draft)
    if is_decided(draft):
        draft.refuse("informed-too-late")
    if not command.note and not command.enclosed:
        draft.refuse("information-missing")
    draft.stop_if_refused()
    draft.record("inform", {"seat": seat, **entered_data(draft)}, private_parts(draft))
    enclose(draft, command.enclosed)
    for told in receivers(draft):
        tell_seat(draft, "exchange", told, f"information:{draft.dossier.id}", kind="information",
                  asked=seat, matter_title=None)  # fmt: skip


def _sender(draft: Draft, said: str | None) -> str | None:
    asked = {task.seat for task in draft.tasks.values() if task.kind == "ask"}
    mine = seats_of(draft, sorted(asked))
    if said is None and len(mine) == 1:
        return mine[0]
    if said is None:
        draft.refuse("which-sender" if mine else "never-asked", actor=draft.by.decider)
    elif said not in mine and not (_entered_for(draft, said) and said not in asked):
        code = "never-asked" if seats_of(draft, [said]) else "not-your-seat"
        draft.refuse(code, seat=said, actor=draft.by.decider)
    return said


def _entered_for(draft: Draft, seat: str) -> bool:
    """Whether somebody enters it for a unit whose role is asked in some round."""
    roles = {ask.role for rule in draft.procedure.rounds.values() for ask in rule.asks}
    entered = draft.by.for_ is not None and not stands_in(draft)
    return entered and bool(seats_of(draft, [seat])) and Seat.parse(seat).role in roles
