"""Open dossiers moved to a next version: the dry run and an oracle, then the act beside both."""

import random
import time
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta

from sqlalchemy.engine import Connection

from bench.life import DEPARTMENTS, FIELDS, OFFICER
from figures.fault import replaced
from figures.figure import Outcome, Progress, Verdict
from figures.office import PROCEDURE, Office
from thidua import Answer, By, Candidate, Create, Extend, Fire, Hold, Paper, Refused
from thidua.definitions.calendars import load_calendar
from thidua.storage.rows import instant
from thidua.versions import Move, Planned
from thidua.workflow.acts import migrate

BAD = ("wrong", "differing", "broken")
FIRST = date(2018, 6, 4)
PAPER = Paper(number="45", symbol="QĐ", signed_on=FIRST)
STATES = ("proposed", "proposed", "consulted", "consulted", "council")
BY_HAND = date(2018, 9, 3)


def measure(url: str, size: int, chance: random.Random, progress: Progress) -> Outcome:
    """So many dossiers at every stage, some extended or held, brought over to another version."""
    office = Office.new(url)
    spans = {name: chance.choice((2, 4, 12, 20)) for name in ("proposed", "opinions")}
    move = _versions(office, spans)
    made = {f"h-{n:05}": _life(office, f"h-{n:05}", chance) for n in range(size)}
    now = _at(FIRST + timedelta(chance.randrange(9, 14)))
    began = time.monotonic()
    planned = _plan(office, move, now, progress, size)
    took = time.monotonic() - began
    sums = dict.fromkeys(BAD, 0.0)
    for key, plan in planned.items():
        sums["wrong"] += not _is_right(plan, made[key], spans, now)
        sums["differing"] += not _is_done(office, move, plan, now)
    sums["wrong"] += abs(size - len(planned))
    sums["broken"] = float(office.problems())
    office.engine.dispose()
    return Outcome(size, {**sums, "seconds": took})


def judge(outcome: Outcome) -> Verdict:
    """No fault; what a dry run over ten thousand takes is told."""
    counts = {name: int(outcome.sums.get(name, 0)) for name in BAD}
    spent = outcome.sums.get("seconds", 0) / max(outcome.n, 1) * 10_000
    value = " ".join(f"{name}={count}" for name, count in counts.items())
    return Verdict(f"{value} dry-run={spent:.0f}s/10000", "0/0/0", not any(counts.values()))


def forgetful() -> AbstractContextManager[object]:
    """Planted: dossiers change their version and keep every due."""
    return replaced(migrate, "carry", lambda *_: None)


def _versions(office: Office, spans: dict[str, int]) -> Move:
    text = PROCEDURE.read_text(encoding="utf-8").replace('version: "1"', 'version: "2"')
    text = text.replace("in: 5 working days", f"in: {spans['proposed']} working days")
    text = text.replace("in: 7 working days", f"in: {spans['opinions']} working days")
    text = text.replace("more_than: 1/2", "at_least: 2/3")
    text = text.replace("\nmay:\n", "\nmay:\n  migrate: officer\n")

    def adopt(db: Connection) -> Move:
        old = office.wf.adopt(db, PROCEDURE.read_text(encoding="utf-8"))
        return Move(old, office.wf.adopt(db, text), OFFICER, {}, PAPER)

    with office.engine.begin() as db:
        return adopt(db)


def _life(office: Office, key: str, chance: random.Random) -> tuple[str, date, str]:
    """A dossier at some stage: its state, the day its time there began, what was done to it."""
    state, on = chance.choice(STATES), FIRST + timedelta(chance.randrange(5))
    done, at = chance.choice(("", "", "extended", "held")), _at(on)
    create = Create("bench-life@1", "A", Candidate("individual", "Ấn"), fields=FIELDS, campaign=key)
    with office.engine.begin() as db:
        act, wf = office.wf.act, office.wf
        wf.create(db, create, by=OFFICER, dossier_id=key, now=at)
        if state != "proposed":
            act(db, key, Fire("consult"), by=OFFICER, now=at)
        if state == "council":
            for n in DEPARTMENTS:
                act(db, key, Answer("opinions", "agree"), by=By(f"d{n}"), now=at)
            act(db, key, Fire("convene", meeting="meeting"), by=OFFICER, now=at)
        elif done == "extended":
            what = "opinions" if state == "consulted" else None
            act(db, key, Extend(what, BY_HAND, note="xin thêm"), by=OFFICER, now=at)
        if done == "held":
            act(db, key, Hold(note="đơn thư"), by=OFFICER, now=at)
    return state, on, done


def _at(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, 2, tzinfo=UTC)


def _plan(
    office: Office, move: Move, now: datetime, progress: Progress, size: int
) -> dict[str, Planned]:
    planned = {}
    with office.reading() as db:
        for n, key in enumerate(office.wf.versions.dossiers(db, move)):
            planned[key] = office.wf.versions.plan(db, move, key, now)
            if n % 100 == 0:
                progress(n, size)
    return planned


def _is_right(
    plan: Planned, made: tuple[str, date, str], spans: dict[str, int], now: datetime
) -> bool:
    """The plan beside what a person would say who counts days on the calendar."""
    state, on, done = made
    if state == "council":
        return [why.code for why in plan.against] == ["migrate-ballot"]
    told = {(d.what, d.became, d.due_on) for d in plan.dues if d.kind != "effect"}
    what, before = ("opinions", 7) if state == "consulted" else ("proposed", 5)
    old, new = _after(on, before), _after(on, spans[what])
    if done == "extended" or old == new:
        return not plan.against and told == set()
    past = new < now.date() and new < old
    return not plan.against and told == {(what, "kept" if past else "moved", new)}


def _after(on: date, days: int) -> date:
    calendar = load_calendar()
    while days:
        on += timedelta(1)
        days -= calendar.is_working(on)
    return on


def _is_done(office: Office, move: Move, plan: Planned, now: datetime) -> bool:
    """Whether the act comes to what the plan says."""
    try:
        with office.engine.begin() as db:
            done = office.wf.versions.apply(db, move, plan.dossier, now)
    except Refused as error:
        return error.reasons == plan.against
    with office.reading() as db:
        t = office.wf.tables.task.c
        rows = db.execute(
            office.wf.tables.task.select().where(t.dossier_id == plan.dossier)
        ).mappings()
        dues = {row["n"]: (row["due_on"], row["due_at"]) for row in rows}
    wanted = {d.task: str(d.was_on if d.became == "kept" else d.due_on) for d in plan.dues}
    ends = all(_ends_with_its_day(due) for due in dues.values())
    same = all(dues[n][0] == on for n, on in wanted.items())
    return done.state == plan.after and same and ends


def _ends_with_its_day(due: tuple[str | None, str | None]) -> bool:
    """Whether a due's instant is the end of its legal date."""
    on, at = due
    if on is None:
        return at is None
    return at == instant(load_calendar().end_of(date.fromisoformat(on)))
