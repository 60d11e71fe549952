from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.workflow.tally import (
    Counts,
    Pass,
    Quorum,
    check_paper,
    judge,
    parse_fraction,
)

HALF, TWO_THIRDS = Fraction(1, 2), Fraction(2, 3)
NINETY, EIGHTY = Fraction(9, 10), Fraction(4, 5)
MAJORITY = Pass(more_than=HALF)


def a_count(
    entitled: int, votes_for: int, votes_against: int = 0, abstained: int = 0, **more: int
) -> Counts:
    """A count in which everybody votes in the room, but for what `more` says."""
    valid = votes_for + votes_against + abstained
    numbers = {"present": valid, "issued": valid, "returned": valid, "valid": valid} | more
    return Counts(
        entitled=entitled,
        votes_for=votes_for,
        votes_against=votes_against,
        abstained=abstained,
        **numbers,
    )


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("2/3", TWO_THIRDS),
        ("9/10", NINETY),
        ("4/6", TWO_THIRDS),
        ("0", Fraction(0)),
        ("1", Fraction(1)),
        ("0/5", Fraction(0)),
        ("3/3", Fraction(1)),
    ],
)
def test_parse_fraction_reads_exactly(text: str, share: Fraction) -> None:
    assert parse_fraction(text) == share


@pytest.mark.parametrize(
    "text",
    [
        "3/2",
        "2",
        "-1/2",
        "1/0",
        "0/0",
        "90%",
        "0.9",
        "",
        "1/",
        "/2",
        " 1/2",
        "1/2\n",
        "²/3",
        "1 / 2",
    ],
)
def test_parse_fraction_refuses_other_text_and_says_what_it_expects(text: str) -> None:
    with pytest.raises(ValueError, match="a fraction from 0 to 1 such as '2/3', found"):
        parse_fraction(text)


@pytest.mark.parametrize(
    ("share", "votes_for", "outcome", "needed"),
    [
        pytest.param(NINETY, 13, "passed", 13, id="T1 yes"),
        pytest.param(NINETY, 12, "failed", 13, id="T1 no"),
        pytest.param(EIGHTY, 12, "passed", 12, id="T2 yes"),
        pytest.param(EIGHTY, 11, "failed", 12, id="T2 no"),
        pytest.param(EIGHTY, 10, "failed", 12, id="the session of 2014"),
    ],
)
def test_judge_counts_over_the_whole_council_of_14(
    share: Fraction, votes_for: int, outcome: str, needed: int
) -> None:
    counts = a_count(14, votes_for, 14 - votes_for)

    verdict = judge(counts, Quorum(TWO_THIRDS), Pass(at_least=share))

    assert (verdict.outcome, verdict.needed, verdict.base) == (outcome, needed, 14)
    assert verdict.share == Fraction(votes_for, 14)
    assert bool(verdict.reasons) == (outcome != "passed")


def test_written_opinions_make_a_quorum_only_where_the_procedure_counts_them() -> None:
    counts = a_count(14, 13, 1, present=9, written=5)
    rule = Pass(at_least=NINETY)

    in_the_room = judge(counts, Quorum(TWO_THIRDS), rule)
    both = judge(counts, Quorum(TWO_THIRDS, counts=frozenset({"present", "written"})), rule)

    assert in_the_room.outcome == "no_quorum"
    assert in_the_room.reasons[0].fields == {"taking_part": 9, "needed": 10, "entitled": 14}
    assert both.outcome == "passed"


def test_a_missing_quorum_leaves_the_votes_unjudged() -> None:
    verdict = judge(a_count(3, 1), Quorum(TWO_THIRDS), Pass(at_least=Fraction(1, 3)))

    assert verdict.outcome == "no_quorum"
    assert [reason.code for reason in verdict.reasons] == ["quorum-short"]


