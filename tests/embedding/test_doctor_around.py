"""What the doctor finds around the database: files, folders, clocks, people, the tree, Python."""

import json
import os
import stat
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, update

from thidua import Thidua, sqlite_engine
from thidua.cli.call import Call
from thidua.cli.doctor import _command_line
from thidua.doctor import examine, place, python
from thidua.files import Folder
from thidua.ids import utc_now
from thidua.storage.rows import instant
from thidua.storage.sweep import LEASE

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
MACHINES = {"sqlite-old", "python-mail-headers"}


@pytest.fixture
def wf(tmp_path):
    folder = Folder(tmp_path / "files")
    return Thidua(clock=lambda: NOW, files=folder, conditions={"has_budget": lambda view: True})


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return tmp_path_factory.mktemp("around") / "sound.db"


@pytest.fixture(scope="module")
def engine(file, equip, reachable, toy):
    engine, wf = sqlite_engine(f"sqlite:///{file}"), Thidua()
    with engine.begin() as db:
        equip(db, wf, toy)
        reachable(db, wf)
    yield engine
    engine.dispose()


def found(db, wf):
    """What was found, by code; every text is there in both languages."""
    findings = [each for each in examine(db, wf) if each.code not in MACHINES]
    for each in findings:
        assert each.text("vi") not in (each.code, each.text("en"))
        assert "{" not in each.text("vi") + each.text("en")
    return {each.code: each for each in findings}


def test_nothing(db, wf):
    assert found(db, wf) == {}


