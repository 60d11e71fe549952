"""A SQLite file that is only looked at: as it was afterwards, and open where nothing is written."""

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from thidua import Misuse, Thidua
from thidua.doctor.host import database
from thidua.doctor.place import place
from thidua.reader import reading_engine

NOBODY = 65534


@pytest.fixture
def folder():
    """One that another account may reach."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@contextmanager
def only_reading(folder):
    """Without the right to change anything in the folder; root gives its own up."""
    for each in folder.iterdir():
        each.chmod(0o444)
    folder.chmod(0o555)
    if os.geteuid() == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(os.getuid())
        folder.chmod(0o755)


def made(folder, mode, *, cut_off=False):
    """A file of one table with two rows, the second where a writer died: beside the file."""
    file = folder / "thidua.db"
    with closing(sqlite3.connect(folder / "first.db")) as db:
        db.execute(f"PRAGMA journal_mode = {mode}")
        db.execute("CREATE TABLE mark (n INTEGER)")
        db.execute("INSERT INTO mark VALUES (1)")
        db.commit()
        db.execute("INSERT INTO mark VALUES (2)")
        if mode == "WAL" or not cut_off:
            db.commit()
        for end in ("", "-wal", "-journal") if cut_off else ():
            with suppress(FileNotFoundError):
                shutil.copy(f"{folder / 'first.db'}{end}", f"{file}{end}")
    if not cut_off:
        shutil.copy(folder / "first.db", file)
    (folder / "first.db").unlink()
    return file


def rows(file):
    engine = reading_engine(f"sqlite:///{file}")
    try:
        with engine.begin() as db:
            return list(db.execute(text("SELECT n FROM mark ORDER BY n")).scalars())
    finally:
        engine.dispose()


def held(folder):
    return {each.name: each.read_bytes() for each in sorted(folder.iterdir())}


@pytest.mark.parametrize("mode", ["DELETE", "WAL"])
def test_looking_changes_nothing(folder, mode):
    file = made(folder, mode)
    before = held(folder)

    assert rows(file) == [1, 2]
    assert held(folder) == before

    with only_reading(folder):
        assert rows(file) == [1, 2]
    assert held(folder) == before


def test_log_beside_the_file_is_read_and_not_merged(folder):
    file = made(folder, "WAL", cut_off=True)
    before = held(folder)

    assert rows(file) == [1, 2]

    after = held(folder)
    assert before == {name: after[name] for name in before}


@pytest.mark.parametrize(("mode", "beside"), [("WAL", "-wal"), ("DELETE", "-journal")])
def test_what_is_beside_the_file_is_not_left_out_in_silence(folder, mode, beside):
    file = made(folder, mode, cut_off=True)

    with only_reading(folder), pytest.raises(Misuse) as caught:
        rows(file)

    assert caught.value.reasons[0].code == "sqlite-unmerged"
    assert caught.value.fields["beside"] == f"thidua.db{beside}"


def test_doctor_says_that_nothing_can_be_stored(folder):
    engine = reading_engine(f"sqlite:///{made(folder, 'WAL')}")

    with only_reading(folder), engine.begin() as db:
        found = [each.code for each in [*place(db, Thidua()), *database(db)]]
    engine.dispose()

    assert "database-read-only" in found
    assert "sqlite-loses-the-last" not in found


def test_nothing_is_written(folder):
    engine = reading_engine(f"sqlite:///{made(folder, 'WAL')}")

    with pytest.raises(OperationalError), engine.begin() as db:
        db.execute(text("INSERT INTO mark VALUES (3)"))

    engine.dispose()


def test_reader_keeps_up_with_a_writer(folder):
    file = made(folder, "WAL")
    engine = reading_engine(f"sqlite:///{file}")

    with closing(sqlite3.connect(file)) as writer:
        for n in (3, 4):
            writer.execute("INSERT INTO mark VALUES (?)", (n,))
            writer.commit()
            with engine.begin() as db:
                assert db.execute(text("SELECT max(n) FROM mark")).scalar() == n
    engine.dispose()
