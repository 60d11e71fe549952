"""Every role can act somewhere: being written to, pressed or allowed to look is not enough."""

from pathlib import Path

import pytest

from thidua.definitions import shipped
from thidua.definitions.check import check
from thidua.definitions.loader import parse

TOY = (Path(__file__).parent / "toy.yaml").read_text(encoding="utf-8")
IDLE = '  idle: {vi: "Rỗi", en: "Idle"%s}\nfields:\n'
TOLD = [
    ("{to: clerk, template: result}", "{to: idle, template: result}"),
    ("asking: [clerk, member]", "asking: [clerk, member, idle]"),
    ("working day after, to: clerk", "working day after, to: idle"),
]


def warned(*changes: tuple[str, str], more: str = "") -> list[tuple[str, object]]:
    text = TOY.replace("fields:\n", IDLE % more)
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    found = check(parse(text, "toy.yaml"))
    assert found.errors == ()
    return [(reason.code, reason.fields["role"]) for reason in found.warnings]


@pytest.mark.parametrize("told", TOLD)
def test_role_that_only_reads_is_named(told: tuple[str, str]) -> None:
    assert warned(told) == [("role-only-reads", "idle")]


def test_role_with_a_right_acts_whatever_it_reads() -> None:
    assert warned(*TOLD, ("correct: clerk", "correct: idle")) == []


def test_head_of_a_unit_that_is_pressed_acts() -> None:
    assert warned(TOLD[2], more=", leads: yes") == []
    assert warned(TOLD[0], more=", leads: yes") == [("role-only-reads", "idle")]


@pytest.mark.parametrize("name", sorted(shipped()))
def test_every_role_of_a_shipped_procedure_acts(name: str) -> None:
    found = check(parse(shipped()[name].read_bytes(), name))

    assert "role-only-reads" not in {reason.code for reason in found.warnings}


def test_role_vacant_is_asked_only_with_a_directory() -> None:
    loaded = parse(TOY, "toy.yaml")

    found = check(loaded, holders={"clerk": 2, "unit": 63, "member": 0})

    assert [(r.code, r.fields["role"]) for r in found.errors] == [("role-vacant", "member")]
