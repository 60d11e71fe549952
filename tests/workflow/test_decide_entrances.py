"""What no act lets in: a second beginning, what is no command, text that cannot be kept."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from thidua.workflow.command import Attach, Command, Correct, Create, Expire, Hold
from thidua.workflow.dossier import Candidate
from thidua.workflow.errors import Misuse, Refused
from thidua.workflow.paper import Paper

AGAIN = Create("trial", "PRIZE", Candidate("individual", "Lê Văn Bần", "u1"), unit="u1")


@pytest.mark.parametrize("place", ["proposed", "consulted"])
def test_a_dossier_begins_once(at, place):
    assert at(place).refused(AGAIN, "proposer") == ["dossier-exists"]


def test_what_is_no_command_is_named(at):
    with pytest.raises(Misuse) as caught:
        at("proposed").act(cast(Command, SimpleNamespace(note=None)))

    assert (caught.value.reasons[0].code, caught.value.fields["found"]) == (
        "not-a-command", "SimpleNamespace",
    )  # fmt: skip


@pytest.mark.parametrize("command", [
    Hold(note="đơn\0thư"),
    Hold(note="đơn\udcffthư"),
    Hold(note="đơn", ground=Paper(number="1", signer="\ud800")),
    Correct({"merit": "\0"}, note="sửa"),
    Correct({"merit": cast(Any, 3)}, note="sửa"),
    Correct(candidate=Candidate("individual", "A\0"), note="sửa"),
    Attach("report", "0" * 64, 1, "text/plain", "a\0.txt"),
])  # fmt: skip
def test_text_that_cannot_be_kept_is_refused(at, command):
    assert at("proposed").refused(command) == ["text-unreadable"]


def test_a_due_of_the_clocks_is_closed_to_people(at):
    with pytest.raises(Refused) as caught:
        at("proposed").act(Expire(1))

    assert [each.code for each in caught.value.reasons] == ["not-allowed"]
