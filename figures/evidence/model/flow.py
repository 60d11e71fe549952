"""How a dossier moves in the model: conditions, states and their desks, rounds and their ends."""

from collections.abc import Iterator
from typing import Any

from figures.evidence.model import book
from figures.evidence.model.case import BESIDE, No, Turn
from figures.evidence.model.world import Counted, Job, Line


def unmet(t: Turn, name: str) -> list[str]:
    """The codes against a condition, one for each thing that is missing."""
    case = t.case
    if name == "documents.complete":
        letter = case.fields.get("urgent") == "yes" and "letter" not in case.papers
        paper = letter or "report" not in case.papers
        return (["document-missing"] if paper else []) + (
            [] if case.fields.get("merit") else ["field-missing"]
        )
    if name == "expr.calm":
        urgent = case.fields.get("urgent")
        return {"no": [], "yes": ["condition-unmet"]}.get(str(urgent), ["condition-value-missing"])
    subject, _, question = name.partition(".")
    line = t.line(subject)
    if line is None or line.outcome == "cancelled":
        return ["round-not-opened" if line is None else "round-cancelled"]
    if question == "closed":
        return [] if line.closed else [still_open(t, line)]
    if question == "disagreements_answered":
        return ["disagreement-unanswered" for _ in t.disagreeing()]
    return [] if line.outcome == question else [f"round-not-{question}"]


def still_open(t: Turn, line: Line) -> str:
    """That a round runs, and whether it waits for somebody."""
    waits = t.jobs("ask", "vote", of=line.round)
    return "round-still-open" if waits else "round-running"


def in_the_way(t: Turn, step: dict[str, Any]) -> list[str]:
    """What keeps a step from being taken."""
    waived = t.case.waived
    why = [code for name in step["conditions"] if name not in waived for code in unmet(t, name)]
    decides = step.get("decision") == "required"
    by_decision = getattr(t.command, "decision", None) is not None
    to_vote = {*book.STATES[step["dest"]].get("opens", [])} & {*book.BALLOTS}
    for line in t.case.lines:
        asked = line.name == "opinions" and to_vote
        if (
            line.closed is None
            and (decides or by_decision or asked)
            and f"{line.name}.closed" not in waived
        ):
            why.append(still_open(t, line))
    return why


def step_of(trigger: str, state: str) -> dict[str, Any] | None:
    """The step that a trigger takes from a state."""
    fits = (s for s in book.STEPS if s["trigger"] == trigger and state in s["source"])
    return next(fits, None)


def move(t: Turn, step: dict[str, Any]) -> None:
    """Take a step."""
    t.wrote(f"fire:{step['trigger']}")
    enter(t, step["dest"], step["trigger"])


def leave(t: Turn, trigger: str) -> None:
    """The desk of the state is over, and what its due would bring."""
    t.end_where(lambda j: j.kind == "desk" and not j.what.startswith(BESIDE), "done", trigger)
    t.end_where(lambda j: j.what.startswith("fire:"), "cancelled", None)


def enter(t: Turn, dest: str, trigger: str) -> None:
    """Stand in another state."""
    source = t.case.state
    leave(t, trigger)
    t.change(state=dest, came_from=source, moved=t.n)
    t.case.decided = False
    spans(t, trigger, dest)
    if dest in book.FINAL:
        t.case.closed_on = t.today
        _over(t, awarded=book.STATES[dest]["outcome"] == "awarded")
        return
    desk(t)
    for name in book.STATES[dest].get("opens", []):
        line = t.line(name)
        if line is None or line.closed is not None:
            open_round(t, name)


def _over(t: Turn, *, awarded: bool) -> None:
    t.end_where(lambda j: not (awarded and j.what.startswith("debt:")), "cancelled", None)
    for line in t.case.lines:
        if line.closed is None or line.outcome == "counted":
            line.closed, line.outcome = line.closed or t.n, "cancelled"


