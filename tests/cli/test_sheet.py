"""Lists as spreadsheets write them, and every mistake at its row and column."""

import unicodedata
from pathlib import Path

import pytest

from thidua import DefinitionError
from thidua.imports.sheet import Sheet, read_sheet

ROWS = "id,name\na,Đỗ Thị Hường\n"


def read(folder: Path, data: str | bytes) -> Sheet:
    path = folder / "list.csv"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_sheet(path, needed=("id",), known=("name", "from_on", "to_on"))


def found(folder: Path, data: str | bytes) -> list[tuple[str, object, object]]:
    with pytest.raises(DefinitionError) as caught:
        read(folder, data)
    return [(r.code, r.fields["row"], r.fields["column"]) for r in caught.value.reasons]


@pytest.mark.parametrize(
    "data",
    [
        ROWS,
        "\ufeff" + ROWS,
        ROWS.replace("\n", "\r\n"),
        ROWS.replace(",", ";"),
        ROWS.replace(",", "\t"),
        unicodedata.normalize("NFD", ROWS),
        "id,name\n\na,  Đỗ Thị Hường \n\n",
    ],
    ids=["plain", "mark", "windows", "semicolons", "tabs", "decomposed", "blank lines"],
)
def test_list_is_read_however_it_was_saved(tmp_path: Path, data: str) -> None:
    (row,) = read(tmp_path, data)

    assert row.cells == {"id": "a", "name": "Đỗ Thị Hường"}


def test_row_is_numbered_by_its_line(tmp_path: Path) -> None:
    rows = list(read(tmp_path, 'id,name\n\na,"hai\ndòng"\nb,x\n'))

    assert [row.number for row in rows] == [3, 5]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("", [("list-empty", 1, "-")]),
        ("id,name\n", [("list-no-rows", 1, "-")]),
        ("id,name\n\n , \n", [("list-no-rows", 1, "-")]),
        ("name\nx\n", [("list-column-missing", 1, "id")]),
        ("id,nam,id\n", [("list-column-twice", 1, "id"), ("list-column-unknown", 1, "nam")]),
        ("id,name\na,b,c\n", [("list-row-long", 2, "-")]),
        ('id,name\na,"b\n', [("list-broken", 2, "-")]),
        ("id,name\na,b\x07\n", [("list-cell-unprintable", 2, "name")]),
        ("id,name\na,x\nb,Đỗ\n".encode("cp1258", "replace") + b"c,\xf0\n", None),
        (b"id\n\xff\xfe\n", [("list-not-utf8", 2, "-")]),
    ],
)
def test_broken_list_is_refused_whole(tmp_path: Path, data: str | bytes, told: object) -> None:
    mistakes = found(tmp_path, data)

    assert mistakes == told or (told is None and mistakes[0][0] == "list-not-utf8")


def test_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError) as caught:
        read_sheet(tmp_path / "none.csv", needed=("id",))

    assert caught.value.reasons[0].code == "file-unreadable"


def test_cells_are_checked_all_at_once(tmp_path: Path) -> None:
    sheet = read(tmp_path, "id,name,from_on,to_on\na b,,31/02/2018,x\nengine,y,2/1/2018,1/1/2018\n")
    for row in sheet:
        row.id("id")
        row.needed("name")
        row.period()

    with pytest.raises(DefinitionError) as caught:
        sheet.stop_if_wrong()

    assert [(r.code, r.fields["row"], r.fields["column"]) for r in caught.value.reasons] == [
        ("list-cell-date", 2, "from_on"),
        ("list-cell-date", 2, "to_on"),
        ("list-cell-id", 2, "id"),
        ("list-cell-missing", 2, "name"),
        ("list-cell-id", 3, "id"),
        ("list-dates-reversed", 3, "to_on"),
    ]
    assert all("list.csv, dòng" in r.text("vi") for r in caught.value.reasons)
    assert all("list.csv, row" in r.text("en") for r in caught.value.reasons)
