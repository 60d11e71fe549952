"""One dossier, whole: where it stands, whom it waits for, what was said, what may be done."""

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.call import Call
from thidua.cli.dossiers.links import links
from thidua.cli.dossiers.sheet import Shown, write
from thidua.cli.due import days_left
from thidua.cli.eyes import eyes_of
from thidua.cli.language import label_of
from thidua.cli.rules import award_label, shown_state, trigger_label
from thidua.cli.screen import show
from thidua.cli.shell import option, verb
from thidua.cli.speech import said
from thidua.cli.tied import tied
from thidua.cli.unusual import told
from thidua.workflow.debt import condition_title

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.seen import Seen
    from thidua.workflow.procedure import Procedure
    from thidua.workflow.sight import Eyes


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
    from thidua.storage import listing_people

    eyes = eyes_of(call, db)
    found = call.place.wf.seen.by_eyes(db, dossier, eyes)
    procedure, row = found.procedure, found.dossier
    answer = {
        "dossier": {**_facts(call, found), **_level(call, db, dossier)},
        "waivers": _waivers(call, procedure, row, found.tasks),
        "tasks": [
            {
                **t,
                "days_left": days_left(call, db, row["procedure"], t["due_on"]),
                "reckoned": t["reckoned"] and json.loads(t["reckoned"]),
            }
            for t in found.tasks
        ],
        "exceptions": told(found.exceptions),
        "asks": found.asks,
        "rounds": found.lines,
        "tied": tied(
            call,
            db,
            {line["round_id"]: (procedure, line["name"]) for line in found.lines},
            dossier=dossier,
        ),
        "opinions": found.opinions,
        "votes": found.votes,
        "documents": found.documents,
        "decisions": found.decisions,
        "links": links(found.events),
        "actions": _actions(call, db, procedure, dossier, eyes),
    }
    names = listing_people.names(db, call.tables, call.today)
    return Shown(answer, procedure, names, found.hidden)


def _waivers(
    call: Call, procedure: "Procedure", row: Mapping[str, Any], tasks: Collection[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """What was waived, with what is still owed."""
    from thidua.storage.listing_debts import waivers

    return [
        {**asdict(each), "title": condition_title(procedure, each.condition)[call.lang]}
        for each in waivers(row["more"].get("waived", []), tasks)
    ]


def _facts(call: Call, found: "Seen") -> dict[str, Any]:
    row, procedure = found.dossier, found.procedure
    kept = {name: value for name, value in row.items() if name not in ("more", "head")}
    named = {"procedure_name": procedure.name, "procedure_version": procedure.version}
    labels = {
        "state_label": shown_state(procedure, row["state"], call.lang),
        "award_label": award_label(procedure, row["award"], call.lang),
    }
    return {**kept, **named, **labels, "waived": row["more"].get("waived", []),
            "items": row["more"].get("pause_items", []),
            "revoked": row["more"].get("revoked_n") is not None}  # fmt: skip


def _level(call: Call, db: "Connection", dossier: str) -> dict[str, str | None]:
    """The strictest level of secrecy among the dossier's own and those of what holds it."""
    from thidua.definitions.levels import strictest
    from thidua.storage import classified

    given = classified.levels(db, call.tables, [dossier]).get(dossier)
    if not given:
        return {"level": None, "level_label": None}
    level, label = strictest(given, call.lang)
    return {"level": level, "level_label": label}


def _actions(
    call: Call,
    db: "Connection",
    procedure: "Procedure",
    dossier: str,
    eyes: "tuple[Eyes, ...]",
) -> list[dict[str, Any]]:
    """What the one who decides may do, and why the rest is not possible."""
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
