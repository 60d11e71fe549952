"""How people are taken to behave: a small file, read with the care of a procedure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from importlib.resources import files
from pathlib import Path
from typing import Any

from thidua.definitions.reader import read
from thidua.definitions.tree import Path as Way
from thidua.definitions.tree import Tree
from thidua.definitions.words import nearest
from thidua.workflow.due import Span
from thidua.workflow.errors import DefinitionError, Reason
from thidua.workflow.procedure import Procedure

DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Manner:
    """How holders of a role do what they are asked: shares in time, late and never.

    In time is by the due, or within `takes` where there is none; late is up to `late_by` after
    it. All holders together manage `a_day` things a day, None for as many as come.
    """

    on_time: Fraction = Fraction(1)
    late: Fraction = Fraction(0)
    silent: Fraction = Fraction(0)
    late_by: int = 5
    takes: int = 3
    a_day: int | None = None


@dataclass(frozen=True, slots=True)
class Often:
    """How often something out of the ordinary happens: to a share of dossiers, at most `within`
    working days after they come; it lasts so many working days.
    """

    share: Fraction = Fraction(0)
    within: int = 40
    lasts: int = 10


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What is assumed, with the `assumption` that says so; counts of days are working days."""

    name: str
    assumption: Mapping[str, str]
    over: int = 60
    rush: bool = False
    people: Mapping[str, int] = field(default_factory=dict)
    roles: Mapping[str, Manner] = field(default_factory=dict)
    opinions: Mapping[str, Fraction] = field(default_factory=dict)
    votes: Mapping[str, Fraction] = field(default_factory=dict)
    present: Fraction = Fraction(1)
    every: int = 10
    notice: int = 5
    incomplete: Fraction = Fraction(0)
    steps: Mapping[str, Fraction] = field(default_factory=dict)
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hold: Often = Often()
    withdraw: Often = Often()
    extend: Often = Often()
    recuse: Fraction = Fraction(0)

    def manner(self, role: str) -> Manner:
        """How a role's holders behave."""
        return self.roles.get(role) or self.roles.get(DEFAULT) or Manner()

    def holders(self, role: str) -> int:
        """How many hold a role: units of it, or persons."""
        return self.people.get(role) or self.people.get(DEFAULT, 1)

    def strangers(self, procedure: Procedure) -> list[str]:
        """Roles, steps and fields that the procedure does not have: they would say nothing."""
        triggers = {step.trigger for step in procedure.transitions}
        roles = {*self.people, *self.roles} - {*procedure.roles, DEFAULT}
        return sorted(roles | {*self.steps} - triggers | {*self.fields} - {*procedure.fields})


def assumed() -> Behaviour:
    """The behaviour that ships: an assumption, marked as one."""
    text = files("thidua.simulation").joinpath("assumed.yaml").read_bytes()
    return parse(text, "assumed.yaml")


def load_file(path: Path) -> Behaviour:
    """The behaviour in a file; `DefinitionError` with everything that is wrong with it."""
    from thidua.definitions.loader import read_bytes

    return parse(read_bytes(path), path.name)


def parse(text: bytes | str, name: str) -> Behaviour:
    """The behaviour of a text; each finding names file, line and column and what to write."""
    reading = _Reading(read(text, name))
    made = reading.behaviour()
    if reading.wrong:
        raise DefinitionError.because(reading.wrong)
    return made


_SHARE = re.compile(r"[01](\.[0-9]{1,9})?|[0-9]{1,4}/[1-9][0-9]{0,3}")
_KEYS = ("format", "behaviour", "assumption", "arrivals", "people", "roles", "opinions", "votes",
         "present", "meetings", "incomplete", "steps", "fields", "hold", "withdraw", "extend",
         "recuse")  # fmt: skip
_MANNER = ("on_time", "late", "silent", "late_by", "takes", "a_day")
_OPINIONS = ("agree", "agree_with_remarks", "no_comment", "disagree", "no_information",
             "conflict_of_interest")  # fmt: skip


