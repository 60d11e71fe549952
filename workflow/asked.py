"""Which seats a round asks about one dossier, from a roster that `People` gave."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from thidua.workflow.dossier import Dossier
from thidua.workflow.person import Seat
from thidua.workflow.procedure import Ask
from thidua.workflow.view import Rules


@dataclass(frozen=True, slots=True)
class Roster:
    """The seats of a role on a day; units that the candidate heads, and units above units."""

    seats: tuple[Seat, ...]
    headed: frozenset[str] = frozenset()
    above: Mapping[str, str] = field(default_factory=dict)


def applies(ask: Ask, rules: Rules, dossier: Dossier, today: date) -> bool:
    """Whether a rule asks about the dossier at all.

    What cannot be told for want of a value counts as met: better asked once too often.
    """
    if ask.when is None:
        return True
    if ask.when in rules.procedure.expressions:
        return not rules.expressed[ask.when](dossier, today).failed
    return dossier.fields.get(ask.when) != "no"


def address(ask: Ask, roster: Roster, dossier: Dossier) -> tuple[Seat, ...]:
    """The seats to ask: a unit asked about its own head or its own proposal is stepped over,
    or its superior is asked in its place, as the procedure says. Each seat once, in order.
    """
    asked = [_step(ask, roster, dossier, seat) for seat in roster.seats]
    return tuple(dict.fromkeys(seat for seat in asked if seat is not None))


def _step(ask: Ask, roster: Roster, dossier: Dossier, seat: Seat) -> Seat | None:
    rule = "ask"
    if seat.unit is not None and seat.unit in roster.headed:
        rule = ask.own_head
    elif seat.unit is not None and seat.unit == dossier.unit:
        rule = ask.own_proposal
    if rule == "ask":
        return seat
    above = roster.above.get(str(seat.unit))
    return Seat(seat.role, unit=above) if rule == "ask_superior" and above else None
