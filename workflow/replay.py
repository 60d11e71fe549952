"""What the tables must hold of a dossier, rebuilt from its events alone."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from thidua.workflow.box_told import BoxTold, adds_up
from thidua.workflow.chain import Fact, Fault
from thidua.workflow.change import Opinion, Vote
from thidua.workflow.dossier import Candidate, Document, Dossier, Line, Task
from thidua.workflow.rebuilt import Rebuilt

GONE = ""
"""What stands in the place of a value that was erased, in the tables too."""


def rebuild(dossier_id: str, facts: Iterable[Fact]) -> Rebuilt:
    """Take the facts of one stream in order, beginning with its first.

    An event that cannot be understood ends the replay with the fault "event-unreadable".
    """
    replay = _Replay(dossier_id)
    for fact in facts:
        try:
            replay.take(fact)
        except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
            why = f"{type(error).__name__}: {error}"
            replay.told.faults.append(Fault(fact.n, "event-unreadable", {"why": why}))
            return replay.told
    return replay.finished()


def steps(dossier_id: str, facts: Iterable[Fact]) -> Iterator[tuple[Fact, Callable[[], Rebuilt]]]:
    """Each fact, and on demand the dossier as it stood before it; the next one changes that."""
    replay = _Replay(dossier_id)
    for fact in facts:
        yield fact, replay.finished
        replay.take(fact)


@dataclass(slots=True)
class _Replay:
    """The dossier, tasks and lines as they stand after the facts taken so far."""

    dossier_id: str
    told: Rebuilt = field(default_factory=Rebuilt)
    row: dict[str, Any] = field(default_factory=dict)
    tasks: dict[int, dict[str, Any]] = field(default_factory=dict)
    lines: dict[str, dict[str, Any]] = field(default_factory=dict)
    ends: tuple[Any, Any, Any] = ("", 0, 0)

    def take(self, fact: Fact) -> None:
        body = fact.body
        at = datetime.fromisoformat(body["at"])
        self.told.created_at = self.told.created_at or at
        self.told.changed_at = at
        self._start(fact)
        handler = _ACTS.get(body["act"])
        if handler is not None:
            handler(self, fact)
        if "enclosed" in body:
            self._enclosed(fact)
        if "role" in body:
            self._acted(body)
        if "recused" in body:
            self.recused(body["recused"])
        self._tasks(fact)
        if "ladders" in body:
            self._ladders(body)
        if "joined" in body or "lines" in body:
            self._lines(fact)
        self._stop(fact)

    def _enclosed(self, fact: Fact) -> None:
        """Files that came with what somebody wrote."""
        for number, (sha256, size, kind) in enumerate(fact.body["enclosed"], 1):
            name = fact.private.get(f"enclosed.{number}", GONE)
            self.told.documents.append(
                Document(self.dossier_id, f"enclosed:{fact.n}", number, sha256, size, kind, name)
            )

    def _start(self, fact: Fact) -> None:
        """An act says on its first event what it comes to; what it causes says nothing."""
        ends = fact.body.get("ends")
        first = fact.n == self.ends[2] + 1
        if first != (ends is not None):
            self._wrong(fact)
        elif ends is not None:
            step = ends[1] - self.ends[1]
            self.ends = (ends[0], ends[1], ends[2])
            if step not in (0, 1):
                self._wrong(fact)

    def _stop(self, fact: Fact) -> None:
        if fact.n == self.ends[2] and self.row["state"] != self.ends[0]:
            self._wrong(fact)

    def _wrong(self, fact: Fact) -> None:
        self.told.faults.append(Fault(fact.n, "event-ends"))

    def _acted(self, body: Mapping[str, Any]) -> None:
        role = body["role"]
        if role is None:
            return
        before = self.row["acted"].get(role, ())
        hands = {body["by"], body["entered"]} if "substitution" in body else {body["by"]}
        if new := sorted(hands - set(before)):
            self.row["acted"][role] = (*before, *new)

    def recused(self, seats: Iterable[str]) -> None:
        self.row["recused"] = tuple(sorted({*self.row.get("recused", ()), *seats}))

    def _tasks(self, fact: Fact) -> None:
        """Rows end with which of the event's `reckoned` is theirs; 0.1.0 wrote none."""
        how = fact.body.get("reckoned", ())
        for n, kind, what, seat, round_id, due, ladder, *more in fact.body.get("opened", ()):
            self.tasks[n] = {
                "n": n, "kind": kind, "what": what, "seat": seat, "opened_n": fact.n,
                "round_id": round_id, "due_on": _day(due), "ladder": ladder,
                "reckoned": how[more[0]] if more else None,
            }  # fmt: skip
        for n, status, outcome, holder, due, answered, closed, left, *more in fact.body.get(
            "tasks", ()
        ):
            self.tasks[n].update(
                status=status, outcome=outcome, holder=holder, due_on=_day(due),
                answered_n=answered, closed_n=closed, left=left,
            )  # fmt: skip
            if more:
                self.tasks[n]["reckoned"] = how[more[0]]

    def _ladders(self, body: Mapping[str, Any]) -> None:
        """Another version of the procedure may remind otherwise."""
        for n, ladder in body["ladders"]:
            self.tasks[n]["ladder"] = ladder

    def _lines(self, fact: Fact) -> None:
        for round_id, name, meeting in fact.body.get("joined", ()):
            line = {"round_id": round_id, "name": name, "opened_n": fact.n, "meeting": meeting}
            self.lines[round_id] = line
        for round_id, outcome, counts, closed in fact.body.get("lines", ()):
            self.lines[round_id].update(outcome=outcome, counts=counts, closed_n=closed)

    def finished(self) -> Rebuilt:
        """The values, once every fact is taken."""
        told = self.told
        if self.row:
            version, count = self.ends[1], self.ends[2]
            told.dossier = Dossier(**self.row, version=version, count=count, head="")
        told.tasks = {n: Task(**values) for n, values in self.tasks.items()}
        told.lines = {key: Line(**values) for key, values in self.lines.items()}
        return told


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _fields(fact: Fact) -> dict[str, str]:
    return {name: fact.private.get(f"field.{name}", GONE) for name in fact.body["fields"]}


