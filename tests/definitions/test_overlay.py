"""An overlay changes what it names and nothing else, and says where it is wrong."""

from pathlib import Path

import pytest

from thidua.definitions import load, parse
from thidua.definitions.check import check
from thidua.definitions.difference import compare
from thidua.definitions.loaded import Loaded
from thidua.definitions.overlay import is_overlay, laid, read_overlay
from thidua.definitions.reader import read
from thidua.definitions.tree import Tree
from thidua.workflow.errors import DefinitionError, Unknown
from thidua.workflow.exchange_rule import ConfirmRule

NAME = "ministers-certificate@2018.1"
MINISTER = (Path(__file__).parent / "minister.yaml").read_text(encoding="utf-8")
BASE = read(MINISTER, NAME)
HEAD = f'format: 1\nextends: {NAME}\nversion: "2018.1+stp.1"\n'


def base(name: str) -> Tree:
    if name != NAME:
        raise Unknown("unknown-procedure", procedure=name, known=NAME)
    return BASE


def made(text: str) -> Loaded:
    return laid(read_overlay(read(text, "stp.yaml"), base))


def refused(text: str) -> list[tuple[str, int, int]]:
    """Code, line and column of every finding; all are in the overlay's own file."""
    try:
        loaded = made(text)
    except DefinitionError as error:
        reasons = error.reasons
    else:
        reasons = check(loaded).errors
    assert {reason.fields["file"] for reason in reasons} <= {"stp.yaml"}
    return [(each.code, each.fields["line"], each.fields["column"]) for each in reasons]  # type: ignore[misc]  # places are numbers


def test_overlay_is_known_by_its_head() -> None:
    assert is_overlay(read(HEAD, "f"))
    assert not is_overlay(read(MINISTER, "f"))
    assert not is_overlay(read("[extends]", "f"))


def test_overlay_changes_days_people_thresholds_and_texts() -> None:
    loaded = made(
        HEAD
        + """
title: {en: "Certificate of the department"}
in_force: {to: 2025-12-31}
grounds:
  office: {text: "Quyết định số 12/QĐ-STP", from: 2018-01-01, certainty: read}
  house: {text: "Quy chế của Sở", from: 2018-01-01, certainty: read}
roles:
  officer: {vi: "Chuyên viên Văn phòng Sở"}
  deputy: {vi: "Phó Giám đốc Sở", en: "Deputy"}
ladders:
  asked: {remind: [2 working days before]}
states:
  proposed: {vi: "Mới", due: {in: 3 working days, ground: house}}
  appraisal: {due: {in: 4 working days, from: entry, ground: house}}
  submitted: {due: none}
rounds:
  opinions: {due: {in: 9 working days}, close: {transit: none}}
  vote: {quorum: {at_least: 3/4}, pass: {more_than: none, at_least: 2/3}, voters: {role: deputy}}
spans:
  processing: {in: 40 working days}
transitions:
  accept: {by: deputy, en: "Take"}
may:
  extend: [officer, deputy]
  waive: {opinions.disagreements_answered: deputy}
  revoke: deputy
sees:
  vote: [officer]
messages:
  decided: {to: officer, template: result}
"""
    )
    procedure = loaded.procedure

    assert check(loaded).errors == ()
    assert (procedure.name, procedure.version) == ("ministers-certificate", "2018.1+stp.1")
    assert procedure.title == {
        "vi": "Bằng khen của Bộ trưởng Bộ Tư pháp",
        "en": "Certificate of the department",
    }
    assert str(procedure.states["proposed"].due.span) == "3 working days"  # type: ignore[union-attr]  # it has one
    assert procedure.states["proposed"].due.ladder == "desk"  # type: ignore[union-attr]  # the base's
    assert procedure.states["submitted"].due is None
    assert procedure.rounds["vote"].passes.at_least is not None  # type: ignore[union-attr]  # it has one
    assert procedure.rounds["opinions"].close.transit is None
    assert procedure.may["extend"].roles == ("officer", "deputy")
    assert procedure.may["revoke"].roles == ("deputy",)
    assert procedure.may["revoke"].decision_required
    assert procedure.waive == {"opinions.disagreements_answered": "deputy"}
    assert procedure.assumed == ()
    assert procedure.laid_over is not None
    assert procedure.laid_over.hash == parse(MINISTER, "m").procedure.hash


