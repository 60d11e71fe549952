"""What naming `thidua.Thidua` costs a host: no heavy library, nothing opened."""

import json
import subprocess
import sys

import pytest

HEAVY = {
    "alembic", "apscheduler", "click", "cryptography", "docx", "flask", "holidays", "icalendar",
    "jinja2", "matplotlib", "numpy",
    "procrastinate", "psycopg", "pydantic", "rule_engine", "ruamel", "smtplib", "starlette", "yaml",
}  # fmt: skip

WATCHED = """
import json, os, sys
seen = []
def watch(event, args):
    if event == "open" and args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        seen.append(f"open {args[0]}")
    if event.split(".")[0] in ("socket", "sqlite3", "subprocess", "shutil", "smtplib", "urllib"):
        seen.append(event)
sys.addaudithook(watch)
import threading
import thidua
thidua.Thidua
print(json.dumps([sorted({name.split(".")[0] for name in sys.modules}), seen,
                  threading.active_count()]))
"""


@pytest.fixture(scope="module")
def imported():
    """Top-level modules loaded, things opened, threads alive after `thidua.Thidua` was named."""
    told = subprocess.run(
        [sys.executable, "-B", "-W", "error", "-c", WATCHED],
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(told.stdout)


def test_import_loads_no_heavy_library(imported):
    assert HEAVY.intersection(imported[0]) == set()


def test_import_opens_nothing(imported):
    assert imported[1] == []


def test_import_starts_no_thread(imported):
    assert imported[2] == 1


def test_help_loads_no_database_library():
    told = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "thidua", "--help"],
        check=True,
        capture_output=True,
        text=True,
    )
    loaded = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in told.stderr.splitlines()}

    assert "thidua" in loaded
    assert loaded.isdisjoint({"sqlalchemy", "alembic", "pydantic", "ruamel", "jinja2", "holidays"})
