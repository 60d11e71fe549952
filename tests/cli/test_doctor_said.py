"""The installation looked over at the command line."""

import sqlite3
from contextlib import closing

import pytest


def found(terminal, **more):
    """The codes of what was found, with their levels."""
    told = terminal.run("doctor", "--json", **more)
    return told.code, {each["code"]: each["level"] for each in told.json["findings"]}


def test_doctor_finds_nothing_broken(proposed):
    code, findings = found(proposed)

    assert code == 0
    assert "stop" not in findings.values()


def test_doctor_without_a_database_says_what_to_do(terminal):
    told = terminal.run("doctor", "--lang", "en")

    assert told.code == 1
    assert "BROKEN" in told.out
    assert "[unknown-database]" in told.out
    assert not (terminal.folder / "thidua.db").exists()


def test_doctor_without_tables_says_what_to_do(terminal):
    sqlite3.connect(terminal.folder / "thidua.db").close()
    (terminal.folder / "thidua.db").touch()

    code, findings = found(terminal)

    assert (code, findings["schema-missing"]) == (1, "stop")


def test_doctor_notes_an_account_that_nobody_has(proposed):
    proposed.who = None

    code, findings = found(proposed)

    assert (code, findings["operator-unknown"]) == (0, "note")


def test_doctor_looks_at_the_pretended_present(consulted):
    consulted.ok("run", "--once")
    consulted.now = "2018-06-14T09:00"

    _, findings = found(consulted)

    assert findings["clock-stands"] == "warn"


@pytest.mark.parametrize(("lang", "said"), [("vi", "HỎNG"), ("en", "BROKEN")])
def test_doctor_puts_what_is_broken_first(proposed, lang, said):
    with closing(sqlite3.connect(proposed.folder / "thidua.db")) as db:
        db.execute("UPDATE td_procedure SET text = 'x'")
        db.commit()
    proposed.desk.close()

    told = proposed.run("doctor", "--lang", lang)

    assert told.code == 1
    assert told.out.splitlines()[2].startswith(said)


def test_doctor_changes_nothing(consulted):
    before = consulted.digest()

    found(consulted)

    assert consulted.digest() == before
