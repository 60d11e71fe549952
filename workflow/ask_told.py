"""What has become of each ask: every state it was in, from the dossier's events alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

Key = tuple[str, str]
"""A round's id and a seat."""

STATES = (
    *("asked", "opened", "drafted", "asked_back", "answered_back", "requested"),
    *("contacted", "promised", "extended", "confirmed", "received", "late", "superseded"),
    *("replied", "lapsed", "excused", "recused", "silent", "not_sent", "cancelled", "informed"),
)
"""All there are. "asked" comes again when a seat is asked anew, "received" and "late" are answers,
"superseded" is what a newer letter does to the one before.
"""

_PASSING = ("opened", "contacted", "informed", "requested", "extended", "superseded", "replied")
"""What happens beside an ask: "opened" and "extended" show while nothing has been answered."""


class Step(NamedTuple):
    """One thing that happened to an ask: which event, when (its journal time), by whom.

    `until` is the legal date of a promise or a new due, `way` how a seat was contacted, `opinion`
    what was answered.
    """

    state: str
    n: int
    at: str
    by: str
    until: str | None = None
    way: str | None = None
    opinion: str | None = None


@dataclass(slots=True)
class Told:
    """An ask's story, oldest first, and where it stands."""

    steps: list[Step] = field(default_factory=list)

    @property
    def state(self) -> str:
        """Where the ask stands: its last answer or end, else the furthest it has come."""
        telling: list[str] = []
        for step in self.steps:
            if step.state == "answered_back":
                telling.remove("asked_back")
            elif step.state not in _PASSING:
                telling.append(step.state)
        last = telling[-1] if telling else "asked"
        if last == "asked":
            beside = [s.state for s in self._since_asked() if s.state in ("opened", "extended")]
            return beside[-1] if beside else last
        return "asked" if last == "lapsed" else last

    def _since_asked(self) -> list[Step]:
        last = max((i for i, s in enumerate(self.steps) if s.state == "asked"), default=0)
        return self.steps[last:]

    @property
    def contacts(self) -> list[Step]:
        """The attempts to reach the seat by telephone, letter or paper."""
        return [step for step in self.steps if step.state == "contacted"]


def asks_told(events: Iterable[tuple[int, Mapping[str, Any]]]) -> dict[Key, Told]:
    """By round and seat the story of every ask of one dossier.

    `events` are its numbers and bodies, in order.
    """
    teller = _Teller()
    for n, body in events:
        teller.take(n, body)
    return teller.found


@dataclass(slots=True)
class _Teller:
    found: dict[Key, Told] = field(default_factory=dict)
    tasks: dict[int, Key] = field(default_factory=dict)
    dues: dict[int, str | None] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def take(self, n: int, body: Mapping[str, Any]) -> None:
        for round_id, name, _ in body.get("joined", ()):
            self.names[name] = round_id
        for row in body.get("opened", ()):
            if row[1] == "ask":
                self.tasks[row[0]] = key = (row[4], row[3])
                self.dues[row[0]] = row[5]
                self._add(key, "asked", n, body, until=row[5])
        self._said(n, body)
        for row in body.get("tasks", ()):
            if row[0] in self.tasks:
                self._changed(n, body, row)

    def _add(self, key: Key, state: str, n: int, body: Mapping[str, Any], **more: Any) -> None:
        step = Step(state, n, body["at"], body.get("by", ""), **more)
        self.found.setdefault(key, Told()).steps.append(step)

    def _said(self, n: int, body: Mapping[str, Any]) -> None:
        act, seat = body["act"], body.get("seat")
        round_id = body.get("round_id") or self.names.get(str(body.get("round")))
        if act == "inform" and seat is not None:
            for key in [key for key in self.found if key[1] == seat]:
                self._add(key, "informed", n, body)
        elif act == "request" and seat is None:
            for key in [key for key in self.found if key[0] == round_id]:
                if self.found[key].state not in ("received", "late", "excused", "recused"):
                    self._add(key, "requested", n, body)
        elif round_id is not None and seat is not None and (round_id, seat) in self.found:
            self._of_seat((round_id, seat), n, body)

    def _of_seat(self, key: Key, n: int, body: Mapping[str, Any]) -> None:
        act = body["act"]
        if act == "answer":
            self._answered(key, n, body)
        elif act == "contact":
            self._add(key, "contacted", n, body, way=body["way"])
        elif act == "promise":
            self._add(key, "promised", n, body, until=body["until"])
        elif act in _ACTS:
            self._add(key, _ACTS[act], n, body)

    def _answered(self, key: Key, n: int, body: Mapping[str, Any]) -> None:
        stands = bool(body.get("tasks"))
        before = [s for s in self.found[key].steps if s.state in ("received", "late")]
        if before and stands:
            self._add(key, "superseded", n, body)
        if "drafted" in body:
            self._add(key, "confirmed", n, body)
        late = body["standing"] in ("late", "after_close")
        self._add(key, "late" if late else "received", n, body, opinion=body["opinion"])

    def _changed(self, n: int, body: Mapping[str, Any], row: list[Any]) -> None:
        number, status, outcome, _, due, *_ = row
        key, act = self.tasks[number], body["act"]
        if status == "open" and outcome is None and act == "supplement":
            if self.found[key].state in ("received", "late"):
                self._add(key, "lapsed", n, body)
                self._add(key, "asked", n, body, until=due)
        elif act == "extend" and status == "open":
            self._add(key, "extended", n, body, until=due)
        elif status == "expired":
            self._add(key, "not_sent" if outcome == "not_sent" else "silent", n, body)
        elif status == "cancelled" and act != "excuse":
            self._add(key, "recused" if act == "recuse" else "cancelled", n, body)
        self.dues[number] = due


_ACTS = {
    "look": "opened",
    "prepare": "drafted",
    "ask_back": "asked_back",
    "answer_back": "answered_back",
    "request": "requested",
    "reply": "replied",
    "excuse": "excused",
}