def _candidate(fact: Fact) -> Candidate:
    kind, unit = fact.body["candidate"]
    name = fact.private.get("candidate.name", GONE)
    person = fact.private.get("candidate.person", GONE)
    known = "candidate.person" in fact.body["commit"]
    return Candidate(kind, name, unit, person if known else None)


def _create(replay: _Replay, fact: Fact) -> None:
    body = fact.body
    replay.row = {
        "id": replay.dossier_id, "procedure": body["procedure"], "award": body["award"],
        "candidate": _candidate(fact), "unit": body["unit"], "fields": _fields(fact),
        "state": body["to"], "submission": body["submission"], "campaign": body["campaign"],
        "acted": {}, "moved_n": fact.n, "received_on": _day(body.get("received")),
        "posted_on": _day(body.get("posted")),
    }  # fmt: skip


def _move(replay: _Replay, fact: Fact) -> None:
    body = fact.body
    replay.row |= {"state": body["to"], "came_from": body["from"], "moved_n": fact.n}
    if body.get("decision") is not None:
        replay.told.applied[body["decision"]] = body["trigger"]


def _migrate(replay: _Replay, fact: Fact) -> None:
    """What came before was done under the version that is left, and stays as it is."""
    body = fact.body
    if body["left"] != replay.row["procedure"]:
        replay.told.faults.append(Fault(fact.n, "event-migrated"))
    replay.row |= {"procedure": body["onto"], "state": body["to"], "came_from": None}


def _withdraw(replay: _Replay, fact: Fact) -> None:
    _move(replay, fact)
    _run(replay)


def _recall(replay: _Replay, fact: Fact) -> None:
    replay.row |= {"state": fact.body["to"], "came_from": None, "moved_n": fact.n}


def _return(replay: _Replay, fact: Fact) -> None:
    _pause(replay, fact, "return", tuple(fact.body["items"]))


def _hold(replay: _Replay, fact: Fact) -> None:
    _pause(replay, fact, "hold", ())


def _pause(replay: _Replay, fact: Fact, pause: str, items: tuple[str, ...]) -> None:
    on = datetime.fromisoformat(fact.body["at"]).date()  # written in the calendar's own zone
    replay.row |= {"pause": pause, "pause_items": items, "paused_on": on}


