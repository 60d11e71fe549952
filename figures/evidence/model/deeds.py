"""Every act once where it is done, not only tried: from a state, the calls that lead to it."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from figures.clock.arithmetic_oracle import local_date
from figures.evidence.model import book
from figures.evidence.model.calls import Call
from figures.evidence.model.commands import NOTE, PAPER, document
from figures.evidence.model.office import START
from figures.evidence.model.ways import KEY, acted
from thidua import (
    Answer,
    AnswerBack,
    AskBack,
    Assign,
    CancelRound,
    Cast,
    Close,
    Correct,
    Counts,
    Excuse,
    Extend,
    Fire,
    Hold,
    Include,
    Inform,
    Look,
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
    VoidBallot,
)
from thidua.workflow.erasure import OF_DOSSIER, Redact, RefuseErasure

ASKED = book.ASKED[0]
TODAY = local_date(START)
SOON = TODAY + timedelta(21)
AGAINST = acted("d0", Answer("opinions", "disagree", note=NOTE))
AGREED = [acted(d, Answer("opinions", "agree")) for d in ("d0", "d1", "d2")]
OFF = acted("officer", PutOff("vote", None, note=NOTE))
TIED = acted("teller", Close("vote", Counts(4, 4, 0, 4, 4, 4, 0, 2, 2, 0), "paper"))
AWAITED = acted("minister", Waive("opinions.closed", SOON, ground=PAPER))
LATER: Call = ("tick", {"now": START + timedelta(days=40)})
NEXT_YEAR = {"now": START + timedelta(days=240)}
"""A period of no year is over by then."""

YIELDED: Mapping[str, tuple[str, list[Call]]] = {
    "accept": ("new", [acted("officer", Fire("accept"))]),
    "consult": ("appraisal", [acted("appraiser", Fire("consult"))]),
    "reject": ("consulted", [acted("appraiser", Fire("reject", note=NOTE))]),
    "post": ("consulted", [*AGREED, acted("officer", Fire("post"))]),
    "decline": ("submitted", [acted("minister", Fire("decline", note=NOTE))]),
    "Attach": ("consulted", [acted("p1", document("letter"))]),
    "Correct": ("council", [acted("officer", Correct({"merit": "khá"}, note=NOTE))]),
    "Return": ("appraisal", [acted("officer", Return(("report",), note=NOTE))]),
    "Supplement": ("appraisal", [acted("officer", Return(("report",), note=NOTE)),
                                 acted("p1", Supplement({}))]),
    "Hold": ("council", [acted("officer", Hold(note=NOTE))]),
    "Release": ("council", [acted("officer", Hold(note=NOTE)), acted("officer", Release())]),
    "Extend": ("consulted", [acted("officer", Extend("opinions", SOON, note=NOTE))]),
    "Assign": ("new", [acted("officer", Assign(1, "officer"))]),
    "Recuse": ("council", [acted("m0", Recuse())]),
    "Waive": ("consulted", [AWAITED]),
    "Redeem": ("consulted", [AWAITED, acted("officer", Redeem("opinions.closed", ground=PAPER))]),
    "Transfer": ("new", [acted("officer", Transfer("s1"))]),
    "Withdraw": ("council", [acted("p1", Withdraw())]),
    "Recall": ("appraisal", [acted("officer", Recall())]),
    "Revoke": ("granted", [acted("minister", Revoke())]),
    "Answer": ("consulted", AGREED),
    "Reply": ("consulted", [AGAINST, acted("officer", Reply("opinions", ASKED, note=NOTE))]),
    "AskBack": ("consulted", [acted("d0", AskBack("opinions", note=NOTE))]),
    "AnswerBack": ("consulted", [acted("d0", AskBack("opinions", note=NOTE)),
                                 acted("officer", AnswerBack("opinions", ASKED, note=NOTE))]),
    "Inform": ("council", [acted("d0", Inform(note=NOTE))]),
    "Look": ("consulted", [acted("d0", Look("opinions"))]),
    "Prepare": ("consulted", [acted("d0", Prepare("opinions", "agree"))]),
    "Excuse": ("consulted", [acted("officer", Excuse("opinions", ASKED, note=NOTE))]),
    "Include": ("consulted", [acted("officer", Excuse("opinions", ASKED, note=NOTE)),
                              acted("officer", Include("opinions", ASKED, note=NOTE)), AGAINST]),
    "Request": ("consulted", [acted("officer", Request("opinions", note=NOTE))]),
    "CancelRound": ("consulted", [acted("officer", CancelRound("opinions", note=NOTE))]),
    "Reopen": ("consulted", [acted("officer", CancelRound("opinions", note=NOTE)),
                             acted("officer", Reopen("opinions", note=NOTE)), *AGREED]),
    "Contact": ("consulted", [acted("officer", Contact(ASKED, "phone", "opinions", note=NOTE))]),
    "Promise": ("consulted", [acted("officer", Promise("opinions", ASKED, SOON))]),
    "Cast": ("council", [acted("m0", Cast("vote", "for"))]),
    "Close": ("council", [TIED]),
    "BreakTie": ("council", [TIED, acted("chair", BreakTie("vote", "against"))]),
    "PutOff": ("council", [OFF]),
    "PutTo": ("council", [OFF, acted("officer", PutTo("vote", "k1"))]),
    "Migrate": ("consulted", [acted("officer", Migrate(book.VERSIONS["2"], ground=PAPER))]),
    "choose": ("ranking", [*(acted(f"m{n}", Cast("rank", "for")) for n in range(4)),
                           acted("teller", Close("rank")), ("tick", {})]),
    "drop": ("ranking", [*(acted(f"m{n}", Cast("rank", "against")) for n in range(4)),
                         acted("teller", Close("rank"))]),
    "uphold": ("panel", [*(acted(f"m{n}", Cast("panel", "for")) for n in range(4)),
                         acted("teller", Close("panel"))]),
    "undo": ("panel", [*(acted(f"m{n}", Cast("panel", "against")) for n in range(4)),
                       acted("teller", Close("panel"))]),
    **{trigger: (state, []) for trigger, state in (
        ("convene", "council"), ("pass", "submitted"), ("fail", "failed"), ("lapse", "lapsed"),
        ("grant", "granted"), ("refer", "panel"), ("rank", "ranking"))},
}  # fmt: skip
"""By step or act a state that it leads on from or to, and the calls."""


def _lost(*, by_itself: bool) -> list[Call]:
    """A box without its key, or with too few slips in it and nobody left who could vote."""
    two = [acted(f"m{n}", Cast("panel", "for")) for n in range(2)]
    rest = [acted(f"m{n}", Cast("panel", "for", way="written")) for n in (2, 3)]
    gone: list[Call] = [("lose", {"key": KEY}), acted("m2", Cast("panel", "for"))]
    return [*two, *(rest if by_itself else gone),
            acted("teller", VoidBallot("panel", note=NOTE)),
            acted("m0", Cast("panel", "against"))]  # fmt: skip


def _erased(basis: str) -> list[Call]:
    return [acted("officer", Redact(OF_DOSSIER, basis, note=NOTE, ground=PAPER)),
            acted("officer", Redact(("notes",), basis, ground=PAPER))]  # fmt: skip


def _moved(on: date) -> Call:
    return "move", {"meeting": "k2", "on": on, "actor": "officer"}


def deeds() -> Iterator[tuple[str, str, list[Call]]]:
    """What is done, from which state, by which calls; some acts in more than one way."""
    for act, (state, calls) in YIELDED.items():
        yield act, state, calls
    kept: list[Call] = [("keep", {"years": 0, "actor": "officer"})]
    refused = acted("officer", RefuseErasure(("notes",), "request", ground=PAPER))
    late = [(name, {**terms, **NEXT_YEAR}) for name, terms in _erased("request")]
    for state in ("consulted", "council", "granted"):
        yield "Redact", state, _erased("ordered")
        yield "RefuseErasure", state, [refused]
        yield "RefuseErasure", state, [*kept, refused]
    yield "Redact", "granted", [*kept, *late]
    yield "VoidBallot", "panel", _lost(by_itself=False)
    yield "VoidBallot", "panel", _lost(by_itself=True)
    for on in (SOON, TODAY + timedelta(7), TODAY):
        yield "Remeet", "ranking", [_moved(SOON), _moved(on), _moved(SOON + timedelta(7))]
