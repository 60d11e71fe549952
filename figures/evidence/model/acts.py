"""The model's acts of a dossier: papers, pauses, dues, ways back and out."""

from collections.abc import Callable
from typing import Any

from figures.evidence.model import asking, book, erasing, lasting, voting
from figures.evidence.model.case import No, Turn
from figures.evidence.model.flow import (
    desk,
    end_line,
    enter,
    expect_end,
    in_the_way,
    leave,
    move,
    ready,
    spans,
    step_of,
)
from figures.evidence.model.world import Counted, Line

SEEN_AGAIN = {"answer", "inform", "return", "hold", "supplement", "correct"}
KINDS = tuple(book.RULES["documents"])
FIELDS = tuple(book.RULES["fields"])


def _fields(t: Turn, values: dict[str, str]) -> None:
    for name, value in values.items():
        t.no("unknown-field", name not in FIELDS)
        t.no("field-type", name == "urgent" and value not in ("yes", "no"))
        t.no("field-type", name == "merit" and not value.strip())


def create(t: Turn, c: Any) -> None:
    """A candidate is proposed."""
    t.right("create")
    t.no("unknown-award", c.award not in book.RULES["awards"])
    t.no("candidate-nameless", not c.candidate.name.strip())
    _fields(t, c.fields)
    t.stop()
    t.wrote("create")
    t.change(moved=t.n)
    spans(t, "create", "new")
    desk(t)


def fire(t: Turn, c: Any) -> None:
    """A step is taken."""
    step = step_of(c.trigger, t.case.state)
    if step is None:
        by = {s["by"] for s in book.STEPS if s["trigger"] == c.trigger}
        if not by:
            raise No("unknown-trigger")
        t.need(*sorted(by))
        t.no("not-from-here")
        t.stop()
        return
    t.need(step["by"])
    t.no("paused", t.case.pause)
    t.why += in_the_way(t, step)
    t.no("note-missing", step.get("note") and not c.note)
    if step.get("decision") or c.decision is not None:
        _decided(t, c)
    t.stop()
    move(t, step)
    t.case.decided = c.decision is not None


def _decided(t: Turn, c: Any) -> None:
    signed = t.world.decisions.get(c.decision or "")
    line = signed.lines.get(t.case.key) if signed and signed.status == "numbered" else None
    if line is None:
        t.no("decision-missing")
    elif line[0] != c.trigger:
        t.no("decision-other")
    elif SEEN_AGAIN & set(t.before.log[line[1] :]):
        raise No("seen-again")
    if "opinions.disagreements_answered" not in t.case.waived:
        t.no("disagreement-unanswered", t.disagreeing())


def attach(t: Turn, c: Any) -> None:
    """A document is added; during a return only what was asked for."""
    t.right("attach")
    t.no("unknown-document", c.kind not in KINDS)
    t.no("not-asked-for", t.case.pause == "return" and c.kind not in t.case.items)
    t.stop()
    t.wrote("attach")
    t.case.papers.append(c.kind)
    t.changed = True


def correct(t: Turn, c: Any) -> None:
    """What was entered wrongly is put right."""
    t.right("correct")
    _fields(t, c.fields)
    t.no("note-missing", not c.note)
    if t.case.pause == "return":
        t.no("not-asked-for", set(c.fields) - set(t.case.items))
    t.no("nothing-to-correct", not c.fields)
    t.stop()
    t.wrote("correct")
    t.change(fields={**t.case.fields, **c.fields})


def send_back(t: Turn, c: Any) -> None:
    """The proposer is asked for more; the clock stops."""
    t.right("return")
    t.running()
    t.no("unknown-item", set(c.items) - {*KINDS, *FIELDS})
    t.no("items-missing", not c.items)
    t.no("note-missing", not c.note)
    t.stop()
    t.wrote("return")
    _pause(t, "return", c.items)
    t.open("desk", "supplement", t.own("proposer"), t.due(5))


