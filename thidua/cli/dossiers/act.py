"""Moving dossiers: a step of their procedure, or a way back or out."""

from typing import Any

import click

from thidua.cli.bulk import carry_out
from thidua.cli.call import Call
from thidua.cli.choice import Choice, chosen
from thidua.cli.option import ACT
from thidua.cli.shell import option, verb
from thidua.workflow.command import Fire, Recall, Revoke, Withdraw

DECISION = option("--decision", metavar="ID", said=(
    "Quyết định đã vào sổ có dòng của hồ sơ.",
    "The numbered decision that has a line for it."))  # fmt: skip


@verb("act", takes=ACT)
@chosen
@click.argument("trigger")
@option(
    "--meeting",
    metavar="ID",
    said=("Phiên họp, khi bước này đưa ra bỏ phiếu.", "The meeting, when the step opens a ballot."),
)
@option("--round", "round_", metavar="ROUND", said=(
    "Nhập vào đợt đang có.", "Join this round, which is there."))  # fmt: skip
@DECISION
@option("--starts", metavar="ID", said=(
    "Mã của hồ sơ liên kết mà bước này mở; không ghi thì hệ thống đặt.",
    "The id of the linked dossier that the step opens; made up without it."))  # fmt: skip
@option("--starts-award", metavar="CODE", said=(
    "Hình thức đề nghị ở hồ sơ liên kết, khi quy trình ấy có nhiều hình thức.",
    "What the linked dossier is for, where its procedure has several awards."))  # fmt: skip
@click.pass_obj
def act(
    call: Call,
    /,
    *,
    trigger: str,
    meeting: str | None,
    round_: str | None,
    decision: str | None,
    starts: str | None,
    starts_award: str | None,
    **choice: Any,
) -> int:
    """Take a step of the procedure."""
    joined = call.read(lambda db: _round_id(call, db, round_)) if round_ else None
    command = Fire(trigger, joined, meeting, decision, starts, starts_award, **call.terms)
    return carry_out(call, Choice(**choice), lambda _db, _id: command)


def _round_id(call: Call, db: Any, ref: str) -> str:
    from thidua.storage.listing_rounds import find

    return str(find(db, call.tables, ref)["id"])


@verb("withdraw", takes=ACT)
@chosen
@click.pass_obj
def withdraw(call: Call, /, **choice: Any) -> int:
    """Withdraw the nomination."""
    return carry_out(call, Choice(**choice), lambda _db, _id: Withdraw(**call.terms))


@verb("recall", takes=ACT)
@chosen
@click.pass_obj
def recall(call: Call, /, **choice: Any) -> int:
    """Undo the last step."""
    return carry_out(call, Choice(**choice), lambda _db, _id: Recall(**call.terms))


@verb("revoke", takes=ACT)
@chosen
@DECISION
@click.pass_obj
def revoke(call: Call, /, *, decision: str | None, **choice: Any) -> int:
    """Undo an award."""
    return carry_out(call, Choice(**choice), lambda _db, _id: Revoke(decision, **call.terms))
