"""The model's acts of a ballot: votes, the count, the chair's word, the agenda."""

from typing import Any

from figures.evidence.model import book
from figures.evidence.model.case import No, Turn
from figures.evidence.model.flow import end_line, open_round, unproved
from figures.evidence.model.world import Job, Line

FEWEST = 3
"""Of fewer nobody votes in secret."""

WAITING = ("deferred", "taken_off", "no_quorum", "tie")


def _entitled(t: Turn, line: Line) -> dict[str, Job]:
    return {j.seat: j for j in t.case.jobs.values()
            if j.round == line.round and j.kind == "vote" and j.outcome != "recused"}  # fmt: skip


def _open(t: Turn, line: Line, *, over: bool = True) -> None:
    t.no("round-closed", over and line.closed)
    t.no("paused", t.case.pause)


def cast(t: Turn, c: Any) -> None:
    """A member votes, once."""
    if c.choice not in ("for", "against", "abstain"):
        raise No("unknown-choice")
    line = t.known(c.round)
    votes = _entitled(t, line)
    mine = t.sat_on(votes) if c.seat is None else [c.seat]
    job = votes.get(mine[0]) if mine else None
    if job is None:
        t.no("not-a-member")
    else:
        t.no("not-your-seat", c.seat and not t.sat_on(mine))
        t.no("voted-already", job.status == "done")
        t.seat(job.seat)
    allowed = c.way in book.RULES["rounds"][line.name]["ways"] and c.way != "paper"
    t.no("way-not-allowed", not allowed)
    secret = line.name == "panel" and c.way != "written"
    own = t.for_ is None or c.way != "electronic" or t.stands_in()
    t.no("vote-in-person", not own or (secret and t.stands_in() and line.closed is None))
    if line.name == "panel" and c.way == "electronic":
        _into_the_box(t, line, votes, job)
    _open(t, line)
    t.entry()
    t.stop()
    assert job is not None
    t.wrote("cast")
    if secret:
        t.case.slips.append((line.round, job.seat, c.choice))
    else:
        t.case.votes.append((line.round, job.seat, c.choice, c.way))
    t.end(job, "done", "voted")


def _into_the_box(t: Turn, line: Line, votes: dict[str, Job], job: Job | None) -> None:
    t.no("key-lost", line.round in t.case.keyless and _waiting(t, line))
    t.no("secret-too-few", job is not None and len(votes) < FEWEST)


def close(t: Turn, c: Any) -> None:
    """A round is ended by hand; a ballot is counted and judged."""
    line = t.known(c.round)
    vote = line.name in book.BALLOTS
    if vote:
        t.need("teller")
    else:
        t.right("close")
    _open(t, line)
    if line.closed is not None:
        t.stop()
    t.no("proof-missing", unproved(t, line))
    counts = _counted(t, line, c) if vote else {}
    slips = _slips(t, line)
    t.no("key-lost", slips and line.round in t.case.keyless)
    t.stop()
    if slips and counts["present"] + counts["written"] >= _quorum(counts["entitled"]):
        if len(slips) < FEWEST:
            raise No("box-too-few")
        counts |= {name: counts[name] + n for name, n in _papers(slips).items()}
    t.wrote("close_round")
    done = any(j.status == "done" for j in t.case.jobs.values()
               if j.round == line.round and j.kind == "ask")  # fmt: skip
    whole = done and not t.jobs("ask", of=line.round)
    end_line(t, line, "expired", "no_reply")
    line.closed, line.outcome = t.n, "answered" if whole else "closed"
    if vote:
        line.counts = counts
        _judge(t, line)


def _counted(t: Turn, line: Line, c: Any) -> dict[str, int]:
    members = _entitled(t, line)
    given = [vote for vote in t.case.votes if vote[0] == line.round and vote[1] in members]
    cast_ = {seat: choice for _, seat, choice, _ in given}
    secretly = {seat for round_, seat, _ in t.case.slips if round_ == line.round}
    written = {seat for _, seat, _, way in given if way == "written"}
    there = t.world.meetings[str(line.meeting)].there
    room = {seat for seat, how in there.items() if how == "present" and seat in members}
    waiting = room - set(cast_) - secretly
    present = len((set(cast_) | secretly) - written | waiting)
    own = {"present": present, "written": len(written), **_papers(list(cast_.values()))}
    if c.counts is None:
        return {"entitled": len(members), **own}
    return _with_papers(t, c, len(members), own, len(waiting) if there else None)


def _papers(choices: list[str]) -> dict[str, int]:
    n = len(choices)
    return {"issued": n, "returned": n, "valid": n, "invalid": 0,
            "votes_for": choices.count("for"), "votes_against": choices.count("against"),
            "abstained": choices.count("abstain")}  # fmt: skip


