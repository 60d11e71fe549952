"""Taking titles, notes, documents' names and signers out of a register and its journal."""

import json
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Select, select, update
from sqlalchemy.engine import Connection, RowMapping

from thidua.storage.classified import STREAM
from thidua.storage.erasing import OF_MAIL, OF_NOTICE, Words, rewrite, says, unname
from thidua.storage.schema import Tables
from thidua.workflow.erasure import meant
from thidua.workflow.journal import compact
from thidua.workflow.replay import GONE

NOUNS = ("submission", "meeting", "decision", "council", "substitution", "classified", "retention",
         "directory", "calendar")  # fmt: skip
SIGNER = "paper.signer"


def noun_of(db: Connection, t: Tables, key: str) -> str | None:
    """Which of them has this id; None where none has."""
    for noun in NOUNS:
        table = getattr(t, noun)
        if db.execute(select(table.c.id).where(table.c.id == key)).first() is not None:
            return noun
    return None


def dossiers(db: Connection, t: Tables, noun: str, key: str) -> list[Mapping[str, Any]]:
    """The dossiers that it brought, has or had on its agenda or among its lines, as
    `retention.dossiers`; a council's are those of its meetings.
    """
    line, m = t.line.c, t.meeting.c
    of: dict[str, list[Select[Any]]] = {
        "submission": [select(t.dossier.c.id).where(t.dossier.c.submission == key)],
        "meeting": [select(line.dossier_id).where(line.meeting == key)],
        "council": [select(line.dossier_id).where(
            line.meeting.in_(select(m.id).where(m.council == key)))],
        "classified": [select(t.dossier.c.id).where(t.dossier.c.id == key.removeprefix(STREAM))],
    }  # fmt: skip
    found = {each for query in of.get(noun, ()) for each in db.execute(query).scalars()}
    d, ids = t.dossier.c, sorted(found | _named(db, t, key))
    query = select(d.id, d.award, d.procedure, d.state, d.more).where(d.id.in_(ids))
    rows = db.execute(query.order_by(d.id)).mappings()
    return [{**row, "moved_n": json.loads(row["more"]).get("moved_n", 0)} for row in rows]


def _named(db: Connection, t: Tables, key: str) -> set[str]:
    """The dossiers that its own journal names: one that was put off or struck is no row of it."""
    found: set[str] = set()
    for text in db.execute(select(t.event.c.body).where(t.event.c.stream == key)).scalars():
        body = json.loads(text)
        found |= {body["dossier"]} if "dossier" in body else set()
        found |= {each[0] for each in body.get("lines", ())}
    return found


def take_out(
    db: Connection, t: Tables, key: str, parts: Collection[str], about: Collection[str]
) -> list[list[Any]]:
    """Take these parts out of the journal's values, the documents' names, and notices and mails
    about these dossiers.

    `[entry, name]` of each value that went. The row is the act's to write, with `emptied`.
    """
    p, gone, words = t.event_private.c, list[list[Any]](), set[str]()
    kept = select(p.n, p.body).where(p.stream == key).order_by(p.n)
    for n, body in db.execute(kept).all():
        values = json.loads(body or "{}")
        went = sorted(name for name in values if meant(name, parts))
        if went:
            gone += [[n, name] for name in went]
            words |= {values.pop(name)[1] for name in went}
            mine = (p.stream == key) & (p.n == n)
            db.execute(update(t.event_private).where(mine).values(body=compact(values)))
    unname(db, t, key, {name for _, name in gone})
    for word in filter(says, sorted(words)):
        for dossier in about:
            _unquote(db, t, dossier, word)
    return gone


def _unquote(db: Connection, t: Tables, dossier: str, word: str) -> None:
    n, m, written = t.notice.c, t.mail.c, compact(word)[1:-1]
    notices = (n.dossier_id == dossier) & n.context.contains(written, autoescape=True)
    mails = m.content.contains(compact(dossier), autoescape=True)
    mails &= m.content.contains(written, autoescape=True)
    rewrite(db, t.notice, "context", notices, Words([word], keys=OF_NOTICE))
    rewrite(db, t.mail, "content", mails, Words([word], keys=OF_MAIL))


def emptied(row: RowMapping, names: Collection[str]) -> dict[str, str]:
    """What changes on the row when the values of these names go."""
    told = {name: GONE for name in ("title", "ground") if name in row and name in names}
    paper = json.loads(row["paper"]) if "paper" in row and SIGNER in names else {}
    if "signer" in paper:
        told["paper"] = compact({**paper, "signer": GONE})
    return told
