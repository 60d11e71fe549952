"""Dues, ladders and desks of a dossier that goes on under another version."""

from datetime import date
from pathlib import Path

from thidua.workflow.command import (
    Answer,
    Extend,
    Hold,
    Release,
    Return,
    Supplement,
)

TEXT = (Path(__file__).parent / "trial.yaml").read_text(encoding="utf-8")
DESK = "due: {in: 5 working days, from: entry, ground: rule, ladder: desk, then: lapse}"
ASKED = "due: {in: 7 working days, from: opening, ground: rule, ladder: asked}"


def dues(world, *kinds):
    return {t.what: t.due_on for t in world.open(*kinds) if t.due_on}


def test_a_longer_due_counts_from_where_it_began(at, newer):
    world = at("proposed")  # Monday 11 June: five working days end on the 18th
    world.at(date(2018, 6, 14))

    world.migrate(newer(DESK, DESK.replace("5 working", "9 working")))

    assert dues(world) == {"proposed": date(2018, 6, 22), "fire:lapse": date(2018, 6, 22)}
    assert sorted(world.body()["was"]) == [[1, "2018-06-18"], [2, "2018-06-18"]]


def test_a_shorter_due_is_never_put_into_the_past(at, newer):
    world = at("proposed").at(date(2018, 6, 14))

    world.migrate(newer(DESK, DESK.replace("5 working", "2 working")))

    assert set(dues(world).values()) == {date(2018, 6, 18)}
    assert sorted(world.body()["kept"]) == [
        [1, "2018-06-18", "2018-06-13"], [2, "2018-06-18", "2018-06-13"],
    ]  # fmt: skip


def test_a_shorter_due_still_to_come_is_the_new_one(at, newer):
    world = at("proposed").at(date(2018, 6, 12))

    world.migrate(newer(DESK, DESK.replace("5 working", "3 working")))

    assert set(dues(world).values()) == {date(2018, 6, 14)}


def test_what_a_person_set_stays(at, newer):
    world = at("proposed")
    world.act(Extend(None, date(2018, 6, 29), note="xin thêm"))

    world.migrate(newer(DESK, DESK.replace("5 working", "9 working")))

    assert set(dues(world).values()) == {date(2018, 6, 29)}


def test_after_a_pause_the_difference_is_added_to_what_was_left(at, newer):
    world = at("proposed").at(date(2018, 6, 13))
    world.act(Hold(note="đơn thư"))
    world.at(date(2018, 6, 20))
    world.act(Release())  # three were left: the 25th
    assert set(dues(world).values()) == {date(2018, 6, 25)}

    world.migrate(newer(DESK, DESK.replace("5 working", "7 working")))

    assert set(dues(world).values()) == {date(2018, 6, 27)}


def test_a_paused_dossier_crosses_and_runs_on_with_more(at, newer):
    world = at("proposed").at(date(2018, 6, 13))
    world.act(Hold(note="đơn thư"))

    world.migrate(newer(DESK, DESK.replace("5 working", "7 working")))

    assert {t.left for t in world.open()} == {5}
    world.at(date(2018, 6, 20))
    world.act(Release())
    assert set(dues(world).values()) == {date(2018, 6, 27)}


def test_a_new_due_begins_with_the_migration_and_one_that_is_gone_ends(at, newer):
    world = at("appraisal").at(date(2018, 6, 14))

    world.migrate(
        newer('en: "Appraisal", due: none', 'en: "Appraisal", due: {in: 3 working days, '
              "from: entry, ground: rule, ladder: desk}")
    )  # fmt: skip
    assert dues(world, "desk") == {"appraisal": date(2018, 6, 19)}

    other = at("proposed")
    other.migrate(
        newer(DESK, "due: none", '  - {trigger: lapse,   vi: "Hết hạn", en: "Lapse", source: '
              "proposed, dest: lapsed, by: engine}\n", '  - {trigger: lapse,   vi: "Hết hạn", en: '
              '"Lapse", source: proposed, dest: lapsed, by: officer, note: required}\n')
    )  # fmt: skip
    assert [(t.kind, t.what, t.due_on) for t in other.open()] == [("desk", "proposed", None)]


def test_another_desk_takes_over_and_the_due_runs_on(at, newer):
    world = at("proposed").at(date(2018, 6, 13))
    accept = "source: proposed, dest: appraisal, by: "

    world.migrate(newer(accept + "officer", accept + "teller"))

    assert [(t.seat, t.due_on) for t in world.open("desk")] == [("teller", date(2018, 6, 18))]


def test_a_running_consultation_keeps_its_seats_and_takes_the_new_time(at, newer):
    world = at("consulted")
    world.act(Answer("opinions", "agree"), "d0")
    world.at(date(2018, 6, 14))
    assert dues(world)["close:opinions"] == date(2018, 6, 25)

    world.migrate(newer(ASKED, ASKED.replace("7 working", "10 working")))

    assert dues(world)["opinions"] == date(2018, 6, 25)
    assert dues(world)["close:opinions"] == date(2018, 6, 28)
    assert [t.status for t in world.tasks.values() if t.kind == "ask"] == ["done", "open", "open"]


def test_the_new_rule_may_end_a_consultation_at_once(at, newer):
    world = at("consulted")
    world.act(Answer("opinions", "agree"), "d0")
    close = "close: {when: all_answered, at_due: yes, transit: 3 working days}"

    world.migrate(newer(close, "close: {when: {share: 1/3}, at_due: yes, transit: 3 working days}"))

    line = next(line for line in world.lines.values() if line.name == "opinions")
    assert line.outcome == "answered"
    assert world.acts()[-2:] == ["migrate", "close_round"]


def test_another_ladder_reminds_from_then_on_and_when_asked_again(at, newer):
    world = at("consulted")
    world.act(Answer("opinions", "agree"), "d0")
    ladders = "  desk:  {remind: [1 working"

    world.migrate(newer(ladders, "  gentle: {remind: [on the day]}\n" + ladders,
                        ASKED, ASKED.replace("ladder: asked", "ladder: gentle"),
                        "  asked: {remind: [2 working days before, 1 working day before, on the "
                        "day]}\n", ""))  # fmt: skip

    assert {t.ladder for t in world.tasks.values() if t.kind == "ask"} == {"gentle"}
    world.act(Return(("merit",), note="bổ sung"))
    world.act(Supplement({"merit": "xuất sắc"}), "proposer")
    assert {t.status for t in world.tasks.values() if t.kind == "ask"} == {"open"}


def test_a_span_goes_along_or_ends(at, newer):
    span = "processing: {from: accept, to: submitted, in: 25 working days"
    world = at("appraisal")
    world.migrate(newer(span, span.replace("25", "30")))
    assert dues(world, "span") == {"processing": date(2018, 7, 23)}

    other = at("appraisal")
    other.migrate(newer(span, span.replace("processing", "handling")))
    assert other.open("span") == []
