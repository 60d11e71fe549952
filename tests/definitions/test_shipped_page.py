"""The page on what ships names all of it, and its picture is of the file as it is."""

import re
from pathlib import Path

from thidua.definitions import load_file, shipped

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "shipped.md").read_text(encoding="utf-8")


def test_page_has_a_section_for_every_procedure() -> None:
    assert sorted(re.findall(r"^## `([a-z-]+)`$", PAGE, re.MULTILINE)) == sorted(shipped())


def test_picture_is_of_the_procedure_as_it_is() -> None:
    procedure = load_file(shipped()["national-emulation-title"])
    picture = set(re.findall(r"\w+", (DOCS / "pictures/state-award.svg").read_text("utf-8")))

    labels = [s.label for n, s in procedure.states.items() if n != "withdrawn"]
    labels += [step.label for step in procedure.transitions]
    labels += [rule.label for rule in procedure.rounds.values()]
    grounds = [ground.text for ground in procedure.grounds.values()]
    words = {w for text in [*(each["vi"] for each in labels), *grounds] for w in text.split()}
    assert {re.sub(r"\W", " ", w).split()[0] for w in words if w.isalpha()} - picture == set()
