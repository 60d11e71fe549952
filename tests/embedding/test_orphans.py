"""Bytes that no document speaks of are swept; what an act is about to name is not."""

import os
import select
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from thidua import Folder, Thidua, sqlite_engine
from thidua.orphans import HOURLY, Remover, sweep

DAYS_AGO = timedelta(days=2).total_seconds()


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path / "files")


@pytest.fixture
def wf(folder):
    return Thidua(files=folder)


@pytest.fixture
def engine(tmp_path, wf):
    engine = sqlite_engine(f"sqlite:///{tmp_path / 'office.db'}")
    with engine.begin() as db:
        wf.migrate(db)
    yield engine
    engine.dispose()


def aged(path):
    """The file as it would be two days later."""
    at = path.stat().st_mtime - DAYS_AGO
    os.utime(path, (at, at))
    return path


def name(db, wf, sha256):
    """A document whose bytes they are."""
    values = {"owner": "h", "kind": "report", "version": 1, "size": 1, "type": "text/plain"}
    db.execute(insert(wf.tables.document).values(**values, name="x", sha256=sha256))


def test_only_old_bytes_without_a_document_go(folder, wf, engine):
    spoken, orphan, young = (folder.keep(each) for each in (b"spoken", b"orphan", b"young"))
    for each in (spoken, orphan):
        aged(folder.path(each))
    draft = folder.path(orphan).with_name(f"{orphan}.1.1.tmp")
    draft.write_bytes(b"orp")
    aged(draft)
    with engine.begin() as db:
        name(db, wf, spoken)

    seen = sweep(engine, wf.tables, folder, dry=True)
    done = sweep(engine, wf.tables, folder)

    assert seen == done
    assert (done.count, done.size, done.kept) == (2, 9, 1)
    assert [folder.path(each).exists() for each in (spoken, orphan, young)] == [True, False, True]
    assert not draft.exists()
    assert sweep(engine, wf.tables, folder).count == 0


def test_without_a_folder_there_is_nothing_to_sweep(folder, wf, engine):
    assert sweep(engine, wf.tables, folder).count == 0
    assert not folder.root.exists()


@pytest.mark.parametrize("again", ["keep", "has"])
def test_what_is_kept_or_asked_for_again_is_young(folder, wf, engine, again):
    sha256 = folder.keep(b"one")
    aged(folder.path(sha256))

    folder.keep(b"one") if again == "keep" else folder.has(sha256)

    assert sweep(engine, wf.tables, folder).count == 0


def test_reading_does_not_make_it_young(folder, wf, engine):
    sha256 = folder.keep(b"one")
    aged(folder.path(sha256))

    assert folder.read(sha256) == b"one"
    assert sweep(engine, wf.tables, folder).count == 1


@pytest.mark.parametrize("way", ["keep", "has"])
def test_attached_while_it_is_swept(folder, wf, engine, monkeypatch, way):
    """Another process attaches the same bytes between the sweep's last look and its removal."""
    sha256 = folder.keep(b"one")
    aged(folder.path(sha256))
    engine.dispose()
    (near, tell), (told, answer) = os.pipe(), os.pipe()
    pid = os.fork()
    if pid == 0:
        attach(folder, wf, engine, sha256, way, near, answer)
    unlink = Path.unlink

    def late(path):
        os.write(tell, b".")
        select.select([told], [], [], 0.4)  # with the lock there is no answer before it is gone
        unlink(path)

    monkeypatch.setattr(Path, "unlink", late)
    removed = sweep(engine, wf.tables, folder)
    monkeypatch.undo()

    _, status = os.waitpid(pid, 0)
    with engine.connect() as db:
        spoken = [row.sha256 for row in db.execute(wf.tables.document.select())]
    assert (status, removed.count) == (0, 1)
    assert [folder.has(each) for each in spoken] == ([True] if way == "keep" else [])
    for each in (near, tell, told, answer):
        os.close(each)


def attach(folder, wf, engine, sha256, way, near, answer):
    """In a process of its own: what an act does, as soon as the sweep is near."""
    code = 1
    try:
        os.read(near, 1)
        if (folder.keep(b"one") == sha256) if way == "keep" else folder.has(sha256):
            with engine.begin() as db:
                name(db, wf, sha256)
        os.write(answer, b".")
        code = 0
    finally:
        os._exit(code)


def test_the_clock_removes_what_was_erased_some_at_a_time(folder, wf, engine, monkeypatch):
    monkeypatch.setattr("thidua.orphans.SOME", 2)
    texts = [f"erased {n}".encode() for n in range(3)]
    gone, shared, young = ([folder.keep(t) for t in texts], folder.keep(b"shared"),
                           folder.keep(b"young"))  # fmt: skip
    for each in (*gone, shared):
        aged(folder.path(each))
    with engine.begin() as db:
        for version, each in enumerate([*gone, shared, young]):
            erase(db, wf, each, version)
        name(db, wf, shared)
    remover, now = Remover(engine, wf.tables, folder), datetime(2018, 7, 2, tzinfo=UTC)

    first, rest, early = (remover.run(now) for _ in range(3))
    aged(folder.path(young))
    later = [remover.run(now + HOURLY / 2), remover.run(now + HOURLY)]

    assert (first, rest, early, later) == (2, 1, 0, [0, 1])
    assert [folder.path(each).exists() for each in (*gone, shared, young)] == [
        False, False, False, True, False,
    ]  # fmt: skip


def erase(db, wf, sha256, version):
    """A document of a dossier that was redacted."""
    values = {"owner": "e", "kind": "report", "version": version, "size": 1, "type": "text/plain"}
    db.execute(insert(wf.tables.document).values(**values, name="", sha256=sha256))
    body = '{"act":"redact","parts":["documents"]}'
    db.execute(insert(wf.tables.event).values(stream="e", n=version + 1, body=body, hash=sha256))
