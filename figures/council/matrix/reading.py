"""Who sees what of a dossier, when: readers × things × situations, against a table by hand."""

import io
import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import asdict, replace
from itertools import product
from typing import Any

from figures.council.matrix.commands import PAPER
from figures.council.matrix.office import NOW, Matrix, named
from figures.council.matrix.standing import ASKED, VOTED
from figures.council.matrix.table import SITUATIONS
from figures.fault import replaced
from figures.figure import Outcome, Progress
from thidua import By
from thidua.bootstrap import Desk
from thidua.cli import run
from thidua.workflow import sight

READERS = ("p1", "p2", "officer", "appraiser", "d0", "h0", "h1", "d9", "m0", "m1", "teller",
           "minister", "stranger", "former", "gone")  # fmt: skip
MOVERS, HANDLERS = ("officer", "appraiser", "minister"), ("m0", "m1", "teller")
SEERS: dict[str, tuple[str, ...]] = {
    "own ask": (*MOVERS, *HANDLERS, "d0", "h0"),
    "opinion": (*MOVERS, "d0", "h0"),
    "other opinion": (*MOVERS, "h1"),
    "reply": (*MOVERS, "h1"),
    "asked": (*MOVERS, *HANDLERS, "h1"),
    "vote": ("m0",),
    "tally": (*MOVERS, *HANDLERS),
    "hold": ("officer",),
    **dict.fromkeys(("result", "grant", "decision"), (*MOVERS, *HANDLERS)),
}
"""Of whom is not here nothing is shown; who stepped back sees all until then and nothing since."""
DECIDED = ("applied", "unapplied", "released")
"""Lines of decisions: the first two of one that is half carried out, the third of a whole one."""
FURTHER = ("replied", *DECIDED)
"""What matters to who reads alone: `replied` is `objected` with the office's answer to it."""
SINCE = (*VOTED, *DECIDED)
ANSWERED = ("objected", "replied", *SINCE)
COUNTED = ("tied", "submitted", "granted", *DECIDED)
OUTCOME = ("result", "grant", "decision")
"""The state, the step that grants, the decision with its line: before it is announced inside."""
EMBARGO = ("submitted", "applied", "unapplied")
_ASKED = (*ASKED, *FURTHER)
WHEN: dict[str, tuple[str, ...]] = {
    "own ask": _ASKED, "opinion": ANSWERED, "other opinion": ANSWERED, "asked": _ASKED,
    "reply": ("replied",), "vote": COUNTED, "tally": COUNTED, "decision": DECIDED,
    "grant": ("granted", "applied", "released"),
}  # fmt: skip
READINGS = tuple(product(READERS, (*SITUATIONS, *((place, "") for place in FURTHER))))


def furnished(url: str) -> Matrix:
    """The office with what is to be read beside the situations of the acts."""
    matrix = Matrix.new(url)
    for place in FURTHER:
        matrix.bring(place)
    _decide(matrix, "half", ("applied", "unapplied"))
    _decide(matrix, "whole", ("released",))
    return matrix


def _decide(matrix: Matrix, decision: str, dossiers: Sequence[str]) -> None:
    """Draw up and number a decision, and carry out its first line."""
    decisions, officer = matrix.wf.decisions, By("officer")
    paper = replace(PAPER, number=decision)
    with matrix.engine.begin() as db:
        lines = dict.fromkeys(dossiers, "grant")
        decisions.draft(db, "QĐ", lines, by=officer, decision_id=decision, now=NOW)
        decisions.number(db, decision, paper, by=officer, now=NOW)
        decisions.apply_line(db, decision, dossiers[0], by=By("minister"), now=NOW)
        decisions.finish(db, decision, by=officer, now=NOW)


def expected(reader: str, place: str, pause: str) -> frozenset[str]:
    """The things that are shown to a reader there; an outcome to all but under embargo."""
    found = {thing for thing in SEERS if reader in SEERS[thing] or _once(reader, thing, place)}
    if place not in EMBARGO:
        found |= {*OUTCOME}
    if pause != "hold":
        found.discard("hold")
    return frozenset(thing for thing in found if place in WHEN.get(thing, (place,)))


