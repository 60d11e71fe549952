"""A dossier goes on under another version: what is carried, counted anew, and in the way."""

from datetime import date
from pathlib import Path

import pytest

from thidua.definitions import load
from thidua.workflow.command import (
    Answer,
    Attach,
    Cast,
    Close,
    Fire,
    Hold,
    Migrate,
    Recall,
    Release,
    Reply,
    Return,
    Supplement,
)
from thidua.workflow.errors import CommandReused, Stale, Unknown
from thidua.workflow.paper import Paper
from thidua.workflow.person import By

TEXT = (Path(__file__).parent / "trial.yaml").read_text(encoding="utf-8")
DESK = "due: {in: 5 working days, from: entry, ground: rule, ladder: desk, then: lapse}"
ASKED = "due: {in: 7 working days, from: opening, ground: rule, ladder: asked}"


def dues(world, *kinds):
    return {t.what: t.due_on for t in world.open(*kinds) if t.due_on}


def test_nothing_differs_and_nothing_moves(at, newer):
    world = at("consulted")
    before = dict(world.tasks)

    done = world.migrate(newer()).done

    assert (done.state, world.dossier.procedure) == ("consulted", world.procedure.hash)
    assert world.tasks == before
    body = world.body()
    assert (body["act"], body["from"], body["to"]) == ("migrate", "consulted", "consulted")
    assert body["onto"] == world.procedure.hash != body["left"]
    assert body["paper"]["number"] == "7"


def test_every_state_can_cross_and_go_on_to_its_end(at, newer):
    for state in ("proposed", "appraisal", "consulted", "council", "submitted"):
        world = at(state)
        world.migrate(newer())
        for step in _rest(state):
            step(world)
        assert world.state == "granted", state


def _rest(state):
    steps = {
        "proposed": lambda w: (w.act(Attach("report", "ab" * 32, 1, "a/b", "r"), "proposer"),
                               w.act(Fire("accept"))),
        "appraisal": lambda w: w.act(Fire("consult"), "appraiser"),
        "consulted": lambda w: ([w.act(Answer("opinions", "agree"), f"d{i}") for i in range(3)],
                                w.end_posting(), w.act(Fire("convene", meeting="k1"))),
        "council": lambda w: ([w.act(Cast("vote", "for"), f"m{i}") for i in range(5)],
                              w.act(Close("vote"), "teller")),
        "submitted": lambda w: w.act(Fire("grant", decision=w.sign("grant")), "minister"),
    }  # fmt: skip
    names = list(steps)
    return [steps[name] for name in names[names.index(state) :]]


def test_a_renamed_state_needs_the_mapping(at, newer):
    renamed = newer("proposed: ", "received: ", "source: proposed", "source: received",
                    "initial: proposed", "initial: received")  # fmt: skip
    world = at("proposed")

    assert world.not_migrated(renamed) == ["migrate-state"]
    assert world.not_migrated(renamed, proposed="lapsed") == ["migrate-final"]
    assert world.not_migrated(renamed, proposed="nowhere") == ["migrate-state"]
    world.migrate(renamed, proposed="received")

    assert world.state == "received"
    assert dues(world) == {"received": date(2018, 6, 18), "fire:lapse": date(2018, 6, 18)}
    assert [t.outcome for t in world.tasks.values() if t.what == "proposed"] == ["migrated"]
    assert world.body()["states"] == {"proposed": "received"}


def test_a_running_ballot_blocks_unless_it_is_ruled_alike(at, newer):
    world = at("council")
    rule = "pass: {votes: for, more_than: 1/2, of: entitled, ground: rule}"

    assert world.not_migrated(newer(rule, rule.replace("1/2", "2/3"))) == ["migrate-ballot"]
    world.migrate(newer('en: "Vote"', 'en: "The vote"'))

    for i in range(5):
        world.act(Cast("vote", "for"), f"m{i}")
    world.act(Close("vote"), "teller")
    assert world.state == "submitted"


def test_a_round_that_runs_must_exist_and_be_opened_where_the_dossier_goes(at, newer):
    world = at("consulted")

    assert world.not_migrated(newer(), consulted="council") == [
        "migrate-elsewhere", "migrate-elsewhere",
    ]  # fmt: skip
    assert world.not_migrated(_without_posting(newer)) == ["migrate-round"]


def _without_posting(newer):
    start = TEXT.index("  posted:")
    return newer(TEXT[start : TEXT.index("  vote:\n", start)], "", "[opinions, posted]",
                 "[opinions]", ", conditions: [posted.closed]", "")  # fmt: skip


