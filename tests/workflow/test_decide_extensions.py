"""Extension: of a round's seats, of the present state, of a span; before and after the due."""

from dataclasses import replace
from datetime import date

import pytest

from thidua.workflow.command import (
    Answer,
    Attach,
    Cast,
    Close,
    Expire,
    Extend,
    Fire,
    Hold,
    Release,
)
from thidua.workflow.errors import Unknown
from thidua.workflow.person import By
from thidua.workflow.procedure import Close as CloseRule

D0, D1, D2 = (f"department@d{i}" for i in range(3))
ENGINE = By("engine")
WHY = "theo đề nghị của Sở"


def closing(world, **values):
    """The world's consultation, ending as told."""
    rule = replace(world.procedure.rounds["opinions"], **values)
    world.procedure = replace(world.procedure, rounds={**world.procedure.rounds, "opinions": rule})
    return world


def expire(world, what):
    """The clock comes to an effect."""
    (task,) = [t for t in world.open("effect") if t.what == what]
    world.now = max(world.now, task.due_at)
    return world.act(Expire(task.n), ENGINE)


def closed(at):
    """The clock has closed the round: d0 has agreed, d1 and d2 are silent."""
    world = at("consulted")
    world.act(Answer("opinions", "agree"), "d0")
    expire(world, "close:opinions")
    assert world.now.date() == date(2018, 6, 25)
    return world


def test_an_extension_moves_dues_and_the_close(at):
    world = at("consulted").at(date(2018, 6, 19))
    world.act(Answer("opinions", "agree"), "d0")

    world.act(Extend("opinions", date(2018, 6, 30), note="xin thêm"))  # a Saturday

    assert {t.due_on for t in world.open("ask")} == {date(2018, 7, 2)}
    assert "seat" not in world.body()
    (effect,) = [t for t in world.open("effect") if t.what == "close:opinions"]
    assert (effect.due_on, effect.wake_at) == (date(2018, 7, 5), effect.due_at)
    assert world.task(D0).due_on == date(2018, 6, 20)


def test_an_extended_due_reminds_anew(at):
    world = at("consulted")
    first = world.task(D0).wake_at
    world.tasks[6] = world.tasks[6]._replace(rung=3, wake_at=None)

    world.act(Extend("opinions", date(2018, 7, 20), note="xin thêm"))

    assert world.tasks[6].rung == 0
    assert world.tasks[6].wake_at > first


def test_one_seat_may_get_longer(at):
    world = at("consulted")

    world.act(Extend("opinions", date(2018, 7, 2), D1, note="xin thêm"))

    assert [t.due_on.day for t in world.open("ask")] == [20, 2, 20]
    assert world.body()["seat"] == D1


@pytest.mark.parametrize(
    ("until", "seat", "code"),
    [
        (date(2018, 6, 20), None, "not-later"),
        (date(2018, 6, 11), None, "until-past"),
        (date(2018, 5, 2), None, "until-past"),
        (date(2018, 7, 2), "department@d9", "nothing-to-extend"),
    ],
)
def test_extensions_that_are_none(at, until, seat, code):
    assert at("consulted").refused(Extend("opinions", until, seat, note="xin thêm")) == [code]


def test_a_round_without_due_may_get_one(world, at):
    world = closing(world, due=None, close=CloseRule(all_answered=True))
    world = at("consulted", procedure=world.procedure)
    assert world.task(D0).due_on is None

    world.act(Extend("opinions", date(2018, 7, 2), note="xin thêm"))

    assert world.task(D0).due_on == date(2018, 7, 2)
    assert [t.what for t in world.open("effect")] == ["close:posted"]


def test_an_extension_says_why(at):
    world = at("consulted")

    assert world.refused(Extend("opinions", date(2018, 7, 20))) == ["note-missing"]


def test_all_may_get_longer_though_one_has_it_already(at):
    world = at("consulted")
    world.act(Extend("opinions", date(2018, 7, 20), D1, note=WHY))

    world.act(Extend("opinions", date(2018, 7, 2), note=WHY))

    assert [t.due_on for t in world.open("ask")] == [
        date(2018, 7, 2), date(2018, 7, 20), date(2018, 7, 2)
    ]  # fmt: skip
    assert world.refused(Extend("opinions", date(2018, 7, 2), note=WHY)) == ["not-later"]


