"""From files to procedures: what ships, what is pinned, what is not loaded until needed."""

import copy
import hashlib
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from thidua.definitions import load, load_file, parse, shipped
from thidua.definitions.check import check
from thidua.definitions.loader import typed
from thidua.definitions.reader import read
from thidua.definitions.tree import Tree
from thidua.workflow.balloting import SeatsRule
from thidua.workflow.due import Offset, Span
from thidua.workflow.errors import DefinitionError
from thidua.workflow.ladder import Rung
from thidua.workflow.procedure import (
    Ask,
    Close,
    DueRule,
    Right,
    SpanRule,
    Transition,
)
from thidua.workflow.tally import Pass, Quorum

TEMPLATES = {
    *("opinion_requested", "vote_opened", "result"),
    *("not_awarded", "misrouted", "withdrawn", "revoked"),
}
HOST = {"not_awarded_before"}
TOY = (Path(__file__).parent / "toy.yaml").read_text(encoding="utf-8")


def test_shipped_are_the_eight_procedures() -> None:
    assert list(shipped()) == [
        "commemorative-medal",
        "exemplar-selection",
        "initiative-recognition",
        "ministers-certificate",
        "national-emulation-title",
        "research-grant",
        "sector-emulation-title",
        "sudden-achievement",
    ]


@pytest.mark.parametrize("name", sorted(shipped()))
def test_shipped_procedure_is_proved(name: str) -> None:
    loaded = parse(shipped()[name].read_bytes(), f"{name}.yaml")

    found = check(loaded, templates=TEMPLATES, calendars={"vn-civil-service"}, predicates=HOST)

    assert found.errors == ()
    assert {reason.code for reason in found.warnings} == {"ground-assumed"}
    assert loaded.procedure.name == name
    assert loaded.procedure.languages == ("vi", "en")


def branches(data: Any) -> Iterator[tuple[Any, Any]]:
    """Every collection of the tree with every key or position in it."""
    keys = list(data) if isinstance(data, dict) else range(len(data))
    for key in keys if isinstance(data, dict | list) else ():
        yield data, key
        if isinstance(data[key], dict | list):
            yield from branches(data[key])


def outcome(tree: Tree) -> object:
    """What a tree comes to: its mistakes, or the procedure and what is found in it."""
    try:
        loaded = typed(tree)
    except DefinitionError as error:
        return error.reasons
    return loaded.procedure, check(loaded)


@pytest.mark.parametrize("name", sorted(shipped()))
def test_shipped_procedure_has_no_idle_key(name: str) -> None:
    """Whatever is taken out of the file, something else comes of it."""
    tree = read(shipped()[name].read_bytes(), name)
    whole = outcome(tree)

    for number, _ in enumerate(list(branches(tree.data))):
        data = copy.deepcopy(tree.data)
        parent, key = list(branches(data))[number]
        del parent[key]
        assert outcome(replace(tree, data=data)) != whole, (key, parent)


def test_certificate_carries_every_value() -> None:
    procedure = load_file(shipped()["ministers-certificate"])

    asking, vote = procedure.rounds["opinions"], procedure.rounds["vote"]
    assert asking.ask == Ask("department", "of_candidate", "skip", "ask_superior", "ask_superior")
    assert asking.due == DueRule(
        Span(7, "working days"),
        "labour",
        "receipt",
        receipt_unknown=Span(2, "working days"),
        ladder="asked",
        receipt_ground="post",
    )
    assert asking.close == Close(
        all_answered=True, at_due=True, transit=Span(3, "working days"), ground="post"
    )
    assert asking.rests_on == ("report", "merit_period")
    assert vote.quorum == Quorum(Fraction(2, 3), "entitled", frozenset({"present", "written"}))
    assert vote.passes == Pass(more_than=Fraction(1, 2), of="entitled")
    assert (vote.quorum_else, vote.tie, vote.close.by) == ("revote", "fails", "teller")
    assert procedure.spans["processing"] == SpanRule(
        "processing",
        "accept",
        "submitted",
        DueRule(Span(25, "working days"), "decree", ladder="desk"),
    )
    assert procedure.ladders["asked"].rungs == (
        Rung(Offset(-5)),
        Rung(Offset(-2), "head", "held_mail"),
        Rung(Offset(-1)),
        Rung(Offset(-1), "officer", "phone"),
        Rung(Offset(0)),
    )
    assert procedure.in_force_from == date(2018, 7, 21)
    assert procedure.assumed == ("post", "office")


