"""Information about a dossier that nobody asked for."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.bulk import carry_out
from thidua.cli.call import Call
from thidua.cli.choice import Choice, chosen
from thidua.cli.dossiers.desk import SEAT
from thidua.cli.exchanging import FILES, enclosures
from thidua.cli.option import ACT
from thidua.cli.seat import seat_in
from thidua.cli.shell import verb
from thidua.workflow.command import Command
from thidua.workflow.exchange import Inform

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection


@verb("inform", takes=ACT)
@chosen
@SEAT
@FILES
@click.pass_obj
def inform(call: Call, /, *, seat: str | None, files: tuple[Path, ...], **choice: Any) -> int:
    """Send information unasked."""
    enclosed = enclosures(call, files)

    def make(db: "Connection", dossier: str) -> Command:
        return Inform(seat_in(call, db, dossier, None, seat), enclosed, **call.terms)

    return carry_out(call, Choice(**choice), make)
