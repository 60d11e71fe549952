"""What takes long is done before others wait for a command's lock."""

from typing import Any

import pytest
from sqlalchemy.engine import Connection

from thidua.bootstrap import Desk
from thidua.sqlite import READ
from thidua.storage import library

MANY = ("dossiers", "act", "HS-1", "HS-2", "accept", "--yes")
ONE = ("dossiers", "act", "HS-1", "accept")


FILE = ("dossiers", "attach", "HS-1", "report", "paper.txt")


@pytest.mark.parametrize("words", [ONE, MANY, FILE])
def test_procedures_are_read_before_the_lock(
    proposed: Any, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    assert read_while(proposed, monkeypatch, *words) == [True]


@pytest.mark.parametrize("words", [("answer", "opinions", "agree"), ("look", "opinions")])
def test_procedure_of_a_round_is_read_before_the_lock(
    consulted: Any, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    consulted.who = "user:bg"

    assert read_while(consulted, monkeypatch, "rounds", *words) == [True]


@pytest.mark.parametrize(
    "words",
    [
        ("meetings", "add", "Họp Hội đồng", "2018-06-29"),
        ("council", "form", "Hội đồng", "2018-01-01"),
        (
            "dossiers",
            "classify",
            "HS-1",
            "internal",
            "--paper-number",
            "9",
            "--paper-date",
            "2018-06-01",
            "--signer",
            "A",
        ),
        ("submissions", "attach", "tt-1", "submission", "paper.txt"),
    ],
)
def test_whoever_may_change_a_register_is_looked_up_before_the_lock(
    proposed: Any, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    assert read_while(proposed, monkeypatch, *words) == [True]


def read_while(terminal: Any, monkeypatch: pytest.MonkeyPatch, *words: str) -> list[bool]:
    """Of each procedure read by a command of a process of its own, whether it was without lock."""
    read, whole = [], library.text_of

    def text_of(db: Connection, *key: Any) -> str:
        read.append(bool(db.get_execution_options().get(READ)))
        return whole(db, *key)

    terminal.desk = Desk()
    monkeypatch.setattr(library, "text_of", text_of)
    terminal.ok(*words)
    terminal.desk.close()
    return read
