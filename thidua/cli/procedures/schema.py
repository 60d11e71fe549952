"""The language of procedures as a JSON Schema, for editors: `schema`."""

import json

import click

from thidua.cli.call import Call
from thidua.cli.shell import option, verb


@verb("schema")
@option("--overlay", is_flag=True, said=("Của tệp phủ.", "Of overlays."))
@click.pass_obj
def schema(call: Call, *, overlay: bool) -> None:  # noqa: ARG001 -- every command is given its call
    """Print the JSON Schema of procedure files, or of overlays."""
    from thidua.definitions.json_overlay import overlay_schema
    from thidua.definitions.json_schema import json_schema

    made = overlay_schema() if overlay else json_schema()
    click.echo(json.dumps(made, ensure_ascii=False, indent=2))
