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
from thidua.cli.screen import warn
from thidua.cli.seat import seat_in
from thidua.cli.shell import option, verb
from thidua.cli.speech import said
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

    along = _OutsideRole(call, to, task)
    return carry_out(call, Choice(**choice), along.make, along=along, after=along.answer)


class _OutsideRole:
    """Warns of tasks that go to somebody who does not hold their role."""

    def __init__(self, call: Call, to: str | None, task: int | None) -> None:
        self.call, self.to, self.task = call, to, task
        self.given: dict[str, Assign] = {}
        self.found: dict[str, dict[str, Any]] = {}
        self.told: set[str] = set()

    def make(self, db: "Connection", dossier: str) -> Command:
        task = self.task or _desk_task(self.call, db, dossier)
        self.given[dossier] = Assign(task, self.to, **self.call.terms)
        return self.given[dossier]

    def beside(self, db: "Connection", dossier: str) -> None:
        wf, call = self.call.place.wf, self.call
        why = wf.outside_role(db, dossier, self.given[dossier], now=call.now)
        if why is not None:
            self.found[dossier] = {"dossier": dossier, "code": why.code, "text": said(call, why),
                                   "fields": why.fields}  # fmt: skip

    def finished(self) -> None:
        """What was planned is not told again when it is done."""
        new = [each for dossier, each in self.found.items() if dossier not in self.told]
        self.told |= {*self.found}
        for text in () if self.call.as_json else dict.fromkeys(each["text"] for each in new):
            where = ", ".join(each["dossier"] for each in new if each["text"] == text)
            warn(self.call, ("{where}: {text}", "{where}: {text}"), where=where, text=text)

    def answer(self) -> dict[str, Any]:
        return {"warnings": [*self.found.values()]}


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
