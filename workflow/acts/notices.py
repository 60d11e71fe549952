"""Notices written with an act: one matter for one seat, its context frozen."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from thidua.workflow import rungs
from thidua.workflow.change import Notice, Pace
from thidua.workflow.command import Fire, Revoke, Withdraw
from thidua.workflow.dossier import Line, Task
from thidua.workflow.draft import Draft
from thidua.workflow.procedure import MessageRule


def about(draft: Draft) -> dict[str, Any]:
    """What every notice says of its dossier; texts in all the procedure's languages."""
    return rungs.about(draft.procedure, draft.dossier)


def tell_asked(draft: Draft, event: str, tasks: Sequence[Task], **more: Any) -> None:
    """A notice to the seat of each ask or vote of a round, all with the same due, where the
    procedure has a message for `event`.
    """
    rules = [rule for rule in _rules(draft, event) if rule.to == "asked"]
    if not rules:
        return
    context = {**about(draft), **_asked(draft, tasks[0]), **more}
    for task in tasks:
        for rule in rules:
            _add(draft, rule, task.seat, str(task.round_id), context, until=task.n)


def _asked(draft: Draft, task: Task) -> dict[str, Any]:
    rule = draft.procedure.rounds[task.what]
    return {
        "round": task.what,
        "matter_title": dict(rule.label),
        "question": dict(rule.question),
        "due_on": task.due_on.isoformat() if task.due_on else None,
    }


def tell_role(draft: Draft, event: str) -> None:
    """A notice to a role about something that happened to the dossier, or to all that were asked
    for their opinion on it.
    """
    for rule in _rules(draft, event):
        matter = f"{event}:{draft.dossier.campaign or draft.dossier.id}"
        context = {**about(draft), **_outcome(draft, event)}
        told = [role_seat(draft, rule.to)]
        if rule.to == "asked":  # the outcome is theirs to know, the words that led to it are not
            told, context = _consulted(draft), {**context, "note": None}
        for seat in told:
            _add(draft, rule, seat, matter, context)


def _consulted(draft: Draft) -> list[str]:
    """The seats that were asked for an opinion, those excused left out."""
    asks = (task for task in draft.tasks.values() if task.kind == "ask")
    return sorted({task.seat for task in asks if task.outcome not in ("excused", "recused")})


def _outcome(draft: Draft, event: str) -> dict[str, Any]:
    state = draft.procedure.states.get(event)
    label = dict(state.label) if state else {}
    signed = draft.view.decision
    return {
        "outcome": dict(state.result) or label if state else {},
        "matter_title": label,
        "note": draft.command.note if isinstance(draft.command, Fire | Revoke | Withdraw) else None,
        "decision": signed.number if signed else None,
        "decided_on": signed.signed_on.isoformat() if signed else None,
    }


def tell_seat(draft: Draft, template: str, seat: str, matter: str, **extra: Any) -> None:
    """A notice that an act of the engine's own brings with it, whatever the messages say."""
    draft.notices.append(
        Notice(
            matter, draft.n, seat, template, {**about(draft), "note": draft.command.note, **extra}
        )
    )


def tell_moved(draft: Draft, tasks: Iterable[tuple[Task, date]], **why: Any) -> None:
    """A notice to whoever has a task whose due moved, with its old day and the new one.

    One a matter and seat, which the digest puts together over all dossiers; what the engine does
    by itself is left out. `why` has `days` and `ground`, or `meets_on`.
    """
    told: dict[tuple[str, str], Notice] = {}
    for task, due_on in tasks:
        if task.kind == "effect":
            continue
        seat, matter = rungs.holder_of(task), rungs.matter_of(draft.dossier, task)
        said = {"was_on": str(task.due_on), "due_on": due_on.isoformat(), **why}
        context = {**about(draft), **rungs.titles(draft.procedure, task), **said}
        told[seat, matter] = Notice(matter, draft.n, seat, "due_moved", context, task.n)
    draft.notices.extend(told.values())


def tell_exchange(
    draft: Draft, kind: str, seat: str, line: Line, *, asked: str | None = None, **extra: Any
) -> None:
    """A notice of what office and asked seat say to each other in a round, the note its words,
    with what the files are called that came along.

    `kind` is "question", "answer_back", "reply", "confirm", "excused" or "cancelled"; `asked`
    the seat it is about, where that is not who is told.
    """
    until = extra.pop("until", None)
    rule = draft.procedure.rounds[line.name]
    said = {"note": draft.command.note, "kind": kind, "asked": asked, "round": line.name,
            "by": draft.by.decider, "matter_title": dict(rule.label), **extra}  # fmt: skip
    if files := [file.name for file in getattr(draft.command, "enclosed", ())]:
        said["enclosed"] = files
    matter = f"{kind}:{line.round_id}"
    context = {**about(draft), **said}
    draft.notices.append(Notice(matter, draft.n, seat, "exchange", context, until, pace="now"))


def receivers(draft: Draft) -> list[str]:
    """Who is told what comes in by itself: who answers disagreements, else who has the desk."""
    seats = {role_seat(draft, role) for role in draft.procedure.may["reply"].roles[:1]}
    desks = (desk for desk in draft.open_tasks("desk") if desk.round_id is None)
    return sorted(seats or {desk.seat for desk in desks})


def role_seat(draft: Draft, role: str) -> str:
    """The seat of a role for this dossier: in the dossier's own unit where the role is."""
    declared = draft.procedure.roles.get(role)
    own = declared is not None and declared.own_unit and draft.dossier.unit
    return f"{role}@{draft.dossier.unit}" if own else role


def _rules(draft: Draft, event: str) -> list[MessageRule]:
    return [rule for rule in draft.procedure.messages if rule.event == event]


def _add(
    draft: Draft,
    rule: MessageRule,
    seat: str,
    matter: str,
    context: Mapping[str, Any],
    until: int | None = None,
) -> None:
    waits = draft.view.decision.decision_id if draft.view.decision else None
    pace: Pace | None = "now" if rule.immediate else None
    draft.notices.append(Notice(matter, draft.n, seat, rule.template, context, until, waits, pace))
