"""Which line and which ask of a dossier are meant, and who speaks for the seat."""

from thidua.workflow.dossier import Line, Task
from thidua.workflow.draft import Draft
from thidua.workflow.errors import Unknown
from thidua.workflow.person import Seat
from thidua.workflow.rights import seats_of


def known_line(draft: Draft, name: str) -> Line:
    """The dossier's newest line of a round; `Unknown` when there never was one."""
    if name not in draft.procedure.rounds:
        known = ", ".join(draft.procedure.rounds)
        raise Unknown("unknown-round", round=name, known=known)
    line = draft.line(name)
    if line is None:
        raise Unknown("round-not-opened", round=name)
    return line


def line_of(draft: Draft, ref: str) -> Line:
    """The dossier's line in the round of an id, or its newest in rounds of a name."""
    line = draft.lines.get(ref)
    # A round that an earlier version of the procedure had takes nothing any more.
    return line if line and line.name in draft.procedure.rounds else known_line(draft, ref)


def not_asked_anew(draft: Draft, line: Line, task: Task) -> None:
    """Note that a newer round of the same name asks the seat."""
    newer = draft.line(line.name)
    if newer is None or newer is line:
        return
    asked = (t for t in draft.tasks.values() if t.round_id == newer.round_id)
    if any(t.seat == task.seat and t.status != "cancelled" for t in asked):
        draft.refuse("round-newer", seat=task.seat, round=line.name, newer=newer.round_id)


def asks_of(draft: Draft, line: Line) -> dict[str, Task]:
    """The asks of a round by seat, those left out that were taken back."""
    return {
        task.seat: task
        for task in draft.tasks.values()
        if task.round_id == line.round_id and task.kind == "ask" and task.status != "cancelled"
    }


def asked_task(
    draft: Draft, line: Line, seat: str | None, *, role: str | None = None
) -> Task | None:
    """The ask that the decider speaks for: by sitting on its seat, or by `role` in its unit.

    None when there is none or several, noted as refused.
    """
    asked = asks_of(draft, line)
    sits = set(seats_of(draft, asked))
    mine = [each for each in asked if each in sits or speaks_for(draft, role, each)]
    if seat is not None:
        if seat in mine:
            return asked[seat]
        _not_theirs(draft, role, seat)
        return None
    if len(mine) == 1:
        return asked[mine[0]]
    draft.refuse("which-seat" if mine else "not-asked", actor=draft.by.decider, round=line.name)
    return None


def _not_theirs(draft: Draft, role: str | None, seat: str) -> None:
    """Note why not; whether the seat is asked is told only to those who speak for it."""
    theirs = seats_of(draft, [seat]) or speaks_for(draft, role, seat)
    code = "seat-not-asked" if theirs else "not-your-seat"
    draft.refuse(code, seat=seat, actor=draft.by.decider)
    draft.seats = (Seat.parse(seat),)


def speaks_for(draft: Draft, role: str | None, seat: str) -> bool:
    """Whether the decider holds `role` in the seat's unit."""
    unit = Seat.parse(seat).unit
    return unit is not None and any(h.role == role and h.unit == unit for h in draft.view.held)


def must_be_open(draft: Draft, line: Line) -> None:
    """Note that a round is over for the dossier, or that the dossier is paused."""
    if line.closed_n is not None:
        draft.refuse("round-closed", round=line.name)
    if draft.dossier.pause is not None:
        draft.refuse("paused", pause=draft.dossier.pause)


def not_final(draft: Draft) -> None:
    """Note that the dossier is at its end."""
    if draft.procedure.states[draft.dossier.state].final:
        draft.refuse("dossier-final", state=draft.dossier.state)
