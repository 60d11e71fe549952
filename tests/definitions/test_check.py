"""For every check a definition that triggers exactly it, at its line."""

from pathlib import Path

import pytest

from thidua.definitions.check import Letter, check
from thidua.definitions.findings import Findings
from thidua.definitions.loader import parse
from thidua.workflow.wording.proofs import PROOFS

TOY = (Path(__file__).parent / "toy.yaml").read_text(encoding="utf-8")
LANGUAGES = frozenset({"vi", "en"})
LETTERS = {
    "opinion_requested": Letter(LANGUAGES, frozenset({"consultation"})),
    "result": Letter(LANGUAGES, frozenset({"state"})),
    "not_awarded": Letter(LANGUAGES, frozenset({"state"})),
    "half": Letter(frozenset({"vi"}), frozenset({"state"})),
    "revoked": Letter(LANGUAGES, frozenset({"revoke"})),
}
OUTSIDE = {
    "templates": set(LETTERS),
    "letters": LETTERS,
    "calendars": {"vn-civil-service"},
    "predicates": {"has_budget"},
}


def examine(text: str) -> Findings:
    return check(parse(text, "toy.yaml"), **OUTSIDE)


def changed(*changes: tuple[str, str]) -> str:
    text = TOY
    for old, new in changes:
        assert text.count(old) == 1, (old, text.count(old))
        text = text.replace(old, new)
    return text


EXTRA = "initial: new"
STATE = '  extra: {vi: "Thêm", en: "Extra", due: none}\n'
FINAL = '  extra: {vi: "Thêm", en: "Extra", final: yes, outcome: extra}\n'
MAY = "may:\n"
DATED = 'fields:\n  day: {vi: "Ngày", en: "Day", type: date, needed: always}\n'
WINDOW = """windows:
  season: {vi: "Mùa", en: "Season", from: day, opens: 1 January, closes: 31 October,
           of: year after, rolls: no, ground: rule}
spans:
"""
STEP = '  - {trigger: %s, vi: "Bước", en: "Step", source: %s, dest: %s, by: %s%s}\n'


def step(
    trigger: str, source: str, dest: str, by: str = "clerk", conditions: str = ""
) -> tuple[str, str]:
    more = f", conditions: [{conditions}]" if conditions else ""
    return "may:\n", STEP % (trigger, source, dest, by, more) + MAY


def expressed(text: str) -> tuple[str, str]:
    return "[voting.passed]", f'[voting.passed, {{expr: "{text}"}}]'


POSTED = """  p%d:
    {vi: "Công khai", en: "Posting", kind: posting, gather: officer, proof: paper,
     due: {in: 5 working days, from: opening, ground: rule}, close: {at_due: yes}}
"""

