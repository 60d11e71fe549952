"""From a due notice to the item a letter is written of: names looked up, every value frozen."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.engine import Connection

from thidua.notifiers.dates import moment
from thidua.notifiers.item import Item, check, in_language
from thidua.notifiers.render import Addressee, Text
from thidua.people import People
from thidua.shelf import Shelf
from thidua.storage.notices import Told
from thidua.storage.schema import Tables
from thidua.workflow.due import remaining
from thidua.workflow.person import Reached, Seat
from thidua.workflow.procedure import RoundRule
from thidua.workflow.view import Rules
from thidua.workflow.wording import LANGUAGES, say

T = TypeVar("T")

SHORT_ID = 20
"""A dossier's id is shown up to this length: a host's own number, not one made by us."""


def both(code: str, **fields: Any) -> dict[str, str]:
    """A sentence of the table in both languages; fields that are themselves in both, likewise."""
    return {
        lang: say(code, {name: in_language(v, lang) for name, v in fields.items()}, lang)
        for lang in LANGUAGES
    }


def role_title(rules: Rules, seat: Seat) -> Text:
    """The title of a seat's role, or its name where the procedure does not declare it."""
    declared = rules.procedure.roles.get(seat.role)
    return dict(declared.label) if declared else seat.role


@dataclass(frozen=True, slots=True)
class Lookup:
    """What letters need to know, asked once a batch on one connection: names as of that day."""

    db: Connection
    tables: Tables
    people: People
    shelf: Shelf
    now: datetime
    _known: dict[tuple[str, str], Any] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The legal date."""
        return self.shelf.today(self.now)

    def rules(self, procedure_hash: str) -> Rules:
        """The procedure a notice was written under."""
        return self.shelf.rules(self.db, procedure_hash)

    def reached(self, seat: str) -> tuple[Reached, ...]:
        """Who is written to for a seat today."""
        return self._once(
            "seat", seat, lambda: self.people.reached(self.db, Seat.parse(seat), self.today)
        )

    def unit(self, unit: str) -> str:
        """The name of a unit today, or its id where our tables do not know it."""
        return self._once("unit", unit, lambda: self._unit(unit))

    def _unit(self, unit: str) -> str:
        return self.people.unit_name(self.db, unit, self.today) or unit

    def person(self, actor: str) -> str:
        """The name of an actor, or the actor where no name is known."""
        held = sorted(self.people.held(self.db, actor, self.today))
        seat = str(Seat(held[0].role if held else "", person=actor))
        return next((one.name for one in self.reached(seat)), actor)

    def meeting(self, round_id: str) -> tuple[str, str] | None:
        """Title and day of the meeting that a round belongs to."""
        return self._once("meeting", round_id, lambda: self._meeting(round_id))

    def _meeting(self, round_id: str) -> tuple[str, str] | None:
        r, m = self.tables.round.c, self.tables.meeting.c
        query = select(m.title, m.held_on).where(r.id == round_id, m.id == r.meeting)
        row = self.db.execute(query).first()
        return (row[0], row[1]) if row else None

    def decision(self, decision_id: str | None) -> dict[str, str | None] | None:
        """Number, date and signer of a decision, where it has them all."""
        if decision_id is None:
            return None
        return self._once("decision", decision_id, lambda: self._decision(decision_id))

    def _decision(self, decision_id: str) -> dict[str, str | None] | None:
        d = self.tables.decision.c
        query = select(d.number, d.signed_on, d.paper).where(d.id == decision_id)
        row = self.db.execute(query).first()
        paper = json.loads(row[2]) if row else {}
        if row is None or None in (row[0], row[1], paper.get("signer")):
            return None
        return {"symbol": row[0], "signed_on": row[1], "signer": paper["signer"],
                "capacity": paper.get("capacity")}  # fmt: skip

    def addressee(self, seat: str, reached: Reached, procedure_hash: str | None) -> Addressee:
        """How a letter speaks to who was reached: a person, of a unit where known, or a post."""
        at = Seat.parse(seat)
        unit = self.unit(at.unit) if at.unit else None
        if reached.owner not in (seat, at.unit):
            return Addressee(reached.name, unit)
        if unit is None and reached.name == reached.owner and procedure_hash is not None:
            return Addressee(None, role_title(self.rules(procedure_hash), at))
        return Addressee(None, unit or reached.name)

    def _once(self, kind: str, key: str, ask: Callable[[], T]) -> T:
        if (kind, key) not in self._known:
            self._known[kind, key] = ask()
        known: T = self._known[kind, key]
        return known


@dataclass(frozen=True, slots=True)
class Scribe:
    """Writes the item of one notice. `how` says, by kind of task, how it is to be done."""

    look: Lookup
    told: Told
    how: Mapping[str, Text]

    def item(self) -> Item:
        """The item: the values that the template declares, as far as the notice has them.

        A template that no act of the engine writes must have them all in its context: `Misuse`.
        """
        write = _WRITERS.get(self.told.template)
        if write is None:
            item = Item(self.told.template, self.told.context)
            check(item)
            return item
        return Item(self.told.template, {**self.matter(), **write(self)})

    @property
    def context(self) -> Mapping[str, Any]:
        """What the act froze."""
        return self.told.context

    @property
    def seat(self) -> Seat:
        """Whom the notice is for."""
        return Seat.parse(self.told.seat)

    @property
    def rules(self) -> Rules:
        """The procedure of the notice's dossier."""
        return self.look.rules(self.context["procedure_hash"])

    @property
    def round(self) -> RoundRule:
        """The round the notice is about."""
        return self.rules.procedure.rounds[self.context["round"]]

    def matter(self) -> dict[str, Any]:
        """What every letter is given."""
        said, seat = self.context, self.seat
        unit = said.get("unit")
        dossier = {
            "id": said["dossier"] if len(said["dossier"]) <= SHORT_ID else None,
            "candidate": said["candidate"],
            "award": said["award"],
            "unit": self.look.unit(unit) if unit else None,
        }
        return {
            "matter_title": said.get("matter_title") or said["procedure"],
            "procedure_title": said["procedure"],
            "unit": self.look.unit(seat.unit) if seat.unit else None,
            "seat_title": None if seat.unit else role_title(self.rules, seat),
            "dossiers": [dossier],
            "note": said.get("note"),
        }

    def due(self, task: str) -> dict[str, Any]:
        """What a letter is given that asks for something; days are counted as it is made."""
        due_on, calendar = self.context.get("due_on"), self.rules.calendar
        on = calendar.legal_date(self.look.now)
        days = None if due_on is None else remaining(calendar, on, date.fromisoformat(due_on))
        return {
            "due_on": due_on,
            "days_left": days,
            "as_of_on": None if due_on is None else on.isoformat(),
            "due_note": both("due-extended") if self.context.get("extended") else None,
            "answer_how": self.how.get(task) or both(f"how-{task}"),
        }

    def asked(self) -> Text:
        """The name of the seat that has not done what it was asked."""
        if "asked" not in self.context:
            return both("asked-engine")
        seat = Seat.parse(self.context["asked"])
        if seat.unit:
            return self.look.unit(seat.unit)
        if seat.person is None:
            return role_title(self.rules, seat)
        return self.look.reached(str(seat))[0].name


