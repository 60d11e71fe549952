"""Stored procedures as commands need them: by name, and what their parts are called."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from thidua.cli.call import Call
from thidua.cli.label import ACTS, called
from thidua.cli.language import Words, label_of, pick
from thidua.workflow.errors import Unknown

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.workflow.procedure import Procedure
    from thidua.workflow.view import Rules


def named(call: Call, db: "Connection", name: str) -> "Procedure":
    """The stored procedure of a name, "name@version" or hash; `Unknown` when there is none."""
    from thidua.storage import library

    wf = call.place.wf
    pen, s = wf.pen(db)
    try:
        found, _ = library.find(pen, s, name)
    finally:
        pen.close()
    return wf.shelf.rules(db, found).procedure


def rules_of(call: Call, db: "Connection", procedure_hash: str) -> "Rules":
    """A stored procedure ready for use."""
    return call.place.wf.shelf.rules(db, procedure_hash)


def make_ready(call: Call, dossiers: Sequence[str]) -> None:
    """Read the dossiers' procedures and calendars before others wait for the lock: that takes half
    a second, a hundred times what the act takes.
    """
    from thidua.storage import listing

    call.read(
        lambda db: [
            rules_of(call, db, key) for key in listing.procedures(db, call.tables, dossiers)
        ]
    )


def make_round_ready(call: Call, ref: str) -> None:
    """The same for the procedure of a round."""
    from thidua.storage import listing_rounds

    call.read(lambda db: rules_of(call, db, listing_rounds.find(db, call.tables, ref)["procedure"]))


def stored(call: Call, db: "Connection") -> "list[Rules]":
    """Every stored procedure."""
    from thidua.storage import library

    wf = call.place.wf
    return [wf.shelf.rules(db, row["hash"]) for row in library.listed(db, wf.tables)]


def check_states(call: Call, db: "Connection", states: Sequence[str]) -> None:
    """`Unknown` for a state that no stored procedure has."""
    known = {state for rules in stored(call, db) for state in rules.procedure.states}
    for state in states:
        if state not in known:
            raise Unknown("unknown-state", state=state, known=", ".join(sorted(known)) or "-")


def state_label(procedure: "Procedure", state: str, lang: str) -> str:
    """What a state is called."""
    return label_of(procedure.states[state].label, lang) if state in procedure.states else state


UNDER_WAY: Words = ("Đang xét, chưa công bố kết quả", "Under way, result not announced")


def shown_state(procedure: "Procedure", state: str | None, lang: str) -> str:
    """What a state is called to who may know it: None is what they may not."""
    return pick(UNDER_WAY, lang) if state is None else state_label(procedure, state, lang)


def round_label(procedure: "Procedure", name: str, lang: str) -> str:
    """What a round is called."""
    return label_of(procedure.rounds[name].label, lang) if name in procedure.rounds else name


def role_label(procedure: "Procedure", role: str, lang: str) -> str:
    """What a role is called."""
    return label_of(procedure.roles[role].label, lang) if role in procedure.roles else role


def award_label(procedure: "Procedure", award: str, lang: str) -> str:
    """What an award is called."""
    return label_of(procedure.awards[award], lang) if award in procedure.awards else award


def trigger_label(procedure: "Procedure", trigger: str, lang: str) -> str:
    """What a step is called; of several of the same name the first."""
    steps = (t.label for t in procedure.transitions if t.trigger == trigger)
    return label_of(next(steps, {}), lang, called(ACTS, trigger, lang))


def items_label(procedure: "Procedure", items: Iterable[str], lang: str) -> str:
    """What fields and documents are called, in a row."""
    labels = {n: f.label for n, f in procedure.fields.items()}
    labels |= {n: d.label for n, d in procedure.documents.items()}
    return ", ".join(label_of(labels.get(item, {}), lang, item) for item in items)