def hold(t: Turn, c: Any) -> None:
    """The dossier stops."""
    t.right("hold")
    t.running()
    t.no("note-missing", not c.note)
    t.stop()
    t.wrote("hold")
    _pause(t, "hold", ())


def _pause(t: Turn, pause: str, items: tuple[str, ...]) -> None:
    t.change(pause=pause, items=tuple(items), paused_on=t.today)
    for job in t.jobs():
        if job.status == "open" and not job.what.startswith("debt:"):
            t.stop_clock(job)


def _resume(t: Turn) -> None:
    t.change(pause=None, items=())
    for job in t.jobs():
        if job.what == "supplement":
            t.end(job, "done", "supplemented")
        elif job.status == "paused" and not t.stands_still(job):
            t.go_on(job)
    for job in t.jobs("ask"):
        if job.status == "open":
            expect_end(t, t.line_of(str(job.round)), job)


def release(t: Turn, _c: Any) -> None:
    """A hold is over."""
    t.right("release")
    t.no("not-held", t.case.pause != "hold")
    t.stop()
    t.wrote("release")
    _resume(t)


def supplement(t: Turn, c: Any) -> None:
    """What was asked for comes; opinions that rested on it are asked for again."""
    t.right("supplement")
    t.no("not-returned", t.case.pause != "return")
    t.no("not-asked-for", set(c.fields) - set(t.case.items))
    _fields(t, c.fields)
    t.stop()
    t.wrote("supplement")
    if c.fields:
        t.change(fields={**t.case.fields, **c.fields})
    if c.done:
        items = set(t.case.items)
        _resume(t)
        line = t.line("opinions")
        if line is not None and items & set(book.RULES["rounds"]["opinions"]["rests_on"]):
            _lapse(t, line)


def _lapse(t: Turn, line: Line) -> None:
    lapsed = [j for j in t.case.jobs.values()
              if j.round == line.round and j.kind == "ask" and j.status == "done"]  # fmt: skip
    for job in lapsed:
        lasting.again(job, t.due(7))
        job.counted = Counted("days", t.today, 7)
    if lapsed:
        t.end_where(lambda j: j.what == f"reply:{line.round}", "cancelled", None)
        line.closed = line.outcome = None
        expect_end(t, line, lapsed[0])


def assign(t: Turn, c: Any) -> None:
    """Something lies on somebody's desk."""
    t.right("assign")
    job = t.case.jobs.get(c.task)
    if job is None:
        raise No("unknown-task")
    t.no("task-ended", not job.runs)
    t.no("stepped-back", any(seat.endswith(f":{c.holder}") for seat in t.case.recused))
    t.stop()
    t.wrote("assign")
    job.holder = c.holder


def recuse(t: Turn, c: Any) -> None:
    """A seat steps back for good; its vote in a running ballot is void."""
    t.right("recuse")
    open_rounds = {line.round for line in t.case.lines if line.closed is None}
    given = [j for j in t.case.jobs.values()
             if j.kind == "vote" and j.status == "done" and j.round in open_rounds]  # fmt: skip
    concerned = [*t.jobs("ask", "vote"), *given]
    mine = [c.seat] if c.seat else t.sat_on(sorted({j.seat for j in concerned}))
    chosen = [j for j in concerned if j.seat in mine]
    t.no("nothing-to-recuse", not chosen)
    if chosen and c.seat and c.seat.replace("@", ":").split(":")[0] == t.role:
        t.no("not-your-seat", not t.sat_on(mine))
    if t.for_ is not None or not t.sat_on(mine):
        t.kept_away(None)
    secret = any(j.status == "done" and j.what == "panel" for j in chosen)
    t.no("recuse-after-secret-vote", secret)
    for round_ in {j.round for j in chosen if j.kind == "vote"}:
        voters = [j for j in t.case.jobs.values() if j.round == round_ and j.kind == "vote"]
        t.no("council-empty", all(j in chosen or j.outcome == "recused" for j in voters))
    t.stop()
    t.wrote("recuse")
    t.case.recused |= set(mine)
    for job in chosen:
        t.end(job, "cancelled", "recused")
    persons = {seat.partition(":")[2] for seat in mine}
    for job in t.jobs():
        if job.holder in persons:
            job.holder = None