@pytest.fixture
def public():
    """A folder that every account of this machine can enter."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        if not all(up.stat().st_mode & stat.S_IXOTH for up in folder.parents):
            pytest.skip("the folder for temporary files is nobody else's here")
        folder.chmod(0o755)
        yield folder


@pytest.mark.skipif(os.name != "posix", reason="other systems keep rights in other ways")
@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        (0o600, []),
        (0o660, []),
        (0o604, [("files-readable", "warn")]),
        (0o602, [("files-writable", "stop")]),
    ],
)
def test_rights(public, mode, expected):
    file = public / "thidua.db"
    file.touch()
    file.chmod(mode)

    assert [(each.code, each.level) for each in place.rights([file])] == expected


def test_rights_below_a_closed_folder(public):
    file = public / "thidua.db"
    file.touch()
    file.chmod(0o666)
    public.chmod(0o750)

    assert [*place.rights([file, public / "none"])] == []


def test_rights_of_all_files(db, wf, monkeypatch):
    """The database, what SQLite keeps beside it, and the folder of documents are looked at."""
    wf.files.keep(b"x")
    monkeypatch.setattr(place, "_reached", lambda path: True)
    looked = place.sqlite_files(db)
    for path in (*looked, wf.files.root):
        path.chmod(0o755)

    said = found(db, wf)["files-readable"].fields["files"]

    assert said.split(", ") == [*map(str, looked), str(wf.files.root)]
    assert len(looked) >= 2


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("ext4", set()), ("cifs", {"sqlite-network"}), ("nfs4", {"sqlite-network"})],
)
def test_share(db, wf, file, tmp_path, monkeypatch, kind, expected):
    mounts = tmp_path / "mounts"
    mounts.write_text(
        f"proc /proc proc rw 0 0\ndisk / ext4 rw 0 0\nx {file.parent} {kind} rw 0 0\n"
    )
    monkeypatch.setattr(place, "MOUNTS", mounts)

    assert {*found(db, wf)} == expected


@pytest.mark.parametrize(("minutes", "expected"), [(0.5, set()), (3, {"clock-behind-file"})])
def test_file_of_tomorrow(db, wf, file, minutes, expected):
    wf.clock = utc_now
    at = (utc_now() + timedelta(minutes=minutes)).timestamp()
    os.utime(file, (at, at))

    assert {*found(db, wf)} & {"clock-behind-file"} == expected


def nominate(db, wf, now, nomination, clerk):
    wf.create(db, nomination, by=clerk, now=now)


@pytest.mark.parametrize(("minutes", "expected"), [(0.5, set()), (3, {"clock-behind-journal"})])
def test_journal_of_tomorrow(db, wf, nomination, clerk, minutes, expected):
    nominate(db, wf, NOW + timedelta(minutes=minutes), nomination, clerk)

    assert {*found(db, wf)} == expected


@pytest.mark.parametrize(
    ("seconds", "beats", "expected"),
    [
        (59, True, set()),
        (61, True, {"events-unsequenced"}),
        (61, False, set()),
    ],
)
def test_unsequenced(db, wf, nomination, clerk, seconds, beats, expected):
    nominate(db, wf, NOW - timedelta(seconds=seconds), nomination, clerk)
    if beats:
        blank = {"name": LEASE, "owner": "", "until_at": "", "beat_at": instant(NOW)}
        db.execute(insert(wf.tables.lease).values(blank))

    assert {*found(db, wf)} & {"events-unsequenced"} == expected


def test_role_in_a_replaced_unit(db, wf):
    unit = wf.tables.unit
    merged = update(unit).where(unit.c.id == "d0")
    db.execute(merged.values(to_on=date(2025, 6, 30).isoformat(), successor="d1"))

    said = found(db, wf)["roles-replaced"]

    assert (said.level, said.fields["count"], said.fields["after"]) == ("warn", 1, "Sở B")


@pytest.mark.parametrize(("owner", "count"), [("clerk", 1), ("d1", 1), (None, 3)])
def test_people_without_address(db, wf, owner, count):
    address = wf.tables.address
    gone = address.delete() if owner is None else address.delete().where(address.c.owner == owner)
    db.execute(gone)

    said = found(db, wf)["people-unreachable"]

    assert (said.level, said.fields["count"]) == ("note", count)


def test_address_of_a_post(db, wf):
    address = wf.tables.address
    db.execute(update(address).where(address.c.owner == "d1").values(owner="unit@d1"))

    assert found(db, wf) == {}


def test_people_of_a_host(db, wf):
    db.execute(wf.tables.address.delete())
    wf.people = object()

    assert "people-unreachable" not in found(db, wf)


def document(wf, sha256):
    values = {"owner": "h", "kind": "report", "version": 1, "size": 1, "type": "text/plain"}
    return insert(wf.tables.document).values(**values, name="x", sha256=sha256)


def test_missing_document(db, wf):
    db.execute(document(wf, "ab" * 32))

    said = found(db, wf)["documents-missing"]

    assert (said.level, said.fields) == ("stop", {"count": 1, "first": "ab" * 32})


@pytest.mark.parametrize(
    ("hours", "named", "expected"),
    [(25, False, {"documents-orphaned"}), (23, False, set()), (25, True, set())],
)
def test_orphan(db, wf, hours, named, expected):
    sha256 = wf.files.keep(b"content")
    at = (utc_now() - timedelta(hours=hours)).timestamp()
    os.utime(wf.files.path(sha256), (at, at))
    if named:
        db.execute(document(wf, sha256))

    assert {*found(db, wf)} == expected


def test_mapped_file(db, wf):
    db.exec_driver_sql("PRAGMA mmap_size = 1000000")

    assert {*found(db, wf)} == {"sqlite-mapped"}
    db.exec_driver_sql("PRAGMA mmap_size = 0")


def test_engine_that_skips_rollbacks(engine, db, wf, monkeypatch):
    monkeypatch.setattr(engine.dialect, "skip_autocommit_rollback", True)

    said = found(db, wf)["skips-rollback"]

    assert said.level == "stop"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (None, []),
        ("sqlite:///thidua.db", []),
        ("postgresql://office@host/db", []),
        ("postgresql://office:secret@host/db", ["password-shown"]),
    ],
)
def test_password_among_the_words(address, expected):
    call = Call({})
    call.given["database"] = address

    findings = [*_command_line(call)]

    assert [each.code for each in findings] == expected
    assert "secret" not in json.dumps([each.text("en") for each in findings])


def test_python_flaws(monkeypatch):
    monkeypatch.setattr(python, "_decodes_line_ends", lambda: True)
    monkeypatch.setattr(python, "_writes_line_ends", lambda: True)

    assert [each.fields["cve"] for each in python.python()] == ["CVE-2024-6923", "CVE-2026-1299"]


def test_python_flaws_are_tried():
    """The letter of the test is really written: a header that is there is seen."""
    message = python.EmailMessage()
    message["X-Planted"] = "y"
    message["Subject"] = "x"

    assert not python._planted(message)
    message = python.EmailMessage()
    message["Subject"] = "x"
    message["X-Planted"] = "y"
    assert python._planted(message)


@pytest.mark.parametrize("since", [-8192, 4096, 0], ids=["end", "schema", "all"])
def test_a_damaged_file_is_told_and_nothing_else_is_asked_of_it(tmp_path, since):
    file, wf = tmp_path / "t.db", Thidua()
    engine = sqlite_engine(f"sqlite:///{file}")
    with engine.begin() as db:
        wf.migrate(db)
        db.exec_driver_sql("CREATE TABLE full AS SELECT hex(randomblob(99000)) AS x")
    engine.dispose()
    pages = bytearray(file.read_bytes())
    pages[since:] = b"\xff" * len(pages[since:])
    file.write_bytes(pages)

    found = [each.code for each in examine(engine, wf) if each.level == "stop"]

    assert found == ["sqlite-damaged"]
    engine.dispose()
