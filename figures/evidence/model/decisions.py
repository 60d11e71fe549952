"""Decisions in the model: drawn up, numbered, carried out line by line, sealed."""

from collections.abc import Iterable
from datetime import datetime

from figures.clock.arithmetic_oracle import local_date
from figures.evidence.model.case import No
from figures.evidence.model.registers import Codes, Registers
from figures.evidence.model.world import Decision
from thidua import Fire, Paper, Revoke


class Decisions(Registers):
    """Each method gives the codes against it; none when it is done."""

    def draft(self, decision: str, lines: dict[str, str], actor: str, now: datetime) -> Codes:
        """A decision is drawn up: each line keeps where its dossier's log ended."""
        return self._told(self._draft, decision, lines, actor, now)

    def _draft(self, decision: str, lines: dict[str, str], actor: str, _now: datetime) -> None:
        self._may(actor, "draft")
        seen = {key: [trigger, len(self.cases[key].log), False] for key, trigger in lines.items()}
        self.world.decisions[decision] = Decision(seen)

    def number(self, decision: str, paper: Paper, actor: str, now: datetime) -> Codes:
        """The registry's number is entered."""
        return self._told(self._number, decision, paper, actor, now)

    def _number(self, decision: str, paper: Paper, actor: str, now: datetime) -> None:
        self._may(actor, "number")
        found = self.world.decisions[decision]
        if found.status != "drafted":
            raise No("decision-numbered")
        if paper.number is None:
            raise No("decision-unsigned")
        if paper.signed_on is not None and paper.signed_on > local_date(now):
            raise No("signed-later")
        found.status, found.paper = "numbered", paper

    def strike(self, decision: str, keys: Iterable[str], actor: str, now: datetime) -> Codes:
        """Open lines are taken out."""
        return self._told(self._lines, decision, keys, actor, now, strikes=True)

    def look_again(self, decision: str, keys: Iterable[str], actor: str, now: datetime) -> Codes:
        """The signer has seen how the dossiers stand now."""
        return self._told(self._lines, decision, keys, actor, now, strikes=False)

    def _lines(
        self, decision: str, keys: Iterable[str], actor: str, _now: datetime, *, strikes: bool
    ) -> None:  # fmt: skip
        self._may(actor, "draft")
        lines = self.world.decisions[decision].lines
        for key in keys:
            if key not in lines or lines[key][2]:
                raise No("unknown-line")
        for key in keys:
            if strikes:
                del lines[key]
            else:
                lines[key][1] = len(self.cases[key].log)

    def apply_line(self, decision: str, key: str, actor: str, now: datetime) -> Codes:
        """A line is carried out, once."""
        return self._told(self._apply, decision, key, actor, now)

    def _apply(self, decision: str, key: str, actor: str, now: datetime) -> None:
        found = self.world.decisions[decision]
        if key not in found.lines:
            raise No("unknown-line")
        if found.status == "drafted":
            raise No("decision-unsigned")
        trigger = found.lines[key][0]
        command = (
            Revoke(decision, ground=found.paper)
            if trigger == "revoke"
            else Fire(trigger, decision=decision, ground=found.paper)
        )
        self._act(key, command, (actor, None), now, f"decision:{decision}", None)

    def finish(self, decision: str, actor: str, now: datetime) -> Codes:
        """After the last line the decision is sealed."""
        return self._told(self._finish, decision, actor, now)

    def _finish(self, decision: str, actor: str, _now: datetime) -> None:
        self._may(actor, "draft")
        found = self.world.decisions[decision]
        if found.status == "numbered" and all(line[2] for line in found.lines.values()):
            found.status = "applied"