def test_a_day_off_that_rolls_to_the_present_due_is_not_later(at):
    world = at("consulted")
    world.act(Extend("opinions", date(2018, 7, 2), note=WHY))

    assert world.refused(Extend("opinions", date(2018, 7, 1), note=WHY)) == ["not-later"]


def test_the_asked_are_told_of_their_new_due(at):
    world = at("consulted")
    before = len(world.notices)

    world.act(Extend("opinions", date(2018, 7, 2), D1, note=WHY))

    (told,) = world.notices[before:]
    assert (told.seat, told.template, told.until) == (D1, "opinion_requested", world.task(D1).n)
    assert (told.context["due_on"], told.context["extended"]) == ("2018-07-02", True)


def test_a_round_that_the_clock_closed_is_opened_again(at):
    world = closed(at)
    before = world.dossier.count

    world.act(Extend("opinions", date(2018, 7, 6), note=WHY))

    assert world.acts(before) == ["extend"]
    assert (world.lines["opinions-1"].closed_n, world.lines["opinions-1"].outcome) == (None, None)
    assert [(t.seat, t.due_on, t.outcome) for t in world.open("ask")] == [
        (D1, date(2018, 7, 6), None), (D2, date(2018, 7, 6), None)
    ]  # fmt: skip
    (end,) = [t for t in world.open("effect") if t.what == "close:opinions"]
    assert (end.due_on, end.wake_at) == (date(2018, 7, 11), end.due_at)
    assert world.acts().count("close_round") == 1
    assert world.refused(Fire("convene", meeting="k1")) == ["round-still-open"]


def test_one_silent_seat_may_be_heard_alone(at):
    world = closed(at)

    world.act(Extend("opinions", date(2018, 7, 6), D2, note=WHY))
    world.act(Answer("opinions", "agree"), "d2")

    assert world.opinions[-1].standing == "in_time"
    assert world.lines["opinions-1"].outcome == "answered"
    assert world.task(D1).outcome == "no_reply"


def test_another_silent_seat_may_follow(at):
    world = closed(at)
    world.act(Extend("opinions", date(2018, 7, 6), D2, note=WHY))

    world.act(Extend("opinions", date(2018, 7, 13), D1, note=WHY))

    assert [t.due_on.day for t in world.open("ask")] == [13, 6]
    (end,) = [t for t in world.open("effect") if t.what == "close:opinions"]
    assert end.due_on == date(2018, 7, 18)


def test_the_clock_closes_it_anew(at):
    world = closed(at)
    world.act(Extend("opinions", date(2018, 7, 6), note=WHY))

    expire(world, "close:opinions")

    assert world.acts().count("close_round") == 2
    assert [world.task(d).outcome for d in (D0, D1, D2)] == ["agree", "no_reply", "no_reply"]


def test_who_was_never_written_to_may_be_asked_after_all(at):
    world = at("consulted")
    world.unsent = frozenset({world.task(D1).n})
    expire(world, "close:opinions")

    world.act(Extend("opinions", date(2018, 7, 6), D1, note="chưa gửi được công văn"))

    assert [t.seat for t in world.open("ask")] == [D1]


@pytest.mark.parametrize("ending", [Close("opinions"), Answer("opinions", "agree")])
def test_only_a_close_at_the_due_is_undone(at, ending):
    world = at("consulted")
    actors = ("officer",) if isinstance(ending, Close) else ("d0", "d1", "d2")
    for actor in actors:
        world.act(ending, actor)

    assert world.refused(Extend("opinions", date(2018, 7, 6), note=WHY)) == ["nothing-to-extend"]


def moved_on(at):
    """The round was closed by the clock, the council has passed the dossier."""
    world = closed(at)
    world.end_posting()
    world.act(Fire("convene", meeting="k1"))
    for i in range(5):
        world.act(Cast("vote", "for"), f"m{i}")
    world.act(Close("vote"), "teller")
    return world


