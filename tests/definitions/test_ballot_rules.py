"""What a procedure says of its council: the chair, rounds, written votes, recusal, cases shown."""

from fractions import Fraction
from pathlib import Path

import pytest

from thidua.definitions import load
from thidua.workflow.balloting import RoundsRule
from thidua.workflow.errors import DefinitionError

TOY = (Path(__file__).parent / "toy.yaml").read_text(encoding="utf-8")
TIE = "    tie: fails\n"


def codes(old: str, new: str) -> list[str]:
    assert TOY.count(old) == 1
    with pytest.raises(DefinitionError) as caught:
        load(TOY.replace(old, new), "toy")
    for each in caught.value.reasons:
        assert each.text("vi") != each.text("en")
    return [each.code for each in caught.value.reasons]


def test_everything_of_a_council_is_read() -> None:
    text = TOY.replace("on: opening}", "on: opening, chair: clerk}")
    base = "of: {}ground: rule, seats"
    text = text.replace(base.format("entitled, "), base.format("cast, abstained: left_out, "))
    more = (
        "rounds: {at_most: 2, then: next_meeting, ground: rule}\n"
        "    written: until_due\n    also_shows: [lapsed]\n"
    )
    text = text.replace(TIE, f"    tie: chair\n    {more}").replace(
        "sees: {", "recuse_if: [own_unit, nominator, relative, self]\nsees: {"
    )

    procedure = load(text, "toy")

    rule = procedure.rounds["voting"]
    assert (rule.tie, rule.voters.chair if rule.voters else None) == ("chair", "clerk")
    assert rule.limit == RoundsRule(2, "next_meeting", "rule")
    assert (rule.written_until_due, rule.also_shows) == (True, ("lapsed",))
    assert rule.passes is not None
    assert (rule.passes.abstained, rule.passes.fraction) == ("left_out", Fraction(1, 2))
    assert procedure.recuse_if == ("own_unit", "nominator", "relative", "self")


def test_who_only_breaks_ties_has_something_to_do() -> None:
    text = TOY.replace("on: opening}", "on: opening, chair: chair}")
    text = text.replace("fields:\n", '  chair: {vi: "Chủ tịch", en: "Chair"}\nfields:\n', 1)

    assert "chair" in load(text, "toy").roles


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("tie-without-chair", TIE, "    tie: chair\n"),
        ("no-such-role", "on: opening}", "on: opening, chair: boss}"),
        ("no-such-state", TIE, f"{TIE}    also_shows: [lost]\n"),
        ("shown-not-final", TIE, f"{TIE}    also_shows: [voted]\n"),
        ("no-such-ground", TIE, f"{TIE}    rounds: {{at_most: 2, then: fails, ground: law}}\n"),
    ],
)
def test_what_would_have_no_effect_is_refused(code: str, old: str, new: str) -> None:
    assert code in codes(old, new)


def test_rounds_without_a_revote_are_refused() -> None:
    text = TOY.replace("else: revote", "else: fails").replace("tie: revote", "tie: none")
    more = f"{TIE}    rounds: {{at_most: 2, then: fails, ground: rule}}\n"
    with pytest.raises(DefinitionError) as caught:
        load(text.replace(TIE, more), "toy")

    assert [each.code for each in caught.value.reasons] == ["revotes-without-revote"]


def test_no_next_meeting_where_there_is_none() -> None:
    more = f"{TIE}    rounds: {{at_most: 2, then: next_meeting, ground: rule}}\n"
    text = TOY.replace(TIE, more).replace("gather: meeting", "gather: campaign")
    text = text.replace(
        "at_least: 1 working day, before: voting.meeting", "in: 1 working day, from: opening"
    )
    with pytest.raises(DefinitionError) as caught:
        load(text, "toy")

    assert [each.code for each in caught.value.reasons] == ["next-meeting-without-meeting"]
