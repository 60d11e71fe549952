"""The host of the examples: runs as its page says, and its rollbacks leave nothing."""

import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from thidua import Refused

HOST = Path(__file__).parents[2] / "examples/host"


@pytest.fixture
def portal(monkeypatch: pytest.MonkeyPatch, database_url: str) -> Any:
    """The example's `Portal`, installed on an empty database."""
    monkeypatch.syspath_prepend(str(HOST))
    for name in ("tables", "staff"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    made = runpy.run_path(str(HOST / "portal.py"))["Portal"](database_url)
    made.install()
    yield made
    made.engine.dispose()


def rows(url: str, dossier: str) -> list[tuple[Any, ...]]:
    """Everything the engine and the observer keep of a dossier, and the fund."""
    engine = create_engine(url)
    with engine.connect() as db:
        found = [
            tuple(row)
            for query in (
                "SELECT version, count, head, fields, state FROM praise_dossier WHERE id = :d",
                "SELECT n, hash FROM praise_event WHERE stream = :d ORDER BY n",
                "SELECT acts FROM trace WHERE dossier = :d ORDER BY id",
                "SELECT budget.left FROM budget WHERE :d = :d",
            )
            for row in db.execute(text(query), {"d": dossier})
        ]
    engine.dispose()
    return found


def test_host_script_prints_the_whole_life():
    done = subprocess.run(
        [sys.executable, HOST / "portal.py"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"PYTHONUTF8": "1", "PYTHONWARNINGS": "error"},
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    words = [line.split()[0] for line in done.stdout.splitlines()]
    assert words == [
        "proposed",
        "refused",
        "undone",
        "director",
        "granted",
        "observed",
        "left",
        "posted",
    ]
    assert "nothing stayed: True" in done.stdout
    assert "400,000" in done.stdout
    told = {line.split()[0]: line.split(maxsplit=1)[1] for line in done.stdout.splitlines()}
    assert told["posted"].replace("; ", ", ") == told["observed"].replace("; ", ", ")


def test_host_grant_without_money_is_refused(portal: Any, database_url: str):
    dossier = portal.propose(user=2, bonus=600_000)
    portal.agree(dossier)
    before = rows(database_url, dossier)

    with pytest.raises(Refused) as caught:
        portal.grant(dossier)

    assert [each.code for each in caught.value.reasons] == ["host-condition-unmet"]
    assert rows(database_url, dossier) == before


def test_host_rollback_leaves_nothing(portal: Any, database_url: str):
    dossier = portal.propose(user=2, bonus=600_000)
    before = rows(database_url, dossier)

    with pytest.raises(ValueError, match="lacks"):
        portal.reserve(dossier, 2_000_000)

    assert rows(database_url, dossier) == before


def test_host_commit_keeps_the_act_and_the_hosts_rows(portal: Any, database_url: str):
    dossier = portal.propose(user=2, bonus=600_000)
    portal.agree(dossier)

    portal.reserve(dossier, 600_000)
    state = portal.grant(dossier)

    assert state == "granted"
    kept = rows(database_url, dossier)
    assert kept[-1] == (400_000,)
    assert ("fire",) in kept
