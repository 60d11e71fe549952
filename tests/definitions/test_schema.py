"""Every mistake of the schema: its code, its place, what was meant."""

import re
from pathlib import Path

import pytest

from thidua.definitions.loader import parse
from thidua.workflow.errors import DefinitionError, Reason
from thidua.workflow.wording.procedures import PROCEDURES
from thidua.workflow.wording.proofs import PROOFS

TOY = (Path(__file__).parent / "toy.yaml").read_text(encoding="utf-8")


def mistakes(old: str, new: str) -> tuple[Reason, ...]:
    assert TOY.count(old) == 1, old
    with pytest.raises(DefinitionError) as caught:
        parse(TOY.replace(old, new), "toy.yaml")
    return caught.value.reasons


DUE = "due: {in: 5 working days, from: opening, ground: rule, ladder: steps}"

CASES: list[tuple[str, str, str]] = [
    ("key-unknown", "delegable: no", "delegate: no"),
    (
        "key-unknown",
        "gather: officer\n    ask:",
        "gather: officer\n    voters: {role: unit}\n    ask:",
    ),
    ("key-unknown", "format: 1\n", "format: 1\nextends: other\n"),
    ("key-missing", "calendar: vn-civil-service\n", ""),
    ("key-missing", "    kind: ballot\n", ""),
    ("key-missing", "more_than: 1/2, ", ""),
    (
        "key-missing",
        "in: 5 working days, from: opening, ground: rule",
        "in: 5 working days, ground: rule",
    ),
    ("key-missing", "from: opening", "from: receipt"),
    ("keys-apart", "more_than: 1/2", "more_than: 1/2, at_least: 1/2"),
    (
        "keys-apart",
        "in: 5 working days, from",
        "in: 5 working days, at_least: 1 month, before: voting.meeting, from",
    ),
    ("keys-apart", "from: opening", "from: opening, receipt_unknown: 2 working days after sending"),
    ("word-unknown", "kind: posting", "kind: poster"),
    ("word-unknown", "kind: posting", "kind: [posting]"),
    ("word-unknown", "silence: continue", "silence: consent"),
    ("word-unknown", "format: 1\n", "format: 2\n"),
    ("word-unknown", "units: {same: cluster}", "units: everybody"),
    ("word-unknown", "from: opening", "from: entry"),
    ("not-a-mapping", 'unit:   {vi: "Đơn vị", en: "Unit", for: own unit}', "unit: Đơn vị"),
    ("not-a-mapping", 'title: {vi: "Thử", en: "Toy"}', "title: Thử"),
    (
        "not-a-mapping",
        "due: {at_least: 1 working day, before: voting.meeting, ground: rule}",
        "due: nothing",
    ),
    ("not-a-mapping", "waive: {documents.complete: clerk}", "waive: clerk"),
    ("not-a-list", "ways: [paper, written]", "ways: paper"),
    ("not-a-text", "calendar: vn-civil-service", "calendar: [vn-civil-service]"),
    ("empty-text", "calendar: vn-civil-service", "calendar:"),
    ("empty-text", 'text: "Quy định"', 'text: "  "'),
    ("empty-list", "ways: [paper, written]", "ways: []"),
    ("bad-name", "  unit:   {", "  Đơn_vị: {"),
    ("bad-name", "initial: new", "initial: New State"),
    ("bad-slug", "procedure: toy", "procedure: Toy 1"),
    ("bad-code", "{PRIZE:", "{prize:"),
    ("bad-unit", "when: all_answered", "when: {units: [Sở Tư pháp], plus: 1}"),
    ("bad-version", 'version: "1"', "version: 1-rc"),
    ("bad-event", "  asking.opened: {to", "  asking-opened: {to"),
    ("bad-dotted", "before: voting.meeting", "before: voting"),
    ("bad-condition", "[voting.passed]", "[voting passed]"),
    ("bad-condition", "[voting.passed]", "[\"__import__('os').system('id')\"]"),
    ("bad-yes-no", "delegable: no", "delegable: false"),
    ("bad-date", "in_force: {from: 2020-01-01", "in_force: {from: 2020-02-30"),
    ("bad-date", "in_force: {from: 2020-01-01", "in_force: {from: 1/1/2020"),
    ("bad-number", "count: 1", "count: one"),
    ("bad-number", "count: 1", "count: 0"),
    ("bad-number", "count: 1", "count: \u0661"),
    ("bad-fraction", "more_than: 1/2", "more_than: 50%"),
    ("bad-fraction", "more_than: 1/2", "more_than: 1/0"),
    ("fraction-out-of-range", "at_least: 2/3", "at_least: 3/2"),
    ("fraction-out-of-range", "at_least: 2/3", "at_least: 0"),
    ("fraction-out-of-range", "more_than: 1/2", "more_than: 1"),
    ("fraction-out-of-range", "more_than: 1/2", "at_least: 0/7"),
    ("bad-span", "in: 5 working days", "in: 5 days"),
    ("bad-day", "in: 1 month, from: sending", "on: 31 Oktober, rolls: no"),
    ("fixed-without-rolling", "in: 1 month, from: sending", "on: 31 October"),
    ("keys-apart", "in: 1 month, from: sending", "in: 1 month, from: sending, rolls: no"),
    ("key-missing", "in: 1 month, from: sending", "rolls: no"),
    ("key-missing", "in: 1 month, from: sending", "at_least: 1 month"),
    ("key-missing", "in: 1 month, from: sending, ground", "ground"),
    ("keys-apart", "to: done, in:", "to: done, counted_from: receipt, before: day, at_least:"),
    ("bad-offset", "[2 working days before,", "[2 days before,"),
    ("bad-clock", "remind: [2", "hours: {opens: 8:00, closes: 20:00}, remind: [2"),
    ("hours-order", "remind: [2", "hours: {opens: 20:00, closes: 08:00}, remind: [2"),
    (
        "key-missing",
        "from: opening, ground: rule",
        "from: opening, receipt_ground: rule, ground: rule",
    ),
    ("bad-receipt-unknown", "from: opening", "from: receipt, receipt_unknown: 2 working days"),
    ("key-missing", "[voting.passed]", "[{name: some}]"),
    ("look-alike", "delegable: no", "deleg\u0430ble: no"),
    ("look-alike", "silence: continue", "silence: c\u043entinue"),
    ("look-alike", "initial: new", "initial: n\u0435w"),
    ("bad-reference", "dest: done, by: engine", "dest: done, by: engine, starts: Other"),
    ("bad-reference", "dest: done, by: engine", "dest: done, by: engine, starts: other@"),
    ("not-supported-yet", "ladder: steps}\n    close", "ladder: steps, then: lapse}\n    close"),
    ("word-unknown", "tie: fails", "tie: teller"),
    ("number-without-ground", "tie: fails", "rounds: {at_most: 2, then: fails}\n    tie: fails"),
    ("bad-number", "tie: fails", "rounds: {at_most: 0, then: fails, ground: rule}\n    tie: fails"),
    (
        "keys-apart",
        "of: entitled, ground: rule, seats",
        "of: entitled, abstained: left_out, ground: rule, seats",
    ),
    ("not-supported-yet", "close: {by: clerk}", "close: {by: clerk, at_due: yes}"),
    ("word-unknown", "sees: {", "recuse_if: [friend]\nsees: {"),
    ("number-without-ground", "in: 60 calendar days, ground: rule", "in: 60 calendar days"),
    ("number-without-ground", "tie: revote, ground: rule}", "tie: revote}"),
    ("act-without-right", "  hold: clerk\n", ""),
    ("ballot-without-voters", "    voters: {role: member, on: opening}\n", ""),
    ("ballot-without-quorum", "    quorum: {", "    quota: {"),
    ("ballot-without-pass", "    pass: {", "    majority: {"),
    ("ballot-without-tie", "    tie: fails\n", ""),
]


