"""What is out of the ordinary is played by the ordinary acts, as often as it is said."""

from dataclasses import replace
from fractions import Fraction

from thidua.simulation.behaviour import Manner, Often
from thidua.simulation.measures import told

ALL = Fraction(1)
PROMPT = {"default": Manner(takes=1)}
WILD = {"hold": Often(Fraction(1, 4), 30, 15), "withdraw": Often(Fraction(1, 4), 30),
        "extend": Often(Fraction(1, 4), lasts=5), "recuse": Fraction(1, 4)}  # fmt: skip


def test_the_same_seed_gives_the_same(play):
    one = play("ministers-certificate", 20, **WILD)

    assert one == play("ministers-certificate", 20, **WILD)
    assert min(one.unusual.values()) > 0
    assert told(one, "vi")["unusual"] == one.unusual


def test_dossiers_that_are_held_take_longer_and_come_to_the_same_ends(play):
    whole = {"roles": PROMPT, "incomplete": Fraction(0)}
    calm = play("ministers-certificate", **whole)
    held = play("ministers-certificate", **whole, hold=Often(ALL, 1, 15))

    assert (calm.unusual["hold"], held.unusual["hold"]) == (0, 40)
    assert held.days().median > calm.days().median
    assert (held.outcomes, held.ended, held.stuck) == (calm.outcomes, 40, ())


def test_dossiers_that_are_taken_back_end_so(play):
    found = play("ministers-certificate", withdraw=Often(ALL, 1))

    assert found.unusual["withdraw"] == found.outcomes["withdrawn"] == 40
    assert (found.ended, found.running) == (40, 0)


def test_who_comes_to_an_end_before_is_neither_held_nor_taken_back(play, trial):
    found = play(trial(), 12, roles=PROMPT, hold=Often(ALL, 400), withdraw=Often(ALL, 400))

    assert found.unusual["withdraw"] == found.outcomes.get("withdrawn", 0) < 12
    assert found.unusual["hold"] < 12


def test_more_time_lets_late_answers_come_in_time(play):
    tardy = {"default": Manner(takes=1),
             "department": Manner(on_time=Fraction(0), late=ALL, late_by=5)}  # fmt: skip
    strict = play("ministers-certificate", roles=tardy)
    mild = play("ministers-certificate", roles=tardy, extend=Often(ALL, lasts=5))

    (before,), (after,) = ([s for s in each.stages if s.kind == "ask"] for each in (strict, mild))
    assert mild.unusual["extend"] > 0
    assert before.late + before.never == before.done
    assert after.late + after.never == 0


def test_members_who_step_back_are_no_part_of_the_count(play):
    """Whoever stays votes for it: with all at the meeting nothing fails for want of a quorum."""
    found = play("ministers-certificate", roles=PROMPT, recuse=Fraction(1, 2), present=ALL,
                 votes={"for": ALL}, opinions={"agree": ALL}, incomplete=Fraction(0))  # fmt: skip

    assert 40 < found.unusual["recuse"] < 40 * 9
    assert found.outcomes == {"awarded": 40}


def test_where_nobody_may_nothing_happens(play, trial):
    procedure = trial()
    may = {**procedure.may, **dict.fromkeys(("hold", "withdraw", "extend", "recuse"),
                                            replace(procedure.may["hold"], roles=()))}  # fmt: skip

    found = play(replace(procedure, may=may), 12, **WILD)

    assert set(found.unusual.values()) == {0}
