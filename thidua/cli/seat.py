"""Seats as people name them: a unit's or a person's id is enough where only one seat has it."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from thidua.cli.call import Call
from thidua.workflow.errors import Refused
from thidua.workflow.person import Seat, sits

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection


def fitting(seats: Iterable[str], said: str) -> str:
    """The one of `seats` that is meant; what was said when none or several are."""
    known = set(seats)
    if said in known:
        return said
    fits = [seat for seat in known if said in _parts(seat)]
    return fits[0] if len(fits) == 1 else said


def require_own(call: Call, db: "Connection", said: str) -> None:
    """`Refused` for a seat, unit or person that is not the decider's, whether asked or not."""
    who = call.by(db).decider
    held, at = call.place.wf.people.held(db, who, call.today), Seat.parse(said)
    own = {who, *(each.unit for each in held if each.unit)}
    if own.isdisjoint((said, *_parts(said))) and not sits(at, who, held):
        raise Refused.of("not-your-seat", seat=said, actor=who)


def require_conducting(call: Call, db: "Connection", found: Mapping[str, Any], act: str) -> None:
    """`Refused` without the right `act` in a round, before it is told which seats it asks."""
    call.procedure = found["procedure"]
    ledger = call.place.wf.rounds.ledger
    ledger.require_in_round(db, call.by(db), act, found["id"], call.now)


def _parts(seat: str) -> tuple[str | None, ...]:
    parsed = Seat.parse(seat)
    return parsed.unit, parsed.person


def seat_in(
    call: Call, db: "Connection", dossier: str, round_name: str | None, said: str | None
) -> str | None:
    """The seat of a dossier's tasks, of one round where it is named; None when none was said."""
    from thidua.storage import listing

    if said is None:
        return None
    tasks = listing.parts(db, call.tables, dossier)["tasks"]
    return fitting((t["seat"] for t in tasks if round_name in (None, t["what"])), said)
