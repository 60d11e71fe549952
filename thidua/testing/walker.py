"""Walking every way through a procedure, with everybody trying everything at every step."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from thidua.testing.moves import Move, Moves
from thidua.testing.office import Office
from thidua.testing.pauses import pauses_of
from thidua.testing.trial import Trial
from thidua.testing.walks import Step, Walk, Walks
from thidua.verify import verify
from thidua.workflow.person import ENGINE

MOST = 5_000
"""So many steps are taken before a walk is given up; a shipped procedure needs some 100."""


def walk(
    procedure: str | Path,
    *,
    loops: int = 1,
    pauses: bool = True,
    most: int = MOST,
    **terms: Any,
) -> Walks:
    """Walk every way from the proposal to every end, in an `Office` of its own.

    A state is entered, and a round ended, at most 1 + `loops` times on a walk. With `pauses` every
    state is held and released, returned and supplemented on the way: meanwhile nobody may take a
    step, and afterwards it stands where it stood. `terms` are those of `Office`: `fields`,
    `conditions`, `members`, `at`, `engine`, `others`. At every step everybody is asked what they
    may do, and whoever should not be able to, tries; what is to be told is written; at every end
    the journal is verified.

    Raises `AssertionError` when somebody could do what the procedure does not let them, when a
    letter cannot be written or the journal does not hold, or when it takes more than `most` steps.
    """
    with Office(procedure, **terms) as office:
        trial = Trial(office)
        trial.propose()
        walker = _Walker(office, trial, office.propose(), loops, most, pauses=pauses)
        walker.explore((), Counter([walker.state]))
        return walker.came_to()


@dataclass
class _Walker:
    office: Office
    trial: Trial
    dossier: str
    loops: int
    most: int
    pauses: bool
    walks: list[Walk] = field(default_factory=list)
    taken: set[tuple[str, str]] = field(default_factory=set)
    blocked: dict[str, set[str]] = field(default_factory=dict)
    steps: int = 0

    @property
    def state(self) -> str:
        return self.office.state(self.dossier)

    def came_to(self) -> Walks:
        procedure = self.office.procedure
        all_steps = {(source, t.trigger) for t in procedure.transitions for source in t.source}
        untaken = {
            f"{trigger} from {source}": tuple(sorted(self.blocked.get(trigger, ())))
            for source, trigger in sorted(all_steps - self.taken)
        }
        finals = {name for name, state in procedure.states.items() if state.final}
        return Walks(tuple(self.walks), untaken, frozenset(finals - {w.end for w in self.walks}))

    def explore(self, path: tuple[Step, ...], visits: Counter[str]) -> None:
        """Let every thing happen that can happen here, one after the other, each to its ends."""
        office, state = self.office, self.state
        if office.procedure.states[state].final:
            self._end(path, state)
            return
        might = self.trial.might(self.dossier)
        entered = not path or path[-1].state != state
        for pause in pauses_of(office, self.dossier) if self.pauses and entered else ():
            pause.run(might)
        for move in Moves(office, self.dossier):
            with office.undone():
                step = self._take(state, move, might)
                if step is None:
                    continue
                counted = step.to if step.to != state else move.ends
                after = visits + Counter([counted] if counted else [])
                if max(after.values()) <= 1 + self.loops:
                    self.explore((*path, step), after)

    def _take(self, state: str, move: Move, might: Mapping[str, frozenset[str]]) -> Step | None:
        """Do it; None where the dossier's own facts stand in the way."""
        self.steps += 1
        assert self.steps <= self.most, f"more than {self.most} steps; lower `loops`"
        if move.is_step and move.by != ENGINE and move.act not in might:
            self._note_reasons(move)
            return None
        self.trial.others(self.dossier, move, might)
        before = len(self._events())
        move.do()
        self._note_taken(self._events()[before:])
        told = tuple(letter.subject for letter in self.office.letters())
        return Step(state, move.act, move.by, self.state, might, told)

    def _note_reasons(self, move: Move) -> None:
        office = self.office
        for action in office.wf.actions(office.db, self.dossier, office.by(move.by).actor):
            if action.act == move.act:
                told = {reason.text("en") for reason in action.reasons}
                self.blocked.setdefault(move.act, set()).update(told)

    def _events(self) -> list[dict[str, Any]]:
        rows = self.office.rows(self.office.wf.tables.event, stream=self.dossier)
        return [json.loads(row["body"]) for row in sorted(rows, key=lambda row: row["n"])]

    def _note_taken(self, events: list[dict[str, Any]]) -> None:
        """Every step of the procedure, also those that the engine took by itself."""
        self.taken |= {(each["from"], each["trigger"]) for each in events if each["act"] == "fire"}

    def _end(self, path: tuple[Step, ...], state: str) -> None:
        office = self.office
        problems = [problem.text() for problem in verify(office.db, office.wf)]
        assert problems == [], problems
        self.walks.append(Walk(path, state, office.procedure.states[state].outcome or ""))
