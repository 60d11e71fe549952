"""The same office with the real engine: every act through the library, undone at the end."""

import itertools
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Self

from sqlalchemy import Select, insert, select
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import StaticPool

from figures.database import engine_of
from figures.evidence.model import book
from figures.evidence.model.reference import SUBMISSIONS
from figures.evidence.model.registers import DONE, Codes
from figures.evidence.model.sealed import Hands, numbered
from figures.fault import replaced
from thidua import (
    By,
    Paper,
    Thidua,
    ThiduaError,
    engine,
    ledger,
    seeker,
    sqlite_engine,
    substitutions,
)
from thidua.definitions.days import Day
from thidua.storage import library
from thidua.verify import verify
from thidua.watch import Bounds

START = datetime(2018, 6, 11, 2, tzinfo=UTC)
UNDOUBTED = Bounds(timedelta(days=36500), timedelta(days=36500))
SIGNED = Paper(number="1", symbol="TTr", signed_on=book.ALWAYS, signer="A")
_drawn = itertools.count()


def _draw_from(step: int) -> None:
    """Each side draws the same numbers in a step; those of the founding are the zeroth's."""
    global _drawn  # noqa: PLW0603 -- one sequence, begun anew for each side and step
    _drawn = itertools.count(step * 1000)


@contextmanager
def counted() -> Iterator[None]:
    """Ids and salts by number instead of by chance: two sides write the same bytes."""
    with (
        replaced(seeker, "new_id", lambda: f"{next(_drawn):032x}"),
        replaced(substitutions, "new_id", lambda: f"{next(_drawn):032x}"),
        replaced(engine, "salts", _salts),
        replaced(ledger, "salts", _salts),
        numbered(lambda: next(_drawn)),
    ):
        yield


def _salts(count: int) -> Iterator[str]:
    return iter([f"{next(_drawn):064x}" for _ in range(count)])


