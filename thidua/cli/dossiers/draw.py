"""A dossier's own way through its procedure, as a picture: `draw`."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from thidua.cli.call import Call
from thidua.cli.eyes import eyes_of
from thidua.cli.language import Words, pick
from thidua.cli.option import ZONE
from thidua.cli.picture import OUTPUT, picture
from thidua.cli.rules import award_label
from thidua.cli.shell import verb

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from thidua.definitions.drawing import Passage, Way
    from thidua.workflow.procedure import Procedure

CALLED: Words = ("Hồ sơ {dossier}: {name} – {award}", "Dossier {dossier}: {name} – {award}")


@verb("draw")
@click.argument("dossier")
@OUTPUT
@click.pass_obj
def draw(call: Call, *, dossier: str, output: str | None) -> None:
    """The way of a dossier."""
    procedure, way = call.read(lambda db: _way(call, db, dossier))
    passed = [{"state": p.state, "on": p.entered_on, "trigger": p.trigger} for p in way.passages]
    picture(call, procedure, way, output, dossier=dossier, passed=passed)


def _way(call: Call, db: "Connection", dossier: str) -> tuple["Procedure", "Way"]:
    from thidua.definitions.drawing import Way
    from thidua.storage import listing

    found = call.place.wf.seen.by_eyes(db, dossier, eyes_of(call, db))
    procedure, row = found.procedure, found.dossier
    award = award_label(procedure, row["award"], call.lang)
    called = pick(CALLED, call.lang, dossier=dossier, name=row["candidate_name"], award=award)
    running = [t for t in found.tasks if t["status"] in listing.RUNNING and t["due_on"]]
    own = (t for t in running if t["kind"] != "effect" and t["round_id"] is None)
    return procedure, Way(
        called,
        _passages(found.events),
        due_on=_nearest(own),
        asked_due_on=_asked(running),
        paused=row["pause"] is not None,
    )


def _passages(events: Sequence[Mapping[str, Any]]) -> "tuple[Passage, ...]":
    """Every state entered, by which step, on the day it happened.

    A move to another version that keeps the state is no new stay in it.
    """
    from thidua.definitions.drawing import Passage

    moves = [event["body"] for event in events if "to" in event["body"]]
    entered = [each for each in moves if each.get("trigger") or each["to"] != each.get("from")]
    return tuple(Passage(body["to"], _on(body), body.get("trigger")) for body in entered)


def _on(body: Mapping[str, Any]) -> date:
    at = datetime.fromisoformat(body.get("happened") or body["at"])
    return at.astimezone(ZONE).date()


def _nearest(tasks: Any) -> date | None:
    return min((date.fromisoformat(task["due_on"]) for task in tasks), default=None)


def _asked(tasks: Sequence[Mapping[str, Any]]) -> dict[str, date]:
    """The nearest due of each round that still asks."""
    rounds = {task["what"] for task in tasks if task["round_id"] is not None}
    found = {name: _nearest(t for t in tasks if t["what"] == name) for name in sorted(rounds)}
    return {name: on for name, on in found.items() if on is not None}