def test_a_round_opened_again_holds_the_decision_up(at):
    world = moved_on(at)
    world.act(Extend("opinions", date(2018, 7, 6), D1, note=WHY))
    grant = Fire("grant", decision=world.sign("grant"))

    assert world.refused(grant, "minister") == ["round-still-open"]
    expire(world, "close:opinions")

    assert world.act(grant, "minister").state == "granted"


def test_nothing_is_opened_again_past_a_decision(at):
    world = moved_on(at)
    states = {**world.procedure.states}
    states["granted"] = replace(states["granted"], final=False, outcome=None)
    world.procedure = replace(world.procedure, states=states)
    world.act(Fire("grant", decision=world.sign("grant")), "minister")

    assert world.refused(Extend("opinions", date(2018, 7, 6), note=WHY)) == ["decided-already"]


def test_an_end_is_an_end(at):
    world = at("granted")

    assert world.refused(Extend("opinions", date(2018, 7, 6), note=WHY)) == ["dossier-final"]


def test_a_vote_may_get_longer(at):
    world = at("council")

    world.act(Extend("vote", date(2018, 7, 20), "member:m0", note=WHY))

    assert world.task("member:m0").due_on == date(2018, 7, 20)


def test_a_posting_may_last_longer(at):
    world = at("consulted")

    world.act(Extend("posted", date(2018, 7, 6), note=WHY))

    (end,) = [t for t in world.open("effect") if t.what == "close:posted"]
    assert (end.due_on, end.wake_at) == (date(2018, 7, 6), end.due_at)


def test_the_state_may_get_longer_with_what_its_due_brings(world):
    world.create()
    assert world.task("officer", "desk").due_on == date(2018, 6, 18)

    world.act(Extend(None, date(2018, 6, 29), note=WHY))

    assert {t.due_on for t in world.open()} == {date(2018, 6, 29)}
    assert world.body()["state"] == "proposed"
    assert expire(world, "fire:lapse").state == "lapsed"
    assert world.now.date() == date(2018, 6, 29)  # its last midnight, in UTC


def test_the_state_may_get_longer_after_its_due(world):
    world.create()
    world.at(date(2018, 6, 25))

    world.act(Extend(None, date(2018, 6, 29), note=WHY))

    desk = world.task("officer", "desk")
    assert (desk.due_on, desk.rung) == (date(2018, 6, 29), 0)


def test_a_due_that_was_blocked_waits_for_its_new_day(world):
    steps = tuple(
        replace(t, conditions=("documents.complete",)) if t.trigger == "lapse" else t
        for t in world.procedure.transitions
    )
    world.procedure = replace(world.procedure, transitions=steps)
    world.create()
    expire(world, "fire:lapse")

    world.act(Extend(None, date(2018, 6, 29), note=WHY))
    world.act(Attach("report", "cd" * 32, 10, "application/pdf", "báo cáo.pdf"))

    assert world.state == "proposed"
    assert expire(world, "fire:lapse").state == "lapsed"


def test_a_span_may_get_longer(at):
    world = at("appraisal")

    world.act(Extend(None, date(2018, 8, 31), span="processing", note=WHY))

    (span,) = world.open("span")
    assert (span.due_on, world.body()["span"]) == (date(2018, 8, 31), "processing")


def test_whole_dues_that_are_not_there(at):
    world = at("appraisal")  # a state without a due
    day = date(2018, 8, 31)

    assert world.refused(Extend(None, day, note=WHY)) == ["no-such-due"]
    assert world.refused(Extend(None, day, D0, note=WHY)) == ["extend-what"]
    assert world.refused(Extend("opinions", day, span="processing", note=WHY)) == ["extend-what"]
    assert world.refused(Extend(None, date(2018, 6, 12), span="processing", note=WHY)) == [
        "not-later"
    ]
    with pytest.raises(Unknown):
        world.act(Extend(None, day, span="proces", note=WHY))


def test_what_was_extended_keeps_its_rest_in_a_pause(at):
    world = at("consulted")
    world.act(Extend("opinions", date(2018, 7, 2), note=WHY))
    world.at(date(2018, 6, 28)).act(Hold(note="đơn thư"))
    assert {t.left for t in world.open("ask")} == {2}

    world.at(date(2018, 7, 9)).act(Release())

    assert {t.due_on for t in world.open("ask")} == {date(2018, 7, 11)}
