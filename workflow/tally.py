"""Counting votes: does a paper count add up, is there a quorum, has a proposal passed."""

import math
import re
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, NamedTuple

from thidua.workflow.errors import Reason, reason

Base = Literal["entitled", "present", "cast", "valid"]
Taking = Literal["present", "written"]
Abstained = Literal["in_base", "left_out"]
Tie = Literal["fails", "revote", "chair"]
Outcome = Literal["passed", "failed", "no_quorum", "tie"]

_FRACTION = re.compile(r"([0-9]{1,4})/([0-9]{1,4})|[01]")


def parse_fraction(text: str) -> Fraction:
    """Read "2/3", "9/10", "0" or "1"; anything else, or outside 0..1, is `ValueError`."""
    match = _FRACTION.fullmatch(text)
    if match and int(match[2] or 1):
        share = Fraction(int(match[1]), int(match[2])) if match[2] else Fraction(int(text))
        if share <= 1:
            return share
    raise ValueError(f"expected a fraction from 0 to 1 such as '2/3', found {text!r}")


@dataclass(frozen=True, slots=True)
class Quorum:
    """How much of all entitled members must take part, and who is counted as taking part.

    Whether written opinions count beside the members in the room is the procedure's to say.
    """

    at_least: Fraction
    of: Literal["entitled"] = "entitled"
    counts: frozenset[Taking] = frozenset({"present"})

    def __post_init__(self) -> None:
        _within(self.at_least, "at_least")

    def needed(self, entitled: int) -> int:
        """The smallest number of members that makes a quorum; never 0."""
        return max(1, math.ceil(self.at_least * entitled))

    def __str__(self) -> str:
        """The rule in a form that never varies, as the journal keeps it."""
        return (
            f"at least {self.at_least} of {self.of}, counting {' and '.join(sorted(self.counts))}"
        )


@dataclass(frozen=True, slots=True)
class Pass:
    """How many votes for carry a proposal: `more_than` or `at_least` a fraction of a base.

    The base `of` is: "entitled" all members on the roll, absent ones too; "present" those who
    take part, in the room or in writing; "cast" all papers returned, spoiled ones too; "valid"
    the valid papers, abstentions too. An abstention, a spoiled or a missing paper is never a vote
    for; with `abstained` "left_out" it is not in the base either, unless that is all members.
    Exactly one of the two fractions is given, within 0..1, and it must be possible to pass
    and to fail: `more_than` 1 and `at_least` 0 are `ValueError`.
    """

    more_than: Fraction | None = None
    at_least: Fraction | None = None
    of: Base = "entitled"
    votes: Literal["for"] = "for"
    abstained: Abstained = "in_base"

    def __post_init__(self) -> None:
        if (self.more_than is None) == (self.at_least is None):
            raise ValueError("expected exactly one of more_than and at_least")
        _within(self.fraction, "more_than" if self.at_least is None else "at_least")
        if self.more_than == 1 or self.at_least == 0:
            raise ValueError("expected a rule that can both pass and fail")

    @property
    def fraction(self) -> Fraction:
        """The fraction given, whichever it is."""
        share = self.at_least if self.more_than is None else self.more_than
        assert share is not None
        return share

    def needed(self, base: int) -> int:
        """The smallest number of votes for that carries the proposal; never 0."""
        share = self.fraction * base
        return math.floor(share) + 1 if self.more_than is not None else max(1, math.ceil(share))

    def __str__(self) -> str:
        """The rule in a form that never varies, as the journal keeps it."""
        kind = "more than" if self.more_than is not None else "at least"
        apart = "" if self.abstained == "in_base" else ", abstained left out"
        return f"{self.votes}: {kind} {self.fraction} of {self.of}{apart}"


