"""A host's subscribers: who fails, and who has not been told for long."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy.engine import Connection

from thidua.doctor.finding import Finding
from thidua.storage import subscribers as storage
from thidua.storage.rows import moment

if TYPE_CHECKING:
    from thidua.app import Thidua

UNTOLD_FOR = timedelta(hours=1)
"""Who runs is told twice a minute; a failure is told of at once."""


def subscribers(db: Connection, wf: "Thidua") -> Iterator[Finding]:
    for told in storage.told(db, wf.tables):
        for row in storage.page(db, wf.tables, told.position, 1):
            at = moment(json.loads(row.body)["at"])
            fields = {"name": told.name, "since": at}
            if told.attempt:
                event = {"dossier": row.stream, "n": row.n, "next": told.until_at}
                failure = {"attempt": told.attempt, "trouble": told.trouble}
                yield Finding("subscriber-fails", "warn", {**fields, **event, **failure})
            elif wf.clock() - at > UNTOLD_FOR:
                yield Finding("subscriber-untold", "warn", fields)
