"""The rule of a ballot in words, as minutes and screens say it."""

from collections.abc import Mapping
from fractions import Fraction

from thidua.workflow.procedure import RoundRule
from thidua.workflow.wording import say

BASES: Mapping[str, tuple[str, str]] = {
    "entitled": ("tổng số thành viên được bỏ phiếu", "all members entitled"),
    "present": ("số thành viên tham gia", "the members who take part"),
    "cast": ("số phiếu thu về", "the papers returned"),
    "valid": ("số phiếu hợp lệ", "the valid papers"),
}
TAKING: Mapping[str, tuple[str, str]] = {
    "present": ("có mặt", "present"),
    "written": ("gửi phiếu bằng văn bản", "in writing"),
}


def rule_words(rule: RoundRule, lang: str) -> tuple[str, ...]:
    """The sentences of a ballot's rule in "vi" or "en": secrecy, quorum, majority, ties, rounds,
    time.
    """
    english = lang == "en"
    found = [_secrecy(rule, lang), _quorum(rule, lang, english=english)]
    found.append(_majority(rule, lang, english=english))
    if rule.passes is not None and rule.passes.abstained == "left_out":
        found.append(say("rule-abstained", {}, lang))
    if rule.seats is None:
        found.append(say(f"rule-tie-{rule.tie}", {}, lang))
    if rule.limit is not None:
        fields = {"at_most": rule.limit.at_most}
        found.append(say(f"rule-rounds-{rule.limit.then}", fields, lang))
    if rule.written_until_due:
        found.append(say("rule-written-until", {}, lang))
    return tuple(text for text in found if text)


def _secrecy(rule: RoundRule, lang: str) -> str:
    if not rule.secret:
        return ""
    return say("rule-secret-written" if "written" in rule.ways else "rule-secret", {}, lang)


def _quorum(rule: RoundRule, lang: str, *, english: bool) -> str:
    if rule.quorum is None:
        return ""
    joint = " or " if english else " hoặc "
    counts = joint.join(TAKING[way][english] for way in sorted(rule.quorum.counts))
    return say("rule-quorum", {"share": share(rule.quorum.at_least), "counts": counts}, lang)


def _majority(rule: RoundRule, lang: str, *, english: bool) -> str:
    if rule.passes is None:
        return ""
    code = "rule-more" if rule.passes.more_than is not None else "rule-least"
    fields = {"share": share(rule.passes.fraction), "base": BASES[rule.passes.of][english]}
    return say(code, fields, lang)


def share(fraction: Fraction) -> str:
    """A share as people write it: 90%, else 2/3."""
    hundredths = fraction * 100
    if hundredths.denominator == 1 and fraction != Fraction(1, 2):
        return f"{hundredths}%"
    return f"{fraction.numerator}/{fraction.denominator}"
