"""The journal as lines of JSON that another program can judge: see `docs/journal.md`."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from thidua.app import Thidua
from thidua.connection import Db, connection_of
from thidua.evidence.found import found
from thidua.evidence.normal import normal
from thidua.storage import journal
from thidua.storage.classified import STREAM
from thidua.storage.journal import Holding, Kind
from thidua.verify import Progress
from thidua.workflow.chain import Fact, Stored, parsed, read
from thidua.workflow.dossier import Document
from thidua.workflow.errors import Unknown
from thidua.workflow.person import ENGINE
from thidua.workflow.replay import document

AT_ONCE, FORMAT = 100, 1
Said = dict[str, Any]


def export(
    db: Db,
    wf: Thidua,
    *,
    dossiers: Collection[str] | None = None,
    values: bool = False,
    progress: Progress | None = None,
) -> Iterator[str]:
    """The lines, each one JSON object: header, procedures, checkpoints, then stream by stream.

    With `dossiers` these alone and what they rest on, and the bare hashes of all other events for
    the tree; `Unknown` for one that there is not. `values` adds the private
    values with their salts. Reads only, in bounded memory; on PostgreSQL the transaction has to
    be REPEATABLE READ if acts go on beside it. `progress` is told how many streams are done.
    """
    exporter = _Exporter(connection_of(db), wf, values=values)
    for line in exporter.lines(None if dossiers is None else sorted(set(dossiers)), progress):
        yield json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n"


@dataclass(slots=True)
class _Exporter:
    db: Connection
    wf: Thidua
    values: bool
    _papers: dict[str, list[tuple[datetime, Document]]] = field(default_factory=dict)

    def lines(self, dossiers: list[str] | None, progress: Progress | None) -> Iterator[Said]:
        yield {"is": "header", "format": FORMAT, "made_at": self.wf.clock().isoformat(),
               "dossiers": dossiers, "values": self.values}  # fmt: skip
        yield from self._procedures()
        kinds = journal.kinds(self.wf.tables)
        chosen = None if dossiers is None else self._chosen(kinds, dossiers)
        yield from self._checkpoints(chosen)
        done, total = 0, self._total(kinds, chosen)
        for kind in [*kinds[1:], kinds[0]]:  # what dossiers rest on comes before them
            for ids in self._ids(kind, chosen):
                for holding in journal.holdings(self.db, self.wf.tables, kind, ids):
                    yield from self._stream(kind, holding)
                done += len(ids)
                if progress is not None:
                    progress(done, total)

    def _total(self, kinds: Sequence[Kind], chosen: dict[str, list[str]] | None) -> int:
        if chosen is not None:
            return sum(map(len, chosen.values()))
        return sum(journal.count(self.db, kind) for kind in kinds)

    def _ids(self, kind: Kind, chosen: dict[str, list[str]] | None) -> Iterable[list[str]]:
        if chosen is None:
            return journal.keys(self.db, kind, AT_ONCE)
        mine = chosen.get(kind.name, [])
        return [mine[n : n + AT_ONCE] for n in range(0, len(mine), AT_ONCE)]

    def _procedures(self) -> Iterator[Said]:
        for key, text, *_ in journal.procedures(self.db, self.wf.tables):
            procedure = self.wf.shelf.rules(self.db, key).procedure
            yield {"is": "procedure", "hash": key, "name": procedure.name,
                   "version": procedure.version, "title": dict(procedure.title),
                   "normal": normal(procedure), "text": text}  # fmt: skip

    def _chosen(self, kinds: Sequence[Kind], dossiers: list[str]) -> dict[str, list[str]]:
        """The streams that these dossiers speak of, by kind."""
        names = self._named(dossiers)
        names |= {STREAM + each for each in (*dossiers, *names)}
        names |= self._named(names)
        found = {}
        for kind in kinds[1:]:
            query = select(kind.owner.c.id).where(kind.owner.c.id.in_(names))
            found[kind.name] = sorted(self.db.execute(query).scalars())
        here = select(self.wf.tables.dossier.c.id).where(self.wf.tables.dossier.c.id.in_(dossiers))
        for missing in sorted(set(dossiers) - set(self.db.execute(here).scalars())):
            raise Unknown("unknown-dossier", dossier=missing)
        return {**found, kinds[0].name: dossiers}

    def _named(self, streams: Collection[str]) -> set[str]:
        """What the events of these streams rest on."""
        names: set[str | None] = set()
        e = self.wf.tables.event.c
        for text in self.db.execute(select(e.body).where(e.stream.in_(streams))).scalars():
            body = parsed(text) or {}
            names |= {body.get(key) for key in ("submission", "decision", "substitution",
                                                 "campaign")}  # fmt: skip
            names |= {each for joined in body.get("joined", ()) for each in joined}
        return {each for each in names if each is not None}

    def _checkpoints(self, chosen: dict[str, list[str]] | None) -> Iterator[Said]:
        c, e = self.wf.tables.checkpoint.c, self.wf.tables.event.c
        query = select(c.size, c.root, c.made_at, c.key_id, c.signature).order_by(c.size)
        rows = [dict(row) for row in self.db.execute(query).mappings()]
        yield from ({"is": "checkpoint", **row} for row in rows)
        if chosen is not None:  # a tree needs the hashes of those too that are left out
            query = select(e.leaf, e.hash).where(e.leaf.is_not(None)).order_by(e.leaf)
            leaves = self.db.execute(query.execution_options(yield_per=AT_ONCE)).partitions()
            for part in leaves:
                yield {"is": "leaves", "from": part[0].leaf, "hashes": [row.hash for row in part]}

    def _stream(self, kind: Kind, holding: Holding) -> Iterator[Said]:
        row = holding.row
        reading = read(holding.key, row["count"], row["head"], holding.events)
        yield {"is": "stream", "of": kind.name, "id": holding.key, "count": row["count"],
               "head": row["head"]}  # fmt: skip
        yield from self._held(reading.facts)
        beside = self._beside(kind, holding, reading.facts)
        leaves = self._leaves(holding.key)
        for event in holding.events:
            yield {**self._event(event, leaves.get(event.n)), **next(beside, {})}

    def _leaves(self, stream: str) -> dict[int, int]:
        e = self.wf.tables.event.c
        rows = self.db.execute(select(e.n, e.leaf).where(e.stream == stream, e.leaf.is_not(None)))
        return {row.n: row.leaf for row in rows}

    def _event(self, event: Stored, leaf: int | None) -> Said:
        said = {"is": "event", "n": event.n, "hash": event.hash, "body": event.body, "leaf": leaf}
        if self.values and event.private is not None:
            said["values"] = json.loads(event.private)
        return said

    def _held(self, facts: Sequence[Fact]) -> Iterator[Said]:
        """What everybody who acted, or entered, held on that day."""
        asked = set()
        for fact in facts:
            on = self.wf.shelf.today(datetime.fromisoformat(fact.body["at"]).astimezone(UTC))
            asked |= {(fact.body.get(who), on) for who in ("by", "entered")}
        for actor, on in sorted((a, on) for a, on in asked if a not in (None, ENGINE)):
            held = self.wf.people.held(self.db, actor, on)
            roles = sorted([h.role, h.unit or ""] for h in held)
            yield {"is": "held", "actor": actor, "on": on.isoformat(),
                   "roles": [[role, unit or None] for role, unit in roles]}  # fmt: skip

    def _beside(self, kind: Kind, holding: Holding, facts: Sequence[Fact]) -> Iterator[Said]:
        if kind.name == "dossier":
            return found(holding.key, facts, self._rules, self._papers_of)
        if kind.name == "submission":
            self._papers[holding.key] = [
                (datetime.fromisoformat(f.body["at"]), document(holding.key, f))
                for f in facts if f.body["act"] == "attach"
            ]  # fmt: skip
        return iter(())

    def _rules(self, key: str) -> Any:
        return self.wf.shelf.rules(self.db, key)

    def _papers_of(self, submission: str | None, at: str) -> tuple[Document, ...]:
        until = datetime.fromisoformat(at)
        return tuple(d for when, d in self._papers.get(submission or "", ()) if when <= until)