def _once(reader: str, thing: str, place: str) -> bool:
    return reader == "gone" and place not in SINCE and thing != "vote"


def measure(url: str, size: int, chance: random.Random, progress: Progress) -> Outcome:
    """How many readings show more (`leaked`) or less (`kept`) than the table, also as typed."""
    matrix, desk, seen = furnished(url), Desk(), Counter[str]()
    chosen = chance.sample(READINGS, min(size, len(READINGS)))
    for number, (reader, (place, pause)) in enumerate(chosen):
        right = expected(reader, place, pause)
        for shown in (looked(matrix, reader, named(place, pause)),
                      typed(matrix, desk, reader, named(place, pause))):  # fmt: skip
            seen["leaked"] += bool(shown - right)
            seen["kept"] += bool(right - shown)
        progress(number, len(chosen))
    matrix.close()
    return Outcome(len(chosen), dict(seen))


def looked(matrix: Matrix, reader: str, dossier: str) -> frozenset[str]:
    """What `wf.seen` shows."""
    with matrix.engine.connect() as db:
        shown = asdict(matrix.wf.seen(db, dossier, reader, now=NOW))
        db.rollback()
    return _things(shown)


def typed(matrix: Matrix, desk: Desk, reader: str, dossier: str) -> frozenset[str]:
    """What `dossiers show` and `dossiers history` print."""
    shown = _printed(matrix, desk, reader, "show", dossier)
    events = _printed(matrix, desk, reader, "history", dossier)["events"]
    told = [{"body": each, "private": {"note": each.get("note")}} for each in events]
    return _things({**shown, "lines": shown["rounds"], "events": told})


def _printed(matrix: Matrix, desk: Desk, reader: str, verb: str, dossier: str) -> Any:
    out = io.StringIO()
    environment = {"THIDUA_TEST_CLOCK": "1", "THIDUA_LANG": "vi", "THIDUA_DATABASE": matrix.url,
                   "THIDUA_OPERATOR": reader}  # fmt: skip
    with redirect_stdout(out):
        run(["dossiers", verb, dossier, "--json", "--now", NOW.isoformat()], desk=desk,
            environment=environment)  # fmt: skip
    return json.loads(out.getvalue())


def _things(shown: Mapping[str, Any]) -> frozenset[str]:
    said = {each["seat"] for each in shown["opinions"]}
    asks = {task["seat"] for task in shown["tasks"] if task["kind"] == "ask"}
    acts = {event["body"]["act"] for event in shown["events"]}
    voted = any(v["seat"] == "member:m0" and v["choice"] for v in shown["votes"])
    there = {
        "own ask": "department@d0" in asks,
        "opinion": "department@d0" in said,
        "other opinion": "department@d1" in said,
        "asked": "department@d1" in asks,
        "reply": any(said["replied_at"] for said in shown["opinions"]) or "reply" in acts,
        "vote": voted,
        "tally": any(_counted(line) for line in shown["lines"]),
        "hold": any(_ground_of_hold(event) for event in shown["events"]),
        "result": shown["dossier"]["state"] is not None,
        "grant": any(map(_granted, shown["events"])),
        "decision": bool(shown["decisions"]),
    }
    return frozenset(thing for thing, is_there in there.items() if is_there)


def _counted(line: Mapping[str, Any]) -> bool:
    return line["name"] == "vote" and line["counts"] not in ("{}", {}, None)


def _granted(event: Mapping[str, Any]) -> bool:
    """Whether an event is the step that grants, in its own words or as it is printed."""
    body = event["body"]
    return body.get("trigger") == "grant" or "Đã tặng" in body.get("text", "")


def _ground_of_hold(event: Mapping[str, Any]) -> bool:
    return event["body"]["act"] == "hold" and bool(event["private"].get("note"))


@contextmanager
def open_house() -> Iterator[None]:
    """Lets everybody who looks see everything."""
    with replaced(sight, "_sees", lambda *_: True):
        yield
