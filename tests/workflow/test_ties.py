"""Who steps back on which ground: computed from what is known, and told where it is not."""

from dataclasses import replace
from typing import Any

import pytest

from thidua.workflow.dossier import Candidate
from thidua.workflow.person import Seat
from thidua.workflow.ties import Kin, Ties, ties

GROUNDS = ("self", "relative", "own_unit", "nominator")
AN = Candidate("individual", "Nguyễn Văn Ấn", "stp-a", "u1")
SEATS = [Seat("member", person=f"u{n}") for n in range(1, 6)]
KIN = Kin(frozenset({"u1", "u2"}), frozenset({"u3"}), frozenset({"u2", "u4"}))


def test_each_seat_has_its_own_grounds_in_the_order_asked() -> None:
    assert ties(GROUNDS, AN, SEATS, KIN) == Ties({
        "member:u1": ("self", "own_unit"), "member:u2": ("relative", "own_unit"),
        "member:u3": ("nominator",), "member:u4": ("relative",),
    })  # fmt: skip


@pytest.mark.parametrize("ground", GROUNDS)
def test_one_ground_alone(ground: str) -> None:
    tied = {"self": {"u1"}, "relative": {"u2", "u4"}, "own_unit": {"u1", "u2"}, "nominator": {"u3"}}

    found = ties([ground], AN, SEATS, KIN)

    assert found == Ties({f"member:{each}": (ground,) for each in tied[ground]})


def test_what_is_not_known_is_told_and_ties_nobody() -> None:
    nameless = replace(AN, person=None)

    assert ties(GROUNDS, AN, SEATS, Kin()) == Ties(
        {"member:u1": ("self",)}, ("nominator", "own_unit", "relative")
    )
    assert ties(("self", "relative"), nameless, SEATS, KIN) == Ties({}, ("relative", "self"))


def test_a_collective_is_nobodys_self_and_a_seat_of_nobody_is_never_tied() -> None:
    house = Candidate("collective", "Sở Tư pháp", "stp-a")
    unheard_of: Any = frozenset({None})
    nobody = Kin(unheard_of)

    assert ties(("self", "relative"), house, SEATS, KIN) == Ties()
    assert ties(("own_unit",), house, SEATS, KIN).tied.keys() == {"member:u1", "member:u2"}
    assert ties(("own_unit",), AN, [Seat("chair")], nobody) == Ties()
