"""An officer conducts a round: asks for more, includes, excuses, cancels, asks again."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.bulk import carry_out
from thidua.cli.call import Call
from thidua.cli.choice import ALL_OR_NOTHING, YES, Choice
from thidua.cli.exchanging import FILES, asked_dossiers, enclosures
from thidua.cli.option import LIST_ACT
from thidua.cli.shell import option, verb
from thidua.workflow.command import Command
from thidua.workflow.exchange import CancelRound, Excuse, Include, Reopen, Request

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

ONE_SEAT = option("--seat", metavar="SEAT", said=(
    "Chỉ nơi này: mã đơn vị hoặc người.",
    "Only this seat: a unit's or a person's id."))  # fmt: skip
IDS = click.argument("ids", nargs=-1, metavar="[DOSSIER]...")
ROUND = click.argument("round_", metavar="ROUND")


def _carry(call: Call, ids: list[str], command: Command, **how: Any) -> int:
    return carry_out(call, Choice(ids=tuple(ids), **how), lambda _db, _dossier: command)


@verb("request", takes=LIST_ACT)
@ROUND
@IDS
@ONE_SEAT
@FILES
@YES
@ALL_OR_NOTHING
@click.pass_obj
def request(
    call: Call, /, *, round_: str, ids: tuple[str, ...], seat: str | None, files: tuple[Path, ...],
    **how: Any,
) -> int:  # fmt: skip
    """Put a question, or a wish for information, to one unit or to all that have not answered."""
    found, whose, listed = asked_dossiers(call, round_, seat, ids)
    command = Request(found["id"], whose, enclosures(call, files), **call.terms)
    return _carry(call, listed, command, **how)


@verb("include", takes=LIST_ACT)
@ROUND
@click.argument("seat")
@IDS
@YES
@ALL_OR_NOTHING
@click.pass_obj
def include(call: Call, /, *, round_: str, seat: str, ids: tuple[str, ...], **how: Any) -> int:
    """Ask one more unit in a running round."""
    found, _, listed = asked_dossiers(call, round_, None, ids)
    whole = call.read(lambda db: _seat(call, db, found, seat))
    return _carry(call, listed, Include(found["id"], whole, **call.terms), **how)


def _seat(call: Call, db: "Connection", found: Any, said: str) -> str:
    """A unit's id is enough where the round asks one role; somebody has to hold the seat."""
    from thidua.cli.rules import rules_of

    rule = rules_of(call, db, found["procedure"]).procedure.rounds[found["name"]]
    roles = sorted({ask.role for ask in rule.asks})
    seat = f"{roles[0]}@{said}" if "@" not in said and len(roles) == 1 else said
    call.place.wf.exchange.must_be_held(db, seat, now=call.now)
    return seat


@verb("excuse", takes=LIST_ACT)
@ROUND
@click.argument("seat")
@IDS
@YES
@ALL_OR_NOTHING
@click.pass_obj
def excuse(call: Call, /, *, round_: str, seat: str, ids: tuple[str, ...], **how: Any) -> int:
    """Not ask a unit any more, or not hold its silence against it."""
    found, whose, listed = asked_dossiers(call, round_, seat, ids)
    return _carry(call, listed, Excuse(found["id"], str(whose), **call.terms), **how)


@verb("cancel", takes=LIST_ACT)
@ROUND
@IDS
@YES
@ALL_OR_NOTHING
@click.pass_obj
def cancel(call: Call, /, *, round_: str, ids: tuple[str, ...], **how: Any) -> int:
    """Cancel a round that was opened wrongly."""
    found, _, listed = asked_dossiers(call, round_, None, ids)
    return _carry(call, listed, CancelRound(found["id"], **call.terms), **how)


@verb("reopen", takes=LIST_ACT)
@ROUND
@IDS
@YES
@ALL_OR_NOTHING
@click.pass_obj
def reopen(call: Call, /, *, round_: str, ids: tuple[str, ...], **how: Any) -> int:
    """Ask again: all after a cancelled round, else only what is still open."""
    found, _, listed = asked_dossiers(call, round_, None, ids)
    return _carry(call, listed, Reopen(found["name"], **call.terms), **how)
