"""Backups between both databases: one moment, nothing lost, nothing sent, nothing trusted."""

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, insert, select, text, update
from sqlalchemy.engine import Engine

from bench.life import NOW, OFFICER
from figures.core.whole_life import DOSSIER, live
from figures.office import Office
from thidua import Attach, Correct, Folder, Misuse, Refused, Thidua, Unknown, sqlite_engine
from thidua.backup import backup
from thidua.doctor import examine
from thidua.restore import restore
from thidua.storage import mails, migrate
from thidua.storage.snapshot import rows, sheets
from thidua.value_keys import ValueKeyFolder
from thidua.verify import verify

CORPUS = Path(__file__).parents[1] / "corpus" / "v0.1.0" / "thidua.db"


def engine_at(url: str) -> Engine:
    return sqlite_engine(url) if url.startswith("sqlite") else create_engine(url)


@pytest.fixture
def office(database_url: str) -> Any:
    """A whole life, on each database."""
    made = Office.new(database_url)
    live(made)
    yield made
    made.engine.dispose()


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of such an office, to be copied."""
    path = tmp_path_factory.mktemp("lived") / "thidua.db"
    live(Office.new(f"sqlite:///{path}"))
    return path


@pytest.fixture
def lite(lived: Path, tmp_path: Path) -> Any:
    """The same on SQLite alone."""
    made = Office.at(f"sqlite:///{shutil.copy(lived, tmp_path / 'lite.db')}")
    yield made
    made.engine.dispose()


@pytest.fixture
def empty(tmp_path: Path) -> Any:
    """A SQLite file that is not there yet."""
    engine = sqlite_engine(f"sqlite:///{tmp_path / 'empty.db'}")
    yield engine
    engine.dispose()


def contents(engine: Engine, wf: Thidua) -> dict[str, list[tuple[Any, ...]]]:
    """Every row but those of leases."""
    with engine.connect() as db:
        return {
            sheet.name: sorted(map(tuple, rows(db, sheet)), key=repr)
            for sheet in sheets(db, wf.tables)
            if sheet.name != "lease"
        }


def test_backup_goes_to_the_other_database_and_back(
    office: Office, empty: Engine, tmp_path: Path
) -> None:
    there, back = tmp_path / "there.zip", tmp_path / "back.zip"
    made = backup(office.engine, office.wf, there, now=NOW)
    restored = restore(empty, office.wf, there, now=NOW)
    backup(empty, office.wf, back)
    again = Thidua(prefix="again_")
    restore(office.engine, again, back)

    assert contents(empty, office.wf) == contents(office.engine, office.wf)
    assert contents(office.engine, again) == contents(office.engine, office.wf)
    assert (restored.manifest, restored.problems) == (made, ())
    assert there.stat().st_mode & 0o777 == 0o600


def test_backup_is_of_one_moment(office: Office, empty: Engine, tmp_path: Path) -> None:
    before = contents(office.engine, office.wf)

    def act(done: int, _: int) -> None:
        if done:
            office.act(DOSSIER, Correct({"f0": f"lần {done}"}, note="Ghi sai"))

    backup(office.engine, office.wf, tmp_path / "b.zip", progress=act)
    restore(empty, office.wf, tmp_path / "b.zip")

    assert contents(empty, office.wf) == before
    assert contents(office.engine, office.wf) != before


def test_connection_must_see_one_moment(pg_engine: Engine, lite: Office, tmp_path: Path) -> None:
    with pg_engine.connect() as db, pytest.raises(Misuse) as caught:
        backup(db, lite.wf, tmp_path / "b.zip")
    with lite.engine.connect() as db:
        backup(db, lite.wf, tmp_path / "b.zip")

    assert caught.value.reasons[0].code == "backup-not-one-moment"


def test_stock_sqlite_sees_one_moment(lite: Office, empty: Engine, tmp_path: Path) -> None:
    stock = create_engine(lite.url)

    def act(done: int, _: int) -> None:
        if done:
            lite.act(DOSSIER, Correct({"f0": f"lần {done}"}, note="Ghi sai"))

    backup(stock, lite.wf, tmp_path / "b.zip", progress=act)
    stock.dispose()

    assert restore(empty, lite.wf, tmp_path / "b.zip").problems == ()


def test_nothing_is_overwritten_or_left_half(lite: Office, tmp_path: Path) -> None:
    target = tmp_path / "b.zip"
    target.write_text("kept")
    with pytest.raises(Misuse) as there:
        backup(lite.engine, lite.wf, target)
    with pytest.raises(Misuse) as nowhere:
        backup(lite.engine, lite.wf, tmp_path / "none" / "b.zip")
    with pytest.raises(ZeroDivisionError):
        backup(lite.engine, lite.wf, tmp_path / "c.zip", progress=lambda *_: 1 // 0)  # type: ignore[arg-type,return-value]  # fails on purpose

    assert (there.value.reasons[0].code, nowhere.value.reasons[0].code) == (
        "backup-exists", "backup-no-folder",
    )  # fmt: skip
    assert target.read_text() == "kept"
    assert not [each for each in tmp_path.iterdir() if "c.zip" in each.name]


def remade(path: Path, **changed: Any) -> None:
    """The same archive with other parts; a mapping changes the manifest."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    told = json.loads(parts["manifest.json"])
    told.update(changed.pop("manifest", {}))
    parts["manifest.json"] = json.dumps(told).encode()
    with zipfile.ZipFile(path, "w") as new:
        for name, content in {**parts, **changed}.items():
            new.writestr(name, content)


