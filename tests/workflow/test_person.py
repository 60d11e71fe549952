"""Who is asked, as text and back."""

import pytest

from thidua.evidence.thidua_verify import Dossier
from thidua.workflow.person import Seat


@pytest.mark.parametrize("seat", [
    Seat("officer"), Seat("department", unit="stp-24"), Seat("department", unit="stp:24"),
    Seat("member", person="user:7"), Seat("member", person="lan@bo.example"),
    Seat("member", person="user:lan@bo.example"),
])  # fmt: skip
def test_a_seat_is_read_back_as_it_was_written(seat: Seat) -> None:
    """An actor of a host may be an address; both verifiers' readers agree."""
    judge = object.__new__(Dossier)
    actor = seat.person or "anybody"
    judge.rule, judge.day = {}, "2018-01-01"
    judge.held = {(who, judge.day): {(seat.role, seat.unit)} for who in (actor, "another")}

    assert Seat.parse(str(seat)) == seat
    assert judge.sits(str(seat), actor)
    assert judge.sits(str(seat), "another") == (seat.person is None)