CASES: dict[str, list[tuple[str, str]]] = {
    "state-unreachable": [(EXTRA, STATE + EXTRA), step("go", "extra", "done")],
    "final-unreachable": [(EXTRA, FINAL + EXTRA)],
    "state-dead-end": [(EXTRA, STATE + EXTRA), step("go", "new", "extra")],
    "state-without-end": [
        (EXTRA, STATE + EXTRA),
        (MAY, step("go", "new", "extra")[1].replace(MAY, "") + step("on", "extra", "extra")[1]),
    ],
    "final-left": [step("again", "done", "lapsed")],
    "final-opens": [("outcome: awarded", "outcome: awarded, opens: [asking]")],
    "final-with-due": [("outcome: awarded", "outcome: awarded, due: none")],
    "final-without-outcome": [(", outcome: awarded", "")],
    "outcome-not-final": [
        ('en: "Asked"', 'en: "Asked", outcome: asked'),
    ],
    "state-without-due": [("opens: [voting], due: none", "opens: [voting]")],
    "due-not-engine": [
        ("then: lapse", "then: ask"),
        ("dest: lapsed, by: engine", "dest: lapsed, by: clerk"),
    ],
    "closures-without-unit": [
        ("from: sending, ground: rule", "from: sending, ground: rule, closures: yes")
    ],
    "due-before-nothing": [("before: voting.meeting", "before: asking.meeting")],
    "no-such-start": [("from: entry", "from: opening")],
    "field-not-a-date": [("to: done, in:", "to: done, counted_from: cluster, in:")],
    "due-field-optional": [
        ("fields:\n", DATED.replace("needed: always", "needed: no")),
        ("to: done, in:", "to: done, before: day, at_least:"),
    ],
    "rung-before-begin": [("in: 5 working days", "in: 2 working days")],
    "window-name": [
        ("fields:\n", DATED),
        ("spans:\n", WINDOW.replace("season:", "asking:")),
    ],
    "window-unused": [("fields:\n", DATED), ("spans:\n", WINDOW)],
    "ladder-order": [
        ("[2 working days before, on the day]", "[on the day, 2 working days before]"),
    ],
    "ladder-unused": [(", ladder: steps", "")],
    "hours-unused": [
        (
            "[2 working days before, on the day], escalate: [{at: 1 working day after,",
            "[{at: on the day, urgent: yes}], hours: {opens: 08:00, closes: 20:00}, "
            "escalate: [{at: 1 working day after, kind: phone,",
        ),
    ],
    "engine-without-condition": [(", then: lapse", "")],
    "engine-circle": [
        (MAY, step("round", "voted", "voted", "engine", "voting.opened")[1]),
    ],
    "transition-twice": [step("vote", "asked", "voted")],
    "condition-before-round": [step("early", "new", "asked", "clerk", "voting.opened")],
    "supplement-untold": [
        (
            "return: clerk",
            "return: {by: clerk, due: {in: 5 working days, ground: rule, ladder: l9}}",
        ),
        ("ladders:\n", "ladders:\n  l9: {remind: [on the day]}\n"),
    ],
    "waiver-of-nothing": [("{documents.complete: clerk}", "{voting.opened: clerk}")],
    "round-never-opened": [("opens: [asking, posted]", "opens: [asking]"), (", posted.closed", "")],
    "round-never-closes": [("close: {at_due: yes}", "close: {at_due: no}")],
    "silence-and-due": [("silence: continue", "silence: wait")],
    "transit-without-due": [("at_due: yes, transit", "by: clerk, transit")],
    "postmark-without-transit": [
        ("at_due: yes, transit: 1 working day", "at_due: yes"),
        ("silence: continue", "silence: continue\n    counts_by: postmark"),
    ],
    "counts-by-order": [
        ("silence: continue", "silence: continue\n    counts_by: [receipt, e_stamp]"),
    ],
    "tie-without-chair": [("tie: fails", "tie: chair")],
    "revotes-without-revote": [
        ("else: revote", "else: fails"),
        ("tie: revote", "tie: none"),
        ("tie: fails", "tie: fails\n    rounds: {at_most: 2, then: fails, ground: rule}"),
    ],
    "next-meeting-without-meeting": [
        ("gather: meeting", "gather: officer"),
        ("at_least: 1 working day, before: voting.meeting", "in: 1 month, from: opening"),
        ("tie: fails", "tie: fails\n    rounds: {at_most: 2, then: next_meeting, ground: rule}"),
    ],
    "written-until-without-written": [
        ("ways: [paper, written]", "written: until_due\n    ways: [paper]"),
        ("counts: [present, written]", "counts: [present]"),
    ],
    "shown-not-final": [("tie: fails", "tie: fails\n    also_shows: [voted]")],
    "secret-not-paper": [
        ("ways: [paper, written]", "ways: [paper, show_of_hands, written]"),
        ("secret: no", "secret: yes"),
    ],
    "quorum-without-written": [("ways: [paper, written]", "ways: [paper]")],
    "group-not-needed": [
        ("type: code, needed: always", "type: code"),
        ("units: {same: cluster}", "units: all"),
    ],
    "dates-reversed": [("in_force: {from: 2020-01-01", "in_force: {from: 2021-01-01")],
    "ground-unused": [
        ("roles:\n", '  idle: {text: "Khác", from: 2020-01-01, certainty: analogy}\nroles:\n')
    ],
    "role-impossible": [("never_also: [member]", "never_also: [member, clerk]")],
    "role-unused": [("fields:\n", '  idle: {vi: "Rỗi", en: "Idle"}\nfields:\n')],
    "name-reserved": [("fields:\n", '  asked: {vi: "Rỗi", en: "Idle"}\nfields:\n')],
    "withdrawal-not-final": [
        ("dest: gone", "dest: asked"),
        ('  gone:   {vi: "Đã rút", en: "Withdrawn", final: yes, outcome: withdrawn}\n', ""),
        ("  gone: none\n", ""),
    ],
    "text-missing": [('{vi: "Thử", en: "Toy"}', '{vi: "Thử"}')],
    "message-to": [("asking.opened: {to: asked", "asking.opened: {to: clerk")],
    "no-such-role": [("reply: clerk", "reply: clark")],
    "no-such-actor": [("dest: asked, by: clerk", "dest: asked, by: clark")],
    "no-such-addressee": [("to: unit, template: not", "to: units, template: not")],
    "no-such-state": [("to: done", "to: dun")],
    "no-such-round": [("sees: {asking:", "sees: {askin:")],
    "no-such-ladder": [
        ("ladder: steps", "ladder: stepz"),
        ("from: entry, ground: rule", "from: entry, ground: rule, ladder: steps"),
    ],
    "no-such-field": [("{same: cluster}", "{same: clusters}")],
    "no-such-yes-no-field": [("needed_if: urgent", "needed_if: cluster")],
    "no-such-group": [("per: [cluster, kind]", "per: [clusters, kind]")],
    "no-such-ground": [("calendar days, ground: rule", "calendar days, ground: rules")],
    "no-such-trigger": [("from: ask,", "from: asks,")],
    "no-such-condition": [("conditions: [asking.closed,", "conditions: [asking.passed,")],
    "no-such-item": [("rests_on: [paper]", "rests_on: [papers]")],
    "no-such-document": [("proof: paper", "proof: papers")],
    "no-such-event": [("  done: [", "  don: [")],
    "no-such-template": [("template: opinion_requested", "template: opinion_request")],
    "step-past-round": [("[asking.closed, posted.closed]", "[posted.closed]")],
    "situation-stuck": [("[voting.failed]", "[voting.passed]")],
    "situations-too-many": [
        ("spans:\n", "".join(POSTED % n for n in range(13)) + "spans:\n"),
        ("[asking, posted]", f"[asking, posted, {', '.join(f'p{n}' for n in range(13))}]"),
        ("posted.closed]", f"posted.closed, {', '.join(f'p{n}.closed' for n in range(13))}]"),
    ],
    "pause-without-end": [("release: clerk", "release: nobody")],
    "revoke-of-nothing": [
        ("revoke: nobody", "revoke: clerk"),
        ("outcome: awarded", "outcome: granted"),
    ],
    "right-idle": [("  return: clerk", "  return: nobody")],
    "span-without-end": [("whole: {from: ask,", "whole: {from: lapse,")],
    "span-too-short": [("in: 60 calendar days", "in: 30 calendar days")],
    "end-untold": [("  failed: {to: unit, template: not_awarded}\n", "")],
    "letter-language": [("template: not_awarded", "template: half")],
    "letter-unfit": [("template: opinion_requested", "template: result")],
    "message-before-asking": [
        ("  gone: none\n", "  gone: none\n  lapsed: {to: asked, template: result}\n"),
    ],
    "message-idle": [("  gone: none\n", "  gone: none\n  revoke: {to: unit, template: revoked}\n")],
    "letter-without-files": [
        (
            "failed: {to: unit, template: not_awarded}",
            "failed: {to: unit, template: not_awarded, enclose: yes}",
        )
    ],
    "share-without-ground": [
        ("due: {in: 5 working days, from: opening, ground: rule, ladder: steps}\n", "due: none\n"),
        (
            "{when: all_answered, at_due: yes, transit: 1 working day}",
            "{when: {share: 2/3}, by: clerk}",
        ),
        ("from: entry, ground: rule", "from: entry, ground: rule, ladder: steps"),
    ],
    "no-such-value": [expressed("clusters == 'A'")],
    "expr-refused": [expressed("cluster =~ 'A+'")],
    "expr-date": [expressed("today > 2020-02-30")],
    "expr-too-long": [expressed("urgent" + " and urgent" * 60)],
    "expr-too-deep": [expressed("(" * 11 + "urgent" + ")" * 11)],
    "expr-broken": [expressed("urgent and")],
    "expr-kinds": [expressed("cluster > 3")],
    "expr-constant": [expressed("1 < 2")],
    "expr-twice": [
        ("[voting.passed]", '[voting.passed, {expr: "urgent", name: one}]'),
        ("[voting.failed]", '[voting.failed, {expr: "not urgent", name: one}]'),
    ],
    "no-such-calendar": [("calendar: vn-civil-service", "calendar: vn-civil-servants")],
    "no-such-predicate": [("host.has_budget", "host.has_budgets")],
}


