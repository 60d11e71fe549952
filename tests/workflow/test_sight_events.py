"""How much of an event somebody sees: each kind of act against a table written by hand."""

import math
from typing import Any

import pytest

from thidua.definitions import load_file, shipped
from thidua.workflow.person import Held
from thidua.workflow.sight import Eyes, Standing
from thidua.workflow.sight_events import is_own_act, kept_back, part_of

SELECTION = load_file(shipped()["exemplar-selection"])
MINE, OTHERS = "department@stp-a", "department@stp-c"
OFFICE = {"officer", "appraiser", "teller", "member", "minister"}
READERS = OFFICE - {"teller"}
"""Those who read what the departments say."""
ROLES = OFFICE | {"proposer", "department", "none"}
RUNNING = "r-2"

EVENTS: dict[str, tuple[dict[str, Any], set[str], set[str]]] = {
    "what was brought": ({"act": "attach"}, ROLES, set()),
    "a pause": ({"act": "hold"}, {"officer"}, ROLES),
    "its end": ({"act": "release"}, {"officer"}, ROLES),
    "an opinion": ({"act": "answer", "round": "opinions", "seat": OTHERS}, READERS, OFFICE),
    "one's own": (
        {"act": "answer", "round": "opinions", "seat": MINE}, READERS | {"department"}, OFFICE,
    ),
    "a reply to all": ({"act": "reply", "seat": OTHERS}, READERS, set()),
    "a reply to one's own": ({"act": "reply", "seat": MINE}, READERS | {"department"}, set()),
    "a vote": ({"act": "cast", "round": "vote", "seat": "member:v"}, {"officer", "teller"}, OFFICE),
    "a vote that runs": (
        {"act": "cast", "round": "vote", "seat": "member:v", "round_id": RUNNING}, set(), OFFICE,
    ),
    "a step": ({"act": "fire", "to": "meeting"}, OFFICE, ROLES),
    "a count": ({"act": "close_round", "round": "vote"}, OFFICE, set()),
    "a round's end": ({"act": "close_round", "round": "opinions"}, OFFICE, set()),
    "a tie": ({"act": "breaktie", "round": "vote"}, OFFICE, set()),
    "a reminder": ({"act": "contact", "round": "opinions", "seat": OTHERS}, OFFICE, set()),
    "a reminder of one's own": (
        {"act": "contact", "round": "opinions", "seat": MINE}, OFFICE | {"department"}, set(),
    ),
    "a task": ({"act": "assign", "seat": MINE}, OFFICE, set()),
    "what is not known": ({"act": "?"}, OFFICE, set()),
}  # fmt: skip
"""The event, who sees all of it, who sees that it happened."""


def looking(role: str, actor: str = "u") -> Eyes:
    unit = "stp-a" if role in ("proposer", "department") else None
    return Eyes(actor, frozenset({Held(role, unit)}))


@pytest.mark.parametrize("name", EVENTS)
def test_everybody_sees_of_an_event_what_the_table_says(name: str) -> None:
    body, whole, fact = EVENTS[name]
    for role in sorted(ROLES):
        wanted = "all" if role in whole else "fact" if role in fact else "nothing"
        found = part_of(SELECTION, body, [looking(role)], Standing("stp-a"), [RUNNING])
        assert found == wanted, role


@pytest.mark.parametrize("act", ["fire", "revoke"])
@pytest.mark.parametrize(("role", "wanted"), [("officer", "all"), ("proposer", "nothing")])
def test_a_result_that_is_not_announced(act: str, role: str, wanted: str) -> None:
    body, at = {"act": act, "to": "submitted"}, Standing("stp-a", "submitted")

    assert part_of(SELECTION, body, [looking(role)], at, announced=False) == wanted
    assert part_of(SELECTION, body, [looking(role)], at) != "nothing"


def test_an_own_act_is_seen_wholly_where_all_that_look_did_it() -> None:
    body = {"act": "assign", "by": "u", "entered": "v"}
    one, other, third = (looking("none", actor) for actor in ("u", "v", "w"))

    assert part_of(SELECTION, body, [one, other], Standing()) == "all"
    assert part_of(SELECTION, body, [one, third], Standing()) == "nothing"
    assert not is_own_act(body, [])


def test_a_result_is_kept_back_until_a_later_event_announces_it() -> None:
    steps = ("meeting", "submitted", "meeting", "closed")
    events = [{"n": n, "body": {"act": "fire", "to": to}} for n, to in enumerate(steps, 1)]

    assert kept_back(SELECTION, events[:1], ()) == math.inf
    assert kept_back(SELECTION, events[:3], ()) == 2
    assert kept_back(SELECTION, events, ()) == math.inf
    assert kept_back(SELECTION, [*events, events[1]], ()) == 2


def test_a_line_of_a_waiting_decision_is_kept_back_with_what_was_before() -> None:
    shut = {"n": 4, "body": {"act": "fire", "to": "submitted"}}
    line = {"n": 7, "body": {"act": "fire", "to": "closed", "decision": "d-1"}}

    assert kept_back(SELECTION, [line], ["d-1"]) == 7
    assert kept_back(SELECTION, [shut, line], ["d-1"]) == 4
    assert kept_back(SELECTION, [shut, line], ["d-2"]) == math.inf
