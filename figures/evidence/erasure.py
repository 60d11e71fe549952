"""erasure: drawn lives full of words of their own; redacted, and looked for everywhere."""

import json
import random
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from sqlalchemy import Text, select, type_coerce
from sqlalchemy.engine import Connection

from bench.life import DEPARTMENTS, FIELDS, MEMBERS, NOW, OFFICER, TELLER
from figures.database import on_postgresql, on_sqlite
from figures.evidence.lives import judged
from figures.fault import replaced
from figures.figure import Figure, Outcome, Progress, Sizes, zero
from figures.office import PROCEDURE, Office
from thidua import (
    Answer,
    Attach,
    By,
    Candidate,
    Cast,
    Close,
    Command,
    Correct,
    Create,
    Fire,
    Hold,
    Paper,
    Redact,
    Release,
    Reply,
    Return,
    Supplement,
    Thidua,
    spent_keys,
)
from thidua.erasure import scrub
from thidua.notifiers.folder import EmlFolder
from thidua.notifiers.letter import Address
from thidua.notifiers.render import Office as Writer
from thidua.outbox import Post, make
from thidua.storage import erasing
from thidua.value_keys import ValueKeyFolder
from thidua.workflow.erasure import OF_DOSSIER

ORDER = Paper(number="7", symbol="QĐ", signed_on=date(2018, 6, 8))
SEALED = "chim"
"""How the words beside a dossier's journal begin; those beside a submission's are not sealed."""


@dataclass
class Life:
    """One dossier's drawn life; every value that is personal is a word of its own."""

    office: Office
    chance: random.Random
    dossier: str
    words: list[str] = field(default_factory=list)

    def word(self, stem: str = SEALED) -> str:
        """A new one."""
        self.words.append(f"{stem}{self.chance.randbytes(8).hex()}")
        return self.words[-1]

    def maybe(self) -> str | None:
        """A word, or none."""
        return self.word() if self.chance.random() < 0.6 else None

    def act(self, command: Command, by: By = OFFICER) -> None:
        """One committed act."""
        self.office.act(self.dossier, command, by)

    def live(self) -> None:
        """As far as chance says."""
        self._propose()
        steps = (self._mend, self._consult, self._convene, self._vote)
        for step in steps[: self.chance.randrange(len(steps) + 1)]:
            step()

    def _propose(self) -> None:
        candidate = Candidate("individual", f"Nguyễn {self.word()}", "d1", self.word())
        fields = {name: self.word() for name in FIELDS}
        submission = f"s-{self.dossier}"
        create = Create("erasure", "A", candidate, unit="d1", fields=fields, campaign="2018",
                        submission=submission, note=self.maybe(),
                        ground=self._paper())  # fmt: skip
        signed = replace(ORDER, signer=self.word("ten"))
        with self.office.engine.begin() as db:
            self.office.wf.submissions.add(
                db, signed, by=OFFICER, submission_id=submission, now=NOW
            )
            self.office.wf.create(db, create, by=OFFICER, dossier_id=self.dossier, now=NOW)

    def _paper(self) -> Paper:
        return Paper(number="12", signed_on=date(2018, 6, 8), signer=self.maybe())

    def _mend(self) -> None:
        self.act(Attach("report", "ab" * 32, 10, "application/pdf", f"{self.word()}.pdf",
                        self.maybe()))  # fmt: skip
        self.act(Correct({"f0": self.word()}, Candidate("individual", self.word(), "d1"),
                         note=self.word()))  # fmt: skip
        self.act(Return(("f1",), note=self.word()))
        self.act(Supplement({"f1": self.word()}))

    def _consult(self) -> None:
        self.act(Fire("consult", note=self.maybe()))
        if self.chance.random() < 0.5:
            self.act(Hold(note=self.word()))
            self.act(Release(note=self.maybe()))

    def _convene(self) -> None:
        for n in DEPARTMENTS:
            told = "agree" if n else "disagree"
            self.act(Answer("opinions", told, note=self.word()), By(f"d{n}"))
        self.act(Reply("opinions", "department@d0", note=self.word()))
        self.act(Fire("convene", meeting="meeting", note=self.maybe()))

    def _vote(self) -> None:
        for n in MEMBERS:
            self.act(Cast("vote", "for"), By(f"m{n}"))
        self.act(Close("vote"), TELLER)


def measure(url: str, size: int, chance: random.Random, progress: Progress) -> Outcome:
    """So many dossiers. `hits` are words found anywhere, `broken` what does not verify.

    Half of the mails are made before, the others after. Words that no row ever held would prove
    nothing: then the figure could not be measured.
    """
    office = _office(url)
    words = _live(office, size, chance, progress)
    unseen = words - _found(words, _dump(office))
    _erase(office, size, progress)
    found = set().union(*(_told(name, words, text) for name, text in _places(office)))
    return Outcome(size, {"hits": len(found), "broken": _broken(office)}, _why(unseen))


def measure_sealed(url: str, size: int, chance: random.Random, progress: Progress) -> Outcome:
    """The same with values sealed; looked for also in a backup of them made before the erasure.

    Its other rows are not sealed and hold names and fields still, as the page on erasing says.
    """
    with tempfile.TemporaryDirectory() as folder:
        keys = ValueKeyFolder(Path(folder) / "values")
        office = replace(_office(url), wf=Thidua(values=keys))
        words = _live(office, size, chance, progress)
        old = _stored(office)
        unseen = words - _found(words, _opened(keys, old))
        _erase(office, size, progress)
        office.wf.destroy_keys(office.engine)
        places = [*_places(office), ("older backup", "\n".join(old).encode()),
                  ("older backup, with the keys", _opened(keys, old))]  # fmt: skip
        sealed = {word for word in words if word.startswith(SEALED)}
        found = set().union(*(
            _told(name, sealed if name.startswith("older") else words, text)
            for name, text in places
        ))  # fmt: skip
        return Outcome(size, {"hits": len(found), "broken": _broken(office)}, _why(unseen))


