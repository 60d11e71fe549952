"""Which seats are asked: nobody about himself, a superior in his place where the rule says so."""

import pytest

from thidua.workflow.asked import Roster, address
from thidua.workflow.dossier import Candidate, Dossier
from thidua.workflow.person import Seat
from thidua.workflow.procedure import Ask

D1, D2, UP = (Seat("department", unit=unit) for unit in ("d1", "d2", "up"))
DOSSIER = Dossier("h1", "p", "A", Candidate("individual", "Ấn"), "d1", {}, "new", 1, 1, "")
ABOVE = {"d1": "up"}


@pytest.mark.parametrize(
    ("rule", "asked"), [("ask", (D1, D2)), ("skip", (D2,)), ("ask_superior", (UP, D2))]
)
def test_a_unit_is_asked_about_its_own_proposal_as_told(rule, asked):
    ask = Ask("department", "all", own_proposal=rule)

    assert address(ask, Roster((D1, D2), above=ABOVE), DOSSIER) == asked


@pytest.mark.parametrize(
    ("rule", "asked"), [("ask", (D1, D2)), ("skip", (D1,)), ("ask_superior", (D1, UP))]
)
def test_a_unit_is_asked_about_its_own_head_as_told(rule, asked):
    ask = Ask("department", "all", own_head=rule)

    roster = Roster((D1, D2), frozenset({"d2"}), {"d2": "up"})

    assert address(ask, roster, DOSSIER) == asked


def test_the_head_goes_before_the_proposal():
    ask = Ask("department", "all", own_head="skip", own_proposal="ask")

    assert address(ask, Roster((D1,), frozenset({"d1"})), DOSSIER) == ()


def test_without_a_superior_nobody_is_asked():
    ask = Ask("department", "all", own_proposal="ask_superior")

    assert address(ask, Roster((D1, D2)), DOSSIER) == (D2,)


def test_a_superior_is_asked_once():
    ask = Ask("department", "all", own_head="ask_superior", own_proposal="ask_superior")
    roster = Roster((D1, D2, UP), frozenset({"d2"}), {"d1": "up", "d2": "up"})

    assert address(ask, roster, DOSSIER) == (UP,)


def test_a_person_is_asked_whatever_unit_he_is_of():
    member = Seat("member", person="u:1")

    assert address(Ask("member", own_proposal="skip"), Roster((member,)), DOSSIER) == (member,)
