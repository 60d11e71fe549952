"""Carrying a decision out, line by line: `thidua decisions apply`."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.bulk import Outcome, answer, tell
from thidua.cli.call import Call
from thidua.cli.language import Words
from thidua.cli.option import DRY_RUN
from thidua.cli.rules import make_ready, rules_of, state_label
from thidua.cli.screen import progress, say, show
from thidua.cli.shell import verb
from thidua.workflow.errors import (
    Busy,
    CommandReused,
    Refused,
    Stale,
    ThiduaError,
    Unknown,
)
from thidua.workflow.person import By

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.workflow.change import Done

DOING: Words = ("Đang thực hiện", "Carrying out")
FINISHED: Words = (
    "Quyết định {id} đã thực hiện xong; thông báo kết quả được gửi đi.",
    "The decision {id} is carried out; its notices go out.",
)
OPEN: Words = (
    "Quyết định {id} còn {left} trường hợp chưa thực hiện; thông báo kết quả chờ đến trường hợp"
    " cuối. Xử lý xong thì chạy lại lệnh này.",
    "{left} lines of the decision {id} are left; its notices wait for the last. See to them, then"
    " run this again.",
)


@verb("apply", takes=(DRY_RUN,))
@click.argument("decision")
@click.pass_obj
def apply(call: Call, *, decision: str) -> int:
    """Carry a decision out."""
    found = call.read(lambda db: _found(call, db, decision))
    lines = call.place.wf.decisions.open_lines
    todo = {dossier for dossier, _ in call.read(lambda db: lines(db, decision))}
    make_ready(call, sorted(todo))
    outcomes = _lines(call, decision, [r for r in found["lines"] if r["dossier_id"] in todo])
    left = sum(each.error is not None for each in outcomes)
    finished = not left and not call.dry
    if finished:
        call.change(lambda db: _finish(call, db, decision))
    told = {"id": decision, "number": found["number"], "finished": finished, "left": left,
            **answer(call, outcomes)}  # fmt: skip

    def write() -> None:
        if outcomes:
            tell(call, outcomes, planned=call.dry)
        if not call.dry:
            say(call, OPEN if left else FINISHED, id=decision, left=left)

    show(call, told, write)
    return _exit_code(outcomes)


def _found(call: Call, db: "Connection", decision: str) -> Mapping[str, Any]:
    """The decision; refused while it is not numbered, or for whoever could not seal it."""
    from thidua.storage import listing_registers

    found = listing_registers.decision(db, call.tables, decision)
    if found["status"] == "drafted":
        raise Refused.of("decision-unsigned", decision=decision)
    call.by(db)
    _check_sealer(call, db)
    return found


def _check_sealer(call: Call, db: "Connection") -> None:
    """Whoever enters must hold the right to draw up decisions, with which the last step is done."""
    wf, operator = call.place.wf, call.operator(db)
    roles = wf.shelf.roles(db, "draft")
    if not roles & {h.role for h in wf.people.held(db, operator, call.today)}:
        named = ", ".join(sorted(roles)) or "-"
        raise Refused.of("not-allowed", actor=operator, roles=named)


def _lines(call: Call, decision: str, rows: Sequence[Mapping[str, Any]]) -> list[Outcome]:
    """What each line came to, dossiers ascending."""
    outcomes: list[Outcome] = []
    with progress(call, rows, DOING) as each_row:
        for row in each_row:
            outcomes.append(_line(call, decision, row))
    return outcomes


def _line(call: Call, decision: str, row: Mapping[str, Any]) -> Outcome:
    """One line in a transaction of its own."""
    dossier = row["dossier_id"]
    shown = {**row, "id": dossier, "version": None}
    try:
        done = call.write(lambda db: _applied(call, db, decision, dossier))
    except (Refused, Unknown, Stale, CommandReused, Busy) as error:
        return Outcome(dossier, shown, None, error, _label(call, row, row["state"]))
    before, after = (_label(call, row, state) for state in (row["state"], done.state))
    return Outcome(dossier, shown, done, None, before, after)


def _applied(call: Call, db: "Connection", decision: str, dossier: str) -> "Done":
    decisions = call.place.wf.decisions
    return decisions.apply_line(db, decision, dossier, by=call.by(db), now=call.now)


def _label(call: Call, row: Mapping[str, Any], state: str) -> str:
    rules = call.read(lambda db: rules_of(call, db, row["procedure"]))
    return state_label(rules.procedure, state, call.lang)


def _finish(call: Call, db: "Connection", decision: str) -> bool:
    """Seal it: by whoever enters, whose right to draw up decisions it is."""
    finish = call.place.wf.decisions.finish
    return finish(db, decision, by=By(call.operator(db)), now=call.now)


def _exit_code(outcomes: Sequence[Outcome]) -> int:
    """3 when a line is stale or busy, 1 when one is refused, 0 when all are done."""
    errors: list[ThiduaError] = [each.error for each in outcomes if each.error is not None]
    if any(isinstance(error, Stale | Busy) for error in errors):
        return 3
    return int(bool(errors))
