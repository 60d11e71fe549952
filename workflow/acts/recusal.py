"""Stepping back from a dossier: declared by or for a member, or computed when a ballot opens."""

from collections.abc import Collection, Iterable

from thidua.workflow.acts.entered import entered_data, private_parts
from thidua.workflow.command import Recuse
from thidua.workflow.dossier import Task
from thidua.workflow.draft import Draft
from thidua.workflow.journal import compact
from thidua.workflow.person import Seat
from thidua.workflow.rights import left_to, require_act, seats_of
from thidua.workflow.view import Opening


def recuse(draft: Draft, command: Recuse) -> None:
    """Step back for good: the open tasks of the seat, and of every other seat of its person, end;
    in a ballot the base shrinks by the seat.

    A vote given in a ballot that still runs is void by this fact and counted nowhere. Desks that
    the person holds go back to their queue. Nobody does this to a seat beside his own; whoever has
    the right by another role may, such as an officer who knows that a member must not vote, unless
    he stepped back himself. Refused when nobody would be left to vote, and after a vote that
    nobody can find again because it is secret.
    """
    require_act(draft, "recuse")
    concerned = [*draft.open_tasks("ask", "vote"), *_given(draft)]
    seats = sorted({task.seat for task in concerned})
    named = [command.seat] if command.seat else seats_of(draft, seats)
    mine, is_own = _with_person(named, seats), bool(seats_of(draft, named))
    chosen = [task for task in concerned if task.seat in mine]
    if not chosen:
        draft.refuse("nothing-to-recuse", seat=command.seat or draft.by.decider)
    elif command.seat and Seat.parse(command.seat).role == draft.role and not is_own:
        draft.refuse("not-your-seat", seat=command.seat, actor=draft.by.decider)
    if draft.by.for_ is not None or not is_own:
        left_to(draft, None)
    _may_be_undone(draft, chosen)
    _somebody_left(draft, chosen)
    draft.stop_if_refused()
    void = [[task.round_id, task.seat] for task in chosen if task.status == "done"]
    data = {"seats": sorted(mine), **({"void": void} if void else {}), **entered_data(draft)}
    draft.record("recuse", data, private_parts(draft))
    draft.noted(recused=tuple(sorted({*draft.dossier.recused, *mine})))
    for task in chosen:
        draft.end_task(task, "cancelled", "recused")
    _give_back(draft, mine)


def _with_person(gone: Collection[str], seats: Iterable[str]) -> list[str]:
    """Those of `seats` that are among `gone`, or another seat of the same person."""
    persons = {seat.person for seat in map(Seat.parse, gone)} - {None}
    return [seat for seat in seats if seat in gone or Seat.parse(seat).person in persons]


def must_take_part(draft: Draft) -> None:
    """Note that the dossier asks nothing of the actor, nor of anybody he could say it of."""
    seats = {task.seat for task in (*draft.open_tasks("ask", "vote"), *_given(draft))}
    others = any(Seat.parse(seat).role != draft.role for seat in seats)
    if not others and not seats_of(draft, sorted(seats)):
        draft.refuse("nothing-to-recuse", seat=draft.by.decider)


def _given(draft: Draft) -> list[Task]:
    """Votes given in ballots that still run."""
    running = {line.round_id for line in draft.lines.values() if line.closed_n is None}
    votes = (task for task in draft.tasks.values() if task.kind == "vote")
    return [task for task in votes if task.status == "done" and task.round_id in running]


def _may_be_undone(draft: Draft, chosen: Iterable[Task]) -> None:
    for task in chosen:
        if task.status == "done" and draft.procedure.rounds[task.what].secret:
            draft.refuse("recuse-after-secret-vote", seat=task.seat, round=task.what)


def _somebody_left(draft: Draft, chosen: list[Task]) -> None:
    gone = {task.n for task in chosen}
    for round_id in {task.round_id for task in chosen if task.kind == "vote"}:
        votes = [t for t in draft.tasks.values() if t.round_id == round_id and t.kind == "vote"]
        if all(t.n in gone or t.outcome == "recused" for t in votes):
            draft.refuse("council-empty", round=votes[0].what)


def _give_back(draft: Draft, seats: Iterable[str]) -> None:
    persons = {Seat.parse(seat).person for seat in seats}
    for task in draft.open_tasks():
        if task.holder is not None and task.holder in persons:
            draft.change_task(task, holder=None)


def without_away(draft: Draft, seats: list[str]) -> list[str]:
    """Those of a round's seats whose person has not stepped back from the dossier.

    Another seat of a person who has steps back by the event that opens the round.
    """
    gone = draft.dossier.recused
    away = _with_person(gone, seats) if gone else ()
    if new := {*away} - {*gone}:
        _goes(draft, new)
    return [seat for seat in seats if seat not in away]


def _goes(draft: Draft, seats: Iterable[str]) -> None:
    draft.fact["recused"] = sorted({*draft.fact.get("recused", ()), *seats})
    draft.noted(recused=tuple(sorted({*draft.dossier.recused, *seats})))


def without_tied(draft: Draft, opening: Opening, seats: list[str]) -> list[str]:
    """Those of a ballot's seats that may vote by the procedure's `recuse_if`.

    The others step back by the event that opens the ballot; on what ground is kept beside its
    bytes. Desks that they hold go back to their queue. What could not be computed for want of data
    stands in the event.
    """
    if opening.unchecked:
        draft.fact["unchecked"] = sorted({*draft.fact.get("unchecked", ()), *opening.unchecked})
    tied = {seat: opening.tied[seat] for seat in seats if seat in opening.tied}
    if not tied:
        return seats
    why = {seat: list(grounds) for seat, grounds in sorted(tied.items())}
    draft.kept[f"recused.{opening.round_id}"] = compact(why)
    _goes(draft, tied)
    _give_back(draft, tied)
    return [seat for seat in seats if seat not in tied]
