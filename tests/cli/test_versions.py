"""Procedures beside each other, drawn, and laid over: the commands of a procedure's life."""

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from thidua.definitions import load_file, shipped

MINISTER = (Path(__file__).parents[1] / "definitions" / "minister.yaml").read_text(encoding="utf-8")
EXEMPLAR = load_file(shipped()["exemplar-selection"])
NEWER = MINISTER.replace('version: "2018.1"', 'version: "2018.2"').replace(
    "due: {in: 5 working days", "due: {in: 7 working days"
)


def test_difference_is_told_in_groups(terminal: Any) -> None:
    terminal.write("old.yaml", MINISTER)
    terminal.write("new.yaml", NEWER)

    out = terminal.ok("procedures", "diff", "old.yaml", "new.yaml").out

    assert "Từ ministers-certificate@2018.1 sang ministers-certificate@2018.2: 2 thay đổi" in out
    assert out.index("Thời hạn") < out.index("Về văn bản quy trình")
    assert "5 ngày làm việc (giả\u00a0định) → 7 ngày làm việc (giả\u00a0định)" in out


def test_difference_for_programs(terminal: Any) -> None:
    terminal.write("old.yaml", MINISTER)
    terminal.write("new.yaml", NEWER)

    told = terminal.json("procedures", "diff", "old.yaml", "new.yaml")

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
    terminal.write("old.yaml", MINISTER)
    terminal.write("new.yaml", new)

    told = terminal.run("procedures", "diff", "old.yaml", "new.yaml", *flag)

    assert told.code == code


def test_same_rules_in_other_words_are_called_the_same(terminal: Any) -> None:
    terminal.write("old.yaml", MINISTER)
    terminal.write("new.yaml", "# a comment\n" + MINISTER)

    alike = terminal.ok("procedures", "diff", "old.yaml", "new.yaml").out
    same = terminal.ok("procedures", "diff", "new.yaml", "new.yaml").out

    assert "chỉ khác chú thích" in alike
    assert "là một" in same


def test_difference_of_a_stored_version(office: Any) -> None:
    (stored,) = [p for p in office.json("procedures", "list")["procedures"] if p["stored_at"]]
    name = f"{stored['name']}@{stored['version']}"

    told = office.json("procedures", "diff", name, "ministers-certificate")

    assert told["old"] == name
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
    assert "Hồ sơ đang ở đây</text>" in drawn
    assert drawn.count(">hạn ") == 1  # the round's, in the round's box


def test_way_of_a_dossier_nobody_knows(office: Any) -> None:
    told = office.run("dossiers", "draw", "HS-9")

    assert told.code == 4
    assert "unknown-dossier" in told.err


OVERLAY = """\
# Của Sở Tư pháp
format: 1
extends: ministers-certificate@2018.1
version: "2018.1+stp.1"
states:
  proposed: {due: {in: 8 working days}}
"""
OVER = """\
over: {states.proposed.due: {in: 5 working days, from: entry, ground: office, ladder: desk}}
"""
ANSWERS = "answers: {ministers-certificate@2018.2: {states.proposed.due: keep}}\n"


def _store_base(office: Any) -> None:
    office.write("base.yaml", MINISTER)
    office.ok("procedures", "store", "base.yaml")


def test_overlay_is_checked_shown_and_stored_like_any_procedure(office: Any) -> None:
    office.write("stp.yaml", OVERLAY + OVER)
    _store_base(office)

    assert "dùng được" in office.ok("procedures", "check", "stp.yaml").out
    assert "→ 8 ngày làm việc" in office.ok(
        "procedures", "diff", "ministers-certificate@2018.1", "stp.yaml"
    ).out  # fmt: skip
    kept = office.json("procedures", "store", "stp.yaml")
    again = office.json("procedures", "store", "stp.yaml")

    assert (kept["name"], kept["version"]) == ("ministers-certificate", "2018.1+stp.1")
    assert again["hash"] == kept["hash"]
    drawn = office.json("procedures", "draw", "ministers-certificate@2018.1+stp.1")
    assert "8 ngày làm việc" in drawn["mermaid"]


def test_same_version_of_an_overlay_with_other_content_is_refused(office: Any) -> None:
    office.write("stp.yaml", OVERLAY + OVER)
    _store_base(office)
    office.ok("procedures", "store", "stp.yaml")
    office.write("stp.yaml", OVERLAY.replace("8 working", "9 working") + OVER)

    told = office.run("procedures", "store", "stp.yaml")

    assert told.code == 2
    assert "version-taken" in told.err


def test_findings_stand_in_the_overlay(office: Any) -> None:
    _store_base(office)
    office.write("stp.yaml", OVERLAY.replace("8 working days", "8 workdays"))

    told = office.run("procedures", "store", "stp.yaml")

    assert told.code == 2
    assert "stp.yaml:6:24: " in told.err


