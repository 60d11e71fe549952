"""One misspelled name, one finding: what only follows from it waits until it is mended."""

from pathlib import Path

import pytest

from thidua.definitions import shipped
from thidua.definitions.check import check
from thidua.definitions.check.cause import FOLLOWING
from thidua.definitions.check.name import uses
from thidua.definitions.findings import Findings
from thidua.definitions.loader import parse
from thidua.workflow.errors import DefinitionError
from thidua.workflow.wording.proofs import PROOFS

TOY = (Path(__file__).parent / "toy.yaml").read_text(encoding="utf-8")
SHIPPED = shipped()["ministers-certificate"].read_text(encoding="utf-8")
OUTSIDE = {"calendar", "template", "predicate"}


def examine(text: str, old: str, new: str) -> Findings:
    assert text.count(old) == 1, old
    return check(parse(text.replace(old, new), "file.yaml"))


def test_misspelled_state_is_told_alone_with_what_was_meant() -> None:
    found = examine(
        SHIPPED, "source: council_review, dest: submitted", "source: council_review, dest: submited"
    )

    assert [(r.code, r.fields["nearest"]) for r in found.errors] == [("no-such-state", "submitted")]


def test_each_misspelled_name_of_a_file_is_told_alone() -> None:
    lines, loaded, places = TOY.split("\n"), parse(TOY, "toy.yaml"), {}
    for kind, word, path in uses(loaded):
        place = loaded.tree.place(path)
        places[place.line - 1, place.column - 1] = kind, word.removeprefix("same:").split(".")[0]
    tried = 0
    for (line, column), (kind, word) in places.items():
        if kind in OUTSIDE or not lines[line].startswith(word, column):
            continue
        bad = lines[line][:column] + word[:-1] + "q" + lines[line][column + len(word) :]
        found = check(parse("\n".join([*lines[:line], bad, *lines[line + 1 :]]), "toy.yaml"))
        assert [r.code for r in found.errors] == [f"no-such-{kind}"], bad
        assert found.warnings == (), bad
        tried += 1
    assert tried > 40


def test_misspelled_event_is_told_alone() -> None:
    found = examine(TOY, "asking.opened:", "askin.opened:")

    (reason,) = found.errors
    assert (reason.code, reason.fields["column"]) == ("no-such-event", 3)


def test_opening_of_a_posting_is_no_event() -> None:
    found = examine(TOY, "asking.opened:", "posted.opened:")

    assert [r.code for r in found.errors] == ["no-such-event"]


def test_misspelled_waiver_names_the_condition_meant() -> None:
    found = examine(TOY, "{documents.complete: clerk}", "{documents.complet: clerk}")

    assert [(r.code, r.fields["nearest"]) for r in found.errors] == [
        ("no-such-condition", "documents.complete")
    ]


def test_right_that_another_stands_for_is_no_use_of_a_name() -> None:
    found = examine(TOY, "extend: {by: clerk,", "extend: {by: clerc,")

    assert [r.code for r in found.errors] == ["no-such-role"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("procedure: toy", "procedur: toy", "key-unknown"),
        ("procedure: toy", "pr\u043ecedure: toy", "look-alike"),
        ("{trigger: ask,", "{triger: ask,", "key-unknown"),
        ("  withdraw: {", "  withdrw: {", "key-unknown"),
    ],
)
def test_misspelled_key_is_told_alone(old: str, new: str, code: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        examine(TOY, old, new)

    assert [r.code for r in caught.value.reasons] == [code]


@pytest.mark.parametrize("code", FOLLOWING)
def test_what_follows_has_a_sentence_of_its_own(code: str) -> None:
    assert {code, *FOLLOWING[code]} <= set(PROOFS)
