"""Bringing a backup back: into an empty database, checked, and with all mail on hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import Connection, Engine

from thidua import erasures
from thidua.app import Thidua
from thidua.archive import Manifest, Progress, Reader
from thidua.connection import checked
from thidua.erasures import Erasure
from thidua.ids import utc_now
from thidua.storage import mails, migrate, snapshot
from thidua.storage.script import passing_as_busy
from thidua.storage.snapshot import Sheet
from thidua.verify import Problem, verify
from thidua.workflow.errors import Misuse, Reason, Refused, reason


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back, at which revision the tables are now, and how many mails are held.

    `missing` are documents whose bytes are nowhere, by SHA-256, each with owner and kind;
    `problems` what `verify` found and the caller accepted; `undone` the erasures of the list that
    have to be done again.
    """

    manifest: Manifest
    schema: str
    held: int
    missing: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    undone: tuple[Erasure, ...] = ()


def restore(  # noqa: PLR0913 -- each with a working default
    engine: Engine,
    wf: Thidua,
    path: Path,
    *,
    files: bool = True,
    accept: bool = False,
    erased: Sequence[Erasure] = (),
    now: datetime | None = None,
    progress: Progress | None = None,
) -> Restored:
    """Bring a backup back into a database without rows of ours, in one transaction.

    Every part is held to its hash before anything is written; the documents go to the files of
    `wf`; tables of an earlier release are brought to this one; then everything is verified. No
    mail leaves until a person says so (`thidua mails resume`), and `doctor` says that the database
    was restored. `erased` is the list of erasures kept outside (`thidua.erasures`): values that it
    says were erased may be missing, and those that came back are named. `progress` is told how far
    each of these steps is, from the start each time.

    `Unknown` ("unknown-backup") without the file; `Misuse` for one that is no backup, or of a later
    release ("not-a-backup", "backup-later", "backup-schema-later"). `Refused`, with nothing
    written but documents: "backup-damaged"; "restore-not-empty"; "restore-tables-made", where the
    tables are of another release than the backup; "restore-file-missing" for each document that
    is neither in the backup nor in the files (not without `files`); "restore-unsound" with what
    `verify` found, unless `accept`.
    """
    with Reader(path) as archive:
        _check_known(wf, archive.manifest)
        archive.check(progress)
        with passing_as_busy("restore"), engine.begin() as db:
            checked(db, wf.tables.metadata.schema)
            _load(db, wf, archive, progress)
            if files:
                _keep(wf, archive)
            missing = _missing(db, wf)
            if files and missing:
                raise Refused.because(_named(missing))
            gone = {each.stream for each in erased}
            found = [each for each in _problems(db, wf, progress, files=files)
                     if each.code != "private-missing" or each.stream not in gone]  # fmt: skip
            if found and not accept:
                count = reason("restore-unsound", count=len(found))
                raise Refused.because([count, *(reason(p.code, **p.fields) for p in found)])
            at = now or utc_now()
            held = mails.mark_restored(db, wf.tables, taken_at=archive.manifest.taken_at, now=at)
            back = erasures.undone(db, wf.tables, erased)
        manifest, head = archive.manifest, migrate.head()
        return Restored(manifest, head, held, missing, tuple(found), tuple(back))


def _check_known(wf: Thidua, manifest: Manifest) -> None:
    known = manifest.tables.keys() <= snapshot.names(wf.tables).keys()
    if manifest.schema not in migrate.revisions() or not known:
        raise Misuse("backup-schema-later", found=manifest.schema, known=migrate.head())


def _load(db: Connection, wf: Thidua, archive: Reader, progress: Progress | None) -> None:
    """Make the tables as they were, fill them, and bring them to this release."""
    manifest, place = archive.manifest, wf.place
    standing = migrate.status(db, **place)
    if standing.current is None:
        migrate.upgrade(db, **place, to=manifest.schema)
    elif standing.current != manifest.schema:
        fields = {"found": standing.current, "wanted": manifest.schema}
        raise Refused.of("restore-tables-made", **fields)
    elif there := snapshot.filled(db, wf.tables):
        name, rows = next(iter(there.items()))
        raise Refused.of("restore-not-empty", table=name, rows=rows)
    done = 0
    for name, part in manifest.tables.items():
        sheet = Sheet.of(wf.tables, name, part.columns)
        for some in snapshot.add(db, sheet, archive.rows(name)):
            done += some
            if progress is not None:
                progress(done, manifest.rows)
    migrate.upgrade(db, **place)


def _keep(wf: Thidua, archive: Reader) -> None:
    if wf.files is not None:
        for sha256 in archive.manifest.files:
            wf.files.keep(archive.file(sha256))


def _missing(db: Connection, wf: Thidua) -> dict[str, tuple[str, str]]:
    if wf.files is None:
        return {}
    known: dict[str, bool] = {}
    missing = {}
    for sha256, owner, kind in snapshot.documents(db, wf.tables):
        if not known.setdefault(sha256, wf.files.has(sha256)):
            missing[sha256] = (owner, kind)
    return missing


def _named(missing: Mapping[str, tuple[str, str]]) -> list[Reason]:
    return [
        reason("restore-file-missing", owner=owner, kind=kind, sha256=sha256)
        for sha256, (owner, kind) in missing.items()
    ]


def _problems(
    db: Connection, wf: Thidua, progress: Progress | None, *, files: bool
) -> list[Problem]:
    found = verify(db, wf, progress=progress)
    return [each for each in found if files or each.code != "file-missing"]
