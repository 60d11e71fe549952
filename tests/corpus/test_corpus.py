"""What earlier releases wrote is read, verified and replayed to the same states.

A corpus is a folder made by `make.py` with that release's code; one made now stands beside them.
"""

import json
import runpy
import shutil
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from thidua import By, Fire, Thidua, sqlite_engine
from thidua.definitions import load_file, shipped
from thidua.verify import verify
from thidua.workflow.chain import Stored, read
from thidua.workflow.replay import rebuild

HERE = Path(__file__).parent
ACTS = {
    "create", "attach", "assign", "correct", "return", "supplement", "hold", "release", "recall",
    "extend", "answer", "reply", "recuse", "cast", "close_round", "settle", "fire", "withdraw",
    "revoke",
}  # fmt: skip
RELEASES = sorted(path.name for path in HERE.glob("v*"))


@dataclass
class Corpus:
    """A corpus, its database copied and brought to the present schema."""

    folder: Path
    engine: Any
    wf: Thidua

    @property
    def states(self) -> list[dict[str, Any]]:
        """Where each dossier stood when it was made."""
        return json.loads((self.folder / "states.json").read_text(encoding="utf-8"))

    @property
    def journal(self) -> list[dict[str, Any]]:
        """The events as they were written."""
        text = (self.folder / "journal.jsonl").read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines()]


@pytest.fixture(scope="module", params=[*RELEASES, "now"])
def corpus(request, tmp_path_factory):
    """Each release's, and one made by the present code."""
    place = tmp_path_factory.mktemp("corpus")
    folder = HERE / request.param
    if request.param == "now":
        folder = place / "made"
        runpy.run_path(str(HERE / "make.py"))["make"](folder)
    copy = shutil.copy(folder / "thidua.db", place / "copy.db")
    engine, wf = sqlite_engine(f"sqlite:///{copy}"), Thidua()
    with engine.begin() as db:
        wf.migrate(db)
    yield Corpus(folder, engine, wf)
    engine.dispose()


def test_corpus_verifies(corpus):
    with corpus.engine.connect() as db:
        assert verify(db, corpus.wf) == []


def test_database_keeps_the_journals_bytes(corpus):
    e, p = corpus.wf.tables.event, corpus.wf.tables.event_private
    both = e.outerjoin(p, (p.c.stream == e.c.stream) & (p.c.n == e.c.n))
    mine = [column for column in e.c if column.name != "leaf"]  # the clock's, no part of the event
    query = select(*mine, p.c.body.label("private")).select_from(both).order_by(e.c.stream, e.c.n)

    with corpus.engine.connect() as db:
        stored = [dict(row) for row in db.execute(query).mappings()]

    assert stored == corpus.journal


def test_journal_replays_to_the_same_states(corpus):
    streams = defaultdict(list)
    for line in corpus.journal:
        streams[line.pop("stream")].append(Stored(**line))

    told = []
    for row in corpus.states:
        reading = read(row["id"], row["count"], row["head"], streams[row["id"]])
        rebuilt = rebuild(row["id"], reading.facts)
        assert (reading.faults, rebuilt.faults) == ([], [])
        there = rebuilt.dossier
        told.append({"id": there.id, "state": there.state, "version": there.version,
                     "count": there.count, "head": row["head"], "pause": there.pause})  # fmt: skip

    assert told == corpus.states


def test_tables_hold_the_same_states(corpus):
    d = corpus.wf.tables.dossier.c
    query = select(d.id, d.state, d.version, d.count, d.head, d.pause).order_by(d.id)

    with corpus.engine.connect() as db:
        assert [dict(row) for row in db.execute(query).mappings()] == corpus.states


def test_corpus_goes_on(corpus):
    """A dossier that an earlier release left behind takes its next step."""
    with corpus.engine.connect() as db:
        done = corpus.wf.act(
            db, "c-proposed", Fire("accept"), by=By("officer"), now=corpus.wf.clock()
        )
        problems = verify(db, corpus.wf)
        db.rollback()

    assert (done.state, problems) == ("appraisal", [])


def test_present_corpus_stands_at_every_place(tmp_path):
    runpy.run_path(str(HERE / "make.py"))["make"](tmp_path / "made")
    states = json.loads((tmp_path / "made" / "states.json").read_text(encoding="utf-8"))
    bodies = [
        json.loads(json.loads(line)["body"])
        for line in (tmp_path / "made" / "journal.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    certificate = load_file(shipped()["ministers-certificate"])

    assert {each["state"] for each in states} == {*certificate.states, "not_chosen"}
    assert {each["pause"] for each in states} == {None, "return", "hold"}
    assert {body["act"] for body in bodies} >= ACTS
