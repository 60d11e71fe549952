"""The exchange in a round: what became of every ask, drafts that wait, and the words said."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.engine import Connection

from thidua.storage.schema import Tables
from thidua.workflow.ask_told import Told, asks_told

SAID = ("ask_back", "answer_back", "inform", "request", "reply", "excuse", "cancel_round",
        "include", "reopen")  # fmt: skip
"""Acts whose note is what one side says to the other, or why."""


TALK = ("request", "ask_back", "answer_back", "reply", "excuse")
"""Acts that a seat reads in its own list."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft of a seat's answer about a dossier that nothing has been answered after."""

    dossier: str
    n: int
    opinion: str
    note: str | None
    by: str
    at: str


def told(db: Connection, t: Tables, round_id: str) -> dict[tuple[str, str], Told]:
    """By dossier and seat the story of every ask of a round, in one query."""
    found: dict[tuple[str, str], Told] = {}
    for dossier, events in _by_dossier(db, _events(t, _in_round(t, round_id))):
        asks = asks_told((n, body) for n, body, _ in events)
        found |= {(dossier, seat): ask for (key, seat), ask in asks.items() if key == round_id}
    return found


def done_by(db: Connection, t: Tables, round_id: str, command_id: str) -> list[str]:
    """The dossiers of a round on which a command was carried out."""
    mine = t.event.c.stream.in_(_in_round(t, round_id)), t.event.c.command_id == command_id
    return list(db.execute(select(t.event.c.stream).where(*mine)).scalars())


def drafts(
    db: Connection, t: Tables, round_id: str, seat: str, *, command_id: str | None = None
) -> dict[str, Drafted]:
    """By dossier the newest draft of a seat's answer in a round, unless it has answered since;
    where it has answered some by that very command, those.
    """
    found: dict[str, Drafted] = {}
    again: dict[str, Drafted] = {}
    for dossier, events in _by_dossier(db, _events(t, _in_round(t, round_id), private=True)):
        for n, body, kept in events:
            if (body.get("round_id"), body.get("seat")) != (round_id, seat):
                continue
            if body["act"] == "answer":
                draft = found.pop(dossier, None)
                if (
                    draft is not None
                    and command_id is not None
                    and body.get("command") == command_id
                ):
                    again[dossier] = draft
            elif body["act"] == "prepare" and "opinion" in kept:
                found[dossier] = Drafted(dossier, n, kept["opinion"], kept.get("note"),
                                         body["by"], body["at"])  # fmt: skip
    return again or found


def said(db: Connection, t: Tables, dossier: str) -> list[dict[str, Any]]:
    """What office and asked seats have said to each other about a dossier, oldest first."""
    query = _events(t, [dossier], private=True)
    return [
        {"n": n, "act": body["act"], "at": body["at"], "by": body["by"], "seat": body.get("seat"),
         "round": body.get("round"), "note": kept.get("note"), "enclosed": _enclosed(body, kept)}
        for _, events in _by_dossier(db, query)
        for n, body, kept in events
        if body["act"] in SAID
    ]  # fmt: skip


def said_to(db: Connection, t: Tables, round_id: str, seat: str) -> list[dict[str, Any]]:
    """What a seat and the office have said to each other in a round, oldest first.

    What was said of several dossiers alike comes once; what others said is not among it.
    """
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for dossier, events in _by_dossier(db, _events(t, _in_round(t, round_id), private=True)):
        for _, body, kept in events:
            mine = body.get("round_id") == round_id and body.get("seat", seat) == seat
            if body["act"] not in TALK or not mine:
                continue
            note = kept.get("note") or ""
            key = (body["at"], body["act"], body["by"], note)
            line = dict(zip(("at", "act", "by", "note"), key, strict=True))
            found.setdefault(key, {**line, "enclosed": _enclosed(body, kept), "dossiers": []})[
                "dossiers"
            ].append(dossier)
    return [found[key] for key in sorted(found)]


def _in_round(t: Tables, round_id: str) -> Select[Any]:
    return select(t.line.c.dossier_id).where(t.line.c.round_id == round_id)


def _events(t: Tables, streams: Select[Any] | list[str], *, private: bool = False) -> Select[Any]:
    e, p = t.event.c, t.event_private.c
    query = select(e.stream, e.n, e.body)
    if private:
        kept = (p.stream == e.stream) & (p.n == e.n)
        query = select(e.stream, e.n, e.body, p.body).join(t.event_private, kept, isouter=True)
    return query.where(e.stream.in_(streams)).order_by(e.stream, e.n)


Event = tuple[int, dict[str, Any], dict[str, str]]


def _by_dossier(db: Connection, query: Select[Any]) -> Iterator[tuple[str, Iterable[Event]]]:
    for dossier, rows in groupby(db.execute(query), key=lambda row: row[0]):
        yield dossier, ((n, json.loads(body), _kept(rest)) for _, n, body, *rest in rows)


def _enclosed(body: Mapping[str, Any], kept: Mapping[str, str]) -> list[str | None]:
    """What the files are called that came with an event; None for a name that was erased."""
    return [kept.get(f"enclosed.{n}") for n, _ in enumerate(body.get("enclosed", ()), 1)]


def _kept(rest: list[str | None]) -> dict[str, str]:
    values = json.loads(rest[0]) if rest and rest[0] else {}
    return {name: value for name, (_, value) in values.items()}
