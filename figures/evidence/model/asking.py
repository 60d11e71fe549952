"""The model's acts of a round: opinions, questions, what the office asks of its seats."""

from typing import Any

from figures.clock.arithmetic_oracle import local_date
from figures.evidence.model import book
from figures.evidence.model.case import SILENT, No, Turn
from figures.evidence.model.flow import (
    drop_question,
    end_line,
    expect_end,
    open_round,
    run_on,
)
from figures.evidence.model.world import Job, Line

OPINIONS = ("agree", "agree_with_remarks", "no_comment", "disagree", "no_information",
            "conflict_of_interest")  # fmt: skip


def _asked(t: Turn, line: Line, seat: str | None) -> Job | None:
    asks = t.asks(line)
    mine = t.sat_on(asks)
    if seat is None and len(mine) == 1:
        return asks[mine[0]]
    if seat is None:
        t.no("which-seat" if mine else "not-asked")
    elif seat not in mine:
        t.no("seat-not-asked" if t.sat_on([seat]) else "not-your-seat")
        t.seat(seat)
    return asks[seat] if seat in mine else None


def _seated(t: Turn, c: Any) -> tuple[Line, Job | None]:
    """The line and the ask of a seat that may speak; what stands in its way is noted."""
    line = t.line_of(c.round)
    job = _asked(t, line, c.seat)
    if job is not None:
        t.seat(job.seat)
        anew(t, line, job.seat)
    t.entry()
    t.not_final()
    return line, job


def anew(t: Turn, line: Line, seat: str) -> None:
    newer = t.line(line.name)
    if newer is not None and newer is not line:
        t.no("round-newer", seat in t.asks(newer))


def _in_time(t: Turn, job: Job) -> bool:
    happened = getattr(t.command, "happened_at", None)
    if t.ground is not None and t.for_ is not None and happened is not None and job.due is not None:
        return local_date(happened) <= job.due or not t.is_late(job)
    return not t.is_late(job)


def answer(t: Turn, c: Any) -> None:
    """A seat's opinion: in time, late, or in time and after the close."""
    if c.opinion not in OPINIONS:
        raise No("unknown-opinion")
    line, job = _seated(t, c)
    t.no("round-cancelled", job is not None and line.outcome == "cancelled")
    t.no("reasons-missing", c.opinion == "disagree" and not c.note)
    t.stop()
    assert job is not None
    _take(t, c, line, job)


def _take(t: Turn, c: Any, line: Line, job: Job) -> None:
    in_time = _in_time(t, job)
    after = "in_time_after_close" if line.closed else "in_time"
    standing = after if in_time else "late"
    t.wrote("answer")
    t.case.opinions.append((line.round, job.seat, c.opinion, standing))
    if line.closed is None:
        if job.status == "done":
            job.outcome, job.answered = c.opinion, False
        else:
            t.end(job, "done", c.opinion)
        drop_question(t, line, job.seat)
    elif in_time:
        t.end(job, "done", c.opinion)
        job.answered = False
        _replied(t, line)
        desk = f"reply:{line.round}"
        if c.opinion == "disagree" and all(j.what != desk for j in t.jobs("desk")):
            t.open("desk", desk, "officer")


def _replied(t: Turn, line: Line) -> None:
    if all(j.round != line.round for j in t.disagreeing()):
        t.end_where(lambda j: j.what == f"reply:{line.round}", "done", "replied")


def reply(t: Turn, c: Any) -> None:
    """A disagreement is answered in writing."""
    t.right("reply")
    line = t.line_of(c.round)
    owed = "debt:opinions.disagreements_answered"
    if all(j.what != owed for j in t.jobs("desk")):
        t.not_final()
    jobs = t.case.jobs.values()
    job = next((j for j in jobs if j.round == line.round and j.seat == c.seat
                and j.outcome == "disagree"), None)  # fmt: skip
    t.no("no-disagreement", job is None)
    t.no("note-missing", not c.note)
    t.stop()
    assert job is not None
    t.wrote("reply")
    job.answered = True
    _replied(t, line)


def ask_back(t: Turn, c: Any) -> None:
    """A seat asks something before it answers; its time stands still."""
    line = t.line_of(c.round)
    job = _asked(t, line, c.seat)
    if job is not None:
        t.seat(job.seat)
        t.no("answered-already", not job.runs)
        t.no("asked-back-already", t.question(line, job.seat))
    t.entry()
    t.not_final()
    t.no("question-missing", not c.note)
    t.stop()
    assert job is not None
    t.wrote("ask_back")
    t.open("desk", f"question:{job.seat}", "officer", t.due(2), line.round)
    if t.case.pause is None:
        for each in (job, *t.jobs("effect", of=line.round)):
            if each.status == "open":
                t.stop_clock(each)


def answer_back(t: Turn, c: Any) -> None:
    """The office answers a seat's question."""
    line = t.line_of(c.round)
    t.need("officer")
    question = t.question(line, c.seat)
    t.no("no-question", question is None)
    t.no("note-missing", not c.note)
    t.stop()
    assert question is not None
    t.wrote("answer_back")
    t.end(question, "done", "answered")
    run_on(t, line)


