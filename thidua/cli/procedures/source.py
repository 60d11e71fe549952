"""Procedures as the commands name them: a file, one that ships, one that is stored."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.call import Call
from thidua.cli.language import label_of
from thidua.cli.rules import named
from thidua.workflow.errors import DefinitionError, Misuse, Unknown

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.definitions.loaded import Loaded
    from thidua.definitions.tree import Tree
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


def definition(call: Call, file: str) -> "Loaded":
    """The procedure in a file, or one that ships: typed and not yet proved.

    Of an overlay it is what overlay and base make together, and findings point into the overlay.
    """
    from thidua.definitions import parse
    from thidua.definitions.overlay import is_overlay, laid, read_overlay
    from thidua.definitions.reader import read

    data, name = source(file)
    tree = read(data, name)
    if not is_overlay(tree):
        return parse(data, name)
    return laid(read_overlay(tree, lambda base: version(call, base)))


def version(call: Call, name: str) -> "Tree":
    """The text of a "name@version": the stored one, else one that ships; `Unknown` for neither."""
    from thidua.definitions.reader import read

    try:
        return read(call.read(lambda db: _stored(call, db, name)), name)
    except (Unknown, Misuse) as error:
        return read(_unstored(name, error), name)


def _unstored(name: str, error: Unknown | Misuse) -> bytes:
    """The text of one that ships: without a database there is what ships. `Unknown` with the
    nearest of all there are.
    """
    from thidua.definitions.words import nearest

    text = _shipped(name)
    if text is None:
        known = {*str(error.fields.get("known", "")).split(", "), *_ships()} - {"", "-"}
        raise Unknown("unknown-procedure", procedure=name, known=nearest(name, known))
    return text


def _stored(call: Call, db: "Connection", name: str) -> str:
    from thidua.storage import library

    return library.text_of(db, call.tables, named(call, db, name).hash)


def _shipped(name: str) -> bytes | None:
    from thidua.definitions import parse, shipped

    base, _, wanted = name.partition("@")
    path = shipped().get(base)
    data = path.read_bytes() if path is not None else None
    fits = data is not None and parse(data, base).procedure.version == wanted
    return data if fits else None


def _ships() -> set[str]:
    from thidua.definitions import parse, shipped

    read = ((name, parse(path.read_bytes(), name)) for name, path in shipped().items())
    return {f"{name}@{loaded.procedure.version}" for name, loaded in read}


def proved(loaded: "Loaded") -> "Procedure":
    """The procedure, or `DefinitionError` with every finding that keeps it from being used."""
    from thidua.definitions.check import check
    from thidua.forms import letters

    found = check(loaded, templates=letters(), letters=letters())
    if found.errors:
        raise DefinitionError.because(found.errors)
    return loaded.procedure


def others(call: Call, loaded: "Loaded", file: str) -> "list[Procedure]":
    """The procedures that steps may open dossiers under: stored ones, those that ship, and those
    in files beside this one. Nothing is read for a procedure whose steps open none.
    """
    from thidua.definitions import parse, shipped

    if not any(step.starts for step in loaded.procedure.transitions):
        return []
    try:
        found = call.read(call.place.wf.shelf.stored)
    except Misuse:
        found = []  # without a database there is what ships
    for path in (*shipped().values(), *sorted(Path(file).parent.glob("*.yaml"))):
        with suppress(DefinitionError):  # an overlay, or a file that is something else
            found.append(parse(path.read_bytes(), path.name).procedure)
    return found


def anywhere(call: Call, name: str) -> "Procedure":
    """A stored procedure, one that ships, a file, or what an overlay and its base make."""
    from thidua.definitions import parse, shipped

    path = Path(name)
    if path.is_file() or path.suffix in (".yaml", ".yml") or name in shipped():
        return proved(definition(call, name))
    try:
        return call.read(lambda db: named(call, db, name))
    except (Unknown, Misuse) as error:
        return proved(parse(_unstored(name, error), name))


def row(call: Call, procedure: "Procedure", confirmed: dict[str, Any]) -> dict[str, Any]:
    """A procedure as answers show it; `confirmed` holds the grounds that were confirmed."""
    return {
        "name": procedure.name, "version": procedure.version, "hash": procedure.hash,
        "title": dict(procedure.title), "label": label_of(procedure.title, call.lang),
        "in_force_from": procedure.in_force_from, "in_force_to": procedure.in_force_to,
        "unconfirmed": [ground for ground in procedure.assumed if ground not in confirmed],
    }  # fmt: skip