@dataclass
class Office:
    """One side. `names` has the model's names of rounds by their ids."""

    engine: Engine
    wf: Thidua
    db: Connection
    keys: Hands
    names: dict[str, str] = field(default_factory=dict)
    numbered: int = 0

    @classmethod
    def new(cls, url: str | None = None) -> Self:
        """Tables, people, units and the procedure, committed; in memory without an URL."""
        made = (
            sqlite_engine("sqlite://", poolclass=StaticPool)
            if url is None
            else engine_of(url, keeping=True)
        )
        keys = Hands(lambda: next(_drawn))
        wf = Thidua(bounds=UNDOUBTED, keys=keys)
        _draw_from(0)
        with counted(), made.begin() as db:
            wf.migrate(db)
            _employ(wf, db)
            for text in (book.FIRST, book.SECOND):
                wf.adopt(db, text, now=START)
            for key in SUBMISSIONS:
                wf.submissions.add(db, SIGNED, by=By("officer"), submission_id=key, now=START)
        return cls(made, wf, made.connect(), keys)

    def begin(self) -> None:
        """A new play."""
        self.db.rollback()
        self.names.clear()

    def close(self) -> None:
        """Give everything back."""
        self.db.close()
        self.engine.dispose()

    def do(self, name: str, terms: Mapping[str, Any], step: int) -> Codes:
        """Do what the model does under the same name; the codes against it."""
        _draw_from(step)
        try:
            told = getattr(self, f"_{name}")(**terms)
        except ThiduaError as error:
            return frozenset(reason.code for reason in error.reasons)
        return told if isinstance(told, frozenset) else DONE

    def _act(
        self, key: str, command: Any, actor: str, now: datetime, *, for_: str | None = None,
        command_id: str | None = None, expect: int | None = None,
    ) -> None:  # fmt: skip
        terms: dict[str, Any] = {"by": By(actor, for_), "command_id": command_id, "now": now}
        if type(command).__name__ == "Create":
            self.wf.create(self.db, command, dossier_id=key, **terms)
            return
        ref = getattr(command, "round", None)
        if ref is not None and "/" in ref:
            command = replace(command, round=self._id(ref))
        self.wf.act(self.db, key, command, expect=expect, **terms)

    def _id(self, name: str) -> str:
        self._learn()
        return next((key for key, each in self.names.items() if each == name), name)

    def _name(self, round_id: str) -> str:
        if round_id not in self.names:
            self._learn()
        return self.names[round_id]

    def _learn(self) -> None:
        r = self.wf.tables.round.c
        for key, gathered, seq in self._read(select(r.id, r.gathered, r.seq)):
            version, _, of = gathered.partition("/")
            other = "2:" if version == book.VERSIONS["2"][:16] else ""
            self.names[key] = f"{other}{of}/{seq}"

    def _read(self, query: Select[Any]) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.db.execute(query)]

    def _answer_list(
        self, round_: str, seat: str, opinion: str, actor: str, now: datetime
    ) -> Codes:  # fmt: skip
        listed = self.wf.rounds.answer(
            self.db, self._id(round_), seat, opinion, by=By(actor), note="Ý kiến", now=now
        )
        return frozenset(f"{key}:{reason.code}" for key, error in listed.refused.items()
                         for reason in error.reasons)  # fmt: skip

    def _confirm(self, version: str, now: datetime) -> None:
        told = {"by": "officer", "at": now.isoformat()}
        library.confirm(self.db, self.wf.tables, book.VERSIONS[version], "guess", told)

    def _keep(self, years: int | None, actor: str, now: datetime) -> None:
        self.wf.erasure.confirm(self.db, "ministry", years, by=By(actor), ground=SIGNED, now=now)

    def _lose(self, key: str, now: datetime) -> None:  # noqa: ARG002 -- as all acts
        box = self.wf.tables.box.c
        for (key_id,) in self._read(select(box.key_id).where(box.dossier_id == key)):
            self.keys.destroy(key_id)

    def _day_off(self, on: date, now: datetime) -> None:
        day = Day(on, "off", "Nghỉ", "Off", "QĐ 1", "read")
        self.wf.calendars.correct(self.db, [day], by=By("officer"), ground="QĐ 1", now=now)
        d = self.wf.tables.dossier.c
        for (key,) in self._read(select(d.id).order_by(d.id)):
            self.wf.reprojection.apply(self.db, key, now=now)

    def _tick(self, now: datetime) -> None:
        while self.wf.tick(self.db, now).more:
            pass

    def _meet(self, meeting: str, held_on: Any, actor: str, now: datetime) -> None:
        self.wf.meetings.add(
            self.db, "Họp", held_on, by=By(actor), meeting_id=meeting, now=now
        )  # fmt: skip

    def _attend(self, meeting: str, there: Any, actor: str, now: datetime) -> None:
        self.wf.meetings.attend(self.db, meeting, there, by=By(actor), now=now)

    def _preside(self, meeting: str, who: str, actor: str, now: datetime) -> None:
        self.wf.meetings.preside(self.db, meeting, who, by=By(actor), now=now)

    def _move(self, meeting: str, on: date, actor: str, now: datetime) -> None:
        moved = self.wf.rescheduling
        for key in moved.move(self.db, meeting, on, by=By(actor), now=now):
            moved.apply(self.db, meeting, key, now=now)

    def _begin(self, meeting: str, actor: str, now: datetime) -> None:
        self.wf.meetings.begin(self.db, meeting, by=By(actor), now=now)

    def _conclude(self, meeting: str, actor: str, now: datetime) -> None:
        self.wf.meetings.conclude(self.db, meeting, by=By(actor), now=now)

    def _bring(
        self, meeting: str, key: str, trigger: str | None, actor: str, now: datetime
    ) -> None:  # fmt: skip
        how = {"ballot": "vote"} if trigger is None else {"trigger": trigger}
        cases = self.wf.meetings.cases
        cases.bring(self.db, meeting, key, by=By(actor), note="Bổ sung", now=now, **how)

    def _defer(self, meeting: str, key: str, to: str | None, actor: str, now: datetime) -> None:
        cases = self.wf.meetings.cases
        cases.defer(self.db, meeting, key, "vote", by=By(actor), note="Hoãn", to=to, now=now)

    def _draft(self, decision: str, lines: Any, actor: str, now: datetime) -> None:
        self.wf.decisions.draft(
            self.db, "Quyết định", lines, by=By(actor), decision_id=decision, now=now
        )

    def _number(self, decision: str, paper: Paper, actor: str, now: datetime) -> None:
        self.wf.decisions.number(self.db, decision, paper, by=By(actor), now=now)

    def _strike(self, decision: str, keys: Any, actor: str, now: datetime) -> None:
        self.wf.decisions.strike(self.db, decision, keys, by=By(actor), note="Rút", now=now)

    def _look_again(self, decision: str, keys: Any, actor: str, now: datetime) -> None:
        self.wf.decisions.look_again(self.db, decision, keys, by=By(actor), now=now)

    def _apply_line(self, decision: str, key: str, actor: str, now: datetime) -> None:
        self.wf.decisions.apply_line(self.db, decision, key, by=By(actor), now=now)

    def _finish(self, decision: str, actor: str, now: datetime) -> None:
        self.wf.decisions.finish(self.db, decision, by=By(actor), now=now)

    # What it has come to.

    def seen(self, key: str) -> dict[str, Any]:
        """All that the model too says of a dossier."""
        t, name = self.wf.tables, self._name
        d, li = t.dossier.c, t.line.c
        dossier = self._read(select(d.state, d.pause, d.version, d.count).where(d.id == key))
        lines = self._read(
            select(li.round_id, li.outcome, li.counts, li.opened_n, li.closed_n)
            .where(li.dossier_id == key).order_by(li.opened_n)
        )  # fmt: skip
        j, o, v = t.task.c, t.opinion.c, t.vote.c
        jobs = self._read(
            select(j.n, j.kind, j.what, j.seat, j.status, j.round_id, j.outcome, j.holder,
                   j.due_on, j.left).where(j.dossier_id == key).order_by(j.n)
        )  # fmt: skip
        said = select(o.round_id, o.seat, o.kind, o.standing).where(o.dossier_id == key)
        cast = select(v.round_id, v.seat, v.choice, v.way).where(v.dossier_id == key)
        p, e = t.event_private.c, t.event.c
        words = select(p.n, p.body).where(p.stream == key).order_by(p.n)
        log = select(e.body).where(e.stream == key).order_by(e.n)
        return {
            "dossier": dossier[0] if dossier else None,
            "jobs": [self._named(row) for row in jobs],
            "lines": [(name(r), how, json.loads(c), a, z) for r, how, c, a, z in lines],
            "opinions": [(name(r), *rest) for r, *rest in self._read(said.order_by(o.n))],
            "votes": [(name(r), *rest) for r, *rest in self._read(cast.order_by(v.n))],
            "beside": [
                (n, word) for n, body in self._read(words) for word in sorted(json.loads(body))
            ],
            "log": [_entry(json.loads(body)) for (body,) in self._read(log)],
        }

    def _named(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        n, kind, what, seat, status, round_id, *rest = row
        head, colon, tail = what.partition(":")
        if head in ("reply", "tie"):
            what = head + colon + self._name(tail)
        return n, kind, what, seat, status, round_id and self._name(round_id), *rest

    def problems(self) -> list[str]:
        """What `verify` finds."""
        return [problem.text() for problem in verify(self.db, self.wf)]

    def bytes(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every byte of the journal and of what is kept beside it, in a fixed order."""
        beside = (self.wf.tables.event, self.wf.tables.event_private)
        return {t.name: sorted(self._read(select(t)), key=lambda row: row[:2]) for t in beside}


def _entry(body: Mapping[str, Any]) -> str:
    act: str = body["act"]
    return f"{act}:{body['trigger']}" if act == "fire" else act


def _employ(wf: Thidua, db: Connection) -> None:
    t, since = wf.tables, book.ALWAYS.isoformat()
    held = [{"actor": a, "role": r, "unit": u, "from_on": since}
            for a, roles in book.PEOPLE.items() for r, u in sorted(roles)]  # fmt: skip
    db.execute(insert(t.holding), held)
    db.execute(insert(t.unit), [
        {"id": key, "from_on": since, "name": key, "kind": kind, "groups": "{}"}
        for key, kind in book.UNITS.items()
    ])  # fmt: skip
    for (actor, for_), (first, last) in book.STAND_INS.items():
        wf.substitutions.add(db, actor, for_, first, last, by=By("officer"), ground="QĐ số 1",
                             now=START)  # fmt: skip
