"""From a due notice to the item a letter is written of: names looked up, every value frozen."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from thidua.lookup import Lookup, role_title
from thidua.notifiers.dates import in_words, moment, numeric
from thidua.notifiers.item import Item, check, in_language
from thidua.notifiers.render import Text
from thidua.storage.notices import Told
from thidua.workflow.due import remaining
from thidua.workflow.person import Seat
from thidua.workflow.procedure import RoundRule
from thidua.workflow.view import Rules
from thidua.workflow.wording import LANGUAGES, say

SHORT_ID = 20
"""A dossier's id is shown up to this length: a host's own number, not one made by us."""


def both(code: str, **fields: Any) -> dict[str, str]:
    """A sentence of the table in both languages; fields that are themselves in both, likewise."""
    return {
        lang: say(code, {name: in_language(v, lang) for name, v in fields.items()}, lang)
        for lang in LANGUAGES
    }


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


def _exchange(s: Scribe) -> dict[str, Any]:
    """What office and asked seat say to each other; whose words they are is told by name."""
    said = s.context
    asked = s.asked() if said.get("asked") else None
    by = s.look.person(said["by"]) if said.get("by") else None
    title = both(f"exchange-{said['kind']}")
    files = ", ".join(said.get("enclosed", ())) or None
    return {"kind": said["kind"], "task_title": title, "asked": asked, "by": by, "enclosed": files}


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


def _withdrawn(s: Scribe) -> dict[str, Any]:
    return {"withdrawn_on": s.look.shelf.today(s.told.raised_at).isoformat()}


def _revoked(s: Scribe) -> dict[str, Any]:
    on = s.look.shelf.today(s.told.raised_at).isoformat()
    return {"revoked_on": on, "decision": s.look.decision(s.told.waits)}


def _supplement(s: Scribe) -> dict[str, Any]:
    procedure = s.rules.procedure
    labels = {name: field.label for name, field in procedure.fields.items()}
    labels |= {name: kind.label for name, kind in procedure.documents.items()}
    defects = [dict(labels[name]) for name in s.context["items"]]
    title = both("matter-supplement")
    return {**s.due("supplement"), "matter_title": title, "defects": defects}


def _reminder(s: Scribe) -> dict[str, Any]:
    due = {**s.due(s.context["task"]), **_noted(s)}
    days = due["days_left"]
    kind = "before" if days > 0 else "after" if days < 0 else "on_day"
    return {**due, "kind": kind, "task_title": s.context["task_title"],
            "silence": s.context["silence"]}  # fmt: skip


def _moved(s: Scribe) -> dict[str, Any]:
    said = s.context
    return {**s.due(said["task"]), "was_on": said["was_on"], "why": _why(said),
            "task_title": said["task_title"]}  # fmt: skip


def _why(said: Mapping[str, Any]) -> Text:
    """What a due moved by: corrected days, a meeting, or what nobody can name."""
    if "meets_on" in said:
        on = date.fromisoformat(said["meets_on"])
        return {lang: say("moved-meeting", {"on": in_words(on, lang=lang)}, lang)
                for lang in LANGUAGES}  # fmt: skip
    if not said["ground"]:
        return both("moved-other")
    days = [date.fromisoformat(on) for on in said["days"]]
    return {
        lang: say(
            "moved-days",
            {"days": ", ".join(numeric(on, lang=lang) for on in days),
             "ground": said["ground"].rstrip(".")},
            lang,
        )
        for lang in LANGUAGES
    }  # fmt: skip


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


def _noted(s: Scribe) -> dict[str, Any]:
    """What a reminder says of a promise that was not kept, and of reminders that did not go out."""
    notes = [note for note in (_broken(s), _overtaken(s)) if note is not None]
    if not notes:
        return {}
    return {"note": {lang: " ".join(note[lang] for note in notes) for lang in LANGUAGES}}


def _broken(s: Scribe) -> dict[str, str] | None:
    if "promised_on" not in s.context:
        return None
    on = date.fromisoformat(s.context["promised_on"])
    return {lang: say("promise-over", {"on": numeric(on, lang=lang)}, lang) for lang in LANGUAGES}


def _overtaken(s: Scribe) -> dict[str, str] | None:
    """Those that waited with the newest one while no mails were made."""
    raised = s.context.get("overtaken", ())
    if not raised:
        return None
    days = dict.fromkeys(s.look.shelf.today(datetime.fromisoformat(at)) for at in raised)
    return {
        lang: say("overtaken", {"days": ", ".join(numeric(on, lang=lang) for on in days)}, lang)
        for lang in LANGUAGES
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
    "withdrawn": _withdrawn,
    "revoked": _revoked,
    "supplement_requested": _supplement,
    "reminder": _reminder,
    "catch_up": _catch_up,
    "due_moved": _moved,
    "escalation": _escalation,
    "opinion_received": _received,
    "exchange": _exchange,
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
