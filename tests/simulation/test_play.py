"""Synthetic dossiers on a virtual clock: what comes out follows from what was assumed."""

from datetime import date
from fractions import Fraction

import pytest

from thidua.definitions import shipped
from thidua.simulation.behaviour import Manner, Often
from thidua.simulation.measures import Days, told

ONE = Fraction(1)
SMALL = {"default": 3, "minister": 1}
PROMPT = {"default": Manner(takes=1)}
SLOW = {"default": Manner(on_time=Fraction(0), late=Fraction(1), late_by=5, takes=1)}
TARDY = (
    "due: {in: 5 working days, from: entry, ground: rule, ladder: desk, then: lapse}",
    "due: {in: 5 working days, from: entry, ground: rule, ladder: desk}",
    "source: proposed, dest: lapsed, by: engine}",
    "source: proposed, dest: lapsed, by: officer, note: required}",
)


def test_the_same_seed_gives_the_same_and_another_seed_another(play):
    one, again = play("ministers-certificate"), play("ministers-certificate")
    assert one == again
    assert play("ministers-certificate", seed=8) != one


def test_everybody_prompt_and_of_one_mind(play):
    sure = {"agree": Fraction(1)}
    found = play("ministers-certificate", roles=PROMPT, opinions=sure, incomplete=Fraction(0),
                 votes={"for": Fraction(1)}, present=Fraction(1))  # fmt: skip

    assert found.outcomes == {"awarded": 40}
    assert (found.ended, found.running, found.refused, found.stuck) == (40, 0, 0, ())
    desks = [s for s in found.stages if s.kind in ("desk", "ask")]
    assert desks
    assert sum(s.late + s.never for s in desks) == 0


def test_a_decision_comes_before_it_is_announced(play):
    found = play("ministers-certificate", roles=PROMPT, votes={"for": Fraction(1)}, present=ONE,
                 incomplete=Fraction(1, 2))  # fmt: skip

    decided, after, ended, still, _ = found.came
    assert [each.dossiers for each in (decided, ended, still)] == [40, 40, 0]
    assert 0 < after.dossiers < 40
    assert found.days().median < found.days("ended", "awarded").median
    assert sum(found.decided.values()) == 40
    assert max(found.decided) == found.days().worst


def test_who_gets_no_decision_is_counted_apart(play):
    found = play("ministers-certificate", votes={"against": ONE}, withdraw=Often(Fraction(1, 4)))

    gone = found.outcomes["withdrawn"]
    assert [(each.kind, each.outcome, each.dossiers) for each in found.came] == [
        ("decision", None, 0), ("after_return", None, 0), ("ended", "not_passed", 40 - gone),
        ("ended", "withdrawn", gone), ("open", None, 0), ("returned", None, 0),
    ]  # fmt: skip
    assert (found.days(), found.decided) == (None, {})


def test_who_waits_for_a_supplement_is_still_open(play):
    silent = {**PROMPT, "proposer": Manner(on_time=Fraction(0), silent=ONE)}
    found = play("ministers-certificate", 10, roles=silent, incomplete=ONE)

    assert [each.dossiers for each in found.came] == [0, 0, 10, 10]
    assert found.days("open").median > 200


def test_everybody_late_is_all_overdue(play, trial):
    found = play(trial(*TARDY), roles=SLOW, incomplete=Fraction(0))

    (desk,) = [s for s in found.stages if s.what == "proposed"]
    assert (desk.done, desk.late) == (40, 40)
    prompt = play(trial(*TARDY), roles=PROMPT, incomplete=Fraction(0))
    assert prompt.days().median < found.days().median


def test_what_a_due_brings_happens_by_itself(play, trial):
    found = play(trial(), roles=SLOW, incomplete=Fraction(0))

    assert found.outcomes == {"lapsed": 40}


