"""The demo with other files and other numbers, and with stories that do not go as told."""

from pathlib import Path
from typing import Any

import pytest

from thidua.cli import run


def play(season: Any, into: Path, *words: str) -> int:
    return run(["demo", "--files", str(season.folder), "--into", str(into), *words])


def test_demo_of_other_numbers_chooses_one_of_each_kind_per_cluster(
    season: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    code = play(season, tmp_path / "out", "--lang", "en")

    out = capsys.readouterr().out
    assert code == 0
    assert "Chosen: 10 = 5 collective + 5 individual" in out
    assert ": 20 asked" in out
    chosen = {line.split()[-1] for line in out.splitlines() if "Ứng viên" in line}
    assert {f"{c}{kind}1" for c in range(1, 6) for kind in "ci"} <= chosen
    assert {f"{c}{kind}2" for c in range(1, 6) for kind in "ci"} & chosen == set()


def test_demo_tells_whom_nobody_wrote_to(
    season: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    play(season, tmp_path / "out")

    out = capsys.readouterr().out
    assert "  19  đúng hạn" in out
    (silent,) = [line for line in out.splitlines() if "chưa được gửi đề nghị" in line]
    assert silent.endswith("Sở thành phố Hải Phòng")
    assert "   0  không trả lời" in out


def test_demo_that_goes_otherwise_names_the_line(
    season: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    season.change("dossiers act accept --state proposed", "dossiers act misspelt --state proposed")

    code = play(season, tmp_path / "out")

    assert code == 1
    said = capsys.readouterr().err
    assert "commands.txt" in said
    assert "misspelt" in said


def test_demo_expecting_a_refusal_that_does_not_come_fails(
    season: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    season.change("admin$ thidua units import", "admin! thidua units import")

    assert play(season, tmp_path / "out") == 1
    assert "units import" in capsys.readouterr().err


def test_demo_shows_an_expected_refusal(
    season: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    wrong = "2018-03-28 09:00 clerk! thidua votes count vote counts.csv\n"
    season.change("2018-03-28 09:00 teller", wrong + "2018-03-28 09:00 teller")

    assert play(season, tmp_path / "out") == 0
    assert "[not-allowed]" in capsys.readouterr().out


def test_demo_leaves_a_strange_folder_alone(season: Any, tmp_path: Path):
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("years of work")

    code = play(season, mine)

    assert code == 1
    assert [path.name for path in mine.iterdir()] == ["thesis.txt"]


def test_demo_with_keep_stands_beside_the_earlier_one(season: Any, tmp_path: Path):
    into = tmp_path / "out"
    play(season, into)
    before = (into / "thidua.db").read_bytes()

    assert play(season, into, "--keep") == 0
    assert (into / "thidua.db").read_bytes() == before
    assert (tmp_path / "out-2" / "thidua.db").is_file()