def test_overlay_of_an_unknown_base(terminal: Any) -> None:
    terminal.write("stp.yaml", OVERLAY.replace("certificate@2018.1", "certifcate@2018.1"))

    told = terminal.run("procedures", "check", "stp.yaml")

    assert told.code == 2
    assert told.err.startswith("stp.yaml:3:10: ")
    assert "hãy viết: ministers-certificate@2018.2" in told.err


def test_overlay_that_does_not_say_what_it_lies_over_is_not_stored_until_it_does(
    office: Any,
) -> None:
    office.write("stp.yaml", OVERLAY)
    _store_base(office)

    assert "overlay-unrecorded" in office.run("procedures", "check", "stp.yaml").err
    told = office.run("procedures", "store", "stp.yaml")
    assert told.code == 2
    assert "thidua procedures rebase stp.yaml" in told.err

    office.ok("procedures", "rebase", "stp.yaml")
    assert (office.folder / "stp.yaml").read_text(encoding="utf-8") == OVERLAY + OVER
    office.ok("procedures", "store", "stp.yaml")


def test_extends_changed_by_hand_stops_and_asks(office: Any) -> None:
    _store_base(office)
    office.write("new.yaml", NEWER)
    office.ok("procedures", "store", "new.yaml")
    by_hand = OVERLAY.replace("2018.1", "2018.2") + OVER
    office.write("stp.yaml", by_hand)

    for verb in ("check", "store"):
        asked = office.run("procedures", verb, "stp.yaml")
        assert asked.code == 2
        assert "overlay-conflict" in asked.err
    assert "rebase stp.yaml --to ministers-certificate@2018.2" in asked.err
    office.write("stp.yaml", by_hand + ANSWERS)
    office.ok("procedures", "rebase", "stp.yaml")
    assert office.json("procedures", "store", "stp.yaml")["version"] == "2018.2+stp.1"


def test_newer_base_stops_asks_and_is_taken_when_answered(office: Any) -> None:
    path = office.folder / "stp.yaml"
    office.write("stp.yaml", OVERLAY)
    _store_base(office)
    office.write("new.yaml", NEWER)
    office.ok("procedures", "store", "new.yaml")
    to = ("--to", "ministers-certificate@2018.2")

    asked = office.run("procedures", "rebase", "stp.yaml", *to)
    assert asked.code == 1
    assert "stp.yaml:6:24: " in asked.err
    assert "overlay-conflict" in asked.err
    assert path.read_text(encoding="utf-8") == OVERLAY

    office.write("stp.yaml", OVERLAY + ANSWERS)
    told = office.json("procedures", "rebase", "stp.yaml", *to, "--dry-run")
    assert (told["version"], told["dry_run"]) == ("2018.2+stp.1", True)
    assert path.read_text(encoding="utf-8") == OVERLAY + ANSWERS

    office.ok("procedures", "rebase", "stp.yaml", *to)
    assert path.read_text(encoding="utf-8") == (OVERLAY + OVER).replace("2018.1", "2018.2").replace(
        "in: 5", "in: 7"
    )
    assert office.json("procedures", "store", "stp.yaml")["version"] == "2018.2+stp.1"


def test_moved_overlay_that_proves_wrong_is_not_written(office: Any) -> None:
    """Over the newer base the span is too short for the days that the overlay keeps."""
    office.write("new.yaml", NEWER.replace("in: 25 working days", "in: 22 working days"))
    office.ok("procedures", "store", "new.yaml")
    text = OVERLAY + "rounds: {opinions: {due: {in: 12 working days}}}\n" + ANSWERS
    _store_base(office)
    office.write("stp.yaml", text)

    told = office.run("procedures", "rebase", "stp.yaml", "--to", "ministers-certificate@2018.2")

    assert told.code == 2
    assert "span-too-short" in told.err
    assert (office.folder / "stp.yaml").read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("file", "to", "code", "said"),
    [("stp.yaml", "ministers-certificate@9", 4, "unknown-procedure"),
     ("stp.yaml", f"exemplar-selection@{EXEMPLAR.version}", 2, "overlay-other"),
     ("plain.yaml", "ministers-certificate@2018.1", 2, "not-an-overlay"),
     ("none.yaml", "ministers-certificate@2018.1", 2, "file-unreadable")],
)  # fmt: skip
def test_move_that_cannot_be(office: Any, file: str, to: str, code: int, said: str) -> None:
    office.write("stp.yaml", OVERLAY)
    _store_base(office)
    office.write("plain.yaml", MINISTER)

    told = office.run("procedures", "rebase", file, "--to", to)

    assert told.code == code
    assert said in told.err