def _with_papers(
    t: Turn, c: Any, members: int, own: dict[str, int], waiting: int | None
) -> dict[str, int]:
    p = {**c.counts._asdict(), "entitled": members}
    t.no("way-not-allowed", c.way != "paper")
    t.no("count-entitled", c.counts.entitled != members)
    t.no("count-negative", min(p.values()) < 0)
    taking = p["present"] + p["written"]
    t.no("count-taking-part", taking > members)
    t.no("count-issued", p["issued"] > members)
    t.no("count-returned", p["returned"] > p["issued"])
    t.no("count-returned-by", p["returned"] > taking)
    t.no("count-papers", p["valid"] + p["invalid"] != p["returned"])
    choices = p["votes_for"] + p["votes_against"] + p["abstained"]
    t.no("count-choices", choices != p["valid"])
    alone = own["present"] - (waiting or 0)
    if waiting is not None:
        t.no("count-attendance", p["present"] > waiting)
        here = own["present"] + own["written"] + p["written"]
        t.no("meeting-without-quorum", here < _quorum(members))
    t.no("count-exceeds", alone + p["present"] + own["written"] + p["written"] > members)
    together = {name: p[name] + own[name] for name in own}
    together["present"] = alone + p["present"] if waiting is None else own["present"]
    return {"entitled": members, **together}


def _quorum(members: int) -> int:
    return max(1, -(-2 * members // 3))


def _judge(t: Turn, line: Line) -> None:
    k = line.counts
    needed = k["entitled"] // 2 + 1
    even = k["votes_for"] == k["votes_against"] > 0 and k["votes_for"] + 1 == needed
    if k["present"] + k["written"] < _quorum(k["entitled"]):
        line.outcome = "no_quorum"
        open_round(t, line.name)
    elif k["votes_for"] >= needed:
        line.outcome = "counted" if line.name == "rank" else "passed"
    elif even and line.name == "vote":
        line.outcome = "tie"
        t.open("desk", f"tie:{line.round}", "chair")
    else:
        line.outcome = "failed"


def settle(t: Turn, line: Line, outcome: str) -> None:
    """The place of a counted dossier among those of its group."""
    t.wrote("settle")
    line.outcome = outcome
    if outcome == "tie":
        open_round(t, line.name)


def break_tie(t: Turn, c: Any) -> None:
    """Whoever presides decides a tie, on the side that he took."""
    outcome = {"for": "passed", "against": "failed"}.get(c.choice)
    if outcome is None:
        raise No("unknown-choice")
    line = t.known(c.round)
    meeting = t.world.meetings.get(str(line.meeting))
    presides = meeting.presides if meeting else None
    if presides is None:
        t.need(*(("chair",) if line.name == "vote" else ()))
    else:
        t.no("not-presiding", presides != t.me)
        t.entry()
    t.no("no-tie", line.outcome != "tie")
    _open(t, line, over=False)
    t.not_final()
    own = {choice for round_, seat, choice, _ in t.case.votes
           if round_ == line.round and book.sits(t.me, seat)}  # fmt: skip
    t.no("chair-voted-otherwise", own - {c.choice, "abstain"})
    t.stop()
    t.wrote("breaktie")
    t.end_where(lambda j: j.what == f"tie:{line.round}", "done", outcome)
    line.outcome = outcome


def put_off(t: Turn, c: Any) -> None:
    """A running ballot ends without a count: at another meeting, or at none yet."""
    t.right("meet")
    line = t.known(c.round)
    _open(t, line)
    t.no("note-missing", not c.note)
    t.no("same-meeting", c.meeting is not None and c.meeting == line.meeting)
    t.stop()
    t.wrote("putoff")
    outcome = "taken_off" if c.meeting is None else "deferred"
    end_line(t, line, "cancelled", outcome)
    line.closed, line.outcome = t.n, outcome
    if c.meeting is None:
        t.open("desk", f"agenda:{line.name}", "officer")
    else:
        open_round(t, line.name)


def put_to(t: Turn, c: Any) -> None:
    """What waits for a meeting is put to one."""
    t.right("meet")
    line = t.known(c.round)
    tied = any(j.what == f"tie:{line.round}" for j in t.jobs("desk"))
    t.no("not-waiting", line.closed is None or line.outcome not in WAITING or tied)
    t.no("state-without-round", line.name not in book.STATES[t.case.state].get("opens", []))
    t.no("paused", t.case.pause)
    t.stop()
    t.wrote("putto")
    t.end_where(lambda j: j.what == f"agenda:{line.name}", "done", "put_to")
    open_round(t, line.name)


def _slips(t: Turn, line: Line) -> list[str]:
    return [choice for round_, _, choice in t.case.slips if round_ == line.round]


def _waiting(t: Turn, line: Line) -> list[Job]:
    jobs = t.jobs("vote", of=line.round)
    return [job for job in jobs if job.status == "open" and line.closed is None]


def void(t: Turn, c: Any) -> None:
    """A box that nobody can open any more, or that stays shut for good; all vote anew."""
    line = t.known(c.round)
    t.need("teller")
    t.no("round-closed", line.closed)
    t.no("paused", t.case.pause)
    slips = _slips(t, line) if line.closed is None else []
    shut = len(slips) < FEWEST and not t.jobs("vote", of=line.round)
    t.no("box-not-lost", not slips or not (shut or line.round in t.case.keyless))
    t.no("note-missing", not c.note)
    t.stop()
    t.wrote("voidballot")
    end_line(t, line, "cancelled", "void")
    line.closed, line.outcome = t.n, "void"
    open_round(t, line.name)
