"""Taking private values out of every row that has them, once an act has said so."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from unicodedata import normalize

from sqlalchemy import Column, ColumnElement, Label, and_, exists, func, select, update
from sqlalchemy.engine import Connection

from thidua.storage.schema import Tables
from thidua.storage.sealed import values_of
from thidua.workflow.journal import canonical, compact
from thidua.workflow.replay import GONE

Names = Collection[tuple[int, str]]
ERASED = "(đã xóa)"
"""What letters and lists say in the place of a value that was erased."""
LONG = 6
"""Letters from which on a value is looked for inside texts: shorter ones are parts of words."""
OF_NOTICE = frozenset({"asked", "by", "dossier", "items", "kind", "procedure_hash", "round", "rung",
                       "silence", "task", "trigger", "unit"})  # fmt: skip
OF_MAIL = frozenset({"id", "kind", "mailbox", "message_id", "notices", "silence"})
"""What a notice and a mail are sent by, and not what they say: ids, seats, mailboxes."""


def names(db: Connection, t: Tables, stream: str) -> tuple[tuple[int, str], ...]:
    """Number and name of every private value of a stream.

    Where the key of sealed ones is destroyed, as the event promised them: a restored backup may
    hold their copies in other rows.
    """
    p, e = t.event_private.c, t.event.c
    beside = t.event_private.join(t.event, (p.stream == e.stream) & (p.n == e.n))
    query = select(p.n, p.body, e.body.label("told")).select_from(beside)
    rows = db.execute(query.where(p.stream == stream).order_by(p.n))
    return tuple((n, name) for n, body, told in rows for name in _names(body, told))


def _names(body: str | None, told: str) -> list[str]:
    return list(json.loads(told)["commit"] if body is None else json.loads(body))


def _kept(db: Connection, t: Tables, stream: str) -> list[tuple[int, dict[str, list[str]]]]:
    p = t.event_private.c
    rows = db.execute(select(p.n, p.body).where(p.stream == stream).order_by(p.n))
    return [(n, json.loads(body or "{}")) for n, body in rows]


def erase(db: Connection, t: Tables, dossier_id: str, gone: Names) -> None:
    """Take the values out of `event_private`, the documents' names, notices and mails.

    The dossier's own row is the act's to write.
    """
    values = _take_out(db, t, dossier_id, gone)
    files = unname(db, t, dossier_id, {name for _, name in gone})
    words = {each for some in values.values() for each in some if says(each)}
    told = t.notice.c.dossier_id == dossier_id
    about = t.mail.c.content.contains(compact(dossier_id), autoescape=True)
    rewrite(db, t.notice, "context", told, Words(words, keys=OF_NOTICE))
    rewrite(db, t.mail, "content", about, Words(words, keys=OF_MAIL), _Enclosed(files))


def _take_out(db: Connection, t: Tables, stream: str, gone: Names) -> dict[str, set[str]]:
    """Rewrite the private values; those that went, by name."""
    went: dict[str, set[str]] = {}
    p, values = t.event_private.c, values_of(t)
    if values is not None:
        values.renew(stream)
    for n, kept in _kept(db, t, stream):
        left = {name: pair for name, pair in kept.items() if (n, name) not in gone}
        if len(left) == len(kept) and values is None:
            continue
        for name in kept.keys() - left.keys():
            went.setdefault(name, set()).add(kept[name][1])
        mine = (p.stream == stream) & (p.n == n)
        body = compact(left) if values is None else values.seal(stream, compact(left))
        db.execute(update(t.event_private).where(mine).values(body=body))
    return went


def shown(column: Column[str]) -> Label[str]:
    """A name as lists show it: that it was erased, where it was."""
    return func.coalesce(func.nullif(column, GONE), ERASED).label(column.name)


def unname(db: Connection, t: Tables, owner: str, names: Collection[str]) -> set[str]:
    """Take the names and pages of documents, where they are among the values that go; the hashes
    of those documents.
    """
    if not any(name in ("name", "pages") or name.startswith("enclosed.") for name in names):
        return set()
    d = t.document.c
    db.execute(update(t.document).where(d.owner == owner).values(name=GONE))
    paged = (d.owner == owner) & d.pages.is_not(None)
    db.execute(update(t.document).where(paged).values(pages=GONE))
    return set(db.execute(select(d.sha256).where(d.owner == owner)).scalars())


def unneeded(t: Tables) -> ColumnElement[bool]:
    """Documents that were erased: of their rows only hash and size are needed still."""
    d, e = t.document.c, t.event.c
    said = and_(e.body.contains('"act":"redact"', autoescape=True),
                e.body.contains('"documents"', autoescape=True))  # fmt: skip
    return (d.name == GONE) & exists().where(e.stream == d.owner, said)


def erased_documents(db: Connection, t: Tables, owners: Collection[str]) -> set[Any]:
    """Owner, kind and version of each of their documents that was erased."""
    d = t.document.c
    query = select(d.owner, d.kind, d.version).where(d.owner.in_(owners), unneeded(t))
    return {tuple(row) for row in db.execute(query)}


class Words:
    """What is looked for in frozen texts: equal to a value, or a text that contains a long one.

    What stands under one of `keys` is left as it is.
    """

    def __init__(
        self, values: Iterable[str], instead: str = ERASED, *, keys: Collection[str] = ()
    ) -> None:
        self.whole = {normalize("NFC", value) for value in values}
        self.inside = sorted((v for v in self.whole if len(v) >= LONG), key=len, reverse=True)
        self.instead, self.keys = instead, keys

    def without(self, value: Any) -> Any:
        """The same JSON value with the words put out."""
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, list):
            return [self.without(each) for each in value]
        if isinstance(value, dict):
            return {k: v if k in self.keys else self.without(v) for k, v in value.items()}
        return value

    def _text(self, text: str) -> str:
        if text in self.whole:
            return self.instead
        for value in self.inside:
            text = text.replace(value, self.instead)
        return text


@dataclass(frozen=True, slots=True)
class _Enclosed:
    """Files by their hashes that no mail may take along any more: it names them as not there."""

    hashes: Collection[str]

    def without(self, content: dict[str, Any]) -> dict[str, Any]:
        """A mail's content, which of such a file keeps what it is called."""
        papers = [each[:1] if any(part in self.hashes for part in each[1:]) else each
                  for each in content.get("papers", ())]  # fmt: skip
        return {**content, "papers": papers} if papers else content


