"""What earlier releases wrote is read, verified and replayed to the same states.

A corpus is a folder made by `make.py` with that release's code; one made now stands beside them.
"""

import json
import shutil
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests.corpus.make import make
from thidua import By, Fire, Hold, Thidua, sqlite_engine
from thidua.definitions import load_file, shipped
from thidua.restore import restore
from thidua.verify import verify
from thidua.workflow import register, replay
from thidua.workflow.chain import Stored, read
from thidua.workflow.replay import rebuild

HERE = Path(__file__).parent
ACTS = {
    "create", "attach", "assign", "correct", "return", "supplement", "hold", "release", "recall",
    "extend", "answer", "reply", "recuse", "cast", "close_round", "settle", "fire", "withdraw",
    "revoke",
}  # fmt: skip
RELEASES = sorted(path.name for path in HERE.glob("v*"))


PARTS = {"season": ("thidua.db", "journal.jsonl", "states.json"),
         "acts": ("acts.db", "acts.jsonl", "acts.json")}  # fmt: skip
"""Where a corpus has its databases; 0.1.0 had the season alone."""

KEPT = [
    (name, part) for name in RELEASES for part in PARTS if (HERE / name / PARTS[part][0]).is_file()
]


@dataclass
class Corpus:
    """A corpus, its database copied and brought to the present schema."""

    folder: Path
    part: str
    engine: Any
    wf: Thidua

    @property
    def states(self) -> list[dict[str, Any]]:
        """Where each dossier stood when it was made."""
        return json.loads((self.folder / PARTS[self.part][2]).read_text(encoding="utf-8"))

    @property
    def journal(self) -> list[dict[str, Any]]:
        """The events as they were written."""
        text = (self.folder / PARTS[self.part][1]).read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines()]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """What the present code makes."""
    folder = tmp_path_factory.mktemp("corpus") / "made"
    make(folder)
    return folder


@pytest.fixture(scope="module", params=[*KEPT, *(("now", part) for part in PARTS)], ids="-".join)
def corpus(request, tmp_path_factory):
    """Each release's databases, and those made by the present code."""
    name, part = request.param
    folder = request.getfixturevalue("made") if name == "now" else HERE / name
    copy = shutil.copy(folder / PARTS[part][0], tmp_path_factory.mktemp("copy") / "copy.db")
    engine, wf = sqlite_engine(f"sqlite:///{copy}"), Thidua()
    with engine.begin() as db:
        wf.migrate(db)
    yield Corpus(folder, part, engine, wf)
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
    dossier, command, state = {
        "season": ("c-proposed", Fire("accept"), "appraisal"),
        "acts": ("Correct", Hold(note="Có đơn"), "appraisal"),
    }[corpus.part]
    with corpus.engine.connect() as db:
        done = corpus.wf.act(db, dossier, command, by=By("officer"), now=corpus.wf.clock())
        problems = verify(db, corpus.wf)
        db.rollback()

    assert (done.state, problems) == (state, [])


BACKED_UP = [name for name in RELEASES if (HERE / name / "backup.zip").is_file()]


@pytest.mark.parametrize("release", [*BACKED_UP, "now"])
def test_backup_of_a_release_is_restored(release, made, tmp_path):
    folder = made if release == "now" else HERE / release
    engine, wf = sqlite_engine(f"sqlite:///{tmp_path / 'restored.db'}"), Thidua()
    back = restore(engine, wf, folder / "backup.zip")
    d = wf.tables.dossier.c
    with engine.connect() as db:
        states = [dict(row) for row in db.execute(select(d.id, d.state).order_by(d.id)).mappings()]
    engine.dispose()
    told = json.loads((folder / "states.json").read_text(encoding="utf-8"))

    assert back.problems == ()
    assert states == [{"id": each["id"], "state": each["state"]} for each in told]


def _acts(journal):
    lines = journal.read_text(encoding="utf-8").splitlines()
    return {json.loads(json.loads(line)["body"])["act"] for line in lines}


def test_present_corpus_stands_at_every_place(made):
    states = json.loads((made / "states.json").read_text(encoding="utf-8"))
    certificate = load_file(shipped()["ministers-certificate"])

    assert {each["state"] for each in states} == {*certificate.states, "not_chosen"}
    assert {each["pause"] for each in states} == {None, "return", "hold"}
    assert _acts(made / "journal.jsonl") >= ACTS


def test_present_corpus_has_every_act(made):
    """What a replay knows and no corpus has would be read by nobody when it changes."""
    acts = _acts(made / "journal.jsonl") | _acts(made / "acts.jsonl")

    assert {*replay._ACTS, *register._ACTS} <= acts
