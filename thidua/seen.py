"""One dossier as one actor may see it: for a page of a host, and for the command line."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from heapq import merge
from typing import Any

from thidua.connection import Db, connection_of
from thidua.ledger import Ledger
from thidua.logged import unshown
from thidua.opinions import marks, replies
from thidua.people import eyes_of
from thidua.storage import classified, listing, listing_embargo
from thidua.storage.erasing import ERASED
from thidua.storage.listing import Listed
from thidua.workflow.acts.enclosing import ENCLOSED
from thidua.workflow.ask_told import asks_told
from thidua.workflow.exceptions import Unusual, exceptions
from thidua.workflow.procedure import Procedure
from thidua.workflow.sight import (
    Eyes,
    Standing,
    What,
    confirms,
    handles,
    may_see,
    proposers,
)
from thidua.workflow.sight_events import Part, is_own_act, kept_back, part_of

FACT = ("at", "act", "by", "entered", "substitution", "role", "seat", "seats", "round", "round_id",
        "trigger", "from", "to", "state", "span", "items", "fields", "kind", "until", "matter",
        "level")  # fmt: skip
"""Parts of an event that tell no more than that it happened."""
WORDS = ("paper", "happened", "opinion", "standing", "sha256", "version")
"""Parts that are told to who may read its words, but does not handle the dossier."""
TELLING = ("state", "version", "count", "updated_at")
"""Columns of a dossier that tell what has become of it."""
PROPOSING = ("create", "attach", "supplement", "withdraw")
"""Rights whose holders bring a dossier's papers."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What may be seen of a dossier by all that look; what may not be seen is not in it.

    `dossier` is its row; with `embargo` its `state`, `version` and `count` are None. `tasks`,
    `lines` (of rounds), `opinions` (each with `note`, `at`, `mark`; `reply` and `replied_at` where
    a disagreement was answered in writing), `votes` (`choice` None while the ballot runs),
    `documents` and `decisions` are rows, `events` number, hash, body and private
    values. `asks` tells where each ask stands, `exceptions` what is not as usual. `hidden` counts
    the opinions kept back, for who may know that others were asked; `handles` says whether the
    viewers are among those who handle the dossier, `concerned` whether each of them does, is asked
    about it, or is of the side that proposes. `levels` tells them how its level of secrecy came and
    went, as `events`.
    """

    procedure: Procedure
    embargo: bool
    handles: bool
    dossier: Mapping[str, Any]
    tasks: list[Listed]
    lines: list[Listed]
    opinions: list[Listed]
    votes: list[Listed]
    documents: list[Listed]
    decisions: list[Listed]
    events: list[Listed]
    asks: list[Listed]
    exceptions: tuple[Unusual, ...]
    hidden: int
    concerned: bool
    levels: list[Listed]


@dataclass(frozen=True, slots=True)
class Sight:
    """Reads a dossier for somebody's eyes: `wf.seen(db, dossier_id, actor)`."""

    ledger: Ledger

    def __call__(self, db: Db, dossier_id: str, *actors: str, now: datetime | None = None) -> Seen:
        """The dossier as every one of `actors` may see it; `Unknown` when there is none.

        `Refused` ("classified-here") of a classified one unless all handle it, are asked about it
        or are of the side that proposes.
        Without actors only what is announced is in it. No lock is taken.
        """
        on = self.ledger.shelf.today(now or self.ledger.clock())
        connection = connection_of(db)
        return self.by_eyes(db, dossier_id, eyes_of(self.ledger.people, connection, actors, on))

    def by_eyes(self, db: Db, dossier_id: str, eyes: tuple[Eyes, ...]) -> Seen:
        """The same for eyes whose roles are known."""
        looking = self._looking(db, dossier_id, eyes)
        t = self.ledger.tables
        if not looking.concerned and classified.among(connection_of(db), t, [dossier_id]):
            raise unshown("classified-here", eyes, dossier_id, dossier=dossier_id)
        return looking.seen()

    def concerns(self, db: Db, dossier_id: str, eyes: tuple[Eyes, ...]) -> bool:
        """Whether each of them handles it, is asked about it or is of the side that proposes."""
        return self._looking(db, dossier_id, eyes).concerned

    def _looking(self, db: Db, dossier_id: str, eyes: tuple[Eyes, ...]) -> "_Looking":
        connection, t = connection_of(db), self.ledger.tables
        parts = listing.parts(connection, t, dossier_id)
        (row,) = parts["dossier"]
        procedure = self.ledger.shelf.rules(connection, row["procedure"]).procedure
        unreleased = listing_embargo.unreleased(connection, t, [dossier_id])
        at = standing(row, unreleased)
        events = listing.history(connection, t, dossier_id)
        waiting = {each["id"] for each in parts["decisions"] if not each["applied"]}
        first = kept_back(procedure, events, waiting)
        levels = classified.history(connection, t, dossier_id)
        under = tuple(each.under(procedure) for each in eyes)
        return _Looking(procedure, under, at, parts, events, first, levels)


