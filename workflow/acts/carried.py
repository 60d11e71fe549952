"""Running tasks taken along into another version of their procedure, their dues counted anew."""

from dataclasses import replace
from datetime import date
from typing import NamedTuple

from thidua.workflow.acts.closures import counted_by
from thidua.workflow.acts.move import desk_role
from thidua.workflow.acts.notices import role_seat
from thidua.workflow.acts.rounds import closing_due, expect_end
from thidua.workflow.calendar import Calendar
from thidua.workflow.dossier import Line, Task
from thidua.workflow.draft import Draft
from thidua.workflow.due import Span
from thidua.workflow.dues import Due, clocked, due_from, due_of, origin, until, woken
from thidua.workflow.procedure import EVENTS, DueRule
from thidua.workflow.reckoning import Reckoning
from thidua.workflow.view import Rules


class Crossing(NamedTuple):
    """From which rules to which, and the dossier's state under each."""

    old: Rules
    new: Rules
    was: str
    to: str


class _Terms(NamedTuple):
    """What ruled a task's due, and what rules it now."""

    before: DueRule | None
    after: DueRule | None


def carry(draft: Draft, crossing: Crossing) -> None:
    """Take every task along; `draft` stands under the new version already.

    A task that nothing in the new version speaks of ends as "migrated". The event says under
    `was` the old due of each that moved, under `kept` which stay though the rule would have them
    earlier than today, and under `ladders` which reminders belong to a task from now on.
    """
    for line in draft.lines.values():
        if line.name in crossing.new.procedure.rounds:
            _carry_line(draft, crossing, line)
    for task in draft.open_tasks("span"):
        _carry_span(draft, crossing, task)
    _carry_desk(draft, crossing)
    _carry_effect(draft, crossing)
    for task in draft.open_tasks("desk"):
        _to_whoever_may(draft, task)


def _carry_line(draft: Draft, crossing: Crossing, line: Line) -> None:
    """A ballot is ruled alike; those a consultation has asked stay asked."""
    before = crossing.old.procedure.rounds.get(line.name)
    after = crossing.new.procedure.rounds[line.name]
    if before is None:
        return
    terms = _Terms(before.due, after.due or before.due)
    asked = [t for t in draft.tasks.values() if t.round_id == line.round_id and t.kind != "effect"]
    for task in asked:
        if task.status in ("open", "paused"):
            _retime(draft, crossing, task, terms)
        elif (ladder := _ladder(draft, task, terms.after)) != task.ladder:
            _laddered(draft, draft.change_task(task, ladder=ladder))
    ends = draft.open_tasks("effect", round_id=line.round_id)
    if after.kind == "posting":
        for task in ends:
            _retime(draft, crossing, task, terms)
    elif line.closed_n is None and after.kind == "consultation":
        _carry_end(draft, line, ends)


def _carry_end(draft: Draft, line: Line, ends: list[Task]) -> None:
    """The clock's close of a consultation: by the new rule, after the last of those asked."""
    rule = draft.procedure.rounds[line.name]
    asked = [t for t in draft.open_tasks("ask", round_id=line.round_id) if t.due_on is not None]
    closes = rule.close.at_due and rule.silence != "wait" and asked
    for task in ends if not closes else ():
        draft.end_task(task, "cancelled", "migrated")
    if not closes:
        return
    last = max(asked, key=lambda task: task.due_on or date.min)
    due = closing_due(last, rule, draft.rules.calendar)
    for task in ends:
        if task.due_on != due.on:
            _move(draft, task, due, task.ladder)
    if not ends:
        expect_end(draft, rule, line, last)
        for task in draft.open_tasks("effect", round_id=line.round_id):
            _halt(draft, task)


def _carry_span(draft: Draft, crossing: Crossing, task: Task) -> None:
    span = crossing.new.procedure.spans.get(task.what)
    if span is None:
        draft.end_task(task, "cancelled", "migrated")
    elif span.end == crossing.to:
        draft.end_task(task, "done", crossing.to)
    else:
        before = crossing.old.procedure.spans[task.what].due
        _retime(draft, crossing, task, _Terms(before, span.due))


