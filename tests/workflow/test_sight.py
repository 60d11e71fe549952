"""Who may see what: every role, thing, state and relation against a table written by hand."""

from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest

from thidua.definitions import load_file, shipped
from thidua.workflow.exchange_rule import ConfirmRule
from thidua.workflow.person import Held
from thidua.workflow.procedure import Procedure
from thidua.workflow.sight import (
    Eyes,
    Standing,
    What,
    announcing,
    embargoed,
    handlers,
    is_own,
    may_see,
    outsiders,
    seers,
    under_embargo,
)
from thidua.workflow.substitution import Substitution

CERTIFICATE, SELECTION = (
    load_file(shipped()[name]) for name in ("ministers-certificate", "exemplar-selection")
)
OWN, OTHER = "stp-a", "stp-b"
ROLES = ("proposer", "department", "officer", "appraiser", "teller", "member", "minister", "none")
RELATIONS = ("own", "other", "recused")
"""The viewer's role is held in the dossier's own unit, in another, or its seat stepped back."""
MINE = {"department": "department@stp-a", "member": "member:u"}
OTHERS = {"department": "department@stp-c", "member": "member:v"}

THINGS = {
    "opinion": What("opinion", "opinions", OTHERS["department"]),
    "own opinion": What("opinion", "opinions", MINE["department"]),
    "asked": What("asked", "opinions", OTHERS["department"]),
    "own ask": What("asked", "opinions", MINE["department"]),
    "roll": What("roll", "vote", OTHERS["member"]),
    "own vote": What("roll", "vote", MINE["member"]),
    "own vote running": What("roll", "vote", MINE["member"], running=True),
    "roll running": What("roll", "vote", OTHERS["member"], running=True),
    "tally": What("tally", "vote"),
    "tally running": What("tally", "vote", running=True),
    "hold": What("hold"),
    "outcome": What("outcome"),
}
OFFICE = {"officer", "appraiser", "teller", "member", "minister"}
"""Those who handle a dossier of the selection."""
SEE: dict[str, set[str]] = {
    "opinion": {"officer", "appraiser", "member", "minister"},
    "own opinion": {"officer", "appraiser", "member", "minister"},
    "asked": OFFICE,
    "own ask": OFFICE,
    "roll": {"officer", "teller"},
    "own vote": {"officer", "teller"},
    "own vote running": set(),
    "roll running": set(),
    "tally": OFFICE,
    "tally running": set(),
    "hold": {"officer"},
    "outcome": OFFICE,
}
ITS_OWN = {"own opinion": "department", "own ask": "department",
           "own vote": "member", "own vote running": "member"}  # fmt: skip
SHUT = ("submitted",)
"""The states of the selection in which the result is known and not announced."""


def eyes(*held: str, actor: str = "u") -> Eyes:
    pairs = (each.partition("@") for each in held)
    return Eyes(actor, frozenset(Held(role, unit or None) for role, _, unit in pairs))


def looking(role: str, relation: str) -> Eyes:
    """Somebody with one role: in the dossier's unit or in another, where it has one."""
    unit = OTHER if relation == "other" else OWN
    return eyes(f"{role}@{unit}" if role in ("proposer", "department") else role)


def expected(thing: str, role: str, relation: str, state: str, *, released: bool) -> bool:
    if thing == "outcome" and state not in SHUT and released:
        return True
    if ITS_OWN.get(thing) == role and (role == "member" or relation != "other"):
        return True
    return relation != "recused" and role in SEE[thing]


@pytest.mark.parametrize("state", sorted(SELECTION.states))
def test_everybody_sees_what_the_table_says(state: str) -> None:
    cells = product(THINGS, ROLES, RELATIONS, (True, False))
    for thing, role, relation, released in cells:
        seats = {"department": MINE["department"], "member": MINE["member"]}
        away = (seats.get(role, role),) if relation == "recused" else ()
        at = Standing(OWN, state, released, away)
        found = may_see(SELECTION, THINGS[thing], [looking(role, relation)], at)
        wanted = expected(thing, role, relation, state, released=released)
        assert found is wanted, (thing, role, relation, released)


def test_nobody_looking_sees_nothing_but_what_is_announced() -> None:
    for what in THINGS.values():
        assert not may_see(SELECTION, what, [], Standing(OWN, "submitted"))
    assert may_see(SELECTION, What("outcome"), [], Standing(OWN, "closed"))


def test_all_that_look_must_be_allowed() -> None:
    roll = What("roll", "vote")
    assert may_see(SELECTION, roll, [eyes("teller"), eyes("officer")])
    assert not may_see(SELECTION, roll, [eyes("member"), eyes("teller")])


