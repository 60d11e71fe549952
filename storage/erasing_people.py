"""Taking a person's name and addresses out of the directory, its journal, notices and mails."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.engine import Connection

from thidua.storage.erasing import ERASED, Words, rewrite
from thidua.storage.mails import UNSENT
from thidua.storage.schema import Tables
from thidua.workflow.journal import canonical, compact

STREAM = "directory"
NOWHERE = "da-xoa@example.invalid"
"""What a mail that was made says in the place of a mailbox: one that nothing reaches."""

_NAMED: Mapping[str, tuple[str, ...]] = {
    "person": ("id",), "address": ("owner",), "holding": ("actor",),
    "relation": ("person", "relative"),
}  # fmt: skip
"""By list the columns that say whom a row is about."""
_EMPTY: Mapping[str, Mapping[str, str | None]] = {
    "person": {"name": ERASED, "account": None}, "address": {"mailbox": None, "phone": None},
    "holding": {"ground": None}, "relation": {"ground": None},
}  # fmt: skip
"""By list what stands in a row afterwards; ids, roles, units and dates stay."""

Row = Mapping[str, Any]


@dataclass(slots=True)
class Taken:
    """What went: rows by list, `[entry, name]` of the directory's journal, and what those entries
    say without it, by the name under which the entry that erases keeps it.
    """

    rows: dict[str, int] = field(default_factory=dict)
    erased: list[list[Any]] = field(default_factory=list)
    kept: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    mailboxes: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)

    def note(self, table: str, row: Row) -> None:
        """Note the words by which the person is known, to look for them in mails."""
        if table == "person":
            self.names |= {row["name"]} - {ERASED}
        elif table == "address":
            self.mailboxes |= {row["mailbox"]} - {None}
            self.numbers |= {row["phone"]} - {None}


def take_out(db: Connection, t: Tables, actor: str) -> Taken:
    """Empty every dated row about the person, in the lists and in the journal of these."""
    taken = Taken()
    for name, columns in _NAMED.items():
        table, empty = getattr(t, name), _EMPTY[name]
        mine = or_(*(table.c[column] == actor for column in columns))
        full = or_(*(table.c[column].is_distinct_from(value) for column, value in empty.items()))
        rows = db.execute(select(table).where(mine, full)).mappings().all()
        for row in rows:
            taken.note(name, dict(row))
        if rows:
            taken.rows[name] = len(rows)
            db.execute(update(table).where(mine).values(**empty))
    _entries(db, t, actor, taken)
    _mails(db, t, actor, taken)
    return taken


def _entries(db: Connection, t: Tables, actor: str, taken: Taken) -> None:
    p = t.event_private.c
    query = select(p.n, p.body).where(p.stream == STREAM).order_by(p.n)
    entries = [(n, json.loads(body or "{}")) for n, body in db.execute(query)]
    lists = set()
    for n, values in entries:
        for name in (each for each in values if each.partition(".")[0] == "rows"):
            if _emptied(name, values[name][1], n, actor, taken):
                lists.add((n, name))
    for n, values in entries:
        ground = values.get("ground", ("", ""))[1]
        named = {"ground"} if any(each in ground for each in taken.names) else set()
        gone = named | {name for name in values if (n, name) in lists}
        if gone:
            taken.erased += [[n, name] for name in sorted(gone)]
            left = {name: pair for name, pair in values.items() if name not in gone}
            mine = (p.stream == STREAM) & (p.n == n)
            db.execute(update(t.event_private).where(mine).values(body=compact(left)))


def _emptied(name: str, value: str, n: int, actor: str, taken: Taken) -> bool:
    """Whether rows of an entry name the person; they are kept without that."""
    changes, found = json.loads(value), False
    for table, *rows in changes:
        for row in rows:
            if row is not None and actor in (row.get(c) for c in _NAMED.get(table, ())):
                taken.note(table, row)
                found |= any(row[key] != empty for key, empty in _EMPTY[table].items())
                row.update(_EMPTY[table])
    if found:
        taken.kept[name if "." in name else f"rows.{n}"] = canonical(changes)
    return found


def _mails(db: Connection, t: Tables, actor: str, taken: Taken) -> None:
    """Those made for the person, and whatever else quotes name, mailbox or telephone.

    A name that somebody else has too is left in what was written to others.
    """
    m, n = t.mail.c, t.notice.c
    own = m.owner == actor
    boxed, told = Words(taken.mailboxes, NOWHERE), Words(taken.names | taken.numbers)
    lone = Words((taken.names - _shared(db, t, actor, taken.names)) | taken.numbers)
    for column in ("content", "trouble"):
        rewrite(db, t.mail, column, own, boxed, told)
        words = taken.mailboxes | lone.whole
        for where in _quoting(m[column], words):
            rewrite(db, t.mail, column, where, boxed, lone)
    for where in _quoting(n.context, lone.whole):
        rewrite(db, t.notice, "context", where, lone)
    db.execute(update(t.mail).where(own).values(mailbox=NOWHERE))
    waiting = m.status.in_((*UNSENT, "held"))
    db.execute(update(t.mail).where(own, waiting).values(status="cancelled"))


def _quoting(column: ColumnElement[str], words: set[str]) -> Iterator[ColumnElement[bool]]:
    return (column.contains(compact(word)[1:-1], autoescape=True) for word in sorted(words))


def _shared(db: Connection, t: Tables, actor: str, names: set[str]) -> set[str]:
    """Those of the names that another person or a candidate has."""
    other = select(t.person.c.name).where(t.person.c.name.in_(names), t.person.c.id != actor)
    asked = select(t.dossier.c.candidate_name).where(t.dossier.c.candidate_name.in_(names))
    return set(db.execute(other).scalars()) | set(db.execute(asked).scalars())


def people(db: Connection, t: Tables) -> list[tuple[str, int]]:
    """Whoever was erased, with the number of the entry in the directory's journal."""
    e = t.event.c
    told = e.body.contains('"act":"erase_person"', autoescape=True)
    query = select(e.n, e.body).where(e.stream == STREAM, told).order_by(e.n)
    found = [(json.loads(body), n) for n, body in db.execute(query)]
    return [(body["actor"], n) for body, n in found if body["act"] == "erase_person"]


def back(db: Connection, t: Tables) -> list[str]:
    """Those who were erased and have a name or an address again."""
    return sorted(
        actor for actor in {actor for actor, _ in people(db, t)} if is_known(db, t, actor)
    )


def is_known(db: Connection, t: Tables, actor: str) -> bool:
    """Whether the lists have a name or an address of somebody."""
    p, a = t.person.c, t.address.c
    reached = or_(a.mailbox.is_not(None), a.phone.is_not(None))
    named = select(p.id).where(p.id == actor, p.name != ERASED)
    boxed = select(a.owner).where(a.owner == actor, reached)
    return any(db.execute(query).first() is not None for query in (named, boxed))
