"""A document's bytes, for whoever may see it and has to do with its dossier."""

import hashlib
from collections.abc import Mapping
from typing import Any, NamedTuple

from thidua.app import Thidua
from thidua.connection import Db, connection_of
from thidua.logged import unshown
from thidua.storage.erasing import erased_documents
from thidua.workflow.errors import Failed, Misuse, Unknown
from thidua.workflow.sight import Eyes


class Readout(NamedTuple):
    """A document's row (`kind`, `version`, `name`, `type`, `size`, `sha256`), and its bytes."""

    row: Mapping[str, Any]
    content: bytes


def read_document(
    db: Db,
    wf: Thidua,
    dossier_id: str,
    kind: str,
    *,
    eyes: tuple[Eyes, ...],
    version: int | None = None,
) -> Readout:
    """The newest of a kind, or `version`, as every one of `eyes` may have it; reads, no lock.

    For who handles the dossier, who is or was asked about it, and the side that proposes; what
    came with somebody's words ("enclosed:N") only for who reads these. `Refused`
    ("document-not-yours") for others, `Unknown` for what is not there or not to be seen, when it
    was erased ("document-erased", though somebody else may have the same bytes) and when these are
    gone; `Failed` ("file-changed") when they are not those that were attached.
    """
    if wf.files is None:
        raise Misuse("files-missing")
    seen = wf.seen.by_eyes(db, dossier_id, eyes)
    if not seen.concerned:
        raise unshown("document-not-yours", eyes, dossier_id, dossier=dossier_id)
    fits = [row for row in seen.documents
            if row["kind"] == kind and version in (None, row["version"])]  # fmt: skip
    if not fits:
        known = ", ".join(dict.fromkeys(row["kind"] for row in seen.documents)) or "-"
        raise Unknown("unknown-document", dossier=dossier_id, kind=kind, known=known)
    row = max(fits, key=lambda each: each["version"])
    erased = erased_documents(connection_of(db), wf.tables, [row["owner"]])
    if (row["owner"], row["kind"], row["version"]) in erased:
        raise Unknown("document-erased", dossier=dossier_id, kind=kind)
    content = wf.files.read(row["sha256"])
    if hashlib.sha256(content).hexdigest() != row["sha256"]:
        told = {name: row[name] for name in ("kind", "version", "sha256")}
        raise Failed("file-changed", **told)
    return Readout(row, content)
