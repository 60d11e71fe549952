"""One dossier, whole: where it stands, whom it waits for, what was said, what may be done."""

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.call import Call
from thidua.cli.dossiers.sheet import Shown, write
from thidua.cli.due import days_left
from thidua.cli.eyes import eyes_of
from thidua.cli.language import label_of
from thidua.cli.rules import award_label, rules_of, state_label, trigger_label
from thidua.cli.screen import show
from thidua.cli.shell import option, verb
from thidua.cli.speech import said
from thidua.cli.unusual import seen, told
from thidua.opinions import marks
from thidua.workflow.ask_told import asks_told
from thidua.workflow.debt import condition_title
from thidua.workflow.exceptions import exceptions
from thidua.workflow.sight import Standing, What, is_own, may_see

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.workflow.procedure import Procedure
    from thidua.workflow.sight import Eyes, Thing


OF_REGISTERS = frozenset({"submit", "meet", "draft", "number"})
"""Rights under `may:` that are not about one dossier."""


@verb("show")
@click.argument("dossier")
@option("--why", is_flag=True, said=(
    "Nêu cả những việc bạn chưa làm được và vì sao.",
    "Name what you may not do as well, and why."))  # fmt: skip
@click.pass_obj
def show_(call: Call, *, dossier: str, why: bool) -> None:
    """A dossier."""
    shown = call.read(lambda db: _looked_at(call, db, dossier))
    show(call, shown.answer, lambda: write(call, shown, why=why))


def _looked_at(call: Call, db: "Connection", dossier: str) -> Shown:
    from thidua.storage import listing, listing_people

    parts = listing.parts(db, call.tables, dossier)
    (row,) = parts["dossier"]
    procedure = rules_of(call, db, row["procedure"]).procedure
    eyes = eyes_of(call, db)
    events = listing.history(db, call.tables, dossier)
    notes, marked = _reasons(events), marks(events, parts["tasks"])
    given_at = {event["n"]: event["body"]["at"] for event in events}
    answer = {
        "dossier": _facts(call, procedure, row),
        "waivers": _waivers(call, procedure, row, parts["tasks"]),
        "tasks": [
            {
                **t,
                "days_left": days_left(call, db, row["procedure"], t["due_on"]),
                "reckoned": t["reckoned"] and json.loads(t["reckoned"]),
            }
            for t in parts["tasks"]
        ],
        "exceptions": told(seen(procedure, exceptions(parts["tasks"]), eyes, row["unit"])),
        "asks": _asks(events, procedure, parts, eyes, row["unit"]),
        "rounds": parts["lines"],
        "opinions": [
            {
                **o,
                "note": notes.get(o["n"]),
                "at": given_at[o["n"]],
                "mark": asdict(marked[o["n"]]) if o["n"] in marked else None,
            }
            for o in parts["opinions"]
            if _seen(procedure, parts, o, eyes, row["unit"])
        ],  # fmt: skip
        "votes": [
            _kept_back(parts, v, eyes)
            for v in parts["votes"]
            if _seen(procedure, parts, v, eyes, row["unit"])
        ],
        "documents": parts["documents"],
        "decisions": parts["decisions"],
        "actions": _actions(call, db, procedure, dossier),
    }
    hidden = len(parts["opinions"]) - len(answer["opinions"])
    names = listing_people.names(db, call.tables, call.today)
    return Shown(answer, procedure, names, hidden)


def _waivers(
    call: Call, procedure: "Procedure", row: Mapping[str, Any], tasks: Collection[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """What was waived, with what is still owed."""
    from thidua.storage.listing_debts import waivers

    return [
        {**asdict(each), "title": condition_title(procedure, each.condition)[call.lang]}
        for each in waivers(row["more"].get("waived", []), tasks)
    ]


def _facts(call: Call, procedure: "Procedure", row: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in row.items() if name not in ("more", "head")}
    named = {"procedure_name": procedure.name, "procedure_version": procedure.version}
    labels = {
        "state_label": state_label(procedure, row["state"], call.lang),
        "award_label": award_label(procedure, row["award"], call.lang),
    }
    return {**kept, **named, **labels, "waived": row["more"].get("waived", []),
            "items": row["more"].get("pause_items", []),
            "revoked": row["more"].get("revoked_n") is not None}  # fmt: skip


def _asks(
    events: list[Mapping[str, Any]],
    procedure: "Procedure",
    parts: Mapping[str, Any],
    eyes: "tuple[Eyes, ...]",
    unit: str | None,
) -> list[dict[str, Any]]:
    """Where each ask stands and how it came there, as far as the viewer may look into its round."""
    stories = asks_told((event["n"], event["body"]) for event in events)
    keys = ({"round_id": round_id, "seat": seat} for round_id, seat in stories)
    return [
        {**key, "state": story.state, "steps": [step._asdict() for step in story.steps]}
        for key, story in zip(keys, stories.values(), strict=True)
        if _seen(procedure, parts, key, eyes, unit)
    ]


def _reasons(events: list[Mapping[str, Any]]) -> dict[int, str]:
    """The reasons of each opinion, by the number of its event."""
    return {e["n"]: e["private"]["note"] for e in events if "note" in e["private"]}


def _seen(
    procedure: "Procedure",
    parts: Mapping[str, Any],
    said: Mapping[str, Any],
    eyes: "tuple[Eyes, ...]",
    unit: str | None,
) -> bool:
    names = {line["round_id"]: line["name"] for line in parts["lines"]}
    name = names[said["round_id"]]
    thing: Thing = "roll" if "choice" in said else "opinion"
    return may_see(procedure, What(thing, name, said["seat"]), eyes, Standing(unit))


def _kept_back(
    parts: Mapping[str, Any], vote: Mapping[str, Any], eyes: "tuple[Eyes, ...]"
) -> Mapping[str, Any]:
    """No partial tally: while the ballot runs, a vote's choice is its voter's alone to see."""
    running = {line["round_id"] for line in parts["lines"] if line["closed_n"] is None}
    if vote["round_id"] in running and not is_own(vote["seat"], eyes):
        return {**vote, "choice": None}
    return vote


def _actions(
    call: Call, db: "Connection", procedure: "Procedure", dossier: str
) -> list[dict[str, Any]]:
    """What the one who decides may do, and why the rest is not possible."""
    eyes = eyes_of(call, db)
    if not eyes:
        return []
    every = call.place.wf.actions(db, dossier, eyes[-1].actor, now=call.now)
    found = [action for action in every if action.act not in OF_REGISTERS]
    return [
        {
            "act": action.act, "on": action.on, "allowed": action.allowed,
            "label": label_of(action.label, call.lang)
            or trigger_label(procedure, action.act, call.lang),
            "reasons": [{"code": r.code, "text": said(call, r, procedure.hash)}
                        for r in action.reasons],
        }
        for action in found
    ]  # fmt: skip