def _run(replay: _Replay) -> None:
    replay.row |= {"pause": None, "pause_items": (), "paused_on": None}


def _release(replay: _Replay, _fact: Fact) -> None:
    _run(replay)


def _supplement(replay: _Replay, fact: Fact) -> None:
    replay.row["fields"] |= _fields(fact)
    if fact.body["done"]:
        _run(replay)


def _correct(replay: _Replay, fact: Fact) -> None:
    replay.row["fields"] |= _fields(fact)
    if "candidate" in fact.body:
        replay.row["candidate"] = _candidate(fact)


def _waive(replay: _Replay, fact: Fact) -> None:
    waived, condition = replay.row.get("waived", ()), fact.body["condition"]
    # 0.1.0 wrote a condition down with every waiver of it.
    if "again" not in fact.body:
        replay.row["waived"] = (*waived, condition)


def _redeem(replay: _Replay, fact: Fact) -> None:
    """By the engine: the condition holds now, and is asked about again."""
    if fact.body["by"] == "engine":
        waived = replay.row.get("waived", ())
        replay.row["waived"] = tuple(each for each in waived if each != fact.body["condition"])


def _transfer(replay: _Replay, fact: Fact) -> None:
    body = fact.body
    replay.row |= {
        "submission": body["submission"], "received_on": _day(body.get("received")),
        "posted_on": _day(body.get("posted")),
    }  # fmt: skip


def _recuse(replay: _Replay, fact: Fact) -> None:
    replay.recused(fact.body["seats"])


def _revoke(replay: _Replay, fact: Fact) -> None:
    replay.row["revoked_n"] = fact.n
    if fact.body["decision"] is not None:
        replay.told.applied[fact.body["decision"]] = "revoke"


def _answer(replay: _Replay, fact: Fact) -> None:
    b = fact.body
    opinion = Opinion(fact.n, b["round_id"], b["seat"], b["opinion"], b["standing"])
    replay.told.opinions.append(opinion)


def _cast(replay: _Replay, fact: Fact) -> None:
    if "box" in fact.body:
        _into_box(replay, fact)
        return
    choice = fact.private.get("choice", GONE)
    b = fact.body
    replay.told.votes.append(Vote(fact.n, b["round_id"], b["seat"], choice, b["way"]))


def _into_box(replay: _Replay, fact: Fact) -> None:
    body = fact.body
    before = replay.told.boxes.get(body["round_id"])
    key_id, public = body["key"] if before is None else (before.key_id, before.public)
    votes = 1 if before is None else before.votes + 1
    replay.told.boxes[body["round_id"]] = BoxTold(key_id, public, votes, body["box"])


def _close(replay: _Replay, fact: Fact) -> None:
    """What was published has to be as many slips as were put in, and to make up the counts."""
    body = fact.body
    if "slips" not in body:
        return
    told = replay.told
    box = told.boxes.get(body["round_id"])
    openly = [vote.choice for vote in told.votes if vote.round_id == body["round_id"]]
    if box is None or len(body["slips"]) != box.votes or not adds_up(body, openly):
        told.faults.append(Fault(fact.n, "box-tally", {"round": body["round"]}))
        return
    told.boxes[body["round_id"]] = box._replace(slips=" ".join(body["slips"]))


def _attach(replay: _Replay, fact: Fact) -> None:
    replay.told.documents.append(document(replay.dossier_id, fact))


def document(owner: str, fact: Fact) -> Document:
    """The paper that an event of `owner` attached."""
    b = fact.body
    pages = fact.private.get("pages", GONE) if "pages" in b["commit"] else None
    name = fact.private.get("name", GONE)
    return Document(owner, b["kind"], b["file"], b["sha256"], b["size"], b["type"], name, pages)


_ACTS: dict[str, Callable[[_Replay, Fact], None]] = {
    "create": _create,
    "fire": _move,
    "migrate": _migrate,
    "withdraw": _withdraw,
    "recall": _recall,
    "return": _return,
    "hold": _hold,
    "release": _release,
    "supplement": _supplement,
    "correct": _correct,
    "waive": _waive,
    "redeem": _redeem,
    "transfer": _transfer,
    "recuse": _recuse,
    "revoke": _revoke,
    "answer": _answer,
    "cast": _cast,
    "close_round": _close,
    "attach": _attach,
}