def whose(state: str) -> str | None:
    """Who moves a dossier on from a state: by a step, else by closing its round."""
    steps = [s["by"] for s in book.STEPS if state in s["source"] and s["by"] != "engine"]
    rounds = [book.RULES["rounds"][name] for name in book.STATES[state].get("opens", [])]
    closing = [rule["close"]["by"] for rule in rounds if "by" in rule["close"]]
    return next(iter([*steps, *closing]), None)


def desk(t: Turn) -> None:
    """The desk of the state, and what its due brings."""
    due = book.STATES[t.case.state].get("due")
    until, role = t.due(book.days_of(due)), whose(t.case.state)
    if role is not None:
        t.open("desk", t.case.state, t.own(role), until)
    if due is not None and "then" in due:
        t.open("effect", f"fire:{due['then']}", "engine", until)


def spans(t: Turn, trigger: str, dest: str) -> None:
    """Times across states end and begin."""
    for name, span in book.RULES["spans"].items():
        running = [j for j in t.jobs("span") if j.what == name]
        if dest == span["to"]:
            for job in running:
                t.end(job, "done", dest)
        if trigger == span["from"] and not running:
            role = whose(t.case.state) or "engine"
            t.open("span", name, t.own(role), t.due(book.days_of(span)))


def open_round(t: Turn, name: str, only: list[str] | None = None) -> None:
    """Ask everybody, or some."""
    mine = {line.round for line in t.before.lines}
    ballot, meeting = name in book.BALLOTS, getattr(t.command, "meeting", None)
    if ballot and meeting is None:
        last = t.line(name)
        meeting = last.meeting if last else None
    if ballot and meeting is None:
        t.no("meeting-missing")
        return
    by = meeting if ballot else t.case.campaign or t.case.submission or t.case.key
    of = f"{'2:' if t.case.moved_over else ''}{name}/{by}"
    seq = t.world.rounds.get(of, 0)
    if seq == 0 or f"{of}/{seq}" in mine:
        seq += 1
    t.opened[of] = seq
    line = Line(f"{of}/{seq}", name, t.n, meeting if ballot else None)
    t.case.lines.append(line)
    if name == "posting":
        t.open("effect", "close:posting", "engine", t.due(3), line.round)
        return
    everybody = book.VOTERS if ballot else book.ASKED
    seats = [s for s in (everybody if only is None else only) if s not in t.case.recused]
    if not seats:
        t.no("council-empty" if ballot else "nobody-to-ask")
        return
    counted: Counted | None = Counted("days", t.today, 10 if ballot else 7)
    if name in book.BEFORE:
        counted = _before(t, name, str(meeting))
    due = None if counted is None else counted.again(t.world.days)
    jobs = [t.open("vote" if ballot else "ask", name, seat, due, line.round) for seat in seats]
    for job in jobs:
        job.counted = counted
    expect_end(t, line, jobs[0])


def _before(t: Turn, name: str, meeting: str) -> Counted | None:
    """None for a ballot that is repeated when the time before its meeting is over."""
    counted = Counted("before", t.world.meetings[meeting].held_on, book.BEFORE[name])
    if (counted.again(t.world.days) or t.today) >= t.today:
        return counted
    t.no("meeting-too-soon", hasattr(t.command, "meeting"))
    return None


def expect_end(t: Turn, line: Line, job: Job) -> None:
    """The clock closes an asking when the last time and the post are over, never earlier."""
    if line.name != "opinions" or job.due is None:
        return
    due = t.world.days.end(job.due, 2, "working days")
    waiting = t.jobs("effect", of=line.round)
    counted = (job.counted or Counted("till", job.due))._replace(post=2)
    if not waiting:
        t.open("effect", "close:opinions", "engine", due, line.round).counted = counted
    for end in waiting:
        if end.due is not None and end.due < due:
            end.due, end.counted = due, counted
            if end.status == "paused":
                end.left = t.world.days.left(t.today, due)