def exchanging() -> str:
    """The base with a confirmation, questions that may be asked back, and time for a supplement."""
    due = "in: 9 working days, ground: office, ladder: desk"
    asked = "    confirm: {by: head, number: required}\n"
    asked += f"    ask_back: {{answer: officer, by: head, clock: stops, due: {{{due}}}}}\n"
    kind = "    kind: consultation\n"
    given = f"  return: {{by: officer, due: {{{due}}}}}\n"
    return MINISTER.replace(kind, kind + asked, 1).replace("  return: officer\n", given, 1)


def test_overlay_changes_the_exchange_with_units() -> None:
    more = """
rounds:
  opinions: {confirm: appraiser, ask_back: {clock: runs, due: {in: 3 working days}}}
may:
  return: {due: {in: 5 working days}}
"""

    tree = read(exchanging(), NAME)

    procedure = laid(read_overlay(read(HEAD + more, "stp.yaml"), lambda _: tree)).procedure

    asked, back = procedure.rounds["opinions"], procedure.rounds["opinions"].ask_back
    assert asked.confirm == ConfirmRule("appraiser", numbered=True)
    assert back is not None
    assert back.due is not None
    assert (back.stops, str(back.due.span), back.answer) == (False, "3 working days", "officer")
    assert str(procedure.may["return"].due.span) == "5 working days"  # type: ignore[union-attr]  # it has one


def test_result_stands_by_itself_and_is_pinned_by_its_content() -> None:
    text = HEAD + "states: {proposed: {due: {in: 7 working days}}}\n"

    one, two = made(text), made(text)
    alone = load(one.tree.text, "anything")

    assert one.procedure == two.procedure == alone
    assert made(HEAD).procedure.hash != one.procedure.hash


def test_difference_shows_what_an_overlay_changed() -> None:
    text = HEAD + "states: {proposed: {due: {in: 7 working days}}}\n"

    found = compare(parse(MINISTER, "m").procedure, made(text).procedure, "en")

    assert [each.path for each in found] == ["states.proposed.due", "laid_over", "version"]


@pytest.mark.parametrize(
    ("more", "code", "line", "column"),
    [
        ("states: {proposed: {opens: [vote]}}", "overlay-key", 4, 21),
        ("states: {proposed: {final: yes}}", "overlay-key", 4, 21),
        ("states: {proposed: {due: {then: lapse}}}", "overlay-key", 4, 27),
        ("states: {proposd: {due: none}}", "overlay-nothing", 4, 10),
        ("states: {fresh: {vi: x}}", "overlay-nothing", 4, 10),
        ("transitions: {accept: {dest: closed}}", "overlay-key", 4, 24),
        ("transitions: {accept: {conditions: []}}", "overlay-key", 4, 24),
        ("transitions: {accpt: {by: officer}}", "overlay-nothing", 4, 15),
        ("transitions: {pass: {by: officer}}", "overlay-engine", 4, 26),
        ("transitions: {accept: {by: engine}}", "overlay-engine", 4, 28),
        ("transitions: [{trigger: accept}]", "not-a-mapping", 4, 14),
        ("rounds: {vote: {secret: yes}}", "overlay-key", 4, 17),
        ("rounds: {vote: {kind: posting}}", "overlay-key", 4, 17),
        ("initial: appraisal", "overlay-key", 4, 1),
        ("procedure: other", "overlay-key", 4, 1),
        ("laid_over: {hash: x}", "overlay-key", 4, 1),
        ("may: {withdraw: {dest: closed}}", "overlay-key", 4, 18),
        ("may: {extnd: officer}", "overlay-nothing", 4, 7),
        ("messages: {fresh: {to: officer, template: result}}", "overlay-nothing", 4, 12),
        ("documents: {report: {needed: no}}", "overlay-key", 4, 22),
        ("states: yes", "not-a-mapping", 4, 9),
        ("states: {proposed: yes}", "not-a-mapping", 4, 20),
        ("answers: {}", "overlay-answers", 4, 1),
        ("over: {states.proposed.du: none}", "overlay-over-idle", 4, 8),
        ("over: none", "not-a-mapping", 4, 7),
        # What the language and the proof say of the result stands in the overlay, too.
        ("states: {proposed: {due: {in: 7 dys}}}", "bad-span", 4, 31),
        ("states: {proposed: {due: {in: none}}}", "key-missing", 4, 26),
        ("states: {proposed: {due: {ground: nowhere}}}", "no-such-ground", 4, 35),
        ("transitions: {accept: {by: nobody_known}}", "no-such-actor", 4, 28),
        ("transitions: {accept: {de: x}}", "overlay-key", 4, 24),
        ("roles: {deputy: {vi: A, en: B}}", "role-unused", 4, 9),
        ("grounds: {labour: none}", "no-such-ground", 2, 10),
        ("grounds: {house: {text: A, from: 2018-01-01, certainty: read}}", "ground-unused", 4, 11),
        ("rounds: {vote: {pass: {at_least: 2/3}}}", "keys-apart", 4, 23),
        ("rounds: {opinions: {close: {when: {share: 3/2}}}}", "fraction-out-of-range", 4, 43),
    ],
)
def test_what_an_overlay_may_not_is_refused_in_its_place(
    more: str, code: str, line: int, column: int
) -> None:
    assert (code, line, column) in refused(HEAD + more + "\n")


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        (f"extends: {NAME}\nversion: 1+a\n", "key-missing", 1, 1),
        ("format: 1\nextends: ministers-certificate\nversion: 1+a\n", "overlay-extends", 2, 10),
        ("format: 1\nextends: [a]\nversion: 1+a\n", "not-a-text", 2, 10),
        (f"format: 1\nextends: {NAME}\nversion: 2018.1\n", "overlay-version", 3, 10),
        (f"format: 2\nextends: {NAME}\nversion: 1+a\n", "word-unknown", 1, 9),
        (f"format: 1\nextends: {NAME}\nversion: one\n", "bad-version", 3, 10),
        (f"format: 1\nextends: {NAME}\nversion: 1+A\n", "bad-version", 3, 10),
        (f"format: 1\nextends: {NAME}\nextends: x\n", "yaml-duplicate-key", 3, 1),
    ],
)
def test_head_of_an_overlay_is_complete(text: str, code: str, line: int, column: int) -> None:
    assert (code, line, column) in refused(text)


