"""Commands that only look leave the file as it is: of another schema, or a copy to be inspected."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

CORPUS = Path(__file__).parents[1] / "corpus" / "v0.1.0" / "thidua.db"
LOOKING = (("db", "status"), ("doctor",), ("journal", "verify"), ("journal", "signatures"),
           ("inbox",), ("dossiers", "list"), ("late",))  # fmt: skip


@pytest.fixture
def old(terminal):
    """The database of an earlier release, not in WAL mode."""
    shutil.copy(CORPUS, terminal.folder / "thidua.db")
    return terminal


def held(folder):
    return {each.name: each.read_bytes() for each in folder.glob("thidua.db*")}


def test_file_of_an_earlier_release_stays_as_it_is(old):
    before = held(old.folder)

    told = {words: old.run(*words, THIDUA_KEYS="") for words in LOOKING}
    writing = old.run("dossiers", "hold", "x", "--note", "x")

    assert held(old.folder) == before
    assert told[("db", "status")].code == 0
    assert told[("journal", "verify")].reasons == ["schema-old"]
    assert writing.reasons == ["schema-old"]
    old.ok("db", "backup", "--without-files", str(old.folder / "before.zip"))
    assert held(old.folder) == before


def test_copy_with_its_log_is_inspected_and_stays_as_it_is(proposed):
    file = proposed.folder / "thidua.db"
    there = proposed.folder / "copy"
    there.mkdir()
    with closing(sqlite3.connect(file)) as db:
        db.execute("PRAGMA wal_autocheckpoint = 0")
        db.execute("UPDATE td_lease SET beat_at = beat_at")
        db.execute("CREATE TABLE other (n)")
        db.commit()
        for end in ("", "-wal"):
            shutil.copy(f"{file}{end}", f"{there / 'thidua.db'}{end}")
    before = held(there)
    proposed.database = f"sqlite:///{there / 'thidua.db'}"

    assert before["thidua.db-wal"]
    assert proposed.ok("journal", "verify").out.endswith("khớp.\n")
    proposed.ok("journal", "export", str(proposed.folder / "all.jsonl"))
    proposed.ok("dossiers", "list")

    assert before == {name: held(there)[name] for name in before}
