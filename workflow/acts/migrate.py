"""Moving a dossier to another version of its procedure: what stands in the way, what goes along."""

from collections.abc import Iterator
from dataclasses import replace

from thidua.workflow.acts.carried import Crossing, carry
from thidua.workflow.acts.entered import entered_data, private_parts
from thidua.workflow.acts.papers import check_fields
from thidua.workflow.acts.rounds import open_round
from thidua.workflow.command import Migrate
from thidua.workflow.dossier import Dossier, Line
from thidua.workflow.draft import Draft
from thidua.workflow.errors import Reason, Unknown, reason
from thidua.workflow.procedure import Procedure, RoundRule
from thidua.workflow.rights import require_act
from thidua.workflow.view import Rules


def arrived(rules: Rules, dossier: Dossier, command: Migrate) -> Dossier:
    """The dossier as it would stand under the new version."""
    state = command.states.get(dossier.state, dossier.state)
    return dossier._replace(procedure=rules.procedure.hash, state=state)


def migrate(draft: Draft, command: Migrate) -> None:
    """Go on under another version of the same procedure, in the state that the mapping says.

    The new version says who may, under `may: migrate`, and there has to be a paper. Opinions stay,
    those asked stay asked, and a running consultation ends by the new version's rule; a ballot
    that runs must be ruled alike by both. Dues whose rule differs are counted anew from where they
    were counted before; none is moved back into the past, and none that was set by hand is moved.
    A new due, or a new span, begins with the migration. The last step before can't be recalled.
    """
    old, new = draft.rules, draft.view.onto
    if new is None:
        raise Unknown("unknown-procedure", procedure=command.onto, known="-")
    _other_version(draft, old.procedure, new.procedure)
    draft.rules, draft.procedure = new, new.procedure
    require_act(draft, "migrate")
    if old.procedure.states[draft.dossier.state].final:
        draft.refuse("dossier-final", state=draft.dossier.state)
        draft.stop_if_refused()
    if command.ground is None:
        draft.refuse("migrate-ground")
    to = command.states.get(draft.dossier.state, draft.dossier.state)
    draft.reasons.extend(_against(draft, old.procedure, to))
    check_fields(draft, _still_known(draft))
    draft.stop_if_refused()
    _go(draft, Crossing(old, new, draft.dossier.state, to), command)


def _go(draft: Draft, crossing: Crossing, command: Migrate) -> None:
    what = {
        "left": crossing.old.procedure.hash, "onto": crossing.new.procedure.hash,
        "from": crossing.was, "to": crossing.to, "states": dict(command.states),
    }  # fmt: skip
    draft.record("migrate", {**what, **entered_data(draft)}, private_parts(draft))
    draft.changed(procedure=crossing.new.procedure.hash, state=crossing.to, came_from=None)
    carry(draft, crossing)
    for name in _first_opened(draft, crossing.to):
        open_round(draft, name)


def _other_version(draft: Draft, old: Procedure, new: Procedure) -> None:
    if old.hash == new.hash:
        draft.refuse("migrated-already", version=new.version)
    elif old.name != new.name:
        draft.refuse("migrate-other", procedure=old.name, other=new.name)
    if new.in_force_from is not None and draft.today < new.in_force_from:
        draft.refuse("not-in-force", procedure=new.name, version=new.version,
                     on=draft.today.isoformat())  # fmt: skip
    draft.stop_if_refused()


def _still_known(draft: Draft) -> dict[str, str]:
    """What the new version still has a field for; the rest stays with the dossier, unused."""
    fields = draft.procedure.fields
    return {name: text for name, text in draft.dossier.fields.items() if text and name in fields}


def _against(draft: Draft, old: Procedure, to: str) -> Iterator[Reason]:
    new, dossier = draft.procedure, draft.dossier
    if dossier.award not in new.awards:
        yield reason("unknown-award", award=dossier.award, known=", ".join(new.awards))
    for item in sorted({*dossier.pause_items} - {*new.fields, *new.documents}):
        yield reason("migrate-item", item=item)
    if to not in new.states:
        yield reason("migrate-state", state=dossier.state, to=to, known=", ".join(_open(new)))
        return
    if new.states[to].final:
        yield reason("migrate-final", state=dossier.state, to=to)
    for line in filter(lambda line: _runs(draft, line), draft.lines.values()):
        yield from _line_against(line, old, new, (dossier.state, to))
    for name in _first_opened(draft, to) if dossier.pause is not None else ():
        yield reason("migrate-paused", round=name, label=dict(new.rounds[name].label))


def _open(procedure: Procedure) -> list[str]:
    return [state.name for state in procedure.states.values() if not state.final]


def _runs(draft: Draft, line: Line) -> bool:
    """Whether something of the round is still to come: answers, its ranking, the chair's word."""
    if line.closed_n is None or line.outcome == "counted":
        return True
    waits = {f"tie:{line.round_id}", f"agenda:{line.name}"}
    return any(task.what in waits for task in draft.open_tasks("desk"))


def _line_against(
    line: Line, old: Procedure, new: Procedure, states: tuple[str, str]
) -> Iterator[Reason]:
    was, to = states
    before, after = old.rounds[line.name], new.rounds.get(line.name)
    label = dict(before.label)
    if after is None or after.kind != before.kind:
        yield reason("migrate-round", round=line.name, label=label)
    elif before.kind == "ballot" and not _ruled_alike(old, new, before, after):
        yield reason("migrate-ballot", round=line.name, label=label)
    elif line.name in old.states[was].opens and line.name not in new.states[to].opens:
        yield reason("migrate-elsewhere", round=line.name, label=label, to=to)


def _ruled_alike(old: Procedure, new: Procedure, before: RoundRule, after: RoundRule) -> bool:
    """The same but for what the round is called and what it asks in words."""
    same_words = replace(after, label=before.label, question=before.question)
    beside = old.recuse_if == new.recuse_if and old.calendar == new.calendar
    return before == same_words and beside


def _first_opened(draft: Draft, state: str) -> list[str]:
    """Rounds that the state opens and that the dossier never had: they are opened on arrival."""
    return [name for name in draft.procedure.states[state].opens if draft.line(name) is None]