def test_what_is_over_may_be_gone_in_the_new_version(at, newer):
    world = at("consulted")
    world.act(Attach("notice", "cd" * 32, 1, "a/b", "n"), "proposer")
    for i in range(3):
        world.act(Answer("opinions", "agree"), f"d{i}")
    world.act(Close("posted"), "officer")
    world.act(Fire("convene", meeting="k1"))

    world.migrate(_without_posting(newer))

    world.act(Return(("merit",), note="bổ sung"))
    world.act(Supplement({"merit": "xuất sắc"}), "proposer")
    with pytest.raises(Unknown):
        world.act(Answer("posted-1", "agree"), "d0")


def test_a_round_that_the_state_opens_now_is_opened_on_arrival(at, newer):
    world = at("appraisal")
    opening = newer('en: "Appraisal", due: none', 'en: "Appraisal", opens: [opinions], due: none',
                    "opens: [opinions, posted]", "opens: [posted]")  # fmt: skip
    world.act(Hold(note="đơn thư"))
    assert world.not_migrated(opening) == ["migrate-paused"]
    world.act(Release())

    world.migrate(opening)

    assert [t.seat for t in world.open("ask")] == [
        "department@d0",
        "department@d1",
        "department@d2",
    ]
    assert world.notices[-1].template == "opinion_requested"


def test_the_new_version_says_who_may_and_a_paper_is_needed(at, newer):
    world = at("proposed")
    kept_shut = load(TEXT.replace('version: "1"', 'version: "2"'), "trial-2")

    assert world.not_migrated(kept_shut) == ["not-allowed"]
    assert world.not_migrated(newer(), by="teller") == ["not-allowed"]
    assert world.not_migrated(newer(), ground=None) == ["migrate-ground"]
    assert world.not_migrated(world.procedure) == ["migrated-already"]
    other = newer("procedure: trial", "procedure: another")
    assert world.not_migrated(other) == ["migrate-other"]
    later = newer("in_force: {from: 2018-01-01", "in_force: {from: 2018-09-01")
    assert world.not_migrated(later) == ["not-in-force"]
    with pytest.raises(Unknown):
        world.act(Migrate("ab" * 32))


def test_an_award_or_a_value_that_the_new_version_cannot_have_blocks(at, newer):
    world = at("proposed")

    assert world.not_migrated(newer("PRIZE:", "MEDAL:")) == ["unknown-award"]
    assert world.not_migrated(newer('en: "Merit", type: text', 'en: "Merit", type: date')) == [
        "field-type"
    ]
    world.act(Return(("merit",), note="bổ sung"))
    gone = newer('  merit:  {vi: "Thành tích", en: "Merit", type: text, needed: always}\n', "",
                 "[report, merit]", "[report]")  # fmt: skip
    assert world.not_migrated(gone) == ["migrate-item"]


def test_a_final_dossier_stays_with_its_version(at, newer):
    assert at("granted").not_migrated(newer()) == ["dossier-final"]
    assert at("granted").not_migrated(newer(), by="teller") == ["not-allowed"]


def test_the_step_before_cannot_be_recalled_across_versions(at, newer):
    world = at("appraisal")
    world.migrate(newer())

    assert world.refused(Recall()) == ["nothing-to-recall"]


def test_a_decision_drawn_before_must_be_looked_at_again(at, newer):
    world = at("submitted")
    signed = world.sign("grant")
    world.migrate(newer())

    with pytest.raises(Stale):
        world.act(Fire("grant", decision=signed), "minister")


def test_said_twice_it_is_done_once(at, newer):
    world = at("proposed")
    onto = newer()
    first = world.migrate(onto, command_id="c1").done
    again = world.migrate(onto, command_id="c1").done

    assert (again.n, again.repeated) == (first.n, True)
    with pytest.raises(CommandReused):
        world.migrate(newer(DESK, DESK.replace("5 w", "6 w")), command_id="c1")


def test_a_reply_that_is_waited_for_lies_with_who_may_give_it(at, newer):
    world = at("consulted")
    for i in range(2):
        world.act(Answer("opinions", "agree"), f"d{i}")
    world.at(date(2018, 6, 19))
    world.act(Close("opinions"))
    world.at(date(2018, 6, 20))
    letter = Paper(number="3", postmark_on=date(2018, 6, 15))
    late = Answer("opinions", "disagree", seat="department@d2", note="chưa đủ", ground=letter)
    world.act(late, By("officer", for_="d2"))
    assert [t.seat for t in world.open("desk") if t.what.startswith("reply:")] == ["officer"]

    world.migrate(newer("reply: officer", "reply: appraiser"))

    seats = [t.seat for t in world.open("desk") if t.what.startswith("reply:")]
    assert seats == ["appraiser"]
    world.act(Reply("opinions", "department@d2", note="đã rõ"), "appraiser")
    assert [t for t in world.open("desk") if t.what.startswith("reply:")] == []
