"""Procedures as the commands name them: a file, one that ships, one that is stored."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.call import Call
from thidua.cli.language import label_of
from thidua.cli.rules import named

if TYPE_CHECKING:
    from thidua.workflow.procedure import Procedure

FILE = click.argument("file")


def source(file: str) -> tuple[bytes, str]:
    """The bytes and the name of a procedure file, or of one that ships."""
    from thidua.definitions import shipped
    from thidua.definitions.loader import read_bytes

    path = Path(file)
    if not path.exists():
        path = shipped().get(file, path)
    return read_bytes(path), path.name


def anywhere(call: Call, name: str) -> "Procedure":
    """A stored procedure, one that ships, or a file."""
    from thidua.definitions import load, shipped

    if Path(name).is_file() or name in shipped():
        data, file = source(name)
        return load(data, file)
    return call.read(lambda db: named(call, db, name))


def row(call: Call, procedure: "Procedure", confirmed: dict[str, Any]) -> dict[str, Any]:
    """A procedure as answers show it; `confirmed` holds the grounds that were confirmed."""
    return {
        "name": procedure.name, "version": procedure.version, "hash": procedure.hash,
        "title": dict(procedure.title), "label": label_of(procedure.title, call.lang),
        "in_force_from": procedure.in_force_from, "in_force_to": procedure.in_force_to,
        "unconfirmed": [ground for ground in procedure.assumed if ground not in confirmed],
    }  # fmt: skip
