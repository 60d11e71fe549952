"""Cases from the records: every list in one query, however many dossiers a paper is about."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from thidua.lookup import Lookup
from thidua.opinions import marks, replies
from thidua.papers.case import Ballot, Case, Said, Silence, Waiver
from thidua.storage import listing, listing_papers, listing_people
from thidua.storage.listing import Listed
from thidua.storage.listing_people import Names
from thidua.storage.listing_times import legal_day
from thidua.workflow.person import Seat
from thidua.workflow.sight import Eyes, Standing, What, may_see
from thidua.workflow.view import Rules

ACTS = ("answer", "supplement", "reply", "waive", "redeem", "close_round", "putoff")
"""The events that papers read."""

LATE = ("late", "after_close")
"""Standings of opinions that were not in time."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Rows of all the dossiers, by dossier."""

    lines: Mapping[str, list[Listed]]
    tasks: Mapping[str, list[Listed]]
    opinions: Mapping[str, list[Listed]]
    ways: Mapping[str, list[Listed]]
    events: Mapping[str, list[Listed]]


def cases(
    look: Lookup, ids: Collection[str], eyes: tuple[Eyes, ...], at: Mapping[str, int] | None = None
) -> list[Case]:
    """The dossiers as papers tell of them; `at` gives journal positions to prove, else the last."""
    db, t = look.db, look.tables
    rows = listing.dossiers(db, t, listing.Wanted(ids=sorted(ids)))
    places = {row["id"]: (at or {}).get(row["id"], row["count"]) for row in rows}
    heads = listing_papers.heads(db, t, places)
    maker = _Maker(look, eyes, _parts(look, ids), listing_people.names(db, t, look.today))
    return [maker.case(row, places[row["id"]], heads[row["id"]]) for row in rows]


def _parts(look: Lookup, ids: Collection[str]) -> Parts:
    db, t = look.db, look.tables
    return Parts(
        _by_dossier(listing_papers.lines(db, t, ids)),
        _by_dossier(listing_papers.tasks(db, t, ids)),
        _by_dossier(listing_papers.opinions(db, t, ids)),
        _by_dossier(listing_papers.ways(db, t, ids)),
        _by_dossier(listing_papers.events(db, t, ids, ACTS)),
    )


def _by_dossier(rows: Iterable[Listed]) -> dict[str, list[Listed]]:
    told: dict[str, list[Listed]] = defaultdict(list)
    for row in rows:
        told[row["dossier_id"]].append(row)
    return told


