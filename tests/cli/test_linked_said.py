"""At the command line: a step that opens a linked dossier, and what is said of it."""

from pathlib import Path
from typing import Any

import pytest

LOWER = Path(__file__).parents[1] / "contract" / "lower.yaml"


@pytest.fixture
def offices(office: Any) -> Any:
    term = office
    text = LOWER.read_text(encoding="utf-8")
    term.write("lower.yaml", text)
    upper = text.replace("procedure: lower", "procedure: upper").replace(", starts: upper", "")
    more = '{B: {vi: "Giải nhì", en: "Second"}, A:'
    term.write("upper.yaml", upper.replace("{A:", more))
    return term


def test_check_looks_at_the_files_beside(offices: Any) -> None:
    assert offices.ok("procedures", "check", "lower.yaml").err == ""

    (offices.folder / "upper.yaml").unlink()
    assert offices.run("procedures", "check", "lower.yaml").reasons == ["starts-unknown"]


def test_step_says_what_it_opened(offices: Any) -> None:
    for name in ("lower.yaml", "upper.yaml"):
        offices.ok("procedures", "store", name)
    offices.write("xa.csv", "id,kind,name,unit\nxa-1,individual,Nguyễn Văn Ấn,stp-an-giang\n")
    offices.ok("dossiers", "import", "xa.csv", "--procedure", "lower")

    done = offices.ok(
        "dossiers", "act", "xa-1", "nominate", "--starts", "tinh-1", "--starts-award", "B"
    )

    assert "mở hồ sơ liên kết tinh-1" in done.out
    assert offices.run("dossiers", "recall", "xa-1", "--note", "x").reasons == ["recall-started"]
    for mine, other, way, shown, told in (
        ("xa-1", "tinh-1", "starts", "Đã mở hồ sơ", "mở hồ sơ đề nghị tinh-1"),
        ("tinh-1", "xa-1", "origin", "Từ hồ sơ", "từ hồ sơ xa-1"),
    ):
        (link,) = offices.json("dossiers", "show", mine)["links"]
        assert (link["dossier"], link["way"]) == (other, way)
        assert shown in offices.ok("dossiers", "show", mine).out
        assert told in " ".join(offices.ok("dossiers", "history", mine).out.split())
    assert offices.json("dossiers", "show", "tinh-1")["dossier"]["award"] == "B"
    assert offices.ok("journal", "verify").code == 0
