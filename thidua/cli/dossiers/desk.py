"""Desks: who holds a task, who steps back, what is put off or set aside."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.bulk import carry_out
from thidua.cli.call import Call
from thidua.cli.choice import Choice, chosen
from thidua.cli.option import ACT, DAY
from thidua.cli.rules import rules_of
from thidua.cli.seat import seat_in
from thidua.cli.shell import option, verb
from thidua.workflow.command import Assign, Command, Extend, Recuse, Redeem, Waive
from thidua.workflow.debt import DEBT
from thidua.workflow.errors import Misuse, Refused

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

STATE = "state"
"""What is extended when it is the due of the state a dossier stands in."""

SEAT = option("--seat", metavar="SEAT", said=(
    "Nơi được hỏi: mã đơn vị hoặc người.", "The seat: a unit's or a person's id."))  # fmt: skip


@verb("assign", takes=ACT)
@chosen
@option("--to", metavar="ACTOR", said=("Giao cho người này.", "Whose desk."))
@option("--nobody", is_flag=True, said=(
    "Trả về hàng chờ chung.", "Back in the common queue."))  # fmt: skip
@option("--task", type=int, metavar="N", said=(
    "Việc số mấy; mặc định việc xử lý đang chờ.",
    "Which task, by number; by default the waiting desk task."))  # fmt: skip
@click.pass_obj
def assign(call: Call, /, *, to: str | None, nobody: bool, task: int | None, **choice: Any) -> int:
    """Put a task on a desk."""
    if (to is None) != nobody:
        raise Misuse("to-or-nobody")
    if to is not None:
        call.read(lambda db: call.check_known(db, to))

    def make(db: "Connection", dossier: str) -> Command:
        return Assign(task or _desk_task(call, db, dossier), to, **call.terms)

    return carry_out(call, Choice(**choice), make)


def _desk_task(call: Call, db: "Connection", dossier: str) -> int:
    from thidua.storage import listing

    tasks = listing.parts(db, call.tables, dossier)["tasks"]
    running = [t for t in tasks if t["kind"] == "desk" and t["status"] in listing.RUNNING]
    desk = [t for t in running if not t["what"].startswith(DEBT)]
    if len(desk) != 1:
        raise Refused.of("which-task", dossier=dossier, found=len(desk))
    return int(desk[0]["n"])


@verb("extend", takes=ACT)
@chosen
@click.argument("what")
@click.argument("until", type=DAY)
@SEAT
@click.pass_obj
def extend(call: Call, /, *, what: str, until: date, seat: str | None, **choice: Any) -> int:
    """Move the due of a round, of a span or of the state."""

    def make(db: "Connection", dossier: str) -> Command:
        if what == STATE:
            return Extend(None, until, seat, **call.terms)
        if what in _spans(call, db, dossier):
            return Extend(None, until, seat, what, **call.terms)
        return Extend(what, until, seat_in(call, db, dossier, what, seat), **call.terms)

    return carry_out(call, Choice(**choice), make, dues=True)


def _spans(call: Call, db: "Connection", dossier: str) -> Collection[str]:
    """The names of the spans, as far as no round is called so."""
    from thidua.storage import listing

    (row,) = listing.parts(db, call.tables, dossier)["dossier"]
    procedure = rules_of(call, db, row["procedure"]).procedure
    return set(procedure.spans) - set(procedure.rounds)


@verb("waive", takes=ACT)
@chosen
@click.argument("condition")
@click.argument("until", type=DAY)
@click.pass_obj
def waive(call: Call, /, *, condition: str, until: date, **choice: Any) -> int:
    """Set a condition aside."""
    command = Waive(condition, until, **call.terms)
    return carry_out(call, Choice(**choice), lambda _db, _id: command)


@verb("redeem", takes=ACT)
@chosen
@click.argument("condition")
@click.pass_obj
def redeem(call: Call, /, *, condition: str, **choice: Any) -> int:
    """Note that what was waived has been made good."""
    command = Redeem(condition, **call.terms)
    return carry_out(call, Choice(**choice), lambda _db, _id: command)


@verb("recuse", takes=ACT)
@chosen
@SEAT
@click.pass_obj
def recuse(call: Call, /, *, seat: str | None, **choice: Any) -> int:
    """Step back from a dossier."""

    def make(db: "Connection", dossier: str) -> Command:
        return Recuse(seat_in(call, db, dossier, None, seat), **call.terms)

    return carry_out(call, Choice(**choice), make)