def end_line(t: Turn, line: Line, status: str, outcome: str) -> None:
    """End what is still open of a line."""
    for job in t.jobs(of=line.round):
        if job.kind in ("effect", "desk"):
            t.end(job, "cancelled", None)
        else:
            vain = outcome == "no_reply" and job.unsent
            t.end(job, status, "not_sent" if vain else outcome)


def unproved(t: Turn, line: Line) -> bool:
    """Whether the paper is missing that shows a posting."""
    return line.name == "posting" and "board" not in t.case.papers


def close_line(t: Turn, line: Line, outcome: str) -> None:
    """The asking is over for the dossier."""
    t.wrote("close_round")
    end_line(t, line, "expired", "no_reply")
    line.closed, line.outcome = t.n, outcome


def run_on(t: Turn, line: Line) -> None:
    """What no question holds up any more runs on."""
    halted = [j for j in t.jobs(of=line.round) if j.status == "paused" and j.kind != "desk"]
    free = [j for j in halted if not t.stands_still(j)]
    if t.case.pause is not None:
        return
    for job in free:
        t.go_on(job)
        if job.kind == "ask":
            expect_end(t, line, job)


def drop_question(t: Turn, line: Line, seat: str) -> None:
    """A seat that has answered needs no answer itself."""
    question = t.question(line, seat)
    if question is not None:
        t.end(question, "cancelled", None)
        run_on(t, line)


def advance(t: Turn) -> None:
    """What follows by itself: debts paid, rounds complete, steps that nobody takes."""
    for job in [j for j in t.jobs("desk") if j.what.startswith("debt:")]:
        name = job.what.removeprefix("debt:")
        if not unmet(t, name):
            t.wrote("redeem")
            t.end(job, "done", "settled")
            t.change(waived=[each for each in t.case.waived if each != name])
    if t.case.pause is not None:
        return
    _complete(t)
    for step in _ready(t):
        move(t, step)
        _complete(t)


def _complete(t: Turn) -> None:
    for line in t.case.lines:
        if line.name == "opinions" and line.closed is None:
            asked = [j for j in t.case.jobs.values() if j.round == line.round and j.kind == "ask"]
            waited = [j for j in asked if j.status not in ("cancelled", "expired")]
            if all(j.status == "done" for j in waited):
                done = any(j.status == "done" for j in asked)
                close_line(t, line, "answered" if done else "excused")
        waits = [j for j in t.jobs("effect", of=line.round) if j.outcome == "blocked"]
        if line.name == "posting" and waits and not unproved(t, line):
            close_line(t, line, "expired")


def _ready(t: Turn) -> Iterator[dict[str, Any]]:
    while (step := ready(t)) is not None:
        yield step


def ready(t: Turn) -> dict[str, Any] | None:
    """A step that the engine takes by itself; one that a due brings waits for that due."""
    blocked = {j.what for j in t.jobs("effect") if j.outcome == "blocked"}
    for step in book.STEPS:
        if step["by"] == "engine" and t.case.state in step["source"]:
            waits = (book.STATES[t.case.state].get("due") or {}).get("then") == step["trigger"]
            due = not waits or f"fire:{step['trigger']}" in blocked
            if due and not in_the_way(t, step):
                return step
    return None


def expire(t: Turn, job: Job) -> None:
    """What a due brings, when its time has come."""
    if job.kind != "effect" or job.status != "open":
        raise No("task-ended")
    if job.what.startswith("close:"):
        line = next(li for li in t.case.lines if li.round == job.round)
        if unproved(t, line):
            t.wrote("due_blocked")
            job.outcome = "blocked"
        else:
            close_line(t, line, "expired")
        return
    step = step_of(job.what.removeprefix("fire:"), t.case.state)
    assert step is not None
    if in_the_way(t, step):
        t.wrote("due_blocked")
        job.outcome = "blocked"
    else:
        move(t, step)
