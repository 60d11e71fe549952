"""What is drafted, given and asked over a list of dossiers, as use cases."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from sqlalchemy.engine import Connection

from figures.evidence.crash_before import after, both, lived, round_of
from figures.evidence.crash_cases import NOTE, SEAT, Case
from figures.evidence.crash_stage import OFFICER, Stage
from thidua import By
from thidua.exchange import Terms


def exchanged() -> Iterator[Case]:
    """A seat's drafts and answers, and what the office asks of it."""
    once, why = Terms(command_id="once"), Terms(note=NOTE, command_id="once")

    def prepare(stage: Stage, db: Connection, of: str = "draft-0") -> Any:
        own = {"by": By("d0"), "terms": once}
        drafted = stage.wf.exchange.prepare(db, round_of(stage, of), SEAT, "agree", **own)
        return [(done.dossier_id, done.n) for done in drafted.taken]

    def confirm(stage: Stage, db: Connection) -> Any:
        own = {"by": By("d0"), "terms": Terms(command_id="given")}
        given = stage.wf.exchange.confirm(db, round_of(stage, "given-0"), SEAT, **own)
        return [(done.dossier_id, done.n) for done in given.taken]

    def request(stage: Stage, db: Connection) -> Any:
        asked = stage.wf.exchange.request(db, round_of(stage, "wish-0"), by=OFFICER, terms=why)
        return [(done.dossier_id, done.n) for done in asked.taken]

    drafted = after(partial(prepare, of="given-0"))
    yield Case("prepare-list", prepare, lived("draft", "consulted", 2), idempotent=True)
    yield Case("confirm-list", confirm, both(lived("given", "consulted", 2), drafted),
               idempotent=True)  # fmt: skip
    yield Case("request-list", request, lived("wish", "consulted", 2), idempotent=True)
