"""One is said in the singular, by noun and verb; Vietnamese has no number."""

import pytest

from thidua.cli.language import pick
from thidua.workflow.wording import say
from thidua.workflow.wording.number import in_number


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("{n} dossiers", "{n} dossier"),
        ("due within {n} working days", "due within {n} working day"),
        ("{n} entries of the journal have no place", "{n} entry of the journal has no place"),
        ("{n} people with a role have no mailbox", "{n} person with a role has no mailbox"),
        ("{n} files ({m} kB) that belong to none", "{n} file ({m} kB) that belongs to none"),
        ("{n} have not answered", "{n} has not answered"),
        ("the answers on {n} dossiers are confirmed", "the answers on {n} dossier are confirmed"),
        ("{n} dues of {m} dossiers moved, values are kept",
         "{n} due of {m} dossiers moved, values are kept"),
        ("{m} tasks wait on {n} desks", "{m} tasks wait on {n} desk"),
        ("version {n} has no state", "version {n} has no state"),
        ("{n} more lines", "{n} more line"),
    ],
)  # fmt: skip
def test_what_goes_with_one_is_in_the_singular(text: str, one: str) -> None:
    assert in_number(text, {"n": 1, "m": 2}) == one
    assert in_number(text, {"n": 0, "m": 2}) == in_number(text, {"n": 11, "m": 2}) == text


def test_command_line_and_refusals_say_one_in_the_singular() -> None:
    words = ("{count} hồ sơ", "{count} dossiers")

    assert [pick(words, lang, count=1) for lang in ("vi", "en")] == ["1 hồ sơ", "1 dossier"]
    assert pick(words, "en", count=2) == "2 dossiers"
    assert say("say-yes", {"count": 1}).startswith("This would touch 1 dossier, ")
    assert say("say-yes", {"count": 2}).startswith("This would touch 2 dossiers, ")