def test_certificate_carries_every_right() -> None:
    procedure = load_file(shipped()["ministers-certificate"])

    assert procedure.may["waive"] == Right()
    assert procedure.may["withdraw"] == Right(("proposer",), dest="withdrawn")
    assert procedure.may["revoke"] == Right(("minister",), decision_required=True)
    assert procedure.may["enter_for"] == Right(("officer",), ground_required=True)
    assert procedure.transitions[7] == Transition(
        "grant",
        {"vi": "Quyết định tặng", "en": "Grant"},
        ("submitted",),
        "decided",
        "minister",
        decision_required=True,
    )
    assert not procedure.roles["member"].delegable
    assert procedure.roles["department"].own_unit


def test_exemplar_selection_asks_the_cluster_and_fills_seats() -> None:
    procedure = load_file(shipped()["exemplar-selection"])

    ask, vote = procedure.rounds["opinions"].ask, procedure.rounds["vote"]
    assert ask is not None
    assert (ask.role, ask.units) == ("department", "same:cluster")
    assert vote.seats == SeatsRule(("cluster", "kind"), 1, "revote", "clusters")
    assert "clusters" in procedure.assumed
    assert procedure.rounds["opinions"].sees == ("officer", "appraiser", "member", "minister")


def test_waiver_names_a_role_for_each_condition() -> None:
    procedure = load(TOY, "toy.yaml")

    assert procedure.waive == {"documents.complete": "clerk"}
    assert procedure.may["waive"] == Right(("clerk",))


def test_hash_is_of_the_normal_form() -> None:
    expected = hashlib.sha256(TOY.encode()).hexdigest()

    assert load(TOY, "toy.yaml").hash == expected
    assert load(TOY.replace("\n", "\r\n").encode("utf-8-sig"), "other.yaml").hash == expected
    assert load(TOY + "# seen\n", "toy.yaml").hash != expected


def test_versions_that_look_like_equal_numbers_differ() -> None:
    one, ten = (
        load(TOY.replace('version: "1"', f"version: {v}"), "f").version
        for v in ("2018.1", "2018.10")
    )

    assert (one, ten) == ("2018.1", "2018.10")


def test_load_refuses_what_the_checks_find() -> None:
    text = TOY.replace("reply: clerk", "reply: clark").replace(
        "outcome: awarded", "opens: [asking]"
    )

    with pytest.raises(DefinitionError) as caught:
        load(text, "toy.yaml")

    codes = {reason.code for reason in caught.value.reasons}
    assert codes == {"final-opens", "final-without-outcome", "no-such-role"}


def test_load_asks_for_names_outside_only_when_given() -> None:
    load(TOY, "toy.yaml")

    with pytest.raises(DefinitionError) as caught:
        load(TOY, "toy.yaml", templates=(), calendars=(), predicates=())

    codes = {reason.code for reason in caught.value.reasons}
    assert codes == {"no-such-template", "no-such-calendar", "no-such-predicate"}


def test_load_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError) as caught:
        load_file(tmp_path / "none.yaml")

    assert caught.value.reasons[0].code == "file-unreadable"
    assert "none.yaml" in caught.value.text("vi")


def test_a_beginning_that_is_misspelt_is_one_finding() -> None:
    text = TOY.replace("initial: new", "initial: neww")

    assert [each.code for each in check(parse(text, "toy.yaml")).errors] == ["no-such-state"]


def test_importing_definitions_loads_no_heavy_library() -> None:
    code = (
        "import sys, thidua.definitions; "
        "print([m for m in ('ruamel.yaml', 'pydantic', 'holidays') if m in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