def standing(row: Mapping[str, Any], unreleased: Collection[str]) -> Standing:
    """Where a dossier's row stands; `unreleased` has the dossiers whose notices have not gone."""
    recused = tuple(row["more"].get("recused", ())) if "more" in row else ()
    return Standing(row["unit"], row["state"], row["id"] not in unreleased, recused)


@dataclass(frozen=True, slots=True)
class _Looking:
    procedure: Procedure
    eyes: tuple[Eyes, ...]
    at: Standing
    parts: Mapping[str, list[Listed]]
    events: list[Listed]
    first_kept_back: float
    given: list[Listed]

    def seen(self) -> Seen:
        (row,) = self.parts["dossier"]
        shut = not self.sees(What("outcome"))
        inside = handles(self.procedure, self.eyes, self.at)
        opinions = [*self.opinions()]
        hidden = len(self.parts["opinions"]) - len(opinions)
        unusual = exceptions(self.parts["tasks"], self.parts["opinions"])
        return Seen(
            self.procedure, shut, inside, self.dossier(row, shut=shut, inside=inside),
            [*self.tasks(inside=inside)], [*self.lines()], opinions, [*self.votes()],
            [*self.documents()], [*self.decisions()],
            [*self.history(inside=inside)], [*self.asks()],
            tuple(each for each in unusual if self.notices(each, inside=inside)),
            hidden if self.sees(What("asked")) else 0, self.concerned,
            [*self.levels(inside=inside)],
        )  # fmt: skip

    def sees(self, what: What) -> bool:
        return may_see(self.procedure, what, self.eyes, self.at)

    def all_know(self, seat: str, round_id: str | None = None) -> bool:
        """Whether each that looks is asked with the seat or handles the dossier."""
        return bool(self.eyes) and all(
            self.is_asked(each, seat, round_id) or handles(self.procedure, [each], self.at)
            for each in self.eyes
        )

    def is_asked(self, eyes: Eyes, seat: str, round_id: str | None) -> bool:
        """Whether somebody sits on the seat, or confirms what it answers in the round."""
        asked = What("asked", self.names.get(round_id or ""), seat)
        return eyes.sits_on(seat) or confirms(self.procedure, asked, eyes)

    @property
    def concerned(self) -> bool:
        asked = [(task["seat"], task["round_id"]) for task in self.parts["tasks"]
                 if task["kind"] in ("ask", "vote") and task["status"] != "cancelled"]  # fmt: skip
        may = self.procedure.may
        roles = [role for act in PROPOSING if act in may for role in may[act].roles]
        return bool(self.eyes) and all(
            handles(self.procedure, [each], self.at)
            or each.has(self.procedure, self.open_to(each, roles), self.at.unit)
            or (not each.stepped_back(self.at) and any(self.is_asked(each, *a) for a in asked))
            for each in self.eyes
        )

    def open_to(self, eyes: Eyes, roles: Collection[str]) -> Collection[str]:
        """The roles among these by which one may look: to who stepped back, as proposing side."""
        return {*roles} & proposers(self.procedure) if eyes.stepped_back(self.at) else roles

    def said(self, row: Mapping[str, Any]) -> bool:
        name = self.names.get(row["round_id"])
        return self.sees(What("opinion", name, row["seat"]))

    @property
    def names(self) -> dict[str, str]:
        return {line["round_id"]: line["name"] for line in self.parts["lines"]}

    @property
    def running(self) -> set[str]:
        return {line["round_id"] for line in self.parts["lines"] if line["closed_n"] is None}

    @property
    def own(self) -> set[str]:
        """The rounds in which a seat of all that look is asked, or that these handle."""
        return {t["round_id"] for t in self.parts["tasks"]
                if self.all_know(t["seat"], t["round_id"])}  # fmt: skip

    def dossier(self, row: Listed, *, shut: bool, inside: bool) -> dict[str, Any]:
        more = row["more"]
        name = row["candidate_name"] or ERASED
        told = {
            **row,
            "candidate_name": name,
            "more": more if inside else {"pause_items": more.get("pause_items", [])},
        }
        if "revoked_n" in more and not shut:
            told["more"] = {**told["more"], "revoked_n": more["revoked_n"]}
        return {**told, **{name: None for name in TELLING if shut and name in told}}

    def tasks(self, *, inside: bool) -> Iterator[Listed]:
        for task in self.parts["tasks"]:
            asking = task["kind"] in ("ask", "vote")
            asked = What("asked", self.names.get(task["round_id"]), task["seat"])
            if self.sees(asked) if asking else inside or self.all_know(task["seat"]):
                told = task["kind"] != "ask" or self.said(task)
                yield task if told else {**task, "outcome": None}

    def lines(self) -> Iterator[Listed]:
        for line in self.parts["lines"]:
            rule = self.procedure.rounds.get(line["name"])
            ballot = rule is not None and rule.kind == "ballot"
            if self.sees(What("tally" if ballot else "asked", line["name"])):
                yield line
            elif line["round_id"] in self.own or self.sees(What("asked", line["name"])):
                yield {**line, "outcome": None, "counts": "{}"}

    def opinions(self) -> Iterator[Listed]:
        marked = marks(self.events, self.parts["tasks"])
        told = {event["n"]: event for event in self.events}
        replied = replies(self.events)
        for opinion in self.parts["opinions"]:
            n = opinion["n"]
            body = told[n]["body"]
            if self.said(opinion) or (body["act"] == "answer" and is_own_act(body, self.eyes)):
                mark = asdict(marked[n]) if n in marked else None
                reply = replied.get(n)
                read = reply if reply is not None and self.reads(reply) else None
                yield {**opinion, "note": told[n]["private"].get("note"),
                       "at": body["at"], "mark": mark,
                       "reply": read and read["private"].get("note"),
                       "replied_at": read and read["body"]["at"]}  # fmt: skip

    def votes(self) -> Iterator[Listed]:
        for vote in self.parts["votes"]:
            name, runs = self.names[vote["round_id"]], vote["round_id"] in self.running
            if self.sees(What("roll", name, vote["seat"], runs)):
                yield vote
            elif self.sees(What("roll", name)):
                yield {**vote, "choice": None}

    def documents(self) -> Iterator[Listed]:
        """What came with somebody's words only for who may read these."""
        words = {f"{ENCLOSED}{event['n']}": event for event in self.events}
        for document in self.parts["documents"]:
            event = words.get(document["kind"])
            if event is None or self.reads(event):
                yield {**document, "name": document["name"] or ERASED}

    def reads(self, event: Mapping[str, Any]) -> bool:
        """Whether an event is seen whole; what all were asked, by each of them."""
        body = event["body"]
        to_all = body["act"] == "request" and "seat" not in body and body["round_id"] in self.own
        return to_all or self.part(event) == "all"

    def part(self, event: Mapping[str, Any]) -> Part:
        return part_of(self.procedure, event["body"], self.eyes, self.at, self.running,
                       announced=event["n"] < self.first_kept_back)  # fmt: skip

    def decisions(self) -> Iterator[Listed]:
        """Those carried out and announced; the others for who sees outcomes."""
        for each in self.parts["decisions"]:
            at = self.at if each["applied"] else Standing(self.at.unit, self.at.state,
                                                          False, self.at.recused)  # fmt: skip
            if may_see(self.procedure, What("outcome"), self.eyes, at):
                yield {name: value for name, value in each.items() if name != "applied"}

    def asks(self) -> Iterator[Listed]:
        stories = asks_told((event["n"], event["body"]) for event in self.events)
        for (round_id, seat), story in stories.items():
            key = {"round_id": round_id, "seat": seat}
            if round_id in self.names and self.said(key):
                yield {**key, "state": story.state, "steps": [s._asdict() for s in story.steps]}

    def notices(self, each: Unusual, *, inside: bool) -> bool:
        if each.round is None:
            return inside or self.all_know(each.seat)
        return self.sees(What("opinion", each.round, each.seat))

    def history(self, *, inside: bool) -> Iterator[Listed]:
        for event in self.events:
            part = self.part(event)
            if part == "all" and inside:
                yield event
            elif part != "nothing":
                yield _bare(event, words=part == "all")

    def levels(self, *, inside: bool) -> Iterator[Listed]:
        """On what paper only to who handles the dossier."""
        for event in self.given if self.concerned else ():
            yield event if inside else _bare(event, words=False)


def _bare(event: Listed, *, words: bool) -> Listed:
    """An event without what is for who handles the dossier alone."""
    keys = (*FACT, *WORDS) if words else FACT
    body = {k: v for k, v in event["body"].items() if k in keys}
    return {**event, "body": body, "private": event["private"] if words else {}}


def in_order(events: Iterable[Listed], levels: Iterable[Listed]) -> list[Listed]:
    """What a dossier's journal tells, and between it how its level of secrecy came and went, by
    the instant that each says under `at`.
    """
    return list(merge(events, levels, key=lambda each: datetime.fromisoformat(each["at"])))
