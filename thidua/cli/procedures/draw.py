"""A procedure as a picture: `draw`."""

import click

from thidua.cli.call import Call
from thidua.cli.picture import OUTPUT, picture
from thidua.cli.procedures.source import anywhere
from thidua.cli.shell import verb


@verb("draw")
@click.argument("name")
@OUTPUT
@click.pass_obj
def draw(call: Call, *, name: str, output: str | None) -> None:
    """Draw a procedure."""
    from thidua.definitions.drawing.way import NOWHERE

    picture(call, anywhere(call, name), NOWHERE, output)
