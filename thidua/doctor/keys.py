"""Keys of secret ballots that cannot be reached, or outlived their count."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sqlalchemy.engine import Connection

from thidua.doctor.finding import Finding
from thidua.ids import utc_now
from thidua.spent_keys import spent
from thidua.workflow.errors import Misuse

if TYPE_CHECKING:
    from thidua.app import Thidua


def keys(db: Connection, wf: "Thidua") -> Iterator[Finding]:
    """Keys of secret ballots that cannot be reached, or outlived their count."""
    if wf.keys is None:
        return
    try:
        left = len(spent(db, wf.tables, wf.keys, utc_now()))
    except Misuse as error:
        yield Finding(error.reasons[0].code, "stop", error.fields)
        return
    if left:
        yield Finding("keys-left", "warn", {"count": left})
