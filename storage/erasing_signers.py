"""Taking the names of signers out of a submission, meeting or decision and its journal."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, select, update
from sqlalchemy.engine import Connection, RowMapping

from thidua.storage.erasing import OF_MAIL, OF_NOTICE, Words, rewrite
from thidua.storage.schema import Tables
from thidua.workflow.journal import compact
from thidua.workflow.replay import GONE

NOUNS = ("submission", "meeting", "decision")
SIGNER = "paper.signer"


def noun_of(db: Connection, t: Tables, key: str) -> str | None:
    """Which of them has this id; None where none has."""
    for noun in NOUNS:
        table = getattr(t, noun)
        if db.execute(select(table.c.id).where(table.c.id == key)).first() is not None:
            return noun
    return None


def dossiers(db: Connection, t: Tables, noun: str, key: str) -> list[Mapping[str, Any]]:
    """The dossiers that it brought, had on its agenda or decided on, as `retention.dossiers`."""
    of: dict[str, Select[Any]] = {
        "submission": select(t.dossier.c.id).where(t.dossier.c.submission == key),
        "meeting": select(t.line.c.dossier_id).where(t.line.c.meeting == key),
        "decision": select(t.decision_line.c.dossier_id).where(
            t.decision_line.c.decision_id == key
        ),
    }
    d = t.dossier.c
    query = select(d.id, d.award, d.procedure, d.state, d.more).where(d.id.in_(of[noun]))
    rows = db.execute(query.order_by(d.id)).mappings()
    return [{**row, "moved_n": json.loads(row["more"]).get("moved_n", 0)} for row in rows]


def take_out(db: Connection, t: Tables, key: str, about: list[str]) -> list[list[Any]]:
    """Take the names out of the journal's values, and of notices and mails about these dossiers.

    `[entry, name]` of each that went. The row's own paper is `unsigned`.
    """
    p, gone, words = t.event_private.c, [], set()
    kept = select(p.n, p.body).where(p.stream == key).order_by(p.n)
    for n, body in db.execute(kept).all():
        values = json.loads(body or "{}")
        if SIGNER in values:
            gone.append([n, SIGNER])
            words.add(values.pop(SIGNER)[1])
            mine = (p.stream == key) & (p.n == n)
            db.execute(update(t.event_private).where(mine).values(body=compact(values)))
    for word in words:
        for dossier in about:
            _unquote(db, t, dossier, word)
    return gone


def _unquote(db: Connection, t: Tables, dossier: str, word: str) -> None:
    n, m = t.notice.c, t.mail.c
    notices = (n.dossier_id == dossier) & n.context.contains(word, autoescape=True)
    mails = m.content.contains(compact(dossier), autoescape=True)
    mails &= m.content.contains(word, autoescape=True)
    rewrite(db, t.notice, "context", notices, Words([word], keys=OF_NOTICE))
    rewrite(db, t.mail, "content", mails, Words([word], keys=OF_MAIL))


def unsigned(row: RowMapping) -> dict[str, str]:
    """What changes on the row: its paper without the name, where it has one."""
    paper = json.loads(row["paper"]) if "paper" in row else {}
    return {"paper": compact({**paper, "signer": GONE})} if "signer" in paper else {}
