"""What a procedure declares of the exchange in a round: confirming, asking back, enough answers."""

from pathlib import Path

import pytest

from thidua.definitions import load
from thidua.workflow.due import Span
from thidua.workflow.errors import DefinitionError
from thidua.workflow.exchange_rule import AskBackRule, ConfirmRule
from thidua.workflow.procedure import DueRule

TOY = (Path(__file__).parent / "toy.yaml").read_text(encoding="utf-8")
SILENCE = "    silence: continue\n"


def toy(*more: str, old: str = SILENCE, new: str = SILENCE) -> str:
    """The toy with keys added to its consultation, and one text changed."""
    text = TOY.replace(SILENCE, SILENCE + "".join(f"    {line}\n" for line in more), 1)
    return text.replace(old, new, 1)


def asking(*more: str, **changed: str) -> object:
    return load(toy(*more, **changed), "toy.yaml").rounds["asking"]


def test_what_is_declared() -> None:
    rule = asking(
        "confirm: {by: clerk, number: required}",
        "ask_back: {answer: clerk, by: unit, clock: stops,"
        " due: {in: 2 working days, ground: rule}}",
    )

    assert rule.confirm == ConfirmRule("clerk", numbered=True)
    due = DueRule(Span(2, "working days"), "rule")
    assert rule.ask_back == AskBackRule("clerk", "unit", stops=True, due=due)


def test_a_role_alone_confirms() -> None:
    assert asking("confirm: clerk").confirm == ConfirmRule("clerk")


def test_so_many_answers_are_enough() -> None:
    when = "when: {answers: 2}"
    assert asking(old="when: all_answered", new=when).close.answers == 2


def test_the_asked_may_be_told_the_outcome() -> None:
    told = "done: [{to: unit, template: result}, {to: asked, template: result},"
    text = toy(old="done: [{to: unit, template: result},", new=told)

    assert ("done", "asked") in {(m.event, m.to) for m in load(text, "toy.yaml").messages}


@pytest.mark.parametrize(("line", "code"), [
    ("confirm: clark", "no-such-role"),
    ("ask_back: {answer: clark, clock: runs}", "no-such-role"),
    ("ask_back: {answer: clerk}", "key-missing"),
    ("ask_back: {answer: clerk, clock: halts}", "word-unknown"),
    ("ask_back: {answer: clerk, clock: runs, due: {in: 2 working days}}", "number-without-ground"),
    ("ask_back: {answer: clerk, clock: runs, due: {in: 2 working days, ground: rules}}",
     "no-such-ground"),
])  # fmt: skip
def test_what_is_refused(line: str, code: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        load(toy(line), "toy.yaml")

    assert [each.code for each in caught.value.reasons] == [code]


def test_no_answers_are_not_enough() -> None:
    with pytest.raises(DefinitionError):
        load(toy(old="when: all_answered", new="when: {answers: 0}"), "toy.yaml")


def test_the_right_to_ask_is_that_to_extend_unless_it_is_given() -> None:
    assert load(TOY, "toy.yaml").may["ask"].roles == ("clerk",)
    assert load(toy(old="may:\n", new="may:\n  ask: unit\n"), "toy.yaml").may["ask"].roles == (
        "unit",
    )
