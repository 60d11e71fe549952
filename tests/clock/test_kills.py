"""kill -9 of the clock and the sender: nothing lost, nothing doubled but copies of one mail."""

import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

KILLER = Path(__file__).with_name("killer.py")
UNITS, DOSSIERS, KILLS = 150, 2, 40


@pytest.fixture
def office(empty: Any) -> Any:
    """Two dossiers about which 150 units are asked: 300 reminders to 150 persons."""
    units = [f"d{n:03}" for n in range(UNITS)]
    since = {"from_on": "2018-01-01"}
    rows = [{"id": u, "name": u, "kind": "unit", "groups": "{}", **since} for u in units]
    empty.put("unit", *rows)
    empty.put("address", *({"owner": u, "mailbox": f"{u}@example.org", **since} for u in units))
    empty.asked(DOSSIERS)
    empty.send()
    return empty


@pytest.mark.slow
def test_forty_kills_lose_no_reminder_and_double_none(
    office: Any, tables_url: str, tmp_path: Path
) -> None:
    folder = tmp_path / "mail"
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, str(KILLER), tables_url, str(folder), str(KILLS), "1"],
        check=False, capture_output=True, text=True, timeout=300,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    reminders = [(n["dossier_id"], n["seat"]) for n in office.notices()]
    assert len(reminders) == len(set(reminders)) == UNITS * DOSSIERS
    assert {n["status"] for n in office.rows("notice")} == {"mailed"}
    assert {m["status"] for m in office.rows("mail")} == {"sent"}
    copies = Counter((folder / "sent.log").read_text().split("\n"))
    del copies[""]
    persons = Counter(line.split()[1] for line in copies)
    assert persons == Counter({f"d{n:03}@example.org": 1 for n in range(UNITS)})
    assert sum(copies.values()) <= UNITS + KILLS
    assert len(list(folder.glob("*.eml"))) == UNITS
