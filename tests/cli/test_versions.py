"""Procedures beside each other, drawn, and laid over: the commands of a procedure's life."""

from typing import Any
from xml.etree import ElementTree

import pytest

from thidua.definitions import shipped

MINISTER = shipped()["ministers-certificate"].read_text(encoding="utf-8")
NEWER = MINISTER.replace('version: "2018.1"', 'version: "2018.2"').replace(
    "due: {in: 5 working days", "due: {in: 7 working days"
)


def test_difference_is_told_in_groups(terminal: Any) -> None:
    terminal.write("new.yaml", NEWER)

    out = terminal.ok("procedures", "diff", "ministers-certificate", "new.yaml").out

    assert "Từ ministers-certificate@2018.1 sang ministers-certificate@2018.2: 2 thay đổi" in out
    assert out.index("Thời hạn") < out.index("Về văn bản quy trình")
    assert "5 ngày làm việc (giả\u00a0định) → 7 ngày làm việc (giả\u00a0định)" in out


def test_difference_for_programs(terminal: Any) -> None:
    terminal.write("new.yaml", NEWER)

    told = terminal.json("procedures", "diff", "ministers-certificate", "new.yaml")

    assert [each["path"] for each in told["differences"]] == ["states.proposed.due", "version"]
    assert told["differences"][0]["kind"] == "changed"
    assert told["old_hash"] != told["new_hash"]


@pytest.mark.parametrize(
    ("new", "flag", "code"),
    [(NEWER, (), 0), (NEWER, ("--exit-code",), 1), (MINISTER, ("--exit-code",), 0),
     ("# a comment\n" + MINISTER, ("--exit-code",), 0)],
)  # fmt: skip
def test_exit_code_says_whether_something_changed(
    terminal: Any, new: str, flag: tuple[str, ...], code: int
) -> None:
    terminal.write("new.yaml", new)

    told = terminal.run("procedures", "diff", "ministers-certificate", "new.yaml", *flag)

    assert told.code == code


def test_same_rules_in_other_words_are_called_the_same(terminal: Any) -> None:
    terminal.write("new.yaml", "# a comment\n" + MINISTER)

    alike = terminal.ok("procedures", "diff", "ministers-certificate", "new.yaml").out
    same = terminal.ok("procedures", "diff", "new.yaml", "new.yaml").out

    assert "chỉ khác chú thích" in alike
    assert "là một" in same


def test_difference_of_a_stored_version(office: Any) -> None:
    told = office.json("procedures", "diff", "exemplar-selection@2018.1", "ministers-certificate")

    assert told["old"] == "exemplar-selection@2018.1"
    assert told["differences"]


@pytest.mark.parametrize(
    ("names", "code"),
    [(("none", "ministers-certificate"), "unknown-procedure"),
     (("ministers-certificate", "ministers-certificate@1.0"), "unknown-procedure"),
     (("broken.yaml", "ministers-certificate"), "yaml-broken")],
)  # fmt: skip
def test_difference_of_nothing(office: Any, names: tuple[str, str], code: str) -> None:
    office.write("broken.yaml", "a: [")

    told = office.run("procedures", "diff", *names, "--json")

    assert code in told.err


def test_procedure_is_drawn_into_a_file(terminal: Any) -> None:
    for name in ("p.svg", "p.mmd"):
        file = str(terminal.folder / name)
        assert (
            "Đã ghi" in terminal.ok("procedures", "draw", "ministers-certificate", "-o", file).out
        )

    assert ElementTree.parse(terminal.folder / "p.svg").getroot().attrib["lang"] == "vi"
    assert (terminal.folder / "p.mmd").read_text(encoding="utf-8").startswith("stateDiagram-v2")


def test_picture_of_another_kind_is_refused(terminal: Any) -> None:
    told = terminal.run("procedures", "draw", "ministers-certificate", "-o", "p.bmp")

    assert told.code == 2
    assert "picture-kind" in told.err
    assert not (terminal.folder / "p.bmp").exists()


def test_way_of_a_dossier_is_drawn_with_its_dates(consulted: Any) -> None:
    file = str(consulted.folder / "way.svg")

    told = consulted.json("dossiers", "draw", "HS-1", "-o", file)

    assert [each["state"] for each in told["passed"]] == ["proposed", "appraisal", "consulted"]
    assert [each["trigger"] for each in told["passed"]] == [None, "accept", "consult"]
    drawn = (consulted.folder / "way.svg").read_text(encoding="utf-8")
    assert "Hồ sơ HS-1: " in drawn
    assert "từ 11/06/2018" in drawn
    assert "Hồ sơ đang ở đây" in drawn


def test_way_of_a_dossier_nobody_knows(office: Any) -> None:
    told = office.run("dossiers", "draw", "HS-9")

    assert told.code == 4
    assert "unknown-dossier" in told.err