@pytest.mark.parametrize(
    ("of", "base", "needed"),
    [("entitled", 14, 8), ("present", 11, 6), ("cast", 10, 6), ("valid", 8, 5)],
)
def test_the_base_is_what_the_rule_says(of, base: int, needed: int) -> None:
    counts = Counts(
        entitled=14,
        present=9,
        written=2,
        issued=12,
        returned=10,
        valid=8,
        invalid=2,
        votes_for=5,
        votes_against=2,
        abstained=1,
    )

    verdict = judge(counts, None, Pass(more_than=HALF, of=of))

    assert (verdict.base, verdict.needed) == (base, needed)
    assert verdict.share == Fraction(5, base)
    assert verdict.outcome == ("passed" if of == "valid" else "failed")


@pytest.mark.parametrize("kind", ["abstained", "invalid", "missing"])
def test_what_is_no_vote_for_counts_against_the_threshold(kind: str) -> None:
    counts = {
        "abstained": a_count(10, 5, 4, 1),
        "invalid": a_count(10, 5, 4, present=10, issued=10, returned=10, invalid=1),
        "missing": a_count(10, 5, 4),
    }[kind]

    assert judge(counts, None, MAJORITY).outcome == "failed"
    assert judge(a_count(10, 6, 4), None, MAJORITY).outcome == "passed"


@pytest.mark.parametrize("rule", [MAJORITY, Pass(at_least=Fraction(1, 1000), of="valid")])
def test_nobody_for_never_passes(rule: Pass) -> None:
    verdict = judge(Counts(entitled=0), None, rule)

    assert (verdict.outcome, verdict.needed, verdict.base) == ("failed", 1, 0)
    assert verdict.share == 0


def test_an_empty_roll_has_no_quorum() -> None:
    assert judge(Counts(entitled=0), Quorum(Fraction(0)), MAJORITY).outcome == "no_quorum"


@pytest.mark.parametrize(
    ("tie", "outcome"), [("fails", "failed"), ("revote", "tie"), ("chair", "tie")]
)
def test_equal_votes_one_short_of_the_threshold_are_a_tie(tie, outcome: str) -> None:
    verdict = judge(a_count(14, 7, 7), None, MAJORITY, tie)

    assert verdict.outcome == outcome
    assert [reason.code for reason in verdict.reasons] == ["votes-even", "votes-short"]


@pytest.mark.parametrize(
    ("counts", "rule"),
    [
        pytest.param(a_count(14, 7, 7), Pass(at_least=NINETY), id="a casting vote is not 13"),
        pytest.param(a_count(14, 6, 6), MAJORITY, id="two are absent"),
        pytest.param(a_count(14, 6, 6, 2), MAJORITY, id="two abstain"),
        pytest.param(a_count(14, 7, 6, 1), MAJORITY, id="not equal"),
        pytest.param(a_count(1, 0, 0, 1), MAJORITY, id="nobody on either side"),
    ],
)
def test_other_equal_votes_are_no_tie(counts: Counts, rule: Pass) -> None:
    assert judge(counts, None, rule, "chair").outcome == "failed"


def test_equal_votes_pass_where_half_is_enough() -> None:
    verdict = judge(a_count(14, 7, 7), None, Pass(at_least=HALF), "chair")

    assert verdict.outcome == "passed"
    assert verdict.reasons == ()


@given(st.fractions(0, 1, max_denominator=100), st.integers(1, 400), st.integers(0, 400))
def test_judge_agrees_with_counting_in_whole_numbers(
    share: Fraction, entitled: int, yes: int
) -> None:
    votes_for = min(yes, entitled)
    counts = a_count(entitled, votes_for)
    have, want = votes_for * share.denominator, share.numerator * entitled

    if share < 1:
        more = judge(counts, None, Pass(more_than=share))
        assert (more.outcome == "passed") == (have > want)
        assert more.needed == next(n for n in range(1, 402) if n * share.denominator > want)
    if share > 0:
        least = judge(counts, None, Pass(at_least=share))
        assert (least.outcome == "passed") == (votes_for > 0 and have >= want)
        assert least.needed == next(n for n in range(1, 402) if n * share.denominator >= want)