def transfer(t: Turn, c: Any) -> None:
    """The dossier goes under another submission."""
    t.right("transfer")
    t.no("accepted-already", t.case.state != "new")
    before = t.case.submission
    t.no("same-submission", c.submission == before)
    t.no("paper-missing", c.submission != before and before is not None and c.ground is None)
    t.stop()
    t.wrote("transfer")
    t.change(submission=c.submission)


def withdraw(t: Turn, _c: Any) -> None:
    """The nomination is taken back."""
    t.right("withdraw")
    t.not_final()
    t.stop()
    t.wrote("withdraw")
    t.change(pause=None, items=())
    enter(t, "gone", "withdraw")


def recall(t: Turn, _c: Any) -> None:
    """The last step is undone, as a new fact."""
    t.right("recall")
    t.not_final()
    t.no("paused", t.case.pause)
    t.no("nothing-to-recall", t.case.came_from is None)
    t.no("recall-decided", t.case.came_from is not None and t.case.decided)
    opened = [line for line in t.case.lines if line.opened == t.case.moved]
    ids = {line.round for line in opened}
    given = any(j.round in ids and j.status == "done" for j in t.case.jobs.values())
    t.no("recall-too-late", given or any(line.counts for line in opened))
    t.stop()
    t.wrote("recall")
    for line in opened:
        end_line(t, line, "cancelled", "recalled")
        line.closed, line.outcome = t.n, "cancelled"
    leave(t, "recall")
    moved = t.case.moved
    t.change(state=t.case.came_from, came_from=None, moved=t.n)
    for job in [j for j in t.case.jobs.values() if j.kind == "span"]:
        if job.closed == moved:
            job.status, job.outcome, job.closed = "open", None, None
        elif job.opened == moved and job.status == "open":
            t.end(job, "cancelled", "recalled")
    desk(t)
    t.no("recall-repeated", ready(t))
    t.stop()


def revoke(t: Turn, c: Any) -> None:
    """An award is undone; its state stays."""
    t.right("revoke")
    t.no("nothing-awarded", t.case.state != "granted")
    t.no("revoked-already", t.case.revoked)
    if c.decision is not None:
        signed = t.world.decisions.get(c.decision)
        line = signed.lines.get(t.case.key) if signed and signed.status == "numbered" else None
        t.no("decision-missing", line is None or line[0] != "revoke")
    t.stop()
    t.wrote("revoke")
    t.change(revoked=True)


ACTS: dict[str, Callable[[Turn, Any], None]] = {
    "Create": create, "Fire": fire, "Attach": attach, "Correct": correct, "Return": send_back,
    "Hold": hold, "Release": release, "Supplement": supplement, "Extend": lasting.extend,
    "Assign": assign, "Recuse": recuse, "Waive": lasting.waive, "Redeem": lasting.redeem,
    "Transfer": transfer,
    "Withdraw": withdraw, "Recall": recall, "Revoke": revoke, "Answer": asking.answer,
    "Reply": asking.reply, "AskBack": asking.ask_back, "AnswerBack": asking.answer_back,
    "Inform": asking.inform, "Look": asking.look, "Prepare": asking.prepare,
    "Excuse": asking.excuse, "Include": asking.include, "Request": asking.request,
    "CancelRound": asking.cancel_round, "Reopen": asking.reopen, "Contact": asking.contact,
    "Promise": asking.promise, "Cast": voting.cast, "Close": voting.close,
    "VoidBallot": voting.void, "Migrate": lasting.migrate,
    "BreakTie": voting.break_tie, "PutOff": voting.put_off, "PutTo": voting.put_to,
    "Redact": erasing.redact, "RefuseErasure": erasing.refuse, "Remeet": lasting.remeet,
}  # fmt: skip
