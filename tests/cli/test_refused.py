"""Refusals of many dossiers, as people read them."""

import pytest

from thidua.cli.call import Call
from thidua.cli.refused import Against, write_refused


def test_what_holds_many_is_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    against = [Against(f"HS-{i}", "Chưa đến hạn", "too-soon") for i in range(1, 80)]
    alone = Against("HS-7", "Đã rút", "withdrawn")

    write_refused(Call({}), [*against, alone])

    many, one, how = capsys.readouterr().err.splitlines()
    assert many == "79 hồ sơ (HS-1, HS-2, HS-3, …): Chưa đến hạn [too-soon]"
    assert one == "HS-7: Đã rút [withdrawn]"
    assert "--dry-run --json" in how


def test_nothing_is_said_of_a_full_list_that_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    write_refused(Call({}), [Against(f"HS-{i}", "Đã rút", "withdrawn") for i in (1, 2, 3)])

    (line,) = capsys.readouterr().err.splitlines()
    assert line == "3 hồ sơ (HS-1, HS-2, HS-3): Đã rút [withdrawn]"
