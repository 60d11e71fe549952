"""The matrix of rights, whole, through the library; the table says what it means to say."""

from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def parts(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT))
    table, office = map(
        import_module, ("figures.council.matrix_table", "figures.council.matrix_office")
    )
    return table, office


def test_every_cell_holds_through_the_library(parts, tmp_path):
    table, office = parts
    matrix = office.Matrix.new(f"sqlite:///{tmp_path / 'matrix.db'}")

    differing = [
        (cell, sorted(told), sorted(table.expected(cell)))
        for cell in table.CELLS
        for told in (matrix.tried(cell), matrix.foreseen(cell))
        if told != table.expected(cell)
    ]

    matrix.engine.dispose()
    assert differing == []


def test_the_table_denies_by_default(parts):
    table, _ = parts
    allowed = {(cell.act, cell.who) for cell in table.CELLS if not table.expected(cell)}

    assert {act for act, _ in allowed} | {"pass", "convene", "reply", "redeem"} == set(table.ACTS)
    assert {who for _, who in allowed} & {"p2", "d9", "stranger", "engine"} == set()
    assert all(who in table.RIGHTS[act] for act, who in allowed)


def test_the_table_has_every_cell(parts):
    table, office = parts

    assert len(table.CELLS) == len(table.ACTS) * len(table.ACTORS) * len(table.SITUATIONS)
    assert set(office._COMMANDS) | {"assign"} == set(table.ACTS)
