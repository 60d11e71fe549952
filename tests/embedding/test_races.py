"""Eight processes on one dossier: nothing is lost, one wins, the others are told why by type."""

import json
import subprocess
import sys
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import select

from thidua.workflow.journal import NOTHING_BEFORE

PROCESSES = 8
DOSSIERS = 6


@pytest.fixture(scope="module")
def racers():
    """Processes that wait for a line each."""
    start = [sys.executable, str(Path(__file__).parent / "racer.py")]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "bufsize": 1}
    with ExitStack() as stack:
        made = [stack.enter_context(subprocess.Popen(start, **pipes)) for _ in range(PROCESSES)]
        for each in made:
            assert each.stdout.readline() == "ready\n"
        yield made
        for each in made:
            each.stdin.close()


@pytest.fixture
def race(host, racers):
    """Gives every process its line at once, and their answers in the same order."""
    url = host.engine.url.render_as_string(hide_password=False)

    def run(lines):
        for racer, line in zip(racers, lines, strict=True):
            racer.stdin.write(json.dumps({"url": url, "kind": host.kind, **line}) + "\n")
            racer.stdin.flush()
        return [json.loads(racer.stdout.readline()) for racer in racers]

    return run


def chain(host, dossier):
    """The states that the journal tells, after checking that no link is missing or doubled."""
    event = host.wf.tables.event
    query = select(event).where(event.c.stream == dossier).order_by(event.c.n)
    with host.engine.connect() as db:
        events = db.execute(query).mappings().all()
        row = db.execute(select(host.wf.tables.dossier).filter_by(id=dossier)).mappings().one()
    bodies = [json.loads(each["body"]) for each in events]
    assert [each["n"] for each in events] == list(range(1, row["count"] + 1))
    hashes = [each["hash"] for each in events]
    assert [body["prev"] for body in bodies] == [NOTHING_BEFORE, *hashes[:-1]]
    assert row["head"] == hashes[-1]
    assert bodies[-1]["ends"] == [row["state"], row["version"], row["count"]]
    return bodies, row


@pytest.mark.parametrize("again", [False, True], ids=["once", "retried"])
@pytest.mark.parametrize("expect", [None, 1], ids=["any-version", "expected-version"])
def test_rivals(host, race, again, expect):
    """Half of them accept, half refuse, the same dossier at the same moment."""
    lost = Counter()
    for _ in range(DOSSIERS):
        dossier = host.dossier()
        lines = [
            {"dossier": dossier, "trigger": trigger, "again": again, "expect": expect}
            for trigger in ("accept", "refuse") * (PROCESSES // 2)
        ]

        answers = race(lines)

        won = [each for each in answers if each["came"] == "Done"]
        lost.update(each["came"] for each in answers if each["came"] != "Done")
        bodies, row = chain(host, dossier)
        assert [body["act"] for body in bodies] == ["create", "fire"]
        assert [each["state"] for each in won] == [row["state"]]

    told = {"Stale" if expect else "Refused"}
    assert set(lost) <= (told if again else {*told, "Busy"})
    assert lost.total() == DOSSIERS * (PROCESSES - 1)


def test_no_lost_update(host, race):
    """All of them write the same field, again and again: every write is there, in some order."""
    dossier = host.dossier()
    written = []
    for turn in range(DOSSIERS):
        values = [f"{turn}-{n}" for n in range(PROCESSES)]
        answers = race([{"dossier": dossier, "merit": v, "again": True} for v in values])
        assert [each["came"] for each in answers] == ["Done"] * PROCESSES
        written += [each["version"] for each in answers]

    bodies, row = chain(host, dossier)
    assert sorted(written) == list(range(2, 2 + PROCESSES * DOSSIERS))
    assert [body["act"] for body in bodies] == ["create"] + ["correct"] * PROCESSES * DOSSIERS
    assert row["version"] == 1 + PROCESSES * DOSSIERS
