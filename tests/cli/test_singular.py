"""A noun of the command line in the singular is the same noun."""

import pytest

from thidua.cli.root import HOMES


@pytest.mark.parametrize(
    ("one", "many"), [("procedure", "procedures"), ("dossier", "dossiers"), ("person", "people")]
)
def test_noun_in_the_singular_is_the_same(terminal, one, many):
    assert terminal.ok(one, "--help").out == terminal.ok(many, "--help").out
    assert terminal.ok(one, "list", "--help").out == terminal.ok(many, "list", "--help").out


def test_singular_is_not_in_the_help_and_nothing_else_is_a_noun(terminal):
    shown = terminal.ok("--help").out

    assert "  procedures" in shown
    assert "  procedure " not in shown
    assert terminal.run("inboxe").code == terminal.run("procedur").code == 2
    assert not {name.removesuffix("s") for name in HOMES if name.endswith("s")} & set(HOMES)
