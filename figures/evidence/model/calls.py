"""What to try next: drawn step by step, half of it such that it leads a dossier on."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from figures.clock.arithmetic_oracle import local_date
from figures.evidence.model import book
from figures.evidence.model.commands import ACTS, NOTE, TRIGGERS, Commands, document
from figures.evidence.model.world import Case
from thidua import Answer, Candidate, Cast, Close, Correct, Create, Fire, Paper, Reply

Call = tuple[str, dict[str, Any]]
"""The name of an act, and its terms."""

OFFICER, MINISTER = ("officer",), ("minister",)
RIGHTFUL: dict[str, Sequence[str]] = {
    "create": ("p1", "officer", "duo"), "attach": ("p1", "officer"), "supplement": ("p1",),
    "withdraw": ("p1",), "recuse": ("officer", "m0", "m1", "m2", "m3"),
    "accept": OFFICER, "consult": ("appraiser", "duo"), "reject": ("appraiser",),
    "convene": OFFICER, "grant": MINISTER, "decline": MINISTER, "revoke": MINISTER,
    "waive": MINISTER, "close": ("teller", "officer"), "break_tie": ("chair",),
    "answer": ("d0", "d1", "d2"), "ask_back": ("d0", "d1", "d2"), "look": ("d0", "d1", "d2"),
    "prepare": ("d0", "d1", "d2"), "inform": ("d0", "d1", "d2"),
    "cast": ("m0", "m1", "m2", "m3"), "lapse": OFFICER, "pass": OFFICER, "fail": OFFICER,
    "refer": MINISTER, "void_ballot": ("teller",), "hold": ("officer", "officer", "chair"),
}  # fmt: skip
"""Who may do what; the officer all the rest."""


SPEAKING = ("answer", "ask_back", "look", "prepare", "inform", "cast")
"""What a seat says for itself."""

FITTING: dict[str, tuple[str, ...]] = {
    "consulted": ("ask_back", "ask_back", "answer_back", "answer_back", "excuse", "include",
                  "include", "request", "extend", "promise", "prepare", "look", "cancel_round",
                  "reopen", "waive", "redeem", "redeem", "redact", "return", "answer"),
    "council": ("put_off", "put_to", "put_to", "recuse", "break_tie", "close", "promise", "inform",
                "redact", "extend"),
    "panel": ("void_ballot", "recuse", "put_off", "put_to"),
    "ranking": ("put_off", "put_to", "extend", "recuse", "close"),
    "submitted": ("decline", "redeem", "reply", "reopen", "recall", "inform"),
}  # fmt: skip
"""What may come to something in a state."""

AFTERWARDS = ("revoke", "redact", "redact", "refuse_erasure", "inform", "redeem", "reply", "answer",
              "look", "recuse", *ACTS)  # fmt: skip
"""What may still be done once it is over, and all the rest."""


class Chooser(Commands):
    """Draws calls."""

    def call(self) -> Call:
        """The next call."""
        kind = self.pick(("on",) * 6 + ("act",) * 9 + ("meeting", "decision", "list"))
        going = [key for key, case in sorted(self.model.cases.items())
                 if case.state not in book.FINAL]  # fmt: skip
        if len(self.model.confirmed) < 2 and self.rarely(3):
            return "confirm", {"version": self.pick(("1", "1", "2")), "now": self.now}
        if not going or (len(going) < 3 and self.rarely(12)):
            return self._create()
        self.key = self.pick(sorted(self.model.cases) if self.rarely(4) else going)
        self.fit = self.pick((True, True, True, False))
        if self.case.state in book.FINAL:
            return self.own(self.pick(AFTERWARDS))
        return {"on": self.onward, "act": self._any, "meeting": self._meeting,
                "decision": self._decision, "list": self._list}[kind]()  # fmt: skip

    def _create(self) -> Call:
        key = f"D{len(self.model.cases) + 1}"
        if self.model.cases and self.rarely(8):
            key = self.pick(sorted(self.model.cases))
        return self.created(key, self.pick(({}, {"merit": "tốt"}, {"merit": "tốt", "urgent": "yes"},
                                            {"urgent": "perhaps"}, {"unheard": "x"},
                                            {"merit": "tốt", "urgent": "no"})))  # fmt: skip

    def created(self, key: str, fields: dict[str, str]) -> Call:
        """A new dossier."""
        award = "PRIZE" if self.fit else self.pick(("PRIZE", "NONE"))
        who = Candidate("individual", f"Người {key}", "u1")
        command = Create("model@1", award, who, "u1", fields, submission=self.pick((None, "s1")),
                         campaign=self.pick(("c1", "c1", None)))  # fmt: skip
        return self._by("create", command, key=key)

    def _by(self, act: str, command: Any, *, key: str | None = None, by: str = "") -> Call:
        actor = by or self.pick(RIGHTFUL.get(act, OFFICER))
        for_: str | None = None
        if not self.fit and not self.rarely(3):
            actor = self.pick(sorted(book.PEOPLE))
            for_ = self.pick((None, None, "minister", "m0", "d0", "d1", "appraiser"))
        elif actor in ("minister", "m0", "d0") and self.rarely(4):
            actor, for_ = self.pick(("deputy", "officer")), actor
        for_ = None if for_ == actor else for_
        terms = {"key": key or self.key, "command": command, "actor": actor, "now": self.now,
                 "for_": for_, **self._terms(act, key or self.key)}  # fmt: skip
        return "act", terms

    def _terms(self, act: str, key: str) -> dict[str, Any]:
        case = self.model.cases.get(key)
        if case is None or act == "create" or not self.rarely(8):
            return {}
        return self.pick((
            {"expect": case.version}, {"expect": case.version - 1},
            {"command_id": f"c{len(case.commands)}"}, {"command_id": "c0"},
        ))  # fmt: skip

    def again(self) -> Call | None:
        """One call a second time, under its id, by the same one."""
        cases = sorted(self.model.cases.items())
        given = [(key, *each) for key, case in cases for each in case.commands.items()]
        mine = [each for each in given if not each[1].startswith("decision:")]
        if not mine:
            return None
        key, cid, (actor, for_, command) = self.pick(mine)
        return "act", {"key": key, "command": command, "actor": actor, "for_": for_,
                       "now": self.now, "command_id": cid}  # fmt: skip

    def onward(self) -> Call:
        """What leads the dossier on from where it stands."""
        case = self.case
        if case.pause is not None:
            return self.own(self.pick(("release", "supplement")) if not self.fit else
                            {"hold": "release", "return": "supplement"}[case.pause])  # fmt: skip
        if case.state in FITTING and self.rarely(2):
            return self.own(self.pick(FITTING[case.state]))
        by_state = {"new": self._filed, "consulted": self._consulted, "council": self._council,
                    "submitted": self._submitted, "posted": self._posted,
                    "panel": self._council, "ranking": self._council}  # fmt: skip
        if case.state in by_state:
            return by_state[case.state]()
        return self.own("consult" if case.state == "appraisal" else self.pick(ACTS))

    def _filed(self) -> Call:
        case = self.case
        if not case.fields.get("merit"):
            return self._by("correct", Correct({"merit": "tốt"}, note=NOTE))
        for kind in ("report", "letter") if case.fields.get("urgent") == "yes" else ("report",):
            if kind not in case.papers:
                return self._by("attach", document(kind))
        return self.own("accept")

    def _consulted(self) -> Call:
        jobs = [j for j in self.case.jobs.values() if j.runs and j.kind == "ask"]
        against = [j for j in self.case.jobs.values() if j.outcome == "disagree" and not j.answered]
        asked_back = any(j.what.startswith("question:") for j in self.case.jobs.values() if j.runs)
        if asked_back and self.rarely(2):
            return self.own("answer_back")
        if jobs:
            job = self.pick(jobs)
            opinion = self.pick(("agree", "disagree", "no_comment"))
            return self._by("answer", Answer("opinions", opinion, job.seat, note=NOTE),
                            by=job.seat[-2:])  # fmt: skip
        if against:
            return self._by("reply", Reply("opinions", self.pick(against).seat, note=NOTE))
        return self._convene()

    def _posted(self) -> Call:
        if "board" not in self.case.papers:
            return self._by("attach", document("board"))
        if any(j.runs and j.what == "close:posting" for j in self.case.jobs.values()):
            return self.pick((("tick", {"now": self.now}), self._by("close", Close("posting"))))
        return self._convene()

    def _submitted(self) -> Call:
        called = [k for k, m in sorted(self.model.world.meetings.items()) if m.status != "closed"]
        if called and self.rarely(4):
            step = self.pick(("refer", "rank"))
            return self._by(step, Fire(step, meeting=self.pick(called)))
        return self._decision()

    def _convene(self) -> Call:
        if self.case.state == "consulted" and self.rarely(3):
            return self.own("post")
        called = [k for k, m in sorted(self.model.world.meetings.items()) if m.status != "closed"]
        if not called:
            return self._called()
        return self._by("convene", Fire("convene", meeting=self.pick(called)))

    def _council(self) -> Call:
        votes = [j for j in self.case.jobs.values() if j.runs and j.kind == "vote"]
        if votes and not self.rarely(5):
            job = self.pick(votes)
            choice = self.pick(("for", "for", "against", "abstain"))
            way = self.pick(("electronic", "electronic", "written"))
            return self._by("cast", Cast(job.what, choice, job.seat, way), by=job.seat[-2:])
        if self.case.state == "panel" and self.case.slips and self.rarely(4):
            return self._lost()
        if any(li.outcome == "counted" for li in self.case.lines):
            return "tick", {"now": self.now}
        desks = [j.what for j in self.case.jobs.values() if j.runs and j.kind == "desk"]
        waits = {"tie": "break_tie", "agenda": "put_to"}
        acts = [waits[head] for what in desks if (head := what.partition(":")[0]) in waits]
        return self.own(acts[0] if acts else "close")

    def _lost(self) -> Call:
        if self.case.keyless:
            return self.own("void_ballot")
        return "lose", {"key": self.key, "now": self.now}

    def _any(self) -> Call:
        if self.rarely(12) and (again := self.again()):
            return again
        if self.rarely(8):
            return "tick", {"now": self.now}
        if self.rarely(20):
            return "keep", {"years": self.pick((0, 1, None)), **self._officer()}
        if self.rarely(10):
            on = local_date(self.now) + timedelta(self.pick(range(1, 15)))
            on += timedelta(8 - on.isoweekday() if on.isoweekday() > 5 else 0)
            return "day_off", {"on": on, "now": self.now}
        return self.own(self.pick(FITTING.get(self.case.state, ACTS) if self.fit else ACTS))

    def own(self, act: str) -> Call:
        """One act of the dossier, whatever comes of it."""
        if act in TRIGGERS:
            note = NOTE if self.fit else self.pick((None, NOTE))
            meeting = self._a_meeting() if act in ("convene", "refer", "rank") else None
            decision = self.pick((None, *sorted(self.model.world.decisions)))
            named = decision if act in ("grant", "decline") else None
            return self._by(act, Fire(act, meeting=meeting, decision=named, note=note))
        if act in ("put_to", "put_off") and not self.model.world.meetings:
            return self._called()
        command = self.command(act, NOTE if self.fit else self.pick((None, NOTE)))
        speaks = act in SPEAKING and command.seat is not None and self.fit
        return self._by(act, command, by=command.seat[-2:] if speaks else "")

    # Over many dossiers.

    def _list(self) -> Call:
        rounds = sorted({li.round for case in self.model.cases.values() for li in case.lines
                         if li.name == "opinions"})  # fmt: skip
        if not rounds:
            return "tick", {"now": self.now}
        seat = self.pick(book.ASKED)
        opinion = self.pick(("agree", "disagree"))
        actor = seat[-2:] if self.fit else "d0"
        return "answer_list", {"round_": self.pick(rounds), "seat": seat, "opinion": opinion,
                               "actor": actor, "now": self.now}  # fmt: skip

    def _officer(self) -> dict[str, Any]:
        return {"actor": "officer" if self.fit else self.pick(("chair", "d0")), "now": self.now}

    def _called(self) -> Call:
        meeting = f"k{len(self.model.world.meetings) + 1}"
        on = local_date(self.now) + timedelta(self.pick((0, 0, 1, 30)))
        return "meet", {"meeting": meeting, "held_on": on, **self._officer()}

    def _meeting(self) -> Call:
        meetings = sorted(self.model.world.meetings)
        if len(meetings) < 2:
            return self._called()
        meeting, who = self.pick(meetings), self._officer()
        what = self.pick(("attend", "attend", "preside", "begin", "conclude", "bring", "defer",
                          "move"))  # fmt: skip
        how = ("present", "present", "present", "absent", "written")
        more: dict[str, Any] = {
            "attend": lambda: {"there": {seat: self.pick(how) for seat in book.VOTERS}},
            "preside": lambda: {"who": self.pick(("chair", "m1"))},
            "bring": lambda: {"key": self.key, "trigger": self.pick((None, "convene"))},
            "move": lambda: {"on": local_date(self.now) + timedelta(self.pick((-1, 0, 5, 9, 20)))},
            "defer": lambda: {"key": self.key, "to": self.pick((None, *meetings))},
        }
        return what, {"meeting": meeting, **more.get(what, dict)(), **who}

    def _decision(self) -> Call:
        decisions, who = sorted(self.model.world.decisions), self._officer()
        mine = [name for name in decisions if self.key in self.model.world.decisions[name].lines]
        if not mine or self.rarely(6):
            trigger = self.pick(("grant", "grant", "revoke", "decline"))
            lines = {self.key: "revoke" if self.case.state == "granted" else trigger}
            if self.rarely(3):
                lines = dict.fromkeys(sorted(self.model.cases), trigger)
            return "draft", {"decision": f"q{len(decisions) + 1}", "lines": lines, **who}
        name = self.pick(mine)
        return self._carried(name, who)

    def _carried(self, name: str, who: dict[str, Any]) -> Call:
        drafted = self.model.world.decisions[name].status == "drafted"
        usual = ("number",) if drafted else ("apply_line", "apply_line", "finish", "look_again")
        rare = ("number", "apply_line", "finish", "look_again", "strike")
        what = self.pick((*usual, *usual, *rare) if self.fit else rare)
        signed = local_date(self.now) + timedelta(0 if self.fit else self.pick((0, 3)))
        paper = Paper(number=name, symbol="QĐ", signed_on=signed, signer="Bộ trưởng")
        more: dict[str, dict[str, Any]] = {
            "number": {"paper": paper},
            "apply_line": {"key": self.key, "actor": "minister" if self.fit else "officer"},
            "look_again": {"keys": [self.key]}, "strike": {"keys": [self.key]},
        }  # fmt: skip
        return what, {"decision": name, **who, **more.get(what, {})}


def later(at: datetime, hours: int) -> datetime:
    """So many hours on."""
    return at.astimezone(UTC) + timedelta(hours=hours)


def seen(case: Case) -> dict[str, Any]:
    """All that the engine too says of a dossier."""
    on = _iso
    return {
        "dossier": (case.state, case.pause, case.version, len(case.log)),
        "jobs": [(j.n, j.kind, j.what, j.seat, j.status, j.round, j.outcome, j.holder, on(j.due),
                  j.left) for j in case.jobs.values()],
        "lines": [(li.round, li.outcome, li.counts, li.opened, li.closed) for li in case.lines],
        "opinions": case.opinions,
        "votes": [(*vote,) for vote in case.votes],
        "beside": sorted(case.beside),
        "log": case.log,
    }  # fmt: skip


def _iso(on: date | None) -> str | None:
    return None if on is None else on.isoformat()