ALONE = {
    "recuse-if-without-ballot",
    "text-undeclared",
    "ground-assumed",
    "ground-not-in-force",
    "ground-undated",
    "role-only-reads",
    "role-vacant",
    "starts-by-engine",
    "starts-unknown",
    "starts-without-field",
    "starts-without-right",
}
"""Codes with a test of their own, below or beside."""


def test_toy_has_no_findings() -> None:
    assert examine(TOY) == Findings()


@pytest.mark.parametrize("code", CASES)
def test_check_finds_exactly(code: str) -> None:
    found = examine(changed(*CASES[code]))

    assert [reason.code for reason in found.errors] == [code]
    assert found.warnings == ()


def test_text_undeclared_is_found_everywhere() -> None:
    found = examine(changed(("languages: [vi, en]", "languages: [vi]")))

    assert {reason.code for reason in found.errors} == {"text-undeclared"}
    assert len(found.errors) == TOY.count(' en: "')


def test_span_from_the_proposal_is_measured_from_the_initial_state() -> None:
    long = changed(("{from: ask, to: done, in: 60", "{from: create, to: done, in: 60"))
    short = changed(("{from: ask, to: done, in: 60", "{from: create, to: done, in: 2"))

    assert [reason.code for reason in examine(long).errors] == []
    assert [reason.code for reason in examine(short).errors] == ["span-too-short"]


