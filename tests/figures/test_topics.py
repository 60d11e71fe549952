"""What `python -m figures` says, and what full runs keep."""

import json
from contextlib import nullcontext
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def made(monkeypatch, tmp_path):
    """The parts of the frame, and a figure whose outcomes are given one by one."""
    monkeypatch.syspath_prepend(str(ROOT))
    program, frame, record = map(
        import_module, ("figures.__main__", "figures.figure", "figures.record")
    )
    outcomes, turns = [], []

    def measure(size, chance, progress):
        turns.append((size, chance.random()))
        return outcomes.pop(0)

    figure = frame.Figure(
        "toy", frame.Sizes(1, 2, 20, 50), 7, measure, frame.zero("lost", "doubled"), nullcontext
    )
    kept = record.Record(tmp_path / "core.json", "0.1.0")
    return SimpleNamespace(
        program=program, figure=figure, outcomes=outcomes, turns=turns, kept=kept,
        outcome=frame.Outcome, record=record, tmp=tmp_path,
    )  # fmt: skip


def test_names_of_a_topic(made, capsys):
    assert made.program.main(["clock", "--names"]) == 0
    assert "arithmetic" in capsys.readouterr().out.split()


def test_unknown_topic(made, capsys):
    with pytest.raises(SystemExit) as caught:
        made.program.main(["everything"])

    assert caught.value.code == 2


def test_unknown_figure(made, capsys):
    assert made.program.main(["core", "--only", "kills"]) == 2
    assert "kills-cli" in capsys.readouterr().err


def test_good_line(made, capsys):
    made.outcomes.append(made.outcome(20, {"lost": 0, "doubled": 0}))

    code = made.program.once([made.figure], lambda figure: figure.sizes.quick)

    assert code == 0
    assert capsys.readouterr().out == "toy lost=0 doubled=0 target=0/0 n=20 seed=7 OK\n"


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ((20, {"lost": 1}), "toy lost=1 doubled=0 target=0/0 n=20 seed=7 SHORT\n"),
        ((0, {}), "toy lost=0 doubled=0 target=0/0 n=0 seed=7 SHORT\n"),
        ((0, {}, "no server"), "toy lost=0 doubled=0 target=0/0 n=0 seed=7 SHORT (no server)\n"),
    ],
    ids=["seen", "nothing-tried", "not-measured"],
)
def test_short_line(made, capsys, given, line):
    made.outcomes.append(made.outcome(*given))

    assert made.program.once([made.figure], lambda figure: figure.sizes.quick) == 1
    assert capsys.readouterr().out == line


def test_blind_figure_is_named(made, capsys):
    made.outcomes.append(made.outcome(1, {}))

    made.program.once([made.figure], lambda figure: figure.sizes.least, broken=True)

    assert "toy is blind" in capsys.readouterr().err


def test_full_runs_add_up(made, capsys):
    made.outcomes += [made.outcome(n, {"lost": 0, "doubled": 0}) for n in (20, 20, 12)]

    code = made.program.full([made.figure], made.kept)

    assert code == 0
    assert capsys.readouterr().out == "toy lost=0 doubled=0 target=0/0 n=52 seed=7 OK\n"
    assert [size for size, _ in made.turns] == [20, 20, 10]
    assert len({drawn for _, drawn in made.turns}) == 3


def test_full_run_goes_on_where_another_stopped(made, capsys):
    made.kept.add("toy", made.outcome(40, {"lost": 1, "doubled": 0}))
    made.outcomes.append(made.outcome(10, {"lost": 0, "doubled": 0}))

    code = made.program.full([made.figure], made.kept)

    assert code == 1
    assert capsys.readouterr().out == "toy lost=1 doubled=0 target=0/0 n=50 seed=7 SHORT\n"
    written = json.loads((made.tmp / "core.json").read_text())
    assert written["figures"]["toy"] == {"n": 50, "runs": 2, "sums": {"lost": 1, "doubled": 0}}


def test_full_run_that_is_not_done_is_short(made, capsys):
    made.outcomes.append(made.outcome(0, {}, "no server"))

    assert made.program.full([made.figure], made.kept) == 1
    assert " n=0/50 seed=7 SHORT" in capsys.readouterr().out
    assert not (made.tmp / "core.json").exists()


def test_another_release_begins_anew(made):
    made.kept.add("toy", made.outcome(50, {"lost": 0}))

    later = made.record.Record(made.kept.path, "0.2.0")

    assert later.kept("toy").outcome.n == 0
