"""The matrix of rights, some of its cells, by the library; the table says what it means to say."""

from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest

from thidua.workflow.decide import HANDLERS

ROOT = Path(__file__).parents[2]
EACH = 67
"""One cell in so many: the figure `matrix` asks all."""


@pytest.fixture
def matrix(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT))
    names = ("table", "relations", "office", "commands")
    return SimpleNamespace(
        **{name: import_module(f"figures.council.matrix.{name}") for name in names}
    )


def test_cells_hold_through_the_library(matrix, tmp_path):
    office = matrix.office.Matrix.new(f"sqlite:///{tmp_path / 'matrix.db'}")
    answer = matrix.relations.answer

    differing = [
        (cell, sorted(told), answer(cell))
        for cell in matrix.relations.CELLS[::EACH]
        for told in (office.tried(cell), office.foreseen(cell))
        if told is not None and not answer(cell).fits(told)
    ]

    office.close()
    assert differing == []


def test_the_table_denies_by_default(matrix):
    cells = matrix.relations.CELLS
    allowed = {(cell.act, cell.who) for cell in cells if not matrix.relations.answer(cell).may}

    assert {act for act, _ in allowed} | {*matrix.table.ENGINES} == set(matrix.table.ACTS)
    nobody = {"p2", "d9", "stranger", "former", "engine", "stood-in", "will-stand-in",
              "stands-in-elsewhere", "enters-without-right"}  # fmt: skip
    assert {who for _, who in allowed} & nobody == set()
    assert {act for act, who in allowed if who == "stands-in-to-hold"} == {"hold"}
    assert {act for act, who in allowed if who == "stands-in-as-teller"} == {"count", "void"}


def test_every_act_is_allowed_somewhere_and_refused_somewhere(matrix):
    cells, one_sided = matrix.relations.CELLS, matrix.relations.one_sided

    assert one_sided() == set()
    assert one_sided(cell for cell in cells if cell.place != "lost") == {"void"}


def test_who_stepped_back_may_nothing_any_more(matrix):
    since = ("council", "tied", "waiting", "lost", "submitted", "granted")
    gone = [cell for cell in matrix.relations.CELLS
            if "gone" in cell.who and cell.place in since]  # fmt: skip

    assert gone
    assert all(matrix.relations.answer(cell).must for cell in gone)


def test_the_table_has_a_row_for_every_act(matrix):
    """Who adds an act adds to `figures/council/matrix`: who may, what stands in the way."""
    apart = {"create", "assign", "migrate"}
    kinds = {type(command).__name__ for command in matrix.commands.COMMANDS.values()}

    assert kinds | {"Create", "Assign", "Migrate"} == {kind.__name__ for kind in HANDLERS}
    assert set(matrix.commands.COMMANDS) | apart == set(matrix.table.ACTS)