@pytest.mark.parametrize(("code", "old", "new"), CASES)
def test_schema_refuses(code: str, old: str, new: str) -> None:
    found = mistakes(old, new)

    before = TOY[: TOY.index(old)].count("\n") + 1
    assert code in [reason.code for reason in found]
    assert {reason.code for reason in found} <= {code, "key-unknown"}
    assert all(reason.fields["file"] == "toy.yaml" for reason in found)
    assert any(before - 13 <= reason.fields["line"] <= before + 2 for reason in found)
    assert not any(re.search(r"\{[a-z]+\}", r.text("vi") + r.text("en")) for r in found)


def test_every_code_of_the_schema_has_a_case() -> None:
    others = {"file-unreadable", "province-date-unknown", "no-such-province"}
    schema = {code for code in PROCEDURES if not code.startswith("yaml-")} - set(PROOFS) - others

    assert {code for code, _, _ in CASES} == schema


def test_unknown_key_names_place_and_nearest_key() -> None:
    (reason,) = mistakes("delegable: no", "delegable_: no")

    line = TOY[: TOY.index("delegable: no")].count("\n") + 1
    assert reason.text("en") == (
        f"toy.yaml:{line}:41: there is no key “delegable_” here; write: delegable"
    )


def test_unknown_word_names_the_nearest_words() -> None:
    (reason,) = mistakes("silence: continue", "silence: continu")

    assert reason.fields["nearest"] == "continue"


def test_all_mistakes_are_listed_at_once() -> None:
    text = TOY.replace("delegable: no", "delegabel: no").replace("silence: continue", "silence: x")
    text = text.replace("count: 1", "count: x").replace("  hold: clerk\n", "")

    with pytest.raises(DefinitionError) as caught:
        parse(text, "toy.yaml")

    codes = [reason.code for reason in caught.value.reasons]
    assert sorted(codes) == ["act-without-right", "bad-number", "key-unknown", "word-unknown"]


def test_short_forms_mean_the_long_ones() -> None:
    long = TOY.replace("attach: unit", "attach: {by: [unit]}").replace(
        "source: new, dest: asked", "source: [new], dest: asked"
    )
    long = long.replace(
        "asking.opened: {to: asked, template: opinion_requested}",
        "asking.opened: [{to: asked, template: opinion_requested}]",
    )

    short, spelled = parse(TOY, "f").procedure, parse(long, "f").procedure

    assert (short.may, short.transitions, short.messages) == (
        spelled.may,
        spelled.transitions,
        spelled.messages,
    )
