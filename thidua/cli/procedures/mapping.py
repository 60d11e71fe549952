"""States of one version and what they are called in the next, as the command line says it."""

from collections.abc import Sequence
from pathlib import Path

from thidua.workflow.errors import Misuse


def states_of(said: Sequence[str]) -> dict[str, str]:
    """The mapping of `OLD=NEW,…` texts and of YAML files with one under `states:`.

    `Misuse` ("map-text") for a text that is neither; a file is read with the care of a procedure.
    """
    found: dict[str, str] = {}
    for text in said:
        path = Path(text)
        found |= _in_file(path) if "=" not in text and path.is_file() else _pairs(text)
    return found


def _pairs(text: str) -> dict[str, str]:
    pairs = [each.partition("=") for each in text.split(",") if each.strip()]
    if not pairs or any(not (old.strip() and new.strip()) for old, _, new in pairs):
        raise Misuse("map-text", found=text)
    return {old.strip(): new.strip() for old, _, new in pairs}


def _in_file(path: Path) -> dict[str, str]:
    from thidua.definitions.loader import read_bytes
    from thidua.definitions.reader import read

    tree = read(read_bytes(path), path.name)
    states = tree.data.get("states") if isinstance(tree.data, dict) else None
    if not isinstance(states, dict) or not all(isinstance(new, str) for new in states.values()):
        raise Misuse("map-text", found=path.name)
    return {str(old): str(new) for old, new in states.items()}
