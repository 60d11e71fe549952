from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.workflow.seats import Seats, Standing, award_seats

GROUPS = [("cluster 1", "collective"), ("cluster 1", "individual"), ("cluster 2", "collective")]


def standings(*rows: tuple[str, int], group: tuple[str, ...] = GROUPS[0]) -> list[Standing]:
    """Lines of one group that have all passed."""
    return [Standing(name, group, votes, passed=True) for name, votes in rows]


LINES = st.lists(
    st.builds(
        Standing,
        st.text("abcdefgh", min_size=1, max_size=4),
        st.sampled_from(GROUPS),
        st.integers(0, 5),
        passed=st.booleans(),
    ),
    max_size=12,
    unique_by=lambda line: line.dossier_id,
)
TIES = st.sampled_from(["revote", "none"])


def test_the_most_votes_have_the_seat() -> None:
    result = award_seats(standings(("a", 9), ("b", 12), ("c", 11)), count=1, tie="revote")

    assert result == Seats(chosen=("b",), not_chosen=("c", "a"), tied=(), vacant={})


def test_each_group_has_its_own_seats() -> None:
    lines = standings(("a", 9), ("b", 12)) + standings(("c", 8), ("d", 7), group=GROUPS[1])

    result = award_seats(lines, count=1, tie="revote")

    assert result == Seats(("b", "c"), ("a", "d"), (), {})


def test_one_that_has_not_passed_has_no_seat_however_many_votes() -> None:
    lines = [*standings(("a", 9)), Standing("b", GROUPS[0], 12, passed=False)]

    result = award_seats(lines, count=2, tie="revote")

    assert result == Seats(("a",), ("b",), (), {GROUPS[0]: 1})


@pytest.mark.parametrize(
    ("tie", "expected"),
    [
        ("revote", Seats(("a",), ("d",), ("b", "c"), {GROUPS[0]: 1})),
        ("none", Seats(("a",), ("b", "c", "d"), (), {GROUPS[0]: 1})),
    ],
)
def test_equal_votes_at_the_cut_are_not_chosen_among_by_chance(tie, expected: Seats) -> None:
    lines = standings(("a", 12), ("b", 9), ("c", 9), ("d", 8))

    assert award_seats(lines, count=2, tie=tie) == expected


def test_equal_votes_that_all_fit_are_chosen() -> None:
    lines = standings(("a", 9), ("b", 9), ("c", 8))

    assert award_seats(lines, count=2, tie="revote") == Seats(("a", "b"), ("c",), (), {})


def test_no_lines_give_no_seats() -> None:
    assert award_seats([], count=1, tie="revote") == Seats((), (), (), {})


@pytest.mark.parametrize("count", [0, -1])
def test_fewer_than_one_seat_is_refused(count: int) -> None:
    with pytest.raises(ValueError, match="at least 1 seat"):
        award_seats(standings(("a", 1)), count=count, tie="revote")


def test_a_dossier_that_comes_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="each dossier once"):
        award_seats(standings(("a", 1), ("a", 2)), count=1, tie="revote")


@given(LINES, st.integers(1, 4), TIES, st.integers())
def test_the_order_of_the_lines_never_matters(lines, count: int, tie, seed: int) -> None:
    shuffled = list(lines)
    Random(seed).shuffle(shuffled)

    assert award_seats(shuffled, count=count, tie=tie) == award_seats(lines, count=count, tie=tie)


@given(LINES, st.integers(1, 4), TIES)
def test_a_seat_is_had_exactly_when_fewer_than_count_are_as_good(lines, count: int, tie) -> None:
    result = award_seats(lines, count=count, tie=tie)

    for line in lines:
        rivals = [o for o in lines if o.passed and o.group == line.group]
        better = sum(o.votes_for > line.votes_for for o in rivals)
        as_good = sum(o.votes_for >= line.votes_for for o in rivals)
        sure = line.passed and as_good <= count
        undecided = line.passed and better < count < as_good
        assert (line.dossier_id in result.chosen) == sure
        assert (line.dossier_id in result.tied) == (undecided and tie == "revote")


@given(LINES, st.integers(1, 4), TIES)
def test_every_dossier_is_told_once_and_every_seat_is_counted(lines, count: int, tie) -> None:
    result = award_seats(lines, count=count, tie=tie)

    told = result.chosen + result.not_chosen + result.tied
    assert sorted(told) == sorted(line.dossier_id for line in lines)
    for group in {line.group for line in lines}:
        inside = [o for o in lines if o.group == group and o.dossier_id in result.chosen]
        assert len(inside) + result.vacant.get(group, 0) == count