@pytest.mark.parametrize(
    ("changed", "error", "code"),
    [
        ({"rows/event.jsonl": b"[]\n"}, Refused, "backup-damaged"),
        ({"manifest": {"schema": "9999"}}, Misuse, "backup-schema-later"),
        ({"manifest": {"format": 2}}, Misuse, "backup-later"),
        ({"manifest": {"tables": []}}, Misuse, "not-a-backup"),
    ],
)
def test_wrong_archive_writes_nothing(
    lite: Office, empty: Engine, tmp_path: Path, changed: Any, error: Any, code: str
) -> None:
    backup(lite.engine, lite.wf, tmp_path / "b.zip")
    remade(tmp_path / "b.zip", **changed)

    with pytest.raises(error) as caught:
        restore(empty, lite.wf, tmp_path / "b.zip")

    assert caught.value.reasons[0].code == code
    assert not (tmp_path / "empty.db").exists()


def test_only_an_empty_database_takes_it(lite: Office, empty: Engine, tmp_path: Path) -> None:
    backup(lite.engine, lite.wf, tmp_path / "b.zip")
    with empty.begin() as db:
        migrate.upgrade(db, to="0001")
    with pytest.raises(Refused) as full:
        restore(lite.engine, lite.wf, tmp_path / "b.zip")
    with pytest.raises(Refused) as other:
        restore(empty, lite.wf, tmp_path / "b.zip")
    with empty.begin() as db:
        migrate.upgrade(db)

    assert full.value.reasons[0].code == "restore-not-empty"
    assert other.value.reasons[0].code == "restore-tables-made"
    assert restore(empty, lite.wf, tmp_path / "b.zip").problems == ()


def test_database_newer_than_its_files_is_refused(
    lite: Office, empty: Engine, tmp_path: Path
) -> None:
    here, there = Thidua(files=Folder(tmp_path / "here")), Thidua(files=Folder(tmp_path / "there"))
    folder = here.files
    assert folder is not None
    with lite.engine.begin() as db:
        kept = folder.keep(b"giay")
        attach = Attach("report", kept, 4, "text/plain", "giay.txt")
        here.act(db, DOSSIER, attach, by=OFFICER, now=NOW)
    made = backup(lite.engine, here, tmp_path / "with.zip")
    with pytest.raises(Refused) as caught:
        restore(empty, there, tmp_path / "with.zip")
    back = restore(empty, there, tmp_path / "with.zip", files=False)

    assert (list(made.files), made.missing) == ([kept], ("ab" * 32,))
    assert [(r.code, r.fields["sha256"]) for r in caught.value.reasons] == [
        ("restore-file-missing", "ab" * 32)
    ]
    assert set(back.missing) == {"ab" * 32}
    assert there.files is not None
    assert there.files.read(kept) == b"giay"


def test_documents_that_cannot_be_read_do_not_hinder_a_backup_which_mends_their_folder(
    lite: Office, empty: Engine, tmp_path: Path
) -> None:
    wf, folder = Thidua(files=Folder(tmp_path)), Folder(tmp_path)
    with lite.engine.begin() as db:
        db.execute(update(wf.tables.document).values(sha256=folder.keep(b"giay")))
        kept = str(db.execute(select(wf.tables.document.c.sha256)).scalar())
    whole = backup(lite.engine, wf, tmp_path / "whole.zip")
    folder.path(kept).write_bytes(b"gi")
    back = restore(empty, wf, tmp_path / "whole.zip", accept=True)
    healed = folder.read(kept)
    folder.path(kept).unlink()
    folder.path(kept).mkdir()
    without = backup(lite.engine, wf, tmp_path / "without.zip")

    assert (list(whole.files), whole.missing, healed) == ([kept], (), b"giay")
    assert "file-changed" not in {each.code for each in back.problems}
    assert (list(without.files), without.missing) == ([], (kept,))