class _Reading:
    def __init__(self, tree: Tree) -> None:
        self.tree, self.wrong = tree, list[Reason]()

    def behaviour(self) -> Behaviour:
        data = self._mapping(self.tree.data, (), _KEYS)
        if data.get("format") != "1":
            self._wrong(("format",), data.get("format"), "1")
        said = self._mapping(data.get("assumption", {}), ("assumption",), ("vi", "en"))
        if not said:
            self._wrong(("assumption",), "", "vi: …, en: …")
        arrivals = self._mapping(data.get("arrivals", {}), ("arrivals",), ("over", "shape"))
        meetings = self._mapping(data.get("meetings", {}), ("meetings",), ("every", "notice"))
        shape = self._one_of(arrivals, ("arrivals",), "shape", ("even", "rush"))
        return Behaviour(
            str(data.get("behaviour") or self.tree.name), {k: str(v) for k, v in said.items()},
            over=self._days(arrivals, ("arrivals",), "over", 60), rush=shape == "rush",
            people={name: self._count(name, data) for name in self._names(data, "people")},
            roles={name: self._manner(name, data) for name in self._names(data, "roles")},
            opinions=self._whole(data, "opinions", _OPINIONS, "agree"),
            votes=self._whole(data, "votes", ("for", "against", "abstain"), "for"),
            present=self._share(data, (), "present", 1), incomplete=self._share(data, (),
            "incomplete", 0), every=self._days(meetings, ("meetings",), "every", 10),
            notice=self._days(meetings, ("meetings",), "notice", 5), steps=self._steps(data),
            fields=self._fields(data), recuse=self._share(data, (), "recuse", 0),
            hold=self._often(data, "hold", "within", "lasts"),
            withdraw=self._often(data, "withdraw", "within"),
            extend=self._often(data, "extend", "by"),
        )  # fmt: skip

    def _wrong(self, way: Way, found: Any, expected: str) -> None:
        fields = {"found": str(found), "expected": expected}
        self.wrong.append(self.tree.reason("behaviour-value", way, **fields))

    def _mapping(self, value: Any, way: Way, known: tuple[str, ...] | None) -> dict[str, Any]:
        if not isinstance(value, dict):
            self._wrong(way, value, "key: value")
            return {}
        for key in value if known is not None else ():
            if key not in (known or ()):
                near = nearest(key, known or ()) or ", ".join(known or ())
                fields = {"key": key, "nearest": near}
                self.wrong.append(self.tree.key_reason("behaviour-key", (*way, key), **fields))
        return {str(key): each for key, each in value.items()}

    def _names(self, data: dict[str, Any], part: str) -> dict[str, Any]:
        return self._mapping(data.get(part, {}), (part,), None)

    def _one_of(self, data: dict[str, Any], way: Way, key: str, words: tuple[str, ...]) -> str:
        found = data.get(key, words[0])
        if found not in words:
            self._wrong((*way, key), found, " | ".join(words))
        return str(found)

    def _days(self, data: dict[str, Any], way: Way, key: str, default: int) -> int:
        try:
            span = Span.parse(str(data.get(key, f"{default} working days")))
            if span.unit == "working days":
                return span.count
        except ValueError:
            pass
        self._wrong((*way, key), data.get(key), "5 working days")
        return default

    def _count(self, name: str, data: dict[str, Any], way: Way = ("people",)) -> int:
        found = str(data[way[0]][name]) if way == ("people",) else str(data[name])
        if found.isdecimal() and 0 < int(found) <= 100_000:
            return int(found)
        self._wrong((*way, name), found, "1 … 100000")
        return 1

    def _share(self, data: dict[str, Any], way: Way, key: str, default: int) -> Fraction:
        found = str(data.get(key, default))
        if _SHARE.fullmatch(found) and (share := Fraction(found)) <= 1:
            return share
        self._wrong((*way, key), found, "0.85")
        return Fraction(default)

    def _whole(
        self, data: dict[str, Any], part: str, known: tuple[str, ...], usual: str
    ) -> dict[str, Fraction]:
        """Shares of one whole."""
        given = self._mapping(data.get(part, {usual: "1"}), (part,), known)
        shares = {name: self._share(given, (part,), name, 0) for name in given}
        self._sums(shares, (part,))
        return shares

    def _sums(self, shares: Mapping[str, Fraction], way: Way) -> None:
        if sum(shares.values()) != 1:
            fields = {"names": ", ".join(shares), "sum": f"{float(sum(shares.values())):g}"}
            self.wrong.append(self.tree.reason("behaviour-shares", way, **fields))

    def _manner(self, name: str, data: dict[str, Any]) -> Manner:
        way: Way = ("roles", name)
        given = self._mapping(data["roles"][name], way, _MANNER)
        shares = {key: self._share(given, way, key, 0) for key in ("on_time", "late", "silent")}
        self._sums(shares, way)
        return Manner(
            **shares, late_by=self._days(given, way, "late_by", 5),
            takes=self._days(given, way, "takes", 3),
            a_day=self._count("a_day", given, way) if "a_day" in given else None,
        )  # fmt: skip

    def _often(self, data: dict[str, Any], part: str, *known: str) -> Often:
        way: Way = (part,)
        given = self._mapping(data.get(part, {}), way, ("share", *known))
        lasts = self._days(given, way, "by" if "by" in known else "lasts", 10)
        return Often(
            self._share(given, way, "share", 0), self._days(given, way, "within", 40), lasts
        )

    def _steps(self, data: dict[str, Any]) -> dict[str, Fraction]:
        given = self._names(data, "steps")
        return {name: self._share(given, ("steps",), name, 0) for name in given}

    def _fields(self, data: dict[str, Any]) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for name, value in self._names(data, "fields").items():
            values = value if isinstance(value, list) else [value]
            found[name] = tuple(str(each) for each in values)
            if not values or any(not isinstance(each, str) for each in values):
                self._wrong(("fields", name), value, "a value, or [a list]")
        return found
