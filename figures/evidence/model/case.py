"""One act on a copy of a dossier: rights, dues, rounds."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from figures.clock.arithmetic_oracle import local_date, over_at
from figures.evidence.model import beside, book
from figures.evidence.model.world import Case, Counted, Job, Line, World

DENIED = frozenset({"not-allowed", "not-your-seat", "recused"})
OF_PERSONS = DENIED | {"duties-apart", "ground-missing", "may-not-enter-for", "not-delegable",
                       "substitution-ended", "substitution-not-begun"}  # fmt: skip
"""All that is told to somebody who may not do a thing anyhow."""

BESIDE = ("reply:", "question:", "debt:")
SILENT = ("no_reply", "not_sent")


class No(Exception):
    """The act is refused, for these reasons."""

    def __init__(self, *codes: str) -> None:
        self.codes = frozenset(codes)


class Turn:
    """One act: what stands in the way is gathered; `case` is a copy until all is well."""

    def __init__(
        self, world: World, case: Case, command: Any, actor: str, for_: str | None, now: datetime
    ) -> None:
        self.world, self.before, self.case = world, case, case.copied()
        self.command, self.actor, self.for_, self.now = command, actor, for_, now
        self.today = local_date(now)
        self.me = for_ or actor
        self.ground = getattr(command, "ground", None)
        self.note = getattr(command, "note", None)
        self.why: list[str] = []
        self.opened: dict[str, int] = {}
        self.role: str | None = None
        self.seats: list[str] = []
        self.changed = False

    def no(self, code: str, when: object = True) -> None:
        """Note a reason."""
        if when:
            self.why.append(code)

    def stop(self) -> None:
        """Refuse with what was noted, less what a stranger is not told."""
        if self.why:
            codes = frozenset(self.why)
            raise No(*(codes & OF_PERSONS if codes & DENIED else codes))

    def wrote(self, act: str) -> None:
        """A new entry of the log; the first of a command has its words beside it."""
        self.case.log.append(act)
        if self.command is not None and self.n == len(self.before.log) + 1:
            self.case.beside |= {(self.n, name) for name in beside.kept(self.command)}

    @property
    def n(self) -> int:
        """The number of the entry being written."""
        return len(self.case.log)

    # Who may.

    def need(self, *roles: str) -> None:
        """Note what the one who acts lacks for one of the roles."""
        held = book.PEOPLE[self.me]
        fit = [role for role in roles
               if any(r == role and (role not in book.OWN_UNIT or u == self.case.unit)
                      for r, u in held)]  # fmt: skip
        self.no("not-allowed", not fit)
        usable = self.entry(fit)
        free = [role for role in usable if not self.clash(role)]
        if free:
            self.role = free[0]
        self.no("duties-apart", usable and not free)

    def right(self, act: str) -> None:
        """Note what is missing for one of the engine's own acts."""
        more = ("chair",) if act == "hold" and self.case.moved_over else ()
        self.need(*book.may(act), *more)

    def hands(self) -> set[str]:
        """Whose act it is."""
        return {self.me, self.actor} if self.stands_in() else {self.me}

    def clash(self, role: str) -> bool:
        """Whether somebody acted in a role that is kept apart from this one."""
        others = book.APART - {role} if role in book.APART else frozenset()
        return any(self.case.acted.get(other, set()) & self.hands() for other in others)

    def _enters(self) -> bool:
        may = any(role in book.may("enter_for") for role, _ in book.PEOPLE[self.actor])
        return may and (self.ground is not None or (self.actor, self.for_) not in book.STAND_INS)

    def stands_in(self) -> bool:
        """Whether it is a substitute who decides."""
        return (self.actor, self.for_) in book.STAND_INS and not self._enters()

    def entry(self, roles: list[str] | None = None) -> list[str]:
        """Whether one may act for another: those of the roles that are left."""
        given = roles or []
        if type(self.command).__name__ != "Recuse":
            left = self.kept_away(roles)
            if left is None:
                return []
            given = left
        if self.for_ is None:
            return given
        if not self.stands_in():
            self.no("may-not-enter-for", not self._enters())
            self.no("ground-missing", self.ground is None)
            return given
        uses = given if roles is not None else [s.replace("@", ":").split(":")[0]
                                                for s in self.seats]  # fmt: skip
        since, until = book.STAND_INS[self.actor, self.for_]
        if until is not None and self.today > until:
            self.no("substitution-ended")
            return []
        if self.today < since:
            self.no("substitution-not-begun")
            return []
        free = [role for role in uses if role != "member"]
        self.no("not-delegable", uses and not free)
        self.no("may-not-enter-for", not uses)
        return free

    def kept_away(self, roles: list[str] | None) -> list[str] | None:
        """Who stepped back acts for nobody, and only as one who proposes; None when not at all."""
        if self.for_ is not None and self.away(self.actor):
            self.no("recused")
            return None
        if not self.away(self.me):
            return roles or []
        left = [role for role in roles or [] if role == "proposer"]
        if not left and roles != []:
            self.no("recused")
            return None
        return left

    def away(self, who: str) -> bool:
        """Whether somebody stepped back."""
        return any(s.endswith(f":{who}") or book.sits(who, s) for s in self.case.recused)

    def seat(self, seat: str) -> None:
        """The one who acts speaks for a seat; nobody's duties are apart there."""
        self.seats = [seat]

    # What there is.

    def jobs(self, *kinds: str, of: str | None = None) -> list[Job]:
        """What runs."""
        return [j for j in self.case.jobs.values() if j.runs and (not kinds or j.kind in kinds)
                and of in (None, j.round)]  # fmt: skip

    def line(self, name: str) -> Line | None:
        """The newest of a name."""
        mine = [line for line in self.case.lines if line.name == name]
        return max(mine, key=lambda line: line.opened) if mine else None

    def known(self, name: str) -> Line:
        """The newest of a name that there must be."""
        if name not in book.RULES["rounds"]:
            raise No("unknown-round")
        line = self.line(name)
        if line is None:
            raise No("round-not-opened")
        return line

    def line_of(self, ref: str) -> Line:
        """By its round, or the newest of a name."""
        return next((li for li in self.case.lines if li.round == ref), None) or self.known(ref)

    def asks(self, line: Line) -> dict[str, Job]:
        """By seat what is asked in a line, without what was taken back."""
        jobs = (j for j in self.case.jobs.values() if j.round == line.round and j.kind == "ask")
        return {job.seat: job for job in jobs if job.status != "cancelled"}

    def newest_asks(self) -> dict[str, Job]:
        """By seat the last it was asked for its opinion."""
        found: dict[str, Job] = {}
        for line in sorted(self.case.lines, key=lambda line: line.opened):
            if line.name == "opinions":
                found |= self.asks(line)
        return found

    def disagreeing(self) -> list[Job]:
        """Disagreements that nobody has answered."""
        return [j for j in self.newest_asks().values()
                if j.outcome == "disagree" and not j.answered]  # fmt: skip

    def question(self, line: Line, seat: str) -> Job | None:
        """What a seat has asked back and waits for."""
        desks = self.jobs("desk", of=line.round)
        return next((j for j in desks if j.what == f"question:{seat}"), None)

    def running(self) -> None:
        """Note that it is paused, or over."""
        self.no("paused", self.case.pause)
        self.not_final()

    def not_final(self) -> None:
        """Note that it is over."""
        self.no("dossier-final", self.case.state in book.FINAL)

    # What changes.

    def change(self, **values: Any) -> None:
        """Change state or content."""
        self.changed = True
        for name, value in values.items():
            setattr(self.case, name, value)

    def open(self, kind: str, what: str, seat: str, due: date | None = None,
             of: str | None = None) -> Job:  # fmt: skip
        """Something more to be done."""
        job = Job(len(self.case.jobs) + 1, kind, what, seat, self.n, of, due)
        if due is not None:
            counted = Counted("days", self.today, self.world.days.left(self.today, due))
            job.counted = Counted("till", due) if what.startswith("debt:") else counted
        self.case.jobs[job.n] = job
        return job

    def end(self, job: Job, status: str, outcome: str | None) -> None:
        """It is over."""
        job.status, job.outcome, job.closed, job.left = status, outcome, self.n, None

    def end_where(self, test: Callable[[Job], bool], status: str, outcome: str | None) -> None:
        """End all that run and fit."""
        for job in self.jobs():
            if test(job):
                self.end(job, status, outcome)

    def due(self, count: int | None) -> date | None:
        """So many working days from today."""
        return None if count is None else self.world.days.end(self.today, count, "working days")

    def stop_clock(self, job: Job) -> None:
        """Keep what is left of its time."""
        job.status = "paused"
        job.left = None if job.due is None else self.world.days.left(self.today, job.due)

    def go_on(self, job: Job) -> None:
        """Its time runs again; who was late stays late."""
        if job.left is not None and job.left >= 0:
            days = self.world.days
            job.due = days.next_open(days.steps(self.today, job.left))
            job.counted = Counted("left", self.today, job.left)
        job.status, job.left = "open", None

    def stands_still(self, job: Job) -> bool:
        """Whether it waits for a question's answer."""
        line = next((li for li in self.case.lines if li.round == job.round), None)
        if line is None or line.name != "opinions" or job.kind not in ("ask", "effect"):
            return False
        if job.kind == "ask":
            return self.question(line, job.seat) is not None
        desks = self.jobs("desk", of=line.round)
        return any(j.what.startswith("question:") for j in desks)

    def is_late(self, job: Job) -> bool:
        """Whether its time is over."""
        if job.status == "paused":
            return job.left is not None and job.left < 0
        return job.due is not None and self.now.replace(tzinfo=None) >= over_at(job.due)

    def own(self, role: str) -> str:
        """The seat of a role for this dossier."""
        return f"{role}@{self.case.unit}" if role in book.OWN_UNIT else role

    def sat_on(self, seats: Iterable[str]) -> list[str]:
        """Those that the decider sits on."""
        return [seat for seat in seats if book.sits(self.me, seat)]


def blank(key: str, command: Any) -> Case:
    """A dossier before its first entry."""
    if type(command).__name__ != "Create":
        raise No("unknown-dossier")
    return Case(key, command.unit, dict(command.fields), command.campaign, command.submission)
