"""Who may see what was said and voted."""

from dataclasses import replace

import pytest

from thidua.definitions import load_file, shipped
from thidua.sight import Eyes, is_own, may_read_note, may_see, seers
from thidua.workflow.person import Held
from thidua.workflow.procedure import Procedure

CERTIFICATE, SELECTION = (
    load_file(shipped()[name]) for name in ("ministers-certificate", "exemplar-selection")
)


def eyes(*held: str, actor: str = "u") -> Eyes:
    pairs = (each.partition("@") for each in held)
    return Eyes(actor, frozenset(Held(role, unit or None) for role, _, unit in pairs))


def without_sees(procedure: Procedure) -> Procedure:
    rounds = {n: replace(r, sees=()) for n, r in procedure.rounds.items()}
    return replace(procedure, rounds=rounds)


def test_named_roles_see_and_nobody_else() -> None:
    assert seers(SELECTION, "vote") == ("officer", "teller")
    assert may_see(SELECTION, "vote", [eyes("teller")])
    assert not may_see(SELECTION, "vote", [eyes("member"), eyes("teller")])
    assert not may_see(SELECTION, "vote", [])


def test_without_names_a_ballot_is_seen_by_nobody() -> None:
    assert seers(without_sees(SELECTION), "vote") == ()


def test_without_names_an_opinion_is_hidden_from_the_proposing_side() -> None:
    seen_by = seers(without_sees(CERTIFICATE), "opinions")

    assert seen_by == ("appraiser", "minister", "officer")
    assert not may_see(without_sees(CERTIFICATE), "opinions", [eyes("proposer@a")], "a")
    assert not may_see(without_sees(CERTIFICATE), "opinions", [eyes("department@a")], "a")


@pytest.mark.parametrize(
    ("seat", "held", "own"),
    [
        ("department@a", "department@a", True),
        ("department@a", "department@b", False),
        ("member:u", "member", True),
        ("member:v", "member", False),
    ],
)
def test_own_word_is_always_seen(seat: str, held: str, own: bool) -> None:  # noqa: FBT001 -- a case's value
    assert is_own(seat, [eyes(held)]) is own
    assert not is_own(seat, [eyes(held), eyes("officer")])


def test_reason_of_a_hold_is_read_by_those_who_hold() -> None:
    assert may_read_note(SELECTION, "hold", [eyes("officer")])
    assert not may_read_note(SELECTION, "hold", [eyes("proposer@a")])
    assert not may_read_note(SELECTION, "hold", [])
