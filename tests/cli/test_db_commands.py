"""Making the tables, looking at them, printing their SQL; the story on both databases."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from thidua import Folder


def test_second_init_finds_nothing_to_do(terminal: Any) -> None:
    first = terminal.json("db", "init")
    before = terminal.digest()
    second = terminal.json("db", "init")

    assert (first["state"], second["state"]) == ("missing", "present")
    assert terminal.digest() == before
    assert terminal.json("db", "upgrade")["pending"] == []


def test_sql_makes_the_same_tables(terminal: Any) -> None:
    terminal.ok("db", "init")
    script = terminal.json("db", "sql", "--dialect", "sqlite")["sql"]

    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(script)
        made = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type='table'")}
    with closing(sqlite3.connect(terminal.folder / "thidua.db")) as db:
        there = {
            name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type='table'")
        }

    assert made == there
    assert "CREATE TABLE" in terminal.ok("db", "sql", "--dialect", "postgresql").out


def test_prefix_is_another_installation(terminal: Any) -> None:
    terminal.ok("db", "init")
    terminal.ok("db", "init", "--prefix", "other_")

    told = terminal.run("inbox", "--prefix", "third_")

    assert (told.code, told.reasons) == (2, ["schema-missing"])
    assert terminal.ok("dossiers", "list", "--prefix", "other_").out.startswith("0 hồ sơ")


@pytest.mark.postgres
def test_story_is_the_same_on_postgresql(terminal: Any, pg_database: str) -> None:
    terminal.database = pg_database

    terminal.settle_in()
    terminal.propose()
    terminal.consult()
    refused = terminal.run("dossiers", "act", "HS-1", "convene")
    terminal.convene()
    paper = ("--paper-number", "7", "--paper-date", "02/07/2018", "--signer", "Phạm Kiểm")
    terminal.now = "2018-07-02T09:00"
    terminal.ok("votes", "count", "vote", "counts.csv", *paper, as_="user:kiem")

    assert (refused.code, refused.reasons) == (1, ["round-still-open"])
    assert terminal.states() == {"HS-1": "submitted", "HS-2": "not_chosen", "HS-3": "submitted"}
    assert terminal.run("dossiers", "show", "none").code == 4
    assert "Đã trình Bộ trưởng" in terminal.ok("dossiers", "history", "HS-1").out
    assert terminal.json("rounds", "status", "opinions")["totals"]["in_time"] == 2
    assert terminal.json("late")["tasks"] == []
    assert _found_by_two(terminal) == set()
    _run(pg_database, "UPDATE td_dossier SET count = count + 1 WHERE id = 'HS-2'")
    assert _found_by_two(terminal) == {("HS-2", "stream-count")}


def _found_by_two(terminal: Any) -> set[tuple[str, str]]:
    """By a process of its own: where no other thread runs, its helper is a copy of it."""
    told = subprocess.run(
        [sys.executable, "-m", "thidua", "journal", "verify", "--workers", "2", "--json"],
        env={**os.environ, **terminal.environment()}, check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert not told.stderr
    return {(each["stream"], each["code"]) for each in json.loads(told.stdout)["problems"]}


def _run(url: str, statement: str) -> None:
    engine = create_engine(url)
    with engine.begin() as db:
        db.execute(text(statement))
    engine.dispose()


def test_longer_list_takes_no_more_queries(proposed: Any) -> None:
    proposed.ok("dossiers", "list")
    few = _statements(proposed, "dossiers", "list")
    rows = "".join(
        f"X-{n},individual,Nguyễn Văn A{n},stp-an-giang,C01,BK,2013-01-01/2018-05-31\n"
        for n in range(40)
    )
    head = "id,kind,name,unit,cluster,prior_awards,merit_period\n"
    proposed.write("d.csv", head + rows)
    proposed.ok("dossiers", "import", "d.csv", "--procedure", "exemplar-selection")

    assert _statements(proposed, "dossiers", "list") == few


@pytest.mark.parametrize(
    "words",
    [
        ("inbox",), ("late",), ("dossiers", "list", "--count"), ("rounds", "list"),
        ("rounds", "status", "vote"), ("votes", "show", "vote"), ("submissions", "list"),
        ("submissions", "show", "tt-1"), ("dossiers", "show", "HS-1"),
        ("dossiers", "history", "HS-1"), ("units", "list"), ("people", "list"), ("roles", "list"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_list_takes_few_queries(council: Any, words: tuple[str, ...]) -> None:
    council.run(*words)

    assert _statements(council, *words) <= 25


def _statements(terminal: Any, *words: str) -> int:
    from sqlalchemy import event

    from thidua.settings import from_environment

    engine = terminal.desk.ready(from_environment(terminal.environment())).engine
    seen: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    terminal.ok(*words)
    event.remove(engine, "before_cursor_execute", note)
    return len(seen)


def test_orphans_are_shown_and_removed(terminal: Any) -> None:
    terminal.ok("db", "init")
    assert terminal.json("db", "sweep-files")["orphans"] == 0
    folder = Folder(terminal.folder / "thidua-files")
    orphan = folder.path(folder.keep(b"nobody's"))
    os.utime(orphan, (0, 0))

    shown = terminal.ok("db", "sweep-files", "--dry-run")
    asked = terminal.run("db", "sweep-files")

    assert f"{folder.root} có 1 tệp (1 kB, cũ nhất từ 01/01/1970" in shown.out
    assert asked.reasons == ["sweep-yes"]
    assert orphan.exists()
    assert "Đã xóa 1 tệp." in terminal.ok("db", "sweep-files", "--yes").out
    assert not orphan.exists()
