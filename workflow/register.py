"""What the tables must hold of a register (a decision, a calendar …), from its events alone."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from thidua.workflow.chain import Fact, Fault
from thidua.workflow.dossier import Document
from thidua.workflow.journal import compact
from thidua.workflow.replay import GONE, document

FOUND = "rows.0"
"""Under what name the directory's first entry keeps the rows that were there before it."""


@dataclass(slots=True)
class Register:
    """A register's row by column, without its id, count and head; None when no event made it.

    `lines` are a decision's: for each dossier the trigger and the journal position seen;
    `attendance` is a meeting's, by seat; `seats` are a council's: by member and first day the last
    day and the post. `entries` are the directory's: by number the JSON text of the rows that
    changed, as an erasure since has left it; None where that is gone. Under 0 stands what the
    first found, where it says so: then they tell of every row that there is.
    """

    key: str
    row: dict[str, Any] | None = None
    documents: list[Document] = field(default_factory=list)
    lines: dict[str, tuple[str, int]] = field(default_factory=dict)
    attendance: dict[str, str] = field(default_factory=dict)
    seats: dict[tuple[str, str], tuple[str | None, str]] = field(default_factory=dict)
    entries: dict[int, str | None] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def rebuild(key: str, facts: Iterable[Fact]) -> Register:
    """Take the facts of one stream in order.

    An event that cannot be understood ends the replay with the fault "event-unreadable".
    """
    told = Register(key)
    for fact in facts:
        try:
            _ACTS[fact.body["act"]](told, fact)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            why = f"{type(error).__name__}: {error}"
            told.faults.append(Fault(fact.n, "event-unreadable", {"why": why}))
            break
    return told


def _paper(fact: Fact) -> dict[str, str]:
    public: Mapping[str, str] = fact.body.get("paper", {})
    names = [name for name in fact.body["commit"] if name.startswith("paper.")]
    return {**public, **{name[6:]: fact.private.get(name, GONE) for name in names}}


def _open_round(told: Register, fact: Fact) -> None:
    names = ("gathered", "seq", "procedure", "name", "meeting")
    told.row = {**{name: fact.body[name] for name in names}, "opened_at": fact.body["at"]}


def _submit(told: Register, fact: Fact) -> None:
    b = fact.body
    told.row = {
        "paper": compact(_paper(fact)), "sender": b["sender"], "received_on": b["received"],
        "campaign": b["campaign"],
    }  # fmt: skip


def _attach(told: Register, fact: Fact) -> None:
    told.documents.append(document(told.key, fact))


def _meet(told: Register, fact: Fact) -> None:
    title = fact.private.get("title", GONE)
    told.row = {
        "title": title, "held_on": fact.body["held_on"], "status": "called",
        "council": fact.body.get("council"), "presides": None,
    }  # fmt: skip


def _remeet(told: Register, fact: Fact) -> None:
    _changed(told, held_on=fact.body["held_on"])


def _attend(told: Register, fact: Fact) -> None:
    told.attendance |= dict(fact.body["attendance"])


def _preside(told: Register, fact: Fact) -> None:
    _changed(told, presides=fact.body["presides"])


def _begin(told: Register, _fact: Fact) -> None:
    _changed(told, status="open")


def _conclude(told: Register, _fact: Fact) -> None:
    _changed(told, status="closed")


def _case(_told: Register, fact: Fact) -> None:
    """What becomes of the dossier is its own fact."""
    if not fact.body["dossier"]:
        raise ValueError("a case without a dossier")


def _form(told: Register, fact: Fact) -> None:
    b = fact.body
    told.row = {
        "title": fact.private.get("title", GONE), "role": b["role"], "from_on": b["from"],
        "to_on": b["to"], "quorum": b["quorum"],
    }  # fmt: skip


def _appoint(told: Register, fact: Fact) -> None:
    for actor, post, from_on, to_on in fact.body["seats"]:
        told.seats[actor, from_on] = (to_on, post)


def _draft(told: Register, fact: Fact) -> None:
    told.row = {
        "title": fact.private.get("title", GONE), "status": "drafted", "paper": "{}",
        "number": None, "signed_on": None, "changes": fact.body["changes"],
    }  # fmt: skip
    told.lines = {dossier: (trigger, n) for dossier, trigger, n in fact.body["lines"]}


