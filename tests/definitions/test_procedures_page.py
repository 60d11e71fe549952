"""The pages on overlays say what the code does: what may be named, and every code."""

import re
from pathlib import Path

from thidua.definitions.overlay import laid, read_overlay
from thidua.definitions.overlay.pattern import TOP, Each, Keys, Pattern
from thidua.definitions.reader import read
from thidua.workflow.wording.versions import VERSIONS

DOCS = Path(__file__).parents[2] / "docs"
LANGUAGE = (DOCS / "procedure-language.md").read_text(encoding="utf-8")
PAGE = (DOCS / "procedures.md").read_text(encoding="utf-8")
MINISTER = (Path(__file__).parent / "minister.yaml").read_text(encoding="utf-8")
SECTION = LANGUAGE.partition("## Overlays")[2].partition("\n## ")[0]


def words(pattern: Pattern) -> set[str]:
    """Every key that a pattern knows."""
    if isinstance(pattern, Each):
        return words(pattern.of)
    if isinstance(pattern, Keys):
        return {*pattern.known, *(w for inner in pattern.known.values() for w in words(inner))}
    return set()


def test_page_lists_what_an_overlay_may_name() -> None:
    rows = dict(re.findall(r"^\| (`[^|]*`) \| (.*) \|$", SECTION, re.MULTILINE))
    listed = {part: text for cell, text in rows.items() for part in re.findall(r"`(\w+)`", cell)}
    due = set(re.findall(r"\w+", listed["states"]))

    assert set(listed) == set(TOP.known)
    for part, pattern in TOP.known.items():
        told = set(re.findall(r"\w+", listed[part])) | (due if part == "rounds" else set())
        assert words(pattern) <= told or listed[part].startswith("all"), part


def test_example_on_the_page_is_proved() -> None:
    (example,) = re.findall(r"```\n(format: 1\nextends.*?)```", SECTION, re.DOTALL)

    loaded = laid(read_overlay(read(example, "page"), lambda name: read(MINISTER, name)))

    assert loaded.procedure.version == "2018.2+stp.1"


def test_page_lists_every_code_with_its_sentence() -> None:
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| (.*) \|$", PAGE, re.MULTILINE))
    sentences = {
        code: en.removeprefix("{file}:{line}:{column}: ").replace("{{", "{").replace("}}", "}")
        for code, (_, en) in VERSIONS.items()
    }

    assert rows == sentences
