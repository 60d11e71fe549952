"""A ballot's rule in words: each part that a procedure can say, and nothing of what it does not."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from thidua.workflow.balloting import RoundsRule, SeatsRule
from thidua.workflow.procedure import Close, RoundRule
from thidua.workflow.ruling import rule_words, share
from thidua.workflow.tally import Pass, Quorum

BARE = RoundRule("vote", {}, "ballot", "meeting", None, Close())
SEATS = SeatsRule(("unit",), 2, "none")
QUORUM = Quorum(Fraction(2, 3), counts=frozenset({"written", "present"}))


def words(**values: Any) -> list[tuple[str, ...]]:
    """The sentences in both languages, without that on a tie, which is always there."""
    rule = replace(BARE, **values)
    return [
        tuple(text for text in rule_words(rule, lang) if not text.startswith(("Ngang", "A tie")))
        for lang in ("vi", "en")
    ]


def test_a_rule_that_says_nothing_has_its_tie_alone() -> None:
    assert rule_words(BARE, "vi") == ("Ngang phiếu là không thông qua.",)
    assert rule_words(BARE, "en") == ("A tie fails.",)
    assert rule_words(replace(BARE, seats=SEATS), "en") == ()


@pytest.mark.parametrize(("values", "vi", "en"), [
    ({"secret": True}, "Bỏ phiếu kín.", "The ballot is secret."),
    (
        {"secret": True, "ways": ("paper", "written")},
        "Bỏ phiếu kín; phiếu gửi bằng văn bản là phiếu công khai.",
        "The ballot is secret; a vote given in writing is an open one.",
    ),
    (
        {"quorum": QUORUM},
        "Cuộc bỏ phiếu có hiệu lực khi ít nhất 2/3 tổng số thành viên được bỏ phiếu tham gia (có"
        " mặt hoặc gửi phiếu bằng văn bản).",
        "The ballot counts when at least 2/3 of the members entitled take part (present or in"
        " writing).",
    ),
    (
        {"passes": Pass(more_than=Fraction(1, 2))},
        "Thông qua khi số phiếu đồng ý nhiều hơn 1/2 tổng số thành viên được bỏ phiếu.",
        "Passed when more than 1/2 of all members entitled are for.",
    ),
    (
        {"passes": Pass(at_least=Fraction(9, 10), of="valid")},
        "Thông qua khi số phiếu đồng ý ít nhất bằng 90% số phiếu hợp lệ.",
        "Passed when at least 90% of the valid papers are for.",
    ),
    (
        {"limit": RoundsRule(2, "fails")},
        "Một phiên họp bỏ phiếu nhiều nhất 2 lần, sau đó là không thông qua.",
        "One meeting votes at most 2 times, after that it fails.",
    ),
    (
        {"written_until_due": True},
        "Phiếu bằng văn bản nhận đến hết thời hạn; trước đó không có kết quả.",
        "Written votes are taken until the due; there is no result before.",
    ),
    ({"ways": ("written",)}, None, None),
])  # fmt: skip
def test_each_part_is_a_sentence(values: dict[str, Any], vi: str | None, en: str | None) -> None:
    assert words(**values) == [() if text is None else (text,) for text in (vi, en)]


def test_abstentions_left_out_are_said_after_the_majority() -> None:
    passes = Pass(more_than=Fraction(1, 2), of="cast", abstained="left_out")

    assert words(passes=passes) == [
        ("Thông qua khi số phiếu đồng ý nhiều hơn 1/2 số phiếu thu về.",
         "Phiếu không có ý kiến không tính vào số đó."),
        ("Passed when more than 1/2 of the papers returned are for.",
         "Abstentions are left out of that number."),
    ]  # fmt: skip


@pytest.mark.parametrize(("fraction", "text"), [
    (Fraction(9, 10), "90%"), (Fraction(1, 2), "1/2"), (Fraction(2, 3), "2/3"),
    (Fraction(1), "100%"), (Fraction(3, 4), "75%"), (Fraction(1, 3), "1/3"),
])  # fmt: skip
def test_shares_are_written_as_people_do(fraction: Fraction, text: str) -> None:
    assert share(fraction) == text
