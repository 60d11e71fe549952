"""Holding the journal together: bytes, chain, values, files, and the tables against a replay."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from thidua.app import Thidua
from thidua.connection import Db, connection_of
from thidua.notifiers import dates
from thidua.storage import difference, journal, library, rows
from thidua.storage.imports import LISTS, rows_of
from thidua.storage.journal import Holding, Kind
from thidua.storage.script import is_damage, passing_as_busy
from thidua.verify_tree import verify_tree
from thidua.workflow import register, replay
from thidua.workflow.calendar import Calendar
from thidua.workflow.chain import Fact, Fault, read
from thidua.workflow.dossier import Document
from thidua.workflow.errors import ThiduaError, Unknown
from thidua.workflow.note import Anchor
from thidua.workflow.register import Register
from thidua.workflow.wording import say

AT_ONCE, TRIES = 200, 5

TREE = "tree"
"""In the place of a stream: the problem is of the journal as a whole, at a leaf."""

Progress = Callable[[int, int], None]


class Share(NamedTuple):
    """Streams of one kind that are verified together: from which id to which, and how many."""

    kind: str
    first: str
    last: str
    streams: int
    bytes_only: bool


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong: in which stream, at which entry (None: in the whole), a stable code and the
    values its sentence speaks of. Personal values are never among them.
    """

    stream: str
    n: int | None
    code: str
    fields: Mapping[str, Any] = field(default_factory=dict)

    def text(self, lang: str = "en") -> str:
        """The sentence in "vi" or "en"."""
        shown = {
            name: dates.moment(value, lang=lang) if isinstance(value, datetime) else value
            for name, value in self.fields.items()
        }
        return say(self.code, shown, lang)


Hand = Callable[[Share], Iterable[Problem]]
Crew = Callable[[Sequence[Share], Hand], Iterator[Iterable[Problem]]]
"""Begins with all shares and tells what each came to, in their order; some it may leave to the
hand here. See `verify_crew`.
"""


def verify(  # noqa: PLR0913 -- what is looked at, and by whom, by keyword
    db: Db, wf: Thidua, *, dossier_id: str | None = None, progress: Progress | None = None,
    anchors: Sequence[Anchor] = (), keys: Sequence[str] = (), crew: Crew | None = None,
    bytes_only: bool = False,
) -> list[Problem]:  # fmt: skip
    """Everything that does not hold together; empty when all does.

    Reads only, in bounded memory, and may run beside acts. With `dossier_id` that dossier alone,
    `Unknown` when there is nothing of it. `progress` is told how many streams are done, of how
    many. `anchors` are checkpoints kept outside the database and `keys` public keys that signed:
    see `thidua.verify_tree`; of a single dossier the tree is not looked at. A `crew` shares the
    streams of what is committed (`thidua.verify_crew`). `bytes_only` looks at the journal by
    itself, in half the time: bytes, chains, private values, procedures, tree; no replay, no table
    and no document's file. What this cannot show stands in `docs/journal.md`.
    """
    return list(problems(db, wf, dossier_id=dossier_id, progress=progress, anchors=anchors,
                         keys=keys, crew=crew, bytes_only=bytes_only))  # fmt: skip


def problems(  # noqa: PLR0913 -- the same
    db: Db, wf: Thidua, *, dossier_id: str | None = None, progress: Progress | None = None,
    anchors: Sequence[Anchor] = (), keys: Sequence[str] = (), crew: Crew | None = None,
    bytes_only: bool = False,
) -> Iterator[Problem]:  # fmt: skip
    """The same, one by one as they are found."""
    with passing_as_busy("verify"):
        inspector = Inspector(connection_of(db), wf, bytes_only=bytes_only)
        if dossier_id is not None:
            yield from inspector.dossier(dossier_id)
            return
        shares, lacking = inspector.shares()
        found = crew(shares, inspector.share) if crew else map(inspector.share, shares)
        tree = _tree(db, wf, anchors, keys)  # while a crew is at its shares
        yield from lacking
        yield from inspector.everything(shares, found, progress)
        yield from tree


def _tree(db: Db, wf: Thidua, anchors: Sequence[Anchor], keys: Sequence[str]) -> list[Problem]:
    try:
        faults = verify_tree(db, wf, anchors=anchors, keys=keys).faults
    except DBAPIError as error:
        return [unread(TREE, "tree-unreadable", error)]
    return [Problem(TREE, each.n, each.code, each.fields) for each in faults]