def _opinion(s: Scribe) -> dict[str, Any]:
    return {**s.due("ask"), "question": s.context["question"], "silence": s.round.silence}


def _received(s: Scribe) -> dict[str, Any]:
    return {"asked": s.asked(), "disagrees": s.context["disagrees"]}


def _vote(s: Scribe) -> dict[str, Any]:
    title, on = s.look.meeting(s.told.matter) or (None, None)
    question = s.context.get("question") or None
    return {**s.due("vote"), "question": question, "meeting_title": title, "meeting_on": on,
            "secret": s.round.secret}  # fmt: skip


def _result(s: Scribe) -> dict[str, Any]:
    return {"outcome": s.context["outcome"], "decision": s.look.decision(s.told.waits)}


def _not_awarded(s: Scribe) -> dict[str, Any]:
    decided_on = s.context.get("decided_on")
    return {"outcome": s.context["outcome"], "decided_on": decided_on, "next_step": None}


def _misrouted(s: Scribe) -> dict[str, Any]:
    on = s.look.shelf.today(s.told.raised_at).isoformat()
    return {"right_place": None, "returned_on": on}


def _supplement(s: Scribe) -> dict[str, Any]:
    procedure = s.rules.procedure
    labels = {name: field.label for name, field in procedure.fields.items()}
    labels |= {name: kind.label for name, kind in procedure.documents.items()}
    defects = [dict(labels[name]) for name in s.context["items"]]
    title = both("matter-supplement")
    return {**s.due("supplement"), "matter_title": title, "defects": defects}