def test_base_nobody_knows_is_told_in_its_place_with_what_was_meant() -> None:
    with pytest.raises(DefinitionError) as caught:
        made(HEAD.replace("certificate", "certifcate"))

    (reason,) = caught.value.reasons
    assert reason.code == "overlay-base"
    assert reason.text().startswith("stp.yaml:2:10: ")
    assert reason.text().endswith(f"write: {NAME}")


def test_finding_that_stands_nowhere_in_the_overlay_points_to_its_base() -> None:
    """The ground `labour` is the base's; the overlay only took away the last number on it."""
    text = HEAD + (
        "grounds: {house: {text: A, from: 2018-01-01, certainty: read}}\n"
        "rounds: {opinions: {due: {ground: house}}}\n"
    )

    assert refused(text) == [("ground-unused", 4, 10)]


def test_ground_that_nothing_rests_on_any_more_can_be_taken_away() -> None:
    text = HEAD + (
        "grounds:\n"
        "  labour: none\n"
        "  house: {text: A, from: 2018-01-01, certainty: read}\n"
        "rounds: {opinions: {due: {ground: house}}}\n"
    )

    assert refused(text) == []


OVER = (
    "over: {states.proposed.due: {in: 5 working days, from: entry, ground: office, ladder: desk}}\n"
)
DUE = "states: {proposed: {due: {in: 7 working days}}}\n"


def test_file_that_says_what_it_lies_over_is_not_asked_about_it() -> None:
    loaded = made(HEAD + DUE + OVER)

    assert loaded.tree.notes == ()
    assert "over" not in loaded.tree.data
    assert loaded.procedure.laid_over is not None


@pytest.mark.parametrize("again", [DUE, DUE.replace("7", "5")])
def test_base_that_moved_under_the_file_is_asked_about(again: str) -> None:
    """As after `extends` was changed by hand: the file still says what the older base said."""
    (asked,) = refused(HEAD + again + OVER.replace("5", "4"))[:1] or [None]

    assert asked == (None if again != DUE else ("overlay-conflict", 4, 31))


def test_file_that_does_not_say_what_it_lies_over_is_warned_of() -> None:
    (note,) = made(HEAD + DUE + "title: {vi: A}\n" + OVER).tree.notes

    assert (note.code, note.fields["points"]) == ("overlay-unrecorded", "title.vi")
