"""A turn of the clock: rungs, effects, what a batch leaves, who may turn it."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from thidua import Assign, By, Close, Counts, Fire
from thidua.storage import sweep
from thidua.storage.rows import task_of
from thidua.tick import catch_up
from thidua.workflow.dossier import Task
from thidua.workflow.rungs import Fired


def said(notice: dict[str, Any]) -> dict[str, Any]:
    return json.loads(notice["context"])


def test_nothing_is_due_before_its_time(desk: Any) -> None:
    desk.asked()
    desk.at(8, 7, 59)

    ticked = desk.tick()

    assert (ticked.fired, ticked.effects, ticked.more, ticked.leased) == (0, 0, False, True)
    assert desk.notices() == []


def test_rung_reminds_each_seat_asked_once(desk: Any) -> None:
    desk.asked()
    desk.at(8)

    first, again = desk.tick(), desk.tick()

    assert (first.fired, again.fired) == (2, 0)
    assert sorted(n["seat"] for n in desk.notices()) == ["unit@a", "unit@b"]
    (notice, _) = desk.notices()
    context = said(notice)
    assert (context["due_on"], context["days_left"]) == ("2018-08-15", 5)
    assert context["task_title"] == {"vi": "cho ý kiến", "en": "give an opinion"}
    assert context["rung"]["title"]["vi"] == "5 ngày làm việc trước hạn"
    assert notice["status"] == "due"
    assert "stopped_at" not in context


def test_task_stands_at_its_next_rung(desk: Any) -> None:
    desk.asked()
    desk.at(8)
    desk.tick()

    (task, _) = desk.rows("task", kind="ask")

    assert (task["rung"], task["wake_at"]) == (1, "2018-08-13T01:00:00.000000Z")


def test_head_is_written_to_only_when_released(desk: Any) -> None:
    desk.asked()
    desk.at(8)
    desk.tick()
    desk.at(13)

    desk.tick()

    held = {n["seat"]: n["template"] for n in desk.notices(status="held")}
    assert held == {"head@a": "escalation", "head@b": "escalation"}
    assert desk.send().sent == 2
    assert not [x for x in desk.letters() if x.to[0].mailbox == "head-a@example.org"]


def test_rungs_of_one_moment_go_to_their_own_seats(desk: Any) -> None:
    desk.asked()
    for day in (8, 13, 14):
        desk.at(day)
        desk.tick()

    of_the_day = [n for n in desk.notices() if said(n)["as_of_on"] == "2018-08-14"]

    assert sorted((n["seat"], n["status"]) for n in of_the_day if n["until"] > 2) == [
        ("clerk", "paper"), ("clerk", "paper"), ("unit@a", "due"), ("unit@b", "due"),
    ]  # fmt: skip
    assert {said(n)["days_left"] for n in of_the_day if n["seat"] == "unit@a"} == {1}


def test_reminder_goes_to_who_holds_the_task(desk: Any) -> None:
    dossier = desk.propose()
    desk.act(dossier, Assign(1, "u:boss"))
    desk.at(10)

    desk.tick()

    assert [n["seat"] for n in desk.notices()] == ["clerk:u:boss"]


def test_effect_closes_the_round_and_ends_its_reminders(desk: Any) -> None:
    (dossier,) = desk.asked()
    desk.send()
    desk.at(8)
    desk.tick()
    desk.answer(dossier, "a")
    desk.at(16, 0)

    ticked = desk.tick()

    assert ticked.effects == 1
    statuses = {t["seat"]: (t["status"], t["outcome"]) for t in desk.rows("task", kind="ask")}
    assert statuses == {"unit@a": ("done", "agree"), "unit@b": ("expired", "no_reply")}
    assert {n["status"] for n in desk.notices() if n["seat"].startswith("unit")} == {"pointless"}
    (last,) = [e for e in desk.rows("event", stream=dossier) if "close_round" in e["body"]]
    assert json.loads(last["body"])["by"] == "engine"


def test_effect_that_may_not_act_tells_the_desk(desk: Any) -> None:
    dossier = desk.propose(fields={"urgent": "yes"})
    desk.act(dossier, Fire("wait"))
    desk.at(10, 0)

    ticked = desk.tick()

    (row,) = desk.rows("dossier")
    assert (ticked.effects, row["state"]) == (1, "waiting")
    (told,) = [n for n in desk.rows("notice") if n["matter"].startswith("blocked")]
    assert (told["seat"], told["template"]) == ("clerk", "escalation")
    assert desk.tick().effects == 0


def test_batch_is_bounded_and_says_that_more_is_due(desk: Any) -> None:
    desk.asked(3)
    desk.at(8)

    turns = [desk.tick(limit=4), desk.tick(limit=4), desk.tick(limit=4)]

    assert [(t.fired, t.more) for t in turns] == [(4, True), (2, False), (0, False)]


def test_effect_that_fails_is_put_off_and_stands_in_nobodys_way(desk: Any, caplog: Any) -> None:
    first, second = desk.asked(2)
    desk.wf.engine = _refusing(desk.wf.engine, first)
    desk.at(16, 0)

    ticked, again = desk.tick(), desk.tick()

    closed = {row["dossier_id"]: row["outcome"] for row in desk.rows("line")}
    assert closed == {first: None, second: "expired"}
    assert (ticked.effects, again.effects, again.more) == (1, 0, False)
    assert "could not act" in caplog.text
    (task,) = desk.rows("task", dossier_id=first, kind="effect")
    assert task["wake_at"] == "2018-08-15T18:00:00.000000Z"


def _refusing(engine: Any, dossier: str) -> Any:
    def observer(_db: Any, change: Any) -> None:
        if change.dossier.id == dossier:
            raise RuntimeError("no")

    return replace(engine, observer=observer)


def test_due_that_another_ticker_carried_out_is_no_trouble(desk: Any, caplog: Any) -> None:
    """Both read that it is due; the second finds it done."""
    (dossier,) = desk.asked()
    desk.at(16)
    with desk.engine.begin() as db:
        ((_, n),) = desk.wf.ticker.batch(db, desk.now, hold=timedelta()).effects
    desk.tick()
    with desk.engine.begin() as db:
        done = desk.wf.ticker.expire(db, dossier, n, desk.now)

    assert not done
    assert caplog.text == ""


def test_reminder_that_fails_is_put_off_and_stands_in_nobodys_way(desk: Any, caplog: Any) -> None:
    desk.asked()
    desk.at(8)
    with desk.engine.begin() as db:
        t = desk.wf.tables.task
        db.execute(t.update().where(t.c.seat == "unit@a").values(ladder="gone"))

    ticked = desk.tick()

    assert ticked.fired == 1
    assert "the reminder of task" in caplog.text
    assert [n["seat"] for n in desk.notices()] == ["unit@b"]


def test_rolled_back_tick_leaves_nothing(desk: Any) -> None:
    desk.asked()
    desk.at(8)
    with desk.engine.connect() as db:
        desk.wf.tick(db, desk.now)
        db.rollback()

    assert desk.notices() == []
    assert desk.tick().fired == 2


def test_lease_is_taken_over_when_its_owner_stopped(desk: Any) -> None:
    other = type(desk)(desk.engine, type(desk.wf)())
    desk.asked()
    other.now = desk.at(8)
    hold = timedelta(seconds=90)
    with desk.engine.begin() as db:
        desk.wf.ticker.batch(db, desk.now - timedelta(minutes=1), hold=hold)

    waiting = other.tick()
    other.now += timedelta(seconds=31)
    taken = other.tick()

    assert (waiting.leased, waiting.fired) == (False, 0)
    assert (taken.leased, taken.fired) == (True, 2)


def test_lease_of_a_clock_that_ran_ahead_keeps_nobody_out(desk: Any) -> None:
    other = type(desk)(desk.engine, type(desk.wf)())
    with desk.engine.begin() as db:
        ahead = desk.now + timedelta(days=365)
        desk.wf.ticker.batch(db, ahead, hold=timedelta(seconds=90))

    assert other.tick().leased


@pytest.mark.parametrize("change", [{"status": "done"}, {"rung": 1}, {"wake_at": None}])
def test_task_that_moved_on_after_it_was_read_raises_no_notice(
    desk: Any, change: dict[str, Any]
) -> None:
    """The claim is what arbitrates, not the read before it."""
    (dossier,) = desk.asked()
    (row, _) = desk.rows("task", kind="ask")
    seen: Task = task_of(tuple(row.values())[1:])
    t = desk.wf.tables.task
    with desk.engine.begin() as db:
        db.execute(t.update().where(t.c.n == seen.n).values(change))

    with desk.engine.begin() as db, desk.wf.ticker._turn(db) as (pen, s):
        claimed = sweep.claim(pen, s, dossier, seen, Fired(4, None))

    (task,) = desk.rows("task", n=seen.n)
    assert not claimed
    assert task == {**row, **change}


def test_claim_repeated_after_a_race_makes_no_second_notice(desk: Any) -> None:
    """An act that read the task before the tick and writes it after puts the rung back."""
    desk.asked()
    (before, _) = desk.rows("task", kind="ask")
    desk.at(8)
    desk.tick()
    with desk.engine.begin() as db:
        t = desk.wf.tables.task
        back = {"rung": before["rung"], "wake_at": before["wake_at"]}
        db.execute(t.update().where(t.c.n == before["n"]).values(back))

    desk.tick()

    assert len(desk.notices()) == 2


@pytest.fixture
def rivals(desk: Any) -> list[str]:
    """Two candidates for one seat, counted: 1 and 2 votes of 2."""
    for n in range(2):
        desk.hold(f"u:v{n}", "voter")
        desk.person(f"u:v{n}", f"Ủy viên {n}", f"v{n}@example.org")
    made = [desk.propose("A"), desk.propose("B")]
    with desk.engine.begin() as db:
        day = date(2018, 8, 20)
        meeting = desk.wf.meetings.add(db, "Phiên họp", day, by=By("u:clerk"), now=desk.now)
    for dossier in made:
        desk.act(dossier, Fire("convene", meeting=meeting))
    desk.send()
    for votes, dossier in enumerate(made, start=1):
        counts = Counts(entitled=2, present=2, issued=2, returned=2, valid=2, votes_for=votes,
                        votes_against=2 - votes)  # fmt: skip
        desk.act(dossier, Close("voting", counts, "paper"))
    return made


@pytest.mark.parametrize("turn", ["tick", "catch_up"])
def test_counted_ballots_are_ranked(desk: Any, rivals: list[str], turn: str) -> None:
    hold = timedelta(seconds=90)

    ticked = (
        desk.tick()
        if turn == "tick"
        else catch_up(desk.engine, desk.wf.ticker, lambda: desk.now, hold=hold)
    )

    states = {row["id"]: row["state"] for row in desk.rows("dossier")}
    assert states == {rivals[0]: "lapsed", rivals[1]: "done"}
    assert (ticked.effects, ticked.more) == (1, False)


def test_effects_wait_for_the_batch_after_a_ranking(desk: Any, rivals: list[str]) -> None:
    (dossier,) = desk.asked()
    desk.at(16, 0)

    first, second = desk.tick(), desk.tick()

    assert [(t.effects, t.more) for t in (first, second)] == [(1, True), (1, False)]
    assert [row["outcome"] for row in desk.rows("line", dossier_id=dossier)] == ["expired"]


def test_members_are_asked_to_vote_in_a_letter_of_their_own(desk: Any, rivals: list[str]) -> None:
    letters = {each.to[0].mailbox: each for each in desk.letters()}

    text = letters["v0@example.org"].text
    assert "ĐỀ NGHỊ BỎ PHIẾU" in text
    assert "Phiên họp: thứ Hai, ngày 20/8/2018" in text
    assert "Ông/Bà Ủy viên 0" in text