@given(st.fractions(0, 1, max_denominator=20), st.integers(1, 60), st.integers(0, 60))
def test_quorum_agrees_with_counting_in_whole_numbers(
    share: Fraction, entitled: int, present: int
) -> None:
    counts = a_count(entitled, min(present, entitled))

    verdict = judge(counts, Quorum(share), MAJORITY)

    enough = counts.present * share.denominator >= share.numerator * entitled
    assert (verdict.outcome == "no_quorum") == (not (counts.present and enough))


@pytest.mark.parametrize(
    "build",
    [
        Pass,
        lambda: Pass(more_than=HALF, at_least=HALF),
        lambda: Pass(more_than=Fraction(1)),
        lambda: Pass(at_least=Fraction(0)),
        lambda: Pass(at_least=Fraction(3, 2)),
        lambda: Pass(more_than=Fraction(-1, 2)),
        lambda: Quorum(Fraction(3, 2)),
        lambda: Quorum(Fraction(-1, 3)),
    ],
)
def test_a_rule_that_cannot_be_is_refused(build) -> None:
    with pytest.raises(ValueError, match="expected"):
        build()


def test_rules_are_written_alike_every_time() -> None:
    quorum = Quorum(TWO_THIRDS, counts=frozenset({"written", "present"}))

    assert str(quorum) == "at least 2/3 of entitled, counting present and written"
    assert str(MAJORITY) == "for: more than 1/2 of entitled"
    assert str(Pass(at_least=NINETY, of="valid")) == "for: at least 9/10 of valid"


SOUND = Counts(
    entitled=14,
    present=9,
    written=3,
    issued=13,
    returned=12,
    valid=11,
    invalid=1,
    votes_for=8,
    votes_against=2,
    abstained=1,
)


@pytest.mark.parametrize(
    ("wrong", "code", "found", "against"),
    [
        ({"present": 12}, "count-taking-part", 15, 14),
        ({"issued": 15}, "count-issued", 15, 14),
        ({"issued": 11}, "count-returned", 12, 11),
        ({"present": 8}, "count-returned-by", 12, 11),
        ({"invalid": 2}, "count-papers", 13, 12),
        ({"abstained": 2}, "count-choices", 12, 11),
    ],
)
def test_a_paper_count_that_does_not_add_up_names_both_numbers(
    wrong: dict[str, int], code: str, found: int, against: int
) -> None:
    problems = check_paper(replaced(**wrong))

    assert [(p.code, p.fields) for p in problems] == [(code, {"found": found, "against": against})]
    for lang in ("vi", "en"):
        assert f"{found}" in problems[0].text(lang)
        assert f"{against}" in problems[0].text(lang)
    assert check_paper(SOUND) == ()


def test_a_negative_number_is_named() -> None:
    problems = check_paper(replaced(abstained=-1, votes_for=10))

    assert [(p.code, p.fields) for p in problems] == [
        ("count-negative", {"name": "abstained", "found": -1})
    ]


def test_every_problem_of_a_count_is_told() -> None:
    problems = check_paper(replaced(issued=20, valid=5, invalid=0))

    assert {p.code for p in problems} == {"count-issued", "count-papers", "count-choices"}


def test_check_paper_agrees_with_its_statement_on_all_small_counts() -> None:
    for numbers in product(range(3), repeat=8):
        entitled, present, issued, returned, valid, invalid, yes, no = numbers
        counts = Counts(entitled, present, 0, issued, returned, valid, invalid, yes, no, 0)
        sound = (
            present <= entitled
            and returned <= issued <= entitled
            and returned <= present
            and valid + invalid == returned
            and yes + no == valid
        )
        assert (check_paper(counts) == ()) == sound


def replaced(**wrong: int) -> Counts:
    return Counts(**{name: getattr(SOUND, name) for name in SOUND.__match_args__} | wrong)