def test_restored_database_sends_nothing_until_somebody_says_so(
    lite: Office, empty: Engine, tmp_path: Path
) -> None:
    with lite.engine.begin() as db:
        row = {"id": "m1", "owner": "d0", "mailbox": "d0@example.org", "lang": "vi",
               "content": "{}", "status": "queued", "trouble": None, "pace": None}  # fmt: skip
        mails.add(db, lite.wf.tables, [row], NOW)
    backup(lite.engine, lite.wf, tmp_path / "b.zip", now=NOW)
    back = restore(empty, lite.wf, tmp_path / "b.zip")
    told = {each.code: each.fields for each in examine(empty, lite.wf)}
    with empty.begin() as db:
        status = db.execute(select(lite.wf.tables.mail.c.status)).scalar()
        held = mails.is_held(db, lite.wf.tables)
        mails.let_go(db, lite.wf.tables, NOW)

    assert (back.held, status, held) == (1, "held", True)
    assert told["database-restored"]["taken"] == NOW
    assert "database-restored" not in {each.code for each in examine(empty, lite.wf)}


def test_what_does_not_agree_is_refused_or_accepted(
    lite: Office, empty: Engine, tmp_path: Path
) -> None:
    dossier = lite.wf.tables.dossier
    with lite.engine.begin() as db:
        db.execute(update(dossier).values(state="consulted"))
    backup(lite.engine, lite.wf, tmp_path / "b.zip")
    with pytest.raises(Refused) as caught:
        restore(empty, lite.wf, tmp_path / "b.zip")
    back = restore(empty, lite.wf, tmp_path / "b.zip", accept=True)

    assert caught.value.reasons[0].code == "restore-unsound"
    assert len(caught.value.reasons) == 1 + len(back.problems) > 1


def test_earlier_release_is_backed_up_as_it_is_and_brought_up(
    database_url: str, empty: Engine, tmp_path: Path
) -> None:
    copy = sqlite_engine(f"sqlite:///{shutil.copy(CORPUS, tmp_path / 'old.db')}")
    wf, target = Thidua(), Thidua(prefix="new_")
    engine = engine_at(database_url)
    made = backup(copy, wf, tmp_path / "old.zip")
    back = restore(engine, target, tmp_path / "old.zip")
    with copy.begin() as db:
        wf.migrate(db)
    with engine.connect() as db:
        problems = verify(db, target)

    assert (made.schema, back.schema, problems) == ("0001", migrate.head(), [])
    assert contents(engine, target) == contents(copy, wf)
    copy.dispose()
    engine.dispose()


def test_sealed_values_stay_sealed_in_it(lite: Office, empty: Engine, tmp_path: Path) -> None:
    wf = Thidua(values=ValueKeyFolder(tmp_path / "values"))
    with lite.engine.begin() as db:
        wf.act(db, DOSSIER, Correct({"f0": "lời kín"}, note="Ghi sai"), by=OFFICER, now=NOW)
    backup(lite.engine, wf, tmp_path / "b.zip")
    back = restore(empty, wf, tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as made:
        private = made.read("rows/event_private.jsonl").decode()

    assert "Thiếu số liệu" in private  # written before values were sealed
    assert "lời kín" not in private
    assert back.problems == ()


def test_no_file_and_bytes_that_are_no_text(lite: Office, empty: Engine, tmp_path: Path) -> None:
    with pytest.raises(Unknown):
        restore(empty, lite.wf, tmp_path / "none.zip")
    with lite.engine.begin() as db:
        db.execute(insert(lite.wf.tables.address).values(owner="x", from_on="y"))
        db.execute(text("UPDATE td_address SET phone = X'ff' WHERE owner = 'x'"))
    with pytest.raises(Exception, match="address") as caught:
        backup(lite.engine, lite.wf, tmp_path / "b.zip")

    assert getattr(caught.value, "reasons")[0].code == "backup-row-unreadable"  # noqa: B009 -- of whatever it is
