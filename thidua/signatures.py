"""Whose signatures checkpoints carry: those of a database, an export, a note that was kept."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from thidua.connection import Db, connection_of
from thidua.storage import tree
from thidua.storage.rows import moment
from thidua.tree import made
from thidua.verify_tree import is_signed_by
from thidua.workflow.note import Checkpoint, Signature, key_id, origin_of, read

if TYPE_CHECKING:
    from thidua.app import Thidua

Verdict = Literal["valid", "forged", "other-key", "unsigned"]
""" "forged": by its id it is of a key given, and is not; "other-key": of none of these."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A checkpoint, the signatures beside it, and when it was made (UTC) where that is told."""

    checkpoint: Checkpoint
    signatures: tuple[Signature, ...]
    made_at: datetime | None = None

    def verdict(self, keys: Sequence[str]) -> Verdict:
        """By these public keys (hex); one good signature is enough."""
        if not self.signatures:
            return "unsigned"
        if any(is_signed_by(self.checkpoint, each, keys) for each in self.signatures):
            return "valid"
        mine = {key_id(self.checkpoint.origin, key) for key in keys}
        return "forged" if any(each.key_id in mine for each in self.signatures) else "other-key"


def of_database(db: Db, wf: "Thidua") -> Iterator[Claim]:
    """Every checkpoint of the database, the smallest first; reads only."""
    connection = connection_of(db)
    origin = origin_of(tree.first_hash(connection, wf.tables) or "")
    for kept in tree.checkpoints(connection, wf.tables):
        told = made(kept, origin)
        signatures = (told.signature,) if told.signature else ()
        yield Claim(told.checkpoint, signatures, told.made_at)


def of_export(lines: Iterable[str]) -> list[Claim]:
    """Every checkpoint of an export, in its order; `ValueError` for what is no export."""
    rows: list[dict[str, Any]] = []
    try:
        for line in lines:
            said = json.loads(line)
            if said["is"] == "checkpoint":
                rows.append(said)
            elif first := _first_hash(said):  # checkpoints stand before all events
                return [_exported(row, origin_of(first)) for row in rows]
    except (KeyError, TypeError) as error:
        raise ValueError("not an export of the journal") from error
    if rows:
        raise ValueError("an export without the first entry")
    return []


def of_note(text: str) -> Claim:
    """The checkpoint of a note anywhere in a text; `ValueError` where there is no whole one."""
    anchor = read(text)
    if anchor.checkpoint is None:
        raise ValueError("no whole note, so nothing that could be signed")
    return Claim(anchor.checkpoint, anchor.signatures)


def _first_hash(said: dict[str, Any]) -> str | None:
    """The hash of the journal's first entry, in the line that tells it."""
    if said["is"] == "leaves" and said["from"] == 0:
        return str(said["hashes"][0])
    return str(said["hash"]) if said["is"] == "event" and said["leaf"] == 0 else None


def _exported(row: dict[str, Any], origin: str) -> Claim:
    point = Checkpoint(origin, int(row["size"]), str(row["root"]))
    signed = row["key_id"] is not None and row["signature"] is not None
    signatures = (Signature(str(row["key_id"]), str(row["signature"])),) if signed else ()
    return Claim(point, signatures, moment(str(row["made_at"])))
