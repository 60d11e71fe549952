"""A step that opens a linked dossier: checked, drawn, compared, in the verifier's form."""

from dataclasses import replace
from pathlib import Path

import pytest

from thidua.definitions import load, parse
from thidua.definitions.check import check
from thidua.definitions.difference import compare
from thidua.definitions.drawing.frame import step_frame
from thidua.definitions.drawing.mermaid import mermaid
from thidua.definitions.phrase import Phrases
from thidua.evidence.normal import normal
from thidua.workflow.procedure import Right

TEXT = (Path(__file__).parents[1] / "contract" / "lower.yaml").read_text(encoding="utf-8")
LOWER = load(TEXT, "lower")
TOY = (Path(__file__).parent / "toy.yaml").read_text(encoding="utf-8")
OTHER = replace(parse(TOY, "toy.yaml").procedure, name="other")
PLAIN = parse(TEXT.replace(", starts: upper", ""), "plain").procedure


def test_pictures_say_under_which_procedure() -> None:
    opening, ending = (step_frame(step, Phrases(LOWER, "vi")) for step in LOWER.transitions)

    said = "mở hồ sơ theo quy trình upper"
    assert mermaid(LOWER, "vi").count(said) == 1
    assert "opens a dossier under upper" in mermaid(LOWER, "en")
    assert said in " ".join(line.text for line in opening.lines)
    assert "upper" not in " ".join(line.text for line in ending.lines)


def test_normal_form_has_it_where_it_is() -> None:
    assert normal(LOWER)["steps"]["nominate|new"]["starts"] == "upper"
    assert "starts" not in normal(PLAIN)["steps"]["nominate|new"]


def test_difference_tells_of_it() -> None:
    (told,) = compare(PLAIN, LOWER, "vi")

    assert told.path == "transitions.nominate.starts"
    assert told.text.endswith("không có → “upper”")
    assert "mở hồ sơ theo quy trình" in told.text


@pytest.mark.parametrize("step", ["dest: done, by: engine", "dest: lapsed, by: engine"])
def test_the_engine_opens_no_dossier(step: str) -> None:
    """Neither by itself nor when a due brings the step."""
    loaded = parse(TOY.replace(step, f"{step}, starts: toy"), "toy.yaml")

    found = check(loaded)

    assert [r.code for r in found.errors] == ["starts-by-engine"]
    assert found.warnings == ()


def test_procedure_that_a_step_starts_is_asked_only_among_others() -> None:
    for named, codes in {"other": [], "other@1": [], "other@2": ["starts-unknown"],
                         "toy": [], "toys": ["starts-unknown"]}.items():  # fmt: skip
        loaded = parse(TOY.replace(*starting(named)), "toy.yaml")

        assert [r.code for r in check(loaded, others=[OTHER]).errors] == codes, named
        assert check(loaded).errors == ()


def test_what_cannot_be_given_to_the_dossier_started_is_a_warning() -> None:
    loaded = parse(TOY.replace(*starting("other")), "toy.yaml")
    strange = replace(
        OTHER,
        fields={"more": replace(OTHER.fields["cluster"], name="more", needed=True), **OTHER.fields},
        may={**OTHER.may, "create": Right(("unit",))},
    )

    assert check(loaded, others=[OTHER]).warnings == ()
    found = check(loaded, others=[strange]).warnings
    assert [(r.code, r.fields["procedure"]) for r in found] == [
        ("starts-without-field", "other@1"), ("starts-without-right", "other@1")
    ]  # fmt: skip
    assert (found[0].fields["fields"], found[1].fields["role"]) == ("more", "clerk")


def starting(named: str) -> tuple[str, str]:
    return "dest: asked, by: clerk", f"dest: asked, by: clerk, starts: {named}"
