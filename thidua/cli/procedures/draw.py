"""A procedure as a picture: `draw`."""

from typing import TYPE_CHECKING

import click

from thidua.cli.call import Call
from thidua.cli.procedures.source import anywhere
from thidua.cli.screen import show
from thidua.cli.shell import option, verb

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.workflow.procedure import Procedure


@verb("draw")
@click.argument("name", required=False)
@option("--dossier", metavar="ID", said=(
    "Tô đậm đường đi của hồ sơ này.", "Mark the way of this dossier."))  # fmt: skip
@click.pass_obj
def draw(call: Call, *, name: str | None, dossier: str | None) -> None:
    """Draw a procedure as Mermaid text."""
    from thidua.definitions.draw import mermaid

    if dossier is not None:
        procedure, passed = call.read(lambda db: _way(call, db, dossier))
    elif name is not None:
        procedure, passed = anywhere(call, name), []
    else:
        raise click.UsageError("NAME / --dossier")
    text = mermaid(procedure, call.lang, highlight=passed)
    show(call, {"name": procedure.name, "mermaid": text}, lambda: click.echo(text, nl=False))


def _way(call: Call, db: "Connection", dossier: str) -> tuple["Procedure", list[str]]:
    from thidua.storage import listing

    wf = call.place.wf
    (row,) = listing.parts(db, wf.tables, dossier)["dossier"]
    events = listing.history(db, wf.tables, dossier)
    passed = [e["body"]["to"] for e in events if "to" in e["body"]]
    return wf.shelf.rules(db, row["procedure"]).procedure, passed
