"""The secret vote by electronic means: into a sealed box, out of it when it is counted."""

from collections.abc import Iterable, Sequence

from thidua.workflow.acts.entered import entered_data
from thidua.workflow.acts.rounds import end_line_tasks, open_round
from thidua.workflow.acts.speaking import known_line, must_be_open
from thidua.workflow.change import Vote
from thidua.workflow.command import Cast, VoidBallot
from thidua.workflow.dossier import Line, Task
from thidua.workflow.draft import Draft
from thidua.workflow.procedure import RoundRule
from thidua.workflow.rights import require_act, require_role, stands_in
from thidua.workflow.secrecy import LOST, is_sealed, too_few
from thidua.workflow.tally import Counts


def check_secret(draft: Draft, rule: RoundRule, command: Cast) -> None:
    """Note what keeps a vote in a secret ballot from being taken.

    A written one is taken as an open vote, for the member has put his name to it. An electronic
    one carries no words: they could say how its voter voted.
    """
    if command.way == "written" and "written" in rule.ways:
        return
    line = draft.line(rule.name)
    if not is_sealed(rule):
        draft.refuse("secret-by-count", round=rule.name)
    if not is_sealed(rule) or line is None or line.closed_n is not None:
        return
    if command.way != "electronic":
        return  # refused already: it is no way to vote oneself
    boxed = draft.view.boxed
    fault = boxed.fault if boxed is not None else "keys-missing"
    if fault is not None:
        draft.refuse(fault, round=rule.name)
    if draft.by.for_ is not None and stands_in(draft):
        draft.refuse("vote-in-person", decider=draft.by.decider)
    if command.note is not None or command.ground is not None:
        draft.refuse("secret-with-words", round=rule.name)


def cast_secretly(draft: Draft, line: Line, task: Task) -> None:
    """Record that the seat voted and nothing of how.

    The event keeps a salted commitment to the whole box, whose salt the next vote replaces. The
    vote that makes the box names its key.
    """
    boxed = draft.view.boxed
    if boxed is None or boxed.box is None:
        raise AssertionError("a vote that no box was prepared for")
    box = boxed.box
    data = {"round": line.name, "round_id": line.round_id, "seat": task.seat, "way": "electronic"}
    key = {"key": [box.key_id, box.public]} if box.is_new else {}
    draft.record("cast", {**data, **key, "box": box.seal, **entered_data(draft)})
    draft.boxes.append(box)
    draft.end_task(task, "done", "voted")


def slips_of(
    draft: Draft, rule: RoundRule, members: Iterable[Task], votes: Iterable[Vote]
) -> tuple[frozenset[str], tuple[str, ...]]:
    """The seats that voted in the sealed box, and the choices found in it.

    Noted as refused when it cannot be opened, or holds more or less than they put in.
    """
    openly = {vote.seat for vote in votes}
    secretly = frozenset(t.seat for t in members if t.outcome == "voted" and t.seat not in openly)
    boxed = draft.view.boxed
    if not is_sealed(rule) or (boxed is None and not secretly):
        return secretly, ()
    fault = "keys-missing" if boxed is None else boxed.fault
    choices = () if boxed is None else boxed.choices
    if fault is None and len(choices) != len(secretly):
        fault = "box-broken"
    if fault is not None:
        draft.refuse(fault, round=rule.name)
    return secretly, choices


def with_slips(counts: Counts, slips: Sequence[str]) -> Counts:
    """The count with the slips of the sealed box added."""
    n = len(slips)
    return counts._replace(
        issued=counts.issued + n,
        returned=counts.returned + n,
        valid=counts.valid + n,
        votes_for=counts.votes_for + slips.count("for"),
        votes_against=counts.votes_against + slips.count("against"),
        abstained=counts.abstained + slips.count("abstain"),
    )


def publish(draft: Draft) -> None:
    """Write what was found in the box into the event being recorded, and into its row."""
    boxed = draft.view.boxed
    if boxed is not None and boxed.box is not None:
        opened = boxed.box.opened(boxed.choices)
        draft.fact["slips"] = opened.each
        draft.boxes.append(opened)


def void(draft: Draft, command: VoidBallot) -> None:
    """End a ballot whose box nobody can open any more, and ask its members again.

    Only then: a box that can be opened is counted. Nobody opens one with too few slips in it, when
    no member is left to vote. The note says what happened.
    """
    line = known_line(draft, command.round)
    rule = draft.procedure.rounds[line.name]
    if rule.close.by is not None:
        require_role(draft, (rule.close.by,))
    else:
        require_act(draft, "close")
    must_be_open(draft, line)
    boxed = draft.view.boxed
    why: str | None = boxed.fault if boxed is not None and boxed.fault in LOST else None
    if why is None and _stays_shut(draft, rule, line):
        why = "too-few"
    if why is None:
        draft.refuse("box-not-lost", round=line.name)
    if not command.note:
        draft.refuse("note-missing", trigger="void")
    draft.stop_if_refused()
    data = {"round": line.name, "round_id": line.round_id, "why": why}
    private = {"note": command.note or ""}
    draft.record("voidballot", {**data, **entered_data(draft)}, private)
    end_line_tasks(draft, line, "cancelled", "void")
    draft.change_line(line, closed_n=draft.n, outcome="void")
    open_round(draft, rule.name)


def _stays_shut(draft: Draft, rule: RoundRule, line: Line) -> bool:
    """Whether the box has too few slips in it, and there will be no more."""
    boxed = draft.view.boxed
    known = boxed is not None and boxed.fault in (None, "box-kept-shut")
    box = boxed.box if boxed is not None and known else None
    waits = any(draft.open_tasks("vote", round_id=line.round_id))
    return box is not None and too_few(rule, box.votes) and not waits
