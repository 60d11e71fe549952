"""Behaviour is data with a mark that it is assumed; what is wrong with a file is told by place."""

from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.simulation.behaviour import assumed, parse
from thidua.workflow.errors import DefinitionError

LEAST = 'format: 1\nassumption: {vi: "Giả định", en: "Assumed"}\n'


def test_what_ships_says_that_it_is_assumed():
    said = assumed()

    assert "Giả định" in said.assumption["vi"]
    assert said.manner("department").silent == Fraction(1, 10)
    assert said.manner("nobody-knows") == said.manner("default")
    assert (said.holders("member"), said.holders("nobody-knows")) == (9, 3)


def test_the_least_file():
    said = parse(LEAST, "it.yaml")

    assert said.opinions == {"agree": 1}
    assert said.manner("anybody").on_time == 1
    assert (said.hold.share, said.withdraw.share, said.extend.share, said.recuse) == (0,) * 4


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ('assumption: {vi: "x"}\n', "behaviour-value", 1),
        ("format: 1\n", "behaviour-value", 1),
        (LEAST + "arrivels: {}\n", "behaviour-key", 3),
        (LEAST + "roles: {officer: {on_tiem: 1}}\n", "behaviour-key", 3),
        (LEAST + "roles: {officer: {on_time: 0.5, late: 0.4}}\n", "behaviour-shares", 3),
        (LEAST + "opinions: {agree: 0.9}\n", "behaviour-shares", 3),
        (LEAST + "votes: {yes: 1}\n", "behaviour-key", 3),
        (LEAST + "present: 1.5\n", "behaviour-value", 3),
        (LEAST + "present: 1e999999999\n", "behaviour-value", 3),
        (LEAST + "present: -1\n", "behaviour-value", 3),
        (LEAST + "present: 1/0\n", "behaviour-value", 3),
        (LEAST + "people: {member: 0}\n", "behaviour-value", 3),
        (LEAST + "people: {member: 1000000}\n", "behaviour-value", 3),
        (LEAST + "people: many\n", "behaviour-value", 3),
        (LEAST + "arrivals: {over: 3 months}\n", "behaviour-value", 3),
        (LEAST + "arrivals: {shape: wild}\n", "behaviour-value", 3),
        (LEAST + "meetings: weekly\n", "behaviour-value", 3),
        (LEAST + "roles: {officer: {on_time: 1, a_day: x}}\n", "behaviour-value", 3),
        (LEAST + "fields: {kind: []}\n", "behaviour-value", 3),
        (LEAST + "hold: {share: 2}\n", "behaviour-value", 3),
        (LEAST + "hold: {share: 0.1, lasts: long}\n", "behaviour-value", 3),
        (LEAST + "extend: {share: 0.1, within: 5 working days}\n", "behaviour-key", 3),
        (LEAST + "withdraw: 0.1\n", "behaviour-value", 3),
        (LEAST + "recuse: often\n", "behaviour-value", 3),
        (LEAST + "steps: {misroute: often}\n", "behaviour-value", 3),
        ("- 1\n", "behaviour-value", 1),
    ],
)
def test_every_mistake_is_told_with_its_place(text, code, line):
    with pytest.raises(DefinitionError) as caught:
        parse(text, "it.yaml")

    found = {(r.code, r.fields["line"]) for r in caught.value.reasons}
    assert (code, line) in found
    for each in caught.value.reasons:
        assert each.text("vi") != each.text("en")


def test_names_that_a_procedure_does_not_have(trial):
    said = parse(LEAST + "steps: {accept: 0.5, acept: 0.1}\nfields: {merit: a, merrit: b}\n", "it")

    assert said.strangers(trial()) == ["acept", "merrit"]


def test_roles_that_a_procedure_does_not_have(trial):
    manner = "{on_time: 1, late: 0, silent: 0}"
    said = parse(
        f"{LEAST}people: {{default: 3, departmnt: 63}}\n"
        f"roles: {{default: {manner}, offcer: {manner}}}\n", "it"
    )  # fmt: skip

    assert said.strangers(trial()) == ["departmnt", "offcer"]


@given(st.text(max_size=200))
def test_nothing_makes_it_stumble(text):
    with suppress(DefinitionError):
        assert parse(LEAST + text, "it.yaml").assumption