@pytest.mark.parametrize(("role", "bounds", "sees"), [
    ("officer", {}, True),
    ("officer", {"roles": ("officer",), "acts": ("answer",)}, True),
    ("officer", {"roles": ("teller",)}, False),
    ("officer", {"procedures": ("exemplar-selection",)}, True),
    ("officer", {"procedures": ("ministers-certificate",)}, False),
    ("officer", {"units": ("stp-a",)}, False),
    ("member", {}, False),
])  # fmt: skip
def test_who_stands_in_sees_by_what_is_left_to_him(
    role: str,
    bounds: dict[str, Any],
    sees: bool,  # noqa: FBT001 -- a case's value
) -> None:
    lent = replace(Substitution("s", "u", "v", date(2018, 1, 1)), **bounds)
    looks = [Eyes("u", frozenset(), ((Held(role), lent),)), eyes(role, actor="v")]

    assert may_see(SELECTION, THINGS["opinion"], looks) is sees


def test_embargo_lasts_from_the_result_to_its_announcement() -> None:
    assert embargoed(SELECTION) == {*SHUT}
    assert embargoed(CERTIFICATE) == {"submitted"}
    assert {"decided", "closed", "not_passed"} <= announcing(CERTIFICATE)
    assert not under_embargo(CERTIFICATE, Standing(OWN, "decided"))
    assert under_embargo(CERTIFICATE, Standing(OWN, "decided", released=False))


def test_a_message_to_somebody_outside_is_the_announcement() -> None:
    silent = replace(CERTIFICATE, messages=())
    assert embargoed(silent) == {"submitted", "decided"}


def test_what_is_named_under_sees_is_seen_by_no_one_else() -> None:
    named = replace(
        SELECTION, sees={"holds": ("minister",), "tally": ("teller",), "outcome": ("minister",),
                         "asked": ("officer",)},
    )  # fmt: skip
    wanted = {"hold": {"minister"}, "tally": {"teller"}, "outcome": {"minister"},
              "asked": {"officer"}}  # fmt: skip
    for (thing, roles), role in product(wanted.items(), ROLES):
        seen = may_see(named, THINGS[thing], [looking(role, "own")], Standing(OWN, "submitted"))
        assert seen is (role in roles), (thing, role)


def without_sees(procedure: Procedure) -> Procedure:
    rounds = {n: replace(r, sees=()) for n, r in procedure.rounds.items()}
    return replace(procedure, rounds=rounds)


def test_without_names_a_roll_is_seen_by_nobody() -> None:
    assert seers(without_sees(SELECTION), What("roll", "vote")) == ()
    assert seers(without_sees(SELECTION), What("opinion", "vote")) == ()


def test_without_names_an_opinion_is_hidden_from_proposers_and_those_asked() -> None:
    bare = without_sees(CERTIFICATE)
    assert seers(bare, What("opinion", "opinions")) == ("appraiser", "minister", "officer")
    assert {"proposer", "department"} <= outsiders(bare)
    assert not outsiders(bare) & {*handlers(bare)}


@pytest.mark.parametrize("name", sorted(shipped()))
def test_who_votes_and_who_decides_sees_what_was_said_where_it_ships(name: str) -> None:
    procedure = load_file(shipped()[name])
    rounds = procedure.rounds.values()
    judging = {each.voters.role for each in rounds if each.voters}
    judging |= {step.by for step in procedure.transitions if step.decision_required}

    for each in rounds:
        if each.kind == "consultation" and judging:
            assert judging <= {*seers(procedure, What("opinion", each.name))}


def test_a_round_that_the_procedure_does_not_have_is_not_seen() -> None:
    for thing in ("opinion", "roll"):
        assert seers(SELECTION, What(thing, "of-old")) == ()  # type: ignore[arg-type]  # a literal


def test_who_confirms_an_answer_sees_what_its_unit_is_asked_and_says() -> None:
    confirm = ConfirmRule("head")
    named = replace(SELECTION, rounds={
        **SELECTION.rounds, "opinions": replace(SELECTION.rounds["opinions"], confirm=confirm),
    })  # fmt: skip
    head, at = eyes("head@stp-a"), Standing(OWN, "submitted")

    for thing in ("own opinion", "own ask"):
        assert may_see(named, THINGS[thing], [head], at)
        assert not may_see(SELECTION, THINGS[thing], [head], at)
        assert not may_see(named, THINGS[thing], [eyes("head@stp-c"), eyes("head")], at)
        assert not may_see(named, THINGS[thing], [head], replace(at, recused=("head:u",)))
    others = (THINGS["opinion"], THINGS["asked"], What("opinion", "opinions"), THINGS["tally"])
    assert not any(may_see(named, what, [head], at) for what in others)


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
