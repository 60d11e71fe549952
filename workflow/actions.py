"""What somebody may do to a dossier now, and why the rest is not possible."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from thidua.workflow.acts.consult import must_be_disagreed
from thidua.workflow.acts.counting import must_be_closable
from thidua.workflow.acts.desk import must_have_tasks
from thidua.workflow.acts.ends import must_be_awarded, must_have_come, not_final
from thidua.workflow.acts.fire import check
from thidua.workflow.acts.pause import must_be_held, must_be_returned, must_run
from thidua.workflow.acts.recusal import must_take_part
from thidua.workflow.acts.speaking import speaks_for
from thidua.workflow.acts.transfer import must_be_new
from thidua.workflow.acts.waive import must_owe
from thidua.workflow.command import Fire
from thidua.workflow.dossier import Task
from thidua.workflow.draft import Draft
from thidua.workflow.errors import Reason
from thidua.workflow.person import By, stepped_back
from thidua.workflow.procedure import Label, RoundRule
from thidua.workflow.rights import require_role, seats_of
from thidua.workflow.view import Rules, View


@dataclass(frozen=True, slots=True)
class Action:
    """A trigger, an act of the engine's own, or what a seat may do with its task.

    A seat answers or drafts ("answer", "prepare"), asks back ("ask_back"), votes ("cast").

    Allowed exactly when `reasons` is empty. `on` names the round of a task.
    """

    act: str
    label: Label
    reasons: tuple[Reason, ...] = ()
    on: str | None = None

    @property
    def allowed(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.reasons


def actions(rules: Rules, view: View, by: By, now: datetime) -> tuple[Action, ...]:
    """Every trigger out of the dossier's state, every own act, every open task of the actor's.

    Where the actor may not know yet what has become of the dossier, only what it may do.
    """
    return (*_triggers(rules, view, by, now), *_own(rules, view, by, now),
            *_tasks(rules, view, by, now))  # fmt: skip


def _draft(rules: Rules, view: View, by: By, now: datetime) -> Draft:
    return Draft(rules, view, Fire(""), by, now)


def _triggers(rules: Rules, view: View, by: By, now: datetime) -> list[Action]:
    found: list[Action] = []
    for transition in rules.procedure.transitions:
        if view.dossier.state in transition.source and transition.by != "engine":
            draft = _draft(rules, view, by, now)
            check(draft, transition)
            if draft.reasons and draft.is_shut:
                continue
            found.append(Action(transition.trigger, transition.label, draft.tellable()))
    return found


_NEEDS: Mapping[str, Callable[[Draft], None]] = {
    "return": must_run,
    "hold": must_run,
    "release": must_be_held,
    "supplement": must_be_returned,
    "extend": must_run,
    "withdraw": not_final,
    "recall": must_have_come,
    "revoke": must_be_awarded,
    "recuse": must_take_part,
    "transfer": must_be_new,
    "waive": not_final,
    "redeem": must_owe,
    "ask": not_final,
    "reply": must_be_disagreed,
    "close": must_be_closable,
    "assign": must_have_tasks,
}
"""What must hold of the dossier, whoever it is."""


def _own(rules: Rules, view: View, by: By, now: datetime) -> list[Action]:
    found: list[Action] = []
    for act, right in rules.procedure.may.items():
        draft = _draft(rules, view, by, now)
        require_role(draft, right.roles)
        if act not in ("create", "enter_for", "migrate") and not draft.reasons:
            if act in _NEEDS:
                _NEEDS[act](draft)
            found.append(Action(act, {}, draft.tellable()))
    return found


def _tasks(rules: Rules, view: View, by: By, now: datetime) -> list[Action]:
    draft = _draft(rules, view, by, now)
    if stepped_back(view.dossier.recused, by.decider, view.held):
        return []
    mine = set(seats_of(draft, [task.seat for task in draft.open_tasks("ask", "vote")]))
    named = rules.procedure.rounds
    return [
        Action(act, named[task.what].label, on=task.what)
        for task in draft.open_tasks("ask", "vote")
        for act in _done_by(draft, named[task.what], task, sits=task.seat in mine)
    ]


def _done_by(draft: Draft, rule: RoundRule, task: Task, *, sits: bool) -> tuple[str, ...]:
    """What the actor may do with an ask or vote: draft or answer, ask back, cast."""
    if task.kind == "vote":
        return ("cast",) if sits else ()
    heads = rule.confirm is not None and speaks_for(draft, rule.confirm.role, task.seat)
    back = rule.ask_back
    asks = back is not None and (sits if back.by is None else speaks_for(draft, back.by, task.seat))
    answers = heads or (sits and rule.confirm is None)
    drafts = sits and rule.confirm is not None
    able = {"answer": answers, "prepare": drafts, "ask_back": asks}
    return tuple(act for act, may in able.items() if may)