def test_silence_is_counted_and_does_not_stop_what_goes_on_without(play):
    silent = {**PROMPT, "department": Manner(on_time=Fraction(0), silent=Fraction(1))}
    found = play("ministers-certificate", roles=silent)

    (asked,) = [s for s in found.stages if s.kind == "ask"]
    assert asked.never == asked.done == 40
    assert found.ended == 40


def test_a_council_against_all(play):
    found = play("ministers-certificate", votes={"against": Fraction(1)})

    assert found.outcomes == {"not_passed": 40}


def test_a_council_that_does_not_come_keeps_dossiers_waiting(play):
    found = play("ministers-certificate", 5, present=Fraction(1, 100))

    assert found.running == 5
    assert {s.state for s in found.stays if s.left} == {"council_review"}


def test_a_desk_that_manages_few_a_day_grows_a_queue(play, trial):
    few = {"default": Manner(takes=1), "officer": Manner(takes=1, a_day=1)}
    found = play(trial(*TARDY), 60, roles=few, people=SMALL, over=5, incomplete=Fraction(0))
    free = play(trial(*TARDY), 60, roles=PROMPT, people=SMALL, over=5, incomplete=Fraction(0))

    busy, idle = (next(s for s in each.stays if s.state == "proposed") for each in (found, free))
    assert busy.most > idle.most
    assert busy.days.p90 > 20 > idle.days.p90


def test_a_missing_paper_is_returned_and_supplemented(play):
    whole = play("ministers-certificate", incomplete=Fraction(0))
    lacking = play("ministers-certificate", incomplete=Fraction(1))

    assert lacking.ended == 40
    assert lacking.acts >= whole.acts + 70  # returned and supplemented
    assert lacking.days().median > whole.days().median


def test_disagreement_is_replied_to(play):
    found = play("ministers-certificate", opinions={"disagree": Fraction(1)},
                 roles=PROMPT)  # fmt: skip

    assert (found.ended, found.stuck) == (40, ())


def test_a_step_taken_more_often(play):
    found = play("ministers-certificate", steps={"find_ineligible": Fraction(1)})

    assert found.outcomes == {"ineligible": 40}


def test_shorter_dues_make_it_shorter(play, trial):
    asked = "due: {in: 7 working days, from: opening, ground: rule, ladder: asked}"
    long = play(trial(*TARDY))
    short = play(trial(*TARDY, asked, asked.replace("7 w", "3 w")))

    assert short.days().median < long.days().median


def test_the_places_of_a_ranking_are_given(play):
    found = play("exemplar-selection", 60)

    assert found.running == 0
    assert set(found.outcomes) == {"awarded", "not_chosen"}


def test_what_cannot_go_on_says_why(play):
    found = play("commemorative-medal", 3, fields={"category": ("head",), "years": ("1",)})

    assert found.running == 3
    assert [s.dossiers for s in found.stuck] == [3]
    assert found.stuck[0].reason.code.startswith("condition")


def test_a_procedure_that_is_not_in_force_takes_none(play):
    found = play("ministers-certificate", 5, from_on=date(2018, 1, 8), over=5)

    assert (found.refused, found.ended, found.days()) == (5, 0, None)


@pytest.mark.parametrize("name", sorted(shipped()))
def test_every_shipped_procedure_can_be_played(play, name):
    found = play(name, 6)

    assert found.ended + found.running + found.refused == 6
    assert all(s.done >= s.late + s.never for s in found.stages)
    assert told(found, "vi")["dossiers"] == 6


def test_mails_go_once_a_day_and_person(play):
    found = play("ministers-certificate", 60)

    officer = next(m for m in found.mails if m.role == "officer")
    assert 0 < officer.in_a_week <= 5 * 3
    assert all(m.each >= 0 and m.holders > 0 for m in found.mails)


def test_days_are_ones_that_occurred():
    assert Days.of([]) is None
    assert Days.of([5]) == (5, 5, 5)
    assert Days.of([*range(1, 11)]) == (5, 9, 10)
    assert Days.of([3, 1, 2]) == (2, 3, 3)