def says(value: str) -> bool:
    """Whether it is a name or a text: numbers, dates, yes and no tell of nobody by themselves."""
    return any(sign.isalpha() for sign in value) and value not in ("yes", "no")


def rewrite(db: Connection, table: Any, column: str, mine: Any, *words: Words | _Enclosed) -> None:
    """Put words out of a column of JSON texts, in the rows that are meant."""
    keys = list(table.primary_key)
    there = mine & table.c[column].is_not(None)
    for *key, text in list(db.execute(select(*keys, table.c[column]).where(there))):
        told = json.loads(text)
        for each in words:
            told = each.without(told)
        after = canonical(told)
        if after != text:
            here = [k == value for k, value in zip(keys, key, strict=True)]
            db.execute(update(table).where(*here).values({column: after}))


def erasures(db: Connection, t: Tables, stream: str | None = None) -> list[tuple[str, int, Any]]:
    """Every event of erasure: stream, number, body; of one stream if it is given.

    Reads the whole journal.
    """
    e = t.event.c
    query = select(e.stream, e.n, e.body).where(e.body.contains('"act":"redact"', autoescape=True))
    if stream is not None:
        query = query.where(e.stream == stream)
    found = [
        (key, n, json.loads(body)) for key, n, body in db.execute(query.order_by(e.stream, e.n))
    ]
    return [each for each in found if each[2]["act"] == "redact"]
