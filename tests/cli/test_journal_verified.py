"""The journal verified at the command line."""

import multiprocessing
import sqlite3
from contextlib import closing
from functools import partial

import pytest

from thidua.bootstrap import reading
from thidua.settings import from_environment
from thidua.verify import verify
from thidua.verify_crew import crew
from thidua.workflow.errors import Failed


def tamper(terminal, statement):
    """Change a row behind the engine's back."""
    with closing(sqlite3.connect(terminal.folder / "thidua.db")) as db:
        db.execute(statement)
        db.commit()


@pytest.mark.parametrize(
    ("lang", "said"),
    [("vi", "5 chuỗi, {n} mục nhật ký: khớp."), ("en", "5 streams, {n} events: in order.")],
)
def test_verify_counts_what_is_in_order(proposed, lang, said):
    events = proposed.json("journal", "verify")["events"]

    told = proposed.ok("journal", "verify", "--lang", lang)

    assert told.out == said.format(n=events) + "\n"


def test_the_journal_by_itself(proposed):
    tamper(proposed, "UPDATE td_event_private SET body = replace(body, '1', '2')")

    told = proposed.run("journal", "verify", "--bytes", "--json")

    assert told.code == 1
    assert {each["code"] for each in told.json["problems"]} == {"private-differs"}
    assert told.json["not_looked_at"] == ["replay", "tables", "files"]


@pytest.mark.parametrize(
    ("lang", "said"),
    [("vi", "chưa so với các bảng"), ("en", "nothing was replayed, no table compared")],
)
def test_the_journal_by_itself_says_what_it_left_out(proposed, lang, said):
    """A row that the journal does not tell of is none of its bytes."""
    tamper(proposed, "UPDATE td_dossier SET state = 'decided' WHERE id = 'HS-2'")

    told = proposed.ok("journal", "verify", "--bytes", "--lang", lang)

    assert said in told.out
    assert proposed.run("journal", "verify", "--lang", lang).code == 1


def test_verify_of_one_dossier(proposed):
    told = proposed.json("journal", "verify", "--dossier", "HS-1")

    assert (told["streams"], told["problems"]) == (1, [])
    assert told["events"] == len(proposed.json("dossiers", "history", "HS-1")["events"])


def test_verify_names_what_was_changed(proposed):
    tamper(proposed, "UPDATE td_dossier SET state = 'decided' WHERE id = 'HS-2'")

    told = proposed.run("journal", "verify", "--json")

    assert told.code == 1
    assert {each["stream"] for each in told.json["problems"]} == {"HS-2"}


def test_an_unreadable_hash_is_told_of_stream_and_tree(proposed):
    proposed.ok("journal", "checkpoint")
    tamper(proposed, "DROP TRIGGER td_event_kept")
    tamper(proposed, "UPDATE td_event SET hash = CAST(X'FFFE' AS TEXT) WHERE stream = 'HS-2'")
    tamper(proposed, "UPDATE td_dossier SET state = 'decided' WHERE id = 'HS-1'")

    told = proposed.run("journal", "verify", "--json")

    assert told.code == 1
    assert {(each["stream"], each["code"]) for each in told.json["problems"]} == {
        ("HS-1", "row-differs"), ("HS-2", "stream-unreadable"), ("tree", "tree-unreadable"),
    }  # fmt: skip


def test_verify_tells_people_on_stderr(proposed):
    tamper(proposed, "DROP TRIGGER td_event_there")
    tamper(proposed, "DELETE FROM td_event WHERE stream = 'HS-2' AND n = 2")

    told = proposed.run("journal", "verify", "--lang", "en")

    assert told.code == 1
    assert told.reasons
    assert "do not agree" in told.out


def test_verify_of_an_unknown_dossier(proposed):
    told = proposed.run("journal", "verify", "--dossier", "HS-9")

    assert (told.code, told.reasons) == (4, ["unknown-dossier"])


def test_processes_find_what_one_finds(proposed):
    tamper(proposed, "UPDATE td_dossier SET state = 'decided' WHERE id = 'HS-2'")
    alone = proposed.run("journal", "verify", "--json", "--workers", "1")

    told = proposed.run("journal", "verify", "--json", "--workers", "2")

    assert (told.code, told.json) == (1, alone.json)


def test_a_process_that_dies_is_no_verdict(proposed):
    def killing(shares, here):
        found = together(shares, here)
        for child in multiprocessing.active_children():
            child.kill()
        return found

    settings = from_environment(proposed.environment())
    engine, wf = reading(settings)
    with (
        crew(partial(reading, settings), 2, dialect="sqlite") as together,
        engine.connect() as db,
        pytest.raises(Failed) as told,
    ):
        verify(db, wf, crew=killing)
    engine.dispose()

    assert told.value.reasons[0].code == "verify-interrupted"