def _look_again(told: Register, fact: Fact) -> None:
    for dossier, n in fact.body["lines"]:
        told.lines[dossier] = (told.lines[dossier][0], n)


def _strike(told: Register, fact: Fact) -> None:
    for dossier in fact.body["dossiers"]:
        del told.lines[dossier]


def _number(told: Register, fact: Fact) -> None:
    paper = _paper(fact)
    number, symbol = paper["number"], paper.get("symbol")
    _changed(
        told, status="numbered", paper=compact(paper), signed_on=paper["signed_on"],
        number=f"{number}/{symbol}" if symbol else number,
    )  # fmt: skip


def _applied(told: Register, _fact: Fact) -> None:
    _changed(told, status="applied")


def _changed(told: Register, **values: Any) -> None:
    if told.row is None:
        raise ValueError("nothing was there to be changed")
    told.row |= values


def _correct_days(told: Register, fact: Fact) -> None:
    before = told.row or {"days": "{}", "first_year": None, "last_year": None}
    texts = json.loads(fact.private.get("texts") or "{}")
    days = json.loads(before["days"])
    for on, kind, certainty in fact.body["days"]:
        vi, en, ground = texts.get(on, (GONE, GONE, GONE))
        days[on] = [kind, vi, en, ground, certainty]
    first, last = fact.body["years"] or (before["first_year"], before["last_year"])
    told.row = {"days": compact(days), "first_year": first, "last_year": last}


def _moved(_told: Register, fact: Fact) -> None:
    """A dossier that came or left; where it is, its own journal says."""
    if not isinstance(fact.body["dossier"], str):
        raise ValueError("a move without a dossier")


def _substitute(told: Register, fact: Fact) -> None:
    b = fact.body
    scope = {name: compact(b[name]) for name in ("roles", "units", "procedures", "acts")}
    told.row = {
        "actor": b["actor"], "for_actor": b["for"], "from_on": b["from"], "to_on": b["to"], **scope,
        "ground": fact.private.get("ground", GONE),
    }  # fmt: skip


def _end_substitution(told: Register, fact: Fact) -> None:
    _changed(told, to_on=fact.body["to"])


def _enter_list(told: Register, fact: Fact) -> None:
    if not fact.body["changes"]:
        raise ValueError("a list without changes")
    told.row = {}
    if "found" in fact.body:
        told.entries[0] = fact.private.get(FOUND)
    told.entries[fact.n] = fact.private.get("rows")


def _erase_person(told: Register, fact: Fact) -> None:
    if not isinstance(fact.body["actor"], str):
        raise ValueError("an erasure of nobody")
    told.row = {}
    for name in fact.private:
        kept, _, n = name.partition(".")
        if kept == "rows":
            told.entries[int(n)] = fact.private[name]


def _redact(told: Register, fact: Fact) -> None:
    """What it took away is not among the values any more, so that no row has it."""
    if not fact.body["erased"]:
        raise ValueError("an erasure of nothing")
    _changed(told)


def _confirm_retention(told: Register, fact: Fact) -> None:
    told.row = {"years": fact.body["years"]}


def _classify(told: Register, fact: Fact) -> None:
    told.row = {"level": fact.body["level"]}


def _rank(_told: Register, fact: Fact) -> None:
    """Its outcomes are the dossiers' own facts."""
    if not fact.body["outcomes"]:
        raise ValueError("a ranking without outcomes")


_ACTS: dict[str, Callable[[Register, Fact], None]] = {
    "open_round": _open_round,
    "submit": _submit,
    "attach": _attach,
    "take_in": _moved,
    "give_up": _moved,
    "meet": _meet,
    "remeet": _remeet,
    "attend": _attend,
    "preside": _preside,
    "begin": _begin,
    "conclude": _conclude,
    "case": _case,
    "form": _form,
    "appoint": _appoint,
    "draft": _draft,
    "look_again": _look_again,
    "strike": _strike,
    "number": _number,
    "applied": _applied,
    "rank": _rank,
    "correct_days": _correct_days,
    "substitute": _substitute,
    "end_substitution": _end_substitution,
    "enter_list": _enter_list,
    "erase_person": _erase_person,
    "redact": _redact,
    "confirm_retention": _confirm_retention,
    "classify": _classify,
}