def _carry_desk(draft: Draft, crossing: Crossing) -> None:
    """The desk of the state: the same one where the same seat goes on, else another."""
    terms = _state_terms(crossing)
    role = desk_role(crossing.new.procedure, crossing.to)
    seat = None if role is None else role_seat(draft, role)
    standing = [task for task in draft.open_tasks("desk") if task.what == crossing.was]
    for task in standing:
        same = (task.what, task.seat) == (crossing.to, seat)
        if same and (terms.after is not None or task.due_on is None):
            _retime(draft, crossing, task, terms)
            return
        draft.end_task(task, "cancelled", "migrated")
    if seat is not None:
        _anew(draft, crossing, Task(0, "desk", crossing.to, seat, 0), standing, terms)


def _carry_effect(draft: Draft, crossing: Crossing) -> None:
    """What the state's due brings by itself."""
    terms = _state_terms(crossing)
    brings = terms.after.then if terms.after is not None else None
    standing = [task for task in draft.open_tasks("effect") if task.what.startswith("fire:")]
    for task in standing:
        if task.what == f"fire:{brings}":
            _retime(draft, crossing, task, terms)
            return
        draft.end_task(task, "cancelled", "migrated")
    if brings is not None:
        _anew(draft, crossing, Task(0, "effect", f"fire:{brings}", "engine", 0), standing, terms)


def _state_terms(crossing: Crossing) -> _Terms:
    old, new = crossing.old.procedure, crossing.new.procedure
    return _Terms(old.states[crossing.was].due, new.states[crossing.to].due)


def _anew(
    draft: Draft, crossing: Crossing, fresh: Task, standing: list[Task], terms: _Terms
) -> None:
    """Open a task in the place of the one that stood there: its time began when that one's did."""
    rule = terms.after
    due = None
    if rule is not None and standing:
        due = _recounted(draft, crossing, standing[0], terms) or _as_it_was(standing[0])
    if rule is not None and due is not None:
        late = until(fresh._replace(ladder=rule.ladder), due)
        fresh = woken(late, draft.procedure, draft.rules.calendar.office, draft.now)
    else:
        fresh = clocked(
            fresh, rule, procedure=draft.procedure, calendar=draft.rules.calendar, now=draft.now,
            dossier=draft.dossier,
        )  # fmt: skip
    opened = draft.open_task(fresh)
    if standing and standing[0].holder is not None and standing[0].seat == opened.seat:
        opened = draft.change_task(opened, holder=standing[0].holder)
    if standing and standing[0].due_on not in (None, opened.due_on):
        draft.fact.setdefault("was", []).append([opened.n, str(standing[0].due_on)])
    _halt(draft, opened)


def _as_it_was(task: Task) -> Due | None:
    if task.due_on is None or task.due_at is None:
        return None
    return Due(task.due_on, task.due_at, task.reckoned)


def _halt(draft: Draft, task: Task) -> None:
    """A task opened while the dossier is paused stands still with the others."""
    on = draft.dossier.paused_on
    if on is not None:
        left = draft.rules.calendar.between(on, task.due_on) if task.due_on else None
        draft.change_task(task, status="paused", left=left, wake_at=None)


def _to_whoever_may(draft: Draft, task: Task) -> None:
    """A supplement or a reply that is asked for lies with a role that may give it."""
    may = draft.procedure.may
    right = may.get({"supplement": "supplement", "reply": "reply"}.get(task.what.split(":")[0], ""))
    roles = right.roles if right is not None else ()
    if not roles or task.seat.partition("@")[0] in roles:
        return
    draft.end_task(task, "cancelled", "migrated")
    draft.open_task(Task(0, "desk", task.what, role_seat(draft, roles[0]), 0))


