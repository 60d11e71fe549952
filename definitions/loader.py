"""From a procedure's text to its values: read, typed, proved, pinned to a content hash."""

import hashlib
from collections.abc import Collection, Mapping
from functools import lru_cache
from pathlib import Path

from thidua.definitions.check import Letter, check
from thidua.definitions.loaded import Loaded
from thidua.definitions.tree import Tree
from thidua.workflow.errors import DefinitionError
from thidua.workflow.procedure import Procedure

_SHIPPED = Path(__file__).parent / "procedures"


def content_hash(text: str) -> str:
    """The SHA-256, as hex, of a text in normal form (`Tree.text`): UTF-8, NFC, LF, no mark.

    Comments and spaces count: the text that was checked is the text that is pinned.
    """
    return hashlib.sha256(text.encode()).hexdigest()


@lru_cache(maxsize=16)
def parse(text: str | bytes, name: str) -> Loaded:
    """Read and type a procedure without proving it; `name` is what findings call the file.

    `DefinitionError` carries every mistake of the schema at once, or the first one of YAML. The
    same text is read once: it always means the same.
    """
    # Here, not above: YAML is not loaded until somebody has a file to read.
    from thidua.definitions.reader import read

    return typed(read(text, name))


def typed(tree: Tree) -> Loaded:
    """The procedure that a tree stands for, or `DefinitionError` with every mistake."""
    from pydantic import ValidationError

    from thidua.definitions.schema import ProcedureShape, reasons

    shapes: dict[int, type] = {}
    try:
        shape = ProcedureShape.model_validate(tree.data, context=shapes)
    except ValidationError as error:
        raise DefinitionError.because(reasons(error, tree, shapes)) from error
    return Loaded(shape.value(content_hash(tree.text)), tree)


def load(
    text: str | bytes,
    name: str,
    *,
    templates: Collection[str] | None = None,
    calendars: Collection[str] | None = None,
    predicates: Collection[str] | None = None,
    letters: Mapping[str, Letter] | None = None,
) -> Procedure:
    """The procedure of `text`, read, typed and proved.

    `templates`, `calendars` and `predicates` (the host's conditions) are the names that exist;
    None leaves that name unchecked; `letters` tells what the templates are like.
    `DefinitionError` carries all findings that are no warnings.
    """
    loaded = parse(text, name)
    found = check(
        loaded,
        templates=templates,
        calendars=calendars,
        predicates=predicates,
        letters=letters,
    )
    if found.errors:
        raise DefinitionError.because(found.errors)
    return loaded.procedure


def load_file(
    path: Path,
    *,
    templates: Collection[str] | None = None,
    calendars: Collection[str] | None = None,
    predicates: Collection[str] | None = None,
) -> Procedure:
    """The same of a file; one that cannot be read is a `DefinitionError` too."""
    return load(
        read_bytes(path),
        path.name,
        templates=templates,
        calendars=calendars,
        predicates=predicates,
    )


def read_bytes(path: Path) -> bytes:
    """The bytes of a file, or `DefinitionError` saying why there are none."""
    try:
        return path.read_bytes()
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise DefinitionError("file-unreadable", file=str(path), problem=why) from error


def shipped() -> dict[str, Path]:
    """The procedures that come with the library, by name."""
    return {path.stem: path for path in sorted(_SHIPPED.glob("*.yaml"))}