def inform(t: Turn, c: Any) -> None:
    """Information that nobody asked for."""
    asked = {j.seat for j in t.case.jobs.values() if j.kind == "ask"}
    mine = t.sat_on(asked)
    entered = t.for_ is not None and not t.stands_in() and book.sits(t.me, c.seat or "")
    if c.seat is None and len(mine) != 1:
        t.no("which-sender" if mine else "never-asked")
    else:
        t.seat(c.seat or mine[0])
    if c.seat is not None and c.seat not in mine and not (entered and c.seat in book.ASKED):
        t.no("never-asked" if t.sat_on([c.seat]) else "not-your-seat")
    t.entry()
    t.no("informed-too-late", t.case.state in book.FINAL)
    t.no("information-missing", not c.note)
    t.stop()
    t.wrote("inform")


def look(t: Turn, c: Any) -> None:
    """A seat has opened what it is asked."""
    job = _asked(t, t.line_of(c.round), c.seat)
    if job is not None:
        t.seat(job.seat)
    t.entry()
    t.stop()
    t.wrote("look")


def prepare(t: Turn, c: Any) -> None:
    """An answer is drafted: nothing stops for it."""
    _seated(t, c)
    t.stop()
    t.wrote("prepare")


def excuse(t: Turn, c: Any) -> None:
    """A seat is not waited for."""
    t.right("ask")
    line = t.line_of(c.round)
    job = t.asks(line).get(c.seat)
    t.no("seat-not-asked", job is None)
    t.no("answered-already", job is not None and job.status == "done")
    t.no("decided-already", t.case.state in book.FINAL)
    t.no("note-missing", not c.note)
    t.stop()
    assert job is not None
    t.wrote("excuse")
    t.end(job, "cancelled", "excused")
    drop_question(t, line, job.seat)


def include(t: Turn, c: Any) -> None:
    """One more seat is asked."""
    t.right("ask")
    t.running()
    line = t.line_of(c.round)
    t.no("round-closed", line.closed)
    t.no("asked-already", c.seat in t.asks(line))
    t.no("stepped-back", c.seat in t.case.recused)
    t.no("seat-unfit", not c.seat.startswith("department"))
    t.no("note-missing", not c.note)
    t.stop()
    t.wrote("include")
    expect_end(t, line, t.open("ask", "opinions", c.seat, t.due(7), line.round))


def request(t: Turn, c: Any) -> None:
    """The office asks more of those who have not answered."""
    t.right("ask")
    t.running()
    line = t.line_of(c.round)
    asked = [j for j in t.jobs("ask", of=line.round) if c.seat in (None, j.seat)]
    t.no("nobody-to-request", not asked)
    t.no("question-missing", not c.note)
    t.stop()
    t.wrote("request")
    for job in asked:
        job.unsent = True


def cancel_round(t: Turn, c: Any) -> None:
    """A wrong round is over, as if it had not been."""
    t.right("ask")
    t.running()
    line = t.line_of(c.round)
    t.no("round-closed", line.closed)
    t.no("note-missing", not c.note)
    t.stop()
    t.wrote("cancel_round")
    end_line(t, line, "cancelled", "round_cancelled")
    line.closed, line.outcome = t.n, "cancelled"


def reopen(t: Turn, c: Any) -> None:
    """Ask again: all after a cancelled round, else those whose matter is open."""
    t.right("ask")
    t.running()
    line = t.known(c.round)
    t.no("round-runs", line.closed is None)
    t.no("decided-already", t.case.state in book.FINAL)
    silent = {j.seat for j in t.newest_asks().values() if j.outcome in SILENT}
    again = sorted(silent | {j.seat for j in t.disagreeing()})
    cancelled = line.outcome == "cancelled"
    t.no("nothing-open", line.closed and not cancelled and not again)
    t.no("note-missing", not c.note)
    t.stop()
    t.wrote("reopen")
    open_round(t, line.name, None if cancelled else again)
    for desk in [j for j in t.jobs("desk") if j.what.startswith("reply:")]:
        asks = (j for j in t.case.jobs.values() if j.round == desk.what[6:] and j.kind == "ask")
        told = [j.seat for j in asks if j.outcome == "disagree" and not j.answered]
        if not cancelled and set(told) <= set(again):
            t.end(desk, "cancelled", None)


def contact(t: Turn, _c: Any) -> None:
    """A seat was spoken to."""
    t.right("promise")
    t.stop()
    t.wrote("contact")


def promise(t: Turn, c: Any) -> None:
    """A seat promises its answer for a day; no due moves."""
    t.right("promise")
    line = t.known(c.round)
    jobs = t.jobs("ask", "vote", of=line.round)
    job = next((j for j in jobs if j.seat == c.seat), None)
    t.no("nothing-to-promise", job is None)
    t.no("promise-passed", c.until_on < t.today)
    t.stop()
    assert job is not None
    t.wrote("promise")
    job.outcome = f"promised:{c.until_on}"
