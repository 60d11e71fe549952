"""Keys that cannot be reached, or outlived their count or an erasure."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sqlalchemy.engine import Connection

from thidua import erasures
from thidua.doctor.finding import Finding
from thidua.ids import utc_now
from thidua.keys import KeyFolder
from thidua.spent_keys import spent
from thidua.workflow.errors import Misuse

if TYPE_CHECKING:
    from thidua.app import Thidua


def keys(db: Connection, wf: "Thidua") -> Iterator[Finding]:
    """Keys that cannot be reached, or outlived their count or an erasure."""
    try:
        left = 0 if wf.keys is None else len(spent(db, wf.tables, wf.keys, utc_now()))
        replaced = 0 if wf.values is None else sum(1 for _ in wf.values.several())
        root = wf.keys.root if isinstance(wf.keys, KeyFolder) else None
        kept = erasures.read(root / erasures.NAME) if root is not None else []
    except Misuse as error:
        yield Finding(error.reasons[0].code, "stop", error.fields)
        return
    if kept and (again := erasures.undone(db, wf.tables, kept)):
        yield Finding("erasures-undone", "stop", {"count": len(again)})
    if left:
        yield Finding("keys-left", "warn", {"count": left})
    if replaced:
        yield Finding("value-keys-left", "warn", {"count": replaced})
