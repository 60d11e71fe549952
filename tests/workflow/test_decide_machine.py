"""Any commands in any order: what holds of a dossier keeps holding, and the journal tells it."""

from datetime import date

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from thidua.workflow.command import (
    Answer,
    Assign,
    Attach,
    Cast,
    Close,
    Contact,
    Correct,
    Expire,
    Extend,
    Fire,
    Hold,
    Promise,
    Recall,
    Recuse,
    Release,
    Reply,
    Return,
    Revoke,
    Settle,
    Supplement,
    Waive,
    Withdraw,
)
from thidua.workflow.dossier import Candidate
from thidua.workflow.errors import ThiduaError
from thidua.workflow.opinion import OPINIONS
from thidua.workflow.paper import Paper
from thidua.workflow.person import By
from thidua.workflow.tally import Counts

PAPER = Paper(number="12", signed_on=date(2018, 6, 8), signer="Trần Thị Bé")
PEOPLE = [*(f"d{i}" for i in range(3)), *(f"m{i}" for i in range(5)), "officer", "proposer",
          "appraiser", "teller", "minister", "stranger"]  # fmt: skip
STATES = ["proposed", "appraisal", "consulted", "council", "submitted", "granted"]
USUAL = {"accept": "officer", "consult": "appraiser", "convene": "officer", "grant": "minister"}

pick = st.sampled_from
ROUNDS = pick(["opinions", "vote", "posted"])
DECISIONS = pick([None, "q1", "q2"])
NOTES = pick([None, "lý do", "lý do"])
SEATS = pick([None, "department@d0", "member:m0"])
FIELDS = st.dictionaries(pick(["merit", "urgent", "score"]), pick(["tốt", "yes", "1"]), max_size=2)
ITEMS = st.lists(pick(["merit", "report", "score"]), max_size=2, unique=True).map(tuple)
COUNTS = pick([None, None, Counts(5, 4, 1, 5, 5, 5, 0, 4, 1, 0), Counts(4, 4)])
SOME = {"note": NOTES, "ground": pick([None, PAPER])}
TRIGGERS = pick(["accept", "consult", "convene", "grant", "reject", "pass", "lapse"])

FACTS = st.one_of(
    st.builds(Answer, pick(["opinions", "vote"]), pick(OPINIONS), SEATS, **SOME),
    st.builds(Answer, st.just("opinions"), pick(OPINIONS), **SOME),
    st.builds(Reply, st.just("opinions"), pick(["department@d0", "department@d1"]), **SOME),
    st.builds(Cast, st.just("vote"), pick(["for", "for", "against", "abstain"]), SEATS,
              pick(["electronic", "written"]), **SOME),
    st.builds(Attach, pick(["report", "proof"]), st.just("ab" * 32), st.just(1),
              st.just("text/plain"), st.just("tệp")),
)  # fmt: skip
DECIDED = st.one_of(
    st.builds(Fire, TRIGGERS, meeting=pick(["k1", "k1", None]), decision=DECISIONS, **SOME),
    st.builds(Close, ROUNDS, COUNTS, pick([None, "paper"])),
    st.builds(Extend, ROUNDS, st.dates(date(2018, 6, 1), date(2018, 12, 1)), SEATS),
    st.builds(Assign, st.integers(1, 30), pick([None, "officer"])),
    st.builds(Contact, SEATS, st.just("phone"), ROUNDS, st.just("bà Ba"), **SOME),
    st.builds(Promise, ROUNDS, SEATS, st.dates(date(2018, 6, 1), date(2018, 12, 1)), **SOME),
    st.builds(Recuse, SEATS),
    st.builds(Waive, st.just("opinions.disagreements_answered"), st.just(date(2019, 6, 3)), **SOME),
    st.builds(Correct, FIELDS, pick([None, Candidate("household", "Hộ Bé")]), **SOME),
    st.just(Recall()),
    st.builds(Revoke, DECISIONS),
)
PAUSES = st.one_of(
    st.builds(Return, ITEMS, **SOME),
    st.builds(Supplement, FIELDS, st.booleans()),
    st.builds(Hold, **SOME),
    st.just(Release()),
)
COMMANDS = st.one_of(FACTS, DECIDED, PAUSES)


class Office(RuleBasedStateMachine):
    """One dossier in a house where everybody tries everything."""

    at = None

    @initialize(state=pick(STATES[:-1]))
    def begin(self, state):
        self.world = self.at(state)
        self.world.sign("grant", "q1")

    @rule(command=COMMANDS, actor=pick(PEOPLE))
    def anybody(self, command, actor):
        self.attempt(command, By(actor))

    @rule(command=COMMANDS, person=pick(PEOPLE))
    def whoever_may(self, command, person):
        turn = PEOPLE.index(person)
        any(self.attempt(command, By(who)) for who in PEOPLE[turn:] + PEOPLE[:turn])

    @rule(command=COMMANDS, actor=pick(PEOPLE))
    def entered_by_the_officer(self, command, actor):
        self.attempt(command, By("officer", for_=actor))

    @rule(command=pick([Withdraw(), Settle("vote", "passed")]), luck=st.integers(0, 9))
    def seldom(self, command, luck):
        if luck == 0:
            self.attempt(command, By("proposer" if isinstance(command, Withdraw) else "engine"))

    @rule()
    def go_on(self):
        """The next step of the usual way."""
        for trigger, actor in USUAL.items():
            decision = "q1" if trigger == "grant" else None
            self.attempt(Fire(trigger, meeting="k1", decision=decision), By(actor))

    @precondition(lambda self: self.world.state in ("consulted", "council"))
    @rule(votes=st.lists(pick(["for", "against"]), min_size=5, max_size=5))
    def everybody_answers(self, votes):
        for i, choice in enumerate(votes):
            self.attempt(Cast("vote", choice), By(f"m{i}"))
            self.attempt(Answer("opinions", "agree"), By(f"d{i}"))

    @rule(trigger=pick(["grant", "revoke"]))
    def sign(self, trigger):
        self.world.sign(trigger, "q1" if trigger == "grant" else "q2")

    @rule(days=pick([0, 0, 1, 4]))
    def wait(self, days):
        self.world.later(days=days)
        for task in self.world.open("effect"):
            if task.wake_at is not None and task.wake_at <= self.world.now:
                self.attempt(Expire(task.n), By("engine"))

    def attempt(self, command, by):
        """Whether the act was done. `World.act` itself holds the tables to the replay."""
        before = self.world.dossier
        try:
            done = self.world.act(command, by)
        except ThiduaError:
            assert self.world.dossier is before
            return False
        self.check(before, done)
        return True

    def check(self, before, done):
        """Numbers only rise; each round for the clock has its alarm, each state its desk."""
        world = self.world
        assert done.count == world.dossier.count >= done.n == before.count + 1
        assert done.version - before.version in (0, 1)
        assert done.version > before.version or done.state == before.state
        alarms = {task.round_id for task in world.open("effect")}
        for line in world.lines.values():
            at_due = world.procedure.rounds[line.name].close.at_due
            assert line.closed_n or not at_due or line.round_id in alarms
        desks = {task.what for task in world.open("desk")}
        assert world.procedure.states[world.state].final or world.state in desks


@pytest.mark.slow
def test_any_commands_in_any_order(at):
    Office.at = staticmethod(at)

    run_state_machine_as_test(Office, settings=settings(max_examples=60, stateful_step_count=40))
