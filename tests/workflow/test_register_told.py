"""What a register's journal tells, entry by entry, and what cannot be understood."""

from typing import Any

import pytest

from thidua.workflow.chain import Fact
from thidua.workflow.register import FOUND, Register, rebuild
from thidua.workflow.replay import GONE

AT = {"at": "2018-06-11T09:00:00.000000+07:00", "by": "officer"}


def told(*entries: dict[str, Any]) -> Register:
    facts = []
    for n, given in enumerate(entries, 1):
        private = given.get("private", {})
        body = {name: value for name, value in given.items() if name != "private"}
        commit = dict.fromkeys(private, "ab")
        facts.append(Fact(n, {**AT, "n": n, "commit": commit, **body}, private))
    return rebuild("k1", facts)


def test_a_meeting_from_its_call_to_its_end() -> None:
    steps: list[dict[str, Any]] = [
        {"act": "meet", "held_on": "2018-07-20", "private": {"title": "Phiên 1"}},
        {"act": "attend", "attendance": [["member:m1", "present"], ["member:m2", "absent"]]},
        {"act": "attend", "attendance": [["member:m2", "excused"]]},
        {"act": "remeet", "held_on": "2018-07-27"},
        {"act": "preside", "presides": "member:m1"},
        {"act": "begin"},
        {"act": "case", "dossier": "h1"},
        {"act": "conclude"},
    ]
    called = {"title": "Phiên 1", "held_on": "2018-07-20", "status": "called", "council": None,
              "presides": None}  # fmt: skip

    assert told().row is None
    assert told(*steps[:1]).row == called
    found = told(*steps[:6])
    assert found.row == {**called, "held_on": "2018-07-27", "presides": "member:m1",
                         "status": "open"}  # fmt: skip
    assert found.attendance == {"member:m1": "present", "member:m2": "excused"}
    assert told({**steps[0], "private": {}}, *steps[5:]).row == {
        **called, "title": GONE, "status": "closed",
    }  # fmt: skip


def test_a_decision_until_it_is_applied() -> None:
    drafted = {"act": "draft", "changes": None, "private": {"title": "QĐ"},
               "lines": [["h1", "grant", 3], ["h2", "grant", 4]]}  # fmt: skip
    numbered = {"act": "number", "paper": {"number": "12", "symbol": "QĐ-BTP",
                                           "signed_on": "2018-07-02"}}  # fmt: skip
    row = {"title": "QĐ", "status": "drafted", "paper": "{}", "number": None, "signed_on": None,
           "changes": None}  # fmt: skip

    assert told(drafted).row == row
    found = told(
        drafted, {"act": "look_again", "lines": [["h2", 9]]},
        {"act": "strike", "dossiers": ["h1"]}, numbered, {"act": "applied"},
    )  # fmt: skip
    assert found.faults == []
    assert found.lines == {"h2": ("grant", 9)}
    assert found.row == {
        **row, "status": "applied", "number": "12/QĐ-BTP", "signed_on": "2018-07-02",
        "paper": '{"number":"12","signed_on":"2018-07-02","symbol":"QĐ-BTP"}',
    }  # fmt: skip
    bare = told(drafted, {"act": "number", "paper": {"number": "12", "signed_on": "x"}})
    assert bare.row is not None
    assert bare.row["number"] == "12"


def test_a_council_and_who_sits_on_it() -> None:
    found = told(
        {"act": "form", "role": "member", "from": "2018-01-01", "to": None, "quorum": "2/3",
         "private": {"title": "Hội đồng"}},
        {"act": "appoint", "seats": [["m1", "chair", "2018-01-01", None],
                                     ["m2", None, "2018-01-01", "2018-06-30"]]},
        {"act": "appoint", "seats": [["m1", "member", "2018-01-01", "2018-03-31"]]},
    )  # fmt: skip

    assert found.row == {"title": "Hội đồng", "role": "member", "from_on": "2018-01-01",
                         "to_on": None, "quorum": "2/3"}  # fmt: skip
    assert found.seats == {("m1", "2018-01-01"): ("2018-03-31", "member"),
                           ("m2", "2018-01-01"): ("2018-06-30", None)}  # fmt: skip


def test_lists_keep_what_the_first_entry_found_and_what_an_erasure_left() -> None:
    first = {"act": "enter_list", "changes": {"unit": 1}, "found": {"unit": 2},
             "private": {"rows": "[1]", FOUND: "[0]"}}  # fmt: skip
    found = told(
        first, {"act": "enter_list", "changes": {"person": 1}},
        {"act": "erase_person", "actor": "u1", "private": {"rows.1": "[2]", "note": "x"}},
    )  # fmt: skip

    assert (found.row, found.faults) == ({}, [])
    assert found.entries == {0: "[0]", 1: "[2]", 2: None}
    assert 0 not in told({"act": "enter_list", "changes": {"unit": 1}}).entries


@pytest.mark.parametrize("entry", [
    {"act": "begin"}, {"act": "nonsense"}, {"act": "case", "dossier": ""},
    {"act": "enter_list", "changes": {}}, {"act": "erase_person", "actor": 5},
    {"act": "redact", "erased": []}, {"act": "rank", "outcomes": []}, {},
])  # fmt: skip
def test_what_cannot_be_understood_ends_the_replay(entry: dict[str, Any]) -> None:
    found = told(entry, {"act": "classify", "level": "mat"})

    assert [(fault.n, fault.code) for fault in found.faults] == [(1, "event-unreadable")]
    assert found.row is None


def test_levels_and_periods() -> None:
    assert told({"act": "classify", "level": "mat"}, {"act": "classify", "level": None}).row == {
        "level": None
    }
    assert told({"act": "confirm_retention", "years": 20}).row == {"years": 20}