def test_recusal_without_a_ballot_has_no_effect() -> None:
    start, end = TOY.index("  voting:\n"), TOY.index("  posted:\n")
    text = (TOY[:start] + TOY[end:]).replace("sees: {", "recuse_if: [self]\nsees: {")
    text = text.replace(", opens: [voting]", "").replace(", conditions: [voting.passed]", "")

    codes = {reason.code for reason in examine(text.replace("[voting.failed]", "[]")).errors}

    assert "recuse-if-without-ballot" in codes or "no-such-round" in codes


def test_every_proof_has_a_case() -> None:
    assert {*CASES, *ALONE} == set(PROOFS)


def test_finding_names_place_and_nearest_word() -> None:
    (reason,) = examine(changed(("reply: clerk", "reply: clark"))).errors

    line = TOY[: TOY.index("reply: clerk")].count("\n") + 1
    assert reason.fields == {
        "file": "toy.yaml",
        "line": line,
        "column": 10,
        "name": "clark",
        "nearest": "clerk",
    }
    assert reason.text("en") == (
        f"toy.yaml:{line}:10: there is no role called “clark”; write: clerk"
    )
    assert reason.text("vi") == f"toy.yaml:{line}:10: không có vai trò “clark”; dùng: clerk"


def test_check_leaves_outside_names_alone_when_not_given() -> None:
    text = changed(
        ("template: opinion_requested", "template: other"),
        ("calendar: vn-civil-service", "calendar: other"),
        ("host.has_budget", "host.other"),
    )

    assert check(parse(text, "toy.yaml")).ok


def test_findings_stand_in_the_order_of_the_file() -> None:
    text = changed(("recuse: member", "recuse: members"), ("{same: cluster}", "{same: clusters}"))

    found = examine(text)

    assert [reason.code for reason in found.errors] == ["no-such-field", "no-such-role"]
