"""Tables line up, whatever the letters, and people's words cannot steer the terminal."""

import unicodedata

import click
import pytest

from thidua.cli.table import Column, beside, clean, cut, lines, width

COLUMNS = (
    Column(("Tên", "Name"), lambda r: r[0], gives=True),
    Column(("Số", "No."), lambda r: r[1], right=True),
    Column(("Trống", "Empty"), lambda r: r[2]),
)


@pytest.mark.parametrize("text", ["Đỗ Thị Hường", unicodedata.normalize("NFD", "Đỗ Thị Hường")])
def test_width_counts_letters_not_marks(text: str) -> None:
    assert width(text) == 12


def test_width_of_wide_letters_is_two() -> None:
    assert width("漢字") == 4


def test_table_lines_up_and_drops_empty_columns() -> None:
    rows = [(unicodedata.normalize("NFD", "Nguyễn"), 5, None), ("Vũ", 12, "")]

    told = [click.unstyle(line) for line in lines(rows, COLUMNS, "vi")]

    assert told == ["Tên     Số", "Nguyễn   5", "Vũ      12"]


def test_narrow_screen_cuts_what_gives() -> None:
    rows = [("Phòng Hành chính và Bổ trợ tư pháp", 1, "x")]

    _, line = lines(rows, COLUMNS, "vi", most=30)

    assert width(line) <= 30
    assert "…" in line


def test_text_is_cut_at_its_end() -> None:
    assert cut("Hường", 5) == "Hường"
    assert cut("Hường", 4) == "Hườ…"


def test_control_signs_of_a_name_are_not_shown() -> None:
    assert clean("A\x1b[31m\nB") == "A [31m B"


def test_long_value_goes_on_below_itself_and_a_long_name_above_it() -> None:
    pairs = [("Tên:", "Sở Tư pháp tỉnh Hải Dương"), ("Danh hiệu đã được tặng:", "2014"), ("Số:", 7)]

    assert beside(pairs, most=24) == [
        "Tên:  Sở Tư pháp tỉnh", "      Hải Dương",
        "Danh hiệu đã được tặng:", "      2014", "Số:   7",
    ]  # fmt: skip
    assert beside(pairs)[1:] == ["Danh hiệu đã được tặng:  2014", "Số:                      7"]