def _retime(draft: Draft, crossing: Crossing, task: Task, terms: _Terms) -> None:
    """Give a running task the due and the ladder that the new version says."""
    ladder = _ladder(draft, task, terms.after)
    if task.status == "paused" and draft.dossier.paused_on is None:  # it stands still by itself
        if ladder != task.ladder:
            _laddered(draft, draft.change_task(task, ladder=ladder))
        return
    due = _recounted(draft, crossing, task, terms)
    rungs = [each.procedure.ladders.get(ladder or "") for each in (crossing.old, crossing.new)]
    if due is None and ladder == task.ladder and rungs[0] == rungs[1]:
        return
    due = due or _as_it_was(task)
    if due is not None:
        _move(draft, task, due, ladder)


def _ladder(draft: Draft, task: Task, rule: DueRule | None) -> str | None:
    name = rule.ladder if rule is not None else task.ladder
    return name if name in draft.procedure.ladders else None


def _recounted(draft: Draft, crossing: Crossing, task: Task, terms: _Terms) -> Due | None:
    """Another due by the new rule; None where the old one stays."""
    if terms.after is None or _timed_alike(crossing, terms):
        return None
    due = _counted(draft, task, _Terms(terms.before, terms.after))
    earlier = due is not None and task.due_on is not None and due.on < task.due_on
    if due is not None and earlier and due.on < draft.today:
        draft.fact.setdefault("kept", []).append([task.n, str(task.due_on), str(due.on)])
        return None
    return due


def _timed_alike(crossing: Crossing, terms: _Terms) -> bool:
    if terms.before is None or terms.after is None:
        return False
    after = replace(terms.after, ground=terms.before.ground, ladder=terms.before.ladder,
                    then=terms.before.then)  # fmt: skip
    return after == terms.before and crossing.old.calendar.name == crossing.new.calendar.name


def _counted(draft: Draft, task: Task, terms: _Terms) -> Due | None:
    rule = terms.after
    assert rule is not None
    how = None if task.reckoned is None else Reckoning.parse(task.reckoned)
    calendar = _own(draft, rule, task)
    if how is not None and how.until_on is not None:
        return None  # set by a person: it stays
    if how is not None and how.left is not None:
        left = _left(how.left, terms)
        return None if left is None else due_from(replace(how, left=left), calendar)
    known = how is not None and how.from_on is not None and how.start in (*EVENTS, "meeting")
    began = how.from_on if how is not None and known and how.from_on else draft.today
    meets_on = began if how is not None and how.start == "meeting" else None
    return due_of(rule, calendar, origin(rule, draft.dossier, began, meets_on))


def _own(draft: Draft, rule: DueRule, task: Task) -> Calendar:
    return counted_by(draft.rules.calendar, rule, task.seat, draft.view.closures)


def _left(left: int, terms: _Terms) -> int | None:
    """What is left after a pause, where both rules count working days: the difference more."""
    spans = [each.span if each is not None else None for each in terms]
    if not all(isinstance(span, Span) and span.unit == "working days" for span in spans):
        return None
    counts = [span.count for span in spans if isinstance(span, Span)]
    return max(0, left + counts[1] - counts[0])


def _move(draft: Draft, task: Task, due: Due, ladder: str | None) -> None:
    calendar = draft.rules.calendar
    moved = until(task._replace(rung=0, ladder=ladder), due)
    paused = task.status == "paused" and draft.dossier.paused_on is not None
    if paused and draft.dossier.paused_on is not None:
        left = calendar.between(draft.dossier.paused_on, due.on)
        moved = moved._replace(left=left, wake_at=None)
    else:
        moved = woken(moved, draft.procedure, calendar.office, draft.now)
    blocked = task.outcome == "blocked"
    if blocked and due.at <= draft.now:
        moved = moved._replace(wake_at=None)
    if due.on != task.due_on and task.due_on is not None:
        draft.fact.setdefault("was", []).append([task.n, str(task.due_on)])
    changed = draft.change_task(
        task, due_on=due.on, due_at=due.at, reckoned=due.reckoned, wake_at=moved.wake_at,
        rung=moved.rung, left=moved.left, ladder=ladder,
        outcome=None if blocked and due.at > draft.now else task.outcome,
    )  # fmt: skip
    if ladder != task.ladder:
        _laddered(draft, changed)


def _laddered(draft: Draft, task: Task) -> None:
    draft.fact.setdefault("ladders", []).append([task.n, task.ladder])
