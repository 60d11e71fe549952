"""One command of each kind: such as is taken where it fits, or with something wrong."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from figures.clock.arithmetic_oracle import local_date
from figures.evidence.model import book
from figures.evidence.model.reference import Reference
from figures.evidence.model.world import Case
from thidua import (
    Answer,
    AnswerBack,
    AskBack,
    Assign,
    Attach,
    CancelRound,
    Cast,
    Close,
    Correct,
    Counts,
    Excuse,
    Extend,
    Hold,
    Include,
    Inform,
    Look,
    Paper,
    Prepare,
    Recall,
    Recuse,
    Redeem,
    Release,
    Reopen,
    Reply,
    Request,
    Return,
    Revoke,
    Supplement,
    Transfer,
    Waive,
    Withdraw,
)  # fmt: skip
from thidua.workflow.command import (
    BreakTie,
    Contact,
    Migrate,
    Promise,
    PutOff,
    PutTo,
    Remeet,
    VoidBallot,
)
from thidua.workflow.erasure import Redact, RefuseErasure

PAPER = Paper(number="3", symbol="CV", signed_on=date(2018, 6, 8), signer="A")
CONDITIONS = ("documents.complete", "opinions.closed", "opinions.disagreements_answered")
TRIGGERS = tuple(step["trigger"] for step in book.STEPS)
NOTE = "Lý do"

ACTS = (
    *TRIGGERS,
    "attach",
    "correct",
    "return",
    "supplement",
    "extend",
    "assign",
    "recuse",
    "waive",
    "redeem",
    "transfer",
    "answer",
    "reply",
    "ask_back",
    "answer_back",
    "inform",
    "look",
    "prepare",
    "excuse",
    "include",
    "request",
    "cancel_round",
    "reopen",
    "contact",
    "promise",
    "cast",
    "close",
    "void_ballot",
    "migrate",
    "break_tie",
    "put_off",
    "put_to",
    "redact",
    "refuse_erasure",
    "remeet",
    "hold",
    "release",
    "recall",
    "withdraw",
    "revoke",
)
"""Every act of a dossier but its first."""


@dataclass
class Commands:
    """Draws commands about a dossier. `pick` gives one of several, as Hypothesis or chance says."""

    pick: Callable[[Sequence[Any]], Any]
    model: Reference
    now: datetime
    key: str = ""
    fit: bool = True

    @property
    def case(self) -> Case:
        """The dossier of the call."""
        return self.model.cases[self.key]

    def command(self, act: str, note: str | None) -> Any:
        """A command of the kind."""
        return getattr(self, f"_{act}")(note)

    def rarely(self, often: int) -> bool:
        """Once in so many times."""
        return bool(self.pick(range(often)) == often - 1)

    def _a_meeting(self) -> str | None:
        return self.pick((*sorted(self.model.world.meetings), None))

    def _seat(self) -> str:
        return self.pick(book.ASKED if self.fit else (*book.ASKED, "member:m0", "department@d9"))

    def _until(self) -> date:
        days = (3, 9, 30) if self.fit else (-2, 0, 1, 5)
        return local_date(self.now) + timedelta(self.pick(days))

    def _attach(self, _note: Any) -> Any:
        kinds = ("report", "letter", "board") if self.fit else ("report", "photo")
        return document(self.pick(kinds))

    def _correct(self, note: Any) -> Any:
        values = ({"merit": "khá"}, {"urgent": "no"}, {"urgent": "yes"})
        wrong = ({}, {"urgent": "x"}, {"merit": " "}, {"other": "x"})
        return Correct(self.pick(values if self.fit else values + wrong), note=note)

    def _return(self, note: Any) -> Any:
        items = (("merit", "report"), ("urgent",), ("report",))
        return Return(self.pick(items if self.fit else (*items, (), ("other",))), note=note)

    def _supplement(self, _note: Any) -> Any:
        asked = [i for i in self.case.items if i in ("merit", "urgent")]
        fields = {name: {"merit": "khá", "urgent": "no"}[name] for name in asked}
        if not self.fit:
            fields = self.pick((fields, {}, {"merit": "giỏi"}, {"urgent": "no"}))
        return Supplement(fields, self.pick((True, True, False)))

    def _extend(self, note: Any) -> Any:
        what = self.pick(("state", "span", "round", "seat") if self.fit else
                         ("state", "span", "round", "seat", "both", "unheard"))  # fmt: skip
        more = {
            "state": {}, "span": {"span": "processing"}, "round": {},
            "seat": {"seat": self.pick(book.ASKED)}, "unheard": {"span": "unheard"},
            "both": {"span": "processing"},
        }[what]  # fmt: skip
        of = (
            self.pick(("opinions", "opinions", "vote", "posting"))
            if what in ("round", "seat", "both")
            else None
        )
        return Extend(of, self._until(), note=note, **more)

    def _assign(self, _note: Any) -> Any:
        n = self.pick(range(1, len(self.case.jobs) + (1 if self.fit else 3)))
        return Assign(n, self.pick(("officer", "m0", None)))

    def _recuse(self, _note: Any) -> Any:
        return Recuse(self.pick((*book.VOTERS, "department@d1", None)))

    def _waive(self, _note: Any) -> Any:
        names = CONDITIONS if self.fit else (*CONDITIONS, "vote.passed")
        ground = PAPER if self.fit else self.pick((PAPER, None))
        return Waive(self.pick(names), self._until(), ground=ground)

    def _redeem(self, _note: Any) -> Any:
        ground = PAPER if self.fit else self.pick((PAPER, None))
        owed = [
            j.what[5:] for j in self.case.jobs.values() if j.runs and j.what.startswith("debt:")
        ]
        return Redeem(self.pick(owed or CONDITIONS), ground=ground)

    def _transfer(self, _note: Any) -> Any:
        ground = PAPER if self.fit else self.pick((PAPER, None))
        return Transfer(self.pick(("s1", "s2", None) if self.fit else ("s1", "s9")), ground=ground)

    def _answer(self, note: Any) -> Any:
        opinions = ("agree", "agree_with_remarks", "no_comment", "disagree", "no_information",
                    "conflict_of_interest")  # fmt: skip
        opinion = self.pick(opinions if self.fit else (*opinions, "perhaps"))
        seat = self.pick((*book.ASKED, None)) if self.fit else self._seat()
        ground, happened = self.pick(((None, None), (PAPER, None), (PAPER, 1), (PAPER, 8),
                                      (PAPER, -1)))  # fmt: skip
        at = None if happened is None else self.now - timedelta(days=happened)
        rounds = [li.round for li in self.case.lines if li.name == "opinions"]
        ref = self.pick(("opinions", "opinions", *rounds))
        return Answer(ref, opinion, seat, note=note, ground=ground, happened_at=at)

    def _reply(self, note: Any) -> Any:
        return Reply("opinions", self._seat(), note=note)

    def _ask_back(self, note: Any) -> Any:
        return AskBack("opinions", self.pick((*book.ASKED, None)), note=note)

    def _answer_back(self, note: Any) -> Any:
        open_ = [j.what[9:] for j in self.case.jobs.values()
                 if j.runs and j.what.startswith("question:")]  # fmt: skip
        return AnswerBack("opinions", self.pick(open_ or book.ASKED), note=note)

    def _inform(self, note: Any) -> Any:
        return Inform(self.pick((*book.ASKED, None)), note=note)

    def _look(self, _note: Any) -> Any:
        return Look("opinions", self.pick((*book.ASKED, None)))

    def _prepare(self, note: Any) -> Any:
        return Prepare("opinions", "agree", self.pick((*book.ASKED, None)), note=note)

    def _excuse(self, note: Any) -> Any:
        return Excuse("opinions", self._seat(), note=note)

    def _include(self, note: Any) -> Any:
        gone = [j.seat for j in self.case.jobs.values() if j.outcome == "excused"]
        return Include("opinions", self.pick(gone) if gone else self._seat(), note=note)

    def _request(self, note: Any) -> Any:
        return Request("opinions", self.pick((*book.ASKED, None)), note=note)

    def _cancel_round(self, note: Any) -> Any:
        return CancelRound("opinions", note=note)

    def _reopen(self, note: Any) -> Any:
        return Reopen("opinions", note=note)

    def _contact(self, note: Any) -> Any:
        return Contact(self._seat(), "phone", "opinions", note=note)

    def _promise(self, _note: Any) -> Any:
        return Promise(self.pick(("opinions", "vote")), self._seat(), self._until())

    def _cast(self, _note: Any) -> Any:
        choices = ("for", "against", "abstain") if self.fit else ("for", "perhaps")
        ways = ("electronic", "written") if self.fit else ("electronic", "written", "paper")
        seat = self.pick((*book.VOTERS, None))
        return Cast(self._ballot(), self.pick(choices), seat, self.pick(ways))

    def _close(self, _note: Any) -> Any:
        what = self.pick((self._ballot(), self._ballot(), "opinions", "posting"))
        if what != "vote" or not self.rarely(3):
            return Close(what)
        line = max((li for li in self.case.lines if li.name == "vote"), default=None,
                   key=lambda li: li.opened)  # fmt: skip
        members = 4 if line is None else sum(
            j.round == line.round and j.kind == "vote" and j.outcome != "recused"
            for j in self.case.jobs.values()
        )  # fmt: skip
        voted = sum(line is not None and v[0] == line.round for v in self.case.votes)
        n = max(0, members - voted if self.fit else self.pick(range(6)))
        yes = self.pick(range(n + 1))
        counts = Counts(members, n, 0, n, n, n, 0, yes, n - yes if self.fit else self.pick(
            (n - yes, n)))  # fmt: skip
        return Close("vote", counts, "paper")

    def _break_tie(self, _note: Any) -> Any:
        sides = ("for", "against") if self.fit else ("for", "neither")
        return BreakTie(self._ballot(), self.pick(sides))

    def _put_off(self, note: Any) -> Any:
        return PutOff(self._ballot(), self._a_meeting(), note=note)

    def _put_to(self, _note: Any) -> Any:
        return PutTo(self._ballot(), self.pick(sorted(self.model.world.meetings)))

    def _ballot(self) -> str:
        here = {"panel": "panel", "ranking": "rank"}.get(self.case.state, "vote")
        return self.pick((here, here, here, *book.BALLOTS))

    def _void_ballot(self, note: Any) -> Any:
        return VoidBallot(self._ballot(), note=note)

    def _migrate(self, note: Any) -> Any:
        ground = PAPER if self.fit else self.pick((PAPER, None))
        onto = (book.VERSIONS["2"],) if self.fit else (*book.VERSIONS.values(), "0" * 64)
        return Migrate(self.pick(onto), note=note, ground=ground)

    def _redact(self, note: Any) -> Any:
        return Redact(*self._erased(), note=note, ground=self._a_paper())

    def _refuse_erasure(self, note: Any) -> Any:
        return RefuseErasure(*self._erased(), note=note, ground=self._a_paper())

    def _erased(self) -> tuple[tuple[str, ...], str]:
        parts = (("candidate",), ("fields",), ("field.merit",), ("notes", "documents"),
                 ("signers",))  # fmt: skip
        wrong = ((), ("title",), ("votes", "notes"), ("field.unheard",))
        bases = ("ordered", "request", "request")
        return (self.pick(parts if self.fit else parts + wrong),
                self.pick(bases if self.fit else (*bases, "whim")))  # fmt: skip

    def _a_paper(self) -> Paper | None:
        return PAPER if self.fit else self.pick((PAPER, None))

    def _remeet(self, _note: Any) -> Any:
        return Remeet(self.pick((*sorted(self.model.world.meetings), "k9")), self._until())

    def _hold(self, note: Any) -> Any:
        return Hold(note=note)

    def _release(self, _note: Any) -> Any:
        return Release()

    def _recall(self, _note: Any) -> Any:
        return Recall()

    def _withdraw(self, _note: Any) -> Any:
        return Withdraw(note=NOTE)

    def _revoke(self, _note: Any) -> Any:
        return Revoke(self.pick((None, *sorted(self.model.world.decisions))))


def document(kind: str) -> Attach:
    """A document of a kind."""
    return Attach(kind, "ab" * 32, 10, "application/pdf", f"{kind}.pdf")
