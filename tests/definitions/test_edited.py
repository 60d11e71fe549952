"""The text of an overlay with other values: what cannot be changed in place is written anew."""

from pathlib import Path

from thidua.definitions.overlay import edited, moved, read_overlay
from thidua.definitions.reader import read

OLD = "ministers-certificate@2018.1"
NEW = "ministers-certificate@2018.2"
MINISTER = (Path(__file__).parent / "minister.yaml").read_text(encoding="utf-8")
BASE = read(MINISTER, OLD)


def test_text_whose_end_is_no_place_to_write_is_written_anew() -> None:
    text = f'{{format: 1, extends: {OLD}, version: "2018.1+a", title: {{vi: A}}}}\n'
    mine = read_overlay(read(text, "f"), lambda _: BASE)

    assert read(edited(text, data := moved(mine, BASE, OLD, None)), "f").data == data


def test_file_that_cannot_be_edited_is_written_anew() -> None:
    """A text that looks like a date and is none stops the editor; nothing is lost but comments."""
    text = f"format: 1\nextends: {OLD}\nversion: 2018.1+a\n" + "in_force: {to: 2018-13-45}  # lỗi\n"
    data = {"format": "1", "extends": NEW, "version": "2018.2+a", "in_force": {"to": "2018-13-45"}}

    assert read(edited(text, data), "f").data == data