def _reminder(s: Scribe) -> dict[str, Any]:
    due = s.due(s.context["task"])
    days = due["days_left"]
    kind = "before" if days > 0 else "after" if days < 0 else "on_day"
    return {**due, "kind": kind, "task_title": s.context["task_title"],
            "silence": s.context["silence"]}  # fmt: skip


def _catch_up(s: Scribe) -> dict[str, Any]:
    stop = {name: s.context[name] for name in ("stopped_at", "resumed_at", "skipped")}
    return {**s.due(s.context["task"]), "task_title": s.context["task_title"], **stop}


def _escalation(s: Scribe) -> dict[str, Any]:
    said = s.context
    blocked = "reasons" in said
    return {
        **s.due("escalation"),
        "unit": None,
        "seat_title": None,
        "matter_title": said.get("matter_title") or said["procedure"],
        "note": _blocked(s) if blocked else _stopped(s),
        "task_title": _automatic(s) if blocked else said["task_title"],
        "asked": s.asked(),
        "asked_on": None,
        "escalated_to": "superior" if said.get("rung", {}).get("to") == "head" else "officer",
        "released_by": said.get("released_by"),
        "released_on": said.get("released_on"),
    }


def _automatic(s: Scribe) -> Text:
    if "round" in s.context:
        return both("task-close", label=dict(s.round.label))
    trigger = s.context["trigger"]
    steps = s.rules.procedure.transitions
    label = next((dict(t.label) for t in steps if t.trigger == trigger), trigger)
    return both("task-automatic", label=label)


def _blocked(s: Scribe) -> Text:
    said = s.context
    why = said.get("why") or said["reasons"]
    told = {lang: "; ".join(in_language(w, lang).rstrip(".") for w in why) for lang in LANGUAGES}
    return both("due-blocked", reasons=told)


def _stopped(s: Scribe) -> Text | None:
    """What a reminder to somebody else says of the time the clock stood still."""
    said = s.context
    if "skipped" not in said:
        return None
    at = {name: datetime.fromisoformat(said[name]) for name in ("stopped_at", "resumed_at")}
    return {
        lang: say(
            "clock-stopped",
            {
                **{name: moment(value, lang=lang) for name, value in at.items()},
                "skipped": "; ".join(in_language(each["title"], lang) for each in said["skipped"]),
            },
            lang,
        )
        for lang in LANGUAGES
    }


_WRITERS: Mapping[str, Callable[[Scribe], dict[str, Any]]] = {
    "opinion_requested": _opinion,
    "vote_opened": _vote,
    "result": _result,
    "not_awarded": _not_awarded,
    "misrouted": _misrouted,
    "supplement_requested": _supplement,
    "reminder": _reminder,
    "catch_up": _catch_up,
    "escalation": _escalation,
    "opinion_received": _received,
}


def merged(items: Iterable[Item]) -> list[Item]:
    """Items that say the same of different dossiers as one, each dossier once, in order."""
    together: dict[tuple[str, str], tuple[Item, dict[str, Any]]] = {}
    for item in items:
        rest = {name: value for name, value in item.context.items() if name != "dossiers"}
        key = (item.template, json.dumps(rest, sort_keys=True))
        _, dossiers = together.setdefault(key, (item, {}))
        given: Sequence[Any] = item.context["dossiers"]  # type: ignore[assignment]  # checked
        dossiers.update((json.dumps(each, sort_keys=True), each) for each in given)
    return [
        Item(first.template, {**first.context, "dossiers": list(dossiers.values())})
        for first, dossiers in together.values()
    ]