class Counts(NamedTuple):
    """One proposal's numbers. Members: `entitled`, `present` in the room, `written` opinions.

    Papers: `issued`, `returned`, of these `valid` and `invalid`; the valid ones are for, against
    or abstained. Written opinions are papers too.
    """

    entitled: int
    present: int = 0
    written: int = 0
    issued: int = 0
    returned: int = 0
    valid: int = 0
    invalid: int = 0
    votes_for: int = 0
    votes_against: int = 0
    abstained: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a count comes to: `needed` votes of a `base`, the `share` that was for, and why not.

    `share` is 0 when the base is 0. `reasons` is empty exactly when the outcome is "passed".
    """

    outcome: Outcome
    needed: int
    base: int
    share: Fraction
    reasons: tuple[Reason, ...] = field(default_factory=tuple)


def check_paper(counts: Counts) -> tuple[Reason, ...]:
    """Everything that does not add up in a count by tellers, each with its two numbers.

    No number is negative; those who take part and the papers issued are at most the entitled;
    the papers returned are at most those issued and those who take part; valid and invalid papers
    make the papers returned; votes for, against and abstained make the valid papers.
    """
    c = counts
    negative = [
        reason("count-negative", name=name, found=found)
        for name, found in c._asdict().items()
        if found < 0
    ]
    taking_part = c.present + c.written
    problems = (
        (taking_part > c.entitled, "count-taking-part", taking_part, c.entitled),
        (c.issued > c.entitled, "count-issued", c.issued, c.entitled),
        (c.returned > c.issued, "count-returned", c.returned, c.issued),
        (c.returned > taking_part, "count-returned-by", c.returned, taking_part),
        (c.valid + c.invalid != c.returned, "count-papers", c.valid + c.invalid, c.returned),
        (_choices(c) != c.valid, "count-choices", _choices(c), c.valid),
    )
    found = [reason(code, found=a, against=b) for wrong, code, a, b in problems if wrong]
    return tuple(negative + found)


def judge(counts: Counts, quorum: Quorum | None, rule: Pass, tie: Tie = "fails") -> Verdict:
    """Judge a count that adds up: quorum first, then the votes, then a tie.

    Without a quorum the votes do not matter ("no_quorum"). Enough votes for are "passed", also
    when as many are against. A tie is: as many for as against, and one more vote for would have
    passed, so that the side one person takes decides; with `tie` "revote" or "chair" the outcome
    is then "tie" and the caller reopens the ballot or asks the chair, with "fails" it is "failed".
    Equal votes that are further from the threshold (7 to 7 where 13 of 14 are needed) are no tie:
    no casting vote may replace a majority that a rule demands. Everything else is "failed".
    """
    base = _base(counts, rule)
    needed = rule.needed(base)
    share = Fraction(counts.votes_for, base) if base else Fraction(0)
    short = _quorum_short(counts, quorum)
    if short:
        return Verdict("no_quorum", needed, base, share, short)
    if counts.votes_for >= needed:
        return Verdict("passed", needed, base, share)
    few = reason("votes-short", votes_for=counts.votes_for, needed=needed, base=base)
    if _is_tie(counts, needed):
        even = reason("votes-even", votes_for=counts.votes_for, votes_against=counts.votes_against)
        return Verdict("failed" if tie == "fails" else "tie", needed, base, share, (even, few))
    return Verdict("failed", needed, base, share, (few,))


def _is_tie(counts: Counts, needed: int) -> bool:
    return counts.votes_for == counts.votes_against > 0 and counts.votes_for + 1 == needed


def is_quorate(counts: Counts, quorum: Quorum | None) -> bool:
    """Whether enough members take part, whatever they voted."""
    return not _quorum_short(counts, quorum)


def _quorum_short(counts: Counts, quorum: Quorum | None) -> tuple[Reason, ...]:
    if quorum is None:
        return ()
    taking_part = sum(getattr(counts, way) for way in quorum.counts)
    needed = quorum.needed(counts.entitled)
    if taking_part >= needed:
        return ()
    return (
        reason("quorum-short", taking_part=taking_part, needed=needed, entitled=counts.entitled),
    )


def _base(counts: Counts, rule: Pass) -> int:
    bases: dict[Base, int] = {
        "entitled": counts.entitled,
        "present": counts.present + counts.written,
        "cast": counts.returned,
        "valid": counts.valid,
    }
    apart = rule.of != "entitled" and rule.abstained == "left_out"
    return bases[rule.of] - (counts.abstained if apart else 0)


def _choices(counts: Counts) -> int:
    return counts.votes_for + counts.votes_against + counts.abstained


def _within(share: Fraction, name: str) -> None:
    if not 0 <= share <= 1:
        raise ValueError(f"expected {name} within 0..1, found {share}")
