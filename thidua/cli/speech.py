"""Why something is refused, in the procedure's own words: its labels and people's names."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from thidua.cli.call import Call
from thidua.cli.label import ACTS, OUTCOMES, PAUSES, STATUSES, WAYS, called
from thidua.cli.language import Words, label_of, pick
from thidua.cli.screen import day, moment
from thidua.workflow.debt import condition_title
from thidua.workflow.errors import Reason
from thidua.workflow.person import ENGINE, Seat

if TYPE_CHECKING:
    from thidua.storage.listing_people import Names
    from thidua.workflow.procedure import Procedure

SYSTEM: Words = ("hệ thống", "the system")


def said(call: Call, reason: Reason, procedure: str | None = None, lang: str | None = None) -> str:
    """The sentence of a reason.

    Codes that it speaks of are called as in `procedure` (a content hash), where they are not in
    it as in any that is stored. What must be typed again stays a code: the names in an "unknown"
    sentence. The fields of the reason keep their codes, for programs.
    """
    lang = lang or call.lang
    if reason.code.startswith("unknown-") or "place" not in vars(call):
        return reason.text(lang)
    speech = _Speech(call, procedure or call.procedure, lang)
    fields = {name: speech.word(name, value) for name, value in reason.fields.items()}
    return Reason(reason.code, fields).text(lang)


class _Speech:
    """Reads names and procedures only when a word asks for them."""

    def __init__(self, call: Call, procedure: str | None, lang: str) -> None:
        self.call, self.procedure, self.lang = call, procedure, lang

    def word(self, name: str, value: object) -> object:
        """A field's value as people call it; lists are between commas."""
        told = _TOLD.get(name)
        if told is None or not isinstance(value, str):
            return value
        return ", ".join(dict.fromkeys(told(self, each) for each in value.split(", ")))

    @cached_property
    def procedures(self) -> "list[Procedure]":
        """All that are stored, the one that is spoken of first."""
        from thidua.cli.rules import stored

        found = [rules.procedure for rules in self.call.read(lambda db: stored(self.call, db))]
        return sorted(found, key=lambda each: each.hash != self.procedure)

    @cached_property
    def names(self) -> "Names":
        """What people and units are called."""
        from thidua.storage import listing_people

        call = self.call
        return call.read(lambda db: listing_people.names(db, call.tables, call.today))

    def state(self, code: str) -> str:
        return self._part("states", code)

    def round(self, code: str) -> str:
        return self._part("rounds", code)

    def role(self, code: str) -> str:
        return pick(SYSTEM, self.lang) if code == ENGINE else self._part("roles", code)

    def item(self, code: str) -> str:
        label = self._part("fields", code)
        return self._part("documents", code) if label == code else label

    def step(self, code: str) -> str:
        steps = [t.label for p in self.procedures for t in p.transitions if t.trigger == code]
        return label_of(next(iter(steps), {}), self.lang, called(ACTS, code, self.lang))

    def condition(self, code: str) -> str:
        """What is asked of a dossier, called as in the first procedure that asks it."""
        titles = (condition_title(each, code)[self.lang] for each in self.procedures)
        return next((title for title in titles if title != code), code)

    def actor(self, code: str) -> str:
        return self.names.actor(code)

    def seat(self, code: str) -> str:
        """The unit or person of a seat, also where these alone were said; else its role."""
        known = self.names.seat(code) or self.names.actor(code)
        return known if known != code else self.role(Seat.parse(code).role)

    def _part(self, parts: str, code: str) -> str:
        """The label of a part of the first procedure that has it."""
        every = [getattr(procedure, parts) for procedure in self.procedures]
        labels = [each[code].label for each in every if code in each]
        return label_of(labels[0], self.lang, code) if labels else code


def _coded(table: dict[str, Words]) -> Callable[[_Speech, str], str]:
    return lambda speech, code: called(table, code, speech.lang)


_TOLD: dict[str, Callable[[_Speech, str], str]] = {
    "state": _Speech.state,
    "sources": _Speech.state,
    "round": _Speech.round,
    "role": _Speech.role,
    "other": _Speech.role,
    "roles": _Speech.role,
    "trigger": _Speech.step,
    "brings": _Speech.step,
    "act": _Speech.step,
    "since": _Speech.step,
    "actor": _Speech.actor,
    "decider": _Speech.actor,
    "by": _Speech.actor,
    "seat": _Speech.seat,
    "item": _Speech.item,
    "condition": _Speech.condition,
    "pause": _coded(PAUSES),
    "outcome": _coded(OUTCOMES),
    "status": _coded(STATUSES),
    "way": _coded(WAYS),
    "ways": _coded(WAYS),
    "happened": lambda _, at: moment(at),
    **dict.fromkeys(
        ("on", "until", "opens", "closes", "came", "meets_on", "due"), lambda _, on: day(on)
    ),
}
"""By the name of a field, what its value is called."""