@dataclass(frozen=True, slots=True)
class _Maker:
    look: Lookup
    eyes: tuple[Eyes, ...]
    parts: Parts
    names: Names

    def case(self, row: Listed, n: int, head: str) -> Case:
        rules = self.look.rules(row["procedure"])
        procedure = rules.procedure
        said = tuple(self._said(row, rules))
        waived = tuple(self._waivers(row))
        stands = Counter(each.opinion for each in said if not each.kept)
        sees = all(
            may_see(procedure, What("opinion", name), self.eyes, Standing(row["unit"]))
            for name in {line["name"] for line in self._asking(row, rules)}
        )
        return Case(
            id=row["id"], row=row, rules=rules, name=row["candidate_name"],
            kind=row["candidate_kind"],
            unit=self.names.unit(row["candidate_unit"] or row["unit"]),
            award=procedure.text(procedure.awards[row["award"]], "vi"),
            state=procedure.text(procedure.states[row["state"]].label, "vi"),
            pause=row["pause"], n=n, head=head, ballots=tuple(self._ballots(row, rules)),
            sees=sees, opinions=dict(stands) if sees else {},
            late=sum(s.late for s in said) if sees else 0,
            said=said if sees else (), waivers=waived,
            silences=tuple(self._silences(row, rules)) if sees else (),
        )  # fmt: skip

    def _asking(self, row: Listed, rules: Rules) -> list[Listed]:
        rounds = rules.procedure.rounds
        return [line for line in self.parts.lines[row["id"]] if rounds[line["name"]].kind
                != "ballot"]  # fmt: skip

    def _said(self, row: Listed, rules: Rules) -> Iterator[Said]:
        events = self.parts.events[row["id"]]
        marked = marks(events, self.parts.tasks[row["id"]])
        told = {event["n"]: event for event in events}
        replied = {n: e["private"].get("note") for n, e in replies(events).items()}
        for opinion in self.parts.opinions[row["id"]]:
            mark, event = marked.get(opinion["n"]), told[opinion["n"]]
            if mark is not None and mark.why != "kept":
                continue
            yield Said(
                opinion["round_id"], opinion["seat"], self.who(opinion["seat"], rules),
                opinion["kind"],
                legal_day(event["body"]["at"]), opinion["standing"] in LATE, mark is not None,
                event["private"].get("note"), number_of(event["body"].get("paper", {})),
                replied.get(opinion["n"]),
            )  # fmt: skip

    def _silences(self, row: Listed, rules: Rules) -> Iterator[Silence]:
        for task in self.parts.tasks[row["id"]]:
            why = _silent(task)
            if task["kind"] == "ask" and why is not None:
                who = self.who(task["seat"], rules)
                yield Silence(task["round_id"], task["seat"], who, why)

    def _waivers(self, row: Listed) -> Iterator[Waiver]:
        """Those whose debt is not made good, each as it was waived last."""
        owed: dict[str, Waiver] = {}
        for event in self.parts.events[row["id"]]:
            body = event["body"]
            if body["act"] == "redeem":
                owed.pop(body["condition"], None)
            if body["act"] == "waive":
                until = date.fromisoformat(body["until"]) if body.get("until") else None
                ground, note = number_of(body.get("paper", {})), event["private"].get("note")
                owed[body["condition"]] = Waiver(body["condition"], until, ground, note)
        yield from owed.values()

    def _ballots(self, row: Listed, rules: Rules) -> Iterator[Ballot]:
        closing = {e["n"]: e for e in self.parts.events[row["id"]]}
        turns: Counter[str] = Counter()
        for line in self.parts.lines[row["id"]]:
            rule = rules.procedure.rounds[line["name"]]
            if rule.kind != "ballot":
                continue
            turns[line["name"]] += 1
            end = closing.get(line["closed_n"], {"body": {}, "private": {}})
            body = end["body"]
            verdict = body.get("verdict", {})
            roll, away, wrote = self._voters(row, line, rules, verdict.get("roll", {}))
            yield Ballot(
                rule, line["round_id"], turns[line["name"]], line["meeting"], line["counts"],
                line["outcome"], line["closed_n"],
                legal_day(body["at"]) if body else None, body.get("way"),
                verdict.get("needed"), verdict.get("base"), roll, away, wrote,
                end["private"].get("note"),
            )  # fmt: skip

    def _voters(
        self, row: Listed, line: Listed, rules: Rules, roll: Mapping[str, list[str]]
    ) -> Iterator[tuple[str, ...]]:
        """Who was entitled, who stepped back, who voted in writing: as the count froze it."""
        mine = [t for t in self.parts.tasks[row["id"]] if t["round_id"] == line["round_id"]]
        away = roll.get("recused", [t["seat"] for t in mine if t["outcome"] == "recused"])
        seats = roll.get("entitled", [t["seat"] for t in mine if t["seat"] not in away])
        wrote = roll.get("written", [
            v["seat"] for v in self.parts.ways[row["id"]]
            if v["round_id"] == line["round_id"] and v["way"] == "written"
        ])  # fmt: skip
        for each in (seats, away, wrote):
            yield tuple(self.who(seat, rules) for seat in each)

    def who(self, seat: str, rules: Rules) -> str:
        """The name of a seat's person or unit, else of its role."""
        named = self.names.seat(seat)
        if named:
            return named
        procedure, role = rules.procedure, Seat.parse(seat).role
        known = procedure.roles.get(role)
        return procedure.text(known.label, "vi") if known is not None else role


def _silent(task: Listed) -> str | None:
    """Why somebody who was asked has given no opinion; None when there is one."""
    if task["status"] in ("open", "paused"):
        return "running"
    return task["outcome"] if task["outcome"] in ("no_reply", "not_sent", "recused") else None


def number_of(paper: Mapping[str, Any]) -> str | None:
    """A paper's number with its symbol, as papers cite it."""
    number, symbol = paper.get("number"), paper.get("symbol")
    return f"{number}/{symbol}" if number and symbol else number