def unread(stream: str, code: str, error: DBAPIError, **fields: str) -> Problem:
    """The problem that a damaged page or text is; any other error is raised again.

    What the driver quotes of a text is left out: it may be personal.
    """
    if error.orig is None or not is_damage(error.orig):
        raise error
    why = str(error.orig).partition(" with text ")[0]
    return Problem(stream, None, code, {**fields, "why": why})


@dataclass(slots=True)
class Inspector:
    """Verifies on one connection."""

    db: Connection
    wf: Thidua
    bytes_only: bool = False
    _calendars: dict[str, Calendar | None] = field(default_factory=dict)
    _ends: dict[tuple[str, date], str] = field(default_factory=dict)

    def shares(self) -> tuple[list[Share], list[Problem]]:
        """All streams that an owner has, and the tables of which not all owners can be read."""
        shares, lacking = list[Share](), list[Problem]()
        for kind in journal.kinds(self.wf.tables):
            try:
                for ids in journal.keys(self.db, kind, AT_ONCE):
                    shares.append(Share(kind.name, ids[0], ids[-1], len(ids), self.bytes_only))
            except DBAPIError as error:
                lacking.append(unread(kind.name, "table-unreadable", error, table=kind.name))
        return shares, lacking

    def share(self, share: Share) -> Iterable[Problem]:
        """What is wrong with the streams of a share; those that were added to it too."""
        kind = next(kind for kind in journal.kinds(self.wf.tables) if kind.name == share.kind)
        chosen = journal.without_tables(kind) if share.bytes_only else kind
        return self._some(chosen, share.first, share.last)

    def everything(
        self, shares: Sequence[Share], found: Iterable[Iterable[Problem]], progress: Progress | None
    ) -> Iterator[Problem]:
        """What is wrong with the procedures, the streams and what hangs in the air."""
        total, done = sum(each.streams for each in shares), 0
        yield from self._procedures()
        for share, problems in zip(shares, found, strict=True):
            yield from problems
            done += share.streams
            if progress is not None:
                progress(done, total)
        yield from self._ownerless(None)

    def dossier(self, dossier_id: str) -> Iterator[Problem]:
        """What is wrong with one; `Unknown` when there is nothing of it."""
        kind = journal.kinds(self.wf.tables)[0]
        kind = journal.without_tables(kind) if self.bytes_only else kind
        known = journal.position(self.db, kind, dossier_id) is not None
        found = [*self._some(kind, dossier_id, dossier_id), *self._ownerless(dossier_id)]
        if not known and not found:
            raise Unknown("unknown-dossier", dossier=dossier_id)
        yield from found

    def _procedures(self) -> Iterator[Problem]:
        for key, text, *filed in journal.procedures(self.db, self.wf.tables):
            if not isinstance(text, str) or hashlib.sha256(text.encode()).hexdigest() != key:
                yield Problem(key, None, "procedure-changed", {"hash": key})
            elif not self.bytes_only and self._calendar(key) is not None:
                told = self.wf.shelf.rules(self.db, key).procedure
                for fault in difference.of_procedure(key, filed, told):
                    yield Problem(key, None, fault.code, fault.fields)

    def _ownerless(self, stream: str | None) -> Iterator[Problem]:
        only = self.bytes_only
        try:
            for table, key in journal.ownerless(self.db, self.wf.tables, stream, bytes_only=only):
                fields = {"table": table, "key": key}
                yield Problem(key.partition("/")[0], None, "row-ownerless", fields)
        except DBAPIError as error:
            yield unread("event", "table-unreadable", error, table="event")

    def _some(self, kind: Kind, first: str, last: str) -> Iterator[Problem]:
        try:
            holdings = journal.spanned(self.db, self.wf.tables, kind, first, last)
        except DBAPIError as error:
            yield from self._one_by_one(kind, first, last, error)
            return
        for holding in holdings:
            try:
                faults = self._settled(kind, holding)
            except DBAPIError as error:
                yield unread(holding.key, "stream-unreadable", error)
                continue
            yield from (Problem(holding.key, each.n, each.code, each.fields) for each in faults)

    def _one_by_one(
        self, kind: Kind, first: str, last: str, error: DBAPIError
    ) -> Iterator[Problem]:
        """SQLite takes bytes that are no text into a text column, and stumbles on them here."""
        one = unread(first, "stream-unreadable", error)
        if first == last:
            yield one
            return
        try:
            ids = journal.between(self.db, kind, first, last)
        except DBAPIError as another:
            yield unread(kind.name, "table-unreadable", another, table=kind.name)
            return
        for each in ids:
            yield from self._some(kind, each, each)

    def _settled(self, kind: Kind, holding: Holding) -> list[Fault]:
        """What is wrong and not caused by an act in between, which changes count and head."""
        for _ in range(TRIES):
            found = list(self._faults(kind, holding))
            here = (holding.row["count"], holding.row["head"])
            if not found or journal.position(self.db, kind, holding.key) == here:
                return found
            again = journal.spanned(self.db, self.wf.tables, kind, holding.key, holding.key)
            if not again:
                return []
            holding = again[0]
        return [Fault(None, "stream-moving")]

    def _faults(self, kind: Kind, holding: Holding) -> Iterator[Fault]:
        row = holding.row
        reading = read(holding.key, row["count"], row["head"], holding.events)
        yield from reading.faults
        if kind.bytes_only or not reading.whole:
            return
        if kind.name == "dossier":
            yield from self._dossier(kind, holding, reading.facts)
            return
        told = register.rebuild(holding.key, reading.facts)
        yield from told.faults or difference.of_register(kind, holding, told)
        if told.entries and not told.faults:
            yield from self._lists(told)
        yield from self._files(_kept(told.documents, reading.facts))

    def _lists(self, told: Register) -> Iterator[Fault]:
        lists = {name: getattr(self.wf.tables, name) for name in LISTS}
        keys = {name: table.primary_key.columns.keys() for name, table in lists.items()}
        yield from difference.of_lists(told, keys, lambda name: rows_of(self.db, lists[name]))

    def _dossier(self, kind: Kind, holding: Holding, facts: Iterable[Fact]) -> Iterator[Fault]:
        told = replay.rebuild(holding.key, facts)
        procedure = holding.row["procedure"]
        if self._calendar(procedure) is None:
            yield Fault(None, "procedure-missing", {"hash": procedure})
        end_of = partial(self._end_of, procedure) if self._calendar(procedure) else None
        yield from told.faults or difference.of_dossier(kind, holding, told, end_of)
        yield from self._files(_kept(told.documents, facts))
        yield from self._links(holding.key, facts)

    def _links(self, key: str, facts: Iterable[Fact]) -> Iterator[Fault]:
        """Links to dossiers that do not point back."""
        for fact in facts:
            for way, back in (("starts", "origin"), ("origin", "starts")):
                other = fact.body.get(way)
                if other is not None and not journal.tells(
                    self.db, self.wf.tables, other, back, key
                ):
                    yield Fault(fact.n, "link-broken", {"dossier": other})

    def _calendar(self, procedure: str) -> Calendar | None:
        if procedure not in self._calendars:
            there = library.is_stored(self.db, self.wf.tables, procedure)  # a shelf keeps longer
            try:
                calendar = self.wf.shelf.rules(self.db, procedure).calendar if there else None
            except ThiduaError:
                calendar = None
            self._calendars[procedure] = calendar
        return self._calendars[procedure]

    def _end_of(self, procedure: str, on: date) -> str:
        """The instant at which a legal date ends; the calendar's zone alone decides it."""
        key = (procedure, on)
        if key not in self._ends:
            calendar = self._calendar(procedure)
            self._ends[key] = rows.instant(calendar.end_of(on)) if calendar else ""
        return self._ends[key]

    def _files(self, documents: Iterable[Document]) -> Iterator[Fault]:
        if self.wf.files is None:
            return
        for document in documents:
            fields = {"kind": document.kind, "version": document.version,
                      "sha256": document.sha256}  # fmt: skip
            try:
                content = self.wf.files.read(document.sha256)
            except Unknown:
                yield Fault(None, "file-missing", fields)
                continue
            except OSError as error:
                why = error.strerror or str(error)
                yield Fault(None, "document-unreadable", {**fields, "why": why})
                continue
            if hashlib.sha256(content).hexdigest() != document.sha256:
                yield Fault(None, "file-changed", fields)


def _kept(documents: Iterable[Document], facts: Iterable[Fact]) -> Iterator[Document]:
    """Those whose bytes must be there: not what an erasure took the name of."""
    erased = any("erased" in fact.body for fact in facts)
    return (each for each in documents if not erased or each.name != replay.GONE)
