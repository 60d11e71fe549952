"""What the simulated office really was told, held against what the model says."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.engine import Engine

from figures.clock.simulation_model import Effect, Model, Rung, day
from thidua import Thidua
from thidua.verify import verify

PLACES = {
    "5 working days before the due date": -5, "2 working days before the due date": -2,
    "1 working day before the due date": -1, "the due date": 0,
    "2 working days after the due date": 2, "3 working days after the due date": 3,
}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """A notice that a ladder raised: its row, what it says, and the rungs it tells of."""

    row: dict[str, Any]
    said: dict[str, Any]

    @property
    def rungs(self) -> list[Rung]:
        """The latest and those it names as skipped."""
        due_on = datetime.fromisoformat(self.said["due_on"]).date()
        what = "asking" if self.said["task"] == "ask" else self.row["matter"].partition(":")[0]
        names = {self.said["rung"]["title"]["en"]: None}
        names |= {each["title"]["en"]: None for each in self.said.get("skipped", ())}
        return [Rung(self.row["dossier_id"], what, self.said["asked"], self.row["seat"],
                     PLACES[name], due_on) for name in names]  # fmt: skip

    def says_late(self, at: datetime) -> bool:
        """Whether it says of a rung of an earlier day that the system was stopped."""
        skipped = {each["on"] for each in self.said.get("skipped", ())}
        own = self.row["seat"] == self.said["asked"]
        named = day(at).isoformat() in skipped and "stopped_at" in self.said
        return named and (not own or self.row["template"] == "catch_up")


@dataclass(frozen=True)
class Judge:
    """Reads the database when all is over."""

    engine: Engine
    wf: Thidua
    model: Model
    copies: int
    """How many letters may have gone out twice: senders that died."""

    def count(self, taken: list[str]) -> Counter[str]:
        """`missed`, `doubled` and `wrong`, and what `verify` finds."""
        told = list(self._told())
        count = self._of_rungs(told) + self._of_effects() + self._of_mails(told, taken)
        with self.engine.connect() as db:
            count["wrong"] += len(verify(db, self.wf))
        return count

    def _of_rungs(self, told: list[Told]) -> Counter[str]:
        seen = Counter(rung for each in told for rung in each.rungs)
        right = self.model.rungs
        again = {rung[:5] for rung in right}
        strange = [rung for rung in seen if rung not in right]
        twice = sum(rung[:5] in again for rung in strange)
        untold = [
            rung for each in told for rung in each.rungs
            if rung in right and self._unsaid(each, rung)
        ]  # fmt: skip
        return Counter(
            missed=sum(rung not in seen for rung in right),
            doubled=seen.total() - len(seen) + twice,
            wrong=len(strange) - twice + len(untold),
        )

    def _unsaid(self, told: Told, rung: Rung) -> bool:
        """Whether it came on a later day without saying so, or before its time."""
        at, raised = self.model.rungs[rung], datetime.fromisoformat(told.row["raised_at"])
        early = raised < at
        return early or day(raised) > day(at) and not told.says_late(at)

    def _of_effects(self) -> Counter[str]:
        done: dict[Effect, datetime] = {}
        for row in self._rows(self.wf.tables.event):
            body = json.loads(row["body"])
            closed = body["act"] == "close_round" and body["outcome"] == "expired"
            if closed or body.get("trigger") == "lapse":
                what = "asking" if closed else "waiting"
                done[Effect(row["stream"], what)] = datetime.fromisoformat(body["at"])
        right = self.model.effects
        early = [effect for effect in done if effect in right and done[effect] < right[effect]]
        return Counter(
            missed=sum(effect not in done for effect in right),
            wrong=sum(effect not in right for effect in done) + len(early),
        )

    def _of_mails(self, told: list[Told], taken: list[str]) -> Counter[str]:
        sent = set(taken)
        mails = {row["id"]: row for row in self._rows(self.wf.tables.mail)}
        unsent = sum(row["status"] not in ("sent", "cancelled") for row in mails.values())
        lost = sum(row["status"] == "sent" and json.loads(row["content"])["message_id"] not in sent
                   for row in mails.values())  # fmt: skip
        waiting = sum(each.row["status"] == "due" for each in told)
        overtaken = sum(each.row["status"] == "pointless" and not self._needless(each, told)
                        for each in told)  # fmt: skip
        copies = len(taken) - len(sent)
        flood = Counter(
            (mails[each.row["mail_id"]]["owner"], each.row["matter"], each.row["mail_id"])
            for each in told if each.row["mail_id"]
        )  # fmt: skip
        days = Counter(
            (owner, matter, day(datetime.fromisoformat(mails[mail]["made_at"])))
            for owner, matter, mail in flood
        )
        return Counter(
            missed=unsent + lost + waiting + overtaken,
            doubled=max(0, copies - self.copies) + sum(n - 1 for n in days.values()),
        )

    def _needless(self, told: Told, every: list[Told]) -> bool:
        """Whether its task was over, or a newer one to the same seat stands for it."""
        key = (told.row["dossier_id"], told.row["until"], told.row["seat"])
        newer = any(
            (each.row["dossier_id"], each.row["until"], each.row["seat"]) == key
            and each.row["raised_at"] >= told.row["raised_at"] and each is not told
            for each in every
        )  # fmt: skip
        open_now = any(
            job.open and job.asked == told.said["asked"]
            for job in self.model.jobs[told.row["dossier_id"]]
        )
        return newer or not open_now

    def _told(self) -> Iterator[Told]:
        for row in self._rows(self.wf.tables.notice):
            if row["occurrence"] < 0:
                yield Told(row, json.loads(row["context"]))

    def _rows(self, table: Table) -> list[dict[str, Any]]:
        with self.engine.connect() as db:
            return [dict(row) for row in db.execute(select(table)).mappings()]