def _live(office: Office, size: int, chance: random.Random, progress: Progress) -> set[str]:
    """Every life as far as it goes; the words that they left."""
    lives = [Life(office, chance, f"h-{n:05}") for n in range(size)]
    for n, life in enumerate(lives):
        life.live()
        progress(n, 2 * size)
        if n == size // 2:
            _write(office)
    return {word for life in lives for word in life.words}


def _erase(office: Office, size: int, progress: Progress) -> None:
    for n in range(size):
        _redact(office, f"h-{n:05}")
        progress(size + n, 2 * size)
    _write(office)
    scrub(office.engine, office.wf.tables)


def _broken(office: Office) -> int:
    """What does not verify, by the engine's verifier and by the second one."""
    with tempfile.TemporaryDirectory() as folder, office.reading() as db:
        court = judged(db, office.wf, Path(folder) / "export.jsonl")
    return office.problems() + len(court.faults)


def _why(unseen: set[str]) -> str:
    return f"{len(unseen)} words were never stored" if unseen else ""


def _stored(office: Office) -> list[str]:
    """The private values as the table has them."""
    body = type_coerce(office.wf.tables.event_private.c.body, Text)
    with office.reading() as db:
        return list(db.execute(select(body)).scalars())


def _opened(keys: ValueKeyFolder, stored: list[str]) -> bytes:
    """What the keys that are left make readable of them."""
    return "\n".join(filter(None, map(keys.open, stored))).encode()


def _office(url: str) -> Office:
    """An office whose procedure lets the officer erase."""
    office = Office.new(url)
    text = PROCEDURE.read_text(encoding="utf-8").replace(
        "procedure: bench-life", "procedure: erasure"
    )
    with office.engine.begin() as db:
        office.wf.adopt(db, text.replace("may:\n", "may:\n  redact: officer\n"), now=NOW)
    return office


def _redact(office: Office, dossier: str) -> None:
    command = Redact(OF_DOSSIER, "ordered", ground=ORDER)
    with office.engine.begin() as db:
        office.wf.erasure.redact(db, dossier, command, by=OFFICER, now=NOW)
        office.wf.erasure.redact_register(
            db, f"s-{dossier}", "ordered", by=OFFICER, ground=ORDER, now=NOW
        )


def _write(office: Office) -> None:
    """Make mails of all that is due."""
    post = Post(
        EmlFolder(Path("unused")), Address("Văn phòng", "office@example.org"), Writer("Văn phòng")
    )
    with office.engine.begin() as db:
        make(db, office.wf, post, NOW)


def _places(office: Office) -> Iterator[tuple[str, bytes]]:
    """Where the words are looked for: rows, the journal, the files, a backup made now."""
    yield "rows", _dump(office)
    with office.reading() as db:
        yield "journal", _journal(office, db)
    if not office.url.startswith("sqlite"):
        yield from _relations(office)
        return
    origin = Path(office.url.removeprefix("sqlite:///"))
    for each in sorted(origin.parent.glob(f"{origin.name}*")):
        yield each.name, each.read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "backup.db"
        with closing(sqlite3.connect(origin)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        yield "backup", copy.read_bytes()


def _dump(office: Office) -> bytes:
    with office.reading() as db:
        rows = [tuple(row) for t in office.wf.tables.all() for row in db.execute(select(t))]
    return json.dumps(rows, ensure_ascii=False, default=str).encode()


def _journal(office: Office, db: Connection) -> bytes:
    t = office.wf.tables
    bodies = [*db.execute(select(t.event.c.body)).scalars(),
              *db.execute(select(t.event_private.c.body)).scalars()]  # fmt: skip
    return "\n".join(bodies).encode()


def _relations(office: Office) -> Iterator[tuple[str, bytes]]:
    """The tables' own files, as the server keeps them, for who may read them."""
    path = "SELECT pg_read_binary_file(pg_relation_filepath(%s))"
    with office.reading() as db:
        for table in office.wf.tables.all():
            raw = db.exec_driver_sql(path, (table.name,)).scalar()
            yield table.name, bytes(raw or b"")


def _found(words: set[str], text: bytes) -> set[str]:
    return {word for word in words if word.encode() in text}


def _told(name: str, words: set[str], text: bytes) -> set[str]:
    found = _found(words, text)
    if found:
        print(f"{name}: {len(found)} words are still there", file=sys.stderr)
    return found


def lasting() -> AbstractContextManager[None]:
    """Plant keys of values that outlive the erasure."""
    return replaced(spent_keys, "destroy_spent_values", lambda *_: 0)


def forgetful() -> AbstractContextManager[None]:
    """Plant an erasure that forgets notices and mails."""
    return replaced(erasing, "rewrite", lambda *_: None)


SIZES = Sizes(3, 8, 40, 1_000)
FIGURES: tuple[Figure, ...] = (
    Figure("erasure-sqlite", SIZES, 54, on_sqlite(measure), zero("hits", "broken"), forgetful),
    Figure("erasure-postgresql", SIZES, 54, on_postgresql(measure), zero("hits", "broken"),
           forgetful),
    Figure("erasure-sealed-sqlite", SIZES, 92, on_sqlite(measure_sealed), zero("hits", "broken"),
           lasting),
    Figure("erasure-sealed-postgresql", SIZES, 92, on_postgresql(measure_sealed),
           zero("hits", "broken"), lasting),
)  # fmt: skip
