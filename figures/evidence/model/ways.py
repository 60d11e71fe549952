"""The shortest way of a dossier to each state, by those who may."""

from datetime import timedelta
from typing import Any

from figures.clock.arithmetic_oracle import local_date
from figures.evidence.model import book
from figures.evidence.model.calls import Call
from figures.evidence.model.commands import NOTE
from figures.evidence.model.office import START
from thidua import Answer, Attach, Candidate, Cast, Close, Correct, Create, Fire, Paper, Withdraw

KEY = "D1"


def acted(actor: str, command: Any) -> Call:
    """An act of the dossier of the tour."""
    return "act", {"key": KEY, "command": command, "actor": actor}


def way(state: str) -> list[Call]:
    """How a dossier comes to a state."""
    today = local_date(START)
    who = Candidate("individual", "Người D1", "u1")
    paper = Paper(number="1", symbol="QĐ", signed_on=today, signer="Bộ trưởng")
    create = Create("model@1", "PRIZE", who, "u1", {"merit": "tốt"}, campaign="c1")
    voted = [acted(f"m{n}", Cast("vote", "against" if state == "failed" else "for"))
             for n in range(4)] + [acted("teller", Close("vote"))]  # fmt: skip
    meet: Call = ("meet", {"meeting": "k1", "held_on": today, "actor": "officer"})
    legs: dict[str, list[Call]] = {
        "new": [*(("confirm", {"version": each}) for each in book.VERSIONS),
                acted("p1", create), acted("officer", _report())],
        "appraisal": [acted("officer", Fire("accept"))],
        "consulted": [acted("appraiser", Fire("consult"))],
        "council": [*(acted(d, Answer("opinions", "agree")) for d in ("d0", "d1", "d2")),
                    meet, acted("officer", Fire("convene", meeting="k1"))],
        "submitted": voted,
        "granted": [("draft", {"decision": "q1", "lines": {KEY: "grant"}, "actor": "officer"}),
                    ("number", {"decision": "q1", "paper": paper, "actor": "officer"}),
                    ("apply_line", {"decision": "q1", "key": KEY, "actor": "minister"})],
    }  # fmt: skip
    ends: dict[str, tuple[str, list[Call]]] = {
        "refused": ("appraisal", [acted("appraiser", Fire("reject", note=NOTE))]),
        "failed": ("council", voted),
        "posted": ("consulted", [*(acted(d, Answer("opinions", "agree")) for d in
                                   ("d0", "d1", "d2")), acted("officer", Fire("post"))]),
        "panel": ("submitted", [acted("minister", Fire("refer", meeting="k1"))]),
        "ranking": ("submitted", [("meet", {"meeting": "k2", "held_on": today + timedelta(14),
                                            "actor": "officer"}),
                                  acted("officer", Fire("rank", meeting="k2"))]),
        "gone": ("new", [acted("p1", Withdraw())]),
        "lapsed": ("appraisal", [acted("officer", Correct({"urgent": "no"}, note=NOTE)),
                                 ("tick", {"now": START + timedelta(days=40)})]),
    }  # fmt: skip
    last, more = ends.get(state, (state, []))
    names = list(legs)
    return [call for name in names[: names.index(last) + 1] for call in legs[name]] + more


def _report() -> Attach:
    return Attach("report", "ab" * 32, 10, "application/pdf", "report.pdf")
