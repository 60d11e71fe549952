"""The language of procedures as a JSON Schema, for editors: `schema`."""

import json

import click

from thidua.cli.call import Call
from thidua.cli.shell import verb


@verb("schema")
@click.pass_obj
def schema(call: Call) -> None:  # noqa: ARG001 -- every command is given its call
    """Print the JSON Schema of procedure files."""
    from thidua.definitions.json_schema import json_schema

    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))
